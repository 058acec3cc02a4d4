"""Transport between finitely many weighted points in R^d: the linear program, solved exactly by POT's network simplex.

Masses go to the solver as whole numbers, whose sums floats hold exactly: flows then carry no rounding, and equal
distributions are at distance 0. What comes back is the plan as a list of at most n + m - 1 flows, from which the
distance is computed anew, with its gradients.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair
from ganmath.divergence.common_points import CommonPoints, common_points, shares
from ganmath.divergence.pairwise import distances, lengths
from ganmath.divergence.summands import safe_root

ITERATIONS = 10_000_000  # pivots: for a thousand points against as many some ten thousand are needed
WHOLE = 2.0**52  # units of mass: floats add whole numbers up to twice that without rounding


class NotConverged(RuntimeError):
    """An iteration ended before it reached what was asked for; the message says what to change."""


@dataclass(frozen=True, eq=False)
class Plan:
    """An optimal plan: ``mass`` (k,) goes from the points ``rows`` to the points ``columns``; and its potentials.

    ``on_x`` (n,) and ``on_y`` (m,) satisfy on_x[i] + on_y[j] <= |x_i - y_j|^order / unit^order for all pairs, with
    equality where mass goes.
    """

    rows: np.ndarray
    columns: np.ndarray
    mass: np.ndarray
    unit: float
    on_x: np.ndarray
    on_y: np.ndarray

    def matrix(self) -> np.ndarray:
        """The plan as a matrix (n, m)."""
        plan = np.zeros((len(self.on_x), len(self.on_y)))
        plan[self.rows, self.columns] = self.mass
        return plan


def distance(pair: AtomPair, order: float, iterations: int) -> Any:
    """W_order between the two, of shape (...)."""
    xp, (x, y) = pair.xp, pair.rows
    if not pair.is_weighted:
        plan = optimal_plan(arrays.to_numpy(x), None, arrays.to_numpy(y), None, order, iterations, potentials=False)
        return plan.unit * safe_root(_power(plan, x, y, order, xp), order, xp)
    common, batch = common_points(pair), pair.batch
    if order == 1:
        # What both have in common stays where it is: then even nearly equal masses lose no digits.
        moved = np.maximum(common.difference, 0.0), np.maximum(-common.difference, 0.0)
    else:
        moved = common.u / common.u.sum(axis=-1, keepdims=True), common.v / common.v.sum(axis=-1, keepdims=True)
    given = pair.masses_of_x, pair.masses_of_y
    rows = [
        library.reshape(library.broadcast_to(w, (*batch, w.shape[-1])), (-1, w.shape[-1]))
        for library, masses in ((np, moved), (xp, given))
        for w in masses
    ]
    zero, lines = xp.sum(0.0 * x), []
    for u, v, a, b in zip(*rows, strict=True):
        lines.append(_one_distance(common, u, v, x, a, y, b, order, iterations, xp) if (u != v).any() else zero)
    return xp.reshape(xp.stack(lines), batch)


def _one_distance(
    common: CommonPoints, u: np.ndarray, v: np.ndarray, x: Any, a: Any, y: Any, b: Any, order: float, most: int, xp: Any
) -> Any:
    """W_order from the optimal plan of u to v (k,) at the common points, as a function of points and their masses."""
    count, device = len(common.points), array_api_compat.device(x)
    by_masses = any(getattr(masses, "requires_grad", False) for masses in (a, b))
    plan = optimal_plan(common.points, u, common.points, v, order, most, potentials=by_masses)
    ends: list[Any] = []
    for points, masses, at in ((x, a, common.at_x), (y, b, common.at_y)):
        ends.append(xp.asarray(common.points, dtype=x.dtype, device=device))
        if getattr(points, "requires_grad", False):
            # Each point moves its place by its share of the mass there.
            part = xp.asarray(shares(arrays.to_numpy(masses), at, count), dtype=x.dtype, device=device)
            moves = (points - points.detach()) * part[:, None]
            ends[-1] = ends[-1].index_add(0, xp.asarray(at, device=device), moves)
    power = _power(plan, ends[0], ends[1], order, xp) * float(u.sum())
    if by_masses:
        # The derivative by the masses is the potential (envelope theorem); the value stays as it is.
        for masses, potential in ((a, plan.on_x[common.at_x]), (b, plan.on_y[common.at_y])):
            power = power + xp.sum(xp.asarray(potential, device=device) * (masses - masses.detach()))
    return plan.unit * safe_root(power, order, xp)


def _power(plan: Plan, x: Any, y: Any, order: float, xp: Any) -> Any:
    """The cost of the plan, the integral of |x - y|^order, in its unit."""
    device = array_api_compat.device(x)
    rows, columns, mass = (xp.asarray(part, device=device) for part in (plan.rows, plan.columns, plan.mass))
    return xp.sum(mass * (lengths(x[rows] - y[columns], xp) / plan.unit) ** order)


def optimal_plan(
    x: np.ndarray,
    a: np.ndarray | None,
    y: np.ndarray,
    b: np.ndarray | None,
    order: float,
    iterations: int = ITERATIONS,
    *,
    potentials: bool = True,
) -> Plan:
    """The plan from x (n, d) to y (m, d) of least cost, for masses a and b of equal sum; the plan's own sum is 1."""
    a, b = equal_masses(len(x), len(y)) if a is None or b is None else whole_masses(a, b)
    from_, to = np.flatnonzero(a), np.flatnonzero(b)
    # The solver knows the potentials where there is mass; the others follow from the inequality.
    cost, unit = _costs(x, y, order) if potentials else _costs(x[from_], y[to], order)
    part = cost[np.ix_(from_, to)] if potentials and cost.shape != (len(from_), len(to)) else cost
    flows, v = _solve(a[from_], b[to], part, iterations)
    rows, columns = np.nonzero(flows)
    mass = flows[rows, columns] / a.sum()
    on_x = on_y = np.zeros(0)
    if potentials:
        on_x = np.min(cost[:, to] - v, axis=1)
        on_y = np.min(cost - on_x[:, None], axis=0)
    return Plan(from_[rows], to[columns], mass, unit, on_x, on_y)


def _costs(x: np.ndarray, y: np.ndarray, order: float) -> tuple[np.ndarray, float]:
    """The distances to the order, in units of the largest (n, m); and that unit."""
    scale = float(np.maximum(np.max(abs(x)), np.max(abs(y))))
    if not math.isfinite(scale):
        raise ValueError("a point has a coordinate that is not finite, which validate=False let pass: leave it out")
    scale = 2.0 ** math.frexp(scale)[1] if scale > 0 else 1.0  # so that no square of a distance overflows
    cost = distances(x / scale, y / scale, np)
    largest = float(cost.max()) or 1.0
    cost /= largest
    if order != 1:
        cost **= order
    return cost, largest * scale


def equal_masses(n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """The masses of n points and of m, all of a kind equal, as whole numbers of equal sum."""
    unit = math.gcd(n, m)
    return np.full(n, float(m // unit)), np.full(m, float(n // unit))


def whole_masses(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Masses (n,) and (m,) of equal sum as whole numbers of equal sum."""
    whole = [np.rint(masses * (WHOLE / masses.sum())) for masses in (a, b)]
    missing = int(whole[0].sum() - whole[1].sum())
    lighter = whole[1] if missing > 0 else whole[0]
    # A few units, which the heaviest points hardly feel, one each.
    heaviest = np.argsort(-lighter, kind="stable")
    rounds, rest = divmod(abs(missing), len(lighter))
    lighter += rounds
    lighter[heaviest[:rest]] += 1
    return whole[0], whole[1]


def _solve(a: np.ndarray, b: np.ndarray, cost: np.ndarray, iterations: int) -> tuple[np.ndarray, np.ndarray]:
    """The flows and the potential on the second points, by POT."""
    try:
        import ot
    except ImportError:
        raise ImportError(
            "transport between points in more than one dimension needs POT, the extra `transport`: pip install POT; "
            "without it there is sliced_wasserstein"
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as an error
        flows, log = ot.emd(a, b, cost, numItermax=iterations, log=True, center_dual=False, check_marginals=False)
    if log["warning"] is not None:
        raise NotConverged(
            f"the network simplex has no optimal plan of {len(a)} and {len(b)} points after iterations={iterations}: "
            f"give more of them, or fewer points (POT says: {log['warning']})"
        )
    return flows, log["v"]
