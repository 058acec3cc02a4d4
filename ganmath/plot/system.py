"""The block diagram of a generative adversarial network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ganmath.plot.style import PALETTE, panels, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def system() -> Axes:
    """Noise through G, data beside it, both into D; and dashed, the way back that each loss takes.

    >>> axes = system()
    >>> [text.get_text() for text in axes.texts if len(text.get_text()) == 3]  # the two networks: $G$ and $D$
    ['$G$', '$D$']
    """
    (axes,) = panels(3.0, (1,))
    axes.set(xlim=(0, 10), ylim=(-0.2, 5.2))
    axes.axis("off")
    places = {
        "z": (1.1, 1.6, "noise\n$z$", "muted"),
        "G": (3.4, 1.6, "$G$", "g"),
        "fake": (5.6, 1.6, "$G(z)$", "g"),
        "x": (5.6, 4.4, "data\n$x$", "p"),
        "D": (7.6, 3.0, "$D$", "d"),
        "score": (9.3, 3.0, "real?", "ink"),
    }
    for name, (across, up, text, key) in places.items():
        frame = {"boxstyle": "round,pad=0.45", "facecolor": "none", "edgecolor": PALETTE[key], "linewidth": 1.6}
        network = name in "GD"
        axes.text(
            across, up, text, ha="center", va="center", color=PALETTE[key], size=16 if network else 11,
            bbox=frame if network else None,
        )  # fmt: skip

    def arrow(start: tuple[float, float], end: tuple[float, float], key: str, **how: object) -> None:
        way = {"arrowstyle": "->", "color": PALETTE[key], "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0, **how}
        axes.annotate("", end, start, arrowprops=way)

    for start, end in (
        ((1.8, 1.6), (2.75, 1.6)), ((4.05, 1.6), (4.75, 1.6)), ((6.2, 2.0), (7.0, 2.6)), ((6.2, 4.1), (7.0, 3.4)),
        ((8.25, 3.0), (8.7, 3.0)),
    ):  # fmt: skip
        arrow(start, end, "ink")
    back = {"linestyle": "--", "connectionstyle": "arc3,rad=-0.35"}
    arrow((9.3, 2.6), (3.4, 0.9), "g", **back)
    arrow((9.3, 3.4), (7.7, 3.75), "d", linestyle="--", connectionstyle="arc3,rad=0.6")
    axes.text(6.4, 0.1, "$G$'s loss", ha="center", color=PALETTE["g"], size=11)
    axes.text(8.6, 4.5, "$D$'s loss", ha="center", color=PALETTE["d"], size=11)
    return axes  # type: ignore[no-any-return]
