"""What lines say about themselves: the furniture, credits and pointers that a web page wraps round an article."""

import re
from importlib import resources
from typing import Literal, NamedTuple

from retold.article import BlockKind

MAX_CUE_LENGTH = 300  # characters; a longer line is prose that happens to hold such words

CueKind = Literal["furniture", "teaser", "caption", "credit"]
_KINDS: dict[str, CueKind] = {
    "end": "furniture",
    "furniture": "furniture",
    "teaser": "teaser",
    "caption": "caption",
    "credit": "credit",
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
    source = resources.files("retold.reading").joinpath("cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in source.splitlines() if not line.startswith("#")]
    return tuple(
        Cue(_KINDS[kind], kind == "end", how, re.compile(pattern, re.IGNORECASE), example, reason)
        for kind, how, pattern, example, reason in rows[1:]
    )


_CUES = load_cues()


def find_cue(line: str) -> Cue | None:
    """The first cue that `line` (stripped) answers to; None: it says nothing about itself."""
    if len(line) > MAX_CUE_LENGTH:
        return None
    return next((cue for cue in _CUES if cue.pattern.search(line)), None)
