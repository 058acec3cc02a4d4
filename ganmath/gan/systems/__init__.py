"""Systems whose games are more than one D and one G on exact data: GANs on labelled
points and on images, maps between two domains, and autoencoders that judge themselves.

>>> from ganmath.gan.systems import LabelledConfig, train_labelled
>>> config = LabelledConfig(steps=2, generator_widths=(8,), discriminator_widths=(8,))
>>> *_, last = train_labelled(config)
>>> last.draw(torch.tensor([3, 3, 7])).shape
torch.Size([3, 1, 8, 8])
"""

import torch  # noqa: F401 of the example

from ganmath.gan.systems.classes import ClassDiagnosis, class_densities, class_diagnoses, class_entropy
from ganmath.gan.systems.classifier import Classifier, digit_reader, train_classifier
from ganmath.gan.systems.conditions import CONDITIONS, Condition
from ganmath.gan.systems.cycle_scores import MapScores, score_map, unpaired_baselines
from ganmath.gan.systems.cyclegan import CYCLE_RECIPES, PAIRS, CycleConfig, CycleSnapshot, distance_loss, train_cycle
from ganmath.gan.systems.digits import LabelledImages, digits, mnist
from ganmath.gan.systems.idx import IDXError, read_idx
from ganmath.gan.systems.introspective import (
    REJECTIONS,
    IntrospectiveConfig,
    IntrospectiveSnapshot,
    gaussian_kl,
    train_introspective,
)
from ganmath.gan.systems.labelled import LABELLED, LABELLED_RECIPES, LabelledConfig, LabelledSnapshot, train_labelled
from ganmath.gan.systems.labelled_data import ClassMixture, Labelled, crossed, overlapping
from ganmath.gan.systems.networks import NETWORKS
from ganmath.gan.systems.outcomes import descend_on_outcomes, shared_outcome
from ganmath.gan.systems.pairs import Clouds, Motion, Pair, Points, slanted
from ganmath.gan.systems.scores import ImageScores, density_and_coverage, frechet, nearest, score_images, variety

__all__ = [
    "CONDITIONS",
    "CYCLE_RECIPES",
    "LABELLED",
    "LABELLED_RECIPES",
    "NETWORKS",
    "PAIRS",
    "REJECTIONS",
    "ClassDiagnosis",
    "ClassMixture",
    "Classifier",
    "Clouds",
    "Condition",
    "CycleConfig",
    "CycleSnapshot",
    "IDXError",
    "ImageScores",
    "IntrospectiveConfig",
    "IntrospectiveSnapshot",
    "Labelled",
    "LabelledConfig",
    "LabelledImages",
    "LabelledSnapshot",
    "MapScores",
    "Motion",
    "Pair",
    "Points",
    "class_densities",
    "class_diagnoses",
    "class_entropy",
    "crossed",
    "density_and_coverage",
    "descend_on_outcomes",
    "digit_reader",
    "digits",
    "distance_loss",
    "frechet",
    "gaussian_kl",
    "mnist",
    "nearest",
    "overlapping",
    "read_idx",
    "score_images",
    "score_map",
    "shared_outcome",
    "slanted",
    "train_classifier",
    "train_cycle",
    "train_introspective",
    "train_labelled",
    "unpaired_baselines",
    "variety",
]
