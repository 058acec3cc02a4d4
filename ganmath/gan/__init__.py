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

from ganmath.gan.checkpoint import CheckpointError
from ganmath.gan.checks import check_data, check_loss
from ganmath.gan.config import SCHEDULES, Config
from ganmath.gan.data import (
    DATA,
    Blobs,
    Cauchy,
    Checkerboard,
    Data,
    Laplace,
    Mixture,
    ModeCounts,
    Modes,
    NoisyCurves,
    OnLine,
    Planar,
    Uniform,
    VerticalLine,
    count_modes,
    modes_of,
)
from ganmath.gan.diagnostics import Diagnosis
from ganmath.gan.exact import atoms, exact_density
from ganmath.gan.game_field import game_jacobian, game_spectrum, score_field
from ganmath.gan.losses import LOSSES, Loss, f_gan, least_squares, smoothed
from ganmath.gan.memory import keep_freed_memory
from ganmath.gan.monte_carlo import MonteCarloDiagnosis
from ganmath.gan.networks import ACTIVATIONS, GENERATORS, MLP, Coupling, Monotone, Stacked
from ganmath.gan.penalties import PENALTIES, clip, dragan, gradient_penalty, lipschitz_penalty, r1, r1_r2, r2
from ganmath.gan.pieces import linear_pieces, lipschitz
from ganmath.gan.recipes import RECIPES, recipe
from ganmath.gan.run import Run, Snapshot, State
from ganmath.gan.samples import SampleDiagnosis, two_sample_accuracy
from ganmath.gan.train import play, progress, train
from ganmath.gan.updates import UPDATES, TrainingDiverged

__all__ = [
    "ACTIVATIONS",
    "DATA",
    "GENERATORS",
    "LOSSES",
    "MLP",
    "PENALTIES",
    "RECIPES",
    "SCHEDULES",
    "UPDATES",
    "Blobs",
    "Cauchy",
    "Checkerboard",
    "CheckpointError",
    "Config",
    "Coupling",
    "Data",
    "Diagnosis",
    "Laplace",
    "Loss",
    "Mixture",
    "ModeCounts",
    "Modes",
    "Monotone",
    "MonteCarloDiagnosis",
    "NoisyCurves",
    "OnLine",
    "Planar",
    "Run",
    "SampleDiagnosis",
    "Snapshot",
    "Stacked",
    "State",
    "TrainingDiverged",
    "Uniform",
    "VerticalLine",
    "atoms",
    "check_data",
    "check_loss",
    "clip",
    "count_modes",
    "dragan",
    "exact_density",
    "f_gan",
    "game_jacobian",
    "game_spectrum",
    "gradient_penalty",
    "keep_freed_memory",
    "least_squares",
    "linear_pieces",
    "lipschitz",
    "lipschitz_penalty",
    "modes_of",
    "play",
    "progress",
    "r1",
    "r1_r2",
    "r2",
    "recipe",
    "score_field",
    "smoothed",
    "train",
    "two_sample_accuracy",
]
