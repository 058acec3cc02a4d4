"""`ganmath sweep`, as it is typed: what it leaves behind, how it goes on, and what it says of mistakes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ganmath import cli
from ganmath.experiments import sweep as sweeping
from ganmath.experiments.sweep import SweepFolder
from ganmath.experiments.sweep_folder import recorded

TINY = "steps = 1\nbatch = 8\ngenerator_widths = [4]\ndiscriminator_widths = [4]\n"
GRID = f'data = "mixture"\nseeds = 2\nseeds_per_task = 1\n{TINY}[grid]\npenalty = ["none", "r1"]\n'


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sweeping, "_pool", lambda tasks: ThreadPoolExecutor(1))


def test_a_grid_is_trained_and_a_rerun_has_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.toml").write_text(GRID, "utf8")
    for _ in range(2):
        assert cli.main(["sweep", "mine.toml"]) == 0
        assert f"in {Path('sweeps', 'mine')}: 4 of 4 tasks done" in capsys.readouterr().out
    rows = SweepFolder("sweeps/mine").rows()
    assert [(row["penalty"], row["seed"]) for row in rows] == [(None, 0), (None, 1), ("r1", 0), ("r1", 1)]
    assert all(row["js"] > 0 for row in rows)


def test_data_on_the_grid_each_start_from_their_recipe() -> None:
    from ganmath.cli.sweeping import tasks_of

    tasks = tasks_of({"seeds": [7], "steps": 5, "grid": {"loss": ["minimax"], "data": ["mixture", "ring"]}})
    assert [(task.data, task.noise_dim, task.loss, task.steps, task.seeds) for task in tasks] == [
        ("mixture", 1, "minimax", 5, (7,)),
        ("ring", 2, "minimax", 5, (7,)),
    ]


def test_the_recorded_sweep_of_the_book_is_the_example_that_makes_it_again() -> None:
    from ganmath.cli.sweeping import tasks_of

    example = Path(__file__).parents[1] / "examples" / "minimax_on_a_ring.toml"
    folder = recorded("minimax")
    assert folder.tasks() == tasks_of(tomllib.loads(example.read_text("utf8")))
    assert len(folder.rows()) == sum(len(task.seeds) for task in folder.tasks())


def test_errors_of_failed_tasks_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(task: Any, measure: Any) -> Any:
        raise RuntimeError(f"no luck with {task.penalty}")

    monkeypatch.setattr(sweeping, "trained", fails)
    Path("mine.toml").write_text(GRID, "utf8")
    assert cli.main(["sweep", "mine.toml"]) == 1
    said = capsys.readouterr().err
    assert "penalty='r1', seeds=(1,)" not in said
    assert "seeds=(1,), penalty='r1' failed: RuntimeError: no luck with r1" in said
    assert "4 of 4 tasks failed" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("data = ring", "mine.toml: Invalid value"),
        ("seeds = 1", 'give data, as in data = "ring"'),
        ('data = "ring"', "give seeds: how many"),
        ('data = "ring"\nseeds = 0', "give seeds: how many"),
        ('data = "ring"\nseeds = 1\nseeds_per_task = 0', "seeds_per_task=0 is not a whole number above 0"),
        ('data = "rign"\nseeds = 1', "data='rign' is unknown"),
        ('data = "ring"\nseeds = 1\nbacth = 3', "'bacth' is unknown; choose one of 'batch'"),
        ('data = "ring"\nseeds = 1\n[grid]\nbacth = [3]', "'bacth' is unknown; choose one of 'batch'"),
        ('data = "ring"\nseeds = 1\n[grid]\nbatch = 3', "[grid] has a list for each entry that varies"),
        ('data = "ring"\nseeds = 1\n[grid]\nbatch = ["many"]', "batch='many' isn't of the type"),
        ('data = "ring"\nseeds = 1\n[grid]\nbatch = [0]', "batch=0 must be at least 1"),
        ('data = "ring"\nseeds = 1\nbatch = 4\n[grid]\nbatch = [4]', "batch stands in [grid] and outside of it"),
        ('data = "ring"\nseeds = 1\n[grid]\nseeds = [4]', "seeds stand outside of [grid]"),
    ],
)
def test_mistakes_are_told_on_one_line(text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.toml").write_text(text, "utf8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["sweep", "mine.toml"])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not Path("sweeps").exists()


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["sweep", "nowhere.toml"])
    assert "nowhere.toml can't be read (No such file" in capsys.readouterr().err


def test_ctrl_c_exits_with_130_and_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(ThreadPoolExecutor):
        def submit(self, *arguments: Any, **named: Any) -> Any:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweeping, "_pool", lambda tasks: Interrupted(1))
    Path("mine.toml").write_text(GRID, "utf8")
    assert cli.main(["sweep", "mine.toml"]) == 130
    assert "stopped with 0 of 4 tasks done; the same command goes on" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="the signal of Ctrl-C goes to a group of processes")
def test_ctrl_c_at_a_terminal_stops_the_workers_too_without_a_word() -> None:
    text = GRID.replace("seeds = 2", "seeds = 40").replace("steps = 1\n", "steps = 200\n")
    Path("mine.toml").write_text(text, "utf8")
    command = [sys.executable, "-m", "ganmath", "sweep", "mine.toml", "--out", "here"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    file = Path("here", "results.jsonl")
    for _ in range(1200):
        if running.poll() is not None or (file.exists() and file.stat().st_size):
            break
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "of 80 tasks done; the same command goes on" in said
    assert "Traceback" not in said
    done = len(SweepFolder("here").results())
    assert 0 < done < 80
