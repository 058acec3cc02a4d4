"""The script behind the two commands: each check says what is wrong and the one command that mends it."""

import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.scripts import ROOT, load

HERE = (3, 12, 1)


@pytest.fixture
def script() -> ModuleType:
    """`.ci/environment.py` as a module of its own."""
    return load(".ci/environment.py")


def make_venv(script: ModuleType, root: Path, version: str = "3.12.1", pip: bool = True) -> Path:
    """What `python -m venv` leaves behind, as far as the script looks."""
    venv = root / ".venv"
    python = script.venv_python(venv)
    python.parent.mkdir(parents=True)
    python.touch()
    (venv / "pyvenv.cfg").write_text(f"home = somewhere\nversion = {version}\n", "utf-8")
    if pip:
        (venv / "lib" / "python3.12" / "site-packages" / "pip").mkdir(parents=True)
    return venv


def problem(script: ModuleType, check: str, *arguments: Any) -> str:
    """What a check that must refuse says."""
    with pytest.raises(script.Problem) as caught:
        getattr(script, check)(*arguments)
    what, _, command = str(caught.value).partition("\nThe command that mends it:\n\n    ")
    assert what
    assert len(command.strip().splitlines()) == 1
    return f"{what} -> {command.strip()}"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 9)])
def test_supported_pythons_pass(script: ModuleType, version: tuple[int, ...]) -> None:
    assert script.check_python(version, "Linux") is None


def test_the_supported_pythons_are_those_of_pyproject(script: ModuleType) -> None:
    written = f'requires-python = ">=3.{script.OLDEST[1]},<3.{script.NEWEST[1] + 1}"'
    assert written in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 15, 0)])
def test_another_python_is_refused_and_a_suitable_one_named(script: ModuleType, version: tuple[int, ...]) -> None:
    said = problem(script, "check_python", version, "Linux", lambda: "python3.13")
    assert f"This is Python 3.{version[1]}; ganmath needs Python 3.11 to 3.14." in said
    assert said.endswith("-> make book PYTHON=python3.13")


@pytest.mark.parametrize(
    ("system", "installer"), [("Linux", "sudo apt-get"), ("Darwin", "brew"), ("Windows", "winget")]
)
def test_where_no_suitable_python_is_found_one_is_installed(script: ModuleType, system: str, installer: str) -> None:
    assert f"-> {installer} install" in problem(script, "check_python", (3, 9), system, lambda: None)


def test_a_python_without_ensurepip_is_refused(script: ModuleType) -> None:
    found = {"venv": object(), "ensurepip": None}
    said = problem(script, "check_venv_module", HERE, "Linux", found.get)
    assert "came without ensurepip: it can't make an environment." in said
    assert said.endswith("-> sudo apt-get install -y python3.12-venv")
    assert script.check_venv_module(HERE, "Linux") is None


def test_a_full_disk_is_refused(script: ModuleType) -> None:
    said = problem(script, "check_disk", 10**9, "here")
    assert "needs 4.0 GB, and here has 1.0 GB free" in said
    assert said.endswith("-> python3 -m pip cache purge")
    assert script.check_disk(4 * 10**9, "here") is None


def test_an_environment_made_here_passes(script: ModuleType, tmp_path: Path) -> None:
    assert script.check_existing(tmp_path / ".venv", HERE) is None
    venv = make_venv(script, tmp_path)
    assert script.check_existing(venv, HERE) is None
    script.write_stamp(venv, "made from this")
    assert script.check_existing(venv, HERE) is None


def test_a_broken_environment_is_refused(script: ModuleType, tmp_path: Path) -> None:
    venv = make_venv(script, tmp_path)
    script.venv_python(venv).unlink()
    said = problem(script, "check_existing", venv, HERE)
    assert "is no working environment" in said
    assert said.endswith("-> python3 -m venv --clear .venv")


def test_an_environment_of_another_python_is_refused(script: ModuleType, tmp_path: Path) -> None:
    venv = make_venv(script, tmp_path, version="3.11.7")
    assert "is of Python 3.11.7, and this is Python 3.12" in problem(script, "check_existing", venv, HERE)


def test_an_environment_of_another_tool_is_refused(script: ModuleType, tmp_path: Path) -> None:
    venv = make_venv(script, tmp_path, pip=False)
    (venv / "pyvenv.cfg").write_text("home = somewhere\nuv = 0.5.0\nversion_info = 3.12.1\n", "utf-8")
    assert "has no pip in it" in problem(script, "check_existing", venv, HERE)


def test_an_environment_that_was_moved_is_refused(script: ModuleType, tmp_path: Path) -> None:
    venv = make_venv(script, tmp_path)
    stamp = {"fingerprint": "made from this", "location": "elsewhere/.venv"}
    (venv / "ganmath.json").write_text(json.dumps(stamp), "utf-8")
    assert "was copied; its commands still point to elsewhere" in problem(script, "check_existing", venv, HERE)
    assert not script.is_current(venv, "made from this")


def test_it_installs_once_and_again_only_when_something_changed(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = []

    def install(root: Path, venv: Path) -> None:
        installed.append(root)
        if not venv.exists():
            make_venv(script, root, version=script.platform.python_version())

    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("one\n", "utf-8")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "install", install)
    monkeypatch.setattr(script, "SPACE_NEEDED", 0)

    script.main()
    started = time.process_time()
    script.main()
    assert time.process_time() - started < 1
    assert len(installed) == 1
    (tmp_path / "constraints.txt").write_text("two\n", "utf-8")
    script.main()
    assert len(installed) == 2


def test_the_first_thing_wrong_is_said_first(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "ROOT", tmp_path)  # nothing there to read: the version comes before
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 0))
    with pytest.raises(script.Problem, match=r"This is Python 3\.9"):
        script.main()
