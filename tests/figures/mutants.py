"""Planted errors: each must make a golden number of its module differ. The files `mutants_*.py` here list them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.figures.node import FIGURES


@dataclass(frozen=True)
class Mutant:
    """The file (below book/figures) with the text `new` in place of the only `old`; whose cases are to find it."""

    file: str
    old: str
    new: str
    module: str = ""

    @property
    def judge(self) -> str:
        """The module by whose golden numbers the error is found: the file's own, unless another is named."""
        return self.module or Path(self.file).stem

    def plant(self, folder: Path) -> Path:
        """A copy of the figures' modules with the error in it."""
        copy = folder / "figures"
        shutil.copytree(FIGURES, copy)
        path = copy / self.file
        text = path.read_text("utf8")
        assert text.count(self.old) == 1, f"{self.file} has {self.old!r} {text.count(self.old)} times, not once"
        path.write_text(text.replace(self.old, self.new), "utf8")
        return copy
