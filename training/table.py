"""The shared table of piece vectors, in four bits a number."""

import numpy as np
from numpy.typing import NDArray

from retold.language.pieces import GROUP, PieceTable, unpack

_TRIED = (0.75, 0.8, 0.85, 0.875, 0.9, 0.95, 1.0)
"""Shares of the largest number of a group that its scale may span; the one with the least squared error is taken.
With 1 and 7/8 among them, packing again what was packed changes nothing."""


def pack(vectors: NDArray[np.float32]) -> PieceTable:
    """The table of vectors [pieces, width]."""
    groups = vectors.reshape(len(vectors), -1, GROUP)
    top = np.abs(groups).max(axis=2, keepdims=True) / 7
    scales = [np.maximum(top * share, 1e-6).astype(np.float16).astype(np.float32) for share in _TRIED]
    errors = np.stack([((_rounded(groups, scale) * scale - groups) ** 2).sum(axis=2) for scale in scales])
    best = np.take_along_axis(np.stack(scales), errors.argmin(axis=0)[None, :, :, None], axis=0)[0]
    numbers = (_rounded(groups, best) + 8).astype(np.uint8).reshape(len(vectors), -1)
    half = numbers.shape[1] // 2
    packed = (numbers[:, :half] | (numbers[:, half:] << 4)).astype(np.uint8)
    return PieceTable(packed, best[:, :, 0].astype(np.float16))


def _rounded(groups: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    rounded: NDArray[np.float32] = np.clip(np.rint(groups / scale), -8, 7)
    return rounded


def pack_and_unpack(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors as they are after packing."""
    return unpack(pack(vectors), np.arange(len(vectors)))
