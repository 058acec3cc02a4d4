"""What each kind of input gets: a measure, or an error that names the argument, what was wrong, and what to type."""

from __future__ import annotations

import datetime
import inspect
import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import torch
from scipy import stats

from ganmath import divergence
from ganmath.divergence import (
    Density,
    Discrete,
    F,
    Gaussian,
    Samples,
    alpha,
    as_measure,
    common_reference,
    f_divergence,
    js,
    kl,
    renyi,
    total_variation,
)

P, Q = [0.5, 0.5], [0.9, 0.1]
VALUE = js(P, Q)

REFUSED_TYPES = {
    "bool list": ([True, False], r"p has entries of type bool.*np\.asarray\(x, dtype=float\)"),
    "bool": (np.array([True, False]), r"p has entries of type bool"),
    "bool tensor": (torch.tensor([True, False]), r"p has entries of type bool"),
    "complex": (np.array([0.5 + 0j, 0.5]), r"p has entries of type complex128.*np\.abs\(x\) \*\* 2"),
    "complex tensor": (torch.tensor([0.5 + 0j, 0.5]), r"p has entries of type complex64"),
    "string": ("ab", r"p is a str, which isn't a distribution; give a probability vector"),
    "numeric strings": ([".5", ".5"], r"p has entries of type <U2.*np\.asarray\(x, dtype=float\)"),
    "bytes": (b"ab", r"p is a bytes"),
    "None among numbers": ([None, 1.0], r"p contains None of type NoneType; give numbers only"),
    "object array": (np.array([0.5, None], dtype=object), r"p has entries of type object.*np\.asarray"),
    "records": (np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]), r"p has entries of type \[\('a'"),
    "dates": (np.array(["2020-01-01"], dtype="datetime64[D]"), r"datetime64.*count them per bin"),
    "durations": (np.array([1, 2], dtype="timedelta64[s]"), r"timedelta64.*count them per bin"),
    "date objects": ([datetime.date(2020, 1, 1)], r"p contains datetime.date"),
    "None": (None, r"p is a NoneType"),
    "set": ({0.4, 0.6}, r"p is a set, which has no order.*give a list, or a dict"),
    "generator": ((x for x in P), r"p is a generator.*give list\(p\)"),
    "masked": (np.ma.array(P, mask=[0, 1]), r"p is a masked array.*p\.filled\(0\)"),
    "sparse array": (scipy.sparse.csr_array([P]), r"p is a sparse array.*p\.toarray\(\)\.ravel\(\)"),
    "sparse matrix": (scipy.sparse.csr_matrix([P]), r"p is a sparse array"),
    "sparse tensor": (torch.tensor(P).to_sparse(), r"p is a sparse tensor.*p\.to_dense\(\)"),
    "matrix": (np.asmatrix(P), r"p is a numpy matrix.*np\.asarray\(p\)\.ravel\(\)"),
    "frame": (pd.DataFrame([P]), r"p is a DataFrame"),
    "list of tensors": ([torch.tensor(0.5, requires_grad=True), torch.tensor(0.5)], r"torch\.stack\(p\)"),
    "strings in a Series": (pd.Series(["a", "b"]), r"p has entries of type (object|str)"),
    "unfrozen": (stats.norm, r"p is scipy's norm, a family.*stats\.norm"),
    "two-dimensional": (stats.multivariate_t([0, 0]), r"of one dimension"),
    "observations": (Samples([1, 2]), r"observations are not a density.*log 2.*inf.*histogram"),
    "masses that are a distribution": (Discrete(stats.norm()), r"p is a Discrete whose probs are a rv"),
    "unhashable names": (Discrete(P, [{}, {}]), r"the support of p can't name outcomes.*tuples"),
}

REFUSED_VALUES = {
    "NaN": ([0.5, math.nan], r"p\[1\] = nan is not finite"),
    "infinite": ([0.5, math.inf], r"p\[1\] = inf is not finite"),
    "negative": ([1.5, -0.5], r"p\[1\] = -0.5 is negative; if it is rounding, clip it yourself: p\.clip\(0\)"),
    "barely negative": ([-1e-17, 1.0], r"p\[0\] = -1e-17 is negative"),
    "negative in a batch": (np.array([P, [1.0, -1e-17]]), r"p\[1, 1\] = -1e-17 is negative"),
    "NaN in a tensor": (torch.tensor([P, [math.nan, 1.0]]), r"p\[1, 0\] = nan is not finite"),
    "empty": ([], r"p is empty along axis -1; a distribution has at least one outcome"),
    "empty dict": ({}, r"p is empty"),
    "0-d": (np.array(0.5), r"p is a single number; a distribution is a vector, e\.g\. \[p, 1 - p\]"),
    "0-d tensor": (torch.tensor(0.5), r"p is a single number"),
    "number": (0.5, r"p is a single number"),
    "one outcome fewer": ([1.0], r"p has 1 outcomes and q has 2: outcomes are never broadcast.*Discrete"),
    "one outcome more": ([0.3, 0.3, 0.4], r"p has 3 outcomes and q has 2"),
    "all zero": ([0.0, 0.0], r"p has mass 0: all its entries are 0"),
    "a zero row": (np.array([P, [0, 0]]), r"p\[1\] has mass 0"),
    "mass": ([0.5, 0.4], r"p has mass 0\.9, not 1 \(within 1e-06\); pass normalize=True .*Samples\(x\)"),
    "mass of a row": (np.array([P, [0.5, 0.4]]), r"p\[1\] has mass 0\.9"),
    "mass of a tensor": (torch.tensor([0.5, 0.4]), r"p has mass 0\.9"),
    "half precision": (np.array([0.5, 0.495], np.float16), r"within 0\.001"),
    "ragged": ([[0.5, 0.5], [1.0]], r"p: the rows have different lengths"),
    "too large": ([10**400, 1], r"p has an entry too large for a float"),
    "repeated outcomes": (Discrete(P, ["a", "a"]), r"p names the outcome 'a' twice"),
    "repeated index": (pd.Series(P, ["a", "a"]), r"p names the outcome 'a' twice"),
    "too few names": (Discrete(P, ["a"]), r"p has 2 masses but a support of 1"),
    "one named": ({"a": 0.5, "b": 0.5}, r"one of p and q has a support and the other has none"),
    "Series against a list": (pd.Series(P), r"one of p and q has a support"),
    "density against masses": (stats.norm(), r"mutually singular.*KL = inf, JS = log 2 \(\.693147\)"),
    "lattice against a list": (stats.poisson(3), r"q has masses without places.*Discrete\(q, support=range\(2\)\)"),
    "two distributions at once": (stats.norm([0, 1], 1), r"p holds 2 distributions .*give one at a time"),
}


@pytest.mark.parametrize("kind", REFUSED_TYPES)
def test_what_is_no_distribution_is_a_type_error(kind: str) -> None:
    x, message = REFUSED_TYPES[kind]
    with pytest.raises(TypeError, match=message):
        js(x, Q)


def takes_options(name: str) -> bool:
    function = getattr(divergence, name)
    return inspect.isfunction(function) and "options" in inspect.signature(function).parameters


@pytest.mark.parametrize("name", sorted(set(filter(takes_options, divergence.__all__)) - {"estimate"}))
def test_an_option_misspelt_is_told_with_what_there_is(name: str) -> None:
    function = getattr(divergence, name)
    further = {"order": 1.5, "f": F["kl"], "regularization": 1.0}
    given = {key: value for key, value in further.items() if key in inspect.signature(function).parameters}
    arguments = [P] if name == "entropy" else [P, Q]
    with pytest.raises(TypeError, match=r"no option 'normalise' here; did you mean 'normalize'\? There are .* and"):
        function(*arguments, **given, normalise=True)


@pytest.mark.parametrize("function", [alpha, renyi])
def test_an_order_is_a_number(function: Any) -> None:
    with pytest.raises(TypeError, match="order='two', of type str: give a "):
        function(P, Q, "two")


@pytest.mark.parametrize("kind", REFUSED_VALUES)
def test_values_that_cannot_be_one_are_a_value_error(kind: str) -> None:
    x, message = REFUSED_VALUES[kind]
    with pytest.raises(ValueError, match=message):
        js(x, Q)


def test_the_message_names_the_second_argument_too() -> None:
    with pytest.raises(ValueError, match=r"q\[0\] = -1 is negative.*q\.clip"):
        js(P, [-1.0, 2.0])
    with pytest.raises(ValueError, match=r"q\[1\] has mass 2"):
        js(np.array(P), np.array([P, [1.0, 1.0]]))


@pytest.mark.parametrize(
    "x",
    [
        np.array(P), tuple(P), torch.tensor(P, dtype=torch.float64), [Fraction(1, 2)] * 2, [Decimal("0.5")] * 2,
        [-0.0 + 0.5, 0.5], np.array(P, dtype=np.longdouble), Discrete(P),
    ],
)  # fmt: skip
def test_every_vector_of_masses_is_read(x: Any) -> None:
    assert float(js(x, [0.9, 0.1])) == pytest.approx(VALUE, rel=2**-51, abs=0)


def test_integers_and_minus_zero_are_masses() -> None:
    assert js([1, 0], [0, 1]) == math.log(2)
    assert kl([-0.0, 1.0], P) == math.log(2)
    assert js(np.array([200, 200], np.uint8), np.array([1, 3], np.uint8), normalize=True) == js(P, [0.25, 0.75])


def test_fractions_are_converted_exactly() -> None:
    huge = Fraction(10**400, 3 * 10**400)
    assert kl([huge, 1 - huge], [1 / 3, 2 / 3]) == 0.0


def test_masses_off_by_a_rounding_are_accepted_and_larger_ones_need_normalize() -> None:
    assert js([0.5, 0.5 + 9e-7], P) > 0
    with pytest.raises(ValueError, match="normalize=True"):
        js([0.5, 0.5 + 2e-6], P)
    assert js([0.5, 0.5 + 2e-6], P, normalize=True) > 0


def test_half_precision_has_its_own_mass_tolerance() -> None:
    third = np.full(3, 1 / 3, np.float16)
    assert js(third, third) == 0.0
    rough = torch.full((3,), 1 / 3, dtype=torch.bfloat16)
    assert js(rough, rough) == 0.0
    with pytest.raises(ValueError, match=r"within 0\.01"):
        js(torch.tensor([0.5, 0.48], dtype=torch.bfloat16), rough[:2])


def test_extreme_masses_normalise() -> None:
    assert kl([1e308, 1e308], [1, 3], normalize=True) == pytest.approx(0.14384103622589042, rel=1e-15, abs=0)
    assert js([5e-324, 5e-324], [1, 3], normalize=True) == js(P, [0.25, 0.75])


def test_batches_broadcast_and_others_are_refused() -> None:
    assert js(np.full((2, 3, 2), 0.5), np.full((3, 2), 0.5)).shape == (2, 3)
    with pytest.raises(ValueError, match=r"the batches of p \(2, 3\) and q \(4,\) don't broadcast"):
        js(np.full((2, 3, 2), 0.5), np.full((4, 2), 0.5))


def test_an_axis_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"axis=2, but p has 1 dimension"):
        js(P, Q, axis=2)


def test_named_outcomes_are_aligned_never_by_position() -> None:
    assert js({"a": 0.5, "b": 0.5}, {"b": 0.1, "a": 0.9}) == VALUE
    shuffled = pd.Series([0.1, 0.9], ["b", "a"])
    assert js(pd.Series(P, ["a", "b"]), shuffled) == VALUE
    assert total_variation({"a": 0.5, "b": 0.5}, {"b": 0.5, "c": 0.5}) == 0.5
    assert kl({"a": 0.5, "b": 0.5}, {"a": 1.0}) == math.inf
    assert js(Counter("ab"), Counter("aaaaaaaaab"), normalize=True) == js([1, 1], [9, 1], normalize=True)
    assert js(Discrete(P, np.array([[0, 1], [2, 3]])), Discrete(Q, [(0, 1), (2, 3)])) == VALUE
    places = torch.tensor([1, 2])
    assert float(js(Discrete(P, places), Discrete(Q, places.flip(0)))) == js(P, Q[::-1])


def test_alignment_keeps_gradients() -> None:
    p = torch.tensor([0.25, 0.75], dtype=torch.float64, requires_grad=True)
    js(Discrete(p, ["a", "b"]), Discrete(torch.tensor(P, dtype=torch.float64), ["b", "c"])).backward()
    assert p.grad is not None
    assert torch.isfinite(p.grad).all()


def test_a_list_joins_the_other_library_and_two_libraries_are_refused() -> None:
    assert isinstance(js(P, torch.tensor(Q)), torch.Tensor)
    assert js(torch.tensor(P), Q).dtype == torch.float32
    with pytest.raises(TypeError, match=r"p is a torch\.Tensor and q a numpy\.ndarray; convert one"):
        js(torch.tensor(P), np.array(Q))


def test_validation_can_be_skipped() -> None:
    assert js([0.5, 0.4], P, validate=False) == js([0.5, 0.4], P, normalize=True)
    assert math.isnan(js([0.5, math.nan], P, validate=False))


def test_only_a_convex_function_makes_a_divergence() -> None:
    with pytest.raises(TypeError, match=r"f is a str; give a ConvexFunction.*F\['kl'\]"):
        f_divergence(P, Q, "kl")  # type: ignore[arg-type]
    assert f_divergence(P, Q, F["js"]) == VALUE


def test_measures_pass_the_gate_as_they_are() -> None:
    for measure in (Gaussian(0, 1), Density(np.zeros_like, (0, 1)), Samples([1.0])):
        assert as_measure(measure) is measure


def test_measures_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="std finite and > 0"):
        Gaussian(0, 0)
    with pytest.raises(ValueError, match="lower end must come first"):
        Density(np.zeros_like, (1, 0))


def test_a_common_reference_integrates_any_term() -> None:
    assert common_reference(P, Q).integrate(lambda at: at.p) == 1.0
    assert common_reference(stats.norm(), stats.norm(1)).integrate(lambda at: at.q) == pytest.approx(1, rel=1e-13)
