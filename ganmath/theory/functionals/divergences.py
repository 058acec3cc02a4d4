"""Divergences by name; the f-divergences unfold to the one table of convex functions, `ganmath.divergence.F`."""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.divergence.convex import F
from ganmath.theory.functionals.integrals import Integral, Named


class FDivergence(Named):
    """∫ q f(p/q) dx for the convex f of the table `F` that the subclass names, or for its own (Csiszar 1967)."""

    nargs = 2
    convex_function = ""

    def f(self, ratio: Any) -> Any:
        """f at the ratio p/q."""
        return F[self.convex_function].f(ratio, sp)

    def definition(self) -> Any:
        p, q = self.args
        return Integral(sp.expand_mul(q * self.f(p / q), deep=False))


class KL(FDivergence):
    """KL(p || q) = ∫ p log(p/q) dx."""

    notation = r"\operatorname{KL}"
    separator = r" \,\|\, "
    convex_function = "kl"


class JS(FDivergence):
    """JS(p, q) = [KL(p || m) + KL(q || m)]/2, m = (p + q)/2."""

    notation = r"\operatorname{JS}"
    convex_function = "js"


class TotalVariation(FDivergence):
    """TV(p, q) = ∫ abs(p - q) dx / 2."""

    notation = r"\operatorname{TV}"
    convex_function = "total_variation"


class ChiSquare(FDivergence):
    r"""chi2(p || q) = ∫ (p - q)^2 / q dx."""

    notation = r"\chi^2"
    separator = r" \,\|\, "
    convex_function = "chi2"


class SquaredHellinger(FDivergence):
    """H^2(p, q) = ∫ (sqrt p - sqrt q)^2 dx / 2."""

    notation = r"\mathrm{H}^2"
    convex_function = "squared_hellinger"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        written = super()._latex(printer)
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"


class BhattacharyyaCoefficient(Named):
    """BC(p, q) = ∫ sqrt(p q) dx."""

    nargs = 2
    notation = r"\operatorname{BC}"

    def definition(self) -> Any:
        p, q = self.args
        return Integral(sp.sqrt(p * q))


class BayesError(Named):
    """P_e(p, q) = ∫ min(p, q) dx / 2: how often the best guess of one of two equally likely densities is wrong."""

    nargs = 2
    notation = r"P_e"

    def definition(self) -> Any:
        return Integral(sp.Min(*self.args) / 2)


class MeanFDivergence(Named):
    """The mean of an f-divergence between conditional densities; its arguments are c, p and q.

    c is the density of the condition, p and q are densities given it, and the integral runs over the condition too.
    """

    nargs = 3
    convex_function = ""
    separator = ", "
    over = "y"

    def definition(self) -> Any:
        condition, p, q = self.args
        return Integral(condition * sp.expand_mul(q * F[self.convex_function].f(p / q, sp), deep=False))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        inside = self.separator.join(printer._print(conditional) for conditional in self.args[1:])
        return rf"\mathbb{{E}}_{self.over}\left[{self.notation}\left({inside}\right)\right]" + (
            "" if exp is None else f"^{{{exp}}}"
        )


class MeanJS(MeanFDivergence):
    """E_y JS(p(.|y), g(.|y)), arguments c, p(x|y), g(x|y): c is the density of y, the integral runs over (x, y)."""

    notation = r"\operatorname{JS}"
    convex_function = "js"


class MeanKL(MeanFDivergence):
    """E_x KL(p(.|x) || q(.|x)), arguments g, p(y|x), q(y|x): g is the density of x, the integral runs over (x, y)."""

    notation = r"\operatorname{KL}"
    separator = r" \,\|\, "
    convex_function = "kl"
    over = "x"
