r"""What the derivations speak about: integrals of unspecified densities, expectations and divergences.

An `Integral` is a function symbol that sympy leaves alone: it stands for ∫ ... dx over any shared reference
measure (the counting measure for pmfs), and only the rules' printed axioms say what may be done with it.
Everything else is `Named`: an abbreviation with a `definition`, unfolded by the rule `definition` alone.  The
f-divergences unfold to the one table of convex functions, `ganmath.divergence.F`.

Each class writes itself: sympy's printers call `_latex` and `_sympystr`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ganmath.divergence.convex import F


class Integral(sp.Function):  # type: ignore[misc]
    r"""∫ integrand dx, the integrand a pointwise expression in the values p, g, D at x; ∫ 0 dx is 0."""

    nargs = 1

    @classmethod
    def eval(cls, integrand: Any) -> Any:
        """0 for the integrand 0; None, which leaves the integral as it is, for every other."""
        return sp.Integer(0) if integrand == 0 else None

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        (integrand,) = self.args
        inside = printer._print(integrand)
        if integrand.is_Add:
            inside = rf"\left({inside}\right)"
        written = rf"\int {inside} \,\mathrm{{d}}x"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        return f"integral[{printer._print(self.args[0])}]"


class Named(sp.Function):  # type: ignore[misc]
    """An abbreviation: `definition` says what of, `notation` its LaTeX name, written before its arguments."""

    notation = ""
    separator = ", "

    def definition(self) -> Any:
        """The expression abbreviated."""
        raise NotImplementedError(f"{type(self).__name__} gives no definition")

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        arguments = self.separator.join(printer._print(argument) for argument in self.args)
        return rf"{self.notation}\left({arguments}\right)" + ("" if exp is None else f"^{{{exp}}}")


class Expectation(Named):
    r"""E_p[phi] = ∫ p phi dx."""

    nargs = 2

    def definition(self) -> Any:
        density, inside = self.args
        return Integral(density * inside)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        density, inside = (printer._print(argument) for argument in self.args)
        return rf"\mathbb{{E}}_{{{density}}}\left[{inside}\right]" + ("" if exp is None else f"^{{{exp}}}")

    def _sympystr(self, printer: Any) -> str:
        density, inside = (printer._print(argument) for argument in self.args)
        return f"E_{density}[{inside}]"


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


class FDivergence(Named):
    """∫ q f(p/q) dx for the convex f of the table `F` that the subclass names (Csiszar 1967)."""

    nargs = 2
    convex_function = ""

    def definition(self) -> Any:
        p, q = self.args
        return Integral(sp.expand_mul(q * F[self.convex_function].f(p / q, sp), deep=False))


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


class Rate(Named):
    """d/dθ of a functional of g, arguments: the functional, g, dg/dθ, and what is frozen while g moves."""

    nargs = (3, 4)

    def definition(self) -> Any:
        functional, density, change, *_ = self.args
        written_out = unfold(functional)
        value = {integral: sp.Dummy() for integral in written_out.atoms(Integral)}
        outside = written_out.xreplace(value)
        if outside.has(density):
            raise ValueError(f"{self}: {density} stands outside an integral")
        rates = {integral: Integral(change * sp.diff(integral.args[0], density)) for integral in value}
        return sp.Add(
            *(sp.diff(outside, value[i]).xreplace({v: k for k, v in value.items()}) * rates[i] for i in value)
        )

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        functional, _, _, *frozen = self.args
        inside = printer._print(functional)
        held = "".join(rf"_{{{printer._print(name)}\text{{ frozen}}}}" for name in frozen)
        written = rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}\theta}} \left[{inside}\right]{held}"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        functional, _, _, *frozen = self.args
        held = "".join(f", {printer._print(name)} frozen" for name in frozen)
        return f"d/dtheta[{printer._print(functional)}{held}]"


def unfold(expression: Any, *named: Any) -> Any:
    """`expression` with the `named` abbreviations (subclasses of `Named`; by default all) written out."""
    kinds = named or (Named,)
    while found := [part for part in expression.atoms(sp.Function) if isinstance(part, kinds)]:
        expression = expression.xreplace({part: part.definition() for part in found})
    return expression
