"""Hand-ins of all kinds, by file name: the code, and words that the row of its student must hold.

They are text here, and files only in a test's temporary folder: nothing may collect or import them.
"""

import json
from pathlib import Path

RIGHT = """
import math

def kl(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q) if a > 0)

def my_js(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q)]
    return max(0.0, kl(p, m) / 2 + kl(q, m) / 2)
"""
RIGHT_ARRAYS = """
import numpy as np

def my_js(p, q):
    p, q = np.asarray(p), np.asarray(q)
    m = (p + q) / 2
    with np.errstate(all="ignore"):
        terms = np.where(p > 0, p * np.log(p / m), 0) + np.where(q > 0, q * np.log(q / m), 0)
    return np.maximum(terms.sum() / 2, 0)
"""


def right_after(*lines: str) -> str:
    """A right function whose body first does something else."""
    body = "".join(f"    {line}\n" for line in lines)
    return RIGHT.replace("def my_js(p, q):\n", f"def my_js(p, q):\n{body}")


def notebook(*cells: str) -> str:
    """A notebook of these code cells, after one of text."""
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# def my_js: not code"]}
    code = [
        {"cell_type": "code", "metadata": {}, "source": cell.splitlines(keepends=True), "outputs": []} for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text, *code]})


def try_both(*attempts: str) -> str:
    """Attempts, each in vain whatever it raises, and a right function."""
    return "".join(f"try:\n    {attempt}\nexcept Exception:\n    pass\n" for attempt in attempts) + RIGHT


OK = "yes"  # in the row of a hand-in that obeys every law
OUTSIDE = "~written-outside.txt"  # in the folder of hand-ins, should one get there

HAND_INS: dict[str, tuple[str, tuple[str, ...]]] = {
    "right.py": (RIGHT, (OK,)),
    "right_arrays.py": (RIGHT_ARRAYS, (OK,)),
    "right_notebook.ipynb": (
        notebook(
            "%matplotlib inline\n!ls\nimport math",
            "from ganmath.laws import check_laws",
            RIGHT.replace("my_js", "js"),
            "%%bash\nrm -r /",
            "files = !ls\njs?",
            "check_laws(js, 'js')",
            "1 / 0",
            "js([0.5, 0.5], [1, 0])",
        ),
        (OK,),
    ),
    "wrong_name.py": (RIGHT.replace("kl(", "_kl(").replace("my_js", "JSD"), (OK, "JSD")),
    "prints.py": (right_after("print('x')", "import os, sys", "sys.stderr.write('e')", "os.write(1, b'{}')"), (OK,)),
    "prints_in_c.py": (
        "import ctypes\nlibc = ctypes.CDLL(None)\n" + right_after("libc.puts(b'from C')", "libc.fflush(None)"),
        (OK,),
    ),
    "closes_stdout.py": (right_after("import sys", "sys.stdout.close()", "sys.stderr.close()"), (OK,)),
    "edits_arguments.py": (
        RIGHT.replace("my_js", "js") + "\ndef my_js(p, q):\n    value = js(p, q)\n    p.clear()\n    return value\n",
        (),
    ),
    "factor_2.py": (RIGHT.replace("kl(p, m) / 2 + kl(q, m) / 2", "kl(p, m) + kl(q, m)"), ("no",)),
    "bits.py": (RIGHT.replace("math.log(a / b)", "math.log2(a / b)"), ("no",)),
    "nan.py": ("def my_js(p, q):\n    return float('nan')\n", ("no", "nan")),
    "none.py": ("def my_js(p, q):\n    sum(p)\n", ("no", "None")),
    "text.py": ("def my_js(p, q):\n    return 'ln 2'\n", ("no", "a str")),
    "array_for_a_scalar.py": (RIGHT_ARRAYS.replace("terms.sum() / 2", "terms / 2"), ("no", "array")),
    "raises.py": ("def my_js(p, q):\n    return 1 / 0\n", ("no", "ZeroDivisionError: division by zero (line 2)")),
    "three_arguments.py": ("def my_js(p, q, base):\n    return 0\n", ("no", "base")),
    "syntax_error.py": ("def my_js(p, q)\n    return 0\n", ("no function my_js", "SyntaxError", "line 1")),
    "no_function.py": ("p = [0.5, 0.5]\n", ("no function my_js",)),
    "two_functions.py": ("def one(p, q):\n    return 0\ndef two(x):\n    return x\n", ("it defines one, two",)),
    "empty.py": ("", ("no function my_js",)),
    "not_a_notebook.ipynb": ("{'cells': [", ("not a notebook",)),
    "hangs_at_import.py": ("while True:\n    pass\n" + RIGHT, ("while it was loaded", "endless loop")),
    "hangs_in_a_call.py": ("def my_js(p, q):\n    while True:\n        pass\n", ("no answer within", "endless loop")),
    "sleeps_and_catches.py": (
        "import time\ndef my_js(p, q):\n    while True:\n        try:\n            time.sleep(1000)\n"
        "        except BaseException:\n            pass\n",
        ("endless loop",),
    ),
    "exits.py": ("import sys\nsys.exit(0)\n" + RIGHT, (OK,)),
    "exits_in_a_call.py": ("def my_js(p, q):\n    raise SystemExit(3)\n", ("SystemExit: 3",)),
    "exits_at_once.py": ("import os\nos._exit(7)\n", ("exit status 7 while it was loaded",)),
    "exits_at_once_in_a_call.py": ("import os\ndef my_js(p, q):\n    os._exit(0)\n", ("exit status 0",)),
    "crashes.py": ("import ctypes\ndef my_js(p, q):\n    ctypes.string_at(0)\n", ("SIGSEGV",)),
    "recurses.py": ("def my_js(p, q):\n    return my_js(p, q)\n", ("RecursionError",)),
    "recurses_deeper.py": (
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self):\n        return repr(self)\n"
        "def my_js(p, q):\n    return float(repr(A()))\n",
        ("crashed",),
    ),
    "takes_all_memory.py": (
        "def my_js(p, q):\n    hoard = []\n    while True:\n        hoard.append(bytearray(2**26))\n",
        ("more than", "MiB of memory"),
    ),
    "long_answer.py": ("def my_js(p, q):\n    return [0.0] * 10**6\n", ("more than 100000 numbers",)),
    "imports_ganmath.py": (
        "import ganmath\ndef my_js(p, q):\n    from ganmath.divergence import js\n    return js(p, q)\n",
        ("no", "a hand-in may not import ganmath"),
    ),
    "imports_ganmath_otherwise.py": (
        "import importlib\ndef my_js(p, q):\n    return importlib.import_module('ganmath.divergence').js(p, q)\n",
        ("no", "ganmath"),
    ),
    "reads_ganmath.py": (
        "import sys, pathlib\n"
        + try_both(
            "[(pathlib.Path(entry) / 'ganmath' / '__init__.py').read_text() for entry in [PACKAGE, *sys.path]]",
            "open(sys.argv[0]).read()",
        ),
        (OK, "tried to read ganmath"),
    ),
    "reads_others.py": (
        "import os\n" + try_both("answer = open(FOLDER + '/right.py').read()", "os.listdir(FOLDER)")
        + "assert 'answer' not in globals()\n",
        (OK, "tried to read outside its own folder"),
    ),
    "reads_the_environment.py": (
        "import os\ndef my_js(p, q):\n    raise ValueError(' '.join(f'{k}={v}' for k, v in os.environ.items()))\n",
        ("no", "HOME=."),
    ),
    "reads_the_parents_environment.py": (
        "import os\ndef my_js(p, q):\n    return open(f'/proc/{os.getppid()}/environ').read()\n",
        ("no", "may not"),
    ),
    "writes_files.py": (
        "import os\n"
        + right_after("open('x', 'a').close()", "os.makedirs('a/b', exist_ok=True)", "assert len(os.listdir()) == 2"),
        (OK,),
    ),
    "writes_outside.py": (
        "import os, pathlib, shutil\n"
        + try_both(
            f"open(FOLDER + '/{OUTSIDE}', 'w').write('x')",
            f"os.open(FOLDER + '/{OUTSIDE}', os.O_CREAT | os.O_WRONLY)",
            "os.remove(FOLDER + '/right.py')",
            "shutil.rmtree(FOLDER)",
            "os.rename(FOLDER + '/right.py', 'mine.py')",
            f"os.mkdir(FOLDER + '/{OUTSIDE}')",
            f"os.symlink(FOLDER, 'link'); open('link/{OUTSIDE}', 'w')",
        ),
        (OK, "write outside its own folder"),
    ),
    "writes_much.py": (right_after("open('big', 'wb').write(bytes(2**26))"), ("no", "File too large")),
    "starts_processes.py": (
        "import os, subprocess\n"
        + try_both(
            f"subprocess.run(['touch', FOLDER + '/{OUTSIDE}'])",
            f"os.system('touch ' + FOLDER + '/{OUTSIDE}')",
            f"os.posix_spawn('/usr/bin/touch', ['touch', FOLDER + '/{OUTSIDE}'], {{}})",
            f"os.execv('/usr/bin/touch', ['touch', FOLDER + '/{OUTSIDE}'])",
            "import ctypes; ctypes.CDLL(None).system(b'true')",
        ),
        (OK, "tried to", "start processes", "call C's system"),
    ),
    "forks.py": ("import os\n" + right_after("while True:", "    os.fork()"), ("no", "may not start processes")),
    "uses_the_network.py": (
        "import socket, urllib.request\n"
        + try_both("socket.create_connection(('127.0.0.1', 9))", "urllib.request.urlopen('http://localhost:9')"),
        (OK, "tried to use the network"),
    ),
    "kills_its_parent.py": (
        "import os, signal\n"
        + try_both("os.kill(os.getppid(), signal.SIGKILL)", "os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)"),
        (OK, "tried to send signals"),
    ),
    "closes_every_pipe.py": ("import os\ndef my_js(p, q):\n    os.closerange(0, 100)\n    return 0\n", ("no",)),
    "writes_into_every_pipe.py": (
        "import os, contextlib\ndef my_js(p, q):\n    for pipe in range(3, 20):\n"
        "        with contextlib.suppress(OSError):\n            os.write(pipe, b'[1]\\n')\n    return 0\n",
        ("no", "pipe of its answers"),
    ),
    "formula.py": ("def my_js(p, q):\n    raise ValueError('=1+1')\n", ("no", "=1+1")),
    "folder_of_one/my_js.py": (RIGHT, (OK,)),
}  # fmt: skip


def write(folder: Path, package: str) -> None:
    """Write them all, and what a folder of hand-ins holds besides."""
    for name, (code, _) in HAND_INS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        code = code.replace("FOLDER", repr(str(folder))).replace("PACKAGE", repr(package))
        path.write_text(code, encoding="utf-8")
    for name in (".ipynb_checkpoints/right.ipynb", "__pycache__/right.py", "._right.py", "readme.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("not handed in", encoding="utf-8")
