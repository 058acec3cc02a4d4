"""Other losses of the game: no score, energy or critic does better than its divergence lets it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ganmath.laws.law import Law, roundings
from ganmath.laws.statements.names import law

Masses = Sequence[float]


def _moved(best: float, score: float) -> float:
    """The best answer moved by the score's cube, so that most are near it, where a bound bites."""
    return best + 3 * (score / 10) ** 3


def _answers(p: Masses, g: Masses, scores: Masses, best: Callable[[float, float], float]) -> list[float]:
    """What is answered to each outcome: the best answer, moved."""
    return [_moved(best(a, b) if a + b else 0.0, score) for a, b, score in zip(p, g, scores, strict=True)]


def _mean(p: Masses, losses: Sequence[float]) -> float:
    return math.fsum(mass * loss for mass, loss in zip(p, losses, strict=True) if mass)


def _mixture(p: Masses, g: Masses) -> list[float]:
    return [(a + b) / 2 for a, b in zip(p, g, strict=True)]


def _least_squares(p: Masses, g: Masses, scores: Masses) -> float:
    d = _answers(p, g, scores, lambda a, b: (a - b) / (a + b))
    return (_mean(p, [(x - 1) ** 2 for x in d]) + _mean(g, [(x + 1) ** 2 for x in d])) / 2


def _hinge(p: Masses, g: Masses, scores: Masses) -> float:
    d = _answers(p, g, scores, lambda a, b: math.copysign(1, a - b))
    return _mean(p, [max(0.0, 1 - x) for x in d]) + _mean(g, [max(0.0, 1 + x) for x in d])


def _energy(p: Masses, g: Masses, scores: Masses) -> float:
    energies = [abs(x) for x in _answers(p, g, scores, lambda a, b: float(a < b))]
    return _mean(p, energies) + _mean(g, [max(0.0, 1 - x) for x in energies])


def _pairs(p: Masses, g: Masses) -> list[float]:
    """The masses of p x g."""
    return [a * b for a in p for b in g]


def _relativistic(p: Masses, g: Masses, scores: Masses) -> float:
    critic = _answers(p, g, scores, lambda a, b: math.log(a / b) if a and b else 0.0)
    differences = [x - y for x in critic for y in critic]
    return _mean(_pairs(p, g), [min(a, 0.0) - math.log1p(math.exp(-abs(a))) for a in differences])


LAWS: list[Law] = [
    law(
        "least-squares",
        "chi2",
        r"1 - \chi^2(g \| m) \le \tfrac12 \mathrm{E}_p (D - 1)^2 + \tfrac12 \mathrm{E}_g (D + 1)^2",
        "Mao et al. (2017)",
        "pairs_and_logits",
        lambda f, p, g, scores: (1 - f(g, _mixture(p, g)), _least_squares(p, g, scores)),
    ),
    law(
        "hinge",
        "total_variation",
        r"2 (1 - \mathrm{TV}(p, g)) \le \mathrm{E}_p \max(0, 1 - D) + \mathrm{E}_g \max(0, 1 + D)",
        "Lim & Ye (2017)",
        "pairs_and_logits",
        lambda f, p, g, scores: (2 * (1 - f(p, g)), _hinge(p, g, scores)),
    ),
    law(
        "energy",
        "total_variation",
        r"1 - \mathrm{TV}(p, g) \le \mathrm{E}_p E + \mathrm{E}_g \max(0, 1 - E) \text{ for } E \ge 0",
        "Zhao et al. (2017)",
        "pairs_and_logits",
        lambda f, p, g, scores: (1 - f(p, g), _energy(p, g, scores)),
    ),
    law(
        "relativistic",
        "js",
        r"\mathrm{E} \log \sigma(C(x) - C(y)) \le -\log 2 + \mathrm{JS}(p \times g, g \times p)",
        "Jolicoeur-Martineau (2019)",
        "pairs_and_logits",
        lambda f, p, g, scores: (_relativistic(p, g, scores), f(_pairs(p, g), _pairs(g, p)) - math.log(2)),
        tolerance=roundings(8),
    ),
]
