"""Whom a sentence names as one who may act: by name, as a people, by an office or as a body."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from retold.article import Article, Span
from retold.language.names import Entity, organization_words, role_words
from retold.language.tokens import Token, tokenize
from retold.ledger.grammar import lower, words
from retold.ledger.sides import Sides, side_at, side_in, side_of_name
from retold.statements.statement import Statement


class Actor(NamedTuple):
    """One who acts: the name as resolved, and the side that he stands for (None: unknown)."""

    name: str
    organization: str | None


class ActorMention(NamedTuple):
    """An actor named by `tokens[first:last]`, articles and roles before the name included."""

    first: int
    last: int
    actor: Actor
    person: bool


class Cast(NamedTuple):
    """Whom an article names: actors by the offset at which a mention of them begins, and what resolves the others."""

    article: Article
    sides: Sides
    mentions: dict[int, tuple[int, Actor, bool]]  # start -> end, actor, whether a person
    named: dict[str, set[Actor]]  # actors by name
    holders: dict[str, set[Actor]]  # persons by each word of the role the text gives, lower case
    bodies: tuple[str, ...]  # names of organizations


def gather_cast(article: Article, entities: Iterable[Entity], sides: Sides, organizations: dict[str, str]) -> Cast:
    """The people and bodies of `article` among its `entities`; `organizations` are sides known by name, from all
    articles."""
    mentions: dict[int, tuple[int, Actor, bool]] = {}
    named: defaultdict[str, set[Actor]] = defaultdict(set)
    holders: defaultdict[str, set[Actor]] = defaultdict(set)
    bodies: list[str] = []
    for entity in entities:
        actor = _half(entity, article.text) or _actor_of(entity, sides, organizations)
        if actor is None:
            continue
        named[actor.name].add(actor)
        for word in (entity.role or "").lower().split() if entity.kind == "person" else ():
            holders[word].add(actor)
        if entity.kind == "organization":
            bodies.append(entity.name)
        for span in entity.mentions:
            mentions[span.start] = (span.end, actor, entity.kind == "person")
    return Cast(article, sides, mentions, dict(named), dict(holders), tuple(bodies))


def _half(entity: Entity, text: str) -> Actor | None:
    """The Korea that "the North" is short for, where the article names it."""
    whole = f"{entity.name} Korea"
    return Actor(whole, whole) if entity.name in ("North", "South") and whole in text else None


def known_organizations(
    articles: Sequence[Article], entities: Sequence[Sequence[Entity]], statements: Iterable[Statement], sides: Sides
) -> dict[str, str]:
    """The side of each person and body by name, where the articles name one side and no other.

    It is named by a role, by the words around a mention, or by the words of a statement's source that stand for a
    speaker ("the US president said").
    """
    found: dict[str, set[str]] = {}
    texts = {article.id: article.text for article in articles}
    for statement in statements:
        for speaker in statement.speakers:
            mention = texts.get(statement.article, "")[slice(*speaker.mention)] if speaker.mention else ""
            side = side_in(sides, tokenize(mention)) if speaker.kind == "person" else None
            if speaker.name and side:
                found.setdefault(speaker.name, set()).add(side)
    for article, own in zip(articles, entities, strict=True):
        for entity in own:
            beside = [_side_beside(article.text, mention, sides) for mention in entity.mentions]
            named = {_side_of(entity, sides), *(beside if entity.kind == "person" else ())} - {None}
            found.setdefault(entity.name, set()).update(side for side in named if side)
    return {name: next(iter(sides_of)) for name, sides_of in found.items() if len(sides_of) == 1}


def _side_beside(text: str, mention: Span, sides: Sides) -> str | None:
    """The side that the words around one mention name: "Veldanian envoy Doe", "President Doe of Veldania"."""
    before = tokenize(text, max(text.rfind("\n", 0, mention.start) + 1, mention.start - _TITLE_REACH), mention.start)
    index = len(before)
    while index > 0 and _is_title(before[index - 1]):
        index -= 1
    if index < len(before):
        index -= lower(before[index - 1]) == "'s" if index else 0
        hits = (side_at(sides, before, start) for start in range(max(0, index - 3), index))
        side = next((form.side for form, end in filter(None, hits) if end == index and form.kind != "capital"), None)
        if side:
            return side
    after = tokenize(text, mention.end, min(len(text), mention.end + _TITLE_REACH))
    of_side = index < len(before) and len(after) > 1 and lower(after[0]) == "of"
    hit = side_at(sides, after, 1) if of_side else None
    return hit[0].side if hit and hit[0].kind == "name" else None


_TITLE_REACH = 60  # characters beside a name in which a title and its side are looked for


def _side_of(entity: Entity, sides: Sides) -> str | None:
    side = side_of_name(sides, entity.name)
    if side and entity.kind != "person":
        return side
    words_of = entity.role if entity.kind == "person" else entity.name
    return side_in(sides, tokenize(words_of)) if words_of else None


def _actor_of(entity: Entity, sides: Sides, organizations: dict[str, str]) -> Actor | None:
    """The actor that a name stands for; None for a place that is no side."""
    side = side_of_name(sides, entity.name)
    if side and entity.kind != "person":
        return Actor(side, side)
    parts = entity.name.lower().split()
    if entity.kind == "place" or parts[0] in words("adverb") | words("past") | words("time"):
        return None
    if entity.kind != "person" and not words("no party").isdisjoint(parts):
        return None
    return Actor(entity.name, organizations.get(entity.name))


def find_actors(tokens: Sequence[Token], cast: Cast) -> tuple[ActorMention, ...]:
    """Find the actors that the words of one sentence name, in text order, none overlapping.

    Empty: none. A group without a name or nationality ("the workers"), or an office that two people of the article
    hold, is nobody.
    """
    found: list[ActorMention] = []
    index = 0
    while index < len(tokens):
        mention = _mention_at(tokens, index, cast)
        if mention:
            found.append(mention)
        index = mention.last if mention else index + 1
    return tuple(found)


def _mention_at(tokens: Sequence[Token], index: int, cast: Cast) -> ActorMention | None:
    return (
        _named(tokens, index, cast)
        or _of_nation(tokens, index, cast)
        or _office_of(tokens, index, cast)
        or _body(tokens, index, cast)
        or _trade_body(tokens, index)
    )


def _named(tokens: Sequence[Token], index: int, cast: Cast) -> ActorMention | None:
    """A name that the article's entities hold."""
    known = cast.mentions.get(tokens[index].start)
    if known is None:
        return None
    end, actor, person = known
    last = index
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    group = _group(tokens, index, last, cast, actor)
    if group or _modifies_name(tokens, last, cast):
        return group
    place = last + 1 + (last + 1 < len(tokens) and lower(tokens[last + 1]) == "the")
    if person and place < len(tokens) and lower(tokens[last]) == "of":
        hit = side_at(cast.sides, tokens, place)
        if hit and hit[0].kind == "name":  # "President Doe of Veldania"
            last, actor = hit[1], Actor(actor.name, hit[0].side)
    return ActorMention(_with_title(tokens, index, cast), last, actor, person=person)


def _with_title(tokens: Sequence[Token], index: int, cast: Cast) -> int:
    """Where the words before a name begin that belong to it: honorific, role, nationality, article."""
    first = index
    while first > 0 and index - first < 7 and _belongs_to_name(tokens, first, cast):
        first -= 1
    return first


def _belongs_to_name(tokens: Sequence[Token], index: int, cast: Cast) -> bool:
    token = tokens[index - 1]
    word = lower(token)
    if word in role_words() or word.rstrip(".") in ("mr", "mrs", "ms", "dr", "sir", "lord", "lady", "the"):
        return True
    if word in ("of", "state"):
        return index > 1 and lower(tokens[index - 2]) in ("secretary", "of")
    if word in _TITLE_WORDS:
        return True
    form = cast.sides.get((token.text,))
    return form is not None and form.kind in ("adjective", "name")


def _of_nation(tokens: Sequence[Token], index: int, cast: Cast) -> ActorMention | None:
    """A side by name or people ("the Russians"), or an office or group of it ("the Russian president")."""
    hit = side_at(cast.sides, tokens, index)
    if hit is None:
        return None
    form, end = hit
    if form.kind == "body":
        first = index - 1 if index > 0 and lower(tokens[index - 1]) == "the" else index
        name = " ".join(token.text for token in tokens[index:end])
        return ActorMention(first, end, Actor(name, form.side), person=False)
    side = Actor(form.side, form.side)
    group = _group(tokens, index, end, cast, side)
    if group or _modifies_name(tokens, end, cast):
        return group
    first = index - 1 if index > 0 and lower(tokens[index - 1]) == "the" else index
    if form.kind == "adjective":
        # "the British", "the French" are the people only where no noun follows: the verb after them decides.
        peopled = first < index and tokens[index].text.endswith(("sh", "ch", "ese", "ss"))
        return ActorMention(first, end, side, person=False) if peopled else None
    return ActorMention(first, end, side, person=False)


def _group(tokens: Sequence[Token], index: int, end: int, cast: Cast, side: Actor) -> ActorMention | None:
    """The office or group that the words of a side modify: "Russian delegation", "Russia's foreign minister"."""
    form = cast.sides.get(tuple(token.text for token in tokens[index:end]))
    if form is None:
        return None
    head = end + 1 if end < len(tokens) and lower(tokens[end]) == "'s" else end
    stop = head
    while stop < len(tokens) and stop - head < 4 and tokens[stop].text[0].islower() and not _is_head(tokens[stop]):
        stop += 1
    if stop == len(tokens) or stop - head > 3 or not _is_head(tokens[stop]):
        return None
    while stop + 1 < len(tokens) and _is_head(tokens[stop + 1]) and tokens[stop + 1].start not in cast.mentions:
        stop += 1
    if stop + 1 < len(tokens) and tokens[stop + 1].start in cast.mentions:
        return None  # the name that follows is the actor
    first = index - 1 if index > 0 and lower(tokens[index - 1]) == "the" else index
    return _head_mention(tokens, first, stop, side, cast)


def _modifies_name(tokens: Sequence[Token], end: int, cast: Cast) -> bool:
    """Whether the words before `end` only say where a person named right after is from ("US President Doe")."""
    index = end + 1 if end < len(tokens) and lower(tokens[end]) == "'s" else end
    begin = index
    while index < len(tokens) and index - begin < 5 and _is_title(tokens[index]):
        index += 1
    return begin < index < len(tokens) and cast.mentions.get(tokens[index].start, (0, None, False))[2]


def _is_title(token: Token) -> bool:
    word = lower(token)
    return word in role_words() or word in _TITLE_WORDS


_TITLE_WORDS = frozenset(
    ("special", "foreign", "prime", "vice", "former", "chief", "deputy", "acting", "defence", "defense", "of", "state")
)


def _is_head(token: Token) -> bool:
    word = lower(token)
    return word in role_words() or word in words("state noun") or word in words("group noun")


def _head_mention(tokens: Sequence[Token], first: int, head: int, side: Actor, cast: Cast) -> ActorMention | None:
    """The mention whose head noun, of a known side, is `tokens[head]`."""
    noun = lower(tokens[head])
    if noun in words("state noun"):
        return ActorMention(first, head + 1, side, person=False)
    if noun in words("group noun"):
        begin = first + (lower(tokens[first]) == "the")
        name = " ".join(token.text for token in tokens[begin : head + 1])
        return ActorMention(first, head + 1, Actor(name, side.organization), person=False)
    if noun.endswith("s") and noun[:-1] in role_words():
        return None
    holders = {actor for actor in cast.holders.get(noun, ()) if actor.organization == side.name}
    if len(holders) > 1:
        return None
    actor = holders.pop() if holders else _unnamed_office(tokens, first, head, side)
    return ActorMention(first, head + 1, actor, person=True)


def _unnamed_office(tokens: Sequence[Token], first: int, head: int, side: Actor) -> Actor:
    begin = first + (lower(tokens[first]) == "the")
    name = " ".join(token.text for token in tokens[begin : head + 1])
    return Actor(name.replace(" ’s", "’s").replace(" 's", "'s"), side.name)


def _office_of(tokens: Sequence[Token], index: int, cast: Cast) -> ActorMention | None:
    """An office of a side named after it: "the president of Veldania", "leaders of the European Union"."""
    if not _is_head(tokens[index]) or index + 2 >= len(tokens) or lower(tokens[index + 1]) not in ("of", "from", "for"):
        return None
    place = index + 2 + (lower(tokens[index + 2]) == "the")
    hit = side_at(cast.sides, tokens, place) if place < len(tokens) else None
    if hit is None or hit[0].kind == "adjective":
        return None
    side = Actor(hit[0].side, hit[0].side)
    mention = _head_mention(tokens, index, index, side, cast)
    if mention is None:
        return None
    first = index
    while first > 0 and index - first < 3 and lower(tokens[first - 1]) in _BEFORE_OFFICE:
        first -= 1
    unnamed = mention.actor.name == tokens[index].text
    actor = Actor(" ".join(t.text for t in tokens[index : hit[1]]), side.name) if unnamed else mention.actor
    return mention._replace(first=first, last=hit[1], actor=actor)


_BEFORE_OFFICE = ("the", "prime", "foreign", "chief", "special")


def _body(tokens: Sequence[Token], index: int, cast: Cast) -> ActorMention | None:
    """ "The union", "the president": the one body or office-holder of the article that it can stand for."""
    if lower(tokens[index]) != "the" or index + 1 >= len(tokens):
        return None
    head = index + 1
    noun = lower(tokens[head])
    if noun == "prime" and head + 1 < len(tokens):
        head, noun = head + 1, lower(tokens[head + 1])
    if tokens[head].text[0].isupper() or (head + 1 < len(tokens) and _is_head(tokens[head + 1])):
        return None
    if noun in organization_words():
        bodies = {name for name in cast.bodies if name.lower().endswith(noun)}
        found = {Actor(name, side_in(cast.sides, tokenize(name))) for name in bodies}
    else:
        found = cast.holders.get(noun, set()) if noun in role_words() else set()
    if len(found) != 1:
        return None
    return ActorMention(index, head + 1, next(iter(found)), person=noun in role_words())


_LONGEST_TRADE = 3  # words between the trade and its body ("the dockers' and pilots' union")


def _trade_body(tokens: Sequence[Token], index: int) -> ActorMention | None:
    """ "The dockers' union", "the shipowners' association": a body known by those whom it speaks for."""
    first = index + (lower(tokens[index]) == "the")
    if first + 2 >= len(tokens) or not lower(tokens[first]).endswith("s") or lower(tokens[first + 1]) not in ("'", "’"):
        return None
    for head in range(first + 2, min(len(tokens), first + 3 + _LONGEST_TRADE)):
        if lower(tokens[head]) in organization_words() or lower(tokens[head]) in words("group noun"):
            name = "".join(_spaced(token) for token in tokens[first : head + 1]).strip()
            return ActorMention(index, head + 1, Actor(name, None), person=False)
        if not tokens[head].text[0].islower():
            return None
    return None


def _spaced(token: Token) -> str:
    return token.text if token.text in ("'", "’") else f" {token.text}"
