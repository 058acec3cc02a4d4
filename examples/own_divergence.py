"""A divergence of your own, checked by laws: `python examples/own_divergence.py --prior 0.3`.

Show somebody x and ask whether it is data (density p, drawn with probability w) or generated (density q). The answer
varies by w (1 - w); knowing x explains a share of that, which is an f-divergence of p and q.
"""

import argparse
import math

import numpy as np

from ganmath.divergence import ConvexFunction, f_divergence
from ganmath.game import optimal_discriminator
from ganmath.laws import Law, examine, roundings


def explained(w: float) -> ConvexFunction:
    """f(u) = w (1 - w) (u - 1)^2 / (w u + 1 - w), and what belongs to it."""

    def root(t, xp):
        """sqrt(1 - t / (1 - w)), not beyond its value at f'(0)."""
        r, end = xp.sqrt(1 - t / (1 - w)), 1 / (1 - w)
        return (r + end - abs(r - end)) / 2

    return ConvexFunction(
        name=f"explained({w:g})",
        f=lambda u, xp: w * (1 - w) * (u - 1) ** 2 / (w * u + 1 - w),
        derivative=lambda u, xp: (1 - w) * (1 - 1 / (w * u + 1 - w) ** 2),
        conjugate=lambda t, xp: (1 - w) / w * (2 - 2 * root(t, xp) - (1 - w) * (1 - root(t, xp) ** 2)),
        activation=lambda v, xp: (1 - w) * (1 - xp.exp(-v)),
        domain=(-math.inf, 1 - w),
        at_zero=w,
        slope_at_infinity=1 - w,
        terms=lambda at: w * (1 - w) * at.difference**2 / (w * at.p + (1 - w) * at.q + (at.p + at.q == 0)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prior", type=float, default=0.5, help="how probable data are before x is seen (0.5)")
    parser.add_argument("--quick", action="store_true", help="with fewer examples")
    given = parser.parse_args()
    w, examples = given.prior, 20 if given.quick else 200

    p, q, mine = np.array([0.5, 0.5]), np.array([0.9, 0.1]), explained(w)
    d = optimal_discriminator(p, q, prior=w)
    left = np.sum((w * p + (1 - w) * q) * d * (1 - d))
    print(f"explained: {f_divergence(p, q, mine):.12f}; by D*: {1 - left / (w * (1 - w)):.12f}")

    share = Law(
        key="a-share", of="explained", statement=r"D_w(p, q) \le 1", source="variances add",
        inputs=("pairs", "disjoint_pairs"), sides=lambda f, p, q: (f(p, q), 1.0), tolerance=roundings(2),
    )  # fmt: skip
    print(examine(share, lambda p, q: f_divergence(p, q, mine), examples))
    print(examine(share, lambda p, q: f_divergence(p, q, mine) / (w * (1 - w)), examples), "(a wrong scale)")


if __name__ == "__main__":
    main()
