"""Planted errors: each must make a golden number differ. The lists are in the files `mutants_*.py` beside this one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.figures.node import FIGURES


@dataclass(frozen=True)
class Mutant:
    """The file (below book/figures) with the text `new` in place of the only `old`."""

    file: str
    old: str
    new: str

    def plant(self, folder: Path) -> Path:
        """A copy of the figures' modules with the error in it."""
        copy = folder / "figures"
        shutil.copytree(FIGURES, copy)
        path = copy / self.file
        text = path.read_text("utf8")
        assert text.count(self.old) == 1, f"{self.file} has {self.old!r} {text.count(self.old)} times, not once"
        path.write_text(text.replace(self.old, self.new), "utf8")
        return copy
