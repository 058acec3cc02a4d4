r"""The Bures metric on covariances, and with it W_2 of Gaussians.

For factors S = A A' and T = B B' it is the least :math:`|A - B U|_F` over the orthogonal U, which the singular value
decomposition of A' B attains (a Procrustes problem): the residual is computed itself, not as a difference of traces,
and no matrix square root is taken. So equal covariances are a few eps apart at most, and nearly equal ones keep digits.

References: Bhatia, Jain and Lim (2019), "On the Bures-Wasserstein distance between positive definite matrices";
Givens and Shortt (1984), "A class of Wasserstein metrics for probability distributions".
"""

from __future__ import annotations

from typing import Any

from ganmath.divergence import arrays
from ganmath.divergence.gaussian_pairs import common_form, deliver
from ganmath.divergence.gaussian_parameters import (
    as_array,
    check_finite,
    common_namespace,
    in_library,
    joint_dtype,
    symmetric,
)
from ganmath.divergence.gaussians import Gaussian, MultivariateGaussian
from ganmath.divergence.pairwise import lengths


def bures(s: Any, t: Any) -> Any:
    r"""The Bures distance of two covariances, :math:`W_2(N(m, S), N(m, T))`.

    .. math:: d(S, T)^2 = \mathrm{tr}\, S + \mathrm{tr}\, T - 2\, \mathrm{tr} (S^{1/2} T S^{1/2})^{1/2}
        = \min_U |A - B U|_F^2, \quad S = A A', \; T = B B'.

    A metric on symmetric matrices (..., d, d) with eigenvalues >= 0, rank-deficient ones among them; leading axes are
    a batch. :math:`|S^{1/2} - T^{1/2}|_F` where they commute. For Gaussians whose means differ too, and as their
    W_2, see `wasserstein`: :math:`W_2^2 = |m - n|^2 + d(S, T)^2`. Absolute error at most a few eps sqrt(tr S + tr T)
    for definite matrices; the eigenvalues 0 of others are known to rounding, and its root, sqrt(eps), may show. Tensors
    keep their gradient where they are positive definite.

    Raises ValueError for what isn't square, symmetric, finite or has a negative eigenvalue; TypeError for what is no
    number.

    References: Bhatia, Jain and Lim (2019), "On the Bures-Wasserstein distance between positive definite matrices".

    >>> bures([[1, 0], [0, 4]], [[4, 0], [0, 4]])
    1.0
    >>> round(bures([[1, 0], [0, 0]], [[0, 0], [0, 1]]) ** 2, 14)
    2.0
    """
    (s, s_type), (t, t_type) = as_array(s, "s"), as_array(t, "t")
    xp, dtype = common_namespace(s, t), joint_dtype(s_type, t_type)
    given = (s, t)
    s, t = (in_library(x, given, xp) for x in given)
    if s.ndim < 2 or t.ndim < 2 or len({*s.shape[-2:], *t.shape[-2:]}) > 1:
        raise ValueError(
            f"s has shape {tuple(s.shape)} and t {tuple(t.shape)}; give two covariances of one size, (..., d, d)"
        )
    value = _apart(_factor(s, "s", s_type, xp), _factor(t, "t", t_type, xp), xp)
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
        apart = _apart(in_library(p.factor, (m, n), xp), in_library(q.factor, (m, n), xp), xp)
    return deliver(_both(lengths(m - n, xp), apart, xp), xp, form)


def _apart(a: Any, b: Any, xp: Any) -> Any:
    """The least |A - B U|, (...), as the mean of that and the least |A U' - B|: symmetric to the last bit."""
    a_held, b_held = (x.detach() if hasattr(x, "detach") else x for x in (a, b))
    found = []
    for one, other, held, other_held in ((a, b, a_held, b_held), (b, a, b_held, a_held)):
        # U is the best there is, so that its own derivative plays no part.
        left, _, right = xp.linalg.svd(xp.linalg.matrix_transpose(other_held) @ held)
        rest = one - other @ (left @ right)
        found.append(lengths(xp.reshape(rest, (*rest.shape[:-2], -1)), xp))
    return _both(found[0], found[1], xp) / 2**0.5


def _both(one: Any, other: Any, xp: Any) -> Any:
    """The root of the sum of two squares, (...)."""
    return lengths(xp.stack(xp.broadcast_arrays(one, other), axis=-1), xp)


def _factor(s: Any, name: str, dtype: str, xp: Any) -> Any:
    """A matrix A with A A' = s, checked."""
    check_finite(s, name, xp)
    s = symmetric(s, name, dtype, xp)
    if getattr(s, "requires_grad", False):
        return xp.linalg.cholesky(s)  # the derivative of eigenvectors fails where eigenvalues repeat
    eigenvalues, vectors = xp.linalg.eigh(s)
    smallest, size = eigenvalues[..., 0], xp.max(abs(eigenvalues), axis=-1)
    negative = smallest < -s.shape[-1] * 2.0 ** (-52 if arrays.result_dtype(dtype) == "float64" else -23) * size
    if bool(xp.any(negative)):
        value = float(xp.reshape(smallest[negative], (-1,))[0])
        raise ValueError(f"{name} has the eigenvalue {value:.3g}, but those of a covariance are >= 0")
    return vectors * xp.sqrt(xp.where(eigenvalues > 0, eigenvalues, 0.0))[..., None, :]
