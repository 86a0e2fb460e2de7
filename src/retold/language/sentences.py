"""Where sentences begin and end.

A stop ends a sentence unless it belongs to an abbreviation or an initial, or stands inside a quotation whose sentence
runs on ("“Will it hold?” he asked."). A paragraph break (an empty line) always ends one.
"""

import re
from collections.abc import Iterator
from functools import cache

from retold.article import Article, Span
from retold.language.tables import read_table

# Each run of stops is tried once, from its first character (look-behind) and without giving back (possessive),
# so a megabyte of dots costs a megabyte of steps.
_STOP = re.compile(r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"'”’»)\]]*+)(?=\s|$)(?!\s[.])")
_PARAGRAPH = re.compile(r"\n[^\S\n]*+\n\s*+")
_LAST_WORD = re.compile(r"[\w.&-]+\Z")
_NEXT_WORD = re.compile(r"\s*+[\"'“‘«(\[—–-]*+\s?([^\W_]*)")
_CLOSING = frozenset("\"'”’»")
_LONGEST_WORD = 24  # characters looked at before a stop: no abbreviation is longer

LONGEST_SENTENCE = 4000
"""Characters of a sentence that is worth reading word by word; what is longer is a table or garbage."""

# "“Is it over?” Mr Doe asked": after a closed question or call a name and a verb of speech continue the sentence.
_TAG = re.compile(
    r"\s{1,3}(?:(?:[A-Z][\w.’'-]{0,30}|of|the|de|van|von|der|al)\s){1,5}"
    r"(?:said|says|asked|asks|added|adds|wrote|writes|told|tells|replied|shouted|joked|quipped|wondered|tweeted|"
    r"continued|concluded|declared|insisted|recalled|explained|responded|exclaimed|cried|yelled)\b"
)


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["kind"] for row in read_table("retold.language", "abbreviations.tsv")}


@cache
def _openers() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("retold.language", "sentence_openers.tsv"))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Split `text[start:end]` into sentences, in text order.

    Spans are offsets into `text`, trimmed of white space; closing marks stay with their sentence. A sentence never
    runs across an empty line. Empty: nothing but white space.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    for first, last in _paragraphs(text, start, stop):
        begin = first
        for boundary in _boundaries(text, first, last):
            spans.append(Span(begin, boundary))
            begin = boundary
        spans.append(Span(begin, last))
    trimmed = (trim(text, span) for span in spans)
    return tuple(span for span in trimmed if span.start < span.end)


def article_sentences(article: Article) -> tuple[Span, ...]:
    """The sentences of the article's own blocks, in text order; none runs from one block into another."""
    return tuple(
        span for block in article.own_blocks() for span in split_sentences(article.text, block.start, block.end)
    )


def trim(text: str, span: Span) -> Span:
    """`span` without the white space at its edges (an empty span at its start when it is all white space)."""
    start, end = span
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, max(start + left, start + len(words.rstrip())))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _PARAGRAPH.finditer(text, start, end):
        yield begin, match.start()
        begin = match.end()
    yield begin, end


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, match, start, end):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, match.end(), end)
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    closed = any(mark in _CLOSING for mark in match["close"])
    if closed and match["stop"] != "." and _TAG.match(text, match.end(), min(end, match.end() + 200)):
        return False
    if match["stop"] != "." or closed:
        return True
    return _full_stop_ends(text, match.start(), start, word)


def _full_stop_ends(text: str, stop: int, start: int, following: str) -> bool:
    """Whether the full stop at `stop` ends a sentence, judging by the word before it and the word after."""
    before = _LAST_WORD.search(text[max(start, stop - _LONGEST_WORD) : stop])
    word = before.group() if before else ""
    kind = _abbreviations().get(word.lower())
    if kind == "title":
        return False
    if kind == "number" and following[:1].isdigit():
        return False
    if kind == "open" or _is_initial(word):
        return following in _openers()  # "Sept. 4" and "U.S. Senate" run on; "left the U.S. He" does not
    return True


def _is_initial(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or (len(word) > 2 and word[-2] == "." and word[-1].isalpha())
