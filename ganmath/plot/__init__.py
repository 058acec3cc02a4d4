"""Figures in the book's colours: p blue, g orange, D* green, m = (p + g) / 2 purple.

The book's pages are built once and read in light and in dark. The figures are drawn in `PALETTE`; the book's build
makes the dark copy by exchanging each colour of `PALETTE` for the one of the same name in `DARK`. So a figure that
takes its colours from here is right in both, and one that doesn't is caught by the build.

Each other function draws one figure and returns its Axes. Lines carry their name beside them; where nobody knows
beforehand how they will run, as in training, the names stand above.

>>> from ganmath import plot
>>> from ganmath.divergence import Gaussian
>>> above, below = plot.value_curve(Gaussian(0, 1), Gaussian(2, 1), at=.5, x=[-3, 0, 1, 5])
"""

from ganmath.plot.animation import animated_svg, animation, cloud_animation
from ganmath.plot.bells import two_bells
from ganmath.plot.bounds import reachable
from ganmath.plot.classifier import loss_bowls
from ganmath.plot.collapse import mode_collapse
from ganmath.plot.cycles import cycle_arrows, style_sheet
from ganmath.plot.descent import descent
from ganmath.plot.divergences import divergences_against_distance, fits
from ganmath.plot.duality import tangents
from ganmath.plot.dynamics import dirac_gan, phase_portrait, stability
from ganmath.plot.estimates import estimates_against_size
from ganmath.plot.game import generator_losses, integrands, value_curve
from ganmath.plot.gradient_penalty import rings
from ganmath.plot.images import beside_nearest, image_sheet, image_stages
from ganmath.plot.ledger import evidence
from ganmath.plot.losses import best_scores, logit_losses, unseen_flip
from ganmath.plot.phases import phases
from ganmath.plot.plane import clouds, loss_and_quality, recorded_runs, two_runs
from ganmath.plot.style import DARK, PALETTE, style
from ganmath.plot.system import system
from ganmath.plot.training import against_truth, loss_and_distance, stages, training_run
from ganmath.plot.transform import inverse_transform, map_of_noise
from ganmath.plot.transport import area_between, distances_against_gap, plan_and_critic
from ganmath.plot.zero_sum import saddle

__all__ = [
    "DARK",
    "PALETTE",
    "against_truth",
    "animated_svg",
    "animation",
    "area_between",
    "beside_nearest",
    "best_scores",
    "cloud_animation",
    "clouds",
    "cycle_arrows",
    "descent",
    "dirac_gan",
    "distances_against_gap",
    "divergences_against_distance",
    "estimates_against_size",
    "evidence",
    "fits",
    "generator_losses",
    "image_sheet",
    "image_stages",
    "integrands",
    "inverse_transform",
    "logit_losses",
    "loss_and_distance",
    "loss_and_quality",
    "loss_bowls",
    "map_of_noise",
    "mode_collapse",
    "phase_portrait",
    "phases",
    "plan_and_critic",
    "reachable",
    "recorded_runs",
    "rings",
    "saddle",
    "stability",
    "stages",
    "style",
    "style_sheet",
    "system",
    "tangents",
    "training_run",
    "two_bells",
    "two_runs",
    "unseen_flip",
    "value_curve",
]
