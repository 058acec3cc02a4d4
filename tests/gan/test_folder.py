"""A run in a folder: broken off anywhere and resumed, it leaves the files of one that never was."""

from __future__ import annotations

import math
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from ganmath.gan import Config, Diagnosis, Run, SampleDiagnosis, State, play
from ganmath.gan.checkpoint import CheckpointError, fingerprint, load
from ganmath.gan.folder import SAMPLES, RunFolder, RunFolderError
from tests.disks import no_space

SMALL = Config(
    steps=6, every=2, batch=8, seeds=(0, 5), generator_widths=(6,), discriminator_widths=(6,),
    generator_activation="leaky_relu",
)  # fmt: skip
FILES = ("config.json", "metrics.csv", "checkpoint.safetensors")


def content(folder: RunFolder) -> dict[str, bytes | str]:
    """The bytes of each file; of checkpoints, whose header has no order, the fingerprint."""
    files = (path for path in sorted(folder.path.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder.path).as_posix(): fingerprint(load(path))
        if path.suffix == ".safetensors"
        else path.read_bytes()
        for path in files
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder.create(tmp_path_factory.mktemp("runs") / "whole", SMALL)
    assert [run.step for run in folder.train()] == list(range(7))
    return folder


def test_a_folder_holds_what_was_and_where_the_run_stands(whole: RunFolder) -> None:
    assert sorted(content(whole)) == sorted(
        [*FILES, *(f"snapshots/0000000{step}.safetensors" for step in (0, 2, 4, 6))]
    )
    assert whole.config == SMALL
    *_, last = play(SMALL)
    assert fingerprint(load(whole.checkpoint_file)) == fingerprint(last.state())


def test_the_table_says_what_the_diagnoses_say(whole: RunFolder) -> None:
    rows = whole.rows()
    assert [(row["step"], row["seed"]) for row in rows] == [(step, seed) for step in (0, 2, 4, 6) for seed in (0, 5)]
    *_, last = play(SMALL)
    expected = SampleDiagnosis(last.snapshot(), 1, size=SAMPLES).row() | Diagnosis(last.snapshot(), 1).row()
    assert rows[-1] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_snapshots_are_those_of_the_first_member(whole: RunFolder) -> None:
    snapshots = list(whole.snapshots())
    assert [snapshot.step for snapshot in snapshots] == [0, 2, 4, 6]
    *_, last = play(SMALL)
    for mine, its in zip(snapshots[-1].generator.parameters(), last.g.average.parameters(), strict=True):
        assert torch.equal(mine[0], its[0])


@pytest.mark.parametrize("step", [0, 1, 2, 3, 5, 6])
@pytest.mark.parametrize("save", [False, True], ids=["killed", "saved"])
def test_a_run_that_was_broken_off_ends_with_the_same_files(
    whole: RunFolder, tmp_path: Path, step: int, save: bool
) -> None:
    folder = RunFolder.create(tmp_path / "run", SMALL)
    for run in folder.train():
        if run.step == step:
            if save:
                folder.save(run)
            break
    begun, *_ = (run.step for run in RunFolder.open(folder.path).train())
    assert begun == (step if save or step == 6 else step - step % 2)
    assert content(folder) == content(whole)


@pytest.mark.parametrize("torn", ["4", "4,0,1,0.5", ""])
def test_a_torn_line_is_written_again(whole: RunFolder, tmp_path: Path, torn: str) -> None:
    folder = RunFolder(shutil.copytree(whole.path, tmp_path / "run"))
    for run in RunFolder.create(tmp_path / "other", SMALL).train():
        if run.step == 2:
            break
    shutil.copy(tmp_path / "other" / "checkpoint.safetensors", folder.checkpoint_file)
    text = whole.metrics_file.read_text("utf8")
    folder.metrics_file.write_text(text[: text.index("\n4,0")] + "\n" + torn, "utf8")
    assert len(folder.rows()) == 4
    assert [run.step for run in folder.train()] == [2, 3, 4, 5, 6]
    assert content(folder) == content(whole)


def test_a_run_goes_on_for_longer_when_its_configuration_says_so(whole: RunFolder, tmp_path: Path) -> None:
    folder = RunFolder(shutil.copytree(whole.path, tmp_path / "run"))
    text = folder.config_file.read_text("utf8")
    folder.config_file.write_text(text.replace('"steps": 6', '"steps": 8'), "utf8")
    assert [run.step for run in folder.train()] == [6, 7, 8]
    assert folder.rows()[-1]["step"] == 8


def test_a_longer_run_forgets_the_end_that_was_none(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run", replace(SMALL, steps=5, seeds=(0,)))
    list(folder.train())
    folder.config_file.write_text(folder.config_file.read_text("utf8").replace('"steps": 5', '"steps": 8'), "utf8")
    list(folder.train())
    assert [row["step"] for row in folder.rows()] == [0, 2, 4, 6, 8]
    assert [snapshot.step for snapshot in folder.snapshots()] == [0, 2, 4, 6, 8]


def test_what_was_changed_by_hand_is_listed(whole: RunFolder, tmp_path: Path) -> None:
    assert whole.changes() == []
    folder = RunFolder(shutil.copytree(whole.path, tmp_path / "run"))
    text = folder.config_file.read_text("utf8").replace('"steps": 6', '"steps": 8').replace('"batch": 8', '"batch": 9')
    folder.config_file.write_text(text, "utf8")
    assert folder.changes() == ["steps=8, not 6", "batch=9, not 8"]
    folder.checkpoint_file.unlink()
    assert folder.changes() == []


@pytest.mark.parametrize("damage", [b"4,0,x\n", b"4\n", b"4,0" + 50 * b",1" + b"\n", b"\xff\n", b"4.5,0\n"])
def test_a_table_that_was_changed_is_told_before_anything_is_written(
    whole: RunFolder, tmp_path: Path, damage: bytes
) -> None:
    folder = RunFolder(shutil.copytree(whole.path, tmp_path / "run"))
    folder.metrics_file.write_bytes(folder.metrics_file.read_bytes() + damage)
    before = content(folder)
    for use in (folder.rows, lambda: list(folder.train())):
        with pytest.raises(RunFolderError, match=r"metrics\.csv is damaged.*: put back .* or delete it"):
            use()
    assert content(folder) == before
    folder.metrics_file.unlink()
    assert [run.step for run in folder.train()] == [6]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"steps": 6', '"steps": 4', r"config\.json was changed so that the run can't go on: .*not in 0 \.\. 4"),
        ('"batch": 8', '"batch": "x"', r"config\.json: batch='x' isn't of the type"),
        ("{", "", r"config\.json: "),
        ('"dtype": "float32"', '"dtype": "float64"', r"can't go on: the state doesn't fit"),
    ],
)
def test_a_configuration_that_does_not_fit_is_refused(
    whole: RunFolder, tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = RunFolder(shutil.copytree(whole.path, tmp_path / "run"))
    folder.config_file.write_text(folder.config_file.read_text("utf8").replace(old, new), "utf8")
    before = folder.metrics_file.read_bytes()
    with pytest.raises(RunFolderError, match=message):
        list(folder.train())
    assert folder.metrics_file.read_bytes() == before


def test_nothing_that_is_there_is_written_over(whole: RunFolder, tmp_path: Path) -> None:
    before = content(whole)
    with pytest.raises(RunFolderError, match=r"holds a run.*ganmath resume .*--out OTHER"):
        RunFolder.create(whole.path, SMALL)
    assert content(whole) == before
    (tmp_path / "notes.txt").write_text("mine", "utf8")
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(RunFolderError, match="isn't an empty folder: name another"):
            RunFolder.create(path, SMALL)
    with pytest.raises(RunFolderError, match=r"holds no run: there is no config\.json in it"):
        RunFolder.open(tmp_path)
    (tmp_path / "empty").mkdir()
    assert RunFolder.create(tmp_path / "empty", SMALL).config == SMALL


def test_a_full_disk_is_told_and_the_run_goes_on_from_what_was_saved(
    whole: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = RunFolder.create(tmp_path / "run", SMALL)
    fsync, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 12:
            no_space()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((CheckpointError, OSError), match="No space left on device"):
        list(folder.train())
    monkeypatch.setattr(os, "fsync", fsync)
    list(folder.train())
    assert content(folder) == content(whole)


def test_a_folder_that_could_not_be_begun_can_be_used_once_there_is_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(CheckpointError, match="free some space"):
        RunFolder.create(tmp_path / "run", SMALL)
    monkeypatch.setattr(os, "fsync", fsync)
    assert RunFolder.create(tmp_path / "run", SMALL).config == SMALL


def test_what_is_not_known_exactly_is_measured_by_samples(tmp_path: Path) -> None:
    for change, exact in (({"pack": 2}, False), ({"noise_dim": 3}, False), ({"generator": "monotone"}, True)):
        config = replace(SMALL, seeds=(0,), steps=1, **change)
        folder = RunFolder.create(tmp_path / str(change), config)
        list(folder.train())
        assert ("js" in folder.rows()[0]) == exact
        assert math.isfinite(folder.rows()[-1]["two_sample_accuracy"])


def test_an_atom_leaves_its_cells_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = RunFolder.create(tmp_path / "run", replace(SMALL, seeds=(0,), steps=0))
    monkeypatch.setattr(Diagnosis, "atoms", {0.5: 0.1})
    list(folder.train())
    (row,) = folder.rows()
    assert math.isnan(row["js"])
    assert math.isnan(row["w1"])


def test_a_member_of_a_state_is_the_state_of_a_run_of_one() -> None:
    both: State = Run(SMALL).state()
    for member, seed in enumerate(SMALL.seeds):
        alone = Run(replace(SMALL, seeds=(seed,))).state()
        assert fingerprint(both.member(member)) == fingerprint(alone)
    assert fingerprint(both.member(-1)) == fingerprint(both.member(1))
    with pytest.raises(IndexError):
        both.member(2)
