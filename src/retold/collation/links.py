"""Which statements tell one utterance, and how a telling departs from the fuller one."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

import msgspec

from retold.collation.collation import Change, Link
from retold.collation.comparing import alters, compare
from retold.collation.force import classes_of
from retold.collation.judging import weigh
from retold.collation.making import make_change, quote
from retold.collation.witness import Rarity, Telling, Witness, inside
from retold.statements.statement import Statement

# Overlap alone does not decide: two statements of one speaker on one matter share half their words. So a logistic
# regression (`data/links.tsv`) weighs meaning, words, setting and speakers, and the occasion gates.
# On the stories for mending, whole stories held out, F1 is .46 at .25 and .45 here (by words alone it was .29); in the
# examples, whose reports derive from each other, precision rises from .89 to .95 at the same recall.
_EVEN_ENOUGH = 0.3
_PART_OF_BEST = 0.3  # one telling may merge two statements, but hardly one that is like it and one that is not
_OTHER_OCCASION = 0.85  # a day or channel that differs needs nearly the same words to be one utterance
MOST_RUNS, MOST_SHARED = 5, 6  # more of them say no more
_LEAST_NEAR = 0.2  # contents less near than this, in other settings too, are not looked at


class _Side(NamedTuple):
    """A statement, and its content as a telling."""

    statement: Statement
    told: Telling


class Candidate(NamedTuple):
    """Two statements that may tell one utterance; `speakers`: whether theirs are the "same", "other" or it is "open".

    `signs`: see `data/links.tsv`. `likeness`: the Dice coefficient of their weighted content roots.
    """

    a: _Side
    b: _Side
    likeness: float
    speakers: str
    signs: Mapping[str, float]

    @property
    def probability(self) -> float:
        """How likely they tell one utterance, 0 to 1."""
        return weigh("links", self.signs)


def find_links(a: Witness, b: Witness, rarity: Rarity) -> tuple[Link, ...]:
    """The statements of `a` and `b` that tell one utterance, best first. A statement keeps its best partners only.

    `a` and `b` may be one witness: then its statements are compared with one another.
    """
    told = [(one.probability, one) for one in find_candidates(a, b, rarity)]
    alike = sorted((found for found in told if found[0] >= _EVEN_ENOUGH), key=lambda found: -found[0])
    best: dict[str, float] = {}
    for probability, found in alike:
        for end in (found.a.statement.id, found.b.statement.id):
            best.setdefault(end, probability)
    return tuple(_link(found, odds) for odds, found in alike if odds >= _PART_OF_BEST * _rival(found, best))


def _rival(found: Candidate, best: Mapping[str, float]) -> float:
    """The probability of the better partner that either end has elsewhere."""
    return max(best[found.a.statement.id], best[found.b.statement.id])


def find_candidates(a: Witness, b: Witness, rarity: Rarity) -> Iterator[Candidate]:
    """Every two statements of `a` and `b` on one occasion that are near each other in meaning, setting or words."""
    near = a.content_vectors @ b.content_vectors.T
    setting = a.setting_vectors @ b.setting_vectors.T
    sides = [list(zip(one.statements, one.tellings, strict=True)) for one in (a, b)]
    for (i, (one, told_a)), (j, (other, told_b)) in product(*map(enumerate, sides)):
        if a is b and (one.content[0] >= other.content[0] or _nested(one, other)):
            continue
        shared = told_a.roots & told_b.roots
        if not shared and max(near[i, j], setting[i, j]) < _LEAST_NEAR:
            continue
        found = _candidate(_Side(one, told_a), _Side(other, told_b), rarity, float(near[i, j]), float(setting[i, j]))
        if found.likeness >= _OTHER_OCCASION or not _other_occasion(one, other):
            yield found


def _candidate(a: _Side, b: _Side, rarity: Rarity, nearness: float, setting: float) -> Candidate:
    shared = a.told.roots & b.told.roots
    weight, weight_a, weight_b = (rarity.of(roots) for roots in (shared, a.told.roots, b.told.roots))
    likeness = 2 * weight / max(1e-9, weight_a + weight_b)
    speakers = _speakers(a.statement, b.statement)
    signs = {
        "nearness": nearness,
        "setting": setting,
        "likeness": likeness,
        "cover": weight / max(1e-9, min(weight_a, weight_b)),
        "shared": min(MOST_SHARED, len(shared)),
        "runs": min(MOST_RUNS, len(a.told.runs & b.told.runs)),
        "same": float(speakers == "same"),
        "other": float(speakers == "other"),
    }
    return Candidate(a, b, likeness, speakers, signs)


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


def _link(found: Candidate, probability: float) -> Link:
    fuller, other = sorted((found.a, found.b), key=_fullness, reverse=True)
    comparison = compare(fuller.told, other.told)
    if comparison.swapped:
        fuller, other = other, fuller
    changes = (*_voice_changes(found.speakers, fuller, other), *comparison.changes)
    return Link(
        fuller=fuller.statement.id,
        other=other.statement.id,
        relation="altered" if alters(changes) else comparison.relation,
        changes=tuple(_capped(change, probability) for change in changes),
        how=f"words and meaning, {found.speakers} speaker",
        confidence=round(min(_SUREST, probability), 2),
    )


def _fullness(side: _Side) -> tuple[int, int]:
    """How much of it is in the speaker's own words, then how much there is."""
    words = side.told.words
    return (sum(inside(word, side.told.witness.quoted) for word in words), len(words))


def _capped(change: Change, probability: float) -> Change:
    """A change is no surer than that the two statements tell one utterance at all."""
    return msgspec.structs.replace(change, confidence=min(change.confidence, round(probability, 2)))


_SUREST = 0.98


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
