"""MNIST's files, read from a folder on this machine: nothing is downloaded."""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

UNSIGNED_BYTES = 8  # the code of the only type of numbers that MNIST's files hold
AGAIN = "fetch it again, with the other three files of the same data set"


class IDXError(ValueError):
    """A file that isn't what an IDX file of MNIST is: the message names it, and says what is wrong."""


def read_idx(path: str | Path) -> np.ndarray:
    """The array of bytes in an IDX file, also a gzipped one (.gz): images (N, height, width), labels (N,).

    The format: two bytes 0, the type of the numbers, how many axes, the length of each as four bytes, most significant
    first, then the numbers.

    Raises IDXError for anything else: another type, a header or body that is too short, bytes left over, a damaged
    archive; FileNotFoundError where there is no such file.

    References: LeCun, Cortes and Burges (1998), "The MNIST database of handwritten digits", file formats.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "labels")
    ...     _ = path.write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]))
    ...     read_idx(path)
    array([7, 2, 1], dtype=uint8)
    """
    path = Path(path)
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise IDXError(f"{path} is no whole gzip archive ({error}); {AGAIN}") from None
    if len(content) < 4 or content[:2] != b"\0\0":
        raise IDXError(
            f"{path} isn't an IDX file: it begins with {content[:4].hex(' ') or 'nothing'}, not with 00 00; {AGAIN}"
        )
    kind, axes = content[2:4]
    if kind != UNSIGNED_BYTES or not axes:
        raise IDXError(
            f"{path} has numbers of type {kind:#04x} on {axes} axes; MNIST's are unsigned bytes, 0x08, on 1 or 3; "
            f"{AGAIN}"
        )
    start = 4 + 4 * axes
    lengths = [int.from_bytes(content[at : at + 4]) for at in range(4, start, 4)]
    promised = start + math.prod(lengths)
    if len(content) < start or len(content) != promised:
        said = " x ".join(str(length) for length in lengths)
        raise IDXError(f"{path} has {len(content)} bytes, but its header says {promised} ({said}); {AGAIN}")
    return np.frombuffer(content, np.uint8, offset=start).reshape(lengths)


def read_pair(images: Path, labels: Path) -> tuple[np.ndarray, np.ndarray]:
    """Images (N, height, width) and their labels (N,), as bytes.

    Raises IDXError where the two don't fit.
    """
    pictures, names = read_idx(images), read_idx(labels)
    if pictures.ndim != 3 or names.ndim != 1:
        raise IDXError(
            f"{images} has {pictures.ndim} axes and {labels} has {names.ndim}; images have 3, labels 1: are they "
            "exchanged?"
        )
    if len(pictures) != len(names):
        raise IDXError(f"{images} has {len(pictures)} images, but {labels} has {len(names)} labels; {AGAIN}")
    return pictures, names


def find(folder: Path, stem: str) -> Path:
    """The file of that name in a folder, plain or gzipped.

    Raises FileNotFoundError that says which files are wanted.
    """
    for name in (stem, f"{stem}.gz"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(
        f"{folder} has neither {stem} nor {stem}.gz; put MNIST's four files there: train-images-idx3-ubyte, "
        "train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte"
    )
