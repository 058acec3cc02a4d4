r"""A snapshot beside the truth: the trained D beside D*, V(D) beside V(D*), the loss beside the divergences.

Nothing here is estimated from samples: p is known, p_g is read off the generator, and what is left are integrals over
the line, in float64. So the identity V(D*) - V(D) = E KL(Ber D* || Ber D) holds at every step of every run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ganmath.divergence import Density, common_reference, js, kl, wasserstein
from ganmath.divergence.logistic import sigmoid
from ganmath.game import optimal_discriminator, value, value_gap
from ganmath.gan.data import OnLine, on_line
from ganmath.gan.exact import atoms, exact_density
from ganmath.gan.members import Member
from ganmath.gan.networks import Stacked
from ganmath.gan.pieces import is_piecewise_linear, linear_pieces, lipschitz


@dataclass(frozen=True)
class Diagnosis(Member):
    r"""One member of a snapshot, compared with the truth; each number is computed when first asked for.

    Divergences and values are in nats, and read D's score as the log-odds of "real" (for the Wasserstein loss look at
    ``critic_estimate``, ``lipschitz`` and ``w1``). ``kl`` is KL(p || p_g), ``reverse_kl`` KL(p_g || p): infinite where
    the second lacks what the first has. A generator with a piece of slope 0 has ``atoms`` and no density: asking for
    what needs one raises ValueError, which says so.

    For data on the line; in the plane see `MonteCarloDiagnosis`. D* is that of p and p_g, also for a run with instance
    noise, whose players meet blurred ones.

    Raises TypeError for a generator whose density isn't known exactly, ValueError for data that aren't on the line and
    for a discriminator that judges packs of points: it has no D(x).

    >>> from ganmath.gan import Config, train
    >>> config = Config(steps=100, batch=64, generator_widths=(16, 16), discriminator_widths=(16, 16))
    >>> *_, last = train(config)
    >>> truth = Diagnosis(last)
    >>> math.isclose(truth.best_value, -math.log(4) + 2 * truth.js, rel_tol=1e-12)
    True
    >>> abs(truth.best_value - truth.value - truth.value_gap) < 1e-9
    True
    """

    columns = (
        "value", "best_value", "value_gap", "js", "kl", "reverse_kl", "w1", "critic_estimate", "lipschitz", "d_loss",
        "g_loss",
    )  # fmt: skip
    compares_d = True

    @cached_property
    def data(self) -> OnLine:
        """The data set, whose density is p."""
        return on_line(self.snapshot.config.data)

    @cached_property
    def atoms(self) -> dict[float, float]:
        """The points to which a ReLU generator sends a mass, by pieces of slope 0, and that mass."""
        return atoms(self.snapshot.generator, self._noise, self.member)

    @cached_property
    def p(self) -> Density:
        """The density of the data, with D's kinks among its landmarks: between them what is integrated is smooth."""
        density, discriminator = self.data.density, self.snapshot.discriminator
        kinks = linear_pieces(discriminator, self.member).knots.tolist() if is_piecewise_linear(discriminator) else []
        low, high = min(density.landmarks), max(density.landmarks)
        return Density(
            density.logpdf,
            density.support,
            [*density.landmarks, *(x for x in kinks if low < x < high)],
            cdf=density.cdf,
            sf=density.sf,
        )

    @cached_property
    def g(self) -> Density:
        """The density p_g of the generated points."""
        if self.atoms:
            masses = ", ".join(f"{mass:.3g} at x = {x:.6g}" for x, mass in self.atoms.items())
            raise ValueError(
                f"member {self.member} at step {self.snapshot.step} has no density: its generator is constant on "
                f"intervals and sends mass to single points ({masses}); generator_activation='leaky_relu' never does"
            )
        return exact_density(self.snapshot.generator, self._noise, self.member)

    @property
    def _noise(self) -> OnLine:
        return on_line(self.snapshot.config.noise)

    @cached_property
    def _score(self) -> Stacked:
        return self.snapshot.discriminator.member(self.member)

    def logits(self, x: np.ndarray) -> np.ndarray:
        """D's score at points of any shape: its log-odds of "real", or the critic's value."""
        return self._score.on_line(x)

    def D(self, x: np.ndarray) -> np.ndarray:
        """The trained discriminator's probability of "real", at points of any shape."""
        probability: np.ndarray = sigmoid(self.logits(x), np)
        return probability

    def best_D(self, x: np.ndarray) -> np.ndarray:
        """The optimal discriminator D* = p/(p + p_g) against this generator; NaN where both densities are 0."""
        best: np.ndarray = optimal_discriminator(self.p, self.g)(x)
        return best

    @cached_property
    def value(self) -> float:
        """V(D) = E_p log D + E_g log(1 - D)."""
        return float(value(self.logits, self.p, self.g, logits=True))

    @cached_property
    def best_value(self) -> float:
        """V(D*), integrated from D*: -log 4 + 2 JS by Goodfellow's theorem 1."""
        return float(value(optimal_discriminator(self.p, self.g, logits=True), self.p, self.g, logits=True))

    @cached_property
    def value_gap(self) -> float:
        """V(D*) - V(D) by its other side, the integral of (p + p_g) KL(Ber D* || Ber D)."""
        return float(value_gap(self.logits, self.p, self.g, logits=True))

    @cached_property
    def js(self) -> float:
        """JS(p, p_g)."""
        return float(js(self.p, self.g))

    @cached_property
    def kl(self) -> float:
        """KL(p || p_g)."""
        return float(kl(self.p, self.g))

    @cached_property
    def reverse_kl(self) -> float:
        """KL(p_g || p)."""
        return float(kl(self.g, self.p))

    @cached_property
    def w1(self) -> float:
        r"""The Wasserstein distance of order 1, :math:`\int |F - F_g|`."""
        return float(wasserstein(self.p, self.g))

    @cached_property
    def critic_estimate(self) -> float:
        """E_p f - E_g f for the critic f, at most ``lipschitz`` times ``w1`` (Kantorovich and Rubinstein)."""
        pair = common_reference(self.p, self.g)
        return float(pair.integrate(lambda at: at.difference * self.logits(at.x)))

    @cached_property
    def lipschitz(self) -> float:
        """The steepest slope of D's score; NaN where the network isn't piecewise linear."""
        discriminator = self.snapshot.discriminator
        return lipschitz(discriminator, self.member) if is_piecewise_linear(discriminator) else math.nan
