r"""A discriminator within eps of D* costs c eps^2 at most, where D* keeps away from 0 and 1.

p = N(0, 1) and g = N(1.3, 1). On the interval from -1 to 2.3, to which both are restricted, D* lies between
:math:`\delta` and :math:`1 - \delta`. There :math:`D = D^* + \eta D^* (1 - D^*) \sin x` and networks that are trained
against D* lie within an eps that is measured, and must cost at most :math:`8 \varepsilon^2 / \delta (2 - \delta)`.

On the whole line the perturbed D costs :math:`\eta^2 c (1 + O(\eta))`: with :math:`a = \eta (1 - D^*) \sin x` and
:math:`b = -\eta D^* \sin x`, which are at most :math:`\eta` in size, KL of the coins is :math:`-D^* \log(1 + a) - (1 -
D^*) \log(1 + b)`, where first orders cancel, second ones are :math:`\eta^2 D^* (1 - D^*) \sin^2(x) / 2`, and the rest
is at most :math:`\tfrac{2 \eta}{3 (1 - \eta)}` of these, since :math:`|\log(1 + a) - a + a^2/2| \le |a|^3 / 3 (1 -
|a|)`. The constant .08098641 is rounded at the eighth digit; the quadrature is good to 1e-10.

References: Biau, Cadre, Sangnier and Tanielian (2020), "Some theoretical properties of GANs".
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy.special import expit

from ganmath.divergence import Density, Gaussian
from ganmath.experiments.networks import descend, scores
from ganmath.game import optimal_discriminator, value_gap
from ganmath.gan import LOSSES, MLP
from ganmath.theory.observation import Measurement, Result

P, G = Gaussian(0, 1), Gaussian(1.3, 1)
LOW, HIGH = -1.0, 2.3  # symmetric around the middle of p and g
SECOND_ORDER = 0.08098641
GRID = np.linspace(LOW, HIGH, 10_001)
OnLine = Callable[[np.ndarray], np.ndarray]


def run(seed: int = 0, quick: bool = True) -> Result:
    """Perturbed discriminators, and a network after 100 and 300 steps, or 5 networks where not `quick`.

    >>> run().ok
    True
    """
    begun = time.perf_counter()
    p, g = (_restricted(whole) for whole in (P, G))
    best = optimal_discriminator(p, g)
    delta = float(best(np.array([LOW, HIGH])).min())
    delta = min(delta, 1 - float(best(np.array([LOW, HIGH])).max()))
    shown = [(f"D* + {eta:g} D* (1 - D*) sin x", _waved(best, eta)) for eta in (0.1, 0.01)]
    for number in range(1 if quick else 5):
        shown += _trained(p, g, torch.Generator().manual_seed(seed + number))
    measurements = []
    for name, D in shown:
        eps = float(abs(D(GRID) - best(GRID)).max())
        bound = 8 * eps**2 / (delta * (2 - delta)) if eps <= delta / 2 else math.nan
        measurements.append(Measurement(f"cost of {name}, within {eps:.2g}", value_gap(D, p, g), bound, relation="<="))
    whole = optimal_discriminator(P, G)
    costs = {eta: float(value_gap(_waved(whole, eta), P, G)) for eta in (0.1, 0.01, 0.001)}
    for eta, cost in costs.items():
        most = SECOND_ORDER * 2 * eta / (3 * (1 - eta)) + 1e-8
        what = f"cost over eta^2 on the whole line, eta = {eta:g}"
        measurements.append(Measurement(what, cost / eta**2, SECOND_ORDER, most, why="the third order of KL"))
    ratio, rare = costs[0.1] / costs[0.01], 1e-3
    # Two outcomes with D* = rare and 1 - rare, missed by half of rare: eps is small, D* isn't kept from 0.
    far = value_gap([rare / 2, 1 - rare / 2], [rare, 1 - rare], [1 - rare, rare])
    negation = (
        Measurement("cost at eta = .1 over that at .01, of first order", ratio, 10.0, 10 * 2 * 0.1 / (3 * 0.9)),
        Measurement(
            f"cost where D* = {rare:g} or 1 - that, by the bound for delta = 1", far, 8 * (rare / 2) ** 2, relation="<="
        ),
    )
    return Result("biau", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _restricted(whole: Gaussian) -> Density:
    """A density on the interval alone."""
    mass = math.log(float(whole.cdf(HIGH) - whole.cdf(LOW)))
    return Density(lambda x: whole.logpdf(x) - mass, (LOW, HIGH), np.linspace(LOW, HIGH, 9).tolist())


def _waved(best: OnLine, eta: float) -> OnLine:
    def at(x: np.ndarray) -> np.ndarray:
        d = best(x)
        waved: np.ndarray = d + eta * d * (1 - d) * np.sin(x)
        return waved

    return at


def _trained(p: Density, g: Density, random: torch.Generator) -> Iterator[tuple[str, OnLine]]:
    """A network after so many steps on the cross-entropy, whose means are taken over quantiles."""
    net = MLP((1, 32, 32, 1), "silu", [random], torch.float64)
    levels = np.linspace(0.001, 0.999, 256)
    real, fake = (torch.from_numpy(law.quantile(levels))[:, None] for law in (p, g))
    for step in descend(net, lambda: LOSSES["minimax"].d(scores(net, real), scores(net, fake)), 300):
        if step in (100, 300):
            yield f"a network after {step} steps", _chances(net.member(0))


def _chances(net: MLP) -> OnLine:
    return lambda x: expit(net.on_line(x))
