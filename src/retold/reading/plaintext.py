"""Say what each line of a plain text is: the article's own words, or what a page wrapped round them.

No single line decides it. Finished sentences speak for an article, short lines and furniture against it; the stretch
of lines with the best sum is the article. Within it and at its edges the lines are then told apart one by one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from retold.article import Block, BlockKind
from retold.reading.lines import Line, content_words, split_lines

# What a line adds to the sum of its stretch, in words of prose. Swept on the even half of the labelled pages.
_PROSE_CAP = 40  # one endless paragraph (a licence, a biography) must not outweigh an article
_SHORT_COST = 5.0
_CUE_COST = 8.0
_END_COST = 60.0
_CUT_COST = 12.0

_HEADLINE_WORDS = range(3, 31)
_SUBHEAD_WORDS = range(1, 15)
_HEAD_LINES = 14  # lines before the article in which its headline, dates and bylines are looked for
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+){3,30}$")
_CAPTION_LENGTH = 600  # characters; what is longer is a paragraph
_TAIL_LENGTH = 130  # characters at the end in which a credit stands
_QUOTE = re.compile(r"[“”\"]")
_CREDIT_TAIL = re.compile(
    r"[(\[](?P<credit>(?:(?:photo|image|picture|pic|credit|file|courtesy|supplied|source|via|illustration|graphic)\b"
    r"|[^()\[\]]{0,40}\b(?:reuters|afp|ap|getty|epa|alamy|shutterstock|abc news|tass|sputnik|anadolu|bloomberg)\b"
    r"|[A-Z][\w.&’' -]{1,40}: ?[A-Z]|[^()\[\]:]{2,40}/)[^()\[\]]{0,80})[)\]]\W{0,2}$",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """What a line is taken for, why, by which rule, and how sure that is."""

    kind: BlockKind
    reason: str
    how: str
    confidence: float


class _Page(NamedTuple):
    """The lines, the half-open range of those that hold the article, and what the article is about.

    `links` is the first line of those below a heading such as "Related Article" after the article; or their number.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    links: int
    topic: Mapping[str, int]
    repeats: Mapping[str, int]


def find_blocks(text: str) -> tuple[Block, ...]:
    """Type every line of a plain text, in text order; empty for a blank text.

    Whatever no block covers is white space. A text without a single sentence has no body.
    Offsets: characters of `text`, end exclusive. Raises: nothing.
    """
    lines = split_lines(text)
    page = _look_over(lines)
    labels = [_label(page, index) for index in range(len(lines))]
    _name_headline(page, labels)
    return tuple(block for line, label in zip(lines, labels, strict=True) for block in _make_blocks(line, label))


_LINK_HEADINGS = frozenset({"end-related", "end-more-from", "end-popular"})


# --- where the article is ------------------------------------------------------------------------------------------


def _look_over(lines: tuple[Line, ...]) -> _Page:
    first, last = _best_stretch([_weigh(line) for line in lines])
    first, last = _widen(lines, first, last)
    topic = Counter(word for line in lines[first:last] if line.prose for word in content_words(line.text))
    headings = (i for i in range(last, len(lines)) if (cue := lines[i].cue) and cue.how in _LINK_HEADINGS)
    links = next(headings, len(lines))
    return _Page(lines, first, last, links, topic, Counter(line.text for line in lines))


def _weigh(line: Line) -> float:
    if line.cue:
        return -_END_COST if line.cue.ends else -_CUE_COST
    if line.prose:
        return float(min(line.word_count, _PROSE_CAP))
    if line.cut:
        return -_CUT_COST if not _QUOTE.search(line.text) else 0.0
    return -_SHORT_COST


def _best_stretch(weights: Sequence[float]) -> tuple[int, int]:
    """The half-open range with the highest sum (Kadane's scan); (0, 0) when no weight is above zero."""
    best, best_range = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, index
        total += weight
        if total > best:
            best, best_range = total, (start, index + 1)
    return best_range


def _widen(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Take in unfinished and short sentences that touch the article: a last line that says "Talks go on." is of it."""
    while last < len(lines) and last > first and _reads_on(lines[last]):
        last += 1
    while 0 < first < last and _reads_on(lines[first - 1]):
        first -= 1
    return first, last


def _reads_on(line: Line) -> bool:
    finished = line.text[-1] in '.!?”"’' and line.word_count >= 4
    return line.cue is None and finished and not line.cut and not find_credit_tail(line.text)


# --- what each line is ---------------------------------------------------------------------------------------------


def _label(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if index >= page.links and not (line.cue and line.cue.kind == "furniture"):
        return Label("teaser", "stands below a heading of links to other articles", "teaser-below", 0.9)
    if line.cue:
        return _label_cue(line)
    if find_credit_tail(line.text):
        return Label("caption", "ends in a picture credit in brackets", "caption-credit", 0.95)
    if index < page.first:
        return _label_before(page, index)
    return _label_inside(page, index) if index < page.last else _label_after(page, index)


def _label_cue(line: Line) -> Label:
    assert line.cue is not None
    return Label(line.cue.kind, line.cue.reason, line.cue.how, 0.9)


def _label_before(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if _precedes_caption(page, index):
        return Label("caption", "describes the picture whose caption follows", "caption-description", 0.8)
    if line.prose or line.cut:
        return Label("teaser", "a sentence apart from the article, before it", "teaser-before", 0.6)
    return Label("furniture", "a short line before the article begins", "furniture-before", 0.8)


def _label_inside(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if _precedes_caption(page, index):
        return Label("caption", "describes the picture whose caption follows", "caption-description", 0.85)
    if page.repeats[line.text] > 1 and not line.prose:
        return Label("furniture", "the same words stand elsewhere on the page", "furniture-repeated", 0.7)
    if _is_question(line) and _is_subhead(page, index):
        return Label("subhead", "a short question on a line of its own, with text below it", "subhead-question", 0.7)
    if line.prose or line.cut or line.text[-1] in '.!?;:,”"':
        return Label("body", "sentences in the stretch that is the article", "body-sentences", 0.9)
    if _is_shouted_link(line):
        return Label("teaser", "a headline in capitals between paragraphs", "teaser-capitals", 0.75)
    if _is_subhead(page, index):
        return Label("subhead", "a short line without a stop, with the text that it heads below it", "subhead", 0.85)
    return Label("body", "a line in the stretch that is the article", "body-line", 0.6)


def _label_after(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if line.cut:
        return Label("teaser", "breaks off in mid-sentence after the article has ended", "teaser-cut", 0.85)
    if line.prose:
        return Label("teaser", "a sentence apart from the article, after it", "teaser-after", 0.6)
    return Label("furniture", "a short line after the article has ended", "furniture-after", 0.8)


def find_credit_tail(text: str) -> re.Match[str] | None:
    """The picture credit in brackets that ends a caption; captions are short."""
    return _CREDIT_TAIL.search(text[-_TAIL_LENGTH:]) if len(text) <= _CAPTION_LENGTH else None


def _precedes_caption(page: _Page, index: int) -> bool:
    """Whether the line is the description (alt text) of a picture: no stop, and a credited caption right below."""
    line = page.lines[index]
    if line.text[-1] in ".!?:;" or index + 1 >= len(page.lines) or not 3 <= line.word_count <= 40:
        return False
    below = page.lines[index + 1]
    return bool(find_credit_tail(below.text)) or bool(below.cue and below.cue.kind == "caption")


def _is_shouted_link(line: Line) -> bool:
    return line.word_count >= 7 and line.text.upper() == line.text


def _is_subhead(page: _Page, index: int) -> bool:
    line = page.lines[index]
    below = next((other for other in page.lines[index + 1 : min(index + 4, page.last)] if not other.cue), None)
    return line.word_count in _SUBHEAD_WORDS and below is not None and (below.prose or below.cut)


def _is_question(line: Line) -> bool:
    return line.text[-1] == "?" and line.word_count <= 10 and not _QUOTE.search(line.text) and line.text.count("?") == 1


# --- the headline --------------------------------------------------------------------------------------------------


def _name_headline(page: _Page, labels: list[Label]) -> None:
    """Relabel the line that heads the article, where one does; its repetitions stay furniture."""
    candidates = list(_headline_candidates(page, labels))
    if not candidates:
        return
    best = max(candidates, key=lambda index: (round(_fit(page, page.lines[index]), 1), index))
    slug = _SLUG.match(page.lines[best].text)
    reason = "the title in the form that addresses have" if slug else "stands above the article and shares its words"
    labels[best] = Label("headline", reason, "headline-slug" if slug else "headline", 0.85)


def _headline_candidates(page: _Page, labels: Sequence[Label]) -> Iterator[int]:
    """Lines above the first paragraph that look like a headline and share words with the article."""
    end = next((i for i in range(page.first, page.last) if labels[i].kind == "body"), page.first)
    for index in range(max(0, page.first - _HEAD_LINES), end):
        line, label = page.lines[index], labels[index]
        fits = (line.word_count in _HEADLINE_WORDS and line.text[-1] not in ".,;") or _SLUG.match(line.text)
        if label.kind in ("furniture", "teaser", "subhead") and not line.cue and fits and _fit(page, line) >= 0.4:
            yield index


def _fit(page: _Page, line: Line) -> float:
    """The share of the line's content words that the article has too."""
    words = content_words(line.text.replace("-", " "))
    return sum(word in page.topic for word in words) / len(words) if words else 0.0


# --- blocks --------------------------------------------------------------------------------------------------------


def _make_blocks(line: Line, label: Label) -> Iterator[Block]:
    """One block a line; a caption that ends in a credit gives two."""
    tail = find_credit_tail(line.text) if label.kind == "caption" else None
    start, end = line.span
    if tail is None:
        yield _block(label, start, end)
        return
    cut = end - min(len(line.text), _TAIL_LENGTH) + tail.start()
    caption_end = start + len(line.text[: cut - start].rstrip())
    if caption_end > start:
        yield _block(label, start, caption_end)
    yield _block(Label("credit", "a picture credit in brackets", "credit-brackets", 0.95), cut, end)


def _block(label: Label, start: int, end: int) -> Block:
    return Block(kind=label.kind, start=start, end=end, reason=label.reason, how=label.how, confidence=label.confidence)
