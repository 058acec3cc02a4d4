r"""A snapshot beside the truth where densities are exact and integrals are not: in the plane, by samples.

With :math:`a = \log p/p_g`, the log-odds of D*, known at every point, nothing but the mean over points is estimated,
and so without bias. At a point JS and V(D*) are entropies of a coin that falls as D* says, V(D) a cross-entropy: so
much less do they scatter than the logarithms of D at real and at generated points. The identity
V(D*) - V(D) = E KL(Ber D* || Ber D) holds point by point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import torch

from ganmath.divergence.logistic import sigmoid, softplus, times
from ganmath.gan.data import Planar, on_line
from ganmath.gan.exact import exact_density
from ganmath.gan.samples import SampleDiagnosis

Numbers = tuple[float, float]  # a mean and its standard error


@dataclass(frozen=True)
class MonteCarloDiagnosis(SampleDiagnosis):
    r"""One member of a snapshot compared with the truth by exact densities at ``size`` real and generated points.

    For a coupling generator and data in the plane; on the line `Diagnosis` integrates. The numbers are those of
    `Diagnosis`, in nats, each with its standard error in the column that ends in ``_error``. A KL is infinite, with
    error 0, where a point was met that has only one of the densities.

    Raises TypeError for a generator whose density isn't known exactly, and ValueError for data without one and for a
    discriminator that judges packs of points.

    References: Robert and Casella (2004), "Monte Carlo statistical methods", section 4.2, on taking the mean over the
    label before that over the points (Rao-Blackwellisation).

    >>> from ganmath.gan import Config, train
    >>> config = Config(data="ring", noise_dim=2, generator="coupling", steps=50, generator_widths=(16,))
    >>> *_, last = train(config)
    >>> truth = MonteCarloDiagnosis(last, size=1000)
    >>> abs(truth.best_value - truth.value - truth.value_gap) < 1e-12
    True
    >>> 0 < truth.js_error < .1 < truth.js < math.log(2)
    True
    """

    columns = (
        "value", "value_error", "best_value", "best_value_error", "value_gap", "value_gap_error", "js", "js_error",
        "kl", "kl_error", "reverse_kl", "reverse_kl_error", "d_loss", "g_loss",
    )  # fmt: skip
    compares_d = True

    @cached_property
    def log_ratios(self) -> tuple[np.ndarray, np.ndarray]:
        """log p/p_g at the real and at the generated points, (size,) each."""
        config = self.snapshot.config
        g = exact_density(self.snapshot.generator, on_line(config.noise), self.member).logpdf
        if self.data.dim == 1:
            p, real, fake = on_line(config.data).density.logpdf, self.real[:, 0], self.fake[:, 0]
        else:
            p, real, fake = cast(Planar, self.data).log_density, self.real, self.fake
        with np.errstate(divide="ignore"):
            return p(real) - g(real), p(fake) - g(fake)

    @cached_property
    def _numbers(self) -> dict[str, Numbers]:
        """What is asked for by name, all from the same points."""
        best, score = np.stack(self.log_ratios), self.snapshot.discriminator.member(self.member)
        with torch.no_grad():
            points = torch.as_tensor(np.concatenate([self.real, self.fake]))[None]
            trained = score(points)[0, :, 0].numpy().reshape(2, -1)

        def cross(log_odds: np.ndarray) -> np.ndarray:
            """The cross-entropy of Ber D* with the coin of these log-odds."""
            with np.errstate(all="ignore"):
                logs = softplus(-log_odds, np), softplus(log_odds, np)
                total: np.ndarray = times(sigmoid(best, np), logs[0], np) + times(sigmoid(-best, np), logs[1], np)
            return total

        entropy, cross_entropy = cross(best), cross(trained)
        return {
            "value": _sum_of_means(-cross_entropy),
            "best_value": _sum_of_means(-entropy),
            "value_gap": _sum_of_means(cross_entropy - entropy),
            "js": _sum_of_means((math.log(2) - entropy) / 2),
            "kl": _sum_of_means(best[:1]),
            "reverse_kl": _sum_of_means(-best[1:]),
        }

    @property
    def value(self) -> float:
        """V(D) = E_p log D + E_g log(1 - D)."""
        return self._numbers["value"][0]

    @property
    def value_error(self) -> float:
        """The standard error of ``value``."""
        return self._numbers["value"][1]

    @property
    def best_value(self) -> float:
        """V(D*), which is -log 4 + 2 JS."""
        return self._numbers["best_value"][0]

    @property
    def best_value_error(self) -> float:
        """The standard error of ``best_value``."""
        return self._numbers["best_value"][1]

    @property
    def value_gap(self) -> float:
        """V(D*) - V(D), the mean of KL(Ber D* || Ber D) over both kinds of points, twice."""
        return self._numbers["value_gap"][0]

    @property
    def value_gap_error(self) -> float:
        """The standard error of ``value_gap``."""
        return self._numbers["value_gap"][1]

    @property
    def js(self) -> float:
        """JS(p, p_g), which is log 2 less the mean entropy of Ber D*."""
        return self._numbers["js"][0]

    @property
    def js_error(self) -> float:
        """The standard error of ``js``."""
        return self._numbers["js"][1]

    @property
    def kl(self) -> float:
        """KL(p || p_g), the mean of log(p/p_g) at real points."""
        return self._numbers["kl"][0]

    @property
    def kl_error(self) -> float:
        """The standard error of ``kl``."""
        return self._numbers["kl"][1]

    @property
    def reverse_kl(self) -> float:
        """KL(p_g || p), the mean of log(p_g/p) at generated points."""
        return self._numbers["reverse_kl"][0]

    @property
    def reverse_kl_error(self) -> float:
        """The standard error of ``reverse_kl``."""
        return self._numbers["reverse_kl"][1]


def _sum_of_means(terms: np.ndarray) -> Numbers:
    """The sum of the means of rows (k, n), drawn independently, and its standard error; 0 where it is infinite."""
    total = float(terms.mean(axis=1).sum())
    error = math.sqrt(terms.var(axis=1, ddof=1).sum() / terms.shape[1]) if math.isfinite(total) else 0.0
    return total, error
