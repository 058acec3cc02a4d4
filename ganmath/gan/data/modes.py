"""The modes of a data set, what a perfect generator scores on them, and what given samples score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np

from ganmath.gan.data.line import Mixture
from ganmath.gan.data.plane import Blobs

REACH = 3.0  # standard deviations from its mode within which a sample is of high quality
FAIR = 0.2  # of its fair share of high-quality samples is what a mode has to get: one sample of 10,000 covers nothing
APART = 8.0  # standard deviations between modes in the plane, from which on a mode's disk holds only its own samples


@dataclass(frozen=True, eq=False)
class Modes:
    """Of k modes the ``centers`` (k, d) and ``stds`` (k,), and the shares (k,) of a perfect generator's samples.

    A sample belongs to the nearest center: ``shares`` are those of each mode. It is of high quality within 3 standard
    deviations of that center: ``high_quality`` are the shares, of all samples, of each mode's.
    """

    centers: np.ndarray
    stds: np.ndarray
    shares: np.ndarray
    high_quality: np.ndarray


@singledispatch
def modes_of(data: Any) -> Modes:
    """The modes of a data set.

    To add those of your own, register a function for its class: ``@modes_of.register``.

    Raises TypeError for a kind of data that has none; ValueError for blobs less than 8 standard deviations apart, whose
    samples can't be told apart.

    >>> from ganmath.gan import DATA
    >>> print(f"{modes_of(DATA['ring']).high_quality.sum():.6f}")
    0.988891
    >>> modes_of(DATA["moons"])
    Traceback (most recent call last):
        ...
    TypeError: NoisyCurves has no modes to count; these have: Blobs, Mixture
    """
    known = ", ".join(sorted(kind.__name__ for kind in modes_of.registry if kind is not object))
    raise TypeError(f"{type(data).__name__} has no modes to count; these have: {known}")


def has_modes(data: Any) -> bool:
    """Whether `modes_of` knows that kind of data.

    >>> from ganmath.gan import DATA
    >>> has_modes(DATA["grid"]), has_modes(DATA["spiral"])
    (True, False)
    """
    return modes_of.dispatch(type(data)) is not modes_of.dispatch(object)


@modes_of.register
def _(data: Blobs) -> Modes:
    centers = np.asarray(data.centers)
    k = len(centers)
    distances = np.linalg.norm(centers[:, None] - centers, axis=-1)[~np.eye(k, dtype=bool)]
    if distances.min(initial=math.inf) < APART * data.sigma:
        raise ValueError(
            f"modes {distances.min() / data.sigma:.3g} standard deviations apart overlap: their samples can't be told "
            f"apart, and no share is known; give a sigma of at most {distances.min() / APART:.3g}"
        )
    inside = -math.expm1(-(REACH**2) / 2)  # of a normal distribution in the plane
    return Modes(centers, np.full(k, data.sigma), np.full(k, 1 / k), np.full(k, inside / k))


@modes_of.register
def _(data: Mixture) -> Modes:
    """By the exact distribution function: on the line components may overlap."""
    order = np.argsort(data.means)
    centers, stds = np.asarray(data.means)[order], np.asarray(data.stds)[order]
    halfway = (centers[1:] + centers[:-1]) / 2
    low, high = np.append(-np.inf, halfway), np.append(halfway, np.inf)
    cdf = data.density.cdf
    shares = cdf(high) - cdf(low)
    near, far = np.maximum(low, centers - REACH * stds), np.minimum(high, centers + REACH * stds)
    return Modes(centers[:, None], stds, shares, cdf(far) - cdf(near))


@dataclass(frozen=True, eq=False)
class ModeCounts:
    """Of n samples: how many each of the ``modes`` got (k,), and how many of those are of high quality (k,).

    ``reverse_kl`` and ``high_quality`` are estimates; their standard errors stand beside them.

    References: Metz, Poole, Pfau and Sohl-Dickstein (2017), "Unrolled generative adversarial networks", and Srivastava
    et al. (2017), "VEEGAN", for modes and high quality; Lin, Khetan, Fanti and Oh (2018), "PacGAN", for reverse KL.

    >>> import torch
    >>> from ganmath.gan import DATA
    >>> points = DATA["ring"].sample(10_000, torch.Generator().manual_seed(0), torch.float64).numpy()
    >>> counts = count_modes(modes_of(DATA["ring"]), points)
    >>> counts.covered, abs(counts.high_quality - counts.perfect_high_quality) < 3 * counts.high_quality_error
    (8, True)
    """

    modes: Modes
    all: np.ndarray
    good: np.ndarray

    @property
    def size(self) -> int:
        """The number n of samples."""
        return int(self.all.sum())

    @property
    def covered(self) -> int:
        """How many modes got at least a fifth of their fair share of high-quality samples."""
        return int((self.good >= FAIR * self.modes.high_quality * self.size).sum())

    @property
    def high_quality(self) -> float:
        """The share of high-quality samples."""
        return float(self.good.sum() / self.size)

    @property
    def high_quality_error(self) -> float:
        """Its standard error; where all samples or none are good, what one sample more would change."""
        share, n = self.high_quality, self.size
        return max(math.sqrt(share * (1 - share) / n), 1 / (n + 1))

    @property
    def perfect_high_quality(self) -> float:
        """A perfect generator's share: one that scores clearly more puts too much mass close to the centers."""
        return float(self.modes.high_quality.sum())

    @property
    def reverse_kl(self) -> float:
        """KL of the histogram over the modes to the true shares, in nats; log k where one of k fair modes got all."""
        share = self.all / self.size
        some = share > 0
        return float(share[some] @ np.log(share[some] / self.modes.shares[some]))

    @property
    def reverse_kl_floor(self) -> float:
        """What n samples of a perfect generator give in the mean, (k - 1)/2n: the bias of the estimate."""
        return (len(self.all) - 1) / (2 * self.size)

    @property
    def reverse_kl_error(self) -> float:
        """Its standard error: to first order, which vanishes for a perfect generator, and to second, the floor's."""
        share, k, n = self.all / self.size, len(self.all), self.size
        some = share > 0
        logs = np.log(share[some] / self.modes.shares[some])
        first = float(share[some] @ (logs - self.reverse_kl) ** 2) / n
        by_chance = (k - 1) / n**2  # what the first would be in the mean of a perfect generator's samples
        return math.sqrt(max(first - by_chance, 0.0) + (k - 1) / (2 * n**2))


def count_modes(modes: Modes, points: np.ndarray) -> ModeCounts:
    r"""What points (n, d) score: a point of the nearest center c is good where :math:`|x - c| \le 3 \sigma`.

    Raises ValueError for points that aren't finite.

    >>> modes = Modes(np.array([[-1.0], [1.0]]), np.array([.1, .1]), np.array([.5, .5]), np.array([.49, .49]))
    >>> counts = count_modes(modes, np.array([[-1.2], [-1.4], [1.1]]))
    >>> counts.all, counts.good
    (array([2, 1]), array([1, 1]))
    """
    if (wrong := ~np.isfinite(points).all(-1)).any():
        raise ValueError(
            f"points[{wrong.argmax()}] is {points[wrong.argmax()]}, which belongs to no mode: the generator has "
            "diverged; judge an earlier snapshot, or train it again with a smaller lr_generator"
        )
    distances = np.linalg.norm(points[:, None] - modes.centers, axis=-1)  # (n, k)
    nearest, k = distances.argmin(1), len(modes.centers)
    good = distances[np.arange(len(points)), nearest] <= REACH * modes.stds[nearest]
    return ModeCounts(modes, np.bincount(nearest, minlength=k), np.bincount(nearest[good], minlength=k))
