"""The attributions of an article: what the tagger finds, what quotation marks prove, what is heard inside.

The tagger decides who announces what. Quotation marks are stronger evidence than it: a content that holds most of a
quotation holds all of it, and a whole quotation that the tagger gave to nobody belongs to the attribution before it, or
stands alone ("carried"). PolNeAR marks no attribution inside another's content, so the tagger finds none there: hearsay
("she said that he had promised …") is found by rules.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from retold.article import Span
from retold.language.sentences import LONGEST_SENTENCE, split_sentences
from retold.statements.attribution import Attribution, overlap
from retold.statements.context import read_sentence, words_of
from retold.statements.cues import find_cue_words
from retold.statements.quotations import outer_quotations
from retold.statements.spans import attribute, read_label
from retold.statements.statement import Quotation
from retold.statements.tagger import Tagged

WINDOW = 40
"""How many attributions before one are looked at for what belongs to it: its hearsay, its pronouns, its quotations."""

_MARKS = frozenset("“”\"‘’'«»")


CUE, CUE_OF_NOBODY = 0.4, 0.6
"""How probable a cue must be, and one for which no source is found. Swept on the held tenth of PolNeAR train: linked F1
is flat from .35 to .6, so recall decides; without a source, .6 gives as much precision as it costs recall."""

HEARSAY = 0.8
"""How probable (to the cue tables) a cue must be inside another's content: at .7 one in ten is nonsense."""


def find_attributions(text: str, paragraphs: Sequence[Span], tagged: Sequence[Tagged], model: str) -> list[Attribution]:
    """The attributions of paragraphs, given what the tagger found there with this model, in reading order: by their
    first words, the longer first."""
    quotations = outer_quotations(text, paragraphs)
    spans = sorted(span for quotation in quotations for span in quotation.spans)
    free = [one for one in tagged if text[one.cue.start - 1 : one.cue.start] != "-"]  # "so-called" calls nobody
    whole = (_whole(one, spans) for one in settle(free, model))
    own = sorted((part for one in whole for part in _by_paragraph(text, one, spans)), key=reading_order)
    starts = [one.extent.start for one in own]
    found: list[Attribution] = []
    for number, paragraph in enumerate(paragraphs):
        here = own[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        if number == 0 and not here:
            here = _label(text, paragraph, spans)
        found.extend(_continue(text, paragraph, here, within(spans, paragraph)))
    found = _join_paragraphs(found, quotations)
    heard = [inner for one in found for inner in _hearsay(text, one, spans)]
    return sorted((*found, *heard), key=reading_order)


def reading_order(one: Attribution) -> tuple[int, int]:
    """Sorts attributions by their first words, those around others before them."""
    return one.extent.start, -one.extent.end


def _label(text: str, title: Span, quotations: Sequence[Span]) -> list[Attribution]:
    """The attribution of a headline like "Envoy: We will wait"."""
    if title.end - title.start > _LONGEST_TITLE:
        return []
    sentence = read_sentence(text, title, within(quotations, title))
    labelled = read_label(sentence, find_cue_words(sentence, 0.5), title=True)
    return [labelled._replace(how="rule:label")] if labelled else []


_LONGEST_TITLE = 300  # characters


def _hearsay(text: str, outer: Attribution, quotations: Sequence[Span]) -> Iterator[Attribution]:
    """What is attributed to somebody inside the content of an attribution, read as if the content stood alone."""
    for content in outer.content[:WINDOW] if outer.cue else ():
        for span in split_sentences(text, *content):
            if span.end - span.start > LONGEST_SENTENCE:
                continue
            quoted = within(quotations, span)
            sentence = read_sentence(text, span, quoted)
            for one in attribute(text, sentence, find_cue_words(sentence, HEARSAY), quoted):
                inside = content.start <= one.extent.start and one.extent.end <= content.end
                if inside and one.source and _may_speak(text, one.source[0]):
                    yield one._replace(how="rule:hearsay")


def settle(tagged: Sequence[Tagged], model: str) -> list[Attribution]:
    """Of attributions that claim the same words the likelier ones, in the order of their cues."""
    kept: list[Attribution] = []  # in the order of their cues
    for one in sorted(filter(_is_believable, tagged), key=lambda one: -one.probability):
        made = Attribution(one.source, (one.cue,), one.content, f"model:{model}", one.probability * one.certainty)
        place = bisect_left(kept, made.cue, key=lambda other: other.cue)
        if not any(_compete(made, other) for other in kept[max(0, place - WINDOW) : place + WINDOW]):
            kept.insert(place, made)
    return kept


def _may_speak(text: str, source: Span) -> bool:
    """Whether a source begins like one: with a name, a closed word ("the", "he", "some") or a plural."""
    first = text[source.start : source.end].split()[0]
    closed = ("determiner", "possessive", "subject pronoun", "anonymous people")
    return first[0].isupper() or first.endswith("s") or any(first.lower() in words_of(name) for name in closed)


def _is_believable(one: Tagged) -> bool:
    return bool(one.content) and one.probability >= (CUE if one.source else CUE_OF_NOBODY)


def _compete(one: Attribution, other: Attribution) -> bool:
    """Whether the cue of one stands in the content of the other, or both have most of one content."""
    crossed = any(overlap(a.cue[0], span) for a, b in ((one, other), (other, one)) for span in b.content)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return crossed or 2 * shared > min(sum(b - a for a, b in c.content) for c in (one, other))


def within(spans: Sequence[Span], stretch: Span) -> Sequence[Span]:
    """Those of `spans` (in text order, not overlapping) that overlap a stretch."""
    first = bisect_right(spans, stretch.start, key=lambda span: span.end)
    last = bisect_left(spans, stretch.end, key=lambda span: span.start)
    return spans[first:last]


def _whole(one: Attribution, quotations: Sequence[Span]) -> Attribution:
    """Contents that hold most of a quotation hold all of it, if nothing else of the attribution stands in it."""
    content: list[Span] = []
    for span in one.content:
        for quotation in within(quotations, span):
            shared = min(span.end, quotation.end) - max(span.start, quotation.start)
            free = not any(overlap(quotation, other) for other in (*one.source, *one.cue))
            if free and 2 * shared > quotation.end - quotation.start:
                span = Span(min(span.start, quotation.start), max(span.end, quotation.end))
        if content and span.start <= content[-1].end:
            span = Span(content.pop().start, span.end)
        content.append(span)
    return one._replace(content=tuple(content))


def _by_paragraph(text: str, one: Attribution, quotations: Sequence[Span]) -> Iterator[Attribution]:
    """An attribution, and each quotation of its content that is a later paragraph as one that stands alone.

    PolNeAR joins them; for readers and for comparing tellings each is a statement of its own, of the same speaker.
    """
    later = [span for span in one.content if span in quotations and _is_later_paragraph(text, one.cue, span)]
    if not later or len(later) == len(one.content):
        yield one
        return
    yield one._replace(content=tuple(span for span in one.content if span not in later))
    for span in later:
        yield Attribution((), (), (span,), "rule:carried", 0.5)


def _is_later_paragraph(text: str, cue: Sequence[Span], quotation: Span) -> bool:
    """Whether a quotation begins a paragraph after that of the cue."""
    line_break = text.rfind("\n", cue[-1].end, quotation.start)
    return line_break != -1 and not text[line_break : quotation.start].strip()


def _continue(text: str, paragraph: Span, found: list[Attribution], quotations: Sequence[Span]) -> list[Attribution]:
    """Give each whole quotation that no attribution holds to the one before it in its paragraph, or to nobody."""
    result = list(found)
    held = sorted((span.start, span.end) for one in found for span in one.content)
    for quotation in quotations:
        place = bisect_left(held, (quotation.end, 0))
        if any(end > quotation.start for _, end in held[max(0, place - WINDOW) : place]):
            continue
        before = [i for i in _recent(result) if _quotes(text, result[i]) and result[i].extent.end <= quotation.start]
        if not _is_whole(text, paragraph, quotation, fewest=0 if before else 3):
            continue
        if before:
            last = max(before, key=lambda i: result[i].extent.end)
            result[last] = result[last]._replace(content=(*result[last].content, quotation))
        else:
            result.append(Attribution((), (), (quotation,), "rule:carried", 0.5))
    return result


def _recent(found: Sequence[Attribution]) -> range:
    return range(max(0, len(found) - WINDOW), len(found))


def _quotes(text: str, one: Attribution) -> bool:
    """Whether an attribution is of direct speech: its content ends or begins with a mark."""
    return any(text[span.start] in _MARKS or text[span.end - 1] in _MARKS for span in one.content)


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
        first = max(0, bisect_left(starts, quotation.spans[0].start) - WINDOW)
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
        missing = [span for span in quotation.spans if not any(overlap(span, own) for own in owned.content[:WINDOW])]
        result[owner] = owned._replace(content=tuple(sorted((*owned.content, *missing))))
    return [one for one in result if one is not None]


def _holds(one: Attribution, quotation: Quotation) -> bool:
    """Whether the content of an attribution overlaps a quotation."""
    return any(within(quotation.spans, span) for span in one.content)


def _owns(one: Attribution, quotation: Quotation) -> bool:
    """Whether a paragraph of the quotation is a whole piece of the content, or ends one."""
    return any(span in quotation.spans[:WINDOW] or span.end == quotation.spans[0].end for span in one.content)
