"""A loss that isn't finite stops the run, named, before anything has moved along it."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from ganmath.gan import LOSSES, PENALTIES, UPDATES, Config, Loss, Run, TrainingDiverged, play
from ganmath.gan.checkpoint import fingerprint
from ganmath.gan.updates import Game

SMALL = Config(
    steps=6, batch=8, seeds=(3, 4, 5), generator_widths=(6,), discriminator_widths=(6,), penalty=None, critic_steps=1
)


class Breaking:
    """The non-saturating loss, of which one side gets a number for two members from its n-th call on."""

    def __init__(self, side: str, call: int, number: float):
        self.calls, self.call, self.number = 0, call, number
        whole = LOSSES["non_saturating"]
        self.loss = Loss(
            **{"d": whole.d, "g": whole.g, side: lambda *scores: self.broken(getattr(whole, side)(*scores))}
        )

    def broken(self, loss: Tensor) -> Tensor:
        self.calls += 1
        return loss + torch.tensor([0, self.number, self.number]) if self.calls >= self.call else loss


def moves(run: Run) -> dict[str, Tensor]:
    """Every parameter and moment, as it is now."""
    tensors = {**run.d.tensors(), **{f"g.{name}": tensor for name, tensor in run.g.tensors().items()}}
    return {name: tensor.detach().clone() for name, tensor in tensors.items()}


def diverged(config: Config) -> tuple[TrainingDiverged, Run, dict[str, Tensor], list[str]]:
    """How the run ends, the run, what moves as it was before that step, and the fingerprints of the states before."""
    prints = []
    try:
        for run in play(config):
            before = moves(run)
            prints.append(fingerprint(run.state()))
    except TrainingDiverged as error:
        return error, run, before, prints
    raise AssertionError("the run went on")


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("update", [name for name in UPDATES if name != "extragradient"])
@pytest.mark.parametrize("side", ["d", "g"])
def test_a_loss_that_is_no_number_stops_the_run_before_it_moves_anything(
    monkeypatch: pytest.MonkeyPatch, side: str, update: str, number: float
) -> None:
    per_step = 6 if (update, side) == ("unrolled", "d") else 1  # it looks five steps ahead
    monkeypatch.setitem(LOSSES, "breaking", Breaking(side, 2 * per_step + 1, number).loss)
    error, run, before, prints = diverged(replace(SMALL, loss="breaking", update=update))
    assert (error.step, error.members, error.seeds) == (2, [1, 2], [4, 5])
    owner = {"d": "discriminator", "g": "generator"}[side]
    assert str(error).startswith(
        f"step 2: the {owner}'s loss ('breaking') isn't finite for 2 of the members (seeds 4, 5)"
    )
    assert "smaller lr_discriminator" in str(error)
    moved = {name for name, tensor in moves(run).items() if not torch.equal(tensor, before[name])}
    in_turns = update in ("alternating", "unrolled") and side == "g"
    assert all(in_turns and name.startswith(("network", "adam")) for name in moved), moved  # D had its turn before
    assert all(tensor.isfinite().all() for tensor in moves(run).values())
    assert len(prints) == 3
    with pytest.raises(RuntimeError, match="broken off"):
        run.state()


def test_looking_ahead_into_a_loss_that_is_no_number_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOSSES, "breaking", Breaking("g", 6, math.nan).loss)
    error, run, _, _ = diverged(replace(SMALL, loss="breaking", update="extragradient"))
    assert (error.step, error.members) == (2, [1, 2])
    assert all(tensor.isfinite().all() for tensor in moves(run).values())


def test_the_penalty_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PENALTIES, "none", lambda critic, real, fake, uniform: torch.full((3,), math.nan))
    error, *_ = diverged(replace(SMALL, penalty="none"))
    assert "the discriminator's loss ('non_saturating' with 'none') isn't finite for 3" in str(error)


def test_a_gradient_that_is_no_number_stops_the_run_while_the_loss_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def rooted(critic: Any, real: Tensor, fake: Tensor, uniform: Tensor) -> Tensor:
        return (critic(real) * 0).square().sum(-1).sqrt()  # 0, with slope 0 * inf

    monkeypatch.setitem(PENALTIES, "rooted", rooted)
    error, run, before, _ = diverged(replace(SMALL, penalty="rooted"))
    assert "the discriminator's gradient ('non_saturating' with 'rooted')" in str(error)
    assert all(torch.equal(tensor, before[name]) for name, tensor in moves(run).items())


def test_large_finite_numbers_do_not_stop_a_run() -> None:
    """Their sum overflows in float32, but each of them is a number."""
    run = next(play(SMALL))
    game = Game(SMALL, run.d.network, run.g.network, run.d.optimiser, run.g.optimiser, run.draw, run.draw_noise)
    large = torch.full((3,), 3e38)
    game.check(large, [large], game.d)
    with pytest.raises(TrainingDiverged):
        game.check(large, [large * 10], game.d)


def test_many_seeds_are_not_all_shown_and_the_error_survives_a_process_pool() -> None:
    error = TrainingDiverged(7, "the generator's loss", list(range(9)), list(range(10, 19)))
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert "9 of the members (seeds 10, 11, 12, 13, 14, ...)" in str(error)
    assert (again.step, again.members) == (7, list(range(9)))
