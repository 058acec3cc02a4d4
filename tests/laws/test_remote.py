"""A hand-in's process: what comes back from it, what ends it, and that it is gone at the end."""

import os
import sys
import venv
from pathlib import Path

import numpy as np
import pytest

from ganmath.laws import remote
from ganmath.laws.calls import GivenUp
from ganmath.laws.remote import Limits, Remote

QUICK = Limits(seconds=2, memory=512)


def called(code: str, *given: object) -> object:
    with Remote("ann.py", [f"def f(x):\n    return {code}\n"], ["f"], limits=QUICK) as f:
        return f(*given or (0.0,))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("x", 0.1),
        ("2**70", 2.0**70),
        ("float('inf')", float("inf")),
        ("[x, (1, 2)]", [0.1, [1.0, 2.0]]),
        ("__import__('numpy').array([x, 1.0])", [0.1, 1.0]),
        ("__import__('numpy').float64(x)", 0.1),
        ("__import__('fractions').Fraction(1, 4)", 0.25),
        ("True", True),
        ("None", None),
    ],
)
def test_values_come_back_exactly(code: str, value: object) -> None:
    answer = called(code, 0.1)
    assert (answer.tolist() if hasattr(answer, "tolist") else answer) == value


@pytest.mark.parametrize(
    ("code", "words"),
    [("'x'", "a str"), ("{}", "a dict"), ("1j", "a complex"), ("object()", "an object"), ("f", "a function")],
)
def test_anything_else_is_named_by_its_type(code: str, words: str) -> None:
    with pytest.raises(Exception, match=f"returns {words}, not a number"):
        called(code)


def test_errors_bear_the_hand_ins_line_and_nothing_that_changes() -> None:
    with pytest.raises(Exception, match=r"^<object object> in \. \(line 2\)$") as raised:
        called("(_ for _ in ()).throw(LookupError(f'{object()} in ' + __import__('os').getcwd()))")
    assert type(raised.value).__name__ == "LookupError"


def test_a_tensor_or_a_narrow_array_keeps_its_type() -> None:
    answer = called("__import__('numpy').float32(x)", 0.1)
    assert str(getattr(answer, "dtype", "")) == "float32"


def test_the_process_and_its_folder_are_gone_at_the_end() -> None:
    with Remote("ann.py", ["import os\ndef f(x): return os.getpid()"], ["f"], limits=QUICK) as f:
        process = int(f(0.0))
        place = Path(f._folder.name)
        assert place.is_dir()
    assert not place.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_function_that_is_gone_stays_gone() -> None:
    with Remote("ann.py", ["import os\ndef f(x): os._exit(5)"], ["f"], limits=QUICK) as f:
        for _ in range(2):
            with pytest.raises(GivenUp, match="exit status 5"):
                f(0.0)


def test_slow_calls_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """No call comes near the limit of one, however busy the machine is."""
    monkeypatch.setattr(remote, "ALL_CALLS", 0.25)
    code = "import time\ndef f(x): time.sleep(x)"
    with (
        Remote("ann.py", [code], ["f"], limits=Limits(seconds=8)) as f,
        pytest.raises(GivenUp, match="more than 2 s in all"),
    ):
        list(map(f, [0.3] * 10))


def test_statements_run_one_by_one_and_the_future_holds_for_all() -> None:
    cells = [
        "from __future__ import annotations",
        "1 / 0",
        "def f(x: nothing_of_that_name) -> float:\n    return x",
        "%%bash\nls",
        "%time f(1)",
    ]
    with Remote("ann.ipynb", cells, ["f"], limits=QUICK) as f:
        assert f(3.0) == 3.0
        assert f.failed == ["ZeroDivisionError: division by zero (line 1)"]


def test_it_is_not_run_as_a_program_and_draws_the_same_numbers() -> None:
    code = "import random, numpy\nif __name__ == '__main__':\n    raise SystemExit\n"
    code += "def f(x): return [random.random(), numpy.random.rand()]"
    with Remote("ann.py", [code], ["f"], limits=QUICK) as f:
        assert not f.failed
        assert f(0.0) == f(0.0)


def test_a_hand_in_is_not_accused_of_what_libraries_do() -> None:
    code = "import scipy.stats, scipy.integrate, tempfile, warnings, traceback\ntempfile.TemporaryFile()\n"
    code += "def f(x):\n    warnings.warn('w', stacklevel=3)\n    traceback.print_stack()\n    return x\n"
    with Remote("ann.py", [code], ["f"], limits=Limits()) as f:
        assert f(1.0) == 1.0
        assert f.failed == f.refused == []


@pytest.mark.parametrize("linked", [False, True])
def test_libraries_may_lie_outside_of_the_environment(
    linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `pip install --user`, and with installers that link each file to a store."""
    bare = venv.EnvBuilder(symlinks=os.name != "nt")
    bare.create(tmp_path / "bare")
    libraries = Path(np.__file__).parents[1]
    if linked:
        store, libraries = libraries, tmp_path / "linked"
        libraries.mkdir()
        for package in ("numpy", "numpy.libs", "scipy", "scipy.libs"):
            (libraries / package).symlink_to(store / package)
    monkeypatch.setattr(sys, "executable", bare.ensure_directories(tmp_path / "bare").env_exe)
    monkeypatch.setattr(sys, "path", [str(libraries)])
    code = "import scipy.stats, sys\ndef f(x): return [scipy.stats.norm.cdf(x), len(sys.argv)]"
    with Remote("ann.py", [code], ["f"], limits=Limits()) as f:
        assert f(0.0) == [0.5, 1.0]
        assert f.failed == f.refused == []
