"""Each example runs as its users run it, and is short enough to read on one screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "examples"
SCRIPTS = sorted(FOLDER.glob("*.py"))


def run(script: str, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script's run in an empty folder, without a screen."""
    return subprocess.run(
        [sys.executable, FOLDER / script, *arguments],
        cwd=folder, env=os.environ | {"MPLBACKEND": "Agg"}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_it_runs_and_is_short(script: Path, tmp_path: Path) -> None:
    done = run(script.name, "--quick", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert len(script.read_text("utf8").splitlines()) <= 60


def test_there_are_five() -> None:
    assert len(SCRIPTS) == 5


def test_ones_own_numbers_are_compared(tmp_path: Path) -> None:
    for name, numbers in (("mine.txt", "0 1 3\n"), ("yours.txt", "5\n6\n8\n")):
        (tmp_path / name).write_text(numbers)
    done = run("divergences_of_your_data.py", "mine.txt", "yours.txt", "--bins", "8", folder=tmp_path)
    assert "their own units: 5.0000" in done.stdout
    assert "JS" in done.stdout
    assert " 0.6931" in done.stdout  # no bin in common: log 2
    one = run("divergences_of_your_data.py", "mine.txt", folder=tmp_path)
    assert one.returncode == 2
    assert "1 files given; give two, or none" in one.stderr


def test_a_trained_gan_is_drawn(tmp_path: Path) -> None:
    done = run("train_a_gan.py", "--quick", "--seeds", "3", "4", "--folder", "pictures", folder=tmp_path)
    assert done.stdout.count("exact JS") == 2
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == [
        "loss_and_distance.svg", "run.svg", "stages.svg",
    ]  # fmt: skip
