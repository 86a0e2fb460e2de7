"""What the texts themselves say about which of two related reports the other derives from."""

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean, variance

from retold.article import Evidence, Span
from retold.collation.alignment import Pairings
from retold.collation.making import quote, span_of
from retold.collation.witness import Rarity, Witness, inside
from retold.language.words import Word, find_run
from retold.lineage.kinship import Kinship
from retold.lineage.lineage import Argument
from retold.lineage.versions import LIKELY, order_of_versions

_MIN_TERM = 2  # content words: fewer in marks are a scare quote that anybody may set
_MIN_NEW = 0.1  # part of a report's weighted words that it must share with another beyond their common source
_MAX_STRAY = 0.34  # how many of the source's words the last may have that the one between lacks, against the reverse
_MIN_NEW_WORDS = 3  # new words in a sentence that is shown as evidence
# One-sided detail is judged only where a report is copied closely and at length. Of real versions of one report
# (NewsEdits, even places) the one that has nothing of its own is the earlier in 24 of 26 pairs when any rewording
# counts: an update adds. Within these bounds it is so in 3 pairs of 93, while of 60 trimmed and lightly reworded copies
# (the families of `python -m benchmarks retelling --half mend`) most are.
_ALL_TOLD = 0.95  # part of a derivative's words in sentences of which its source has a telling
_PART_TOLD = 0.87  # the same the other way round, where something was left out
_REWORDED = (0.1, 0.6)  # part of the sentences told in both that are in other words; of none, or most, it says nothing
_CLOSE = 0.8  # part of the shorter report's runs of own words that the other has
_FEWEST = (3, 2)  # sentences left out, and in other words
_ALL_REWORDED = 0.8  # part of the sentences that a rewrite throughout tells, and that it puts into other words
_ENOUGH_WORDS = 15
_SPREADS = 2.5  # standard errors by which the new words must be longer; two rewrites of one text differ by 2.4
_LETTERS = 1.0  # by which they must be longer
_VERSIONS = 0.2  # part of the shorter report's runs of own words that versions of one report share
_SAME = 0.97  # part of either's words in sentences that the other tells too, where nothing was added
_SHOWN = 3  # sentences
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


def one_sided(source: Witness, derivative: Witness, derived: Kinship, kept: Kinship) -> tuple[Argument, ...]:
    """That `derivative` opens as `source` does, tells nothing else, not all of it, and some of it in other words.

    `derived` is what `derivative` shares with `source`, `kept` the reverse.
    """
    same_outlet = source.article.outlet is not None and source.article.outlet == derivative.article.outlet
    told = derived.told >= _ALL_TOLD and kept.told <= _PART_TOLD
    reworded = derived.reworded * (derived.sentences - len(derived.untold))
    light = _REWORDED[0] <= derived.reworded <= _REWORDED[1] and derived.runs >= _CLOSE
    enough = len(kept.untold) >= _FEWEST[0] and reworded > _FEWEST[1] - 0.5
    if same_outlet or not told or not light or not enough or 0 in kept.untold:
        return ()
    left_out = tuple(source.sentences[index].span for index in kept.untold[:_SHOWN])
    note = "it has nothing that the other lacks, leaves out part of it, and puts some of the rest into other words"
    evidence = (Evidence(source.article.id, left_out),)
    return (Argument(kind="one_sided", note=note, evidence=evidence, how="one-sided detail", confidence=0.9),)


def longer_words(source: Witness, derivative: Witness, derived: Kinship) -> tuple[Argument, ...]:
    """That `derivative` has longer words where `source` has plain ones, in a text that is reworded throughout.

    Programs that rewrite do so: the words that came were longer on average than those that went in 232 of 234 rewrites
    of eight paragraphs each (39 documents, six ways of asking for it).
    """
    if derived.reworded < _ALL_REWORDED or derived.told < _ALL_REWORDED:
        return ()
    gone, come = _only_in(source, derivative), _only_in(derivative, source)
    if min(len(gone), len(come)) < _ENOUGH_WORDS:
        return ()
    lengths = [[len(word) for word in words] for words in (gone, come)]
    error = math.sqrt(sum(variance(found) / len(found) for found in lengths))
    longer = mean(lengths[1]) - mean(lengths[0])
    if longer < max(_LETTERS, _SPREADS * error):
        return ()
    note = f"it says the same in other words, which are longer by {longer:.1f} letters"
    evidence = (_longest(source, gone), _longest(derivative, come))
    return (Argument(kind="longer_words", note=note, evidence=evidence, how="wording", confidence=0.9),)


def _only_in(witness: Witness, other: Witness) -> dict[str, Word]:
    """By its norm each content word in lower case that the other text has nowhere."""
    known = {word.norm for sentence in other.sentences for word in sentence.words}
    text = witness.article.text
    return {
        word.norm: word
        for sentence in witness.sentences
        for word in sentence.words
        if word.content and word.norm not in known and text[word.start].islower()
    }


def _longest(witness: Witness, words: Mapping[str, Word]) -> Evidence:
    chosen = sorted(sorted(words.values(), key=lambda word: (-len(word.norm), word.start))[:_SHOWN])
    return Evidence(witness.article.id, tuple(Span(word.start, word.end) for word in chosen))


def version_order(
    one: Witness, other: Witness, derived: Kinship, kept: Kinship, pairings: Pairings
) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """The signs of which of two versions of one report came first: those for `one`, those for `other`.

    `derived` is what `other` shares with `one`, `kept` the reverse. Both empty where the two are no versions of one
    report (each tells all that the other does: a rewrite), or the signs are too weak (see `versions.LIKELY`).
    """
    if derived.runs < _VERSIONS or min(derived.told, kept.told) > _SAME:
        return (), ()
    order = order_of_versions(one, other, pairings)
    if abs(order.log_odds) < LIKELY:
        return (), ()
    evidence = tuple(evidence for argument in order.arguments for evidence in argument.evidence)
    note = "as versions of one report: " + "; ".join(argument.note for argument in order.arguments)
    argument = Argument(kind="version", note=note, evidence=evidence, how="versions", confidence=0.9)
    return ((argument,), ()) if order.log_odds > 0 else ((), (argument,))


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
