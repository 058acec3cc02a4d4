r"""The shares of a few samples: every sample is listed, its chi-square in exact fractions, its KL in balls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import factorial, prod
from typing import Any

from ganmath.theory.ball import ball
from ganmath.theory.certificates.certificate import Certificate, Finding
from ganmath.theory.certificates.linear_programs import Masses, masses
from ganmath.theory.verdict import Verdict


def samples(p: Masses, n: int) -> Iterator[tuple[Fraction, Masses]]:
    """(chance, shares) of every outcome of n draws, their order left out."""
    for counts in product(range(n + 1), repeat=len(p)):
        if sum(counts) == n:
            ways = factorial(n) // prod(map(factorial, counts))
            yield (
                prod((x**c for x, c in zip(p, counts, strict=True)), start=Fraction(ways)),
                tuple(Fraction(c, n) for c in counts),
            )


@dataclass(frozen=True)
class Floors:
    """The mean chi-square of n samples from p is `free`/n, and their mean KL lies where the theorems say.

    That is between the bounds of theorem sampling-limit, with `part` of chi-square in both, and below log(1 + free/n).
    """

    p: Masses
    n: int
    free: int
    part: Fraction = Fraction(1, 2)

    def decide(self) -> Finding:
        """SAMPLED, as it is for this p and n alone, or FAILED with the mean that is off."""
        p, n, evidence = self.p, self.n, f"exact, for {len(self.p)} outcomes and {self.n} samples"
        drawn = list(samples(p, n))
        chi2 = sum(
            (w * sum((s - x) ** 2 / x for s, x in zip(shares, p, strict=True)) for w, shares in drawn), Fraction(0)
        )
        if chi2 != Fraction(self.free, n):
            return Finding(Verdict.FAILED, evidence, f"a mean chi-square of {chi2}, not {Fraction(self.free, n)}")
        kl = sum((ball(w) * _kl(shares, p) for w, shares in drawn), ball(0))
        a = sum((1 - x) * (1 - 2 * x) / x for x in p)
        b = sum((1 - x) ** 2 / x for x in p)
        d = sum((1 - x) * (1 - 6 * x * (1 - x)) / x**2 for x in p)
        half = self.part * Fraction(self.free, n)
        least, most = half - a / (6 * n**2), half + (b - a / 6) / n**2 + d / (3 * n**3)
        if not (ball(least) < kl and kl < ball(most) and kl < (1 + ball(chi2)).log()):
            return Finding(Verdict.FAILED, evidence, f"a mean KL of {kl.str(6, radius=False)}")
        return Finding(Verdict.SAMPLED, evidence)


def _kl(shares: Masses, p: Masses) -> Any:
    return sum((ball(s) * ball(s / x).log() for s, x in zip(shares, p, strict=True) if s), ball(0))


SKEWED = masses(5, 3, 2)

CERTIFICATES = (
    Certificate(
        "sampling-floor",
        r"\mathbb{E}\, \chi^2(\hat{p} \,\|\, p) = \tfrac{k - 1}{n}, \quad "
        r"\mathbb{E}\, \mathrm{KL}(\hat{p} \,\|\, p) < \log\left(1 + \tfrac{k - 1}{n}\right)",
        "For the p and n here: every sample is listed with its chance. The mean chi-square is an exact fraction; the "
        "mean KL is a ball, between the bounds of theorem sampling-limit too.",
        (Floors(SKEWED, 12, 2), Floors(masses(1, 1, 1, 1), 8, 3), Floors(masses(1, 9), 30, 1)),
        Floors(SKEWED, 12, 3),
    ),
)
