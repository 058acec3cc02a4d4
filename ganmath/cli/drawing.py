"""The pictures of a run in its folder."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ganmath._files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.animation import FuncAnimation

    from ganmath.gan.folder import RunFolder

T = TypeVar("T")
EDGE = 0.005  # of the data's mass lies beyond each end of a picture's axis, less a margin


def draw(folder: RunFolder) -> list[str]:
    """Draw the losses beside the truth, the first, middle and last snapshot, and a film; the names of the files.

    Snapshots are drawn as far as their truth is known: a generator with an atom has no density to draw. Raises
    RunFolderError where there is nothing yet, CheckpointError where a snapshot is damaged, NotWritten where a picture
    can't be written.
    """
    import matplotlib

    matplotlib.use("Agg")  # into files, also on a machine without a screen
    from matplotlib import pyplot

    from ganmath import plot
    from ganmath.gan.folder import RunFolderError

    rows = folder.rows()
    if not rows:
        raise RunFolderError(f"{folder.path} has no snapshot yet: `ganmath resume {folder.path}` makes them")
    (plot.loss_and_distance if "js" in rows[0] else plot.loss_and_quality)(rows)
    _save(folder, "losses.svg")
    names = ["losses.svg"]
    pictures = _pictures(folder)
    if pictures is not None:
        stages, film = pictures
        stages()
        _save(folder, "stages.svg")
        write_whole(folder.path / "film.svg", plot.animated_svg(film()).encode())
        names += ["stages.svg", "film.svg, which plays in a browser"]
    pyplot.close("all")
    return names


def _save(folder: RunFolder, name: str) -> None:
    """Save the figure that was drawn last, whole or not at all."""
    from matplotlib import pyplot

    picture = io.BytesIO()
    pyplot.savefig(picture, format="svg", facecolor="white")
    write_whole(folder.path / name, picture.getvalue())


def _pictures(folder: RunFolder) -> tuple[Callable[[], object], Callable[[], FuncAnimation]] | None:
    """What draws the stages and the film of the first member; None where nothing is known to be drawn."""
    from ganmath import plot
    from ganmath.gan import DATA, Diagnosis, SampleDiagnosis
    from ganmath.gan.folder import SAMPLES, is_exact

    snapshots = list(folder.snapshots())
    if not snapshots:
        return None
    config = snapshots[0].config  # config.json may have been edited since
    if DATA[config.data].dim == 2:
        drawn = [SampleDiagnosis(snapshot, size=SAMPLES * config.pack) for snapshot in snapshots]
        return lambda: plot.clouds(_few(drawn)), lambda: plot.cloud_animation(drawn)
    if not is_exact(config, snapshots[0]):
        return None
    truths = [truth for truth in map(Diagnosis, snapshots) if not truth.atoms]
    if not truths:
        return None
    low, high = (float(truths[0].data.density.quantile(q)) for q in (EDGE, 1 - EDGE))
    x = np.linspace(low - (high - low) / 4, high + (high - low) / 4, 601)
    return lambda: plot.stages(_few(truths), x), lambda: plot.animation(truths, x)


def _few(all_of_them: list[T]) -> list[T]:
    """The first, the middle and the last."""
    places = sorted({0, len(all_of_them) // 2, len(all_of_them) - 1})
    return [all_of_them[place] for place in places]
