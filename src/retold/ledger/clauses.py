"""A sentence as the ledger reads it: tokens, who is named, whose words they are, conditions, and its predicates.

A predicate is an act with its actors. A verb without a subject of its own ("refused to accept") is part of what
the verb before it governs, and only turns its direction.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from retold.article import Article, Span
from retold.language.tokens import Token, tokenize
from retold.ledger.actors import Actor, ActorMention, Cast, Subject, find_actors, find_subject, leading_subject
from retold.ledger.acts import Cue, CueWord, VerbGroup, find_cues, verb_group
from retold.ledger.codebook import IssueMention
from retold.ledger.grammar import lower, words
from retold.ledger.sides import side_of_name
from retold.statements.statement import Speaker, Statement


class Scene(NamedTuple):
    """One sentence: `layers[i]` is the innermost statement in whose content token i stands (None: the article's own
    words), `announces` the statement whose cue token i belongs to. `earlier` are the issues of the sentence before.
    """

    article: Article
    tokens: tuple[Token, ...]
    cast: Cast
    mentions: tuple[ActorMention, ...]
    cues: tuple[Cue, ...]
    issues: tuple[IssueMention, ...]
    earlier: tuple[IssueMention, ...]
    earlier_mentions: tuple[ActorMention, ...]
    layers: tuple[Statement | None, ...]
    announces: Mapping[int, Statement]
    conditions: tuple[tuple[int, int], ...]


class Predicate(NamedTuple):
    """An act with its actors. It begins at `tokens[first]`; `statement` is the one in or with which it stands."""

    cue: Cue
    word: CueWord
    group: VerbGroup
    first: int
    actors: tuple[Actor, ...]
    statement: Statement | None
    announced: bool
    passive: bool


def set_scene(
    cast: Cast,
    sentence: Span,
    statements: Sequence[Statement],
    issues: Sequence[IssueMention],
    before: Scene | None,
) -> Scene:
    """Read one sentence. `statements` are those of which some words stand in it, `issues` the ones named in it."""
    tokens = tokenize(cast.article.text, *sentence)
    # No row without an issue, named here or in the sentence before: what the rest would cost is saved.
    cues = find_cues(tokens) if issues or (before and before.issues) else ()
    return Scene(
        article=cast.article,
        tokens=tokens,
        cast=cast,
        mentions=find_actors(tokens, cast),
        cues=cues,
        issues=tuple(issues),
        earlier=before.issues if before else (),
        earlier_mentions=before.mentions if before else (),
        layers=tuple(_innermost(token, statements) for token in tokens) if cues else (),
        announces={i: s for s in statements for i, token in enumerate(tokens) if _inside(token, s.cue)},
        conditions=find_conditions(tokens) if cues else (),
    )


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.start and token.end <= span.end for span in spans)


def _innermost(token: Token, statements: Sequence[Statement]) -> Statement | None:
    around = [s for s in statements if _inside(token, s.content)]
    return min(around, key=lambda s: sum(end - start for start, end in s.content), default=None)


@cache
def _condition_markers() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The words that open a condition by their first word, the longest first."""
    markers = sorted((tuple(phrase.split()) for phrase in words("condition")), key=lambda parts: (-len(parts), parts))
    return {first: tuple(m for m in markers if m[0] == first) for first in {m[0] for m in markers}}


_CLAUSE_ENDS = frozenset(',;:.?!—“”"()')


def find_conditions(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Find the clauses that state a condition, as index ranges, end exclusive, in text order. Empty: none.

    "until Friday" is a date and "asked if" a question: neither is a condition.
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        length = _marker_length(tokens, index)
        end = index + 1
        if length:
            end = index + length
            while end < len(tokens) and not _ends_condition(tokens, index, end):
                end += 1
            found.append((index, end))
        index = end
    return tuple(found)


def _ends_condition(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether the token at `end` ends the condition that begins at `index`."""
    if tokens[end].text not in _CLAUSE_ENDS:
        return False
    quoted = tokens[end].text in '“"' and end + 1 < len(tokens) and tokens[end + 1].start == tokens[end].end
    listed = tokens[end].text == "," and end - index <= _SHORTEST_CONDITION  # "if Veldania, Marenia and Sunder agree"
    return not quoted and not listed


_SHORTEST_CONDITION = 2  # tokens, the marker included


def _marker_length(tokens: Sequence[Token], index: int) -> int:
    markers = _condition_markers().get(lower(tokens[index]), ())
    if not markers or (index and lower(tokens[index - 1]) in words("question")):
        return 0
    if index + 1 < len(tokens) and lower(tokens[index + 1]) in ("not", "any", "ever"):  # "some, if not all"
        return 0
    for parts in markers:
        end = index + len(parts)
        if end < len(tokens) and all(lower(t) == part for t, part in zip(tokens[index:end], parts, strict=False)):
            timed = parts[-1] == "until" and (lower(tokens[end]) in words("time") or tokens[end].text[0].isdigit())
            return 0 if timed else len(parts)
    return 0


def find_predicates(scene: Scene) -> tuple[Predicate, ...]:
    """Find the acts of a sentence that have an actor, in text order. A question holds none; nor does a condition."""
    if scene.tokens and scene.tokens[-1].text == "?":
        return ()
    found: list[Predicate] = []
    for cue in scene.cues:
        if any(first <= cue.first < end for first, end in scene.conditions):
            continue
        predicate = _verb(scene, cue, found) or _noun(scene, cue) or _of_speaker(scene, cue, found)
        if predicate and predicate.actors and not _is_embedded(scene, predicate, found):
            found.append(predicate)
    return tuple(found)


def _is_embedded(scene: Scene, predicate: Predicate, found: Sequence[Predicate]) -> bool:
    """Whether a predicate is the clause that the one before it demands, accepts …: "agreed that Veldania may …"."""
    if not found or predicate.word.form == "noun":
        return False
    that = predicate.first - 1
    if that > 0 and lower(scene.tokens[that]) == "that":
        that -= 1
    return found[-1].cue.last == that + 1 and found[-1].word.form != "noun"


def _begin(scene: Scene, index: int) -> int:
    """The first token of the run around `index` that stands in the same statement."""
    layer = scene.layers[index]
    while (
        index > 0
        and (scene.layers[index - 1] is layer or not scene.tokens[index - 1].is_word)
        and (layer is None or scene.layers[index - 1] is layer)
    ):
        index -= 1
    return index


def _verb(scene: Scene, cue: Cue, found: Sequence[Predicate]) -> Predicate | None:
    word = cue.reading("verb", "adjective")
    if word is None:
        return None
    group = verb_group(scene.tokens, cue.first)
    if group.duty or (word.tag == "past" and _is_with_no(scene.tokens, cue)):
        return None
    announced = scene.announces.get(cue.first)
    if word.unreal and not (group.modal or group.future):
        return None
    passive = group.passive and word.tag == "past"
    if passive or _is_participle(scene.tokens, cue, word):
        return _passive(scene, cue, word, group)
    subject = _subject(scene, cue, word, group, found)
    fits = subject is not None and _agrees(scene, word, group, subject)
    actors = (subject.actors or _resolve(scene, subject)) if subject and fits else ()
    if announced and not actors:
        actors = speaker_actors(announced.speakers, scene.cast)
    if not actors or (subject and not _is_cleft(scene, cue) and _is_asked(scene, subject)):
        return None
    group = _with_contraction(scene.tokens, _with_saying(scene, group, subject))
    first = subject.first if subject else group.first
    return Predicate(
        cue, word, group, first, actors, announced or scene.layers[cue.first], announced is not None, False
    )


def _is_cleft(scene: Scene, cue: Cue) -> bool:
    """ "What we can't accept is a toll": what follows "is" is governed."""
    return cue.last < len(scene.tokens) and lower(scene.tokens[cue.last]) in ("is", "was")


def _is_asked(scene: Scene, subject: Subject) -> bool:
    """Whether the clause asks or awaits: "asked what the Russians might offer", "before Ms Doe agrees"."""
    before = scene.tokens[max(0, subject.first - 3) : subject.first]
    if before and lower(before[-1]) == "before":
        return True
    return any(lower(token) in words("asking") for token in before)


def _is_with_no(tokens: Sequence[Token], cue: Cue) -> bool:
    """ "Offered no sign of a deal": nothing was done, and what was not done is left open."""
    return cue.last < len(tokens) and lower(tokens[cue.last]) in ("no", "little", "few")


def _is_participle(tokens: Sequence[Token], cue: Cue, word: CueWord) -> bool:
    following = lower(tokens[cue.last]) if cue.last < len(tokens) else ""
    return word.tag == "past" and (following == "by" or (following == "of" and word.act == "accuse"))


def _passive(scene: Scene, cue: Cue, word: CueWord, group: VerbGroup) -> Predicate | None:
    """ "was rejected by the Russians": the actor follows "by"; without one nobody is named."""
    if cue.last >= len(scene.tokens) or lower(scene.tokens[cue.last]) != "by":
        return None
    mention = next((m for m in scene.mentions if m.first == cue.last + 1), None)
    if mention is None:
        return None
    layer = scene.layers[cue.first]
    return Predicate(cue, word, group, group.first, (mention.actor,), layer, False, True)


def _subject(scene: Scene, cue: Cue, word: CueWord, group: VerbGroup, found: Sequence[Predicate]) -> Subject | None:
    begin = _begin(scene, cue.first)
    subject = find_subject(scene.tokens, scene.mentions, group, begin=begin)
    if subject or group.first <= begin:
        return subject
    joint = lower(scene.tokens[group.first - 1])
    if joint in ("and", "but", "then") or (joint == "," and word.tag == "ing"):
        return _shared_subject(scene, word, group, found, begin)
    return None


def _shared_subject(
    scene: Scene, word: CueWord, group: VerbGroup, found: Sequence[Predicate], begin: int
) -> Subject | None:
    """The subject of the verb to which "and" or a participle joins this one."""
    if word.tag == "base":
        return None
    last = found[-1] if found else None
    if last and last.first >= begin and last.word.tag == word.tag and last.word.form == "verb" and not last.passive:
        between = scene.tokens[last.cue.last : group.first - 1]
        clean = not any(token.text in '“”";:' or lower(token) in words("break") for token in between)
        if clean and not last.announced and last.statement is scene.layers[group.first]:
            return Subject(last.first, last.actors, None, plural=len(last.actors) > 1)
    leading = leading_subject(scene.tokens, scene.mentions, group.first - 1, begin=begin)
    return leading if leading and group.first - leading.first <= _LONGEST_SHARED else None


_LONGEST_SHARED = 16  # tokens from a subject to the second verb that shares it


def _agrees(scene: Scene, word: CueWord, group: VerbGroup, subject: Subject) -> bool:
    """Whether the form of the verb can have this subject: "the Russians agree", "Ms Doe agrees"."""
    if word.form == "adjective":
        return group.finite_auxiliary or group.progressive
    helped = group.finite_auxiliary or group.infinitive
    if word.tag == "base":
        return helped or subject.plural
    if word.tag == "s":
        return not helped and (not subject.plural or len(subject.actors) == 1)
    if word.tag == "ing":
        # "the harbour meeting" is no verb; "despite Ms Doe not agreeing" and ", rejecting" are.
        apart = group.first > 0 and lower(scene.tokens[group.first - 1]) in (",", "and")
        despite = subject.first > 0 and lower(scene.tokens[subject.first - 1]) == "despite"
        return group.progressive or apart or despite
    return True


def _with_saying(scene: Scene, group: VerbGroup, subject: Subject | None) -> VerbGroup:
    """Add the time of "said" to what they said: "the Russians have previously said they want it" is past."""
    said = subject.first - 1 if subject and subject.pronoun else 0
    if said <= 0 or lower(scene.tokens[said]) not in words("saying"):
        return group
    return group._replace(historical=group.historical or verb_group(scene.tokens, said).historical)


def _with_contraction(tokens: Sequence[Token], group: VerbGroup) -> VerbGroup:
    """Add what hangs on a pronoun: "we'll" is future, "they'd" may be anything."""
    ending = lower(tokens[group.first - 1]).rpartition("'")[2] if group.first else ""
    return group._replace(future=group.future or ending == "ll", finite_auxiliary=True)


def _noun(scene: Scene, cue: Cue) -> Predicate | None:
    """ "Ms Doe's refusal", "an offer from the Marenians", "the Veldanian demand": a noun of act with its actor."""
    word = cue.reading("noun")
    if word is None:
        return None
    mention = _possessor(scene, cue) or _giver(scene, cue)
    if mention is None:
        return None
    first = min(mention.first, cue.first)
    negated = any(lower(token) == "no" for token in scene.tokens[max(0, cue.first - 2) : cue.first])
    group = verb_group(scene.tokens, cue.first)._replace(negated=negated, first=first, future=False, modal=False)
    return Predicate(cue, word, group, first, (mention.actor,), scene.layers[cue.first], False, False)


def _possessor(scene: Scene, cue: Cue) -> ActorMention | None:
    for index in range(cue.first - 1, max(-1, cue.first - 4), -1):
        if lower(scene.tokens[index]) in ("'s", "'", "’"):
            return next((m for m in scene.mentions if m.last == index), None)
        if not scene.tokens[index].is_word or lower(scene.tokens[index]) in words("preposition"):
            return None
    return None


def _giver(scene: Scene, cue: Cue) -> ActorMention | None:
    """The actor after "from" or "by" right behind the noun."""
    if cue.last >= len(scene.tokens) or lower(scene.tokens[cue.last]) not in ("from", "by"):
        return None
    return next((m for m in scene.mentions if m.first == cue.last + 1), None)


def _of_speaker(scene: Scene, cue: Cue, found: Sequence[Predicate]) -> Predicate | None:
    """ "must be lifted", "is out of the question": an act of whoever makes the statement."""
    word = cue.reading("speaker")
    statement = scene.layers[cue.first]
    if word is None or statement is None or (found and _is_complement(scene, found[-1], cue)):
        return None
    group = verb_group(scene.tokens, cue.first)._replace(
        negated=False, modal=False, would=False, future=False, historical=False
    )
    actors = speaker_actors(statement.speakers, scene.cast)
    return Predicate(cue, word, group, cue.first, actors, statement, False, False)


def _is_complement(scene: Scene, predicate: Predicate, cue: Cue) -> bool:
    """Whether a duty is what the act before it says ("everyone agrees that borders should not be changed")."""
    after = predicate.cue.last
    return after <= cue.first and "that" in (lower(scene.tokens[after - 1]), lower(scene.tokens[after]))


def speaker_actors(speakers: Sequence[Speaker], cast: Cast) -> tuple[Actor, ...]:
    """The actors that speakers are; empty when one of them is unknown."""
    if any(speaker.name is None for speaker in speakers):
        return ()
    return tuple(dict.fromkeys(_speaker_actor(speaker, cast) for speaker in speakers))


def _speaker_actor(speaker: Speaker, cast: Cast) -> Actor:
    name = speaker.name or ""
    side = side_of_name(cast.sides, name)
    if side:
        return Actor(side, side)
    known = cast.named.get(name, set())
    return next(iter(known)) if len(known) == 1 else Actor(name, None)


_FIRST_PERSON = frozenset(("i", "we", "everyone", "everybody"))


def _resolve(scene: Scene, subject: Subject) -> tuple[Actor, ...]:
    """Whom a pronoun stands for: the speaker, or in the article's own words the one person named so far nearby."""
    said = _sayer(scene, subject)
    if said:
        return said
    layer = scene.layers[subject.first]
    if layer:
        return _resolve_in_statement(scene, layer, subject)
    opening = scene.tokens[subject.first - 1] if subject.first else None
    if subject.pronoun not in ("he", "she") or (opening and opening.is_word and lower(opening) not in ("and", "but")):
        return ()
    before = [m for m in scene.mentions if m.last <= subject.first]
    people = {m.actor for m in (*scene.earlier_mentions, *before) if m.person}
    return tuple(people) if len(people) == 1 else ()


def _sayer(scene: Scene, subject: Subject) -> tuple[Actor, ...]:
    """The subject of the verb of saying right before a pronoun: "the Russians said they wanted it"."""
    index = subject.first - 1
    if index > 0 and lower(scene.tokens[index]) == "that":
        index -= 1
    if index <= 0 or lower(scene.tokens[index]) not in ("said", "say", "says") or subject.pronoun in _FIRST_PERSON:
        return ()
    sayer = find_subject(scene.tokens, scene.mentions, verb_group(scene.tokens, index))
    return sayer.actors if sayer and sayer.plural is subject.plural else ()


def _resolve_in_statement(scene: Scene, layer: Statement, subject: Subject) -> tuple[Actor, ...]:
    speakers = speaker_actors(layer.speakers, scene.cast)
    if subject.pronoun in _FIRST_PERSON:
        return speakers
    quoted = scene.article.text[layer.content[0].start] in "“\"'‘"
    begin = _begin(scene, subject.first)
    named_before = any(begin <= m.first < subject.first for m in scene.mentions)
    mention = layer.speakers[0].mention if layer.speakers else None
    # "She said she": both would have to be guessed.
    twice = mention is not None and scene.article.text[slice(*mention)].lower() in words("pronoun")
    if twice or layer.kind != "indirect" or quoted or named_before or len(speakers) != 1:
        return ()
    person = layer.speakers[0].kind == "person"
    fits = subject.pronoun in (("he", "she") if person else ("it", "they"))
    return speakers if fits else ()
