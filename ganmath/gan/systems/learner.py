"""A single network that learns: its moving average, its optimiser, and a step that refuses what isn't a number."""

from __future__ import annotations

import copy
import math
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from ganmath.gan.updates import TrainingDiverged

Network = TypeVar("Network", bound=nn.Module)


class Learner(Generic[Network]):
    """A network, its moving average of that ``decay``, and Adam; ``name`` is what messages call it.

    What a network keeps beside its parameters, such as the statistics of batch norm, is averaged with them.
    """

    def __init__(self, name: str, network: Network, rate: float, betas: tuple[float, float], decay: float):
        self.name, self.network, self.rate, self.decay = name, network, rate, decay
        self.average = copy.deepcopy(network).requires_grad_(False)
        self.optimiser = torch.optim.Adam(network.parameters(), rate, (float(betas[0]), float(betas[1])))

    def descend(self, loss: Tensor, factor: float, step: int, *seeds: int) -> None:
        """A step down the loss, at ``factor`` of the learning rate; down the sum of those of the members, one a seed.

        Raises TrainingDiverged, and moves nothing, where the loss or its gradient isn't finite.
        """
        parameters = list(self.network.parameters())
        slopes = torch.autograd.grad(loss.sum(), parameters, allow_unused=True, materialize_grads=True)
        for what, total in ("loss", loss.sum()), ("gradient", torch.stack([slope.sum() for slope in slopes]).sum()):
            if not math.isfinite(total.item()):
                finite = loss.detach().reshape(-1).isfinite()
                bad = [number for number in range(len(seeds)) if not finite[number]] or list(range(len(seeds)))
                raise TrainingDiverged(step, f"{self.name}'s {what}", bad, [seeds[number] for number in bad])
        for parameter, slope in zip(parameters, slopes, strict=True):
            parameter.grad = slope
        self.optimiser.param_groups[0]["lr"] = self.rate * factor
        self.optimiser.step()

    @torch.no_grad()
    def follow(self) -> None:
        """A step of the moving average, in place."""
        means, values = (
            [*net.parameters(), *(buffer for buffer in net.buffers() if buffer.is_floating_point())]
            for net in (self.average, self.network)
        )
        for mean, value in zip(means, values, strict=True):
            mean.lerp_(value, 1 - self.decay)

    def frozen(self) -> Network:
        """A copy of the average that training goes on without, as it is used: batch norm by its own statistics."""
        return copy.deepcopy(self.average).eval()
