"""Small networks, a whole ensemble at a time: the leading axis of every tensor is the member.

A member never sees another one: its parameters come from its own random generator, and products are batched.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu, normalize

SLOPE = 0.2  # of leaky ReLU on the negative side
COUPLINGS = 8  # of a coupling flow: each coordinate moves four times
MOST_LOG_SCALE = 2.0  # by which one coupling stretches or shrinks
POWER_STEPS = 200  # of the power method before the first move of the parameters

# They may overwrite what they get, which is nobody else's: a large ensemble has less to carry to memory and back.
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu_,
    "leaky_relu": lambda x: leaky_relu(x, SLOPE, inplace=True),
    "tanh": torch.tanh,
    "silu": nn.functional.silu,
}


class Stacked(nn.Module):
    """A network for each of several members: maps (members, N, inputs) to (members, N, outputs)."""

    @property
    def members(self) -> int:
        """How many networks are stacked."""
        return next(self.parameters()).shape[0]

    def member(self, index: int) -> Self:
        """A detached float64 copy of one member, as an ensemble of one.

        Raises IndexError where there is no such member.
        """
        if not -self.members <= index < self.members:
            raise IndexError(f"member {index}, but there are {self.members}: 0 .. {self.members - 1}")
        parts = {}  # what the copy has in a tensor's place: a copy of all members would cost as many times as much
        for tensor in (*self.parameters(), *self.buffers()):
            part = tensor.detach()[index].unsqueeze(0).to(torch.float64, copy=True)
            parts[id(tensor)] = nn.Parameter(part, requires_grad=False) if isinstance(tensor, nn.Parameter) else part
        return copy.deepcopy(self, parts)

    def renew(self) -> None:
        """What is kept beside the parameters and made from them, made anew after they have moved."""

    def frozen(self) -> Self:
        """A copy that shares nothing with this network and takes no gradients."""
        return copy.deepcopy(self).requires_grad_(False)

    def on_line(self, x: np.ndarray) -> np.ndarray:
        """The first output at numbers x of any shape, for a single member with one input: a function of x.

        Raises ValueError for several members.
        """
        if self.members != 1:
            raise ValueError(f"{self.members} members: choose one first, as in network.member(0).on_line(x)")
        dtype = next(self.parameters()).dtype
        x = np.asarray(x)
        with torch.no_grad():
            y = self(torch.as_tensor(np.ascontiguousarray(x), dtype=dtype).reshape(1, -1, 1))
        on_x: np.ndarray = y[0, :, 0].numpy().reshape(x.shape)
        return on_x


class MLP(Stacked):
    r"""Multilayer perceptrons, :math:`x_l = a(W_l x_{l - 1} + b_l)` from layer to layer, the last without :math:`a`.

    ``widths`` are all layer widths, inputs and outputs included; ``activation`` is a name in `ACTIVATIONS`;
    ``generators`` are one torch.Generator a member, from which its parameters are drawn: uniform, the weights of hidden
    layers with variance 2/inputs, which keeps the scale through ReLU layers, the last ones and the biases with a
    sixth of it. With ``spectral_norm`` each weight is divided by its largest singular value, so that the network is
    1-Lipschitz; a step of the power method follows each move of the parameters.

    References: He et al. (2015), "Delving deep into rectifiers", equation 10, for the weights of hidden layers; Miyato
    et al. (2018), "Spectral normalization for generative adversarial networks", algorithm 1.

    >>> net = MLP((1, 16, 1), "relu", [torch.Generator().manual_seed(seed) for seed in (0, 1, 2)])
    >>> net(torch.zeros(3, 100, 1)).shape
    torch.Size([3, 100, 1])
    >>> net.member(2).on_line(np.zeros((4, 5))).shape
    (4, 5)
    """

    def __init__(
        self,
        widths: Sequence[int],
        activation: str,
        generators: Sequence[torch.Generator],
        dtype: torch.dtype = torch.float32,
        spectral_norm: bool = False,
    ):
        super().__init__()
        self.activation, self.spectral_norm = activation, spectral_norm
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for inputs, outputs in pairwise(widths):
            small = 1 / math.sqrt(inputs)
            bound = small if len(self.weights) == len(widths) - 2 else small * math.sqrt(6)
            layers = [2 * torch.rand(inputs + 1, outputs, generator=one, dtype=dtype) - 1 for one in generators]
            self.weights.append(bound * torch.stack([layer[:-1] for layer in layers]))  # (M, inputs, outputs)
            self.biases.append(small * torch.stack([layer[-1:] for layer in layers]))  # (M, 1, outputs)
        if spectral_norm:
            for number, weight in enumerate(self.weights):
                self.register_buffer(f"direction{number}", torch.ones_like(weight[:, :1]))  # (M, 1, outputs)
            for _ in range(0 if self.weights[0].is_meta else POWER_STEPS):  # who asks for shapes needn't wait for them
                self.renew()

    @torch.no_grad()
    def renew(self) -> None:
        """A step of the power method on each weight, where there is spectral normalisation."""
        for weight, direction in self._directed():
            image = normalize(direction @ weight.mT, dim=-1)
            direction.copy_(normalize(image @ weight, dim=-1))

    def _directed(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Each weight with the direction (M, 1, outputs) that it stretches most, as far as that is known."""
        if self.spectral_norm:
            for number, weight in enumerate(self.weights):
                yield weight, self.get_buffer(f"direction{number}")

    def layers(self) -> list[tuple[Tensor, Tensor]]:
        """The weight (M, inputs, outputs) and the bias (M, 1, outputs) that each layer works with."""
        weights: list[Tensor] = list(self.weights)
        for number, (weight, direction) in enumerate(self._directed()):
            weights[number] = weight / _stretch(weight, direction)
        return list(zip(weights, self.biases, strict=True))

    def forward(self, x: Tensor) -> Tensor:
        """Outputs (M, N, outputs) at x (M, N, inputs)."""
        act = ACTIVATIONS[self.activation]
        *hidden, last = self.layers()
        for weight, bias in hidden:
            x = act(_affine(x, weight, bias))
        return _affine(x, *last)


def _stretch(weight: Tensor, direction: Tensor) -> Tensor:
    """The largest singular value (M, 1, 1), differentiable by the weight at fixed singular vectors."""
    image = normalize((direction @ weight.mT).detach(), dim=-1)
    return (image @ weight @ direction.mT).abs()


def _affine(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """x W + b for each member; with one input or one output elementwise, where a batched product is slow."""
    if weight.shape[1] == 1:
        return torch.addcmul(bias, x, weight)
    if weight.shape[2] == 1:
        return (x * weight.mT).sum(-1, keepdim=True) + bias
    return torch.baddbmm(bias, x, weight)


class Monotone(Stacked):
    r"""Increasing maps of the line, :math:`z \mapsto b + e^{a_0} z + \sum_i e^{a_i} \sigma((z - c_i)/s_i)`.

    A step for each of the ``bumps``: where two modes lie far apart the map has to rise steeply between them, which
    sums of softplus learn badly. Each point has one inverse, so that the density is known: see `exact_density`.

    >>> net = Monotone(32, [torch.Generator().manual_seed(0)])
    >>> x = net.on_line(np.linspace(-3, 3, 50))
    >>> bool((np.diff(x) > 0).all())
    True
    """

    def __init__(self, bumps: int, generators: Sequence[torch.Generator], dtype: torch.dtype = torch.float32):
        super().__init__()
        spread = 2.5  # the steps start where nearly all of a normal noise lies
        draws = torch.stack([torch.rand(3, bumps, generator=generator, dtype=dtype) for generator in generators])
        self.log_slope = nn.Parameter(torch.full((len(generators), 1, 1), math.log(0.5), dtype=dtype))
        self.log_heights = nn.Parameter(draws[:, 0] - 1 - math.log(bumps))  # (M, bumps)
        self.offset = nn.Parameter(-self.log_heights.detach().exp().sum(-1)[:, None, None] / 2)  # a map odd on average
        self.centers = nn.Parameter(spread * (2 * draws[:, 1] - 1))
        self.log_widths = nn.Parameter(math.log(0.1) + math.log(10) * draws[:, 2])

    def forward(self, z: Tensor) -> Tensor:
        """Outputs (M, N, 1) at z (M, N, 1)."""
        steps = torch.sigmoid((z - self.centers[:, None]) * torch.exp(-self.log_widths)[:, None])  # (M, N, bumps)
        bumps = steps @ self.log_heights.exp()[..., None]  # (M, N, 1)
        return self.offset + self.log_slope.exp() * z + bumps


class Coupling(Stacked):
    r"""Invertible maps of the plane: couplings in turns, :math:`x_b \gets x_b\, e^{s(x_a)} + t(x_a)` with a, b swapped.

    A coupling leaves one coordinate as it is, so that it can be undone, and its Jacobian is triangular with determinant
    :math:`e^{s(x_a)}`. s and t are the outputs of an `MLP` of these hidden ``widths``; s is bounded by tanh.

    References: Dinh, Sohl-Dickstein and Bengio (2017), "Density estimation using Real NVP", equations 4 to 8.

    >>> net = Coupling((16,), "tanh", [torch.Generator().manual_seed(0)], torch.float64)
    >>> z = torch.randn(1, 5, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    >>> back, log_slope = net.inverse(net(z))
    >>> bool((back - z).abs().max() < 1e-12), log_slope.shape
    (True, torch.Size([1, 5]))
    """

    def __init__(
        self,
        widths: Sequence[int],
        activation: str,
        generators: Sequence[torch.Generator],
        dtype: torch.dtype = torch.float32,
    ):
        super().__init__()
        self.conditioners = nn.ModuleList(MLP((1, *widths, 2), activation, generators, dtype) for _ in range(COUPLINGS))

    def forward(self, z: Tensor) -> Tensor:
        """Outputs (M, N, 2) at z (M, N, 2)."""
        return coupled(z, self.conditioners)

    def inverse(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The z (M, N, 2) that are mapped to x (M, N, 2), and ``log |det dz/dx|`` (M, N) there."""
        kept, moved = x[..., :1], x[..., 1:]
        log_slope = torch.zeros_like(x[..., 0])
        for conditioner in reversed(self.conditioners):
            log_scale, shift = _scale_and_shift(conditioner, moved)
            kept, moved = moved, (kept - shift) * (-log_scale).exp()
            log_slope = log_slope - log_scale[..., 0]
        return torch.cat([kept, moved], dim=-1), log_slope

    def log_density(self, points: np.ndarray, noise: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """log p_g at points (..., 2), of a single member whose two inputs are independent with log-density ``noise``.

        Raises ValueError for several members.
        """
        if self.members != 1:
            raise ValueError(f"{self.members} members: choose one first, as in network.member(0).log_density(...)")
        x = torch.as_tensor(np.ascontiguousarray(points), dtype=next(self.parameters()).dtype)
        with torch.no_grad():
            z, log_slope = self.inverse(x.reshape(1, -1, 2))
        log: np.ndarray = noise(z[0].numpy()).sum(-1) + log_slope[0].numpy()
        return log.reshape(np.shape(points)[:-1])


def coupled(z: Tensor, conditioners: Iterable[Callable[[Tensor], Tensor]]) -> Tensor:
    """Points z (..., 2) after a coupling for each conditioner, from one coordinate (..., 1) to two numbers."""
    kept, moved = z[..., :1], z[..., 1:]
    for conditioner in conditioners:
        log_scale, shift = _scale_and_shift(conditioner, kept)
        kept, moved = moved * log_scale.exp() + shift, kept
    return torch.cat([kept, moved], dim=-1)


def _scale_and_shift(conditioner: Callable[[Tensor], Tensor], kept: Tensor) -> tuple[Tensor, Tensor]:
    """The log-scale and the shift (M, N, 1) of a coupling."""
    both = conditioner(kept)
    return MOST_LOG_SCALE * torch.tanh(both[..., :1] / MOST_LOG_SCALE), both[..., 1:]


@dataclass(frozen=True)
class Shape:
    """Of a generator: how many numbers of noise it takes, its hidden widths, and how many numbers it makes of them."""

    inputs: int
    widths: tuple[int, ...]
    outputs: int


def _new_mlp(shape: Shape, activation: str, generators: Sequence[torch.Generator], dtype: torch.dtype) -> Stacked:
    return MLP((shape.inputs, *shape.widths, shape.outputs), activation, generators, dtype)


def _new_monotone(shape: Shape, activation: str, generators: Sequence[torch.Generator], dtype: torch.dtype) -> Stacked:
    if len(shape.widths) != 1:
        raise ValueError(
            f"generator_widths={shape.widths}; a monotone generator takes one entry, its number of steps: (32,)"
        )
    if (shape.inputs, shape.outputs) != (1, 1):
        raise ValueError(
            f"a monotone generator maps the line to the line, not {shape.inputs} numbers to {shape.outputs}: take "
            "noise_dim=1 and data on the line, such as data='mixture'"
        )
    return Monotone(shape.widths[0], generators, dtype)


def _new_coupling(shape: Shape, activation: str, generators: Sequence[torch.Generator], dtype: torch.dtype) -> Stacked:
    if (shape.inputs, shape.outputs) != (2, 2):
        raise ValueError(
            f"a coupling generator maps the plane to the plane, not {shape.inputs} numbers to {shape.outputs}: take "
            "noise_dim=2 and data in the plane, such as data='ring'"
        )
    return Coupling(shape.widths, activation, generators, dtype)


# From (shape, activation, a random generator for each member, dtype) to generators.
GENERATORS: dict[str, Callable[[Shape, str, Sequence[torch.Generator], torch.dtype], Stacked]] = {
    "mlp": _new_mlp,
    "monotone": _new_monotone,
    "coupling": _new_coupling,
}
