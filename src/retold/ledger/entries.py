"""The ledger's rows: who did what about which issue, from what the network says of each pair of actor and issue.

The network proposes act, status and words; rules say who tells it, under which condition, and what PLOVER calls it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
import numpy as np

from retold.article import Article, Pin, Span
from retold.language.names import Entity, find_entities
from retold.language.tables import read_table
from retold.language.tokens import Token, tokenize
from retold.ledger.actors import Actor, Cast, gather_cast, known_organizations
from retold.ledger.acts import ACTS, PARTS, Reading, read_acts
from retold.ledger.codebook import Codebook
from retold.ledger.conditions import find_conditions
from retold.ledger.grammar import lower
from retold.ledger.identities import KnownActor, Roster, call_roster, merge_actors, with_listed
from retold.ledger.pairs import Pair, find_pairs, speaks_for
from retold.ledger.plover import plover_event
from retold.ledger.position import Act, Entry, EntryWords
from retold.ledger.scenes import Scene, find_issues, read_scenes
from retold.ledger.sides import derive_sides
from retold.statements.attribution import overlap
from retold.statements.statement import Statement

LEAST_SURE = 0.3
"""How likely an act must be to become a row: below it, fewer than half are acts that a reader sees too."""

_PART = 0.5  # how likely a word must be to belong to a part of an act


class _Told(NamedTuple):
    """A pair that an act joins. `act_words` are the words of the act, `probability` how likely it is this act."""

    pair: Pair
    reading: Reading
    act: Act
    probability: float
    act_words: Span


def find_entries(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    codebook: Codebook,
    entities: Sequence[Sequence[Entity]] | None = None,
    actors: Sequence[KnownActor] = (),
) -> tuple[Entry, ...]:
    """Find who acts on which issue of `codebook`, in the order of the articles and of their words.

    `statements` are those of `articles` (others are ignored), `entities` whom each article names (None: they are
    looked for here, by rules alone), `actors` an analyst's own. Each entry is pinned to the words of its actor, act,
    issue and condition: `article.text[start:end]` of its evidence. Empty: nobody acts on any issue. Raises: nothing.
    """
    read = read_entries(articles, statements, codebook, entities, actors)
    return resolve_entries(read, actors)


class ArticleEntries(NamedTuple):
    """The entries of one article under the names that it uses, and what is needed to name actors across articles."""

    entries: tuple[Entry, ...]
    roster: Roster


def read_entries(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    codebook: Codebook,
    entities: Sequence[Sequence[Entity]] | None = None,
    actors: Sequence[KnownActor] = (),
) -> list[ArticleEntries]:
    """The first step of `find_entries`, which takes nearly all of its time: each article's entries, in order."""
    tokens = [(article, _own_tokens(article)) for article in articles]
    sides = derive_sides(tokens)
    named = [find_entities(article) for article in articles] if entities is None else entities
    organizations = known_organizations(articles, named, statements, sides)
    by_article: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.article].append(statement)
    casts = [
        with_listed(gather_cast(article, own, sides, organizations), actors)
        for article, own in zip(articles, named, strict=True)
    ]
    return [
        ArticleEntries(tuple(_article_entries(cast, by_article[cast.article.id], codebook)), call_roster(cast))
        for cast in casts
    ]


def resolve_entries(read: Sequence[ArticleEntries], actors: Sequence[KnownActor] = ()) -> tuple[Entry, ...]:
    """The second step of `find_entries`: one name for each actor across all articles; ids of rows do not change."""
    found: dict[str, Entry] = {}
    for one in read:
        for entry in one.entries:
            found.setdefault(entry.id, entry)
    rows = list(found.values())
    rosters = [one.roster for one in read]
    merged = merge_actors(rosters, [Actor(row.actor, row.organization) for row in rows], actors)
    names = {before.name: after.name for before, after in merged.items()}
    resolved = []
    for row in rows:
        actor = merged.get(Actor(row.actor, row.organization), Actor(row.actor, row.organization))
        recipient = names.get(row.recipient, row.recipient) if row.recipient else None
        resolved.append(
            msgspec.structs.replace(row, actor=actor.name, organization=actor.organization, recipient=recipient)
        )
    return tuple(resolved)


def _own_tokens(article: Article) -> list[Token]:
    return [token for block in article.own_blocks() for token in tokenize(article.text, block.start, block.end)]


def _article_entries(cast: Cast, statements: Sequence[Statement], codebook: Codebook) -> Iterator[Entry]:
    issues = find_issues(cast, codebook)
    pairs = [pair for scene, before in read_scenes(cast, statements, issues) for pair in find_pairs(scene, before)]
    told = filter(None, map(_tell, pairs, read_acts(pairs)))
    by_id = {statement.id: statement for statement in statements}
    kept = _each_once(told)
    acts: defaultdict[Span, list[Span]] = defaultdict(list)
    for one in kept:
        acts[one.pair.scene.sentence].append(one.act_words)
    for one in kept:
        yield _entry(one, by_id, acts[one.pair.scene.sentence])


def _tell(pair: Pair, reading: Reading) -> _Told | None:
    """The likeliest act of a pair; None where it is too unlikely, or no word does it."""
    best = int(reading.acts[: len(ACTS)].argmax())
    words = _run(reading, "act", always=True)
    if reading.acts[best] < LEAST_SURE or words is None:
        return None
    return _Told(pair, reading, ACTS[best], float(reading.acts[best]), words)


def _each_once(told: Iterable[_Told]) -> list[_Told]:
    """Of the acts of one actor on issues with the same words the surest for each issue."""
    best: dict[tuple[str, str, Span], _Told] = {}
    for one in told:
        key = (one.pair.actor.name, one.pair.issue.label, one.act_words)
        if key not in best or one.probability > best[key].probability:
            best[key] = one
    return list(best.values())


def _run(reading: Reading, part: str, *, always: bool = False) -> Span | None:
    """The words that most likely belong to a part: the run around the likeliest of them; None: none does.

    `always`: take the likeliest word even if it is not likely.
    """
    chances = reading.parts[:, PARTS.index(part)]
    if not len(chances):
        return None
    best = int(chances.argmax())
    if chances[best] < _PART and not always:
        return None
    first = last = best
    while first > 0 and max(chances[max(0, first - 2) : first]) >= _PART:
        first -= 1 if chances[first - 1] >= _PART else 2
    while last + 1 < len(chances) and max(chances[last + 1 : last + 3]) >= _PART:
        last += 1 if chances[last + 1] >= _PART else 2
    return Span(reading.words[first].start, reading.words[last].end)


def _entry(told: _Told, by_id: dict[str, Statement], acts: Sequence[Span]) -> Entry:
    pair, scene = told.pair, told.pair.scene
    article, status = scene.article, told.reading.status[0]
    parts = _parts(told, acts)
    span = _evidence(parts)
    statement = _statement(scene, told.act_words)
    event = plover_event(told.act, status, article.text[slice(*span)], told.reading.plover)
    return Entry(
        id=_entry_id(article, told),
        actor=pair.actor.name,
        organization=pair.actor.organization,
        recipient=_recipient(told),
        issue=pair.issue.code,
        concept=pair.issue.label,
        act=told.act,
        plover=event.type,
        mode=event.mode,
        contexts=pair.issue.contexts,
        agreement={"for": True, "against": False}.get(told.reading.stance[0]),
        status=status,
        condition=_words(article, parts.condition),
        consequence=_words(article, parts.consequence),
        hearsay=_is_hearsay(told, by_id),
        statement=statement.id if statement else None,
        speaker=next((one.name for one in statement.speakers if one.name), None) if statement else None,
        channel=statement.channel if statement else None,
        words=parts,
        evidence=Pin(article.id, span),
        said_on=statement.said_on if statement else None,
        how="model:acts",
        confidence=round(reliability(told.probability), 2),
    )


def reliability(probability: float) -> float:
    """How often an act that is found with this probability is right (data/reliability.tsv)."""
    points = _measured()
    return float(np.interp(probability, [one for one, _ in points], [right for _, right in points]))


@cache
def _measured() -> tuple[tuple[float, float], ...]:
    rows = read_table("retold.ledger", "reliability.tsv")
    return tuple((float(row["probability"]), float(row["right"])) for row in rows)


def _words(article: Article, span: Span | None) -> str | None:
    return article.text[slice(*span)] if span else None


def _parts(told: _Told, acts: Sequence[Span]) -> EntryWords:
    pair, act = told.pair, told.act_words
    issue = None if pair.earlier else min(pair.issue_words, key=lambda span: _gap(span, act))
    return EntryWords(
        actor=min(pair.actor_words, key=lambda span: _gap(span, act), default=None),
        act=act,
        issue=issue,
        condition=_condition(told, acts),
        consequence=_run(told.reading, "consequence"),
    )


def _gap(a: Span, b: Span) -> int:
    """How many characters lie between two spans."""
    return max(a.start - b.end, b.start - a.end, 0)


_UNCONDITIONAL = frozenset({"accuse", "deny", "meet"})


def _condition(told: _Told, others: Sequence[Span]) -> Span | None:
    """The clause that states the condition of an act: the one in which the network sees it; else the one that follows
    the act before any other (`others` are the words of the acts of the sentence), or that opens the sentence.

    Where no clause opens with a word of condition ("in return") the words that the network sees are the condition.
    """
    scene = told.pair.scene
    clauses = [scene.span(*clause) for clause in find_conditions(scene.tokens)]
    seen = _run(told.reading, "condition")
    if seen:
        return next((clause for clause in clauses if overlap(clause, seen)), seen)
    if told.act in _UNCONDITIONAL:
        return None
    layer = _layer(scene, told.act_words)
    for clause in clauses:
        between = [span for span in others if told.act_words.end <= span.start < clause.start]
        follows = told.act_words.end <= clause.start and not between
        opens = clause.start <= scene.sentence.start + 1 and clause.end <= told.act_words.start
        if (follows or opens) and _layer(scene, clause) is layer:
            return clause
    return None


def _evidence(parts: EntryWords) -> Span:
    """The words from the first to the last of actor, act, issue, condition and consequence."""
    spans = [one for one in (parts.actor, parts.act, parts.issue, parts.condition, parts.consequence) if one]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _entry_id(article: Article, told: _Told) -> str:
    """Stable over runs, and over codes and labels of the codebook: an issue is known by its cue words."""
    words = told.act_words
    key = f"{words.start}-{words.end}-{told.act}-{told.pair.actor.name}-{'|'.join(told.pair.issue.cues)}"
    return f"{article.id}-l{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _statement(scene: Scene, act: Span) -> Statement | None:
    """The innermost statement in which an act is told, else the one that its words announce."""
    inside = _layer(scene, act)
    announced = (s for s in scene.statements if any(overlap(cue, act) for cue in s.cue))
    return inside or next(announced, None)


def _layer(scene: Scene, act: Span) -> Statement | None:
    # What is no token (a trailing emoji) belongs to the last one.
    index = next((i for i, token in enumerate(scene.tokens) if token.end > act.start), -1)
    return scene.layers[index]


# Of 214 acts of the probes for mending the rule alone is right of 89 %, the network alone of 87 %, both so of 94 %.
_NOT_SO = 0.2  # how likely the network must at least find what the rule says


def _is_hearsay(told: _Told, by_id: dict[str, Statement]) -> bool:
    """Whether someone else than the actor says so: as the rule has it, unless the network is sure that it is wrong."""
    return told.reading.hearsay > (_NOT_SO if _is_told_by_another(told, by_id) else 1 - _NOT_SO)


def _is_told_by_another(told: _Told, by_id: dict[str, Statement]) -> bool:
    """Whether a statement around the act has a speaker who does not speak for the actor."""
    scene = told.pair.scene
    around = _layer(scene, told.act_words)
    while around:
        if not any(speaks_for(one, told.pair.actor, scene.cast) for one in around.speakers):
            return True
        around = by_id.get(around.parent) if around.parent else None
    return False


_SMALL = frozenset(("with", "on", "to", "from", "of", "the", "that", "for", "against", "by", "upon", "at"))


def _recipient(told: _Told) -> str | None:
    """The actor named right after the act, or after a small word or two ("met with", "demanded of the")."""
    scene, pair = told.pair.scene, told.pair
    index = next((i for i, token in enumerate(scene.tokens) if token.start >= told.act_words.end), len(scene.tokens))
    after = next((m for m in scene.mentions if m.first >= index and m.actor != pair.actor), None)
    if after is None or after.first - index > 2:
        return None
    place = scene.span(after.first, after.last)
    named = any(overlap(place, span) for span in pair.issue_words)
    small = all(lower(token) in _SMALL for token in scene.tokens[index : after.first])
    return after.actor.name if small and not named else None
