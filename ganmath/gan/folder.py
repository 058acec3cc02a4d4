"""A run in a folder of its own: its configuration, its numbers step by step, its snapshots, and where it stands.

What is in it is whole whenever the process ends: files are replaced at once or not at all, and of the table, which
grows, only whole lines count. A run that was broken off leaves, once resumed, the files of one that never was.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from ganmath.gan import checkpoint
from ganmath.gan.config import Config
from ganmath.gan.data import DATA
from ganmath.gan.diagnostics import Diagnosis
from ganmath.gan.exact import exact_density
from ganmath.gan.run import Run, Snapshot, layout
from ganmath.gan.samples import SampleDiagnosis
from ganmath.gan.train import play

SAMPLES = 2000  # of each kind, that a row of the table is computed from


class RunFolderError(Exception):
    """A folder that can't be used as asked: which one, why, and what to do."""


class RunFolder:
    """The folder of one run; nothing is read or written before it is asked for.

    - ``config.json``: the configuration. What it says holds when the run is resumed: more steps, say.
    - ``metrics.csv``: a row for each member and snapshot, by step and seed: all that `SampleDiagnosis` says from 2000
      samples, and on the line `Diagnosis`, exactly.
    - ``checkpoint.safetensors``: where the run stands.
    - ``snapshots/``: the first member at each snapshot, as checkpoints of runs of one member.

    >>> import tempfile
    >>> config = Config(steps=4, every=2, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> with tempfile.TemporaryDirectory() as path:
    ...     folder = RunFolder.create(Path(path) / "run", config)
    ...     steps = [run.step for run in folder.train()]
    ...     [row["step"] for row in folder.rows()], len(list(folder.snapshots()))
    ([0.0, 2.0, 4.0], 3)
    """

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)
        self.config_file = self.path / "config.json"
        self.metrics_file = self.path / "metrics.csv"
        self.checkpoint_file = self.path / "checkpoint.safetensors"
        self.snapshots_folder = self.path / "snapshots"

    @classmethod
    def create(cls, path: str | os.PathLike[str], config: Config) -> RunFolder:
        """A new run's folder, with its configuration in it.

        Raises ValueError where the networks don't fit the data, RunFolderError where there is something already, or
        nothing can be made; CheckpointError where the disk is full.
        """
        layout(config)
        folder = cls(path)
        if folder.config_file.exists() or folder.checkpoint_file.exists():
            raise RunFolderError(
                f"{folder.path} holds a run, which is left as it is: `ganmath resume {folder.path}` goes on with it; "
                "name another folder for a new one, as in --out OTHER"
            )
        if folder.path.exists() and (not folder.path.is_dir() or any(folder.path.iterdir())):
            raise RunFolderError(
                f"{folder.path} is there already and isn't an empty folder: name another, as in --out OTHER"
            )
        try:
            folder.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunFolderError(f"{folder.path} can't be made ({error.strerror}): name another folder") from None
        checkpoint.write(folder.config_file, (json.dumps(asdict(config), indent=1) + "\n").encode())
        return folder

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> RunFolder:
        """The folder of a run. Raises RunFolderError where there is none."""
        folder = cls(path)
        if not folder.config_file.is_file():
            raise RunFolderError(
                f"{folder.path} holds no run: there is no {folder.config_file.name} in it; name the folder of one, "
                "such as runs/mixture-0"
            )
        return folder

    @property
    def config(self) -> Config:
        """What ``config.json`` says. Raises RunFolderError where it says nothing that can be trained."""
        try:
            return Config.from_json(self.config_file.read_text("utf8"))
        except (OSError, ValueError) as error:
            raise RunFolderError(f"{self.config_file}: {error}") from None

    def changes(self) -> list[str]:
        """What ``config.json`` says otherwise than the run so far: it holds from here on. Raises CheckpointError."""
        if not self.checkpoint_file.exists():
            return []
        now, before = asdict(self.config), asdict(checkpoint.load(self.checkpoint_file).config)
        found = [name for name in now if now[name] != before[name]]
        return [f"{name}={now[name]!r}, not {before[name]!r}" for name in found]

    def rows(self) -> list[dict[str, float]]:
        """The table so far. Raises RunFolderError where it isn't one of numbers."""
        return [{name: float(cell) for name, cell in row.items()} for row in self._whole_rows()]

    def snapshots(self) -> Iterator[Snapshot]:
        """The first member at each snapshot so far, in the order of the steps. Raises CheckpointError."""
        for file in sorted(self.snapshots_folder.glob("*.safetensors")):
            state = checkpoint.load(file)
            run = Run(state.config)
            run.restore(state)
            yield run.snapshot()

    def train(self, save_every: int | None = None) -> Iterator[Run]:
        """Train from the start, or from where the run stands; the `Run` after every step, when all is written.

        The state is saved every ``save_every`` steps (by default with each snapshot) and at the end; to stop in
        between, `save` the run that was handed out last.

        Raises CheckpointError, RunFolderError where config.json no longer fits, and what `play` raises.
        """
        config = self.config
        state = checkpoint.load(self.checkpoint_file) if self.checkpoint_file.exists() else None
        self._whole_rows()  # a damaged table is told before anything is done
        try:
            runs = play(config, resume=state)
            run = next(runs)
        except ValueError as error:
            raise RunFolderError(f"{self.config_file} was changed so that the run can't go on: {error}") from None
        self._drop_from(run.step)
        while True:
            last = run.step == config.steps
            due = last or run.step % config.every == 0
            if due:
                self._record(run)
            if last or (due if save_every is None else run.step % save_every == 0) or run.step == 0:
                self.save(run)
            yield run
            if last:
                return
            run = next(runs)

    def save(self, run: Run) -> None:
        """Save where the run stands."""
        checkpoint.save(self.checkpoint_file, run.state())

    def _record(self, run: Run) -> None:
        """The snapshot of the first member, and a row for each."""
        self.snapshots_folder.mkdir(exist_ok=True)
        checkpoint.save(self._snapshot_file(run.step), run.state().member(0))
        snapshot = run.snapshot()
        rows = [measured(snapshot, member) for member in range(len(run.config.seeds))]
        new = not self.metrics_file.exists()
        with self.metrics_file.open("a", newline="", encoding="utf8") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            if new:
                writer.writeheader()
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())

    def _snapshot_file(self, step: int) -> Path:
        return self.snapshots_folder / f"{step:08}.safetensors"

    def _whole_rows(self) -> list[dict[str, str]]:
        """Of the table; the last line may be torn where the process was killed."""
        if not self.metrics_file.exists():
            return []
        try:
            whole, _, _ = self.metrics_file.read_text("utf8").rpartition("\n")
            rows = list(csv.DictReader(io.StringIO(whole)))
            for row in rows:
                int(row["step"])
                for cell in row.values():
                    float(cell)
        except (KeyError, TypeError, ValueError, csv.Error):  # of a line that is short or long a cell is None or a list
            raise RunFolderError(
                f"{self.metrics_file} is damaged or was changed, and is no table of numbers any more: put back what "
                "was there, or delete it to go on without the rows so far"
            ) from None
        return rows

    def _drop_from(self, step: int) -> None:
        """Leave the rows and snapshots before a step: those from there on are written again."""
        for file in self.snapshots_folder.glob("*.safetensors"):
            if file >= self._snapshot_file(step):
                file.unlink()
        rows = self._whole_rows()
        kept = [row for row in rows if int(row["step"]) < step]
        if not kept:
            self.metrics_file.unlink(missing_ok=True)
            return
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
        checkpoint.write(self.metrics_file, text.getvalue().encode())


def is_exact(config: Config, snapshot: Snapshot) -> bool:
    """Whether `Diagnosis` knows such a run: data on the line, and a generator whose density is known exactly."""
    known = exact_density.dispatch(type(snapshot.generator)) is not exact_density.dispatch(object)
    return known and DATA[config.data].dim == config.noise_dim == config.pack == 1


def measured(snapshot: Snapshot, member: int) -> Mapping[str, float]:
    """All that is known of a member, as a row; NaN for what an atom of the generator leaves undefined."""
    row: dict[str, float] = SampleDiagnosis(snapshot, member, size=SAMPLES - SAMPLES % snapshot.config.pack).row()
    if not is_exact(snapshot.config, snapshot):
        return row
    truth = Diagnosis(snapshot, member)
    exact = dict.fromkeys(Diagnosis.columns, math.nan) if truth.atoms else truth.row()
    return {**row, **exact, "d_loss": row["d_loss"], "g_loss": row["g_loss"]}
