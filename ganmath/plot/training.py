"""Pictures of a run beside the truth: p, p_g, D and D*; first, halfway, last; the losses beside the distances.

They take `ganmath.gan.Diagnosis`, or the rows of one; torch is not needed to draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ganmath.plot.style import PALETTE, TIGHT, names_above, names_beside, panels, pdf, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ganmath.gan import Diagnosis

LOG_4 = np.log(4)
TALLEST = 1.05  # of densities and D alike; where a ReLU generator's density jumps higher, it is cut


@styled
def against_truth(truth: Diagnosis, x: Any) -> Axes:
    """One snapshot: the density p of the data, p_g of the generator, the trained D and the optimal D*.

    ``x`` are the points of the axis. D* stands only where it is defined, where p + p_g > 0.

    >>> from ganmath.gan import Config, Diagnosis, train
    >>> *_, last = train(Config(steps=2, batch=8))
    >>> axes = against_truth(Diagnosis(last), np.linspace(-5, 5, 50))
    >>> [line.get_label() for line in axes.lines]
    ['$p$', '$p_g$', '$D$', '$D^{*}$']
    """
    (axes,) = panels(3.2, (1,))
    draw(axes, truth, np.asarray(x, dtype=float))
    names_above(axes)
    return axes  # type: ignore[no-any-return]


@styled
def stages(truths: Sequence[Diagnosis], x: Any) -> Any:
    """Some snapshots of a run, one below the other: first, halfway, last.

    ``truths`` are diagnoses of one member, ``x`` the points of the axis. Returns an Axes for each.

    >>> from ganmath.gan import Config, Diagnosis, train
    >>> truths = [Diagnosis(snapshot) for snapshot in train(Config(steps=2, every=1, batch=8))]
    >>> [axes.get_title().split(":")[0] for axes in stages(truths, np.linspace(-5, 5, 50))]
    ['step 0', 'step 1', 'step 2']
    """
    if not truths:
        raise ValueError("truths is empty; give a Diagnosis for each picture, such as those of the first and last step")
    column = panels(0.6 + 2.2 * len(truths), (1.0,) * len(truths))
    for axes, truth in zip(column, truths, strict=True):
        draw(axes, truth, np.asarray(x, dtype=float))
        axes.label_outer()
    names_above(column[0])
    return column


@styled
def loss_and_distance(rows: Iterable[Mapping[str, float]]) -> Any:
    r"""What a run can't see above what it sees: JS and W1 to the data, and both losses, over the steps.

    ``rows`` are the columns of a run (`Diagnosis.row`), of one seed or several: a thin line each. Returns two Axes.
    The dotted lines are the losses at D = 1/2: log 4 for D, log 2 for the non-saturating generator.

    >>> from ganmath.gan import Config, Diagnosis, train
    >>> rows = [Diagnosis(snapshot).row() for snapshot in train(Config(steps=2, every=1, batch=8))]
    >>> above, below = loss_and_distance(rows)
    >>> below.get_xlabel()
    'step'
    """
    table = list(rows)
    if not table:
        raise ValueError(
            "rows is empty; give those of a run: [Diagnosis(snapshot).row() for snapshot in train(config)]"
        )
    above, below = panels(5.4, (1, 1))
    below.sharex(above)  # the losses begin later: step 0 has none
    above.set_yscale("log")
    curves = (
        (above, "w1", "g", "-", "$W_1(p, p_g)$"), (above, "js", "m", "-", r"$\mathrm{JS}(p, p_g)$"),
        (below, "d_loss", "ink", "-", "$D$'s loss"), (below, "g_loss", "g", "-", "$G$'s loss"),
    )  # fmt: skip
    seeds = sorted({row["seed"] for row in table})
    width = 2.0 if len(seeds) == 1 else 1.0
    for axes, column, key, dashes, name in curves:
        for seed in seeds:
            step, value = np.array([(row["step"], row[column]) for row in table if row["seed"] == seed], dtype=float).T
            label = name if seed == seeds[0] else "_" + name
            axes.plot(step, value, color=PALETTE[key], linestyle=dashes, linewidth=width, label=label)
    for level in (LOG_4, LOG_4 / 2):
        below.axhline(level, color=PALETTE["muted"], linewidth=1, linestyle=":")
    for axes, title in ((above, "the truth"), (below, "training sees")):
        axes.locator_params(axis="x", nbins=5)
        names_beside(axes, title)
    below.set_xlabel("step")
    return np.array([above, below])


@styled
def training_run(steps: int = 400, every: int = 20, seed: int = 0) -> Any:
    r"""A run of two small networks without a penalty: how it ends, and over its steps V(D) beside the truth.

    Returns three Axes: p, p_g, D and D* at the end; V(D) and V(D*) = -log 4 + 2 JS, with -log 4 dotted; JS and W1.

    >>> end, values, distances = training_run(steps=2, every=1)
    >>> values.get_title(), distances.get_xlabel()
    ('the value', 'step')
    """
    from ganmath.gan import Config, Diagnosis, train

    config = Config(
        seeds=(seed,), generator_widths=(16, 16), discriminator_widths=(16, 16), generator_activation="silu",
        discriminator_activation="silu", penalty=None, critic_steps=1, batch=64, lr_generator=5e-3,
        lr_discriminator=5e-3, schedule="constant", ema=0.0, steps=steps, every=every,
    )  # fmt: skip
    truths = [Diagnosis(snapshot) for snapshot in train(config)]
    end, values, distances = panels(7.6, (1.2, 1, 1))
    draw(end, truths[-1], np.linspace(-5, 5, 401))
    names_above(end)
    step = [truth.snapshot.step for truth in truths]
    values.plot(step, [truth.value for truth in truths], color=PALETTE["ink"], label="$V(D)$")
    values.plot(step, [truth.best_value for truth in truths], color=PALETTE["d"], label="$V(D^{*})$")
    values.axhline(-LOG_4, color=PALETTE["muted"], linewidth=1, linestyle=":")
    values.set(title="the value", ylim=(-1.6, 0.05))
    distances.plot(step, [truth.w1 for truth in truths], color=PALETTE["g"], label="$W_1(p, p_g)$")
    distances.plot(step, [truth.js for truth in truths], color=PALETTE["m"], label=r"$\mathrm{JS}(p, p_g)$")
    distances.set(title="the distances", xlabel="step", ylim=(0, 1.6))
    for axes in (values, distances):
        axes.legend(loc="upper right", ncols=2, labelcolor="linecolor", **TIGHT)
    return np.array([end, values, distances])


def draw(axes: Axes, truth: Diagnosis, x: np.ndarray) -> None:
    for key, density, name in (("p", truth.p, "$p$"), ("g", truth.g, "$p_g$")):
        heights = pdf(density, x)
        axes.fill_between(x, heights, color=PALETTE[key], alpha=0.15, linewidth=0)
        axes.plot(x, heights, color=PALETTE[key], label=name)
    axes.plot(x, truth.D(x), color=PALETTE["ink"], label="$D$")
    axes.plot(x, truth.best_D(x), color=PALETTE["d"], linestyle="--", linewidth=1.4, label="$D^{*}$")
    axes.set(xlabel="$x$", ylim=(0, TALLEST), yticks=[0, 0.5, 1], xlim=(x[0], x[-1]))
    axes.set_title(rf"step {truth.snapshot.step}: $\mathrm{{JS}} = {truth.js:.3f}$, $W_1 = {truth.w1:.3f}$")
