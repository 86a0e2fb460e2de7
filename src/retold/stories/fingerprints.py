"""Fingerprints of texts: which runs of words a text has, sampled by one rule for all texts.

A shingle is a run of three words of four letters or more; shorter words, mostly those of grammar, are passed over. Each
shingle has a hash, and of four shingles the one whose hash falls under a threshold is kept: the same shingle is kept
in every text or in none. So the part of a text's sample that stands in another's is an estimate of the part of the text
that stands in the other, however much longer that one is (FracMinHash: Irber et al. 2022, Hera et al. 2023).

Chosen on 20,000 articles of a Markov model (`benchmarks/copies`, fitted on articles whose SHA-256 is even) and copies
of which a third of the words is changed, at 55 to 66 keys an article: of a million pairs of unrelated articles 1 shares
four keys; 15 do when words of any length count (a rate of 1/8), 90,000 with two words of any length. And a key leads to
5 other articles, not to 31 or 590, which is what a look-up costs.

All words of a block of texts are hashed in one pass of array operations, without a Python object for each word: the
hash of a word is a polynomial in its letters, a difference of two running sums. It depends on letters alone and is the
same on every machine and in every process.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
_Hashes = NDArray[np.uint64]

_SHINGLE = 3  # words
_RATE = 4  # one shingle in so many is kept
_SHORTEST_WORD = 4  # letters and digits
_BLOCK = 1 << 16  # UTF-16 code units hashed at once: the arrays of a block stay in a processor's cache

_LETTER = np.uint64(0x9E3779B97F4A7C15)
_PLACE = 0xD6E8FEB86659FD93  # odd, so that it has an inverse modulo 2**64
_NEXT_WORD = np.uint64(0x9FB21C651E98DF25)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)
_THRESHOLD = np.uint64((1 << 32) // _RATE)
_LOW = np.uint64(0xFFFFFFFF)


def fingerprint(texts: Sequence[str]) -> list[Keys]:
    """The sampled shingles of each text: sorted, each once, about one for seven words.

    Case, punctuation and the form of quotation marks make no difference; an apostrophe parts words. Letters outside
    the Basic Multilingual Plane count as punctuation, and where words are not parted by spaces only whole
    phrases are compared. Empty: a text of fewer than three words of four letters, or of few more. Raises: nothing.
    """
    found: list[Keys] = []
    for block in _blocks(texts):
        found += _fingerprint_block(block)
    return found


def _blocks(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """The texts in UTF-16, in lists that hold _BLOCK code units each, or one text that is longer."""
    block: list[bytes] = []
    size = 0
    for text in texts:
        encoded = text.encode("utf-16-le", "surrogatepass")
        size += len(encoded) // 2 + 1
        if block and size > _BLOCK:
            yield block
            block, size = [], len(encoded) // 2 + 1
        block.append(encoded)
    if block:
        yield block


def _fingerprint_block(block: Sequence[bytes]) -> list[Keys]:
    codes = np.frombuffer(b"\0\0" + b"\0\0".join(block) + b"\0\0", dtype="<u2")
    starts, words = _hash_words(codes)
    ends = np.cumsum(np.fromiter(map(len, block), np.int64, len(block)) // 2 + 1)
    text_of = np.repeat(
        np.arange(len(block), dtype=np.uint64), np.diff(np.searchsorted(starts, ends, side="right"), prepend=0)
    )
    return _part(_sample(words, text_of), len(block))


def _hash_words(codes: NDArray[np.uint16]) -> tuple[NDArray[np.int64], _Hashes]:
    """The first code unit and the hash of each word that counts. The first and the last code unit are no letters."""
    sums = _letters()[codes.astype(np.intp)]
    is_letter = sums != 0
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    before, last = edges[::2], edges[1::2]  # the unit before a word, and its last one
    counts = last - before >= _SHORTEST_WORD
    before, last = before[counts], last[counts]
    powers, inverses = _powers(max(_BLOCK + 2, len(codes)))
    sums *= powers[: len(sums)]
    np.cumsum(sums, out=sums)
    return before + 1, _mixed((sums[last] - sums[before]) * inverses[before])


def _sample(words: _Hashes, text_of: _Hashes) -> _Hashes:
    """The kept shingles as text << 32 | key, sorted, each once."""
    count = max(0, len(words) - _SHINGLE + 1)
    hashes = words[:count].copy()
    for step in range(1, _SHINGLE):
        hashes *= _NEXT_WORD
        hashes += words[step : step + count]
    hashes = _mixed(hashes)
    in_one_text = text_of[:count] == text_of[len(text_of) - count :]
    kept = np.flatnonzero(in_one_text & (hashes >> _HALF < _THRESHOLD))
    found = (text_of[kept] << _HALF) | (hashes[kept] & _LOW)
    found.sort()
    is_new = np.ones(len(found), bool)
    np.not_equal(found[1:], found[:-1], out=is_new[1:])
    return found[is_new]


def _part(found: _Hashes, texts: int) -> list[Keys]:
    """The keys of each text."""
    cuts = np.searchsorted(found, np.arange(texts + 1, dtype=np.uint64) << _HALF).tolist()
    keys = found.astype(np.uint32)
    return [keys[start:end].copy() for start, end in pairwise(cuts)]


def _mixed(hashes: _Hashes) -> _Hashes:
    """Every bit made to depend on every other (two thirds of the finalizer of MurmurHash3)."""
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    return hashes


@cache
def _letters() -> _Hashes:
    """A value for each UTF-16 code unit, the same for upper and lower case; 0 where it is no letter and no digit."""
    lower = [ord(char.lower()[0]) if char.isalnum() else 0 for char in map(chr, range(1 << 16))]
    return np.array(lower, np.uint64) * _LETTER


def _powers(count: int) -> tuple[_Hashes, _Hashes]:
    """_PLACE to the power of 0, 1, 2 …, and the inverses of these, modulo 2**64."""
    return _block_powers() if count <= _BLOCK + 2 else _count_powers(count)


@cache
def _block_powers() -> tuple[_Hashes, _Hashes]:
    return _count_powers(_BLOCK + 2)


def _count_powers(count: int) -> tuple[_Hashes, _Hashes]:
    inverse = pow(_PLACE, -1, 1 << 64)
    powers, inverses = (np.full(count, factor, np.uint64) for factor in (_PLACE, inverse))
    powers[0] = inverses[0] = 1
    np.multiply.accumulate(powers, out=powers)
    np.multiply.accumulate(inverses, out=inverses)
    return powers, inverses
