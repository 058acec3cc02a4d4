"""`check_laws` survives what it is given: no numbers, exceptions, loops, prints, edits of its arguments."""

from __future__ import annotations

import contextlib
import functools
import math
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from ganmath.divergence import js
from ganmath.laws import check_laws
from tests.laws.students.right_js import js_loop as my_js
from tests.laws.students.screen import fits_a_screen


class Crash(Exception):
    """With a message of several lines."""


def crash(p: Any, q: Any) -> float:
    raise Crash("the first line\nthe second")


def leave(p: Any, q: Any) -> float:
    sys.exit("goodbye")


def interrupt(p: Any, q: Any) -> float:
    raise KeyboardInterrupt


def ask(p: Any, q: Any) -> float:
    return float(input("JS? "))


def one_by_one(p: Any, q: Any) -> Iterator[float]:
    yield from map(my_js, p, q)


def recursive(p: Any, q: Any) -> float:
    return recursive(p, q)


class Divergence:
    """A class itself, where a function is meant."""

    def __init__(self, p: Any, q: Any) -> None:
        self.value = my_js(p, q)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda p, q: math.nan, "NaN"),
        (lambda p, q: None, "returns None (is `return` missing?), not a number"),
        (lambda p, q: "0.69", "returns a str, not a number"),
        (lambda p, q: complex(my_js(p, q)), "returns complex "),
        (lambda p, q: my_js(p, q) > 0.3, "returns bool "),
        (lambda p, q: np.bool_(True), "returns bool True, not a number"),
        (lambda p, q: [my_js(p, q), 0.0], "returns a list of 2, not a number: is a sum or mean missing"),
        (lambda p, q: np.zeros(3), "returns an array of shape (3,), not a number: is a sum or mean missing"),
        (lambda p, q: {"js": my_js(p, q)}, "returns a dict, not a number"),
        (lambda p, q: my_js, "returns a function, not a number"),
        (lambda p, q: 10**400, "returns int 1000"),
        (lambda p: 0.0, "raises TypeError: "),
        (lambda p, q, base: 0.0, "raises TypeError: "),
        (lambda: 0.0, "raises TypeError: "),
        (crash, "raises Crash: the first line"),
        (leave, "raises SystemExit: goodbye"),
        (interrupt, "raises KeyboardInterrupt"),
        (ask, "raises EOFError"),
        (one_by_one, "returns a generator, not a number"),
        (recursive, "raises RecursionError: maximum recursion depth exceeded"),
        (Divergence, "returns a Divergence, not a number"),
    ],
)
def test_what_is_no_number_is_named(function: Callable[..., Any], words: str) -> None:
    report = check_laws(function, "js")
    assert not report.ok
    assert report.cause.startswith(words), report.cause
    assert "\n" not in report.cause
    assert fits_a_screen(report)
    assert words.split(":")[0].strip() in " ".join(str(report).split())


def while_true(p: Any, q: Any) -> float:
    while True:
        pass


def while_true_and_nothing_stops_it(p: Any, q: Any) -> float:
    while True:
        with contextlib.suppress(Exception):  # what stops it is no Exception
            math.sqrt(2)


def at_the_third(p: Any, q: Any) -> float:
    while len(p) > 2:
        pass
    return my_js(p, q)


@pytest.mark.parametrize("function", [while_true, while_true_and_nothing_stops_it, at_the_third])
def test_an_endless_loop_is_given_up_at_once(function: Callable[..., Any]) -> None:
    report = check_laws(function, "js", seconds=0.2)
    assert not report.ok
    assert report.score == 0.0
    assert report.cause == "no answer within 0.2 s: an endless loop?"
    assert len(report.untried) == 14
    assert f"{function.__name__}([" in str(report)
    assert fits_a_screen(report)


@pytest.mark.parametrize("thing", [None, 0.69, "js", [0.5, 0.5]])
def test_what_can_not_be_called_is_refused(thing: Any) -> None:
    with pytest.raises(TypeError, match=r"can't be called: give the function itself, check_laws\(my_js, laws='js'\)"):
        check_laws(thing, "js")


# ------------------------------------------------------------------------------------------------ good ones, oddly made


class Caller:
    """An object that is called like a function."""

    def __call__(self, p: Any, q: Any, base: float = math.e) -> float:
        return my_js(p, q) / math.log(base)

    def method(self, p: Any, q: Any) -> float:
        return my_js(p, q)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (Caller(), "Caller"),
        (Caller().method, "method"),
        (functools.partial(Caller(), base=math.e), "Caller"),
        (functools.partial(my_js), "js_loop"),
        (lambda p, q: my_js(p, q), "f"),
        (lambda *given: my_js(*given), "f"),
        (js, "js"),
    ],
)
def test_anything_that_is_called_like_it_will_do(function: Any, name: str) -> None:
    report = check_laws(function, "js")
    assert report.ok, report
    assert str(report).startswith(f"{name} as js: all 14 laws hold\n")
    report.raise_if_broken()


def edits(p: list[float], q: list[float]) -> float:
    value = my_js(p, q)
    p[0] = q[0] = 7.0
    q.clear()
    return value


def test_editing_arguments_is_noted_and_harms_nobody() -> None:
    report = check_laws(edits, "js")
    assert report.ok
    assert "note: it edits its arguments" in str(report)
    assert "note:" not in str(check_laws(my_js, "js"))
    wrong = check_laws(lambda p, q: 2 * edits(p, q), "js")
    assert wrong.calls[0].arguments == ([0.0, 1.0], [1.0, 0.0])
    assert wrong.cause.startswith("twice the right value")


def prints(p: list[float], q: list[float]) -> float:
    print("p =", p)
    print("q =", q, file=sys.stderr)
    return my_js(p, q)


def test_nothing_printed_gets_out(capfd: pytest.CaptureFixture[str]) -> None:
    report = check_laws(prints, "js")
    assert report.ok
    assert capfd.readouterr() == ("", "")
    assert sys.stdout.writable()


def test_what_it_draws_at_random_is_told_by_its_values() -> None:
    noise = random.Random(0)
    report = check_laws(lambda p, q: my_js(p, q) + noise.random() / 100, "js")
    assert not report.ok
    assert report.cause
    assert fits_a_screen(report)


def test_arrays_are_handed_over_where_lists_are_not_taken() -> None:
    report = check_laws(lambda p, q: abs(p - q).sum() / 2, "total_variation")
    assert report.ok
    assert "note: called with numpy arrays: with lists it raises TypeError" in str(report)
