"""`ganmath train`, `resume` and `plot`, as they are typed: what they print, leave behind, and say of mistakes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from ganmath import cli
from ganmath.gan import LOSSES, Config, Loss
from ganmath.gan.checkpoint import fingerprint, load
from ganmath.gan.folder import RunFolder
from tests.disks import no_space

TINY = [f"--set={entry}" for entry in ("generator_widths=[4]", "discriminator_widths=[4]", "batch=8", "every=5")]
COMMAND = [sys.executable, "-m", "ganmath"]
SLOW = """
import sys, time
from ganmath import cli
from ganmath.gan import folder

def slowly(*given, play=folder.play, **how):
    for run in play(*given, **how):
        time.sleep(0.01)  # so that a run of 600 steps is there to be stopped, on a quick machine too
        yield run

folder.play = slowly
sys.exit(cli.main(sys.argv[1:]))
"""
SLOW_COMMAND = [sys.executable, "-c", SLOW]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_run_on_the_line_is_trained_told_and_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "laplace", "--steps", "10", "--seed", "3", "--set", "generator_activation=leaky_relu", *TINY]
    assert cli.main(arguments) == 0
    out = capsys.readouterr().out
    assert re.search(r"^seed 3: exact JS 0\.\d{4}, exact W1 \d\.\d{4}$", out, re.M)
    assert "in runs/laplace-3: losses.svg, stages.svg, film.svg" in out
    folder = RunFolder.open("runs/laplace-3")
    assert folder.config.seeds == (3,)
    assert folder.config.generator_activation == "leaky_relu"
    assert len(folder.rows()) == 3
    for name in ("losses", "stages", "film"):
        assert (folder.path / f"{name}.svg").read_text("utf8").count("<svg") == 1
        (folder.path / f"{name}.svg").unlink()
    assert cli.main(["plot", "runs/laplace-3"]) == 0
    assert (folder.path / "film.svg").exists()


@pytest.mark.parametrize(
    ("data", "said"), [("ring", r"\d modes, \d+\.\d% good samples"), ("moons", "told from the data")]
)
def test_a_run_in_the_plane_is_trained_told_and_drawn(data: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", data, "--steps", "5", "--out", "mine", *TINY]) == 0
    out = capsys.readouterr().out
    assert re.search(said, out)
    assert "in mine: losses.svg, stages.svg, film.svg" in out


def test_of_many_members_the_mean_and_the_worst_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "mixture", "--steps", "1", "--members", "11", "--set", "noise_dim=2", *TINY]) == 0
    out = capsys.readouterr().out
    assert "11 members: in the mean" in out
    assert "worst, seed" in out
    assert "in runs/mixture-0: losses.svg\n" in out  # no density is known of two inputs


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train", "rign"], "data='rign' is unknown; choose one of 'cauchy'"),
        (["train", "ring", "--loss", "gan"], "loss='gan' is unknown; choose one of"),
        (["train", "ring", "--penalty", "r3"], "penalty='r3' is unknown; choose one of"),
        (["train", "ring", "--set", "bacth=3"], "'bacth' is unknown; choose one of 'batch'"),
        (["train", "ring", "--set", "batch"], "--set batch: give a value, as in --set batch=128"),
        (["train", "ring", "--set", "batch=many"], "batch='many' isn't of the type"),
        (["train", "ring", "--set", "batch=0"], "batch=0 must be at least 1"),
        (["train", "mixture", "--set", "generator=coupling"], "not 1 numbers to 1: take noise_dim=2 and data in"),
        (["train", "ring", "--seed", "-1"], "must not be negative"),
        (["train", "ring", "--steps", "0.5"], "'0.5' is not a whole number above 0"),
        (["resume", "nowhere"], "nowhere holds no run"),
        (["plot", "nowhere"], "nowhere holds no run"),
    ],
)
def test_mistakes_are_told_on_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err.splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_training_leaves_the_process_its_threads() -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert cli.main(["train", "normal", "--steps", "1", *TINY]) == 0
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)


def test_a_run_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "normal", "--steps", "5", *TINY]) == 0
    with pytest.raises(SystemExit):
        cli.main(["train", "normal", "--steps", "5", *TINY])
    assert "holds a run, which is left as it is: `ganmath resume runs/normal-0` goes on" in capsys.readouterr().err
    assert cli.main(["resume", "runs/normal-0"]) == 0  # at its end: tells and draws it again


def test_a_damaged_checkpoint_is_told_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "normal", "--steps", "5", *TINY]) == 0
    file = Path("runs/normal-0/checkpoint.safetensors")
    file.write_bytes(file.read_bytes()[:-1])
    capsys.readouterr()
    assert cli.main(["resume", "runs/normal-0"]) == 1
    assert capsys.readouterr().err.startswith("ganmath: runs/normal-0/checkpoint.safetensors is damaged")
    file.unlink()
    assert cli.main(["resume", "runs/normal-0"]) == 0
    assert f"there is no {file}: the run starts again" in capsys.readouterr().err


def test_a_run_that_diverges_is_told_and_what_was_saved_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []  # ten of them by the diagnosis of the start

    def soon_nan(real: object, fake: object) -> object:
        calls.append(1)
        return LOSSES["minimax"].d(real, fake) * (float("nan") if len(calls) > 10 + 7 else 1.0)

    monkeypatch.setitem(LOSSES, "bad", Loss(soon_nan, LOSSES["minimax"].g))
    arguments = ["train", "normal", "--loss", "bad", "--penalty", "none", "--steps", "20", "--set", "critic_steps=1"]
    assert cli.main([*arguments, *TINY, "--set", "every=20", "--save-every", "3"]) == 1
    told = capsys.readouterr().err
    assert "ganmath: step 7: the discriminator's loss ('bad') isn't finite" in told
    assert "saved last is in runs/normal-0/checkpoint.safetensors" in told
    assert load("runs/normal-0/checkpoint.safetensors").step == 6


def test_a_picture_that_can_not_be_written_is_told_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "normal", "--steps", "1", "--out", "run", *TINY]) == 0
    shutil.rmtree("run/snapshots")  # the losses can be drawn all the same
    assert cli.main(["plot", "run"]) == 0
    assert "in run: losses.svg\n" in capsys.readouterr().out
    Path("run/losses.svg").unlink()
    Path("run/losses.svg").mkdir()
    assert cli.main(["plot", "run"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("ganmath: run/losses.svg can't be written (")
    assert told.count("\n") == 1


def test_a_full_disk_at_the_start_is_told_on_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", no_space)
    assert cli.main(["train", "normal", "--out", "run", *TINY]) == 1
    told = capsys.readouterr().err
    assert told.startswith("ganmath: run/config.json can't be written (No space left on device)")
    assert told.count("\n") == 1


def test_a_configuration_that_was_edited_holds_and_the_change_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "normal", "--steps", "5", "--out", "run", *TINY]) == 0
    file = Path("run/config.json")
    text = file.read_text("utf8").replace('"steps": 5', '"steps": 7').replace('"batch": 8', '"batch": 9')
    file.write_text(text, "utf8")
    capsys.readouterr()
    assert cli.main(["resume", "run"]) == 0
    assert "ganmath: run/config.json was edited and holds from step 5 on: steps=7, not 5; batch=9, not 8\n" in (
        capsys.readouterr().err
    )


def test_ctrl_c_before_or_after_the_training_shows_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    assert cli.main(["train", "normal", "--steps", "1", "--out", "run", *TINY]) == 0
    for name, command in (("create", ["train", "normal"]), ("rows", ["plot", "run"])):
        monkeypatch.setattr(RunFolder, name, stopped)
        capsys.readouterr()
        assert cli.main(command) == 130
        assert capsys.readouterr().err == "ganmath: stopped\n"


@pytest.mark.skipif(os.name != "posix", reason="there Ctrl-C can't be sent to one process")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_ctrl_c_saves_and_exits_130_and_a_killed_run_goes_on_too(how: signal.Signals, tmp_path: Path) -> None:
    arguments = ["--steps", "600", "--set=every=200", *TINY[:3]]
    begun = subprocess.Popen(
        [*SLOW_COMMAND, "train", "normal", *arguments, "--save-every", "20"], stderr=subprocess.PIPE, text=True
    )
    folder, deadline = RunFolder("runs/normal-0"), time.monotonic() + 120
    while not (folder.checkpoint_file.exists() and load(folder.checkpoint_file).step >= 20):
        assert begun.poll() is None
        assert time.monotonic() < deadline
    begun.send_signal(how)
    _, told = begun.communicate(timeout=60)
    if how == signal.SIGINT:
        assert begun.returncode == 130
        found = re.search(r"ganmath: stopped after step (\d+) of 600, `ganmath resume runs/normal-0` goes on", told)
        assert found is not None
        assert "finishing the step, to save it; Ctrl-C again stops at once\n" in told
        assert load(folder.checkpoint_file).step == int(found[1])
    assert 20 <= load(folder.checkpoint_file).step < 600
    whole = RunFolder.create("whole", folder.config)
    for either in (folder, whole):  # without the pictures, which take longer
        *_, last = either.train()
        assert last.step == 600
    assert fingerprint(load(folder.checkpoint_file)) == fingerprint(load(whole.checkpoint_file))
    assert folder.metrics_file.read_bytes() == whole.metrics_file.read_bytes()
    assert not list(tmp_path.rglob("*.tmp"))


def test_the_commands_are_quick_to_say_no() -> None:
    """torch isn't loaded before it is needed."""
    script = "import sys; from ganmath import cli; cli._parser(); print({'torch', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_default_folder_is_named_by_data_and_seed() -> None:
    assert cli.main(["train", "uniform", "--steps", "1", "--seed", "7", *TINY]) == 0
    assert RunFolder.open("runs/uniform-7").config.data == "uniform"
    assert isinstance(RunFolder.open("runs/uniform-7").config, Config)
