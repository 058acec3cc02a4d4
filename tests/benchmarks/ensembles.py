"""How many steps of GANs a second an ensemble makes, beside a plain loop over one GAN after the other.

Both train the same networks by the same losses and Adam; ours also keeps averages of the networks, and looks whether
all numbers are finite. What either frees stays with the process, as under `ganmath train`. On an accelerator the clock
is the wall's, and the loop is there too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice

import torch
from torch import nn
from torch.nn.functional import softplus

from ganmath.gan import DATA, Config, keep_freed_memory, play
from tests.benchmarks.table import Row, Table, said, seconds

ROUNDS = 7
ON_PROCESSOR = ((512, 16, 64, 20.0), (64, 64, 256, 2.0))  # members, width, batch, and how much faster we mean to be
ON_ACCELERATOR = ((512, 16, 64, None), (4096, 16, 64, 300.0))
Steps = Iterator[object]


def ours(members: int, width: int, batch: int, device: str) -> Steps:
    """Steps of the whole ensemble."""
    config = Config(
        seeds=tuple(range(members)), generator_widths=(width, width), discriminator_widths=(width, width), batch=batch,
        penalty=None, critic_steps=1, schedule="constant", steps=10**9,
    )  # fmt: skip
    return play(config, device=device)


def plain(width: int, batch: int, device: str) -> Steps:
    """Steps of one GAN, as a tutorial writes them."""
    config = Config()

    def network(hidden: nn.Module) -> nn.Module:
        layers = nn.Linear(1, width), hidden, nn.Linear(width, width), hidden, nn.Linear(width, 1)
        return nn.Sequential(*layers).to(device)

    G, D = network(nn.ReLU()), network(nn.LeakyReLU(0.2))
    g_step = torch.optim.Adam(G.parameters(), config.lr_generator, config.betas)
    d_step = torch.optim.Adam(D.parameters(), config.lr_discriminator, config.betas)
    rng, data = torch.Generator().manual_seed(0), DATA[config.data]
    while True:
        yield
        real = data.sample(batch, rng).to(device)
        fake = G(torch.randn(batch, 1, generator=rng).to(device)).detach()
        d_step.zero_grad()
        (softplus(-D(real)).mean() + softplus(D(fake)).mean()).backward()
        d_step.step()
        g_step.zero_grad()
        softplus(-D(G(torch.randn(batch, 1, generator=rng).to(device)))).mean().backward()
        g_step.step()


def table(quick: bool = False) -> Table:
    """Model-steps a second, and their ratio, beside the goal."""
    columns = (
        "members",
        "networks",
        "batch",
        "on",
        "ours, a step of all",
        "plain, a step of one",
        "ratio",
        "goal",
        "met",
    )
    found = Table("Ensembles", columns)
    keep_freed_memory()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for device, cases in (("cpu", ON_PROCESSOR), ("cuda", ON_ACCELERATOR)):
            if device == "cpu" or torch.cuda.is_available():
                found.rows.extend(_row(*case, device, quick) for case in cases)
    finally:
        torch.set_num_threads(threads)
    return found


def _row(members: int, width: int, batch: int, goal: float | None, device: str, quick: bool) -> Row:
    """A block of our draws lasts for some steps: whole blocks are measured."""
    whole = 4096 // batch
    whole_steps, rounds = (1, 1) if quick else (whole, ROUNDS)
    runs = ours(members, width, batch, device), plain(width, batch, device)
    clock = _clock(device)
    for run in runs:
        next(run), next(run)
    taken: list[list[float]] = [[], []]
    for _ in range(rounds):
        for run, times, steps in zip(runs, taken, (whole_steps, 4 * whole_steps), strict=True):
            begun = clock()
            for _ in islice(run, steps):
                pass
            times.append((clock() - begun) / steps)
    us, them = (sorted(times)[len(times) // 2] for times in taken)
    ratio = them * members / us
    met = None if goal is None else ratio >= goal
    name = "processor, one thread" if device == "cpu" else torch.cuda.get_device_name()
    cells = (str(members), f"2 x {width}", str(batch), name, seconds(us), seconds(them), f"{ratio:.1f}")
    return Row((*cells, "–" if goal is None else f"{goal:g}", said(met)), met)


def _clock(device: str) -> Callable[[], float]:
    if device == "cpu":
        return time.process_time

    def synchronised() -> float:
        torch.cuda.synchronize()
        return time.perf_counter()

    return synchronised
