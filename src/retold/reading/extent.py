"""Where among its lines a text is the article.

No single line decides it. Finished sentences speak for an article, short lines and furniture against it; the stretch
of lines with the best sum is the article.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from retold.reading.gluing import find_credit_tail
from retold.reading.lines import Line, content_words

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
_LONG_ARTICLE = 400  # content words after which another text may follow without a break
_NEXT = 120  # content words looked at behind a line
_OTHER = 0.23  # the share of them known from before below which they are of another text; one text has .24 and more
_QUOTE = re.compile(r"[“”\"]")
_COMMENT_CUES = frozenset({"end-comments", "comment-header"})


def find_article(lines: Sequence[Line]) -> tuple[range, ...]:
    """The ranges of lines that hold the article, in order; one empty range when there is none.

    A page that was saved whole begins with its title, and the headline repeats it: the article is below. Otherwise
    it is the first stretch that is not dwarfed by another: an article stands above what is said about it. What a
    gallery or a box has cut off from it is told by its words.
    """
    titles = _title_lines(lines)
    breaks = frozenset(titles)
    weights = [-2 * _DROP if index in breaks else _weigh(line) for index, line in enumerate(lines)]
    stretches = list(_stretches(weights[: _comments_start(lines)])) or list(_stretches(weights))
    whole = _choose(stretches, titles)
    core = _cut_off_other(lines, whole)
    topic = count_topic(lines, [core])
    reach = _reach(lines, core)
    above = max(reach.start, titles[0] if titles else 0)
    parts = [
        core if part == whole else part
        for _, part in stretches
        if part == whole or (above <= part.start and part.stop <= reach.stop and _is_part(lines, part, topic))
    ]
    return tuple(_widen(lines, part) for part in parts or [range(0)])


def count_topic(lines: Sequence[Line], parts: Iterable[range]) -> Counter[str]:
    """How often the sentences of these parts have each content word: what the article is about."""
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


def _cut_off_other(lines: Sequence[Line], core: range) -> range:
    """The core up to where another text goes on without a break, as pages do that load one article after another.

    The words of one text come back (Hearst 1997); of 45 labelled pages none falls so low so late but one that goes on
    with others.
    """
    words = {index: content_words(lines[index].text) for index in core if lines[index].prose}
    known: set[str] = set()
    count = 0
    for index in core:
        if index in words:
            known.update(words[index])
            count += len(words[index])
        elif count >= _LONG_ARTICLE:
            ahead = list(islice((word for at in range(index, core.stop) for word in words.get(at, ())), _NEXT))
            if len(ahead) == _NEXT and sum(word in known for word in ahead) < _OTHER * _NEXT:
                return range(core.start, index)
    return core


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
