"""Runs on disk: a state in a safetensors file that is whole or refused, and never half written.

Nothing in a file is executed. What was written is fingerprinted by SHA-256, which finds accidents, not forgery: a file
made to deceive still has to hold a configuration and exactly the tensors that belong to it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import safetensors.torch
import torch
from torch import Tensor

from ganmath._files import NotWritten, reason, write_whole
from ganmath.gan.config import Config
from ganmath.gan.run import State, first_misfit, layout

FORMAT, VERSION = "ganmath checkpoint", "2"
ANOTHER_COPY = "take another copy of the file, or start the run again"


class CheckpointError(Exception):
    """A checkpoint can't be read or written: which one, why, and what to do."""


def fingerprint(state: State) -> str:
    """The SHA-256 of everything in a state: equal for two runs only if they are at the same point, bit for bit.

    >>> from ganmath.gan import play
    >>> config = Config(steps=1, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> once, again = ([fingerprint(run.state()) for run in play(config)] for _ in range(2))
    >>> once == again, once[0] == once[1]
    (True, False)
    """
    return _digest(_metadata(state), state.tensors)


def save(path: str | os.PathLike[str], state: State) -> None:
    """Write a state to a file, all of it or nothing.

    Whenever the process is killed, there is either the file from before or the new one, forced to the disk.

    Raises CheckpointError where it can't be written, as on a full disk; the file from before is whole then.

    >>> import tempfile
    >>> from ganmath.gan import play
    >>> config = Config(steps=2, batch=8, generator_widths=(4,), discriminator_widths=(4,))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for run in play(config):
    ...         save(Path(folder) / "checkpoint.safetensors", run.state())
    ...     load(Path(folder) / "checkpoint.safetensors").step
    2
    """
    metadata = _metadata(state)
    write(path, safetensors.torch.save(dict(state.tensors), {**metadata, "sha256": _digest(metadata, state.tensors)}))


def write(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file, all of it or nothing, as `save` does. Raises CheckpointError where it can't be written."""
    try:
        write_whole(path, content)
    except NotWritten as error:
        raise CheckpointError(str(error)) from None


def load(path: str | os.PathLike[str]) -> State:
    """The state that a file holds, after its fingerprint, its configuration and its tensors have been checked.

    Raises CheckpointError for everything else: no file, a damaged one, one of another program or another version.
    """
    try:
        content = _read(Path(path))
    except OSError as error:
        remedy = "give the path of a file that ganmath.gan.checkpoint.save wrote"
        raise CheckpointError(f"{path} can't be read ({reason(error)}): {remedy}") from None
    try:
        tensors = safetensors.torch.load(content)
        header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
        metadata = header.get("__metadata__", {})
        written = metadata.pop("sha256", None)
        found = _digest(metadata, tensors)
    except Exception as error:  # besides its own, the reader passes on what torch and json say to odd headers
        raise CheckpointError(f"{path} is damaged, or no safetensors file ({reason(error)}): {ANOTHER_COPY}") from None
    try:
        return _state(metadata, tensors, found == written)
    except CheckpointError as error:
        raise CheckpointError(f"{path} {error}") from None


def _state(metadata: dict[str, str], tensors: dict[str, Tensor], intact: bool) -> State:
    """The state of these, or CheckpointError that says what is wrong with the file."""
    if metadata.get("format") != FORMAT:
        raise CheckpointError("is no checkpoint of ganmath: give the path of a file that ganmath.gan wrote")
    if metadata.get("version") != VERSION:
        raise CheckpointError(
            f"has version {metadata.get('version')} of the format, but this ganmath reads version {VERSION}: "
            "resume it with the ganmath that wrote it"
        )
    if not intact:
        raise CheckpointError(f"is damaged, its SHA-256 isn't the one that was written: {ANOTHER_COPY}")
    try:
        config, step = Config.from_json(metadata["config"]), int(metadata["step"])
        generator_learns = bool(int(metadata["generator_learns"]))
        misfit = first_misfit(tensors, layout(config, generator_learns))
        if not 0 <= step <= config.steps:
            misfit = f"step {step} isn't in 0 .. {config.steps}"
    except Exception as error:  # from made-up numbers a network's own code may raise whatever it likes
        raise CheckpointError(
            f"has a configuration that can't be trained here ({reason(error)}): put your own losses, data sets and "
            "networks into their tables before you load, or start the run again"
        ) from None
    if misfit:
        raise CheckpointError(f"doesn't hold the run that its configuration says ({misfit}): {ANOTHER_COPY}")
    return State(config, step, generator_learns, tensors)


def _metadata(state: State) -> dict[str, str]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "config": state.config.to_json(),
        "step": str(state.step),
        "generator_learns": str(int(state.generator_learns)),
    }


def _digest(metadata: Mapping[str, str], tensors: Mapping[str, Tensor]) -> str:
    """The SHA-256 of the metadata, and of every tensor's name, kind, shape and bytes, in the order of the names."""
    shapes = [[name, str(tensor.dtype), list(tensor.shape)] for name, tensor in sorted(tensors.items())]
    digest = hashlib.sha256(json.dumps([sorted(metadata.items()), shapes]).encode())
    for _, tensor in sorted(tensors.items()):
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    """The bytes of a regular file; a pipe or a device could go on for ever."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file")
    return path.read_bytes()
