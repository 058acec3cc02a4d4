"""Numbers that a reader types: what is read as Python reads it, and what a fault says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.node import Modules
from tests.figures.peers import numbers_typed

NUMBERS = st.one_of(
    st.floats(0, 1e6).map(repr),
    st.integers(0, 10**6).map(str),
    st.tuples(st.integers(0, 99), st.integers(1, 99)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    st.sampled_from([".5", "3.", "1e-3", "+2", "-1", "\N{MINUS SIGN}1/4", "1.5/0.5"]),
)
SEPARATORS = st.sampled_from([" ", ", ", ",", "\n", ";\t"])


@given(st.lists(NUMBERS, min_size=1, max_size=20), SEPARATORS)
def test_numbers_and_fractions_are_read_as_in_python(modules: Modules, words: list[str], between: str) -> None:
    text = between.join(words)
    assert modules.call("reading", "readNumbers", text, "p") == {"numbers": numbers_typed(text), "fault": ""}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "p has no numbers. Type some, such as 1, 2, 1/3."),
        (" ,; \n", "p has no numbers. Type some, such as 1, 2, 1/3."),
        ("1, two, 3", "p, place 2: “two” is not a number. Type one such as 0.25 or 1/3."),
        ("1/2/3", "p, place 1: “1/2/3” is not a number. Type one such as 0.25 or 1/3."),
        ("0x10", "p, place 1: “0x10” is not a number. Type one such as 0.25 or 1/3."),
        ("1/", "p, place 1: “1/” is not a number. Type one such as 0.25 or 1/3."),
        ("nan", "p, place 1: “nan” is not a number. Type one such as 0.25 or 1/3."),
        ("x" * 99, f"p, place 1: “{'x' * 20}” is not a number. Type one such as 0.25 or 1/3."),
        ("1 1/0", "p, place 2: “1/0” is not finite. Type a smaller number."),
        ("0/0", "p, place 1: “0/0” is not finite. Type a smaller number."),
        ("1e999", "p, place 1: “1e999” is not finite. Type a smaller number."),
        ("1 -1/4", "p, place 2: -0.25 is negative. Type 0 or more."),
        ("0 0", "p has no weight above 0. Type at least one."),
        ("1 " * 41, "p has 41 numbers. Type at most 40."),
    ],
)
def test_a_fault_says_what_where_and_what_to_type(modules: Modules, text: str, fault: str) -> None:
    assert modules.call("reading", "readWeights", text, "p")["fault"] == fault


def test_both_have_a_weight_for_each_outcome(modules: Modules) -> None:
    p, g = modules.call("reading", "readTwoWeights", "1 2 3", "1 1")
    assert p == {"numbers": [1, 2, 3], "fault": ""}
    assert g["fault"].startswith("p has 3 weights and g has 2.")
    p, g = modules.call("reading", "readTwoWeights", "1 x", "1")
    assert p["fault"]
    assert not g["fault"]  # one fault at a time


def test_the_smallest_weights_count(modules: Modules) -> None:
    read = modules.call("reading", "readWeights", "5e-324 0", "p")
    assert read == {"numbers": [math.ulp(0.0), 0], "fault": ""}
