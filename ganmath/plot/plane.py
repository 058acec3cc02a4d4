"""Pictures of a run in the plane: generated points among the modes, and what D makes of the places between them.

They take `ganmath.gan.SampleDiagnosis`, or the rows of one; torch is not needed to draw what is already computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.plot.style import PALETTE, names_above, names_beside, panels, styled, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ganmath.gan import SampleDiagnosis

SHOWN = 500  # points of each kind: more would cover one another
GRID = 80  # places in each direction at which D is asked
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of D: its contour lines
WIDTHS = (0.6, 0.6, 1.6, 0.6, 0.6)


def draw_plane(axes: Axes, drawn: SampleDiagnosis, half: float) -> None:
    """Data pale, generated points, contour lines of D (that of 1/2 thick), and circles of 3 sigma around modes.

    Where only differences of scores count, that of 1/2 runs where the score is its mean over all points shown.
    """
    from matplotlib.patches import Circle

    from ganmath.gan import LOSSES, score_field
    from ganmath.gan.data import has_modes

    real, fake = drawn.real[:SHOWN], drawn.fake[:SHOWN]
    if has_modes(drawn.data):
        for center, std in zip(drawn.modes.modes.centers, drawn.modes.modes.stds, strict=True):
            axes.add_patch(Circle(center, 3 * std, fill=False, edgecolor=PALETTE["p"], linewidth=1))
    axes.plot(*real.T, ".", color=PALETTE["p"], alpha=0.25, markersize=2.5, label="data")
    if drawn.snapshot.config.pack == 1:
        side = np.linspace(-half, half, GRID)
        score = score_field(drawn.snapshot, np.stack(np.meshgrid(side, side), -1))[0][drawn.member]
        if LOSSES[drawn.snapshot.config.loss].is_relative:
            score = score - score_field(drawn.snapshot, np.concatenate([real, fake]))[0][drawn.member].mean()
        colors, logits = PALETTE["d"], np.log(LEVELS) - np.log1p(-np.array(LEVELS))
        if logits[0] < score.max() and score.min() < logits[-1]:
            axes.contour(side, side, score, logits, colors=colors, linewidths=WIDTHS, linestyles="solid")
    axes.plot(*fake.T, ".", color=PALETTE["g"], markersize=3, label="generated")
    axes.set(xlim=(-half, half), ylim=(-half, half), aspect="equal", title=heading(drawn))
    axes.grid(False)


def heading(drawn: SampleDiagnosis) -> str:
    """The step, and what the samples score there."""
    step = f"step {drawn.snapshot.step}"
    if not np.isfinite(drawn.modes_covered):
        return f"{step}: told apart {drawn.two_sample_accuracy:.0%}"
    return f"{step}: {drawn.modes_covered} of {len(drawn.modes.all)} modes, {drawn.high_quality:.1%} good"


def half_of(drawn: SampleDiagnosis) -> float:
    """Half the side of a square around 0 in which the data lie, with a margin."""
    return 1.25 * float(np.abs(drawn.real).max())


@styled
def clouds(snapshots: Sequence[SampleDiagnosis]) -> Any:
    r"""Some snapshots of a run in the plane, one below the other: first, halfway, last.

    ``snapshots`` are diagnoses of one member. Blue are the data, with a circle of 3 standard deviations around each
    mode where they have some; orange the generated points; green the contour lines of D = .1, .3, .5, .7, .9, where D
    reads single points. Returns an Axes for each.

    Raises ValueError where there is nothing to show, or the data aren't in the plane.

    >>> from ganmath.gan import Config, SampleDiagnosis, train
    >>> config = Config(data="ring", noise_dim=2, steps=2, every=2, batch=8)
    >>> above, below = clouds([SampleDiagnosis(snapshot, size=1000) for snapshot in train(config)])
    >>> above.get_title().split(",")[0]
    'step 0: 0 of 8 modes'
    """
    check_planar(snapshots)
    column = panels(0.4 + 3.9 * len(snapshots), (1.0,) * len(snapshots))
    for axes, drawn in zip(column, snapshots, strict=True):
        draw_plane(axes, drawn, half_of(drawn))
    names_above(column[0])
    return column


def check_planar(snapshots: Sequence[SampleDiagnosis]) -> None:
    """Raise ValueError unless there is something to show in the plane."""
    if not snapshots:
        raise ValueError("snapshots is empty; give a SampleDiagnosis for each picture, such as of the first and last")
    if any(drawn.data.dim != 2 for drawn in snapshots):
        raise ValueError("clouds are of points in the plane; on the line see plot.stages and Diagnosis")


@styled
def two_runs(left: Sequence[SampleDiagnosis], right: Sequence[SampleDiagnosis], names: tuple[str, str]) -> Any:
    """Two runs side by side at the same steps, and below the modes that each covers, over the steps.

    ``left`` and ``right`` are diagnoses at the steps to show, the first and the last of them among others; the meter
    below has all of them, the pictures the last three. Returns the Axes: three rows of two, and the meter.

    Raises ValueError unless both have as many, three at least, and data with modes.

    >>> from ganmath.gan import Config, SampleDiagnosis, train
    >>> config = Config(data="ring", noise_dim=2, steps=2, every=1, batch=8, seeds=(0, 1))
    >>> snapshots = list(train(config))
    >>> runs = ([SampleDiagnosis(snapshot, m, size=1000) for snapshot in snapshots] for m in (0, 1))
    >>> pictures, meter = two_runs(*runs, names=("seed 0", "seed 1"))
    >>> pictures.shape, meter.get_ylabel()
    ((3, 2), 'modes covered')
    """
    from matplotlib import pyplot, rcParams

    check_planar(left)
    if not len(left) == len(right) >= 3:
        raise ValueError(f"{len(left)} and {len(right)} diagnoses: give as many of each run, three at least")
    width = rcParams["figure.figsize"][0]
    figure = pyplot.figure(figsize=(width, 8.6))
    parts: Any = figure.subfigures(2, 1, height_ratios=(3, 1))
    above, below = parts
    pictures = above.subplots(3, 2, sharex=True, sharey=True)
    half = half_of(left[-1])
    for column, run, name in zip(pictures.T, (left, right), names, strict=True):
        for axes, drawn in zip(column, run[-3:], strict=True):
            draw_plane(axes, drawn, half)
            axes.set_title(f"{drawn.modes_covered} of {len(drawn.modes.all)}", fontsize=11)
            axes.tick_params(labelsize=9)
        column[0].set_title(f"{name}\n{run[-3].modes_covered} of {len(run[-3].modes.all)}", fontsize=11)
    for axes, drawn in zip(pictures[:, 0], left[-3:], strict=True):
        axes.set_ylabel(f"step {drawn.snapshot.step}")
    meter = below.subplots()
    for run, name, key, marker in ((left, names[0], "g", "o-"), (right, names[1], "m", "s--")):
        steps, covered = zip(*((drawn.snapshot.step, drawn.modes_covered) for drawn in run), strict=True)
        meter.plot(steps, covered, marker, color=PALETTE[key], markersize=4, label=name)
    total = len(left[-1].modes.all)
    meter.set(xlabel="step", ylabel="modes covered", ylim=(-0.5, total + 0.5))
    meter.axhline(total, color=PALETTE["muted"], linewidth=1, linestyle=":")
    meter.legend(loc="center right", bbox_to_anchor=(1, 0.62), labelcolor="linecolor")
    return pictures, meter


@styled
def recorded_runs(kept: Mapping[str, Any]) -> Any:
    """The end of two recorded runs on the ring, and below the modes that each covers, over the steps.

    ``kept`` is a record by `ganmath.experiments.ring_film`. Returns three Axes; green are the contour lines of D.

    >>> from ganmath.experiments.ring_film import film
    >>> left, right, meter = recorded_runs(film(steps=2, frames=2, points=50))
    >>> left.get_title(), right.get_title()
    ('minimax: 0 of 8 modes', 'RpGAN + R1 + R2: 0 of 8 modes')
    """
    from matplotlib.patches import Circle

    from ganmath.experiments.ring_film import field_of, points_of
    from ganmath.gan import DATA, count_modes, modes_of

    modes, half = modes_of(DATA["ring"]), kept["half"]
    last = len(kept["runs"][0]["points"]) - 1
    steps = kept["every"] * np.arange(last + 1)
    left, right, meter = panels(9.4, (2, 2, 1.1))
    for run, (axes, key, marker) in enumerate(((left, "g", "o-"), (right, "m", "s--"))):
        name = kept["runs"][run]["name"]
        covered = [count_modes(modes, points_of(kept, run, frame)).covered for frame in range(last + 1)]
        for center, std in zip(modes.centers, modes.stds, strict=True):
            axes.add_patch(Circle(center, 3 * std, fill=False, edgecolor=PALETTE["p"], linewidth=1))
        side = np.linspace(-half, half, kept["grid"])
        axes.contour(side, side, field_of(kept, run, last), LEVELS, colors=PALETTE["d"], linewidths=WIDTHS)
        axes.plot(*points_of(kept, run, last).T, ".", color=PALETTE["g"], markersize=3, label="generated")
        axes.plot([], [], color=PALETTE["d"], linewidth=1, label="$D$")
        axes.set(xlim=(-half, half), ylim=(-half, half), aspect="equal")
        axes.set_title(f"{name}: {covered[-1]} of {len(modes.centers)} modes")
        axes.grid(False)
        meter.plot(steps, covered, marker, color=PALETTE[key], markersize=4, label=name)
    meter.set(xlabel="step", title="modes covered", ylim=(-0.5, len(modes.centers) + 0.5))
    meter.legend(loc="lower right", labelcolor="linecolor")
    names_above(left)
    return np.array([left, right, meter])


@styled
def loss_and_quality(rows: Iterable[Mapping[str, float]]) -> Any:
    """What a run in the plane scores over its steps, and what training sees of it.

    ``rows`` are the columns of a run (`SampleDiagnosis.row`), of one seed or several: a thin line each. Returns two
    Axes: above the share of high-quality samples, with that of a perfect generator dotted, or, where the data have no
    modes, how often a classifier tells real from generated; below both losses.

    >>> from ganmath.gan import Config, SampleDiagnosis, train
    >>> config = Config(data="ring", noise_dim=2, steps=2, every=1, batch=8)
    >>> above, below = loss_and_quality(SampleDiagnosis(snapshot, size=1000).row() for snapshot in train(config))
    >>> above.get_title("left")
    'the share of good samples'
    """
    table = list(rows)
    if not table:
        raise ValueError("rows is empty; give those of a run: [SampleDiagnosis(snapshot).row() for snapshot in ...]")
    perfect = table[0]["perfect_high_quality"]
    modes = np.isfinite(perfect)
    above, below = panels(5.4, (1, 1))
    below.sharex(above)  # the losses begin later: step 0 has none
    seeds = sorted({row["seed"] for row in table})
    curves = (
        (above, "high_quality" if modes else "two_sample_accuracy", "g", ""),
        (below, "d_loss", "ink", "$D$'s loss"),
        (below, "g_loss", "g", "$G$'s loss"),
    )
    for axes, column, key, name in curves:
        for seed in seeds:
            step, value = np.array([(row["step"], row[column]) for row in table if row["seed"] == seed], dtype=float).T
            label = name if name and seed == seeds[0] else "_"
            axes.plot(step, value, color=PALETTE[key], linewidth=2.0 if len(seeds) == 1 else 1.0, label=label)
    ideal, said = (perfect, "a perfect generator") if modes else (0.5, "not told apart")
    above.axhline(ideal, color=PALETTE["muted"], linewidth=1, linestyle=":")
    write(above, table[0]["step"], ideal, said, "muted", "left", "bottom")
    above.set_title("the share of good samples" if modes else "real and generated told apart", loc="left")
    above.set_ylim((0, 1.18) if modes else (0.45, 1.04))
    above.locator_params(axis="x", nbins=5)
    below.set(xlabel="step")
    names_beside(below, "training sees")
    return np.array([above, below])
