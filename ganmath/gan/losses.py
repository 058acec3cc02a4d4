r"""What the discriminator and the generator minimise, from the scores that D gives to real and to generated samples.

A score is D's output before any squashing. Both functions take both scores (..., N) and return the mean over the last
axis (...), one loss for each member. With the generator frozen, the best score at a point depends on the ratio p/g
there alone: `Loss.best` says how. For most losses it is the log-ratio, so that :math:`\sigma` of the score is D. To
add your own, put a `Loss` into `LOSSES`.

A small network finds it where fixed p and g aren't far apart: on the pair of the tests, two bells each with equal
tails, two layers of 32 SiLU come within .02 of D* in seconds, where p + g is at least 1 % of its maximum, for cross-
entropies, least squares (as a share of the way between the codes) and the f-GANs with a smooth f. The relativistic
loss gives D* up to a constant of the score, the hinge the sign of p - g. Total variation finds that sign where p and
g are far apart, and may miss a narrow dip: its tanh loses its slope.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from ganmath.divergence import ConvexFunction, F

Criterion = Callable[[Tensor, Tensor], Tensor]  # (real scores, generated scores), each (..., N), to losses (...)


@dataclass(frozen=True)
class Loss:
    r"""A pair of losses: ``d`` for the discriminator, ``g`` for the generator, of (real scores, generated scores).

    ``best`` maps the log-ratio :math:`\log p/g` at a point to the score that minimises ``d`` there: up to a constant
    where only differences of scores count, and None where the best score isn't decided point by point. Most
    generators' losses don't look at the real scores: where ``g_sees_real`` is False they get none, which spares D a
    batch.

    >>> from ganmath.gan import LOSSES
    >>> undecided = torch.zeros(8)
    >>> LOSSES["minimax"].d(undecided, undecided)  # -V = log 4
    tensor(1.3863)
    >>> LOSSES["minimax"].g(undecided, undecided), LOSSES["non_saturating"].g(undecided, undecided)
    (tensor(-0.6931), tensor(0.6931))
    """

    d: Criterion
    g: Criterion
    best: Callable[[Tensor], Tensor] | None = None
    g_sees_real: bool = True

    @property
    def is_relative(self) -> bool:
        """Whether only differences of scores count, so that the best score is known up to a constant."""
        real, fake = torch.tensor([-1.0, 0.5, 2.0]), torch.tensor([1.0, -0.5, 0.25])
        return bool(torch.isclose(self.d(real + 1, fake + 1), self.d(real, fake)))


def log_ratio(ratio: Tensor) -> Tensor:
    """The best score of a loss that reads scores as log-odds of "real"."""
    return ratio


def bce_of_scores(label: float = 1.0) -> Criterion:
    r"""-E_p [a log D + (1 - a) log(1 - D)] - E_g log(1 - D), with a for the label of real points: -V at a = 1.

    It is `ganmath.game.bce_with_logits` of the scores: its mean over real points, label a, plus that over generated
    ones, label 0.

    Raises ValueError unless 0 < label <= 1.

    References: Goodfellow et al. (2014), equation 1; Salimans et al. (2016), "Improved techniques for training GANs",
    for labels smoothed on one side, with which D* = a p/(p + g).

    >>> from ganmath.game import bce_with_logits
    >>> real, fake = torch.tensor([2.0, -1.0]), torch.tensor([0.5, -3.0])
    >>> both = bce_with_logits(real, 0.9).mean() + bce_with_logits(fake, 0.0).mean()
    >>> bool(torch.isclose(bce_of_scores(0.9)(real, fake), both))
    True
    """
    if not 0 < label <= 1:
        raise ValueError(f"label={label:g} must lie in (0, 1]; 1 leaves the labels as they are")

    def of_scores(real: Tensor, fake: Tensor) -> Tensor:
        return (softplus(-real) + (1 - label) * real).mean(-1) + softplus(fake).mean(-1)

    return of_scores


def smoothed(label: float) -> Loss:
    r"""The non-saturating game with real labels of that size a instead of 1; D* = a p/(p + g).

    Raises ValueError unless 0 < label <= 1.

    >>> best = smoothed(.9).best(torch.zeros(()))  # where p = g
    >>> print(f"{float(best.sigmoid()):.6f}")
    0.450000
    """
    missing = math.log1p(-label) if label < 1 else -math.inf
    return Loss(
        bce_of_scores(label),
        _non_saturating,
        lambda ratio: math.log(label) + ratio - softplus(ratio + missing),
        g_sees_real=False,
    )


def least_squares(real: float, fake: float, aim: float) -> Loss:
    r"""LSGAN: D draws scores to the codes ``real`` (b) and ``fake`` (a), G those of its samples to ``aim`` (c).

    The best score is (b p + a g)/(p + g). Where b - c = 1 and b - a = 2, G descends a divergence, Pearson's of 2g to p
    + g; the common code 1, 0, 1 is another game.

    References: Mao et al. (2017), "Least squares generative adversarial networks", equations 2, 9 and 10.

    >>> game = least_squares(real=1, fake=-1, aim=0)
    >>> float(game.best(torch.zeros(())))  # where p = g
    0.0
    """
    return Loss(
        lambda on_real, on_fake: ((on_real - real).square().mean(-1) + (on_fake - fake).square().mean(-1)) / 2,
        lambda on_real, on_fake: (on_fake - aim).square().mean(-1) / 2,
        lambda ratio: fake + (real - fake) * ratio.sigmoid(),
        g_sees_real=False,
    )


def f_gan(f: ConvexFunction, mirrored: ConvexFunction | None = None) -> Loss:
    r"""The f-GAN of a convex function: D maximises :math:`E_p T - E_g f^*(T)`, G minimises it.

    With the ``mirrored`` function h(u) = u f(1/u), that of the divergence with its arguments exchanged, the score is
    read as the log-ratio: T = f'(u) for u = e^score, which lies in the domain of f* whatever the score is, and f*(T) =
    u f'(u) - f(u) = -h'(1/u), in which no digits are lost. A score counts as at most 39 in size (in float64, 319), so
    that e^score and its square are numbers. Without ``mirrored``, T is the function's activation of the score, the last
    layer of the paper.

    References: Nowozin, Cseke and Tomioka (2016), equations 6 and 7.

    >>> game, layered = f_gan(F["kl"], mirrored=F["reverse_kl"]), f_gan(F["kl"])
    >>> float(game.d(torch.zeros(4), torch.zeros(4)))  # T = 1 and f*(T) = 1
    0.0
    >>> print(f"{float(layered.d(torch.zeros(4), torch.zeros(4))):.6f}")  # T = 0 and f*(T) = 1/e
    0.367879
    """
    if mirrored is None:
        return Loss(
            lambda real, fake: _conjugate(f, fake).mean(-1) - f.activation(real, torch).mean(-1),
            lambda real, fake: -_conjugate(f, fake).mean(-1),
            g_sees_real=False,
        )
    return Loss(
        lambda real, fake: (
            -mirrored.derivative(_ratio(-fake), torch).mean(-1) - f.derivative(_ratio(real), torch).mean(-1)
        ),
        lambda real, fake: mirrored.derivative(_ratio(-fake), torch).mean(-1),
        log_ratio,
        g_sees_real=False,
    )


def _conjugate(f: ConvexFunction, score: Tensor) -> Tensor:
    value: Tensor = f.conjugate(f.activation(score, torch), torch)
    return value


def _ratio(score: Tensor) -> Tensor:
    """e^score, kept so far from the ends of the floats that its square is a number too."""
    end = 0.45 * math.log(torch.finfo(score.dtype).max)
    return score.clamp(-end, end).exp()


def _non_saturating(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(-fake).mean(-1)


MIRRORED = {
    "kl": "reverse_kl",
    "reverse_kl": "kl",
    "jeffreys": "jeffreys",
    "js": "js",
    "squared_hellinger": "squared_hellinger",
    "chi2": "neyman_chi2",
    "neyman_chi2": "chi2",
}

LOSSES: dict[str, Loss] = {
    # Goodfellow et al. (2014), equation 1: G minimises what D maximises.
    "minimax": Loss(bce_of_scores(), lambda real, fake: -softplus(fake).mean(-1), log_ratio, g_sees_real=False),
    # Goodfellow et al. (2014), section 3: G maximises E log D(G(z)), which doesn't fade when D is sure.
    "non_saturating": Loss(bce_of_scores(), _non_saturating, log_ratio, g_sees_real=False),
    "smoothed": smoothed(0.9),
    "lsgan": least_squares(real=1, fake=-1, aim=0),
    "lsgan_01": least_squares(real=1, fake=0, aim=1),
    # Lim and Ye (2017), "Geometric GAN": total variation.
    "hinge": Loss(
        lambda real, fake: torch.relu(1 - real).mean(-1) + torch.relu(1 + fake).mean(-1),
        lambda real, fake: -fake.mean(-1),
        torch.sign,
        g_sees_real=False,
    ),
    # Jolicoeur-Martineau (2019), "The relativistic discriminator": each real point against a generated one.
    "relativistic": Loss(
        lambda real, fake: softplus(fake - real).mean(-1),
        lambda real, fake: softplus(real - fake).mean(-1),
        log_ratio,
    ),
    # Arjovsky et al. (2017), equation 3: the critic estimates W1 where something keeps it 1-Lipschitz.
    "wasserstein": Loss(
        lambda real, fake: fake.mean(-1) - real.mean(-1),
        lambda real, fake: -fake.mean(-1),
        g_sees_real=False,
    ),
    **{f"f_gan_{name}": f_gan(F[name], F[other]) for name, other in MIRRORED.items()},
    # Its f' has two values, without a slope to learn by; the activation moves from one to the other.
    "f_gan_total_variation": f_gan(F["total_variation"]),
}
