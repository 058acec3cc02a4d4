"""`ganmath sweep`: many ensembles over a grid of choices, on this machine or on a cluster."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ganmath.cli.arguments import UsageError, said

if TYPE_CHECKING:
    from ganmath.gan import Config

FEW = 10  # failures that are told one by one
TIMEOUT = 30  # seconds for a scheduler to answer


def add_to(commands: Any) -> None:
    """The parser of this command."""
    sweep = commands.add_parser(
        "sweep",
        help="train over a grid of choices, on all cores or on a cluster, into a folder",
        description="CONFIG is a TOML file: entries of ganmath.gan.Config, which replace those of the recipe of the "
        'data, such as data = "ring"; seeds, a number or a list; seeds_per_task, which are trained as one ensemble '
        "(default: all); and [grid], a list for each entry that varies. The folder gets results.jsonl, a line a task. "
        "Ctrl-C exits with 130; the same command goes on with what is missing, and tries again what failed.",
    )
    sweep.add_argument("config", type=Path, metavar="CONFIG", help="such as sweep.toml")
    sweep.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster, such as tcp://host:8786")
    sweep.add_argument("--out", type=Path, metavar="FOLDER", help="to make, or to go on in (default: sweeps/CONFIG)")
    sweep.set_defaults(run=_sweep)


def _sweep(options: argparse.Namespace) -> int:
    try:
        tasks = tasks_of(tomllib.loads(options.config.read_text("utf8")))
    except OSError as error:
        raise UsageError(
            f"{options.config} can't be read ({error.strerror}); name a TOML file, such as sweep.toml"
        ) from None
    except ValueError as error:
        raise UsageError(f"{options.config}: {error}") from None

    from ganmath.experiments.sweep import SweepError, SweepFolder, sweep

    path = options.out or Path("sweeps", options.config.stem)
    try:
        with _executor(options.scheduler) as executor:
            folder = sweep(tasks, executor, path)
        failures, done = folder.failures(), len(folder.results())
    except (SweepError, ValueError) as error:
        return said(str(error), 1)
    except KeyboardInterrupt:
        done = len(SweepFolder(path).results())
        return said(f"stopped with {done} of {len(tasks)} tasks done; the same command goes on", 130)
    print(f"in {path}: {done} of {len(tasks)} tasks done, results.jsonl")
    for task, reason in failures[:FEW]:
        said(f"{_told(task, tasks)} failed: {reason}", 1)
    if failures:
        failed = f"{len(failures)} of {len(tasks)} tasks failed, see {folder.failures_file}"
        return said(f"{failed}; the same command tries them again", 1)
    return 0


def tasks_of(content: dict[str, Any]) -> tuple[Config, ...]:
    """The tasks that a file describes. Raises ValueError."""
    from ganmath.experiments.sweep import grid
    from ganmath.gan import Config, recipe
    from ganmath.gan.choices import choose

    entries = dict(content)
    axes, seeds, size = entries.pop("grid", {}), entries.pop("seeds", None), entries.pop("seeds_per_task", None)
    names = asdict(Config())
    if not isinstance(axes, dict) or not all(isinstance(values, list) and values for values in axes.values()):
        raise ValueError("[grid] has a list for each entry that varies, such as batch = [64, 128]")
    for name in (*entries, *axes):
        choose(names, name, "entry")
    if "seeds" in axes:
        raise ValueError("seeds stand outside of [grid]: how many, as in seeds = 10, or which, as in seeds = [3, 4]")
    if twice := entries.keys() & axes.keys():
        raise ValueError(f"{min(twice)} stands in [grid] and outside of it: leave one")
    whole = type(seeds) is int and seeds > 0
    if not whole and not (isinstance(seeds, list) and seeds and all(type(seed) is int for seed in seeds)):
        raise ValueError("give seeds: how many, as in seeds = 10, or which, as in seeds = [3, 4]")
    if size is not None and (type(size) is not int or size < 1):
        raise ValueError(f"seeds_per_task={size!r} is not a whole number above 0")
    if "data" not in entries and "data" not in axes:
        raise ValueError('give data, as in data = "ring", or a list of them in [grid]')
    if entries.get("penalty") == "none":  # TOML has no null
        entries["penalty"] = None
    if "penalty" in axes:
        axes = axes | {"penalty": [None if penalty == "none" else penalty for penalty in axes["penalty"]]}
    found: list[Config] = []
    for data in axes.get("data", [entries.get("data")]):
        base = asdict(recipe(data)) | entries | {"data": data}
        others = {name: values for name, values in axes.items() if name != "data"}
        found += grid(Config.from_json(json.dumps(base)), others, range(seeds) if whole else seeds, size)
    return tuple(found)


@contextmanager
def _executor(scheduler: str | None) -> Iterator[Executor | None]:
    """Of a Dask cluster, or None for the cores of this machine."""
    if scheduler is None:
        yield None
        return
    try:
        import distributed
    except ImportError:
        raise UsageError("--scheduler needs dask.distributed: install the extra `sweep`") from None
    try:
        client: Any = distributed.Client(scheduler, timeout=TIMEOUT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler} doesn't answer ({error}); `dask scheduler` starts one") from None
    with client:
        yield client.get_executor(pure=False)


def _told(task: Config, tasks: tuple[Config, ...]) -> str:
    """What tells a task from the others."""
    all_entries = [asdict(each) for each in tasks]
    varied = {name: value for name, value in asdict(task).items() if any(e[name] != value for e in all_entries)}
    return ", ".join(f"{name}={value!r}" for name, value in varied.items()) or "the task"
