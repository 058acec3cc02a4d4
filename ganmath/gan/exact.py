"""The distribution of a generator, exactly: the push-forward of its noise.

A ReLU generator is piecewise linear, so that each piece carries a scaled, truncated copy of the noise's density. A
smooth one is inverted between the places where it turns, an increasing one as a whole, by Newton's method. In the plane
a coupling flow is inverted step by step.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np
import torch

from ganmath.divergence import Density
from ganmath.gan.data import OnLine
from ganmath.gan.networks import MLP, Coupling, Monotone, Stacked
from ganmath.gan.pieces import is_piecewise_linear, linear_pieces
from ganmath.gan.smooth import SmoothMap
from ganmath.transform import push_forward

NEWTON_STEPS = 100  # from a good guess three do; in a far tail some halve the bracket
LEVELS = 63  # of the noise, in each direction, whose images under a flow show where its density lies ...
LANDMARKS = 9  # ... as so many quantiles on each axis


@singledispatch
def exact_density(generator: Stacked, noise: OnLine, member: int = 0) -> Density:
    r"""The density of one member's output, :math:`p_g(x) = \sum_{G(z) = x} p_z(z) / |G'(z)|`, with its cdf.

    Where a smooth MLP turns, the density is infinite as the inverse of a square root; its ``poles`` are there. Up to
    1e-6 of the mass may lie where tanh is level to all digits: it counts in the cdf only.

    Raises TypeError for a kind of generator whose density isn't known exactly, such as an MLP in the plane, ValueError
    for one that is flat somewhere, which makes an atom: see `atoms`.

    >>> from ganmath.gan import DATA
    >>> net = MLP((1, 16, 16, 1), "relu", [torch.Generator().manual_seed(0)])
    >>> z = DATA["normal"].sample(100_000, torch.Generator().manual_seed(1))
    >>> bool(abs(exact_density(net, DATA["normal"]).cdf(np.median(net(z[None]).detach())) - 0.5) < .01)
    True
    """
    raise TypeError(
        f"the density of a {type(generator).__name__} generator isn't known exactly; that of an MLP or a "
        "Monotone from the line to the line is, and of a Coupling in the plane"
    )


@exact_density.register
def _(generator: MLP, noise: OnLine, member: int = 0) -> Density:
    inputs, outputs = _shape(generator)
    if (inputs, outputs) != (1, 1):
        raise TypeError(
            f"an MLP from {inputs} numbers to {outputs} has no density that is known exactly: many points of noise, or "
            "none, lie behind each point, and no formula lists them; take generator='coupling' for one that is known "
            "(in the plane), or compare samples: ganmath.divergence.estimate, energy_distance or sliced_wasserstein"
        )
    if is_piecewise_linear(generator):
        return push_forward(noise.density, linear_pieces(generator, member))
    smooth = SmoothMap(generator, noise.density, member)
    if plateaus := smooth.plateaus():
        listed = ", ".join(f"{mass:.3g} at {value:.6g}" for value, mass in plateaus.items())
        raise ValueError(
            f"the network is level to all digits where noise lies, so that to floats it has atoms ({listed}); "
            "ganmath.gan.atoms gives them, and generator_activation='leaky_relu' has none"
        )
    return push_forward(noise.density, smooth.pieces())


def _shape(net: MLP) -> tuple[int, int]:
    """How many numbers an MLP takes, and how many it makes of them."""
    return net.weights[0].shape[1], net.weights[-1].shape[2]


@exact_density.register
def _(generator: Monotone, noise: OnLine, member: int = 0) -> Density:
    alone = generator.member(member)
    heights, centers, rates = (
        at[0].numpy() for at in (alone.log_heights.exp(), alone.centers, torch.exp(-alone.log_widths))
    )
    offset, slope = float(alone.offset), float(alone.log_slope.exp())

    def steps(z: np.ndarray) -> Any:
        """The logistic function of each step at z (...), as 2 sigma - 1 (..., steps)."""
        return np.tanh((np.asarray(z)[..., None] - centers) * rates / 2)

    def forward(z: np.ndarray) -> Any:
        return offset + slope * z + (1 + steps(z)) @ heights / 2

    def derivative(z: np.ndarray) -> Any:
        return slope + (1 - steps(z) ** 2) @ (heights * rates) / 4

    guesses = np.unique(np.concatenate([np.linspace(-10, 10, 1001), centers]))
    images = forward(guesses)

    def inverse(x: np.ndarray) -> Any:
        """Newton's method inside a bracket: without the steps, and with all of them taken, the map is a line."""
        above = (x - offset) / slope
        below = above - heights.sum() / slope
        z = np.clip(np.interp(x, images, guesses), below, above)
        for _ in range(NEWTON_STEPS):
            image = forward(z)
            below, above = np.where(image <= x, z, below), np.where(image >= x, z, above)
            step = z - (image - x) / derivative(z)
            step = np.where((below <= step) & (step <= above), step, (below + above) / 2)
            moved, z = abs(step - z), step
            if (moved <= 1e-15 * (1 + abs(z))).all():
                break
        return z

    return push_forward(noise.density, forward, inverse=inverse, derivative=derivative)


@exact_density.register
def _(generator: Coupling, noise: OnLine, member: int = 0) -> Density:
    alone, z = generator.member(member), noise.density
    # Images of a grid of quantiles of the noise show where the mass lies.
    levels = np.linspace(0, 1, LEVELS + 2)[1:-1]
    grid = np.stack(np.meshgrid(*[z.quantile(levels)] * 2), axis=-1).reshape(1, -1, 2)
    images = alone(torch.as_tensor(grid))[0].numpy()
    landmarks = np.quantile(images, np.linspace(0, 1, LANDMARKS), axis=0)
    return Density(
        lambda x: alone.log_density(x, z.logpdf),
        ((-np.inf, np.inf), (-np.inf, np.inf)),
        (landmarks[:, 0].tolist(), landmarks[:, 1].tolist()),
    )


def atoms(generator: Stacked, noise: OnLine, member: int = 0) -> dict[float, float]:
    """The points to which the flat pieces of an MLP send mass, and that mass: empty where there is a density.

    A piece of a ReLU network is flat or it isn't. A smooth network counts as flat where it is level to all digits, as
    where tanh saturates, if that makes more than 1e-6 of the mass.

    >>> from ganmath.gan import DATA
    >>> net = MLP((1, 1, 1), "relu", [torch.Generator().manual_seed(2)])  # constant where its one unit is off
    >>> {round(x, 3): round(mass, 3) for x, mass in atoms(net, DATA["normal"]).items()}
    {-0.051: 0.664}
    """
    if is_piecewise_linear(generator):
        return linear_pieces(generator, member).atoms(noise.density)
    if isinstance(generator, MLP) and _shape(generator) == (1, 1):
        return SmoothMap(generator, noise.density, member).plateaus()
    return {}
