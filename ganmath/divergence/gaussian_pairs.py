r"""Two Gaussians face to face: in coordinates in which q is the standard normal and p has independent ones.

All divergences made of :math:`\int p^a q^{1-a}` need only two things of a pair: the eigenvalues l of
:math:`S_q^{-1} S_p`, and :math:`\Delta' (a S_q + (1 - a) S_p)^{-1} \Delta`, :math:`\Delta` the difference of the means.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ganmath.divergence.gaussian_parameters import check_batches, in_library, joint_dtype
from ganmath.divergence.gaussians import MultivariateGaussian

NEAR = 0.5  # |l - 1| up to which eigenvalues are taken from the difference of the covariances
LOGARITHMS_ABOVE = 1e16  # beyond, log(1 + y) is log y


@dataclass(frozen=True)
class Pair:
    """What the formulas need of two Gaussians, in a batch (...)."""

    excess: Any  # (..., d): l - 1, with its digits also near 0
    log_ratio: Any  # (..., d): log l
    squared_shift: Callable[[Any], Any]  # order a -> Delta' (a S_q + (1 - a) S_p)^-1 Delta, (...), for a >= 1/2
    xp: Any
    form: str  # what results are handed out as, "float" or a dtype's name

    def deliver(self, value: Any) -> Any:
        """The value in the form of the inputs."""
        return deliver(value, self.xp, self.form)


def common_form(p: MultivariateGaussian, q: MultivariateGaussian) -> tuple[Any, str]:
    """The library of both, and what results are handed out as; ValueError where they live in different dimensions."""
    if p.dim != q.dim:
        raise ValueError(
            f"p is a Gaussian in {p.dim} dimension(s) and q in {q.dim}; take the marginal of one: its mean[:k] and "
            "covariance[:k, :k]"
        )
    check_batches(("p", "q"), p.batch, q.batch)
    xp = p.xp if p.xp is not np else q.xp
    dtype = joint_dtype(p.dtype, q.dtype)
    batch = np.broadcast_shapes(p.batch, q.batch)
    return xp, "float" if xp is np and batch == () else "float64" if dtype == "list" else dtype


def deliver(value: Any, xp: Any, form: str) -> Any:
    """The value as a float, or as an array of that dtype."""
    return float(value) if form == "float" else xp.astype(value, getattr(xp, form))


def face(p: MultivariateGaussian, q: MultivariateGaussian) -> Pair:
    """The pair; ValueError where they live in different dimensions."""
    xp, form = common_form(p, q)
    (m, n) = (in_library(x, (p.mean, q.mean), xp) for x in (p.mean, q.mean))
    if p.std is not None and q.std is not None:
        s, t = (in_library(x, (m, n), xp) for x in (p.std, q.std))
        return _independent(m - n, s, t, xp, form)
    s, t, s_factor, t_factor = (
        in_library(x, (m, n), xp) for x in (p.full_covariance, q.full_covariance, p.factor, q.factor)
    )
    return _dependent(m - n, s, t, s_factor, t_factor, xp, form)


def _independent(shift: Any, s: Any, t: Any, xp: Any, form: str) -> Pair:
    """Coordinates that are independent under both, with standard deviations s under p and t under q."""
    step = (s - t) / t
    excess = step * (2.0 + step)
    close = abs(step) < NEAR
    log_ratio = 2 * xp.where(close, xp.log1p(xp.where(close, step, 0.0)), xp.log(s) - xp.log(t))

    def squared_shift(order: Any) -> Any:
        a, b = along_axes(order), 1 - along_axes(order)
        # sqrt(a t^2 + b s^2), whose squares may overflow; for b < 0 it is a difference.
        if isinstance(order, float) and order > 1:
            mixed = 1 + b * excess
            width = t * xp.sqrt(xp.where(mixed > 0, mixed, 1.0))
        else:
            width = xp.hypot(_sqrt(a, xp) * t, _sqrt(b, xp) * s)
        return xp.sum((shift / width) ** 2, axis=-1)

    return Pair(excess, log_ratio, squared_shift, xp, form)


def _dependent(shift: Any, s: Any, t: Any, s_factor: Any, t_factor: Any, xp: Any, form: str) -> Pair:
    """Covariances s under p and t under q, whitened by q's Cholesky factor."""
    transpose, solve = xp.linalg.matrix_transpose, xp.linalg.solve
    half = solve(t_factor, s - t)  # the difference first: near p = q it has all the digits
    difference = solve(t_factor, transpose(half))
    difference = (difference + transpose(difference)) / 2  # L^-1 (S_p - S_q) L^-T, whose eigenvalues are l - 1
    excess = xp.linalg.eigvalsh(difference)
    near = xp.max(abs(excess), axis=-1, keepdims=True) < NEAR
    # Small eigenvalues beside large ones keep their digits only as squares of singular values.
    roots = xp.flip(xp.linalg.svdvals(solve(t_factor, s_factor)), axis=-1)
    log_ratio = xp.where(near, xp.log1p(xp.where(near, excess, 0.0)), 2 * xp.log(roots))
    white = solve(t_factor, shift[..., None])
    one = xp.eye(shift.shape[-1], dtype=shift.dtype, device=shift.device)

    def squared_shift(order: Any) -> Any:
        b = 1 - along_axes(order)
        if isinstance(order, float):
            if order == 1.0:
                return xp.sum(white[..., 0] ** 2, axis=-1)
            positive = xp.min(1 + b * excess, axis=-1) > 0
        else:
            b, positive = b[..., None], xp.ones_like(order) > 0
        mixture = xp.where(positive[..., None, None], one + b * difference, one)
        return xp.sum((white * solve(mixture, white))[..., 0], axis=-1)

    return Pair(excess, log_ratio, squared_shift, xp, form)


def along_axes(order: Any) -> Any:
    """An order, or orders (...) of a batch, beside arrays (..., d)."""
    return order if isinstance(order, float) else order[..., None]


def _sqrt(x: Any, xp: Any) -> Any:
    return math.sqrt(x) if isinstance(x, float) else xp.sqrt(x)


# Gauss-Legendre on [0, 1], the weights times s: to the last digit while x and b x lie in the window.
_NODES = (np.polynomial.legendre.leggauss(13)[0] + 1) / 2
_WEIGHTS = np.polynomial.legendre.leggauss(13)[1] / 2 * _NODES
WINDOW = (-0.6, 1.5)


def mean_curvature(pair: Pair, order: Any) -> Any:
    r"""K_a = -2/(a (1 - a)) log of the integral of p^a q^(1-a), for orders a >= 1/2; for a = 1 its limit, 2 KL(p || q).

    The exponent -log of the integral is the gap in Jensen's inequality for the log-partition function between the
    parameters of p and q (Nielsen and Boltz 2011); over a (1 - a)/2 it is that function's mean curvature in between, so
    it is of the size of the squared distance whatever the order. Infinite where the integral is, for a > 1 where
    a S_q + (1 - a) S_p isn't positive definite. With b = 1 - a and x = l - 1 it is the sum over axes of

        [log(1 + b x)/b - log(1 + x)]/a = x^2 times the integral over 0 < s < 1 of s / ((1 + b x s) (1 + x s)),

    whose integrand is > 0, plus Delta' (a S_q + b S_p)^-1 Delta.
    """
    xp, x = pair.xp, pair.excess
    a = along_axes(order)
    b = 1 - a
    flat = isinstance(order, float) and order == 1.0
    y = xp.zeros_like(x) if flat else b * x
    positive = 1 + y > 0
    near = (x > WINDOW[0]) & (x < WINDOW[1]) & (y > WINDOW[0]) & (y < WINDOW[1])
    x_near, y_near = xp.where(near, x, 0.0), xp.where(near, y, 0.0)
    nodes, weights = (in_library(v, (x,), xp) for v in (_NODES, _WEIGHTS))
    product = 1 + x_near[..., None] * nodes
    if not flat:
        product = product * (1 + y_near[..., None] * nodes)
    integral = xp.sum(weights / product, axis=-1)
    far = ~near & positive
    y_far = xp.where(far & (y < LOGARITHMS_ABOVE), y, 1.0)
    if flat:
        mixed = xp.where(far, x, 1.0)
    else:
        huge = xp.log(abs(b)) if not isinstance(b, float) else math.log(abs(b))
        mixed = xp.where(y < LOGARITHMS_ABOVE, xp.log1p(y_far), huge + pair.log_ratio) / b
    widths = xp.where(near, x_near * x_near * integral, (mixed - pair.log_ratio) / a)
    finite = xp.all(positive, axis=-1)
    total = xp.sum(xp.where(finite[..., None], widths, 0.0), axis=-1)
    return xp.where(finite, total + pair.squared_shift(order), xp.inf)
