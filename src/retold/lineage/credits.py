"""Whom a report credits: the line behind its last sentence, a dateline's agency, "originally published by"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from retold.article import Article, Block, Span
from retold.collation.witness import Witness

_NAME = r"(?P<name>[A-Z0-9][\w.&’'-]*(?: (?:of |the |and |& )?[A-Z0-9][\w.&’'-]*){0,4})"
_PHRASES = (
    re.compile(
        r"(?i:originally (?:published|appeared)|first (?:published|appeared|reported))(?i: by| on| in| at) (?:the )?"
        + _NAME
    ),
    re.compile(rf"^(?i:source|via|credit|from)\s*: ?{_NAME}\W*$"),
    re.compile(rf"^[—–-]+ ?{_NAME}\W*$"),
)
_FIRST = re.compile(r"\bfirst reported (?:on \w{6,9} )?(?:by|in) (?:[Tt]he )?" + _NAME)
_DATELINE = re.compile(rf"^[A-Z][A-Z .'’-]{{2,40}}(?:, [A-Z][\w .]{{2,20}})? \({_NAME}\) ?[-–—]")
_ALONE = re.compile(rf"^{_NAME}$")
# Words of buttons, boxes and counters: a line with one of them names no outlet.
_NO_OUTLET = re.compile(
    r"\b(?:source|link|read|reads|visit|visited|views?|share|related|comments?|more|next|previous|sign|subscribe|home|"
    r"topics?|ends?|tags?|follow|print|email|advertisement|sponsored|also|newsletter|menu|search|photo|image|copyright)\b",
    re.IGNORECASE,
)


class Credit(NamedTuple):
    """That an article credits `name`, in the words at `span`. `rule` says how it was found."""

    name: str
    span: Span
    rule: str


def find_credits(article: Article) -> tuple[Credit, ...]:
    """The outlets that `article` credits as its source, each once, in text order. Its own outlet is none.

    Credits of photographs are none either. Empty: it credits nobody.
    """
    found: dict[str, Credit] = {}
    for credit in sorted(_credits(article), key=lambda credit: credit.span):
        own = article.outlet is not None and credit.name.casefold() == article.outlet.casefold()
        if not own:
            found.setdefault(credit.name.casefold(), credit)
    return tuple(found.values())


def _credits(article: Article) -> Iterator[Credit]:
    own = article.own_blocks()
    for block in (*(block for block in article.blocks if block.kind == "dateline"), *own[:3]):
        if match := _DATELINE.match(article.text[block.start : block.end]):
            yield _credit(match, block, "dateline")
    for block in own:
        for match in _FIRST.finditer(article.text, block.start, block.end):
            yield _named(match, 0, "named as the first to report")
    last = own[-1].end if own else 0
    behind = [block for block in article.blocks if block.start >= last and block.kind in ("credit", "furniture")]
    for block in behind:
        words = article.text[block.start : block.end].strip()
        for pattern in _PHRASES:
            if (match := pattern.search(words)) and not _NO_OUTLET.search(match["name"]):
                yield _credit(match, block, "credit line")
    for block in (block for block in behind[:1] if block.kind == "credit"):
        words = article.text[block.start : block.end].strip()
        if (match := _ALONE.match(words)) and not _NO_OUTLET.search(words) and not any(c.isdigit() for c in words):
            yield _credit(match, block, "line behind the last sentence")


def _credit(match: re.Match[str], block: Block, rule: str) -> Credit:
    return _named(match, block.start, rule)


def _named(match: re.Match[str], offset: int, rule: str) -> Credit:
    name = match["name"].removesuffix("’s").removesuffix("'s").rstrip(".,’'-")
    start = offset + match.start("name")
    return Credit(name, Span(start, start + len(name)), rule)


def find_mentions(witness: Witness, outlet: str) -> tuple[Span, ...]:
    """Where a report names another report's outlet in its own words ("told Tarnwick"), quotations left out."""
    words = outlet.split()
    short = rf"|\bthe {re.escape(words[-1])}\b" if len(words) > 1 else ""  # "the Courier" for the Port Courier
    name = re.compile(rf"\b{re.escape(outlet)}\b{short}")
    text = witness.article.text
    return tuple(
        Span(*match.span())
        for block in witness.article.own_blocks()
        for match in name.finditer(text, block.start, block.end)
        if not any(start <= match.start() < end for start, end in witness.quoted)
    )
