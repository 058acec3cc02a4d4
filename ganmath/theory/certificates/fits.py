r"""The Gaussian nearest to a mixture, in each divergence: the table of the f-GAN paper, each fit in a proven box.

q is the mixture, g = N(mu, s^2), the parameters are (mu, log s). With u = q/g and h = f - u f', the gradient of
D_f(q || g) is the integral of g (score) h(u), as dg/dtheta = g score; its slope is that of
g [(score score^T + d score) h - score score^T u h'].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from typing import Any

from ganmath.theory.ball import ball, integral, precision, within
from ganmath.theory.certificates import fit_w1
from ganmath.theory.certificates.certificate import Certificate, Finding
from ganmath.theory.certificates.integrals import DIGITS, END
from ganmath.theory.certificates.mixture import MEAN, VARIANCE, density
from ganmath.theory.certificates.newton import ROUGH, OneZero, System
from ganmath.theory.verdict import Verdict

OfRatio = Callable[[Any, Any, Any], Any]  # (u, log u, xp) -> a function of the ratio u = q/g


@dataclass(frozen=True)
class Divergence:
    """D_f: f(u), h(u) = f(u) - u f'(u) up to a constant, and u h'(u)."""

    f: OfRatio
    h: OfRatio
    slope: OfRatio


DIVERGENCES = {
    "kl": Divergence(lambda u, log, xp: u * log, lambda u, log, xp: -u, lambda u, log, xp: -u),
    "reverse_kl": Divergence(lambda u, log, xp: -log, lambda u, log, xp: -log, lambda u, log, xp: u * 0 - 1),
    "2 js": Divergence(
        lambda u, log, xp: u * log - (1 + u) * xp.log((1 + u) / 2),
        lambda u, log, xp: -xp.log((1 + u) / 2),
        lambda u, log, xp: -u / (1 + u),
    ),
    "jeffreys": Divergence(lambda u, log, xp: (u - 1) * log, lambda u, log, xp: -log - u, lambda u, log, xp: -1 - u),
    "chi2": Divergence(lambda u, log, xp: (u - 1) ** 2, lambda u, log, xp: -u * u, lambda u, log, xp: -2 * u * u),
}


def over_g(of: Callable[[Any, Any, Any, Any], Any], mu: Any, s: Any) -> Any:
    r"""The integral of g of(z, u, log u, xp), z = (x - mu)/s, for what this module integrates.

    For 0 < mu < 2, 3/2 < s < 2 and |x| >= 40 each integrand is at most exp(-x^2/16), whose two tails are at most
    16/40 exp(-100): g <= exp(-z^2/2) <= exp(-.11 x^2), q <= exp(-.22 x^2), q^2/g <= exp(-.18 x^2), and what is left,
    a polynomial in |x| of degree 6 at most with coefficients below 100, is at most exp(.04 x^2) there.
    """
    if not (0 < mu < 2 and 1.5 < s < 2):
        raise ArithmeticError(f"mu = {mu}, s = {s}: the bound of the tails needs 0 < mu < 2 and 3/2 < s < 2")

    def at(x: Any, xp: Any) -> Any:
        z = (x - mu) / s
        log_g = -z * z / 2 - s.log() - (2 * xp.pi).log() / 2
        q, g = density(x, xp), xp.exp(log_g)
        return g * of(z, q / g, xp.log(q) - log_g, xp)

    return integral(at, -END, END) + within(ball(Fraction(2, 5)) * ball(-100).exp())


def _scores(z: Any, s: Any) -> tuple[Any, Any]:
    """d log g/d mu and d log g/d log s."""
    return z / s, z * z - 1


def _bends(z: Any, s: Any) -> tuple[Any, Any, Any]:
    """The slopes of the scores: of the first along mu, of the first along log s, of the second along log s."""
    return -1 / (s * s), -2 * z / s, -2 * z * z


def gradient(divergence: Divergence, mu: Any, log_s: Any) -> list[Any]:
    """The gradient of D_f(q || g) in (mu, log s)."""
    s = log_s.exp()

    def along(i: int) -> Any:
        return over_g(lambda z, u, log, xp: _scores(z, s)[i] * divergence.h(u, log, xp), mu, s)

    return [along(0), along(1)]


def hessian(divergence: Divergence, mu: Any, log_s: Any) -> list[list[Any]]:
    """The Hessian of D_f(q || g) in (mu, log s)."""
    s = log_s.exp()

    def along(i: int, j: int) -> Any:
        def curvature(z: Any, u: Any, log: Any, xp: Any) -> Any:
            both = _scores(z, s)[i] * _scores(z, s)[j]
            return (both + _bends(z, s)[i + j]) * divergence.h(u, log, xp) - both * divergence.slope(u, log, xp)

        return over_g(curvature, mu, s)

    across = along(0, 1)
    return [[along(0, 0), across], [across, along(1, 1)]]


NEAR = {  # mu and log s of the fit
    "reverse_kl": ("1.578105", "0.489300"),
    "2 js": ("1.306847", "0.561884"),
    "jeffreys": ("1.321630", "0.532344"),
    "chi2": ("0.573663", "0.656127"),
}
SYSTEMS = {
    name: System(partial(gradient, DIVERGENCES[name]), partial(hessian, DIVERGENCES[name]), near)
    for name, near in NEAR.items()
}
FITTED = ("kl", *SYSTEMS, "w1")


@cache
def fit(name: str) -> tuple[Any, Any, Any]:
    """The divergence, mu and s of the fit, as balls. That in KL has the mixture's mean and variance."""
    if name == "w1":
        zero = fit_w1.SYSTEM.zero()
        with precision(DIGITS):
            return fit_w1.distance(*zero), zero[0], zero[1].exp()
    with precision(DIGITS):
        if name == "kl":
            mu, s = ball(MEAN), ball(VARIANCE).sqrt()
        else:
            mu, log_s = SYSTEMS[name].zero()
            s = log_s.exp()
        return over_g(lambda z, u, log, xp: DIVERGENCES[name].f(u, log, xp), mu, s), mu, s


@dataclass(frozen=True)
class OneMinimum:
    """In the box of that half width around the system's place: one critical point, and all over it D_f bends up."""

    name: str
    half_width: Fraction

    def decide(self) -> Finding:
        """PROVED where Newton's image lies inside the box, on which the Hessian is positive definite."""
        system = SYSTEMS[self.name]
        found = OneZero(system, self.half_width).decide()
        if found.verdict is not Verdict.PROVED:
            return found
        with precision(ROUGH):
            (twice, across), (_, once) = system.slopes(*(ball(x) + within(self.half_width) for x in system.near))
        if twice > 0 and twice * once > across * across:
            return Finding(Verdict.PROVED, f"{self.name}: one minimum within {float(self.half_width):g}")
        return Finding(None, "the Hessian on the box", self.name)


WIDTH = Fraction(1, 10**5)
_trained = System(SYSTEMS["reverse_kl"].equations, SYSTEMS["reverse_kl"].slopes, ("1.5624", "0.4949"))

CERTIFICATES = (
    Certificate(
        "f-gan-table",
        r"\arg\min_{\mu, \sigma} D(q \,\|\, N(\mu, \sigma^2)) \text{ to 25 digits, for five divergences}",
        "The gradient and the Hessian are integrals, enclosed on a box around each fit; Newton's operator maps the box "
        "into itself, so that there is one critical point in it, and it is a minimum of its surroundings. In W1, a "
        "convex function of both parameters, it is the minimum; elsewhere that no other place is lower isn't shown. In "
        "the false neighbour the place where the paper's own f-GAN arrived is taken for the fit.",
        (*(OneMinimum(name, WIDTH) for name in SYSTEMS), OneZero(fit_w1.SYSTEM, WIDTH), fit_w1.Signs(WIDTH)),
        OneZero(_trained, Fraction(1, 10**3)),
    ),
)
