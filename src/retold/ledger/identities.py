"""One actor, one name: persons and offices resolved across articles, and an analyst's own list of actors.

"Trump" in one report is the only person of that surname in the others; "the US secretary of state" is whoever a report
names with this office. Where two could be meant, nobody is merged.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retold.language.names import role_words
from retold.ledger.actors import Actor, Cast
from retold.ledger.user_tables import Row, decode, read_rows, several


class ActorListError(ValueError):
    """A list of actors that cannot be used: the message names the row (its line in the file) and what is wrong."""


class KnownActor(NamedTuple):
    """An actor of an analyst's list: `names` are all the names that stand for it, its own first."""

    actor: Actor
    person: bool
    names: tuple[str, ...]


def read_actors(path: Path) -> tuple[KnownActor, ...]:
    """Read a TSV file with the column `name`, perhaps `organization` (the side), `kind` (person or body) and `aliases`
    (`|` between).

    Raises ActorListError, naming the row, for a missing column, an unreadable row, or a name that two rows claim;
    OSError when the file cannot be opened.
    """
    rows = read_rows(decode(path.read_bytes(), str(path), ActorListError), str(path), ("name",), ActorListError)
    known = [_known(row) for row in rows]
    first: dict[str, str] = {}
    for row, one in zip(rows, known, strict=True):
        for name in one.names:
            if first.setdefault(name, row.where) != row.where:
                raise ActorListError(f"{row.where}: {name!r} stands in {first[name].rpartition(', ')[2]} too")
    return tuple(known)


def _known(row: Row) -> KnownActor:
    name, kind = row.fields["name"], row.fields.get("kind") or "body"
    if not name or kind not in ("person", "body"):
        expected = "a kind, person or body" if name else "a name"
        raise ActorListError(f"{row.where}: expected {expected}; {kind if name else 'nothing'!r} came")
    names = tuple(dict.fromkeys((name, *several(row.fields.get("aliases", "")))))
    return KnownActor(Actor(name, row.fields.get("organization") or None), kind == "person", names)


def with_listed(cast: Cast, known: Sequence[KnownActor]) -> Cast:
    """The cast with every place where an article names an actor of the list, whatever was found there before."""
    mentions = dict(cast.mentions)
    for one in known:
        for name in one.names:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", cast.article.text):
                mentions[match.start()] = (match.end(), one.actor, one.person)
    return cast._replace(mentions=mentions)


class Roster(NamedTuple):
    """Whom one article names, as far as other articles need to know it: persons with how often each is named, and
    persons by each word of an office that they hold."""

    people: tuple[tuple[Actor, int], ...]
    holders: dict[str, tuple[Actor, ...]]


def call_roster(cast: Cast) -> Roster:
    """The roster of an article."""
    people = Counter(actor for _, actor, person in cast.mentions.values() if person)
    holders = {word: tuple(sorted(actors, key=repr)) for word, actors in cast.holders.items()}
    return Roster(tuple(people.items()), holders)


def merge_actors(
    rosters: Sequence[Roster], acting: Iterable[Actor], known: Iterable[KnownActor] = ()
) -> Mapping[Actor, Actor]:
    """Whom each actor of the articles is taken for; one who is not in it stays who he is.

    `acting` are those who act, among them offices that no report gives a name ("US secretary of state"). An analyst's
    list comes first. Then persons of one name but for its spelling, middle initials and given name, and
    offices that one person holds.
    """
    listed = {name: one.actor for one in known for name in one.names}
    people: Counter[Actor] = Counter()
    for roster in rosters:
        people.update({actor: count for actor, count in roster.people if actor.name not in listed})
    names = _merged_names(people)
    sides = _sides(people, names)
    merged = {actor: Actor(names[actor.name], sides.get(names[actor.name])) for actor in people}
    everyone = set(acting)
    holders = _holders(rosters)
    for office in everyone - people.keys():
        holder = _holder(office, holders)
        if holder:
            merged[office] = merged.get(holder, holder)
    return merged | {actor: listed[actor.name] for actor in everyone if actor.name in listed}


def _sides(people: Iterable[Actor], names: Mapping[str, str]) -> dict[str, str]:
    """The side of each merged name, where only one is told."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for actor in people:
        if actor.organization:
            found[names[actor.name]].add(actor.organization)
    return {name: next(iter(sides)) for name, sides in found.items() if len(sides) == 1}


def _merged_names(people: Mapping[Actor, int]) -> dict[str, str]:
    """The name under which each person goes: the most frequent full one of those that are alike."""
    counts: Counter[str] = Counter()
    for actor, count in people.items():
        counts[actor.name] += count
    full: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in counts:
        if len(_key(name)) > 1:
            full[_key(name)].append(name)
    best = {key: max(alike, key=lambda name: (counts[name], name)) for key, alike in full.items()}
    return {name: _full_name(_key(name), best) or name for name in counts}


def _full_name(key: tuple[str, ...], best: Mapping[tuple[str, ...], str]) -> str | None:
    if key in best:
        return best[key]
    alike = [name for other, name in best.items() if key and (other[-1:] == key or other[:1] == key)]
    return alike[0] if len(alike) == 1 else None


def _key(name: str) -> tuple[str, ...]:
    """A name's words without marks, accents, case and initials: ("kim", "jong", "un"), ("donald", "trump")."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    parts = [part.strip(".'’") for part in plain.casefold().replace("-", " ").split()]
    return tuple(part for part in parts if len(part) > 1) or tuple(parts)


def _holders(rosters: Sequence[Roster]) -> Mapping[str, set[Actor]]:
    """The persons whose office has a word, in any article."""
    holders: defaultdict[str, set[Actor]] = defaultdict(set)
    for roster in rosters:
        for word, actors in roster.holders.items():
            holders[word].update(actors)
    return holders


def _holder(office: Actor, holders: Mapping[str, set[Actor]]) -> Actor | None:
    """The one person who holds an office that is named without him ("US secretary of state")."""
    words = [word for word in office.name.lower().split() if word in role_words()]
    held = [{actor for actor in holders.get(word, ()) if actor.organization == office.organization} for word in words]
    common = set.intersection(*held) if held else set()
    return next(iter(common)) if len(common) == 1 else None
