"""The word lists of the generator (data/*.tsv), each split in two so that the two halves choose other words."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

Half = Literal["mend", "held"]
_LISTS = Path(__file__).parent / "data"


def half_of(text: str) -> Half:
    """The half that a text or word belongs to, by its SHA-256."""
    return "mend" if sha256(text.encode("utf-8")).digest()[0] % 2 else "held"


@cache
def whole_list(name: str) -> tuple[tuple[str, ...], ...]:
    """Every row of a list, whatever its half: for recognising names, verbs and the like."""
    lines = (_LISTS / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def rows_of(name: str, half: Half) -> tuple[tuple[str, ...], ...]:
    """The rows of a list whose whole text hashes to a half, in file order."""
    return tuple(row for row in whole_list(name) if half_of("\t".join(row)) == half)


@dataclass(frozen=True)
class Words:
    """What one half may choose from."""

    half: Half

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The rows of a list whose whole text hashes to this half, in file order."""
        return rows_of(name, self.half)

    def column(self, name: str) -> tuple[str, ...]:
        """The first column of `rows`."""
        return tuple(row[0] for row in self.rows(name))

    def pairs(self, name: str) -> dict[str, str]:
        """The first two columns of `rows`; of two rows that begin alike the later one counts."""
        return {row[0]: row[1] for row in self.rows(name)}


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """A regular expression for one of the words, the longest first; never empty of alternatives.

    >>> any_of(("may", "may be"))
    '(?:may\\\\ be|may)'
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
