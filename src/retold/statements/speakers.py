"""Who a source stands for: the fullest name and the role that the article gives, or unknown.

Two candidates left: none is named. Theory: a pronoun stands for the one person of its own sentence, else for the
speaker of the statement before it, else for the one person of the sentence before; a role ("the envoy") for the one
person who is given that role; a surname for the person that `language.names` linked it to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from retold.article import Article, Span
from retold.language.names import Entity, find_entities, people_adjectives, role_words
from retold.language.sentences import article_sentences
from retold.language.tokens import tokenize
from retold.statements.context import words_of
from retold.statements.statement import Speaker, SpeakerKind

_REACH = 4  # sentences that a pronoun, or "both", may look back


class _Mention(NamedTuple):
    span: Span
    entity: Entity


class Cast(NamedTuple):
    """The named people and bodies of an article, ready for looking up."""

    text: str
    entities: tuple[Entity, ...]
    mentions: tuple[_Mention, ...]  # in text order
    sentences: tuple[Span, ...]
    genders: dict[str, str]  # entity name -> "he" or "she", where a form of address or a role shows it


def read_cast(article: Article) -> Cast:
    """The people and bodies that an article names."""
    entities = find_entities(article)
    mentions = sorted(_Mention(span, entity) for entity in entities for span in entity.mentions)
    genders = {name: gender for name, gender in (_gender(article.text, one) for one in entities) if gender}
    return Cast(article.text, entities, tuple(mentions), article_sentences(article), genders)


def _gender(text: str, entity: Entity) -> tuple[str, str]:
    """ "he" or "she" for an entity, as its forms of address and roles show it; "" where they do not."""
    before = " ".join(
        text[max(0, start - 6) : start].split()[-1].lower()
        for start, _ in entity.mentions
        if text[max(0, start - 6) : start].split()
    )
    role = (entity.role or "").lower()
    if re.search(r"\b(?:mrs|ms|miss|mme|dame|lady)\b", before) or role.endswith(("woman", "women", "queen", "actress")):
        return entity.name, "she"
    if re.search(r"\b(?:mr|sir|lord)\b", before) or role.endswith(("man", "king")):
        return entity.name, "he"
    return entity.name, ""


def resolve(
    cast: Cast, source: Sequence[Span], earlier: Sequence[Speaker], enclosing: Sequence[Speaker]
) -> tuple[Speaker, ...]:
    """The speakers of a source, in text order.

    `earlier` are the speakers of the statement before it, `enclosing` those of the statement around it. Empty: no
    source is written. A source that cannot be resolved is one speaker without a name.
    """
    if not source:
        return ()
    span = Span(source[0].start, source[-1].end)
    words = cast.text[span.start : span.end].lower().strip(" ,")
    if words in ("i", "me", "my", "we", "our", "us"):
        return tuple(_again(speaker, span, "rule:first-person") for speaker in enclosing) or (_unknown(span),)
    if words in ("he", "she", "him", "her", "his", "hers"):
        return _pronoun(cast, span, words, earlier)
    if words in ("they", "their", "them"):
        start = cast.sentences[_sentence_number(cast, span.start)].start if cast.sentences else span.start
        if _people(cast, Span(start, span.start)):
            return (_unknown(span),)
        several = len(earlier) > 1 or (len(earlier) == 1 and earlier[0].kind in ("body", "anonymous"))
        return tuple(_again(one, span, "rule:pronoun") for one in earlier) if several else (_unknown(span),)
    if words in ("who", "which", "that"):
        return _relative(cast, span)
    if words.split()[0] in ("both", "neither") or words in ("the two", "the two men", "the two women", "the pair"):
        return _pair(cast, span)
    return _phrase(cast, span, words)


def _unknown(span: Span, role: str | None = None, kind: SpeakerKind = "unknown") -> Speaker:
    return Speaker(name=None, role=role, kind=kind, mention=span, how="rule:unresolved", confidence=0.5)


def _again(speaker: Speaker, span: Span | None, how: str) -> Speaker:
    return Speaker(name=speaker.name, role=speaker.role, kind=speaker.kind, mention=span, how=how, confidence=0.8)


def carry(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a quotation that names none: those of the statement before, without a mention."""
    return tuple(_again(speaker, None, "rule:carried") for speaker in speakers)


def _person(entity: Entity, span: Span, how: str, confidence: float) -> Speaker:
    kind: SpeakerKind = "body" if entity.kind in ("organization", "place") else "person"
    return Speaker(name=entity.name, role=entity.role, kind=kind, mention=span, how=how, confidence=confidence)


def _mentions_in(cast: Cast, span: Span) -> list[_Mention]:
    first = bisect_left(cast.mentions, span.start, key=lambda mention: mention.span.start)
    last = bisect_left(cast.mentions, span.end, key=lambda mention: mention.span.start)
    return list(cast.mentions[first:last])


def _people(cast: Cast, span: Span) -> list[_Mention]:
    return [mention for mention in _mentions_in(cast, span) if mention.entity.kind == "person"]


def _distinct(mentions: Iterable[_Mention]) -> list[Entity]:
    return list({mention.entity.name: mention.entity for mention in mentions}.values())


def _sentence_number(cast: Cast, at: int) -> int:
    return max(0, bisect_right(cast.sentences, at, key=lambda sentence: sentence.start) - 1)


def _pronoun(cast: Cast, span: Span, word: str, earlier: Sequence[Speaker]) -> tuple[Speaker, ...]:
    gender = "he" if word in ("he", "him", "his") else "she"
    number = _sentence_number(cast, span.start)

    def fitting(within: Span) -> list[Entity]:
        return [one for one in _distinct(_people(cast, within)) if cast.genders.get(one.name, gender) == gender]

    own = fitting(Span(cast.sentences[number].start, span.start)) if cast.sentences else []
    names = {
        speaker.name
        for speaker in earlier
        if speaker.kind == "person" and speaker.name and cast.genders.get(speaker.name, gender) == gender
    }
    if len(own) == 1 and (not names or own[0].name in names or not _object_only(cast, own[0], span)):
        return (_person(own[0], span, "rule:pronoun-own-sentence", 0.85),)
    if len(names) == 1:
        name = names.pop()
        speaker = next(one for one in earlier if one.name == name)
        return (_again(speaker, span, "rule:pronoun-speaker-before"),)
    for back in range(number - 1, max(-1, number - _REACH), -1):
        people = fitting(cast.sentences[back])
        if people:
            return (
                (_person(people[0], span, "rule:pronoun-sentence-before", 0.7),)
                if len(people) == 1
                else (_unknown(span, kind="person"),)
            )
    return (_unknown(span, kind="person"),)


def _object_only(cast: Cast, entity: Entity, span: Span) -> bool:
    """Whether a person of the pronoun's sentence stands inside a quotation before it, so hardly is the speaker."""
    between = [
        mention.span
        for mention in _people(cast, Span(cast.sentences[_sentence_number(cast, span.start)].start, span.start))
        if mention.entity.name == entity.name
    ]
    words = cast.text[between[-1].end : span.start]
    return any(mark in words for mark in '”’"')


def _relative(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """ "who" and "which" stand for the name right before them."""
    before = _mentions_in(cast, Span(max(0, span.start - 60), span.start))
    if before and not cast.text[before[-1].span.end : span.start].strip(" ,"):
        return (_person(before[-1].entity, span, "rule:relative", 0.9),)
    return (_unknown(span),)


def _pair(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """ "both": the two people whom a sentence before joins with "and", else the only two of the sentence before."""
    named = _distinct(_people(cast, span))
    if len(named) == 2:
        return tuple(_person(one, span, "rule:both", 0.9) for one in named)
    number = _sentence_number(cast, span.start)
    stretches = [
        Span(cast.sentences[back].start, min(span.start, cast.sentences[back].end))
        for back in range(number, max(-1, number - _REACH), -1)
    ]
    for stretch in stretches:
        people = _people(cast, stretch)
        for left, right in pairwise(people):
            joined = cast.text[left.span.end : right.span.start].split()
            if joined[:1] == ["and"] and len(joined) <= 5 and left.entity.name != right.entity.name:
                return tuple(_person(one.entity, span, "rule:both", 0.8) for one in (left, right))
    everyone = _distinct(_people(cast, stretches[1])) if len(stretches) > 1 else []
    if len(everyone) == 2 and "both" not in cast.text[slice(*stretches[1])].lower():
        return tuple(_person(one, span, "rule:both", 0.6) for one in everyone)
    return (_unknown(span), _unknown(span))


_OF = re.compile(r"\s(?:for|of|from|at|in|to|with|by|who|inside|close|near|against|on|including)\s")


def _phrase(cast: Cast, span: Span, words: str) -> tuple[Speaker, ...]:
    """A source that is a noun phrase: the people it names, the one its role points to, a body, or anonymous people."""
    head_end = _head_end(cast, span)
    people = [m for m in _people(cast, Span(span.start, head_end)) if not _owns(cast.text, m)]
    if people:
        joined = [people[0]]
        for left, right in pairwise(people):
            if (
                cast.text[left.span.end : right.span.start].strip(" ,").split(" ")[0] in ("and", "")
                or cast.text[left.span.end : right.span.start].strip() == ","
            ):
                joined.append(right)
            else:
                break
        named = tuple(_person(one.entity, one.span, "rule:named", 0.95) for one in joined)
        return (*named, *_also_unnamed(cast, Span(joined[-1].span.end, span.end)))
    by_role = _by_role(cast, span, words)
    if by_role is not None:
        return (_person(by_role, span, "rule:role", 0.8),)
    return (_unnamed(cast, span, words, head_end),)


def _also_unnamed(cast: Cast, rest: Span) -> tuple[Speaker, ...]:
    """The people without names that a source joins to named ones: "Mr Holt and island leaders"."""
    match = _AND.match(cast.text, *rest)
    if match is None or match["who"].split()[-1].lower() not in words_of("anonymous people") | role_words():
        return ()
    return (_unknown(Span(match.start("who"), match.end("who")), role=match["who"], kind="anonymous"),)


_AND = re.compile(r",?\sand\s(?P<who>(?:[\w’'-]{1,30}\s){0,3}[\w’'-]{1,30})\Z")


def _head_end(cast: Cast, span: Span) -> int:
    """Where the head of a source ends: before the first "for", "of" or "who" after a noun that is no name."""
    words = cast.text[span.start : span.end]
    for match in _OF.finditer(words):
        before = words[: match.start()].split()[-1:] or [""]
        office = before[0][:1].isupper() and before[0].lower() in role_words()
        if not office and not _people(cast, Span(span.start, span.start + match.start())):
            return span.start + match.start()
    return span.end


def _owns(text: str, mention: _Mention) -> bool:
    """Whether a name only owns the head: "Ms Holt’s campaign"."""
    return text[mention.span.end : mention.span.end + 2] in ("’s", "'s", "s’")


def _by_role(cast: Cast, span: Span, words: str) -> Entity | None:
    """The one person who is given the role that a definite phrase names: "the US president"."""
    if not words.startswith(("the ", "his ", "her ")) or len(words.split()) > 5:
        return None
    wanted = [word for word in words.split()[1:] if word not in ("the", "of")]
    heads = {word for word in wanted if word in role_words()}
    if not heads:
        return None
    people = [one for one in cast.entities if one.kind == "person" and one.role]
    fits = [one for one in people if heads <= set((one.role or "").lower().split())]
    exact = [one for one in fits if set(wanted) <= set((one.role or "").lower().split())]
    land = _land(wanted)
    chosen = exact or [one for one in fits if not land or _land_of(cast, one) in (None, land)]
    chosen = chosen or _recent_without_role(cast, span, land)
    return chosen[0] if len(chosen) == 1 else None


def _recent_without_role(cast: Cast, span: Span, land: str | None) -> list[Entity]:
    """The people of the two sentences before who have no office and of whom no other country is known."""
    number = _sentence_number(cast, span.start)
    if land is None or number == 0:
        return []
    people = _distinct(_people(cast, Span(cast.sentences[max(0, number - 2)].start, span.start)))
    return [one for one in people if not one.role and _land_of(cast, one) in (None, land)]


_LANDS = {"us": "american", "u.s.": "american", "america": "american", "uk": "british", "u.k.": "british"}


def _land(words: Iterable[str]) -> str | None:
    """The country that words of a role name, as an adjective in small letters."""
    for word in words:
        land = _LANDS.get(word, word)
        if is_demonym(land.capitalize()):
            return land
    return None


_HIS_OWN = re.compile(r"\sand\s(?:his|her)\s(?P<land>[A-Z][a-z]{2,20})\s")


def _land_of(cast: Cast, entity: Entity) -> str | None:
    """The country that a person's role, or "and his Norlandic delegation", speaks of; None: unknown."""
    known = _land((entity.role or "").lower().split())
    if known:
        return known
    after = (_HIS_OWN.match(cast.text, end) for _, end in entity.mentions)
    return next((land for match in after if match and (land := _land([match["land"].lower()]))), None)


def _unnamed(cast: Cast, span: Span, words: str, head_end: int) -> Speaker:
    """A speaker that is no named person: a body by its name, people of a role, or unknown."""
    head = cast.text[span.start : head_end]
    bodies = [
        m
        for m in _mentions_in(cast, Span(span.start, head_end))
        if m.entity.kind in ("organization", "place", "unknown")
    ]
    last = (words[: head_end - span.start].split() or [""])[-1].strip(",")
    if last in role_words() or last in words_of("anonymous people") or words.split()[0] in words_of("anonymous people"):
        return _unknown(span, role=_role(cast, span), kind="anonymous")
    if last in words_of("reports"):
        return _unknown(span, kind="anonymous")
    if bodies and bodies[-1].span.end >= head_end - 3:
        found = bodies[-1].entity
        kind: SpeakerKind = "unknown" if found.kind == "unknown" and " " not in found.name else "body"
        if found.kind == "unknown" and span == bodies[-1].span:
            kind = "person" if " " in found.name else "unknown"
        return Speaker(
            name=found.name, role=found.role, kind=kind, mention=bodies[-1].span, how="rule:named", confidence=0.8
        )
    if last in words_of("body nouns"):
        name = head.strip(" ,") if bodies or _mentions_in(cast, span) else None
        return Speaker(name=name, role=None, kind="body", mention=span, how="rule:body", confidence=0.7)
    return _unknown(span)


def _role(cast: Cast, span: Span) -> str | None:
    """The words of an unnamed source without its article: "a spokesman for the port" -> "spokesman for the port"."""
    tokens = tokenize(cast.text, *span)
    start = 1 if tokens and tokens[0].text.lower() in ("a", "an", "the", "one", "some", "several", "many", "two") else 0
    return cast.text[tokens[start].start : span.end].strip(" ,") if len(tokens) > start else None


def is_demonym(word: str) -> bool:
    """Whether a word is an adjective or plural of nationality, faith or party."""
    return word in people_adjectives()
