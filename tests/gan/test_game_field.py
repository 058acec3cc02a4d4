"""The game's Jacobian: the Dirac-GAN's, known to the last digit, and networks' by finite differences of the field."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from ganmath.gan import DATA, Config, Snapshot, game_jacobian, game_spectrum, score_field, train
from ganmath.gan.batches import Batch, Noise
from ganmath.gan.dynamics import FIELDS, spectrum
from ganmath.gan.game_field import descent
from ganmath.gan.networks import Stacked

TINY = Config(generator_widths=(3,), generator_activation="tanh", discriminator_widths=(3,), data="ring", noise_dim=2)


class Point(Stacked):
    """All mass at theta, whatever the noise."""

    def __init__(self, theta: float):
        super().__init__()
        self.theta = nn.Parameter(torch.full((1, 1, 1), theta, dtype=torch.float64))

    def forward(self, z: Tensor) -> Tensor:
        return self.theta.expand(z.shape)


class Slope(Stacked):
    """The score -psi x: psi is positive on what is generated."""

    def __init__(self, psi: float):
        super().__init__()
        self.psi = nn.Parameter(torch.full((1, 1, 1), psi, dtype=torch.float64))

    def forward(self, x: Tensor) -> Tensor:
        return -self.psi * x


@dataclass(frozen=True)
class AtZero:
    dim = 1

    def sample(self, size: int, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> Tensor:
        return torch.zeros(size, 1, dtype=dtype)


@pytest.fixture
def dirac(monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    monkeypatch.setitem(DATA, "zero", AtZero())
    unknown = torch.full((1,), torch.nan)
    return Snapshot(0, Config(data="zero", penalty=None), Point(0.0), Slope(0.0), unknown, unknown)


GAMES = {
    "gan": {"loss": "minimax"},
    "non_saturating": {"loss": "non_saturating"},
    "wgan": {"loss": "wasserstein"},
    "r1": {"loss": "minimax", "penalty": "r1", "penalty_weight": 2.0},
    "r1_r2": {"loss": "minimax", "penalty": "r1_r2", "penalty_weight": 0.3},
}


@pytest.mark.parametrize("method", GAMES)
def test_the_dirac_gan_has_its_known_eigenvalues(dirac: Snapshot, method: str) -> None:
    config = replace(dirac.config, **GAMES[method])
    known = spectrum(method, strength=config.penalty_weight)
    found = game_spectrum(replace(dirac, config=config), size=8)
    assert found[0] == pytest.approx(known, abs=1e-14)


@pytest.mark.parametrize("method", GAMES)
def test_away_from_rest_the_dirac_gan_moves_and_bends_as_its_field(dirac: Snapshot, method: str) -> None:
    config = replace(dirac.config, **GAMES[method])
    theta, psi, h = 0.7, -0.4, 1e-6
    away = replace(dirac, config=config, generator=Point(theta), discriminator=Slope(psi))

    def field(theta: float, psi: float) -> np.ndarray:
        down, up = FIELDS[method](theta, psi, config.penalty_weight)
        return np.array([float(up), float(down)])

    zeros = torch.zeros(1, 5, 1, dtype=torch.float64)
    moves = -torch.cat(descent(away, 0, Batch(zeros, Noise(zeros), zeros))).detach().numpy()
    assert moves == pytest.approx(field(theta, psi), rel=1e-14)
    by_psi = (field(theta, psi + h) - field(theta, psi - h)) / (2 * h)
    by_theta = (field(theta + h, psi) - field(theta - h, psi)) / (2 * h)
    assert game_jacobian(away, size=8)[0] == pytest.approx(np.stack([by_psi, by_theta], 1), abs=1e-9)


@pytest.mark.parametrize("penalty", [None, "r1_r2", "gradient_penalty", "dragan"])
@pytest.mark.parametrize("loss", ["relativistic", "f_gan_js"])
def test_the_jacobian_is_that_of_finite_differences(loss: str, penalty: str | None) -> None:
    """Smooth networks, two members, every parameter moved to and fro: also what penalties owe to the generator."""
    config = replace(TINY, loss=loss, penalty=penalty, discriminator_activation="silu", seeds=(0, 1), dtype="float64")
    snapshot = next(train(config))
    jacobian = game_jacobian(snapshot, size=6, seed=5)
    rng = torch.Generator().manual_seed(5)
    real = DATA["ring"].sample(6, rng, torch.float64)[None]
    noise = DATA["normal"].sample(12, rng, torch.float64).reshape(1, 6, 2)
    batch = Batch(real, Noise(noise), torch.rand(real.shape, generator=rng, dtype=torch.float64))
    columns, h = [], 1e-5
    for player in (snapshot.discriminator, snapshot.generator):
        for parameter in player.parameters():
            entries = parameter.data[1].view(-1)
            for i in range(len(entries)):
                ends = []
                for move in (h, -2 * h):
                    entries[i] += move
                    ends.append(-torch.cat(descent(snapshot, 1, batch)).detach().numpy())
                entries[i] += h
                columns.append((ends[0] - ends[1]) / (2 * h))
    assert jacobian[1] == pytest.approx(np.stack(columns, 1), abs=1e-7 * abs(jacobian[1]).max())
    assert abs(jacobian[0] - jacobian[1]).max() > 1e-3


def test_a_zero_sum_game_is_antisymmetric_between_the_players() -> None:
    snapshot = next(train(replace(TINY, loss="minimax", penalty=None)))
    jacobian = game_jacobian(snapshot)[0]
    d = sum(parameter.numel() for parameter in snapshot.discriminator.parameters())
    assert abs(jacobian[:d, d:] + jacobian[d:, :d].T).max() < 1e-14
    assert abs(jacobian[:d, d:]).max() > 1e-3
    eigenvalues = game_spectrum(snapshot)[0]
    assert (np.diff(eigenvalues.real) <= 1e-12).all()
    assert eigenvalues.sum() == pytest.approx(np.trace(jacobian), abs=1e-12)


def test_what_is_too_large_or_has_no_jacobian_is_refused() -> None:
    with pytest.raises(ValueError, match=r"8899 parameters a member.*more than 1000.*generator_widths=\(16,\)"):
        game_spectrum(next(train(replace(TINY, discriminator_widths=(64, 64), generator_widths=(64, 64)))))
    with pytest.raises(ValueError, match="spectral_norm=True: training holds the singular vectors fixed"):
        game_spectrum(next(train(replace(TINY, spectral_norm=True))))


def test_the_field_on_a_grid_is_the_score_and_its_slope() -> None:
    snapshot = next(train(replace(TINY, seeds=(0, 1), discriminator_activation="silu")))
    x, y = np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1, 1, 5))
    score, push = score_field(snapshot, np.stack([x, y], -1))
    assert (score.shape, push.shape) == ((2, 5, 7), (2, 5, 7, 2))
    with torch.no_grad():
        alone = snapshot.discriminator.member(1)(torch.tensor([[[x[3, 2], y[3, 2]]]]))
    assert score[1, 3, 2] == pytest.approx(float(alone), rel=1e-14)
    h = 1e-6
    right, left = (score_field(snapshot, np.stack([x + move, y], -1))[0] for move in (h, -h))
    assert push[..., 0] == pytest.approx((right - left) / (2 * h), abs=1e-8)
