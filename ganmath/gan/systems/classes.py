"""A conditional GAN whose densities p(x|y) and g(x|y) are known exactly for each class y.

At a fixed label a dense generator of one number of noise is an `MLP` from the line to the line, and so is a
discriminator's score: the embedding of the label moves a bias, or is added to the last layer's weights. So each class
is a game of its own, which `Diagnosis` compares with the truth. In the plane a flow is a `Coupling` at a fixed label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from ganmath.divergence import Density, entropy, js
from ganmath.gan.config import Config
from ganmath.gan.data import Blobs, Mixture, OnLine, on_line
from ganmath.gan.diagnostics import Diagnosis
from ganmath.gan.exact import exact_density
from ganmath.gan.networks import MLP, Coupling, Stacked
from ganmath.gan.run import Snapshot
from ganmath.gan.systems.labelled import LABELLED, LabelledSnapshot
from ganmath.gan.systems.labelled_data import ClassMixture
from ganmath.gan.systems.networks import SteeredCoupling

DIMS = {"dense": 1, "coupling": 2}  # networks whose densities are known, with as many numbers of noise and of a point
Layers = list[tuple[Tensor, Tensor]]  # weight (outputs, inputs) and bias (outputs,) of each, as torch has them


@dataclass(frozen=True)
class ClassDiagnosis(Diagnosis):
    """One class of a conditional GAN on the line as any `Diagnosis` has it: p is p(.|y), g is g(.|y)."""

    law: Mixture | None = None

    @cached_property
    def data(self) -> OnLine:
        """The law of the data of this class."""
        if self.law is None:
            raise ValueError("law is missing; class_diagnoses(snapshot) makes a diagnosis of each class")
        return self.law


def class_diagnoses(snapshot: LabelledSnapshot) -> list[ClassDiagnosis]:
    r"""A `Diagnosis` of each class of a conditional GAN on the line, exact as those of unconditional ones.

    As classes are equally frequent, the value of the game is the mean of theirs, and so are V(D*) and JS. By the
    theorem "conditional" :math:`V(D^*) = -\log 4 + 2 E_y JS(p(\cdot|y), g(\cdot|y))`.

    Raises ValueError for other data, for a generator of more than one number of noise and for one that isn't told the
    class.

    >>> from ganmath.gan.systems import LabelledConfig, train_labelled
    >>> sizes = {"generator_widths": (8,), "discriminator_widths": (8,)}
    >>> start = next(train_labelled(LabelledConfig(data="overlap", noise=1, steps=1, **sizes)))
    >>> truths = class_diagnoses(start)
    >>> best, far = (np.mean([getattr(truth, name) for truth in truths]) for name in ("best_value", "js"))
    >>> bool(abs(best - (2 * far - np.log(4))) < 1e-9)
    True
    """
    alone = Config(seeds=(snapshot.config.seed,))
    losses = torch.tensor([[snapshot.d_loss], [snapshot.g_loss]])
    found = []
    for y, law in enumerate(_known(snapshot, "dense")):
        generator, score = _generator_of(snapshot, y), _stacked(_score_of(snapshot, y))
        one = Snapshot(snapshot.step, alone, generator, score, *losses)
        found.append(ClassDiagnosis(one, law=cast(Mixture, law)))
    return found


def class_densities(snapshot: LabelledSnapshot) -> list[tuple[Density, Density]]:
    r"""The densities :math:`p(\cdot|y)` and :math:`g(\cdot|y)` of each class, on the line or in the plane.

    Raises ValueError where they aren't known: for other data than a `ClassMixture`, for a generator that isn't told the
    class, and unless it is dense with one number of noise on the line, a coupling flow with two in the plane.

    >>> from ganmath.gan.systems import LabelledConfig, train_labelled
    >>> sizes = {"generator_widths": (8,), "discriminator_widths": (8,)}
    >>> config = LabelledConfig(data="crossed", networks="coupling", noise=2, steps=1, **sizes)
    >>> [round(js(p, g), 1) for p, g in class_densities(next(train_labelled(config)))]
    [0.4, 0.5]
    """
    noise = on_line("normal")
    laws = _known(snapshot, "dense", "coupling")
    return [(law.density, exact_density(_generator_of(snapshot, y), noise)) for y, law in enumerate(laws)]


def _known(snapshot: LabelledSnapshot, *networks: str) -> tuple[Mixture | Blobs, ...]:
    """The laws of the classes; ValueError where the generator's are not known as well."""
    config, data = snapshot.config, LABELLED[snapshot.config.data]()
    dims = {name: DIMS[name] for name in networks}
    if not isinstance(data, ClassMixture) or not data.shape == (config.noise,) == (dims.get(config.networks),):
        fit = " or ".join(f"noise={dim} and networks={name!r}" for name, dim in dims.items())
        raise ValueError(
            f"data={config.data!r} with noise={config.noise} and networks={config.networks!r}: densities are known for "
            f"a ClassMixture, such as data='overlap', with {fit}"
        )
    if config.condition == "none":
        raise ValueError(
            "condition='none': the generator isn't told the class, and has no g(x|y); train with "
            "condition='projection', 'auxiliary' or 'twin'"
        )
    return data.parts


def class_entropy(truths: Sequence[Diagnosis]) -> float:
    r"""How uncertain the class of a generated point is, :math:`H_g(y | x)` in nats, for equally frequent classes.

    What is missing of the entropy of the label is the information that x has of it, the JS of the classes' densities:
    :math:`H_g(y|x) = \log n - JS(g(\cdot|1), \dots, g(\cdot|n))`.

    >>> from ganmath.gan.systems import LabelledConfig, train_labelled
    >>> sizes = {"generator_widths": (8,), "discriminator_widths": (8,)}
    >>> start = next(train_labelled(LabelledConfig(data="overlap", noise=1, steps=1, **sizes)))
    >>> bool(0 < class_entropy(class_diagnoses(start)) < np.log(2))
    True
    """
    densities = [truth.g for truth in truths]
    return float(entropy(np.full(len(densities), 1 / len(densities))) - js(*densities))


def _linear(*modules: nn.Module) -> Layers:
    """The linear layers among modules, detached, in float64."""
    return [
        (layer.weight.detach().double(), layer.bias.detach().double())
        for module in modules
        for layer in module.modules()
        if isinstance(layer, nn.Linear)
    ]


def _generator_of(snapshot: LabelledSnapshot, y: int) -> Stacked:
    """The generator at a label."""
    net, embedding = snapshot.generator.net, cast(nn.Embedding, snapshot.generator.embedding)
    context = embedding.weight[y].double()

    def at_label(network: nn.Module, activation: str) -> MLP:
        (weight, bias), *rest = _linear(network)
        return _stacked([(weight[:, :1], bias + weight[:, 1:] @ context), *rest], activation)

    if not isinstance(net, SteeredCoupling):
        return at_label(net, "leaky_relu")
    flow = Coupling((), "tanh", [torch.Generator()])
    flow.conditioners = nn.ModuleList(at_label(conditioner, "tanh") for conditioner in net.conditioners)
    return flow


def _score_of(snapshot: LabelledSnapshot, y: int) -> Layers:
    *rest, (weight, bias) = _linear(snapshot.discriminator.body, snapshot.discriminator.score)
    if snapshot.discriminator.projection is not None:
        weight = weight + snapshot.discriminator.projection.weight[y].double()
    return [*rest, (weight, bias)]


def _stacked(layers: Layers, activation: str = "leaky_relu") -> MLP:
    """The same network as an ensemble of one."""
    widths = [layers[0][0].shape[1], *(len(bias) for _, bias in layers)]
    net = MLP(widths, activation, [torch.Generator()], torch.float64)
    for parameter, layer in zip(net.weights, layers, strict=True):
        parameter.data = layer[0].T[None].clone()
    for parameter, layer in zip(net.biases, layers, strict=True):
        parameter.data = layer[1][None, None].clone()
    return net.requires_grad_(False)
