"""Digits as data: scikit-learn's, split once and for all, and MNIST's files, which are refused when damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
import torch

from ganmath.gan.systems import IDXError, digits, mnist, read_idx

FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def idx(array: np.ndarray) -> bytes:
    lengths = b"".join(length.to_bytes(4, "big") for length in array.shape)
    return bytes([0, 0, 8, array.ndim]) + lengths + array.astype(np.uint8).tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """MNIST in small: 6 images to train on, gzipped, and 4 others, plain; of 12 by 8 pixels."""
    rng = np.random.default_rng(0)
    for (images, labels), size, zipped in ((FILES[:2], 6, True), (FILES[2:], 4, False)):
        for name, array in ((images, rng.integers(0, 256, (size, 12, 8))), (labels, np.arange(size))):
            content = idx(array)
            (tmp_path / (f"{name}.gz" if zipped else name)).write_bytes(gzip.compress(content) if zipped else content)
    return tmp_path


# ------------------------------------------------------------------------------------------ scikit-learn's


def test_digits_are_scaled_and_split_by_class() -> None:
    data = digits()
    assert data.shape == (1, 8, 8)
    assert data.classes == 10
    assert (data.images.min(), data.images.max()) == (-1, 1)
    assert data.images.dtype == torch.float32
    seen, unseen = (torch.bincount(labels, minlength=10) for labels in (data.labels, data.held_out_labels))
    share = unseen / (seen + unseen)
    assert share.sub(0.2).abs().max() < 1 / 174  # of the smallest class less than one image
    assert len(data.images) + len(data.held_out) == 1797


def test_no_digit_is_in_both_parts() -> None:
    data = digits()
    assert torch.cdist(data.held_out.flatten(1), data.images.flatten(1)).min() > 0.1


def test_a_batch_keeps_images_and_labels_together() -> None:
    data = digits()
    images, labels = data.sample(50, torch.Generator().manual_seed(0))
    which = torch.cdist(images.flatten(1), data.images.flatten(1)).argmin(1)
    assert torch.equal(data.labels[which], labels)
    assert len(set(labels.tolist())) == 10


# ---------------------------------------------------------------------------------------------------- MNIST


def test_files_of_mnist_are_read_plain_and_gzipped(folder: Path) -> None:
    data = mnist(folder)
    assert data.images.shape == (6, 1, 12, 8)
    assert data.labels.tolist() == [0, 1, 2, 3, 4, 5]
    assert data.held_out.shape == (4, 1, 12, 8)
    raw = read_idx(folder / FILES[2])
    assert np.allclose(data.held_out[:, 0].numpy(), raw / 127.5 - 1, atol=1e-6)


def test_lengths_are_read_with_the_most_significant_byte_first(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(idx(np.arange(300) % 256))
    assert read_idx(path).shape == (300,)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda whole: whole[:-1], "has 17 bytes, but its header says 18"),
        (lambda whole: whole + b"\0", "has 19 bytes, but its header says 18"),
        (lambda whole: whole[:6], "has 6 bytes, but its header says"),
        (lambda whole: b"", "begins with nothing"),
        (lambda whole: b"\x89PNG" + whole[4:], "begins with 89 50 4e 47"),
        (lambda whole: bytes([0, 0, 13, 1]) + whole[4:], "numbers of type 0x0d on 1 axes"),
        (lambda whole: bytes([0, 0, 8, 0]) + whole[4:], "on 0 axes"),
        (lambda whole: bytes([0, 0, 8, 1, 255, 255, 255, 255]) + whole[8:], "header says 4294967303"),
    ],
)
def test_a_damaged_file_is_refused_on_one_line(tmp_path: Path, damage: object, said: str) -> None:
    path = tmp_path / "labels"
    path.write_bytes(damage(idx(np.arange(10))))  # type: ignore[operator]
    with pytest.raises(IDXError, match="labels") as caught:
        read_idx(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("damage", [lambda whole: whole[:-12], lambda whole: b"plain" + whole, lambda _: b""])
def test_a_damaged_archive_is_refused(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "labels.gz"
    path.write_bytes(damage(gzip.compress(idx(np.arange(10)))))  # type: ignore[operator]
    with pytest.raises(IDXError):
        read_idx(path)


@pytest.mark.parametrize(
    ("name", "array", "said"),
    [
        (FILES[3], np.arange(3), "has 4 images, but .* has 3 labels"),
        (FILES[3], np.zeros((4, 12, 8)), "are they exchanged"),
        (FILES[3], np.array([1, 2, 3, 11]), "the label 11, not 0 .. 9"),
        (FILES[2], np.zeros((4, 12, 4)), r"are \(12, 8\), the others \(12, 4\)"),
    ],
)
def test_files_that_do_not_fit_are_refused(folder: Path, name: str, array: np.ndarray, said: str) -> None:
    (folder / name).write_bytes(idx(array))
    with pytest.raises(IDXError, match=said):
        mnist(folder)


def test_an_empty_data_set_is_refused(folder: Path) -> None:
    (folder / FILES[2]).write_bytes(idx(np.zeros((0, 12, 8))))
    (folder / FILES[3]).write_bytes(idx(np.zeros(0)))
    with pytest.raises(IDXError, match="no labels"):
        mnist(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / FILES[3]).unlink()
    with pytest.raises(FileNotFoundError, match="neither t10k-labels-idx1-ubyte nor"):
        mnist(folder)
