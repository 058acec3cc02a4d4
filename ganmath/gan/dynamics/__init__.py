r"""The smallest GANs, whose training is two numbers that move: fields, steps, and how fast they settle.

In the Dirac-GAN the data sit at 0, the generator puts its mass on :math:`\theta`, the discriminator is
:math:`\psi x`, positive on what is generated. With :math:`f(t) = -\log(1 + e^{-t})` the objective is
:math:`L = f(\psi \theta) + f(0)`: :math:`\theta` descends it, :math:`\psi` ascends. The equilibrium is (0, 0).

A field is a function (theta, psi, strength) -> (velocity of theta, velocity of psi), over numbers or arrays; strength
is that of what the method adds: the gamma of a penalty, the variance of noise. It has to be made of functions that
numpy knows for complex numbers, since `spectrum` and `multipliers` differentiate by a complex step, which rounds but
doesn't truncate. To add your own, put it into `FIELDS`.

References: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?"; Mescheder,
Nowozin and Geiger (2017), "The numerics of GANs"; Jolicoeur-Martineau (2019) for RpGAN, whose field is the GAN's here.
Nagarajan and Kolter (2017), "Gradient descent GAN optimization is locally stable", for the Jacobian of any GAN and the
linear-quadratic WGAN.
"""

from ganmath.gan.dynamics.fields import (
    FIELDS,
    bend,
    consensus,
    gan,
    instance_noise,
    linear_quadratic,
    non_saturating,
    r1,
    r1_r2,
    slope,
    wgan,
    wgan_gp,
)
from ganmath.gan.dynamics.nagarajan_kolter import nagarajan_kolter
from ganmath.gan.dynamics.paths import flow, step, trajectory
from ganmath.gan.dynamics.settling import largest_step, multipliers, spectrum, stability_map
from ganmath.gan.dynamics.updates import UPDATES, alternating, extragradient, implicit, optimistic, simultaneous

__all__ = [
    "FIELDS",
    "UPDATES",
    "alternating",
    "bend",
    "consensus",
    "extragradient",
    "flow",
    "gan",
    "implicit",
    "instance_noise",
    "largest_step",
    "linear_quadratic",
    "multipliers",
    "nagarajan_kolter",
    "non_saturating",
    "optimistic",
    "r1",
    "r1_r2",
    "simultaneous",
    "slope",
    "spectrum",
    "stability_map",
    "step",
    "trajectory",
    "wgan",
    "wgan_gp",
]
