"""How fast and how accurate the divergences are, beside their peers: `python -m tests.benchmarks`.

Each table is measured in this run; nothing is read from an earlier one. `--record FILE` writes the results as JSON,
which the book's page "Accuracy and speed" shows.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import importlib
import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

from tests.benchmarks.table import Table
from tests.benchmarks.timing import ONE_THREAD

LIBRARIES = ("numpy", "scipy", "torch", "POT", "mpmath")
# Where each table comes from: a module and its function. None is imported before the threads are set.
TABLES = {
    "speed": ("speed", "table"),
    "limits": ("limits", "table"),
    "masses": ("accuracy", "of_masses"),
    "transport": ("accuracy", "of_transport"),
    "densities": ("densities", "table"),
    "pitfalls": ("pitfalls", "table"),
    "coverage": ("coverage", "table"),
    "checker": ("checking", "table"),
    "ensembles": ("ensembles", "table"),
}


def machine() -> dict[str, Any]:
    """What the numbers depend on: the processor and the versions; no name of a host, no path."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf8").splitlines() if information.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "versions": {"Python": platform.python_version()}
        | {name: importlib.metadata.version(name).split("+")[0] for name in LIBRARIES},
    }


def measured(names: list[str], quick: bool) -> dict[str, Table]:
    """The tables of these names."""
    os.environ.update(ONE_THREAD)
    found = {}
    for name in names:
        module, function = TABLES[name]
        found[name] = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)(quick)
        print("\n".join(found[name].lines()), end="\n\n", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=TABLES, default=list(TABLES), help="these tables (all)")
    parser.add_argument("--quick", action="store_true", help="with small inputs: shows that it runs, measures nothing")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the results as JSON")
    given = parser.parse_args()
    tables = measured(given.only, given.quick)
    if given.record:
        date = datetime.datetime.now(datetime.UTC).date().isoformat()
        results = {"date": date, "quick": given.quick} | machine()
        results["tables"] = {name: dataclasses.asdict(table) for name, table in tables.items()}
        given.record.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf8")
        print(f"written to {given.record}")


if __name__ == "__main__":
    main()
