"""Kantorovich's duality: a plan and a pair of potentials that prove each other best."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Unpack

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.arrays import SMALLEST_NORMAL
from ganmath.divergence.atoms import PointOptions, read_pair, read_points
from ganmath.divergence.common_points import common_points, shares
from ganmath.divergence.line_transport import checked_order
from ganmath.divergence.pairwise import distances, lengths
from ganmath.divergence.parameters import whole_number
from ganmath.divergence.space_transport import (
    ITERATIONS,
    NotConverged,
    Plan,
    equal_masses,
    optimal_plan,
    whole_masses,
)

GAP = 1e-9  # in units of the largest distance's power: beyond, the two sides don't prove each other
BLOCK = 1 << 20  # distances held at once where a potential is evaluated


@dataclass(frozen=True, eq=False)
class TransportDual:
    r"""A plan and potentials of one value, so that both are best.

    ``primal`` is the cost of the plan, :math:`\sum_{ij} \pi_{ij} |x_i - y_j|^r`, the upper bound; ``dual`` is
    :math:`\sum_i a_i \varphi(x_i) + \sum_j b_j \psi(y_j)`, the lower bound, where
    :math:`\varphi(x) + \psi(y) \le |x - y|^r`. For order 1 :math:`\psi = -\varphi` and phi is 1-Lipschitz: the best
    critic of a Wasserstein GAN. ``potential`` is :math:`\varphi` anywhere, of points (k,) or (k, d) to (k,).

    >>> from ganmath.divergence import Samples
    >>> best = wasserstein_dual(Samples([0, 1]), Samples([3, 3]), order=2)
    >>> best.on_p.tolist(), best.on_q.tolist(), best.gap
    ([0.0, -5.0], [9.0, 9.0], 0.0)
    >>> best.potential([0, 2]).tolist()  # (x - 3)^2 - 9
    [0.0, -8.0]
    """

    plan: np.ndarray  # (n, m)
    on_p: np.ndarray  # (n,): phi at the points of p
    on_q: np.ndarray  # (m,): psi at the points of q
    potential: Callable[[Any], np.ndarray] = field(repr=False)  # phi anywhere: points (k,) or (k, d) -> (k,)
    order: float
    primal: float
    dual: float

    @property
    def gap(self) -> float:
        """primal - dual, 0 but for rounding."""
        return self.primal - self.dual


def wasserstein_dual(
    p: Any, q: Any, *, order: float = 1, iterations: int = ITERATIONS, **options: Unpack[PointOptions]
) -> TransportDual:
    r"""The two sides of :math:`\min_\pi \int |x - y|^r d\pi` :math:`= \max_{\varphi(x) + \psi(y) \le |x - y|^r}
    \int \varphi \, dp + \int \psi \, dq`, whose common value is :math:`W_r^r`, as a `TransportDual`.

    p and q are points with masses, as for `wasserstein`, in any dimension. The potential is defined everywhere: on the
    line and for order 1 its slope is the sign of G - F; else it is
    :math:`\varphi(x) = \min_j |x - y_j|^r - \psi(y_j)`, which for order 1 is 1-Lipschitz by its form. Both that
    potentials stay below the cost and that the gap is at most 1e-9 of the largest cost are checked at the points. The
    result is in numpy's arrays, without gradients.

    Raises what `wasserstein` raises, NotConverged where the check fails, and ValueError where :math:`W_r^r` itself is
    beyond the floats. The potential raises ValueError for points of another space.

    References: Kantorovich and Rubinstein (1958), "On a space of completely additive functions"; Villani (2003),
    "Topics in optimal transportation", theorems 1.3 and 1.14.

    >>> from ganmath.divergence import Samples
    >>> best = wasserstein_dual(Samples([0, 1]), Samples([3, 4]))
    >>> best.primal, best.dual, best.potential([0, 4]).tolist()
    (3.0, 3.0, [4.0, 0.0])
    >>> best.plan.tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    """
    order, iterations = checked_order(order), whole_number("iterations", iterations, 1)
    pair = read_pair(p, q, "wasserstein_dual", **options).single("wasserstein_dual")
    with np.errstate(over="ignore", under="ignore"):
        x, y = (arrays.to_numpy(rows) / pair.magnitude for rows in pair.rows)
        farthest = float(distances(x, y, np).max())
        unit = pair.magnitude * arrays.power_of_two(farthest)
        scale, cost = np.float64(unit) ** order, np.float64(farthest / arrays.power_of_two(farthest)) ** order
        beyond = ValueError(
            f"W_r^r is about as large as {pair.magnitude * (farthest or 1.0):.1e}^{order:g}, which no float holds: "
            "divide all points by their size, or take a lower order"
        )
    if not SMALLEST_NORMAL <= scale < math.inf or math.isinf(cost):
        raise beyond
    x, y = (arrays.to_numpy(rows) / unit for rows in pair.rows)
    whole = equal_masses(len(x), len(y))
    a, b = np.full(len(x), 1 / len(x)), np.full(len(y), 1 / len(y))
    if pair.is_weighted:
        common = common_points(pair)
        x = y = common.points / unit
        whole = whole_masses(common.u, common.v)
        a, b = common.u / common.u.sum(), common.v / common.v.sum()
    if pair.dim > 1:
        plan = optimal_plan(x, whole[0], y, whole[1], order, iterations)
    else:
        plan = _monotone_plan(x[:, 0], whole[0], y[:, 0], whole[1], order)
    cost = plan.unit**order
    if pair.dim == 1 and order == 1:
        phi = _by_signs(x[:, 0], whole[0], y[:, 0], whole[1])
    else:
        phi = _conjugate(y, plan.on_y * cost, order)
    on_p = phi(x)
    on_q = -phi(y) if order == 1 else _conjugate(x, on_p, order)(y)
    far = lengths(x[plan.rows] - y[plan.columns], np) ** order
    primal, dual = float(plan.mass @ far), float(a @ on_p + b @ on_q)
    excess = float((on_p[:, None] + on_q - distances(x, y, np) ** order).max())
    if not max(abs(primal - dual), excess) <= GAP * cost:
        raise NotConverged(
            f"the plan costs {scale * primal:.12g} and the potentials give {scale * dual:.12g}, above the cost by "
            f"{scale * max(excess, 0):.3g} somewhere: they don't prove each other; bring the points nearer together in "
            "size, or take a lower order"
        )
    matrix = plan.matrix()
    if pair.is_weighted:
        # Each point has its share of what its place sends or gets.
        masses = (arrays.to_numpy(m) for m in (pair.masses_of_x, pair.masses_of_y))
        sent, got = (shares(m, at, len(x)) for m, at in zip(masses, (common.at_x, common.at_y), strict=True))
        matrix = matrix[np.ix_(common.at_x, common.at_y)] * sent[:, None] * got
        on_p, on_q = on_p[common.at_x], on_q[common.at_y]

    def potential(points: Any) -> np.ndarray:
        return scale * phi(_rows(points, pair.dim) / unit)

    with np.errstate(over="ignore"):
        on_p, on_q, primal, dual = scale * on_p, scale * on_q, float(scale * primal), float(scale * dual)
    if not np.isfinite([primal, dual, *on_p, *on_q]).all():
        raise beyond
    return TransportDual(matrix, on_p, on_q, potential, order, primal, dual)


def _rows(points: Any, dim: int) -> np.ndarray:
    """Points for a potential as (k, dim); ValueError for those of another space."""
    read, _ = read_points(points, "points")
    rows = arrays.to_numpy(read).astype(float)
    rows = rows[:, None] if rows.ndim == 1 else rows
    if rows.shape[1] != dim:
        wanted = "(k,)" if dim == 1 else f"(k, {dim})"
        raise ValueError(f"points has {rows.shape[1]} coordinate(s) a point, the potential takes {dim}: give {wanted}")
    return rows


def _conjugate(points: np.ndarray, values: np.ndarray, order: float) -> Callable[[np.ndarray], np.ndarray]:
    """z (k, d) -> min_j |z - points_j|^order - values_j, (k,)."""

    def at(z: np.ndarray) -> np.ndarray:
        step = max(1, BLOCK // len(points))
        blocks = [z[i : i + step] for i in range(0, len(z), step)]
        return np.concatenate([np.min(distances(block, points, np) ** order - values, axis=1) for block in blocks])

    return at


def _by_signs(x: np.ndarray, a: np.ndarray, y: np.ndarray, b: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """The potential with slope sign(G - F), level beyond the points: int f dp - int f dq is the integral of |F - G|.

    Masses are whole numbers: where F = G, no rounding gives the slope a sign.
    """
    places, index = np.unique(np.concatenate([x, y]), return_inverse=True)
    jumps = np.bincount(index, np.concatenate([a, -b]), minlength=len(places))
    values = np.append(0.0, np.cumsum(-np.sign(np.cumsum(jumps)[:-1]) * np.diff(places)))
    values -= values.min()

    def at(z: np.ndarray) -> np.ndarray:
        heights: np.ndarray = np.interp(z[:, 0], places, values)
        return heights

    return at


def _monotone_plan(x: np.ndarray, a: np.ndarray, y: np.ndarray, b: np.ndarray, order: float) -> Plan:
    """Equal quantiles joined, and the potentials along that staircase; masses are whole numbers of equal sum."""
    i, j = (np.flatnonzero(masses)[np.argsort(z[masses > 0], kind="stable")] for z, masses in ((x, a), (y, b)))
    f, g = np.cumsum(a[i]), np.cumsum(b[j])
    levels = np.union1d(f, g)
    rows, columns = np.searchsorted(f, levels), np.searchsorted(g, levels)
    unit = max(abs(x.max() - y.min()), abs(y.max() - x.min())) or 1.0
    s, t = x[i] / unit, y[j] / unit
    # From x_i on to x_(i+1) at the y then matched, and the other way round: phi + psi is the cost all along.
    beside = t[np.searchsorted(g, f[:-1])]
    on_s = np.append(0.0, np.cumsum(abs(s[1:] - beside) ** order - abs(s[:-1] - beside) ** order))
    on_y = np.min(abs(s[:, None] - y / unit) ** order - on_s[:, None], axis=0)
    return Plan(i[rows], j[columns], np.diff(levels, prepend=0.0) / levels[-1], unit, np.zeros(len(x)), on_y)
