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
from retold.library.opening import open_for_writing
from retold.library.place import find_place
from retold.library.query import term
from retold.library.records import folded, pack_article, pack_statement
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

    def codes(self, count: int) -> bytes:
        return self._random.bytes(count * CODE_BYTES)


def build(path: Path, size: int, counts: Counter[str], tellings: Sequence[Telling], seed: int = 0) -> None:
    """Make a library of `size` articles, the tellings spread over them, one an article."""
    source = Source(counts, seed)
    planted = dict(zip(random.Random(seed).sample(range(size), len(tellings)), _with_codes(tellings), strict=True))
    engine = open_for_writing(find_place(path))
    numbers = iter(range(1, size * STATEMENTS + 1))
    for start in range(0, size, _BATCH):
        with engine.execution_options(writes=True).begin() as connection:
            _store(connection, source, range(start, min(size, start + _BATCH)), planted, numbers)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _with_codes(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, bytes]]:
    codes = pack_codes(text_vectors([telling.words for telling in tellings]))
    for index, telling in enumerate(tellings):
        yield telling, codes[index * CODE_BYTES : (index + 1) * CODE_BYTES]


class _Made(NamedTuple):
    article: Article
    roots: str
    statements: list[tuple[Statement, str]]
    codes: bytes


def _make(number: int, source: Source, planted: tuple[Telling, bytes] | None) -> _Made:
    """An article: in each paragraph two sentences, in the first ones a quotation and its speaker before them."""
    parts: list[str] = []
    roots: list[str] = []
    contents: list[tuple[Span, Span, str, str]] = []
    blocks: list[Block] = []
    codes = source.codes(STATEMENTS)
    at = 0

    def write(text: str, its_roots: str) -> Span:
        nonlocal at
        parts.append(text)
        roots.append(its_roots)
        at += len(text)
        return Span(at - len(text), at)

    drawn = source.sentences(PARAGRAPHS * SENTENCES)
    for paragraph in range(PARAGRAPHS):
        begun = at
        speaker = source.speakers[(number * 31 + paragraph * 977) % _SPEAKERS]
        for _ in range(SENTENCES):
            words = next(drawn)
            text = " ".join([source.words[i] for i in words])
            kept = " ".join(filter(None, [source.roots[i] for i in words]))
            last = paragraph == STATEMENTS - 1
            if planted and last and planted[0].said:
                text, kept = planted[0].words, _roots(planted[0].words)
                codes = codes[:-CODE_BYTES] + planted[1]
            elif planted and not planted[0].said and paragraph == PARAGRAPHS - 1:
                text, kept = planted[0].words, _roots(planted[0].words)
            if paragraph < STATEMENTS and len(contents) == paragraph:
                content = write(f"“{text},”", kept)
                write(" ", "")
                named = write(speaker, _roots(speaker))
                write(" ", "")
                cue = write("said", _roots("said"))
                write(". ", "")
                contents.append((content, named, speaker, kept))
                del cue
            else:
                write(text.capitalize() + ". ", kept)
                if planted and not planted[0].said and paragraph == PARAGRAPHS - 1:
                    break
        blocks.append(Block(kind="body", start=begun, end=at - 1, reason="made", how="made"))
        write("\n\n", "")
    text = "".join(parts)
    identity = hashlib.sha256(text.encode()).hexdigest()
    day = (_FIRST_DAY + timedelta(days=number * 7_919 % _DAYS)).isoformat()
    article = Article(
        id=identity[:12], input=f"made-{number}", outlet=f"Outlet {number % _OUTLETS}", url=f"https://made.example/{number}",
        published=day, published_basis="metadata", sha256=identity, text=text, blocks=tuple(blocks),
        origin=(Origin(0, len(text), 0, len(text)),), how="made",
    )  # fmt: skip
    statements = [
        (
            Statement(
                id=f"{article.id}-{place:08x}", article=article.id, kind="direct", source=(named,),
                cue=(Span(named.end + 1, named.end + 5),), content=(content,),
                speakers=(Speaker(name=speaker, kind="person", mention=named, how="made"),), how="made",
            ),
            kept,
        )
        for place, (content, named, speaker, kept) in enumerate(contents)
    ]  # fmt: skip
    return _Made(article, " ".join(filter(None, roots)), statements, codes)


def _roots(text: str) -> str:
    return " ".join(filter(None, (term(word) for word in words_in(text, (Span(0, len(text)),)) if word.content)))


def _store(
    connection: Connection,
    source: Source,
    batch: range,
    planted: dict[int, tuple[Telling, bytes]],
    numbers: Iterator[int],
) -> None:
    made = [(index + 1, _make(index, source, planted.get(index))) for index in batch]
    added = "2026-01-01T00:00:00+00:00"
    connection.execute(
        insert(schema.articles),
        [
            {"number": n, "id": m.article.id, "text": m.article.text, "record": pack_article(m.article),
             "published_from": m.article.published, "published_until": m.article.published, "added": added}
            for n, m in made
        ],
    )  # fmt: skip
    connection.execute(
        insert(schema.publications),
        [
            {"article": n, "key": f"url:{m.article.url}", "version": 1, "outlet": m.article.outlet,
             "url": m.article.url, "input": m.article.input, "sha256": m.article.sha256,
             "published_from": m.article.published, "published_until": m.article.published, "added": added}
            for n, m in made
        ],
    )  # fmt: skip
    connection.execute(
        insert(schema.readings),
        [
            {"number": n, "article": n, "version": "made", "current": True, "vectors": m.codes, "added": added}
            for n, m in made
        ],
    )
    rows = [(next(numbers), n, place, one, kept) for n, m in made for place, (one, kept) in enumerate(m.statements)]
    connection.execute(
        insert(schema.statements),
        [
            {"number": k, "reading": n, "article": n, "id": one.id, "place": place, "record": pack_statement(one)}
            for k, n, place, one, _ in rows
        ],
    )
    connection.execute(
        insert(schema.speakers),
        [
            {"statement": k, "place": 0, "name": one.speakers[0].name, "folded": folded([one.speakers[0].name or ""])}
            for k, _, _, one, _ in rows
        ],
    )
    add_words(connection, "article_words", [(n, m.roots) for n, m in made])
    add_words(connection, "statement_words", [(k, kept) for k, _, _, _, kept in rows])


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
