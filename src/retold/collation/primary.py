"""Quotations held against primary sources: the transcripts and press releases among the reports."""

from collections.abc import Iterator, Sequence

from retold.article import Evidence, Span
from retold.collation.collation import Change, QuotationCheck
from retold.collation.making import span_of
from retold.collation.passages import stable_id
from retold.collation.quoting import find_quotation_changes
from retold.collation.witness import Telling, Witness, inside, telling
from retold.language.words import Word, find_run
from retold.statements.statement import Statement

PRIMARY = frozenset({"transcript", "press_release"})
_MIN_WORDS = 4  # quoted words: fewer may stand anywhere
_MIN_NEAR = 2  # content words that the closest sentences must share with a quotation to be shown with it


def check_quotations(witnesses: Sequence[Witness]) -> tuple[QuotationCheck, ...]:
    """Every quotation of the reports whose words, or whose speaker, a primary source among them has.

    In the order of the articles and statements. Empty: no primary source is there, or none has to do with a
    quotation. What a source does not have is "not_found" only where it gives words of that speaker, and where the
    report has other words from it: else they were spoken elsewhere.
    """
    sources = [witness for witness in witnesses if witness.article.genre in PRIMARY]
    checks = [
        check
        for witness in witnesses
        if sources and witness not in sources
        for statement in witness.statements
        if statement.kind != "indirect"
        for check in _check(witness, statement, sources)
    ]
    used = {(check.article, check.source) for check in checks if check.found}
    return tuple(check for check in checks if (check.article, check.source) in used)


def _check(witness: Witness, statement: Statement, sources: Sequence[Witness]) -> Iterator[QuotationCheck]:
    own = telling(witness, statement.content)
    pieces = [
        piece for quotation in witness.quoted if (piece := [word for word in own.words if inside(word, [quotation])])
    ]
    if sum(map(len, pieces)) < _MIN_WORDS:
        return
    for source in sources:
        if (places := _exactly(pieces, source)) is not None:
            yield _made(own, statement, pieces, source, places, ())
            return
    for source in sources:
        near = _nearest(own, source)
        changes = tuple(find_quotation_changes(near, own)) if near else ()
        altered = tuple(change for change in changes if change.kind == "quotation_altered")
        if near and altered:
            yield _made(own, statement, pieces, source, near.spans, altered)
            return
    for source in sources:
        if _speaks_in(statement, source):
            near = _nearest(own, source)
            yield _made(own, statement, pieces, source, near.spans if near else (), None)
            return


def _exactly(pieces: Sequence[Sequence[Word]], source: Witness) -> tuple[Span, ...] | None:
    """Where each piece stands word for word; None: one of them nowhere."""
    stream = [word for sentence in source.sentences for word in sentence.words]
    places = [find_run([word.norm for word in piece], stream) for piece in pieces]
    found = tuple(span_of(stream[place.start : place.stop]) for place in places if place is not None)
    return tuple(sorted(set(found))) if len(found) == len(pieces) else None


def _nearest(own: Telling, source: Witness) -> Telling | None:
    """The one or two sentences in a row that share most content words with a quotation; None: hardly any."""
    shared = [len(own.roots & sentence.roots) for sentence in source.sentences]
    best = max(range(len(shared)), key=lambda index: shared[index], default=None)
    if best is None or shared[best] < _MIN_NEAR:
        return None
    after = source.sentences[best + 1 : best + 2]
    more = [sentence.span for sentence in after if len(own.roots & sentence.roots) >= _MIN_NEAR]
    return telling(source, [source.sentences[best].span, *more])


def _speaks_in(statement: Statement, source: Witness) -> bool:
    """Whether a source gives words of a speaker of this name."""
    names = {speaker.name.split()[-1].casefold() for speaker in statement.speakers if speaker.name}
    theirs = (speaker.name for found in source.statements for speaker in found.speakers if speaker.name)
    return any(name.split()[-1].casefold() in names for name in theirs)


def _made(
    own: Telling,
    statement: Statement,
    pieces: Sequence[Sequence[Word]],
    source: Witness,
    places: Sequence[Span],
    changes: tuple[Change, ...] | None,
) -> QuotationCheck:
    """`changes` None: the source does not have the words, `places` are the closest; empty: it has them exactly."""
    quoted = tuple(span_of(piece) for piece in pieces)
    evidence = Evidence(source.article.id, tuple(places)) if places else None
    return QuotationCheck(
        id=stable_id("q", own.witness.article.id, quoted, source.article.id),
        statement=statement.id,
        article=own.witness.article.id,
        spans=quoted,
        source=source.article.id,
        verdict="not_found" if changes is None else "altered" if changes else "exact",
        found=None if changes is None else evidence,
        closest=evidence if changes is None else None,
        changes=changes or (),
        how=f"checked against the {source.article.genre.replace('_', ' ')}",
        confidence=1.0 if changes == () else 0.85 if changes else 0.7,
    )
