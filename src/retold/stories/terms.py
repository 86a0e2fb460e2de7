"""The words by which an article is told from others: what each is, how often it stands there, and whether early.

A term is a word's stem, a number, or a word of the calendar. It has a key, the CRC-32 of its form, which is the same on
every machine. How much a term tells depends on a fixed table of how many articles use it (`document_frequencies.tsv`),
never on which articles have arrived, so that the likeness of two articles is a fact about the two.
"""

import math
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from retold.language.tables import read_table
from retold.language.words import FUNCTION_WORDS, normalize

# What a term is, as bits of one number. LEAD: it stands in the headline or among the first words.
WORD, NAME, NUMBER, WEEKDAY, MONTH, YEAR, LEAD = 0, 1, 2, 4, 8, 16, 32
CALENDAR = WEEKDAY | MONTH | YEAR

LEAD_WORDS = 100
"""Words from the start, the headline's among them, that tell what an article is about: the lead of a news report."""

_WORD = re.compile(r"\d[\d.,:]*+(?<=\d)|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPLIT_THOUSANDS = re.compile(r"(?<=\d), (?=\d{3}\b)")  # "1, 300", as tokenizers leave it
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = re.compile(r"(?:\A|[.!?\n:;|–—])[\s\"'“‘`(\[-]*\Z")
_LOOK_BACK = 4  # characters before a word in which the end of the sentence before it is looked for
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_STEMMER = stemmer("english")


class Use(NamedTuple):
    """How an article uses a term: its form, its kind and how often it stands there."""

    form: str
    kind: int
    count: int

    @property
    def key(self) -> int:
        return zlib.crc32(self.form.encode())

    @property
    def weight(self) -> float:
        """What the term tells: its rarity, times a damped count (1 + ln count)."""
        return (1 + math.log(self.count)) * rarity(self.form)


@dataclass(slots=True)
class _Tally:
    """How a form was met so far. `upper` and `lower`: how often with a capital and without one, where that tells."""

    kind: int
    count: int = 0
    upper: int = 0
    lower: int = 0


def terms_of(headline: str, text: str) -> tuple[Use, ...]:
    """The terms of an article in the order in which they first stand there. Function words are none.

    A word is a name when it mostly has a capital within sentences; the capitals of a headline tell only where not
    nearly every word of it has one. Weekdays count in the lead only: they date the event there, and anything else
    further down.
    """
    tallies: dict[str, _Tally] = {}
    words = _count(headline, tallies, first=0, capitals_tell=not _is_title_case(headline))
    _count(text, tallies, first=words, capitals_tell=True)
    return tuple(
        Use(form, tally.kind | NAME if tally.upper > tally.lower else tally.kind, tally.count)
        for form, tally in tallies.items()
    )


def _count(text: str, tallies: dict[str, _Tally], *, first: int, capitals_tell: bool) -> int:
    """Add the words of a text, which is preceded by `first` words; how many they are with those."""
    text = _SPLIT_THOUSANDS.sub(",", text)
    place = first
    for place, match in enumerate(_WORD.finditer(text), start=first + 1):
        raw = match.group()
        kind, form = _form(raw)
        if form is None or (kind == WEEKDAY and place > LEAD_WORDS):
            continue
        tally = tallies.get(form)
        if tally is None:
            tally = tallies[form] = _Tally(kind | LEAD if place <= LEAD_WORDS else kind)
        tally.count += 1
        if kind == WORD:
            if raw[0].islower():
                tally.lower += 1
            elif capitals_tell and not _BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
                tally.upper += 1
    return place


def _is_title_case(heading: str) -> bool:
    words = [word for word in heading.split() if word[:1].isalpha() and word.lower() not in FUNCTION_WORDS]
    return 3 * sum(word[0].isupper() for word in words) > 2 * len(words)


@lru_cache(maxsize=65_536)
def _form(raw: str) -> tuple[int, str | None]:
    """The kind and the form of a word as it is written; no form: it is no term."""
    if raw[0].isdigit():
        return (YEAR if _YEAR.fullmatch(raw) else NUMBER), raw.replace(",", "")
    word = raw.lower().replace("’", "'").removesuffix("'s")
    if len(word) < 2 or (word in FUNCTION_WORDS and not (word == "may" and raw == "May")):
        return WORD, None
    if raw[0].isupper() and word in _WEEKDAYS:
        return WEEKDAY, word
    if raw[0].isupper() and word in _MONTHS:
        return MONTH, f"{word[:3]}."
    return WORD, str(_STEMMER.stemWord(normalize(word)))


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """Of how many articles the table is, and how many of them use each form."""
    rows = {row["form"]: int(row["articles"]) for row in read_table("retold.stories", "document_frequencies.tsv")}
    return rows.pop("*"), rows


@lru_cache(maxsize=65_536)
def rarity(form: str) -> float:
    """How much a form tells: ln of one over the share of articles that use it. What the table lacks, few use."""
    articles, frequencies = _frequencies()
    return math.log((articles + 1) / (frequencies.get(form, 0) + 0.5))


def forms_of(texts: Iterable[str]) -> Iterator[frozenset[str]]:
    """The forms that each text uses, for counting how many texts use each."""
    for text in texts:
        yield frozenset(use.form for use in terms_of("", text))
