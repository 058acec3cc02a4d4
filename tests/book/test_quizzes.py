"""The quizzes: every chapter has one, and the directive refuses what isn't a quiz of five explained questions."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from docutils import nodes
from docutils.transforms.universal import SmartQuotes
from docutils.utils import new_document

from ganmath.notebooks import quizzes
from ganmath.notebooks.cells import notebook
from tests.scripts import extension

BOOK = Path(__file__).resolve().parents[2] / "book"
directive = extension("quizzes")

CONTENTS = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
CHAPTERS = [entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"] if part.get("numbered")]
QUIZ = re.compile(r"^## Quiz\n\n:::\{quiz\}\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
LARGEST_SCRIPT = 3000


def source(chapter: str) -> str:
    return (BOOK / f"{chapter}.md").read_text("utf8")


def quiz_of(chapter: str) -> list[str]:
    (quiz,) = QUIZ.findall(source(chapter))
    return quiz.splitlines()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_chapter_has_one_quiz_before_the_note_for_instructors(chapter: str) -> None:
    text = source(chapter)
    questions = quizzes.read(quiz_of(chapter))
    assert len(questions) == 5
    assert all(3 <= len(question.answers) <= 4 for question in questions)
    assert text.count("{quiz}") == 1
    headings = ["{exercise-end}", "{admonition} Misconception", "## Quiz", "{admonition} For instructors"]
    places = [text.rindex(heading) for heading in headings]
    assert places == sorted(places)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_place_of_the_right_answer_tells_nothing(chapter: str) -> None:
    questions = quizzes.read(quiz_of(chapter))
    places = Counter(next(i for i, answer in enumerate(q.answers) if answer.is_right) for q in questions)
    assert len(places) >= 3
    assert max(places.values()) <= 2


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_longest_answer_is_not_always_the_right_one(chapter: str) -> None:
    questions = quizzes.read(quiz_of(chapter))
    assert sum(max(q.answers, key=lambda answer: len(answer.text)).is_right for q in questions) <= 3


SOUND = [
    line
    for number in range(1, 6)
    for line in (
        f"{number}. Is $x = {number}$",
        "   or not?",
        "   - [ ] No",
        "     > It is.",
        "   - [x] Yes,",
        "     it is",
        "     > Because",
        "     > it is.",
    )
]


def test_a_quiz_is_read_with_all_its_lines() -> None:
    first, *others = quizzes.read(SOUND)
    assert len(others) == 4
    assert first.text == "Is $x = 1$\nor not?"
    assert [answer.text for answer in first.answers] == ["No", "Yes,\nit is"]
    assert [answer.is_right for answer in first.answers] == [False, True]
    assert [answer.reason for answer in first.answers] == ["It is.", "Because\nit is."]


def changed(old: str, new: str) -> list[str]:
    """The sound quiz with the third question changed."""
    return [*SOUND[:16], *(line.replace(old, new) for line in SOUND[16:24] if line.replace(old, new)), *SOUND[24:]]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (SOUND[:-8], "5 questions, this one has 4"),
        ([*SOUND, *(line.replace("5. Is", "6. Is") for line in SOUND[-8:])], "5 questions, this one has 6"),
        ([], "this one has 0"),
        (changed("[x]", "[ ]"), "question 3 has 0 right answers"),
        (changed("[ ]", "[x]"), "question 3 has 2 right answers"),
        (changed("     > It is.", ""), r"question 3: answer \(a\) is not explained"),
        (changed("- [ ] No", "- No"), "question 3: '- No' is marked neither"),
        (changed("- [x]", "- [X]"), "question 3: .* is marked neither"),
        (changed("3. ", "4. "), "question 3 has the number 4"),
        (changed("- [", "["), "question 3 needs 2 to 6 answers"),
        ([*SOUND[:2], *["   - [ ] No", "     > It is."] * 7, *SOUND[2:]], "question 1 needs 2 to 6 answers"),
        (["Some words.", *SOUND], "begins with `1. `"),
    ],
)
def test_a_malformed_quiz_is_refused_by_name(lines: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        quizzes.read(lines)


def test_a_notebook_lists_the_questions_and_folds_the_answers() -> None:
    page = "\n".join(["---", "file_format: mystnb", "---", "# Page", "", ":::{quiz}", *SOUND, ":::", "", "The end."])
    cells = notebook(page.replace("Because", r"By {prf:ref}`a theorem <thm-a>`, $\KL$"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells)
    asked, folded = prose.split("<details>\n<summary>All answers</summary>\n\n")
    assert "1. Is $x = 1$\n   or not?\n   - (a) No\n   - (b) Yes,\n     it is\n" in asked
    assert "right" not in asked
    assert "1. The answers:\n   - ✗ (a) isn't right. It is.\n   - ✓ (b) is right. By a theorem, $\\op" in folded
    assert folded.split("\n</details>\n\n")[1].strip() == "The end."


def test_the_quotes_of_an_answer_are_curled_like_all_others() -> None:
    page = new_document("page")
    page.settings.smart_quotes, page.settings.smartquotes_locales = True, []
    label = directive.of("label", directive.of("span", nodes.Text("(a) "), nodes.Text('"It can\'t."')))
    page += directive.of("div", label, classes="quiz")
    SmartQuotes(page, page).apply()
    assert page.astext() == "(a) “It can’t.”"


def test_the_script_is_small_and_classic() -> None:
    script = (BOOK / "scripts" / "quizzes.js").read_text("utf8")
    assert len(script.encode()) <= LARGEST_SCRIPT
    assert not re.search(
        r"^\s*(import|export)\b|localStorage|sessionStorage|cookie|fetch|XMLHttp", script, re.MULTILINE
    )
