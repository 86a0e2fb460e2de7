"""Fingerprints of texts: which runs of words a text has, sampled by one rule for all texts.

A shingle is a run of three words of four letters or more; shorter words, mostly those of grammar, are passed over. Each
shingle has a hash, and of four shingles the one whose hash falls under a threshold is kept: the same shingle is kept
in every text or in none. So the part of a text's sample that stands in another's is an estimate of the part of the text
that stands in the other, however much longer that one is (FracMinHash: Irber et al. 2022, Hera et al. 2023).

Chosen on 20,000 articles of a Markov model (`benchmarks/copies`, fitted on half of the public news) and copies
of which a third of the words is changed, at 55 to 66 keys an article: of a million pairs of unrelated articles 1 shares
four keys; 15 do when words of any length count (a rate of 1/8), 90,000 with two words of any length. And a key leads to
5 other articles, not to 31 or 590, which is what a look-up costs.

All words of a block of texts are hashed in one pass of array operations, without a Python object for each: four letters
are read at a time as one number. A hash depends on letters alone and is the same on every machine and in every process.
"""

import re
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

_WINDOW = _SHORTEST_WORD  # letters of 16 bits, which make a number of 64
_LONGEST_WORD = 64  # letters: what is longer is no word, and only its beginning, its end and its length count

# Odd numbers without a pattern, from the finalizers of MurmurHash3 and SplitMix64: keys that are stored depend on them.
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_LAST = np.uint64(0xBF58476D1CE4E5B9)
_LENGTH = np.uint64(0x94D049BB133111EB)
_NEXT = np.uint64(0xC4CEB9FE1A85EC53)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_LINK = re.compile(r"://\S+")  # what stands before is one word: to look for it too takes ten times as long
_HALF = np.uint64(32)
_THRESHOLD = np.uint64((1 << 32) // _RATE)
_LOW = np.uint64(0xFFFFFFFF)


def fingerprint(texts: Sequence[str]) -> list[Keys]:
    """The sampled shingles of each text: sorted, each once, about one for seven words.

    Case, punctuation and the form of quotation marks make no difference; an apostrophe parts words, and
    links are left out. Letters outside
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
        encoded = _without_links(text).encode("utf-16-le", "surrogatepass")
        size += len(encoded) // 2 + 1
        if block and size > _BLOCK:
            yield block
            block, size = [], len(encoded) // 2 + 1
        block.append(encoded)
    if block:
        yield block


def _without_links(text: str) -> str:
    """A link has a dozen words: with links 37 pairs of 20,000 unrelated articles were found, without them 2."""
    return _LINK.sub(" ", text) if "://" in text else text


def _fingerprint_block(block: Sequence[bytes]) -> list[Keys]:
    codes = np.frombuffer(b"\0\0" + b"\0\0".join(block) + b"\0\0" * _WINDOW, dtype="<u2")
    starts, words = _hash_words(codes)
    ends = np.cumsum(np.fromiter(map(len, block), np.int64, len(block)) // 2 + 1)
    text_of = np.repeat(
        np.arange(len(block), dtype=np.uint64), np.diff(np.searchsorted(starts, ends, side="right"), prepend=0)
    )
    return _part(_sample(words, text_of), len(block))


def _hash_words(codes: NDArray[np.uint16]) -> tuple[NDArray[np.int64], _Hashes]:
    """The first code unit and the hash of each word that counts. The first unit and the last four are no letters."""
    letters = _lower_letters(codes)
    is_letter = letters != 0
    in_word = is_letter[:-3] & is_letter[1:-2] & is_letter[2:-1] & is_letter[3:]
    edges = np.flatnonzero(in_word[1:] != in_word[:-1])
    starts, ends = edges[::2] + 1, edges[1::2]  # where the first and the last window of each word begin
    windows: _Hashes = np.ndarray(len(letters) - _WINDOW + 1, "<u8", letters, strides=(2,))
    steps = ends - starts
    hashes = windows[starts] * _FIRST + windows[ends] * _LAST + steps.astype(np.uint64) * _LENGTH
    for step in range(_WINDOW, _LONGEST_WORD, _WINDOW):  # the windows between, which few words have
        longer = np.flatnonzero(steps > step)
        if not len(longer):
            break
        hashes[longer] = hashes[longer] * _NEXT + windows[starts[longer] + step]
    return starts, _mixed(hashes)


def _sample(words: _Hashes, text_of: _Hashes) -> _Hashes:
    """The kept shingles as text << 32 | key, sorted, each once."""
    count = max(0, len(words) - _SHINGLE + 1)
    hashes = words[:count].copy()
    for step in range(1, _SHINGLE):
        hashes *= _NEXT
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
    return [keys[start:end] for start, end in pairwise(cuts)]


def _mixed(hashes: _Hashes) -> _Hashes:
    """Every bit made to depend on every other (two thirds of the finalizer of MurmurHash3)."""
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    return hashes


def _lower_letters(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Letters and digits in lower case; 0 for all else. What is not ASCII, and seldom, is looked up in a table."""
    lower: NDArray[np.uint16] = codes | np.uint16(0x20)  # the lower case of a letter of ASCII; digits have this bit
    lower *= (lower - np.uint16(ord("a")) < 26) | (
        codes - np.uint16(ord("0")) < 10
    )  # what is below wraps round to a high number
    others = np.flatnonzero(codes > 127)
    lower[others] = _letters()[codes[others]]
    return lower


@cache
def _letters() -> NDArray[np.uint16]:
    """For each UTF-16 code unit its lower-case letter; 0 where it is no letter and no digit."""
    return np.array([ord(char.lower()[0]) if char.isalnum() else 0 for char in map(chr, range(1 << 16))], np.uint16)
