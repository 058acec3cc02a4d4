"""Five hundred random cases each of what Python takes long over: walks, whole games, and the truth of networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.optim.optimizer import register_optimizer_step_pre_hook

from tests.figures import cases_dirac, cases_gan, cases_truth
from tests.figures.node import Modules

MANY = 500
ROUNDING = 2.0**-53


def distance(ours: Any, python: Any) -> float:
    """The largest difference between two nests of numbers, relative above 1."""
    if isinstance(python, dict):
        assert set(ours) == set(python)
        return max((distance(ours[key], value) for key, value in python.items()), default=0.0)
    if isinstance(python, (list, tuple)):
        assert len(ours) == len(python)
        return max(map(distance, ours, python), default=0.0)
    return 0.0 if ours == python else abs(ours - python) / max(1.0, abs(python))


def walks() -> Iterator[tuple[dict[str, Any], float, float]]:
    chance = np.random.default_rng(31)
    for i in range(MANY):
        name = list(cases_dirac.METHODS)[i % len(cases_dirac.METHODS)]
        strength = 0.0 if name in cases_dirac.STRENGTHLESS else float(chance.exponential())
        game = {"method": name, "h": float(chance.uniform(0.01, 0.9)), "strength": strength, "alternating": i % 4 > 1}
        theta, psi = (chance.normal(0, 1, 2) * chance.choice([0.01, 1.0, 3.0])).tolist()
        yield game, theta, psi


def disturbed_walk(game: dict[str, Any], theta: float, psi: float, seed: int) -> list[list[float]]:
    """Python's walk if each step is off by a rounding."""
    points, chance = [[theta, psi]], np.random.default_rng(seed)
    for roundings in 1 + ROUNDING * chance.uniform(-1, 1, (MANY, 2)):
        points.append((cases_dirac.path(game, *points[-1], 1)[1] * roundings).tolist())
    return points


@pytest.mark.long
def test_walks_of_five_hundred_steps_agree_to_ten_digits(modules: Modules) -> None:
    """But for chaotic ones, whose single steps agree: Python's own goes as far astray if its steps are disturbed."""
    chaotic = []
    for game, theta, psi in walks():
        python = cases_dirac.path(game, theta, psi, MANY)
        ours = modules.call("dirac", "diracTrajectory", game, theta, psi, MANY)
        if (apart := distance(ours, python)) > 1e-10:
            beside = max(distance(disturbed_walk(game, theta, psi, seed), python) for seed in range(5))
            chaotic.append(f"{apart:.0e}, {beside:.0e} if disturbed")
            assert apart <= 10 * beside, game
            steps = (modules.call("dirac", "diracStep", game, *before) for before in python[:-1])
            assert all(distance(step, after) <= 1e-14 for step, after in zip(steps, python[1:], strict=True)), game
    print(f"chaotic: {chaotic}")
    assert len(chaotic) <= MANY / 50


def disturbed(play: Callable[[], dict[str, Any]], seed: int) -> dict[str, Any]:
    """What a game comes to if every gradient is off by a rounding of the network's largest."""
    chance = torch.Generator().manual_seed(seed)

    def disturb(optimizer: torch.optim.Optimizer, *_: Any) -> None:
        gradients = [p.grad for group in optimizer.param_groups for p in group["params"]]
        size = ROUNDING * max(float(gradient.abs().max()) for gradient in gradients)
        for gradient in gradients:
            gradient += size * (2 * torch.rand(gradient.shape, generator=chance, dtype=torch.float64) - 1)

    hook = register_optimizer_step_pre_hook(disturb)
    try:
        return play()
    finally:
        hook.remove()


@pytest.mark.long
def test_games_of_twenty_steps_agree_with_torch_to_nine_digits(modules: Modules) -> None:
    """Losses and gradients do throughout. One parameter may not: relativistic losses don't depend on D's last bias.

    Its gradient is all rounding, and Adam divides it by its own size: torch's own bias moves about as far if each
    gradient is off by a rounding.
    """
    steps, parameters, lost = 0.0, 0.0, []
    for i in range(MANY):
        game = replace(cases_gan.GAMES[i % len(cases_gan.GAMES)], seed=1000 + i)
        batches = cases_gan.batches_of(game)

        def play(game: cases_gan.Game = game, batches: list[list[Tensor]] = batches) -> dict[str, Any]:
            return cases_gan.train(game, batches)

        told = [[np.ravel(part).tolist() for part in batch] for batch in batches]
        ours, python = modules.call("gan", "trainOn", cases_gan.config(game), told), play()
        steps = max(steps, distance(ours["steps"], python["steps"]))
        biases = [of["dParameters"].pop() for of in (ours, python)]
        parameters = max(parameters, distance(ours, python))
        if (apart := distance(*biases)) > 1e-10:
            assert game.loss == "relativistic"
            beside = max(distance(disturbed(play, seed)["dParameters"][-1], biases[1]) for seed in range(10))
            lost.append(apart / beside)
    print(f"losses and gradients within {steps:.1e}, parameters {parameters:.1e}; biases: {sorted(lost)}")
    assert max(lost) <= 100
    assert steps <= 1e-9
    assert parameters <= 1e-9


@pytest.mark.long
def test_the_truth_of_random_networks_agrees_to_nine_digits(modules: Modules) -> None:
    worst = dict.fromkeys(("js", "w1", "value", "bestValue"), 0.0)
    for i in range(MANY):
        d, g, mixture = cases_truth.drawn(i)
        told = [cases_truth.player(d), cases_truth.player(g), cases_truth.told(mixture), []]
        ours, python = modules.call("truth", "truthAbout", *told), cases_truth.truth_about(d, g, mixture, np.array([]))
        assert ours["atoms"] == 0
        for key in worst:
            worst[key] = max(worst[key], distance(ours[key], python[key]))
    print(f"worst: {worst}")
    assert max(worst.values()) <= 1e-9
