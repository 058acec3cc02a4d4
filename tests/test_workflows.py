"""The workflows of GitHub, which can't run here: pinned, without secrets, and calling only what runs anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workflow_is_pinned_and_may_only_read(file: Path) -> None:
    text = file.read_text("utf8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 180
        assert set(job.get("permissions", {})) <= {"contents", "id-token"}
    for step in steps(workflow):
        assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), step


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workflow_calls_make(file: Path) -> None:
    for step in steps(yaml.safe_load(file.read_text("utf8"))):
        made = re.fullmatch(r"make ([\w-]+) PYTHON=python", step.get("run", "make test PYTHON=python"))
        assert made is None or made[1] in TARGETS
        assert made or re.fullmatch(r"python -m (pip install \"twine\S+\"|twine upload \S+ \S+)", step["run"]), step


def test_the_matrix_is_that_of_the_supported_pythons() -> None:
    (test,) = (yaml.safe_load(file.read_text("utf8")) for file in FILES if file.stem == "test")
    assert test["jobs"]["package"]["strategy"]["matrix"] == {
        "os": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13", "3.14"],
    }
