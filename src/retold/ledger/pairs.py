"""Pairs: each actor of a sentence with each issue that it, or the sentence before, names.

Nothing here says that the actor does anything about the issue: that is what `acts.py` is asked about each pair.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retold.article import Span
from retold.language.tokens import tokenize
from retold.ledger.actors import Actor, ActorMention, Cast
from retold.ledger.codebook import Issue
from retold.ledger.grammar import lower
from retold.ledger.scenes import Scene
from retold.ledger.sides import side_in, side_of_name
from retold.statements.attribution import overlap
from retold.statements.statement import Speaker, Statement


class Pair(NamedTuple):
    """An actor and an issue. `actor_words` are where the sentence names the actor (empty: only the statement's source
    elsewhere does); `issue_words` where the issue is named, in the sentence or in that of `earlier`.
    """

    scene: Scene
    actor: Actor
    actor_words: tuple[Span, ...]
    issue: Issue
    issue_words: tuple[Span, ...]
    earlier: Scene | None


def find_pairs(scene: Scene, before: Scene | None) -> Iterator[Pair]:
    """The pairs of a sentence: the actors in the order of their words, for each the issues in theirs.

    Where the sentence names no issue, those of the sentence before are taken, for "it" and "the offer" may stand for
    them. Empty: no actor, or no issue.
    """
    issues, earlier = _issues(scene), None
    if not issues and before and before.issues:
        issues, earlier = _issues(before), before
    for actor, spans in _actors(scene, before).items():
        for issue, mentions in issues.items():
            if not _is_named_by(spans, mentions):
                yield Pair(scene, actor, tuple(spans), issue, tuple(mentions), earlier)


def _issues(scene: Scene) -> dict[Issue, list[Span]]:
    found: dict[Issue, list[Span]] = {}
    for mention in scene.issues:
        found.setdefault(mention.issue, []).append(mention.span)
    return found


def _is_named_by(actor: Sequence[Span], issue: Sequence[Span]) -> bool:
    """Whether an actor is only a part of the issue ("NATO membership")."""
    return bool(actor) and all(any(overlap(a, i) for i in issue) for a in actor)


def _actors(scene: Scene, before: Scene | None) -> dict[Actor, list[Span]]:
    """Every actor who is named in a sentence, stands behind one of its pronouns, or speaks in it."""
    found: dict[Actor, set[Span]] = {}
    for mention in scene.mentions:
        found.setdefault(mention.actor, set()).add(scene.span(mention.first, mention.last))
    for statement in scene.statements:
        for actor in speaker_actors(statement.speakers, scene.cast):
            inside = [s for s in statement.source if scene.sentence.start <= s.start and s.end <= scene.sentence.end]
            found.setdefault(actor, set()).update(inside)
    for actor, span in _pronouns(scene, before):
        found.setdefault(actor, set()).add(span)
    return {actor: sorted(spans) for actor, spans in sorted(found.items(), key=lambda one: _place(one[1], one[0]))}


def _place(spans: set[Span], actor: Actor) -> tuple[int, str]:
    return (min(span.start for span in spans) if spans else -1, actor.name)


def speaker_actors(speakers: Sequence[Speaker], cast: Cast) -> tuple[Actor, ...]:
    """The actors that speakers are; those who are unknown are left out."""
    return tuple(dict.fromkeys(_speaker_actor(speaker.name, cast) for speaker in speakers if speaker.name))


def _speaker_actor(name: str, cast: Cast) -> Actor:
    side = side_of_name(cast.sides, name)
    if side:
        return Actor(side, side)
    known = cast.named.get(name, set())
    return next(iter(known)) if len(known) == 1 else Actor(name, None)


_FIRST = frozenset(("i", "we", "me", "us", "my", "our", "ours"))
_THIRD = frozenset(("he", "she", "his", "her", "him"))
_THING = frozenset(("it", "they", "its", "their"))


def _pronouns(scene: Scene, before: Scene | None) -> Iterator[tuple[Actor, Span]]:
    """The pronouns of a sentence whose actor is certain enough to be asked about."""
    for index, token in enumerate(scene.tokens):
        word = lower(token).split("'")[0]
        layer = scene.layers[index]
        if word in _FIRST:
            actors = speaker_actors(layer.speakers, scene.cast) if layer else ()
        elif word in _THIRD or word in _THING:
            actors = _of_third(scene, before, index, word)
        elif word in ("both", "two"):
            actors = _of_two(scene, before, index)
        else:
            continue
        yield from ((actor, Span(token.start, token.end)) for actor in actors)


def _of_third(scene: Scene, before: Scene | None, index: int, word: str) -> tuple[Actor, ...]:
    """Whom "he" or "it" stands for: in indirect speech its speaker if nobody else is named before; else the one who
    can be meant."""
    layer = scene.layers[index]
    if layer and layer.kind == "indirect" and not _named_within(scene, layer, index):
        person = bool(layer.speakers) and layer.speakers[0].kind == "person"
        return speaker_actors(layer.speakers, scene.cast) if person is (word in _THIRD) else ()
    if layer:
        return ()
    if word in _THIRD:
        earlier = before.mentions if before else ()
        people = {m.actor for m in (*earlier, *(m for m in scene.mentions if m.last <= index)) if m.person}
        return tuple(people) if len(people) == 1 else ()
    opening = all(not token.is_word for token in scene.tokens[:index])
    first = before.mentions[0] if opening and before and before.mentions else None
    return (first.actor,) if first and not first.person and first.first <= 1 else ()


def _named_within(scene: Scene, layer: Statement, index: int) -> bool:
    """Whether an actor is named in a statement's words before the token at `index`."""
    return any(scene.layers[m.first] is layer and m.first < index for m in scene.mentions)


_TWO = frozenset(("sides", "countries", "nations", "governments", "parties", "leaders", "men", "states", "neighbours"))


def _of_two(scene: Scene, before: Scene | None, index: int) -> tuple[Actor, ...]:
    """Whom "both sides" or "the two leaders" stands for, where exactly two can be meant."""
    after = scene.tokens[index + 1 : index + 3]
    heads = [lower(token) for token in after if lower(token) in _TWO]
    if not heads:
        return ()
    earlier = [*(before.mentions if before else ()), *(m for m in scene.mentions if m.last <= index)]
    persons = heads[0] in ("leaders", "men")
    found = dict.fromkeys(m.actor if persons else _side(m) for m in earlier if m.person is persons)
    return tuple(found) if len(found) == 2 else ()


def _side(mention: ActorMention) -> Actor:
    side = mention.actor.organization
    return Actor(side, side) if side else mention.actor


def speaks_for(speaker: Speaker, actor: Actor, cast: Cast) -> bool:
    """Whether a speaker is the actor, or speaks for the side or body that the actor is.

    "Russian officials" and "its spokesman" speak for Russia; so does who holds an office of which no other side is
    named ("Finland is ready to help, President Stubb said"): that a foreign minister speaks of another country is said
    with his own.
    """
    if speaker.name == actor.name:
        return True
    if speaker.name is None:
        words = tokenize(cast.article.text[slice(*speaker.mention)] if speaker.mention else "")
        own = bool(words) and lower(words[0]) in _POSSESSIVE
        return own or actor.name == actor.organization == side_in(cast.sides, words, capitals=True)
    known = cast.named.get(speaker.name, set())
    sides = {one.organization for one in known} - {None}
    if sides:
        return sides == {actor.organization} and not _is_person(actor, cast)
    return _holds_office(speaker, actor, cast) and not _is_person(actor, cast)


_POSSESSIVE = frozenset(("its", "their", "his", "her"))


def _is_person(actor: Actor, cast: Cast) -> bool:
    return any(person and known == actor for _, known, person in cast.mentions.values())


def _holds_office(speaker: Speaker, actor: Actor, cast: Cast) -> bool:
    """Whether a speaker's role may be one of the actor's: it names no side and no other body ("employers' chief")."""
    role = (speaker.role or "").replace("’", "'")
    if not role or speaker.kind != "person" or side_in(cast.sides, tokenize(role)):
        return False
    owner = role.rpartition("'")[0].split()
    return not owner or owner[-1].casefold() in actor.name.casefold()
