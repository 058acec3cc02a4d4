"""What the C library does with memory that a step of training frees: it is asked to keep it for the next one."""

from __future__ import annotations

import ctypes

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)
NEVER, LARGEST = 2**31 - 1, 2**25


def keep_freed_memory() -> bool:
    """Ask glibc, for the whole process, to keep what is freed; False where the C library is another.

    Each step of a large ensemble takes and frees tens of megabytes. By default they go back to the system, which hands
    them out page by page in the next step: that takes longer than the work on small networks. The process stays as
    large as it ever was. `ganmath train` asks for it; in a program of your own call this once, before training.

    References: mallopt(3), M_TRIM_THRESHOLD and M_MMAP_THRESHOLD.
    """
    try:
        ask = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # other systems' libraries have no such function, or no such handle
        return False
    return bool(ask(M_TRIM_THRESHOLD, NEVER)) and bool(ask(M_MMAP_THRESHOLD, LARGEST))
