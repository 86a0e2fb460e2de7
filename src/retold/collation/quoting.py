"""Changes inside quotation marks and inside statements: words altered, left out, put into somebody's mouth."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.article import Span
from retold.collation.collation import Change
from retold.collation.making import make_change, quote, runs, span_of
from retold.collation.witness import Telling, Witness, inside
from retold.language.words import Word, find_run
from retold.statements.statement import Statement

_MIN_QUOTED = 3  # words: fewer in marks are a term, not an utterance that could be misquoted
_MIN_KEPT = 0.6  # part of a quotation's words, in order, that makes it the same quotation with changes
_MIN_WHOLE = 5  # content words of a quotation: fewer are a term, and no whole utterance
_MAX_TOLD_SWAPS = 3
_LONGEST_SWAP = 8  # words that a note repeats
_MIN_LOST = 3  # content words left out of a quotation that are worth a line
_MIN_ADDED = 2  # content words in a row that a statement of the other report does not have
_MIN_COMMENT = 3  # content words of a clause that says something of its own
_MAX_TOLD = 0.25  # part of them that the aligned words of the other may have
_TERM = 5  # words: at most so many in marks are a term ("crux of the deal") that anchors a statement


def find_quotation_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Quotations of `b` that differ from the words of `a` they give, and what they leave out."""
    for words_b in _quotations(b):
        norms = [word.norm for word in words_b]
        place = find_run(norms, a.words)
        if place is not None:
            yield from _lost_words(a, place, b, words_b)
        elif len(norms) >= _MIN_QUOTED and not _anywhere(norms, a.witness):
            yield from _altered_words(a, b, words_b)


def _quotations(telling: Telling) -> Iterator[tuple[Word, ...]]:
    for quotation in telling.witness.quoted:
        words = tuple(word for word in telling.words if inside(word, [quotation]))
        if words:
            yield words


def _anywhere(norms: Sequence[str], witness: Witness) -> bool:
    return any(find_run(norms, sentence.words) is not None for sentence in witness.sentences)


def _lost_words(a: Telling, place: range, b: Telling, words_b: Sequence[Word]) -> Iterator[Change]:
    """What the quotation of `a` says beyond the words that `b` quotes, and that `b` tells nowhere in this passage."""
    around = [quotation for quotation in a.witness.quoted if inside(a.words[place.start], [quotation])]
    lost = frozenset(
        index
        for index, word in enumerate(a.words)
        if index not in place and word.content and inside(word, around) and word.root not in b.roots
    )
    if len(lost) < _MIN_LOST:
        return
    whole = _lost_stretch(a.words, place, lost, around)
    note = f"of the quotation, {quote(a.text(whole))} is left out"
    yield make_change("omitted", (a, [whole]), (b, [span_of(words_b)]), note, how="quotations", confidence=0.9)


def _altered_words(a: Telling, b: Telling, words_b: Sequence[Word]) -> Iterator[Change]:
    swaps, kept = _swaps(a.words, words_b)
    put_in = [word for swap in swaps for word in swap.put_in]
    # A quotation of what the other paraphrases is the fuller telling, not an altered one.
    quoted = sum(inside(word, a.witness.quoted) for word in kept)
    if min(len(kept), quoted) < _MIN_KEPT * len(words_b) or not put_in:
        return
    if _glued(put_in) in _glued([word for swap in swaps for word in swap.left_out]):  # "coast guard", "coastguard"
        return
    told = [swap for swap in swaps if swap.put_in]
    spans = [span_of(swap.put_in) for swap in told]
    note = "the quotation has " + "; ".join(_told(swap, a, b) for swap in told[:_MAX_TOLD_SWAPS])
    before = [span_of(swap.left_out) for swap in told if swap.left_out] or [span_of(kept)]
    yield make_change("quotation_altered", (a, before), (b, spans), note, how="quotations", confidence=0.85)


class _Swap(NamedTuple):
    """Words left out of one telling, and those put in their place; either may be empty."""

    left_out: Sequence[Word]
    put_in: Sequence[Word]


def _swaps(a: Sequence[Word], b: Sequence[Word]) -> tuple[list[_Swap], list[Word]]:
    """Where `b` departs from `a`, in text order, and the words of `a` that it keeps."""
    swaps: list[_Swap] = []
    kept: list[Word] = []
    at_a = at_b = 0
    for block in LCSseq.opcodes([word.norm for word in a], [word.norm for word in b]):
        if block.tag != "equal":
            continue
        swaps.append(_Swap(a[at_a : block.src_start], b[at_b : block.dest_start]))
        kept += a[block.src_start : block.src_end]
        at_a, at_b = block.src_end, block.dest_end
    swaps.append(_Swap(a[at_a:], b[at_b:]))
    return [swap for swap in swaps if swap.left_out or swap.put_in], kept


def _told(swap: _Swap, a: Telling, b: Telling) -> str:
    here = quote(b.text(span_of(swap.put_in)))
    if not swap.left_out or len(swap.left_out) > _LONGEST_SWAP:
        return f"{here}, which is not in the other"
    return f"{here} where the other has {quote(a.text(span_of(swap.left_out)))}"


def _glued(words: Sequence[Word]) -> str:
    return "".join(word.norm for word in words)


def _lost_stretch(words: Sequence[Word], place: range, lost: frozenset[int], around: Sequence[Span]) -> Span:
    """What is lost, in one stretch: to the edge of the quotation where all of it stands on one side of what is kept."""
    quoted = [index for index, word in enumerate(words) if inside(word, around)]
    first, last = min(lost), max(lost)
    if first >= place.stop:
        first, last = place.stop, quoted[-1]
    elif last < place.start:
        first, last = quoted[0], place.start - 1
    return Span(words[first].start, words[last].end)


def find_additions(a: Telling, b: Telling) -> Iterator[Change]:
    """Words that `b` puts into what somebody says of a term ("crux of the deal"), and that `a` has elsewhere, not here.

    Only statements about a term in marks are held to their words: another may merge two statements of one speaker,
    and words that `a` has nowhere may be a paraphrase.
    """
    for run in _new_runs(a, b):
        statement = b.witness.statement_at(run[0])
        if statement is not None and _has_term(statement, b):
            yield from islice(_additions(run, a, b), 1)


def _additions(run: Sequence[Word], a: Telling, b: Telling) -> Iterator[Change]:
    text = b.witness.article.text
    for part in _parts(run):
        if sum(word.content and not text[word.start].isupper() for word in part) < _MIN_ADDED:
            continue  # names stand in many places: that they stand elsewhere says nothing
        elsewhere = _elsewhere(part, a)
        if elsewhere:
            span = span_of(part)
            note = f"{quote(b.text(span))} is put into this statement; the other has it elsewhere, but not here"
            yield make_change("added", (a, elsewhere), (b, [span]), note, how="additions", confidence=0.8)


def find_comments(a: Telling, b: Telling) -> Iterator[Change]:
    """What the report itself hangs on to a retold sentence: "…, underlining the mistrust between the two".

    A last clause in the report's own voice of which `a` has hardly a word, here or in any other sentence.
    """
    clause = _last_clause(b)
    roots = {word.root for word in clause if word.content}
    if len(roots) < _MIN_COMMENT or any(
        b.witness.statement_at(word) or inside(word, b.witness.quoted) for word in clause
    ):
        return
    told = max((len(roots & sentence.roots) for sentence in a.witness.sentences), default=0)
    if len(roots & a.roots) <= _MAX_TOLD * len(roots) and told < _MIN_KEPT * len(roots):
        span = span_of(clause)
        note = f"{quote(b.text(span))} is added"
        yield make_change("added", None, (b, [span]), note, how="comments", confidence=0.7)


def _last_clause(telling: Telling) -> list[Word]:
    """The words behind the last comma or dash; empty where there is none, or nothing before it."""
    words, text = telling.words, telling.witness.article.text
    for index in range(len(words) - 1, 0, -1):
        if any(mark in text[words[index - 1].end : words[index].start] for mark in ",–—"):
            return list(words[index:])
    return []


def find_words_put_in(a: Telling, b: Telling, extra: Sequence[Word]) -> Iterator[Change]:
    """Words (`extra`, of `b`) in an indirect telling that the direct quotation of `a` does not have.

    A paraphrase cannot know more than the quotation it paraphrases.
    """
    quoted = sum(inside(word, a.witness.quoted) for word in a.words)
    if quoted < _MIN_KEPT * len(a.words) or sum(word.content for word in a.words) < _MIN_WHOLE:
        return
    index_of = {word: index for index, word in enumerate(b.words)}
    chosen = frozenset(
        index_of[word]
        for word in extra
        if word.content and b.witness.statement_at(word) is not None and not inside(word, b.witness.quoted)
    )
    for run in runs(b.words, chosen, b.witness.article.text):
        span = span_of(run)
        note = f"{quote(b.text(span))} is added to what the other quotes in full"
        yield make_change("added", (a, a.spans), (b, [span]), note, how="additions", confidence=0.8)


def _parts(run: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The run and its parts that begin and end with a content word and have two or more of them, longest first."""
    ends = [index for index, word in enumerate(run) if word.content]
    spans = [(i, j) for n, i in enumerate(ends) for j in ends[n + _MIN_ADDED - 1 :]]
    for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
        yield run[first : last + 1]


def _new_runs(a: Telling, b: Telling) -> list[tuple[Word, ...]]:
    """Runs of content words of `b` that `a` lacks."""
    new = frozenset(
        index for index, word in enumerate(b.words) if word.content and word.root not in a.roots and word.root.isalpha()
    )
    found = runs(b.words, new, b.witness.article.text)
    return [run for run in found if sum(word.content for word in run) >= _MIN_ADDED]


def _elsewhere(words: Sequence[Word], a: Telling) -> list[Span]:
    """Where other sentences of a's report have these words; two places at most."""
    roots = {word.root for word in words if word.content}
    found = [
        [word for word in sentence.words if word.root in roots]
        for sentence in a.witness.sentences
        if roots <= sentence.roots
    ]
    return [span_of(place) for place in found[:2]]


def _has_term(statement: Statement, b: Telling) -> bool:
    """Whether the statement is about a term in marks: what it says then belongs to that term."""
    return any(
        inside(Span(*quotation), statement.content)
        and len([w for w in b.words if inside(w, [quotation])]) in range(1, _TERM + 1)
        for quotation in b.witness.quoted
    )
