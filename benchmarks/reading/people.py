"""One entity a person: whether the places at which one person is named are given to one entity, and to nobody else's.

Who is named where comes from our labels of speakers (`benchmarks/labels/README.md`; sources that hold part of the
name) and from CoreNLP's chains in PolNeAR's development articles (silver: what a machine takes for one person, where
the name it marked ends the phrase).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rich.table import Table

from benchmarks.speakers import read_labels

_LABELS = Path(__file__).parents[1] / "labels"


class Place(Protocol):
    """Where a system finds a name, and of which entity."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def group(self) -> int: ...


class Article:
    """A text and, for each person named in it, where."""

    def __init__(self, text: str, people: Iterable[Sequence[tuple[int, int]]]) -> None:
        self.text = text
        self.people = [sorted(spans) for spans in people if len(spans) > 1]


def read_labelled(data: Path) -> list[Article]:
    """The articles with labelled speakers that are only measured on."""
    return [
        Article(one.text, _named_in_sources(one.text, ((source.span, source.names) for source in one.sources)))
        for one in read_labels(_LABELS / "speakers.jsonl", data)
    ]


def _named_in_sources(
    text: str, sources: Iterable[tuple[tuple[int, int], Sequence[str | None]]]
) -> list[list[tuple[int, int]]]:
    people: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (start, end), names in sources:
        name = names[0] if len(names) == 1 else None
        at = text.find(name.split()[-1], start, end) if name else -1
        if name and at >= 0:
            people[name].append((at, at + len(name.split()[-1])))
    return list(people.values())


def read_chains(data: Path) -> list[Article]:
    """PolNeAR's development articles with CoreNLP's chains."""
    folder = data / "statements"
    rows = [json.loads(line) for line in (folder / "polnear_dev.jsonl").read_text("utf-8").splitlines()]
    texts = {row["doc_id"]: row["text"] for row in rows}
    silver = (json.loads(line) for line in (folder / "polnear_dev_silver.jsonl").read_text("utf-8").splitlines())
    return [Article(texts[row["doc_id"]], _named_in_chains(row["names"], row["coref"])) for row in silver]


def _named_in_chains(
    names: Iterable[tuple[int, int, str]], chains: Iterable[Iterable[tuple[int, int, bool]]]
) -> Iterator[list[tuple[int, int]]]:
    people = {end: start for start, end, kind in names if kind == "PERSON"}
    for chain in chains:
        yield [(people[end], end) for start, end, _ in chain if end in people and start <= people[end]]


def measure(articles: Sequence[Article], find: Callable[[str], Sequence[Place]]) -> tuple[float, float, float]:
    """Three shares of 100: places that are found; persons named twice or more whose places found are all of one
    entity; entities with such a person that hold no other."""
    places = found = whole = persons = 0
    holders: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, article in enumerate(articles):
        names = find(article.text)
        for person, spans in enumerate(article.people):
            groups = [_group(names, span) for span in spans]
            known = [group for group in groups if group is not None]
            places, found = places + len(groups), found + len(known)
            persons, whole = persons + bool(known), whole + (len(set(known)) == 1)
            for group in known:
                holders[number, group].add(person)
    pure = sum(len(held) == 1 for held in holders.values())
    return 100 * found / max(1, places), 100 * whole / max(1, persons), 100 * pure / max(1, len(holders))


def _group(names: Sequence[Place], span: tuple[int, int]) -> int | None:
    return next((one.group for one in names if one.start < span[1] and span[0] < one.end), None)


def table(data: Path, finders: Mapping[str, Callable[[str], Sequence[Place]]]) -> Table:
    """The shares for each system."""
    shown = Table(title="one entity a person: places found · persons whole · entities pure, %")
    sets = {"labelled speakers": read_labelled(data), "CoreNLP chains (silver)": read_chains(data)}
    columns = (f"{name} ({sum(len(one.people) for one in own)} persons)" for name, own in sets.items())
    for column in ("", *columns):
        shown.add_column(column, no_wrap=True)
    for name, find in finders.items():
        shown.add_row(name, *(" · ".join(f"{share:.1f}" for share in measure(own, find)) for own in sets.values()))
    return shown
