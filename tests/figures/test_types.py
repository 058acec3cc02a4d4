"""The figures' scripts are typed by JSDoc; the checker is TypeScript's, from the package `deno`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.figures.node import FIGURES

DENO = shutil.which("deno", path=sysconfig.get_path("scripts"))


def check(*files: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    if DENO is None:
        what = "no deno: install the extra `dev`"
        pytest.fail(what) if os.environ.get("CI") == "true" else pytest.skip(what)
    command = [DENO, "check", "--config", str(FIGURES / "deno.json"), *map(str, files)]
    environment = os.environ | {"DENO_DIR": str(cache), "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_every_script_is_typed(tmp_path: Path) -> None:
    done = check(*sorted(FIGURES.rglob("*.js")), cache=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.js"
    wrong.write_text("/** @param {number} x */\nexport function twice(x) { return x.length; }\n", "utf8")
    assert "Property 'length' does not exist on type 'number'" in check(wrong, cache=tmp_path).stderr
