r"""The gradient of W1 in a generator's parameters is that of the best critic held still, on samples where W1 is exact.

The law of the noise is that of n draws, the data are n points in the plane: W1 is a linear program with an exact plan.
The best critic isn't unique, and the theorem asks for one with a derivative at the samples. A vertex of the program,
which the simplex method finds, has kinks at them. The mean of the best critics that are tied to one point each, which
are lengths of shortest paths, has none: its slope there is the unit vector of the plan, and so is that of the plan's
cost. Over a step h along a direction of the parameters W1 rises by at least what the critic's gain does, for that
critic may no longer be the best, and by at most what the plan's cost does, for that plan may no longer be the best: the
quotient is the critic's slope within what these two say.

References: Arjovsky, Chintala and Bottou (2017), "Wasserstein generative adversarial networks", theorem 3.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable

import torch
from scipy.sparse.csgraph import floyd_warshall
from torch import Tensor

from ganmath.divergence import Samples, wasserstein, wasserstein_dual
from ganmath.gan import MLP
from ganmath.gan.data import VerticalLine
from ganmath.theory.observation import Measurement, Result

STEP = 1e-4
ROUNDING = 1e-12  # of means of unit vectors, and of W1 relatively


def run(seed: int = 0, quick: bool = True) -> Result:
    """At 200 samples, or 1000 where not `quick`, along three directions.

    >>> run().ok
    True
    """
    begun, random = time.perf_counter(), torch.Generator().manual_seed(seed)
    data, z = torch.randn(2, 200 if quick else 1000, 2, generator=random, dtype=torch.float64)
    data = data @ torch.diag(torch.tensor([2.0, 0.5], dtype=torch.float64)) + 1
    net = MLP((2, 16, 2), "tanh", [random], torch.float64)
    parts, x = list(net.parameters()), net(z[None])[0]
    best = wasserstein_dual(Samples(data.numpy()), Samples(x.detach().numpy()))
    matched = data[best.plan.argmax(0)]  # equal masses: the plan is a permutation
    critic = _critic(matched, _between(matched, x.detach()))

    def plan_cost(x: Tensor) -> Tensor:
        cost: Tensor = (matched - x).norm(dim=-1).mean()
        return cost

    def gradient(of: Tensor) -> Tensor:
        return _flat(torch.autograd.grad(of, parts, retain_graph=True))

    by_distance, by_critic = gradient(wasserstein(Samples(data), Samples(x))), gradient(-critic(x).mean())
    vertex = _critic(data, torch.from_numpy(best.on_p))
    size = ROUNDING * float(by_distance.norm())
    measurements = [_difference("gradient of W1 less the critic's", by_distance, by_critic, size)]
    negation = [
        _difference("gradient of W1 less the critic's, its sign lost", by_distance, -by_critic, size),
        _difference("the same for a critic with kinks at the samples", by_distance, gradient(-vertex(x).mean()), size),
    ]
    for number in range(3):
        way = torch.randn(by_critic.shape, generator=random, dtype=torch.float64)
        way /= way.norm()
        with torch.no_grad():
            there = _moved(net, way)(z[None])[0]
            least = float(critic(x).mean() - critic(there).mean()) / STEP
            most = float(plan_cost(there) - plan_cost(x)) / STEP
        rise = (float(wasserstein(Samples(data), Samples(there))) - best.primal) / STEP
        rounding, slope = ROUNDING * best.primal / STEP, float(by_critic @ way)
        off = max(most - slope, slope - least) + rounding
        what = f"rise of W1 over {STEP:g}, direction {number + 1}"
        measurements.append(Measurement(what, rise, slope, off, why="critic and plan of before"))
    points = VerticalLine(0.0).sample(len(z), random, torch.float64)
    left = wasserstein(Samples(points), Samples(points - torch.tensor([STEP, 0.0]))) / -STEP
    name = "slope of W1 of parallel lines at 0, from the left: as from the right"
    negation.append(Measurement(name, float(left), 1.0, ROUNDING / STEP))
    return Result("wgan-gradient", seed, quick, tuple(measurements), tuple(negation), time.perf_counter() - begun)


def _difference(what: str, a: Tensor, b: Tensor, rounding: float) -> Measurement:
    return Measurement(what, float((a - b).norm()), 0.0, rounding, why="rounding")


def _critic(points: Tensor, values: Tensor) -> Callable[[Tensor], Tensor]:
    """The least 1-Lipschitz function (n,) of z (n, 2) with at least these values at these points."""
    return lambda z: (values - torch.cdist(z, points, compute_mode="donot_use_mm_for_euclid_dist")).amax(-1)


def _between(matched: Tensor, x: Tensor) -> Tensor:
    """Values (n,) at the data of the mean of best critics, each as high as can be elsewhere, 0 at one point.

    A best critic v has v_k - v_i <= c_ik - c_ii for the costs c, where x_i is matched with the i-th point of the data:
    the lengths of the shortest paths from one point are such numbers. In their mean no bound is reached but for i = k.
    """
    cost = torch.cdist(x, matched, compute_mode="donot_use_mm_for_euclid_dist").numpy()
    paths = floyd_warshall(cost - cost.diagonal()[:, None])
    return torch.from_numpy(paths.mean(0))


def _flat(parts: tuple[Tensor, ...]) -> Tensor:
    return torch.cat([part.flatten() for part in parts])


def _moved(net: MLP, way: Tensor) -> MLP:
    """The network a step along that direction of its parameters."""
    moved = copy.deepcopy(net)
    torch.nn.utils.vector_to_parameters(_flat(tuple(net.parameters())) + STEP * way, moved.parameters())
    return moved
