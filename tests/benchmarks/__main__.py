"""How fast and how accurate the divergences are, beside their peers: `python -m tests.benchmarks`.

Each table is measured in this run. `--record FILE` writes the results as JSON, which the book's page "Accuracy and
speed" shows; with `--only` too, it renews these tables in the file, each with its own date.
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
    "generators": ("generators", "table"),
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
    record = given.record and recorded(given.record, given.only, given.quick)
    if isinstance(record, str):
        parser.error(record)
    tables = measured(given.only, given.quick)
    if given.record:
        date = datetime.datetime.now(datetime.UTC).date().isoformat()
        given.record.write_text(json.dumps(renewed(record, tables, date), indent=1, ensure_ascii=False) + "\n", "utf8")
        print(f"written to {given.record}")


def recorded(file: Path, names: list[str], quick: bool) -> dict[str, Any] | str:
    """The record that these tables go into, a new one if they are all there are; or why they can't."""
    new = {"quick": quick} | machine()
    if set(names) == set(TABLES) or not file.exists():
        return new | {"tables": {}}
    old: dict[str, Any] = json.loads(file.read_text("utf8"))
    if other := [key for key in new if old[key] != new[key]]:
        return f"{file} was recorded under other conditions ({', '.join(other)}): leave --only out, and record all anew"
    return old


def renewed(record: dict[str, Any], tables: dict[str, Table], date: str) -> dict[str, Any]:
    """The record with these tables, which say their date where it isn't that of the record."""
    of_record = record.get("date", date)
    dated = {} if date == of_record else {"date": date}
    both = record["tables"] | {name: dataclasses.asdict(table) | dated for name, table in tables.items()}
    in_order = {name: both[name] for name in TABLES if name in both}
    return {"date": of_record} | record | {"tables": in_order}


if __name__ == "__main__":
    main()
