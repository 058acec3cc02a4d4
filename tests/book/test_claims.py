"""Claims and errata: each is decided by something that exists, each number is right, each printed formula fails."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from ganmath import divergence, game
from ganmath.theory import THEOREMS

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
sys.path.insert(0, str(BOOK / "_ext"))
claims = pytest.importorskip("claims")  # the extra `book` brings Sphinx

DATA = claims.read(BOOK)
CLAIMS = {row["key"]: row for row in DATA["claims"]}
ERRATA = {row["key"]: row for row in DATA["errata"]}
DECIDERS = sorted({name for row in CLAIMS.values() for name in row["decided_by"]})
NUMBERS = [number for row in CLAIMS.values() for number in row.get("numbers", ())]
CALLS = {**vars(divergence), **vars(game), "exp": math.exp, "uniform": stats.uniform}


@cache
def sources() -> dict[str, str]:
    """The book's pages, by their names."""
    pages = (path for path in BOOK.rglob("*.md") if "_build" not in path.parts)
    return {path.relative_to(BOOK).as_posix(): path.read_text("utf8") for path in pages}


def labels() -> set[str]:
    found = r"^:label: ([\w-]+)$|^\(([\w-]+)\)=|^ *name: (fig-[\w-]+)$"
    return {label for text in sources().values() for match in re.findall(found, text, re.MULTILINE) for label in match}


def slug(heading: str) -> str:
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def exists(name: str) -> bool:
    """Whether there is such a test, label, or heading of a page."""
    if name.startswith("tests/"):
        path, test = name.split("::")
        tree = ast.parse((ROOT / path).read_text("utf8"))
        return any(isinstance(node, ast.FunctionDef) and node.name == test for node in tree.body)
    if link := re.fullmatch(r"\[[^]]+\]\((?P<page>[\w/]+\.md)#(?P<place>[\w-]+)\)", name):
        headings = re.findall(r"^#+ (.+)$", sources().get(link["page"], ""), re.MULTILINE)
        return link["place"] in map(slug, headings)
    if reference := re.fullmatch(r"\{ref\}`[^<]+ <([\w-]+)>`", name):
        return reference[1] in labels()
    if name.startswith("thm-") and name.removeprefix("thm-") not in THEOREMS:
        return False
    return name.split("-")[0] in claims.ROLES and name in labels()


def is_right(number: str) -> bool:
    """Whether a call gives what stands beside it, to the digits written."""
    call, said = number.split(" = ")
    value = float(eval(call, dict(CALLS)))
    digits = len(said.partition(".")[2])
    return value == float(said) or abs(value - float(said)) <= 0.5001 * 10.0**-digits


@pytest.mark.parametrize("kind", ["claims", "errata"])
def test_every_row_is_whole_and_has_a_key_of_its_own(kind: str) -> None:
    needed = {
        "claims": {"topic", "key", "claim", "verdict", "correct", "decided_by"},
        "errata": {"key", "source", *claims.FIELDS},
    }[kind]
    for row in DATA[kind]:
        assert needed <= set(row) <= needed | {"numbers"}, row
        assert all(row.values()), row
    keys = [row["key"] for row in DATA[kind]]
    assert len(set(keys)) == len(keys)


def test_a_verdict_is_one_of_three(tmp_path: Path) -> None:
    assert {row["verdict"] for row in CLAIMS.values()} == {"true", "loose", "false"}
    (tmp_path / "data").mkdir()
    for said, verdict in (("true", "true"), ("false", "false"), ("loose", "loose")):  # YAML's own words, unquoted
        (tmp_path / claims.DATA).write_text(f"claims: [{{key: a, verdict: {said}}}]\nerrata: []\n", "utf8")
        assert claims.read(tmp_path)["claims"][0]["verdict"] == verdict
    (tmp_path / claims.DATA).write_text("claims: [{key: a, verdict: wrong}]\nerrata: []\n", "utf8")
    with pytest.raises(ValueError, match="a: the verdict 'wrong' is none of true, loose, false"):
        claims.read(tmp_path)


@pytest.mark.parametrize("name", DECIDERS)
def test_what_decides_exists(name: str) -> None:
    assert exists(name)


@pytest.mark.parametrize(
    "name",
    [
        "thm-no-such",
        "thm-js-bound",
        "fig-no-such",
        "js-bounded",
        "tests/test_game.py::test_no_such",
        "[there](chapters/cycles.md#no-such)",
        "[there](chapters/no_such.md#exercises)",
        "{ref}`there <no-such>`",
    ],
)
def test_what_does_not_exist_decides_nothing(name: str) -> None:
    assert not exists(name)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_the_claims_is_that_of_the_package(number: str) -> None:
    assert is_right(number)


def test_a_number_off_in_its_last_digit_is_seen() -> None:
    assert not is_right("kl(uniform(0, 10), Gaussian(100, 10)) = 46.0857")
    assert not is_right("js([1, 0], [0, 1]) = inf")


def test_the_numbers_against_a_bell_are_those_of_the_closed_form() -> None:
    said = dict(number.split(" = ") for number in CLAIMS["numbers-and-a-bell"]["numbers"])
    for s in (1, 10):
        exact = math.log(2 * math.pi * s**2) / 2 - math.log(10) + (95**2 + 25 / 3) / (2 * s**2)
        assert float(said[f"kl(uniform(0, 10), Gaussian(100, {s}))"]) == pytest.approx(exact, rel=2e-6)


def test_every_topic_and_every_erratum_is_on_its_page_once() -> None:
    assert re.findall(r"^```\{claims\} (\w+)$", sources()["claims.md"], re.MULTILINE) == list(
        dict.fromkeys(row["topic"] for row in CLAIMS.values())
    )
    assert re.findall(r"^```\{erratum\} ([\w-]+)$", sources()["errata.md"], re.MULTILINE) == list(ERRATA)


def cells() -> list[str]:
    """The code of the page of errata: what all share first, then a cell for each erratum, in their order."""
    from myst_nb.core.read import read_myst_markdown_notebook

    return [
        cell.source for cell in read_myst_markdown_notebook(sources()["errata.md"]).cells if cell.cell_type == "code"
    ]


def run(code: str, names: dict[str, Any]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, names)
    return said.getvalue()


@pytest.mark.parametrize("key", ERRATA)
def test_what_was_printed_breaks_a_law_that_ours_obeys(key: str) -> None:
    shared, *others = cells()
    assert len(others) == len(ERRATA)
    names: dict[str, Any] = {}
    run(shared, names)
    assert run(others[list(ERRATA).index(key)], names).startswith("printed: breaks the law. Ours: obeys it.\n")


@pytest.mark.parametrize(
    ("printed", "ours", "said"),
    [(1, 1, "what was printed obeys"), (2, 2, "our own formula breaks"), (1, 2, "our own formula breaks")],
)
def test_a_comparison_that_shows_nothing_stops_the_build(printed: int, ours: int, said: str) -> None:
    names: dict[str, Any] = {}
    run(cells()[0], names)
    compare: Callable[..., None] = names["compare"]
    with pytest.raises(AssertionError, match=said):
        compare(lambda value: value == 1, printed, ours)


def test_a_row_becomes_text_with_references() -> None:
    row = {
        "key": "k",
        "claim": "A claim.",
        "verdict": "loose",
        "correct": "Better.",
        "decided_by": ["thm-gap", "fig-system", "tests/a.py::test_b", "[there](x.md#y)"],
        "numbers": ["kl([1, 0], [1, 0]) = 0.0"],
    }
    assert list(claims.claim(row, {"thm-gap": "The gap"})) == [
        "(claim-k)=",
        "**A claim.** [loose]{.verdict .verdict-cited}",
        "",
        "Better.",
        "",
        "Decided by: {prf:ref}`The gap <thm-gap>`; {numref}`fig-system`; [there](x.md#y).",
        "",
        "- `tests/a.py::test_b`",
        "- `kl([1, 0], [1, 0]) = 0.0`",
    ]
    assert claims.sentence("what is wrong") == "What is wrong."
    assert claims.sentence("Is it?") == "Is it?"


@pytest.mark.parametrize(("kind", "of"), [("claims", "topic"), ("errata", "key")])
def test_an_unknown_name_lists_the_choices(kind: str, of: str) -> None:
    with pytest.raises(ValueError, match=f"no {of} 'no-such' in {kind}; it has {DATA[kind][0][of]}, "):
        claims.one(BOOK, kind, "no-such", of)
