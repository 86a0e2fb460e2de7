"""What the texts themselves say about which of two related reports the other derives from."""

from collections.abc import Iterator, Sequence

from retold.article import Evidence, Span
from retold.collation.making import quote, span_of
from retold.collation.witness import Rarity, Witness, inside
from retold.language.words import Word, find_run
from retold.lineage.lineage import Argument

_MIN_TERM = 2  # content words: fewer in marks are a scare quote that anybody may set
_MIN_NEW = 0.1  # part of a report's weighted words that it must share with another beyond their common source
_MAX_STRAY = 0.34  # how many of the source's words the last may have that the one between lacks, against the reverse
_MIN_NEW_WORDS = 3  # new words in a sentence that is shown as evidence
_MIN_REST = 2  # content words that the fuller quotation has beyond the part


def strict_parts(whole: Witness, part: Witness) -> tuple[Argument, ...]:
    """Quotations of `part` that are a strict part of a quotation of `whole`: they cannot be its source.

    A quotation is one only when `part` quotes the rest nowhere.
    """
    streams = _utterances(whole)
    quoted_roots = {word.root for words in _utterances(part) for word in words}
    found = []
    for words in _utterances(part):
        if sum(word.content for word in words) < _MIN_TERM:
            continue
        for stream in streams:
            place = find_run([word.norm for word in words], stream)
            rest = [word for word in _rest(stream, place) if word.content and word.root not in quoted_roots]
            if place is not None and len(rest) >= _MIN_REST:
                found.append(_strict_part(whole, part, stream, words))
                break
    return tuple(found)


def _strict_part(whole: Witness, part: Witness, stream: Sequence[Word], words: Sequence[Word]) -> Argument:
    fuller, shorter = _spans(whole, stream), _spans(part, words)
    note = f"the quotation {quote(part.article.words(shorter))} is a strict part of one that the other has in full"
    evidence = (Evidence(whole.article.id, fuller), Evidence(part.article.id, shorter))
    return Argument(kind="strict_part", note=note, evidence=evidence, how="quotations", confidence=0.9)


def _utterances(witness: Witness) -> list[list[Word]]:
    """The quoted words of each body sentence that has some."""
    body = (sentence for sentence in witness.sentences if not sentence.heading)
    quoted = ([word for word in sentence.words if inside(word, witness.quoted)] for sentence in body)
    return [words for words in quoted if words]


def _rest(stream: Sequence[Word], place: range | None) -> list[Word]:
    return [] if place is None else [word for index, word in enumerate(stream) if index not in place]


def _spans(witness: Witness, words: Sequence[Word]) -> tuple[Span, ...]:
    """The quoted stretches that `words` (of one sentence) fill, without the report's words between them."""
    groups = [[word for word in words if inside(word, [quotation])] for quotation in witness.quoted]
    return tuple(span_of(group) for group in groups if group)


def direct_and_told(direct: Witness, told: Witness) -> tuple[Argument, ...]:
    """Sentences that `direct` quotes and `told` only paraphrases: marks are lost in a rewrite, seldom found again."""
    found = []
    for sentence_d, sentence_t in _like_sentences(direct, told):
        spans = (Evidence(direct.article.id, (sentence_d,)), Evidence(told.article.id, (sentence_t,)))
        note = "what the other quotes is paraphrased here"
        found.append(Argument(kind="paraphrase", note=note, evidence=spans, how="quotations", confidence=0.6))
    return tuple(found)


def _like_sentences(direct: Witness, told: Witness) -> Iterator[tuple[Span, Span]]:
    for sentence in told.sentences:
        if any(inside(word, told.quoted) for word in sentence.words) or sentence.heading:
            continue
        for other in direct.sentences:
            quoted = frozenset(word.root for word in other.words if word.content and inside(word, direct.quoted))
            shared = quoted & sentence.plain
            if len(quoted) >= 4 and len(shared) * 2 >= len(quoted) and len(shared) >= 3:
                yield other.span, sentence.span
                break


def shared_innovations(source: Witness, between: Witness, last: Witness, rarity: Rarity) -> tuple[Argument, ...]:
    """That `last` has the words of `source` by way of `between`: it shares what `between` added, and has hardly a
    word of `source` that `between` lacks, while `between` has many that `last` lacks.

    Agreement in what the source does not have binds copies together (Lachmann); without it, nothing is said.
    """
    origin, middle, end = (_roots(witness) for witness in (source, between, last))
    new = (middle & end) - origin
    kept_by_middle, kept_by_end = rarity.of((origin & middle) - end), rarity.of((origin & end) - middle)
    if rarity.of(new) < _MIN_NEW * rarity.of(end) or kept_by_end > _MAX_STRAY * kept_by_middle:
        return ()
    evidence = tuple(
        Evidence(witness.article.id, spans)
        for witness in (between, last)
        if (spans := tuple(s.span for s in witness.sentences if len(s.roots & new) >= _MIN_NEW_WORDS)[:3])
    )
    note = "it shares what the other added to their common source, and has nothing of that source that the other lacks"
    return (Argument(kind="shared_innovations", note=note, evidence=evidence, how="innovations", confidence=0.9),)


def _roots(witness: Witness) -> frozenset[str]:
    return frozenset(root for sentence in witness.sentences for root in sentence.roots)


def earlier(first: Witness, second: Witness) -> tuple[Argument, ...]:
    """That `first` was published on an earlier day than `second`, where both days are known."""
    day, later = first.article.published, second.article.published
    if not day or not later or day >= later:
        return ()
    evidence = tuple(
        Evidence(witness.article.id, witness.article.published_evidence)
        for witness in (first, second)
        if witness.article.published_evidence
    )
    note = f"it was published on {later}, the other on {day}"
    return (Argument(kind="published", note=note, evidence=evidence, how="dates", confidence=0.8),)
