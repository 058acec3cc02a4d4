"""Coupling flows in the plane: undone exactly, and with the density that the change of variables gives."""

import numpy as np
import pytest
import torch

from ganmath.divergence import js
from ganmath.gan import DATA, Config, Coupling, exact_density, train

NORMAL = DATA["normal"]


def flow(*seeds: int, activation: str = "tanh", scale: float = 1.0) -> Coupling:
    """A flow whose weights are multiplied by the scale: 2 makes it as bent as a trained one."""
    net = Coupling((16, 16), activation, [torch.Generator().manual_seed(seed) for seed in seeds], torch.float64)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(scale)
    return net


def normal(size: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(1, size, 2, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "silu"])
def test_a_flow_is_undone(activation: str) -> None:
    net, z = flow(0, activation=activation).requires_grad_(False), normal(2000)
    back, _ = net.inverse(net(z))
    assert float((back - z).abs().max()) <= 1e-10
    assert float((net(z) - z).abs().max()) > 0.5


def test_the_log_determinant_is_that_of_the_jacobian() -> None:
    net, z = flow(1, scale=1.5).requires_grad_(False), normal(50, 1)
    jacobians = torch.func.vmap(torch.func.jacrev(lambda point: net(point[None, None])[0, 0]))(z[0])
    _, log_slope = net.inverse(net(z))
    expected = -torch.linalg.slogdet(jacobians)[1]
    assert torch.allclose(log_slope[0], expected, rtol=1e-10, atol=1e-10)
    assert float(expected.std()) > 0.1


@pytest.mark.parametrize("noise", ["normal", "laplace"])
def test_the_density_has_mass_one(noise: str) -> None:
    density = exact_density(flow(2, 3, scale=0.5), DATA[noise], member=1)
    side = np.linspace(-20, 20, 501)
    points = np.stack(np.meshgrid(side, side), axis=-1)
    mass = np.exp(density.logpdf(points)).sum() * (side[1] - side[0]) ** 2
    assert mass == pytest.approx(1, abs=1e-6 if noise == "normal" else 1e-3)  # Laplace's density has kinks


def test_the_density_is_that_of_the_samples() -> None:
    net = flow(4)
    x = net(normal(200_000, 5))[0].detach().numpy()
    density = exact_density(net, NORMAL)
    low, high = np.quantile(x, [0.2, 0.6], axis=0)
    side = [np.linspace(a, b, 401) for a, b in zip(low, high, strict=True)]
    middles = np.stack(np.meshgrid(*[(s[1:] + s[:-1]) / 2 for s in side]), axis=-1)
    mass = np.exp(density.logpdf(middles)).mean() * (high - low).prod()
    share = ((low < x) & (x < high)).all(axis=-1).mean()
    assert abs(share - mass) < 4 * np.sqrt(mass / len(x))


def test_a_member_is_the_flow_it_would_be_alone() -> None:
    together, alone, z = flow(5, 6, 7), flow(6), normal(50)
    assert torch.allclose(together(z.expand(3, -1, -1))[1:2], alone(z), atol=1e-14, rtol=0)
    assert torch.allclose(together.member(1)(z), alone(z), atol=1e-14, rtol=0)
    with pytest.raises(ValueError, match="3 members: choose one first"):
        together.log_density(np.zeros((1, 2)), NORMAL.density.logpdf)


def test_divergences_take_the_density_of_a_flow() -> None:
    density = exact_density(flow(0, scale=0.3), NORMAL)
    assert js(density, density) == 0
    assert 0 < js(density, exact_density(flow(1, scale=0.3), NORMAL)) < np.log(2)


def test_a_flow_trains() -> None:
    config = Config(
        data="moons", noise_dim=2, generator="coupling", generator_widths=(8,), generator_activation="tanh",
        discriminator_widths=(8,), batch=16, steps=4, every=4, seeds=(0, 1),
    )  # fmt: skip
    first, last = train(config)
    moved = zip(first.generator.parameters(), last.generator.parameters(), strict=True)
    assert all(not torch.equal(before, after) for before, after in moved)
    assert np.isfinite(exact_density(last.generator, NORMAL, 1).logpdf(np.zeros((3, 2)))).all()


@pytest.mark.parametrize("choices", [{"noise_dim": 1, "data": "ring"}, {"noise_dim": 2, "data": "mixture"}])
def test_a_flow_elsewhere_than_in_the_plane_is_refused(choices: dict) -> None:
    with pytest.raises(ValueError, match=r"maps the plane to the plane.*noise_dim=2 and data in the plane"):
        next(train(Config(generator="coupling", steps=0, **choices)))
