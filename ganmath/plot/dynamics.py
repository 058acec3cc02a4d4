"""The picture of training by steps: where they lead in the Dirac-GAN, and the multipliers that decide it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.plot.style import PALETTE, panels, styled

# name -> (method, update, colour)
WALKS = {
    "GAN": ("gan", "simultaneous", "g"),
    "in turns": ("gan", "alternating", "p"),
    "R1": ("r1", "simultaneous", "d"),
}


@styled
def dirac_gan(start: tuple[float, float] = (1.0, 0.0), step: float = 0.6, steps: int = 24, gamma: float = 0.5) -> Any:
    r"""Steps of the Dirac-GAN from ``start``, and below them the multipliers of each kind of step.

    Three walks of ``steps`` steps of size ``step``: the GAN's with both players at once and in turns, and at once with
    R1 of weight ``gamma``. Returns two Axes: above, the GAN's field, the walks and the equilibrium (0, 0); below, the
    unit circle of the complex plane and the eigenvalues of each step's matrix there, a mark each.

    >>> above, below = dirac_gan(steps=3)
    >>> below.get_title()
    'multipliers: outside, on, inside the circle'
    """
    from ganmath.gan.dynamics import gan, multipliers, trajectory

    above, below = panels(7.6, (1.2, 1))
    walks = {
        name: np.array(list(trajectory(method, *start, step, steps, strength=gamma, update=update)))
        for name, (method, update, _) in WALKS.items()
    }
    reach = 1.2 * max(float(np.abs(walk).max()) for walk in walks.values())
    across, up = np.meshgrid(*2 * [np.linspace(-0.9, 0.9, 9) * reach])
    above.quiver(across, up, *gan(across, up), color=PALETTE["muted"], width=0.004)
    for name, walk in walks.items():
        above.plot(*walk.T, ".-", color=PALETTE[WALKS[name][2]], linewidth=1.2, markersize=4, label=name)
    above.plot(0, 0, "o", color=PALETTE["m"])
    above.plot(*start, "o", color=PALETTE["ink"])
    above.set(xlabel=r"$\theta$, the generator", ylabel=r"$\psi$, the discriminator", aspect="equal")
    above.set(xlim=(-reach, reach), ylim=(-reach, reach), title="steps from the black dot")
    above.grid(False)
    above.figure.legend(*above.get_legend_handles_labels(), loc="outside upper center", ncols=3)

    turn = np.linspace(0, 2 * np.pi, 200)
    below.plot(np.cos(turn), np.sin(turn), color=PALETTE["muted"], linewidth=1)
    found = {
        name: multipliers(method, step, strength=gamma, update=update) for name, (method, update, _) in WALKS.items()
    }
    for (name, values), marker in zip(found.items(), "^os", strict=True):
        below.plot(values.real, values.imag, marker, color=PALETTE[WALKS[name][2]], label=name)
    least, height = min(v.real.min() for v in found.values()), max(v.imag.max() for v in found.values())
    below.set(xlabel="real part", ylabel="imaginary part", aspect="equal")
    below.set(xlim=(least - 0.25, 1.2), ylim=(-1.5 * height, 1.5 * height))
    below.set(title="multipliers: outside, on, inside the circle")
    return np.array([above, below])
