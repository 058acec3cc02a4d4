"""The laws as tests of your own: one line in a test file of yours, a test for each law."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ganmath.laws.check import check_laws
from ganmath.laws.report import Report
from ganmath.laws.subjects import subject_of


def law_tests(implementation: Any, laws: str, **options: Any) -> Callable[[str], None]:
    """A pytest test for each law that ``implementation`` should obey; arguments as for `check_laws`.

    In a test file::

        from ganmath.laws import law_tests
        from my_package import my_js

        test_my_js = law_tests(my_js, "js")

    Then ``pytest`` shows ``test_my_js[definition]``, ``test_my_js[symmetric]`` and so on; a law that is broken fails
    with the report, whose first lines say what is wrong.

    Raises ImportError without pytest, and what `check_laws` raises for a name that isn't known.
    """
    try:
        import pytest
    except ImportError:
        raise ImportError("law_tests makes tests for pytest: pip install pytest; or call check_laws") from None
    subject = subject_of(laws, implementation)
    keys = [subject.short(law) for law in (subject.definition, *subject.laws) if law is not None]

    @cache
    def report() -> Report:
        return check_laws(implementation, laws, **options)

    @pytest.mark.parametrize("law", keys)
    def test(law: str) -> None:
        if not report().keeps(law):
            raise AssertionError(f"\n{report()}")

    return test
