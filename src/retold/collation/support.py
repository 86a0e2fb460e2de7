"""Whether the other reports bear a sentence out, after a search of every sentence of every one of them."""

from collections import defaultdict
from collections.abc import Sequence

from retold.article import Evidence
from retold.collation.alignment import Pairing
from retold.collation.collation import Change, ChangeKind, Support, Verdict
from retold.collation.comparing import SURE, alters
from retold.collation.passages import Aligned, Collator, stable_id
from retold.collation.witness import Rarity, Sentence, Witness

_WHOLE = 0.66  # part of a sentence's weighted content words that must be told elsewhere to call it supported
_CONTRADICTING: frozenset[ChangeKind] = frozenset({"number", "negation", "date", "name"})
_CONTRADICTION_LIKENESS = 0.5  # below it two sentences may simply speak of different things


def find_support(witness: Witness, others: Sequence[Witness], collator: Collator) -> tuple[Support, ...]:
    """One row for each body sentence of `witness` with content words, in text order.

    "unsupported" says only that no sentence of `others` tells it; `closest` is then the nearest one (None: no
    sentence of theirs shares a content word).
    """
    told: dict[int, list[tuple[Witness, Aligned]]] = defaultdict(list)
    nearest: dict[int, tuple[Witness, Pairing]] = {}
    for other in others:
        for found in collator.aligned(other, witness):
            told[found.sentence].append((other, found))
        for pairing in collator.pairings.between(other, witness):
            if pairing.b not in nearest or pairing.likeness > nearest[pairing.b][1].likeness:
                nearest[pairing.b] = (other, pairing)
    rows = []
    for index, sentence in enumerate(witness.sentences):
        if sentence.heading or not sentence.roots:
            continue
        if index in told:
            rows.append(_borne_out(witness, sentence, told[index], collator.pairings.rarity(witness, witness)))
        else:
            rows.append(_not_found(witness, sentence, nearest.get(index)))
    return tuple(rows)


def _borne_out(
    witness: Witness, sentence: Sentence, told: Sequence[tuple[Witness, Aligned]], rarity: Rarity
) -> Support:
    """The verdict where at least one report tells the sentence: one report that has it unaltered is enough."""
    shared = frozenset().union(*(pairing.shared for _, found in told for pairing in found.pairings))
    cover = rarity.of(shared) / rarity.of(sentence.roots)
    faithful = [found for _, found in told if not alters(found.passage.changes)]
    best = max((found for _, found in told), key=lambda found: found.pairings[0].likeness)
    changes = () if faithful else best.passage.changes
    verdict: Verdict = "supported" if cover >= _WHOLE and not changes else "partly"
    if changes and best.pairings[0].likeness >= _CONTRADICTION_LIKENESS and _contradicts(changes):
        verdict = "contradicted"
    return Support(
        id=stable_id("u", witness.article.id, [sentence.span]),
        article=witness.article.id,
        span=sentence.span,
        verdict=verdict,
        by=tuple(_evidence(other, found.pairings) for other, found in told),
        closest=None,
        changes=changes,
        how="words",
        confidence=best.passage.confidence,
    )


def _contradicts(changes: Sequence[Change]) -> bool:
    return any(change.kind in _CONTRADICTING and change.confidence >= SURE for change in changes)


def _evidence(other: Witness, pairings: Sequence[Pairing]) -> Evidence:
    spans = sorted(other.sentences[pairing.a].span for pairing in pairings)
    return Evidence(other.article.id, tuple(spans))


def _not_found(witness: Witness, sentence: Sentence, nearest: tuple[Witness, Pairing] | None) -> Support:
    likeness = nearest[1].likeness if nearest else 0.0
    return Support(
        id=stable_id("u", witness.article.id, [sentence.span]),
        article=witness.article.id,
        span=sentence.span,
        verdict="unsupported",
        by=(),
        closest=_evidence(nearest[0], [nearest[1]]) if nearest else None,
        changes=(),
        how="words",
        confidence=round(0.95 - likeness, 2),
    )
