"""A library of any size for measuring: articles of words drawn as real news draws them, with tellings planted in them.

The words are drawn one by one, by their frequencies in real articles, so that the indexes of words are as full and as
uneven as real ones; the sentences say nothing. Their codes are drawn by chance. Planted are real sentences, each told
in several ways, with their real codes.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from sqlalchemy import Connection, insert

from retold.article import Article, Block, Origin, Span
from retold.language.vectors import text_vectors
from retold.language.words import words_in
from retold.library import schema
from retold.library.codes import CODE_BYTES, pack_codes
from retold.library.opening import bring_up_to_date, open_for_writing
from retold.library.place import find_place
from retold.library.query import term
from retold.library.records import folded, pack_article, pack_entities, pack_statement
from retold.library.words import add_words
from retold.statements.statement import Speaker, Statement

PARAGRAPHS, SENTENCES = 12, 2  # of an article: with the words below some 500 words
STATEMENTS = 10  # of an article, one in each of the first paragraphs
_WORDS = (10, 30)  # of a sentence
_BATCH = 1_000  # articles in a transaction
_FIRST_DAY = date(2023, 1, 1)
_DAYS = 1_000
_OUTLETS = 400
_SPEAKERS = 5_000


class Telling(NamedTuple):
    """Words to be planted. `said`: as the content of a statement; else in the running text alone."""

    query: int
    kind: str  # exact, trimmed, reworded, running
    words: str
    said: bool


class Source:
    """What articles are made of: words with their frequencies, and names."""

    def __init__(self, counts: Counter[str], seed: int) -> None:
        self._random = np.random.default_rng(seed)
        words, numbers = zip(*counts.most_common(), strict=True)
        self.words: tuple[str, ...] = words
        self._sums = np.cumsum(np.array(numbers, float) / sum(numbers))
        self.roots = [
            " ".join(filter(None, (term(w) for w in words_in(x, (Span(0, len(x)),)) if w.content))) for x in words
        ]
        picks = random.Random(seed)
        names = [word.capitalize() for word in words[2_000:6_000] if word.isalpha()]
        self.speakers = [f"{picks.choice(names)} {picks.choice(names)}" for _ in range(_SPEAKERS)]

    def sentences(self, count: int) -> Iterator[list[int]]:
        """So many sentences, each the numbers of its words."""
        lengths = self._random.integers(*_WORDS, count)
        drawn = np.searchsorted(self._sums, self._random.random(int(lengths.sum()))).tolist()
        ends = list(accumulate(lengths.tolist()))
        for start, end in zip([0, *ends], ends, strict=False):
            yield drawn[start:end]

    def text(self, words: Sequence[int]) -> str:
        """The words of a sentence."""
        return " ".join([self.words[i] for i in words])

    def roots_of(self, words: Sequence[int]) -> str:
        """The roots of its content words, as the index holds them."""
        return " ".join(filter(None, [self.roots[i] for i in words]))

    def codes(self, count: int) -> bytes:
        """So many codes drawn by chance."""
        return self._random.bytes(count * CODE_BYTES)


def build(path: Path, size: int, counts: Counter[str], tellings: Sequence[Telling], seed: int = 0) -> None:
    """Make a library of `size` articles, the tellings spread over them, one an article."""
    source = Source(counts, seed)
    planted = dict(zip(random.Random(seed).sample(range(size), len(tellings)), _with_codes(tellings), strict=True))
    engine = open_for_writing(find_place(path))
    bring_up_to_date(engine)
    for start in range(0, size, _BATCH):
        with engine.execution_options(writes=True).begin() as connection:
            batch = range(start, min(size, start + _BATCH))
            made = [(index + 1, _make(index, source, planted.get(index))) for index in batch]
            _store(connection, made, start * STATEMENTS + 1)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _with_codes(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, bytes]]:
    codes = pack_codes(text_vectors([telling.words for telling in tellings]))
    for index, telling in enumerate(tellings):
        yield telling, codes[index * CODE_BYTES : (index + 1) * CODE_BYTES]


class _Made(NamedTuple):
    """An article with the roots of its words, its statements with the roots of theirs, and the codes of these."""

    article: Article
    roots: str
    statements: list[tuple[Statement, str]]
    codes: bytes


class _Said(NamedTuple):
    """A quotation of an article: its content, and after it who said it."""

    content: Span
    source: Span
    cue: Span
    speaker: str
    roots: str


class _Page:
    """A text that is written piece by piece, with the roots of its words."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._roots: list[str] = []
        self.length = 0

    def write(self, text: str, roots: str = "") -> Span:
        """Write a piece whose words have these roots; where it stands."""
        self._parts.append(text)
        self._roots.append(roots)
        self.length += len(text)
        return Span(self.length - len(text), self.length)

    def say(self, words: str, roots: str, speaker: str) -> _Said:
        """Write a quotation with its speaker."""
        content = self.write(f"“{words},”", roots)
        self.write(" ")
        source = self.write(speaker, _roots(speaker))
        self.write(" ")
        cue = self.write("said", _roots("said"))
        self.write(". ")
        return _Said(content, source, cue, speaker, roots)

    @property
    def whole(self) -> tuple[str, str]:
        return "".join(self._parts), " ".join(filter(None, self._roots))


def _make(number: int, source: Source, planted: tuple[Telling, bytes] | None) -> _Made:
    """An article: in each paragraph two sentences, the first one of the first ten paragraphs a quotation.

    A telling takes the place of the last quotation, or of the last paragraph.
    """
    text = _Page()
    said: list[_Said] = []
    blocks: list[Block] = []
    codes = source.codes(STATEMENTS)
    drawn = [(source.text(words), source.roots_of(words)) for words in source.sentences(PARAGRAPHS * SENTENCES)]
    if planted:
        telling, code = planted
        place = SENTENCES * ((STATEMENTS if telling.said else PARAGRAPHS) - 1)
        drawn[place : place + (1 if telling.said else SENTENCES)] = [(telling.words, _roots(telling.words))]
        codes = codes[:-CODE_BYTES] + code if telling.said else codes
    for paragraph in range(PARAGRAPHS):
        begun = text.length
        first, *others = drawn[SENTENCES * paragraph : SENTENCES * (paragraph + 1)]
        if paragraph < STATEMENTS:
            said.append(text.say(*first, source.speakers[(number * 31 + paragraph * 977) % _SPEAKERS]))
        else:
            others.insert(0, first)
        for words, roots in others:
            text.write(words.capitalize() + ". ", roots)
        blocks.append(Block(kind="body", start=begun, end=text.length - 1, reason="made", how="made"))
        text.write("\n\n")
    whole, roots = text.whole
    article = _article(number, whole, blocks)
    return _Made(article, roots, [_statement(article, place, one) for place, one in enumerate(said)], codes)


def _article(number: int, text: str, blocks: Sequence[Block]) -> Article:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=sha256[:12],
        input=f"made-{number}",
        outlet=f"Outlet {number % _OUTLETS}",
        url=f"https://made.example/{number}",
        published=(_FIRST_DAY + timedelta(days=number * 7_919 % _DAYS)).isoformat(),
        published_basis="metadata",
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        origin=(Origin(0, len(text), 0, len(text)),),
        how="made",
    )


def _statement(article: Article, place: int, said: _Said) -> tuple[Statement, str]:
    speaker = Speaker(name=said.speaker, kind="person", mention=said.source, how="made")
    statement = Statement(
        id=f"{article.id}-{place:08x}",
        article=article.id,
        kind="direct",
        source=(said.source,),
        cue=(said.cue,),
        content=(said.content,),
        speakers=(speaker,),
        how="made",
    )
    return statement, said.roots


def _roots(text: str) -> str:
    return " ".join(filter(None, (term(word) for word in words_in(text, (Span(0, len(text)),)) if word.content)))


def _store(connection: Connection, made: Sequence[tuple[int, _Made]], first: int) -> None:
    """Keep articles under their numbers, their statements numbered from `first` on."""
    each = ((number, place, *said) for number, one in made for place, said in enumerate(one.statements))
    rows = [(first + index, place, said, roots, number) for index, (number, place, said, roots) in enumerate(each)]
    for table, values in (
        (schema.articles, [_article_row(number, one.article) for number, one in made]),
        (schema.publications, [_publication_row(number, one.article) for number, one in made]),
        (schema.readings, [_reading_row(number, one.codes) for number, one in made]),
        (schema.statements, [_statement_row(*row) for row in rows]),
        (schema.speakers, [_speaker_row(key, one) for key, _, one, _, _ in rows]),
    ):
        connection.execute(insert(table), values)
    add_words(connection, "article_words", [(number, one.roots) for number, one in made])
    add_words(connection, "statement_words", [(key, roots) for key, _, _, roots, _ in rows])


_ADDED = "2026-01-01T00:00:00+00:00"


def _article_row(number: int, article: Article) -> dict[str, object]:
    days = {"published_from": article.published, "published_until": article.published}
    record = pack_article(article)
    return {"number": number, "id": article.id, "text": article.text, "record": record, "added": _ADDED, **days}


def _publication_row(number: int, article: Article) -> dict[str, object]:
    days = {"published_from": article.published, "published_until": article.published}
    place = {"key": f"url:{article.url}", "version": 1, "outlet": article.outlet, "url": article.url}
    return {"article": number, **place, "input": article.input, "sha256": article.sha256, "added": _ADDED, **days}


def _reading_row(number: int, codes: bytes) -> dict[str, object]:
    row = {"number": number, "article": number, "version": "made", "current": True}
    return {**row, "entities": pack_entities(()), "vectors": codes, "added": _ADDED}


def _statement_row(key: int, place: int, statement: Statement, _roots: str, article: int) -> dict[str, object]:
    row = {"number": key, "reading": article, "article": article, "id": statement.id, "place": place}
    return {**row, "record": pack_statement(statement)}


def _speaker_row(key: int, statement: Statement) -> dict[str, object]:
    name = statement.speakers[0].name or ""
    return {"statement": key, "place": 0, "name": name, "folded": folded([name])}


def word_counts(path: Path) -> Counter[str]:
    """How often each word stands in the texts of a file of JSON lines with a `text` each; rare ones are left out."""
    counts: Counter[str] = Counter()
    for line in path.read_bytes().splitlines():
        text = msgspec.json.decode(line, type=_Text).text
        counts.update(text[w.start : w.end].lower() for w in words_in(text, (Span(0, len(text)),)))
    return Counter({word: count for word, count in counts.items() if count > 1})


class _Text(msgspec.Struct):
    text: str


class _Pair(msgspec.Struct):
    id: str
    source: str
    derived: str


_LENGTHS = range(12, 40)  # words of a sentence that is planted


def planted_tellings(path: Path, most: int) -> tuple[list[str], list[Telling]]:
    """Sentences, and tellings of each: exact, cut short, in other words, and in running text that nobody is said to
    say.

    From the half of the pairs of a text and its rewrite on which nothing of the search was tuned (`is_kept_apart`).
    """
    sources: dict[str, _Pair] = {}
    for line in path.read_bytes().splitlines():
        pair = msgspec.json.decode(line, type=_Pair)
        if is_kept_apart(pair.id) and len(pair.source.split()) in _LENGTHS:
            sources.setdefault(pair.id, pair)
    chosen = list(sources.values())[:most]
    tellings = []
    for number, pair in enumerate(chosen):
        words = pair.source.rstrip(".!?").split()
        tellings += [
            Telling(number, "exact", " ".join(words), True),
            Telling(number, "trimmed", " ".join(words[: max(7, len(words) * 2 // 3)]), True),
            Telling(number, "reworded", pair.derived.rstrip("."), True),
            Telling(number, "running", " ".join(words), False),
        ]
    return [pair.source for pair in chosen], tellings


def is_kept_apart(name: str) -> bool:
    """Whether a text is of the half on which nothing is tuned."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1
