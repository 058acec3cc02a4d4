"""Named expressions of the game: its value, the losses of a coin, its entropy."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.theory.functionals.integrals import Expectation, Named


class Value(Named):
    """V(D) = E_p log D + E_g log(1 - D), arguments D, p, g (Goodfellow et al. 2014, equation 1)."""

    nargs = 3

    def definition(self) -> Any:
        d, data, generator = self.args
        return Expectation(data, sp.log(d)) + Expectation(generator, sp.log(1 - d))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"V\left({printer._print(self.args[0])}, G\right)" + ("" if exp is None else f"^{{{exp}}}")

    def _sympystr(self, printer: Any) -> str:
        return f"V({printer._print(self.args[0])}, G)"


class Utility(Named):
    """U(G, D) = -E_p log D - E_g log(1 - D), arguments D, p, g: D's cross-entropy, which is -V."""

    nargs = 3

    def definition(self) -> Any:
        d, data, generator = self.args
        return -Expectation(data, sp.log(d)) - Expectation(generator, sp.log(1 - d))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"U\left(G, {printer._print(self.args[0])}\right)" + ("" if exp is None else f"^{{{exp}}}")

    def _sympystr(self, printer: Any) -> str:
        return f"U(G, {printer._print(self.args[0])})"


class BinaryCrossEntropy(Named):
    """bce(d, y) = -y log d - (1 - y) log(1 - d): the loss of the guess d where the label is y."""

    nargs = 2
    notation = r"\mathrm{bce}"

    def definition(self) -> Any:
        d, y = self.args
        return -y * sp.log(d) - (1 - y) * sp.log(1 - d)


class BernoulliKL(Named):
    """KL(Ber s || Ber d) = s log(s/d) + (1 - s) log((1 - s)/(1 - d))."""

    nargs = 2

    def definition(self) -> Any:
        s, d = self.args
        return s * sp.log(s / d) + (1 - s) * sp.log((1 - s) / (1 - d))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        s, d = (rf"\mathrm{{Ber}}\, {printer._print(chance)}" for chance in self.args)
        return rf"\mathrm{{KL}}\left({s} \,\|\, {d}\right)" + ("" if exp is None else f"^{{{exp}}}")


class BernoulliEntropy(Named):
    """H(Ber s) = -s log s - (1 - s) log(1 - s), nats."""

    nargs = 1

    def definition(self) -> Any:
        (s,) = self.args
        return -s * sp.log(s) - (1 - s) * sp.log(1 - s)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        chance = printer._print(self.args[0])
        return rf"H\left(\mathrm{{Ber}}\, {chance}\right)" + ("" if exp is None else f"^{{{exp}}}")
