"""AC-GAN where the best discriminator and the best classifier are known: classes on a few outcomes.

On the line a generator has more ways to make its classes certain than on outcomes, where the theorem "acgan-overlap"
says to the last digit where it ends.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.choices import choose
from ganmath.gan.systems.conditions import CONDITIONS

RATE = 0.05  # at first; it falls in equal steps to 0


def shared_outcome(share: float) -> np.ndarray:
    """Two classes (2, 3) that put their ``share`` on the middle one of three outcomes, the rest on one of their own.

    >>> shared_outcome(0.25)
    array([[0.75, 0.25, 0.  ],
           [0.  , 0.25, 0.75]])
    """
    return np.array([[1 - share, share, 0], [0, share, 1 - share]])


def descend_on_outcomes(classes: Any, condition: str, steps: int = 1000) -> np.ndarray:
    r"""Where gradient descent leads a generator against the best D and the best classifiers: masses g(x|y).

    ``classes`` (classes, outcomes) are p(x|y), all classes equally frequent; ``condition`` is a name in `CONDITIONS`
    but "none". The generator starts where the data have mass, evenly, and descends, by Adam, on the logits of its
    masses: the game, and for "auxiliary" the class loss of the best classifier of data and generated points, for "twin"
    that of p(y|x) less that of g(y|x).

    Raises ValueError for another condition, and for masses that don't sum to 1.

    References: Gong, Xu, Li, Zhang and Batmanghelich (2019), "Twin auxiliary classifiers GAN", equations 4 to 7.

    >>> found = descend_on_outcomes(shared_outcome(0.5), "projection")
    >>> found.round(3)
    array([[0.5, 0.5, 0. ],
           [0. , 0.5, 0.5]])
    """
    p = torch.as_tensor(np.array(classes, dtype=float))
    if p.ndim != 2 or (p < 0).any() or (p.sum(1) - 1).abs().max() > 1e-9:
        raise ValueError(
            f"classes has shape {tuple(p.shape)} and sums {p.sum(-1).tolist()}: give masses (classes, outcomes), "
            "sum 1 for each class"
        )
    choose(CONDITIONS, condition, "condition")
    if condition == "none":
        raise ValueError(
            "condition='none': the generator isn't told the class; choose 'projection', 'auxiliary' or 'twin'"
        )
    logits = torch.where(p > 0, torch.zeros_like(p), -torch.inf).requires_grad_()
    optimiser = torch.optim.Adam([logits], RATE)
    for step in range(steps):
        loss = _loss(p, logits.softmax(1), condition)
        (logits.grad,) = torch.autograd.grad(loss, [logits])
        optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps)
        optimiser.step()
    return logits.detach().softmax(1).numpy()


def _loss(p: Tensor, g: Tensor, condition: str) -> Tensor:
    """What the generator minimises, D and the classifiers at their best and held there."""
    seen_p, seen_g = (p, g) if CONDITIONS[condition].projects else (p.mean(0), g.mean(0))
    loss = _mean(g, seen_g / (seen_p + seen_g))  # V but for E_p log D, which G does not move
    if condition == "auxiliary":  # its classifier learns from both
        loss = loss - _mean(g, (p + g) / (p + g).sum(0))
    if condition == "twin":
        loss = loss - _mean(g, p / p.sum(0)) + _mean(g, g / g.sum(0))
    return loss


def _mean(g: Tensor, chance: Tensor) -> Tensor:
    """E_y E_g of the logarithm of a chance that stays as it is; where a class has no mass, it has none to move."""
    return (g * chance.detach().log().nan_to_num(0, 0, 0)).sum() / len(g)
