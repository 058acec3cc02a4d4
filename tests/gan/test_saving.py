"""Saving leaves the old file or the new one, whole, whatever happens: a full disk, an interrupt, a kill."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import stat
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import torch

from ganmath.gan import CheckpointError, Config, State, play
from ganmath.gan.checkpoint import fingerprint, load, save
from tests.disks import no_space
from tests.gan.states import names, state_at


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), no_space)
    with pytest.raises(CheckpointError) as caught:
        save(path, state_at(3))
    assert str(caught.value) == (
        f"{path} can't be written (No space left on device); the file from before is whole: free some space, or save "
        "to another disk"
    )
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_a_disk_that_fills_while_the_file_is_written_leaves_the_old_one_whole(path: Path) -> None:
    """A real write that the system cuts short: no file of this process may grow beyond 4 KB."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    before, later, limits = path.read_bytes(), state_at(3), resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        with pytest.raises(
            CheckpointError, match=r"can't be written \(File too large\); the file from before is whole"
        ):
            save(path, later)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_an_interrupt_while_saving_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(path, state_at(3))
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, state: State) -> None:
    with pytest.raises(CheckpointError, match=r"\(No such file or directory\): see that the folder is there"):
        save(tmp_path / "nowhere" / "run", state)
    with pytest.raises(CheckpointError, match=r"can't be written \(Is a directory\): see that"):
        save(tmp_path, state)
    assert not names(tmp_path)
    assert not tmp_path.with_name(tmp_path.name + ".tmp").exists()


def test_what_a_killed_process_left_is_cleaned_and_not_followed(path: Path, state: State) -> None:
    temporary, elsewhere = path.with_name(path.name + ".tmp"), path.with_name("elsewhere")
    shutil.copy(path, temporary)
    save(path, state_at(3))
    assert names(path.parent) == [path.name]
    elsewhere.write_text("mine")
    temporary.symlink_to(elsewhere)
    save(path, state)
    assert elsewhere.read_text() == "mine"
    assert load(path).step == 2
    assert not temporary.is_symlink()


def test_the_data_reach_the_disk_before_the_name_and_the_name_before_save_returns(
    path: Path, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def watched_fsync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def watched_rename(self: Path, target: Path) -> Path:
        calls.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_rename)
    save(path, state)
    assert calls == ["file", "rename", "folder"]


# ------------------------------------------------------------------------------------------------- killing

LONG = Config(steps=300, batch=4, generator_widths=(4,), discriminator_widths=(4,))
SAVE_EVERY = 3


def work(path: Path, saved: Connection, saves: int) -> None:
    """Train, from the file where there is one, and say of each save that it is done; after so many wait for the end."""
    torch.set_num_threads(1)
    for run in play(LONG, resume=load(path) if path.exists() else None):
        if run.step % SAVE_EVERY == 0:
            save(path, run.state())
            saved.send(run.step)
            saves -= 1
        if not saves:
            time.sleep(60)


def start(path: Path, saves: int) -> tuple[BaseProcess, Connection]:
    """A process that works, and where it says how far it is; it is forked from one that has loaded torch."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ganmath.gan", "torch._dynamo"])  # the second is loaded by the first Adam
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(path, writer, saves))
    process.start()
    writer.close()
    return process, reader


def until_the_end(reader: Connection) -> Iterator[int]:
    """What is still said before the process is gone."""
    with contextlib.suppress(EOFError):
        while True:
            yield reader.recv()


def test_a_run_that_is_killed_twenty_times_ends_where_it_would_have(tmp_path: Path) -> None:
    file, draws, reached = tmp_path / "checkpoint.safetensors", random.Random(0), 0
    for _ in range(20):
        told = draws.randrange(5)
        process, reader = start(file, told + 3)  # on a quick machine too it doesn't come to the end
        said = [reader.recv() for _ in range(told)]
        time.sleep(draws.uniform(0, 0.01))
        assert process.is_alive()
        process.kill()
        said += until_the_end(reader)
        process.join()
        assert not said or said[0] == reached  # it went on from the last save
        latest = said[-1] if said else reached
        if file.exists():
            reached = load(file).step
            assert reached in (latest, latest + SAVE_EVERY)  # a save may be done and not yet said
    assert 30 < reached < LONG.steps
    process, reader = start(file, LONG.steps)
    assert list(until_the_end(reader))[-1] == LONG.steps
    process.join()
    *_, last = play(LONG)
    assert fingerprint(load(file)) == fingerprint(last.state())
    assert names(tmp_path) == [file.name]
