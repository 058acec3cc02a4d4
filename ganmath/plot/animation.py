"""A run as a moving picture: by matplotlib for files of any kind, and as one SVG for a page.

An SVG needs no script and no player, takes the page's colours, and stays sharp on any screen.
"""

from __future__ import annotations

import functools
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
from matplotlib.animation import AbstractMovieWriter, FuncAnimation, writers

from ganmath.plot.plane import check_planar, draw_plane, half_of
from ganmath.plot.style import names_above, panels, styled
from ganmath.plot.training import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ganmath.gan import Diagnosis, SampleDiagnosis

SVG = "{http://www.w3.org/2000/svg}"
REST = 2.0  # seconds that the last frame stays


@styled
def animation(truths: Sequence[Diagnosis], x: Any, seconds: float = 0.25) -> FuncAnimation:
    """The pictures of `against_truth` one after the other, each shown for ``seconds``.

    ``truths`` are diagnoses of one member, ``x`` the points of the axis. Save it with any writer of matplotlib's, as in
    ``animation(truths, x).save("run.gif", writer="pillow")``, or for a page by `animated_svg`.

    Raises ValueError where there is nothing to show.

    >>> from ganmath.gan import Config, Diagnosis, train
    >>> truths = [Diagnosis(snapshot) for snapshot in train(Config(steps=2, every=1, batch=8))]
    >>> animated_svg(animation(truths, np.linspace(-5, 5, 50))).count("prefers-reduced-motion")
    1
    """
    if not truths:
        raise ValueError("truths is empty; give a Diagnosis for each picture")
    x = np.asarray(x, dtype=float)
    return _film(3.2, [functools.partial(draw, truth=truth, x=x) for truth in truths], seconds)


@styled
def cloud_animation(snapshots: Sequence[SampleDiagnosis], seconds: float = 0.25) -> FuncAnimation:
    """The pictures of `clouds` one after the other, for runs in the plane; see `animation`.

    Raises ValueError where there is nothing to show, or the data aren't in the plane.

    >>> from ganmath.gan import Config, SampleDiagnosis, train
    >>> config = Config(data="ring", noise_dim=2, steps=2, every=2, batch=8)
    >>> film = cloud_animation([SampleDiagnosis(snapshot, size=1000) for snapshot in train(config)])
    >>> animated_svg(film).count("prefers-reduced-motion")
    1
    """
    check_planar(snapshots)
    half = half_of(snapshots[-1])
    return _film(4.4, [functools.partial(draw_plane, drawn=drawn, half=half) for drawn in snapshots], seconds)


def _film(height: float, pictures: Sequence[Callable[[Axes], None]], seconds: float) -> FuncAnimation:
    """Pictures drawn into the same Axes one after the other, with the names of the first one's lines above."""
    (axes,) = panels(height, (1,))
    pictures[0](axes)
    names_above(axes)

    @styled
    def show(frame: int) -> list[Any]:
        axes.clear()
        pictures[frame](axes)
        return []

    return FuncAnimation(axes.figure, show, frames=len(pictures), interval=1000 * seconds)


@styled
def animated_svg(moving: FuncAnimation) -> str:
    """The animation as the text of one SVG, which plays for ever and rests two seconds on its last frame.

    What is the same in all frames is drawn once. A reader who asked for reduced motion sees the last frame only.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "moving.svg")
        moving.save(file, writer="svg")
        return file.read_text("utf8")


@writers.register("svg")
class _SVGWriter(AbstractMovieWriter):
    """Collects the frames as SVG and writes one file, in which style sheets show one after the other."""

    @classmethod
    def isAvailable(cls) -> bool:  # asked by matplotlib's registry
        return True

    def setup(self, fig: Any, outfile: Any, dpi: float | None = None) -> None:
        super().setup(fig, outfile, dpi)
        self.frames: list[ElementTree.Element] = []

    def grab_frame(self, **savefig_kwargs: Any) -> None:
        file = io.BytesIO()  # without the colours that are meant for pictures that can't be transparent
        self.fig.savefig(file, format="svg", metadata={"Date": None})
        self.frames.append(ElementTree.fromstring(file.getvalue()))

    def finish(self) -> None:
        ElementTree.register_namespace("", SVG[1:-1])
        ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
        text = ElementTree.tostring(_moving(self.frames, 1 / self.fps), encoding="unicode")
        Path(self.outfile).write_text(text, "utf8")


def _moving(frames: Sequence[ElementTree.Element], seconds: float) -> ElementTree.Element:
    """One picture of all frames, with the style sheet that moves it."""
    shared = {part.get("id"): part for frame in frames for defs in frame.iter(f"{SVG}defs") for part in defs}
    for frame in frames:
        for parent in list(frame.iter()):
            for defs in parent.findall(f"{SVG}defs"):
                parent.remove(defs)
    (picture,) = _merged(frames, seconds)
    defs = ElementTree.Element(f"{SVG}defs")
    defs.extend(shared.values())
    style = ElementTree.SubElement(defs, f"{SVG}style")
    cycle = len(frames) * seconds + REST
    style.text = (
        f".frame {{ visibility: hidden; animation: {cycle:g}s step-end infinite shown }} "
        ".last { visibility: visible; animation-name: last-shown } "
        f"@keyframes shown {{ 0% {{ visibility: visible }} {100 * seconds / cycle:.4f}% {{ visibility: hidden }} }} "
        f"@keyframes last-shown {{ 0% {{ visibility: visible }} {100 * (seconds + REST) / cycle:.4f}% "
        "{ visibility: hidden } } "
        "@media (prefers-reduced-motion: reduce) { .frame { animation: none } }"
    )
    picture.insert(0, defs)
    return picture


def _merged(versions: Sequence[ElementTree.Element], seconds: float) -> list[ElementTree.Element]:
    """An element as it is in each frame: once where it is always the same, else what differs, frame by frame."""
    first = versions[0]
    if len({ElementTree.tostring(version) for version in versions}) == 1:
        return [first]
    if len({(version.tag, *sorted(version.items()), len(version)) for version in versions}) == 1 and len(first):
        whole = ElementTree.Element(first.tag, first.attrib)
        for parts in zip(*versions, strict=True):
            whole.extend(_merged(parts, seconds))
        return [whole]
    length = len(versions) * seconds + REST
    found = []
    for number, version in enumerate(versions):
        # A delay below zero: as if it had played before, so that all frames run in step from the start.
        delay = f"animation-delay: {number * seconds - length:g}s"
        name = "frame last" if number == len(versions) - 1 else "frame"
        group = ElementTree.Element(f"{SVG}g", {"class": name, "style": delay})
        group.append(version)
        found.append(group)
    return found
