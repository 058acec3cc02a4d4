"""Masses that are given by their logarithms, as networks and likelihoods have them: nothing underflows on the way.

A rounding of log p is a relative error of p, so the difference of the masses is taken from the difference of their
logarithms, p - q = (p + q) tanh((log p - log q)/2), which floats have exactly where the two are near.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence import arrays
from ganmath.divergence.summation import MassPair, Terms, blocked_sum

UNDERFLOWING, SMALLEST = -744.0, 5e-324


class LogMassPair(MassPair):
    """Two vectors (..., n) of log-masses on the same outcomes, to be compared after each is normalised.

    The logarithm of a mass vector's sum is kept in two parts, the largest log-mass and the rest, which is small: their
    sum would be rounded as coarsely as logits are large.
    """

    def __init__(self, log_p: Any, log_q: Any, xp: Any, form: str, outcomes: list[Any] | None):
        self.xp, self.form, self.outcomes = xp, form, outcomes
        self._apart = False
        p_top, q_top = arrays.log_scale(log_p, xp), arrays.log_scale(log_q, xp)
        p_rest, q_rest = self._log_sum(log_p, p_top), self._log_sum(log_q, q_top)
        self.p, self.q = self._masses((log_p - p_top) - p_rest), self._masses((log_q - q_top) - q_rest)
        self._logs = log_p, log_q
        self._scales = p_top, p_rest, q_top, q_rest, 0.0 * (p_rest + q_rest)
        # As in `MassPair`: the differences would sum to 0 if the masses were exact, and share out what they do sum to.
        self._scales = *self._scales[:4], self.integrate(lambda at: at.difference)[..., None]

    def _log_sum(self, logs: Any, top: Any) -> Any:
        total = blocked_sum(lambda x, top: self.xp.exp(x - top), logs, top, xp=self.xp)
        with np.errstate(divide="ignore"):
            return self.xp.log(total)[..., None]

    def _masses(self, logs: Any) -> Any:
        """exp(logs), where no mass becomes none: what underflows is the smallest number."""
        return self.xp.where((logs > -self.xp.inf) & (logs < UNDERFLOWING), SMALLEST, self.xp.exp(logs))

    def _terms(self, p: Any, q: Any, *parameters: Any) -> Terms:
        p_top, p_rest, q_top, q_rest, leftover, log_p, log_q = parameters
        xp = self.xp
        live = (log_p > -xp.inf) & (log_q > -xp.inf)
        gap = (xp.where(live, log_p, p_top) - xp.where(live, log_q, q_top) - (p_top - q_top)) - (p_rest - q_rest)
        both = p + q
        difference = xp.where(live, both * xp.tanh(gap / 2), p - q) - leftover / 2 * both

        def logs() -> tuple[Any, Any]:
            return (log_p - p_top) - p_rest, (log_q - q_top) - q_rest

        return Terms(p, q, difference, logs, xp)
