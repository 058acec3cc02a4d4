"""How often the intervals hold the truth, and by how much the values miss it: pairs whose divergence is known.

The truth is that of the closed forms and the quadrature. Seeds are fixed, so that a run is the same each time; what is
allowed for chance is said where it is. The long study has 200 trials of each entry, as the docstring of `estimate`
reports them; the quick one 40.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ganmath.divergence import Gaussian, estimate, js, kl, reverse_kl, squared_hellinger, total_variation

NEAR = (Gaussian(0, 1), Gaussian(0.3, 1))
APART = (Gaussian(0, 1), Gaussian(1, 1.5))
FAR = (Gaussian(0, 1), Gaussian(3, 1))
EQUAL = (Gaussian(0, 1), Gaussian(0, 1))
SHIFTED = (Gaussian(0, 1), Gaussian(1, 1))  # also along one axis of a turned plane or space, where it is as far
Pair = tuple[Gaussian, Gaussian]
METHODS = ("histogram", "kde", "nearest_neighbour", "classifier")


@dataclass(frozen=True)
class Study:
    """What came of many trials."""

    truth: float
    values: np.ndarray
    held: int
    reach: float  # half the width of an interval, on the mean

    @property
    def coverage(self) -> float:
        return self.held / len(self.values)

    @property
    def bias(self) -> float:
        return float(self.values.mean() - self.truth)

    @property
    def spread(self) -> float:
        return float(self.values.std(ddof=1))

    def __str__(self) -> str:
        return f"held {self.coverage:.3f}, truth {self.truth:.4f}, bias {self.bias:+.4f}, spread {self.spread:.4f}"


def draw(law: Gaussian, size: int, d: int, rng: np.random.Generator) -> np.ndarray:
    """Observations (size, d): of the law in the first coordinate, standard normal in the others, and all turned."""
    points = rng.standard_normal((size, d))
    points[:, 0] = law.mean + law.std * points[:, 0]
    if d == 1:
        return points[:, 0]
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((d, d)))
    return np.asarray(points @ turn)


def study(
    divergence: Callable[..., Any],
    pair: Pair,
    method: str,
    *,
    trials: int,
    size: int = 1000,
    d: int = 1,
    first: int = 0,
    **options: Any,
) -> Study:
    p, q = pair
    truth, values, held, widths = divergence(p, q), [], 0, []
    for seed in range(first, first + trials):
        rng = np.random.default_rng((seed, 17))
        found = estimate(divergence, draw(p, size, d, rng), draw(q, size, d, rng), method, seed=seed, **options)
        values.append(found.value)
        widths.append(found.interval[1] - found.interval[0])
        held += truth in found
    return Study(truth, np.array(values), held, float(np.mean(widths)) / 2)


def fewest(trials: int, rate: float = 0.93) -> int:
    """So many of the intervals hold the truth if each does with that probability, but for one time in a thousand."""
    return int(stats.binom.ppf(1e-3, trials, rate))


@pytest.mark.parametrize("method", METHODS)
def test_intervals_are_as_wide_as_the_values_scatter(method: str) -> None:
    found = study(js, SHIFTED, method, trials=40, size=400)
    assert 0.7 <= found.reach / (2 * found.spread) <= 1.5  # the spread of 40 values is known to a ninth


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("divergence", [js, kl], ids=["js", "kl"])
def test_intervals_hold_the_truth_and_values_centre_on_it(divergence: Callable[..., Any], method: str) -> None:
    pair = SHIFTED if divergence is js else NEAR
    found = study(divergence, pair, method, trials=40, size=400)
    assert found.held >= fewest(40)
    assert abs(found.bias) <= 3.3 * found.spread / math.sqrt(40) + 0.2 * found.spread  # chance, and second order


@pytest.mark.parametrize("size", [6, 10, 20])
def test_intervals_by_bins_hold_the_truth_from_few_observations_too(size: int) -> None:
    for pair in (EQUAL, SHIFTED, FAR):
        found = study(js, pair, "histogram", trials=100, size=size)
        assert found.held >= fewest(100)


def test_total_variation_by_kernels_and_classifier_holds_too() -> None:
    for method in ("kde", "classifier"):
        found = study(total_variation, APART, method, trials=30, size=300)
        assert found.held >= fewest(30)


def test_without_its_correction_a_histogram_is_too_far() -> None:
    """What the correction is for: of equal laws, it takes off nearly all of what the shares alone say."""
    found = study(js, EQUAL, "histogram", trials=40, size=400)
    bins = math.ceil(2 * 400 ** (1 / 3))
    plain = (bins - 1) / 8 * (1 / 400 + 1 / 400)  # JS of shares of equal laws is chi^2/8 n on the mean, of either
    assert abs(found.bias) < plain / 4
    assert found.coverage >= 0.95


# ------------------------------------------------------------------------------------------------ 200 trials each

WITHOUT_KDE = ("histogram", "nearest_neighbour", "classifier")
PROMISED = [
    *((js, pair, method, 1) for pair in (APART, FAR) for method in METHODS),
    *((js, NEAR, method, 1) for method in WITHOUT_KDE),
    *((squared_hellinger, APART, method, 1) for method in ("histogram", "kde", "classifier")),
    *((squared_hellinger, NEAR, method, 1) for method in ("histogram", "classifier")),
    *((total_variation, pair, method, 1) for pair in (NEAR, APART, FAR) for method in ("kde", "classifier")),
    *((kl, APART, method, 1) for method in METHODS),
    *((kl, NEAR, method, 1) for method in WITHOUT_KDE),
    (reverse_kl, APART, "classifier", 1),
    (js, SHIFTED, "histogram", 2),
    *((js, SHIFTED, method, d) for d in (2, 5) for method in ("nearest_neighbour", "classifier")),
]
WIDE = ("nearest_neighbour",)  # parts of the data vary a little more than the whole: these intervals may hold too often

# Where theory promises nothing, with how often the truth was held at most: a divergence so small that the noise of
# kernels counts, heavy tails of p/q for KL, a kink for total variation, dimensions for kernels.
MISSED = [
    (js, NEAR, "kde", 1, 0.9),
    (kl, NEAR, "kde", 1, 0.9),
    (kl, FAR, "nearest_neighbour", 1, 0.05),
    (kl, FAR, "kde", 1, 0.4),
    (kl, FAR, "classifier", 1, 0.4),
    (reverse_kl, APART, "kde", 1, 0.85),
    (reverse_kl, APART, "nearest_neighbour", 1, 0.3),
    (total_variation, EQUAL, "histogram", 1, 0.05),
    (kl, SHIFTED, "nearest_neighbour", 5, 0.5),
    (js, SHIFTED, "kde", 5, 0.6),
]


def named(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{value[1]}"
    return getattr(value, "__name__", str(value))


@pytest.mark.long
@pytest.mark.parametrize(("divergence", "pair", "method", "d"), PROMISED, ids=named)
def test_of_200_intervals_nearly_95_percent_hold_the_truth(
    divergence: Callable[..., Any], pair: Pair, method: str, d: int
) -> None:
    found = study(divergence, pair, method, trials=200, d=d)
    print(divergence.__name__, pair, method, d, found)
    assert 0.90 <= found.coverage <= (1 if method in WIDE else 0.99)
    assert abs(found.bias) <= found.spread


@pytest.mark.long
@pytest.mark.parametrize(("divergence", "pair", "method", "d", "most"), MISSED, ids=named)
def test_where_nothing_is_promised_the_truth_is_missed(
    divergence: Callable[..., Any], pair: Pair, method: str, d: int, most: float
) -> None:
    found = study(divergence, pair, method, trials=200, d=d)
    print(divergence.__name__, pair, method, d, found)
    assert found.coverage <= most


@pytest.mark.long
@pytest.mark.parametrize("method", METHODS)
def test_intervals_of_equal_laws_hold_zero(method: str) -> None:
    for divergence in (js, kl):
        assert study(divergence, EQUAL, method, trials=200).coverage >= 0.93
