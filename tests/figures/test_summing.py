"""The figures' sums, across the border between the languages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.node import Modules

NUMBERS = st.floats(-1e300, 1e300)


@settings(deadline=None)
@given(st.lists(NUMBERS, max_size=40))
def test_a_sum_keeps_its_digits(modules: Modules, terms: list[float]) -> None:
    scale = math.fsum(map(abs, terms))
    if math.isfinite(scale):
        assert abs(modules.call("summing", "sum", terms) - math.fsum(terms)) <= 1e-15 * scale


@pytest.mark.parametrize(("a", "b", "expected"), [(0, 0, 0.0), (0, 1, 0.0), (1, 0, math.inf), (2, 1, 2 * math.log(2))])
def test_nothing_weighs_nothing(modules: Modules, a: float, b: float, expected: float) -> None:
    assert modules.call("summing", "relativeEntropyTerm", a, b) == pytest.approx(expected, rel=1e-15)


def test_what_a_function_throws_is_raised(modules: Modules) -> None:
    with pytest.raises(ValueError, match="exports no function"):
        modules.call("summing", "nothing")
