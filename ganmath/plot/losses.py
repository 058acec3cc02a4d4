"""Pictures of the other losses, and of a generator that passes for another."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence import Gaussian, Mixture, chi2, js, total_variation
from ganmath.game import optimal_discriminator
from ganmath.plot.style import PALETTE, draw_densities, panels, styled, write


@styled
def best_scores(mean: float = 2.0, farthest: float = 6.0) -> Any:
    r"""What four losses make the best discriminator say, and what is left for the generator, p = N(0, 1), g = N(d, 1).

    Returns two Axes. Above, at d = ``mean`` over x: D* with logarithms, with least squares (labels -1 and 1) and with
    the hinge loss, and the relativistic critic log p/g. Below, over d up to ``farthest``: JS, chi2(g || m), TV and the
    JS of pairs, each over its largest value.

    >>> above, below = best_scores(farthest=2.0)
    >>> below.get_xlabel()
    '$d$'
    """
    x = np.linspace(mean / 2 - 3, mean / 2 + 3, 401)
    odds = optimal_discriminator(Gaussian(0, 1), Gaussian(mean, 1), logits=True)(x)
    answers = {"d": 1 / (1 + np.exp(-odds)), "p": np.tanh(odds / 2), "g": np.sign(odds), "m": odds}
    distances = np.linspace(0, farthest, 61)
    left: dict[str, list[float]] = {key: [] for key in answers}
    for d in distances:
        p, g = Gaussian(0, 1), Gaussian(d, 1)
        left["d"].append(js(p, g) / math.log(2))
        left["p"].append(chi2(g, Mixture([p, g], [0.5, 0.5])))
        left["g"].append(total_variation(p, g))
        left["m"].append(js(p, Gaussian(math.sqrt(2) * d, 1)) / math.log(2))  # x - y is sufficient for the pair
    names = {
        "d": ("logarithm", r"$\mathrm{JS}/\log 2$"),
        "p": ("least squares", r"$\chi^2(g\,\Vert\,m)$"),
        "g": ("hinge", r"$\mathrm{TV}$"),
        "m": ("relativistic", "JS of pairs"),
    }
    dashes = {"d": "--", "p": "-", "g": "-.", "m": ":"}
    above, below = panels(6.4, (1, 1))
    for key, (loss, divergence) in names.items():
        drawn = {"color": PALETTE[key], "linestyle": dashes[key]}
        above.plot(x, answers[key], label=loss, **drawn)
        below.plot(distances, left[key], label=divergence, **drawn)
    above.set(xlabel="$x$", ylim=(-2.2, 2.2), xlim=(x[0], x[-1]), title=f"the best score at $x$, for $d = {mean:g}$")
    below.set(xlabel="$d$", xlim=(0, farthest), ylim=(0, 1.08), title="what is left, over its largest value")
    above.legend(fontsize=11, loc="lower left")
    below.legend(fontsize=11, loc="lower right")
    return np.array([above, below])


@styled
def unseen_flip(mean: float = 3.0, std: float = 0.7) -> Any:
    r"""Two generators with the same image of N(0, 1): x -> mean + std x, and the same after the flip x -> -x.

    Returns two Axes: above both maps, with the ends of twelve inputs joined; below the density of the image.

    >>> above, below = unseen_flip()
    >>> [line.get_label() for line in above.lines[:2]]
    ['$G$', '$G\\circ\\varphi$']
    """
    x = np.linspace(-3, 3, 121)
    above, below = panels(6.0, (1.4, 1))
    for sign, key, name in ((1, "p", "$G$"), (-1, "g", r"$G\circ\varphi$")):
        above.plot(x, mean + sign * std * x, color=PALETTE[key], linestyle="-" if sign > 0 else "--", label=name)
        write(above, 2.0, mean + 2 * sign * std, name, key, "right" if sign > 0 else "left", "bottom")
    for at in np.linspace(-2.75, 2.75, 12):
        above.plot([at, at], [mean + std * at, mean - std * at], color=PALETTE["muted"], linewidth=0.8, linestyle=":")
    above.set(xlabel="$x$ of $X$", ylabel="its image in $Y$", title="each $x$ has two partners, one in each map")
    image = Gaussian(mean, std)
    y = np.linspace(mean - 4 * std, mean + 4 * std, 201)
    draw_densities(below, y, {"m": image}, {"m": "both images"})
    below.set(xlabel="$y$", title="what a discriminator sees of either")
    return np.array([above, below])


@styled
def logit_losses(farthest: float = 6.0) -> Any:
    r"""The generator's two losses at one sample, and their slopes, against the logit a of D: D = :math:`\sigma(a)`.

    Returns two Axes. Above :math:`\log(1 - \sigma(a))`, saturating, and :math:`-\log \sigma(a)`; below their slopes
    :math:`-\sigma(a)` and :math:`\sigma(a) - 1`.

    >>> above, below = logit_losses(2.0)
    >>> [line.get_ydata()[0].round(3).item() for line in below.lines]  # at a = -2, where D is 0.119
    [-0.119, -0.881]
    """
    from scipy.special import expit, log_expit

    a = np.linspace(-farthest, farthest, 201)
    above, below = panels(5.4, (1, 1))
    for axes, saturating, non_saturating, places in (
        (above, log_expit(-a), -log_expit(a), ((20, "left"), (60, "left"))),
        (below, -expit(a), expit(a) - 1, ((20, "left"), (180, "right"))),
    ):
        curves = (("saturating", saturating, "g", "--"), ("non-saturating", non_saturating, "m", "-"))
        for (name, values, key, dashes), (at, side) in zip(curves, places, strict=True):
            axes.plot(a, values, color=PALETTE[key], linestyle=dashes, label=name)
            write(axes, a[at], values[at], name, key, side, "bottom")
        axes.set(xlabel="logit $a$ of $D$", xlim=(-farthest, farthest))
        axes.margins(y=0.14)
    above.set_title("loss at one sample")
    below.set_title("its slope")
    return np.array([above, below])
