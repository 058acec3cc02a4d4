r"""How steep the map from one bell to two is, and how far from two bells a network stays that isn't as steep.

The monotone map T from N(0, 1) to half N(m, s^2) + half N(-m, s^2) is :math:`F^{-1}(\Phi(x))`, of slope :math:`s\,
e^{m^2/2s^2}` at 0. The difference quotient over [0, h] is, by the mean value theorem, the slope at some point of it,
:math:`\varphi / f(T)`, which falls there by the factor :math:`\varphi(h) f(0) / f(T(h))` at most; in T(h) = y are some
roundings of F(0) = 1/2, which weigh :math:`1 / (f(0)\, y)` times as much in y.

A map with Lipschitz constant K can't make two bells, monotone or not. With the two bells a = :math:`\Phi(-b)` lies
below -r and as much above r. Let a map hit these two parts with chances :math:`\Phi(\alpha)` and c. They are 2r/K apart
in the noise, so that :math:`c \le \Phi(-\alpha - 2r/K)` by the isoperimetric inequality of Gauss's measure. TV is at
least what both lack of a in all, which is least where one of them lacks nothing, as between these two ends it rises and
falls: :math:`\mathrm{TV} \ge a - \Phi(b - 2r/K)` for each r. Networks whose spectral norms have the product K are
trained to make the bells; their TV, exact by their pieces, can't be less.

References: Borell (1975), "The Brunn-Minkowski inequality in Gauss space"; Salmona, de Bortoli, Delon and Desolneux
(2022), "Can push-forward generative models fit multimodal distributions?".
"""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from scipy.stats import norm

from ganmath.divergence import Density, Gaussian, Mixture, total_variation
from ganmath.experiments.networks import scores, trained
from ganmath.gan import MLP, data, exact_density, lipschitz
from ganmath.theory.observation import Measurement, Result
from ganmath.transform import inverse_cdf

NOISE = data.Mixture(weights=(1.0,), means=(0.0,), stds=(1.0,))  # N(0, 1)
STEP = 1e-7
CASES = ((1.0, 0.5), (2.0, 0.5), (2.0, 1.0))
M, S = CASES[1]
STEEPEST = S * math.exp(M**2 / (2 * S**2))  # 1490.479


def run(seed: int = 0, quick: bool = True) -> Result:
    """Slopes of three maps; networks with Lipschitz constants 2 and 8, or also 4 and 16 where not `quick`.

    >>> run().ok
    True
    """
    begun, measurements = time.perf_counter(), []
    for m, s in CASES:
        slope, tolerance = _slope(_two_bells(m, s))
        steep = s * math.exp(m**2 / (2 * s**2))
        measurements.append(
            Measurement(f"T'(0) for m = {m:g}, s = {s:g}", slope, steep, tolerance * steep, why="of T' on the step")
        )
        if (m, s) == (M, S):
            upside_down = Measurement("T'(0), the ratio upside down", slope, 1 / steep, tolerance * steep)
    bells = _two_bells(M, S)
    for k in (2.0, 8.0) if quick else (2.0, 4.0, 8.0, 16.0):
        net = _trained(k, bells, torch.Generator().manual_seed(seed), 300 if quick else 1500)
        far = float(total_variation(bells, exact_density(net, NOISE)))
        measurements += [
            Measurement(f"slope of a network with norms of product {k:g}", lipschitz(net), k, 1e-12 * k, "<=",
                        why="rounding"),
            Measurement("its TV to the two bells", far, _barrier(bells, k), 1e-9, ">=", why="quadrature"),
        ]  # fmt: skip
        if k == 2:
            short = Measurement("its TV, as if K were T'(0)", far, _barrier(bells, STEEPEST), 1e-9, "<=")
    negation = (upside_down, short)
    return Result("lipschitz-barrier", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _two_bells(m: float, s: float) -> Density:
    return Mixture([Gaussian(-m, s), Gaussian(m, s)])


def _slope(bells: Density) -> tuple[float, float]:
    """(T(h) - T(0))/h, and how far from T'(0) it may be, relatively."""
    low, high = inverse_cdf(bells)(norm.cdf([0.0, STEP]))
    f0, f1 = np.exp(bells.logpdf(np.array([0.0, high])))
    rounding = 8 * np.finfo(float).eps / (f0 * (high - low))
    return float(high - low) / STEP, float(1 - norm.pdf(STEP) / norm.pdf(0) * f0 / f1) + float(rounding)


def _barrier(bells: Density, k: float) -> float:
    """The largest lower bound of TV over r."""
    r = np.linspace(0, 2 * M, 2001)
    a = bells.cdf(-r)
    return max(0.0, float(np.max(a - norm.cdf(-norm.ppf(a) - 2 * r / k))))


def _trained(k: float, bells: Density, random: torch.Generator, steps: int) -> MLP:
    """A network whose spectral norms have the product k, after so many steps towards the quantiles of the bells."""
    net = MLP((1, 32, 32, 1), "leaky_relu", [random], torch.float64, spectral_norm=True)
    levels = (np.arange(512) + 0.5) / 512
    z, aim = (torch.from_numpy(np.asarray(part)) for part in (norm.ppf(levels)[:, None], bells.quantile(levels)))
    trained(net, lambda: (k * scores(net, z) - aim).abs().mean(), steps)
    plain = MLP((1, 32, 32, 1), "leaky_relu", [random], torch.float64)
    with torch.no_grad():
        for number, (weight, bias) in enumerate(net.layers()):
            norms = torch.linalg.matrix_norm(weight, 2)
            factor = k if number == 2 else 1.0
            plain.weights[number].copy_(factor * weight / norms)
            plain.biases[number].copy_(factor * bias)
    return plain
