"""Pictures of maps learned without pairs: two clouds with the ways between them, and digits in two hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ganmath.plot.images import draw_sheet, height_of
from ganmath.plot.style import PALETTE, panels, styled

if TYPE_CHECKING:
    from ganmath.gan.systems import CycleSnapshot

CLOUD = 400  # points of each domain that are drawn


@styled
def cycle_arrows(snapshot: CycleSnapshot, member: int = 0, arrows: int = 12) -> Any:
    """Both clouds, and from some points of the first an arrow to the image by G, and back by F.

    The first domain is blue, the second orange; an arrow there is green, one back purple and thinner. A green ring is
    where the point's partner lies, by the right map that is nearest: a green arrow should end in one, and a purple one
    where the green one began. Returns the Axes.

    Raises ValueError for data that don't lie in the plane, IndexError where there is no such member.

    >>> from ganmath.gan.systems import CycleConfig, train_cycle
    >>> config = CycleConfig(steps=1, generator_widths=(8,), discriminator_widths=(8,))
    >>> axes = cycle_arrows(list(train_cycle(config))[-1], arrows=5)
    >>> sum(text.arrow_patch is not None for text in axes.texts)
    10
    """
    from ganmath.gan.systems import PAIRS, score_map

    pair = PAIRS[snapshot.config.pair]()
    if pair.a.dim != 2 or pair.b.dim != 2:
        raise ValueError(f"pair={snapshot.config.pair!r} doesn't lie in the plane; style_sheet draws images")
    x = pair.test
    images, back = snapshot.translate(x)[member], snapshot.round_trip(x)[member]
    right = pair.partners()[score_map(images, pair).truth]
    (axes,) = panels(4.0, (1.0,))
    for key, points in ("p", x), ("g", right):
        axes.scatter(*points[:CLOUD].numpy().T, s=6, color=PALETTE[key], alpha=0.35, linewidths=0)
    some = slice(None, None, max(1, len(x) // arrows))  # from all over: the first few may miss a cloud
    axes.scatter(*right[some][:arrows].numpy().T, s=60, facecolors="none", edgecolors=PALETTE["d"])
    for starts, ends, key, width in (x, images, "d", 1.6), (images, back, "m", 0.9):
        for start, end in zip(starts[some][:arrows].tolist(), ends[some][:arrows].tolist(), strict=True):
            bent = {"arrowstyle": "->", "connectionstyle": "arc3,rad=0.15", "color": PALETTE[key], "lw": width}
            axes.annotate("", end, start, arrowprops=bent)
    axes.set_aspect("equal")
    axes.set_title(f"step {snapshot.step}, seed {snapshot.config.seeds[member]}")
    return axes


@styled
def style_sheet(snapshot: CycleSnapshot, member: int = 0, columns: int = 10) -> Any:
    """Held-out digits, what the map makes of them, their true partners, and what comes back: a row each.

    Returns the Axes. Raises ValueError for points that aren't images of 8 by 8 pixels.

    >>> from ganmath.gan.systems import CycleConfig, train_cycle
    >>> config = CycleConfig("styles", steps=1, generator_widths=(8,), discriminator_widths=(8,))
    >>> [label.get_text() for label in style_sheet(list(train_cycle(config))[-1]).get_yticklabels()]
    ['digit', 'made', 'true', 'back']
    """
    from ganmath.gan.systems import PAIRS

    pair = PAIRS[snapshot.config.pair]()
    if (pair.a.dim, pair.b.dim) != (64, 64):
        raise ValueError(f"pair={snapshot.config.pair!r} has no images of 8 by 8 pixels; cycle_arrows draws clouds")
    x = pair.test
    rows = x, snapshot.translate(x)[member], pair.partners()[0], snapshot.round_trip(x)[member]
    images = [row[:columns].reshape(-1, 8, 8).numpy() for row in rows]
    (axes,) = panels(height_of(images, 0.3), (1.0,))
    draw_sheet(axes, images, ["digit", "made", "true", "back"])
    return axes
