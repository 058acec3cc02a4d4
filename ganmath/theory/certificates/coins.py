r"""Two coins: V's integrand bends down, and what the divergence of one coin from another is at least.

a and b are the chances of heads. By the data processing inequality the bounds hold for all p and q once they hold for
coins: merge the outcomes into where p > q and the rest, and TV = |a - b| stays what it was, while KL doesn't grow.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ganmath.theory.ball import ball, taylor
from ganmath.theory.certificates.boxes import Positive, interval, x_log_x
from ganmath.theory.certificates.certificate import Certificate, Exactly

UNIT = interval(0, 1)
INNER = interval(2**-7, 1 - 2**-7)


def value(a: Any, D: Any, xp: Any) -> Any:
    """V's integrand where p = a and g = 1 - a; it is homogeneous in (p, g)."""
    return a * xp.log(D) + (1 - a) * xp.log(1 - D)


def bent_down(a: Any, D: Any, xp: Any) -> Any:
    """-V''/2 in D."""
    return -taylor(lambda d, xp: value(a, d, xp), D, 2)[2]


def bernoulli_kl(a: Any, b: Any, xp: Any) -> Any:
    """KL(Ber a || Ber b)."""
    return x_log_x(a, xp) + x_log_x(1 - a, xp) - a * xp.log(b) - (1 - a) * xp.log(1 - b)


def _exact_bend(sp: Any) -> Any:
    a, D = sp.symbols("a D", positive=True)
    return D**2 * (1 - D) ** 2 * sp.diff(value(a, D, sp), D, 2) + a * (1 - D) ** 2 + (1 - a) * D**2


def _bernoulli_slope(sp: Any) -> Any:
    a, b = sp.symbols("a b", positive=True)
    return sp.diff(bernoulli_kl(a, b, sp), a).subs(a, b)


def _bernoulli_bend(sp: Any) -> Any:
    a, b = sp.symbols("a b", positive=True)
    return a * (1 - a) * sp.diff(bernoulli_kl(a, b, sp), a, 2) - 1


def _bernoulli_at(sp: Any) -> Any:
    b = sp.Symbol("b", positive=True)
    return bernoulli_kl(b, b, sp)


def _bernoulli_bent(a: Any, b: Any, xp: Any) -> Any:
    return taylor(lambda x, xp: x * xp.log(x / b) + (1 - x) * xp.log((1 - x) / (1 - b)), a, 2)[2]


def huber(a: Any, b: Any, xp: Any) -> Any:
    """KL(Ber a || Ber b) + log(1 - (a - b)^2)."""
    return bernoulli_kl(a, b, xp) + xp.log(1 - (a - b) ** 2)


def _huber_bend(a: Any, d: Any, xp: Any) -> Any:
    """a (1 - a) (1 - d^2)^2 times the second derivative in a, d = a - b."""
    return (1 - d * d) ** 2 - a * (1 - a) * (2 * (1 - d * d) + 4 * d * d)


def _huber_bend_is(sp: Any) -> Any:
    a, b = sp.symbols("a b", positive=True)
    bend = sp.diff(huber(a, b, sp), a, 2)
    return a * (1 - a) * (1 - (a - b) ** 2) ** 2 * bend - _huber_bend(a, a - b, sp)


def _huber_at(sp: Any) -> Any:
    b = sp.Symbol("b", positive=True)
    return huber(b, b, sp)


def _huber_slope(sp: Any) -> Any:
    a, b = sp.symbols("a b", positive=True)
    return sp.diff(huber(a, b, sp), a).subs(a, b)


_TOUCHING = (Exactly(_bernoulli_at), Exactly(_bernoulli_slope))

CERTIFICATES = (
    Certificate(
        "optimal-discriminator",
        r"\partial_D^2 \left(p \log D + g \log(1 - D)\right) < 0, \quad 0 < D < 1",
        "By homogeneity p + g = 1. On boxes of [0, 1] x [1/128, 127/128], by automatic differentiation; nearer to 0 "
        "and 1 since -D^2 (1 - D)^2 times it is a (1 - D)^2 + (1 - a) D^2 (exact): linear in a, from D^2 to (1 - D)^2.",
        (Positive(bent_down, (UNIT, INNER)), Exactly(_exact_bend)),
        Positive(lambda a, D, xp: bent_down(a, D, xp) - (1 - a) / (1 - D) ** 2, (UNIT, INNER)),
    ),
    Certificate(
        "gap",
        r"\mathrm{KL}(\mathrm{Ber}\, a \,\|\, \mathrm{Ber}\, b) \ge 0",
        "For each b it is convex in a (on boxes of [1/128, 127/128]^2; for every a as a (1 - a) times its second "
        "derivative is 1, exactly) and vanishes at a = b with its slope (exact); at a = 0 and 1 by continuity.",
        (Positive(_bernoulli_bent, (INNER, INNER)), Exactly(_bernoulli_bend), *_TOUCHING),
        Positive(lambda a, b, xp: bernoulli_kl(a, b, xp) - 3 * (a - b) ** 2, (INNER, INNER)),
    ),
    Certificate(
        "bretagnolle-huber",
        r"\mathrm{TV}(p, q)^2 \le 1 - e^{-\mathrm{KL}(p \| q)}",
        "For coins, KL + log(1 - TV^2) >= 0. Where |a - b| <= 1/4: convex in a (its second derivative is, exactly, "
        "a polynomial over a (1 - a) (1 - d^2)^2, positive on boxes), and it vanishes at a = b with its slope (exact). "
        "Where |a - b| >= 1/4, on boxes of [0, 1] x [1/128, 127/128]; b nearer to 0 or 1 isn't covered.",
        (
            Positive(_huber_bend, (UNIT, interval(-0.25, 0.25))),
            Exactly(_huber_bend_is),
            Exactly(_huber_at),
            Exactly(_huber_slope),
            Positive(huber, (UNIT, INNER), within=lambda a, b, xp: (a - b) ** 2 - ball(Fraction(1, 16))),
        ),
        Positive(lambda a, b, xp: huber(a, b, xp) + xp.log(1 - (a - b) ** 2), (UNIT, INNER)),
    ),
)
