"""For whom sources stand: our speakers against labels of our own (`benchmarks/labels/README.md`), by type of source.

A labelled source counts as found when a statement's source shares at least half of their letters with it; one that is
not written when a statement without a written source has half of its content there. Of those found, a speaker is right
when it has the labelled name (or none, where the label has none). Two names are one when they are the same words, or
when one has all words of the other and no other person or body labelled in the article has them too.

The peer is the usual rule of thumb: the first run of capitalised words in the source, else the last one before it, made
longer where the article has a longer run that ends with it.
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.statements import letters_of, make_article, overlap
from retold.article import Span
from retold.statements import Statement, find_statements

SourceType = Literal["name", "noun phrase", "pronoun", "none"]
TYPES: tuple[SourceType, ...] = ("name", "noun phrase", "pronoun", "none")
_LABELS = Path(__file__).parent / "labels"
_FILES = {"polnear_dev": "statements", "polnear_train": "statements", "basil": "stories", "newswcl50": "stories"}
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "you",
        "who",
        "which",
        "that",
        "him",
        "her",
        "them",
        "us",
        "me",
        "his",
        "hers",
        "their",
        "its",
        "my",
        "our",
        "your",
        "both",
        "neither",
        "himself",
        "herself",
    ]
)


class Labelled(NamedTuple):
    """One labelled source: its span, whether it is written, and the names for which it stands (None: no name)."""

    span: Span
    written: bool
    names: tuple[str | None, ...]


class Document(NamedTuple):
    """An article with its labelled sources."""

    text: str
    sources: tuple[Labelled, ...]


class Judgement(NamedTuple):
    """What became of one labelled source. `given` is empty where it was not found."""

    type: SourceType
    found: bool
    right: bool
    by_thumb: bool
    overnamed: bool
    source: Labelled
    given: tuple[str | None, ...]


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `speakers` to the benchmarks' commands."""
    parser = commands.add_parser("speakers", help="for whom sources stand, against labels of our own")
    parser.add_argument("--data", type=Path, required=True, help="folder of the research data")
    parser.add_argument("--labels", type=Path, default=_LABELS / "speakers.jsonl")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--errors", action="store_true", help="print each source that is wrong, with its words")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures, or the errors."""
    documents = read_labels(options.labels, options.data)
    judged = [(document, one) for document in documents for one in judge(document)]
    if options.errors:
        for document, one in judged:
            if one.found and not one.right:
                words = document.text[slice(*one.source.span)]
                before = document.text[max(0, one.source.span.start - 160) : one.source.span.start]
                print(f"{one.type}: {before!r} [{words}] given {one.given}, labelled {one.source.names}")
        return 0
    figures = {name: _figures(one for _, one in judged if name in ("all", one.type)) for name in ("all", *TYPES)}
    if options.json:
        print(json.dumps(figures))
    else:
        console = Console()
        (console if console.is_terminal else Console(width=140)).print(_table(figures))
    return 0


def read_labels(path: Path, data: Path) -> list[Document]:
    """The labelled articles. Raises ValueError, naming the article: its text is missing or another one."""
    texts: dict[tuple[str, str], str] = {}
    for collection, folder in _FILES.items():
        for line in (data / folder / f"{collection}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            texts[collection, row["doc_id"]] = row["text"]
    documents = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = texts.get((row["collection"], row["doc_id"]), "")
        if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
            raise ValueError(
                f"{row['collection']}/{row['doc_id']}: the data has another text than the one labelled, or none"
            )
        documents.append(Document(text, tuple(_labelled(one) for one in row["sources"])))
    return documents


def _labelled(row: Mapping[str, Any]) -> Labelled:
    names = tuple(dict.fromkeys(one.get("name") for one in row["speakers"]))
    return Labelled(Span(*row["span"]), bool(row["written"]), names)


def judge(document: Document) -> Iterator[Judgement]:
    """What became of each labelled source of a document."""
    statements = find_statements(make_article(document.text))
    known = {name for one in document.sources for name in one.names if name}
    for one in document.sources:
        found = _found(document.text, one, statements)
        given = tuple(dict.fromkeys(speaker.name for speaker in found.speakers)) or (None,) if found else ()
        thumb = (_thumb(document.text, one.span),)
        yield Judgement(
            type=_type(document.text, one),
            found=found is not None,
            right=found is not None and _agree(given, one.names, known),
            by_thumb=_agree(thumb, one.names, known),
            overnamed=any(name is not None and not _agree_one(name, one.names, known) for name in given),
            source=one,
            given=given,
        )


def _found(text: str, source: Labelled, statements: Sequence[Statement]) -> Statement | None:
    wanted = letters_of(text, [source.span])
    best: tuple[float, Statement | None] = (0.5, None)
    for one in statements:
        if bool(one.source) != source.written:
            continue
        given = letters_of(text, one.source or one.content)
        shared = overlap(wanted, given) if source.written else len(wanted & given) / max(1, len(given))
        if shared >= best[0]:
            best = (shared, one)
    return best[1]


def _type(text: str, source: Labelled) -> SourceType:
    words = text[slice(*source.span)]
    if not source.written:
        return "none"
    if words.lower().strip(" ,") in _PRONOUNS:
        return "pronoun"
    parts = {part for name in source.names if name for part in name.split() if part[:1].isupper()}
    return "name" if parts & set(re.findall(r"[\w.’'-]+", re.sub(r"[’']s\b", "", words))) else "noun phrase"


def _agree(given: Sequence[str | None], names: Sequence[str | None], known: Iterable[str]) -> bool:
    if len(given) != len(names):
        return False
    return all(any(_same(one, other, known) for other in names) for one in given)


def _agree_one(given: str, names: Sequence[str | None], known: Iterable[str]) -> bool:
    return any(_same(given, other, known) for other in names)


def _same(one: str | None, other: str | None, known: Iterable[str]) -> bool:
    if one is None or other is None:
        return one is other
    a, b = _words(one), _words(other)
    if a == b:
        return True
    if not (a <= b or b <= a):
        return False
    return sum(a <= _words(name) or _words(name) <= a for name in known) == 1


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower())) - {"the", "a", "an", "s"}


_RUN = re.compile(r"[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*)*")


def _thumb(text: str, span: Span) -> str | None:
    inside = _RUN.search(text, *span)
    before = None if inside else next(reversed([*_RUN.finditer(text, max(0, span.start - 400), span.start)]), None)
    match = inside or before
    if match is None:
        return None
    name = re.sub(r"[’']s$|[.]$", "", match.group())
    longer = [one.group() for one in _RUN.finditer(text) if one.group().endswith(" " + name)]
    return max(longer, key=len, default=name)


def _figures(judged: Iterable[Judgement]) -> dict[str, float]:
    rows = list(judged)
    found = [one for one in rows if one.found]
    count = Counter(right=sum(one.right for one in found), overnamed=sum(one.overnamed for one in found))
    share = 100 / max(1, len(found))
    return {
        "sources": len(rows),
        "found": len(found),
        "right": share * count["right"],
        "wrong_name": share * count["overnamed"],
        "by_thumb": share * sum(one.by_thumb for one in found),
    }


def _table(figures: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table(title="for whom sources stand")
    for column in ("source", "labelled", "found", "right %", "named wrongly %", "rule of thumb right %"):
        table.add_column(column, justify="left" if column == "source" else "right", no_wrap=True)
    for name, one in figures.items():
        shares = [f"{one[key]:.1f}" for key in ("right", "wrong_name", "by_thumb")]
        table.add_row(name, str(int(one["sources"])), str(int(one["found"])), *shares)
    return table
