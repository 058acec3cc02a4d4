"""What the tests of GANs share: a state and its file, and one thread for torch.

These networks are too small to share, and pytest-xdist keeps every core busy already.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ganmath.gan import State, threads
from ganmath.gan.checkpoint import save
from tests.gan.states import state_at


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> Iterator[None]:
    with threads.one_thread():
        yield


@pytest.fixture(scope="module")
def state() -> State:
    """A run of two members after two of its four steps."""
    return state_at(2)


@pytest.fixture
def path(tmp_path: Path, state: State) -> Path:
    """The file of that state."""
    save(tmp_path / "checkpoint.safetensors", state)
    return tmp_path / "checkpoint.safetensors"
