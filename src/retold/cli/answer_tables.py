"""What a library answers, as tables for people. Found words are bold; where no style is seen, »marked«."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from retold.library.asking.answers import (
        Days,
        Departure,
        Hits,
        Passage,
        Publication,
        Quote,
        Quotes,
        Trace,
        TracedTelling,
    )

_WIDTH = 300  # characters of a passage in a cell; the whole is in the JSON
_MOST_OUTLETS = 4  # that are named in a cell

_EVEN = 0.5  # a telling that is less sure is shown as one that may be


def trace_table(answer: "Trace", *, marks: bool) -> RenderableType:
    """The tellings, numbered, each with how it departs from which other one."""
    if not answer.total:
        return Text("Nothing in the library tells it.")
    from retold.dossier.labels import count_of

    numbers = {one.id: number for number, one in enumerate(answer.tellings, 1)}
    articles: dict[str, int] = {}
    for one in answer.tellings:
        articles.setdefault(one.source.article, numbers[one.id])
    table = _table(("", 0), ("when, where, who", 3), ("words", 5), ("what changed", 4), ("whose", 2))
    for one in answer.tellings:
        where = [_day(one.source.published), _outlets(one.source.publications), _speaker(one)]
        table.add_row(
            str(numbers[one.id]),
            _lines(where),
            _marked(one.passage, marks),
            _lines([*_doubt(one), *_departure(one.departure, numbers)]),
            _lines([_whose(one, articles)]),
        )
    at_least = "" if answer.complete else "at least "
    at_most = "at most " if any(one.origin == "unknown" for one in answer.tellings) else ""
    title = (
        f"{at_least}{count_of(answer.total, 'telling')} in {count_of(answer.articles, 'article')}, "
        f"{at_most}{count_of(answer.voices, 'voice')}, oldest first{_cut(len(answer.tellings), answer.total)}"
    )
    return Group(Text(title), table)


def _doubt(one: "TracedTelling") -> list[str]:
    return ["perhaps the same:"] if one.confidence < _EVEN else []


def _departure(departure: "Departure | None", numbers: dict[str, int]) -> list[str]:
    """How a telling departs from another one, then a line for each change."""
    if departure is None:
        return ["–"]
    other = numbers[departure.other]
    words = {
        "verbatim": f"word for word as {other}",
        "trimmed": f"{other}, and more" if departure.fuller else f"{other}, cut short",
        "reworded": f"{other}, in other words",
        "altered": f"{other}, altered",
    }[departure.relation]
    unordered = "" if departure.ordered else " (which was first is unknown)"
    # A change is told of the less full of the two.
    inside = f"in {other}: " if departure.fuller else ""
    return [words + unordered, *(f"· {inside}{change.note}" for change in departure.changes)]


def _whose(one: "TracedTelling", articles: dict[str, int]) -> str:
    of = f" {articles[one.of]}" if one.of in articles else f" article {one.of}"
    return {
        "own": "no copy of another report here",
        "source": "the first of its copies",
        "copy": f"copied from{of}",
        "version": f"a later version of{of}",
        "unknown": "unknown",
    }[one.origin]


def quote_table(answer: "Quotes", *, marks: bool) -> RenderableType:
    """The statements, each with who said it and which outlets have it."""
    from retold.dossier.labels import count_of

    undated = f"; {answer.undated:,} more fit but for their day, which is unknown" if answer.undated else ""
    if not answer.total:
        return Text(f"No statement in the library fits{undated}.")
    table = _table(("when", 2), ("who", 2), ("words", 6), ("where", 3))
    for one in answer.quotes:
        day = _day(one.day) + ("" if one.said or not one.day else " (published)")
        table.add_row(_lines([day]), _lines([_speaker(one)]), _marked(one.passage, marks), _lines(_carriers(one)))
    shown = sum(len(one.statements) for one in answer.quotes)
    rows = count_of(len(answer.quotes), "row")
    left = "" if shown >= answer.total else f", the newest {shown:,} shown in {rows}"
    copies = f", copies together in {rows}" if not left and shown > len(answer.quotes) else ""
    return Group(Text(f"{count_of(answer.total, 'statement')}{left}{copies}{undated}"), table)


def _carriers(one: "Quote") -> list[str]:
    """Which outlets have a statement; of several, that they are one voice."""
    publications = tuple(publication for source in one.sources for publication in source.publications)
    many = f"in {len(one.outlets)} outlets, 1 voice" if len(one.outlets) > 1 else ""
    return [_outlets(publications), *filter(None, [many])]


def hit_table(answer: "Hits", *, marks: bool) -> RenderableType:
    """The articles, each with a sentence of it."""
    from retold.dossier.labels import count_of

    found = f"{answer.total:,} of {count_of(answer.articles, 'article')}"
    if not answer.total:
        return Text(f"{found}: nothing fits.")
    table = _table(("when, where", 2), ("title", 3), ("words", 6), ("matches", 0))
    for one in answer.hits:
        where = [_day(one.source.published), _outlets(one.source.publications)]
        table.add_row(_lines(where), _lines([one.title or "–"]), _marked(one.passage, marks), str(len(one.matches)))
    return Group(Text(f"{found}, the best first{_cut(len(answer.hits), answer.total)}"), table)


def _table(*columns: tuple[str, int]) -> Table:
    """A table that fills the line, an empty line between rows; each column with its share of the width (0: narrow)."""
    table = Table(box=None, pad_edge=False, show_edge=False, expand=True, leading=1)
    for name, share in columns:
        table.add_column(name, ratio=share or None, no_wrap=not share, overflow="fold")
    return table


def _cut(shown: int, total: int) -> str:
    return "" if shown >= total else f", the first {shown:,} shown"


def _lines(lines: list[str]) -> Text:
    from retold.dossier.labels import clip, one_line

    return Text("\n".join(clip(one_line(line), _WIDTH) for line in lines))


def _day(days: "Days | None") -> str:
    from retold.dossier.labels import short_date, spoken_range

    if days is None:
        return "undated"
    return short_date(days[0]) if days[0] == days[1] else spoken_range(*days)


def _outlets(publications: "tuple[Publication, ...]") -> str:
    """The outlets, the earliest first; where none is known, the address or the file that was read."""
    known = list(dict.fromkeys(one.outlet or one.url or one.input.rpartition("/")[2] for one in publications))
    more = f" and {len(known) - _MOST_OUTLETS} more" if len(known) > _MOST_OUTLETS else ""
    return ", ".join(known[:_MOST_OUTLETS]) + more


def _speaker(one: "TracedTelling | Quote") -> str:
    """The names of the speakers; of one whose name is unknown what the article calls it."""
    return ", ".join(one.speakers) or (f"“{one.attribution}”" if one.attribution else "speaker unknown")


def _marked(passage: "Passage", marks: bool) -> Text:
    """The words, the found ones bold, or between marks; of long ones what is around the first that was found."""
    text = Text()
    for words, found in _clipped(list(_pieces(passage))):
        text.append(f"»{words}«" if found and marks else words, "bold" if found and not marks else "")
    return text


def _pieces(passage: "Passage") -> Iterator[tuple[str, bool]]:
    """The words in turn, and whether each stretch of them was found."""
    at = 0
    for number, span in enumerate(passage.spans):
        if number:
            yield " … ", False
            at += len(" … ")
        shift = at - span.start
        edges = sorted({span.start, span.end, *(edge for place in passage.found for edge in place)})
        inside = [edge for edge in edges if span.start <= edge <= span.end]
        for start, end in pairwise(inside):
            found = any(place.start <= start and end <= place.end for place in passage.found)
            yield _plain(passage.words[start + shift : end + shift]), found
        at += span.end - span.start


def _plain(words: str) -> str:
    """Words without what could act, runs of white space as one space; spaces at their ends stay."""
    from retold.dossier.labels import visible

    return re.sub(r"\s+", " ", visible(words))


def _clipped(pieces: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Some `_WIDTH` characters of the pieces, a third of them before the first that was found."""
    first = next((number for number, (_, found) in enumerate(pieces) if found), 0)
    before = sum(len(words) for words, _ in pieces[:first])
    skipped = max(0, before - _WIDTH // 3) if before + len(pieces[first][0]) > _WIDTH else 0
    at = 0
    if skipped:
        yield "…", False
    for words, found in pieces:
        part = words[max(0, skipped - at) : max(0, skipped + _WIDTH - at)]
        if part:
            yield part, found
        at += len(words)
    if at > skipped + _WIDTH:
        yield "…", False
