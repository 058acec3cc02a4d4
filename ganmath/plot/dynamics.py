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
    above.set(xlim=(-reach, reach), ylim=(-reach, reach), title=f"steps from ({start[0]:g}, {start[1]:g})")
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


@styled
def phase_portrait(
    method: str, starts: Any, step: float = 0.2, steps: int = 60, strength: float = 0.0, update: str = "simultaneous"
) -> Any:
    r"""The field of one game as arrows, and over it the walk of ``steps`` steps and the flow from each of ``starts``.

    >>> axes = phase_portrait("non_saturating", [(1, 1), (0.5, -1)], steps=3)
    >>> axes.get_title()
    'from two starts: steps and flow'
    """
    from ganmath.gan.dynamics import FIELDS, flow, trajectory

    (axes,) = panels(4.6, (1,))
    times = np.linspace(0, step * steps, 20 * steps + 1)
    kinds = {"flow": ("-", "d"), "steps": (".", "g")}
    paths = []
    for theta, psi in starts:
        walk = np.array(list(trajectory(method, theta, psi, step, steps, strength=strength, update=update))).T
        paths.append({"flow": flow(method, theta, psi, times, strength=strength), "steps": walk})
    for number, both in enumerate(paths):
        for name, path in both.items():
            mark, colour = kinds[name]
            label = name if number == 0 else "_again"
            axes.plot(*path, mark, color=PALETTE[colour], linewidth=1.2, markersize=4, label=label)
        axes.plot(*starts[number], "o", color=PALETTE["ink"])
    reach = 1.15 * max(float(np.abs(path).max()) for both in paths for path in both.values())
    across, up = np.meshgrid(*2 * [np.linspace(-0.9, 0.9, 11) * reach])
    axes.quiver(across, up, *FIELDS[method](across, up, strength), color=PALETTE["muted"], width=0.004, zorder=1)
    axes.plot(0, 0, "o", color=PALETTE["m"])
    axes.set(xlabel=r"$\theta$, the generator", ylabel=r"$\psi$, the discriminator", aspect="equal")
    count = {1: "one start", 2: "two starts"}.get(len(paths), f"{len(paths)} starts")
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), title=f"from {count}: steps and flow")
    axes.grid(False)
    axes.figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return axes


@styled
def stability(method: str, limit: Any, hs: Any, strengths: Any, update: str = "simultaneous") -> Any:
    r"""Where steps settle, over the strength and the step size, and the theory's ``limit``, a function of the strength.

    Filled where the largest :math:`|\mu|` of `gan.dynamics.stability_map` is below 1; the line is ``limit``.

    >>> axes = stability("consensus", lambda c: 8 * c / (c**2 + 4), np.linspace(0.1, 3, 30), np.linspace(0.1, 4, 30))
    >>> axes.get_ylabel()
    'step size $h$'
    """
    from ganmath.gan.dynamics import stability_map

    (axes,) = panels(3.6, (1,))
    largest = stability_map(method, hs, strengths, update=update)
    axes.contourf(strengths, hs, largest, levels=[0, 1], colors=[PALETTE["p"]], alpha=0.3)
    axes.plot(strengths, [limit(c) for c in strengths], color=PALETTE["ink"], label="theorem")
    axes.set(xlabel="strength", ylabel="step size $h$", xlim=(strengths[0], strengths[-1]), ylim=(hs[0], hs[-1]))
    axes.set(title="shaded: steps settle")
    axes.grid(False)
    axes.figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=1)
    return axes
