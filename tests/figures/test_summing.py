"""The figures' sums, across the border between the languages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.node import Modules

NUMBERS = st.floats(-1e300, 1e300)


@given(st.lists(NUMBERS, max_size=40))
def test_a_sum_keeps_its_digits(modules: Modules, terms: list[float]) -> None:
    scale = math.fsum(map(abs, terms))
    if math.isfinite(scale):
        assert abs(modules.call("summing", "sum", terms) - math.fsum(terms)) <= 1e-15 * scale


def test_what_a_function_throws_is_raised(modules: Modules) -> None:
    with pytest.raises(ValueError, match="exports no function"):
        modules.call("summing", "nothing")
