r"""What the generator follows while D* is held still, from samples: of log(1 - D*) 2 JS, of -log D* KL(g || p) - 2 JS.

p is N(0, 1). The generator is a map G of noise z, first z + 1.3, then a monotone network, and moves along one direction
of its parameters. The log-odds of D* at G(z) are :math:`\log p(x) - \log g(x)` with
:math:`\log g(G(z)) = \log \varphi(z) - \log G'(z)`, so that their slope :math:`a'(x)` is exact, and each sample tells
:math:`-\sigma(a)\, a'\, \dot G`, for -log D :math:`-(1 - \sigma(a))\, a'\, \dot G`. Their mean is what is expected but
for chance, 5 standard errors. The divergences of the network are differentiated by quadrature and differences of
fourth order: steps of .01 leave some 1e-8, far below the chance.

References: Goodfellow et al. (2014), theorem 1; Arjovsky and Bottou (2017), theorem 2.5.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from ganmath import divergence
from ganmath.divergence import Density, js, kl
from ganmath.experiments.chance import mean_of
from ganmath.gan import MLP, Mixture, Monotone, Stacked, exact_density
from ganmath.theory.observation import Result

NOISE = Mixture(weights=(1.0,), means=(0.0,), stds=(1.0,))  # N(0, 1)
P = NOISE.density
SHIFT = 1.3
SATURATING, NON_SATURATING = 0.44900990, 0.85099009  # at N(0, 1) and N(1.3, 1)
STEP = 0.01


def run(seed: int = 0, quick: bool = True) -> Result:
    """Both gradients from 100,000 samples, or 2 million where not `quick`.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    count = 100_000 if quick else 2_000_000
    line, net = MLP((1, 1), "relu", [random], torch.float64), Monotone(4, [random], torch.float64)
    with torch.no_grad():
        line.weights[0].fill_(1.0)
        line.biases[0].fill_(SHIFT)
        net.offset.add_(1.0)
    shift = [torch.zeros_like(line.weights[0]), torch.ones_like(line.biases[0])]
    some = [torch.randn(part.shape, generator=random, dtype=torch.float64) / 4 for part in net.parameters()]
    some[[name for name, _ in net.named_parameters()].index("offset")].fill_(1.0)  # mostly a shift: never near 0
    by_shift, by_net = (_by_samples(g, v, random, count) for g, v in ((line, shift), (net, some)))
    two_js, reverse_kl = _rate(net, some, lambda g: 2 * js(P, g)), _rate(net, some, lambda g: kl(g, P))
    measurements = (
        mean_of(f"log(1 - D*) at N({SHIFT}, 1)", by_shift[0], SATURATING),
        mean_of(f"-log D* at N({SHIFT}, 1)", by_shift[1], NON_SATURATING),
        mean_of("log(1 - D*) of a network: the slope of 2 JS", by_net[0], two_js),
        mean_of("-log D* of a network: that of KL(g || p) - 2 JS", by_net[1], reverse_kl - two_js),
    )
    forward_kl = _rate(net, some, lambda g: kl(P, g))
    negation = (
        mean_of(f"-log D* at N({SHIFT}, 1): KL alone", by_shift[1], SHIFT),
        mean_of(f"log(1 - D*) at N({SHIFT}, 1): the other sign", by_shift[0], -SATURATING),
        mean_of(f"log(1 - D*) at N({SHIFT}, 1): D* moves too", by_shift[0], _moving(line, shift)),
        mean_of("-log D* of a network: KL(p || g) - 2 JS", by_net[1], forward_kl - two_js),
    )
    return Result("generator-gradients", seed, quick, measurements, negation, time.perf_counter() - begun)


def _by_samples(net: Stacked, v: list[Tensor], random: torch.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """For each of so many draws the slopes of log(1 - D*) and of -log D* along v, D* frozen."""
    found = []
    for _ in range(max(1, count // 100_000)):
        z = torch.randn(1, min(count, 100_000), 1, generator=random, dtype=torch.float64, requires_grad=True)
        x = net(z)
        (stretch,) = torch.autograd.grad(x.sum(), z, create_graph=True)
        log_odds = -x.square() / 2 - (-z.square() / 2 - stretch.log())
        (slope,) = torch.autograd.grad(log_odds.sum(), z)
        moves = _move(net, v, z.detach())
        push, d = (slope / stretch).detach() * moves, log_odds.detach().sigmoid()
        found.append(torch.stack([-d * push, -(1 - d) * push])[:, 0, :, 0].numpy())
    saturating, non_saturating = np.concatenate(found, axis=1)
    return saturating, non_saturating


def _move(net: Stacked, v: list[Tensor], z: Tensor) -> Tensor:
    """How fast the samples G(z) move along v: what u G(z) does along v is linear in u, and this its slope."""
    x = net(z)
    u = torch.ones_like(x, requires_grad=True)
    slopes = torch.autograd.grad(x, list(net.parameters()), u, create_graph=True)
    along = torch.stack([(part * way).sum() for part, way in zip(slopes, v, strict=True)]).sum()
    (move,) = torch.autograd.grad(along, u)
    return move


def _rate(net: Stacked, v: list[Tensor], functional: Callable[[Density], float]) -> float:
    """The slope along v of a functional of the generator's density, by differences of fourth order."""

    def at(t: float) -> float:
        moved = copy.deepcopy(net)
        with torch.no_grad():
            for part, way in zip(moved.parameters(), v, strict=True):
                part.add_(t * way)
        return functional(exact_density(moved, NOISE))

    return (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP)


def _moving(net: Stacked, v: list[Tensor]) -> float:
    """The slope of E_g log(1 - D*) where D* moves with g: that of KL(g || m) - log 2."""
    return _rate(net, v, lambda g: kl(g, divergence.Mixture([P, g])))
