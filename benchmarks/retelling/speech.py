"""Sentences that attribute what they say: "X said that Y", "Y, X said", "“Y,” X said", "according to X, Y"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.retelling.windows import Window

VERBS = (
    r"(?:said|says|told reporters|wrote|added|argued|noted|explained|insisted|stated|tweeted|testified|announced"
    r"|claimed)"
)
_WHEN = (
    r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"| in (?:a|an) (?:statement|interview|tweet)| last week)?"
)
_SOURCE = r"(?:[A-Z][\w.’'-]*|the|an?|one|officials|police|he|she|they|authorities)(?: [\w.’'-]+){0,7}?"
_APPOSITIVE = r"(?:, [^,“”\"]{5,70},)?"
_OF_THE_VERB = re.compile(r"(?: (?:has|had|have|also|later|then|previously|repeatedly|first|himself|herself))+$")
_NAME_AT_END = re.compile(r", (?:[A-Z][\w.]* ?){1,6}$")
_FORMS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("that", re.compile(rf"^(?P<source>{_SOURCE}){_APPOSITIVE} {VERBS}{_WHEN} that (?P<content>[^“”\"]+\.)$")),
    (
        "said",
        re.compile(
            rf"^(?P<source>{_SOURCE}){_APPOSITIVE} (?:said|says){_WHEN} "
            r"(?P<content>(?:the|he|she|they|it|there|his|her|its|their|[A-Z][a-z]+) [^“”\"]+\.)$"
        ),
    ),
    ("end", re.compile(rf"^(?P<content>[^“”\"]+), (?P<source>{_SOURCE}) {VERBS}{_WHEN}\.$")),
    ("end", re.compile(rf"^(?P<content>[^“”\"]+), {VERBS} (?P<source>{_SOURCE})(?:, [^“”\"]{{5,90}})?\.$")),
    ("according", re.compile(r"^According to (?P<source>[^,“”\"]{4,70}), (?P<content>[^“”\"]+\.)$")),
    ("according at the end", re.compile(r"^(?P<content>[^“”\"]+),? according to (?P<source>[^,“”\"]{4,90})\.$")),
    (
        "quote",
        re.compile(
            rf"^(?P<mark>[“\"])(?P<content>[^“”\"]+)[,.][”\"],? "
            rf"(?:{VERBS} (?P<source>{_SOURCE})|(?P<source2>{_SOURCE}) {VERBS}){_WHEN}(?:, [^“”\"]{{5,90}})?\.$"
        ),
    ),
)


class Saying(NamedTuple):
    """A sentence with its one attribution. `source` and `content` are offsets into the window's text."""

    form: str
    start: int
    end: int
    source: tuple[int, int]
    content: tuple[int, int]


def find_sayings(window: Window) -> Iterator[Saying]:
    """The sentences that are one attribution from end to end, in text order; the first form that fits counts."""
    for start, end in window.sentences:
        sentence = window.text[start:end]
        form, match = next(((form, match) for form, match in _matches(sentence) if match), ("", None))
        if not match:
            continue
        source = "source2" if form == "quote" and match["source"] is None else "source"
        span = _bare(sentence, match.span(source))
        if not _misread(form, sentence[slice(*span)], match["content"]):
            yield Saying(form, start, end, _shift(span, start), _shift(match.span("content"), start))


def _matches(sentence: str) -> "Iterator[tuple[str, re.Match[str] | None]]":
    return ((form, pattern.match(sentence)) for form, pattern in _FORMS)


def _misread(form: str, source: str, content: str) -> bool:
    """Whether the source is no speaker ("those who said") or a part of it was taken for the content."""
    relative = re.search(r"\b(?:who|which|that)$|^(?:those|who)\b", source, re.I)
    return bool(relative) or (form == "end" and bool(_NAME_AT_END.search(content)))


def _bare(sentence: str, span: tuple[int, int]) -> tuple[int, int]:
    """The source without what belongs to its verb: "Low has also (said)"."""
    bare = _OF_THE_VERB.sub("", sentence[slice(*span)])
    return span[0], span[0] + len(bare)


def _shift(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def as_sentence(content: str) -> str:
    """Words told as a sentence of its own: a capital first, a full stop last.

    >>> as_sentence("the vote was close")
    'The vote was close.'
    """
    return content[:1].upper() + content[1:].rstrip(".,") + "."
