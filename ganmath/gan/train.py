"""The training loop, and what it hands out.

Everything that watches a run (diagnostics, plots, a progress bar) iterates over `train` and never reaches into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tqdm import tqdm

from ganmath.gan.batches import Device
from ganmath.gan.config import Config
from ganmath.gan.networks import Stacked
from ganmath.gan.run import Run, Snapshot, State
from ganmath.gan.updates import UPDATES, Game, discriminator_alone


def train(
    config: Config,
    generator: Stacked | None = None,
    resume: State | None = None,
    device: Device = None,
) -> Iterator[Snapshot]:
    """Train an ensemble of GANs, one for each of ``config.seeds``; a `Snapshot` every ``config.every`` steps.

    Alternating updates: ``critic_steps`` of the discriminator, then one of the generator, by Adam. A member draws its
    initial parameters, its data and its noise from random generators of its own: it trains as it would alone. With a
    ``generator`` (as many members as seeds) that one stays as it is, and only the discriminator learns. From a state to
    ``resume`` the run goes on bit for bit, and so do the snapshots: those due at its step or later.

    Raises TypeError for what is no `Config`, ValueError where the generator has another number of members than there
    are seeds, or the state is of another kind of run, and `TrainingDiverged` where a loss isn't finite any more.

    On another ``device``, such as "cuda", the networks and their steps are there; random numbers come from the same
    generators of the processor, and so does the start. Sums are rounded otherwise: a run is the same bit for bit on one
    device only. Snapshots are on the processor.

    References: Goodfellow et al. (2014), algorithm 1.

    >>> config = Config(seeds=(0, 1), steps=20, every=10, generator_widths=(8,), discriminator_widths=(8,))
    >>> [snapshot.step for snapshot in train(config)]
    [0, 10, 20]
    """
    for run in play(config, generator, resume, device):
        if run.step % config.every == 0 or run.step == config.steps:
            yield run.snapshot()


def play(
    config: Config,
    generator: Stacked | None = None,
    resume: State | None = None,
    device: Device = None,
) -> Iterator[Run]:
    """The same training, as the `Run` itself, at its start and after every step, for who wants to save or to stop.

    The run is live: what it holds moves on with the next step. Take ``run.state()`` or ``run.snapshot()`` to keep it.

    >>> config = Config(steps=3, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> for run in play(config):
    ...     if run.step == 2:
    ...         state = run.state()
    >>> [run.step for run in play(config, resume=state)]
    [2, 3]
    """
    if not isinstance(config, Config):
        raise TypeError(
            f"config is a {type(config).__name__}; give a Config, such as Config(data='ring') or recipe('ring')"
        )
    run = Run(config, generator, device)
    if resume is not None:
        run.restore(resume)
    d, g = run.d, run.g
    game = Game(config, d.network, g.network, d.optimiser, g.optimiser, run.draw, run.draw_noise)
    update = UPDATES[config.update] if generator is None else discriminator_alone
    while True:
        yield run
        if run.step == config.steps:
            return
        d.learn_at(config.lr_factor(run.step))
        g.learn_at(config.lr_factor(run.step))

        run.between_steps = False
        game.step = run.step
        d_loss, g_loss = update(game)
        d.follow()
        g.follow()
        run.d_loss, run.g_loss = d_loss.detach(), g_loss.detach()
        run.step += 1
        run.between_steps = True


def progress(snapshots: Iterable[Snapshot], total: int) -> Iterator[Snapshot]:
    """The same snapshots, with a progress bar of ``total`` steps that shows the mean losses.

    >>> config = Config(steps=2, every=1, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> len(list(progress(train(config), config.steps)))
    3
    """
    with tqdm(total=total, unit="step") as bar:
        for snapshot in snapshots:
            bar.update(snapshot.step - bar.n)
            bar.set_postfix(d_loss=float(snapshot.d_loss.mean()), g_loss=float(snapshot.g_loss.mean()))
            yield snapshot
