"""What exercises ask for, as subjects: the reference is this package's own where it has one, and slips are told."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from ganmath.laws import LAWS as ALL
from ganmath.laws import check_laws, examine
from ganmath.laws.examination import drawn
from ganmath.laws.grade import grade
from ganmath.laws.hand_ins import find
from ganmath.laws.subjects import SUBJECTS, cycles, lessons, networks


def my_inv_cdf(probs, places, u, side="left"):
    order = np.argsort(places)
    levels = np.cumsum(np.asarray(probs)[order])
    return np.asarray(places)[order][np.searchsorted(levels, u, side=side)]


def my_slopes(p, g, u, mean=1.0):
    p, g, u = (np.asarray(a, dtype=float) for a in (p, g, u))
    change = g * (u - mean * (g @ u))
    return change @ np.log(g / (p + g)), -change @ np.log(p / (p + g))


def my_bound(p, g, T, less=1.0):
    return p @ T - g @ np.exp(T - less)


def my_cycle(G, F, x, y):
    return np.abs(F(G(x)) - x).mean() + np.abs(G(F(y)) - y).mean()


def my_identity(G, F, x, y):
    return np.abs(G(y) - y).mean() + np.abs(F(x) - x).mean()


def my_modes(points, centers, sigma, reach=3, part=5):
    distances = np.linalg.norm(points[:, None] - centers, axis=-1)
    nearest = distances.argmin(axis=1)
    counts = np.bincount(nearest[distances.min(axis=1) <= reach * sigma], minlength=len(centers))
    return int((counts >= len(points) / len(centers) * -np.expm1(-4.5) / part).sum())


def my_down(n, k, s, p):
    return (n + 2 * p - k) // s + 1


def my_up(n, k, s, p):
    return s * (n - 1) + k - 2 * p


RIGHT = {
    "inverse_cdf": my_inv_cdf, "generator_slopes": my_slopes, "kl_bound": my_bound, "cycle_loss": my_cycle,
    "identity_loss": my_identity, "modes_covered": my_modes, "convolution_side": my_down,
    "transposed_convolution_side": my_up,
}  # fmt: skip
WRONG: list[tuple[str, Callable[..., Any], str]] = [
    ("inverse_cdf", lambda probs, places, u: my_inv_cdf(probs, places, u, "right"), "F(x) = u is enough"),
    ("inverse_cdf", lambda probs, places, u: float(np.interp(u, np.cumsum(probs), places)), "not the right value"),
    ("generator_slopes", lambda p, g, u: my_slopes(p, g, u, mean=0.0), "the mean of u isn't taken off"),
    ("generator_slopes", lambda p, g, u: my_slopes(p, g, u)[::-1], "the two are exchanged"),
    ("generator_slopes", lambda p, g, u: my_slopes(p, g, u)[0], "returns float64"),
    ("kl_bound", lambda p, g, T: my_bound(p, g, T, less=0.0), "e^T is taken"),
    ("cycle_loss", lambda G, F, x, y: np.abs(F(G(x)) - x).mean(), "half of it is missing"),
    ("cycle_loss", lambda G, F, x, y: my_cycle(F, G, x, y), "the right value"),
    ("cycle_loss", my_identity, "this is identity_loss"),
    ("identity_loss", lambda G, F, x, y: ((G(y) - y) ** 2).mean() + ((F(x) - x) ** 2).mean(), "squares are taken"),
    ("modes_covered", lambda *a: my_modes(*a, reach=1e9), "points beyond"),
    ("modes_covered", lambda *a: my_modes(*a, part=1), "the whole fair share"),
    ("modes_covered", lambda *a: my_modes(*a, part=100), "one good point is enough"),
    ("convolution_side", lambda n, k, s, p: my_down(n, k, s, p / 2), "the padding is counted once"),
    ("transposed_convolution_side", lambda n, k, s, p: s * n, "not the right value"),
]  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_what_a_student_writes_is_not_accused(name: str) -> None:
    for seed in range(5):
        check_laws(RIGHT[name], name, seed=seed).raise_if_broken()


@pytest.mark.parametrize(("name", "function", "words"), WRONG)
def test_a_slip_is_told(name: str, function: Callable[..., Any], words: str) -> None:
    report = check_laws(function, name)
    print(report)
    assert not report.ok
    assert words in report.cause


LESSONS = [
    (subject.name, law)
    for family in (lessons, networks, cycles)
    for subject in family.SUBJECTS
    for law in subject.laws
    if law.key not in ALL
]


@pytest.mark.parametrize(("name", "law"), LESSONS, ids=lambda one: getattr(one, "key", one))
def test_each_law_can_be_broken(name: str, law: Any) -> None:
    subject = SUBJECTS[name]

    def odd(*given: Any) -> Any:
        """Wrong by what a law doesn't let pass: another amount for other arguments."""
        value = subject.reference(*given)
        grown = 1.0 + crc32(repr(given).encode()) % 97
        return [entry + grown for entry in value] if isinstance(value, list) else value + grown

    assert examine(law, subject.adapt(subject.reference), 50).holds
    assert not examine(law, subject.adapt(odd), 50).holds


def test_modes_are_counted_as_the_package_counts_them() -> None:
    data = pytest.importorskip("ganmath.gan.data")
    reference = SUBJECTS["modes_covered"].reference
    for points, centers, sigma in [*networks.MODES, *drawn(("points_around_modes",), 40, 0)]:
        k = len(centers)
        modes = SimpleNamespace(
            centers=np.array(centers), stds=np.full(k, sigma), high_quality=np.full(k, -np.expm1(-4.5) / k)
        )
        counts = data.count_modes(modes, np.array(points))
        assert reference(points, centers, sigma) == (counts.good >= modes.high_quality * len(points) / 5).sum()


def test_penalties_and_sides_are_those_of_the_package_and_of_torch() -> None:
    torch = pytest.importorskip("torch")
    from torch.nn.functional import conv2d, conv_transpose2d

    from ganmath.gan import gradient_penalty

    def on_tensors(critic, x):
        x = torch.tensor(x, dtype=torch.float64)
        return gradient_penalty(critic, x, x, torch.zeros_like(x[..., :1]))

    check_laws(on_tensors, "gradient_penalty").raise_if_broken()
    for n, k, s, p in [*networks.SIDES, *drawn(("sides_and_kernels",), 60, 0)]:
        image, kernel = torch.zeros(1, 1, n, n), torch.zeros(1, 1, k, k)
        assert conv2d(image, kernel, stride=s, padding=p).shape[-1] == networks._windows(n, k, s, p)
        assert conv_transpose2d(image, kernel, stride=s, padding=p).shape[-1] == networks._least_side(n, k, s, p)


def test_a_penalty_of_all_gradients_at_once_is_told_in_torch() -> None:
    torch = pytest.importorskip("torch")

    def careless(critic, x):
        x = torch.tensor(x, dtype=torch.float64).requires_grad_()
        (gradient,) = torch.autograd.grad(critic(x).sum(), x, create_graph=True)
        return (gradient.norm() - 1).square().expand(len(x))

    report = check_laws(careless, "gradient_penalty")
    assert "one norm of all gradients" in report.cause
    assert "lambda x: 0 * x[..., 0]" in report.evidence[0]


def test_a_hand_in_gets_maps_as_their_code(tmp_path: Path) -> None:
    source = "import numpy as np\n" + inspect.getsource(my_cycle) + inspect.getsource(my_modes)
    (tmp_path / "ann.py").write_text(source, "utf-8")
    for laws, function in (("cycle_loss", "my_cycle"), ("modes_covered", "my_modes")):
        (row,) = grade(list(find([tmp_path])), laws, function=function)
        assert row.ok, row


@pytest.mark.parametrize("name", ["cycle_loss", "kl_conjugate"])
def test_what_this_package_has_no_function_of_is_not_checked_strictly(name: str) -> None:
    with pytest.raises(ValueError, match="leave strict out"):
        check_laws(SUBJECTS[name].reference, name, strict=True)


def test_maps_and_critics_print_as_code_that_does_the_same() -> None:
    x = np.array([[1.0, -2.0], [0.25, 3.0]])
    for argument in (cycles.Line(-0.25, 1.5), networks.Critic((0.6, 0.8), 0.25), networks.Critic((1.0, -2.0), 0.0)):
        assert (eval(repr(argument))(x) == argument(x)).all()
