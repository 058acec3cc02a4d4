r"""A second route to how steep things are: plans in fractions, two rings, a turn, matrices that don't commute.

The rings: data uniform on the circle of radius 1, samples on that of radius 2. Mass moves along the radii, and
`-|x|` is an optimal critic where radii run; inside the data's circle nothing moves, and a smooth optimal critic may be
`-(1 + |x|^2)/2` there, whose gradient has the length |x|.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from ganmath.theory.ball import Balls, ball, integral
from ganmath.theory.certificates.boxes import Positive, interval
from ganmath.theory.certificates.certificate import Certificate, Exactly, Finding
from ganmath.theory.certificates.integrals import END, Above, Vanishes, below
from ganmath.theory.certificates.linear_programs import Distances, Masses, best_potential, cheapest_plan, masses
from ganmath.theory.verdict import Verdict


@dataclass(frozen=True)
class Aligned:
    """The best potential falls by just the distance from x to y wherever a coupling of p and q has mass at (x, y).

    The coupling is the cheapest one, or, not `optimal`, the independent one.
    """

    distances: Distances
    p: Masses
    q: Masses
    optimal: bool = True

    def decide(self) -> Finding:
        """SAMPLED, as it is exact for these points alone, or FAILED at a pair that has mass."""
        potential = best_potential(self.distances, self.p, self.q)
        independent = tuple([a * b for b in self.q] for a in self.p)
        plan = cheapest_plan(self.distances, self.p, self.q) if self.optimal else independent
        for i, j in product(range(len(self.p)), repeat=2):
            falls, distance = potential[i] - potential[j], self.distances[i][j]
            if plan[i][j] > 0 and falls != distance:
                where = f"the pair ({i}, {j}), {distance} apart, where the potential falls by {falls}"
                return Finding(Verdict.FAILED, f"exact, for {len(self.p)} points", where)
        return Finding(Verdict.SAMPLED, f"exact, for {len(self.p)} points")


# Corners and centre of a rectangle of 3 by 4: all distances of the plane are rational there.
_CORNERS: Distances = tuple(
    tuple(map(Fraction, row))
    for row in (
        ("0", "4", "3", "5", "5/2"),
        ("4", "0", "5", "3", "5/2"),
        ("3", "5", "0", "4", "5/2"),
        ("5", "3", "4", "0", "5/2"),
        ("5/2", "5/2", "5/2", "5/2", "0"),
    )
)
_P, _Q = masses(3, 1, 0, 2, 0), masses(0, 0, 2, 1, 3)


def rings_penalty() -> Any:
    r"""The mean of (|grad f| - 1)^2 on segments between independent points of the two rings, f smooth as above.

    The segment from (2, 0) to the angle phi has the length c, c^2 = 5 - 4 cos phi. Beyond phi = pi/3 it crosses the
    data's disc, at the distance h = 2 sin(phi)/c from the centre, along a chord of half the length
    l = (1 - 2 cos phi)/c. On that chord (1 - r)^2 integrates to 2 h^2 l + 2 l^3/3 - 2 h^2 log((1 + l)/h). The integrand
    lies between 0 and 1, which bounds what is left out near pi.
    """
    xp, left_out = Balls(), ball(10) ** -30

    def inside(phi: Any, xp: Any) -> Any:
        length = xp.sqrt(5 - 4 * phi.cos())
        away, half = 2 * phi.sin() / length, (1 - 2 * phi.cos()) / length
        chord = 2 * away**2 * half + 2 * half**3 / 3 - 2 * away**2 * xp.log((1 + half) / away)
        return chord / length

    return (integral(inside, xp.pi / 3, xp.pi - left_out) + left_out * ball(0).union(ball(1))) / xp.pi


def _ratio(z: Fraction, scale: int = 1) -> Vanishes:
    """P(|X| <= z |Y|) for independent N(0, 1) is 2 arctan(z)/pi; by the mean over Y, whose tails count 1 at most."""

    def difference() -> Any:
        xp, at = Balls(), ball(z)

        def within(y: Any, xp: Any) -> Any:
            return 2 * (at * y / xp.sqrt(ball(2))).erf() * xp.exp(-y * y / 2) / xp.sqrt(2 * xp.pi)

        tail = 2 * below(-ball(END)) * ball(0).union(ball(1))
        return integral(within, 0, END) + tail - 2 * (scale * at).atan() / xp.pi

    return Vanishes(difference)


def _matrices(sp: Any) -> tuple[Any, Any, Any]:
    """R and Q, which don't commute, with R^2 = S and Q^2 = R T R; and A = R^-1 Q R^-1."""
    root, middle = sp.symbols("R Q", commutative=False)
    return root, middle, root**-1 * middle * root**-1


def _pushes(sp: Any) -> Any:
    """A S A - T, with T = R^-1 Q^2 R^-1."""
    root, middle, linear = _matrices(sp)
    return sp.expand(linear * root**2 * linear - root**-1 * middle**2 * root**-1)


def _trace(sp: Any) -> Any:
    """R A R - Q: as tr(A R R) = tr(R A R), the trace of A S is that of the root of R T R."""
    root, middle, linear = _matrices(sp)
    return sp.expand(root * linear * root - middle)


def _two_by_two(sp: Any, *, commuting: bool = False) -> Any:
    """tr(A S) by exact numbers, less tr Q by Cayley and Hamilton; `commuting`, less tr(S^(1/2) T^(1/2)) instead.

    S = R^2 and T = U^2 of rational roots that don't commute; of a 2 x 2 matrix Q, (tr Q)^2 = tr Q^2 + 2 det Q.
    """
    root, other = sp.Matrix([[2, 1], [1, 3]]), sp.Matrix([[3, -1], [-1, 1]])
    squared = root * other**2 * root
    by_roots = sp.sqrt(squared.trace() + 2 * sp.sqrt(squared.det()))
    if commuting:
        return by_roots - (root * other).trace()
    middle = (squared + sp.sqrt(squared.det()) * sp.eye(2)) / by_roots  # its square is `squared`
    linear = root.inv() * middle * root.inv()
    moved = (linear * root**2 * linear - other**2).applyfunc(sp.simplify)
    return sp.simplify((linear * root**2).trace() - by_roots) ** 2 + sum(entry**2 for entry in moved)


def _stretch(angle: Any, xp: Any) -> Any:
    """The squared norm of diag(2, 1) R diag(3, 1), R the turn by that angle: the larger root of r^2 - T r + 36.

    T = 37 cos^2 + 13 sin^2 is the sum of the squares of the entries, 36 the square of the determinant.
    """
    total = 37 * angle.cos() ** 2 + 13 * angle.sin() ** 2
    return (total + xp.sqrt(total**2 - 144)) / 2


CERTIFICATES = (
    Certificate(
        "wgan-gp",
        r"f(x) - f(y) = \|x - y\| \text{ where } \pi(x, y) > 0, \ \pi \text{ optimal}; \quad \text{not for the "
        r"independent } \pi",
        "For five points of the plane with rational distances: the cheapest plan and the best potential, by linear "
        "programs in exact fractions. And for two rings a smooth optimal critic has a penalty on independent pairs, an "
        "integral that is enclosed, which is not 0.",
        (Aligned(_CORNERS, _P, _Q), Above(rings_penalty, "two rings")),
        Aligned(_CORNERS, _P, _Q, optimal=False),
    ),
    Certificate(
        "spectral-norm",
        r"\sigma(\mathrm{diag}(2, 1)\, R\, \mathrm{diag}(3, 1)) < 2 \cdot 3 "
        r"\quad \text{for a turn } R \text{ by } \tfrac1{32} \text{ to } \tfrac{25}{16}",
        "The squared norm by trace and determinant, on boxes of the angle: the product of the norms bounds it, and is "
        "not reached where the singular vectors don't line up. The sum of the norms, squared, is no bound.",
        (Positive(lambda angle, xp: 36 - _stretch(angle, xp), (interval(2**-5, 1.5625),)),),
        Positive(lambda angle, xp: 25 - _stretch(angle, xp), (interval(2**-5, 1.5625),)),
    ),
    Certificate(
        "gaussian-w2",
        r"A S A = T, \quad \mathrm{tr}(A S) = \mathrm{tr} (S^{1/2} T S^{1/2})^{1/2} \quad \text{for } "
        r"A = S^{-1/2} (S^{1/2} T S^{1/2})^{1/2} S^{-1/2}",
        "By letters that don't commute, and in exact numbers for two matrices of 2 x 2 that don't either. The false "
        "neighbour takes tr(S^(1/2) T^(1/2)), right only for matrices that commute.",
        (Exactly(_pushes), Exactly(_trace), Exactly(_two_by_two)),
        Exactly(lambda sp: _two_by_two(sp, commuting=True)),
    ),
    Certificate(
        "cauchy",
        r"\mathrm{P}(|X/Y| \le z) = \tfrac2\pi \arctan z",
        "The chance is a mean over Y, an integral of the error function, enclosed with a bound of its tails, at three "
        "z; the integral of the Cauchy density is the arctangent. Evidence at three points, not a proof.",
        (_ratio(Fraction(1, 3)), _ratio(Fraction(1)), _ratio(Fraction(12))),
        _ratio(Fraction(1), scale=2),
    ),
)
