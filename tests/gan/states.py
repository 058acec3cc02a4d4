"""States of small runs, and what lies in a folder."""

from pathlib import Path
from typing import Any

from ganmath.gan import Config, State, play

CONFIG = Config(steps=4, batch=8, seeds=(0, 1), generator_widths=(4,), discriminator_widths=(4,))


def state_at(step: int, config: Config = CONFIG, **how: Any) -> State:
    return next(run.state() for run in play(config, **how) if run.step == step)


def names(folder: Path) -> list[str]:
    """Of what lies in a folder."""
    return sorted(entry.name for entry in folder.iterdir())
