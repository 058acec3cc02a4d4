"""The directives `{claims}` and `{erratum}`: what introductions say and what is true, from `data/claims.yml`.

`{claims}` takes a topic and lists its claims, each with its verdict, the correct statement, what decides it and the
label `claim-<key>`. `{erratum}` takes a key and shows one error found in print, under the label `erratum-<key>`; the
cell after it in the page implements what was printed, and fails it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

DATA = "data/claims.yml"  # below the book's folder
VERDICTS = {"true": "proved", "loose": "cited", "false": "failed"}  # and the class of its badge in `book.css`
ROLES = {"thm": "prf:ref", "prop": "prf:ref", "def": "prf:ref", "fig": "numref"}
FIELDS = {"read": "Read", "printed": "Printed", "right": "Right", "since": "Since"}


def read(book: Path) -> dict[str, list[dict[str, Any]]]:
    """The claims and the errata; a verdict written without quotes, which YAML takes for a truth value, is a word."""
    data = yaml.safe_load((book / DATA).read_text("utf8"))
    for claim in data["claims"]:
        claim["verdict"] = str(claim["verdict"]).lower()
        if claim["verdict"] not in VERDICTS:
            raise ValueError(
                f"{DATA}, {claim['key']}: the verdict {claim['verdict']!r} is none of {', '.join(VERDICTS)}"
            )
    return data


def one(book: Path, kind: str, key: str, of: str = "key") -> list[dict[str, Any]]:
    """The rows of that key, or of that topic."""
    rows = read(book)[kind]
    found = [row for row in rows if row[of] == key]
    if not found:
        raise ValueError(
            f"{DATA} has no {of} {key!r} in {kind}; it has {', '.join(dict.fromkeys(r[of] for r in rows))}"
        )
    return found


def decider(name: str, titles: dict[str, str]) -> str:
    """A reference to what decides: a label of the book, or a link as it stands."""
    role = ROLES.get(name.split("-")[0])
    return f"{{{role}}}`{titles[name]} <{name}>`" if name in titles else f"{{{role}}}`{name}`" if role else name


def claim(row: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    """The lines of one claim; `titles` are those of the theorems, by their labels."""
    badge = f"[{row['verdict']}]{{.verdict .verdict-{VERDICTS[row['verdict']]}}}"
    yield from (f"(claim-{row['key']})=", f"**{row['claim']}** {badge}", "", row["correct"], "")
    tests = [name for name in row["decided_by"] if name.startswith("tests/")]
    rest = "; ".join(decider(name, titles) for name in row["decided_by"] if name not in tests)
    yield from (f"Decided by: {rest}." if rest else "Decided by:", "")
    yield from (f"- `{run}`" for run in (*tests, *row.get("numbers", ())))


def erratum(row: dict[str, Any]) -> Iterator[str]:
    """The lines of one erratum."""
    yield from (f"(erratum-{row['key']})=", f"**{row['source']}**")
    for name, title in FIELDS.items():
        yield from ("", f"{title}\n: {sentence(row[name])}")


def sentence(text: str) -> str:
    """With a full stop, and a capital letter where it begins with a word."""
    text = text if re.search(r"[.!?]`?$", text) else f"{text}."
    return text[0].upper() + text[1:]


class ClaimsDirective(SphinxDirective):
    """Takes a topic."""

    required_arguments = 1
    kind, of = "claims", "topic"

    def run(self) -> list[nodes.Node]:
        book = Path(self.env.srcdir)
        self.env.note_dependency(str(book / DATA))
        try:
            rows = one(book, self.kind, self.arguments[0], self.of)
        except ValueError as error:
            raise self.error(str(error)) from None
        return [self.box("\n".join(self.lines(row))) for row in rows]

    def lines(self, row: dict[str, Any]) -> Iterator[str]:
        return claim(row, self.titles())

    def titles(self) -> dict[str, str]:
        path = Path(self.env.app.outdir).parent / "ledger.json"  # see the directive `{ledger}`
        return {f"thm-{row['key']}": row["title"] for row in json.loads(path.read_text("utf8"))["theorems"]}

    def box(self, text: str) -> nodes.Node:
        return nodes.container("", *self.parse_text_to_nodes(text), classes=["claim"])


class ErratumDirective(ClaimsDirective):
    """Takes the key of an erratum."""

    kind, of = "errata", "key"

    def lines(self, row: dict[str, Any]) -> Iterator[str]:
        return erratum(row)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("claims", ClaimsDirective)
    app.add_directive("erratum", ErratumDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
