"""A sweep in a folder of its own: what is to be trained, and a line for each task that is done.

One process writes, and adds whole lines only: wherever it is killed, a task is there or it is missing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from ganmath.gan import Config, checkpoint

Row = dict[str, Any]  # numbers by name, perhaps beside the entries of a configuration
NO_NUMBERS = {None: math.nan, "inf": math.inf, "-inf": -math.inf}  # what stands in JSON for what it has no number for


class SweepError(Exception):
    """A sweep that can't be run as asked: which folder, why, and what to do."""


def key_of(task: Config) -> str:
    """The name of a task: the SHA-256 of its configuration.

    >>> key_of(Config(seeds=(0, 1))) == key_of(Config(seeds=range(2))), key_of(Config()) == key_of(Config(steps=1))
    (True, False)
    """
    canonical = json.dumps(json.loads(task.to_json()), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class SweepFolder:
    """The folder of one sweep; nothing is read or written before it is asked for.

    - ``sweep.json``: the configuration of each task, in order.
    - ``results.jsonl``: a line for each task that is done: its ``key``, its configuration and its rows, one a member.
    - ``failures.jsonl``: of the last run, a line for each task that raised an error, with that error.
    """

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)
        self.tasks_file = self.path / "sweep.json"
        self.results_file = self.path / "results.jsonl"
        self.failures_file = self.path / "failures.jsonl"

    # ------------------------------------------------------------------------------------------------- reading

    def tasks(self) -> tuple[Config, ...]:
        """What is to be trained. Raises SweepError where the folder holds no sweep."""
        try:
            return tuple(Config.from_json(json.dumps(task)) for task in json.loads(self.tasks_file.read_text("utf8")))
        except FileNotFoundError:
            raise SweepError(
                f"{self.path} holds no sweep: there is no {self.tasks_file.name} in it; name the folder of one"
            ) from None
        except (OSError, TypeError, ValueError) as error:
            raise SweepError(f"{self.tasks_file}: {error}") from None

    def results(self) -> dict[str, list[Row]]:
        """The rows of each task that is done, by its key. Raises SweepError for a damaged line, naming it."""
        return {
            line["key"]: [{name: NO_NUMBERS.get(value, value) for name, value in row.items()} for row in line["rows"]]
            for line in self._lines(self.results_file, "key", "rows")
        }

    def failures(self) -> list[tuple[Config, str]]:
        """The tasks that failed in the last run, each with its error. Raises SweepError for a damaged line."""
        lines = self._lines(self.failures_file, "config", "error")
        return [(Config.from_json(json.dumps(line["config"])), line["error"]) for line in lines]

    def rows(self) -> list[Row]:
        """A row for each member that is trained, in the order of the tasks: its configuration, then its numbers.

        As pandas takes them. The numbers are those that were measured at the last step; NaN where a member diverged.
        Raises SweepError.
        """
        results = self.results()
        return [
            {name: value for name, value in asdict(task).items() if name != "seeds"} | row
            for task in self.tasks()
            for row in results.get(key_of(task), ())
        ]

    def _lines(self, file: Path, *names: str) -> Iterator[Mapping[str, Any]]:
        """The whole lines of a file; of one that is being written the last may be torn."""
        text = file.read_bytes() if file.exists() else b""
        for number, line in enumerate(text.split(b"\n")[:-1], 1):
            try:
                found = json.loads(line)
                if not set(names) <= found.keys():
                    raise ValueError
            except (AttributeError, ValueError):
                raise SweepError(
                    f"{file}, line {number}, is damaged or was changed: put back what was there, or delete the line to "
                    "train that task again"
                ) from None
            yield found

    # ------------------------------------------------------------------------------------------------- writing

    @contextmanager
    def opened(self, tasks: Sequence[Config]) -> Iterator[Writer]:
        """The only writer of the folder, which is made where it isn't there.

        Raises SweepError where another process writes, where the folder holds another sweep or something else, and
        where it can't be written.
        """
        with ExitStack() as files:
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                if not _locked(files.enter_context((self.path / ".lock").open("ab"))):
                    raise SweepError(f"{self.path} is in use: another process runs this sweep; wait for it, or stop it")
                self._claim(tasks)
                _cut_torn_line(self.results_file)
                self.results()  # a damaged line is told before anything is done
                self.failures_file.unlink(missing_ok=True)
                results, failures = (
                    files.enter_context(file.open("ab", buffering=0))
                    for file in (self.results_file, self.failures_file)
                )
            except OSError as error:
                raise SweepError(
                    f"{error.filename or self.path} can't be written ({error.strerror}); name another folder, as in "
                    "--out OTHER"
                ) from None
            except checkpoint.CheckpointError as error:
                raise SweepError(str(error)) from None
            yield Writer(results, failures)

    def _claim(self, tasks: Sequence[Config]) -> None:
        if self.tasks_file.exists():
            if list(map(key_of, self.tasks())) != list(map(key_of, tasks)):
                raise SweepError(
                    f"{self.path} holds another sweep, which is left as it is: name another folder, as in --out OTHER"
                )
            return
        if {file.name for file in self.path.iterdir()} - {".lock"}:
            raise SweepError(f"{self.path} holds no sweep, and isn't empty: name another folder, as in --out OTHER")
        content = json.dumps([json.loads(task.to_json()) for task in tasks], indent=1) + "\n"
        checkpoint.write(self.tasks_file, content.encode())


def recorded(name: str) -> SweepFolder:
    """A sweep that comes with the package, as it is shown in the book: "mode_collapse" or "minimax".

    >>> len(recorded("mode_collapse").tasks())
    21
    """
    return SweepFolder(Path(__file__).with_name("recorded") / name)


class Writer:
    """What adds lines to the files of a sweep, each on the disk before the next begins.

    Raises SweepError where one can't be written, as on a full disk: what there is of it is cut at the next run.
    """

    def __init__(self, results: Any, failures: Any):
        self._results, self._failures = results, failures

    def done(self, task: Config, rows: Sequence[Row]) -> None:
        """Keep what came of a task."""
        self._add(self._results, task, "rows", [{name: _plain(x) for name, x in row.items()} for row in rows])

    def failed(self, task: Config, error: BaseException) -> None:
        """Keep the error of a task."""
        self._add(self._failures, task, "error", f"{type(error).__name__}: {error}")

    def _add(self, file: Any, task: Config, name: str, value: Any) -> None:
        content = {"key": key_of(task), "config": json.loads(task.to_json()), name: value}
        line = json.dumps(content, allow_nan=False).encode() + b"\n"
        try:
            if file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        except OSError as error:
            raise SweepError(
                f"{file.name} can't be written ({error.strerror}); make room, run this again, and it goes on"
            ) from None


def _plain(value: float) -> float | str | None:
    if math.isfinite(value):
        return value
    return None if math.isnan(value) else str(value)


def _cut_torn_line(file: Path) -> None:
    """Leave the whole lines of a file: the last may be torn where the process was killed."""
    if file.exists():
        content = file.read_bytes()
        os.truncate(file, content.rfind(b"\n") + 1)


def _locked(file: BinaryIO) -> bool:
    """Whether the lock is ours now, until the file is closed or the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
