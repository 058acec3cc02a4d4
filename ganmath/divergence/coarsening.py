"""The integral of abs(F - G) without sorting, where neither order nor place within a bucket can change it.

In a bucket of the line on which F - G keeps one sign, the integral is linear in the points: it needs their number and
their sum, not their order. Before the bucket F - G is known from counts alone, and if it exceeds what the points within
can take away, the sign is kept, whatever their order. With narrow buckets that is most of the line, and only the rest
is left to be sorted. Counting and adding costs half of numpy's sort where that is fastest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

FEWEST_EQUAL = 200_000  # points in each of two samples of one size: fewer are sorted sooner
FEWEST_UNEQUAL = 30_000  # points in the smaller of two of unlike size, which are slower to sort
MOST = 2**29  # points in the larger one: below, all counts and the products of both sizes fit into 64 bits
BUCKETS = 64  # at most so many times the root of n: for points of one law |F - G| n is about that root
BLOCK = 65_536  # points at once: long enough that numpy's calls cost nothing, and in cache
LOOK = 4096  # points looked at to find where most of them lie
TAIL, HEAVY_TAIL = 0.005, 0.03  # share of the points on either side left outside the buckets
HEAVY = 3  # times wider without the one than without the other: then buckets for all of it were wide in the middle
MOST_LEFT = 0.4  # share of the mass that may remain to be sorted: beyond, sorting all of it costs less
ROUNDING = 1.5 * 2.0**52  # adding it rounds to an integer, which then stands in the last bits of the sum
ROUNDING_BITS = int(np.float64(ROUNDING).view(np.int64))
TINIEST = 2.0**-500  # widths between this and its inverse have places that neither overflow nor vanish
FARTHEST = 2.0**50  # in widths: up to here that rounding, and the halves between integers, are exact


@dataclass(frozen=True)
class Buckets:
    """Buckets [i - 1/2, i + 1/2] width, of which the first and the last also hold all that lies beyond.

    The width is a power of two: the place of a point in widths, and within its bucket, then is exact, so that points
    far from 0 lose nothing. The number of the bucket is monotone in the point, also in floating point.
    """

    width: float
    first: int
    size: int
    _work: np.ndarray = field(default_factory=lambda: np.empty((3, BLOCK)))  # once for all: fresh memory is slow

    def blocks(self, x: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
        """Of each block of points: themselves, their places in widths, those rounded and raised, their buckets.

        All but the points are overwritten by the next block. Places beyond the ends are those of the ends.
        """
        per_width = np.float64(1.0 / self.width)
        last, offset = self.first + self.size - 1, ROUNDING_BITS + self.first
        places, raised, buckets = self._work[0], self._work[1], self._work[2].view(np.int64)
        for start in range(0, len(x), BLOCK):
            points = x[start : start + BLOCK]
            place, rounded, bucket = (a[: len(points)] for a in (places, raised, buckets))
            with np.errstate(over="ignore"):
                np.multiply(points, per_width, out=place)
            np.clip(place, self.first, last, out=place)
            np.add(place, ROUNDING, out=rounded)
            np.subtract(rounded.view(np.int64), offset, out=bucket)
            yield points, place, rounded, bucket

    def counts(self, x: np.ndarray) -> np.ndarray:
        """How many of the points x (n,) each bucket has."""
        counts, ones = np.zeros(self.size, dtype=np.int32), np.ones(BLOCK, dtype=np.int32)
        for points, _, _, bucket in self.blocks(x):
            np.add.at(counts, bucket, ones[: len(points)])
        return counts

    def sums(self, x: np.ndarray, signs: np.ndarray) -> tuple[float, np.ndarray]:
        """The sum of sign (place - middle of the bucket), in widths, and the points of the buckets without a sign."""
        sums, rest = [], []
        for points, place, rounded, bucket in self.blocks(x):
            sign = np.take(signs, bucket, mode="clip")  # the faster mode
            np.subtract(rounded, ROUNDING, out=rounded)
            np.subtract(place, rounded, out=place)
            np.multiply(place, sign, out=place)
            sums.append(np.add.reduce(place))
            rest.append(points.take(np.flatnonzero(sign == 0)))  # twice as fast as a mask
        return float(np.add.reduce(sums)), np.concatenate(rest)


@dataclass(frozen=True, eq=False)
class Coarsened:
    """F - G, where its sign is certain its ``integral`` alone: in units of 1/lcm(n, m), which make it whole numbers.

    Elsewhere the points ``x`` and ``y`` are as they were, and F - G is cut to there: ``steps`` at the ``edges`` take it
    from 0 to where it was, and back.
    """

    integral: float
    x: np.ndarray
    y: np.ndarray
    edges: np.ndarray
    steps: np.ndarray

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """What is cut out as two samples of one size, for n = m: a step is as many points."""
        up, down = np.maximum(self.steps, 0), np.maximum(-self.steps, 0)
        return (
            np.concatenate([self.x, np.repeat(self.edges, up)]),
            np.concatenate([self.y, np.repeat(self.edges, down)]),
        )

    def jumps(self, x_jump: int, y_jump: int) -> tuple[np.ndarray, np.ndarray]:
        """What is cut out as the points and jumps of F - G; a point of x or y makes the jump given."""
        jumps = [np.full(len(self.x), x_jump), np.full(len(self.y), -y_jump), self.steps]
        return np.concatenate([self.x, self.y, self.edges]), np.concatenate(jumps)


def coarsened(x: np.ndarray, y: np.ndarray) -> Coarsened | None:
    """The integral of abs(F - G) where its sign is certain, and what is left to be sorted; None if too much is.

    Let D be F - G before a bucket, u and v the upward and the downward jumps in it. Where D >= v + (u + v)/4 the
    integral is at least (u + v)/4 widths: it can't be lost in the rounding of its terms, which are of that size.
    Likewise where -D >= u + (u + v)/4.

    >>> x = np.arange(200_000.0)
    >>> rest = coarsened(x, x + 6000)
    >>> rest.integral / len(x) < 6000, len(rest.x) < 10_000
    (True, True)
    """
    n, m = len(x), len(y)
    if min(n, m) < (FEWEST_EQUAL if n == m else FEWEST_UNEQUAL) or max(n, m) > MOST:
        return None
    buckets = _buckets(x, y)
    if buckets is None:
        return None
    x_jump, y_jump = m // math.gcd(n, m), n // math.gcd(n, m)
    try:
        up = np.multiply(buckets.counts(x), x_jump, dtype=np.int64)
        down = np.multiply(buckets.counts(y), y_jump, dtype=np.int64)
    except IndexError:  # NaN, where nothing was validated, has no bucket
        return None
    after = np.cumsum(up - down)
    before = after - up + down
    mass = up + down
    # Never in the buckets at the ends, which have no width: F - G is 0 on one side of them.
    certain = 4 * (abs(before) - np.where(before > 0, down, up)) >= mass
    if np.dot(mass, certain) < (1 - MOST_LEFT) * 2 * math.lcm(n, m):
        return None
    signs = (np.sign(before) * certain).astype(np.int8)
    (x_sum, x_rest), (y_sum, y_rest) = buckets.sums(x, signs), buckets.sums(y, signs)
    # Within a bucket: the mean of F - G before and after it, less what its points move it from that.
    level = np.add.reduce(np.multiply(before + after, signs, dtype=np.float64)) / 2
    moved = x_jump * x_sum - y_jump * y_sum
    border = np.flatnonzero(certain[1:] != certain[:-1]) + 1
    steps = np.where(certain[border], -before[border], before[border])
    edges = (buckets.first + border - 0.5) * buckets.width
    return Coarsened(float(buckets.width * (level - moved)), x_rest, y_rest, edges, steps)


def _buckets(x: np.ndarray, y: np.ndarray) -> Buckets | None:
    """Buckets over all but the tails, as far as a look at some of the points can tell; None where none are fit."""
    first, second = (np.sort(a[:: max(1, len(a) // LOOK)].astype(np.float64)) for a in (x, y))
    look = np.sort(np.concatenate([first, second]))
    if 2 * np.count_nonzero(look[1:] > look[:-1]) < len(look):
        return None  # ties at every place, where F - G makes large jumps
    if len(first) == len(second) and (first[1:] >= second[:-1]).all() and (second[1:] >= first[:-1]).all():
        return None  # points of one are those of the other, slightly moved: F - G is too small everywhere
    tails = (int(share * len(look)) for share in (TAIL, HEAVY_TAIL))
    (low, high), inner = ((float(look[t]), float(look[-1 - t])) for t in tails)
    if high - low > HEAVY * (inner[1] - inner[0]):
        low, high = inner
    narrowest = (high - low) / (BUCKETS * math.sqrt(min(len(x), len(y))))
    if not TINIEST < narrowest < 1 / TINIEST:
        return None
    width = math.ldexp(1.0, math.frexp(narrowest)[1])
    if max(abs(low), abs(high)) > FARTHEST * width:
        return None
    lowest = math.floor(low / width) - 1
    return Buckets(width, lowest, math.ceil(high / width) + 2 - lowest)
