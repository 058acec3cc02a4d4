r"""What a label is to the two players: nothing, an input, or something that a classifier is asked for.

Each entry of `CONDITIONS` says what is built and what is added to the players' losses. The classifiers' losses are
cross-entropies in nats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from ganmath.gan.systems.networks import Discriminator


def _nothing(*of: object) -> Tensor:
    return torch.zeros(())


@dataclass(frozen=True)
class Condition:
    """How labels enter: whether G is given them, whether D's score is, and how many classifiers stand beside it.

    ``d`` is added to the discriminator's loss, of (discriminator, real points, generated points, labels of both), ``g``
    to the generator's, of (discriminator, generated points, their labels).
    """

    given: bool = True
    projects: bool = False
    heads: int = 0
    d: Callable[[Discriminator, Tensor, Tensor, Tensor], Tensor] = _nothing
    g: Callable[[Discriminator, Tensor, Tensor], Tensor] = _nothing


def _auxiliary_d(d: Discriminator, real: Tensor, fake: Tensor, y: Tensor) -> Tensor:
    """One classifier learns from both."""
    return cross_entropy(d.logits(real)[0], y) + cross_entropy(d.logits(fake)[0], y)


def _auxiliary_g(d: Discriminator, fake: Tensor, y: Tensor) -> Tensor:
    return cross_entropy(d.logits(fake)[0], y)


def _twin_d(d: Discriminator, real: Tensor, fake: Tensor, y: Tensor) -> Tensor:
    """One classifier learns from the data, the other from what is generated."""
    return cross_entropy(d.logits(real)[0], y) + cross_entropy(d.logits(fake)[1], y)


def _twin_g(d: Discriminator, fake: Tensor, y: Tensor) -> Tensor:
    r"""With the best twin this is :math:`E_x KL(g(y|x) || C(y|x))`: the entropy is taken away again."""
    of_data, of_generated = d.logits(fake)
    return cross_entropy(of_data, y) - cross_entropy(of_generated, y)


CONDITIONS: dict[str, Condition] = {
    # Nobody sees the labels.
    "none": Condition(given=False),
    # Mirza and Osindero (2014), "Conditional generative adversarial nets", the score by Miyato and Koyama (2018).
    "projection": Condition(projects=True),
    # Odena, Olah and Shlens (2017), "Conditional image synthesis with auxiliary classifier GANs": D sees x alone.
    "auxiliary": Condition(heads=1, d=_auxiliary_d, g=_auxiliary_g),
    # Gong, Xu, Li, Zhang and Batmanghelich (2019), "Twin auxiliary classifiers GAN".
    "twin": Condition(heads=2, d=_twin_d, g=_twin_g),
}
