"""The Gaussians: on the line, where one is a `Density`; in d dimensions; and batches of either."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import array_api_compat
import numpy as np

from ganmath.divergence.cumulative import gaussian
from ganmath.divergence.densities import Density
from ganmath.divergence.gaussian_parameters import (
    as_array,
    check_batches,
    check_finite,
    check_shapes,
    check_widths,
    checked_covariance,
    common_namespace,
    entry,
    in_library,
    joint_dtype,
)


class Gaussian(Density):
    r"""The normal distribution N(mean, std^2), in d dimensions N(mean, covariance); two of them meet in closed forms.

    ``Gaussian(mean, std)`` with numbers is a density on the line. ``Gaussian(mean, covariance=S)`` with a mean (d,) and
    a symmetric positive definite S (d, d) is a `MultivariateGaussian`, for d = 1 the one on the line. Arrays mean
    (...) and std (...), or mean (..., d) and S (..., d, d), are a batch: each result then has shape (...). Tensors keep
    their gradients through the closed forms: kl, reverse_kl, jeffreys, renyi, alpha, chi2, neyman_chi2, bhattacharyya
    and its coefficient, hellinger and its square, chernoff, entropy, cross_entropy (second derivatives by a full
    covariance are NaN where S_q^-1 S_p has an eigenvalue twice), and on the line total_variation.

    Raises ValueError for parameters that no Gaussian has, TypeError for neither or both of std and covariance.

    >>> from ganmath.divergence import kl
    >>> kl(Gaussian(0, 1), Gaussian(1.5, 1))
    1.125
    >>> kl(Gaussian([0, 0], covariance=[[1, 0], [0, 1]]), Gaussian([1, 2], covariance=[[1, 0], [0, 1]]))
    2.5
    """

    # Two classes behind one name, as a density on the line has a distribution function and quantiles, one in the
    # plane has not. Python calls __init__ only if what __new__ gives is a Gaussian on the line.
    def __new__(cls, mean: Any = None, std: Any = None, *, covariance: Any = None) -> Any:
        if covariance is not None:
            if std is not None:
                raise TypeError("give std= (on the line) or covariance= (in d dimensions), not both")
            if mean is None:
                raise TypeError("Gaussian needs a mean: Gaussian(mean, covariance=S) with a vector (d,) and S (d, d)")
            several = MultivariateGaussian(mean, covariance=covariance)
            return several.on_the_line() if several.batch == () and several.dim == 1 else several
        if getattr(mean, "ndim", 0) or getattr(std, "ndim", 0):
            return _batch_on_the_line(mean, std)
        return super().__new__(cls)

    def __init__(self, mean: Any = None, std: Any = None, *, covariance: Any = None):
        if covariance is not None:  # on_the_line has made this one
            return
        if mean is None or std is None:
            missing = "mean" if mean is None else "width"
            raise TypeError(f"Gaussian needs a {missing}: Gaussian(mean, std), or Gaussian(mean, covariance=S)")
        self.given = mean, std  # tensors among them keep their gradient for the closed forms
        try:
            mean, std = (float(x.detach() if hasattr(x, "detach") else x) for x in (mean, std))
        except (TypeError, ValueError):
            raise TypeError(
                f"Gaussian({mean!r}, {std!r}): on the line mean and std are numbers, for a batch arrays: "
                "Gaussian(np.array(mean), np.array(std)); in d dimensions give Gaussian(mean, covariance=S), S (d, d)"
            ) from None
        if not (math.isfinite(mean) and math.isfinite(std) and std > 0):
            raise ValueError(f"Gaussian(mean={mean:g}, std={std:g}): mean must be finite, std finite and > 0")
        self.mean: float = mean
        self.std: float = std
        self.resolution = std
        steps = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 9.0, 12.0)
        landmarks = [mean + sign * z * std for z in steps for sign in (-1, 1)]
        super().__init__(self._logpdf, landmarks=landmarks, **gaussian(mean, std))  # type: ignore[arg-type]

    def check_no_gradient(self, name: str) -> None:
        """TypeError where a parameter is a tensor that wants its gradient, which only the closed forms give."""
        if any(getattr(x, "requires_grad", False) for x in self.given):
            raise TypeError(
                f"{name} is a Gaussian whose parameters require a gradient, but there is no closed form here, and "
                "quadrature has no gradient; detach them: Gaussian(mean.detach(), std.detach())"
            )

    @cached_property
    def as_vector(self) -> MultivariateGaussian:
        """The same in one dimension: points (..., 1)."""
        return _batch_on_the_line(*self.given, validate=False)

    def _logpdf(self, x: np.ndarray) -> np.ndarray:
        z = (x - self.mean) / self.std
        return -z * z / 2 - (math.log(self.std) + math.log(2 * math.pi) / 2)

    def __repr__(self) -> str:
        return f"Gaussian(mean={self.mean:g}, std={self.std:g})"


class MultivariateGaussian:
    r"""N(mean, covariance) in d dimensions, or a batch of them: mean (..., d), covariance (..., d, d).

    Independent coordinates may come as their standard deviations ``std`` (..., d) instead. ``logpdf`` takes points
    (..., d), ``support`` is the whole space, a pair of ends for each of ``dim`` = d coordinates. ``validate=False``
    skips the checks of values (for vmap, compile, hot loops).

    Raises ValueError for shapes that don't fit, entries that aren't finite, widths that aren't positive, a covariance
    that isn't symmetric or isn't positive definite; TypeError for what is no number.

    >>> p = Gaussian([0, 1], covariance=[[2, 1], [1, 2]])
    >>> p.dim, round(float(p.logpdf([0, 1]) + math.log(2 * math.pi * math.sqrt(3))), 15)
    (2, 0.0)
    """

    def __init__(self, mean: Any, *, covariance: Any = None, std: Any = None, validate: bool = True):
        if (std is None) == (covariance is None):
            raise TypeError(f"give covariance= or std=, {'not both' if std is not None else 'one of them'}")
        name, spread = ("covariance", covariance) if std is None else ("std", std)
        (mean, mean_type), (spread, spread_type) = as_array(mean, "mean"), as_array(spread, name)
        self.xp = common_namespace(mean, spread)
        self.mean, spread = (in_library(x, (mean, spread), self.xp) for x in (mean, spread))
        self.dtype = joint_dtype(mean_type, spread_type)
        (check_shapes if std is None else check_widths)(self.mean, spread)
        batches = tuple(self.mean.shape[:-1]), tuple(spread.shape[: -2 if std is None else -1])
        check_batches(("mean", name), *batches)
        self.covariance: Any = spread if std is None else None
        self.std: Any = spread if std is not None else None
        if validate:
            check_finite(self.mean, "mean", self.xp)
            check_finite(spread, name, self.xp)
            if std is None:
                self.covariance = checked_covariance(spread, spread_type, self.xp)
            elif bool(self.xp.any(spread <= 0)):
                raise ValueError(f"{entry('std', spread, spread <= 0)}, but a standard deviation is > 0")
        if std is None and self.dim == 1:
            self.covariance, self.std = None, self.xp.sqrt(self.covariance[..., 0])

    @property
    def dim(self) -> int:
        """The number of coordinates, d."""
        return int(self.mean.shape[-1])

    @property
    def batch(self) -> tuple[int, ...]:
        """The shape of the batch, () for one Gaussian."""
        spread = self.std[..., 0] if self.std is not None else self.covariance[..., 0, 0]
        return tuple(np.broadcast_shapes(tuple(self.mean.shape[:-1]), tuple(spread.shape)))

    @property
    def support(self) -> tuple[tuple[float, float], ...]:
        """The whole space, as the two ends of each coordinate."""
        return ((-math.inf, math.inf),) * self.dim

    @cached_property
    def factor(self) -> Any:
        """Cholesky's L, lower triangular with L L' = covariance, (..., d, d)."""
        return self.xp.linalg.cholesky(self.full_covariance)

    @property
    def full_covariance(self) -> Any:
        """The covariance (..., d, d), also where only the standard deviations are kept."""
        if self.std is None:
            return self.covariance
        one = self.xp.eye(self.dim, dtype=self.std.dtype, device=array_api_compat.device(self.std))
        return self.std[..., None] ** 2 * one

    def log_det(self) -> Any:
        """The logarithm of the covariance's determinant, (...)."""
        widths = self.std if self.std is not None else self.xp.linalg.diagonal(self.factor)
        return 2 * self.xp.sum(self.xp.log(widths), axis=-1)

    def logpdf(self, x: Any) -> Any:
        """log p at points x (..., d), of shape (...)."""
        x = in_library(np.asarray(x) if isinstance(x, list | tuple) else x, (self.mean,), self.xp)
        shift = x - self.mean
        z = self.xp.linalg.solve(self.factor, shift[..., None])[..., 0] if self.std is None else shift / self.std
        return -(self.xp.sum(z * z, axis=-1) + self.log_det() + self.dim * math.log(2 * math.pi)) / 2

    def on_the_line(self) -> Gaussian:
        """The `Gaussian` on the line that this is for d = 1, without a batch."""
        mean, std = self.mean[0], self.std[0]
        line = Gaussian(float(mean), float(std)) if self.xp is np else Gaussian(mean, std)
        line.as_vector.dtype = self.dtype
        return line

    def __repr__(self) -> str:
        batch = f", batch={self.batch}" if self.batch else ""
        return f"MultivariateGaussian(dim={self.dim}{batch})"


def _batch_on_the_line(mean: Any, std: Any, validate: bool = True) -> MultivariateGaussian:
    """Means (...) and standard deviations (...) as Gaussians in one dimension."""
    if std is None:
        raise TypeError("Gaussian needs a width: Gaussian(mean, std), or Gaussian(mean, covariance=S)")

    def one_coordinate(x: Any) -> Any:
        return x[..., None] if hasattr(x, "ndim") else [x]

    return MultivariateGaussian(one_coordinate(mean), std=one_coordinate(std), validate=validate)
