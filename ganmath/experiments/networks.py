"""What the experiments do with networks: train one plainly, and read its Jacobians and the product of its norms."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.func import functional_call, jacrev, vmap

from ganmath.gan import MLP


def descend(
    net: MLP,
    loss: Callable[[], Tensor],
    steps: int,
    rate: float = 0.01,
    betas: tuple[float, float] = (0.9, 0.999),
) -> Iterator[int]:
    """So many steps of Adam down the sum of a loss; yields how many are done, from 0 on.

    >>> net = MLP((1, 1), "tanh", [torch.Generator().manual_seed(0)], torch.float64)
    >>> losses = [net.weights[0].item() ** 2 for _ in descend(net, lambda: net.weights[0].square(), 10)]
    >>> len(losses), losses[-1] < losses[0]
    (11, True)
    """
    optimizer = torch.optim.Adam(net.parameters(), rate, betas, foreach=False)
    yield 0
    for step in range(steps):
        optimizer.zero_grad()
        torch.autograd.backward(loss().sum())
        optimizer.step()
        net.renew()
        yield step + 1


def trained(net: MLP, loss: Callable[[], Tensor], steps: int) -> MLP:
    """The network itself, after so many steps."""
    for _ in descend(net, loss, steps):
        pass
    return net


def scores(net: MLP, x: Tensor) -> Tensor:
    """The first output (..., n) at x (..., n, inputs) of a network of one member, whatever comes before n."""
    flat: Tensor = net(x.reshape(1, -1, x.shape[-1]))
    return flat[..., 0].reshape(x.shape[:-1])


def product_of_norms(net: MLP) -> float:
    """The product of the largest singular values of the weights that the layers work with."""
    return math.prod(float(torch.linalg.matrix_norm(weight.detach(), 2)) for weight, _ in net.layers())


def jacobians(net: MLP, z: Tensor) -> Tensor:
    """The Jacobians (n, outputs, parameters) of G(z) in the parameters, at noise z (n, inputs)."""
    now = {name: part.detach() for name, part in net.named_parameters()}

    def at(point: Tensor) -> dict[str, Tensor]:
        def output(parts: dict[str, Tensor]) -> Tensor:
            moved: Tensor = functional_call(net, parts, (point[None, None],))
            return moved[0, 0]

        slopes: dict[str, Tensor] = jacrev(output)(now)
        return slopes

    return torch.cat([part.flatten(2) for part in vmap(at)(z).values()], -1)
