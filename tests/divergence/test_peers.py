"""What scipy's own tests hold of its jensenshannon, entropy, rel_entr and kl_div, held of ours; and where we differ.

The cases are those of scipy 1.17 (scipy/spatial/tests/test_distance.py, stats/tests/test_entropy.py,
special/tests/test_basic.py), as numbers; the adapters below say how its functions are ours.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from importlib import resources
from typing import Any

import numpy as np
import pytest
import torch
from scipy import special, stats
from scipy.spatial import distance

from ganmath import divergence
from ganmath.divergence.summation import Terms

PK, QK = [[0.1, 0.2], [0.6, 0.3], [0.3, 0.5]], [[0.2, 0.1], [0.3, 0.6], [0.5, 0.3]]
Q_WITH_ZERO, P_WITH_ZERO = [[0.0, 0.1], *QK[1:]], [[0.0, 0.2], *PK[1:]]
COUNTS, MORE = np.arange(1, 13).reshape(3, 4), np.arange(13, 25).reshape(3, 4)
ONES, TWOS_AND_ONES = np.ones(16), np.repeat([2.0, 1.0], 8)


def jensenshannon(p: Any, q: Any, base: float | None = None, *, axis: int = 0) -> Any:
    """Scipy divides by the mass unasked, and its axis is the first."""
    return divergence.js_distance(np.asarray(p), np.asarray(q), base=base, axis=axis, normalize=True)


def entropy(pk: Any, qk: Any = None, base: float | None = None, axis: int = 0) -> Any:
    """Of one distribution the entropy, of two KL."""
    options: dict[str, Any] = {"base": base, "axis": axis, "normalize": True}
    return divergence.entropy(np.asarray(pk), **options) if qk is None else divergence.kl(pk, qk, **options)


def kl_div(x: float, y: float) -> float:
    """The summand x log(x/y) - x + y of KL."""
    p, q = np.array([x]), np.array([y])
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(divergence.F["kl"].summand(Terms(p, q, p - q, lambda: (np.log(p), np.log(q)), np))[0])


# ours, theirs, arguments, options, the value in scipy's test, and how many decimals it is given to
AGREED: dict[str, tuple[Callable[..., Any], Callable[..., Any], tuple[Any, ...], dict[str, Any], Any, float]] = {
    "js disjoint, bits": (jensenshannon, distance.jensenshannon, ([1, 0, 0], [0, 1, 0], 2.0), {}, 1.0, 1e-15),
    "js of a point": (
        jensenshannon, distance.jensenshannon, ([1.0, 0.0], [0.5, 0.5]), {}, 0.46450140402245893, 1e-15,
    ),
    "js equal": (jensenshannon, distance.jensenshannon, ([1, 0, 0], [1, 0, 0]), {}, 0.0, 0.0),
    "js columns": (jensenshannon, distance.jensenshannon, ([[1, 2]], [[0.5, 1.5]]), {"axis": 0}, [0, 0], 0.0),
    "js row": (jensenshannon, distance.jensenshannon, ([[1, 2]], [[0.5, 1.5]]), {"axis": 1}, [0.0649045], 1e-7),
    "js of counts, columns": (
        jensenshannon, distance.jensenshannon, (COUNTS, MORE), {"axis": 0},
        [0.1954288, 0.1447697, 0.1138377, 0.0927636], 1e-7,
    ),
    "js of counts, rows": (
        jensenshannon, distance.jensenshannon, (COUNTS, MORE), {"axis": 1}, [0.1402339, 0.0399106, 0.0201815], 1e-7,
    ),
    "kl equal": (entropy, stats.entropy, ([0.5, 0.2, 0.3], [0.5, 0.2, 0.3]), {}, 0.0, 0.0),
    "entropy, bits": (entropy, stats.entropy, (ONES,), {"base": 2.0}, 4.0, 1e-15),
    "entropy with a zero": (entropy, stats.entropy, ([0, 1, 2],), {}, 0.63651416829481278, 1e-15),
    "kl, columns": (entropy, stats.entropy, (PK, QK), {}, [0.1933259, 0.18609809], 1e-7),
    "kl, columns, infinite": (entropy, stats.entropy, (PK, Q_WITH_ZERO), {}, [math.inf, 0.18609809], 1e-7),
    "kl, columns, 0 log 0": (
        entropy, stats.entropy, (P_WITH_ZERO, Q_WITH_ZERO), {}, [0.17403988, 0.18609809], 1e-7,
    ),
    "entropy, rows": (entropy, stats.entropy, (PK,), {"axis": 1}, [0.63651417, 0.63651417, 0.66156324], 1e-7),
    "kl, rows": (entropy, stats.entropy, (PK, QK), {"axis": 1}, [0.23104906, 0.23104906, 0.12770641], 1e-7),
}  # fmt: skip


@pytest.mark.parametrize("case", AGREED)
def test_their_cases_are_ours(case: str) -> None:
    ours, theirs, given, options, value, within = AGREED[case]
    ours_value = ours(*given, **options)
    np.testing.assert_allclose(ours_value, value, rtol=within, atol=within)
    np.testing.assert_allclose(theirs(*given, **options), ours_value, rtol=1e-12, atol=1e-15)


def test_relations_of_their_cases_hold_for_ours() -> None:
    assert entropy([0.5, 0.2, 0.3], [0.1, 0.25, 0.65]) > 0
    assert entropy(ONES, TWOS_AND_ONES) == pytest.approx(
        math.log(2) * entropy(ONES, TWOS_AND_ONES, base=2.0), rel=1e-15
    )
    p, q = np.array(PK), np.array(QK)
    assert np.array_equal(entropy(p.T), entropy(p, axis=1))
    assert np.array_equal(entropy(p.T, q.T), entropy(p, q, axis=1))


@pytest.mark.parametrize("name", ["iris", "double-inp"])
def test_their_pairwise_tables_are_ours(name: str) -> None:
    """The tables of distances that scipy installs with its tests, where it does."""
    folder = resources.files("scipy.spatial") / "tests" / "data"
    table = folder / f"pdist-jensenshannon-ml{'-iris' if name == 'iris' else ''}.txt"
    rows = folder / ("iris.txt" if name == "iris" else "pdist-double-inp.txt")
    if not table.is_file():
        pytest.skip("scipy was installed without its tests' data")
    x = np.array([line.split() for line in rows.read_text().splitlines()], dtype=float)
    wanted = np.array(table.read_text().split(), dtype=float)
    i, j = np.triu_indices(len(x), 1)
    got = divergence.js_distance(x[i], x[j], normalize=True)
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-11)


SIGNED = [
    (s * a, r * b) for s, a, r, b in itertools.product((-1.0, 1.0), (0.0, 0.5, 1.0), (-1.0, 1.0), (0.0, 0.5, 1.0))
]
MASSES = [(x, y) for x, y in SIGNED if x >= 0 and y >= 0]


@pytest.mark.parametrize(("x", "y"), MASSES)
def test_their_grid_of_kl_div_is_our_summand(x: float, y: float) -> None:
    """KL sums x log(x/y) - x + y, which is their kl_div; x log(x/y), their rel_entr, is it without y - x."""
    summand = kl_div(x, y)
    assert summand == pytest.approx(float(special.kl_div(x, y)), rel=1e-15)
    assert summand - (y - x) == pytest.approx(float(special.rel_entr(x, y)), rel=1e-15, abs=1e-15)


@pytest.mark.parametrize(
    ("x", "y", "relative_entropy"),
    [
        (0.9456657713430001, 0.9456657713430094, -9.325873406851269e-15),
        (0.48066098564791515, 0.48066098564794774, -3.258504577274724e-14),
        (0.786048657854401, 0.7860486578542367, 1.6431300764454033e-13),
    ],
)
def test_their_nearly_equal_masses_are_ours(x: float, y: float, relative_entropy: float) -> None:
    """Ours is what is left of theirs when x - y, which sums to 0, is taken away: of second order."""
    assert kl_div(x, y) == pytest.approx((x - y) ** 2 / (2 * y), rel=1e-12)
    assert kl_div(x, y) + (x - y) == pytest.approx(relative_entropy, rel=1e-13)


def test_their_overflowing_ratio_is_ours() -> None:
    assert kl_div(4, 2.22e-308) + 4 - 2.22e-308 == pytest.approx(2839.139983229607, rel=1e-13)


def test_the_sum_of_rel_entr_is_kl_for_masses_alone() -> None:
    p, q = np.array([0.5, 0.2, 0.3]), np.array([0.1, 0.25, 0.65])
    assert special.rel_entr(p, q).sum() == pytest.approx(divergence.kl(p, q), rel=1e-14)


@pytest.mark.parametrize("log_target", [False, True])
def test_torch_s_kl_div_is_ours_of_positive_masses(log_target: bool) -> None:
    """torch.nn.functional.kl_div(log q, p) with reduction="batchmean" is the mean of KL(p || q) over the batch."""
    p, q = torch.tensor(PK, dtype=torch.float64).T, torch.tensor(QK, dtype=torch.float64).T
    theirs = torch.nn.functional.kl_div(
        q.log(), p.log() if log_target else p, reduction="batchmean", log_target=log_target
    )
    assert float(theirs) == pytest.approx(float(divergence.kl(p, q).mean()), rel=1e-14)
