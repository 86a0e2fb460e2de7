"""What people call things in the outputs: report letters, paragraph numbers, how sure, and text made safe to show."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from retold.article import OWN_WORDS, RUNNING_TEXT, Article, BlockKind, Span

if TYPE_CHECKING:  # who only shows words need not load all that finds lineages
    from retold.lineage.lineage import Node

BLOCK_WORDS: Mapping[BlockKind, str] = {
    "headline": "headline",
    "subhead": "sub-heading",
    "dateline": "dateline",
    "byline": "byline",
    "body": "text",
    "quote-block": "quotation set apart",
    "caption": "caption",
    "credit": "credit line",
    "teaser": "teaser",
    "furniture": "furniture",
}

CERTAIN = 0.97
"""Confidence from which the outputs say "certain": structural evidence, which the rules score at or near 1."""
LIKELY = 0.7
"""Confidence from which they say "likely". The rules' scores are not calibrated yet; when they are, this becomes .9."""

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = frozenset("\r\u2028\u2029\x85")
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def letters(count: int) -> tuple[str, ...]:
    """A, B, … Z, AA, AB, …: one short name for each report, in input order."""
    return tuple(_letter(number) for number in range(1, count + 1))


def _letter(number: int) -> str:
    rest, digit = divmod(number - 1, 26)
    return (_letter(rest) if rest else "") + chr(ord("A") + digit)


def how_sure(confidence: float) -> str:
    """The word beside a confidence: "certain", "likely", or "unsure" where it is too low to lean on."""
    if confidence >= CERTAIN:
        return "certain"
    return "likely" if confidence >= LIKELY else "unsure"


def visible(text: str) -> str:
    """`text` with everything that could act rather than be read made visible.

    Control characters become their pictures (␀), the bidirectional embeddings, overrides and isolates that can turn
    a line round become their code points in angle brackets, lone surrogates the replacement character. Marks that
    right-to-left writing needs (U+200E, U+200F, U+061C) stay. Source: Unicode Technical Report 36, 2.10.
    """
    return _ACTING.sub(lambda found: _picture(found.group()), text)


def _picture(character: str) -> str:
    if character in _LINE_BREAKS:
        return "\n"
    code = ord(character)
    if character in _BIDI_CONTROLS:
        return f"⟨U+{code:04X}⟩"
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def one_line(text: str) -> str:
    """`visible` text with every run of white space made one space."""
    return " ".join(visible(text).split())


def clip(text: str, width: int) -> str:
    """`text` cut at a word to at most `width` characters, the last of them "…" when something was cut."""
    if len(text) <= width:
        return text
    head = text[: width - 1]
    at_word, space, _ = head.rpartition(" ")
    return (at_word if space and len(at_word) > width // 2 else head).rstrip(" ,;:.–—-") + "…"


def count_of(number: int, one: str, many: str | None = None) -> str:
    """ "1 report", "2 reports"; `many` where the plural is not `one` + s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@dataclass(frozen=True)
class Label:
    """One report as the outputs call it: its letter, and the outlet, title, headline or input name it goes by."""

    letter: str
    name: str
    article: Article

    @property
    def both(self) -> str:
        return f"{self.letter} · {self.name}"

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The paragraph number of each body block, by the block's start. Only the article's own paragraphs count."""
        body = (block for block in self.article.blocks if block.kind in RUNNING_TEXT)
        return {block.start: number for number, block in enumerate(body, start=1)}

    def where(self, span: Span) -> str:
        """Where `span` begins, as a reader would say it: "A ¶4", "A headline", "A credit line"."""
        for block in self.article.blocks:
            if span.start < block.end:
                number = self.numbers.get(block.start)
                return f"{self.letter} ¶{number}" if number else f"{self.letter} {BLOCK_WORDS[block.kind]}"
        return self.letter


def headline_of(article: Article) -> str | None:
    """The first headline among the blocks, else the title from the metadata, on one line; None: neither is there."""
    for block in article.blocks:
        if block.kind == "headline":
            return one_line(article.text[block.start : block.end])
    return one_line(article.title) if article.title else None


def label_articles(articles: Iterable[Article]) -> dict[str, Label]:
    """A label for each article, by its id, in input order."""
    listed = tuple(articles)
    named = zip(letters(len(listed)), listed, strict=True)
    return {article.id: Label(letter, _name(article), article) for letter, article in named}


_LONGEST_NAME = 72


def _name(article: Article) -> str:
    for name in (article.outlet, article.title, article.input.replace("\\", "/").rpartition("/")[2]):
        if name and name.strip():
            return clip(one_line(name), _LONGEST_NAME)
    return "unnamed"


NodeKind = Literal["article", "original", "lost"]


def node_kind(node: "Node") -> NodeKind:
    """What a node of the lineage is: a report; an original that a report credits; one that the texts only demand.

    Of the last nobody says that it exists: two reports each have in full what the other has in part.
    """
    if node.article is not None:
        return "article"
    return "lost" if node.id.startswith("lost-") else "original"


def own_word_count(article: Article) -> int:
    """The words of the article's own blocks (runs between white space)."""
    return sum(len(article.text[b.start : b.end].split()) for b in article.blocks if b.kind in OWN_WORDS)


def set_aside(article: Article) -> str:
    """What was not counted as the article's own words, in words: "2 captions, 7 teasers"; empty: nothing."""
    counts: dict[BlockKind, int] = {}
    for block in article.blocks:
        if block.kind not in OWN_WORDS:
            counts[block.kind] = counts.get(block.kind, 0) + 1
    return ", ".join(_aside_words(kind, number) for kind, number in counts.items())


def _aside_words(kind: BlockKind, number: int) -> str:
    if kind == "furniture":
        return count_of(number, "piece of furniture", "pieces of furniture")
    return count_of(number, BLOCK_WORDS[kind])


BASIS_WORDS: Mapping[str, str] = {
    "metadata": "from its metadata",
    "text": "from its own text",
    "url": "from its address",
    "inferred": "worked out from reports with a date",
    "unknown": "no date of its own was found",
}


def published_words(article: Article) -> str:
    """When the report was published and on what basis: "19 August 2025, from its own text"; "date unknown"."""
    basis = BASIS_WORDS[article.published_basis]
    if article.published:
        return f"{spoken_date(article.published)}, {basis}"
    if article.published_range:
        first, last = article.published_range
        return f"{spoken_range(first, last)}, {basis}"
    return "date unknown"


def spoken_range(first: str, last: str) -> str:
    """ "17 to 18 August 2025": the two ISO days with what they share said once."""
    one, other = spoken_date(first).split(" "), spoken_date(last).split(" ")
    shared = 2 if one[1:] == other[1:] else 1 if one[2:] == other[2:] else 0
    return f"{' '.join(one[: len(one) - shared])} to {' '.join(other)}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def short_date(day: str) -> str:
    """ "19 Aug 2025" for an ISO day, where there is little room; text that is none as in `spoken_date`."""
    spoken = spoken_date(day)
    parts = spoken.split(" ")
    return f"{parts[0]} {parts[1][:3]} {parts[2]}" if len(parts) == 3 and parts[1] in _MONTHS else spoken


def spoken_date(day: str) -> str:
    """ "19 August 2025" for an ISO day; text that is none comes back as it is, made visible."""
    parts = day[:10].split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return visible(day)
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {int(parts[0])}"
