r"""The convex functions of `ganmath.divergence.F`: f'' > 0 on boxes, to the ends exactly, and Fenchel's equality.

With f convex, Fenchel and Young's u t <= f(u) + f*(t) is an equality at t = f'(u), which pins down the conjugate there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ganmath.divergence import F
from ganmath.theory.certificates.boxes import Positive, derivative, interval
from ganmath.theory.certificates.certificate import Certificate, Exactly

RATIOS = interval(2**-4, 2**4)

# w(u) and c(u) with w f'' = c > 0, in which nothing is left that is infinite at 0 or beyond all bounds.
SCALED: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any], Any]]] = {
    "kl": (lambda u, xp: u, lambda u: 1),
    "reverse_kl": (lambda u, xp: u**2, lambda u: 1),
    "jeffreys": (lambda u, xp: u**2, lambda u: 1 + u),
    "js": (lambda u, xp: 2 * u * (1 + u), lambda u: 1),
    "squared_hellinger": (lambda u, xp: 4 * u * xp.sqrt(u), lambda u: 1),
    "chi2": (lambda u, xp: 1, lambda u: 2),
    "neyman_chi2": (lambda u, xp: u**3, lambda u: 2),
}
ON_SYMBOLS = ("kl", "reverse_kl", "js", "squared_hellinger", "neyman_chi2")  # conjugates without |.| or Lambert's W


def bend(name: str, f: Callable[[Any, Any], Any] | None = None) -> Exactly:
    """w f'' - c = 0, exactly, for the f of that name, or for another one that claims to be it."""
    scale, level = SCALED[name]
    f = f or F[name].f

    def left(sp: Any) -> Any:
        u = sp.Symbol("u", positive=True)
        return scale(u, sp) * sp.diff(f(u, sp), u, 2) - level(u)

    return Exactly(left)


def tight(name: str, conjugate: Callable[[Any, Any], Any] | None = None) -> Exactly:
    """f(u) + f*(f'(u)) - u f'(u) = 0, exactly, for the conjugate of that name, or for another one."""
    f = F[name]
    conjugate = conjugate or f.conjugate

    def left(sp: Any) -> Any:
        u = sp.Symbol("u", positive=True)
        slope = sp.diff(f.f(u, sp), u)
        return sp.simplify(f.f(u, sp) + conjugate(sp.simplify(slope), sp) - u * slope)

    return Exactly(left)


def _certificate(name: str) -> Certificate:
    f = F[name]
    fenchel = (tight(name),) if name in ON_SYMBOLS else ()
    return Certificate(
        f"convex-{name.replace('_', '-')}",
        r"f''(u) > 0 \text{ for } u > 0" + (r", \quad f(u) + f^*(f'(u)) = u f'(u)" if fenchel else ""),
        "On boxes of [1/16, 16], by automatic differentiation; beyond them as a positive multiple of f'' is a "
        "polynomial with positive coefficients (exact)." + (" The equality is exact." if fenchel else ""),
        (Positive(derivative(f.f, 2), (RATIOS,)), bend(name), *fenchel),
        Positive(derivative(lambda u, xp: f.f(u, xp) - 2 * (u - 1) ** 2, 2), (RATIOS,)),
    )


CERTIFICATES = tuple(_certificate(name) for name in SCALED)
