r"""The golden table: the numbers of the theory, each in a ball, by a route that shares nothing with the numeric code.

p = N(0, 1) unless a key says otherwise; N(m, s) has standard deviation s; nats. `python -m
ganmath.theory.certificates.values` prints the table, which `tests/golden/theorems.json` keeps.

>>> with precision(DIGITS):
...     print(VALUES["wasserstein N(0,1) N(0,2)"]().str(12, radius=False))
0.797884560803
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import comb
from typing import Any

from ganmath.theory.ball import Balls, ball, integral, precision
from ganmath.theory.certificates import dynamics
from ganmath.theory.certificates.fits import FITTED, fit
from ganmath.theory.certificates.integrals import DIGITS, END, PROVEN, Pair
from ganmath.theory.certificates.regularity import rings_penalty

Cells = tuple[Fraction, Fraction]  # the masses of the two cells on which both densities are constant
FIRST = (Fraction(1, 5), Fraction(4, 5)), (Fraction(0), Fraction(1))  # U[0, 1] and U[.2, 1]
SECOND = (Fraction(1, 2), Fraction(1, 2)), (Fraction(3, 10), Fraction(7, 10))  # U[0, 1], and .6 and 1.4 on its halves
CLOSE, WIDE, FAR = Pair(Fraction(13, 10)), Pair(Fraction(1), Fraction(6, 5)), Pair(Fraction(1), Fraction(2))


def _log(x: int | Fraction) -> Any:
    return ball(x).log()


def entropy(chance: Any) -> Any:
    """Of a coin: -c log c - (1 - c) log(1 - c)."""
    return -chance * chance.log() - (1 - chance) * (1 - chance).log()


def relativistic(pair: Pair) -> Any:
    """JS(p x g, g x p) for s = 1: x - y is sufficient for the pair (x, y), N(-m, 2) or N(m, 2)."""
    separation = 2 * ball(pair.mean) / ball(2).sqrt()
    return Pair(separation).js()


def collapsed_js(kept: int, modes: int) -> Any:
    """JS of g on `kept` of `modes` equal disjoint modes from p on all of them, r the share kept."""
    r = ball(Fraction(kept, modes))
    return (r * (2 * r / (1 + r)).log() + (1 - r) * _log(2) + (2 / (1 + r)).log()) / 2


def packed(of_p: Cells, of_q: Cells, size: int) -> Fraction:
    """TV of `size` independent draws, each in one of two cells, in exact fractions."""
    terms = (
        comb(size, k) * (of_p[0] ** k * of_p[1] ** (size - k) - of_q[0] ** k * of_q[1] ** (size - k))
        for k in range(size + 1)
    )
    return sum(map(abs, terms), Fraction(0)) / 2


def mean_distance() -> Any:
    r"""The limit of sqrt(n) E W_1(N(0, 1), n samples): sqrt(2/pi) times the integral of sqrt(F (1 - F)).

    A Brownian bridge at F has variance F (1 - F). Beyond the end, sqrt(F (1 - F)) <= exp(-x^2/4), whose integral is
    at most 2 exp(-end^2/4)/end on each side (Bobkov & Ledoux 2019).
    """

    def root(x: Any, xp: Any) -> Any:
        scaled = x / ball(2).sqrt()
        return xp.sqrt(scaled.erfc() * (-scaled).erfc()) / 2

    tails = 4 * (ball(-END) * END / 4).exp() / END
    inside = integral(root, -END, END) + tails * ball(0).union(ball(1))
    return (2 / Balls().pi).sqrt() * inside


def dirac_gan(on_fake: bool = True, saturating: bool = True, penalty: Fraction = Fraction(0)) -> Any:
    """theta^2 + psi^2 of the Dirac-GAN after 500 simultaneous steps of 1/5 from (1, 1), with R1 of that weight.

    The discriminator is positive on the fake, as in Mescheder et al. (2018), or on the real, as in V.
    """
    side = 1 if on_fake else -1
    with precision(2 * DIGITS):  # the steps lose digits
        step, weight = ball(Fraction(1, 5)), ball(penalty)
        theta, psi = ball(1), ball(1)
        for _ in range(500):
            score = side * theta * psi
            slope = 1 / (1 + score.exp())
            pushed = slope if saturating else 1 / (1 + (-score).exp())
            theta, psi = theta - side * step * pushed * psi, psi + step * (side * slope * theta - weight * psi)
        return theta * theta + psi * psi


def _of_pair(name: str, pair: Pair) -> dict[str, Callable[[], Any]]:
    return {
        f"kl {name}": pair.kl,
        f"reverse_kl {name}": pair.reverse_kl,
        f"jeffreys {name}": lambda: pair.kl() + pair.reverse_kl(),
        f"chi2 {name}": pair.chi2,
        f"neyman_chi2 {name}": pair.neyman_chi2,
        f"squared_hellinger {name}": lambda: 1 - pair.coefficient(),
        f"js {name}": pair.js,
        f"total_variation {name}": pair.total_variation,
    }


def _bounds(name: str, pair: Pair) -> dict[str, Callable[[], Any]]:
    """What the inequalities give, where KL, BC and TV stand."""
    return {
        f"bhattacharyya_coefficient {name}": pair.coefficient,
        f"bhattacharyya {name}": lambda: -pair.coefficient().log(),
        f"bayes error {name}": lambda: (1 - pair.total_variation()) / 2,
        f"pinsker's bound of TV {name}": lambda: (pair.kl() / 2).sqrt(),
        f"bretagnolle-huber's bound of TV {name}": lambda: (1 - (-pair.kl()).exp()).sqrt(),
        f"hellinger's bound of TV {name}": lambda: (1 - pair.coefficient() ** 2).sqrt(),
        f"kailath's least error {name}": lambda: (1 - (1 - pair.coefficient() ** 2).sqrt()) / 2,
        f"kailath's largest error {name}": lambda: pair.coefficient() / 2,
        f"least js for TV {name}": lambda: _log(2) - entropy((1 - pair.total_variation()) / 2),
        f"largest js for TV {name}": lambda: _log(2) * pair.total_variation(),
    }


def _generalised(prior: Fraction) -> Any:
    return CLOSE.js(prior) / ball(prior)


def _non_saturating(mean: Fraction) -> Any:
    """The gradient of KL(g || p) - 2 JS, for s = 1."""
    return ball(mean) - Pair(mean).saturating()


def _fitted(name: str, which: int) -> Any:
    return fit(name)[which]


def _packed(of_p: Cells, of_q: Cells, size: int) -> Any:
    return ball(packed(of_p, of_q, size))


VALUES: dict[str, Callable[[], Any]] = {
    **{f"js N(0,1) N({m},1)": Pair(Fraction(m)).js for m in (1, 2, 4)},
    "js N(0,1) N(1,2)": FAR.js,
    **_of_pair("N(0,1) N(1,1.2)", WIDE),
    **_of_pair("N(0,1) N(1.3,1)", CLOSE),
    "f-gan GAN N(0,1) N(1,1.2)": lambda: 2 * WIDE.js() - _log(4),
    "value N(0,1) N(1.3,1)": CLOSE.value,
    "softened reverse kl N(0,1) N(1.3,1)": lambda: CLOSE.reverse_kl() - 2 * CLOSE.js(),
    "gap over eps^2 N(0,1) N(1.3,1)": lambda: CLOSE.overlap(wave=True) / 2,
    **{
        f"generalised js over its prior {prior} N(0,1) N(1.3,1)": partial(_generalised, Fraction(prior))
        for prior in ("0.1", "0.01", "0.001")
    },
    **{f"saturating gradient N(0,1) N({m},1)": Pair(Fraction(m)).saturating for m in ("1", "1.3", "2", "4", "8")},
    **{
        f"non-saturating gradient N(0,1) N({m},1)": partial(_non_saturating, Fraction(m))
        for m in ("1", "1.3", "2", "4", "8")
    },
    "lsgan N(0,1) N(1.3,1)": lambda: CLOSE.triangular() / 2,
    "hinge N(0,1) N(1.3,1)": lambda: 2 * (1 - CLOSE.total_variation()),
    "relativistic js N(0,1) N(1.3,1)": lambda: relativistic(CLOSE),
    **_bounds("N(0,1) N(1.3,1)", CLOSE),
    "wasserstein N(0,1) N(0,2)": lambda: (2 / Balls().pi).sqrt(),
    "slope of the map to half N(+-2,0.5)": lambda: ball(8).exp() / 2,
    "gradient penalty of two rings, independent pairs": rings_penalty,
    **{f"js of {m} modes of 8": partial(collapsed_js, m, 8) for m in (1, 2, 4, 7)},
    "label smoothing 0.95": lambda: ball(Fraction(19, 39)),
    "share of N(0,I_2) within 3": lambda: 1 - ball(Fraction(-9, 2)).exp(),
    "sqrt(n) W1 of n samples N(0,1)": mean_distance,
    "sqrt(n) W1 of two samples of n N(0,1)": lambda: ball(2).sqrt() * mean_distance(),
    **{f"pacgan Q1 packed {m}": partial(_packed, *FIRST, m) for m in range(1, 6)},
    **{f"pacgan Q2 packed {m}": partial(_packed, *SECOND, m) for m in range(1, 6)},
    **{
        f"f-gan fit {name}{of}": partial(_fitted, name, i)
        for name in FITTED
        for i, of in enumerate(("", " mu", " sigma"))
    },
    "dirac-gan": dirac_gan,
    "dirac-gan positive on the real": lambda: dirac_gan(on_fake=False),
    "dirac-gan non-saturating": lambda: dirac_gan(saturating=False),
    "dirac-gan R1 0.3 radius": lambda: dirac_gan(penalty=Fraction(3, 10)).sqrt(),
    "dirac-gan R1 0.3 radius positive on the real": lambda: dirac_gan(False, penalty=Fraction(3, 10)).sqrt(),
    **dynamics.VALUES,
}


def table() -> dict[str, str]:
    """The values in decimals, of PROVEN digits each, all of them right but for 1 in the last.

    Raises ArithmeticError for a ball too wide for that.
    """
    written = {}
    for key, value in VALUES.items():
        with precision(DIGITS):
            found = value()
            if not found.rad() < abs(found) * ball(10) ** -(PROVEN + 1):
                raise ArithmeticError(f"{key}: {found} has fewer than {PROVEN} digits")
            written[key] = found.str(PROVEN, radius=False)
    return written


if __name__ == "__main__":
    print(json.dumps(table(), indent=2))
