"""What scipy's and POT's own tests hold of their distances between points, held of ours; and where we differ.

The cases are those of scipy 1.17 (stats/tests/test_stats.py: TestWassersteinDistance, TestWassersteinDistanceND,
TestEnergyDistance) and of POT 0.9 (test/test_1d_solver.py, test/test_ot.py), as numbers; the adapters say how their
functions are ours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import ot
import pytest
from scipy import stats

from ganmath import divergence
from ganmath.divergence import NotConverged, Samples

NAN, INF = math.nan, math.inf


def wasserstein_distance(u: Any, v: Any, u_weights: Any = None, v_weights: Any = None) -> float:
    """Scipy divides weights by their sum unasked."""
    p, q = (Samples(np.asarray(x, dtype=float), w) for x, w in ((u, u_weights), (v, v_weights)))
    return float(divergence.wasserstein(p, q, normalize=True))


def energy_distance(u: Any, v: Any, u_weights: Any = None, v_weights: Any = None) -> float:
    """Theirs is the root."""
    return math.sqrt(divergence.energy_distance(Samples(u, u_weights), Samples(v, v_weights), normalize=True))


def wasserstein_1d(x: Any, y: Any, u: Any = None, v: Any = None, p: float = 1) -> float:
    """POT's is the power of the distance."""
    return float(divergence.wasserstein(Samples(x, u), Samples(y, v), order=p)) ** p


def emd2(a: Any, b: Any, x: Any, y: Any) -> float:
    """POT takes a matrix of costs, here of squared distances (its own `ot.dist`), and gives the cost."""
    return float(divergence.wasserstein(Samples(x, a), Samples(y, b), order=2)) ** 2


THEIRS = {"w": stats.wasserstein_distance, "nd": stats.wasserstein_distance_nd, "e": stats.energy_distance}
OURS = {"w": wasserstein_distance, "nd": wasserstein_distance, "e": energy_distance}
MANY = np.arange(-10, 30, 0.3)
CARDS_U = [(1, 1)] * 10 + [(4, 2), (6, 1), (6, 1)]
CARDS_V = [(2, 1)] * 2 + [(3, 2)] * 3 + [(5, 1)] * 7 + [(7, 1)]
CARDS = (2 * 1 + 3 * 5**0.5 + 5 * 4 + 2**0.5 + 1 + 1) / 13
# whose, arguments, the value in scipy's test
AGREED: dict[str, tuple[str, tuple[Any, ...], float]] = {
    "two points against one": ("w", ([0, 1], [0], [1, 1], [1]), 0.5),
    "weighted points against one": ("w", ([0, 1], [0], [3, 1], [1]), 0.25),
    "farther points against one": ("w", ([0, 2], [0], [1, 1], [1]), 1.0),
    "three points moved by 1": ("w", ([0, 1, 2], [1, 2, 3]), 1.0),
    "another order": ("w", ([1, 2, 3], [2, 1, 3]), 0.0),
    "repeated and weighted": ("w", ([1, 1, 1, 4], [4, 1], [1, 1, 1, 1], [1, 3]), 0.0),
    "one point moved by 1": ("w", ([0], [1]), 1.0),
    "one point moved by 10": ("w", ([-5], [5]), 10.0),
    "five points moved by 10": ("w", ([1, 2, 3, 4, 5], [11, 12, 13, 14, 15]), 10.0),
    "weights on both sides": ("w", ([4.5, 6.7, 2.1], [4.6, 7, 9.2], [3, 1, 1], [1, 3, 1]), 2.5),
    "all gathered at 0": ("w", (MANY, 0 * MANY), float(np.mean(abs(MANY)))),
    "all gathered at 0, weighted": (
        "w", (MANY, 0 * MANY, np.arange(len(MANY)), np.arange(len(MANY))[::-1]),
        float(np.average(abs(MANY), weights=np.arange(len(MANY)))),
    ),
    "a weight of 0 far away": ("w", ([1, 2, 100000], [1, 1], [1, 1, 0], [1, 1]), 0.5),
    "published cards in the plane": ("nd", (CARDS_U, CARDS_V), CARDS),
    "energy: two points against one": ("e", ([0, 1], [0], [1, 1], [1]), math.sqrt(2) / 2),
    "energy: weighted points against one": ("e", ([0, 1], [0], [3, 1], [1]), math.sqrt(2) / 4),
    "energy: farther points against one": ("e", ([0, 2], [0], [1, 1], [1]), 1.0),
    "energy: three points moved by 1": ("e", ([0, 1, 2], [1, 2, 3]), math.sqrt(2 / 3)),
    "energy: another order": ("e", ([1, 2, 3], [2, 1, 3]), 0.0),
    "energy: repeated and weighted": ("e", ([1, 1, 1, 4], [4, 1], [1, 1, 1, 1], [1, 3]), 0.0),
    "energy: one point moved by 1": ("e", ([0], [1]), math.sqrt(2)),
    "energy: one point moved by 10": ("e", ([-5], [5]), math.sqrt(20)),
    "energy: a weight of 0 far away": ("e", ([1, 2, 100000], [1, 1], [1, 1, 0], [1, 1]), math.sqrt(0.5)),
}  # fmt: skip


@pytest.mark.parametrize("case", AGREED)
def test_their_cases_are_ours(case: str) -> None:
    whose, given, value = AGREED[case]
    assert OURS[whose](*given) == pytest.approx(value, rel=4e-15, abs=1e-15)
    assert THEIRS[whose](*given) == pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("f", [wasserstein_distance, energy_distance])
def test_a_weight_is_as_good_as_repetition(f: Callable[..., float]) -> None:
    one = f([0, 0, 1, 1, 1, 1, 5], [0, 3, 3, 3, 3, 4, 4], [1] * 7, [1] * 7)
    assert one == pytest.approx(f([5, 0, 1], [0, 4, 3], [1, 2, 4], [1, 2, 4]), rel=1e-14)


@pytest.mark.parametrize("d", [3, 4, 7])
@pytest.mark.parametrize("n", [4, 15, 35])
def test_split_weights_in_space_are_the_same_distribution(n: int, d: int) -> None:
    rng = np.random.default_rng(363836384995579937222333)
    repeats = rng.integers(1, 10, size=n)
    u = rng.random(size=(n, d))
    v, v_weights = np.repeat(u, repeats, axis=0), rng.random(repeats.sum())
    u_weights = np.bincount(np.repeat(np.arange(n), repeats), weights=v_weights)
    index = rng.permutation(len(v_weights))
    assert wasserstein_distance(u, v[index], u_weights, v_weights[index]) <= 1e-15


@pytest.mark.parametrize("d", [3, 5, 23])
@pytest.mark.parametrize(("n", "m"), [(8, 17), (9, 8), (38, 12)])
def test_their_relations_in_space_hold_for_ours(n: int, m: int, d: int) -> None:
    rng = np.random.default_rng(38573488467338826109)
    u, v = rng.random(size=(n, d)), rng.random(size=(m, d))
    a, b = rng.random(n), rng.random(m)
    value = wasserstein_distance(u, v, a, b)
    assert value == pytest.approx(stats.wasserstein_distance_nd(u, v, a, b), rel=1e-9)
    gathered = wasserstein_distance(u, np.zeros((m, d)), a, b)
    assert gathered == pytest.approx(np.average(np.linalg.norm(u, axis=1), weights=a), rel=1e-13)
    padded = np.insert(u, 2, rng.random(size=(5, d)), axis=0), v, np.insert(a, 2, np.zeros(5)), b
    assert wasserstein_distance(*padded) == pytest.approx(value, rel=1e-13)
    flat = np.insert(u, 1, 0.7, axis=1), np.insert(v, 1, 0.7, axis=1), a, b
    assert wasserstein_distance(*flat) == pytest.approx(value, rel=1e-13)
    turn = stats.ortho_group(d).rvs(random_state=rng)
    assert wasserstein_distance(u @ turn + 1, v @ turn + 1, a, b) == pytest.approx(value, rel=1e-12)
    assert wasserstein_distance(u[:, :1], v[:, :1], a, b) == pytest.approx(
        stats.wasserstein_distance(u[:, 0], v[:, 0], a, b), rel=1e-12
    )


def test_pot_s_cases_on_the_line_are_ours() -> None:
    rng = np.random.RandomState(0)
    u, v = rng.randn(20), rng.randn(30)
    a, b = rng.uniform(0.0, 1.0, 20), rng.uniform(0.0, 1.0, 30)
    a, b = a / a.sum(), b / b.sum()
    squared = ot.emd2_1d(u, v, a, b, metric="sqeuclidean")
    assert wasserstein_1d(u, v, a, b, p=2) == pytest.approx(squared, rel=1e-12)
    assert wasserstein_1d(u, v, a, b) == pytest.approx(ot.emd2_1d(u, v, a, b, metric="euclidean"), rel=1e-12)
    assert wasserstein_1d(u, v, p=2) == pytest.approx(ot.emd2_1d(u, v, metric="sqeuclidean"), rel=1e-12)
    x = np.linspace(0, 5, 100)
    rho, sigma = abs(rng.randn(100)), abs(rng.randn(100))
    rho, sigma = rho / rho.sum(), sigma / sigma.sum()
    assert wasserstein_1d(x, x, rho, sigma) == pytest.approx(ot.wasserstein_1d(x, x, rho, sigma, p=1), rel=1e-12)
    assert wasserstein_1d(x, x + 1, p=2) == pytest.approx(1, rel=1e-14)
    ratio = wasserstein_1d(10 * x, 10 * x, rho, sigma, p=2) / wasserstein_1d(x, x, rho, sigma, p=2)
    assert ratio == pytest.approx(100, rel=1e-13)


def test_pot_s_cases_in_space_are_ours() -> None:
    rng = np.random.RandomState(0)
    x, y, w = rng.randn(100, 2), rng.randn(100, 2), ot.utils.unif(100)
    assert emd2(w, w, x, x) == 0
    np.testing.assert_array_equal(divergence.wasserstein_dual(Samples(x), Samples(x)).plan, np.eye(100) / 100)
    assert emd2(w, w, x, y) == pytest.approx(ot.emd2(w, w, ot.dist(x, y)), rel=1e-12)


def test_pot_s_histograms_of_gaussians_are_ours() -> None:
    n, m, means = 500, 600, (300, 400)
    a, b = ot.datasets.make_1D_gauss(n, m=means[0], s=5), ot.datasets.make_1D_gauss(m, m=means[1], s=10)
    p, q = divergence.Discrete(a, np.arange(n)), divergence.Discrete(b, np.arange(m))
    assert divergence.wasserstein(p, q) == pytest.approx(100, abs=1e-7)  # POT's own: to 7 decimals
    best = divergence.wasserstein_dual(p, q)
    assert abs(best.gap) <= 1e-9
    cost = abs(np.subtract.outer(np.arange(n), np.arange(m)))
    assert (best.on_p[:, None] + best.on_q - cost).max() < 1e-8
    rows, columns = np.nonzero(best.plan)
    np.testing.assert_allclose((best.on_p[:, None] + best.on_q)[rows, columns], cost[rows, columns], atol=1e-9)


ONE, TWO = [[1.0, 1.0]], [[1.0, 1.0], [2.0, 1.0]]
COSTS = np.ones((2, 2))
# theirs gives a value (or a warning), ours raises; the reason is in the name
REFUSED: dict[str, tuple[Callable[[], Any], Any, Callable[[], Any], type[Exception], str]] = {
    "wasserstein_distance of an infinite point is inf: no point of the line": (
        lambda: stats.wasserstein_distance([1, 2, INF], [1, 1]), INF,
        lambda: wasserstein_distance([1, 2, INF], [1, 1]), ValueError, "p.points[2] = inf is not finite",
    ),
    "wasserstein_distance of two infinite points is NaN: no points of the line": (
        lambda: stats.wasserstein_distance([1, 2, INF], [INF, 1]), NAN,
        lambda: wasserstein_distance([1, 2, INF], [INF, 1]), ValueError, "p.points[2] = inf is not finite",
    ),
    "energy_distance of an infinite point is inf: no point of the line": (
        lambda: stats.energy_distance([1, 2, INF], [1, 1]), INF,
        lambda: energy_distance([1, 2, INF], [1, 1]), ValueError, "p.points[2] = inf is not finite",
    ),
    "wasserstein_distance_nd of an infinite point is inf: no point of space": (
        lambda: stats.wasserstein_distance_nd(TWO, [[INF, -INF]], [1, 1]), INF,
        lambda: wasserstein_distance(TWO, [[INF, -INF]], [1, 1]), ValueError, "q.points[0, 0] = inf is not finite",
    ),
    "wasserstein_distance divides weights by their sum in silence: ours asks for normalize=True": (
        lambda: stats.wasserstein_distance([0, 1], [0], [3, 1], [1]), 0.25,
        lambda: divergence.wasserstein(Samples([0, 1], [3, 1]), Samples([0], [1])), ValueError, "mass 4, not 1",
    ),
    "wasserstein_distance_nd takes a vector for points on the line, beside points in space never": (
        lambda: stats.wasserstein_distance_nd([0.0, 1.0], [0.0]), 0.5,
        lambda: wasserstein_distance([0.0, 1.0], ONE), ValueError, "p has points in 1 dimension(s) and q in 2",
    ),
    "wasserstein_1d of weights of unequal mass is some number: there is no plan": (
        lambda: ot.wasserstein_1d(*np.array([[0.0, 1.0], [2.0, 3.0], [2.0, 2.0], [0.5, 0.5]])), 9.5,
        lambda: wasserstein_1d([0, 1], [2, 3], [2, 2], [0.5, 0.5]), ValueError, "p.weights has mass 4, not 1",
    ),
    "emd2 of a cost that is NaN is 0: no distance is NaN": (
        lambda: ot.emd2([0.5, 0.5], [0.5, 0.5], np.full((2, 2), NAN)), 0.0,
        lambda: wasserstein_distance([[NAN, 1], [0, 0]], TWO), ValueError, "p.points[0, 0] = nan is not finite",
    ),
    "emd2 of a negative weight is 0, with a warning: it is no mass": (
        lambda: ot.emd2(np.array([1.5, -0.5]), np.array([0.5, 0.5]), COSTS), 0.0,
        lambda: emd2([1.5, -0.5], [0.5, 0.5], TWO, TWO), ValueError, "p.weights[1] = -0.5 is negative",
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::UserWarning")  # of theirs
@pytest.mark.parametrize("reason", REFUSED)
def test_what_they_answer_and_ours_refuses(reason: str) -> None:
    theirs, value, ours, error, message = REFUSED[reason]
    assert theirs() == pytest.approx(value, rel=1e-12, nan_ok=True)
    with pytest.raises(error, match=re.escape(message)):
        ours()


def test_too_few_pivots_are_a_warning_of_theirs_and_an_error_of_ours() -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 300, 2))
    with pytest.warns(UserWarning, match="numItermax"):
        ot.emd2([], [], ot.dist(x, y), numItermax=10)
    with pytest.raises(NotConverged, match="numItermax"):
        divergence.wasserstein(Samples(x), Samples(y), iterations=10)


def test_errors_common_to_both() -> None:
    with pytest.raises(ValueError, match="two-dimensional"):
        stats.wasserstein_distance_nd(np.zeros((2, 10)), np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"10 dimension\(s\) and q in 2"):
        wasserstein_distance(np.zeros((2, 10)), np.zeros((2, 2)))
    with pytest.raises(ValueError, match="Invalid input values"):
        stats.wasserstein_distance_nd(np.zeros((4, 10, 15)), np.zeros((6, 2, 7)))
    with pytest.raises(ValueError, match=r"shape \(4, 10, 15\)"):
        wasserstein_distance(np.zeros((4, 10, 15)), np.zeros((6, 2, 7)))
    with pytest.raises(AssertionError):
        ot.emd2(np.full(3, 1 / 3), np.full(3, 1 / 3), COSTS)
    with pytest.raises(ValueError, match="one mass for each of the 2 points"):
        emd2(np.full(3, 1 / 3), [0.5, 0.5], TWO, TWO)


# theirs, ours, and the true value, from which theirs is off
OFF: dict[str, tuple[Callable[[], Any], Callable[[], Any], float]] = {
    "squared distances by products of matrices, far from 0": (
        lambda: math.sqrt(ot.emd2([], [], ot.dist(np.array([[1e6, 0.0]]), np.array([[1e6 + 1e-3, 0.0]])))),
        lambda: divergence.wasserstein(Samples([(1e6, 0.0)]), Samples([(1e6 + 1e-3, 0.0)]), order=2),
        (1e6 + 1e-3) - 1e6,
    ),
    "nearly equal weights on the same points": (
        lambda: stats.wasserstein_distance([0.0, 1.0], [0.0, 1.0], [0.5, 0.5 + 1e-15], [0.5, 0.5]),
        lambda: wasserstein_distance([0.0, 1.0], [0.0, 1.0], [0.5, 0.5 + 1e-15], [0.5, 0.5]),
        0.25 * (0.5 + 1e-15 - 0.5) / (0.25 * 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OFF)
def test_where_theirs_is_off_ours_is_not(case: str) -> None:
    theirs, ours, value = OFF[case]
    assert ours() == pytest.approx(value, rel=1e-9, abs=0)
    assert theirs() != pytest.approx(value, rel=1e-3, abs=0)
