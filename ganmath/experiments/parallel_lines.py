r"""Two parallel lines, the generator's at a distance theta: JS sees log 2 wherever it is, W1 sees how far.

Both games are trained, the discriminator to its best at each place, the generator along the plain gradient by steps of
h = .05:

- JS is at least :math:`\log 2 - e/2` for a discriminator of loss e, for any bounds it from below. The generator's
  gradient is the mean of :math:`\sigma(a)\, \partial_x a` over its points, so at most the mean of
  :math:`\log(1 + e^a)`, D's loss there, times the steepest slope: what theta moves in all is at most the sum of those.
- The critic's layers are divided by their largest singular values, which makes it 1-Lipschitz: its game, on points of
  the same heights, is at most theta, and that only with slope 1 all along the segment. Then each step takes h off
  theta, until the line dithers about the data, over which no step takes it further than h, and the critic turns within
  another.

References: Arjovsky, Chintala and Bottou (2017), "Wasserstein generative adversarial networks", example 1.
"""

from __future__ import annotations

import math
import time
from itertools import islice

import torch
from torch import Tensor
from torch.nn.functional import softplus

from ganmath.experiments.networks import descend
from ganmath.gan import LOSSES, MLP
from ganmath.theory.observation import Measurement, Result

STARTS = (0.5, 1.0, 2.0)  # theta at the beginning, a member each
H = 0.05  # of the generator's steps
SURE = 1e-6  # a loss that D goes below: two lines can be told apart, so that it has no positive lower bound
SHARE = 0.05  # of its bound that a critic may fall short of: set beforehand, since no theorem says how well it learns
FIRST, BETWEEN = 300, 20  # of the discriminator's, before the generator's first and between them


class Game:
    """Discriminators of one loss, a member for each start; ``theta`` is where their generators' lines are."""

    def __init__(self, loss: str, seed: int):
        """At the start; a Wasserstein critic is 1-Lipschitz by its spectral norms."""
        rngs = [torch.Generator().manual_seed(seed + member) for member in range(len(STARTS))]
        self.loss, self.rng = LOSSES[loss], torch.Generator().manual_seed(seed)
        self.d = MLP((2, 32, 32, 1), "leaky_relu", rngs, torch.float64, spectral_norm=loss == "wasserstein")
        self.theta = torch.tensor(STARTS, dtype=torch.float64)
        # A critic with more momentum takes longer to turn where its line has gone over the data.
        self.learning = descend(self.d, self.d_loss, steps=10**9, rate=5e-3, betas=(0.5, 0.9))

    def learn(self, steps: int) -> None:
        """So many steps of the discriminators."""
        for _ in islice(self.learning, steps):
            pass

    def d_loss(self) -> Tensor:
        """Of each member, on fresh points of both lines, at the same heights."""
        fake = self.fake(self.theta)
        return self.loss.d(self.score(fake * torch.tensor([0.0, 1.0])), self.score(fake))

    def fake(self, theta: Tensor) -> Tensor:
        """Points (members, 256, 2) of the lines at theta."""
        heights = torch.rand(len(STARTS), 256, generator=self.rng, dtype=torch.float64)
        return torch.stack([theta[:, None].expand_as(heights), heights], -1)

    def score(self, points: Tensor) -> Tensor:
        """What the discriminators say of points."""
        scores: Tensor = self.d(points)[..., 0]
        return scores

    def move(self) -> Tensor:
        """A step of the lines down their loss; the most that D's loss there and its steepest slope allow with JS."""
        fake = self.fake(self.theta.requires_grad_())
        scores = self.score(fake)
        loss = self.loss.g(scores[..., :0], scores)
        (gradient,) = torch.autograd.grad(loss.sum(), self.theta, retain_graph=True)
        (slopes,) = torch.autograd.grad(scores.sum(), fake)
        self.theta = self.theta.detach() - H * gradient
        return (H * softplus(scores).mean(-1) * slopes[..., 0].abs().amax(-1)).detach()


def trained(loss: str, seed: int, steps: int) -> tuple[list[float], list[float], list[float]]:
    """D's losses before the generator's first step, where its lines end, and the most that JS lets them move."""
    game = Game(loss, seed)
    game.learn(FIRST)
    first, most = game.d_loss().detach(), torch.zeros_like(game.theta)
    for _ in range(steps):
        most += game.move()
        game.learn(BETWEEN)
    return first.tolist(), game.theta.tolist(), most.tolist()


def run(seed: int = 0, quick: bool = True) -> Result:
    """Both games from three distances, the farthest of which comes home only where not `quick`.

    >>> run().ok
    True
    """
    begun, steps = time.perf_counter(), 30 if quick else 60
    measurements, negation = [], []
    for start, first, end, most in zip(STARTS, *trained("minimax", seed, steps), strict=True):
        sees, stays = f"JS that D sees at theta = {start:g}", f"theta = {start:g} after {steps} steps of JS"
        measurements += [
            Measurement(sees, math.log(2) - first / 2, math.log(2), SURE / 2, why="a loss of D below 1e-6"),
            Measurement(stays, end, start, most, why="D's loss times its steepest slope, summed"),
        ]
        negation.append(Measurement(f"{stays}, as W1 would have it", end, max(0.0, start - steps * H), 2 * H))
    for start, first, end, _ in zip(STARTS, *trained("wasserstein", seed, steps), strict=True):
        home = max(0.0, start - steps * H)
        why = "a step over the data, one to turn" if home == 0 else "a slope 5 % less than 1"
        moves = f"theta = {start:g} after {steps} steps of W1"
        measurements += [
            Measurement(f"W1 that D sees at theta = {start:g}", -first, start, SHARE * start, why="5 % of it"),
            Measurement(moves, end, home, 2 * H if home == 0 else SHARE * steps * H, why=why),
        ]
        negation.append(Measurement(f"{moves}, as JS would have it", end, start, 2 * H))
    return Result("parallel-lines", seed, quick, tuple(measurements), tuple(negation), time.perf_counter() - begun)
