"""The role `{minutes}`: how long chapters take, from the notes at their ends (`ganmath.notebooks.minutes`).

It takes the chapters' file names, with commas between, and writes the sums.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from ganmath.notebooks.minutes import said, sources


class MinutesRole(SphinxRole):
    """Becomes text such as `18 min + 14 s`, on one line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        for path in sources(self.text):
            self.env.note_dependency(str(path))
        try:
            return [nodes.Text(said(self.text).replace(" ", "\N{NO-BREAK SPACE}"))], []
        except ValueError as error:
            message = self.inliner.reporter.error(f"minutes: {error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_role("minutes", MinutesRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
