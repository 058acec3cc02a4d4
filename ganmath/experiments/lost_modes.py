r"""What a divergence sees of lost modes: of densities, and of samples by a discriminator that knows the modes.

Data are k = 8 equal bells, the generator has m of them. At 40 standard deviations from each other they overlap by less
than :math:`10^{-80}`, and quadrature gives JS, TV and KL(g || p) to 1e-10. From samples the best discriminator shows a
lower bound of JS, :math:`\log 2 + \tfrac12 V`, whose mean is JS itself: :math:`V` is a mean of n independent numbers,
within 5 standard errors. On masses KL(p || g) is infinite as soon as one mode is lost.

References: Lin, Khetan, Fanti and Oh (2018), "PacGAN: the power of two samples in generative adversarial networks".
"""

from __future__ import annotations

import math
import time

import numpy as np

from ganmath.divergence import Gaussian, Mixture, js, kl, total_variation
from ganmath.experiments.chance import mean_of
from ganmath.game import optimal_discriminator
from ganmath.theory.observation import Measurement, Result
from ganmath.transform import sample_by_inverse

MODES, APART = 8, 40.0
JS = {1: 0.49692913, 2: 0.38039567, 4: 0.21576155, 7: 0.04540658}
DIGITS, QUADRATURE = 5e-9, 1e-10


def run(seed: int = 0, quick: bool = True) -> Result:
    """For 1, 2, 4 and 7 of 8 modes, from 20,000 samples of each, or 10 times as many where not `quick`.

    >>> run().ok
    True
    """
    begun, rng, measurements = time.perf_counter(), np.random.default_rng(seed), []
    data, count = _bells(MODES), 20_000 if quick else 200_000
    for kept, expected in JS.items():
        g, r, name = _bells(kept), kept / MODES, f"{kept} of {MODES} modes"
        seen = float(js(data, g))
        measurements += [
            Measurement(f"JS, {name}", seen, expected, DIGITS + QUADRATURE, why="its digits"),
            Measurement(f"TV, {name}", float(total_variation(data, g)), 1 - r, QUADRATURE, why="quadrature"),
            Measurement(f"KL(g || p), {name}", float(kl(g, data)), -math.log(r), QUADRATURE * 3, why="quadrature"),
        ]
        logit = optimal_discriminator(data, g, logits=True)
        real, fake = (logit(sample_by_inverse(law, count, rng)) for law in (data, g))
        gains = math.log(2) - (np.logaddexp(0, -real) + np.logaddexp(0, fake)) / 2
        measurements.append(mean_of(f"log 2 + V/2 from samples, {name}", gains, expected))
    masses = np.full(MODES, 1 / MODES), np.where(np.arange(MODES) < 7, 1 / 7, 0.0)
    measurements.append(Measurement("KL(p || g) on masses, 7 of 8 modes", float(kl(*masses)), math.inf))
    r = kept / MODES
    without = (r * math.log(2 * r / (1 + r)) + math.log(2 / (1 + r))) / 2
    negation = (
        Measurement(f"JS, {name}: without the lost part", seen, without, DIGITS),
        Measurement(f"JS, {name}: in proportion, (1 - r) log 2", seen, (1 - r) * math.log(2), DIGITS),
        Measurement("KL(p || g) on masses, 7 of 8 modes: finite as KL(g || p)", float(kl(*masses)), -math.log(r), 1.0),
    )
    return Result("lost-modes", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _bells(count: int) -> Mixture:
    return Mixture([Gaussian(APART * number, 1) for number in range(count)])
