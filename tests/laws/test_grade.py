"""`ganmath grade`: a row for each hand-in, whatever it does, and nothing of this process or machine in it."""

import csv
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ganmath
from ganmath import cli
from ganmath.laws.grade import COLUMNS, grade, table_line, table_row
from ganmath.laws.hand_ins import find
from tests.laws.hand_ins import HAND_INS, OK, OUTSIDE, write

PACKAGE = str(Path(ganmath.__file__).resolve().parent)
SECRET = "a-secret-of-the-instructor"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handed-in")
    write(path, PACKAGE)
    return path


@pytest.fixture(scope="module")
def rows(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each hand-in's line of the table, by its file's name."""
    table = tmp_path_factory.mktemp("table") / "grades.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", SECRET)
        limits = ["--seconds", "2", "--memory", "512"]
        assert cli.main(["grade", str(folder), "--laws", "js", *limits, "--csv", str(table)]) == 0
    head, *lines = table.read_text("utf-8").splitlines()
    assert head == ",".join(COLUMNS)
    found = {next(csv.reader([line]))[1]: line for line in lines}
    assert len(found) == len(lines)
    return {Path(file).relative_to(folder).as_posix(): line for file, line in found.items()}


def test_each_hand_in_has_a_row_and_nothing_else_has(rows: dict[str, str]) -> None:
    assert set(rows) == set(HAND_INS)
    assert len(rows) >= 30


@pytest.mark.parametrize("name", HAND_INS)
def test_the_row_says_what_came_of_it(name: str, rows: dict[str, str]) -> None:
    words = HAND_INS[name][1]
    row = dict(zip(COLUMNS, next(csv.reader([rows[name]])), strict=True))
    assert not [word for word in words if word not in row.values() and word not in rows[name]], rows[name]
    assert row["ok"] == (OK if OK in words else row["ok"])
    assert row["student"] == str(Path(name).with_suffix(""))
    assert (row["ok"] == OK) == (row["score"] == "1.00") == (not row["cause"])
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_nothing_leaks(rows: dict[str, str], folder: Path) -> None:
    everything = "\n".join(rows.values()).replace(str(folder), "")
    assert SECRET not in everything
    assert Path.home() == Path("/") or str(Path.home()) not in everything
    assert not list(folder.rglob(OUTSIDE))
    assert all((folder / name).is_file() for name in HAND_INS)
    assert len(list(folder.rglob("*.py"))) == len([name for name in HAND_INS if name.endswith(".py")]) + 2


def test_two_runs_give_the_same_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = ["factor_2.py", "right_notebook.ipynb", "crashes.py", "raises.py", "reads_the_environment.py"]
    tables = []
    for _ in range(2):
        assert cli.main(["grade", *(str(folder / name) for name in some), "--laws", "js"]) == 0
        tables.append(capsys.readouterr().out)
    assert tables[0] == tables[1]
    assert [line.split(",")[0] for line in tables[0].splitlines()[1:]] == [Path(name).stem for name in some]


def test_details_show_the_report_beside_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["grade", str(folder / "factor_2.py"), "--laws", "js", "--details"]) == 0
    shown = capsys.readouterr()
    assert "my_js as js: " in shown.err
    assert "1 graded, 0 obey every law" in shown.err
    assert "my_js as js: " not in shown.out


def test_what_was_graded_is_kept_when_stopped(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "grades.csv"
    command = [
        sys.executable,
        "-m",
        "ganmath",
        "grade",
        *(str(folder / name) for name in ("right.py", "hangs_in_a_call.py")),
    ]
    options = ["--laws", "js", "--seconds", "60", "--csv", str(table)]
    with subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.PIPE, text=True) as run:
        while run.poll() is None and not table.exists():
            time.sleep(0.1)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "stopped after 1 of 2" in told
    with table.open(encoding="utf-8") as file:
        assert [row["student"] for row in csv.DictReader(file)] == ["right"]
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--laws", "jss"], "did you mean 'js'"),
        (["--laws", "convex_function"], "such as laws='kl_conjugate'"),
        (["--laws", "renyi"], "hand-ins of renyi can't be graded: choose from kl"),
        (["--laws", "js", "--convention", "trits"], "choose from"),
        (["--laws", "js", "--seconds", "0"], "above 0"),
        (["--laws", "js", "--examples", "2.5"], "not a whole number above 0"),
        (["--laws", "js", "--memory", "1"], "no hand-in can run, not even"),
        (["--laws", "js", "--csv", "nowhere/grades.csv"], "there is no folder nowhere"),
    ],
)
def test_a_mistake_in_its_use_is_told_before_anything_runs(
    arguments: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["grade", str(folder / "hangs_at_import.py"), *arguments])
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_a_path_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["grade", "nobody.py", "--laws", "js"])
    assert "there is no file or folder nobody.py" in capsys.readouterr().err


def test_the_help_begins_with_the_warning(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["grade", "--help"])
    assert "\n\nThis is NOT a sandbox: run strangers' code in a container." in capsys.readouterr().out


def test_a_convention_and_another_name(tmp_path: Path) -> None:
    (tmp_path / "ann.py").write_text(HAND_INS["bits.py"][0].replace("my_js", "divergence"), encoding="utf-8")
    found = find([tmp_path])
    [row] = grade(found, "jensen_shannon", function="divergence", convention="bits")
    assert (row.function, row.ok) == ("divergence", True)
    [row] = grade(found, "js", function="my_own")
    assert row.cause == "there is no function my_own: it defines kl, divergence"


def test_a_hand_in_that_is_written_for_arrays_gets_them(tmp_path: Path) -> None:
    (tmp_path / "ann.py").write_text("def my_tv(p, q):\n    return abs(p - q).sum() / 2\n", "utf-8")
    (row,) = grade(find([tmp_path]), "tv")
    assert row.ok
    assert row.note == "called with numpy arrays: with lists it raises TypeError"


def test_a_cell_is_no_formula() -> None:
    assert (
        table_line(["=cmd()", "+1", "-1", "@x", " =1", "a=b", True, 0.5, 3])
        == "'=cmd(),'+1,'-1,'@x,'=1,a=b,yes,0.50,3\n"
    )


def test_the_row_has_a_cell_for_each_column(tmp_path: Path) -> None:
    (tmp_path / "ann.ipynb").write_text("[]", encoding="utf-8")
    [row] = grade(find([tmp_path]), "js")
    assert len(next(csv.reader([table_row(row)]))) == len(COLUMNS)
    assert row.cause.startswith("the file is not a notebook")
