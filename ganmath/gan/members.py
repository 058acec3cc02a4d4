"""What every diagnosis is: numbers of one member of a snapshot, as the row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ganmath.gan.run import Snapshot


@dataclass(frozen=True)
class Member:
    """One member of a snapshot; the attributes named in ``columns`` are the numbers of its `row`.

    Raises IndexError where there is no such member, ValueError where it ``compares_d`` and the discriminator judges
    packs of points.

    >>> from ganmath.gan import Config, train
    >>> snapshot = next(train(Config(generator_widths=(4,), discriminator_widths=(4,), seeds=(7, 8))))
    >>> Member(snapshot, 1).row()
    {'step': 0, 'seed': 8, 'd_loss': nan, 'g_loss': nan}
    """

    snapshot: Snapshot
    member: int = 0

    columns: ClassVar[tuple[str, ...]] = ("d_loss", "g_loss")
    compares_d: ClassVar[bool] = False  # whether D is set beside D*, which only one that judges single points can be

    def __post_init__(self) -> None:
        members, pack = len(self.snapshot.config.seeds), self.snapshot.config.pack
        if not -members <= self.member < members:
            raise IndexError(f"member {self.member}, but there are {members}: 0 .. {members - 1}")
        if self.compares_d and pack > 1:
            raise ValueError(
                f"pack={pack}: a discriminator that judges {pack} points at once has no D(x) to compare with D*; "
                "SampleDiagnosis judges the generator by its samples, exact_density gives its density"
            )

    @property
    def d_loss(self) -> float:
        """The discriminator's loss on its last batch."""
        return float(self.snapshot.d_loss[self.member])

    @property
    def g_loss(self) -> float:
        """The generator's loss on its last batch."""
        return float(self.snapshot.g_loss[self.member])

    def row(self) -> dict[str, float]:
        """All numbers by name, with step and seed: a row for a table, as pandas takes them.

        Rows of two diagnoses of the same member are one row: ``a.row() | b.row()``.
        """
        seed = self.snapshot.config.seeds[self.member]
        return {"step": self.snapshot.step, "seed": seed} | {name: getattr(self, name) for name in self.columns}
