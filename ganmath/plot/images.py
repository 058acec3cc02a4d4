"""Pictures of pictures: sheets of generated digits, beside the nearest real ones, and over the steps of a run.

They take arrays or tensors of grey levels in [-1, 1]: -1 is black.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ganmath.gan.systems import LabelledSnapshot

GAP = 1  # pixels between two images
COLUMNS = 10  # of the sheets that show a run


def as_sheet(images: Any) -> np.ndarray:
    """Images (rows, columns, height, width) as one, with gaps of NaN between.

    Raises ValueError for another shape, or none.
    """
    array = np.asarray(images, dtype=float)
    if array.ndim == 5 and array.shape[2] == 1:  # with its one channel
        array = array[:, :, 0]
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(
            f"images have the shape {np.shape(images)}; give (rows, columns, height, width), of grey levels"
        )
    framed = np.pad(array, ((0, 0), (0, 0), (0, GAP), (0, GAP)), constant_values=np.nan)
    rows, columns, height, width = framed.shape
    return framed.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)[:-GAP, :-GAP]


def draw_sheet(axes: Axes, images: Any, names: Sequence[str] = ()) -> None:
    """One sheet, with a name at the left of each row."""
    rows = len(images)
    if names and len(names) != rows:
        raise ValueError(f"{len(names)} names for {rows} rows: give one for each")
    whole = as_sheet(images)
    step = (len(whole) + GAP) / rows
    axes.imshow(whole, cmap="gray", vmin=-1, vmax=1, interpolation="nearest")
    axes.set(xticks=[], yticks=[step * row + (step - GAP - 1) / 2 for row in range(rows)] if names else [])
    if names:
        axes.set_yticklabels(names)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(False)


def height_of(images: Any, margin: float) -> float:
    """The height in inches of a figure that one sheet fills in its width."""
    from matplotlib import rcParams

    whole = as_sheet(images)
    width = float(rcParams["figure.figsize"][0])
    return margin + width * len(whole) / len(whole.T)


@styled
def image_sheet(images: Any, names: Sequence[str] = ()) -> Any:
    """Images (rows, columns, height, width), or with one channel, in rows that bear ``names``: of classes, say.

    Returns the Axes. Raises ValueError for another shape, and for not as many names as rows.

    >>> import numpy as np
    >>> axes = image_sheet(np.zeros((2, 5, 8, 8)), names=["0", "1"])
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['0', '1']
    """
    (axes,) = panels(height_of(images, 0.3), (1.0,))
    draw_sheet(axes, images, names)
    return axes


@styled
def beside_nearest(images: Any, real: Any) -> Any:
    """Generated images (N, 1, height, width), below each the nearest of the ``real`` ones, and their distance.

    Returns the Axes. Raises ValueError for images of two sizes.

    >>> import numpy as np
    >>> real = np.random.default_rng(0).uniform(-1, 1, (9, 1, 8, 8))
    >>> axes = beside_nearest(real[[2, 5]], real)
    >>> [label.get_text() for label in axes.get_xticklabels()]
    ['0.0', '0.0']
    """
    import torch

    from ganmath.gan.systems import nearest

    if np.shape(images)[1:] != np.shape(real)[1:]:
        raise ValueError(
            f"images are {np.shape(images)[1:]}, real ones {np.shape(real)[1:]}; give one size, (N, 1, h, w)"
        )
    distance, which = nearest(torch.as_tensor(images), torch.as_tensor(real))
    rows = np.stack([np.asarray(images), np.asarray(real)[which.numpy()]])
    (axes,) = panels(height_of(rows, 0.7), (1.0,))
    draw_sheet(axes, rows, ["made", "real"])
    step = (as_sheet(rows).shape[1] + GAP) / len(distance)
    axes.set_xticks([step * column + (step - GAP - 1) / 2 for column in range(len(distance))])
    axes.set_xticklabels([f"{float(apart):.1f}" for apart in distance], fontsize=10)
    axes.set_xlabel("distance", color=PALETTE["muted"])
    return axes


@styled
def image_stages(snapshots: Sequence[LabelledSnapshot], rows: int = 2) -> Any:
    """What a generator of images makes of the same noise at some steps: first, halfway, last.

    Labels go from 0 on, row after row; a generator without labels has none. Returns an Axes for each snapshot.

    Raises ValueError where there is nothing to show.

    >>> from ganmath.gan.systems import LabelledConfig, train_labelled
    >>> config = LabelledConfig(steps=2, every=1, generator_widths=(8,), discriminator_widths=(8,))
    >>> [axes.get_title() for axes in image_stages(list(train_labelled(config)))]
    ['step 0', 'step 1', 'step 2']
    """
    import torch

    if not snapshots:
        raise ValueError("snapshots is empty; give those of a run: list(train_labelled(config))")
    classes = snapshots[0].discriminator.classes
    labels = torch.arange(rows * COLUMNS) % classes
    sheets = [one.draw(labels).reshape(rows, COLUMNS, *one.generator.shape) for one in snapshots]
    column = panels(sum(height_of(sheet, 0.4) for sheet in sheets), (1.0,) * len(sheets))
    for axes, sheet, one in zip(column, sheets, snapshots, strict=True):
        draw_sheet(axes, sheet)
        axes.set_title(f"step {one.step}")
    return column
