"""The directive `{ledger}`: the table of what stands behind each theorem, from `_build/ledger.json`.

The file is written by `ganmath verify --json`, which `book/build.py` runs first. Each row links to the label
`thm-<key>` on the theorem's page, so that a theorem without a page stops the build, and is itself the anchor
`ledger-<key>`, to which the line "Verified by" of that page links.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def markdown(theorems: list[dict[str, Any]]) -> list[str]:
    """The table as MyST lines."""
    lines = ["| theorem | source | derivation | certificate | laws | experiment |", "| --- " * 6 + "|"]
    for theorem in theorems:
        link = f"{{prf:ref}}`{theorem['title']} <thm-{theorem['key']}>`"
        cells = (
            link,
            theorem["source"],
            derivation(theorem),
            certificate(theorem),
            laws(theorem),
            experiment(theorem),
        )
        lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return lines


def derivation(theorem: dict[str, Any]) -> str:
    """`7 steps: 6 PROVED, 1 CITED; its false neighbour is refuted`, or nothing where only laws stand behind it."""
    steps = theorem["steps"]
    if not steps:
        return ""
    total = sum(steps.values())
    said = f"{total} step{'s' * (total > 1)}"
    said += (
        f" {next(iter(steps))}"
        if len(steps) == 1
        else ": " + ", ".join(f"{n} {verdict}" for verdict, n in steps.items())
    )
    given = ", ".join(axiom.split(":")[0] for axiom in theorem["axioms"])
    refuted = "; its false neighbour is refuted" if theorem["false_neighbour_refuted"] else ""
    return said + (f"; given {given}" if given else "") + refuted


def certificate(theorem: dict[str, Any]) -> str:
    """`PROVED: 59 boxes; exact (2 times); its false neighbour is refuted: (71/1024)`, or nothing without one."""
    seen = theorem["certificate"]
    if seen is None:
        return ""
    parts = [(part, len(list(same))) for part, same in groupby(seen["evidence"].split("; "))]
    evidence = "; ".join(part + f" ({times} times)" * (times > 1) for part, times in parts)
    fails_at = seen["false_neighbour_fails_at"].replace("*", r"\*")
    return f"{seen['verdict']}: {evidence}; its false neighbour is refuted: {fails_at}"


def laws(theorem: dict[str, Any]) -> str:
    """`pinsker, 100 examples`, one after the other."""
    return "; ".join(f"{law['key']}, {law['examples']} examples" for law in theorem["laws"])


def experiment(theorem: dict[str, Any]) -> str:
    """`empirical: 4 numbers as expected, its negation fails`, or nothing without one."""
    seen = theorem["experiment"]
    return f"{seen['key']}: {seen['evidence']}" if seen else ""


class LedgerDirective(SphinxDirective):
    """Takes neither arguments nor content."""

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.app.outdir).parent / "ledger.json"
        if not path.exists():
            raise self.error(f"{path} is missing: build the book with `python book/build.py`, which writes it")
        self.env.note_dependency(str(path))
        theorems = json.loads(path.read_text("utf8"))["theorems"]
        parsed = self.parse_text_to_nodes("\n".join(markdown(theorems)))
        (table,) = (table for node in parsed for table in node.findall(nodes.table))
        table["classes"].append("ledger")
        (body,) = table.findall(nodes.tbody)
        for row, theorem in zip(body.children, theorems, strict=True):
            row["ids"].append(f"ledger-{theorem['key']}")
        return parsed


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("ledger", LedgerDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
