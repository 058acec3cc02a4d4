"""A loss or a data set of your own, checked by the facts that this package's own are tested by.

A fact is a sentence and a function that looks for what contradicts it. They are tried in order, up to the first that
is broken: what comes later often only follows from that.
"""

from __future__ import annotations

from typing import cast

from ganmath.gan.checks.data_facts import DRAW_FACTS, LINE_FACTS, MODE_FACTS, PLANE_FACTS
from ganmath.gan.checks.loss_facts import BEST_FACTS, LOSS_FACTS
from ganmath.gan.checks.report import Checked, Facts, checked
from ganmath.gan.data import Data, has_modes
from ganmath.gan.losses import Loss

__all__ = ["Checked", "check_data", "check_loss"]


def check_loss(loss: Loss) -> Checked:
    """Check a loss: shapes, gradients, finiteness, which way both players push, and ``best`` where it has one.

    ``best`` is tried as the least of the mean over pairs of a real and a generated point, at ratios p/g from .001 to
    1000.

    >>> from dataclasses import replace
    >>> from ganmath.gan import LOSSES
    >>> check_loss(LOSSES["hinge"]).ok
    True
    >>> wrong = replace(LOSSES["minimax"], best=lambda ratio: ratio / 2)
    >>> print(check_loss(wrong).broken)
    no score is better than the best
    """
    return checked(LOSS_FACTS if loss.best is None else LOSS_FACTS | BEST_FACTS, loss)


def check_data(data: Data, density: bool = True) -> Checked:
    """Check a data set: its draws, and that its density, distribution function and modes are those of the draws.

    20,000 draws decide, of one fixed seed. The bounds are quantiles: Kolmogorov's of 1e-4, four or five standard
    deviations elsewhere, so that right data seldom fail by chance. Data without a
    density have their draws checked with ``density=False``.

    >>> from ganmath.gan import DATA
    >>> check_data(DATA["laplace"]).ok
    True
    """
    facts = dict(DRAW_FACTS)
    if density:
        facts |= cast(Facts[Data], LINE_FACTS if data.dim == 1 else PLANE_FACTS)
    return checked(facts | MODE_FACTS if has_modes(data) else facts, data)
