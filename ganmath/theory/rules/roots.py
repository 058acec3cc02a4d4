r"""Rules for characteristic polynomials: their roots, and where all of these lie.

The criteria are of polynomials of second degree, and none is taken on trust: the identities and the cases that prove it
are discharged with each step that uses it.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions, Obligation, Rule
from ganmath.theory.rules.making import number, positive, rule, shaped, zero


def _nonnegative(expression: Any) -> Obligation:
    return Obligation(expression, "nonnegative")


def _real(expression: Any) -> Obligation:
    return zero(sp.expand(expression - sp.conjugate(expression)))


def _coefficients(expression: Any, z: Any) -> list[Any]:
    """Those of a polynomial in z, the leading one, which must be 1, left out."""
    rest: list[Any]
    leading, *rest = sp.Poly(expression, z).all_coeffs()
    if leading != 1:
        raise ValueError(f"{expression} does not begin with a power of {z} alone")
    return rest


def _quadratic(expression: Any, z: Any) -> tuple[Any, Any]:
    """(b, c) of z^2 + b z + c."""
    coefficients = _coefficients(expression, z)
    if len(coefficients) != 2:
        raise ValueError(f"{expression} isn't of second degree in {z}")
    return coefficients[0], coefficients[1]


def characteristic(z: Any) -> Rule:
    """det(z 1 - M), whose roots are the eigenvalues of the matrix M before."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(before, before.rows, before.rows)
        return [zero((z * sp.eye(before.rows) - before).det(method="berkowitz") - number(after))]

    return rule("characteristic polynomial", obligations, whole=True)


def all_roots(z: Any) -> Rule:
    """A column of all roots of the polynomial before, each as often as it counts: it is the product of the z - root."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        if shaped(after, len(_coefficients(before, z)), 1).has(z):
            raise ValueError(f"{after} moves with {z}, so these are no roots")
        return [zero(before - sp.Mul(*(z - root for root in after)))]

    return rule(f"all roots in {z}", obligations, whole=True)


def squared_moduli() -> Rule:
    """|z|^2 for a complex number, entry by entry."""
    return rule("squared modulus", lambda before, after, *_: [zero(sp.expand(before * sp.conjugate(before)) - after)])


def conjugate_factor(z: Any) -> Rule:
    """One of two factors whose coefficients are conjugates: the other one's roots are of the same moduli."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        coefficients = [1, *_coefficients(after, z)]
        return [zero(before - after * sp.Poly([sp.conjugate(c) for c in coefficients], z).as_expr())]

    return rule("one of two conjugate factors", obligations)


def routh_hurwitz(z: Any) -> Rule:
    """z^2 + b z + c, b and c real, into (b, c): both roots have real parts < 0 if and only if both are positive."""

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(after, 2, 1)
        coefficients = _quadratic(before, z)
        found = [zero(x - y) for x, y in zip(coefficients, after, strict=True)]
        return [*map(_real, coefficients), *_left_half_plane(), *found]

    return rule(f"Routh and Hurwitz's criterion for the roots in {z}", obligations, whole=True)


def _left_half_plane() -> list[Obligation]:
    """The proof: roots -u +- i w are on the left with b = 2u, c = u^2 + w^2; of real ones there are two cases."""
    u, v, w = (sp.Dummy(name, positive=True) for name in "uvw")
    s, t = (sp.Dummy(name, nonnegative=True) for name in "st")
    z = sp.Dummy("z", real=True)
    a = sp.Dummy("a", real=True)
    b, c = _quadratic(sp.expand((z - a - sp.I * w) * (z - a + sp.I * w)), z)
    pair = [zero(b + 2 * a), positive(c)]  # c > 0 always, and b > 0 just where a < 0
    inside = [positive(u + v), positive(u * v)]  # roots -u and -v
    one_at_fault = [_nonnegative(s * u)]  # roots s and -u: c = -s u <= 0
    both_at_fault = [_nonnegative(s + t)]  # roots s and t: b = -(s + t) <= 0
    return [*pair, *inside, *one_at_fault, *both_at_fault]


def jury(z: Any) -> Rule:
    """z^2 + b z + c, b and c real, into (1 + b + c, 1 - b + c, 1 - c).

    Both roots lie within the unit circle if and only if all three are positive.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(after, 3, 1)
        coefficients = _quadratic(before, z)
        found = zip(_jury(*coefficients), after, strict=True)
        return [*map(_real, coefficients), *_within_the_circle(), *(zero(x - y) for x, y in found)]

    return rule(f"Jury's criterion for the roots in {z}", obligations, whole=True)


def _jury(b: Any, c: Any) -> tuple[Any, Any, Any]:
    return 1 + b + c, 1 - b + c, 1 - c


def _within_the_circle() -> list[Obligation]:
    """The proof, by cases: a pair a +- i w, two real roots within, and a real root beyond 1 (beyond -1: its mirror)."""
    a, w = sp.Dummy("a", real=True), sp.Dummy("w", positive=True)
    u, v = (sp.Dummy(name, positive=True) for name in "uv")
    s, t = (sp.Dummy(name, nonnegative=True) for name in "st")
    x, y = s / (s + u), t / (t + v)  # 0 <= x, y < 1

    def margins(one: Any, other: Any) -> tuple[Any, Any, Any]:
        return _jury(sp.expand(-one - other), sp.expand(one * other))

    at_one, at_minus_one, last = margins(a + sp.I * w, a - sp.I * w)
    pair = [  # the first two are always positive, the last one just where a^2 + w^2 < 1
        zero(at_one - (1 - a) ** 2 - w**2),
        zero(at_minus_one - (1 + a) ** 2 - w**2),
        zero(last - (1 - a**2 - w**2)),
    ]
    inside = [positive(margin) for one in (x, -x) for other in (y, -y) for margin in margins(one, other)]
    one_at_fault = [_nonnegative(-margins(1 + s, 1 - t)[0])]  # then the first is <= 0
    both_at_fault = [_nonnegative(-margins(1 + s, 1 + t)[2])]  # then the last is
    mirrored = [zero(margins(-u, -v)[k] - margins(u, v)[1 - k]) for k in (0, 1)]
    return [*pair, *inside, *one_at_fault, *both_at_fault, *mirrored]


def schur_cohn(z: Any) -> Rule:
    """z^2 + b z + c, b and c complex, into (1 - |c|^2, (1 - |c|^2)^2 - |b - c b'|^2), b' the conjugate of b.

    Both roots lie within the unit circle if and only if both are positive.
    """

    def obligations(before: Any, after: Any, relation: str, assumptions: Assumptions) -> list[Obligation]:
        shaped(after, 2, 1)
        found = zip(_schur_cohn(*_quadratic(before, z)), after, strict=True)
        return [*_by_the_moduli(), *(zero(x - y) for x, y in found)]

    return rule(f"Schur and Cohn's criterion for the roots in {z}", obligations, whole=True)


def _schur_cohn(b: Any, c: Any) -> tuple[Any, Any]:
    def square(x: Any) -> Any:
        return sp.expand(x * sp.conjugate(x))

    return 1 - square(c), sp.expand((1 - square(c)) ** 2 - square(b - c * sp.conjugate(b)))


def _by_the_moduli() -> list[Obligation]:
    """The proof: with roots x and y the two are 1 - |xy|^2 and (1 - |x|^2)(1 - |y|^2) |1 - x' y|^2.

    Within the circle all factors are positive. The second is so only with both within or both without, and with both
    without the first is negative.
    """
    (a, b), (c, d) = (sp.symbols(names, real=True, cls=sp.Dummy) for names in ("a b", "c d"))
    x, y = a + sp.I * b, c + sp.I * d
    first, second = _schur_cohn(sp.expand(-x - y), sp.expand(x * y))
    across = sp.expand((1 - (a - sp.I * b) * y) * (1 - x * (c - sp.I * d)))
    return [
        zero(first - (1 - (a**2 + b**2) * (c**2 + d**2))),
        zero(second - (1 - a**2 - b**2) * (1 - c**2 - d**2) * across),
    ]
