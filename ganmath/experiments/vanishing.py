r"""A nearly perfect discriminator leaves the generator next to no gradient; where p and g overlap, D* leaves it one.

Data lie on the line x = 0. The generator is a network of tanh, whose samples lie to the right of 1 whatever its noise,
so that D* and its gradient are 0 around them. First D is :math:`\varepsilon d` there, with d and its gradient at most
1; then D is a network, and :math:`\varepsilon` the most that it and its gradient reach. The law of the noise is that of
the n draws themselves, so that every mean is exact, M too: nothing is left to chance, and the bound needs no tolerance.
As :math:`1 \le 1/(1 - \varepsilon d) \le 1/(1 - \varepsilon)`, the gradient over :math:`\varepsilon` is that of
:math:`E\, d(G(z))` within :math:`M \varepsilon / (1 - \varepsilon)`.

References: Arjovsky and Bottou (2017), "Towards principled methods for training GANs", theorem 2.4.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import torch
from torch import Tensor

from ganmath.divergence import Gaussian
from ganmath.experiments.chance import mean_of
from ganmath.experiments.networks import descend, jacobians, scores
from ganmath.game import optimal_discriminator
from ganmath.gan import LOSSES, MLP
from ganmath.gan.data import VerticalLine
from ganmath.gan.penalties import Critic, gradients
from ganmath.theory.observation import Measurement, Result

DATA = VerticalLine(0.0)
SHIFT = 1.3  # of the Gaussian that overlaps with the data
ERRORS = (0.1, 0.01, 0.001)


def run(seed: int = 0, quick: bool = True) -> Result:
    """The gradients of log(1 - D) by a constructed and a trained D, at 500 samples, or 4000 where not `quick`.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    z = torch.randn(1, 500 if quick else 4000, 2, generator=random, dtype=torch.float64)
    generator = _generator(random)
    rows = jacobians(generator, z[0])
    m = float(torch.linalg.eigvalsh(rows @ rows.mT)[:, -1].mean().sqrt())  # the largest is the squared spectral norm
    direction = math.tau * torch.rand((), generator=random, dtype=torch.float64)
    wave = torch.stack([direction.cos(), direction.sin()])

    def d(x: Tensor) -> Tensor:
        return (1 + torch.sin(x @ wave)) / 2

    limit = _gradient(generator, z, d)
    measurements, negation = [], []
    for eps in ERRORS:
        most = m * eps / (1 - eps)
        size = _gradient(generator, z, _saturating(d, eps))
        measurements += [
            Measurement(f"gradient of log(1 - D), D within {eps:g}", size, most, relation="<="),
            Measurement(f"that over {eps:g}", size / eps, limit, most, why="M eps/(1 - eps)"),
        ]
    other = _gradient(generator, z, lambda x: -torch.log(ERRORS[-1] * d(x)))
    negation.append(Measurement(f"gradient of -log D, D within {ERRORS[-1]:g}", other, most, relation="<="))
    for steps, net in _trained(generator, random, (50, 100, 400) if quick else (50, 100, 400, 4000)):
        eps = _error(_sigmoid(net), generator(z).detach())
        size = _gradient(generator, z, _saturating(_sigmoid(net)))
        most = m * eps / (1 - eps) if eps < 1 else math.nan
        what = f"the same for D trained for {steps} steps, within {eps:.2g}"
        measurements.append(Measurement(what, size, most, relation="<="))
    negation.append(_overlapping(random, z.shape[1] * 20))
    return Result("vanishing", seed, quick, tuple(measurements), tuple(negation), time.perf_counter() - begun)


def _generator(random: torch.Generator) -> MLP:
    """A network whose outputs have a first coordinate above 1: tanh lies between -1 and 1."""
    net = MLP((2, 16, 16, 2), "tanh", [random], torch.float64)
    with torch.no_grad():
        net.biases[-1][0, 0, 0] = 1 + net.weights[-1][0, :, 0].abs().sum()
    return net


def _gradient(net: MLP, z: Tensor, loss: Critic) -> float:
    """The length of the gradient in the parameters of the mean of a loss (1, n) of the samples."""
    parts = torch.autograd.grad(loss(net(z)).mean(), list(net.parameters()))
    return float(torch.cat([part.flatten() for part in parts]).norm())


def _trained(generator: MLP, random: torch.Generator, stops: tuple[int, ...]) -> Iterator[tuple[int, MLP]]:
    """A discriminator after so many steps on fresh batches."""
    net = MLP((2, 32, 32, 1), "silu", [random], torch.float64)

    def loss() -> Tensor:
        z = torch.randn(1, 128, 2, generator=random, dtype=torch.float64)
        real, fake = DATA.sample(128, random, torch.float64), generator(z)[0].detach()
        return LOSSES["minimax"].d(scores(net, real), scores(net, fake))

    for step in descend(net, loss, stops[-1]):
        if step in stops:
            yield step, net


def _sigmoid(net: MLP) -> Critic:
    return lambda x: torch.sigmoid(scores(net, x))


def _saturating(d: Critic, eps: float = 1.0) -> Critic:
    """log(1 - eps d)."""
    return lambda x: torch.log1p(-eps * d(x))


def _error(d: Critic, x: Tensor) -> float:
    """The most that D or its gradient reaches at points x (1, n, 2)."""
    return float(torch.maximum(d(x), gradients(d, x).norm(dim=-1)).detach().max())


def _overlapping(random: torch.Generator, n: int) -> Measurement:
    """The claim without disjoint supports: D = D* has no error at all, so the gradient in the mean of g would be 0."""
    x = SHIFT + torch.randn(n, generator=random, dtype=torch.float64)
    d = optimal_discriminator(Gaussian(0, 1), Gaussian(SHIFT, 1))(x.numpy())
    return mean_of(f"gradient for N(0, 1), N({SHIFT}, 1), D = D*", SHIFT * d, 0.0)  # the log-odds have slope -SHIFT
