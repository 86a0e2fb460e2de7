"""Say what each line of a plain text is: the article's own words, or what a page wrapped round them.

No single line decides it. Finished sentences speak for an article, short lines and furniture against it; the stretch
of lines with the best sum is the article. Within it and at its edges the lines are then told apart one by one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from retold.article import Block, BlockKind, Span
from retold.language.dates import find_dates
from retold.reading.lines import Line, content_words, split_lines

# What a line adds to the sum of its stretch, in words of prose. Swept on the even half of the labelled pages.
_PROSE_CAP = 40  # one endless paragraph (a licence, a biography) must not outweigh an article
_SHORT_COST = 5.0
_CUE_COST = 10.0
_END_COST = 60.0
_CUT_COST = 12.0
_DROP = 150.0  # how far the sum may fall within one article
_BELOW_TITLE = 0.2  # the share of the best sum that the stretch below the title needs
_PART_WORDS = 30  # content words that a stretch needs to be joined to the article
_PART_FIT = 0.5  # the share of them that the article has
_COMMENTS = 3  # dated signatures; one or two may be the article's own
_DWARFED = 0.35  # the share of the best sum that an earlier stretch needs to be the article

_HEADLINE_WORDS = range(3, 31)
_SUBHEAD_WORDS = range(1, 15)
_HEADLINE_FIT = 0.3  # the share of its content words that the article has
_HEAD_LINES = 14  # lines before the article in which its headline, dates and bylines are looked for
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+){3,30}$")
_CAPTION_LENGTH = 600  # characters; what is longer is a paragraph
_TAIL_LENGTH = 130  # characters at the end in which a credit stands
_QUOTE = re.compile(r"[“”\"]")
_CREDIT_TAIL = re.compile(
    r"[(\[](?P<credit>(?!(?:read|watch|see|related|listen|more|note|sic|graphic showing)\b)"
    r"(?:(?:photo|image|picture|pic|credit|file|courtesy|supplied|via|illustration)\b"
    r"|[^()\[\]]{0,40}\b(?:reuters|afp|ap|getty|epa|alamy|shutterstock|abc news|tass|sputnik|anadolu|bloomberg)\b"
    r"|[A-Z][\w.&’' -]{1,40}: ?[A-Z]|[^()\[\]:\d]{2,40}/(?!\d))[^()\[\]]{0,80})[)\]]\W{0,2}$",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """What a line is taken for, why, by which rule, and how sure that is."""

    kind: BlockKind
    reason: str
    how: str
    confidence: float


class _Page(NamedTuple):
    """The lines, the ranges of those that hold the article (at least one, perhaps empty), and what it is about.

    `links` is the first line of those below a heading such as "Related Article" after the article; or their number.
    """

    lines: tuple[Line, ...]
    parts: tuple[range, ...]
    links: int
    topic: Mapping[str, int]
    repeats: Mapping[str, int]

    @property
    def first(self) -> int:
        return self.parts[0].start

    @property
    def last(self) -> int:
        return self.parts[-1].stop


def find_blocks(text: str) -> tuple[Block, ...]:
    """Type every line of a plain text, in text order; empty for a blank text.

    Whatever no block covers is white space. A text without a single sentence has no body.
    Offsets: characters of `text`, end exclusive. Raises: nothing.
    """
    lines = split_lines(text)
    page = _look_over(lines)
    labels = [_label(page, index) for index in range(len(lines))]
    _save_body(lines, labels)
    _name_headline(page, labels)
    return tuple(block for line, label in zip(lines, labels, strict=True) for block in _make_blocks(line, label))


def _save_body(lines: Sequence[Line], labels: list[Label]) -> None:
    """Where nothing was taken for the article: long paragraphs are, though they break off. No teaser is so long."""
    if not any(label.kind == "body" for label in labels):
        for index, line in enumerate(lines):
            if line.cut and line.word_count >= _PARAGRAPH:
                labels[index] = Label("body", "a long paragraph, the only text there is", "body-only", 0.7)


_PARAGRAPH = 80  # words
_LINK_HEADINGS = frozenset({"end-related", "end-more-from", "end-popular"})


# --- where the article is ------------------------------------------------------------------------------------------


def _look_over(lines: tuple[Line, ...]) -> _Page:
    parts = [_widen(lines, part) for part in _find_article(lines)]
    last = parts[-1].stop
    headings = (i for i in range(last, len(lines)) if (cue := lines[i].cue) and cue.how in _LINK_HEADINGS)
    links = next(headings, len(lines))
    return _Page(lines, tuple(parts), links, _topic(lines, parts), Counter(line.text for line in lines))


def _topic(lines: Sequence[Line], parts: Iterable[range]) -> Counter[str]:
    """How often the article's sentences have each content word."""
    return Counter(w for part in parts for i in part if lines[i].prose for w in content_words(lines[i].text))


def _weigh(line: Line) -> float:
    if line.cue:
        return -_END_COST if line.cue.ends else -_CUE_COST
    if line.prose:
        return float(min(line.word_count, _PROSE_CAP))
    if line.cut:
        return -_CUT_COST if not _QUOTE.search(line.text) else 0.0
    return -_SHORT_COST


def _stretches(weights: Sequence[float]) -> Iterator[tuple[float, range]]:
    """Stretches of text with their sums: each ends where the sum falls by more than _DROP from its peak.

    That is the X-drop rule of sequence alignment (Altschul et al. 1990). A stretch that may never end would take in
    the readers' comments whenever there are more of them than there is article.
    """
    total, peak, start, end = 0.0, 0.0, 0, 0
    for index, weight in enumerate([*weights, -2 * _DROP]):
        if total <= 0:
            total, peak, start = 0.0, 0.0, index
        total += weight
        if total > peak:
            peak, end = total, index + 1
        elif peak > 0 and (peak - total > _DROP or total <= 0):
            yield peak, range(start, end)
            total, peak = 0.0, 0.0


def _find_article(lines: Sequence[Line]) -> list[range]:
    """The ranges of lines that hold the article, in order; one empty range when there is none.

    A page that was saved whole begins with its title, and the headline repeats it: the article is below. Otherwise
    it is the first stretch that is not dwarfed by another: an article stands above what is said about it. What a
    gallery or a box has cut off from it is told by its words.
    """
    titles = _title_lines(lines)
    breaks = frozenset(titles)
    weights = [-2 * _DROP if index in breaks else _weigh(line) for index, line in enumerate(lines)]
    stretches = list(_stretches(weights[: _comments_start(lines)])) or list(_stretches(weights))
    core = _choose(stretches, titles)
    topic = _topic(lines, [core])
    reach = _reach(lines, core)
    above = max(reach.start, titles[0] if titles else 0)
    parts = [
        part
        for _, part in stretches
        if part == core or (above <= part.start and part.stop <= reach.stop and _is_part(lines, part, topic))
    ]
    return parts or [range(0)]


def _comments_start(lines: Sequence[Line]) -> int:
    """The first of several lines that say who wrote a comment and when; or the number of lines."""
    headers = [index for index, line in enumerate(lines) if line.cue and line.cue.how == "comment-header"]
    return headers[0] if len(headers) >= _COMMENTS else len(lines)


def _choose(stretches: Sequence[tuple[float, range]], titles: Sequence[int]) -> range:
    best = max((peak for peak, _ in stretches), default=0.0)
    for title in reversed(titles):
        for peak, part in stretches:
            if part.start > title and peak >= _BELOW_TITLE * best:
                return part
    return next((part for peak, part in stretches if peak >= _DWARFED * best), range(0))


def _is_part(lines: Sequence[Line], part: range, topic: Mapping[str, int]) -> bool:
    """Whether a stretch speaks of what the core speaks of."""
    words = [word for index in part if lines[index].prose for word in content_words(lines[index].text)]
    known = sum(word in topic for word in words)
    return len(words) >= _PART_WORDS and known >= _PART_FIT * len(words)


def _reach(lines: Sequence[Line], core: range) -> range:
    """The lines from the core as far as no readers' comments begin."""
    comments = [i for i, line in enumerate(lines) if line.cue and line.cue.how in _COMMENT_CUES]
    low = max((i for i in comments if i < core.start), default=-1)
    high = min((i for i in comments if i >= core.stop), default=len(lines))
    return range(low + 1, high)


_COMMENT_CUES = frozenset({"end-comments", "comment-header"})


def _title_lines(lines: Sequence[Line]) -> Sequence[int]:
    """The lines that say again what the first line says, but for the site's name at its end."""
    title = lines[0].text.lower() if lines else ""
    return [
        index
        for index, line in enumerate(lines[1:], 1)
        if line.word_count >= 3 and len(line.text) >= 0.5 * len(title) and title.startswith(line.text.lower())
    ]


def _widen(lines: Sequence[Line], part: range) -> range:
    """Take in unfinished and short sentences that touch the article: a last line that says "Talks go on." is of it."""
    first, last = part.start, part.stop
    while last < len(lines) and last > first and _reads_on(lines[last]):
        last += 1
    while 0 < first < last and _reads_on(lines[first - 1]):
        first -= 1
    return range(first, last)


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
    if _is_date_line(line):
        return Label("furniture", "a date on a line of its own", "date-line", 0.9)
    if index < page.first:
        return _label_before(page, index)
    if index >= page.last:
        return _label_after(page, index)
    return _label_inside(page, index) if any(index in part for part in page.parts) else _label_between(line)


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
    if page.repeats[line.text] > 1 and (not line.prose or _is_again(page, index)):
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


def _label_between(line: Line) -> Label:
    if line.prose or line.cut:
        return Label("teaser", "a sentence on another matter between two parts of the article", "teaser-between", 0.6)
    return Label("furniture", "a short line between two parts of the article", "furniture-between", 0.7)


def _label_after(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if line.cut:
        return Label("teaser", "breaks off in mid-sentence after the article has ended", "teaser-cut", 0.85)
    if index <= page.last + 1 and _is_outlet(line):
        return Label("credit", "a name alone right below the last paragraph: whose report it is", "credit-outlet", 0.7)
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


def _is_date_line(line: Line) -> bool:
    """Whether a short line is a whole date with little beside it: a place, a weekday, an hour."""
    if line.word_count > 12 or line.text[-1] in ".?!" or not any(map(str.isdigit, line.text)):
        return False
    days = [e for e in find_dates(line.text, [Span(0, len(line.text))], None) if e.precision == "day" and e.date]
    rest = line.word_count - sum(len(line.text[e.span.start : e.span.end].split()) for e in days)
    return bool(days) and rest <= 4


def _is_outlet(line: Line) -> bool:
    """Whether a line is a name of one to four capitalised words, as agencies sign what others copy."""
    words = line.text.split()
    return len(words) <= 4 and all(word[0].isupper() for word in words) and line.text[-1] not in ":?!"


def _is_again(page: _Page, index: int) -> bool:
    """Whether the same line stood shortly before: galleries repeat their captions."""
    return any(page.lines[i].text == page.lines[index].text for i in range(max(0, index - 12), index))


def _is_question(line: Line) -> bool:
    return line.text[-1] == "?" and line.word_count <= 10 and not _QUOTE.search(line.text) and line.text.count("?") == 1


# --- the headline --------------------------------------------------------------------------------------------------


def _name_headline(page: _Page, labels: list[Label]) -> None:
    """Relabel the line that heads the article, where one does, and what stands between it and the first paragraph.

    In a page saved whole, menus stand above the headline: the candidate with the best fit is it. An article by
    itself begins with its headline, and the fitting lines below that are decks.
    """
    alone = page.first <= _ALONE
    candidates = list(_headline_candidates(page, labels, _HEADLINE_FIT))
    if not candidates and alone:
        candidates = list(_headline_candidates(page, labels, 0.0))[:1]
    if not candidates:
        return
    best = candidates[0] if alone else max(candidates, key=lambda i: (round(_fit(page, page.lines[i]), 1), i))
    labels[best] = _headline_label(page, best)
    for index in candidates:
        if alone and page.lines[index].text != page.lines[best].text:
            labels[index] = Label("subhead", "stands between the headline and the first paragraph", "subhead-deck", 0.7)


def _headline_label(page: _Page, index: int) -> Label:
    line = page.lines[index]
    if _SLUG.match(line.text):
        return Label("headline", "the title in the form that addresses have", "headline-slug", 0.85)
    if _fit(page, line) >= _HEADLINE_FIT:
        return Label("headline", "stands above the article and shares its words", "headline", 0.85)
    return Label("headline", "the first line above the article that may be one", "headline-first", 0.6)


def _headline_candidates(page: _Page, labels: Sequence[Label], fit: float) -> Iterator[int]:
    """Lines above the first paragraph that look like a headline and share their words with the article."""
    end = next((i for i in range(page.first, page.last) if labels[i].kind == "body"), page.first)
    for index in range(max(0, page.first - _HEAD_LINES), end):
        line, label = page.lines[index], labels[index]
        looks = (line.word_count in _HEADLINE_WORDS and line.text[-1] not in ".,;:") or _SLUG.match(line.text)
        free = label.how in _UNSETTLED and not line.cue
        if free and looks and _fit(page, line) >= fit:
            yield index


_UNSETTLED = frozenset({"furniture-before", "teaser-before", "subhead", "subhead-question", "furniture-repeated"})
_ALONE = 6  # lines above the first paragraph; a page saved whole has dozens


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
