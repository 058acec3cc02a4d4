"""What a softmax generator's losses descend while D is frozen: automatic gradients of both sides, to 1e-12."""

from __future__ import annotations

import pytest
import torch

from ganmath.divergence import js, kl
from ganmath.game import optimal_discriminator
from ganmath.gan import LOSSES

P = torch.tensor([0.1, 0.2, 0.3, 0.4], dtype=torch.float64)
THETA = torch.tensor([0.7, -1.3, 0.2, 2.1], dtype=torch.float64, requires_grad=True)


def frozen_loss(name: str) -> torch.Tensor:
    """E_g of the generator's loss at the logits of D*, which don't move with theta."""
    g = torch.softmax(THETA, -1)
    logits = optimal_discriminator(P, g.detach(), logits=True)
    losses = torch.stack([LOSSES[name].g(a[None], a[None]) for a in logits])
    return (g * losses).sum()


@pytest.mark.parametrize(
    ("name", "divergence"),
    [
        ("minimax", lambda g: 2 * js(P, g)),
        ("non_saturating", lambda g: kl(g, P) - 2 * js(P, g)),
        ("non_saturating", lambda g: 2 * kl((P + g) / 2, P)),
    ],
)
def test_losses_descend_their_divergence_while_d_is_frozen(name: str, divergence) -> None:
    (given,) = torch.autograd.grad(frozen_loss(name), THETA)
    (right,) = torch.autograd.grad(divergence(torch.softmax(THETA, -1)), THETA)
    assert float((given - right).abs().max()) < 1e-12
    assert float(given.abs().max()) > 1e-2
