"""Files of runs: what comes back is what was saved, and everything else is refused in one clear line."""

from __future__ import annotations

import json
import os
import pickle
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from ganmath.gan import LOSSES, CheckpointError, State, train
from ganmath.gan.checkpoint import _digest, _metadata, fingerprint, load, save
from tests.gan.states import CONFIG, names, state_at


def forged(path: Path, state: State, **metadata: str) -> None:
    """A file with other metadata, or other tensors than belong to it, but with the fingerprint that fits."""
    changed = {**_metadata(state), **metadata}
    digest = _digest(changed, state.tensors)
    path.write_bytes(safetensors.torch.save(dict(state.tensors), {**changed, "sha256": digest}))


def refused(path: Path, message: str) -> None:
    with pytest.raises(CheckpointError, match=message) as caught:
        load(path)
    text = str(caught.value)
    assert text.startswith(str(path))
    assert "\n" not in text
    assert len(text) < 800
    assert ": " in text.removeprefix(str(path))  # what to do comes after


@pytest.mark.parametrize("step", [0, 2, 4])
@pytest.mark.parametrize("choice", [{}, {"spectral_norm": True, "penalty": None}, {"dtype": "float64", "ema": 0.0}])
def test_what_comes_back_is_what_was_saved(tmp_path: Path, step: int, choice: dict[str, Any]) -> None:
    config = replace(CONFIG, **choice)
    saved = state_at(step, config)
    save(str(tmp_path / "run"), saved)
    again = load(str(tmp_path / "run"))
    assert (again.config, again.step, again.generator_learns) == (config, step, True)
    assert fingerprint(again) == fingerprint(saved)
    assert fingerprint(state_at(4, config, resume=again)) == fingerprint(state_at(4, config))
    assert names(tmp_path) == ["run"]


def test_a_run_with_a_given_generator_comes_back(tmp_path: Path) -> None:
    frozen = next(train(CONFIG)).generator
    save(tmp_path / "run", state_at(2, generator=frozen))
    again = load(tmp_path / "run")
    assert not again.generator_learns
    assert fingerprint(state_at(4, generator=frozen, resume=again)) == fingerprint(state_at(4, generator=frozen))


def test_every_entry_of_a_state_is_in_its_fingerprint(state: State) -> None:
    prints = [fingerprint(state), fingerprint(replace(state, step=3))]
    prints += [fingerprint(replace(state, generator_learns=False))]
    prints += [fingerprint(replace(state, config=replace(CONFIG, lr_generator=0.1)))]
    for name, tensor in state.tensors.items():
        changed = tensor.clone()
        changed.reshape(-1).view(torch.uint8)[-1] ^= 1
        prints.append(fingerprint(replace(state, tensors={**state.tensors, name: changed})))
    assert len(set(prints)) == 4 + len(state.tensors)


def test_a_truncated_file_is_refused(path: Path) -> None:
    content = path.read_bytes()
    draws = random.Random(0)
    for length in [0, 1, 7, 8, 9, len(content) - 1, *draws.sample(range(10, len(content)), 50)]:
        path.write_bytes(content[:length])
        refused(path, "is damaged, or no safetensors file .*: take another copy of the file, or start the run again")


def test_a_flipped_bit_is_found(path: Path) -> None:
    content = path.read_bytes()
    header = 8 + int.from_bytes(content[:8], "little")
    draws = random.Random(0)
    for place in [
        *range(8),
        header - 1,
        *draws.sample(range(header), 50),
        *draws.sample(range(header, len(content)), 50),
    ]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << draws.randrange(8)
        path.write_bytes(damaged)
        refused(path, "is damaged|is no checkpoint of ganmath|has version")


def test_appended_bytes_are_found(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")
    refused(path, "is damaged")


class Malicious:
    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, ("pwned",)


def test_a_pickle_is_refused_and_not_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").write_bytes(pickle.dumps(Malicious()))
    refused(tmp_path / "run", "no safetensors file")
    torch.save({"state": Malicious()}, tmp_path / "run")
    refused(tmp_path / "run", "no safetensors file")
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("metadata", [None, {}, {"format": "pt"}])
def test_a_foreign_file_is_refused(tmp_path: Path, metadata: dict[str, str] | None) -> None:
    safetensors.torch.save_file({"weight": torch.zeros(3)}, tmp_path / "run", metadata)
    refused(tmp_path / "run", r"is no checkpoint of ganmath: give the path")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", r"can't be read \(No such file or directory\): give the path of a file")
    refused(tmp_path, r"can't be read \(not a file\): give the path")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", r"can't be read \(not a file\): give the path")


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"version": "1"}, r"has version 1 of the format, .* reads version 2: resume it with the ganmath that wrote"),
        ({"step": "5"}, r"step 5 isn't in 0 \.\. 4"),
        ({"step": "-1"}, r"step -1 isn't in 0 \.\. 4"),
        ({"step": "two"}, r"a configuration that can't be trained here \(.*'two'"),
        ({"generator_learns": "0"}, r"g\.adam\.biases\.0\.exp_avg isn't part of such a run"),
        ({"config": "{}"}, r"look at batch, betas"),
        ({"config": CONFIG.to_json().replace('"mixture"', f'"{"x" * 10**4}"')}, r"data='xxx"),
        ({"config": "[" * 10**5}, r"can't be trained here"),
        ({"config": replace(CONFIG, seeds=(0, 1, 2)).to_json()}, r"of shape \(2, 1, 4\), not .* of shape \(3, 1, 4\)"),
        ({"config": replace(CONFIG, dtype="float64").to_json()}, r"is torch\.float32 .* not torch\.float64"),
        ({"config": replace(CONFIG, discriminator_widths=(10**9, 10**9)).to_json()}, r"not .* 1000000000\)"),
        ({"config": replace(CONFIG, discriminator_widths=(10**15, 10**15)).to_json()}, r"can't be trained here"),
        ({"config": CONFIG.to_json().replace("[0, 1]", "[0, -1]")}, r"seeds=\(0, -1\) must not be negative"),
        ({"config": replace(CONFIG, generator="monotone").to_json()}, r"g\.\S+ is missing|isn't part"),
        ({"config": CONFIG.to_json().replace('"batch": 8', '"batch": "8"')}, r"batch='8' isn't of the type"),
    ],
)
def test_a_forged_file_is_refused(path: Path, state: State, metadata: dict[str, str], message: str) -> None:
    forged(path, state)
    load(path)
    forged(path, state, **metadata)
    refused(path, message)


@pytest.mark.parametrize(
    ("name", "tensor", "message"),
    [
        (
            "random.data.before",
            torch.zeros(2, 5056, dtype=torch.uint8),
            "random.data.before isn't the state of random generators",
        ),
        (
            "random.data.before",
            torch.zeros(2, 16, dtype=torch.uint8),
            r"random.data.before is torch.uint8 of shape \(2, 16\), not",
        ),
        ("random.noise.used", torch.tensor(-1), "random.noise.used is -1, below 0"),
        ("d_loss", torch.zeros(3), r"d_loss is torch.float32 of shape \(3,\), not torch.float32 of shape \(2,\)"),
        ("d_loss", torch.zeros(2, dtype=torch.int32), r"d_loss is torch.int32 of"),
        ("more", torch.zeros(()), r"more isn't part of such a run"),
    ],
)
def test_forged_tensors_are_refused(path: Path, state: State, name: str, tensor: torch.Tensor, message: str) -> None:
    forged(path, replace(state, tensors={**state.tensors, name: tensor}))
    refused(path, message)


def test_a_missing_tensor_is_named(path: Path, state: State) -> None:
    forged(path, replace(state, tensors={name: t for name, t in state.tensors.items() if name != "g_loss"}))
    refused(path, "g_loss is missing")


def test_a_loss_of_ones_own_must_be_in_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setitem(LOSSES, "mine", LOSSES["hinge"])
        save(tmp_path / "run", state_at(0, replace(CONFIG, loss="mine")))
        load(tmp_path / "run")
    refused(tmp_path / "run", r"loss='mine' is unknown; .*: put your own losses, data sets and networks into")


def test_the_configuration_can_be_read_without_ganmath(path: Path) -> None:
    with safetensors.safe_open(path, "pt") as file:
        assert json.loads(file.metadata()["config"])["batch"] == 8
        assert "d.adam.weights.0.exp_avg" in file.keys()  # noqa: SIM118
