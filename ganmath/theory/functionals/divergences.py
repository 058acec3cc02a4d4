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

    notation = r"\mathrm{KL}"
    separator = r" \,\|\, "
    convex_function = "kl"


class JS(FDivergence):
    """JS(p, q) = [KL(p || m) + KL(q || m)]/2, m = (p + q)/2."""

    notation = r"\mathrm{JS}"
    convex_function = "js"


class TotalVariation(FDivergence):
    """TV(p, q) = ∫ abs(p - q) dx / 2."""

    notation = r"\mathrm{TV}"
    convex_function = "total_variation"


class ChiSquare(FDivergence):
    r"""chi2(p || q) = ∫ (p - q)^2 / q dx."""

    notation = r"\chi^2"
    separator = r" \,\|\, "
    convex_function = "chi2"


class MeanJS(Named):
    """E_y JS(p(.|y), g(.|y)), arguments c, p(x|y), g(x|y): c is the density of y, the integral runs over (x, y)."""

    nargs = 3

    def definition(self) -> Any:
        label, p, q = self.args
        return Integral(label * sp.expand_mul(q * F["js"].f(p / q, sp), deep=False))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        p, q = (printer._print(conditional) for conditional in self.args[1:])
        return rf"\mathbb{{E}}_y\left[\mathrm{{JS}}\left({p}, {q}\right)\right]" + (
            "" if exp is None else f"^{{{exp}}}"
        )
