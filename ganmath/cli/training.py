"""`ganmath train`, `ganmath resume` and `ganmath plot`: a GAN in a folder, beside the truth."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from ganmath.cli.arguments import UsageError, said, whole

if TYPE_CHECKING:
    from ganmath.gan import Config
    from ganmath.gan.folder import RunFolder

FEW = 10  # members that are told one by one


def add_to(commands: Any) -> None:
    """The parsers of these commands."""
    train = commands.add_parser(
        "train",
        help="train a GAN on a data set, beside the truth, into a folder",
        description="Starts from the recipe that learns the data set; each option replaces an entry of it. The folder "
        "gets config.json, metrics.csv (a row a snapshot and member, for pandas), checkpoint.safetensors, snapshots/ "
        "and pictures. Ctrl-C finishes the step, saves and exits with 130: `ganmath resume` goes on bit for bit.",
    )
    train.add_argument("data", metavar="DATASET", help="such as mixture, ring or grid; an unknown name lists them")
    for name in ("loss", "penalty", "update"):
        other = ", or none" if name == "penalty" else ""
        train.add_argument(f"--{name}", metavar="NAME", help=f"an unknown name lists them{other}")
    train.add_argument("--steps", type=whole, metavar="N", help="of the generator")
    train.add_argument("--seed", type=int, default=0, metavar="S", help="of the first member (default: 0)")
    train.add_argument("--members", type=whole, default=1, metavar="M", help="with seeds S, S + 1, ... (default: 1)")
    train.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="any other entry of ganmath.gan.Config"
    )
    train.add_argument("--out", type=Path, metavar="RUN", help="the folder to make (default: runs/DATASET-S)")
    train.set_defaults(run=_train)

    resume = commands.add_parser(
        "resume",
        help="go on with a run, to the end that its config.json says",
        description="Goes on from the run's checkpoint, bit for bit. What was edited in config.json, such as more "
        "steps, holds from there on and is told.",
    )
    resume.set_defaults(run=_resume)
    for command in (train, resume):
        command.add_argument(
            "--save-every", type=whole, metavar="N", help="steps between checkpoints (default: as between snapshots)"
        )
    plot = commands.add_parser(
        "plot",
        help="draw a run: its stages, its losses beside the truth, and a film",
        description="Writes losses.svg and, where the truth can be drawn, stages.svg and film.svg (which plays in a "
        "browser) into the run's folder, of the snapshots so far: also of a run that is under way. Stages and film "
        "show the first member.",
    )
    plot.set_defaults(run=_plot)
    for command in (resume, plot):
        command.add_argument("path", type=Path, metavar="RUN", help="its folder")


# ------------------------------------------------------------------------------------------------ the commands


def _train(options: argparse.Namespace) -> int:
    from ganmath.gan import CheckpointError
    from ganmath.gan.folder import RunFolder, RunFolderError

    try:
        config = _config(options)
        path = options.out or Path("runs", f"{config.data}-{options.seed}")
        folder = RunFolder.create(path, config)
    except (ValueError, RunFolderError) as error:
        raise UsageError(str(error)) from None
    except CheckpointError as error:
        return said(str(error), 1)
    return _go_on(folder, options.save_every)


def _config(options: argparse.Namespace) -> Config:
    """The recipe of the data set, with what the options replace. Raises ValueError."""
    from ganmath.gan import Config, recipe
    from ganmath.gan.choices import choose

    entries = asdict(recipe(options.data))
    for name in ("loss", "penalty", "update", "steps"):
        value = getattr(options, name)
        if value is not None:
            entries[name] = None if name == "penalty" and value == "none" else value
    entries["seeds"] = list(range(options.seed, options.seed + options.members))
    for change in options.set:
        name, equals, text = change.partition("=")
        choose(entries, name, "--set NAME")
        if not equals:
            raise ValueError(f"--set {change}: give a value, as in --set {name}={json.dumps(entries[name])}")
        try:
            entries[name] = json.loads(text)
        except json.JSONDecodeError:
            entries[name] = text
    return Config.from_json(json.dumps(entries))


def _resume(options: argparse.Namespace) -> int:
    from ganmath.gan.folder import RunFolder, RunFolderError

    try:
        folder = RunFolder.open(options.path)
    except RunFolderError as error:
        raise UsageError(str(error)) from None
    if not folder.checkpoint_file.exists():
        said(f"there is no {folder.checkpoint_file}: the run starts again", 0)
    return _go_on(folder, options.save_every)


def _plot(options: argparse.Namespace) -> int:
    from ganmath.gan import CheckpointError
    from ganmath.gan.folder import RunFolder, RunFolderError

    try:
        folder = RunFolder.open(options.path)
    except RunFolderError as error:
        raise UsageError(str(error)) from None
    try:
        _draw(folder)
    except (CheckpointError, RunFolderError) as error:
        return said(str(error), 1)
    return 0


# ----------------------------------------------------------------------------------------------- what they share


class Interrupt:
    """Within it the first Ctrl-C is noted in ``seen``; the second one stops at once, as ever."""

    def __enter__(self) -> Interrupt:
        self.seen, self.before = False, signal.getsignal(signal.SIGINT)
        signal.signal(signal.SIGINT, self._note)
        return self

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.seen = True
        os.write(2, b"\nganmath: finishing the step, to save it; Ctrl-C again stops at once\n")  # print isn't reentrant
        signal.signal(signal.SIGINT, self.before)

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self.before)


def _go_on(folder: RunFolder, save_every: int | None) -> int:
    """Train to the end, with a bar; say what came of it, and draw it."""
    from tqdm import tqdm

    from ganmath.gan import CheckpointError, TrainingDiverged, keep_freed_memory
    from ganmath.gan.folder import RunFolderError
    from ganmath.gan.threads import one_thread

    keep_freed_memory()
    try:
        config = folder.config
        changes = folder.changes()
        with one_thread(), tqdm(total=config.steps, unit="step", disable=None) as bar, Interrupt() as interrupt:
            for run in folder.train(save_every):
                if changes:
                    told = f"{folder.config_file} was edited and holds from step {run.step} on: {'; '.join(changes)}"
                    bar.write(f"ganmath: {told}", file=sys.stderr)
                    changes = []
                bar.update(run.step - bar.n)
                if run.step % config.every == 0:
                    bar.set_postfix(d_loss=float(run.d_loss.mean()), g_loss=float(run.g_loss.mean()))
                if interrupt.seen and run.step < config.steps:
                    folder.save(run)
                    return said(f"stopped after step {run.step} of {config.steps}, {_how_to_go_on(folder)}", 130)
        _tell(folder)
        _draw(folder)
    except TrainingDiverged as error:
        return said(f"{error}. The state saved last is in {folder.checkpoint_file}", 1)
    except (CheckpointError, RunFolderError) as error:
        return said(str(error), 1)
    except OSError as error:
        return said(f"{error.filename or folder.path} can't be written ({error.strerror}); {_how_to_go_on(folder)}", 1)
    except KeyboardInterrupt:
        return said(f"stopped at once; what was saved last is whole: {_how_to_go_on(folder)}", 130)
    return 0


def _draw(folder: RunFolder) -> None:
    from ganmath.cli.drawing import draw
    from ganmath.gan.threads import one_thread

    with one_thread():
        print(f"in {folder.path}: {', '.join(draw(folder))}")


def _how_to_go_on(folder: RunFolder) -> str:
    return f"`ganmath resume {folder.path}` goes on"


def _tell(folder: RunFolder) -> None:
    """What the last rows of the table say of each member, or of many the mean and the worst."""
    rows = folder.rows()
    last = [row for row in rows if row["step"] == rows[-1]["step"]]
    if "js" in last[0]:
        column, text, worst = "js", "exact JS {js:.4f}, exact W1 {w1:.4f}", max
    elif last[0]["modes_covered"] == last[0]["modes_covered"]:
        text = "{modes_covered:.0f} modes, {high_quality:.1%} good samples (a perfect generator: "
        column, text, worst = "high_quality", text + "{perfect_high_quality:.1%})", min
    else:
        column, text, worst = "two_sample_accuracy", "told from the data {two_sample_accuracy:.1%} (at best 50 %)", max
    if len(last) <= FEW:
        for row in last:
            print(f"seed {row['seed']:.0f}: {text.format(**row)}")
        return
    mean = {name: sum(row[name] for row in last) / len(last) for name in last[0]}
    extreme = worst(last, key=lambda row: row[column])
    print(f"{len(last)} members: in the mean {text.format(**mean)}")
    print(f"worst, seed {extreme['seed']:.0f}: {text.format(**extreme)}")
