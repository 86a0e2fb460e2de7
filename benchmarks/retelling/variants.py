"""A variant of a text: replacements with offsets into the unchanged text, so that every site can be found again."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Kinds = frozenset[str]
HARMLESS: Kinds = frozenset()


class Edit(NamedTuple):
    """`text[start:end]` becomes `new` (an insertion where start == end)."""

    start: int
    end: int
    new: str


class Variant(NamedTuple):
    """One change of a text: its kind ("control" where it is harmless) and how it was made.

    `accepts`: the kinds of change that name it rightly; empty for a control. `site`: the stretch of the unchanged
    text that a finding has to touch; None: the edits themselves. `trimming`: a passage that is called trimmed or
    altered counts as found, too.
    """

    kind: str
    how: str
    edits: tuple[Edit, ...]
    accepts: Kinds = HARMLESS
    site: tuple[int, int] | None = None
    trimming: bool = False


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all the edits made.

    >>> apply_edits("five men", [Edit(0, 4, "5"), Edit(8, 8, " left")])
    '5 men left'
    """
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def moved(offset: int, edits: Iterable[Edit], *, after: bool = False) -> int:
    """Where an offset lies once the edits are made; `after`: behind what is inserted at it."""
    shift = 0
    for start, end, new in edits:
        if end < offset or (end == offset and (after or start < end)):
            shift += len(new) - (end - start)
    return offset + shift


def touches(one: Edit, other: Edit, gap: int = 2) -> bool:
    """Whether two edits overlap or lie within `gap` characters of each other."""
    return one.start < other.end + gap and other.start < one.end + gap


def fits(variant: Variant, others: Sequence[Variant]) -> bool:
    """Whether a variant can be made together with the others."""
    return not any(touches(mine, theirs) for other in others for mine in variant.edits for theirs in other.edits)


def sites(variant: Variant, edits: Sequence[Edit]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches of the unchanged and of the changed text that a finding about the variant has to touch.

    `edits`: all that were made, those of the variant among them. No stretch is empty: a point is widened by two
    characters on both sides.
    """
    before = [variant.site] if variant.site else [(edit.start, edit.end) for edit in variant.edits]
    after = [(moved(start, edits), moved(end, edits, after=True)) for start, end in before]
    return [_widened(span) for span in before], [_widened(span) for span in after]


def _widened(span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    return (max(0, start - 2), end + 2) if end - start < 2 else span


def replace_match(match: "re.Match[str]", new: str, group: int | str = 0) -> Edit:
    """The edit that puts `new` in the place of what matched."""
    return Edit(match.start(group), match.end(group), new)


def like(model: str, word: str) -> str:
    """The word with a capital where the model has one.

    >>> like("Some", "all")
    'All'
    """
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
