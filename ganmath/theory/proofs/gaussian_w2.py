r"""W_2 of two Gaussians: no coupling costs less than Bures' distance, and a linear map costs just that.

The map is y = A x with a positive definite A, the gradient of a convex function; in the axes of A everything goes
coordinate by coordinate (Dowson & Landau 1982, Givens & Shortt 1984).
"""

from __future__ import annotations

import sympy as sp

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import Integral

a, s, r = sp.symbols("a s r", positive=True)
t = sp.Symbol("t", positive=True)
c, m, n = sp.symbols("c m n", real=True)

means = Integral((m - n) ** 2)

gaussian_w2 = Derivation(
    "gaussian-w2",
    "The distance of two Gaussians",
    Integral((m - n) ** 2 + s**2 + t**2 - 2 * c),
    (
        Step(
            Integral((m - n) ** 2 + (s - t) ** 2),
            rules.monotone(names=(c,)),
            "No covariance is larger than the product of the standard deviations: c <= s t (Cauchy and Schwarz). "
            "In this bound the coupling is gone.",
            ">=",
        ),
        Step(
            means + Integral(s**2) + Integral(t**2) - 2 * Integral(a * s**2),
            rules.linearity(t),
            "As t = a s, that is |m - n|^2 + tr S + tr T - 2 tr(A S), Bures' formula.",
        ),
        Step(
            Integral((m - n) ** 2 + s**2 + t**2 - 2 * s * t),
            rules.substitute({r: 1}, c),
            "The map y = n + A (x - m) is linear, so it takes N(m, S) to a Gaussian, of mean n and covariance "
            "A S A = T. Its covariance of x_i and y_i is a s^2 = s t.",
            of=0,
            left=r"\text{for } Y = n + A (X - m)\colon \quad \mathbb{E} |X - Y|^2",
        ),
        Step(
            Integral((m - n) ** 2 + (s - t) ** 2),
            rules.linearity(),
            "This coupling reaches the bound, so it is the best: the bound is W_2 squared.",
        ),
    ),
    Assumptions(
        (
            "X is N(m, S) and Y is N(n, T), on one space: a coupling, and W_2^2 is the least E|X - Y|^2 of all",
            "A is the positive definite matrix with A S A = T; the axes are its eigenvectors, a its eigenvalue, and ∫ "
            "is the sum over the axes",
            "along each axis m and n are the means, s and t the standard deviations, c the covariance of x and y; as A "
            "is diagonal there, t^2 = a^2 s^2",
            "|c| <= s t, written c = s t (2r - 1) with 0 < r < 1, and r = 0 or 1 by continuity",
        ),
        unit=(r,),
        functions=(a, s, m, n, r),
        definitions={t: a * s, c: s * t * (2 * r - 1)},
    ),
    left=r"\mathbb{E} |X - Y|^2",
)

with_nothing_to_gain = gaussian_w2.altered(
    0,
    after=Integral((m - n) ** 2 + s**2 + t**2),
    why="Independent X and Y, c = 0, taken for the best coupling.",
)
