"""What work costs on this machine: CPU time taken in turns, and the memory and imports of a fresh interpreter."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Work = Callable[[], object]
ROOT = Path(__file__).resolve().parents[2]
TURN = 0.01  # seconds that a turn takes at least: shorter work is repeated within it


@dataclass(frozen=True)
class Contest:
    """Work done by us and by peers; a peer comes with the multiple of its speed that we mean to reach, if any."""

    work: str
    ours: Work
    peers: dict[str, tuple[Work, float | None]]
    rounds: int = 9


# Before numpy is there: one thread, or CPU time would count the helpers of one side only.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def cpu_times(*works: Work, rounds: int = 9) -> list[float]:
    """Median CPU seconds of one call of each work, taken in turns so that all see the same machine."""
    for work in works:
        work()  # what is imported and compiled on a first call is no part of the next
    repeats = [max(1, round(TURN / max(turn(work, 1), 1e-7))) for work in works]
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, count, taken in zip(works, repeats, times, strict=True):
            taken.append(turn(work, count))
    return [statistics.median(taken) for taken in times]


def turn(work: Work, count: int) -> float:
    """CPU seconds of one call, as the mean of so many."""
    start = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - start) / count


def fresh(script: str) -> Any:
    """What a script prints, as JSON, in an interpreter that has loaded nothing of ours."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


IMPORT = """
import json, sys, time
start = time.process_time()
import numpy
between = time.process_time()
import ganmath.divergence
end = time.process_time()
print(json.dumps([between - start, end - between, sorted(sys.modules)]))
"""


def import_times(rounds: int = 9) -> tuple[float, float, set[str]]:
    """Median CPU seconds of importing numpy, of `ganmath.divergence` after it, and the modules that are then loaded."""
    numpys, ours, modules = zip(*(fresh(IMPORT) for _ in range(rounds)), strict=True)
    return statistics.median(numpys), statistics.median(ours), set(modules[0])


MEMORY = """
import json, sys, tracemalloc
import numpy as np
from ganmath.divergence import {name}

def largest():
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # bytes in what the system counts in
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

rng = np.random.default_rng(0)
p, q = rng.random({n}), rng.random({n})
p /= p.sum()
q /= q.sum()
before = largest()
{name}(p, q)
grown = None if before is None else largest() - before
tracemalloc.start()
{name}(p, q)
print(json.dumps([tracemalloc.get_traced_memory()[1], grown]))
"""


def peak_memory(name: str, n: int) -> tuple[int, int | None]:
    """Bytes that a divergence of n masses needs beyond its inputs: what Python allocates, and what the system gives.

    The second is None where the system doesn't say.
    """
    allocated, resident = fresh(MEMORY.format(name=name, n=n))
    return allocated, resident
