"""`check_laws` catches what a class gets wrong, shows the smallest counterexample, and accuses nobody who is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from ganmath.laws import check_laws
from ganmath.laws.report import WIDTH
from tests.laws.students import MUTANTS, RIGHT
from tests.laws.students.mutant import Mutant
from tests.laws.students.screen import fits_a_screen

CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"
PINNED = f"hypothesis=={hypothesis.__version__}" in CONSTRAINTS.read_text("utf-8").splitlines()
SUBJECTS = list(dict.fromkeys(mutant.subject for mutant in MUTANTS))
KINDS = {
    "wrong base", "factor 2", "root", "swapped arguments", "clipped zeros", "smoothing", "dropped normalisation",
    "wrong mixture", "missing abs", "NaN at 0", "wrong axis", "sorted inputs", "rounding", "capped value",
}  # fmt: skip


def size(arguments: tuple[Any, ...]) -> int:
    """How many numbers the arguments are."""
    return sum(len(one) if isinstance(one, list) else 1 for one in arguments)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_caught_with_its_smallest_counterexample_and_one_cause(mutant: Mutant) -> None:
    report = check_laws(mutant.function, mutant.subject)
    assert not report.ok
    assert report.broken[0].law.key == "definition"
    assert report.cause
    assert report.cause == str(report).splitlines()[1].strip() or len(report.cause) > WIDTH - 2
    assert fits_a_screen(report)
    if PINNED:
        assert report.calls[0].arguments == mutant.at
        assert mutant.says in report.cause
    assert size(report.calls[0].arguments) <= size(mutant.at)


def test_each_kind_of_mistake_is_planted_in_several_functions() -> None:
    planted = Counter(kind for kind, _ in {(mutant.kind, mutant.subject) for mutant in MUTANTS})
    assert planted.keys() >= KINDS
    assert all(planted[kind] >= 4 for kind in KINDS)
    names = Counter(map(str, MUTANTS))
    assert max(names.values()) == 1


def caught(mutants: list[Mutant], seeds: range) -> float:
    """The share of those that are caught."""
    reports = [check_laws(mutant.function, mutant.subject, seed=seed) for mutant in mutants for seed in seeds]
    missed = [(str(mutant), seed) for mutant in mutants for seed in seeds]
    print("missed:", [who for who, report in zip(missed, reports, strict=True) if report.ok])
    return sum(not report.ok for report in reports) / len(reports)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_other_examples_catch_them_too(subject: str) -> None:
    assert caught([mutant for mutant in MUTANTS if mutant.subject == subject], range(1, 2)) >= 0.97


@pytest.mark.long
def test_of_all_mutants_97_in_a_hundred_are_caught_over_twenty_seeds() -> None:
    assert caught(MUTANTS, range(20)) >= 0.97


@pytest.mark.parametrize(("subject", "function"), RIGHT, ids=lambda one: getattr(one, "__name__", one))
def test_a_right_one_is_not_accused(subject: str, function: Callable[..., Any]) -> None:
    for seed in range(5):
        report = check_laws(function, subject, seed=seed)
        assert report.ok, report
        assert report.score == 1.0
        assert fits_a_screen(report)


@pytest.mark.long
@pytest.mark.parametrize("subject", dict.fromkeys(subject for subject, _ in RIGHT))
def test_the_right_ones_are_not_accused_over_two_hundred_seeds(subject: str) -> None:
    functions = [function for name, function in RIGHT if name == subject]
    # Seed by seed: the examples of one are drawn once for all functions.
    accused = [(f, seed) for seed in range(200) for f in functions if not check_laws(f, subject, seed=seed).ok]
    assert not accused


@pytest.mark.parametrize("name", ["kl", "js", "total_variation", "hellinger", "wasserstein", "optimal_discriminator"])
def test_there_are_right_ones_in_several_styles(name: str) -> None:
    assert sum(subject == name for subject, _ in RIGHT) >= 7


@pytest.mark.parametrize(
    ("subject", "name", "convention"),
    [
        ("js", "in_bits", "bits"),
        ("js", "distance", "distance"),
        ("js", "distance_in_bits", ("distance", "bits")),
        ("kl", "in_bits", "bits"),
        ("total_variation", "l1", "l1"),
        ("hellinger", "unnormalised", "unnormalised"),
        ("hellinger", "squared", "squared"),
        ("hellinger", "twice_the_square", ("squared", "unnormalised")),
        ("bce_with_logits", "in_bits", "bits"),
    ],
)
def test_a_convention_is_named_and_then_holds(subject: str, name: str, convention: Any) -> None:
    mutant = next(mutant for mutant in MUTANTS if str(mutant) == f"{subject}-{name}")
    report = check_laws(mutant.function, subject)
    assert report.cause.endswith(f" (if that is meant: convention={convention!r})")
    assert str(report).replace("\n", " ").count("convention=") == 1
    meant = check_laws(mutant.function, subject, convention=convention)
    assert meant.ok, meant


def test_a_convention_that_is_not_followed_is_a_mistake() -> None:
    right = next(function for subject, function in RIGHT if subject == "js")
    report = check_laws(right, "js", convention="bits")
    assert not report.ok
    assert re.search(r"gives 0\.\d+, which means 0\.\d+; right is 0\.\d+", " ".join(str(report).split()))
