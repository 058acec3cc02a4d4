r"""The Bures metric on covariances, and with it W_2 of Gaussians.

For factors S = A A' and T = B B' it is the least :math:`|A - B U|_F` over the orthogonal U, which the singular value
decomposition of A' B attains (a Procrustes problem): the residual is computed itself, not as a difference of traces,
and no matrix square root is taken. So nearly equal covariances keep digits; the distance of equal ones is exactly 0.

References: Bhatia, Jain and Lim (2019), "On the Bures-Wasserstein distance between positive definite matrices";
Givens and Shortt (1984), "A class of Wasserstein metrics for probability distributions".
"""

from __future__ import annotations

from typing import Any

from ganmath.divergence import arrays
from ganmath.divergence.gaussian_pairs import common_form, deliver
from ganmath.divergence.gaussian_parameters import (
    as_array,
    check_batches,
    check_finite,
    common_namespace,
    in_library,
    in_units,
    joint_dtype,
    rounding,
    symmetric,
)
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.pairwise import lengths


def bures(s: Any, t: Any) -> Any:
    r"""The Bures distance of two covariances, :math:`W_2(N(m, S), N(m, T))`.

    .. math::
        d(S, T)^2 &= \mathrm{tr}\, S + \mathrm{tr}\, T \\
        &\quad - 2\, \mathrm{tr} (S^{1/2} T S^{1/2})^{1/2} \\
        &= \min_U |A - B U|_F^2, \\
        S &= A A', \quad T = B B'.

    A metric on symmetric matrices (..., d, d) with eigenvalues >= 0, rank-deficient ones among them; leading axes are
    a batch, which broadcast. Always finite, in the units of standard deviations. :math:`|S^{1/2} - T^{1/2}|_F` where
    they commute. For Gaussians whose means differ too, and as their W_2, see `wasserstein`:
    :math:`W_2^2 = |m - n|^2 + d(S, T)^2`. Lists give a float (a batch an array), arrays and tensors their own kind, of
    shape (...), float32 for 32 bits and fewer.

    Equal matrices are at distance 0 exactly. Else the absolute error is at most a few eps sqrt(tr S + tr T) for
    definite matrices; the eigenvalues 0 of others are known to rounding, and its root, sqrt(eps), may show. Tensors
    keep their gradient where they are positive definite; it is 0 where the two are equal.

    Raises ValueError for what isn't square, symmetric, finite or has an eigenvalue below 0, each but for the rounding
    of its dtype, for sizes or batches that don't fit, and for a singular matrix that requires a gradient; TypeError for
    what is no number, and for an array beside a tensor.

    References: Bhatia, Jain and Lim (2019), "On the Bures-Wasserstein distance between positive definite matrices".

    >>> bures([[1, 0], [0, 4]], [[4, 0], [0, 4]])
    1.0
    >>> round(bures([[1, 0], [0, 0]], [[0, 0], [0, 1]]) ** 2, 14)
    2.0
    """
    wanted = "a covariance is a matrix (d, d), [[variance]] on the line"
    given = as_array(s, "s", wanted), as_array(t, "t", wanted)
    (s, s_type), (t, t_type) = given
    arrays.check_one_library((x for x, dtype in given if dtype != "list"), "s and t")  # lists go over to either
    _check_shapes(s, t)
    xp, dtype = common_namespace(s, t), joint_dtype(s_type, t_type)
    s, t = (_symmetric(in_library(x, (s, t), xp), name, kind, xp) for name, (x, kind) in zip("st", given, strict=True))
    equal = _are_equal(s, t, xp)
    value = _apart(_factor(s, "s", s_type, equal, xp), _factor(t, "t", t_type, equal, xp), equal, xp)
    form = "float" if dtype == "list" and value.ndim == 0 else "float64" if dtype == "list" else dtype
    return deliver(value, xp, form)


def between_gaussians(p: Gaussian | MultivariateGaussian, q: Gaussian | MultivariateGaussian) -> Any:
    """W_2 of two Gaussians of one dimension, or of batches of them."""
    p, q = (g.as_vector if isinstance(g, Gaussian) else g for g in (p, q))
    xp, form = common_form(p, q)
    m, n = (in_library(g.mean, (p.mean, q.mean), xp) for g in (p, q))
    if p.std is not None and q.std is not None:
        apart = lengths(in_library(p.std, (m, n), xp) - in_library(q.std, (m, n), xp), xp)
    else:
        s, t = (in_library(g.full_covariance, (m, n), xp) for g in (p, q))
        apart = _apart(in_library(p.factor, (m, n), xp), in_library(q.factor, (m, n), xp), _are_equal(s, t, xp), xp)
    return deliver(_both(lengths(m - n, xp), apart, xp), xp, form)


def _check_shapes(s: Any, t: Any) -> None:
    shapes = tuple(s.shape), tuple(t.shape)
    if s.ndim < 2 or t.ndim < 2 or len({*shapes[0][-2:], *shapes[1][-2:]}) > 1 or s.shape[-1] == 0:
        raise ValueError(
            f"s has shape {shapes[0]} and t {shapes[1]}; give two covariances of one size, (..., d, d) with d >= 1"
        )
    check_batches(("s", "t"), shapes[0][:-2], shapes[1][:-2])


def _symmetric(s: Any, name: str, dtype: str, xp: Any) -> Any:
    check_finite(s, name, xp)
    return symmetric(s, name, dtype, xp)


def _are_equal(s: Any, t: Any, xp: Any) -> Any:
    """Where the two covariances are the same, (..., 1, 1)."""
    return xp.all(xp.all(s == t, axis=-1, keepdims=True), axis=-2, keepdims=True)


def _apart(a: Any, b: Any, equal: Any, xp: Any) -> Any:
    """The least |A - B U|, (...), as the mean of that and the least |A U' - B|: symmetric to the last bit.

    Where A A' = B B' to the last bit, ``equal`` (..., 1, 1), it is 0 and flat.
    """
    a_held, b_held = (_of_size_1(x.detach() if hasattr(x, "detach") else x, xp) for x in (a, b))
    found = []
    for one, other, held, other_held in ((a, b, a_held, b_held), (b, a, b_held, a_held)):
        # U is the best there is, so that its own derivative plays no part.
        left, _, right = xp.linalg.svd(xp.linalg.matrix_transpose(other_held) @ held)
        rest = xp.where(equal, 0.0, one - other @ (left @ right))
        found.append(lengths(xp.reshape(rest, (*rest.shape[:-2], rest.shape[-1] ** 2)), xp))
    return _both(found[0], found[1], xp) / 2**0.5


def _of_size_1(a: Any, xp: Any) -> Any:
    """The matrices (..., d, d) over their largest entries: no product of theirs overflows or vanishes."""
    largest = xp.max(xp.max(abs(a), axis=-1, keepdims=True), axis=-2, keepdims=True)
    return a / xp.where(largest > 0, largest, 1.0)


def _both(one: Any, other: Any, xp: Any) -> Any:
    """The root of the sum of two squares, (...)."""
    return lengths(xp.stack(xp.broadcast_arrays(one, other), axis=-1), xp)


def _factor(s: Any, name: str, dtype: str, equal: Any, xp: Any) -> Any:
    """A matrix A with A A' = s, (..., d, d); where the two covariances are equal it is any, if a gradient is wanted.

    ValueError for a negative eigenvalue, and for one of 0 at which a gradient is wanted.
    """
    scaled, unit = in_units(s, xp)
    d, wants_gradient = s.shape[-1], getattr(s, "requires_grad", False)
    eigenvalues, vectors = xp.linalg.eigh(scaled.detach() if wants_gradient else scaled)
    smallest, size = eigenvalues[..., 0], xp.max(abs(eigenvalues), axis=-1)
    negative = smallest < -d * rounding(dtype) * size
    _refuse(
        negative, smallest * unit[..., 0, 0] ** 2, f"{name} has the eigenvalue", "but those of a covariance are >= 0"
    )
    if not wants_gradient:
        return unit * (vectors * xp.sqrt(xp.where(eigenvalues > 0, eigenvalues, 0.0))[..., None, :])
    singular = ~equal[..., 0, 0] & ~(smallest > d * d * 2.0**-52 * size)
    values = xp.broadcast_to(smallest * unit[..., 0, 0] ** 2, singular.shape)
    remedy = f"where the distance has none: give {name}.detach(), or add a little, {name} + 1e-9 * torch.eye({d})"
    _refuse(singular, values, f"{name} requires a gradient and has the eigenvalue", remedy)
    # Not from eigenvectors, whose derivative fails where eigenvalues repeat.
    return unit * xp.linalg.cholesky(xp.where(equal, xp.eye(d, dtype=s.dtype, device=s.device), scaled))


def _refuse(wrong: Any, eigenvalues: Any, what: str, remedy: str) -> None:
    """ValueError for the first of the wrong eigenvalues (...)."""
    if bool(wrong.any()):
        raise ValueError(f"{what} {float(eigenvalues[wrong][0]):.3g}, {remedy}")
