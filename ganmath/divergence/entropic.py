"""Entropic optimal transport: Sinkhorn's iteration on potentials, and the divergence without its bias.

POT has Sinkhorn's iteration too; this one keeps the libraries and devices of tensors, starts from a large
regularisation and lowers it, gives the optimal value of the dual, in which errors of the potentials are squared, and
is done only when the marginals are right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Unpack

import array_api_compat
import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.atoms import AtomPair, PointOptions, read_pair
from ganmath.divergence.common_points import are_one_distribution, zero_of
from ganmath.divergence.pairwise import powers_of_distances
from ganmath.divergence.parameters import positive_number, real_number, whole_number
from ganmath.divergence.space_transport import NotConverged

TOLERANCE = 1e-9  # of the marginals, all in all: the value is off by far less, as errors of potentials enter it squared
ITERATIONS = 500  # rounds: each some of Sinkhorn's iterations or one step of Newton's method
AT_ONCE = 20  # of Sinkhorn's iterations a round, by plain products, which are faster than logarithms but may overflow
ROUGH, AT_MOST = 1e-2, 20  # tolerance and rounds on the way down to the regularization
FAST = 0.2  # a round that leaves more of the error than this is slow
RIDGE = 1e-13  # beside a curvature of 1
RADII = (math.inf, 30.0, 10.0, 3.0, 1.0)  # of a step of Newton's method, in units of epsilon, tried in turn
COOLING = 0.5  # factor by which the regularisation is lowered, from the largest cost on
INDEPENDENT = 2.0**60  # times the largest cost: with more regularization the value is the same to the last digit
ROUNDING = 2.0**-50  # of the largest cost: rounding of potentials, and four times what was seen


def sinkhorn(
    p: Any,
    q: Any,
    regularization: float,
    *,
    order: float = 2,
    tolerance: float = TOLERANCE,
    iterations: int = ITERATIONS,
    **options: Unpack[PointOptions],
) -> Any:
    r"""The entropic transport cost :math:`OT_\varepsilon(p, q) = \min_\pi \int |x - y|^r d\pi` :math:`{} +
    \varepsilon \, \mathrm{KL}(\pi \| p \times q)`.

    :math:`\varepsilon > 0` is the ``regularization``, in the units of the cost, r > 0 the ``order``, :math:`|x - y|`
    the Euclidean distance. The value includes the entropy's term, and is biased: it grows with epsilon, from
    :math:`W_r^r` (no root is taken) to the mean cost of independent points, and is positive also for p = q;
    `sinkhorn_divergence` takes the bias off. It is always finite, in the units of the points to the order. p and q are
    points with masses, as for `wasserstein`: (n,) or (n, d), one vector of masses each; lists give a float, arrays and
    tensors their own kind, float32 for float32.

    Computed in the log domain, until the marginals of the plan are off by at most ``tolerance`` in all, in at most so
    many ``iterations``, of which more are needed as epsilon falls. Potentials are rounded to 1e-16 of the largest cost,
    and that over epsilon is how far the marginals may stay off: below some 1e-7 of the largest cost the default
    tolerance may be out of reach. Epsilon may be as large as floats are. Tensors keep the gradients of points and
    masses: the potentials are held, as the envelope theorem allows.

    Raises what `wasserstein` raises for points (it needs no POT); ValueError for a regularization, an order or a
    tolerance that isn't positive and finite, iterations that are no whole number >= 1, and costs that overflow;
    TypeError for those that are no numbers; NotConverged where the iterations don't suffice, or rounding is in the way.

    References: Cuturi (2013), "Sinkhorn distances: lightspeed computation of optimal transport"; Genevay, Cuturi, Peyré
    and Bach (2016), "Stochastic optimization for large-scale optimal transport"; Schmitzer (2019), "Stabilized sparse
    scaling algorithms for entropy regularized transport problems".

    >>> from ganmath.divergence import Samples
    >>> sinkhorn(Samples([0.]), Samples([3.]), .1)
    9.0
    >>> x = Samples([0., 1.])
    >>> [round(sinkhorn(x, x, eps), 4) for eps in (.1, 1, 100)]
    [0.0693, 0.3799, 0.4988]
    >>> sinkhorn(x, x, 1e300)  # the mean cost of independent points
    0.5
    """
    wanted = _checked(regularization, order, tolerance, iterations)
    pair = read_pair(p, q, "sinkhorn", **options).single("sinkhorn").in_order()
    return pair.deliver(_value(pair, wanted))


def sinkhorn_divergence(
    p: Any,
    q: Any,
    regularization: float,
    *,
    order: float = 2,
    tolerance: float = TOLERANCE,
    iterations: int = ITERATIONS,
    **options: Unpack[PointOptions],
) -> Any:
    r"""Sinkhorn's divergence :math:`S_\varepsilon(p, q) = OT_\varepsilon(p, q)` :math:`{} - \tfrac12
    OT_\varepsilon(p, p) - \tfrac12 OT_\varepsilon(q, q)`.

    At least 0, and 0 only for p = q, for an order 0 < r <= 2; it goes from :math:`W_r^r` (epsilon to 0) to half the
    energy distance of order r (epsilon to infinity). The value of equal distributions is exactly 0, with gradient 0, in
    whatever order and however often their points come; else it is a difference, which has the absolute error of its
    three costs. Always finite, in the units of the points to the order. The arguments, the forms of results and the
    gradients are those of `sinkhorn`.

    Raises what `sinkhorn` raises, and ValueError for an order above 2, for which it may be negative.

    References: Feydy, Séjourné, Vialard, Amari, Trouvé and Peyré (2019), "Interpolating between optimal transport and
    MMD using Sinkhorn divergences", theorem 1.

    >>> from ganmath.divergence import Samples
    >>> sinkhorn_divergence(Samples([0., 1.]), Samples([1., 0.]), .5)
    0.0
    >>> round(sinkhorn_divergence(Samples([0., 1.]), Samples([2., 3.]), .5), 12)  # a translation by 2
    4.0
    """
    wanted = _checked(regularization, order, tolerance, iterations)
    if wanted.order > 2:
        raise ValueError(
            f"order={order:g}, but Sinkhorn's divergence is at least 0 only for an order up to 2; give one, or "
            "take sinkhorn"
        )
    pair = read_pair(p, q, "sinkhorn_divergence", **options).single("sinkhorn_divergence").in_order()
    if are_one_distribution(pair):
        return pair.deliver(zero_of(pair))
    across, of_x, of_y = (_value(both, wanted) for both in (pair, pair.of_first(), pair.of_second()))
    value = across - (of_x + of_y) / 2
    return pair.deliver(pair.xp.where(value < 0, 0.0, value))  # below 0 it is rounding


@dataclass(frozen=True)
class _Request:
    """What was asked for, checked."""

    eps: float
    order: float
    tolerance: float
    iterations: int


def _checked(regularization: Any, order: Any, tolerance: Any, iterations: Any) -> _Request:
    if real_number("regularization", regularization, "a positive, finite number, such as 1.0") == 0:
        raise ValueError("regularization=0: give a positive, finite number; without regularization take wasserstein")
    return _Request(
        positive_number("regularization", regularization),
        positive_number("order", order),
        positive_number("tolerance", tolerance),
        whole_number("iterations", iterations, 1),
    )


def _value(pair: AtomPair, wanted: _Request) -> Any:
    """OT_eps, as the dual at the optimal potentials, which are found in units of the largest cost."""
    xp, (x, y), a, b = pair.xp, pair.rows, pair.masses_of_x, pair.masses_of_y
    with np.errstate(over="ignore"):
        cost = powers_of_distances(x, y, wanted.order, xp)
    held, mass_x, mass_y = (array.detach() if hasattr(array, "detach") else array for array in (cost, a, b))
    largest = float(xp.max(held))
    if not math.isfinite(largest):
        raise ValueError(
            "the distances to the order overflow: divide the points by their size, and the cost by its power"
        )
    unit = arrays.power_of_two(largest)
    eps, off = min(wanted.eps / unit, INDEPENDENT), math.inf
    largest = float(xp.max(held[mass_x > 0][:, mass_y > 0]))
    rounding = ROUNDING * (1 + largest / wanted.eps)
    if rounding < 1:
        f, g, off = _potentials(held / unit, mass_x, mass_y, eps, wanted, xp)
    if off > wanted.tolerance:
        raise NotConverged(_reason(wanted, largest, off, rounding))
    value = unit * (xp.sum(f * a) + xp.sum(g * b))
    if getattr(cost, "requires_grad", False):
        plan = xp.exp((f[:, None] + g - held / unit) / eps) * mass_x[:, None] * mass_y
        value = value + xp.sum(plan * (cost - held))
    return value


def _reason(wanted: _Request, largest: float, off: float, rounding: float) -> str:
    """Why the marginals are off by more than the tolerance, and what to change."""
    if off <= rounding or rounding >= 1:
        return (
            f"the rounding of potentials alone puts the marginals of the plan off by up to {min(rounding, 1.0):.2g} at "
            f"regularization={wanted.eps:g}, as the costs go up to {largest:.3g}: that is more than tolerance="
            f"{wanted.tolerance:g}, and iterations don't help; give a larger tolerance, a larger regularization, or "
            "take the limit, wasserstein(p, q, order=r) ** r"
        )
    return (
        f"after iterations={wanted.iterations} the marginals of the plan are still off by {off:.2g}, more than "
        f"tolerance={wanted.tolerance:g}: give a larger regularization than {wanted.eps:g} (the costs go up to "
        f"{largest:.3g}), more iterations, or a larger tolerance"
    )


def _potentials(cost: Any, a: Any, b: Any, eps: float, wanted: _Request, xp: Any) -> tuple[Any, Any, float]:
    """The optimal potentials (n,) and (m,), so that the plan's row sums are a and its column sums b; and how far off
    these are in all."""
    rows, columns = xp.nonzero(a)[0], xp.nonzero(b)[0]
    inner, u, v = cost[rows][:, columns], a[rows], b[columns]
    largest, g = float(xp.max(inner)), 0.0 * v
    # From a regularisation at which g is nearly 0 down to the one wanted: each is roughly right for the next.
    levels = max(0, math.ceil(math.log(largest / eps) / math.log(1 / COOLING))) if largest > 0 else 0
    for level in range(levels, 0, -1):
        g, _, _ = _Dual(inner, u, v, eps / COOLING**level, xp).solve(g, ROUGH, AT_MOST)
    _, f, off = _Dual(inner, u, v, eps, xp).solve(g, wanted.tolerance, wanted.iterations)
    # Where there is no mass the potentials are what the equations say; those of rows come last.
    g = _softmin(cost[rows].T, f, u, eps, xp)
    return _softmin(cost[:, columns], g[columns], v, eps, xp), g, off


@dataclass(frozen=True, eq=False)
class _Dual:
    """The dual as a concave function of the second potential g alone, the first being the best for it."""

    cost: Any  # (n, m)
    a: Any  # (n,), positive
    b: Any  # (m,), positive
    eps: float
    xp: Any

    def first(self, g: Any) -> Any:
        """The best first potential for g."""
        return _softmin(self.cost, g, self.b, self.eps, self.xp)

    def plan(self, g: Any) -> tuple[Any, Any]:
        """The plan of g, whose row sums are a, and the first potential."""
        f = self.first(g)
        return self.xp.exp((f[:, None] + g - self.cost) / self.eps) * self.a[:, None] * self.b, f

    def value(self, f: Any, g: Any) -> Any:
        """The dual's value at g, f being `first` of it."""
        return self.xp.sum(f * self.a) + self.xp.sum(g * self.b)

    def solve(self, g: Any, tolerance: float, iterations: int) -> tuple[Any, Any, float]:
        """g and the first potential, and by how much column sums are off: at most the tolerance, if it got there."""
        xp, before = self.xp, math.inf
        for _ in range(iterations):
            plan, f = self.plan(g)
            off = float(xp.sum(abs(xp.sum(plan, axis=0) - self.b)))
            if off <= tolerance:
                break
            g = self.scaled(plan, g) if off < FAST * before else self.newton(plan, f, g)
            before = off
        return g, f, off

    def scaled(self, plan: Any, g: Any) -> Any:
        """g after some of Sinkhorn's iterations, by plain products if floats reach so far."""
        xp, right = self.xp, self.xp.ones_like(g)
        with np.errstate(all="ignore"):
            for _ in range(AT_ONCE):
                left = self.a / (plan @ right)
                right = self.b / (plan.T @ left)
            step = self.eps * xp.log(right)
        if bool(xp.all(xp.isfinite(step))):
            return g + step
        return _softmin(self.cost.T, self.first(g), self.a, self.eps, xp)

    def newton(self, plan: Any, f: Any, g: Any) -> Any:
        """g after one step of Newton's method, shortened until the dual has risen: quick where Sinkhorn is slow."""
        xp = self.xp
        sums = xp.sum(plan, axis=0)
        gradient = self.b - sums
        one = xp.eye(len(sums), dtype=sums.dtype, device=array_api_compat.device(sums))
        curvature = one * sums - plan.T @ (plan / self.a[:, None])
        # Adding a constant to g changes nothing: some curvature along it, and a trace everywhere, make the step unique.
        curvature = curvature + xp.max(sums) * (1 / len(sums) + RIDGE * one)
        step = self.eps * xp.linalg.solve(curvature, gradient[:, None])[:, 0]
        longest, slope = float(xp.max(abs(step))) / self.eps, float(xp.sum(gradient * step))
        value = self.value(f, g)
        rounding = 2.0**-50 * float(xp.sum(abs(f) * self.a) + xp.sum(abs(g) * self.b))
        for radius in RADII:
            # Where parts of the plan exchange hardly any mass the dual is flat, and bends within a few epsilon.
            length = min(1.0, radius / longest) if longest > 0 else 1.0
            new = g + length * step
            if float(self.value(self.first(new), new) - value) >= length * slope / 10 - rounding:
                return new
        return _softmin(self.cost.T, f, self.a, self.eps, xp)


def _softmin(cost: Any, g: Any, b: Any, eps: float, xp: Any) -> Any:
    """-eps log sum_j b_j exp((g_j - cost_ij)/eps), (n,), for masses b of sum 1."""
    exponents = (g - cost) / eps
    if float(xp.max(abs(exponents))) <= 1:
        # The sum is near 1, and eps large: from the differences to 1, of which no digit is lost.
        return -eps * xp.log1p(xp.expm1(exponents) @ b)
    exponents = exponents + xp.log(b)
    largest = xp.max(exponents, axis=1)
    return -eps * (largest + xp.log(xp.sum(xp.exp(exponents - largest[:, None]), axis=1)))
