"""Exercises: three a chapter, hint and solution folded; each checked one has a checker that tells stub from solution.

A page isn't run whole. What a checker needs are the page's imports and functions, and the stub, or what the solution
defines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from unittest.mock import MagicMock

import pytest

from ganmath.laws.report import Report
from ganmath.notebooks.cells import Cell, cells_of
from ganmath.notebooks.contents import Page, pages

EXERCISE = re.compile(
    r"```\{exercise-start\} (?P<title>[^\n]+)\n:label: ex-(?P<label>[\w-]+)\n```\n(?P<task>.*?)"
    r"```\{exercise-end\}\n```\n\s*```\{solution-start\} ex-(?P=label)\n(?P<options>(?::[^\n]+\n)+)```\n"
    r"(?P<solution>.*?)```\{solution-end\}\n```\n(?P<after>.*?)(?=```\{exercise-start\}|:::|\Z)",
    re.DOTALL,
)
CHAPTERS = [page for page in pages() if page.number]
BY_TRAINING = "ex-my-gan"  # judged by the exact distance that its training reaches, not by a law


@dataclass(frozen=True)
class Exercise:
    """An exercise of a page, by its parts."""

    page: Page
    title: str
    label: str
    task: str
    options: str
    solution: str
    after: str

    def __str__(self) -> str:
        return f"{self.page.name}-{self.label}"

    @property
    def is_checked(self) -> bool:
        return self.title.endswith(", checked")


def exercises(page: Page) -> list[Exercise]:
    parts = Exercise.__dataclass_fields__.keys() - {"page", "label"}
    return [
        Exercise(page=page, label=f"ex-{found['label']}", **{part: found[part] for part in parts})
        for found in EXERCISE.finditer(page.text())
    ]


CHECKED = [exercise for page in CHAPTERS for exercise in exercises(page) if exercise.is_checked]
BY_LAWS = [exercise for exercise in CHECKED if exercise.label != BY_TRAINING]


def tagged(text: str, tag: str) -> list[str]:
    return [cell.source for cell in cells_of(text) if cell.is_code and tag in cell.tags]


def definitions(cells: Iterable[str], kinds: tuple[type[ast.stmt], ...]) -> str:
    """The statements of these kinds, in their order."""
    return "\n".join(ast.unparse(node) for cell in cells for node in ast.parse(cell).body if isinstance(node, kinds))


def names_of(exercise: Exercise) -> dict[str, Any]:
    """What a student's notebook has imported, and the functions that the page defines."""

    def is_for_students(cell: Cell) -> bool:
        return cell.is_code and not {"solution", "checker"} & set(cell.tags)

    names: dict[str, Any] = {}
    cells = [cell.source for cell in cells_of(exercise.page.text()) if is_for_students(cell)]
    exec(definitions(cells, (ast.Import, ast.ImportFrom, ast.FunctionDef)), names)
    return names


def with_stub(exercise: Exercise) -> dict[str, Any]:
    names = names_of(exercise)
    (stub,) = tagged(exercise.task, "stub")
    exec(definitions([stub], (ast.FunctionDef,)), names)
    return names


def with_solution(exercise: Exercise) -> dict[str, Any]:
    names = names_of(exercise)
    solved = tagged(exercise.solution, "solution")
    exec(definitions(solved, (ast.Import, ast.ImportFrom, ast.FunctionDef)), names)
    return names


def outcomes(exercise: Exercise, names: dict[str, Any]) -> list[Any]:
    """What each cell of the checker shows."""
    found = []
    for source in tagged(exercise.after, "checker"):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, exercise.label, "exec"), names)
        if isinstance(last, ast.Expr):
            found.append(eval(compile(ast.Expression(last.value), exercise.label, "eval"), names))
    return found


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
def test_a_chapter_has_three_exercises_with_hint_and_solution_folded(page: Page) -> None:
    found = exercises(page)
    assert len(found) == page.text().count("```{exercise-start}") >= 3
    for exercise in found:
        assert exercise.task.count("```{dropdown} Hint") == 1, exercise
        assert ":class: dropdown" in exercise.options, exercise


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
def test_a_chapter_has_an_exercise_that_laws_check(page: Page) -> None:
    checked = [exercise for exercise in exercises(page) if exercise.is_checked]
    assert checked
    checkers = [cell for exercise in checked for cell in tagged(exercise.after, "checker")]
    assert all(tagged(exercise.after, "checker") for exercise in checked)
    assert any("check_laws(" in cell for cell in checkers) or [one.label for one in checked] == [BY_TRAINING]
    for exercise in exercises(page):
        assert exercise.is_checked or not tagged(exercise.after, "checker"), exercise


@pytest.mark.parametrize("exercise", CHECKED, ids=str)
def test_the_stub_is_not_implemented(exercise: Exercise) -> None:
    (stub,) = tagged(exercise.task, "stub")
    names = with_stub(exercise)
    call = ast.parse(stub).body[-1]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    made_before = {node.id: MagicMock() for node in ast.walk(call) if isinstance(node, ast.Name)}
    with pytest.raises(NotImplementedError, match="your turn"):
        eval(compile(ast.Expression(call.value), exercise.label, "eval"), made_before | names)


@pytest.mark.parametrize("exercise", BY_LAWS, ids=str)
def test_the_checker_fails_the_stub_and_passes_the_solution(exercise: Exercise) -> None:
    for report in outcomes(exercise, with_stub(exercise)):
        assert isinstance(report, Report)
        assert not report.ok
        assert report.verdict == "not written yet"
    reports = outcomes(exercise, with_solution(exercise))
    assert reports
    for report in reports:
        report.raise_if_broken()


def by_training(names: Any, capsys: pytest.CaptureFixture[str]) -> list[str]:
    (exercise,) = (exercise for exercise in CHECKED if exercise.label == BY_TRAINING)
    outcomes(exercise, names(exercise))
    return capsys.readouterr().out.splitlines()


def test_the_checker_by_training_fails_the_stub(capsys: pytest.CaptureFixture[str]) -> None:
    assert by_training(with_stub, capsys) == ["my_gan: not written yet"]


@pytest.mark.long
def test_the_checker_by_training_passes_the_solution(capsys: pytest.CaptureFixture[str]) -> None:
    lines = by_training(with_solution, capsys)
    assert len(lines) == 3
    assert all(line.endswith(" ok") for line in lines), lines


def test_a_solution_that_is_wrong_does_not_pass() -> None:
    (exercise,) = (exercise for exercise in BY_LAWS if exercise.label == "ex-my-js")
    names = with_solution(exercise)
    right = names["my_js"]
    names["my_js"] = lambda p, q: 2 * right(p, q)
    assert not any(report.ok for report in outcomes(exercise, names))
