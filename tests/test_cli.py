"""The command line: its output, its exit status, its manners."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from ganmath import __version__, cli
from ganmath.theory import THEOREMS, ledger, memory, theorem
from ganmath.theory.theorem import LawResult
from tests.disks import no_space


@pytest.fixture(autouse=True)
def laws_hold(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every law holds, without being run, and nothing is remembered from one test to the next."""
    empty = tmp_path_factory.mktemp("memory")
    monkeypatch.setattr(memory, "folder", lambda: empty)
    monkeypatch.setattr(theorem, "_examine", lambda key, examples: LawResult(key, examples))
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # in this process, where laws are replaced


def usage_error(*arguments: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"ganmath {__version__}\n"


def test_verify_prints_the_ledger_and_its_summary_last(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(any(line.startswith(key) for line in lines) for key in THEOREMS)
    assert lines[-1].startswith(f"{len(THEOREMS)} theorems, all ok, ")


def test_verify_some_keys_with_so_many_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "gap", "pinsker", "--examples", "9"]) == 0
    printed = capsys.readouterr().out
    assert "2 theorems" in printed
    assert "(9 examples)" in printed


def test_long_has_more_examples_unless_they_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "gap", "--long"]) == 0
    assert "(2000 examples)" in capsys.readouterr().out
    assert cli.main(["verify", "gap", "--long", "--examples", "9"]) == 0
    assert "(9 examples)" in capsys.readouterr().out


def test_ctrl_c_exits_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(key: str, examples: int) -> LawResult:
        raise KeyboardInterrupt

    monkeypatch.setattr(theorem, "_examine", stopped)
    assert cli.main(["verify", "gap"]) == 130
    assert "stopped after 0 of 1 theorems" in capsys.readouterr().err


def test_what_was_found_before_is_recalled_unless_asked_afresh(capsys: pytest.CaptureFixture[str]) -> None:
    summaries = []
    for arguments in ([], [], ["--fresh"]):
        assert cli.main(["verify", "gap", *arguments]) == 0
        summaries.append(capsys.readouterr().out.splitlines()[-1])
    assert ["recalled" in summary for summary in summaries] == [False, True, False]


def test_a_process_ended_from_outside_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ledger, "_seen", _end_the_process)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert cli.main(["verify", "gap", "pinsker"]) == 1
    assert "ended from outside" in (told := capsys.readouterr().err)
    assert "after 0 of 2" in told


def _end_the_process(key: str, **how: object) -> None:
    os._exit(9)


@pytest.mark.parametrize("key", [key for key, entry in THEOREMS.items() if entry.derivation])
def test_a_planted_sign_error_exits_1(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    derivation = THEOREMS[key].derivation
    assert derivation is not None
    planted = derivation.altered(0, after=-derivation.steps[0].after)
    monkeypatch.setitem(THEOREMS, key, replace(THEOREMS[key], derivation=planted))
    assert cli.main(["verify", key]) == 1
    printed = capsys.readouterr().out
    assert re.search(r"step \d+ FAILED", printed)  # the first, or the one that starts from it
    assert "FALLS SHORT" in printed


def test_verify_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "ledger.json"
    file.write_text("old", encoding="utf-8")
    assert cli.main(["verify", "gap", "--json", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["ok"] is True
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_json_is_replaced_whole_or_not_at_all_and_a_full_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.json"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", no_space)
    assert cli.main(["verify", "gap", "--json", str(file)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"ganmath: {file} can't be written (No space left on device); the file from before is whole: free some space, "
        "or save to another disk"
    )
    assert file.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_json_into_a_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usage_error("verify", "gap", "--json", str(tmp_path / "no" / "ledger.json"))
    assert "there is no folder" in capsys.readouterr().err
    usage_error("verify", "gap", "--json", str(tmp_path))
    assert "this is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["verify", "derive"])
def test_an_unknown_key_lists_the_choices(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    usage_error(command, "jsd")
    assert "did you mean 'jsd-reduction'? Choose from inverse-transform" in capsys.readouterr().err


def test_mistakes_in_use() -> None:
    usage_error()
    usage_error("verify", "gap", "--examples", "0")
    usage_error("verify", "--examples", "many")


def verified_without(package: str, tmp_path: Path, *keys: str) -> tuple[list[dict[str, Any]], str]:
    """The rows of a process that lacks the package, and what it prints: exit 1, as something falls short."""
    program = (
        "import os, sys\n"
        f"sys.modules[{package!r}], os.cpu_count = None, lambda: 1\n"  # in this process, which has none
        "from ganmath import cli\n"
        "sys.exit(cli.main(['verify', *sys.argv[2:], '--examples', '1', '--json', sys.argv[1]]))"
    )
    file, cache = tmp_path / "ledger.json", {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", program, str(file), *keys]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **cache})
    assert done.returncode == 1, done.stderr
    return json.loads(file.read_text(encoding="utf-8"))["theorems"], done.stdout


@pytest.mark.skipif(find_spec("hypothesis") is None, reason="needs the extra `laws`")
@pytest.mark.parametrize(
    ("package", "needs_it", "needs_none", "lost", "why"),
    [
        (
            "torch", "pacgan", "empirical", "experiment",
            "observed here: experiments train networks in torch, of the extra `gan`: pip install torch",
        ),
        (
            "hypothesis", "gap", "brier-score", "laws",
            "tried here: laws are tried on examples drawn by hypothesis, the extra `laws`: pip install hypothesis",
        ),
        (
            "ot", "wasserstein-diameter", "brier-score", "laws",
            "tried here: transport between points in more than one dimension needs POT, the extra `transport`: pip "
            "install POT; without it there is sliced_wasserstein",
        ),
        (
            "flint", "kailath", "empirical", "certificate",
            "certified here: enclosures are computed by python-flint, the extra `certify`: pip install python-flint",
        ),
    ],
    ids=["torch", "hypothesis", "POT", "flint"],
)  # fmt: skip
def test_without_a_package_theorems_fall_short_of_what_needs_it_alone_and_the_others_go_on(
    tmp_path: Path, package: str, needs_it: str, needs_none: str, lost: str, why: str
) -> None:
    (short, whole), printed = verified_without(package, tmp_path, needs_it, needs_none)
    assert short["steps"]
    assert "FAILED" not in short["steps"]
    assert not short[lost]
    assert short["shortfalls"] == [f"not {why}"]
    assert whole["ok"] is True
    assert f"FALLS SHORT: not {why}" in " ".join(printed.split())
    assert printed.splitlines()[-1].startswith("2 theorems, 1 FALLS SHORT, ")


def test_derive_prints_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "jsd-reduction"]) == 0
    assert "-log(4) + 2*JS(p, g)" in capsys.readouterr().out
    assert cli.main(["derive", "jsd-reduction", "--latex"]) == 0
    assert capsys.readouterr().out.startswith(r"\begin{aligned}")


def test_derive_exits_1_where_a_step_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(THEOREMS["gap"], derivation=THEOREMS["gap"].false_neighbour)
    monkeypatch.setitem(THEOREMS, "gap", wrong)
    assert cli.main(["derive", "gap"]) == 1


def test_help_loads_neither_sympy_nor_torch() -> None:
    program = (
        "import sys\nfrom ganmath.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'sympy', 'torch', 'numpy', 'scipy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
