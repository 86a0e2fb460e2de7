"""Acts told with another force in one and the same sentence: denied, made sure, made necessary; conditions gone."""

from collections.abc import Iterator

from retold.article import Span
from retold.collation.collation import Change, ChangeKind
from retold.collation.force import Frame, find_conditions, find_operators
from retold.collation.framing import FORCE_CONFIDENCE, frames_of
from retold.collation.making import make_change, quote
from retold.collation.variants import Parallel, Variant, spans_at
from retold.collation.witness import Telling, Witness
from retold.language.words import Word, root_of

_TOLD = 0.5  # part of a condition's content words that must stand in the other telling to count as told
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti")
_SHORTEST_STEM = 3
_NOUNS = frozenset({"restriction", "restrictions", "ban", "lack"})  # "a ban on" denies an act, not the sentence
_MODAL = frozenset({"obligation", "wish", "possibility", "future", "advice"})
_LONGEST = 4  # words on either side: in longer places whole clauses have come or gone, with what they deny
_MIN_ELSEWHERE = 2  # content words at least
_TOLD_ELSEWHERE = 0.7  # part of a condition's content words that another sentence of the other report must have


def find_placed_force(parallel: Parallel) -> Iterator[Change]:
    """Acts that both tellings have in one place, bound by words of another force."""
    a, b = parallel.a, parallel.b
    frames_a, frames_b = ({frame.at: frame for frame in frames_of(telling)} for telling in (a, b))
    for index_a, index_b in parallel.partners.items():
        before, after = frames_a.get(a.words[index_a].start), frames_b.get(b.words[index_b].start)
        kind = _kind(before, after) if before and after else None
        if not before or not after or not kind:
            continue
        note = f"{quote(b.text(after.span))} where the other has {quote(a.text(before.span))}"
        sides = (a, [before.span]), (b, [after.span])
        yield make_change(kind, *sides, note, how="force", confidence=FORCE_CONFIDENCE[kind])


def _kind(before: Frame, after: Frame) -> ChangeKind | None:
    differing = before.classes ^ after.classes
    if before.agrees(after) or not differing:
        return None
    if "negation" in differing:
        return "negation"
    both = bool(before.classes and after.classes)
    if both and differing <= {"agreement", "future"}:  # "agreed to meet", "will meet": both are bound to do it
        return None
    return "strength" if both and differing & {"obligation", "wish", "agreement"} else "modality"


def find_placed_negation(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """A place where one telling denies and the other does not: by "not" and its like, or by a prefix."""
    before, after = parallel.before(variant), parallel.after(variant)
    denies = [_denials(parallel.a, variant.a) % 2, _denials(parallel.b, variant.b) % 2]
    prefixed = len(before) == len(after) == 1 and _prefixed(before[0], after[0])
    if max(len(before), len(after)) > _LONGEST or _denied_alike(parallel) or (denies[0] == denies[1] and not prefixed):
        return
    here, there = spans_at(parallel.b, variant.b), spans_at(parallel.a, variant.a)
    note = f"{quote(parallel.b.text(here[0]))} where the other has {quote(parallel.a.text(there[0]))}"
    yield make_change("negation", (parallel.a, there), (parallel.b, here), note, how="negation", confidence=0.8)


def find_placed_modality(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """A place where both tellings have a word of modality, and not the same: also before "have", "be", "get"."""
    if not 0 < len(variant.a) <= _LONGEST or not 0 < len(variant.b) <= _LONGEST:
        return
    before, after = _modal_at(parallel.a, variant.a), _modal_at(parallel.b, variant.b)
    if not before or not after or before & after:
        return
    kind: ChangeKind = "strength" if (before ^ after) & {"obligation", "wish"} else "modality"
    here, there = spans_at(parallel.b, variant.b), spans_at(parallel.a, variant.a)
    note = f"{quote(parallel.b.text(here[0]))} where the other has {quote(parallel.a.text(there[0]))}"
    yield make_change(kind, (parallel.a, there), (parallel.b, here), note, how="force", confidence=0.75)


def _modal_at(telling: Telling, place: range) -> frozenset[str]:
    """The classes of modality of the phrases that have a word at `place`."""
    return frozenset(
        operator.kind
        for operator in find_operators(telling.words)
        if operator.kind in _MODAL and not set(place).isdisjoint(range(operator.first, operator.after))
    )


def _denied_alike(parallel: Parallel) -> bool:
    """Whether all places together deny as often on both sides: "not to impose", "to refrain from imposing"."""
    totals = [(_denials(parallel.a, variant.a), _denials(parallel.b, variant.b)) for variant in parallel.variants]
    return sum(a for a, _ in totals) % 2 == sum(b for _, b in totals) % 2 and any(a and not b for a, b in totals)


def _denials(telling: Telling, place: range) -> int:
    """How many denying phrases ("not", "refrain from") have a word at `place`."""
    denying = [
        operator
        for operator in find_operators(telling.words)
        if operator.kind == "negation" and telling.words[operator.first].norm not in _NOUNS
    ]
    return sum(not set(place).isdisjoint(range(operator.first, operator.after)) for operator in denying)


def _prefixed(one: Word, other: Word) -> bool:
    """Whether a word is the other with a denying prefix: "lawful", "unlawful"."""
    short, long = sorted((one.norm, other.norm), key=len)
    stems = root_of(short, False), root_of(long, False)
    return len(short) > _SHORTEST_STEM and any(
        long.startswith(prefix) and root_of(long.removeprefix(prefix), False) == stems[0] for prefix in _PREFIXES
    )


def find_placed_conditions(parallel: Parallel) -> Iterator[Change]:
    """Conditions that one of the two sets and the other does not."""
    a, b = parallel.a, parallel.b
    for span in _lost_conditions(parallel):
        note = f"the condition {quote(a.text(span))} is gone"
        yield make_change("condition", (a, [span]), (b, b.spans), note, how="conditions", confidence=0.8)
    for span in _lost_conditions(parallel.turned):
        note = f"the condition {quote(b.text(span))} is not in the other"
        yield make_change("condition", (a, a.spans), (b, [span]), note, how="conditions", confidence=0.75)


def _lost_conditions(parallel: Parallel) -> Iterator[Span]:
    """Conditions of `a` of which the opening word has no partner in `b` and the others stand nowhere."""
    words = parallel.a.words
    for span, roots in find_conditions(parallel.a.witness.article.text, words):
        inside = [index for index, word in enumerate(words) if span.start <= word.start < span.end]
        told = len(roots & parallel.b.roots) / len(roots) >= _TOLD
        if (
            inside[0] not in parallel.partners
            and not told
            and not _set_elsewhere(roots, parallel.b.witness)
            and len(inside) < len(words)
        ):
            yield span


def _set_elsewhere(roots: frozenset[str], witness: Witness) -> bool:
    """Whether another sentence has most words of a condition: it may have been cut off there."""
    enough = max(_MIN_ELSEWHERE, _TOLD_ELSEWHERE * len(roots))
    return any(len(roots & sentence.roots) >= enough for sentence in witness.sentences)
