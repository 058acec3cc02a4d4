"""Reports say the same each time, fit a screen, and name what to type; `law_tests` makes tests of them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from ganmath.divergence import js, kl
from ganmath.laws import check_laws, law_tests
from tests.laws.students.right_js import js_loop as my_js
from tests.laws.students.screen import fits_a_screen

ROOT = Path(__file__).resolve().parents[2]


SCRIPT = """
    import math
    from ganmath.laws import check_laws
    def f(p, q):
        return sum(a * math.log2(a / b) for a, b in zip(p, q) if a > 0 and b > 0)
    for laws in ("kl", "js", "bhattacharyya_coefficient"):
        print(check_laws(f, laws), check_laws(f, laws)._repr_html_())
    print(check_laws(lambda x, y: abs(sum(x) - sum(y)), "wasserstein"))
"""


def test_two_runs_say_the_same_to_the_last_letter() -> None:
    def run(hashes: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": hashes, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", textwrap.dedent(SCRIPT)]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout

    first = run("1")
    assert b"BROKEN" in first
    assert first == run("2")


def test_other_seeds_are_other_examples() -> None:
    seen: list[set[str]] = []
    for seed in (0, 0, 1):
        calls: set[str] = set()
        check_laws(lambda p, q, calls=calls: (calls.add(repr((p, q))), my_js(p, q))[1], "js", seed=seed)
        seen.append(calls)
    assert seen[0] == seen[1] != seen[2]


@pytest.mark.parametrize("alias", ["jensen_shannon", "JSD", "jensen-shannon divergence", "Jensen Shannon"])
def test_other_names_are_known(alias: str) -> None:
    assert check_laws(my_js, alias).subject.name == "js"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("jsx", ValueError, r"laws='jsx': did you mean 'js\w*'\? Choose from kl, "),
        ("???", ValueError, r"laws='\?\?\?': Choose from kl, reverse_kl, "),
        (7, TypeError, 'laws is a int; name the function that is meant, such as laws="js"'),
        ("convex_function", TypeError, "are those of a ganmath.divergence.ConvexFunction, but this is a function"),
    ],
)
def test_an_unknown_name_says_what_to_type(name: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        check_laws(my_js, name)


def test_an_unknown_convention_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="convention='base2' isn't one of js's; choose from 'bits', 'distance'"):
        check_laws(my_js, "js", convention="base2")
    with pytest.raises(ValueError, match="convention='bits' isn't one of chi2's; choose from none"):
        check_laws(my_js, "chi2", convention="bits")


def test_a_broken_report_raises_itself() -> None:
    report = check_laws(lambda p, q: 2 * my_js(p, q), "js")
    assert 0 < report.score < 1
    with pytest.raises(AssertionError, match="twice the right value: is a 1/2 missing"):
        report.raise_if_broken()
    first = str(report).splitlines()
    assert first[0] == f"f as js: {report.held} of 14 laws hold"
    assert first[2] == "    f([0.0, 1.0], [1.0, 0.0]) gives 1.38629; right is 0.693147"
    assert first[3].startswith("  BROKEN   definition ")
    assert sum(line.startswith("  BROKEN ") for line in first) == 1


def test_html_is_escaped() -> None:
    def f(p: Any, q: Any) -> float:
        raise ValueError("<script>alert('&')</script>")

    f.__name__ = "<b>"
    html = check_laws(f, "js")._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in html
    assert html.count("<tr>") == html.count("</tr>") == 15


def test_the_strict_report_fits_a_screen() -> None:
    report = check_laws(kl, "kl", strict=True)
    assert report.ok
    assert len(report.examinations) > 24
    assert fits_a_screen(report)
    assert "more laws" in str(report)


def test_law_tests_are_tests_of_pytest(tmp_path: Any) -> None:
    (tmp_path / "test_mine.py").write_text(
        textwrap.dedent("""
        from ganmath.laws import law_tests
        from ganmath.divergence import js

        test_right = law_tests(js, "js")
        test_wrong = law_tests(lambda p, q: 2 * js(p, q), "js")
        """),
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, encoding="utf-8", env=environment)
    assert ran.returncode == 1
    assert "PASSED test_mine.py::test_right[definition]" in ran.stdout
    assert "PASSED test_mine.py::test_wrong[symmetric]" in ran.stdout
    assert "FAILED test_mine.py::test_wrong[definition]" in ran.stdout
    assert "twice the right value: is a 1/2 missing?" in ran.stdout
    with pytest.raises(ValueError, match="did you mean"):
        law_tests(js, "jss")


@pytest.mark.parametrize("laws", ["kl", "bce_with_logits", "histogram", "value"])
def test_a_function_that_is_yet_to_be_written_is_told_so_kindly(laws: str) -> None:
    def my_own(*given: Any) -> float:
        raise NotImplementedError("your turn")

    report = check_laws(my_own, laws)
    assert not report.ok
    assert report.score == 0
    first, second = str(report).splitlines()[:2]
    assert first == f"my_own as {laws}: not written yet"
    assert second == f"  {report.cause}"
    assert "put code of your own in its place" in report.cause
    assert "your turn" not in report._repr_html_()


def test_a_function_that_is_half_written_is_shown_where_it_stops() -> None:
    def my_kl(p: list[float], q: list[float]) -> float:
        if len(p) > 2:
            raise NotImplementedError("longer ones")
        return float(kl(p, q))

    broken = check_laws(my_kl, "kl")
    assert "laws hold" in broken.verdict
    assert "raises NotImplementedError: longer ones" in broken.cause
