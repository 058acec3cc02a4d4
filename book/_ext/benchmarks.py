"""The directive `{benchmarks}`: a table of the results that `python -m tests.benchmarks --record` wrote.

Its argument names the table, or `conditions` for the sentence on machine and versions. With the option `:only:` it
shows the rows of which one of the words there is true: `missed`, a goal was not met; `slower`, a peer was faster.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

RESULTS = "data/benchmarks.json"  # below the book's folder
KINDS = {"missed": lambda row: row["met"] is False, "slower": lambda row: row["slower"] is True}


def conditions(results: dict[str, Any]) -> str:
    """When and on what the numbers were measured."""
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    cores = f"{results['cores']} core{'s' * (results['cores'] > 1)}"
    machine = f"one thread of a machine with {cores} ({results['processor']})"
    own = [f'"{table["title"]}" on {table["date"]}' for table in results["tables"].values() if "date" in table]
    later = f" Measured later, on the same machine: {'; '.join(own)}." if own else ""
    return f"Measured on {results['date']} on {machine}, with {versions}.{later}"


def selected(table: dict[str, Any], only: list[str]) -> list[dict[str, Any]]:
    """The rows to which one of the words applies; all where there is no word."""
    return [row for row in table["rows"] if not only or any(KINDS[word](row) for word in only)]


def markdown(columns: list[str], rows: list[dict[str, Any]]) -> list[str]:
    """The table as MyST lines."""
    header, *body = (map(unbroken, cells) for cells in (columns, *(row["cells"] for row in rows)))
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(columns), *body)]


def unbroken(cell: str) -> str:
    """The cell with minus signs for hyphens before digits, and `3 < 0` held together: lines break at both.

    A long name breaks behind an underscore, and not within a word.
    """
    if "`" not in cell:
        cell = re.sub(r"(?<=[a-z]_)(?=[a-z])", "\N{ZERO WIDTH SPACE}", cell)
    cell = re.sub(r"(?<![a-z])-(?=\d)|(?<=\de)-(?=\d)", "−", cell)
    return re.sub(r"(?<=\d) (?=NaN|inf|finite|<|not|[mµ]?s$|MB)|(?<=<) (?=0)", "\N{NO-BREAK SPACE}", cell)


class BenchmarksDirective(SphinxDirective):
    """Takes the name of a table."""

    required_arguments = 1
    option_spec: ClassVar = {"only": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir) / RESULTS
        if not path.exists():
            raise self.error(f"{path} is missing: python -m tests.benchmarks --record book/{RESULTS}")
        self.env.note_dependency(str(path))
        results = json.loads(path.read_text("utf8"))
        if results["quick"]:
            raise self.error(f"{path} holds a quick run, which measures nothing: record it without --quick")
        (name,) = self.arguments
        if name == "conditions":
            return self.parse_text_to_nodes(conditions(results))
        if name not in results["tables"]:
            raise self.error(f"{path} has no table {name!r}; it has {', '.join(results['tables'])}")
        table, only = results["tables"][name], self.options.get("only", "").split()
        rows = selected(table, only)
        if not rows:
            return self.parse_text_to_nodes("None.")
        parsed = self.parse_text_to_nodes("\n".join(markdown(table["columns"], rows)))
        (drawn,) = (found for node in parsed for found in node.findall(nodes.table))
        drawn["classes"] += ["results", f"results-{name}"]
        (body,) = drawn.findall(nodes.tbody)
        for node, row in zip(body.children, rows, strict=True):
            node["classes"] += [kind for kind, applies in KINDS.items() if applies(row)]
            node["classes"] += ["ours"] * (row["cells"][1] == "ganmath")
        return parsed


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("benchmarks", BenchmarksDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
