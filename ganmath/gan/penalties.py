r"""Terms that keep the gradient of the discriminator in bounds, and the projection that does so by force.

Every penalty has one signature: ``(critic, real, fake, uniform)``, where ``critic`` maps points (M, N, dim) to scores
(M, N), ``real`` and ``fake`` are points, and ``uniform`` (M, N, dim) are draws from [0, 1), each member's from its own
stream. It returns one number for each member (M,), which the configuration's weight multiplies.

A penalty moves the best discriminator. Each one says where, against a generator that stays as it is: on the line, for
Wasserstein's loss, by the distribution functions :math:`F_p` and :math:`F_g`. An integration by parts shows it:
:math:`E_p f - E_g f = \int f' (F_g - F_p)`, so that the slope is chosen at each point alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

Critic = Callable[[Tensor], Tensor]
Penalty = Callable[[Critic, Tensor, Tensor, Tensor], Tensor]


def r1(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""Half the mean squared gradient on real points, :math:`\tfrac12 E_p \|\nabla D(x)\|^2`; the weight is gamma.

    The best critic of Wasserstein's loss has the slope :math:`f' = (F_g - F_p) / \gamma p`, that of the minimax and
    non-saturating losses solves :math:`\gamma\, (p f')' = (p + g)\, \sigma(f) - p`. Where p = g both are constant.

    References: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?",
    equation 9.

    >>> x = torch.zeros(1, 5, 1)
    >>> r1(lambda x: 3 * x[..., 0], x, x, x)
    tensor([4.5000])
    """
    halves: Tensor = gradients(critic, real).square().sum(-1).mean(-1) / 2
    return halves


def r2(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""Half the mean squared gradient on generated points, :math:`\tfrac12 E_g \|\nabla D(x)\|^2`; the weight is gamma.

    The best critic is that of `r1` with :math:`\gamma g` for :math:`\gamma p`.

    References: Mescheder, Geiger and Nowozin (2018), equation 10.

    >>> x = torch.zeros(1, 5, 1)
    >>> r2(lambda x: 3 * x[..., 0], x, x, x)
    tensor([4.5000])
    """
    return r1(critic, fake, real, uniform)


def r1_r2(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""Both, :math:`\tfrac12 E_p \|\nabla D(x)\|^2 + \tfrac12 E_g \|\nabla D(x)\|^2`; the weight is gamma.

    The best critic is that of `r1` with :math:`\gamma (p + g)` for :math:`\gamma p`.

    References: Huang, Gokaslan, Kuleshov and Tompkin (2024), "The GAN is dead; long live the GAN!", who pair it with
    the relativistic loss.

    >>> x = torch.zeros(1, 5, 1)
    >>> r1_r2(lambda x: 3 * x[..., 0], x, x, x)
    tensor([9.])
    """
    return r1(critic, real, fake, uniform) + r2(critic, real, fake, uniform)


def gradient_penalty(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""How far gradients are from norm 1 between real and generated points, :math:`E (\|\nabla D(\hat x)\| - 1)^2`.

    The points :math:`\hat x = t x + (1 - t) G(z)` lie on segments between independent pairs, t uniform.
    Let r be their density and lambda the weight. The best critic of Wasserstein's loss rises where :math:`F_g > F_p`
    and falls where :math:`F_g < F_p`, with :math:`|f'| = 1 + |F_g - F_p| / 2 \lambda r`. It is steeper than 1, and
    :math:`E_p f - E_g f` exceeds W1 by :math:`\int (F_g - F_p)^2 / 2 \lambda r`.

    References: Gulrajani et al. (2017), "Improved training of Wasserstein GANs", equation 3.

    >>> x = torch.zeros(1, 5, 1)
    >>> gradient_penalty(lambda x: 3 * x[..., 0], x, x, x)
    tensor([4.])
    """
    return (_slopes_between(critic, real, fake, uniform) - 1).square().mean(-1)


def lipschitz_penalty(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""How far gradients exceed norm 1 between the two kinds of points, :math:`E \max(0, \|\nabla D(\hat x)\| - 1)^2`.

    The best critic of Wasserstein's loss is that of `gradient_penalty` wherever :math:`F_g \ne F_p`. Elsewhere every
    slope from -1 to 1 is as good.

    References: Petzka, Fischer and Lukovnikov (2018), "On the regularization of Wasserstein GANs".

    >>> x = torch.zeros(1, 5, 1)
    >>> [float(lipschitz_penalty(lambda x: s * x[..., 0], x, x, x)) for s in (0.5, 3.0)]
    [0.0, 4.0]
    """
    return (_slopes_between(critic, real, fake, uniform) - 1).relu().square().mean(-1)


def dragan(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    r"""How far gradients are from norm 1 around the data, :math:`E (\|\nabla D(x + \delta)\| - 1)^2`.

    :math:`\delta` is normal, its standard deviation half that of the batch.
    The best critic of Wasserstein's loss is that of `gradient_penalty`, with r the density of :math:`x + \delta`.

    References: Kodali, Abernethy, Hays and Kira (2017), "On convergence and stability of GANs".

    >>> x = torch.zeros(1, 5, 1)
    >>> dragan(lambda x: 3 * x[..., 0], x, x, x + 0.5)
    tensor([4.])
    """
    normal = torch.special.ndtri(uniform.clamp_min(torch.finfo(uniform.dtype).tiny))
    around = real + real.std(dim=(-2, -1), keepdim=True) / 2 * normal
    misses: Tensor = (gradients(critic, around).norm(dim=-1) - 1).square().mean(-1)
    return misses


def _slopes_between(critic: Critic, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
    """The norms of the gradients on the segments between pairs, at the share of the way that the first draw says."""
    share = uniform[..., :1]
    slopes: Tensor = gradients(critic, share * real + (1 - share) * fake).norm(dim=-1)
    return slopes


def gradients(critic: Critic, points: Tensor) -> Tensor:
    """The gradient of each score with respect to its point (M, N, dim), itself differentiable.

    By what the points come from, too: an update that looks at how D's steps depend on G has to see it in the penalty.
    """
    points = points if points.requires_grad else points.detach().requires_grad_()
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


PENALTIES: dict[str, Penalty] = {
    "r1": r1,
    "r2": r2,
    "r1_r2": r1_r2,
    "gradient_penalty": gradient_penalty,
    "lipschitz_penalty": lipschitz_penalty,
    "dragan": dragan,
}
