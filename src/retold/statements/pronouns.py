"""For whom a pronoun stands, or "both": he and she, it, they, who.

Two candidates left: none is named. Theory: a pronoun inside somebody's indirect words stands for that speaker; else it
stands for the nearest who fits, sentence by sentence backwards: in each sentence for its speaker, else for its subject,
else for its only person, and it never jumps over a speaker who is not known.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from retold.article import Span
from retold.language.names import Entity
from retold.statements.cast import (
    Cast,
    Mention,
    again,
    distinct,
    is_quoted,
    joined_mentions,
    mentions_in,
    modifies,
    named,
    nobody,
    own_sentences_before,
    owns,
    people_in,
    sentence_number,
)
from retold.statements.context import words_of
from retold.statements.roles import bearer_of
from retold.statements.statement import Speaker

_REACH = 4  # sentences of the report itself that a pronoun, or "both", may look back


def _candidates(cast: Cast, within: Span, gender: str) -> list[Mention]:
    """Those people outside quotation marks for whom a pronoun can stand; owners only where nobody else is named."""
    people = [
        one
        for one in people_in(cast, within)
        if cast.genders.get(one.entity.name, gender) == gender
        and not is_quoted(cast, one.span.start)
        and not modifies(cast.text, one)
    ]
    return [one for one in people if not owns(cast.text, one)] or people


def he_or_she(cast: Cast, span: Span, gender: str, earlier: Sequence[Speaker], enclosing: Sequence[Speaker]) -> Speaker:
    """The one for whom "he" or "she" stands; without a name where that is not clear."""
    unclear = nobody(span, kind="person")
    if enclosing and not is_quoted(cast, span.start):
        same = [one for one in enclosing if one.name is None or cast.genders.get(one.name, gender) == gender]
        if len(same) == 1 and same[0].kind in ("person", "unknown"):
            return again(same[0], span, "rule:pronoun-same-speaker")
    number = sentence_number(cast, span.start)
    for back, stretch in own_sentences_before(cast, span.start, _REACH):
        here = [one for one in earlier if _spoke_in(one, stretch, back == number - 1)]
        fitting = _candidates(cast, stretch, gender)
        if back == number and not here and _is_of_others(cast, stretch, span):
            continue
        if here and (chosen := _speaker_before(cast, here, fitting, gender)):
            if chosen.kind == "unknown" and (entity := _sure_subject(cast, stretch, fitting)):
                return named(entity, span, "rule:pronoun-sentence-before", 0.7)
            return again(chosen, span, "rule:pronoun-speaker-before") if chosen.name or chosen.role else unclear
        if fitting:
            entity = _subject(cast, stretch, fitting)
            if entity is None or (
                not _opens_own(cast, stretch, fitting, back == number)
                and _has_rival(cast, entity, span, gender, number)
            ):
                return unclear
            how = "rule:pronoun-own-sentence" if back == number else "rule:pronoun-sentence-before"
            return named(entity, span, how, 0.85 if back == number else 0.7)
    return unclear


_ASKED = re.compile(r"[\"“(]?(?:When |If )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\s(?!by\s)")


_PARENTHETIC = re.compile(r"\s(?P<verb>[a-z]{3,14})[.,]")


def _is_of_others(cast: Cast, stretch: Span, span: Span) -> bool:
    """Whether those named in the pronoun's own sentence are talked of: "Asked about Mr Holt, he said", "Mr Holt won, he
    said."."""
    if _ASKED.match(cast.text, stretch.start):
        return True
    first = (cast.text[stretch.start : stretch.end].split() or [""])[0].lower()
    verb = _PARENTHETIC.match(cast.text, span.end)
    told = verb is not None and verb["verb"] in words_of("inverting")
    opening = first in words_of("subordinator") | words_of("preposition")
    return told and cast.text[max(0, span.start - 2) : span.start] == ", " and not opening


def _opens_own(cast: Cast, stretch: Span, fitting: Sequence[Mention], is_own: bool) -> bool:
    """Whether the person's name opens the pronoun's own sentence: "When Ulmo Bran was asked, he said"."""
    return is_own and _begins(cast, stretch, fitting[0])


def _spoke_in(speaker: Speaker, stretch: Span, is_sentence_before: bool) -> bool:
    """Whether the speaker of the statement before is named in a stretch; one carried over counts for the last."""
    if speaker.mention is None:
        return is_sentence_before
    return stretch.start <= speaker.mention.start < stretch.end


def _speaker_before(cast: Cast, here: Sequence[Speaker], fitting: Sequence[Mention], gender: str) -> Speaker | None:
    """The speaker of a sentence whom a later pronoun takes up; one without a name: it is not clear; None: it is no
    speaker of this sentence."""
    possible = [one for one in here if _may_be(cast, one, gender)]
    if len(possible) != 1:
        return _NOBODY if possible else None
    speaker = possible[0]
    if speaker.name and speaker.name not in cast.genders and len({one.entity.name for one in fitting}) > 1:
        return _NOBODY
    return speaker


_NOBODY = Speaker(name=None, role=None, kind="person", mention=None, how="rule:unresolved", confidence=0.5)
_PLURAL = re.compile(
    r"s\b|\b(?:people|men|women|police|media|others|some|many|few|most|both|two|three|four|five|six|ten|all|half)\b"
)
_AFTER_HEAD = re.compile(r"\s(?:for|of|from|at|in|to|with|by|who|inside|close|near|against|on|about|over|including)\s")


def _may_be(cast: Cast, speaker: Speaker, gender: str) -> bool:
    """Whether a speaker can be called he or she: no body, nobody of the other gender, no several people."""
    if speaker.kind == "body" or speaker.how == "rule:author":
        return False
    if speaker.name:
        return cast.genders.get(speaker.name, gender) == gender
    return speaker.role is None or not (_is_plural(speaker.role) or _is_document(speaker.role))


def _is_document(role: str) -> bool:
    head = _AFTER_HEAD.split(" " + role.lower() + " ")[0].split()
    return bool(head) and head[-1] in words_of("document")


def _is_plural(role: str) -> bool:
    return bool(_PLURAL.search(_AFTER_HEAD.split(" " + role.lower() + " ")[0]))


def _subject(cast: Cast, stretch: Span, fitting: Sequence[Mention]) -> Entity | None:
    """The one person of a stretch, or of several the one with whose name it begins."""
    people = distinct(fitting)
    if len(people) == 1:
        return people[0]
    first = fitting[0]
    known = [one for one in people if one.name in cast.genders]
    if len(known) == 1 and not _begins(cast, stretch, first):
        return known[0]
    return first.entity if first.entity.name in cast.genders and _begins(cast, stretch, first) else None


def _sure_subject(cast: Cast, stretch: Span, fitting: Sequence[Mention]) -> Entity | None:
    """The only person of a stretch, when it begins with the name and the article shows that the pronoun fits."""
    if len(distinct(fitting)) != 1 or fitting[0].entity.name not in cast.genders:
        return None
    return fitting[0].entity if _begins(cast, stretch, fitting[0]) else None


def _begins(cast: Cast, stretch: Span, mention: Mention) -> bool:
    return len(cast.text[stretch.start : mention.span.start].split()) < 5


def _has_rival(cast: Cast, entity: Entity, span: Span, gender: str, number: int) -> bool:
    """Whether nothing shows that a person is he or she while somebody else near may be."""
    if entity.name in cast.genders:
        return False
    near = Span(cast.sentences[max(0, number - 2)].start, span.start)
    return any(one.entity.name != entity.name for one in _candidates(cast, near, gender))


_BEFORE_RELATIVE = 90  # characters before "who" in which its noun is looked for
_APPOSED_NOUN = re.compile(r"\s?(?:\([^()]{1,30}\))?,\s(?:\d\d,\s)?(?:a|an|the)(?:\s[\w’'-]{1,30}){1,5},?\s?")
_DEFINITE = re.compile(r"\b[Tt]he(?:\s[\w’'.-]{1,30}){1,4}\Z")
_PLURAL_LETTERS = re.compile(r"[A-Z]{2,}s\Z")


def relative(cast: Cast, span: Span, earlier: Sequence[Speaker]) -> Speaker:
    """ "who" and "which": the name right before them or before an apposition, else whom the role before them means."""
    start = max(0, span.start - _BEFORE_RELATIVE)
    people = people_in(cast, Span(start, span.start))
    if people and _APPOSED_NOUN.fullmatch(cast.text, people[-1].span.end, span.start):
        return named(people[-1].entity, span, "rule:relative", 0.8)
    before = mentions_in(cast, Span(start, span.start))
    if before and (mention := before[-1]) and not owns(cast.text, mention):
        between = cast.text[mention.span.end : span.start]
        if mention.entity.kind == "place" and cast.text[slice(*span)].lower() == "who":
            return nobody(span)  # "of Capitol Hill, who": it is another noun before
        if not between.strip(" ,"):
            restricts = "," not in between and _is_after_preposition(cast, mention)
            unclear = restricts or _PLURAL_LETTERS.search(mention.entity.name)
            return nobody(span) if unclear else named(mention.entity, span, "rule:relative", 0.9)
    phrase = _DEFINITE.search(cast.text[start : span.start].rstrip(" ,"))
    entity = bearer_of(cast, span, phrase.group().lower(), earlier) if phrase else None
    return named(entity, span, "rule:relative", 0.7) if entity else nobody(span)


def they(cast: Cast, span: Span, earlier: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """ "they": several who spoke before, a body, or the two with whom the sentence before begins."""
    number = sentence_number(cast, span.start)
    start = cast.sentences[number].start if cast.sentences else span.start
    if people_in(cast, Span(start, span.start)):
        return (nobody(span),)
    if number and (pair := _opening_pair(cast, cast.sentences[number - 1])):
        return tuple(named(one.entity, span, "rule:pronoun-sentence-before", 0.7) for one in pair)
    several = len(earlier) > 1 or any(_is_several(one) for one in earlier)
    return tuple(again(one, span, "rule:pronoun") for one in earlier) if several else (nobody(span),)


def _is_several(speaker: Speaker) -> bool:
    return speaker.kind == "body" or (speaker.kind == "anonymous" and _is_plural(speaker.role or "people"))


def _opening_pair(cast: Cast, sentence: Span) -> tuple[Mention, Mention] | None:
    """The only two people whom a sentence names, joined by "and" at its start."""
    people = [one for one in people_in(cast, sentence) if not is_quoted(cast, one.span.start)]
    pairs = joined_mentions(cast, people)
    if len(pairs) != 1 or len(distinct(people)) != 2 or any(owns(cast.text, one) for one in pairs[0]):
        return None
    return pairs[0] if _begins(cast, sentence, pairs[0][0]) else None


def both(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """ "both": the two people whom a sentence before joins with "and", else the only two of the sentence before."""
    inside = distinct(people_in(cast, span))
    if len(inside) == 2:
        return tuple(named(one, span, "rule:both", 0.9) for one in inside)
    stretches = [stretch for _, stretch in own_sentences_before(cast, span.start, _REACH)]
    for stretch in stretches:
        for pair in joined_mentions(cast, people_in(cast, stretch)):
            return tuple(named(one.entity, span, "rule:both", 0.8) for one in pair)
    everyone = distinct(people_in(cast, stretches[1])) if len(stretches) > 1 else []
    if len(everyone) == 2 and "both" not in cast.text[slice(*stretches[1])].lower():
        return tuple(named(one, span, "rule:both", 0.6) for one in everyone)
    return (nobody(span), nobody(span))


def _bodies(cast: Cast, within: Span) -> list[Mention]:
    """Bodies and countries that stand in a stretch as nouns of their own, outside quotation marks."""
    return [
        one
        for one in mentions_in(cast, within)
        if one.entity.kind in ("organization", "place")
        and not is_quoted(cast, one.span.start)
        and not modifies(cast.text, one)
    ]


def it(cast: Cast, span: Span, earlier: Sequence[Speaker]) -> Speaker:
    """ "it": the body that spoke in this sentence or the one before, else the one that is the subject there."""
    number = sentence_number(cast, span.start)
    if not cast.sentences:
        return nobody(span)
    own = Span(cast.sentences[number].start, span.start)
    before = cast.sentences[max(0, number - 1)]
    speakers = [one for one in earlier if one.mention and before.start <= one.mention.start]
    if len(earlier) == 1 and speakers and speakers[0].kind == "body" and not _bodies(cast, own):
        return again(speakers[0], span, "rule:pronoun-speaker-before")
    here = [one for one in _bodies(cast, own) if not owns(cast.text, one)]
    if len(distinct(here)) == 1 and not _is_after_preposition(cast, here[0]):
        return named(here[0].entity, span, "rule:pronoun-own-sentence", 0.7)
    subject = next((one for one in _bodies(cast, before) if not owns(cast.text, one)), None)
    if subject is None or number == 0 or here or len(cast.text[before.start : subject.span.start].split()) > 1:
        return nobody(span)
    return named(subject.entity, span, "rule:pronoun-sentence-before", 0.7)


def _is_after_preposition(cast: Cast, mention: Mention) -> bool:
    words = cast.text[max(0, mention.span.start - 20) : mention.span.start].lower().split()
    before = words[-2:-1] if words[-1:] == ["the"] else words[-1:]
    return bool(before) and before[0] in words_of("preposition")


TWO_PARTIES = {f"{few} {noun}" for few in ("both", "the two") for noun in ("sides", "parties", "countries", "nations")}
"""Sources that mean two bodies named before."""
_JOINED = re.compile(r",?\sand\s(?:the\s)?")


def two_parties(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """ "both sides": the two countries or bodies that this sentence and the two before join, if only two."""
    number = sentence_number(cast, span.start)
    near = _bodies(cast, Span(cast.sentences[max(0, number - 2)].start, span.start)) if cast.sentences else []
    pairs = {
        (left.entity.name, right.entity.name): (left, right)
        for left, right in pairwise(near)
        if _JOINED.fullmatch(cast.text, left.span.end, right.span.start)
    }
    if len(pairs) != 1 or len(distinct(near)) != 2:
        return (nobody(span), nobody(span))
    return tuple(named(one.entity, span, "rule:both", 0.7) for one in next(iter(pairs.values())))
