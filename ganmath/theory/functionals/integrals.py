"""What everything else unfolds to: integrals of unspecified densities, their names, means and rates."""

from __future__ import annotations

from typing import Any

import sympy as sp


def seen_to_be_real(inside: Any) -> bool | None:
    """Whether no imaginary unit stands in it and each symbol is real; None if not: it may be real all the same."""
    return True if not inside.has(sp.I) and all(symbol.is_real for symbol in inside.free_symbols) else None


class Integral(sp.Function):  # type: ignore[misc]
    r"""∫ integrand dx, the integrand a pointwise expression in the values p, g, D at x; ∫ 0 dx is 0."""

    nargs = 1

    @classmethod
    def eval(cls, integrand: Any) -> Any:
        """0 for the integrand 0; None, which leaves the integral as it is, for every other."""
        return sp.Integer(0) if integrand == 0 else None

    def _eval_is_real(self) -> Any:
        """Each integral that a derivation writes exists, its assumptions say so; it's real unless something isn't."""
        return seen_to_be_real(self.args[0])

    def _eval_is_nonnegative(self) -> Any:
        return True if self.args[0].is_nonnegative else None

    def fdiff(self, argindex: int = 1) -> Any:
        """ValueError: only the rules that print the axiom for it differentiate under the integral."""
        raise ValueError(f"{self} can't be differentiated by this rule")

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
