"""Two bells and what one makes of them: where JS comes from, D*, what a sample tells a generator."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit, log_expit

from ganmath.divergence import Gaussian
from ganmath.plot.style import PALETTE, draw_densities, panels, pdf, styled, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@styled
def two_bells(panel: str = "js", distance: float = 8.0) -> Any:
    r"""p = N(-d/2, 1) and g = N(d/2, 1), d the ``distance``, and below one of three panels.

    ``"js"`` shows the integrand of JS, :math:`\frac12 p \log(p/m) + \frac12 g \log(g/m)`, and its ceiling m log 2,
    with m = (p + g)/2; ``"d"`` shows D* = p/(p + g); ``"gradients"`` shows what a sample at x tells the generator, the
    slopes of log(1 - D*), -log D* and of -f, f the best critic. Returns two Axes.

    Raises ValueError for another panel.

    >>> above, below = two_bells("d", 2.0)
    >>> [line.get_label() for line in below.lines]
    ['$D^{*}$', '1/2']
    """
    if panel not in PANELS:
        raise ValueError(f"no panel {panel!r}: choose one of {', '.join(PANELS)}")
    p, g = Gaussian(-distance / 2, 1), Gaussian(distance / 2, 1)
    x = np.linspace(-distance / 2 - 4, distance / 2 + 4, 600)
    above, below = panels(5.2, (1, 1.2))
    draw_densities(above, x, {"p": p, "g": g}, {})
    above.set(title=f"two bells, {distance:g} apart")
    PANELS[panel](below, x, pdf(p, x), pdf(g, x), -distance * x)
    below.set(xlabel="$x$", xlim=(x[0], x[-1]))
    above.sharex(below)
    return np.array([above, below])


def _terms(axes: Axes, x: np.ndarray, p: np.ndarray, g: np.ndarray, logit: np.ndarray) -> None:
    terms = 0.5 * (p * (log_expit(logit) + np.log(2)) + g * (log_expit(-logit) + np.log(2)))
    ceiling = (p + g) / 2 * np.log(2)
    axes.fill_between(x, terms, color=PALETTE["m"], alpha=0.15, linewidth=0)
    axes.plot(x, terms, color=PALETTE["m"], label="the integrand of JS")
    axes.plot(x, ceiling, color=PALETTE["muted"], linestyle="--", label=r"$m\,\log\,2$")
    top = int(np.argmax(ceiling))
    write(axes, x[top], ceiling[top], r"$m\,\log\,2$", "muted", "center", "bottom")
    axes.set(title="the area is JS", ylim=(0, 1.25 * ceiling.max()))


def _answers(axes: Axes, x: np.ndarray, p: np.ndarray, g: np.ndarray, logit: np.ndarray) -> None:
    axes.plot(x, expit(logit), color=PALETTE["d"], label="$D^{*}$")
    axes.plot(x, np.full_like(x, 0.5), color=PALETTE["muted"], linestyle=":", label="1/2")
    write(axes, x[150], expit(logit)[150], "$D^{*}$", "d", "right", "top")
    axes.set(title="what the best discriminator answers", ylim=(-0.05, 1.05))


def _gradients(axes: Axes, x: np.ndarray, p: np.ndarray, g: np.ndarray, logit: np.ndarray) -> None:
    slope = (logit[-1] - logit[0]) / (x[-1] - x[0])
    losses = {
        "saturating": (-expit(logit) * slope, "g", "--"),
        "non-saturating": (-expit(-logit) * slope, "m", "-"),
        "WGAN": (np.full_like(x, -np.sign(slope)), "d", "-"),
    }
    axes.fill_between(x, g / g.max() * abs(slope), color=PALETTE["g"], alpha=0.15, linewidth=0)
    for name, (gradient, key, dashes) in losses.items():
        axes.plot(x, gradient, color=PALETTE[key], linestyle=dashes, label=name)
    write(axes, x[0], abs(slope), "saturating", "g", "left", "bottom")
    write(axes, x[-1], abs(slope), "non-saturating", "m", "right", "bottom")
    write(axes, x[0], 1.0, "WGAN", "d", "left", "bottom")
    axes.set(title="the gradient at a sample $x$", ylim=(-0.1 * abs(slope), 1.25 * abs(slope)))


PANELS: dict[str, Callable[..., None]] = {"js": _terms, "d": _answers, "gradients": _gradients}
