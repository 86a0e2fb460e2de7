"""Vectors as the signs of their numbers: 48 bytes each, and a million of them compared in milliseconds."""

import numpy as np
from numpy.typing import NDArray

from retold.language.vectors import WIDTH

CODE_BYTES = WIDTH // 8


def pack_codes(vectors: NDArray[np.float32]) -> bytes:
    """The codes of vectors [n, WIDTH], one after the other."""
    return np.packbits(vectors > 0, axis=1).tobytes()


def unpack_codes(codes: bytes) -> NDArray[np.uint64]:
    """Codes as words of 64 bits [n, WIDTH / 64], for counting the bits in which two differ."""
    return np.frombuffer(codes, np.uint64).reshape(-1, CODE_BYTES // 8)
