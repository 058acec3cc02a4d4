from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import expit

from ganmath.divergence import Gaussian
from ganmath.game import optimal_discriminator
from tests.figures import cases_gaussians
from tests.figures.cases_gaussians import named
from tests.figures.golden import Case


def slope(x: np.ndarray, p: Gaussian, g: Gaussian) -> np.ndarray:
    """That of log p - log g, the logit of D*."""
    return (x - g.mean) / g.std**2 - (x - p.mean) / p.std**2


def expected(p: Gaussian, g: Gaussian) -> dict[str, dict[str, float]]:
    """The means over g by the trapezoidal rule, whose error for these functions is e^(-2 pi d/h): d, how far from the
    line D* has its poles, is at least .006 widths here, and h .0007. Those of the critic are the folded normal's."""
    z, h = np.linspace(-11, 11, 1 << 15, retstep=True)
    x = g.mean + g.std * z
    logit = optimal_discriminator(p, g, logits=True)(x)
    push = -slope(x, p, g) * np.exp(-z * z / 2) * h / math.sqrt(2 * math.pi)
    saturating, non_saturating = expit(logit) * push, expit(-logit) * push
    shift, wider = g.mean - p.mean, g.std - p.std
    z = (math.copysign(math.inf, shift) if shift else 0.0) if wider == 0 else shift / abs(wider)
    height = math.sqrt(2 / math.pi) * math.exp(-z * z / 2)
    return {
        "saturating": {"mean": saturating.sum(), "logWidth": saturating @ (x - g.mean)},
        "nonSaturating": {"mean": non_saturating.sum(), "logWidth": non_saturating @ (x - g.mean)},
        "wgan": {"mean": math.erf(z / math.sqrt(2)), "logWidth": g.std * height * float(np.sign(wider))},
    }


def cases() -> Iterator[Case]:
    random = np.random.default_rng(2)
    for p, g in cases_gaussians.pairs(3, 160):
        pair = [named(p), named(g)]
        yield Case("gradients", "expectedGradients", pair, expected(p, g), 1e-12)
        x = float(g.mean + random.choice([1, 4]) * g.std * random.standard_normal())
        logit = optimal_discriminator(p, g, logits=True)(x)
        steep = slope(x, p, g)
        yield Case("gradients", "saturatingGradient", [x, *pair], -expit(logit) * steep)
        ahead = float(p.cdf(x) - g.cdf(x))
        if p == g or abs(ahead) > 1e-12:
            yield Case("gradients", "wganGradient", [x, *pair], np.sign(ahead))
        yield Case("gradients", "nonSaturatingGradient", [x, *pair], -expit(-logit) * steep)
