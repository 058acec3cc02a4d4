"""A network that learns: its moving average, its optimiser, and a step that refuses what isn't a number."""

from __future__ import annotations

import copy
import math
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from ganmath.gan.networks import Stacked
from ganmath.gan.updates import TrainingDiverged

Network = TypeVar("Network", bound=nn.Module)


class Learner(Generic[Network]):
    """A network, its moving average of that ``decay``, and Adam; ``name`` is what messages call it.

    What a network keeps beside its parameters is averaged with them, such as the statistics of batch norm, or made
    anew from the averages, as `Stacked` ones do. ``fused`` steps of Adam are faster, and round differently.

    >>> line = Learner("the line", nn.Linear(1, 1), rate=0.1, betas=(0, 0.9), decay=0.5)
    >>> before = line.average.bias.item(), line.network.bias.item()
    >>> line.descend(line.network(torch.ones(1)), 1.0, 0, 7)
    >>> line.follow()
    >>> [round(now.bias.item() - then, 6) for now, then in zip((line.average, line.network), before)]
    [-0.05, -0.1]
    """

    def __init__(
        self,
        name: str,
        network: Network,
        rate: float,
        betas: tuple[float, float],
        decay: float,
        fused: bool = False,
    ):
        self.name, self.network, self.rate, self.decay = name, network, rate, decay
        self.average = copy.deepcopy(network).requires_grad_(False)
        first, second = float(betas[0]), float(betas[1])  # torch refuses (0, 0.9)
        self.optimiser = torch.optim.Adam(network.parameters(), rate, (first, second), fused=fused)
        for parameter in network.parameters():  # as Adam begins, but at once: all that moves is there from step 0
            moments = {name: torch.zeros_like(parameter.detach()) for name in ("exp_avg", "exp_avg_sq")}
            count = torch.zeros((), dtype=torch.float32, device=parameter.device)
            self.optimiser.state[parameter] = {"step": count, **moments}

    def tensors(self) -> dict[str, Tensor]:
        """All that moves, by name: the tensors themselves."""
        parts = {"network": self.network.state_dict(), "average": self.average.state_dict()}
        for name, parameter in self.network.named_parameters():
            parts[f"adam.{name}"] = self.optimiser.state[parameter]
        return {f"{part}.{name}": tensor for part, found in parts.items() for name, tensor in found.items()}

    def learn_at(self, factor: float) -> None:
        """Set the learning rate, to that share of the first one."""
        self.optimiser.param_groups[0]["lr"] = self.rate * factor

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
        self.learn_at(factor)
        self.optimiser.step()

    @torch.no_grad()
    def follow(self) -> None:
        """A step of the moving average, in place."""
        for mean, parameter in zip(self.average.parameters(), self.network.parameters(), strict=True):
            mean.lerp_(parameter, 1 - self.decay)
        if isinstance(self.average, Stacked):
            self.average.renew()
            return
        for average, statistic in zip(self.average.buffers(), self.network.buffers(), strict=True):
            if average.is_floating_point():
                average.lerp_(statistic, 1 - self.decay)

    def frozen(self) -> Network:
        """A copy of the average that training goes on without, as it is used: batch norm by its own statistics."""
        return copy.deepcopy(self.average).eval()
