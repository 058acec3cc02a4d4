"""Calling somebody else's function: it may loop, print, exit, edit its arguments or answer with anything at all."""

from __future__ import annotations

import contextlib
import ctypes
import io
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

GRACE = 0.5  # seconds for a stopped function to go
ALL_CALLS = 6  # how many times the limit of one call a function has for all of them together


_STREAMS = threading.RLock()


class GivenUp(Exception):
    """The function can't be called any more: it didn't come back, or it took its process with it."""


class Raised(Exception):
    """What a function raised that can't be raised here as it is."""


def raised(kind: str, words: str) -> Raised:
    """An error whose class bears that name."""
    error: Raised = type(kind, (Raised,), {})(words)
    return error


class Stopped(BaseException):
    """Raised inside a function that took too long; not an Exception, so that few catch it."""


class Caller:
    """A function under examination, wherever it runs. A call raises what the function raises, or `GivenUp`."""

    name: str
    edits_arguments = False  # whether a call changed the lists or arrays that it was given

    def __call__(self, *given: Any, **options: Any) -> Any:
        """The function's answer for these arguments, which it can't change for the caller."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what it runs in."""


class Guarded(Caller):
    """A function of this process, called in a thread of its own, with a limit of ``seconds`` for each call.

    All calls together have six times that. A loop in Python code is stopped; one inside C code can't be: it goes on in
    the background, or where it never lets other code run, ends with the process alone.
    """

    def __init__(self, function: Callable[..., Any], seconds: float) -> None:
        self.function, self.name, self.seconds = function, name_of(function), seconds
        self._worker = _Worker()
        self._gone = ""
        self._spent = 0.0

    def __call__(self, *given: Any, **options: Any) -> Any:
        """The function's answer; `GivenUp` where it takes longer than the limit, and at every later call."""
        if self._gone:
            raise GivenUp(self._gone)
        lent = tuple(map(_lent, given))
        begun = time.monotonic()
        try:
            answer, error = self._worker.do(lambda: self.function(*lent, **options), self.seconds)
        except TimeoutError:
            self._gone = f"no answer within {self.seconds:g} s: an endless loop?"
            if not self._worker.stop():
                self._gone += " (it couldn't be stopped, and goes on in the background)"
            raise GivenUp(self._gone) from None
        self._spent += time.monotonic() - begun
        if self._spent > ALL_CALLS * self.seconds:
            self._gone = f"too slow: more than {ALL_CALLS * self.seconds:g} s for all its calls"
            raise GivenUp(self._gone)
        self.edits_arguments = self.edits_arguments or repr(lent) != repr(given)
        if error is None:
            return answer
        if isinstance(error, Exception):
            raise error
        raise raised(type(error).__name__, str(error))  # SystemExit and its like: they end nothing here

    def close(self) -> None:
        """Let the thread go."""
        self._worker.calls.put(None)


class _Worker:
    """A thread that makes one call after the other."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, daemon=True, name="ganmath-laws")
        self.thread.start()

    def _run(self) -> None:
        with contextlib.suppress(Stopped):
            for call in iter(self.calls.get, None):
                try:
                    self.answers.put((call(), None))
                except BaseException as error:
                    self.answers.put((None, error))

    def do(self, call: Callable[[], Any], seconds: float) -> tuple[Any, BaseException | None]:
        """What the call returns and raises; TimeoutError after so many seconds."""
        self.calls.put(call)
        try:
            return self.answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def stop(self) -> bool:
        """Interrupt the call under way; whether it went."""
        self.calls.put(None)
        thread = ctypes.c_ulong(self.thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(Stopped))
        self.thread.join(GRACE)
        return not self.thread.is_alive()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing printed gets through, and nothing is there to be read by `input`; one check at a time.

    The streams belong to the whole process: two checks in two threads would each take the other's for its own.
    """
    with _STREAMS:
        keyboard, sys.stdin = sys.stdin, io.StringIO()
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                yield
        finally:
            sys.stdin = keyboard


def _lent(argument: Any) -> Any:
    """A copy of what can be edited."""
    if isinstance(argument, list | tuple):
        return type(argument)(map(_lent, argument))
    return argument.copy() if isinstance(argument, np.ndarray) else argument


def name_of(function: Any) -> str:
    """What to call a function in a report."""
    inner = getattr(function, "func", function)  # of a functools.partial
    name = getattr(inner, "__name__", None) or type(inner).__name__
    return "f" if name == "<lambda>" else str(name)
