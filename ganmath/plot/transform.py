"""Pictures of how noise becomes data: the inverse transform, and a map that carries a density."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, density_of, draw_densities, panels, styled, write
from ganmath.transform import inverse_cdf, sample_by_inverse


@styled
def inverse_transform(p: Any, x: Any, levels: int = 12, draws: int = 1000, seed: int = 0) -> Any:
    r"""Levels u at equal steps drop through F^-1 onto the line: close together where p is large.

    p is a density on the line, ``x`` the points of the axis. Returns two Axes: above, the distribution function F with
    the ``levels`` led across to it and down; below, the density p and a histogram of ``draws`` values F^-1(U).

    >>> from ganmath.divergence import Gaussian
    >>> above, below = inverse_transform(Gaussian(0, 1), np.linspace(-4, 4, 50))
    >>> above.get_ylabel(), below.get_xlabel()
    ('level $u$', '$x = F^{-1}(u)$')
    """
    measure = density_of(p)
    x = np.asarray(x, dtype=float)
    above, below = panels(5.4, (1, 1))
    u = (np.arange(levels) + 0.5) / levels
    landing = inverse_cdf(measure)(u)
    for level, end in zip(u, landing, strict=True):
        above.plot([x[0], end, end], [level, level, 0], color=PALETTE["muted"], linewidth=0.8)
    above.plot(landing, np.zeros(levels), "|", color=PALETTE["ink"], markersize=12, clip_on=False)
    above.plot(x, measure.cdf(x), color=PALETTE["p"], label="$F$")
    write(above, x[-1], 1.0, "$F$", "p", "right", "top")
    above.set(ylabel="level $u$", ylim=(0, 1), xlim=(x[0], x[-1]), yticks=[0, 0.5, 1])
    above.set(title="equal steps of $u$ drop onto the line")

    values = sample_by_inverse(measure, draws, seed)
    edges = np.linspace(x[0], x[-1], 41)
    below.hist(values, edges, density=True, color=PALETTE["muted"], alpha=0.35)
    draw_densities(below, x, {"p": measure}, {})
    below.set(xlabel="$x = F^{-1}(u)$", xlim=(x[0], x[-1]), title=f"{draws} random $u$ fill up $p$")
    return np.array([above, below])


@styled
def map_of_noise(noise: Any, map: Any, image: Any, z: Any, x: Any) -> Any:  # noqa: A002
    """A map G of the line, the density of its input and that of its output.

    ``noise`` and ``image`` are densities, the second as `ganmath.transform.push_forward` gives it; ``map`` is an array
    function; ``z`` are the points of the input's axis, ``x`` those of the output's. Returns three Axes: the noise, the
    map, and the density of G(z).

    >>> from ganmath.divergence import Gaussian
    >>> top, middle, bottom = map_of_noise(
    ...     Gaussian(0, 1), lambda z: 3 * z, Gaussian(0, 3), np.linspace(-3, 3, 50), np.linspace(-9, 9, 50))
    >>> middle.get_xlabel(), bottom.get_xlabel()
    ('$z$', '$x = G(z)$')
    """
    z, x = np.asarray(z, dtype=float), np.asarray(x, dtype=float)
    top, middle, bottom = panels(7.0, (1, 1.2, 1.2))
    draw_densities(top, z, {"muted": noise}, {"muted": "$p_z$"})
    top.set(title="the noise", xlim=(z[0], z[-1]))
    at = z[len(z) * 3 // 4 :][:1]
    middle.plot(z, map(z), color=PALETTE["ink"], label="$G$")
    write(middle, at[0], float(map(at)[0]), "$G$", "ink", "right", "bottom")
    middle.set(xlabel="$z$", xlim=(z[0], z[-1]), title="the generator $G$, a map")
    draw_densities(bottom, x, {"g": image}, {"g": "$p_g$"})
    bottom.set(xlabel="$x = G(z)$", xlim=(x[0], x[-1]), title="what it makes of the noise")
    return np.array([top, middle, bottom])
