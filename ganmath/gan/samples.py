r"""A snapshot judged from samples, for data of any kind: what a paper's table shows, each number with its error.

On the line prefer `Diagnosis`, which integrates; for a coupling generator see `MonteCarloDiagnosis`, too. What is drawn
here comes from the diagnosis' own seed, the same draws for each member and step: numbers of two members differ by the
members, not by luck.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import torch
from scipy.special import ndtr
from torch import Tensor

from ganmath.divergence import estimate, total_variation
from ganmath.gan.batches import draw_batch, draw_noise, from_one, shown
from ganmath.gan.data import DATA, Data, ModeCounts, Uniform, count_modes, has_modes, modes_of
from ganmath.gan.game_field import descent
from ganmath.gan.members import Member
from ganmath.gan.networks import MLP
from ganmath.gan.penalties import gradients

FOLDS = 5  # in which samples are judged by a classifier that saw the others
CHUNKS = 10  # into which samples are cut to see how far the mean gradient is from the true one
STEEPEST = {"relu": 1.0, "leaky_relu": 1.0, "tanh": 1.0, "silu": 1.0998393201288671}  # slopes of activations


@dataclass(frozen=True)
class SampleDiagnosis(Member):
    r"""One member of a snapshot, compared with the data by ``size`` samples of each; computed when first asked for.

    - Where the data have modes: ``modes_covered``, ``high_quality`` beside ``perfect_high_quality``, and
      ``mode_reverse_kl`` beside its sampling floor; see `ModeCounts`. NaN where they have none.
    - ``two_sample_accuracy``: of a classifier that tells real from generated samples, on those it didn't see. It is 1/2
      where nothing tells them apart, and at most (1 + TV)/2 in the mean; ``two_sample_p`` is the probability to see as
      much of equal distributions.
    - ``critic_slope``: the largest norm of the gradient of D's score on real and generated points and between them, a
      lower bound on its Lipschitz constant; ``critic_slope_bound``: the product of the weights' largest singular values
      (and the activations' slopes), an upper one, NaN for a network that is no `MLP`. On the line, where
      `lipschitz` is exact, it lies between them.
    - ``d_gradient``, ``g_gradient``: norms of the players' gradients of their losses, D's with its penalty. The errors
      are the root mean squared distance from the true gradient: of a norm below its error nothing is known.

    Columns that end in ``_error`` are standard errors.

    References: Lopez-Paz and Oquab (2017), "Revisiting classifier two-sample tests", whose classifier by nearest
    neighbours this is.

    >>> from ganmath.gan import Config, train
    >>> config = Config(data="ring", noise_dim=2, steps=50, generator_widths=(16,), discriminator_widths=(16,))
    >>> *_, last = train(config)
    >>> drawn = SampleDiagnosis(last, size=1000)
    >>> drawn.modes_covered < 8, drawn.two_sample_accuracy > .9
    (True, True)
    >>> drawn.critic_slope <= drawn.critic_slope_bound
    True
    """

    size: int = 10_000
    seed: int = 0

    columns: ClassVar[tuple[str, ...]] = (
        "modes_covered", "high_quality", "high_quality_error", "perfect_high_quality", "mode_reverse_kl",
        "mode_reverse_kl_error", "mode_reverse_kl_floor", "two_sample_accuracy", "two_sample_error", "two_sample_p",
        "critic_slope", "critic_slope_bound", "d_gradient", "d_gradient_error", "g_gradient", "g_gradient_error",
        "d_loss", "g_loss",
    )  # fmt: skip

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.size < 10 * CHUNKS:
            raise ValueError(f"size={self.size}: give at least {10 * CHUNKS} samples")
        if self.size % self.snapshot.config.pack:
            raise ValueError(f"size={self.size}: give a multiple of pack={self.snapshot.config.pack}")

    # ------------------------------------------------------------------------------------------ what is drawn

    @property
    def data(self) -> Data:
        """The data set."""
        return DATA[self.snapshot.config.data]

    @cached_property
    def _drawn(self) -> tuple[Tensor, Tensor, Tensor]:
        """Real points and the generators' inputs (1, size, ...), and uniform draws, one for each pack."""
        config, draw = self.snapshot.config, from_one(self.seed)
        real, noise = draw("data", self.data, self.size), draw_noise(config, self.snapshot.step, self.size, draw)
        return real, noise.z, draw("penalty", Uniform(0, 1), self.size // config.pack)

    @property
    def real(self) -> np.ndarray:
        """The points (size, d) drawn from the data."""
        points: np.ndarray = self._drawn[0][0].numpy()
        return points

    @cached_property
    def fake(self) -> np.ndarray:
        """The points (size, d) that the generator makes."""
        with torch.no_grad():
            points: np.ndarray = self.snapshot.generator.member(self.member)(self._drawn[1])[0].numpy()
        return points

    # ---------------------------------------------------------------------------------------------- the modes

    @cached_property
    def modes(self) -> ModeCounts:
        """What the generated samples score on the modes of the data.

        Raises TypeError where the data have none.
        """
        return count_modes(modes_of(self.data), self.fake)

    def _of_modes(self, name: str) -> float:
        return getattr(self.modes, name) if has_modes(self.data) else math.nan

    @property
    def modes_covered(self) -> float:
        """How many modes got at least a fifth of their fair share of high-quality samples."""
        return self._of_modes("covered")

    @property
    def high_quality(self) -> float:
        """The share of generated samples within 3 standard deviations of the nearest mode."""
        return self._of_modes("high_quality")

    @property
    def high_quality_error(self) -> float:
        """The standard error of ``high_quality``."""
        return self._of_modes("high_quality_error")

    @property
    def perfect_high_quality(self) -> float:
        """The share that a perfect generator has: in the plane 1 - e^-4.5."""
        return self._of_modes("perfect_high_quality")

    @property
    def mode_reverse_kl(self) -> float:
        """KL of the generated histogram over the modes to the true one."""
        return self._of_modes("reverse_kl")

    @property
    def mode_reverse_kl_error(self) -> float:
        """The standard error of ``mode_reverse_kl``."""
        return self._of_modes("reverse_kl_error")

    @property
    def mode_reverse_kl_floor(self) -> float:
        """What as many samples of a perfect generator give in the mean, (k - 1)/2n."""
        return self._of_modes("reverse_kl_floor")

    # ------------------------------------------------------------------------------------ real or generated?

    @cached_property
    def two_sample_accuracy(self) -> float:
        """The accuracy of a classifier by nearest neighbours, on samples that it didn't see."""
        return two_sample_accuracy(self.real, self.fake, self.seed)

    @property
    def two_sample_error(self) -> float:
        """The standard error of ``two_sample_accuracy``."""
        accuracy, n = self.two_sample_accuracy, 2 * self.size
        return max(math.sqrt(accuracy * (1 - accuracy) / n), 1 / (n + 1))

    @property
    def two_sample_p(self) -> float:
        """The probability of such an accuracy, or a higher one, for equal distributions."""
        return float(ndtr((0.5 - self.two_sample_accuracy) * 2 * math.sqrt(2 * self.size)))

    # -------------------------------------------------------------------------------------- slopes and gradients

    @cached_property
    def critic_slope(self) -> float:
        """The steepest slope of D's score that samples meet: a lower bound on its Lipschitz constant."""
        critic, share = self.snapshot.discriminator.member(self.member), self._drawn[2]
        real, fake = (shown(self.snapshot.config, torch.as_tensor(x)[None], None) for x in (self.real, self.fake))
        points = torch.cat([real, fake, share * real + (1 - share) * fake], 1)
        return float(gradients(lambda x: critic(x)[..., 0], points).detach().norm(dim=-1).max())

    @cached_property
    def _gradients(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The norm of D's gradient and its error, and those of G's."""
        config, draw = self.snapshot.config, from_one(self.seed)
        size = self.size // CHUNKS // config.pack * config.pack
        batches = (draw_batch(config, self.snapshot.step, size, draw) for _ in range(CHUNKS))
        descents = [descent(self.snapshot, self.member, batch) for batch in batches]
        of_d, of_g = (_norm(torch.stack(chunks).detach()) for chunks in zip(*descents, strict=True))
        return of_d, of_g

    @property
    def d_gradient(self) -> float:
        """The norm of the gradient of the discriminator's loss, with its penalty."""
        return self._gradients[0][0]

    @property
    def d_gradient_error(self) -> float:
        """How far that gradient is from the true one, root mean squared."""
        return self._gradients[0][1]

    @property
    def g_gradient(self) -> float:
        """The norm of the gradient of the generator's loss."""
        return self._gradients[1][0]

    @property
    def g_gradient_error(self) -> float:
        """How far that gradient is from the true one, root mean squared."""
        return self._gradients[1][1]

    @property
    def critic_slope_bound(self) -> float:
        """The product of the weights' largest singular values and the activations' steepest slopes."""
        critic = self.snapshot.discriminator.member(self.member)
        if not isinstance(critic, MLP) or critic.activation not in STEEPEST:
            return math.nan
        layers = [float(torch.linalg.matrix_norm(weight[0], 2)) for weight, _ in critic.layers()]
        return math.prod(layers) * float(STEEPEST[critic.activation] ** (len(layers) - 1))


def _norm(chunks: Tensor) -> tuple[float, float]:
    """Of the mean of gradients (chunks, P), and the root mean squared error of that mean."""
    errors = chunks.var(0).sum() / len(chunks)
    return float(chunks.mean(0).norm()), float(errors.sqrt())


def two_sample_accuracy(x: Any, y: Any, seed: int = 0) -> float:
    r"""How well nearest neighbours tell samples x (n, d) from y (n, d) that they haven't seen: 1/2 if not at all.

    The majority of the k nearest of N seen ones decides, k the root of N, an even vote counting half. It is
    :math:`\tfrac12 (1 + \mathrm{TV})` for the estimate of total variation by that classifier, see
    `ganmath.divergence.estimate`.

    Raises ImportError without scikit-learn, and what `ganmath.divergence.estimate` raises.

    References: Lopez-Paz and Oquab (2017), "Revisiting classifier two-sample tests".

    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.normal(size=(2, 2000, 2))
    >>> round(two_sample_accuracy(x, y), 1), two_sample_accuracy(x, y + 9)
    (0.5, 1.0)
    """
    from sklearn.neighbors import KNeighborsClassifier

    seen = (len(x) + len(y)) * (FOLDS - 1) // FOLDS
    neighbours = KNeighborsClassifier(math.isqrt(seen))
    found = estimate(total_variation, x, y, "classifier", seed=seed, classifier=neighbours, folds=FOLDS)
    return min(max((1 + found.value) / 2, 0.0), 1.0)  # to the last bit
