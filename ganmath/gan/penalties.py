r"""Terms that keep the gradient of the discriminator in bounds, and the projection that does so by force.

Every penalty has one signature: ``(critic, real, fake, uniform)``, where ``critic`` maps points (M, N, dim) to scores
(M, N), ``real`` and ``fake`` are points, and ``uniform`` (M, N, 1) are draws from [0, 1), each member's from its own
stream. It returns one number for each member (M,), which the configuration's weight multiplies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

Critic = Callable[[Tensor], Tensor]
Penalty = Callable[[Critic, Tensor, Tensor, Tensor], Tensor]


def r1(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""Half the mean squared gradient on real points, :math:`\tfrac12 E_p \|\nabla D(x)\|^2`; the weight is gamma.

    References: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?",
    equation 9.

    >>> x = torch.zeros(1, 5, 1)
    >>> r1(lambda x: 3 * x[..., 0], x, x, x)
    tensor([4.5000])
    """
    halves: Tensor = gradients(critic, real).square().sum(-1).mean(-1) / 2
    return halves


def gradient_penalty(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""How far gradients are from norm 1 between real and generated points, :math:`E (\|\nabla D(\hat x)\| - 1)^2`.

    The points :math:`\hat x = t x + (1 - t) G(z)` lie on segments between independent pairs, t uniform.

    References: Gulrajani et al. (2017), "Improved training of Wasserstein GANs", equation 3.

    >>> x = torch.zeros(1, 5, 1)
    >>> gradient_penalty(lambda x: 3 * x[..., 0], x, x, x)
    tensor([4.])
    """
    between = uniform * real + (1 - uniform) * fake
    misses: Tensor = (gradients(critic, between).norm(dim=-1) - 1).square().mean(-1)
    return misses


def gradients(critic: Critic, points: Tensor) -> Tensor:
    """The gradient of each score with respect to its point (M, N, dim), itself differentiable."""
    points = points.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(points).sum(), points, create_graph=True)
    return gradient


@torch.no_grad()
def clip(parameters: Iterable[Tensor], bound: float) -> None:
    """Project every parameter onto [-bound, bound], in place: after each step of the critic.

    References: Arjovsky, Chintala and Bottou (2017), "Wasserstein generative adversarial networks", algorithm 1.

    >>> weights = torch.tensor([-3., .005, 2.])
    >>> clip([weights], .01); weights
    tensor([-0.0100,  0.0050,  0.0100])
    """
    for parameter in parameters:
        parameter.clamp_(-bound, bound)


PENALTIES: dict[str, Penalty] = {"r1": r1, "gradient_penalty": gradient_penalty}
