r"""The game as a vector field: where both players' gradients lead, how the field bends, and what D's score looks like.

Both players descend losses of their own, :math:`v = (-\nabla_D \ell_D, -\nabla_G \ell_G)`. No loss need fall along v:
what settles and what turns is read from the eigenvalues of its Jacobian.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from ganmath.gan.batches import Batch, draw_batch, from_one, shown
from ganmath.gan.networks import Stacked
from ganmath.gan.penalties import gradients
from ganmath.gan.run import Snapshot
from ganmath.gan.updates import discriminator_loss, generator_loss

LARGEST = 1000  # parameters of both players: the Jacobian has as many rows, and a batch goes back through each


def descent(snapshot: Snapshot, member: int, batch: Batch) -> tuple[Tensor, Tensor]:
    """The gradients (P,) of one member's losses, the discriminator's with its penalty, on a batch in float64."""
    return _descent(snapshot, *_players(snapshot, member), batch)


def _players(snapshot: Snapshot, member: int) -> tuple[Stacked, Stacked]:
    """Copies of one member's discriminator and generator, in float64, that take gradients."""
    d, g = snapshot.discriminator.member(member), snapshot.generator.member(member)
    return d.requires_grad_(), g.requires_grad_()


def _descent(snapshot: Snapshot, d: Stacked, g: Stacked, batch: Batch) -> tuple[Tensor, Tensor]:
    """The gradients of both players, themselves differentiable."""

    def critic(x: Tensor) -> Tensor:
        scores: Tensor = d(x)[..., 0]
        return scores

    config = snapshot.config
    fake = shown(config, g(batch.noise.z), batch.noise.instance)
    weight = config.penalty_weight_at(snapshot.step)
    _, d_loss = discriminator_loss(config, weight, critic, batch.real, fake, batch.uniform)
    g_loss = generator_loss(config, critic, batch.real, fake)
    of_d, of_g = (
        torch.autograd.grad(loss.sum(), list(player.parameters()), create_graph=True, materialize_grads=True)
        for loss, player in ((d_loss, d), (g_loss, g))
    )
    return torch.cat([v.flatten() for v in of_d]), torch.cat([v.flatten() for v in of_g])


def game_jacobian(snapshot: Snapshot, size: int = 256, seed: int = 0) -> np.ndarray:
    r"""The Jacobian (members, P, P) of :math:`v = (-\nabla_D \ell_D, -\nabla_G \ell_G)`, D's parameters first.

    On one batch of ``size`` samples, the same for each member; another ``seed`` shows how much hangs on it. The field
    is that of the losses and the penalty; what an update other than gradient steps adds, or clipping, isn't in it.

    Raises ValueError above 1000 parameters a member, and with spectral normalisation, which training differentiates at
    fixed singular vectors: its second derivatives are not those of the network.

    References: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs", equation 5; Nagarajan and Kolter (2017),
    "Gradient descent GAN optimization is locally stable".

    >>> from ganmath.gan import Config, train
    >>> snapshot = next(train(Config(generator_widths=(4,), discriminator_widths=(4,), seeds=(0, 1))))
    >>> game_jacobian(snapshot).shape
    (2, 26, 26)
    """
    config, players = snapshot.config, (snapshot.discriminator, snapshot.generator)
    parameters = sum(one[0].numel() for player in players for one in player.parameters())
    if parameters > LARGEST:
        raise ValueError(
            f"{parameters} parameters a member: the Jacobian of more than {LARGEST} takes too long; choose smaller "
            "networks, such as generator_widths=(16,), discriminator_widths=(16,)"
        )
    if config.spectral_norm:
        raise ValueError(
            "spectral_norm=True: training holds the singular vectors fixed, and so has no Jacobian; train with "
            "spectral_norm=False, and a penalty, say"
        )
    batch = draw_batch(config, snapshot.step, size, from_one(seed))
    return np.stack([_jacobian(snapshot, member, batch) for member in range(snapshot.discriminator.members)])


def _jacobian(snapshot: Snapshot, member: int, batch: Batch) -> np.ndarray:
    """All rows at once, by one backward pass under vmap.

    It isn't torch.func.jacrev, inside of which the penalties could not differentiate by the points.
    """
    d, g = _players(snapshot, member)
    field = -torch.cat(_descent(snapshot, d, g, batch))
    columns = torch.autograd.grad(
        field,
        [*d.parameters(), *g.parameters()],
        torch.eye(len(field), dtype=field.dtype),
        is_grads_batched=True,
        materialize_grads=True,
    )
    jacobian: np.ndarray = torch.cat([column.flatten(1) for column in columns], 1).numpy()
    return jacobian


def game_spectrum(snapshot: Snapshot, size: int = 256, seed: int = 0) -> np.ndarray:
    r"""The eigenvalues (members, P) of the game's Jacobian, largest real part first.

    Near a point of rest the flow settles where all real parts are negative. Steps of size h settle where all
    :math:`|1 + h\lambda| < 1`: an imaginary part asks for small ones. Elsewhere they say how the field bends.

    Raises what `game_jacobian` raises.

    >>> from ganmath.gan import Config, train
    >>> snapshot = next(train(Config(generator_widths=(4,), discriminator_widths=(4,))))
    >>> game_spectrum(snapshot).shape
    (1, 26)
    """
    eigenvalues = np.linalg.eigvals(game_jacobian(snapshot, size, seed)).astype(complex)
    order = np.lexsort((-eigenvalues.imag, -eigenvalues.real), axis=-1)
    return np.take_along_axis(eigenvalues, order, axis=-1)


def score_field(snapshot: Snapshot, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """D's score (members, ...) at points (..., d), and its gradient (members, ..., d), along which it pushes samples.

    >>> from ganmath.gan import Config, train
    >>> config = Config(data="ring", noise_dim=2, generator_widths=(8,), discriminator_widths=(8,), seeds=(0, 1))
    >>> x, y = np.meshgrid(np.linspace(-3, 3, 40), np.linspace(-3, 3, 30))
    >>> score, push = score_field(next(train(config)), np.stack([x, y], -1))
    >>> score.shape, push.shape
    ((2, 30, 40), (2, 30, 40, 2))
    """
    d = snapshot.discriminator.frozen().double()
    points = np.asarray(points, dtype=np.float64)
    flat = torch.as_tensor(points.reshape(-1, points.shape[-1])).expand(d.members, -1, -1)
    scores: list[Tensor] = []

    def critic(x: Tensor) -> Tensor:
        scores.append(d(x)[..., 0])
        return scores[-1]

    push = gradients(critic, flat).detach().numpy().reshape(d.members, *points.shape)
    return scores[-1].detach().numpy().reshape(d.members, *points.shape[:-1]), push
