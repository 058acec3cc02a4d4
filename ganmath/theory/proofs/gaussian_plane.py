r"""KL of two Gaussians in the plane: the trace of T^-1 S by integration by parts, without a matrix being inverted.

The covariance of p is S = L L^T and the inverse of that of g is K^T K, with triangular L and K: every positive definite
matrix has such a root, and its determinant is that of the diagonal, squared.
"""

from __future__ import annotations

import sympy as sp
from sympy import Rational, exp, log, pi

from ganmath.theory import rules
from ganmath.theory.derivation import Assumptions, Derivation, Step
from ganmath.theory.functionals import KL, Integral
from ganmath.theory.proofs.symbols import g, p

half = Rational(1, 2)
x, y, b, v, d, e = sp.symbols("x y b v d e", real=True)  # the point, measured from the mean of p; that of g is (d, e)
a, c, u, w = sp.symbols("a c u w", positive=True)  # the diagonals

point, mean = sp.Matrix([x, y]), sp.Matrix([d, e])
L, K = sp.Matrix([[a, 0], [b, c]]), sp.Matrix([[u, 0], [v, w]])
S, precision = L * L.T, K.T * K  # of p the covariance, of g its inverse


def squared(vector: sp.Matrix) -> sp.Expr:
    """The squared length."""
    return vector.dot(vector)


own = squared(L.inv() * point)
other = squared(K * (point - mean))
constant = -log(a * c * u * w) + half * squared(K * mean)
linear, quadratic = (K * mean).dot(K * point), squared(K * point) - own
trace = squared(K * L[:, 0]) + squared(K * L[:, 1])  # of T^-1 S = K^T K L L^T
push = S * precision * mean
pull = (S * precision - sp.eye(2)) * point

gaussian_kl_plane = Derivation(
    "gaussian-kl-plane",
    "KL of two Gaussians in the plane",
    KL(p, g),
    (
        Step(
            Integral(p * (half * other - half * own - log(a * c * u * w))),
            rules.linearity(KL, p, g),
            "The logarithm of the ratio is a quadratic in the point.",
        ),
        Step(
            Integral(p * constant) + half * Integral(p * quadratic) - Integral(p * linear),
            rules.linearity(),
            "Sorted into what is constant, quadratic and linear in the point.",
        ),
        Step(
            Integral(p * constant) + half * Integral(p * quadratic),
            rules.ends({x: push[0] * p, y: push[1] * p}, p),
            "The linear part is the divergence of a constant vector times p: the mean of p is 0.",
        ),
        Step(
            Integral(p * constant) + half * Integral(p * (trace - 2)),
            rules.ends({x: -half * pull[0] * p, y: -half * pull[1] * p}, p),
            "p times x^T A x, less the trace of S A, is minus the divergence of p S A x; here A = T^-1 - S^-1.",
        ),
        Step(
            half * (trace - 2 + squared(K * mean)) - log(a * c * u * w),
            rules.total_mass(),
            "A density integrates to 1.",
        ),
    ),
    Assumptions(
        (
            "p and g are the densities of N(0, S) and N((d, e), T) in the plane, over which integrals run; x and y are "
            "measured from the mean of p",
            "S = L L^T with L of rows (a, 0) and (b, c), and T^-1 = K^T K with K of rows (u, 0) and (v, w), so that "
            "det S = (a c)^2 and det T = 1/(u w)^2",
            "a Gaussian density integrates to 1",
        ),
        densities=(p, g),
        coordinates=(x, y),
        definitions={p: exp(-own / 2) / (2 * pi * a * c), g: u * w * exp(-other / 2) / (2 * pi)},
    ),
)

without_the_dimension = gaussian_kl_plane.altered(
    3,
    after=Integral(p * constant) + half * Integral(p * (trace - 1)),
    why="The trace of the identity of the plane taken for 1: right on the line.",
)
