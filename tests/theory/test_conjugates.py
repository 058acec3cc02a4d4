"""The derivations of the conjugates are about the package's table: its functions, all of them, and their domains."""

import math
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp
from sympy import oo

from ganmath.divergence import F
from ganmath.theory import THEOREMS, Derivation, Verdict
from ganmath.theory.proofs import conjugate_table
from ganmath.theory.proofs.conjugates import BEST, derive, of_entry, t, u, v
from ganmath.theory.symbolic import undo_lambert


def derivation(name: str) -> Derivation:
    found = THEOREMS[f"conjugate-{name.replace('_', '-')}"].derivation
    assert found is not None
    return found


@pytest.mark.parametrize("name", F)
def test_each_function_of_the_table_has_its_conjugate_derived(name: str) -> None:
    entry, found = F[name], derivation(name)
    assert found.start == u * t - entry.f(u, sp)
    after = [step.after for step in found.steps]
    assert entry.conjugate(t, sp) in after
    assert any(sp.expand(step - entry.activation(v, sp)).is_number for step in map(sp.sympify, after))


@pytest.mark.parametrize("name", F)
def test_the_domain_is_that_of_the_table(name: str) -> None:
    """t covers all values below the end of the domain of f*, each once, by a symbol of another interval."""
    entry, found = F[name], derivation(name)
    covers = found.assumptions.intervals.get(t)
    if covers is None:
        assert entry.domain == (-math.inf, math.inf)
        return
    (symbol,) = covers.free_symbols
    assert sp.diff(covers, symbol).is_positive or sp.diff(covers, symbol).is_negative
    start, end = 0, 1 if symbol in found.assumptions.unit else oo
    ends = sorted(float(sp.limit(covers, symbol, at, side)) for at, side in ((start, "+"), (end, "-")))
    lowest = {"total_variation": -0.5, "chi2": -2.0}.get(name, -math.inf)
    assert ends == pytest.approx([lowest, entry.domain[1]])


@pytest.mark.parametrize("part", ["f", "derivative", "conjugate", "activation"])
@pytest.mark.parametrize("name", [name for name in F if name not in {"total_variation", "chi2"}])
def test_a_mistake_in_the_table_is_caught(name: str, part: str) -> None:
    right: Any = getattr(F[name], part)
    wrong = replace(F[name], **{part: lambda x, xp: right(x, xp) * (-1 if xp is sp else 1)})  # of symbols only
    found = derivation(name)
    beyond = t - found.steps[2].after
    others = {
        "best": found.steps[BEST - 1].after,
        "top": beyond if beyond.is_number else oo,
        "intervals": found.assumptions.intervals,
    }
    verdicts = [derive(of_entry(entry, "", **others)).verdict for entry in (F[name], wrong)]
    assert verdicts == [Verdict.PROVED, Verdict.FAILED]


def test_the_gans_own_function_is_twice_js_less_a_line() -> None:
    start = conjugate_table.gan.start
    assert sp.expand(start - (u * t - u * sp.log(u) + (u + 1) * sp.log(u + 1))) == 0


def test_lambert_is_undone_only_where_it_is_the_inverse() -> None:
    w = sp.Symbol("w", positive=True)
    z = sp.Symbol("z", real=True)
    assert undo_lambert(sp.LambertW(w * sp.exp(w))) == w
    for other in (w * sp.exp(2 * w), w * sp.exp(-w), z * sp.exp(z), -w * sp.exp(-w)):
        assert undo_lambert(sp.LambertW(other, evaluate=False)).has(sp.LambertW)
