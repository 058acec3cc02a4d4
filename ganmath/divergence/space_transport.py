"""Transport between finitely many weighted points in R^d: the linear program, solved exactly by POT's network simplex.

Masses go to the solver as whole numbers, whose sums floats hold exactly: flows then carry no rounding, and equal
distributions are at distance 0. What comes back is the plan as a list of at most n + m - 1 flows, from which the
distance is computed anew, with its gradients.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair
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
    lines = []
    difference = pair.difference if order == 1 else None
    if difference is not None:
        # What both have in common stays where it is: then even nearly equal masses lose no digits.
        # A mass equal to the other's is on one of the sides, for its derivative.
        u, v = xp.where(difference >= 0, difference, 0.0), xp.where(difference < 0, -difference, 0.0)
    else:
        u, v = (pair.masses_of_x, pair.masses_of_y) if pair.is_weighted else (None, None)
    for a, b in _batch(u, v, pair.batch, xp):
        lines.append(_one_distance(x, a, y, b, order, iterations, xp))
    return lines[0] if not pair.batch else xp.reshape(xp.stack(lines), pair.batch)


def _batch(u: Any, v: Any, batch: tuple[int, ...], xp: Any) -> Iterator[tuple[Any, Any]]:
    if u is None:
        yield None, None
        return
    u, v = (xp.reshape(xp.broadcast_to(w, (*batch, w.shape[-1])), (-1, w.shape[-1])) for w in (u, v))
    yield from ((u[i], v[i]) for i in range(u.shape[0]))


def _one_distance(x: Any, a: Any, y: Any, b: Any, order: float, iterations: int, xp: Any) -> Any:
    """W_order of masses a and b of equal sum, from the optimal plan."""
    here = [None if masses is None else arrays.to_numpy(masses) for masses in (a, b)]
    total = 1.0 if here[0] is None else float(here[0].sum())
    if total == 0:
        return xp.sum(0.0 * a)
    wants_gradient = any(getattr(masses, "requires_grad", False) for masses in (a, b))
    places = arrays.to_numpy(x), arrays.to_numpy(y)
    plan = optimal_plan(places[0], here[0], places[1], here[1], order, iterations, potentials=wants_gradient)
    device = array_api_compat.device(x)
    rows, columns, mass = (xp.asarray(part, device=device) for part in (plan.rows, plan.columns, plan.mass))
    power = xp.sum(mass * (lengths(x[rows] - y[columns], xp) / plan.unit) ** order) * total
    if wants_gradient:
        # The derivative by the masses is the potential (envelope theorem); the value stays as it is.
        for masses, potential in ((a, plan.on_x), (b, plan.on_y)):
            power = power + xp.sum(xp.asarray(potential, device=device) * (masses - masses.detach()))
    return plan.unit * safe_root(power, order, xp)


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
    cost, unit = _costs(x, y, order)
    a, b = whole_masses(x, a, y, b)
    from_, to = np.flatnonzero(a), np.flatnonzero(b)
    part = cost if len(from_) == len(x) and len(to) == len(y) else cost[np.ix_(from_, to)]
    flows, v = _solve(a[from_], b[to], part, iterations)
    rows, columns = np.nonzero(flows)
    mass = flows[rows, columns] / a.sum()
    on_x = on_y = np.zeros(0)
    if potentials:
        # The solver knows the potentials where there is mass; the others follow from the inequality.
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


def whole_masses(
    x: np.ndarray, a: np.ndarray | None, y: np.ndarray, b: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Masses of equal sum as whole numbers of equal sum: exact where there are no weights."""
    if a is None or b is None:
        unit = math.gcd(len(x), len(y))
        return np.full(len(x), float(len(y) // unit)), np.full(len(y), float(len(x) // unit))
    whole = [_rounded(points, masses * (WHOLE / masses.sum())) for points, masses in ((x, a), (y, b))]
    missing = int(whole[0].sum() - whole[1].sum())
    lighter = whole[1] if missing > 0 else whole[0]
    # A few units, which the heaviest points hardly feel, one each.
    heaviest = np.argsort(-lighter, kind="stable")
    rounds, rest = divmod(abs(missing), len(lighter))
    lighter += rounds
    lighter[heaviest[:rest]] += 1
    return whole[0], whole[1]


def _rounded(points: np.ndarray, masses: np.ndarray) -> np.ndarray:
    """Whole numbers near the masses, nearest in sum over equal points: a mass may be split among them or not."""
    _, group = np.unique(points, axis=0, return_inverse=True)
    whole: np.ndarray = np.floor(masses)
    missing = np.rint(np.bincount(group, masses)) - np.bincount(group, whole)
    first = np.unique(group, return_index=True)[1]
    whole[first] += missing
    return whole


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
