"""Freed memory stays with the process that asks for it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

FAULTS = """
import resource
import torch
from ganmath.gan import keep_freed_memory

asked = {asked} and keep_freed_memory()
for step in range(12):
    if step == 2:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    many = [torch.ones(2**20) for _ in range(24)]  # 96 MB, given back at once
    del many
print(asked, resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(asked: bool) -> tuple[str, int]:
    """What the asking said, and how many pages ten steps had to ask the system for."""
    command = [sys.executable, "-c", FAULTS.format(asked=asked)]
    said, count = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return said, int(count)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is asked")
def test_freed_memory_is_kept_where_it_is_asked_for() -> None:
    said, pages = faults(asked=True)
    assert said == "True"
    assert pages < faults(asked=False)[1] / 10


def test_another_c_library_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    from ganmath.gan import keep_freed_memory, memory

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    assert keep_freed_memory() is False
