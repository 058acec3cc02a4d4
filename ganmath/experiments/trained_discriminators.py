r"""What trained networks lose to the best discriminator bounds their distance from it, or is that distance.

p = N(0, 1) and g = N(1.3, 1) stand still, networks are trained on samples by each loss. With labels a of data and b of
samples a cross-entropy exceeds its least value by :math:`\int (p + g) \mathrm{KL}(\mathrm{Ber}\, D^* \| \mathrm{Ber}\,
D)`, which by Pinsker is at least :math:`2 \int (p + g) (D - D^*)^2`, where :math:`D^* = (a p + b g) / (p + g)`. Least
squares exceed theirs by half of :math:`\int (p + g) (D - D^*)^2`, with D* the same of the codes. For another function
in the place of D* neither holds: there the excess is below 0. Both hold at each x, and so for sums over a grid, but for
rounding.

References: Goodfellow et al. (2014), proposition 1; Salimans et al. (2016), "Improved techniques for training GANs",
for smoothed labels; Mao et al. (2017), "Least squares generative adversarial networks".
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from ganmath.divergence import Gaussian
from ganmath.experiments.networks import scores, trained
from ganmath.gan import LOSSES, MLP, Loss
from ganmath.theory.observation import Measurement, Result

SHIFT, STEP = 1.3, 0.01
X = torch.arange(-9, 9 + SHIFT, STEP, dtype=torch.float64)
P, G = (torch.from_numpy(np.exp(Gaussian(mean, 1).logpdf(X.numpy()))) for mean in (0, SHIFT))
ROUNDING = 16 * len(X) * float(np.finfo(float).eps)
Best = Callable[[Tensor, Tensor], Tensor]  # of p and g
SMOOTH = 0.9

CROSS_ENTROPIES: dict[str, Best] = {
    "minimax": lambda p, g: p / (p + g),
    "smoothed": lambda p, g: SMOOTH * p / (p + g),
}
SQUARES: dict[str, Best] = {"lsgan": lambda p, g: (p - g) / (p + g), "lsgan_01": lambda p, g: p / (p + g)}
WRONG: dict[str, Best] = {
    "minimax": lambda p, g: g / (p + g),
    "smoothed": lambda p, g: SMOOTH * p / (SMOOTH * p + g),
    "lsgan_01": SQUARES["lsgan"],
}


def run(seed: int = 0, quick: bool = True) -> Result:
    """A network for each of four losses, after 300 steps, or 3000 where not `quick`.

    >>> run().ok
    True
    """
    begun, measurements, negation = time.perf_counter(), [], []
    for name in (*CROSS_ENTROPIES, *SQUARES):
        seen = _trained(LOSSES[name], torch.Generator().manual_seed(seed), 300 if quick else 3000)
        measurements.append(_beside(name, seen, (CROSS_ENTROPIES | SQUARES)[name]))
        if name in WRONG:
            negation.append(_beside(name, seen, WRONG[name]))
    return Result(
        "trained-discriminators", seed, quick, tuple(measurements), tuple(negation), time.perf_counter() - begun
    )


def _trained(loss: Loss, random: torch.Generator, steps: int) -> Tensor:
    """The scores at X of a network trained on fresh batches."""
    net = MLP((1, 32, 32, 1), "silu", [random], torch.float64)

    def on_batch() -> Tensor:
        real, fake = torch.randn(2, 256, 1, generator=random, dtype=torch.float64)
        return loss.d(scores(net, real), scores(net, fake + SHIFT))

    return scores(trained(net, on_batch, steps), X[:, None]).detach()


def _beside(name: str, score: Tensor, best: Best) -> Measurement:
    """The squared distance from what is called best, and what the loss exceeds that one's by."""
    target, loss = best(P, G), LOSSES[name]
    chances = name in CROSS_ENTROPIES
    d = score.sigmoid() if chances else score
    distance = float(STEP * ((P + G) * (d - target).square()).sum())
    excess = _value(loss, score) - _value(loss, target.logit() if chances else target)
    if chances:
        return Measurement(f"int (p + g) (D - D*)^2, {name}: half the excess of the loss", distance, excess / 2,
                           ROUNDING, "<=", why="rounding")  # fmt: skip
    return Measurement(f"int (p + g) (D - D*)^2, {name}: twice the excess of the loss", distance, 2 * excess,
                       ROUNDING, why="rounding")  # fmt: skip


def _value(loss: Loss, score: Tensor) -> float:
    """The discriminator's loss in the mean of p and g."""
    nothing = torch.zeros_like(score)
    of_real, of_fake, both = (
        loss.d(real[:, None], fake[:, None]) for real, fake in ((score, nothing), (nothing, score), (nothing, nothing))
    )
    return float(STEP * (P * of_real + G * of_fake).sum() - both[0])
