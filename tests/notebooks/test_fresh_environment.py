"""Every notebook, both versions, runs where only the wheel is installed: a fresh environment, another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from ganmath.notebooks.contents import pages

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"
SECONDS = 60  # for one cell


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, with the extras that a class installs."""
    work = tmp_path_factory.mktemp("fresh")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = work.glob("*.whl")
    venv.create(work / "venv", with_pip=True)
    wanted = f"{wheel}[gan,laws,transport,certify,class]"
    pip = [work / "venv" / BIN / "python", "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wanted]
    subprocess.run(pip, check=True)
    return work / "venv" / BIN


@pytest.mark.long
@pytest.mark.parametrize("options", [[], ["--solutions"]], ids=["student", "solutions"])
@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_it_runs_with_the_wheel_alone(fresh: Path, tmp_path: Path, name: str, options: list[str]) -> None:
    subprocess.run([fresh / "ganmath", "notebooks", tmp_path, *options], check=True, capture_output=True)
    # Jupyter starts the kernel by its name on the PATH.
    environment = os.environ | {"PATH": f"{fresh}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    run = [fresh / "jupyter", "execute", f"--timeout={SECONDS}", f"{name}.ipynb"]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
