"""The density of smooth generators on the line, by their level crossings: closed forms, samples, limits, identities."""

import math
import time

import numpy as np
import pytest
import torch

from ganmath.divergence import common_reference, js
from ganmath.game import optimal_discriminator, value
from ganmath.gan import DATA, MLP, atoms, exact_density
from ganmath.gan.smooth import SmoothMap

NORMAL = DATA["normal"]


def smooth(activation: str, seed: int, *hidden: int, scale: float = 2.0) -> MLP:
    """A network whose first and last weights are scaled up, so that it bends as trained ones do."""
    net = MLP((1, *hidden, 1), activation, [torch.Generator().manual_seed(seed)], torch.float64)
    with torch.no_grad():
        net.weights[0].mul_(scale)
        net.weights[-1].mul_(2 * scale)
    return net


def one_unit(w: float, b: float, v: float, activation: str = "tanh") -> MLP:
    """c + v a(w z + b), with c = 0.5."""
    net = MLP((1, 1, 1), activation, [torch.Generator().manual_seed(0)], torch.float64)
    with torch.no_grad():
        for parameter, number in zip(net.parameters(), (w, v, b, 0.5), strict=True):
            parameter.fill_(number)
    return net


@pytest.mark.parametrize("v", [1.5, -1.5])
def test_one_tanh_has_the_closed_form(v: float) -> None:
    density = exact_density(one_unit(0.4, 0.2, v), NORMAL)
    t = np.linspace(-0.999, 0.999, 301)
    z = (np.arctanh(t) - 0.2) / 0.4
    expected = NORMAL.density.logpdf(z) - np.log(0.4 * 1.5 * (1 - t * t))
    assert density.logpdf(0.5 + v * t) == pytest.approx(expected, rel=1e-11, abs=1e-11)
    below = NORMAL.density.cdf(z) if v > 0 else NORMAL.density.sf(z)
    assert density.cdf(0.5 + v * t) == pytest.approx(below, rel=1e-9, abs=1e-15)
    assert density.support == pytest.approx((-1.0, 2.0))
    assert density.quantile(np.array([0.0, 0.5, 1.0])) == pytest.approx([-1, 0.5 + v * math.tanh(0.2), 2], rel=1e-9)


def test_one_silu_turns_where_it_should() -> None:
    """a(z) = z sigma(z) is least at z = -1.2784645, where its value is -0.2784645."""
    net = one_unit(1.0, 0.0, 1.0, "silu")
    assert SmoothMap(net, NORMAL.density).turns == pytest.approx([-1.2784645427610738], rel=1e-12)
    density = exact_density(net, NORMAL)
    assert density.support[0] == pytest.approx(0.5 - 0.2784645427610738, rel=1e-12)
    assert density.poles == (density.support[0],)


@pytest.mark.parametrize("gap", [1e-2, 3e-4, 1e-4, 1e-6])
def test_two_turns_are_seen_however_close(gap: float) -> None:
    """a tanh(2u) - tanh(u) turns at u = -gap and gap, where cosh(2u)/cosh(u) is the root of 2a; cells are 0.2 wide."""
    place, steep = 0.3137, 1 + 2 * math.sinh(gap / 2) ** 2
    a = (2 * steep - 1 / steep) ** 2 / 2
    net = MLP((1, 2, 1), "tanh", [torch.Generator().manual_seed(0)], torch.float64)
    with torch.no_grad():
        for parameter, numbers in zip(net.parameters(), ((2, 1), (a, -1), (-2 * place, -place), 0), strict=True):
            parameter.copy_(torch.tensor(numbers, dtype=torch.float64).reshape(parameter.shape))
    assert SmoothMap(net, NORMAL.density).turns - place == pytest.approx([-gap, gap], rel=1e-4)
    if gap >= 1e-4:  # closer turns leave a level stretch, as far as floats can tell
        density = exact_density(net, NORMAL)
        mass = common_reference(DATA["mixture"].density, density).integrate(lambda at: at.q)
        assert mass == pytest.approx(1, abs=1e-11)


@pytest.mark.parametrize(
    ("activation", "hidden"),
    [("tanh", (5,)), ("tanh", (48, 48)), ("silu", (48, 48)), ("silu", (32, 32, 32))],
)
@pytest.mark.parametrize("noise", ["normal", "uniform"])
def test_the_density_is_that_of_a_million_samples(activation: str, hidden: tuple[int, ...], noise: str) -> None:
    net, size = smooth(activation, 0, *hidden), 1_000_000
    density = exact_density(net, DATA[noise])
    x = net.on_line(DATA[noise].sample(size, torch.Generator().manual_seed(1), torch.float64).numpy()).ravel()
    edges = np.unique(np.concatenate([np.quantile(x, np.linspace(0.001, 0.999, 200)), density.poles]))
    masses = np.diff(density.cdf(edges))
    counts = np.histogram(x, edges)[0]
    likely = masses * size > 20
    chi2 = ((counts - masses * size) ** 2 / (masses * size))[likely]
    assert abs(chi2.mean() - 1) < 5 * math.sqrt(2 / likely.sum())
    # logpdf is the derivative of cdf, away from critical values, where differences fail.
    middle, h = (edges[1:] + edges[:-1]) / 2, np.diff(edges) * 1e-3
    slope = (density.cdf(middle + h) - density.cdf(middle - h)) / (2 * h)
    assert np.median(abs(slope / np.exp(density.logpdf(middle)) - 1)) < 1e-6


@pytest.mark.parametrize("activation", ["tanh", "silu"])
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("noise", ["normal", "uniform"])
def test_quadrature_knows_the_poles(activation: str, seed: int, noise: str) -> None:
    """Without a warning: the mass is 1, and V(D*) = -log 4 + 2 JS, where V(D*) is integrated over the noise instead."""
    net, data = smooth(activation, seed, 24, 24), DATA["mixture"].density
    density = exact_density(net, DATA[noise])
    pair = common_reference(data, density)
    mass, _ = pair.integrate(lambda at: (at.q, at.p))
    assert mass == pytest.approx(1, abs=1e-10)
    best = optimal_discriminator(data, density, logits=True)
    identity = -math.log(4) + 2 * js(data, density)
    assert float(value(best, data, density, logits=True)) == pytest.approx(identity, abs=1e-10)
    levels = (np.arange(20_000) + 0.5) / 20_000  # the midpoint rule over levels of the noise
    at = net.on_line(DATA[noise].density.quantile(levels))
    real = DATA["mixture"].density.quantile((np.arange(20_000) + 0.5) / 20_000)
    by_hand = -np.logaddexp(0, -best(real)).mean() - np.logaddexp(0, best(at)).mean()
    assert by_hand == pytest.approx(identity, abs=2e-3)


def test_steep_silu_is_relu() -> None:
    """silu(k x)/k tends to max(x, 0)."""
    relu = MLP((1, 16, 1), "leaky_relu", [torch.Generator().manual_seed(3)], torch.float64)
    relu.activation = "relu"
    with torch.no_grad():
        relu.biases[0].abs_().add_(1)  # so that some units are on wherever noise is
    x = np.linspace(-2, 2, 200)
    errors = []
    for steep in (1e2, 1e3):
        net = MLP((1, 16, 1), "silu", [torch.Generator().manual_seed(3)], torch.float64)
        with torch.no_grad():
            net.weights[0].mul_(steep)
            net.biases[0].abs_().add_(1).mul_(steep)
            net.weights[1].div_(steep)
        law = DATA["uniform"]
        errors.append(abs(exact_density(net, law).cdf(x) - exact_density(relu, law).cdf(x)).max())
    assert errors[1] < errors[0] / 5
    assert errors[1] < 2e-4


def test_two_thousand_points_take_less_than_a_fifth_of_a_second() -> None:
    """Measured: 2 to 15 ms for 48-48 hidden units, after 15 to 30 ms for the cells."""
    net = smooth("tanh", 1, 48, 48)
    x = np.linspace(-1, 1.4, 2000)
    times = []
    for _ in range(3):
        start = time.thread_time()  # without the threads of libraries, which may wait in a loop
        exact_density(net, NORMAL).logpdf(x)
        times.append(time.thread_time() - start)
    assert min(times) <= 0.2


def sum_of(activation: str, weights: tuple[float, ...], heights: tuple[float, ...]) -> MLP:
    """v_1 a(w_1 z) + v_2 a(w_2 z) + ..."""
    net = MLP((1, len(weights), 1), activation, [torch.Generator().manual_seed(0)], torch.float64)
    with torch.no_grad():
        for parameter, numbers in zip(net.parameters(), (weights, heights, 0, 0), strict=True):
            parameter.copy_(torch.tensor(numbers, dtype=torch.float64).expand(parameter.numel()).view_as(parameter))
    return net


@pytest.mark.parametrize(
    "net",
    [
        pytest.param(sum_of("tanh", (1, 0.02, 0.002), (2, -1.9, 3)), id="its limit lies beyond a turn"),
        pytest.param(sum_of("silu", (1, 0.02), (-1, 55)), id="its line lies beyond a turn"),
        pytest.param(MLP((1, 16, 16, 1), "tanh", [torch.Generator().manual_seed(5390)], torch.float64), id="level"),
    ],
)
def test_what_lies_beyond_all_noise_takes_no_mass(net: MLP) -> None:
    """Noise ends 37 standard deviations out. There a network may be level but for rounding, or have yet to turn."""
    density = exact_density(net, NORMAL)
    pair = common_reference(DATA["mixture"].density, density)
    assert pair.integrate(lambda at: (at.q, at.p)) == pytest.approx((1, 1), abs=1e-11)
    x = np.sort(net.on_line(np.linspace(-3, 3, 50))).ravel()
    h = 1e-5
    slope = (density.cdf(x + h) - density.cdf(x - h)) / (2 * h)
    assert np.median(abs(slope / np.exp(density.logpdf(x)) - 1)) < 1e-6


def test_a_saturated_network_has_atoms_to_floats() -> None:
    net = one_unit(50.0, 0.0, 1.0)
    masses = atoms(net, NORMAL)
    assert 2 * float(NORMAL.density.sf(0.38)) < sum(masses.values()) < 2 * float(NORMAL.density.sf(0.28))
    with pytest.raises(ValueError, match=r"level to all digits.*atoms"):
        exact_density(net, NORMAL)
    with pytest.raises(ValueError, match="single atom"):
        exact_density(one_unit(0.0, 0.0, 1.0), NORMAL)


def test_a_network_in_the_plane_has_no_exact_density() -> None:
    net = MLP((2, 8, 2), "tanh", [torch.Generator().manual_seed(0)])
    with pytest.raises(
        TypeError, match=r"from 2 numbers to 2 has no density .* generator='coupling'.*sliced_wasserstein"
    ):
        exact_density(net, NORMAL)
    assert atoms(net, NORMAL) == {}
