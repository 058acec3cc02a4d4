"""Stacked networks: members are independent, and a ReLU network on the line is known piece by piece."""

import numpy as np
import pytest
import torch

from ganmath.gan import ACTIVATIONS, DATA, MLP, Monotone, atoms, exact_density, linear_pieces, lipschitz
from ganmath.gan.networks import Stacked


def generators(*seeds: int) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(seed) for seed in seeds]


def new(kind: str, *seeds: int) -> Stacked:
    if kind == "monotone":
        return Monotone(16, generators(*seeds), torch.float64)
    return MLP((1, 24, 24, 1), kind, generators(*seeds), torch.float64)


@pytest.mark.parametrize("kind", [*ACTIVATIONS, "monotone"])
def test_a_member_is_the_network_it_would_be_alone(kind: str) -> None:
    together, alone = new(kind, 5, 6, 7), new(kind, 6)
    x = torch.linspace(-3, 3, 50, dtype=torch.float64).reshape(1, -1, 1)
    assert torch.allclose(together(x.expand(3, -1, -1))[1:2], alone(x), atol=1e-14, rtol=0)
    assert torch.allclose(together.member(1)(x), alone(x), atol=1e-14, rtol=0)
    assert not torch.allclose(together.member(0)(x), alone(x), atol=1e-2)


def test_a_member_is_copied_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """To clone all of 512 for one took four fifths of a diagnosis."""
    net = MLP((1, 4, 1), "tanh", [torch.Generator().manual_seed(seed) for seed in range(3)], torch.float64, True)
    monkeypatch.setattr(torch.Tensor, "clone", lambda *_, **__: pytest.fail("all members were cloned"))
    alone = net.member(-1)
    monkeypatch.undo()
    for mine, all_of_them in ((alone.parameters(), net.parameters()), (alone.buffers(), net.buffers())):
        for part, tensor in zip(mine, all_of_them, strict=True):
            assert torch.equal(part, tensor.detach()[2:])
            assert part.dtype == torch.float64
            assert not part.requires_grad
            assert part.data_ptr() != tensor[2:].data_ptr()


def test_a_member_that_is_not_there_and_a_crowd_on_the_line_are_refused() -> None:
    net = new("relu", 0, 1)
    with pytest.raises(IndexError, match=r"member 2, but there are 2"):
        net.member(2)
    with pytest.raises(ValueError, match=r"2 members: choose one first"):
        net.on_line(np.zeros(3))


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
@pytest.mark.parametrize("widths", [(1, 1), (1, 5, 1), (1, 16, 16, 1), (1, 8, 8, 8, 1)])
def test_a_relu_network_equals_its_pieces(widths: tuple[int, ...], activation: str) -> None:
    for seed in range(10):
        net = MLP(widths, activation, generators(seed))
        pieces = linear_pieces(net)
        z = np.concatenate([np.linspace(-200, 200, 4001), pieces.knots])
        exact = net.member(0).on_line(z)
        assert pieces(z) == pytest.approx(exact, rel=1e-12, abs=1e-12)
        assert (np.diff(pieces.knots) > 0).all()


def test_each_kink_bends() -> None:
    pieces = linear_pieces(MLP((1, 16, 16, 1), "relu", generators(0)))
    bends = abs(np.diff(pieces.slopes)) > 1e-9
    assert (bends | (pieces.knots == 0)).all()
    assert bends.sum() >= 16


def spectral(*seeds: int, activation: str = "leaky_relu") -> MLP:
    return MLP((1, 24, 24, 1), activation, generators(*seeds), torch.float64, spectral_norm=True)


def test_with_spectral_normalisation_each_layer_stretches_by_one() -> None:
    net = spectral(0, 1)
    free = MLP((1, 24, 24, 1), "leaky_relu", generators(0, 1), torch.float64)
    for (weight, bias), full, offset in zip(net.layers(), free.weights, free.biases, strict=True):
        largest = torch.linalg.matrix_norm(full, 2)[:, None, None]
        assert torch.allclose(weight, full / largest, rtol=1e-6)
        assert torch.equal(bias, offset)
    assert all(lipschitz(net, member) <= 1 + 1e-6 for member in (0, 1))
    assert lipschitz(free) > 1


def test_the_power_method_follows_weights_that_move() -> None:
    net = spectral(0)
    for _ in range(200):
        with torch.no_grad():
            for weight in net.weights:
                weight.mul_(1.01).add_(0.01 * torch.sin(torch.arange(weight.numel()).reshape(weight.shape)))
        net.renew()
    for weight, _ in net.layers():
        assert float(torch.linalg.matrix_norm(weight.detach(), 2)) == pytest.approx(1, rel=1e-3)


def test_the_slope_of_a_normalised_weight_is_the_projected_one() -> None:
    """At the largest singular value: scaling a weight changes nothing, so its gradient is orthogonal to it."""
    net = spectral(3, activation="tanh")
    net(torch.linspace(-2, 2, 9, dtype=torch.float64).reshape(1, -1, 1)).square().sum().backward()
    for weight in net.weights:
        assert weight.grad is not None
        assert float(weight.grad.norm()) > 1e-3 or weight.numel() == 24
        assert float((weight.grad * weight.detach()).sum()) == pytest.approx(0, abs=1e-12)


def test_a_normalised_network_has_pieces_and_members() -> None:
    net = spectral(5, 6)
    x = np.linspace(-3, 3, 50)
    assert linear_pieces(net, 1)(x) == pytest.approx(net.member(1).on_line(x), abs=1e-14)
    assert spectral(6).member(0).on_line(x) == pytest.approx(net.member(1).on_line(x), abs=1e-14)


def test_only_piecewise_linear_networks_have_pieces() -> None:
    with pytest.raises(ValueError, match=r"activation 'tanh' isn't piecewise linear; these are: 'relu', 'leaky_relu'"):
        linear_pieces(MLP((1, 4, 1), "tanh", generators(0)))
    with pytest.raises(ValueError, match=r"2 inputs and 1 outputs"):
        linear_pieces(MLP((2, 4, 1), "relu", generators(0)))


def test_lipschitz_constant_is_the_steepest_slope() -> None:
    for seed in range(5):
        net = MLP((1, 24, 24, 1), "leaky_relu", generators(seed))
        slopes = linear_pieces(net).slopes
        assert lipschitz(net) == pytest.approx(abs(slopes).max(), rel=1e-6)


def flat_network() -> MLP:
    """max(z - 1, 0): constant where z <= 1."""
    net = MLP((1, 1, 1), "relu", generators(0), torch.float64)
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), (1.0, 1.0, -1.0, 0.0), strict=True):
            parameter.fill_(value)
    return net


def test_a_flat_piece_is_an_atom_and_no_density() -> None:
    net = flat_network()
    assert atoms(net, DATA["normal"]) == pytest.approx({0.0: float(DATA["normal"].density.cdf(1.0))}, rel=1e-12)
    with pytest.raises(ValueError, match="atom"):
        exact_density(net, DATA["normal"])


@pytest.mark.parametrize("kind", ["relu", "leaky_relu", "monotone"])
@pytest.mark.parametrize("noise", ["normal", "uniform"])
def test_exact_density_is_that_of_the_samples(kind: str, noise: str) -> None:
    net, law = new(kind, 0, 1), DATA[noise]
    density = exact_density(net, law, member=1)
    z = law.sample(20_000, torch.Generator().manual_seed(0), torch.float64)
    x = np.sort(net.member(1).on_line(z.numpy()).ravel())
    levels = np.arange(1, len(x) + 1) / len(x)
    assert abs(density.cdf(x) - levels).max() < 2.23 / np.sqrt(len(x))
    h, inner = 1e-7, x[100:-100:199] + 1e-5
    slope = (density.cdf(inner + h) - density.cdf(inner - h)) / (2 * h)
    # A difference across a jump of the density is neither side's: most points have none within h.
    assert np.median(abs(slope / np.exp(density.logpdf(inner)) - 1)) < 1e-6


def test_an_unknown_kind_of_generator_has_no_exact_density() -> None:
    with pytest.raises(TypeError, match="isn't known exactly"):
        exact_density(Stacked(), DATA["normal"])


def test_a_monotone_generator_is_increasing_and_exactly_inverted() -> None:
    net = new("monotone", 3)
    z = np.linspace(-8, 8, 2001)
    x = net.on_line(z)
    assert (np.diff(x) > 0).all()
    density = exact_density(net, DATA["normal"])
    assert density.cdf(x) == pytest.approx(DATA["normal"].density.cdf(z), rel=1e-9, abs=1e-300)
