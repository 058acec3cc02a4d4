r"""What the derivations on the line speak about: unspecified functions, events, their chances and means.

Sympy leaves all of it alone, as it does the integrals of `functionals`; only the rules' printed axioms say what
may be done.  Where a step is tested at points, each such value counts as a number of its own (`OPAQUE`): what
holds for all numbers holds for the values of all functions.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef, UndefinedFunction

from ganmath.theory.functionals import Named
from ganmath.theory.functionals.integrals import seen_to_be_real


class Unspecified(AppliedUndef):  # type: ignore[misc]
    """The value of an unspecified `function` at its argument, or at two of which the second stays as it is."""

    nargs = (1, 2)
    notation = ""
    slope: Any = None  # the function that is the derivative in the first argument, where there is one
    shape = ""
    inverse_of: Any = None
    conjugate_of: Any = None

    def fdiff(self, argindex: int = 1) -> Any:
        """The slope at the same arguments; ValueError for a function that was given none."""
        if self.slope is None or argindex > 1:
            raise ValueError(f"{type(self).__name__} was given no slope, so it can't be differentiated")
        return self.slope(*self.args)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        written = rf"{self.notation}\left({', '.join(map(printer._print, self.args))}\right)"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        return f"{type(self).__name__}({', '.join(map(printer._print, self.args))})"


RISING, STRICTLY_RISING, STRICTLY_FALLING, CONVEX = "rising", "strictly rising", "strictly falling", "convex"
LIPSCHITZ = "1-Lipschitz"
ITSELF = "itself"  # whose inverse an involution is


def function(
    name: str,
    notation: str = "",
    slope: Any = None,
    shape: str = "",
    *,
    inverse_of: Any = None,
    conjugate_of: Any = None,
    **assumptions: bool,
) -> Any:
    """A function of a real variable, and perhaps of a second one, of which no more is known than this.

    `notation` is its LaTeX name, where that differs from its name in text; `slope` its derivative in the first
    variable, a function too;
    `shape` what the rules may use of it (`RISING`, `CONVEX`, ...), as they do that it is `inverse_of` another
    function (or `ITSELF`) or its `conjugate_of`; `assumptions` are sympy's, on its values.

    >>> import sympy as sp
    >>> x = sp.Symbol("x", real=True)
    >>> F = function("F", slope=function("p", nonnegative=True))
    >>> sp.diff(F(2 * x), x)
    2*p(2*x)
    """
    known = {"notation": notation or name, "slope": slope, "shape": shape}
    known |= {"inverse_of": inverse_of, "conjugate_of": conjugate_of}
    return UndefinedFunction(name, bases=(Unspecified,), **known, **(assumptions or {"real": True}))


class Random(sp.Symbol):  # type: ignore[misc]
    """A random number, so that no rule mistakes it for a fixed one."""


class AbsoluteValue(Named):
    """The absolute value, left standing where sympy's Abs would decide on a sign or split a product."""

    nargs = 1
    is_nonnegative = True

    @classmethod
    def eval(cls, inside: Any) -> Any:
        """One way to write both x and -x; 0 for 0."""
        if inside == 0:
            return sp.Integer(0)
        return cls(-inside) if inside.could_extract_minus_sign() else None

    def definition(self) -> Any:
        return sp.Abs(self.args[0])

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"\left|{printer._print(self.args[0])}\right|" + ("" if exp is None else f"^{{{exp}}}")

    def _sympystr(self, printer: Any) -> str:
        return f"|{printer._print(self.args[0])}|"


class Sign(Named):
    """The sign of u, which is u/|u|: 1 or -1, and never used where u = 0."""

    nargs = 1
    notation = r"\mathrm{sign}"

    def definition(self) -> Any:
        return self.args[0] / sp.Abs(self.args[0])

    def _sympystr(self, printer: Any) -> str:
        return f"sign({printer._print(self.args[0])})"


class Minimum(Named):
    """min(a, b) = (a + b - |a - b|)/2, left standing where sympy's Min would decide."""

    nargs = 2
    notation = r"\min"

    def _eval_is_nonnegative(self) -> Any:
        return True if all(each.is_nonnegative for each in self.args) else None

    def definition(self) -> Any:
        a, b = self.args
        return (a + b - sp.Abs(a - b)) / 2

    def _sympystr(self, printer: Any) -> str:
        return f"min({', '.join(map(printer._print, self.args))})"


class NormalCDF(Named):
    """The distribution function of N(0, 1), (1 + erf(x/sqrt 2))/2."""

    nargs = 1
    notation = r"\Phi"
    is_positive = True

    def definition(self) -> Any:
        return (1 + sp.erf(self.args[0] / sp.sqrt(2))) / 2

    def _sympystr(self, printer: Any) -> str:
        return f"Phi({printer._print(self.args[0])})"


class Event(sp.Function):  # type: ignore[misc]
    """Something said of the event left <= right, the arguments left and right."""

    nargs = 2
    is_nonnegative = True
    brackets, latex_brackets = ("", ""), ("", "")

    def fdiff(self, argindex: int = 1) -> Any:
        """ValueError: whether the chance of an event has a slope, only its distribution function says."""
        raise ValueError(f"{self} can't be differentiated")

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        left, right = map(printer._print, self.args)
        before, after = self.latex_brackets
        written = rf"{before}{left} \le {right}{after}"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        left, right = map(printer._print, self.args)
        return f"{self.brackets[0]}{left} <= {right}{self.brackets[1]}"


class Probability(Event):
    """P(left <= right)."""

    brackets, latex_brackets = ("P(", ")"), (r"\mathrm{P}\left(", r"\right)")


class Indicator(Event):
    """1 where left <= right, else 0."""

    brackets, latex_brackets = ("1{", "}"), (r"\mathbf{1}\left\{", r"\right\}")


class Mean(sp.Function):  # type: ignore[misc]
    """The expectation of an expression in random variables."""

    nargs = 1

    def _eval_is_real(self) -> Any:
        return seen_to_be_real(self.args[0])

    def fdiff(self, argindex: int = 1) -> Any:
        """ValueError: a mean is a number, and not differentiated under its sign."""
        raise ValueError(f"{self} can't be differentiated")

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"\mathbb{{E}}\left[{printer._print(self.args[0])}\right]" + ("" if exp is None else f"^{{{exp}}}")

    def _sympystr(self, printer: Any) -> str:
        return f"E[{printer._print(self.args[0])}]"


OPAQUE = (Unspecified, Event, Mean)
