"""What is no kernel, or no parameter of one, is refused in words; what a kernel may be is taken."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.divergence import (
    EnergyKernel,
    GaussianKernel,
    LaplaceKernel,
    PolynomialKernel,
    RationalQuadraticKernel,
    Samples,
    energy_distance,
    mmd,
    squared_mmd,
)
from ganmath.divergence.parameters import positive_number, whole_number

X, Y = np.random.default_rng(0).normal(size=(2, 6, 2))


def of(kernel: Any) -> Any:
    return squared_mmd(Samples(X), Samples(Y), kernel=kernel)


def constant(values: Any) -> Any:
    return lambda x, y: values


FAMILIES: list[Any] = [GaussianKernel, LaplaceKernel, RationalQuadraticKernel, lambda a: RationalQuadraticKernel(1, a)]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("value", [None, "1", True, np.True_, [1.0], np.ones(1), 1j, Decimal(1), torch.tensor(1.0)])
def test_a_parameter_that_is_no_number_is_refused(family: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"Kernel\.(bandwidth|power)=.*, of type .*: give a positive, finite number"):
        family(value)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("value", [0, -1, math.nan, np.nan, math.inf, np.float32(-2), 10**400, Fraction(-1, 2)])
def test_a_parameter_that_is_not_positive_is_refused(family: Any, value: Any) -> None:
    with pytest.raises(ValueError, match=r"Kernel\.(bandwidth|power)=.*: give a positive, finite number"):
        family(value)


def test_numbers_of_all_kinds_are_taken() -> None:
    for two in (2, np.int64(2), np.float32(2), Fraction(2), np.uint8(2)):
        assert of(GaussianKernel(two)) == of(GaussianKernel(2.0))
        assert of(RationalQuadraticKernel(two, two)) == of(RationalQuadraticKernel(2.0, 2.0))
        assert of(PolynomialKernel(two)) == of(PolynomialKernel(2))
    assert (positive_number("a", np.float16(0.5)), whole_number("n", 3.0, 1)) == (0.5, 3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: PolynomialKernel(2.5), ValueError, r"PolynomialKernel\.degree=2\.5: give a whole number"),
        (lambda: PolynomialKernel(math.inf), ValueError, "degree=inf: give a whole"),
        (lambda: PolynomialKernel(-1), ValueError, "degree=-1: give a whole"),
        (lambda: PolynomialKernel("3"), TypeError, "degree='3', of type str: give a whole number"),
        (lambda: EnergyKernel(2), ValueError, "order=2: the order of an energy lies between 0 and 2"),
        (lambda: EnergyKernel(math.nan), ValueError, "order=nan: the order"),
        (lambda: energy_distance(Samples(X), Samples(Y), order="1"), TypeError, "order='1', of type str"),  # type: ignore[arg-type]
        (lambda: energy_distance(Samples(X), Samples(Y), order=0), ValueError, "order=0: the order"),
        (lambda: of("rbf"), TypeError, r"kernel='rbf', of type str: .* such as GaussianKernel\(bandwidth\)"),
        (lambda: of(0), TypeError, "kernel=0, of type int"),
        (lambda: of(GaussianKernel), TypeError, r"kernel=GaussianKernel is a class: .* GaussianKernel\(\.\.\.\)"),
        (lambda: mmd(Samples(X), Samples(Y), kernel="rbf"), TypeError, "kernel='rbf'"),  # type: ignore[arg-type]
        (lambda: of(constant(1.0)), TypeError, r"kernel\(x, y\) is a builtins\.float for points that are numpy"),
        (lambda: of(constant(None)), TypeError, "is a builtins.NoneType"),
        (lambda: of(constant(torch.ones(12, 12))), TypeError, "is a torch.Tensor for points that are numpy.ndarray"),
        (lambda: of(constant(np.ones(12))), ValueError, r"has shape \(12,\) for .* \(12, 2\) and \(12, 2\)"),
        (lambda: of(constant(np.ones((12, 1)))), ValueError, r"return a value for each pair, \(12, 12\)"),
        (lambda: of(constant(np.full((12, 12), 1j))), TypeError, r"kernel\(x, y\) has entries of type complex128"),
        (lambda: of(constant(np.full((12, 12), np.nan))), ValueError, "the kernel is nan for x = .* no value there"),
        (lambda: of(lambda x, y: x @ y.T + x[:, :1]), ValueError, "the kernel is not symmetric"),
        (lambda: of(lambda x, y: -x @ y.T), ValueError, "comes out as -.*, so the kernel is not positive definite"),
        (lambda: squared_mmd(Samples(X), Samples(Y), kernel=constant(np.ones((6, 5))), unbiased=True), ValueError,
            r"has shape \(6, 5\)"),
        (lambda: mmd(Samples(X, [1.5, -0.5, 0, 0, 0, 0]), Samples(Y)), ValueError, r"p\.weights\[1\] = -0\.5 is neg"),
        (lambda: energy_distance(Samples(X * np.nan), Samples(Y), validate=False), ValueError, "is not finite"),
    ],
)  # fmt: skip
def test_what_is_no_kernel_is_refused(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_any_positive_definite_function_is_a_kernel() -> None:
    assert of(lambda x, y: x @ y.T) == pytest.approx(((X.mean(0) - Y.mean(0)) ** 2).sum(), rel=1e-12)
    assert of(lambda x, y: (x @ y.T).astype(np.float32)) == pytest.approx(of(lambda x, y: x @ y.T), rel=1e-5)
    whole = of(lambda x, y: (x[:, None] == y[None]).all(axis=-1).astype(int))  # 1 where points are equal
    assert whole == pytest.approx(2 / 6, rel=1e-12)
