"""Entropy and cross-entropy, and the product that a likelihood is."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.functionals.integrals import Integral, Named


class Entropy(Named):
    """H(p) = -∫ p log p dx, nats."""

    nargs = 1
    notation = "H"

    def definition(self) -> Any:
        (p,) = self.args
        return -Integral(p * sp.log(p))


class CrossEntropy(Named):
    """H(p, q) = -∫ p log q dx, nats."""

    nargs = 2
    notation = "H"

    def definition(self) -> Any:
        p, q = self.args
        return -Integral(p * sp.log(q))


class Product(Named):
    """∏ phi(x) over the outcomes x, phi > 0: exp of the sum of log phi, so that its logarithm is that sum."""

    nargs = 1

    def definition(self) -> Any:
        (factor,) = self.args
        return sp.exp(Integral(sp.log(factor)))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        written = rf"\prod_x {printer._print(self.args[0])}"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        return f"product[{printer._print(self.args[0])}]"
