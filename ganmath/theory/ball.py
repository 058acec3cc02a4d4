"""Balls: numbers with a proven error (Arb), as one more namespace for what is written over ``xp``.

A function of ``ganmath.divergence.convex`` reads ``xp.log`` and its like; over numpy it gives floats, over sympy
symbols, over `Balls` an enclosure of the exact value. Needs python-flint, the extra ``certify``.

>>> from ganmath.divergence import F
>>> with precision(30):
...     print(F["kl"].f(ball("0.3"), Balls()))
[-0.361191841297780797786823865328 +/- 6.22e-31]
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any


def _flint() -> Any:
    try:
        import flint
    except ImportError:
        raise ImportError(
            "enclosures are computed by python-flint, the extra `certify`: pip install python-flint"
        ) from None
    return flint


def ball(x: Any) -> Any:
    """A ball around a number: a decimal in a string, exactly what a float stands for, a fraction.

    Raises ImportError without python-flint.

    >>> ball("0.1").overlaps(ball(Fraction(1, 10))), ball(0.5).is_exact()
    (True, True)
    """
    arb = _flint().arb
    return arb(x.numerator) / arb(x.denominator) if isinstance(x, Fraction) else arb(x)


def within(radius: Any) -> Any:
    """The ball around 0 of that radius: an error of at most that size.

    >>> within(Fraction(1, 4)).contains(ball("-0.2")), within(1).contains(2)
    (True, False)
    """
    return ball(radius) * ball(-1).union(ball(1))


def precision(digits: int) -> AbstractContextManager[Any]:
    """Balls of that many decimal digits, within a with statement."""
    return _flint().ctx.workdps(digits)  # type: ignore[no-any-return]


class Balls:
    """The functions of a namespace, of real balls, of complex ones, and of power series over real ones.

    ``analytic`` asks for the proof that a complex argument meets no branch cut, without which the value isn't finite:
    `integral` needs that. A modulus ``abs`` isn't analytic: what has a kink is integrated on either side of it.
    """

    def __init__(self, analytic: bool = False) -> None:
        flint = _flint()
        self.inf, self.pi = flint.arb.pos_inf(), flint.arb.pi()
        self._complex, self._cuts = flint.acb, {"analytic": True} if analytic else {}

    def _checked(self, name: str, x: Any) -> Any:
        x = ball(x) if isinstance(x, int | float | str | Fraction) else x
        return getattr(x, name)(**(self._cuts if isinstance(x, self._complex) else {}))

    def log(self, x: Any) -> Any:
        """The natural logarithm."""
        return self._checked("log", x)

    def sqrt(self, x: Any) -> Any:
        """The square root."""
        return self._checked("sqrt", x)

    def exp(self, x: Any) -> Any:
        """The exponential."""
        return x.exp()

    def tanh(self, x: Any) -> Any:
        """The hyperbolic tangent."""
        return x.tanh()

    def sign(self, x: Any) -> Any:
        """-1, 0 or 1; of a ball around 0, the ball from -1 to 1."""
        return x.sgn()

    def lambertw(self, x: Any) -> Any:
        """The w with w e^w = x, on the principal branch."""
        return x.lambertw()


def taylor(f: Callable[[Any, Any], Any], x: Any, order: int) -> list[Any]:
    """The Taylor coefficients of f(x, xp) at every point of the ball x, up to that order, as balls.

    >>> from ganmath.divergence import F
    >>> [float(c) for c in taylor(F["chi2"].f, ball(3), 2)]
    [4.0, 4.0, 1.0]
    """
    flint = _flint()
    before, flint.ctx.cap = flint.ctx.cap, order + 1
    try:
        series = f(flint.arb_series([x, 1]), Balls())
        return [series[k] for k in range(order + 1)]
    finally:
        flint.ctx.cap = before


def integral(f: Callable[[Any, Any], Any], low: Any, high: Any) -> Any:
    """The integral of f(x, xp) from low to high as a ball, for f analytic near the interval.

    >>> integral(lambda x, xp: xp.log(x), 1, 2).overlaps(2 * ball(2).log() - 1)
    True
    """
    acb = _flint().acb
    namespaces = {flag: Balls(flag) for flag in (False, True)}
    return acb.integral(lambda x, analytic: f(x, namespaces[analytic]), acb(low), acb(high)).real


def jacobian(f: Callable[[list[Any]], Any], size: int) -> list[list[Any]]:
    """The matrix, by rows, of the derivatives of f at 0, where f takes and gives a list of so many power series.

    >>> [[float(slope) for slope in row] for row in jacobian(lambda x: [x[0].exp() * x[1], 3 * x[0]], 2)]
    [[0.0, 1.0], [3.0, 0.0]]
    """
    series = _flint().arb_series
    columns = [f([series([0, int(i == k)], 2) for i in range(size)]) for k in range(size)]
    return [[column[i][1] for column in columns] for i in range(size)]


def eigenvalues(rows: list[list[Any]]) -> list[Any]:
    """All eigenvalues of a matrix as complex balls, each as often as it counts.

    >>> [abs(value).overlaps(ball(1)) for value in eigenvalues([[ball(0), ball(-1)], [ball(1), ball(0)]])]
    [True, True]
    """
    return _flint().acb_mat(rows).eig(multiple=True)  # type: ignore[no-any-return]
