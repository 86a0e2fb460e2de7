"""The stories of a library as its users see them: what they are about, when, and in how many voices they are told."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Select, func, select

from retold.library import schema
from retold.library.errors import LibraryError
from retold.library.lineages import voices_of
from retold.library.outlets import named_by, outlets_of
from retold.library.query import read_query
from retold.library.rows import in_parts
from retold.library.selecting import ALL_ROWS, Wanted, story_number
from retold.library.words import find_words
from retold.stories.changes import Kind


class StoryArticle(msgspec.Struct, frozen=True):
    """An article of a story. `given_ids`: those that bulk input, feeds and archives gave it. `outlets`: all that
    published it; empty: none is known. `published`: first and last possible day, None: unknown. `voice`: articles of
    one number are copies of one another."""

    id: str
    given_ids: tuple[str, ...]
    title: str | None
    outlets: tuple[str, ...]
    published: tuple[str, str] | None
    voice: int


class NotedChange(msgspec.Struct, frozen=True):
    """What became of a story when an article (`cause`, an id) came or went; see `retold.stories.StoryChange`.

    `others` are ids of stories, `articles` of articles; `at` is when it was noted.
    """

    kind: Kind
    cause: str
    others: tuple[str, ...]
    articles: tuple[str, ...]
    at: str


class Story(msgspec.Struct, frozen=True):
    """The articles about one event. `title` is that of its first article that has one. `since` and `until` are the days
    from its first to its last article, None: no article has a known day. `voices`: how many articles that are no copies
    of one another."""

    id: str
    title: str | None
    since: str | None
    until: str | None
    voices: int
    outlets: tuple[str, ...]
    articles: tuple[StoryArticle, ...]
    changes: tuple[NotedChange, ...] = ()


class StoryPage(msgspec.Struct, frozen=True):
    """The first of the stories asked for, and how many there are: with at least so many articles, and with fewer."""

    stories: tuple[Story, ...]
    total: int
    smaller: int


def story_id(number: int) -> str:
    """How a story is named."""
    return f"s{number}"


def list_stories(connection: Connection, wanted: Wanted, least: int, most: int) -> StoryPage:
    """The stories with an article that is asked for, those with the latest article first, undated ones last.

    `least`: articles that a story must have to be listed; `most`: stories that are listed.
    """
    counted = _grouped(connection, wanted).subquery()
    large = counted.c.size >= least
    total = connection.execute(select(func.count()).select_from(counted).where(large)).scalar_one()
    smaller = connection.execute(select(func.count()).select_from(counted).where(~large)).scalar_one()
    latest = func.coalesce(counted.c.until, "")
    chosen = select(counted.c.story).where(large).order_by(latest.desc(), counted.c.size.desc(), counted.c.story)
    numbers = list(connection.execute(chosen.limit(most)).scalars())
    return StoryPage(_describe(connection, numbers), int(total), int(smaller))


def find_story(connection: Connection, given: str) -> Story:
    """One story with its history. Raises LibraryError: there is none of this id."""
    number = story_number(given)
    found = _describe(connection, [number])
    if not found:
        raise LibraryError(_gone(connection, number))
    return msgspec.structs.replace(found[0], changes=_changes(connection, number))


def _gone(connection: Connection, number: int) -> str:
    """Why there is no such story: it never was, or it went into another."""
    columns = schema.story_changes.c
    merged = select(columns.story, columns.others).where(columns.kind == "merged").order_by(columns.number)
    for row in connection.execute(merged):
        if number in msgspec.json.decode(row.others):
            return f"story {story_id(number)} was merged into {story_id(row.story)}: ask for that one"
    return f"there is no story {story_id(number)}: `retold stories` lists them"


def _grouped(connection: Connection, wanted: Wanted) -> Select[tuple[int, int, str, str]]:
    """A query for stories with how many articles they have, their first and their last day."""
    members, articles = schema.members, schema.articles
    since, until = func.min(articles.c.published_from), func.max(articles.c.published_until)
    query = (
        select(members.c.story, func.count().label("size"), since.label("since"), until.label("until"))
        .join_from(members, articles, articles.c.number == members.c.article)
        .group_by(members.c.story)
    )
    if wanted.since is not None:
        query = query.having(until >= wanted.since)
    if wanted.until is not None:
        query = query.having(since <= wanted.until)
    if wanted.about is not None:
        found = find_words(connection, "article_words", read_query(wanted.about), ALL_ROWS)
        stories = _stories_of(connection, found)
        query = query.where(members.c.story.in_(stories))
    return query


def _stories_of(connection: Connection, numbers: Sequence[int]) -> list[int]:
    columns = schema.members.c
    found: set[int] = set()
    for some in in_parts(numbers):
        found.update(connection.execute(select(columns.story).where(columns.article.in_(some))).scalars())
    return sorted(found)


def _describe(connection: Connection, numbers: Sequence[int]) -> tuple[Story, ...]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    columns = schema.members.c
    for some in in_parts(numbers):
        query = select(columns.story, columns.article).where(columns.story.in_(some)).order_by(columns.article)
        for row in connection.execute(query):
            members[row.story].append(row.article)
    told = _articles(connection, [article for group in members.values() for article in group])
    return tuple(_story(number, [told[one] for one in members[number]]) for number in numbers if members[number])


def _articles(connection: Connection, numbers: Sequence[int]) -> dict[int, StoryArticle]:
    outlets, titles = outlets_of(connection, numbers), _titles(connection, numbers)
    given = named_by(connection, numbers, schema.publications.c.given_id)
    voices = voices_of(connection, numbers)
    columns, found = schema.articles.c, {}
    for some in in_parts(numbers):
        query = select(columns.number, columns.id, columns.published_from, columns.published_until)
        for number, name, first, last in connection.execute(query.where(columns.number.in_(some))):
            found[number] = StoryArticle(
                id=name,
                given_ids=tuple(given.get(number, ())),
                title=titles.get(number),
                outlets=tuple(outlets.get(number, ())),
                published=(first, last) if first and last else None,
                voice=voices[number],
            )
    return found


def _titles(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The title under which each article appeared first."""
    columns = schema.publications.c
    found: dict[int, str] = {}
    for some in in_parts(numbers):
        query = select(columns.article, columns.title).where(columns.article.in_(some), columns.title.is_not(None))
        for article, title in connection.execute(query.order_by(columns.number)):
            found.setdefault(article, title)
    return found


def _story(number: int, articles: Sequence[StoryArticle]) -> Story:
    ordered = sorted(articles, key=lambda one: (one.published is None, one.published or ("", ""), one.id))
    voices = {voice: place for place, voice in enumerate(dict.fromkeys(one.voice for one in ordered), 1)}
    days = [one.published for one in ordered if one.published]
    return Story(
        id=story_id(number),
        title=next((one.title for one in ordered if one.title), None),
        since=min((first for first, _ in days), default=None),
        until=max((last for _, last in days), default=None),
        voices=len(voices),
        outlets=tuple(dict.fromkeys(outlet for one in ordered for outlet in one.outlets)),
        articles=tuple(msgspec.structs.replace(one, voice=voices[one.voice]) for one in ordered),
    )


def _changes(connection: Connection, number: int) -> tuple[NotedChange, ...]:
    columns = schema.story_changes.c
    rows = connection.execute(
        select(columns.kind, columns.cause, columns.others, columns.articles, columns.at)
        .where(columns.story == number)
        .order_by(columns.number)
    )
    return tuple(
        NotedChange(
            row.kind,
            row.cause,
            tuple(map(story_id, msgspec.json.decode(row.others))),
            tuple(msgspec.json.decode(row.articles)),
            row.at,
        )
        for row in rows
    )
