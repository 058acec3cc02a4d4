"""What is true of each loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise, product

import torch
from torch import Tensor

from ganmath.gan.checks.report import Facts
from ganmath.gan.losses import Loss

SCORES = torch.tensor([[-3.0, -0.5, 0.1, 2.0], [1.0, 1.6, -5.0, 5.0]], dtype=torch.float64)  # (members, N), no kinks
FAKES = SCORES.flip(1) + 0.05


def _both(loss: Loss) -> dict[str, Callable[[Tensor, Tensor], Tensor]]:
    return {"d": loss.d, "g": loss.g}


def _a_number_a_member(loss: Loss) -> Iterator[str]:
    for name, of in _both(loss).items():
        together, deeper = of(SCORES, FAKES), of(SCORES[None], FAKES[None])
        if together.shape != (2,) or deeper.shape != (1, 2):
            yield f"{name} of scores (2, 4) has shape {tuple(together.shape)}, not (2,): take the mean over axis -1"
        for member, (real, fake) in enumerate(zip(SCORES, FAKES, strict=True)):
            alone, among = float(of(real, fake)), float(together[member])
            if not math.isclose(alone, among, rel_tol=1e-12, abs_tol=1e-12):
                yield f"{name} of member {member} is {alone:.6g} alone, {among:.6g} beside another"


def _a_mean(loss: Loss) -> Iterator[str]:
    for name, of in _both(loss).items():
        once, twice = of(SCORES, FAKES), of(SCORES.repeat(1, 2).flip(1), FAKES.repeat(1, 2).flip(1))
        if not torch.allclose(once, twice, rtol=1e-12, atol=1e-12):
            yield f"{name} goes from {float(once[0]):.6g} to {float(twice[0]):.6g} when the batch is doubled and turned"


def _keeps_dtype(loss: Loss) -> Iterator[str]:
    for (name, of), dtype in product(_both(loss).items(), (torch.float32, torch.float64)):
        found = of(SCORES.to(dtype), FAKES.to(dtype)).dtype
        if found != dtype:
            yield f"{name} of {dtype} scores is {found}"


def _finite(loss: Loss) -> Iterator[str]:
    for dtype, score in product((torch.float32, torch.float64), (-1e4, -90.0, -20.0, 20.0, 90.0, 1e4)):
        a = torch.tensor([score], dtype=dtype, requires_grad=True)
        for name, value in ("d", loss.d(a, -a)), ("g", loss.g(a, a)):
            (slope,) = torch.autograd.grad(value, a, allow_unused=True, materialize_grads=True)
            if not (value.isfinite() and slope.isfinite()):
                yield f"{name} is {value.item():g}, its slope {float(slope):g}, at the score {score:g} in {dtype}"


def _gradients(loss: Loss) -> Iterator[str]:
    h = 1e-6
    for (name, of), which in product(_both(loss).items(), (0, 1)):
        scores = [SCORES[0].clone().requires_grad_(), FAKES[0].clone().requires_grad_()]
        value = of(*scores)
        if not value.requires_grad:
            yield f"{name} has no gradient: are the scores detached?"
        (given,) = torch.autograd.grad(value, scores[which], allow_unused=True, materialize_grads=True)
        for i in range(4):
            step = torch.zeros(4, dtype=torch.float64)
            step[i] = h
            low, high = ([s.detach() + sign * step * (k == which) for k, s in enumerate(scores)] for sign in (-1, 1))
            slope = float(of(*high) - of(*low)) / (2 * h)
            if abs(slope - float(given[i])) > 1e-6 * (1 + abs(slope)):
                who = ("real", "generated")[which]
                yield f"{name} by a {who} score: gradient {float(given[i]):.6g}, by differences {slope:.6g}"


def _which_way(loss: Loss) -> Iterator[str]:
    def slopes(of: Callable[[Tensor, Tensor], Tensor], at: float) -> list[float]:
        scores = [torch.full((3,), at, dtype=torch.float64, requires_grad=True) for _ in range(2)]
        found = torch.autograd.grad(of(*scores), scores, allow_unused=True, materialize_grads=True)
        return [float(slope.sum()) for slope in found]

    real, fake = slopes(loss.d, 0.25)
    if not real < 0:
        yield f"raising real scores from 1/4 changes d by {real:.6g} a unit: it should fall"
    if not fake > 0:
        yield f"raising generated scores from 1/4 changes d by {fake:.6g} a unit: it should rise"
    _, fake = slopes(loss.g, -0.25)
    if not fake < 0:
        yield f"raising generated scores from -1/4 changes g by {fake:.6g} a unit: it should fall"


def _sees(loss: Loss) -> Iterator[str]:
    if not loss.g_sees_real:
        without, with_real = loss.g(SCORES[:, :0], FAKES), loss.g(SCORES, FAKES)
        if not torch.equal(without, with_real):
            yield f"g is {float(without[0]):.6g} without real scores, {float(with_real[0]):.6g} with: g_sees_real=True"


RATIOS = torch.linspace(-math.log(1e3), math.log(1e3), 14, dtype=torch.float64)  # without 0, where a sign has a step


def _best_is_least(loss: Loss) -> Iterator[str]:
    assert loss.best is not None
    p, g = RATIOS.sigmoid(), (-RATIOS).sigmoid()  # up to a common factor; the masses of 14 points
    p, g = p / p.sum(), g / g.sum()
    best = loss.best(p.log() - g.log())

    def mean(scores: Tensor) -> float:
        real, fake = (s.reshape(-1, 1) for s in torch.meshgrid(scores, scores, indexing="ij"))
        return float((torch.outer(p, g).flatten() * loss.d(real, fake)).sum())

    least = mean(best)

    def moved(i: int, step: float) -> Tensor:
        scores = best.clone()
        scores[i] += step
        return scores

    steps = (-10, -2, -0.5, -0.01, 0.01, 0.5, 2, 10)
    gain, i, step = max((least - mean(moved(i, step)), i, step) for i, step in product(range(len(p)), steps))
    if gain > 1e-12 * (1 + abs(least)):
        yield (
            f"where p/g = {float(p[i] / g[i]):.4g}, best says {float(best[i]):.6g}, but at the score "
            f"{float(best[i]) + step:.6g} the mean of d is lower by {gain:.3g}"
        )


def _best_rises(loss: Loss) -> Iterator[str]:
    assert loss.best is not None
    for (low, at), (high, then) in pairwise(zip(RATIOS.exp(), loss.best(RATIOS), strict=True)):
        if then < at:
            yield f"best falls from {float(at):.6g} to {float(then):.6g} as p/g goes from {low:.3g} to {high:.3g}"


LOSS_FACTS: Facts[Loss] = {
    "both keep the scores' dtype": _keeps_dtype,
    "both are one number a member, whatever the others' scores": _a_number_a_member,
    "both are means over the batch, in any order": _a_mean,
    "gradients are those of finite differences": _gradients,
    "no score makes a loss or its slope infinite": _finite,
    "d tells real from generated, and g makes generated look real": _which_way,
    "g does without real scores where g_sees_real is False": _sees,
}
BEST_FACTS: Facts[Loss] = {  # where the loss has a best score
    "the best score never falls as p/g rises": _best_rises,
    "no score is better than the best": _best_is_least,
}
