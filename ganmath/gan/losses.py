r"""What the discriminator and the generator minimise, from the scores that D gives to real and to generated samples.

A score is D's output before any squashing: the log-odds of "real" for the losses that read it as a probability
:math:`D = \sigma(a)`, the critic's value for the Wasserstein loss. Both functions take both scores (..., N) and return
the mean over the last axis (...), one loss for each member. To add your own, put a `Loss` into `LOSSES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import softplus


@dataclass(frozen=True)
class Loss:
    """A pair of losses: ``d`` for the discriminator, ``g`` for the generator, of (real scores, generated scores).

    >>> import torch
    >>> from ganmath.gan import LOSSES
    >>> undecided = torch.zeros(8)
    >>> LOSSES["minimax"].d(undecided, undecided)  # -V = log 4
    tensor(1.3863)
    >>> LOSSES["minimax"].g(undecided, undecided), LOSSES["non_saturating"].g(undecided, undecided)
    (tensor(-0.6931), tensor(0.6931))
    """

    d: Callable[[Tensor, Tensor], Tensor]
    g: Callable[[Tensor, Tensor], Tensor]


def _cross_entropy(real: Tensor, fake: Tensor) -> Tensor:
    """-E log D(x) - E log(1 - D(G(z))), the estimate of -V."""
    return softplus(-real).mean(-1) + softplus(fake).mean(-1)


LOSSES: dict[str, Loss] = {
    # Goodfellow et al. (2014), equation 1: G minimises what D maximises.
    "minimax": Loss(_cross_entropy, lambda real, fake: -softplus(fake).mean(-1)),
    # Goodfellow et al. (2014), section 3: G maximises E log D(G(z)), which doesn't fade when D is sure.
    "non_saturating": Loss(_cross_entropy, lambda real, fake: softplus(-fake).mean(-1)),
    # Arjovsky et al. (2017), equation 3: the critic estimates W1 where something keeps it 1-Lipschitz.
    "wasserstein": Loss(
        lambda real, fake: fake.mean(-1) - real.mean(-1),
        lambda real, fake: -fake.mean(-1),
    ),
}
