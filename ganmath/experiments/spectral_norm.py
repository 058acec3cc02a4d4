r"""No network is steeper than the product of its spectral norms, if its activations are 1-Lipschitz; one is that steep.

Trained networks, with every activation whose slope is at most 1: the norm of the gradient at many points, and on the
line the Lipschitz constant itself, of all pieces. The product is that of singular values, good to some
roundings, as gradients are. With 3 times the identity in each layer and ReLU the bound is reached, where all units are
active. SiLU has slopes of up to 1.0998: it isn't covered, and one unit of it is steeper than its weights.

References: Miyato et al. (2018), "Spectral normalization for generative adversarial networks".
"""

from __future__ import annotations

import time

import torch
from torch import Tensor

from ganmath.experiments.networks import product_of_norms, scores, trained
from ganmath.gan import LOSSES, MLP, lipschitz
from ganmath.gan.penalties import gradients
from ganmath.theory.observation import Measurement, Result

ONE_LIPSCHITZ = ("relu", "leaky_relu", "tanh")
ROUNDING = 1e-12
REACHED = 3.0


def run(seed: int = 0, quick: bool = True) -> Result:
    """Networks of the plane at 10,000 points, trained for 200 steps, or at 100,000, for 2000, where not `quick`.

    >>> run().ok
    True
    """
    begun, random, measurements = time.perf_counter(), torch.Generator().manual_seed(seed), []
    points = 3 * torch.randn(10_000 if quick else 100_000, 2, generator=random, dtype=torch.float64)
    for activation in ONE_LIPSCHITZ:
        for spectral, kind in ((False, "trained"), (True, "trained with spectral norms")):
            net = _critic(activation, spectral, random, 200 if quick else 2000)
            what = f"largest gradient, {activation}, {kind}: product of norms"
            measurements.append(_at_most(what, _steepest(net, points), product_of_norms(net)))
    line = MLP((1, 16, 16, 1), "leaky_relu", [random], torch.float64)
    measurements.append(
        _at_most("Lipschitz constant on the line: product of norms", lipschitz(line), product_of_norms(line))
    )
    deep = _threefold()
    reached, most = _steepest(deep, points.abs()), product_of_norms(deep)
    measurements.append(Measurement("three layers of 3 I, all active: their product", reached, most, ROUNDING * most,
                                    why="rounding"))  # fmt: skip
    unit = MLP((1, 1, 1), "silu", [random], torch.float64)
    steepest = _steepest(unit, torch.linspace(-20, 20, 10_001, dtype=torch.float64)[:, None] / unit.weights[0].abs()[0])
    negation = (
        _at_most("one unit of SiLU: product of norms", steepest, product_of_norms(unit)),
        _at_most("three layers of 3 I: the sum of their norms", reached, 3 * REACHED),
    )
    return Result("spectral-norm", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _at_most(what: str, slope: float, most: float) -> Measurement:
    return Measurement(what, slope, most, ROUNDING * most, "<=", why="rounding")


def _steepest(net: MLP, points: Tensor) -> float:
    return float(gradients(lambda z: scores(net, z), points).detach().norm(dim=-1).max())


def _critic(activation: str, spectral: bool, random: torch.Generator, steps: int) -> MLP:
    """A network trained to tell two clouds apart, which makes it steep."""
    net = MLP((2, 16, 16, 1), activation, [random], torch.float64, spectral)

    def loss() -> Tensor:
        x, y = torch.randn(2, 64, 2, generator=random, dtype=torch.float64)
        return LOSSES["minimax"].d(scores(net, x), scores(net, y / 2 + 1))

    return trained(net, loss, steps)


def _threefold() -> MLP:
    """From the plane to the plane, each layer three times the identity, without biases."""
    net = MLP((2, 2, 2, 2), "relu", [torch.Generator()], torch.float64)
    with torch.no_grad():
        for weight, bias in zip(net.weights, net.biases, strict=True):
            weight.copy_(REACHED * torch.eye(2))
            bias.zero_()
    return net
