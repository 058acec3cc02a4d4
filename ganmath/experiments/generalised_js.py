r"""Unequal priors: the dial from KL to JS, the value of the best discriminator on samples, and of trained ones.

p = N(0, 1), g = N(1.3, 1), and a share pi of data. JS_pi/pi is that of the table, and lies between :math:`\mathrm{KL} -
\pi \chi^2` and KL, which for p = N(0, .8^2) tells the two KL apart. On samples the value of :math:`D_\pi^*` is
the mean of independent numbers, one for each pair: 5 standard errors. A network trained on the same loss has a value,
on fresh samples, below that of :math:`D_\pi^*` on these very samples but for chance.

References: Huszár (2015), "How (not) to train your generative model: scheduled sampling, likelihood, adversary?".
"""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

from ganmath.divergence import Gaussian, chi2, js, kl
from ganmath.experiments.chance import mean_of
from ganmath.experiments.networks import scores, trained
from ganmath.game import optimal_discriminator
from ganmath.gan import MLP
from ganmath.theory.observation import Measurement, Result

SHIFT = 1.3
P, NARROW, G = Gaussian(0, 1), Gaussian(0, 0.8), Gaussian(SHIFT, 1)
TABLE = {0.1: 0.69367, 0.01: 0.82457, 0.001: 0.84281}  # JS_pi over pi
DIGITS, QUADRATURE = 5e-6, 1e-10
SHARE, LITTLE = 0.1, 0.001  # of data, in what a network is trained on, and near the limit


def run(seed: int = 0, quick: bool = True) -> Result:
    """From 100,000 samples and a network of 300 steps, or 10 times as many where not `quick`.

    >>> run().ok
    True
    """
    begun, random, measurements = time.perf_counter(), torch.Generator().manual_seed(seed), []
    count, steps = (100_000, 300) if quick else (1_000_000, 3000)
    most, missing = float(kl(P, G)), float(chi2(P, G))
    for share, expected in TABLE.items():
        seen = _weighted(P, share) / share
        least = most - share * missing
        measurements += [
            Measurement(f"JS_pi/pi, pi = {share:g}", seen, expected, DIGITS, why="its digits"),
            Measurement("that, and KL less pi chi^2", seen, least, QUADRATURE, ">=", why="quadrature"),
            Measurement("that, and KL", seen, most, QUADRATURE, "<=", why="quadrature"),
        ]
    real, fake = torch.randn(2, count, 1, generator=random, dtype=torch.float64)
    fake += SHIFT
    of_best, of_even = (
        _gains(*(torch.from_numpy(logit(x[:, 0].numpy())) for x in (real, fake)))
        for logit in (optimal_discriminator(P, G, prior=prior, logits=True) for prior in (SHARE, 0.5))
    )
    net = _trained(random, steps)
    with torch.no_grad():
        of_net = _gains(scores(net, real), scores(net, fake))
    value = _weighted(P, SHARE)
    limit, other = float(kl(NARROW, G)), float(kl(G, NARROW))
    near, apart = _weighted(NARROW, LITTLE) / LITTLE, LITTLE * float(chi2(NARROW, G))
    measurements += [
        mean_of(f"value of the best D from samples, and h(pi), pi = {SHARE:g}", of_best, value),
        mean_of("value of a network, and h(pi)", of_net, value, "<="),
        mean_of("value of a network less that of the best D", of_net - of_best, 0.0, "<="),
        Measurement("JS_pi/pi at N(0, .8^2), pi = .001: KL(p || g)", near, limit, apart, why="pi chi^2"),
    ]
    negation = (
        mean_of("value from samples, and h(pi), of the D that is best for equal shares", of_even, value),
        Measurement("JS_pi/pi at N(0, .8^2), pi = .001: KL(g || p)", near, other, apart),
    )
    return Result("generalised-js", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _weighted(p: Gaussian, share: float) -> float:
    return float(js(p, G, weights=[share, 1 - share]))


def _gains(real: Tensor, fake: Tensor) -> np.ndarray:
    """What each pair (n,) of a real and a generated score adds to V_pi + h(pi)."""
    entropy = -SHARE * math.log(SHARE) - (1 - SHARE) * math.log1p(-SHARE)
    gains: np.ndarray = (entropy - SHARE * softplus(-real) - (1 - SHARE) * softplus(fake)).numpy()
    return gains


def _trained(random: torch.Generator, steps: int) -> MLP:
    """A network that sees a share of data of SHARE, by the weights of its loss."""
    net = MLP((1, 32, 32, 1), "silu", [random], torch.float64)

    def loss() -> Tensor:
        real, fake = torch.randn(2, 256, 1, generator=random, dtype=torch.float64)
        return SHARE * softplus(-scores(net, real)).mean() + (1 - SHARE) * softplus(scores(net, fake + SHIFT)).mean()

    return trained(net, loss, steps)
