"""The directive `{quiz}`: five questions that need no kernel.

    :::{quiz}
    1. A question, one paragraph, with $x$ if need be.
       - [ ] An answer.
         > Why it is wrong.
       - [x] The right answer, marked.
         > Why it is right.
    :::

A quiz is refused, with the number of the question, unless it has five questions, each of them one right answer, and
each answer a reason. In the page a question is a `fieldset` of radio buttons, and all reasons stand folded at the
end; `scripts/quizzes.js`, loaded where there is a quiz, adds a button that shows the reason for the chosen answer.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ganmath.notebooks.quizzes import read


class Tag(nodes.General, nodes.TextElement):
    """An element of HTML, written as it is: its name, `tag`, and its `attributes`. It curls its quotes."""


def open_element(writer: Any, node: Tag) -> None:
    writer.body.append(writer.starttag(node, node["tag"], "", empty=node["tag"] == "input", **node["attributes"]))


def close_element(writer: Any, node: Tag) -> None:
    if node["tag"] != "input":
        writer.body.append(f"</{node['tag']}>\n")


def of(tag: str, *children: nodes.Node, classes: str = "", **attributes: str) -> Tag:
    return Tag("", "", *children, tag=tag, classes=classes.split(), attributes=attributes)


class QuizDirective(SphinxDirective):
    """Takes no arguments; its content is the list of questions."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        try:
            questions = read(list(self.content))
        except ValueError as error:
            raise self.error(str(error)) from None
        name = f"quiz-{self.env.new_serialno('quiz') + 1}"
        reasons = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        quiz = of("div", classes="quiz")
        for number, question in enumerate(questions, start=1):
            fields = of("fieldset", of("legend", nodes.strong("", f"{number}. "), *self.inline(question.text)))
            reason = nodes.list_item()
            for letter, answer in question.lettered():
                button = of(
                    "input",
                    type="radio",
                    name=f"{name}-{number}",
                    value="right" if answer.is_right else "wrong",
                    autocomplete="off",
                )
                text = of("span", nodes.Text(f"({letter}) "), *self.inline(answer.text))
                fields += of("label", button, text)
                verdict = nodes.strong("", answer.verdict(letter))
                reason += nodes.paragraph("", "", verdict, nodes.Text(" "), *self.inline(answer.reason))
            quiz += fields
            reasons += reason
        quiz += of("details", of("summary", nodes.Text("All answers")), reasons)
        return [quiz]

    def inline(self, text: str) -> list[nodes.Node]:
        """The text's content. A legend and a label hold no paragraphs, so it may be one and no more."""
        parsed = self.parse_text_to_nodes(text)
        if len(parsed) != 1 or not isinstance(parsed[0], nodes.paragraph):
            raise self.error(f"not one paragraph, in a quiz: {text!r}")
        return list(parsed[0].children)


def add_files(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    if doctree is not None and any(node["classes"] == ["quiz"] for node in doctree.findall(Tag)):
        app.add_js_file("quizzes.js", loading_method="defer")
        app.add_css_file("quizzes.css")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(Tag, html=(open_element, close_element))
    app.add_directive("quiz", QuizDirective)
    app.connect("html-page-context", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
