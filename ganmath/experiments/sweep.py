"""Many ensembles, on all cores of a machine or on a cluster, that can be stopped and gone on with.

A task is a `Config`: its share of seeds is trained as one ensemble. Workers only train and hand back plain rows; what
is written is written here, a line a task, into a `SweepFolder`.
"""

from __future__ import annotations

import itertools
import json
import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import replace
from typing import Any

import torch
from tqdm import tqdm

from ganmath.experiments.sweep_folder import Row, SweepError, SweepFolder, key_of
from ganmath.gan import Config, SampleDiagnosis, Snapshot, TrainingDiverged, train
from ganmath.gan.folder import measured

__all__ = ["SweepError", "SweepFolder", "grid", "sweep", "trained"]

Measure = Callable[[Snapshot, int], Mapping[str, float]]  # of a member of the last snapshot: numbers by name


def grid(
    base: Config, axes: Mapping[str, Sequence[Any]], seeds: Iterable[int], seeds_per_task: int | None = None
) -> tuple[Config, ...]:
    """Every combination of the entries on the axes, the last axis fastest, each with its seeds in shares.

    Raises ValueError where an entry can't be, as `Config` does, and for shares of less than one seed.

    >>> tasks = grid(Config(), {"loss": ["minimax", "wasserstein"], "batch": [64, 128]}, range(5), seeds_per_task=3)
    >>> [(task.loss, task.batch, task.seeds) for task in tasks[:3]]
    [('minimax', 64, (0, 1, 2)), ('minimax', 64, (3, 4)), ('minimax', 128, (0, 1, 2))]
    """
    seeds = tuple(seeds)
    size = len(seeds) if seeds_per_task is None else seeds_per_task
    if size < 1:
        raise ValueError(f"{size} seeds a task train nobody; give at least one seed, and one a task")
    entries = json.loads(base.to_json())
    points = [dict(zip(axes, point, strict=True)) for point in itertools.product(*axes.values())]
    return tuple(
        Config.from_json(json.dumps({**entries, **point, "seeds": seeds[start : start + size]}, default=_number))
        for point in points
        for start in range(0, len(seeds), size)
    )


def _number(value: Any) -> Any:
    return value.item()  # of numpy's


def trained(task: Config, measure: Measure = measured) -> list[Row]:
    """Train the task's ensemble, and ``measure`` each member at the end: a row a seed.

    Members that diverge are taken out, and the others start again: their numbers are NaN. Torch gets one thread: on
    networks as small as these more cost ten times what they bring. It keeps one, as another thread of this process may
    be in the middle of another task.

    >>> tiny = Config(steps=1, batch=8, generator_widths=(4,), discriminator_widths=(4,), seeds=(3, 4))
    >>> [(row["step"], row["seed"]) for row in trained(tiny)]
    [(1, 3), (1, 4)]
    """
    torch.set_num_threads(1)
    left = task.seeds
    found: dict[int, Row] = {}
    while left and not found:
        try:
            *_, last = train(replace(task, seeds=left, every=max(task.steps, 1)))
            found = {seed: dict(measure(last, member)) for member, seed in enumerate(left)}
        except TrainingDiverged as error:
            left = tuple(seed for seed in left if seed not in error.seeds)
    columns = found[left[0]] if found else SampleDiagnosis.columns
    lost = dict.fromkeys(columns, math.nan)
    return [{**found.get(seed, lost), "step": task.steps, "seed": seed} for seed in task.seeds]


def sweep(
    tasks: Iterable[Config],
    executor: Executor | None = None,
    folder: str | os.PathLike[str] = "sweep",
    measure: Measure = measured,
) -> SweepFolder:
    """Train the tasks that the folder doesn't have yet, with a progress bar; the folder, which holds all that is done.

    Any executor of `concurrent.futures` will do: by default a pool with a process for each core, on a cluster that of a
    Dask client, ``client.get_executor(pure=False)``. A task that raises an error is put down in the folder's
    `SweepFolder.failures`, and the others go on; the next run of the same sweep tries it again. A script that uses the
    default pool needs ``if __name__ == "__main__":`` around the call, as its processes import it.

    ``measure(snapshot, member)`` gives the numbers of a row, by default those of ``metrics.csv``. Workers import it by
    its name: write it as a function of a module. Another measure needs another folder.

    Raises ValueError for no task or the same one twice; SweepError where the folder is in use or holds something else,
    and where the workers are lost: what is done is kept, and the same call goes on.

    >>> import tempfile
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> tiny = Config(steps=1, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> tasks = grid(tiny, {"loss": ["minimax", "wasserstein"]}, seeds=[0, 1])
    >>> with tempfile.TemporaryDirectory() as path, ThreadPoolExecutor(1) as executor:
    ...     done = sweep(tasks, executor, path)
    ...     [(row["loss"], row["seed"]) for row in done.rows()]
    [('minimax', 0), ('minimax', 1), ('wasserstein', 0), ('wasserstein', 1)]
    """
    tasks, into = tuple(tasks), SweepFolder(folder)
    keys = [key_of(task) for task in tasks]
    if not tasks:
        raise ValueError("a sweep of no task: give at least one configuration")
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the same task twice, numbers {[n for n, key in enumerate(keys) if key == twice]}: leave one")
    with into.opened(tasks) as writer, tqdm(total=len(tasks), unit="task", disable=None) as bar:
        done = into.results()
        missing = [task for task, key in zip(tasks, keys, strict=True) if key not in done]
        bar.update(len(tasks) - len(missing))
        failed = 0
        for task, future in _finished(missing, executor, measure):
            try:
                error = future.exception()
            except CancelledError as cancelled:  # by a Dask client that lost its scheduler
                error = cancelled
            if isinstance(error, (BrokenExecutor, CancelledError)):
                raise SweepError(f"the workers were lost ({error or 'cancelled'}); run this again, and it goes on")
            if error is None:
                writer.done(task, future.result())
            else:
                writer.failed(task, error)
                failed += 1
                bar.set_postfix(failed=failed)
            bar.update()
    return into


def _finished(
    tasks: Sequence[Config], executor: Executor | None, measure: Measure
) -> Iterator[tuple[Config, Future[list[Row]]]]:
    """Each task as it finishes; where that is broken off, those that haven't begun are cancelled."""
    if not tasks:
        return
    using = executor or _pool(len(tasks))
    running: dict[Future[list[Row]], Config] = {}
    try:
        for task in tasks:
            running[using.submit(trained, task, measure)] = task
        for future in as_completed(running):
            yield running.pop(future), future
    finally:
        for future in running:
            future.cancel()
        if executor is None:
            using.shutdown(cancel_futures=True)


def _pool(tasks: int) -> Executor:
    """A process for each core, started afresh: a copy of a process that has run torch may hang."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(min(os.cpu_count() or 1, tasks), context, _start_worker)


def _start_worker() -> None:
    """Leave with the process that started this one, however it ends, and at Ctrl-C without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
