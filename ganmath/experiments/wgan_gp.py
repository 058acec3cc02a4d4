r"""Unit gradients on the segments of the optimal coupling, a bound for critics that aren't optimal, and other pairs.

Between two clouds the optimal plan and potential are exact, by linear programming: on the segments of the plan the
potential's gradient is u but for rounding. Networks that are 1-Lipschitz, at random and trained as critics, miss W1 by
a known amount, and :math:`E_\pi \int (\|\nabla f\| - 1)^2 \le E_\pi \int \|\nabla f - u\|^2 \le 2 (W_1 - E_p f + E_g
f)` holds on these very points. Gauss's rule on each segment keeps the first inequality, and the second but for its
error in :math:`\int \nabla f \cdot u = f(y) - f(x)`, which is measured.

Other pairs aren't covered. For data on the circle of radius 1 and samples on that of radius 2 a smooth optimal critic
has :math:`\|\nabla f\| = \|x\|` in the inner disc, which the segment of a pair enters where the angle of its ends is
above 60 degrees: two independent pairs in three. The mean of :math:`(\|\nabla f\| - 1)^2` is an integral over that
angle, .04510028.

References: Gulrajani et al. (2017), "Improved training of Wasserstein GANs", proposition 1 and its corollary.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ganmath.divergence import Samples, wasserstein_dual
from ganmath.experiments.chance import mean_of
from ganmath.experiments.networks import descend, product_of_norms, scores
from ganmath.gan import LOSSES, MLP
from ganmath.gan.penalties import Critic, gradients
from ganmath.theory.observation import Measurement, Result

RINGS = 0.04510028  # the penalty of the smooth critic of two rings on independent pairs
NODES, WEIGHTS = (torch.from_numpy(part) for part in np.polynomial.legendre.leggauss(16))


def run(seed: int = 0, quick: bool = True) -> Result:
    """Clouds of 200 points and 200,000 pairs of the rings, or of 1000 and 2 million where not `quick`.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    x, y = torch.randn(2, 200 if quick else 1000, 2, generator=random, dtype=torch.float64)
    y = y * torch.tensor([2.0, 0.5]) + torch.tensor([2.0, 0.0])
    best = wasserstein_dual(Samples(y.numpy()), Samples(x.numpy()))
    of_x = torch.from_numpy(best.on_q)

    def potential(z: Tensor) -> Tensor:
        return (torch.cdist(z, x, compute_mode="donot_use_mm_for_euclid_dist") - of_x).amin(-1)

    matched = y[torch.from_numpy(best.plan.argmax(0))]  # equal masses: the plan is a permutation
    seen = Segments.of(potential, x, matched)
    closest = float((matched - x).norm(dim=-1).min() * (1 + NODES.min()) / 2)
    rounding = 16 * torch.finfo(torch.float64).eps * float(max(x.abs().max(), y.abs().max())) / closest
    worst = float((seen.slopes - seen.u).norm(dim=-1).max())
    measurements = [Measurement("|grad f - u| of the best potential", worst, 0.0, rounding, why="rounding of z - x")]
    for steps, critic in _trained(x, y, random, (0, 100, 300)):
        seen, gain = Segments.of(critic, x, matched), (critic(y).mean() - critic(x).mean()).item()
        missed, name = 2 * (best.primal - gain), f"critic trained for {steps} steps"
        measurements += [
            Measurement(f"(norm - 1)^2, {name}: |grad f - u|^2", seen.penalty, seen.turned, relation="<="),
            Measurement(f"|grad f - u|^2, {name}: 2 (W1 - gain)", seen.turned, missed, 2 * abs(seen.rise - gain), "<=",
                        why="Gauss's rule"),
        ]  # fmt: skip
    norms, inside = _rings(random, 200_000 if quick else 2_000_000)
    penalties = (norms - 1) ** 2
    measurements += [
        mean_of("share of independent pairs of two rings that cross the disc", inside, 2 / 3),
        mean_of("their (norm - 1)^2", penalties, RINGS),
    ]
    others = Segments.of(potential, x, matched.roll(1, 0))
    negation = (
        Measurement("|grad f - u|^2, best potential, pairs of no optimal plan", others.turned, 0.0, rounding),
        mean_of("(norm - 1)^2 of independent pairs of two rings, as of optimal ones", penalties, 0.0),
    )
    return Result("wgan-gp", seed, quick, tuple(measurements), negation, time.perf_counter() - begun)


@dataclass(frozen=True)
class Segments:
    """The gradients of a critic on the segments of pairs: ``slopes`` and ``u`` (n, 16, 2), ``lengths`` (n, 1)."""

    slopes: Tensor
    u: Tensor
    lengths: Tensor

    @classmethod
    def of(cls, critic: Critic, x: Tensor, y: Tensor) -> Segments:
        """Between x (n, 2) and y (n, 2)."""
        way, at = (y - x)[:, None], ((1 + NODES) / 2)[:, None]
        z = x[:, None] + at * way
        lengths = way.norm(dim=-1)
        return cls(gradients(critic, z).detach(), (way / lengths[..., None]).expand_as(z), lengths)

    def _mean(self, values: Tensor) -> float:
        """The mean over the pairs of the integral of values (n, 16) along the segment."""
        return float((self.lengths * values * WEIGHTS / 2).sum(-1).mean())

    @property
    def penalty(self) -> float:
        """E of the integral of (norm - 1)^2."""
        return self._mean((self.slopes.norm(dim=-1) - 1).square())

    @property
    def turned(self) -> float:
        """E of the integral of ``|grad f - u|^2``."""
        return self._mean((self.slopes - self.u).square().sum(-1))

    @property
    def rise(self) -> float:
        """E of the integral of the slope along u, which is E f(y) - f(x)."""
        return self._mean((self.slopes * self.u).sum(-1))


def _trained(x: Tensor, y: Tensor, random: torch.Generator, stops: tuple[int, ...]) -> Iterator[tuple[int, Critic]]:
    """A critic with spectral normalisation after so many steps, divided by its product of norms: 1-Lipschitz."""
    net = MLP((2, 32, 32, 1), "tanh", [random], torch.float64, spectral_norm=True)
    for step in descend(net, lambda: LOSSES["wasserstein"].d(scores(net, y), scores(net, x)), stops[-1]):
        if step in stops:
            yield step, lambda z: scores(net, z) / product_of_norms(net)


def _rings(random: torch.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Norms of the smooth critic's gradient, each at a point of a segment; and whether this enters the inner disc."""

    def critic(z: Tensor) -> Tensor:
        squared = z.square().sum(-1)
        return torch.where(squared < 1, -(1 + squared) / 2, -squared.clamp(min=1).sqrt())

    *angles, share = torch.rand(3, count, generator=random, dtype=torch.float64)
    data, samples = (
        radius * torch.stack([(math.tau * angle).cos(), (math.tau * angle).sin()], -1)
        for radius, angle in zip((1, 2), angles, strict=True)
    )
    way = samples - data
    nearest = (-(data * way).sum(-1) / way.square().sum(-1)).clamp(0, 1)  # to the centre
    inside = (data + nearest[:, None] * way).square().sum(-1) < 1
    norms = gradients(critic, data + share[:, None] * way).detach().norm(dim=-1)
    return norms.numpy(), (inside & (nearest > 0)).numpy()
