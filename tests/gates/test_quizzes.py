"""The quizzes in a real browser: by keyboard alone, without script, on paper; and a malformed one stops the build."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.book.test_quizzes import CHAPTERS, SOUND, quiz_of, quizzes
from tests.gates.visit import PHONE, Visit

PAGE = "\n".join(["# A page", "", "## Quiz", "", ":::{quiz}", *SOUND, ":::", ""])

# A formula doesn't break, and a box that scrolls would be one more stop for the keyboard.
TOO_WIDE = """() => [...document.querySelectorAll(".quiz mjx-container")].filter((formula) => {
  const box = formula.closest("p, label, legend, [role=status]");
  return formula.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}).map((formula) => formula.parentElement.parentElement.textContent)"""


def built(build: Any, small: Path, page: str = PAGE) -> str:
    (small / "index.md").write_text(page, "utf8")
    assert build.pages(small, small / "_build") == 0
    return (small / "_build" / "html" / "index.html").as_uri()


def focused(page: Any) -> str:
    """What has the focus: the type of an input, or the words on a button."""
    return str(page.evaluate("document.activeElement.type === 'radio' ? 'radio' : document.activeElement.textContent"))


def answer(page: Any, question: int, choice: int) -> str:
    """Answers a question with the keys that a reader has, from the first radio button on; the reason that is read."""
    radio = page.locator(".quiz fieldset").nth(question).locator("input")
    for _ in range(choice):
        page.keyboard.press("ArrowDown")
    if not choice:
        page.keyboard.press("Space")
    assert radio.nth(choice).is_checked()
    page.keyboard.press("Tab")
    assert focused(page) == "Check"
    page.keyboard.press("Space")
    return str(page.locator(".quiz fieldset").nth(question).get_by_role("status").inner_text())


def take(page: Any, choices: list[int]) -> list[str]:
    """The whole quiz by keyboard: Tab from one question to the next, with the focus on the first radio button."""
    said = []
    for question, choice in enumerate(choices):
        assert focused(page) == "radio"
        said.append(answer(page, question, choice))
        page.keyboard.press("Tab")
    assert focused(page) == "Try again"
    return said


def score(page: Any) -> str:
    return str(page.locator(".quiz-end").get_by_role("status").inner_text())


def sit_through(visit: Visit, questions: list[Any]) -> None:
    """Every answer of a quiz is chosen once, and the score is what the source says it must be."""
    page = visit.page
    page.locator(".quiz input").first.focus()
    for attempt in range(max(len(question.answers) for question in questions)):
        choices = [(attempt + number) % len(question.answers) for number, question in enumerate(questions)]
        right = [question.answers[choice].is_right for question, choice in zip(questions, choices, strict=True)]
        assert score(page) == f"0 right at the first try, 0 of {len(questions)} answered."
        for reason, choice, is_right in zip(take(page, choices), choices, right, strict=True):
            verdict = f"✓ ({'abcd'[choice]}) is right." if is_right else f"✗ ({'abcd'[choice]}) isn’t right."
            assert reason.startswith(verdict)
            assert len(reason) > len(verdict) + 5
        assert score(page) == f"{sum(right)} right at the first try, {len(questions)} of {len(questions)} answered."
        page.keyboard.press("Space")  # on "Try again", after which the first question has the focus
    assert page.locator(".quiz input:checked").count() == 0
    assert visit.faults("rawText()", "mathematics()") == []
    assert visit.strangers() == []
    assert visit.messages == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_answer_of_each_chapter_is_given_by_keyboard(browser: Any, html: Path, chapter: str) -> None:
    with Visit(browser, (html / f"{chapter}.html").as_uri()) as visit:
        sit_through(visit, quizzes.read(quiz_of(chapter)))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_explained_quiz_fits_a_phone(browser: Any, html: Path, chapter: str) -> None:
    with Visit(browser, (html / f"{chapter}.html").as_uri(), PHONE, "dark") as visit:
        for question in visit.page.locator(".quiz fieldset").all():
            question.locator("input").last.check()
            question.get_by_role("button").click()
        visit.page.locator(".quiz summary").click()
        assert visit.faults("width()", "contrast()") == []
        assert visit.page.evaluate(TOO_WIDE) == []
        assert visit.barriers(".quiz") == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_questions_and_answers_have_the_quotes_of_prose(html: Path, chapter: str) -> None:
    words = re.sub(r"<code.*?</code>|\\\(.*?\\\)", "", (html / f"{chapter}.html").read_text("utf8"), flags=re.DOTALL)
    asked = re.findall(r"<legend>.*?</legend>|<label>.*?</label>", words, flags=re.DOTALL)
    assert len(asked) >= 15
    assert [words for words in asked if re.search("['\"]", re.sub("<[^>]*>", "", words))] == []


def test_a_quiz_works_and_is_named_for_a_screen_reader(browser: Any, build: Any, small: Path) -> None:
    with Visit(browser, built(build, small)) as visit:
        group = visit.page.get_by_role("group", name="1. Is")
        assert group.get_by_role("radio", name="(b) Yes, it is").count() == 1
        group.get_by_role("button", name="Check question 1").click()
        assert group.get_by_role("status").inner_text() == "Choose an answer first."
        visit.page.get_by_role("button", name="Try again").click()
        sit_through(visit, quizzes.read(SOUND))
        assert visit.barriers(".quiz") == []


def test_another_choice_takes_the_reason_away_and_the_first_try_counts(browser: Any, build: Any, small: Path) -> None:
    with Visit(browser, built(build, small)) as visit:
        first = visit.page.locator(".quiz fieldset").first
        for choice, said in ((0, "✗ (a) isn’t right."), (1, "✓ (b) is right.")):
            first.locator("input").nth(choice).check()
            assert first.get_by_role("status").inner_text() == ""
            first.get_by_role("button").click()
            assert first.get_by_role("status").inner_text().startswith(said)
            assert score(visit.page) == "0 right at the first try, 1 of 5 answered."


def test_without_script_the_answers_are_there_folded(browser: Any, build: Any, small: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built(build, small))
    assert page.get_by_role("radio").count() == 10
    assert page.get_by_role("button", name="Check").count() == 0
    assert not page.get_by_text("(b) is right.").first.is_visible()
    page.get_by_text("All answers").click()
    assert page.get_by_text("(b) is right.").first.is_visible()
    context.close()


def test_on_paper_the_answers_are_open_and_the_buttons_gone(browser: Any, build: Any, small: Path) -> None:
    with Visit(browser, built(build, small)) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.get_by_text("(b) is right.").first.is_visible()
        assert visit.page.locator(".quiz button:visible").count() == 0
        visit.page.emulate_media(media="screen")
        assert not visit.page.get_by_text("(b) is right.").first.is_visible()


def test_a_page_without_a_quiz_loads_nothing_for_it(build: Any, small: Path) -> None:
    built(build, small, "# A page\n\nWith text.\n")
    assert "quizzes." not in (small / "_build" / "html" / "index.html").read_text("utf8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("     > It is.\n", "", "question 1: answer (a) is not explained"),
        ("5. Is", "   Is", "question 4 has 2 right answers"),
        ("Yes,", "```python", "not one paragraph"),
    ],
    ids=["no reason", "no number", "no paragraph"],
)
def test_a_malformed_quiz_stops_the_build(
    build: Any, small: Path, capfd: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    (small / "index.md").write_text(PAGE.replace(old, new), "utf8")
    assert build.pages(small, small / "_build") == 1
    assert message in capfd.readouterr().err
