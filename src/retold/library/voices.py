"""Which articles are one voice, and which of them the others have their words from.

Articles that copy one another, or are versions of the text at one address, are one voice, however many there are
(the union that `retold.ledger.voices` takes over a lineage, here over what the library keeps of copies).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, text

from retold.library.asking.answers import Days, Origin, Publication, Source
from retold.library.rows import listed

_COPY = 0.5  # part of the words of one article that the other has: one is a copy of the other, or both of a third
_WHOLE, _PART = 0.95, 0.8  # one that the other has so much of, and of which it has no more, is a part of it
_ROUNDS = 3  # copies of copies of copies: so far articles that are not asked about join those that are


class Reuse(NamedTuple):
    """Two articles (numbers) that share words: which part of the words of each the other has."""

    article: int
    other: int
    of_article: float
    of_other: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other, or both are of a third."""
        return max(self.of_article, self.of_other) >= _COPY


class Descent(NamedTuple):
    """What is known of where an article has its words from; see `TracedTelling`. `of` is a number."""

    voice: int
    origin: Origin
    of: int | None


def read_reuse(connection: Connection, articles: Iterable[int]) -> list[Reuse]:
    """The copies of articles, of these, and so on."""
    known: set[int] = set()
    found: set[Reuse] = set()
    asked = set(articles)
    for _ in range(_ROUNDS):
        if asked <= known:
            break
        new = listed(asked - known)
        known |= asked
        rows = connection.execute(
            text(
                f"SELECT article, other, of_article, of_other FROM reuse WHERE article IN ({new}) UNION "
                f"SELECT article, other, of_article, of_other FROM reuse WHERE other IN ({new})"
            )
        )
        copies = [one for one in (Reuse(*row) for row in rows) if one.is_copy]
        found |= set(copies)
        asked = {number for one in copies for number in (one.article, one.other)}
    return sorted(found)


def read_versions(connection: Connection, articles: Iterable[int]) -> set[int]:
    """Articles, and the other texts at their addresses."""
    keys = f"SELECT key FROM publications WHERE article IN ({listed(articles)})"
    return set(connection.execute(text(f"SELECT article FROM publications WHERE key IN ({keys})")).scalars())


def read_compared(connection: Connection, articles: Iterable[int]) -> set[int]:
    """Those of which copies were looked for."""
    return set(
        connection.execute(text(f"SELECT article FROM fingerprints WHERE article IN ({listed(articles)})")).scalars()
    )


def read_sources(connection: Connection, articles: Iterable[int]) -> dict[int, "Published"]:
    """Where articles appeared, by their numbers."""
    rows = connection.execute(
        text(
            "SELECT p.article, a.id, p.key, p.version, p.outlet, p.title, p.url, p.published_from, p.published_until, "
            "p.input "
            "FROM publications p JOIN articles a ON a.number = p.article "
            f"WHERE p.article IN ({listed(articles)}) ORDER BY p.number"
        )
    )
    found: dict[int, tuple[str, list[Publication], dict[str, int]]] = {}
    for number, name, key, version, outlet, title, url, first, last, read in rows:
        _, publications, versions = found.setdefault(number, (name, [], {}))
        days = (first, last or first) if first else None
        publications.append(Publication(outlet, title, url, days, version, read))
        versions[key] = version
    return {
        number: Published(Source(name, tuple(sorted(publications, key=_when))), versions)
        for number, (name, publications, versions) in found.items()
    }


class Published(NamedTuple):
    """A source, and which version of what it is: by the key of each of its publications."""

    source: Source
    versions: Mapping[str, int]


def _when(publication: Publication) -> Days:
    return publication.published or ("~", "~")  # behind every day


def joined(published: Mapping[int, Published], reuse: Iterable[Reuse]) -> dict[int, int]:
    """By the number of each article: that of the voice, from 1, in the order of `published`."""
    parents: dict[object, object] = {}

    def root(node: object) -> object:
        while (above := parents.setdefault(node, node)) != node:
            node = above
        return node

    for one in reuse:
        parents[root(one.article)] = root(one.other)
    for number, its in published.items():
        for key in its.versions:
            parents[root(key)] = root(number)
    voices: dict[object, int] = {}
    return {number: voices.setdefault(root(number), len(voices) + 1) for number in published}


def find_descents(
    published: Mapping[int, Published], reuse: Iterable[Reuse], compared: Iterable[int]
) -> dict[int, Descent]:
    """Where each article has its words from, as far as days and containment tell.

    The earliest of a voice is the source, where it alone is the earliest. What came later is a copy of it; of what did
    not, that is a copy which is a part of another.
    """
    reuse = list(reuse)
    voices = joined(published, reuse)
    wholes = _wholes(reuse)
    copied = {number for one in reuse for number in (one.article, one.other)}
    return {
        number: Descent(voices[number], *_descent(number, published, voices, wholes, copied, set(compared)))
        for number in published
    }


def _descent(
    number: int,
    published: Mapping[int, Published],
    voices: Mapping[int, int],
    wholes: Mapping[int, list[int]],
    copied: set[int],
    compared: set[int],
) -> tuple[Origin, int | None]:
    others = [other for other in published if other != number and voices[other] == voices[number]]
    earlier = _earlier_version(number, others, published)
    if earlier is not None:
        return "version", earlier
    if not others:
        return ("own" if number in compared and number not in copied else "unknown"), None
    first = [other for other in others if is_before(published[other].source, published[number].source)]
    if first:
        return "copy", min(first, key=lambda other: published[other].source.published or ())
    for whole in wholes.get(number, ()):
        if whole in published and not is_before(published[number].source, published[whole].source):
            return "copy", whole
    if all(
        is_before(published[number].source, published[other].source) or _is_part(other, number, wholes)
        for other in others
    ):
        return "source", None
    return "unknown", None


def _earlier_version(number: int, others: Iterable[int], published: Mapping[int, Published]) -> int | None:
    """The latest of the earlier texts at the same address."""
    mine = published[number].versions
    earlier = [
        (version, other)
        for other in others
        for key, version in published[other].versions.items()
        if version < mine.get(key, 0)
    ]
    return max(earlier)[1] if earlier else None


def _wholes(reuse: Iterable[Reuse]) -> dict[int, list[int]]:
    """By article: those of which it is a part."""
    found: dict[int, list[int]] = {}
    for one in reuse:
        if one.of_article >= _WHOLE and one.of_other <= _PART:
            found.setdefault(one.article, []).append(one.other)
        elif one.of_other >= _WHOLE and one.of_article <= _PART:
            found.setdefault(one.other, []).append(one.article)
    return found


def _is_part(one: int, other: int, wholes: Mapping[int, list[int]]) -> bool:
    return other in wholes.get(one, ())


def is_before(one: Source, other: Source) -> bool:
    """Whether an article surely appeared on an earlier day than another."""
    return bool(one.published and other.published and one.published[1] < other.published[0])
