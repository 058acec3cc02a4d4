"""The API reference keeps what a signature says, in Python, and nothing that Python fills in."""

from __future__ import annotations

from enum import Enum
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
        ("class", "(*args: ~typing.Any, **kwargs: ~typing.Any)", True),
        ("class", "(mean: float, *args, **kwargs)", False),
        ("class", None, False),
        ("function", "(*args, **kwargs)", False),
    ],
)
def test_a_class_that_takes_anything_has_no_signature(what: str, signature: str | None, gone: bool) -> None:
    found = signatures.left_out(NO_APP, what, "name", object, None, signature, None)
    assert found == (("", None) if gone else None)


def test_an_enumeration_has_no_signature() -> None:
    assert signatures.left_out(NO_APP, "class", "name", Enum("Kind", ["A"]), None, "(value, names=None)", None) == (
        "",
        None,
    )


@pytest.mark.parametrize(
    ("default", "said"), [("<factory>", "..."), ("<function _nothing>", "_nothing"), ("<function f at 0x7f>", "f")]
)
def test_a_default_without_a_source_leaves_the_signature_readable(default: str, said: str) -> None:
    found = signatures.left_out(NO_APP, "class", "name", object, None, f"(a: ~x.Y, b: dict = {default})", None)
    assert found == (f"(a: ~x.Y, b: dict = {said})", None)


def test_fields_of_a_named_tuple_are_left_out_where_nobody_told_of_them() -> None:
    class Pair(NamedTuple):
        left: int

    assert signatures.untold(NO_APP, "class", "left", Pair.left, False, None)
    assert signatures.untold(NO_APP, "class", "Pair", Pair, False, None) is None
