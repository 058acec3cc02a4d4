"""Deciding, with symbols, that an expression vanishes or has a sign.

Nothing here is forced: a logarithm is split only where sympy knows that its factors are positive.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions
from ganmath.theory.functionals import Integral, Named

SIMPLIFY_SECONDS = 5.0


def positive_form(expression: Any, assumptions: Assumptions) -> Any:
    """`expression` with u/(u + v), u, v > 0, for each symbol D of (0, 1): both D and 1 - D are positive.

    A symbol of another interval becomes the expression that takes its values.
    """
    expression = sp.sympify(expression).subs(assumptions.intervals)
    shares = {}
    for symbol in assumptions.unit:
        u, v = sp.Dummy("u", positive=True), sp.Dummy("v", positive=True)
        shares[symbol] = u / (u + v)
    return undo_lambert(expression.subs(shares))


def undo_lambert(expression: Any) -> Any:
    """Lambert's W for what it is by its definition: W(w e^w) = w for w > 0.

    >>> w = sp.Symbol("w", positive=True)
    >>> undo_lambert(sp.LambertW(w * sp.exp(w)) + 1)
    w + 1
    """

    def undone(argument: Any) -> Any:
        factor, power = argument.as_independent(sp.exp, as_Add=False)
        at_factor = factor.is_positive and sp.expand(sp.log(power) - factor) == 0
        return factor if at_factor else sp.LambertW(argument)

    return expression.replace(sp.LambertW, undone)


def split_logs(expression: Any) -> Any:
    """Each log of a product as a sum of logs, as far as the factors are known to be positive.

    >>> x, y = sp.symbols("x y", positive=True)
    >>> split_logs(sp.log(1 - x / (x + y)))
    log(y) - log(x + y)
    >>> z = sp.Symbol("z", real=True)
    >>> split_logs(sp.log((z - 2) ** 2))
    log((z - 2)**2)
    """
    factored = expression.replace(sp.log, lambda argument: sp.log(sp.factor(argument)))
    return sp.expand_log(factored, force=False, factor=True)


def without_extremes(expression: Any) -> Any:
    """Max and Min of two by an absolute value, each of those of a product as a product; beside a sign, |x| as x sign x.

    >>> x, y = sp.symbols("x y", positive=True)
    >>> without_extremes(sp.Max(x, y) + sp.Min(x, y))
    x + y
    >>> without_extremes(y * sp.Abs(x / y - 1))
    Abs(x - y)
    """
    flat = expression.replace(lambda part: isinstance(part, sp.Max | sp.Min) and len(part.args) == 2, _half_sum)
    flat = flat.replace(sp.Abs, lambda inside: sp.Abs(sp.factor(inside)))
    if flat.has(sp.sign):
        flat = flat.replace(sp.Abs, _by_sign)
        flat = flat.replace(sp.sign, lambda inside: sp.sign(sp.factor(inside))).replace(sp.sign, _odd_sign)
    return flat


def _half_sum(extreme: Any) -> Any:
    """The larger or the smaller of two: half of their sum, more or less half of their distance."""
    one, other = extreme.args
    way = 1 if isinstance(extreme, sp.Max) else -1
    return (one + other + way * sp.Abs(one - other)) / 2


def _by_sign(inside: Any) -> Any:
    """|x| = x sign x; but 1 + sign x and 1 - sign x are nowhere negative."""
    for way in (1, -1):
        if any(way * inside == 1 + other * part for part in inside.atoms(sp.sign) for other in (1, -1)):
            return way * inside
    return inside * sp.sign(inside)


def _odd_sign(inside: Any) -> Any:
    """One way to write the signs of x and of -x."""
    return -sp.sign(-inside) if inside.could_extract_minus_sign() else sp.sign(inside)


def normal_form(expression: Any, assumptions: Assumptions) -> tuple[Any, Any]:
    """(numerator, denominator), the numerator expanded, over positive symbols and split logarithms.

    A hyperbolic tangent is written out in exponentials.
    """
    plain = positive_form(expression, assumptions).replace(sp.tanh, lambda x: 1 - 2 / (sp.exp(2 * x) + 1))
    numerator, denominator = sp.fraction(sp.together(split_logs(plain)))
    return _one_exponential_each(sp.expand(numerator)), denominator


def _one_exponential_each(total: Any) -> Any:
    """`total`, a sum, with the exponentials of each term made one, of an exponent in lowest terms."""
    if not total.has(sp.exp):
        return total
    terms = []
    for term in sp.Add.make_args(total):
        factors = sp.Mul.make_args(term)
        exponents = [factor.exp for factor in factors if isinstance(factor, sp.exp)]
        rest = [factor for factor in factors if not isinstance(factor, sp.exp)]
        terms.append(sp.Mul(*rest, sp.exp(sp.cancel(sp.together(sp.Add(*exponents))))))
    return sp.Add(*terms)


def cases(expression: Any) -> tuple[Any, ...]:
    """`expression` where x >= y and where y >= x, for the two positive symbols of an absolute value that is 0 at x = y.

    The larger is written (r + d)^2 and the smaller r^2, with r > 0 and d >= 0, so that their roots are polynomials too.
    What stands under an integral stays as it is: there, either may be the case.

    >>> x, y = sp.symbols("x y", positive=True)
    >>> cases(sp.Abs(sp.sqrt(x) - sp.sqrt(y)) * (sp.sqrt(x) + sp.sqrt(y)) - sp.Abs(x - y))
    (0, 0)
    """
    held = _stand_ins(expression)
    released = {stand_in: part for part, stand_in in held.items()}
    return tuple(case.xreplace(released) for case in _pointwise_cases(_by_moduli(expression.xreplace(held))))


def _stand_ins(expression: Any) -> dict[Any, Any]:
    """A symbol of the same sign for each functional."""
    return {
        part: sp.Dummy(real=part.is_real, nonnegative=part.is_nonnegative)
        for part in sp.sympify(expression).atoms(Integral, Named)
    }


def _by_moduli(expression: Any) -> Any:
    return expression.replace(lambda part: isinstance(part, sp.Min | sp.Max), lambda part: part.rewrite(sp.Abs))


def _pointwise_cases(expression: Any) -> list[Any]:
    for inside in sorted((part.args[0] for part in expression.atoms(sp.Abs)), key=str):
        symbols = sorted(inside.free_symbols, key=str)
        if len(symbols) == 2 and all(s.is_positive for s in symbols) and inside.subs(*symbols) == 0:
            r, d = sp.Dummy("r", positive=True), sp.Dummy("d", nonnegative=True)
            either = [expression.subs({large: (r + d) ** 2, small: r**2}) for large, small in (symbols, symbols[::-1])]
            return [each for case in either for each in _pointwise_cases(_without_moduli(case))]
    return [expression]


def _without_moduli(expression: Any) -> Any:
    """Each absolute value replaced by what stands in it, or by minus that, where its factors have signs."""
    return sp.expand(expression.replace(sp.Abs, lambda inside: sp.Abs(sp.factor(inside))), deep=False)


def vanishes(expression: Any, assumptions: Assumptions) -> bool:
    """Whether `expression` is 0 by algebra over its symbols, its logarithms, split, and its absolute values.

    These are compared as they are, or decided in each of its `cases`.
    """
    flat = without_extremes(positive_form(expression, assumptions))
    return bool(normal_form(flat, assumptions)[0] == 0) or (
        all(normal_form(case, assumptions)[0] == 0 for case in cases(expression))
    )


def has_sign(expression: Any, assumptions: Assumptions, *, strict: bool) -> bool:
    """Whether `expression` is > 0 (strict) or >= 0, as sympy reads it off it or off its factored `cases`."""
    if sp.sympify(expression).is_positive or (not strict and sp.sympify(expression).is_nonnegative):
        return True
    for case in cases(expression.xreplace(_stand_ins(expression))):
        over, under = normal_form(case, assumptions)
        numerator, denominator = sp.fraction(sp.factor(over / under))
        if not denominator.is_positive:
            return False
        if not (numerator.is_positive if strict else numerator.is_nonnegative):
            return False
    return True


def simplify(expression: Any, seconds: float = SIMPLIFY_SECONDS) -> Any:
    """sympy's simplify, or `expression` as it stands where that fails or takes longer than `seconds`."""
    result = [expression]

    def work() -> None:
        with suppress(ValueError, TypeError, NotImplementedError):  # of Max and Min it can't compare
            result[0] = sp.simplify(expression)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    return result[0]
