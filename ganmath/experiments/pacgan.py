r"""The total variation of packs of m: exactly, by the best test of samples, and by a trained discriminator of packs.

P is uniform on [0, 1], Q1 uniform on [.2, 1], Q2 of density .6 on the left half and 1.4 on the right. Both are at TV .2
from P. On the two parts where the ratio to P is constant they are pairs of masses, whose products are exact but for
rounding. No test of packs gains more than their TV, the mean of the test on packs of P less that on packs of Q: the
best one by counting reaches it, a trained network doesn't exceed it, both but for chance, which Hoeffding's inequality
bounds for each of the two means. That three samples show the trained network more than any test of one can, .2, is
what packs are for.

References: Lin, Khetan, Fanti and Oh (2018), "PacGAN: the power of two samples in generative adversarial networks".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import reduce

import numpy as np
import torch
from torch import Tensor

from ganmath.divergence import total_variation
from ganmath.experiments.chance import hoeffding
from ganmath.experiments.networks import scores, trained
from ganmath.gan import LOSSES, MLP
from ganmath.theory.observation import Measurement, Result

# Each with where the second part begins, and the masses of P and of Q on the two parts.
PAIRS = {"Q1": (0.2, (0.2, 0.8), (0.0, 1.0)), "Q2": (0.5, (0.5, 0.5), (0.3, 0.7))}
PACKED = {"Q1": (0.2, 0.36, 0.488, 0.5904, 0.67232), "Q2": (0.2, 0.24, 0.284, 0.3392, 0.34072)}
ROUNDING = 2**5 * 8 * np.finfo(float).eps  # of sums of at most 2^5 products of at most 5 factors
PACK = 3


def run(seed: int = 0, quick: bool = True) -> Result:
    """Packs of up to 5; tests of 3 on 200,000 fresh packs, or on 2 million where not `quick`.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    count = 200_000 if quick else 2_000_000
    chance, measurements = 2 * hoeffding(count), []
    for name, exact in PACKED.items():
        for m, value in enumerate(exact, 1):
            what = f"TV of packs of {m}, {name}"
            packed = _packed(name, m)
            measurements.append(Measurement(what, packed, value, ROUNDING, why="rounding"))
    bound = 1 - (1 - PACKED["Q2"][0]) ** PACK
    real, fake = _packs("Q2", random, count)
    by_count = _gain(lambda x: (x < PAIRS["Q2"][0]).sum(-1) > PACK / 2, real, fake)  # P has more on the left
    net = _trained("Q2", random)
    by_net, why = _gain(lambda x: scores(net, x) > 0, real, fake), f"Hoeffding for {count} packs, twice"
    best = PACKED["Q2"][PACK - 1]
    measurements += [
        Measurement(f"gain of the best test of packs of {PACK}, Q2", by_count, best, chance, why=why),
        Measurement("gain of a trained network", by_net, best, chance, "<=", why=why),
        Measurement("that, beside any test of single samples", by_net, PACKED["Q2"][0] + chance, relation=">="),
    ]
    negation = (
        Measurement("TV of packs of 2, Q1, as of a sum", _packed("Q1", 2), 0.4, ROUNDING),
        Measurement(f"TV of packs of {PACK}, Q2, as if the bound were a value", _packed("Q2", PACK), bound, ROUNDING),
        Measurement(f"gain of a trained network, packs of {PACK}", by_net, PACKED["Q2"][0], chance, "<="),
    )
    return Result("pacgan", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


def _packed(name: str, m: int) -> float:
    """TV of m independent draws of P and as many of Q."""
    _, p, q = PAIRS[name]
    packs = (reduce(np.multiply.outer, [np.array(masses)] * m).ravel() for masses in (p, q))
    return float(total_variation(*packs))


def _packs(name: str, random: torch.Generator, count: int) -> tuple[Tensor, Tensor]:
    """Packs (count, 3) of P and of Q."""
    start, _, (of_left, _) = PAIRS[name]
    real, level = torch.rand(2, count, PACK, generator=random, dtype=torch.float64)
    fake = torch.where(
        level < of_left, level * start / of_left, start + (level - of_left) * (1 - start) / (1 - of_left)
    )
    return real, fake


def _gain(test: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor) -> float:
    """By how much more packs of P pass a test than packs of Q."""
    with torch.no_grad():
        return float(test(real).double().mean() - test(fake).double().mean())


def _trained(name: str, random: torch.Generator) -> MLP:
    """A network that takes the samples of a pack side by side."""
    net = MLP((PACK, 32, 32, 1), "leaky_relu", [random], torch.float64)

    def loss() -> Tensor:
        real, fake = _packs(name, random, 512)
        return LOSSES["minimax"].d(scores(net, real), scores(net, fake))

    return trained(net, loss, 300)
