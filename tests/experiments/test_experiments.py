"""Every experiment sees what its theorem says, with seeds that nobody chose, and would see its negation."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from ganmath.experiments import EXPERIMENTS, Result, descent, experiment, observe, ring_film
from ganmath.theory import THEOREMS

PAGES = Path(__file__).resolve().parents[2] / "book" / "chapters"


def seen(key: str, seed: int, quick: bool) -> Result:
    found = observe(key, quick, seed)
    assert (found.key, found.seed, found.quick) == (key, seed, quick)
    assert found.ok, "\n".join((*found.shortfalls, str(found)))
    assert all(one.why or one.tolerance == 0 for one in found.measurements), "a tolerance says where it comes from"
    assert 0 < found.seconds < 60
    return found


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_each_experiment_sees_what_is_claimed_and_not_its_negation(key: str) -> None:
    seen(key, seed=1, quick=True)


@pytest.mark.long
@pytest.mark.parametrize("key", EXPERIMENTS)
def test_each_experiment_does_so_with_other_seeds_and_whole(key: str) -> None:
    for seed in range(2, 7):
        seen(key, seed, quick=True)
    found = observe(key, quick=False, seed=0)
    assert found.ok, str(found)


def test_networks_get_one_thread_and_the_process_its_own_again(monkeypatch: pytest.MonkeyPatch) -> None:
    threads, seen_inside = torch.get_num_threads(), []

    def run(seed: int, quick: bool) -> Result:
        seen_inside.append(torch.get_num_threads())
        raise ArithmeticError("no result")

    monkeypatch.setattr(experiment("pacgan"), "run", run)
    torch.set_num_threads(2)
    try:
        with pytest.raises(ArithmeticError):
            observe("pacgan", seed=-1)
        assert (seen_inside, torch.get_num_threads()) == ([1], 2)
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize(
    "film", [lambda: descent.film(frames=1), lambda: ring_film.film(steps=1, frames=1, points=50)], ids=["fall", "ring"]
)
def test_a_film_leaves_the_process_its_threads(film: Callable[[], Any]) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        film()
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)


def test_without_torch_an_experiment_names_the_extra_and_others_run() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; from ganmath.experiments import observe\n"
        "assert observe('empirical').ok\n"
        "try: observe('pacgan')\n"
        "except ImportError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "experiments train networks in torch, of the extra `gan`: pip install torch\n"


def test_an_unknown_experiment_lists_the_choices() -> None:
    with pytest.raises(ValueError, match=r"unknown experiment 'empircal': choose from .*empirical"):
        experiment("empircal")


@pytest.mark.parametrize("key", [key for key, theorem in THEOREMS.items() if theorem.experiment])
def test_the_page_of_a_theorem_shows_its_experiment(key: str) -> None:
    page = (PAGES / f"{THEOREMS[key].page}.md").read_text("utf8")
    shown = re.findall(rf'THEOREMS\["{key}"\]\.verify\((.*?)\)', page)
    assert shown == ["observe=observe"]
