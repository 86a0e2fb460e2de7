"""Which statements tell one utterance, and how a telling departs from the fuller one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

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


@dataclass(frozen=True)
class _Candidate:
    a: Telling
    b: Telling
    statement_a: Statement
    statement_b: Statement
    likeness: float
    speakers: str


def find_links(a: Witness, b: Witness, rarity: Rarity) -> tuple[Link, ...]:
    """The statements of `a` and `b` that tell one utterance, best first. A statement keeps its best partners only.

    `a` and `b` may be one witness: then its statements are compared with one another.
    """
    candidates = sorted(_candidates(a, b, rarity), key=lambda found: -found.likeness)
    best: dict[str, float] = {}
    for found in candidates:
        for end in (found.statement_a.id, found.statement_b.id):
            best.setdefault(end, found.likeness)
    return tuple(_link(found) for found in candidates if found.likeness >= _PART_OF_BEST * _rival(found, best))


def _rival(found: _Candidate, best: Mapping[str, float]) -> float:
    """The likeness of the better partner that either end has elsewhere."""
    return max(best[found.statement_a.id], best[found.statement_b.id])


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
            yield _Candidate(told_a, told_b, one, other, likeness, speakers)


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
    fuller, other = (found.a, found.b) if _fullness(found.a) >= _fullness(found.b) else (found.b, found.a)
    comparison = compare(fuller, other)
    if comparison.swapped:
        fuller, other = other, fuller
    changes = (*_speaker_change(found, fuller, other), *_cue_change(found, fuller, other), *comparison.changes)
    ids = {id(found.a): found.statement_a.id, id(found.b): found.statement_b.id}
    return Link(
        fuller=ids[id(fuller)],
        other=ids[id(other)],
        relation="altered" if alters(changes) else comparison.relation,
        changes=changes,
        how=f"words, {found.speakers} speaker",
        confidence=_confidence(found),
    )


def _fullness(told: Telling) -> tuple[int, int]:
    """How much of it is in the speaker's own words, then how much there is."""
    return (sum(inside(word, told.witness.quoted) for word in told.words), len(told.words))


def _confidence(found: _Candidate) -> float:
    base = {"same": 0.6, "open": 0.45, "other": 0.35}[found.speakers]
    return round(min(0.98, base + 0.4 * found.likeness), 2)


def _cue_change(found: _Candidate, fuller: Telling, other: Telling) -> tuple[Change, ...]:
    """A neutral verb of speech became one that judges ("said" became "admitted")."""
    statements = {id(found.a): found.statement_a, id(found.b): found.statement_b}
    before, after = statements[id(fuller)], statements[id(other)]
    if not before.cue or not after.cue or found.speakers != "same":
        return ()
    words = [told.witness.article.words(s.cue) for told, s in ((fuller, before), (other, after))]
    loaded = [any("loaded_cue" in classes_of(word) for word in cue.lower().split()) for cue in words]
    if loaded != [False, True]:
        return ()
    note = f"{quote(words[1])} where the other has {quote(words[0])}"
    sides = (fuller, before.cue), (other, after.cue)
    return (make_change("strength", *sides, note, how="cues", confidence=0.7),)


def _is_named(told: Telling, statement: Statement) -> bool:
    """Whether the source names its speaker: who a pronoun stands for may be mistaken."""
    source = told.witness.article.words(statement.source).casefold()
    return any(speaker.name.split()[-1].casefold() in source for speaker in statement.speakers if speaker.name)


def _speaker_change(found: _Candidate, fuller: Telling, other: Telling) -> tuple[Change, ...]:
    statements = {id(found.a): found.statement_a, id(found.b): found.statement_b}
    if found.speakers != "other" or not all(_is_named(told, statements[id(told)]) for told in (fuller, other)):
        return ()
    sides = [(told, statements[id(told)]) for told in (fuller, other)]
    names = [" and ".join(s.name for s in statement.speakers if s.name) for _, statement in sides]
    before, after = [(told, statement.source or statement.content) for told, statement in sides]
    note = f"said by {names[1]}; in the other by {names[0]}"
    return (make_change("speaker_changed", before, after, note, how="speakers", confidence=0.75),)
