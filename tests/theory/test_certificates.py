"""Certificates hold, refute their false neighbours, and catch every planted mistake."""

from __future__ import annotations

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import pytest

from ganmath.divergence import F
from ganmath.theory import Verdict, certificates
from ganmath.theory.ball import Balls, ball
from ganmath.theory.certificates import (
    CERTIFICATES,
    Certificate,
    Exactly,
    Finding,
    coins,
    convexity,
    gaussians,
    linear_programs,
    losses,
    packs,
    pointwise,
    regularity,
    shares,
)
from ganmath.theory.certificates.boxes import Positive, derivative, interval, x_log_x
from ganmath.theory.certificates.integrals import Above, Vanishes
from ganmath.theory.certificates.linear_programs import Area, Duality, masses, minimise, taxicab


@pytest.mark.parametrize("key", CERTIFICATES)
def test_a_certificate_holds_and_refutes_its_false_neighbour(key: str) -> None:
    seen = CERTIFICATES[key].check()
    assert not seen.shortfalls
    assert seen.verdict is (Verdict.SAMPLED if key in OF_INSTANCES else Verdict.PROVED)
    assert seen.refuted
    assert f"{key}: {seen.verdict}" in str(seen)


def test_certificates_share_no_code_with_the_derivations() -> None:
    """They read balls, the scale of verdicts and the table of convex functions, no more."""
    folder = Path(certificates.__file__).parent
    read = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ganmath")
    }
    others = {module for module in read if not module.startswith("ganmath.theory.certificates")}
    assert others == {"ganmath.theory.ball", "ganmath.theory.verdict", "ganmath.divergence"}


HALF = (interval(2**-7, 0.5 - 2**-7),)
RATIOS = (interval(2**-4, 2**4),)
SQUARE = (coins.INNER, coins.INNER)
FORMS = {f"gaussian-{form}" for form in ("kl", "bc", "chi2", "tv")}
OF_INSTANCES = {  # whose claims are of one instance each
    "jsd-reduction", "kantorovich-rubinstein", "w1-area", "wasserstein-diameter", "cauchy", "wgan-gp", "relativistic",
    "dirac-gan", "dirac-wgan", "dirac-r1", "dirac-r1-r2", "instance-noise", "consensus", "alternating",
    "linear-quadratic", "optimistic", "implicit", "extragradient", "sampling-floor",
} | FORMS  # fmt: skip
LINE, P, Q = linear_programs.taxicab((-2,), (0,), (1,), (4,)), masses(1, 2, 3, 4), masses(4, 1, 4, 1)


def _out_of_order(sp: Any) -> Any:
    root, middle, linear = regularity._matrices(sp)
    return sp.expand(linear**2 * root**2 - root**-1 * middle**2 * root**-1)


def labels_exchanged(sp: Any) -> Any:
    t, D = sp.symbols("t D", real=True)
    return losses.over_squares(1 - t, D, sp) - (D - (2 * t - 1)) ** 2 / 2


# Each is a claim with one mistake: a sign, a factor 2, p and q swapped, a base, a domain.
MUTANTS: dict[str, Any] = {
    "sign: the discriminator maximises -V": Positive(lambda a, D, xp: -coins.bent_down(a, D, xp), SQUARE),
    "sign: log D - log(1 - D)": Positive(lambda a, D, xp: coins.bent_down(a, D, xp) - (1 - a) / (1 - D) ** 2, SQUARE),
    "sign: JS is concave in the share": Positive(derivative(pointwise.js_share, 2, sign=-1), HALF),
    "sign: JS exceeds H^2": Positive(lambda s, xp: -pointwise.under_hellinger(s, xp), (interval(0.1, 0.9),)),
    "factor 2: Pinsker with 4 TV^2": Positive(lambda u, xp: pointwise.pinsker(u, xp, constant=6), RATIOS),
    "factor 2: Pinsker's scalar form for coins with 4 d^2": Positive(
        lambda a, b, xp: coins.bernoulli_kl(a, b, xp) - 4 * (a - b) ** 2, SQUARE
    ),
    "factor 2: JS within half of log 2 TV": Positive(
        lambda t, xp: xp.log(2) * (1 - 2 * t) / 4 - pointwise.js_share(t, xp), HALF
    ),
    "factor 2: twice JS, the f-GAN paper's, within H^2": Positive(
        lambda s, xp: (1 - s) ** 2 / 2 - 2 * pointwise.js_ratio(s, xp), (interval(0.1, 0.9),)
    ),
    "factor 2: the Bayes error at most BC/4": Positive(lambda t, xp: xp.sqrt(t * (1 - t)) / 2 - t, HALF),
    "factor 2: Bretagnolle-Huber with the log doubled": Positive(
        lambda a, b, xp: coins.huber(a, b, xp) + xp.log(1 - (a - b) ** 2), SQUARE
    ),
    "swapped: KL of the swapped coins is the same": Positive(
        lambda a, b, xp: coins.bernoulli_kl(a, b, xp) - coins.bernoulli_kl(b, a, xp) + ball(Fraction(1, 1000)), SQUARE
    ),
    "swapped: H^2 for JS in the bound from below": Positive(
        lambda s, xp: pointwise.js_ratio(s, xp) - (1 - s) ** 2 / 2, (interval(0.1, 0.9),)
    ),
    "swapped: reverse KL's f under KL's name": convexity.bend("kl", F["reverse_kl"].f),
    "swapped: KL's conjugate under reverse KL's": convexity.tight("reverse_kl", F["kl"].conjugate),
    "factor 2: the f-GAN paper's JS under ours": convexity.bend("js", lambda u, xp: 2 * F["js"].f(u, xp)),
    "factor 2: the f-GAN paper's conjugate under ours": convexity.tight("js", lambda t, xp: -xp.log(2 - xp.exp(t))),
    "sign: a conjugate's sign": convexity.tight("neyman_chi2", lambda t, xp: 2 + 2 * xp.sqrt(1 - t)),
    "base: JS in bits within log 2": Positive(
        lambda t, xp: xp.log(2) / 2 - pointwise.js_share(t, xp) / xp.log(2), (coins.INNER,)
    ),
    "base: Pinsker in decimal digits": Positive(
        lambda a, b, xp: coins.bernoulli_kl(a, b, xp) / xp.log(10) - 2 * (a - b) ** 2, SQUARE
    ),
    "factor 2: the slope of softplus is at most 1/2": Positive(
        lambda a, xp: ball(Fraction(1, 2)) - derivative(pointwise.softplus, 1)(a, xp), (interval(-4, 4),)
    ),
    "domain: the pointwise bound of KL without its linear part": Positive(
        lambda u, xp: F["kl"].f(u, xp), (interval(2**-4, 4),)
    ),
    "domain: the fourth derivative beyond u = 2": Positive(derivative(pointwise.pinsker, 4), (interval(1, 4),)),
    "domain: the curvature beyond |a - b| = 1/4": Positive(coins._huber_bend, (coins.UNIT, interval(-1, 1))),
    "swapped: the larger of p and g in the hinge's bound": Positive(
        lambda t, D, xp: losses.over_hinge(t, D, xp) - 2 * (1 - 2 * t), (losses.BELOW_HALF, losses.ABOVE)
    ),
    "swapped: the labels of least squares": Exactly(labels_exchanged),
    "factor 2: a potential twice too steep": Duality(LINE, P, Q, slope=Fraction(2)),
    "sign: the potential upside down": Duality(LINE, P, Q, slope=Fraction(-1)),
    "swapped: the independent coupling for the optimal one": regularity.Aligned(
        linear_programs.taxicab((0,), (1,), (2,)), masses(1, 0, 1), masses(1, 2, 1), optimal=False
    ),
    "factor 2: a Cauchy ratio of twice the scale": regularity._ratio(Fraction(1, 2), scale=2),
    "swapped: A A S for A S A, of matrices that don't commute": Exactly(_out_of_order),
    "sign: no penalty on independent pairs": Above(lambda: -regularity.rings_penalty(), "two rings"),
    "swapped: roots that don't commute": Exactly(lambda sp: regularity._two_by_two(sp, commuting=True)),
    "factor 2: the diameter halved": linear_programs.Spread(
        taxicab((0,), (100,)), masses(1, 0), masses(9, 1), reach=Fraction(50)
    ),
    "swapped: the closed form of the reverse KL": Vanishes(
        lambda: gaussians._kl(gaussians.FAR) - gaussians.FAR.reverse_kl()
    ),
    "factor 2: the exponent of BC doubled": Vanishes(
        lambda: gaussians._overlap(gaussians.CLOSE) - gaussians.CLOSE.coefficient() ** 2
    ),
    "factor 2: TV without its half": Vanishes(
        lambda: 2 * gaussians._left_of_the_middle(gaussians.CLOSE) - gaussians.CLOSE.total_variation()
    ),
    "sign: -log BC above the mean of its parts": Above(lambda: -gaussians._not_additive(gaussians.CLOSE), "one pair"),
    "swapped: the skewed packs for the collapsed": packs.Packed(*packs.COLLAPSED, ("0.2", "0.24")),
    "factor 2: TV of packs without its half": packs.Packed(*packs.SKEWED, ("0.4", "0.48")),
    "domain: k shares, all of them free": shares.Floors(masses(1, 2, 4), 4, 3),
    "factor 2: KL for all of chi-square": shares.Floors(masses(1, 2, 4), 40, 2, part=Fraction(1)),
    "swapped: the share lost for the share kept": Exactly(lambda sp: packs.lost_modes(1, 8, sp, sp.Rational(7, 8))),
    "sign: the absolute value outside the area": Area((-2, 0, 1, 4), P, masses(0, 5, 1, 4), inside=False),
}


@pytest.mark.parametrize("mistake", MUTANTS)
def test_a_planted_mistake_is_caught(mistake: str) -> None:
    found = MUTANTS[mistake].decide()
    assert found.verdict is Verdict.FAILED
    assert found.where


def test_a_mistake_makes_the_certificate_fall_short() -> None:
    pinsker = CERTIFICATES["pinsker"]
    wrong = replace(pinsker, claims=(*pinsker.claims, pinsker.false_neighbour)).check()
    assert wrong.verdict is Verdict.FAILED
    assert wrong.shortfalls == (f"certificate pinsker: {wrong.neighbour}",)
    unrefuted = replace(pinsker, false_neighbour=pinsker.claims[0]).check()
    assert unrefuted.verdict is Verdict.PROVED
    assert "isn't refuted" in unrefuted.shortfalls[0]
    assert "claims nothing" in replace(pinsker, claims=()).check().shortfalls[0]


# ------------------------------------------------------------------------------------------------ boxes


def test_what_touches_zero_stays_undecided_and_falls_short() -> None:
    touching = Positive(lambda x, xp: x * x, (interval(-1, Fraction(4, 3)),), budget=100)
    assert touching.decide().verdict is None
    assert "undecided" in str(touching.decide())
    certificate = Certificate("touching", "", "", (touching,), Positive(lambda x, xp: -1 + 0 * x, RATIOS))
    assert certificate.check().verdict is Verdict.FAILED
    assert len(certificate.check().shortfalls) == 1


def test_the_place_of_a_failure_is_where_it_fails() -> None:
    found = Positive(lambda x, y, xp: x * x + y * y - 1, (interval(-2, 2), interval(-2, 2))).decide()
    assert found == Finding(Verdict.FAILED, "1 box", "(0, 0)")


def test_a_narrow_dip_is_found_where_sampling_would_miss_it() -> None:
    place = Fraction(314159, 100000)

    def dip(x: Any, xp: Any) -> Any:
        return (x - ball(place)) ** 2 - ball(Fraction(1, 10**12))

    found = Positive(dip, (interval(0, 10),)).decide()
    assert found.verdict is Verdict.FAILED
    assert abs(Fraction(found.where.strip("()")) - place) < Fraction(1, 10**6)


def test_only_what_lies_within_counts() -> None:
    outside = Positive(lambda x, xp: x - 1, (interval(0, 4),), within=lambda x, xp: x - 2)
    assert outside.decide().verdict is Verdict.PROVED
    assert replace(outside, within=None).decide().verdict is Verdict.FAILED


@pytest.mark.parametrize("high", [0.0, 2**-20, 0.1, 0.3, 0.36])
def test_x_log_x_is_enclosed_down_to_0(high: float) -> None:
    enclosed = x_log_x(ball(0).union(ball(high)), Balls())
    if high < 1 / 3:
        assert all(enclosed.contains(x * ball(x).log() if x else ball(0)) for x in (0.0, high / 2, high))
        assert abs(enclosed) < 0.4
    else:
        assert not enclosed.is_finite()
    assert x_log_x(flint.arb(2), Balls()).overlaps(2 * ball(2).log())


def test_an_identity_that_is_off_says_what_is_left() -> None:
    def off(sp: Any) -> Any:
        x = sp.Symbol("x", positive=True)
        return sp.log(2 * x) - sp.log(x)

    assert Exactly(off).decide() == Finding(Verdict.FAILED, "exact", "log(2) is left")


# ------------------------------------------------------------------------------------------ linear programs


def test_the_simplex_method_meets_a_degenerate_corner_and_the_known_optimum() -> None:
    """Beale's example, on which the largest-coefficient rule cycles."""
    costs = [Fraction(-3, 4), Fraction(150), Fraction(-1, 50), Fraction(6), *[Fraction(0)] * 3]
    rows = [
        [Fraction(1, 4), Fraction(-60), Fraction(-1, 25), Fraction(9), Fraction(1), Fraction(0), Fraction(0)],
        [Fraction(1, 2), Fraction(-90), Fraction(-1, 50), Fraction(3), Fraction(0), Fraction(1), Fraction(0)],
        [Fraction(0), Fraction(0), Fraction(1), Fraction(0), Fraction(0), Fraction(0), Fraction(1)],
    ]
    best = minimise(costs, rows, [Fraction(0), Fraction(0), Fraction(1)])
    assert best is not None
    assert sum(c * x for c, x in zip(costs, best, strict=True)) == Fraction(-1, 20)


def test_a_program_without_an_admissible_point_or_a_bound_says_so() -> None:
    one = Fraction(1)
    assert minimise([one], [[one], [one]], [one, 2 * one]) is None
    with pytest.raises(ValueError, match=r"no lower bound: x\[1\]"):
        minimise([-one, 0 * one], [[one, -one]], [one])
    with pytest.raises(ValueError, match="p has mass 1, q 1/2"):
        linear_programs.cheapest_plan(taxicab((0,), (1,)), masses(1, 1), (Fraction(1, 2), Fraction(0)))


@pytest.mark.parametrize("shift", range(1, 4))
def test_a_shift_costs_its_length(shift: int) -> None:
    """W1(p(. - s), p) = s, by a plan and a potential."""
    points = tuple((x,) for x in range(6))
    p = (*masses(1, 2, 3), *[Fraction(0)] * 3)
    q = (*[Fraction(0)] * shift, *masses(1, 2, 3), *[Fraction(0)] * (3 - shift))
    plan = linear_programs.cheapest_plan(taxicab(*points), p, q)
    assert sum(plan[i][j] * abs(i - j) for i in range(6) for j in range(6)) == shift
    assert Duality(taxicab(*points), p, q).decide().verdict is Verdict.SAMPLED


def test_a_negative_distance_has_no_potential() -> None:
    bad = ((Fraction(0), Fraction(-1)), (Fraction(-1), Fraction(0)))
    with pytest.raises(ValueError, match="a distance is negative"):
        linear_programs.best_potential(bad, masses(1, 1), masses(1, 3))
