"""The prose of a page for Jupyter, which knows Markdown and mathematics but no directive.

A theorem becomes a quotation, a solution or the answers of a quiz a block that unfolds, a reference its text, a link to
a page one to its notebook, where that lies beside, else its text, a macro of the book's what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ganmath.notebooks.minutes import said
from ganmath.notebooks.quizzes import markdown as quiz

# The few symbols that the pages share, so that one notation table holds for all of them.
MACROS = {
    "E": r"\operatorname{\mathbb{E}}",
    "KL": r"\operatorname{KL}",
    "JS": r"\operatorname{JS}",
    "TV": r"\operatorname{TV}",
    "BC": r"\operatorname{BC}",
    "dd": r"\,\mathrm{d}",
}

OPENING = re.compile(r"^(?P<fence>:{3,}|`{3,})\{(?P<name>[\w:-]+)\}[ \t]*(?P<argument>.*)$")
OPTION = re.compile(r"^:[\w-]+:")
ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}`(?P<text>[^`]+)`")
SPAN = re.compile(r"\[(?P<text>[^\]]+)\]\{\.[\w -]+\}")
LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]+)\]"
    r"\((?:(?:[\w.-]+/)*(?P<page>\w+)\.md(?:#[\w-]+)?|#[\w-]+|[a-z]{2,}(?:-[a-z0-9]+)+)\)"  # or a label of the book
)
LABEL = re.compile(r"^\([\w:-]+\)=\s*$", re.MULTILINE)
EQUATION = re.compile(r"^\$\$ \((?P<label>[\w-]+)\)[ \t]*$", re.MULTILINE)
REFERENCE = re.compile(r"\{eq\}`(?P<label>[\w-]+)`")
MACRO = re.compile(rf"\\({'|'.join(MACROS)})(?![A-Za-z])")

# What a reader of the notebook sees in place of a directive that only the book can carry out.
OMITTED = {
    "benchmarks": "This is a table of the book; `python -m tests.benchmarks` prints it.",
    "claims": "Here the book has a list of claims.",
    "erratum": "Here the book says what was printed where.",
    "ledger": "The ledger itself is printed by `ganmath verify`.",
    "interactive": "Here the book has a figure that one can move.",
    "bibliography": "The references are listed in the book.",
    "tableofcontents": "",
    "toctree": "",
}
LINES = {
    "exercise-start": "**Exercise.**",
    "solution-start": "**Solution.**",
    "exercise-end": "",
    "solution-end": "",
}
FOLDED = {"solution": "Solution", "dropdown": ""}


def numbered(text: str) -> str:
    """The labelled equations of a page tagged (1), (2), ... in their order, and references to them by their number."""
    number = {label: place for place, label in enumerate(EQUATION.findall(text), start=1)}
    tagged = EQUATION.sub(lambda end: rf"\tag{{{number[end['label']]}}}" + "\n$$", text)
    return REFERENCE.sub(lambda to: f"({number[to['label']]})" if to["label"] in number else to[0], tagged)


def plain(markdown: str, beside: Mapping[str, str] | None = None) -> str:
    """MyST without directives and roles: what Jupyter and any other Markdown reader can show.

    ``beside`` are the files of the notebooks in the same folder, by the names of their pages.

    >>> plain("By [chapter 7](../chapters/jsd_reduction.md#gap).", {"jsd_reduction": "07_jsd_reduction.ipynb"})
    'By [chapter 7](07_jsd_reduction.ipynb).'
    >>> plain("By [chapter 7](jsd_reduction.md).")
    'By chapter 7.'
    """

    def linked(to: re.Match[str]) -> str:
        file = (beside or {}).get(to["page"] or "")
        return f"[{to['text']}]({file})" if file else to["text"]

    written_out = MACRO.sub(lambda macro: MACROS[macro[1]], LINK.sub(linked, LABEL.sub("", markdown)))
    return "\n".join(_blocks(ROLE.sub(_role, written_out).split("\n"))).strip()  # a role may go on over a line


def _blocks(lines: list[str]) -> Iterator[str]:
    index = 0
    while index < len(lines):
        opening = OPENING.match(lines[index])
        if opening is None:
            yield SPAN.sub(r"\g<text>", lines[index])
            index += 1
            continue
        fence = opening["fence"]
        end = index + 1
        while end < len(lines) and not re.match(rf"^{fence[0]}{{{len(fence)},}}\s*$", lines[end]):
            end += 1
        yield from _directive(opening["name"], opening["argument"].strip(), lines[index + 1 : end])
        index = end + 1


def _directive(name: str, argument: str, body: list[str]) -> Iterator[str]:
    while body and (OPTION.match(body[0]) or not body[0].strip()):
        body = body[1:]
    if name in OMITTED or name in LINES:
        yield OMITTED.get(name, LINES.get(name, ""))
    elif name == "math":
        yield from ("$$", *body, "$$")
    elif name == "quiz":
        yield from _blocks(list(quiz(body)))
    elif name in ("image", "figure"):
        yield from body
    elif name in FOLDED:
        summary = FOLDED[name] or argument or "Show"
        yield from ("<details>", f"<summary>{summary}</summary>", "", *_blocks(body), "", "</details>")
    else:
        # The blank lines keep the quotation apart from what stands around it.
        yield from ("", f"> **{_title(name, argument)}**", ">")
        yield from (f"> {line}".rstrip() for line in _blocks(body))
        yield ""


def _title(name: str, argument: str) -> str:
    kind = name.removeprefix("prf:")
    if kind == "admonition":
        return argument
    return f"{kind.capitalize()}{f' ({argument})' if argument else ''}."


def _role(found: re.Match[str]) -> str:
    name, text = found["name"], found["text"]
    if name == "math":
        return f"${text}$"
    if name == "minutes":
        return said(text)
    titled = re.match(r"(?P<title>.+?)\s*<[^<>]+>$", text, re.DOTALL)
    if titled:
        return titled["title"]
    if name.startswith("cite"):
        return "(" + "; ".join(key.strip() for key in text.split(",")) + ")"
    if name in ("ref", "numref", "prf:ref", "doc", "eq"):
        return text.rsplit("/", 1)[-1].removeprefix("thm-").replace("-", " ").replace("_", " ")
    return f"`{text}`"
