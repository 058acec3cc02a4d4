"""The numbers among the right answers of the quizzes, computed once more by the package."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, logit

from ganmath.divergence import (
    Discrete,
    F,
    Gaussian,
    Mixture,
    Samples,
    entropy,
    js,
    kl,
    wasserstein,
)
from ganmath.game import bce, bce_with_logits, optimal_discriminator, solve_zero_sum, value
from ganmath.transform import inverse_cdf, push_forward
from tests.book.test_quizzes import CHAPTERS, quiz_of, quizzes

BELL = Gaussian(0, 1)
STEP = 1e-6


def slope(f: Callable[[float], float], at: float) -> float:
    return (f(at + STEP) - f(at - STEP)) / (2 * STEP)


def least_at(f: Callable[[float], float], low: float, high: float) -> float:
    return float(minimize_scalar(f, bounds=(low, high), method="bounded", options={"xatol": 1e-9}).x)


def density_of_a_square_at_1() -> float:
    square = push_forward(BELL, np.square, breaks=[0], derivative=lambda z: 2 * z)
    return float(np.exp(square.logpdf(1.0)))


def radius_after_gradient_play() -> float:
    x, y = 1.0, 0.0
    for _ in range(100):
        x, y = x - 0.1 * y, y + 0.1 * x
    return math.hypot(x, y)


def width_of_the_covering_bell() -> float:
    bumps = Mixture([Gaussian(-3, 0.5), Gaussian(3, 0.5)], [0.5, 0.5])
    return least_at(lambda width: kl(bumps, Gaussian(0, width)), 1, 5)


def forces() -> tuple[float, float]:
    at = float(logit(0.01))
    in_the_game = slope(lambda a: -bce_with_logits([a], [0]), at)
    non_saturating = slope(lambda a: bce_with_logits([a], [1]), at)
    return -in_the_game, -non_saturating


def rate_of_the_non_saturating_loss() -> float:
    z = np.linspace(-12, 12, 4801)
    weight = stats.norm.pdf(z) * (z[1] - z[0])
    believed = optimal_discriminator(BELL, Gaussian(3, 1), logits=True)(3 + z)
    return float(3 * weight @ expit(-believed))


def bounds_of_a_moved_critic() -> tuple[float, float]:
    p, g = np.array([0.5, 0.5]), np.array([0.9, 0.1])  # their KL is the 0.511 of the question
    T = 2 + np.log(p / g)
    return p @ T - g @ F["kl"].conjugate(T, np), p @ T - math.log(g @ np.exp(T))


def slope_between_two_bells() -> float:
    bells = Mixture([Gaussian(-1, 0.5), Gaussian(1, 0.5)], [0.5, 0.5])
    return slope(lambda z: float(inverse_cdf(bells)(stats.norm.cdf(z))), 0.0)


def side_after_a_transposed_convolution() -> int:
    torch = pytest.importorskip("torch")
    one, kernel = torch.zeros(1, 1, 7, 7), torch.zeros(1, 1, 4, 4)
    return int(torch.nn.functional.conv_transpose2d(one, kernel, stride=2, padding=1).shape[-1])


def share_of_the_overlap() -> float:
    pytest.importorskip("torch")
    from ganmath.gan.systems import descend_on_outcomes, shared_outcome

    return float(descend_on_outcomes(shared_outcome(0.5), "auxiliary")[0, 1])


def exchanges_that_keep_the_chances() -> int:
    chances = [0.4, 0.4, 0.1, 0.1]
    return sum([chances[i] for i in order] == chances for order in permutations(range(4)))


# Chapter and question; what all the numbers in its right answer must be.
NUMBERS: dict[tuple[str, int], Callable[[], object]] = {
    ("distributions", 2): lambda: inverse_cdf(Discrete([0.2, 0.5, 0.3], [0, 1, 4]))(0.7),
    ("distributions", 3): density_of_a_square_at_1,
    ("zero_sum_games", 1): lambda: solve_zero_sum([[4, 0], [1, 2]]).row[0],
    ("zero_sum_games", 3): radius_after_gradient_play,
    ("cross_entropy", 1): lambda: (0.2, entropy([0.2, 0.8])),
    ("cross_entropy", 2): lambda: min((0, 0.2, 0.5), key=lambda d: 0.2 * (1 - d) + 0.8 * d),
    ("cross_entropy", 4): lambda: slope(lambda a: bce_with_logits([a], [0]), 5.0),
    ("divergences", 2): lambda: (0.8, 0.8 * js([1, 0], [0, 1]) / js([1, 0], [0, 1], base=2)),
    ("divergences", 3): lambda: math.exp(js(stats.uniform(0, 1), stats.uniform(20, 1))),  # "log 2"
    ("divergences", 4): lambda: (0, width_of_the_covering_bell()),
    ("wasserstein", 1): lambda: wasserstein(Samples([0, 10]), Samples([9, 2])),
    ("wasserstein", 2): lambda: wasserstein(BELL, Gaussian(0, 3), order=2),
    ("optimal_discriminator", 1): lambda: optimal_discriminator([0.2, 0.8], [0.6, 0.4])[0],
    ("optimal_discriminator", 2): lambda: optimal_discriminator([0.2, 0.8], [0.6, 0.4], prior=0.9)[0],
    ("optimal_discriminator", 3): lambda: least_at(lambda d: bce([d], [0.9]) + bce([d], [0]), 0.01, 0.99),
    ("jsd_reduction", 1): lambda: -math.log(4) + 2 * 0.1,
    ("jsd_reduction", 2): lambda: value(optimal_discriminator([1, 0], [0, 1]), [1, 0], [0, 1]),
    ("jsd_reduction", 3): lambda: math.log(2) - 1 / 2,
    ("non_saturating", 1): forces,
    ("non_saturating", 2): rate_of_the_non_saturating_loss,
    ("f_gan", 1): lambda: F["kl"].conjugate(2.0, np),
    ("f_gan", 3): bounds_of_a_moved_critic,
    ("wgan", 3): lambda: 0.1 * abs(BELL.mean - Gaussian(0, 2).mean),
    ("gradient_penalty", 1): lambda: 4 * least_at(lambda s: 10 * (s - 1) ** 2 - 4 * s, 0, 3),
    ("gradient_penalty", 5): slope_between_two_bells,
    ("dynamics", 1): lambda: brentq(lambda h: abs(1 + h * (-1 + 3j)) - 1, 0.01, 1),
    ("gan_lab", 1): lambda: 1.30 - (math.log(4) - 2 * 0.141),
    ("mode_collapse", 2): lambda: kl([0.25] * 4 + [0] * 4, [0.125] * 8),
    ("digits", 1): side_after_a_transposed_convolution,
    ("digits", 3): lambda: value(optimal_discriminator([1, 0], [0.25, 0.75]), [1, 0], [0.25, 0.75]),
    ("digits", 4): share_of_the_overlap,
    ("cycles", 3): lambda: wasserstein(BELL, Discrete([1], [0])) * 2,
    ("cycles", 4): exchanges_that_keep_the_chances,
    ("estimation", 1): lambda: (2, js(Discrete([0.5, 0.5], [0.1, 0.3]), Discrete([0.5, 0.5], [0.2, 0.4]))),
    ("verifying", 1): lambda: brentq(lambda share: (1 - share) ** 300 - 0.05, 1e-6, 0.5),
}


@pytest.mark.parametrize(("chapter", "number"), NUMBERS)
def test_the_number_of_a_right_answer_is_what_the_package_computes(chapter: str, number: int) -> None:
    question = quizzes.read(quiz_of(f"chapters/{chapter}"))[number - 1]
    (right,) = (answer.text for answer in question.answers if answer.is_right)
    shown = re.findall(r"-?\d+(?:\.\d+)?", right)
    for text, exact in zip(shown, np.atleast_1d(NUMBERS[chapter, number]()), strict=True):
        decimals = len(text.partition(".")[2])
        assert abs(float(text) - exact) <= 0.5001 * 10**-decimals, (text, exact)


def test_each_chapter_asks_for_a_number() -> None:
    assert {f"chapters/{chapter}" for chapter, _ in NUMBERS} == set(CHAPTERS)
