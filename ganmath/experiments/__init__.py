"""What theory says of training and of networks, observed: each module measures, and says what was expected.

An experiment is a module of the name of its key with ``run(seed, quick) -> Result``: numbers beside the values that its
theorem predicts, with tolerances that are derived, and beside those of the negated claim, which must fail. It plots
nothing. Theorems name it by its key; `observe` runs it for them.

>>> from ganmath.experiments import observe
>>> from ganmath.theory import THEOREMS
>>> print(THEOREMS["empirical"].verify(observe=observe))  # doctest: +ELLIPSIS
empirical: ok: derivation (...), ..., experiment empirical (4 numbers as expected, its negation fails)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType

from ganmath.theory.observation import Measurement, Result

__all__ = ["EXPERIMENTS", "Measurement", "Result", "experiment", "observe"]

EXPERIMENTS = (
    "biau",
    "cauchy",
    "dirac",
    "empirical",
    "f-gan-table",
    "f-gan-training",
    "gan-jacobian",
    "generalised-js",
    "generator-gradients",
    "lipschitz-barrier",
    "lost-modes",
    "pacgan",
    "parallel-lines",
    "spectral-norm",
    "trained-discriminators",
    "vanishing",
    "wgan-gp",
    "wgan-gradient",
)


def experiment(key: str) -> ModuleType:
    """The module of an experiment, which is imported only now: some need torch, others don't.

    Raises ValueError for an unknown key, listing the choices; ImportError, naming the extra `gan`, where it needs torch
    and that is missing.
    """
    if key not in EXPERIMENTS:
        raise ValueError(f"unknown experiment {key!r}: choose from {', '.join(EXPERIMENTS)}")
    try:
        return import_module(f"ganmath.experiments.{key.replace('-', '_')}")
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise ImportError("experiments train networks in torch, of the extra `gan`: pip install torch") from None


@cache
def observe(key: str, quick: bool = True, seed: int = 0) -> Result:
    """Run an experiment, once in a process for each seed and form, and say how long it took.

    Networks are as small as to lose time on more than one thread of torch, so that they get one.

    Raises as `experiment` does.
    """
    run: Callable[[int, bool], Result] = experiment(key).run
    if sys.modules.get("torch") is None:
        return run(seed, quick)
    from ganmath.gan.threads import one_thread

    with one_thread():
        return run(seed, quick)
