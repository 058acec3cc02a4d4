"""Which divergence a generator's step descends, while the discriminator stays the optimal one of before.

The generator's masses are g = softmax(theta). Along u, that is from theta to theta + h u, they change by
dg = g (u - E_g u) at first; what the divergence changes by is a difference quotient in 50 digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from ganmath.laws.law import Law
from ganmath.laws.statements.definitions import Digits, js, kl, to_50_digits
from ganmath.laws.statements.names import law

ARJOVSKY = "Arjovsky and Bottou (2017)"
STEP = Decimal("1e-15")  # of the central difference: its square is what is left out, 1e-30
Pmf = Sequence[float]


def _slope_of(divergence: Callable[[Digits, Digits], Decimal]) -> Callable[[Pmf, Pmf, Pmf], float]:
    """d/dh of a divergence D(p, g) at h = 0, for g in proportion to g exp(h u)."""

    def slope(p: Digits, g: Digits, u: Digits) -> Decimal:
        def at(h: Decimal) -> Decimal:
            moved = [mass * (h * v).exp() for mass, v in zip(g, u, strict=True)]
            return divergence([mass / sum(p) for mass in p], [mass / sum(moved) for mass in moved])

        return (at(STEP) - at(-STEP)) / (2 * STEP)

    return to_50_digits(slope)


_twice_js = _slope_of(lambda p, g: 2 * js(p, g))
_reverse_kl_less_twice_js = _slope_of(lambda p, g: kl(g, p) - 2 * js(p, g))
_twice_kl_of_mixture = _slope_of(lambda p, g: 2 * kl([(a + b) / 2 for a, b in zip(p, g, strict=True)], p))


def _change(g: Pmf, u: Sequence[float], heights: Sequence[float]) -> float:
    """d/dh of E_g of the heights: the sum of dg times the heights."""
    mean = math.fsum(mass * v for mass, v in zip(g, u, strict=True))
    return math.fsum(mass * (v - mean) * height for mass, v, height in zip(g, u, heights, strict=True))


def _saturating(d: Any) -> list[float]:
    """log(1 - D), which the generator descends."""
    return [math.log1p(-float(x)) for x in d]


def _non_saturating(d: Any) -> list[float]:
    """-log D, which it descends instead."""
    return [-math.log(float(x)) for x in d]


def _gradient(key: str, statement: str, source: str, loss: Callable[[Any], list[float]], slope: Any) -> Law:
    return law(
        f"{key}-gradient",
        "optimal_discriminator",
        rf"{statement} \quad (D^* \text{{ frozen}})",
        source,
        "positive_pairs_and_directions",
        lambda f, p, g, u: (_change(g, u, loss(f(p, g))), slope(p, g, u)),
        relation="==",
    )


LAWS: list[Law] = [
    _gradient(
        "saturating",
        r"\nabla_\theta \mathbb E_{g_\theta} \log(1 - D^*) = \nabla_\theta\, 2\, \mathrm{JS}(p, g_\theta)",
        "Goodfellow et al. (2014), theorem 1; " + ARJOVSKY,
        _saturating,
        _twice_js,
    ),
    _gradient(
        "non-saturating",
        r"-\nabla_\theta \mathbb E_{g_\theta} \log D^* = "
        r"\nabla_\theta \left[\mathrm{KL}(g_\theta \| p) - 2\, \mathrm{JS}(p, g_\theta)\right]",
        ARJOVSKY + ", theorem 2.5",
        _non_saturating,
        _reverse_kl_less_twice_js,
    ),
    _gradient(
        "softened",
        r"-\nabla_\theta \mathbb E_{g_\theta} \log D^* = "
        r"\nabla_\theta\, 2\, \mathrm{KL}(\tfrac12 (p + g_\theta) \| p)",
        "Shannon et al. (2020)",
        _non_saturating,
        _twice_kl_of_mixture,
    ),
]
