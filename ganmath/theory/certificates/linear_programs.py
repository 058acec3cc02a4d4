r"""Kantorovich's duality on finite spaces, in exact fractions: a plan and a potential of one value prove both best.

The simplex method finds them, by Bland's rule, which never cycles; the proof doesn't rest on it: that the plan has the
right marginals, that the potential is 1-Lipschitz and that the two values are equal is checked afterwards, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from ganmath.theory.certificates.certificate import Certificate, Finding
from ganmath.theory.verdict import Verdict

Row = list[Fraction]


def minimise(costs: Sequence[Fraction], matrix: Sequence[Sequence[Fraction]], level: Sequence[Fraction]) -> Row | None:
    r"""An x >= 0 with matrix x = level and the least costs . x, None where no x is admissible.

    Two phases of the simplex method with Bland's rule. Raises ValueError for costs without a lower bound.

    References: Dantzig (1951); Bland (1977), "New finite pivoting rules for the simplex method".

    >>> one, two = Fraction(1), Fraction(2)
    >>> minimise([two, one], [[one, one]], [one])
    [Fraction(0, 1), Fraction(1, 1)]
    """
    rows, columns = len(matrix), len(costs)
    tableau = []
    for i, (row, b) in enumerate(zip(matrix, level, strict=True)):
        sign = -1 if b < 0 else 1
        slack = [Fraction(int(i == k)) for k in range(rows)]
        tableau.append([sign * Fraction(x) for x in row] + slack + [sign * Fraction(b)])
    basis = [columns + i for i in range(rows)]
    artificial = [Fraction(0)] * columns + [Fraction(1)] * rows
    _descend(tableau, basis, artificial, columns + rows)
    if any(row[-1] for row, j in zip(tableau, basis, strict=True) if j >= columns):
        return None
    for i in range(rows):  # what is left of the artificial columns leaves, or its row says nothing
        if basis[i] >= columns:
            entering = next((j for j in range(columns) if tableau[i][j]), None)
            if entering is not None:
                _pivot(tableau, basis, i, entering)
    _descend(tableau, basis, [*map(Fraction, costs), *[Fraction(0)] * rows], columns)
    best = [Fraction(0)] * columns
    for row, j in zip(tableau, basis, strict=True):
        if j < columns:
            best[j] = row[-1]
    return best


def _descend(tableau: list[Row], basis: list[int], costs: Row, allowed: int) -> None:
    while True:
        at = [costs[j] for j in basis]
        entering = next(
            (
                j
                for j in range(allowed)
                if costs[j] < sum((c * row[j] for c, row in zip(at, tableau, strict=True)), Fraction(0))
            ),
            None,
        )
        if entering is None:
            return
        steps = [(row[-1] / row[entering], basis[i], i) for i, row in enumerate(tableau) if row[entering] > 0]
        if not steps:
            raise ValueError(f"the costs have no lower bound: x[{entering}] can grow for ever")
        _pivot(tableau, basis, min(steps)[2], entering)


def _pivot(tableau: list[Row], basis: list[int], leaving: int, entering: int) -> None:
    scale = tableau[leaving][entering]
    tableau[leaving] = [x / scale for x in tableau[leaving]]
    for i, row in enumerate(tableau):
        if i != leaving and row[entering]:
            factor = row[entering]
            tableau[i] = [x - factor * y for x, y in zip(row, tableau[leaving], strict=True)]
    basis[leaving] = entering


Distances = tuple[tuple[Fraction, ...], ...]
Masses = tuple[Fraction, ...]


def masses(*weights: int) -> Masses:
    """Whole weights over their sum."""
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


def taxicab(*points: tuple[int, ...]) -> Distances:
    """The distances between points of a lattice, sum |x_i - y_i|."""
    return tuple(tuple(Fraction(sum(abs(a - b) for a, b in zip(x, y, strict=True))) for y in points) for x in points)


def cheapest_plan(distances: Distances, p: Masses, q: Masses) -> tuple[Row, ...]:
    """A coupling of p and q of the least cost, by linear programming."""
    n = len(p)
    out = [[Fraction(int(i == k)) for i, _ in product(range(n), repeat=2)] for k in range(n)]
    into = [[Fraction(int(j == k)) for _, j in product(range(n), repeat=2)] for k in range(n)]
    found = minimise([d for row in distances for d in row], out + into, [*p, *q])
    if found is None:
        raise ValueError(f"no coupling: p has mass {sum(p)}, q {sum(q)}")
    return tuple(found[i * n : (i + 1) * n] for i in range(n))


def best_potential(distances: Distances, p: Masses, q: Masses) -> Row:
    """The f of the largest sum f (p - q) among the 1-Lipschitz ones with f >= 0, by a linear program of its own."""
    n = len(p)
    pairs = [(i, j) for i, j in product(range(n), repeat=2) if i != j]
    matrix = [
        [Fraction(int(k == i) - int(k == j)) for k in range(n)] + [Fraction(int(pair == (i, j))) for pair in pairs]
        for i, j in pairs
    ]
    costs = [q[k] - p[k] for k in range(n)] + [Fraction(0)] * len(pairs)
    found = minimise(costs, matrix, [distances[i][j] for i, j in pairs])
    if found is None:
        raise ValueError("no potential: a distance is negative")
    return found[:n]


@dataclass(frozen=True)
class Duality:
    """The cheapest plan from p to q costs what the best potential gains, exactly.

    With a `slope` other than 1 the potential is scaled by it, as the best of that Lipschitz constant.
    """

    distances: Distances
    p: Masses
    q: Masses
    slope: Fraction = Fraction(1)

    def decide(self) -> Finding:
        """SAMPLED, as it is exact for this space alone, or FAILED with the two values.

        The plan and the potential are checked first.
        """
        distances, n = self.distances, range(len(self.p))
        plan = cheapest_plan(distances, self.p, self.q)
        potential = [self.slope * f for f in best_potential(distances, self.p, self.q)]
        evidence = f"exact, for {len(self.p)} points"
        if any(sum(plan[i]) != self.p[i] or sum(row[i] for row in plan) != self.q[i] for i in n):
            return Finding(Verdict.FAILED, evidence, "a marginal of the plan")
        if any(x < 0 for row in plan for x in row):
            return Finding(Verdict.FAILED, evidence, "a negative entry of the plan")
        if any(potential[i] - potential[j] > self.slope * distances[i][j] for i, j in product(n, repeat=2)):
            return Finding(Verdict.FAILED, evidence, "a slope of the potential")
        cost = sum(plan[i][j] * distances[i][j] for i, j in product(n, repeat=2))
        gain = sum(potential[i] * (self.p[i] - self.q[i]) for i in n)
        if cost != gain:
            return Finding(Verdict.FAILED, evidence, f"cost {cost}, gain {gain} of the potential {_shown(potential)}")
        return Finding(Verdict.SAMPLED, evidence)


@dataclass(frozen=True)
class Area:
    """On the line the cheapest plan costs the integral of |F - G|; not `inside`, |.| stands before it."""

    points: tuple[int, ...]
    p: Masses
    q: Masses
    inside: bool = True

    def decide(self) -> Finding:
        """SAMPLED, as it is exact for these points alone (in increasing order), or FAILED with the two values."""
        distances = taxicab(*((x,) for x in self.points))
        plan = cheapest_plan(distances, self.p, self.q)
        cost = sum(x * d for row, away in zip(plan, distances, strict=True) for x, d in zip(row, away, strict=True))
        strips = [
            (right - left) * sum(self.p[: k + 1], -sum(self.q[: k + 1], Fraction(0)))
            for k, (left, right) in enumerate(pairwise(self.points))
        ]
        area = sum(map(abs, strips)) if self.inside else abs(sum(strips))
        evidence = f"exact, for {len(self.points)} points"
        if cost != area:
            return Finding(Verdict.FAILED, evidence, f"cost {cost}, area {area}")
        return Finding(Verdict.SAMPLED, evidence)


@dataclass(frozen=True)
class Spread:
    """The cheapest plan costs at most `reach` times TV, by default the largest distance times TV."""

    distances: Distances
    p: Masses
    q: Masses
    reach: Fraction | None = None

    def decide(self) -> Finding:
        """SAMPLED, as it is exact for this space alone, or FAILED with the two values."""
        plan = cheapest_plan(self.distances, self.p, self.q)
        cost = sum(
            x * d for row, away in zip(plan, self.distances, strict=True) for x, d in zip(row, away, strict=True)
        )
        reach = max(map(max, self.distances)) if self.reach is None else self.reach
        bound = reach * sum(abs(a - b) for a, b in zip(self.p, self.q, strict=True)) / 2
        evidence = f"exact, for {len(self.p)} points"
        if cost > bound:
            return Finding(Verdict.FAILED, evidence, f"cost {cost}, bound {bound}")
        return Finding(Verdict.SAMPLED, evidence)


def _shown(values: Sequence[Fraction]) -> str:
    return "(" + ", ".join(map(str, values)) + ")"


_SQUARE = taxicab((0, 0), (3, 0), (0, 2), (3, 2), (1, 1))
_DISCRETE = tuple(tuple(Fraction(int(i != j)) for j in range(4)) for i in range(4))
_FAR = taxicab((0,), (100,))
_LINE, _P, _Q = (-2, 0, 1, 4, 5), masses(1, 4, 0, 2, 3), masses(2, 1, 4, 3, 0)

CERTIFICATES = (
    Certificate(
        "kantorovich-rubinstein",
        r"\min_{\pi \in \Pi(p, q)} \sum_{x, y} \pi(x, y) d(x, y) "
        r"= \max_{\mathrm{Lip}(f) \le 1} \sum_x f(x) (p(x) - q(x))",
        "For each of the spaces here: five points of the plane with |dx| + |dy|, and four that are all 1 apart. The "
        "plan's marginals, the potential's slopes and the equality of the two values are checked in exact fractions.",
        (
            Duality(_SQUARE, masses(1, 2, 3, 4, 0), masses(3, 0, 1, 1, 5)),
            Duality(_DISCRETE, masses(1, 2, 3, 4), masses(4, 1, 1, 1)),
        ),
        Duality(_SQUARE, masses(1, 2, 3, 4, 0), masses(3, 0, 1, 1, 5), slope=Fraction(2)),
    ),
    Certificate(
        "w1-area",
        r"\min_{\pi \in \Pi(p, q)} \sum_{x, y} \pi(x, y) |x - y| = \int |F(x) - G(x)| \,\mathrm{d}x",
        "For the five points -2, 0, 1, 4, 5 of the line, with masses whose distribution functions cross: the cheapest "
        "of all plans, by linear programming in exact fractions, and the area.",
        (Area(_LINE, _P, _Q), Duality(taxicab(*((x,) for x in _LINE)), _P, _Q)),
        Area(_LINE, _P, _Q, inside=False),
    ),
    Certificate(
        "wasserstein-diameter",
        r"\min_{\pi \in \Pi(p, q)} \sum_{x, y} \pi(x, y) d(x, y) \le \mathrm{diam} \; \mathrm{TV}(p, q)",
        "The cheapest plan in exact fractions, for five points of the plane, and for an atom at 0 of which a tenth "
        "goes to 100, where both sides are 10. That one refutes the bound without the diameter: TV is 1/10.",
        (Spread(_SQUARE, masses(1, 2, 3, 4, 0), masses(3, 0, 1, 1, 5)), Spread(_FAR, masses(1, 0), masses(9, 1))),
        Spread(_FAR, masses(1, 0), masses(9, 1), reach=Fraction(1)),
    ),
)
