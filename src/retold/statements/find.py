"""Articles in, statements out: the rooms of this package in the order in which they are applied."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

import msgspec

from retold.article import Article, Span
from retold.language.sentences import split_sentences
from retold.statements.context import read_sentence
from retold.statements.cues import find_cue_words
from retold.statements.occasion import Occasion, find_occasion
from retold.statements.quotations import find_quotations
from retold.statements.reliability import precision_of
from retold.statements.spans import Attribution, attribute, read_label
from retold.statements.speakers import Cast, carry, read_cast, resolve
from retold.statements.statement import Quotation, Speaker, Statement, StatementKind

_LINE = re.compile(r"[^\n]*\S[^\n]*")
THRESHOLD = 0.5
"""How probable a cue must be. Swept on the held tenth of PolNeAR train: source + content F1 52.3 at .45, 52.7 at .5."""


def paragraphs(article: Article) -> tuple[Span, ...]:
    """The non-empty lines of the article's own blocks, in text order."""
    return tuple(
        Span(match.start(), match.end())
        for block in article.own_blocks()
        for match in _LINE.finditer(article.text, block.start, block.end)
    )


def find_attributions(text: str, stretches: Sequence[Span]) -> list[Attribution]:
    """The attributions of paragraphs, in the order of their first words."""
    quotations = find_quotations(text, stretches)
    outer = [quotation for quotation in quotations if not quotation.nested]
    spans = sorted(span for quotation in outer for span in quotation.spans)
    found: list[Attribution] = []
    for number, paragraph in enumerate(stretches):
        near = _within(spans, paragraph)
        here: list[Attribution] = []
        for sentence_span in split_sentences(text, *paragraph):
            if sentence_span.end - sentence_span.start > _LONGEST_SENTENCE:
                continue
            quoted = _within(near, sentence_span)
            sentence = read_sentence(text, sentence_span, quoted)
            cues = find_cue_words(sentence, THRESHOLD)
            labelled = read_label(sentence, cues, title=number == 0)
            here.extend([labelled] if labelled else attribute(text, sentence, cues, quoted))
        found.extend(_continue(text, paragraph, here, near))
    return _join_paragraphs(found, outer)


_LONGEST_SENTENCE = 4000
"""Characters. No sentence of PolNeAR is half as long; what is longer is a table or garbage, and nobody says it."""

_WINDOW = 40
"""How many attributions before one are looked at for what belongs to it: its hearsay, its pronouns, its quotations."""


def _within(spans: Sequence[Span], stretch: Span) -> Sequence[Span]:
    """Those of `spans` (in text order, not overlapping) that overlap a stretch."""
    first = bisect_right(spans, stretch.start, key=lambda span: span.end)
    last = bisect_left(spans, stretch.end, key=lambda span: span.start)
    return spans[first:last]


def _continue(text: str, paragraph: Span, found: list[Attribution], quotations: Sequence[Span]) -> list[Attribution]:
    """Give each whole quotation that no attribution holds to the one before it in its paragraph, or to nobody."""
    result = list(found)
    held = sorted((span.start, span.end) for one in found for span in one.content)
    for quotation in quotations:
        place = bisect_left(held, (quotation.end, 0))
        if any(end > quotation.start for _, end in held[max(0, place - _WINDOW) : place]):
            continue
        before = [i for i in _recent(result) if _quotes(text, result[i]) and max(_ends(result[i])) <= quotation.start]
        if not _is_whole(text, paragraph, quotation, fewest=0 if before else 3):
            continue
        if before:
            last = max(before, key=lambda i: max(_ends(result[i])))
            result[last] = result[last]._replace(content=(*result[last].content, quotation))
        else:
            result.append(Attribution((), (), (quotation,), "carried", 0.5))
    return result


def _recent(found: Sequence[Attribution]) -> range:
    return range(max(0, len(found) - _WINDOW), len(found))


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _ends(one: Attribution) -> list[int]:
    return [span.end for span in (*one.source, *one.cue, *one.content)]


def _quotes(text: str, one: Attribution) -> bool:
    """Whether an attribution is of direct speech: its content ends or begins with a mark."""
    return any(text[span.start] in _MARKS or text[span.end - 1] in _MARKS for span in one.content)


_MARKS = frozenset("“”\"‘’'«»")


def _is_whole(text: str, paragraph: Span, quotation: Span, fewest: int) -> bool:
    """Whether a quotation is a sentence of its own, of more than `fewest` words where it does not fill a paragraph."""
    words = text[quotation.start : quotation.end].split()
    start = quotation.start
    while start > paragraph.start and text[start - 1].isspace():
        start -= 1
    before = text[max(paragraph.start, start - 2) : start]
    if not before and quotation.end >= paragraph.end - 1:
        return True
    return len(words) > fewest and (not before or before[-1] in '.?!:”"—' or before.endswith("''"))


def _join_paragraphs(found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Give an attribution that holds one paragraph of a quotation all its paragraphs."""
    result: list[Attribution | None] = list(found)
    starts = [min(one.content).start for one in found]
    if starts != sorted(starts):
        order = sorted(range(len(found)), key=starts.__getitem__)
        result, starts = [found[i] for i in order], sorted(starts)
    for quotation in quotations:
        if len(quotation.spans) < 2:
            continue
        first = max(0, bisect_left(starts, quotation.spans[0].start) - _WINDOW)
        last = bisect_left(starts, quotation.spans[-1].end)
        holders = [i for i in range(first, last) if (one := result[i]) and _holds(one, quotation)]
        owner = next((i for i in holders if (one := result[i]) and one.cue and _owns(one, quotation)), None)
        owner = holders[0] if owner is None and holders else owner
        owned = None if owner is None else result[owner]
        if owner is None or owned is None:
            continue
        for i in holders:
            if i != owner and (one := result[i]) and not one.cue:
                result[i] = None
        missing = [span for span in quotation.spans if not any(_overlaps(span, own) for own in owned.content[:_WINDOW])]
        result[owner] = owned._replace(content=tuple(sorted((*owned.content, *missing))))
    return [one for one in result if one is not None]


def _holds(one: Attribution, quotation: Quotation) -> bool:
    """Whether the content of an attribution overlaps a quotation."""
    return any(_within(quotation.spans, span) for span in one.content)


def _owns(one: Attribution, quotation: Quotation) -> bool:
    """Whether a paragraph of the quotation is a whole piece of the content, or ends one."""
    return any(span in quotation.spans[:_WINDOW] or span.end == quotation.spans[0].end for span in one.content)


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Find who says what in the article's own blocks, in text order.

    Offsets: characters of `article.text`, end exclusive; no span leaves the own blocks. Empty: nobody is quoted.
    Raises: nothing. Source of the scheme: PARC 3.0 and PolNeAR.
    """
    found = sorted(find_attributions(article.text, paragraphs(article)), key=_reading_order)
    if not found:
        return ()
    cast = read_cast(article)
    published = date.fromisoformat(article.published) if article.published else None
    parents = _parents(found)
    ids = [_identify(article, one) for one in found]
    speakers: list[tuple[Speaker, ...]] = []
    statements = []
    for number, one in enumerate(found):
        parent = parents[number]
        speakers.append(_speakers(cast, found, speakers, number, parent))
        occasion = _occasion(cast, one, published)
        statements.append(
            _statement(article, ids[number], None if parent is None else ids[parent], one, speakers[-1], occasion)
        )
    return tuple(_name_headline_speakers(article, statements))


def _name_headline_speakers(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Quoted words that a headline gives to nobody are those of the first body statement that has them too."""
    titles = [block.span for block in article.own_blocks() if block.kind != "body"]

    def named(statement: Statement) -> Statement:
        if statement.cue or not any(_overlaps(statement.content[0], title) for title in titles):
            return statement
        words = article.words(statement.content).strip("“”\"‘’'«» ").lower()
        same = (other for other in statements if other.cue and words in article.words(other.content).lower())
        other = next(same, None)
        return msgspec.structs.replace(statement, speakers=carry(other.speakers) if other else ())

    return [named(statement) for statement in statements]


def _reading_order(one: Attribution) -> tuple[int, int]:
    spans = (*one.source, *one.cue, *one.content)
    return min(spans)[0], -max(span.end for span in spans)


def _identify(article: Article, one: Attribution) -> str:
    spans = repr((one.source, one.cue, one.content)).encode()
    return f"{article.id}-{hashlib.sha256(spans).hexdigest()[:8]}"


def _parents(found: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the smallest one before it (in reading order) whose content holds all of it."""
    parents: list[int | None] = []
    for number, one in enumerate(found):
        first, last = min((*one.source, *one.cue, *one.content))[0], max(_ends(one))
        holders = [
            (span.end - span.start, other)
            for other in range(max(0, number - _WINDOW), number)
            for span in found[other].content
            if span.start <= first and last <= span.end
        ]
        parents.append(min(holders)[1] if holders else None)
    return parents


def _speakers(
    cast: Cast, found: Sequence[Attribution], speakers: Sequence[tuple[Speaker, ...]], number: int, parent: int | None
) -> tuple[Speaker, ...]:
    """The speakers of one attribution, given those of the attributions before it."""
    one = found[number]
    enclosing = speakers[parent] if parent is not None and parent < number else ()
    start = min((*one.source, *one.cue, *one.content))[0]
    before = [
        i
        for i in range(max(0, number - _WINDOW), number)
        if speakers[i] and i != parent and max(_ends(found[i])) > start - _REACH_CHARACTERS
    ]
    outermost = [i for i in before if not _inside_other(found, i)]
    earlier = speakers[(outermost or before)[-1]] if before else ()
    if one.rule == "carried":
        return carry(earlier)
    return resolve(cast, one.source, earlier, enclosing)


_REACH_CHARACTERS = 700  # how far back the speaker of a pronoun or of a bare quotation may be: about two paragraphs


def _inside_other(found: Sequence[Attribution], number: int) -> bool:
    start = min((*found[number].source, *found[number].cue, *found[number].content))[0]
    return any(
        span.start <= start and max(_ends(found[number])) <= span.end
        for other in range(max(0, number - 5), number)
        for span in found[other].content
    )


def _occasion(cast: Cast, one: Attribution, published: date | None) -> Occasion:
    if not one.cue:
        return Occasion()
    sentence = cast.sentences[bisect_right(cast.sentences, one.cue[0].start, key=lambda span: span.start) - 1]
    return find_occasion(cast.text, _outside(sentence, one.content), one.cue[0], published)


def _outside(sentence: Span, content: Sequence[Span]) -> list[Span]:
    """What is left of a sentence without the content."""
    left, start = [], sentence.start
    for span in sorted(content):
        if span.start < sentence.end and span.end > sentence.start:
            left.append(Span(start, max(start, span.start)))
            start = max(start, span.end)
    left.append(Span(start, max(start, sentence.end)))
    return [span for span in left if span.end > span.start]


def _kind(text: str, content: Sequence[Span]) -> StatementKind:
    words = [text[span.start : span.end] for span in content]
    if all(piece[0] in _OPENING for piece in words):
        return "direct" if all(not _after_closing(piece) for piece in words) else "mixed"
    return (
        "mixed"
        if any(mark in piece for piece in words for mark in '“"«') or any(" ‘" in piece for piece in words)
        else "indirect"
    )


_OPENING = frozenset("“\"‘'«`")


def _after_closing(piece: str) -> bool:
    """Whether words follow the last closing mark of a piece that opens with a mark."""
    mark = {"“": "”", "‘": "’", "«": "»"}.get(piece[0], piece[0])
    last = piece.rfind(mark)
    return last > 0 and any(character.isalnum() for character in piece[last:])


def _statement(
    article: Article,
    identity: str,
    parent: str | None,
    one: Attribution,
    speakers: tuple[Speaker, ...],
    occasion: Occasion,
) -> Statement:
    text = article.text
    return Statement(
        id=identity,
        article=article.id,
        parent=parent,
        kind=_kind(text, one.content),
        source=one.source,
        cue=one.cue,
        content=one.content,
        speakers=speakers,
        channel=occasion.channel and text[occasion.channel.start : occasion.channel.end],
        channel_words=occasion.channel,
        addressee=occasion.addressee and text[occasion.addressee.start : occasion.addressee.end],
        addressee_words=occasion.addressee,
        said_on=occasion.said_on,
        said_on_basis=occasion.said_on_basis,
        said_on_words=occasion.said_on_words,
        confidence=precision_of(one.rule, one.probability),
        how=f"rule:{one.rule}",
    )
