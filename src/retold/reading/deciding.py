"""What each line is: what its own words or its neighbours prove, the weighing of the others, and how they settle.

Plain text and pages go this way alike; of a page the lines have marks, and the rules that stand in for markup rest.
"""

from collections.abc import Sequence

import numpy as np

from retold.article import OWN_WORDS, RUNNING_TEXT, Block, Span
from retold.language.dates import find_dates
from retold.language.tables import word_set
from retold.reading.features import PATTERNS, Surroundings, find_features, look_round
from retold.reading.labelling import IMPOSSIBLE, KINDS, Floats, Label, Weights, label_lines
from retold.reading.lines import Line, content_words

_PARAGRAPH = 80  # words
_NEAR = frozenset({"before-1", "before-2", "after-1", "after-2"})
_RUNNING = np.array([kind in OWN_WORDS - {"headline"} or kind == "dateline" for kind in KINDS])
_SURE_CUES = word_set("retold.reading", "sure_cues")
_LINK_HEADINGS = word_set("retold.reading", "link_headings")
_INSIDE = frozenset({"first", "inside", "last"})
_SENTENCE_INSIDE = 1.0
_RECURS = 3.0  # log-odds: of 334 labelled lines that recur within their outlet 16 are of the running text
_DESCRIPTION_WORDS = range(3, 41)


def type_lines(
    lines: Sequence[Line],
    *,
    title: str | None = None,
    recurring: frozenset[str] = frozenset(),
    weights: Weights | None = None,
) -> list[Label]:
    """What each line of a text is.

    `title`: of the article, where it is known. `recurring`: lines that several articles of its outlet have.
    `weights`: None are the shipped ones. Raises: nothing.
    """
    around = look_round(lines, title=title, recurring=recurring)
    known = known_labels(lines, around)
    labels = label_lines(lines, find_features(lines, around, known), leanings(lines, around, known), weights)
    return settle(lines, [sure or label for sure, label in zip(known, labels, strict=True)], title)


def leanings(lines: Sequence[Line], around: Surroundings, known: Sequence[Label | None]) -> Floats:
    """What is known of each line before its features are weighed [lines, kinds], in log-odds.

    What has a label already has that kind. Where markup says nothing, what stands outside the
    article of a page with all its menus is not of its running text: comments and other articles look like it. And a
    sentence within the article is taken for something else only on evidence: to lose one is worse than to keep one too
    many (swept on labels for mending: 0 to 2; from .5 on, no difference).
    """
    leaning = np.zeros((len(lines), len(KINDS)), np.float32)
    closed = around.sort == "page"
    for index, line in enumerate(lines):
        where = around.where[index]
        if label := known[index]:
            leaning[index] = [0 if kind == label.kind else IMPOSSIBLE for kind in KINDS]
        elif not line.marks and closed and _is_outside(where):
            leaning[index, _RUNNING] = IMPOSSIBLE
        elif not line.marks and line.prose and where in _INSIDE:
            leaning[index, _RUNNING] = _SENTENCE_INSIDE
        if line.text in around.recurring:
            leaning[index, _RUNNING] -= _RECURS
    return leaning


def known_labels(lines: Sequence[Line], around: Surroundings) -> list[Label | None]:
    """The label of each line that its words or its neighbours tell beyond doubt; None: its features decide."""
    links = _links_start(lines, around)
    return [_known_label(lines, index, around.where[index], index - links) for index in range(len(lines))]


def _known_label(lines: Sequence[Line], index: int, where: str, from_links: int) -> Label | None:
    """What a line is whatever its features say; None: they decide.

    `from_links`: how far below the heading of links to other articles it stands; 0 is the heading itself.
    """
    line, cue = lines[index], lines[index].cue
    if from_links >= 0:
        furniture = not from_links or (cue and cue.kind == "furniture")
        reason = "stands below a heading of links to other articles"
        return Label("furniture" if furniture else "teaser", reason, "below-links", 0.9)
    if line.part.kind:
        return Label(line.part.kind, line.part.reason, line.part.how, 0.95)
    if cue and cue.how in _SURE_CUES:
        return Label(cue.kind, cue.reason, cue.how, 0.95)
    return None if line.marks else _label_by_neighbours(line, lines[index + 1 : index + 2], where)


def _label_by_neighbours(line: Line, following: Sequence[Line], where: str) -> Label | None:
    """What a line of plain text is by what follows it."""
    if where == "inside" and _describes_picture(line, following):
        return Label("caption", "describes the picture whose caption follows", "caption-description", 0.85)
    if where.startswith(("before", "after")) and line.cue is None and _is_date_line(line):
        return Label("furniture", "a date on a line of its own", "date-line", 0.9)
    if where == "after-1" and _is_name(line) and (not following or following[0].cue):
        return Label("credit", "a name alone right below the last paragraph: whose report it is", "credit-outlet", 0.7)
    return None


def _describes_picture(line: Line, following: Sequence[Line]) -> bool:
    """A line without a stop right before a caption with its credit: pages give both (alt text and caption)."""
    captions = bool(following) and following[0].part.how == "caption-credit"
    return captions and line.word_count in _DESCRIPTION_WORDS and line.text[-1] not in ".!?:;"


def _is_date_line(line: Line) -> bool:
    """Whether a short line is a whole date with little beside it: a place, a weekday, an hour."""
    if line.word_count > 12 or line.text[-1] in ".?!" or not PATTERNS["whole-date"].search(line.text):
        return False
    days = [e for e in find_dates(line.text, [Span(0, len(line.text))], None) if e.precision == "day" and e.date]
    rest = line.word_count - sum(len(line.text[e.span.start : e.span.end].split()) for e in days)
    return bool(days) and rest <= 4


def _is_name(line: Line) -> bool:
    """Whether a line is one to four capitalised words, as agencies and outlets sign what others copy."""
    words = line.text.split()
    return len(words) <= 4 and all(word[0].isupper() for word in words) and line.text[-1] not in ":?!."


def _links_start(lines: Sequence[Line], around: Surroundings) -> int:
    """The first heading of links that stands behind the article; the number of lines where there is none.

    Only in plain text: markup tells more than such a heading.
    """
    last = next((i for i in range(len(lines), 0, -1) if not around.where[i - 1].startswith("after")), len(lines))
    found = (i for i in range(last, len(lines)) if (cue := lines[i].cue) and cue.how in _LINK_HEADINGS)
    first = next(found, len(lines))
    return first if first < len(lines) and not lines[first].marks else len(lines)


def _is_outside(where: str) -> bool:
    return where.startswith(("before", "after", "between")) and where not in _NEAR


def save_body(lines: Sequence[Line], labels: Sequence[Label]) -> list[Label]:
    """Where nothing was taken for the article: long paragraphs are, though they break off. No teaser is so long."""
    if any(label.kind == "body" for label in labels):
        return list(labels)
    saved = Label("body", "a long paragraph, the only text there is", "body-only", 0.7)
    long = [line.cut and line.word_count >= _PARAGRAPH for line in lines]
    return [saved if is_long else label for is_long, label in zip(long, labels, strict=True)]


def settle(lines: Sequence[Line], labels: Sequence[Label], title: str | None = None) -> list[Label]:
    """The labels as they agree with each other: some body, one headline, and no subhead without text below it."""
    kept = keep_one_headline(lines, save_body(lines, labels), title)
    last = _last_paragraph(kept)
    return [_HEADS_NOTHING if label.kind == "subhead" and i > last else label for i, label in enumerate(kept)]


_HEADS_NOTHING = Label("teaser", "a heading with no text of the article below it", "teaser-heading", 0.6)


def keep_one_headline(lines: Sequence[Line], labels: Sequence[Label], title: str | None = None) -> list[Label]:
    """Of several lines that look like headlines the one that says what the title says, or else the surest, and where
    the same words stand again. What else looks like one is furniture above it, a deck or subhead below it, and behind
    the last paragraph another article's.
    """
    found = [index for index, label in enumerate(labels) if label.kind == "headline"]
    if not found:
        return list(labels)
    wanted = frozenset(content_words(title or ""))
    best = max(found, key=lambda index: (_shared(lines[index].text, wanted), labels[index].confidence, -index))
    last = _last_paragraph(labels)
    kept = list(labels)
    for index in found:
        if lines[index].text != lines[best].text:
            kept[index] = _ABOVE if index < best else _DECK if index < last else _BEHIND
    return kept


def _last_paragraph(labels: Sequence[Label]) -> int:
    """The last line of running text; behind all lines where there is none."""
    return max((index for index, label in enumerate(labels) if label.kind in RUNNING_TEXT), default=len(labels))


_DECK = Label("subhead", "stands below the headline and looks like one", "subhead-deck", 0.7)
_ABOVE = Label("furniture", "stands above the headline and looks like one", "furniture-above", 0.6)
_BEHIND = Label("teaser", "looks like a headline and stands behind the last paragraph", "teaser-headline", 0.7)


def _shared(words: str, title: frozenset[str]) -> float:
    """The share of the title's content words that stand in these words."""
    return len(title & set(content_words(words))) / len(title) if title else 0.0


def make_blocks(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[Block, ...]:
    """A block for each line; parts of one line that turned out to be of one kind are one."""
    blocks: list[Block] = []
    for line, (kind, reason, how, confidence) in zip(lines, labels, strict=True):
        start, end = line.span
        if line.goes_on and blocks and blocks[-1].kind == kind:
            start = blocks.pop().start
        blocks.append(Block(kind=kind, start=start, end=end, reason=reason, how=how, confidence=confidence))
    return tuple(blocks)
