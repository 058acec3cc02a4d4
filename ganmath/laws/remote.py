"""A hand-in's function, called in a process of its own that is ended with the check."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

import ganmath
from ganmath.laws import hand_in_process
from ganmath.laws.answers import BadAnswer
from ganmath.laws.calls import Caller, GivenUp, raised

LONGEST = 2**24  # bytes of one answer
LOADING, ALL_CALLS = 2, 6  # how many times the limit of one call a hand-in has to be loaded, and for all its calls
LOADED, CALLED = " while it was loaded", ""
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError")  # Python's and numpy's
SIGNALS = {"SIGSEGV": ": too deep a recursion?", "SIGXCPU": ": too much of the processor's time"}


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use: ``seconds`` for one call, and ``memory`` in MiB."""

    seconds: float = 5.0
    memory: int = 1024

    @staticmethod
    def missing() -> str:
        """What this system can't limit, in words; empty where it limits all."""
        if sys.platform == "win32":
            return "on Windows neither memory, nor the size of files, nor processes are limited, only time"
        return "on macOS memory is not limited" if sys.platform == "darwin" else ""


LIMITS = Limits()


class Remote(Caller):
    """The function of a hand-in, in a child process: it gets arguments and gives values, both as JSON.

    ``cells`` is the code; the function is the first of ``names`` that it defines, or with ``only`` the one it defines.
    ``name`` is its name, empty where there is none; ``functions`` those defined at the top, ``failed`` the statements
    there that failed, ``refused`` what it tried and was refused, ``gone`` why no more calls are possible.
    To be used in a ``with`` statement, at whose end the process is gone.

    Raises GivenUp where the process ends or a limit is passed.

    >>> with Remote("ann.py", ["def my_js(p, q): return p[0] / q[0]"], ["my_js"]) as my_js:
    ...     my_js([1.0], [4.0])
    0.25
    """

    def __init__(
        self,
        file: str,
        cells: Sequence[str],
        names: Sequence[str],
        *,
        only: bool = True,
        limits: Limits = LIMITS,
    ) -> None:
        self.name = ""
        self.refused: list[str] = []
        self.gone = ""
        self._limits = limits
        self._left = ALL_CALLS * limits.seconds
        self._folder = tempfile.TemporaryDirectory(prefix="hand-in-", ignore_cleanup_errors=True)
        folder = str(Path(self._folder.name).resolve())
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(Path(hand_in_process.__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            job = {
                "name": Path(file).name,
                "cells": list(cells),
                "names": list(names),
                "only": only,
                "libraries": _libraries(),
                "package": str(Path(ganmath.__file__).resolve().parent),
                "memory": limits.memory,
                "cpu": int((LOADING + ALL_CALLS) * limits.seconds) + 2,
            }
            ready = self._exchange(job, LOADING * limits.seconds, LOADED)
            self.name = _text(ready.get("function"))
            self.functions, self.failed = _texts(ready.get("functions")), _texts(ready.get("failed"))
        except BaseException:
            self.close()
            raise

    def __call__(self, *given: Any, **options: Any) -> Any:
        """The function's value there."""
        answer = self._exchange({"arguments": given, "options": options}, self._limits.seconds, CALLED)
        self.edits_arguments = self.edits_arguments or bool(answer.get("edited"))
        if "error" not in answer:
            return _value(answer.get("value"))
        kind, _, words = _text(answer["error"]).partition(": ")
        if kind in OUT_OF_MEMORY:
            self._give_up(f"it takes more than {self._limits.memory} MiB of memory")
        raise raised(kind, words)

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and all it started, and remove its folder."""
        self._kill()
        self._listener.join(timeout=1.0)  # it ends with the pipe, unless some other process still holds that
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not self._listener.is_alive():
                with contextlib.suppress(OSError):
                    pipe.close()
        self._folder.cleanup()

    def _kill(self) -> None:
        if self._process.poll() is None and hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        """Put each answer into the queue, and an empty one at the end: pipes have no time limit on every system."""
        pipe: Any = self._process.stdout
        try:
            while line := pipe.readline(LONGEST):
                self._answers.put(line)
        except (OSError, ValueError):
            pass
        self._answers.put(b"")

    def _exchange(self, request: dict[str, Any], seconds: float, when: str) -> dict[str, Any]:
        """Send a line and wait for one; `GivenUp` where none comes, or not in time."""
        if self.gone:
            raise GivenUp(self.gone)
        pipe: Any = self._process.stdin
        start = time.monotonic()
        try:
            pipe.write(json.dumps(request, default=_plain).encode() + b"\n")
            pipe.flush()
        except OSError:  # the process has ended: its last words are in the queue
            pass
        try:
            line = self._answers.get(timeout=max(0.0, min(seconds, self._left)))
        except queue.Empty:
            slow = self._left < seconds
            self._give_up(
                f"its calls took more than {ALL_CALLS * self._limits.seconds:g} s in all"
                if slow
                else f"no answer within {seconds:g} s{when}: an endless loop?"
            )
        if when == CALLED:
            self._left -= time.monotonic() - start
        if not line:
            self._give_up(f"{self._ending()}{when}")
        try:
            answer = json.loads(line)
            self.refused = _texts(answer.get("refused"))
        except (ValueError, RecursionError, AttributeError):
            self._give_up(f"it wrote into the pipe of its answers{when}")
        return dict(answer)

    def _give_up(self, why: str) -> NoReturn:
        self._kill()
        self.gone = why
        raise GivenUp(why)

    def _ending(self) -> str:
        """How the process ended, in words."""
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "it closed the pipe of its answers"
        if status >= 0:
            return f"it ended its process with exit status {status}"
        name = next((one.name for one in signal.Signals if one == -status), f"signal {-status}")
        return f"its process crashed ({name}{SIGNALS.get(name, '')})"


def _environment(folder: str) -> dict[str, str]:
    """Nothing of this process's own; one thread for each library, so that memory stays small."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    windows = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Python can't start without
    return {"HOME": folder, "TMPDIR": folder, **threads, **windows}


def _libraries() -> list[str]:
    """The folders that numpy is imported from: `-I` leaves out a user's own packages, and those of PYTHONPATH."""
    return [str(Path(entry).absolute()) for entry in sys.path if entry and Path(entry, "numpy").is_dir()]


def _plain(argument: Any) -> Any:
    """An argument as JSON has it; an array stays one, and a map goes as its code."""
    if callable(argument):
        return {"code": repr(argument)}
    return {"array": argument.tolist()} if isinstance(argument, np.ndarray) else float(argument)


def _value(answer: Any) -> Any:
    """What the child's JSON stands for: a number, a list, None or, with its type, an array."""
    if isinstance(answer, list):
        return [_value(entry) for entry in answer]
    if not isinstance(answer, dict):
        return answer
    if "array" in answer:
        kind = answer.get("type")
        return np.asarray(answer["array"], dtype=kind if kind in ("float32", "float16") else None)
    raise BadAnswer(f"returns {_text(answer.get('other'))}, not a number")


def _texts(texts: Any) -> list[str]:
    return [_text(text) for text in texts] if isinstance(texts, list) else []


def _text(text: Any) -> str:
    """Words of the child, on one line that every file and terminal takes."""
    shown = str(text)[:400].encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in shown)
