"""What an estimate says: a value, an interval, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

LEVEL = 0.95
NORMAL_QUANTILE = 1.959963984540054  # of level (1 + LEVEL)/2


@dataclass(frozen=True)
class Findings:
    """What a method hands back: a value, its standard error, and in a few words how it was found."""

    value: float
    error: float
    how: str
    quantile: float = NORMAL_QUANTILE


@dataclass(frozen=True)
class Estimate:
    """An estimated divergence in nats: ``value``, and an ``interval`` meant to hold the truth in 95 of 100 trials.

    ``method`` and ``how`` say where it comes from, ``sizes`` how many observations x and y had. What the interval
    promises depends on the method: see `estimate`. ``float(e)`` is the value.

    >>> Estimate("js", 0.31, (0.28, 0.34), "histogram", (500, 400), "16 bins")
    Estimate(js = 0.3100, 95 % interval 0.2800 to 0.3400, by histogram of 500 and 400 observations: 16 bins)
    """

    divergence: str
    value: float
    interval: tuple[float, float]
    method: str
    sizes: tuple[int, int]
    how: str

    def __float__(self) -> float:
        return self.value

    def __contains__(self, truth: float) -> bool:
        """Whether the interval holds this value."""
        return self.interval[0] <= truth <= self.interval[1]

    def __repr__(self) -> str:
        low, high = self.interval
        return (
            f"Estimate({self.divergence} = {self.value:.4f}, {100 * LEVEL:g} % interval {low:.4f} to {high:.4f}, "
            f"by {self.method} of {self.sizes[0]} and {self.sizes[1]} observations: {self.how})"
        )
