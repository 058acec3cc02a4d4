"""Small GANs in torch whose densities are known exactly, so that every step can be compared with the truth.

>>> from ganmath.gan import Config, train
>>> for snapshot in train(Config(steps=2, batch=8, generator_widths=(4,), discriminator_widths=(4,))):
...     print(snapshot.step)
0
2
"""

try:
    import torch  # noqa: F401
except ImportError:
    raise ImportError("ganmath.gan trains its networks in torch, of the extra `gan`: pip install torch") from None

from ganmath.gan.config import SCHEDULES, Config
from ganmath.gan.data import (
    DATA,
    Blobs,
    Cauchy,
    Checkerboard,
    Data,
    Laplace,
    Mixture,
    NoisyCurves,
    OnLine,
    Planar,
    Uniform,
    VerticalLine,
)
from ganmath.gan.diagnostics import Diagnosis
from ganmath.gan.exact import atoms, exact_density
from ganmath.gan.losses import LOSSES, Loss, f_gan, least_squares, smoothed
from ganmath.gan.networks import ACTIVATIONS, GENERATORS, MLP, Coupling, Monotone, Stacked
from ganmath.gan.penalties import PENALTIES, clip, dragan, gradient_penalty, lipschitz_penalty, r1, r1_r2, r2
from ganmath.gan.pieces import linear_pieces, lipschitz
from ganmath.gan.train import Snapshot, progress, train
from ganmath.gan.updates import UPDATES

__all__ = [
    "ACTIVATIONS",
    "DATA",
    "GENERATORS",
    "LOSSES",
    "MLP",
    "PENALTIES",
    "SCHEDULES",
    "UPDATES",
    "Blobs",
    "Cauchy",
    "Checkerboard",
    "Config",
    "Coupling",
    "Data",
    "Diagnosis",
    "Laplace",
    "Loss",
    "Mixture",
    "Monotone",
    "NoisyCurves",
    "OnLine",
    "Planar",
    "Snapshot",
    "Stacked",
    "Uniform",
    "VerticalLine",
    "atoms",
    "clip",
    "dragan",
    "exact_density",
    "f_gan",
    "gradient_penalty",
    "least_squares",
    "linear_pieces",
    "lipschitz",
    "lipschitz_penalty",
    "progress",
    "r1",
    "r1_r2",
    "r2",
    "smoothed",
    "train",
]
