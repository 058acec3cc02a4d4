"""Sweeps: each task once, whatever is killed; the numbers of the serial run; nobody else's folder."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ganmath.experiments import sweep as sweeping
from ganmath.experiments.sweep import SweepError, SweepFolder, grid, sweep, trained
from ganmath.experiments.sweep_folder import Writer, key_of
from ganmath.gan import Config, Snapshot, TrainingDiverged, train

TINY = Config(steps=1, batch=8, generator_widths=(4,), discriminator_widths=(4,), dtype="float64")
TASKS = grid(TINY, {"lr_generator": [0.001, 0.01], "batch": [4, 8]}, range(2), seeds_per_task=1)


class Serial(Executor):
    """Runs a task when it is submitted, in this process; counts them, and breaks as it is told."""

    def __init__(self, breaks_at: int | None = None, error: BaseException | None = None):
        self.ran, self.breaks_at, self.error = 0, breaks_at, error

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.ran += 1
        if self.error is not None and self.ran == self.breaks_at:
            future.set_exception(self.error)
        else:
            try:
                future.set_result(function(*arguments, **named))
            except Exception as error:
                future.set_exception(error)
        return future


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes of a task is made up, where no test asks for training."""
    if "real" not in request.fixturenames:
        monkeypatch.setattr(sweeping, "trained", made_up)


@pytest.fixture
def real() -> None:
    """For a test that trains."""


def made_up(task: Config, measure: Any = None) -> list[dict[str, float]]:
    special = {0: math.nan, 1: math.inf}
    return [{"step": 1, "seed": seed, "d_loss": special.get(seed, 0.1), "js": task.lr_generator} for seed in task.seeds]


def keys(folder: Path) -> list[str]:
    return [json.loads(line)["key"] for line in (folder / "results.jsonl").read_text("utf8").splitlines()]


def test_a_rerun_does_only_what_is_missing(tmp_path: Path) -> None:
    first = Serial(5, BrokenExecutor("killed"))
    with pytest.raises(SweepError, match="run this again, and it goes on"):
        sweep(TASKS, first, tmp_path)
    had = len(keys(tmp_path))
    assert had < len(TASKS)
    second, third = Serial(), Serial()
    folder = sweep(TASKS, second, tmp_path)
    assert second.ran == len(TASKS) - had
    sweep(TASKS, third, tmp_path)
    assert third.ran == 0
    assert sorted(keys(tmp_path)) == sorted(map(key_of, TASKS))
    assert [(row["lr_generator"], row["batch"], row["seed"]) for row in folder.rows()] == [
        (task.lr_generator, task.batch, task.seeds[0]) for task in TASKS
    ]


def test_what_is_no_number_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = sweep(TASKS[:2], Serial(), tmp_path).rows()
    assert math.isnan(rows[0]["d_loss"])
    assert rows[1]["d_loss"] == math.inf
    json.loads((tmp_path / "results.jsonl").read_text("utf8").splitlines()[0], parse_constant=pytest.fail)


def test_a_failed_task_is_kept_with_its_error_and_tried_again(tmp_path: Path) -> None:
    folder = sweep(TASKS, Serial(3, RuntimeError("out of luck")), tmp_path)
    assert folder.failures() == [(TASKS[2], "RuntimeError: out of luck")]
    assert len(folder.results()) == len(TASKS) - 1
    again = Serial()
    assert sweep(TASKS, again, tmp_path).failures() == []
    assert again.ran == 1
    assert sorted(keys(tmp_path)) == sorted(map(key_of, TASKS))


def test_tasks_that_a_cluster_cancelled_are_not_failures(tmp_path: Path) -> None:
    with pytest.raises(SweepError, match="the workers were lost"):
        sweep(TASKS, Serial(1, CancelledError()), tmp_path)
    assert SweepFolder(tmp_path).failures() == []


def test_a_torn_last_line_is_cut_and_its_task_done_again(tmp_path: Path) -> None:
    sweep(TASKS, Serial(), tmp_path)
    file = tmp_path / "results.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-10])
    assert len(SweepFolder(tmp_path).results()) == len(TASKS) - 1  # also while another process is writing
    again = Serial()
    sweep(TASKS, again, tmp_path)
    assert again.ran == 1
    assert sorted(file.read_bytes().splitlines()) == sorted(whole.splitlines())


@pytest.mark.parametrize("line", ["{", "[]", "{}"])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    sweep(TASKS, Serial(), tmp_path)
    file = tmp_path / "results.jsonl"
    lines = file.read_text("utf8").splitlines()
    lines[2] = line
    file.write_text("\n".join(lines) + "\n", "utf8")
    with pytest.raises(SweepError, match=r"results\.jsonl, line 3, is damaged"):
        sweep(TASKS, Serial(), tmp_path)


def test_a_folder_of_another_sweep_or_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    sweep(TASKS, Serial(), tmp_path / "a")
    with pytest.raises(SweepError, match="holds another sweep"):
        sweep(TASKS[:3], Serial(), tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "thesis.tex").touch()
    with pytest.raises(SweepError, match="isn't empty"):
        sweep(TASKS, Serial(), tmp_path / "b")
    with pytest.raises(SweepError, match="holds no sweep"):
        SweepFolder(tmp_path / "c").tasks()


def test_two_clients_don_t_write_to_one_folder(tmp_path: Path) -> None:
    with SweepFolder(tmp_path).opened(TASKS), pytest.raises(SweepError, match="in use"):
        sweep(TASKS, Serial(), tmp_path)
    sweep(TASKS, Serial(), tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full")
def test_a_full_disk_is_told() -> None:
    with (
        Path("/dev/full").open("ab", buffering=0) as full,
        pytest.raises(SweepError, match="make room, run this again"),
    ):
        Writer(full, full).done(TASKS[0], made_up(TASKS[0]))


def test_a_list_for_a_tuple_is_the_same_sweep(tmp_path: Path) -> None:
    for widths in ([4], (4,)):
        again = Serial()
        sweep([replace(TINY, generator_widths=widths)], again, tmp_path)
    assert again.ran == 0


def test_a_task_twice_and_no_task_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the same task twice, numbers \[0, 2\]"):
        sweep([TASKS[0], TASKS[1], TASKS[0]], Serial(), tmp_path)
    with pytest.raises(ValueError, match="no task"):
        sweep([], Serial(), tmp_path)
    with pytest.raises(ValueError, match="at least one seed"):
        grid(TINY, {}, [])


def test_members_that_diverge_are_nan_and_the_others_train_on(real: None) -> None:
    wild = Config(
        data="mixture", loss="wasserstein", penalty=None, lr_discriminator=1e200, lr_generator=1e200,
        schedule="constant", steps=20, batch=8, generator_widths=(4,), discriminator_widths=(4,), seeds=(0, 1),
    )  # fmt: skip
    rows = trained(wild)
    assert [row["seed"] for row in rows] == [0, 1]
    assert all(math.isnan(row["d_loss"]) for row in rows)


def test_where_some_members_diverge_the_others_get_the_numbers_that_they_have_alone(
    real: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diverging(config: Config) -> Iterator[Snapshot]:
        if 4 in config.seeds:
            raise TrainingDiverged(3, "the generator's loss", [1], [4])
        return train(config)

    (alone,) = trained(replace(TINY, seeds=(5,)))
    monkeypatch.setattr(sweeping, "train", diverging)
    first, lost, last = trained(replace(TINY, seeds=(3, 4, 5)))
    assert (first["seed"], lost["seed"], last) == (3, 4, alone)
    assert lost.keys() == first.keys()
    assert math.isnan(lost["js"])


@pytest.mark.long
def test_processes_of_their_own_give_the_numbers_of_the_serial_run(tmp_path: Path, real: None) -> None:
    apart, serial = sweep(TASKS[:3], None, tmp_path / "a"), sweep(TASKS[:3], Serial(), tmp_path / "b")
    assert apart.rows() == serial.rows()


# --------------------------------------------------------------------------------------------- on a cluster

CLIENT = """
import sys
from distributed import Client
from ganmath.experiments.sweep import grid, sweep
from ganmath.gan import Config, Snapshot, TrainingDiverged, train
from tests.experiments.test_sweep import MANY
if __name__ == "__main__":
    with Client(sys.argv[1]) as client:
        sweep(MANY, client.get_executor(pure=False), sys.argv[2])
"""
MANY = grid(TINY, {"lr_generator": [n / 1000 for n in range(1, 101)], "batch": [4, 8]}, [0])


def wait_for(file: Path, lines: int, process: subprocess.Popen[Any]) -> None:
    for _ in range(2400):
        if file.exists() and file.read_bytes().count(b"\n") >= lines:
            return
        assert process.poll() is None, "the client has ended"
        time.sleep(0.05)
    pytest.fail(f"no {lines} lines in two minutes")


@pytest.mark.long
@pytest.mark.filterwarnings("default")  # what becomes of a killed worker's sockets is not ours
def test_every_task_is_done_once_though_a_worker_and_the_client_are_killed(tmp_path: Path, real: None) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        command = [sys.executable, "-c", CLIENT, cluster.scheduler_address, str(tmp_path / "cluster")]
        results = tmp_path / "cluster" / "results.jsonl"
        client = subprocess.Popen(command)
        wait_for(results, 40, client)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        wait_for(results, 100, client)
        client.kill()
        client.wait()
        had = results.read_bytes().count(b"\n")
        assert 100 <= had < len(MANY)
        assert subprocess.run(command, timeout=300).returncode == 0
    found = [json.loads(line)["key"] for line in results.read_text("utf8").splitlines()]
    assert sorted(found) == sorted(map(key_of, MANY))
    serial = sweep(MANY, Serial(), tmp_path / "serial")
    assert SweepFolder(tmp_path / "cluster").rows() == serial.rows()
    assert SweepFolder(tmp_path / "cluster").failures() == []
