"""Disks that fail, as tests plant them."""

import errno
import os


def no_space(*_: object) -> None:
    """In the place of a call that writes: the disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
