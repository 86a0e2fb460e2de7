"""Whether the other reports bear a sentence out, after a search of every sentence of every one of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from retold.article import Evidence, Span
from retold.collation.alignment import MIN_LIKENESS, Pairing
from retold.collation.collation import Change, ChangeKind, Support, Verdict
from retold.collation.comparing import SURE, alters
from retold.collation.judging import Judged, judge
from retold.collation.passages import Aligned, Collator, stable_id
from retold.collation.search import Found, Shelf
from retold.collation.witness import Rarity, Witness

_WHOLE = 0.66  # part of a sentence's weighted content words that must be told elsewhere to call it supported
_CONTRADICTING: frozenset[ChangeKind] = frozenset({"number", "negation", "date", "name"})
_CONTRADICTION_LIKENESS = 0.5  # below it two sentences may simply speak of different things
_EVEN = 0.5
_LIKELY = 0.6  # from here a sentence may be borne out in part, by sentences that no passage joins to it
_DOUBTED = 0.4
_BORNE = 0.8  # without a passage that tells the same, the sentences found must be this sure to bear one out together
_PLAIN = 0.97  # a sentence that another report has word for word
_MOST_SHOWN = 3  # reports whose words are shown where no passage tells the same

Told = list[tuple[Witness, Aligned]]


def find_support(
    witness: Witness, shelf: Shelf, partners: Sequence[Witness], collator: Collator
) -> tuple[Support, ...]:
    """One row for each body sentence of `witness` with content words, in text order.

    All reports of `shelf` are searched; with `partners`, those nearest to it, it is compared in full.
    "unsupported" says only that no sentence of theirs tells it; `closest` is then the nearest one (None: the others
    have no sentence).
    """
    told: dict[int, Told] = defaultdict(list)
    for other in partners:
        for found in collator.aligned(other, witness):
            told[found.sentence].append((other, found))
    body = [i for i, sentence in enumerate(witness.sentences) if sentence.roots and not sentence.heading]
    near = shelf.search(witness)
    plain = {index for index in body if any(_is_plain(found) for _, found in told[index])}
    judged = judge(witness, near, (index for index in body if index not in plain))
    rarity = collator.pairings.rarity(witness, witness)
    rows = []
    for index in body:
        judgement = judged.get(index, Judged(_PLAIN, near[index][:1], ()))
        if any(_is_firm(found, judgement) for _, found in told[index]):
            rows.append(_told(witness, index, told[index], judgement, rarity))
        else:
            rows.append(_not_told(witness, index, judgement, near[index]))
    return tuple(rows)


def _is_firm(found: Aligned, judged: Judged) -> bool:
    """Whether a passage rests on words, or on a meaning that the network does not doubt."""
    return found.pairings[0].likeness >= MIN_LIKENESS or judged.probability >= _DOUBTED


def _is_plain(found: Aligned) -> bool:
    """Whether a sentence is told word for word: then nothing needs to be read. (Of one that is trimmed the network
    knows better what the words left out meant: without it, AUC on QAGS falls from .90 to .83.)"""
    return found.passage.relation == "verbatim" and not alters(found.passage.changes)


def _told(witness: Witness, index: int, told: Told, judged: Judged, rarity: Rarity) -> Support:
    """The row where at least one report tells the sentence: one report that has it unaltered is enough."""
    sentence = witness.sentences[index]
    shared = frozenset().union(*(pairing.shared for _, found in told for pairing in found.pairings))
    cover = rarity.of(shared) / rarity.of(sentence.roots)
    faithful = [found for _, found in told if not alters(found.passage.changes)]
    best = max((found for _, found in told), key=lambda found: found.pairings[0].strength)
    changes = () if faithful else best.passage.changes
    verdict: Verdict = "partly"
    if changes and best.pairings[0].likeness >= _CONTRADICTION_LIKENESS and _contradicts(changes):
        verdict = "contradicted"  # a finding; lowering the score by it made the ranking worse (QAGS .90 to .80)
    elif not changes and (cover >= _WHOLE or judged.probability >= _BORNE) and judged.probability >= _EVEN:
        verdict = "supported"
    elif not changes:
        changes = tuple(_missing(witness, judged))
    by = tuple(_evidence(other, found.pairings) for other, found in told)
    return _row(witness, index, verdict, judged.probability, by=by, changes=changes)


def _not_told(witness: Witness, index: int, judged: Judged, near: Sequence[Found]) -> Support:
    """The row where no passage tells the sentence: what it shares with others may still tell a part of it.

    "Not found" is a strong word: it is said only where neither is there.
    """
    in_words = [found for found in near if found.shares(witness.sentences[index])]
    if judged.probability < _LIKELY and not in_words:
        closest = _of(judged.sources[0]) if judged.sources else None
        return _row(witness, index, "unsupported", judged.probability, closest=closest)
    by = tuple(dict.fromkeys(map(_of, in_words or judged.sources)))[:_MOST_SHOWN]
    verdict: Verdict = "supported" if judged.probability >= _BORNE else "partly"
    changes = () if verdict == "supported" else tuple(_missing(witness, judged))
    return _row(witness, index, verdict, judged.probability, by=by, changes=changes)


def _row(
    witness: Witness,
    index: int,
    verdict: Verdict,
    score: float,
    *,
    by: tuple[Evidence, ...] = (),
    closest: Evidence | None = None,
    changes: tuple[Change, ...] = (),
) -> Support:
    span = witness.sentences[index].span
    return Support(
        id=stable_id("u", witness.article.id, [span]),
        article=witness.article.id,
        span=span,
        verdict=verdict,
        score=round(score, 3),
        by=by,
        closest=closest,
        changes=changes,
        how="words and cross-encoder",
        confidence=round(score if verdict == "supported" else max(1 - score, _EVEN), 2),
    )


def _contradicts(changes: Sequence[Change]) -> bool:
    return any(change.kind in _CONTRADICTING and change.confidence >= SURE for change in changes)


def _missing(witness: Witness, judged: Judged) -> Iterator[Change]:
    """The words that none of the others has, as one change; nothing where there is none."""
    if judged.missing:
        spans = _joined(judged.missing)
        text = " … ".join(witness.article.text[start:end] for start, end in spans)
        yield Change(
            kind="added",
            before=None,
            after=Evidence(witness.article.id, spans),
            note=f"“{' '.join(text.split())}” is not found in the other reports",
            how="cross-encoder",
            confidence=_EVEN,
        )


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Words that stand side by side as one span."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 1:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _of(found: Found) -> Evidence:
    return Evidence(found.witness.article.id, (found.sentence.span,))


def _evidence(other: Witness, pairings: Sequence[Pairing]) -> Evidence:
    spans = sorted(other.sentences[pairing.a].span for pairing in pairings)
    return Evidence(other.article.id, tuple(spans))
