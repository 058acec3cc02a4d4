"""A run that goes on from a state is the run that was never stopped, bit for bit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from ganmath.gan import ACTIVATIONS, PENALTIES, UPDATES, Config, State, play, train
from ganmath.gan.checkpoint import fingerprint
from ganmath.gan.run import layout

SMALL = Config(steps=7, every=3, batch=8, seeds=(0, 5), generator_widths=(6,), discriminator_widths=(6, 6))


def states(config: Config, **how: Any) -> dict[int, State]:
    return {run.step: run.state() for run in play(config, **how)}


@pytest.mark.parametrize(
    "choice",
    [
        *({"update": name, "discriminator_activation": "tanh"} for name in UPDATES),
        *({"penalty": name, "data": "ring", "noise_dim": 2} for name in PENALTIES),
        *({"update": name, "penalty": None, "loss": "hinge", "spectral_norm": True} for name in UPDATES),
        {"penalty": None, "loss": "wasserstein", "clip": 0.05, "ema": 0.0, "critic_steps": 3},
        {"batch": 1500, "instance_noise": 0.5, "pack": 2, "critic_steps": 1},  # three batches a block
        {"generator": "monotone", "noise": "uniform", "data": "cauchy", "dtype": "float64", "schedule": "linear"},
    ],
    ids=lambda choice: "-".join(str(value) for value in choice.values()),
)
def test_a_resumed_run_is_the_one_that_was_never_stopped(choice: dict[str, Any]) -> None:
    config = replace(SMALL, **choice)
    whole = states(config)
    prints = {step: fingerprint(state) for step, state in whole.items()}
    assert len(set(prints.values())) == config.steps + 1
    for step in (0, 1, 4, config.steps):
        resumed = {at: fingerprint(state) for at, state in states(config, resume=whole[step]).items()}
        assert resumed == {at: seen for at, seen in prints.items() if at >= step}


def test_every_part_of_a_state_matters() -> None:
    """Whatever is put back to where it started, or isn't taken along, the run goes another way."""
    config = replace(SMALL, penalty="gradient_penalty", spectral_norm=True, instance_noise=0.1)
    whole = states(config)
    kinds = {"d.network", "d.average", "d.adam", "g.network", "g.average", "g.adam", "d_loss", "g_loss"}
    kinds |= {"random.data", "random.noise", "random.penalty", "random.instance"}
    assert {".".join(name.split(".")[:2]) for name in whole[0].tensors} == kinds
    for kind in kinds - {"d_loss", "g_loss"}:  # these are shown, and made anew by the next step
        stale = {name: t for name, t in whole[0].tensors.items() if name.startswith(kind)}
        mixed = replace(whole[4], tensors={**whole[4].tensors, **stale})
        assert fingerprint(states(config, resume=mixed)[7]) != fingerprint(whole[7]), kind


def test_snapshots_of_a_resumed_run_come_at_the_same_steps() -> None:
    whole = {snapshot.step: snapshot for snapshot in train(SMALL)}
    state = states(SMALL)[4]
    resumed = list(train(SMALL, resume=state))
    assert [snapshot.step for snapshot in resumed] == [6, 7]
    for snapshot in resumed:
        assert torch.equal(snapshot.d_loss, whole[snapshot.step].d_loss)


def test_a_state_is_a_copy() -> None:
    run = play(SMALL)
    first = next(run).state()
    before = fingerprint(first)
    second = next(run).state()
    assert fingerprint(first) == before
    for tensor in second.tensors.values():
        tensor.zero_()
    *_, last = run
    assert fingerprint(last.state()) == fingerprint(states(SMALL)[7])


def test_touching_the_losses_of_a_snapshot_leaves_the_run_alone() -> None:
    *_, run = play(SMALL)
    before = fingerprint(run.state())
    run.snapshot().d_loss.zero_()
    run.snapshot().g_loss.zero_()
    assert fingerprint(run.state()) == before


def test_every_stream_of_every_member_is_another() -> None:
    tensors = states(replace(SMALL, steps=0))[0].tensors
    streams = [bytes(bits.numpy()) for name, rows in tensors.items() if name.endswith(".before") for bits in rows]
    assert len(set(streams)) == len(streams) == 8


def test_a_given_generator_is_no_part_of_the_state() -> None:
    frozen = next(train(SMALL)).generator
    whole = states(SMALL, generator=frozen)
    assert not any(name.startswith("g.") for name in whole[3].tensors)
    resumed = states(SMALL, generator=frozen, resume=whole[3])
    assert fingerprint(resumed[7]) == fingerprint(whole[7])
    with pytest.raises(ValueError, match="was given: hand it over again"):
        next(play(SMALL, resume=whole[3]))
    with pytest.raises(ValueError, match="resume it without one"):
        next(play(SMALL, generator=frozen, resume=states(SMALL)[3]))


def test_a_run_may_go_on_for_longer() -> None:
    longer = replace(SMALL, steps=9)
    assert list(states(longer, resume=states(SMALL)[7])) == [7, 8, 9]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps": 3}, r"at step 4, not in 0 \.\. 3"),
        ({"seeds": (0, 6)}, r"has seeds=\(0, 5\), not \(0, 6\)"),
        ({"discriminator_widths": (6, 7)}, r"fit the configuration: d\.adam\.biases\.1\.exp_avg .*6\).*not .*7\)"),
        ({"discriminator_widths": (6,)}, r"fit the configuration: d\.adam\."),
        ({"spectral_norm": True}, r"d\.average\.direction0 is missing"),
        ({"dtype": "float64"}, r"float32 of shape .* not torch\.float64"),
    ],
)
def test_a_state_of_another_kind_of_run_is_refused(change: dict[str, Any], message: str) -> None:
    state = states(SMALL)[4]
    with pytest.raises(ValueError, match=message):
        next(play(replace(SMALL, **change), resume=state))


def test_a_step_that_was_broken_off_is_not_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(game: object) -> None:
        raise KeyboardInterrupt

    running = play(SMALL)
    run = next(running)
    run.state()
    monkeypatch.setitem(ACTIVATIONS, "leaky_relu", interrupted)
    with pytest.raises(KeyboardInterrupt):
        next(running)
    with pytest.raises(RuntimeError, match=r"step 0 was broken off in the middle"):
        run.state()


def test_a_layout_takes_no_memory() -> None:
    huge = layout(replace(SMALL, discriminator_widths=(10**6, 10**6)))
    assert huge["d.network.weights.1"] == ((2, 10**6, 10**6), torch.float32)
    state = states(SMALL)[0]
    assert {name: (tuple(t.shape), t.dtype) for name, t in state.tensors.items()} == layout(SMALL)


@pytest.mark.parametrize("seeds", [(0, 5), [0, 5], range(2), np.arange(2)])
def test_a_configuration_comes_back_from_json(seeds: Any) -> None:
    config = replace(
        SMALL, seeds=seeds, clip=0.1, penalty=None, lr_generator=0.1 + 0.2, betas=(0, 0.9), batch=np.int64(9)
    )
    again = Config.from_json(config.to_json())
    assert again == config
    assert again.seeds == tuple(seeds)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace('"batch"', '"bunch"'), "look at batch, bunch"),
        (lambda text: "[1]", "look at all of it"),
        (lambda text: text.replace('"batch": 8', '"batch": "8"'), "batch='8' isn't of the type"),
        (lambda text: text.replace('"batch": 8', '"batch": true'), "batch=True isn't of the type"),
        (lambda text: text.replace('"seeds": [0, 5]', '"seeds": [0, 0.5]'), r"seeds=\(0, 0\.5\) isn't of the type"),
        (lambda text: text.replace('"seeds": [0, 5]', '"seeds": 0'), "seeds=0 isn't of the type"),
        (lambda text: text.replace('"betas": [0.0, 0.9]', '"betas": [0.0]'), r"betas=\(0\.0,\) isn't"),
        (lambda text: text.replace('"penalty": "r1"', '"penalty": 1'), "penalty=1 isn't of the type"),
        (lambda text: text.replace('"batch": 8', '"batch": 0'), "batch=0 must be at least 1"),
        (lambda text: text[:-1], "delimiter"),
    ],
)
def test_a_configuration_that_is_none_is_refused(change: Any, message: str) -> None:
    text = SMALL.to_json()
    assert change(text) != text
    with pytest.raises(ValueError, match=message):
        Config.from_json(change(text))
