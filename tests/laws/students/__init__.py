"""Functions as a class hands them in: wrong ones, each with its smallest counterexample, and right ones in many styles.

They are written as students write them, and so without types.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from ganmath.laws.subjects import SUBJECTS
from tests.laws.students import (
    right_bounded,
    right_js,
    right_kl,
    right_others,
    wrong_bce,
    wrong_bhattacharyya_coefficient,
    wrong_conjugates,
    wrong_discriminator,
    wrong_hellinger,
    wrong_js,
    wrong_kl,
    wrong_total_variation,
    wrong_wasserstein,
)
from tests.laws.students.mutant import Mutant

MUTANTS: list[Mutant] = [
    *wrong_kl.WRONG,
    *wrong_js.WRONG,
    *wrong_bhattacharyya_coefficient.WRONG,
    *wrong_total_variation.WRONG,
    *wrong_hellinger.WRONG,
    *wrong_wasserstein.WRONG,
    *wrong_discriminator.WRONG,
    *wrong_bce.WRONG,
    *wrong_conjugates.WRONG,
]


def _right(*modules: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Each right function with the subject that its name begins with, the longest that does."""
    found = []
    for module in modules:
        for name, function in vars(module).items():
            subjects = [subject for subject in SUBJECTS if name.startswith(f"{subject}_")]
            if callable(function) and subjects and function.__module__ == module.__name__:
                found.append((max(subjects, key=len), function))
    return found


RIGHT = _right(right_kl, right_js, right_bounded, right_others)
if find_spec("torch"):
    from tests.laws.students import right_torch

    RIGHT += _right(right_torch)
