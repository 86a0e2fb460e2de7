"""What is found in an article before it is kept: the work that costs time, done outside any transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from retold.article import Article, Problem
from retold.language.names import Entity
from retold.language.vectors import text_vectors
from retold.library.codes import pack_codes
from retold.library.copies import own_fingerprint
from retold.library.versions import reading_version
from retold.pipeline import Found, find_each
from retold.statements.statement import Statement
from retold.stories import Profile, make_profile, make_profiles
from retold.stories.postings import Keys


class Reading(NamedTuple):
    """The findings of one version of the models and rules in one article. `vectors`: see codes.py."""

    version: str
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    vectors: bytes


class Prepared(NamedTuple):
    """An article ready to be kept. `reading` None: its statements are left for later."""

    article: Article
    reading: Reading | None
    fingerprint: Keys
    profile: Profile


def prepare_each(articles: Iterable[Article], *, fast: bool, quick: bool) -> Iterator[Prepared | Problem]:
    """Each article with what is found in it, in order; what fails is a problem in its place.

    `quick`: without statements, which take nine tenths of the time. `fast`: see `find_statements`.
    """
    if quick:
        rest = iter(articles)
        while some := list(islice(rest, _TOGETHER)):
            for article, profile in zip(some, make_profiles(some), strict=True):
                yield Prepared(article, None, own_fingerprint(article), profile)
    else:
        version = reading_version(fast)
        for found in find_each(articles, fast=fast):
            yield found if isinstance(found, Problem) else _prepare(found, version)


_TOGETHER = 32
"""Articles whose vectors are made together."""


def _prepare(found: Found, version: str) -> Prepared:
    article = found.article
    return Prepared(article, _read(found, version), own_fingerprint(article), make_profile(article))


def _read(found: Found, version: str) -> Reading:
    told = [" ".join(found.article.words(one.content).split()) for one in found.statements]
    return Reading(version, found.statements, found.entities, pack_codes(text_vectors(told)))
