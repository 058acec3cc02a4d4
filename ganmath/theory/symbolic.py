"""Deciding, with symbols, that an expression vanishes or has a sign.

Nothing here is forced: a logarithm is split only where sympy knows that its factors are positive.
"""

from __future__ import annotations

import threading
from typing import Any

import sympy as sp

from ganmath.theory.derivation import Assumptions

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


def normal_form(expression: Any, assumptions: Assumptions) -> tuple[Any, Any]:
    """(numerator, denominator), the numerator expanded, over positive symbols and split logarithms.

    A hyperbolic tangent is written out in exponentials.
    """
    plain = positive_form(expression, assumptions).replace(sp.tanh, lambda x: 1 - 2 / (sp.exp(2 * x) + 1))
    numerator, denominator = sp.fraction(sp.together(split_logs(plain)))
    return sp.expand(numerator), denominator


def vanishes(expression: Any, assumptions: Assumptions) -> bool:
    """Whether `expression` is 0 by algebra over its symbols and its logarithms, split."""
    return bool(normal_form(expression, assumptions)[0] == 0)


def has_sign(expression: Any, assumptions: Assumptions, *, strict: bool) -> bool:
    """Whether `expression` is > 0 (strict) or >= 0, as sympy reads it off it, or off its factored normal form."""
    if sp.sympify(expression).is_positive or (not strict and sp.sympify(expression).is_nonnegative):
        return True
    over, under = normal_form(expression, assumptions)
    numerator, denominator = sp.fraction(sp.factor(over / under))
    if not denominator.is_positive:
        return False
    return bool(numerator.is_positive if strict else numerator.is_nonnegative)


def simplify(expression: Any, seconds: float = SIMPLIFY_SECONDS) -> Any:
    """sympy's simplify, or `expression` as it stands where that takes longer than `seconds`."""
    result = [expression]

    def work() -> None:
        result[0] = sp.simplify(expression)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    return result[0]
