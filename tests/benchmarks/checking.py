"""How long students wait: a check in a fresh process, and a folder of hand-ins that loop, crash, print or exit."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ganmath
from tests.benchmarks.table import Row, Table, said
from tests.benchmarks.timing import ROOT
from tests.laws.hand_ins import HAND_INS, write

SCRIPT = """
import time
import numpy as np
from ganmath.laws import check_laws

def kl(p, q):
    some = p > 0
    return np.sum(p[some] * np.log(p[some] / q[some]))

def js(p, q):
    m = (p + q) / 2
    return (kl(p, m) + kl(q, m)) / 2

def twice(p, q):
    return 2 * js(p, q)

def loop(p, q):
    while True:
        pass

begun = time.perf_counter()
report = check_laws({name}, "js", **{options})
print(time.perf_counter() - begun, report.ok)
"""


def table(quick: bool = False) -> Table:
    """Seconds of wall time beside their limits."""
    found = Table("Checker", ("what", "seconds", "at most", "met"))

    def add(what: str, seconds: float, limit: float) -> None:
        met = seconds <= limit
        found.rows.append(Row((what, f"{seconds:.2f}", f"{limit:g}", said(met)), met))

    for what, name, ok, limit in (
        ("a right `js`", "js", True, 1.5),
        ("a wrong `js`", "twice", False, 3),
        ("an endless loop", "loop", False, 10),
    ):
        options = {"seconds": 0.2} if quick and name == "loop" else {}
        add(f"`check_laws`, {what}, in a fresh process", _check(name, options, ok), limit)
    hand_ins = list(HAND_INS)[:2] if quick else list(HAND_INS)
    add(f"`ganmath grade`, {'a few' if quick else len(hand_ins)} hand-ins", _grade(hand_ins), 180)
    return found


def _check(name: str, options: dict[str, float], ok: bool) -> float:
    """What the check itself takes, imports left out."""
    script = SCRIPT.replace("{name}", name).replace("{options}", repr(options))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, found = done.stdout.split()
    assert found == str(ok), done.stdout
    return float(seconds)


def _grade(names: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), str(Path(ganmath.__file__).parent))
        paths = [str(Path(folder, name)) for name in names]
        begun = time.perf_counter()
        command = [sys.executable, "-m", "ganmath", "grade", *paths, "--laws", "js"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - begun
    assert len(list(csv.reader(io.StringIO(done.stdout)))) == len(names) + 1, done.stdout
    return seconds
