"""Transport at the ends of the floats, and what its parameters and potentials refuse."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import (
    Gaussian,
    PolynomialKernel,
    Samples,
    energy_distance,
    mmd,
    sinkhorn,
    sliced_wasserstein,
    squared_mmd,
    wasserstein,
    wasserstein_dual,
)


@pytest.fixture(autouse=True)
def without_warnings() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


X, Y, U, V = [1.0, 0.0, 0.5], [-1.0, 0.25, 0.75], [0.25, 0.25, 0.5], [0.5, 0.375, 0.125]


@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**-600, 2.0**600, 2.0**1022])
@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("space", [False, True])
def test_the_distance_is_in_the_units_of_the_points(scale: float, order: int, weighted: bool, space: bool) -> None:
    x, y = (np.array(z)[:, None] * [1, 1] if space else np.array(z) for z in (X, Y))
    u, v = (U, V) if weighted else (None, None)
    value = wasserstein(Samples(x, u), Samples(y, v), order=order)
    assert wasserstein(Samples(x * scale, u), Samples(y * scale, v), order=order) == value * scale
    tensors = [Samples(torch.tensor(z * scale), w) for z, w in ((x, u), (y, v))]
    assert wasserstein(*tensors, order=order).item() == pytest.approx(value * scale, rel=1e-14)


def test_two_far_ends_are_as_far_apart_as_a_float_can_say() -> None:
    assert wasserstein(Samples([1e308, 0.0]), Samples([-1e308, 1.0])) == 1e308
    assert wasserstein(Samples([(1e308, 0.0)]), Samples([(0.0, 1e308)])) == pytest.approx(math.sqrt(2) * 1e308)
    assert wasserstein(Samples([1.5e308]), Samples([-1.5e308]), order=2) == math.inf


@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**-500, 2.0**500, 2.0**1000])
@pytest.mark.parametrize("space", [False, True])
def test_the_dual_is_in_the_units_of_the_points(scale: float, space: bool) -> None:
    x, y = (np.array(z)[:, None] * [1, 1] if space else np.array(z) for z in (X, Y))
    one, other = (wasserstein_dual(Samples(k * x, U), Samples(k * y, V)) for k in (1, scale))
    assert (other.primal, other.dual) == (scale * one.primal, scale * one.dual)
    assert np.array_equal(other.potential(scale * x), scale * one.potential(x))
    assert np.array_equal(other.plan, one.plan)


@pytest.mark.parametrize("scale", [1e-300, 1e200])
def test_a_power_of_the_distance_beyond_the_floats_is_refused(scale: float) -> None:
    for point in (scale, (scale, scale)):
        with pytest.raises(ValueError, match=r"about as large as .*\^2, which no float holds: divide all points"):
            wasserstein_dual(Samples([point]), Samples([point]), order=2)


@pytest.mark.parametrize("space", [False, True])
def test_a_dual_whose_values_are_beyond_the_floats_is_refused(space: bool) -> None:
    for x, y, order in (([0, 1, 2], [5, 7, 1], 500), ([1.7e308], [-1.7e308], 1), ([0.999], [-0.999], 1050)):
        p, q = (Samples([(a, 0) for a in z] if space else z) for z in (x, y))
        with pytest.raises(ValueError, match=r"as large as .*, which no float holds: divide all points"):
            wasserstein_dual(p, q, order=order)


@pytest.mark.parametrize("space", [False, True])
def test_a_dual_of_high_order_is_found_if_floats_hold_it(space: bool) -> None:
    p, q = (Samples([(a, 0.5)] if space else [a]) for a in (0.99, -0.99))
    best = wasserstein_dual(p, q, order=1000)
    assert best.primal == pytest.approx(1.98**1000, rel=1e-12)
    assert best.dual == pytest.approx(best.primal)


@pytest.mark.parametrize("read", [np.array, torch.tensor], ids=["arrays", "tensors"])
@pytest.mark.parametrize("space", [False, True])
def test_what_only_float64_holds_is_refused_in_32_bits(space: bool, read: Any) -> None:
    x, y = ([(a, a)] if space else [a] for a in (3e38, -3e38))
    narrow, wide = ([Samples(read(z, dtype=kind)) for z in (x, y)] for kind in NARROW_AND_WIDE[read])
    for f in (wasserstein, sliced_wasserstein, energy_distance, square, root, cost):
        f(*wide)
        with pytest.raises(ValueError, match="the value overflows float32: give the points in float64"):
            f(*narrow)


NARROW_AND_WIDE = {np.array: (np.float32, np.float64), torch.tensor: (torch.float32, torch.float64)}


def square(p: Any, q: Any) -> Any:
    """The squared discrepancy of a kernel that grows."""
    return squared_mmd(p, q, kernel=PolynomialKernel(1))


def root(p: Any, q: Any) -> Any:
    """Its root, of the third degree."""
    return mmd(p, q, kernel=PolynomialKernel(3))


def cost(p: Any, q: Any) -> Any:
    """A cost with little of an entropy."""
    return sinkhorn(p, q, 1e70)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
@pytest.mark.parametrize("space", [False, True])
@pytest.mark.parametrize("read", [list, np.array, torch.tensor])
def test_unchecked_points_that_are_not_finite_are_refused_in_the_same_words(bad: float, space: bool, read: Any) -> None:
    x, y = ([(a, 2.0), (3.0, 1.0)] if space else [a, 3.0] for a in (bad, 1.0))
    for f in (wasserstein, wasserstein_dual, sliced_wasserstein, energy_distance, squared_mmd):
        for p, q in ((x, y), (y, x)):
            with pytest.raises(ValueError, match="a coordinate that is not finite, which validate=False let pass"):
                f(Samples(read(p)), Samples(read(q)), validate=False)


@pytest.mark.parametrize("order", ["2", None, True, [1, 2], 1j, torch.tensor(2.0)])
def test_an_order_is_a_number(order: Any) -> None:
    for f in (wasserstein, wasserstein_dual):
        with pytest.raises(TypeError, match=r"order=.*, of type .*: give a finite number >= 1"):
            f(Samples([1.0]), Samples([2.0]), order=order)
    assert wasserstein(Samples([1.0]), Samples([2.0]), order=np.float32(2)) == 1


def test_iterations_are_counted() -> None:
    p, q = Samples([(1.0, 0.0)]), Samples([(2.0, 0.0)])
    for f in (wasserstein, wasserstein_dual):
        with pytest.raises(ValueError, match=r"iterations=0: give a whole number of at least 1"):
            f(p, q, iterations=0)  # type: ignore[operator]
        with pytest.raises(TypeError, match=r"iterations='9', of type str"):
            f(p, q, iterations="9")  # type: ignore[operator]


@pytest.mark.parametrize("order", [1, 2])
def test_a_potential_refuses_points_of_another_space(order: int) -> None:
    line = wasserstein_dual(Samples([1, 2]), Samples([2, 4]), order=order).potential
    plane = wasserstein_dual(Samples([(1, 2)]), Samples([(2, 4)]), order=order).potential
    assert np.array_equal(line([[1], [2]]), line([1, 2]))
    for potential, points, message in (
        (line, [[1, 2], [3, 4]], r"points has 2 coordinate\(s\) a point, the potential takes 1: give \(k,\)"),
        (plane, [1, 2, 3, 4], r"points has 1 coordinate\(s\) a point, the potential takes 2: give \(k, 2\)"),
        (line, [], "points is empty; give at least one point"),
        (plane, np.empty((0, 2)), "points is empty; give at least one point"),
        (line, [1, math.nan], r"points\[1\] = nan is not finite"),
    ):
        with pytest.raises(ValueError, match=message):
            potential(points)
    with pytest.raises(TypeError, match="points is a float; give a list, array or tensor"):
        line(1.0)


def test_bfloat16_is_read_exactly() -> None:
    x, y = (torch.tensor(z, dtype=torch.bfloat16) for z in ([1.0, 2.0], [2.0, 4.0]))
    half = torch.tensor([0.5, 0.5], dtype=torch.bfloat16)
    for p, q in (
        (Samples(x), Samples(y)),
        (Samples(x, half), Samples(y, half)),
        (Samples(x, half), Samples([2.0, 4.0])),
    ):
        value = wasserstein(p, q, order=2)
        assert (value.item(), value.dtype) == (pytest.approx(math.sqrt(2.5), rel=1e-7), torch.float32)
        best = wasserstein_dual(p, q)
        assert best.primal == 1.5
        assert np.array_equal(best.potential(x), best.on_p)
    with pytest.raises(TypeError, match=r"a tensor against a density: give its numbers, Samples\(.*double\(\)\.numpy"):
        wasserstein(Samples(x), Gaussian(0, 1))
