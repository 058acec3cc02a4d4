"""The API reference shows signatures that say something, with names that can be read, and no field's number."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.scripts import extension

signatures = extension("signatures")

NO_APP: Any = None


@pytest.mark.parametrize(
    ("what", "signature", "gone"),
    [
        ("class", "(*args, **kwargs)", True),
        ("class", "(*args: Any, **kwargs: Any)", True),
        ("class", "(mean: float, *args, **kwargs)", False),
        ("class", None, False),
        ("function", "(*args, **kwargs)", False),
    ],
)
def test_a_class_that_takes_anything_has_no_signature(what: str, signature: str | None, gone: bool) -> None:
    found = signatures.shown(NO_APP, what, "name", object, None, signature, None)
    assert found == (("", None) if gone else None)


def test_a_default_that_is_a_function_or_made_by_one_can_be_parsed() -> None:
    given = "(d: F = <function nothing at 0x7f>, e: dict = <factory>)"
    found = signatures.shown(NO_APP, "class", "name", object, None, given, None)
    assert found == ("(d: F = nothing, e: dict = ...)", None)


class Pair(NamedTuple):
    """Two numbers."""

    first: float

    def documented(self) -> None:
        """A method."""


def test_a_field_of_a_named_tuple_is_left_out_where_it_says_its_number_alone() -> None:
    def gone(name: str) -> bool | None:
        found: bool | None = signatures.left_out(NO_APP, "class", name, getattr(Pair, name), False, None)
        return found

    assert gone("first") is True
    assert gone("documented") is None
