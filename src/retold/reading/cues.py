"""What lines say about themselves: the furniture, credits and pointers that a web page wraps round an article."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from retold.article import BlockKind
from retold.language.tables import read_table

MAX_CUE_LENGTH = 300  # characters; a longer line is prose that happens to hold such words

CueKind = Literal["furniture", "teaser", "caption", "credit", "byline"]
_KINDS: dict[str, CueKind] = {
    "end": "furniture",
    "furniture": "furniture",
    "teaser": "teaser",
    "caption": "caption",
    "credit": "credit",
    "byline": "byline",
}


class Cue(NamedTuple):
    """One row of cues.tsv. `ends` is True where an article is mostly over after such a line."""

    kind: BlockKind
    ends: bool
    how: str
    pattern: re.Pattern[str]
    example: str
    reason: str


def load_cues() -> tuple[Cue, ...]:
    """The rows of cues.tsv, in order."""
    return tuple(
        Cue(
            _KINDS[row["kind"]],
            row["kind"] == "end",
            row["how"],
            re.compile(row["pattern"], re.IGNORECASE),
            row["example"],
            row["reason"],
        )
        for row in read_table("retold.reading", "cues.tsv")
    )


_CUES = load_cues()


@lru_cache(maxsize=16_384)  # menus are the same on all pages of an outlet
def find_cue(line: str) -> Cue | None:
    """The first cue that `line` (stripped) answers to; None: it says nothing about itself."""
    if len(line) > MAX_CUE_LENGTH:
        return None
    return next((cue for cue in _CUES if cue.pattern.search(line)), None)
