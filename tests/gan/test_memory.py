"""Freed memory stays with the process that asks for it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

KEPT = """
import ctypes
import os
from ganmath.gan import keep_freed_memory

def megabytes():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

library = ctypes.CDLL(None)
library.malloc.argtypes, library.malloc.restype = [ctypes.c_size_t], ctypes.c_void_p
library.memset.argtypes, library.free.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t], [ctypes.c_void_p]
M_MMAP_THRESHOLD = -3
library.mallopt(M_MMAP_THRESHOLD, 2**20)  # by default the library learns, and what it keeps is luck
asked = {asked} and keep_freed_memory()
before = megabytes()
blocks = [library.malloc(2**22) for _ in range(24)]  # 96 MB
for block in blocks:
    library.memset(block, 1, 2**22)
for block in blocks:
    library.free(block)
print(asked, megabytes() - before)
"""


def kept(asked: bool) -> tuple[str, float]:
    """What the asking said, and how many of 96 freed megabytes the process still holds."""
    command = [sys.executable, "-c", KEPT.format(asked=asked)]
    said, held = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return said, float(held)


needs_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is asked")


@needs_glibc
def test_freed_memory_is_kept_where_it_is_asked_for() -> None:
    said, held = kept(asked=True)
    assert said == "True"
    assert held > 80


@needs_glibc
def test_freed_memory_goes_back_where_nobody_asks() -> None:
    said, held = kept(asked=False)
    assert said == "False"
    assert held < 16


def test_another_c_library_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    from ganmath.gan import keep_freed_memory, memory

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    assert keep_freed_memory() is False
