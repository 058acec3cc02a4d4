"""What says nothing is left out of the API reference; what says something stays."""

from __future__ import annotations

from typing import Any

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
    found = signatures.left_out(NO_APP, what, "name", object, None, signature, None)
    assert found == (("", None) if gone else None)


def test_a_signature_that_sphinx_cannot_read_has_no_modules_before_its_names() -> None:
    written = "(d: ~collections.abc.Callable[[~torch.Tensor], float] = <function _nothing>, rate: float = 0.5)"
    found = signatures.left_out(NO_APP, "class", "name", object, None, written, None)
    assert found == ("(d: Callable[[Tensor], float] = <function _nothing>, rate: float = 0.5)", None)
    links = "(d: ~torch.Tensor)"  # Sphinx makes links of these
    assert signatures.left_out(NO_APP, "class", "name", object, None, links, None) is None


@pytest.mark.parametrize(("said", "kept"), [("Alias for field number 3", []), ("The value.", ["The value."])])
def test_what_python_says_of_a_field_is_left_out(said: str, kept: list[str]) -> None:
    lines = [said]
    signatures.unsaid(NO_APP, "attribute", "name", object, None, lines)
    assert lines == kept
