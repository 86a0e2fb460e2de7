"""Which statements tell one utterance, and how a telling departs from the fuller one."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from retold.collation.collation import Change, Link
from retold.collation.comparing import alters, compare
from retold.collation.force import classes_of
from retold.collation.making import make_change, quote
from retold.collation.witness import Rarity, Telling, Witness, inside
from retold.statements.statement import Statement

# Overlap alone does not decide (two statements of one speaker on one matter share half their words), so who, where
# and when gate the match first; what is left needs less overlap the better the speakers agree.
_MIN_LIKENESS = {"same": 0.3, "open": 0.5, "other": 0.85}
_MIN_COVER = {"same": 0.6, "open": 0.85, "other": 2.0}
_MIN_ROOTS = 2
_MIN_OPEN_ROOTS = 3  # "a deal" may be anybody's: without a known speaker an utterance needs more words of its own
_PART_OF_BEST = 0.75  # one telling may merge two statements, but hardly one that is like it and one that is not
_OTHER_OCCASION = 0.85  # a day or channel that differs needs nearly the same words to be one utterance


class _Side(NamedTuple):
    """A statement, and its content as a telling."""

    statement: Statement
    told: Telling


class _Candidate(NamedTuple):
    a: _Side
    b: _Side
    likeness: float
    speakers: str


def find_links(a: Witness, b: Witness, rarity: Rarity) -> tuple[Link, ...]:
    """The statements of `a` and `b` that tell one utterance, best first. A statement keeps its best partners only.

    `a` and `b` may be one witness: then its statements are compared with one another.
    """
    candidates = sorted(_candidates(a, b, rarity), key=lambda found: -found.likeness)
    best: dict[str, float] = {}
    for found in candidates:
        for end in (found.a.statement.id, found.b.statement.id):
            best.setdefault(end, found.likeness)
    return tuple(_link(found) for found in candidates if found.likeness >= _PART_OF_BEST * _rival(found, best))


def _rival(found: _Candidate, best: Mapping[str, float]) -> float:
    """The likeness of the better partner that either end has elsewhere."""
    return max(best[found.a.statement.id], best[found.b.statement.id])


def _candidates(a: Witness, b: Witness, rarity: Rarity) -> Iterator[_Candidate]:
    sides = [zip(witness.statements, witness.tellings, strict=True) for witness in (a, b)]
    for (one, told_a), (other, told_b) in product(*sides):
        if a is b and (one.content[0] >= other.content[0] or _nested(one, other)):
            continue
        shared = told_a.roots & told_b.roots
        if len(shared) < min(_MIN_ROOTS, len(told_a.roots), len(told_b.roots)) or not shared:
            continue
        weight, weight_a, weight_b = (rarity.of(roots) for roots in (shared, told_a.roots, told_b.roots))
        likeness = 2 * weight / (weight_a + weight_b)
        speakers = _speakers(one, other)
        if speakers != "same" and len(shared) < _MIN_OPEN_ROOTS:
            continue
        enough = likeness >= _MIN_LIKENESS[speakers] or weight / min(weight_a, weight_b) >= _MIN_COVER[speakers]
        if enough and (likeness >= _OTHER_OCCASION or not _other_occasion(one, other)):
            yield _Candidate(_Side(one, told_a), _Side(other, told_b), likeness, speakers)


def _nested(one: Statement, other: Statement) -> bool:
    return one.parent == other.id or other.parent == one.id


def _speakers(one: Statement, other: Statement) -> str:
    """Whether two statements have the same speaker, another, or (unknown on a side) it is open."""
    names = [{speaker.name for speaker in found.speakers if speaker.name} for found in (one, other)]
    if not names[0] or not names[1]:
        return "open"
    same = any(same_name(x, y) for x in names[0] for y in names[1])
    return "same" if same else "other"


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: the words of the one are all in the other, or they end alike."""
    words_one, words_other = one.casefold().split(), other.casefold().split()
    if set(words_one) <= set(words_other) or set(words_other) <= set(words_one):
        return True
    return words_one[-1] == words_other[-1] and words_one[0][0] == words_other[0][0]


def _other_occasion(one: Statement, other: Statement) -> bool:
    channels = one.channel and other.channel and one.channel.casefold() != other.channel.casefold()
    days = one.said_on and other.said_on and one.said_on != other.said_on
    return bool(channels or days)


def _link(found: _Candidate) -> Link:
    fuller, other = sorted((found.a, found.b), key=_fullness, reverse=True)
    comparison = compare(fuller.told, other.told)
    if comparison.swapped:
        fuller, other = other, fuller
    changes = (*_voice_changes(found.speakers, fuller, other), *comparison.changes)
    return Link(
        fuller=fuller.statement.id,
        other=other.statement.id,
        relation="altered" if alters(changes) else comparison.relation,
        changes=changes,
        how=f"words, {found.speakers} speaker",
        confidence=_confidence(found),
    )


def _fullness(side: _Side) -> tuple[int, int]:
    """How much of it is in the speaker's own words, then how much there is."""
    words = side.told.words
    return (sum(inside(word, side.told.witness.quoted) for word in words), len(words))


def _confidence(found: _Candidate) -> float:
    base = {"same": 0.6, "open": 0.45, "other": 0.35}[found.speakers]
    return round(min(0.98, base + 0.4 * found.likeness), 2)


def _voice_changes(speakers: str, fuller: _Side, other: _Side) -> Iterator[Change]:
    if speakers == "same":
        yield from _cue_change(fuller, other)
    elif speakers == "other" and _is_named(fuller) and _is_named(other):
        yield _speaker_change(fuller, other)


def _cue_change(fuller: _Side, other: _Side) -> Iterator[Change]:
    """A neutral verb of speech became one that judges ("said" became "admitted")."""
    cues = [side.told.witness.article.words(side.statement.cue) for side in (fuller, other)]
    loaded = [any("loaded_cue" in classes_of(word) for word in cue.lower().split()) for cue in cues]
    if all(cues) and loaded == [False, True]:
        note = f"{quote(cues[1])} where the other has {quote(cues[0])}"
        sides = (fuller.told, fuller.statement.cue), (other.told, other.statement.cue)
        yield make_change("strength", *sides, note, how="cues", confidence=0.7)


def _is_named(side: _Side) -> bool:
    """Whether the source names its speaker: who a pronoun stands for may be mistaken."""
    source = side.told.witness.article.words(side.statement.source).casefold()
    return any(speaker.name.split()[-1].casefold() in source for speaker in side.statement.speakers if speaker.name)


def _speaker_change(fuller: _Side, other: _Side) -> Change:
    names = [
        " and ".join(speaker.name for speaker in side.statement.speakers if speaker.name) for side in (fuller, other)
    ]
    before, after = [(side.told, side.statement.source) for side in (fuller, other)]
    note = f"said by {names[1]}; in the other by {names[0]}"
    return make_change("speaker_changed", before, after, note, how="speakers", confidence=0.75)
