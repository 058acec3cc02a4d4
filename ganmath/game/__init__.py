r"""The GAN game between a discriminator D and a generator with distribution g, on data of distribution p.

The value is :math:`V(D, g) = E_p \log D + E_g \log(1 - D)` in nats: D maximises it, the generator minimises it
(Goodfellow et al. 2014). Everything here is exact for known p and g: masses (lists, arrays, tensors), or densities on
the line (frozen scipy distributions, `ganmath.divergence.Density`). For masses D is an array with one entry per outcome
(leading axes are a batch), a dict where the outcomes have names; for densities D is a function of x. With
``logits=True``, D is given, or returned, as its log-odds log D/(1 - D), which keep their digits where D rounds to 0
or 1.

`solve_zero_sum` and `saddle_points` are about the games that this one belongs to, where one player gains what the other
loses: finite ones, given by the matrix of the payoffs.
"""

from ganmath.game.discriminator import optimal_discriminator, value, value_gap
from ganmath.game.losses import bce, bce_with_logits
from ganmath.game.zero_sum import Equilibrium, saddle_points, solve_zero_sum

__all__ = [
    "Equilibrium",
    "bce",
    "bce_with_logits",
    "optimal_discriminator",
    "saddle_points",
    "solve_zero_sum",
    "value",
    "value_gap",
]
