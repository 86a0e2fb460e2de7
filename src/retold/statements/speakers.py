"""Who a source stands for: the fullest name and the role that the article gives, or unknown.

Two candidates left: none is named. Theory: a pronoun inside somebody's indirect words stands for that speaker; else it
stands for the nearest who fits, sentence by sentence backwards: in each sentence for its speaker, else for its subject,
else for its only person, and it never jumps over a speaker who is not known. A role ("the envoy") stands for the one
person who is given that role; a surname for the person that `language.names` linked it to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from retold.article import Article, Span
from retold.language.names import Entity, find_entities, people_adjectives, pronoun_of_given_name, role_words
from retold.language.sentences import article_sentences
from retold.language.tokens import tokenize
from retold.statements.context import words_of
from retold.statements.quotations import find_quotations
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
    quoted: tuple[Span, ...]  # between quotation marks, in text order, not overlapping
    genders: dict[str, str]  # entity name -> "he" or "she", where the article or the given name shows it


def read_cast(article: Article) -> Cast:
    """The people and bodies that an article names."""
    entities = find_entities(article)
    mentions = sorted(_Mention(span, entity) for entity in entities for span in entity.mentions)
    lines = [
        Span(match.start(), match.end())
        for block in article.own_blocks()
        for match in _LINE.finditer(article.text, block.start, block.end)
    ]
    outer = [quotation for quotation in find_quotations(article.text, lines) if not quotation.nested]
    quoted = tuple(sorted(span for quotation in outer for span in quotation.spans))
    people = [one for one in entities if one.kind in ("person", "unknown")]
    genders = {one.name: gender for one in people if (gender := _gender(article.text, one))}
    return Cast(article.text, entities, tuple(mentions), article_sentences(article), quoted, genders)


_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SHE = re.compile(r"\b(?:mrs|ms|miss|mme|dame|lady)\.?\s\Z", re.IGNORECASE)
_HE = re.compile(r"\b(?:mr|sir|lord)\.?\s\Z", re.IGNORECASE)
_SHE_ROLE = re.compile(r"\b(?:\w*woman|queen|princess|actress|mother|sister|daughter|wife|girl)\b")
_HE_ROLE = re.compile(r"\b(?:(?!wo)\w*(?<!wo)man|king|prince|father|brother|son|husband|boy|pope|monk)\b")
# "Ada Venn, who leads her party", "Ada Venn said she", "Ada Venn and her party": no other name stands between.
_OWN_PRONOUN = re.compile(
    r"(?:,?\swho(?:\s[a-z][\w-]{0,20}){1,5}?|\s(?:said|says|added|told\s\w{1,20}(?:\sthat)?)|\sand)"
    r"\s(?P<word>he|she|his|her)\s"
)


def _gender(text: str, entity: Entity) -> str:
    """ "he" or "she" for a person: by forms of address, roles, the given name, then pronouns that can be no other's."""
    before = [text[max(0, start - 6) : start] for start, _ in entity.mentions]
    if any(_SHE.search(words) for words in before):
        return "she"
    if any(_HE.search(words) for words in before):
        return "he"
    role = (entity.role or "").lower()
    for gender, pattern in (("she", _SHE_ROLE), ("he", _HE_ROLE)):
        if pattern.search(role):
            return gender
    return pronoun_of_given_name(entity.name) or _gender_in_use(text, entity)


def _gender_in_use(text: str, entity: Entity) -> str:
    after = (_OWN_PRONOUN.match(text, end) for _, end in entity.mentions)
    shown = {"he" if match["word"] in ("he", "his") else "she" for match in after if match}
    return shown.pop() if len(shown) == 1 else ""


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
        gender = "he" if words in ("he", "him", "his") else "she"
        return (_pronoun(cast, span, gender, earlier, enclosing),)
    if words in ("it", "its"):
        return (_body_before(cast, span, earlier),)
    if words in ("they", "their", "them"):
        start = cast.sentences[_sentence_number(cast, span.start)].start if cast.sentences else span.start
        if _people(cast, Span(start, span.start)):
            return (_unknown(span),)
        several = len(earlier) > 1 or (len(earlier) == 1 and earlier[0].kind in ("body", "anonymous"))
        return tuple(_again(one, span, "rule:pronoun") for one in earlier) if several else (_unknown(span),)
    if words in ("who", "which", "that"):
        return _relative(cast, span)
    if words in _TWO_PARTIES:
        return _two_parties(cast, span)
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


def _is_quoted(cast: Cast, at: int) -> bool:
    place = bisect_right(cast.quoted, at, key=lambda span: span.start) - 1
    return place >= 0 and at < cast.quoted[place].end


_MODIFYING = re.compile(r"\s(?!(?:and|or|who|of|in|at|on|from|for|with|to|is|was|has|had|will|would)\s)[a-z]")


def _modifies(text: str, mention: _Mention) -> bool:
    """Whether a name only stands before a noun: "the Holt campaign"."""
    before = text[max(0, mention.span.start - 4) : mention.span.start].lower()
    return before.endswith(("the ", " a ", "\na ")) and bool(_MODIFYING.match(text, mention.span.end))


def _candidates(cast: Cast, within: Span, gender: str) -> list[_Mention]:
    """Those people outside quotation marks for whom a pronoun can stand; owners only where nobody else is named."""
    people = [
        one
        for one in _people(cast, within)
        if cast.genders.get(one.entity.name, gender) == gender
        and not _is_quoted(cast, one.span.start)
        and not _modifies(cast.text, one)
    ]
    return [one for one in people if not _owns(cast.text, one)] or people


def _pronoun(cast: Cast, span: Span, gender: str, earlier: Sequence[Speaker], enclosing: Sequence[Speaker]) -> Speaker:
    """The one for whom "he" or "she" stands; without a name where that is not clear."""
    unclear = _unknown(span, kind="person")
    if enclosing and not _is_quoted(cast, span.start):
        same = [one for one in enclosing if one.name is None or cast.genders.get(one.name, gender) == gender]
        if len(same) == 1 and same[0].kind in ("person", "unknown"):
            return _again(same[0], span, "rule:pronoun-same-speaker")
    number = _sentence_number(cast, span.start)
    for back in range(number, max(-1, number - _REACH), -1):
        sentence = cast.sentences[back]
        stretch = Span(sentence.start, min(sentence.end, span.start))
        here = [one for one in earlier if _spoke_in(one, stretch, back == number - 1)]
        fitting = _candidates(cast, stretch, gender)
        if here and (chosen := _speaker_before(cast, here, fitting, gender)):
            if chosen.kind == "unknown" and (entity := _sure_subject(cast, stretch, fitting)):
                return _person(entity, span, "rule:pronoun-sentence-before", 0.7)
            return _again(chosen, span, "rule:pronoun-speaker-before") if chosen.name or chosen.role else unclear
        if fitting:
            entity = _subject(cast, stretch, fitting)
            if entity is None or _has_rival(cast, entity, span, gender, number):
                return unclear
            how = "rule:pronoun-own-sentence" if back == number else "rule:pronoun-sentence-before"
            return _person(entity, span, how, 0.85 if back == number else 0.7)
    return unclear


def _spoke_in(speaker: Speaker, stretch: Span, is_sentence_before: bool) -> bool:
    """Whether the speaker of the statement before is named in a stretch; one carried over counts for the last."""
    if speaker.mention is None:
        return is_sentence_before
    return stretch.start <= speaker.mention.start < stretch.end


def _speaker_before(cast: Cast, here: Sequence[Speaker], fitting: Sequence[_Mention], gender: str) -> Speaker | None:
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
_PLURAL = re.compile(r"s\b|\b(?:people|men|women|police|media|others)\b")


def _may_be(cast: Cast, speaker: Speaker, gender: str) -> bool:
    """Whether a speaker can be called he or she: no body, nobody of the other gender, no several people."""
    if speaker.kind == "body":
        return False
    if speaker.name:
        return cast.genders.get(speaker.name, gender) == gender
    return speaker.role is None or not _PLURAL.search(_OF.split(" " + speaker.role.lower() + " ")[0])


def _subject(cast: Cast, stretch: Span, fitting: Sequence[_Mention]) -> Entity | None:
    """The one person of a stretch, or of several the one with whose name it begins."""
    people = _distinct(fitting)
    if len(people) == 1:
        return people[0]
    first = fitting[0]
    return first.entity if first.entity.name in cast.genders and _begins(cast, stretch, first) else None


def _sure_subject(cast: Cast, stretch: Span, fitting: Sequence[_Mention]) -> Entity | None:
    """The only person of a stretch, when it begins with the name and the article shows that the pronoun fits."""
    if len(_distinct(fitting)) != 1 or fitting[0].entity.name not in cast.genders:
        return None
    return fitting[0].entity if _begins(cast, stretch, fitting[0]) else None


def _begins(cast: Cast, stretch: Span, mention: _Mention) -> bool:
    return len(cast.text[stretch.start : mention.span.start].split()) < 5


def _has_rival(cast: Cast, entity: Entity, span: Span, gender: str, number: int) -> bool:
    """Whether nothing shows that a person is he or she while somebody else near may be."""
    if entity.name in cast.genders:
        return False
    near = Span(cast.sentences[max(0, number - 2)].start, span.start)
    return any(one.entity.name != entity.name for one in _candidates(cast, near, gender))


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


def _bodies(cast: Cast, within: Span) -> list[_Mention]:
    """Bodies and countries that stand in a stretch as nouns of their own, outside quotation marks."""
    return [
        one
        for one in _mentions_in(cast, within)
        if one.entity.kind in ("organization", "place")
        and not _is_quoted(cast, one.span.start)
        and not _modifies(cast.text, one)
    ]


def _body_before(cast: Cast, span: Span, earlier: Sequence[Speaker]) -> Speaker:
    """ "it": the body that spoke in this sentence or the one before, else the one that is the subject there."""
    number = _sentence_number(cast, span.start)
    if not cast.sentences:
        return _unknown(span)
    own = Span(cast.sentences[number].start, span.start)
    before = cast.sentences[max(0, number - 1)]
    speakers = [one for one in earlier if one.mention and before.start <= one.mention.start]
    if len(earlier) == 1 and speakers and speakers[0].kind == "body" and not _bodies(cast, own):
        return _again(speakers[0], span, "rule:pronoun-speaker-before")
    here = [one for one in _bodies(cast, own) if not _owns(cast.text, one)]
    if len(_distinct(here)) == 1 and not _is_after_preposition(cast, here[0]):
        return _person(here[0].entity, span, "rule:pronoun-own-sentence", 0.7)
    subject = next((one for one in _bodies(cast, before) if not _owns(cast.text, one)), None)
    if subject is None or number == 0 or here or len(cast.text[before.start : subject.span.start].split()) > 1:
        return _unknown(span)
    return _person(subject.entity, span, "rule:pronoun-sentence-before", 0.7)


def _is_after_preposition(cast: Cast, mention: _Mention) -> bool:
    words = cast.text[max(0, mention.span.start - 20) : mention.span.start].lower().split()
    before = words[-2:-1] if words[-1:] == ["the"] else words[-1:]
    return bool(before) and before[0] in words_of("preposition")


_TWO_PARTIES = {f"{few} {noun}" for few in ("both", "the two") for noun in ("sides", "parties", "countries", "nations")}
_JOINED = re.compile(r",?\sand\s(?:the\s)?")


def _two_parties(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """ "both sides": the two countries or bodies that this sentence and the two before join, if only two."""
    number = _sentence_number(cast, span.start)
    near = _bodies(cast, Span(cast.sentences[max(0, number - 2)].start, span.start)) if cast.sentences else []
    pairs = {
        (left.entity.name, right.entity.name): (left, right)
        for left, right in pairwise(near)
        if _JOINED.fullmatch(cast.text, left.span.end, right.span.start)
    }
    if len(pairs) != 1 or len(_distinct(near)) != 2:
        return (_unknown(span), _unknown(span))
    return tuple(_person(one.entity, span, "rule:both", 0.7) for one in next(iter(pairs.values())))


_OF = re.compile(r"\s(?:for|of|from|at|in|to|with|by|who|inside|close|near|against|on|about|over|including)\s")


def _phrase(cast: Cast, span: Span, words: str) -> tuple[Speaker, ...]:
    """A source that is a noun phrase: the people it names, the one its role points to, a body, or anonymous people."""
    head_end = _head_end(cast, span)
    if _DOCUMENT.match(cast.text, span.start, span.end):
        return (_unnamed(cast, span, words, head_end),)
    if _CLOSE_TO.search(cast.text, max(0, span.start - 25), span.start):
        return (_unknown(span, kind="anonymous"),)
    people = [
        m
        for m in _people(cast, Span(span.start, head_end))
        if not _owns(cast.text, m) and not _stands_before_noun(cast.text, m, head_end)
    ]
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
    if apposed := _apposed(cast, span, head_end):
        return (_person(apposed.entity, apposed.span, "rule:named", 0.85),)
    by_role = _by_role(cast, span, words)
    if by_role is not None:
        return (_person(by_role, span, "rule:role", 0.8),)
    return (_unnamed(cast, span, words, head_end),)


def _apposed(cast: Cast, span: Span, head_end: int) -> _Mention | None:
    """The person who ends a source in apposition: "the spokesman for the port at the time, Teo Brandt"."""
    head = cast.text[span.start : head_end].lower().split()
    people = _people(cast, Span(head_end, span.end))
    if not people or head[:1] != ["the"] or head[-1] not in role_words() or head[-1].endswith(("s", "men")):
        return None
    before = cast.text[span.start : people[-1].span.start]
    return people[-1] if people[-1].span.end == span.end and before.endswith(", ") else None


# "a memo Ms Holt wrote": it is not Ms Holt who speaks
_DOCUMENT = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Oo]ne)\s(?:\w{1,20}\s)?(?:memo|report|statement|letter|note|document|filing)\s"
)
# "two people close to the Norlandic delegation": what is marked as the source is not who speaks
_CLOSE_TO = re.compile(r"\b(?:close|near|loyal) to\s\Z|\bfamiliar with\s\Z")
_NOUN_AFTER = re.compile(r"\s(?P<word>[a-z][\w’'-]{0,30})")
_NO_NOUNS = ("conjunction", "preposition", "adverb", "subject pronoun", "object pronoun", "auxiliary", "inverting")


def _stands_before_noun(text: str, mention: _Mention, head_end: int) -> bool:
    """Whether inside a source a name stands before the noun that is meant: "the Holt campaign", "Holt aide Venn"."""
    match = _NOUN_AFTER.match(text, mention.span.end, head_end)
    if match is None or match["word"].endswith(("ed", "ing")):
        return False
    return not any(match["word"] in words_of(name) for name in _NO_NOUNS)


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
    if not heads or wanted[-1].endswith(("s", "men")):
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
    heads = [word.strip(",") for word in words[: head_end - span.start].split()] or [""]
    last = heads[-1]
    anonymous = words_of("anonymous people")
    if last in role_words() or last in anonymous or heads[0] in anonymous:
        return _unknown(span, role=_role(cast, span), kind="anonymous")
    if last in words_of("document") and (writer := _writer(cast, span, head_end, heads, bodies)):
        return writer
    if last in words_of("reports") and not (bodies and bodies[-1].span.end >= head_end - 3):
        return _unknown(span, role=_role(cast, span), kind="anonymous")
    if bodies and bodies[-1].span.end >= head_end - 3:
        found = bodies[-1].entity
        kind: SpeakerKind = "unknown" if found.kind == "unknown" and " " not in found.name else "body"
        if found.kind == "unknown" and span == bodies[-1].span:
            kind = "person" if " " in found.name else "unknown"
        owned = " " not in found.name and _OWNER_BEFORE.search(head[: bodies[-1].span.start - span.start])
        name = _without_determiner(head) if owned else found.name  # "the harbour master’s Office" is not "Office"
        return Speaker(name=name, role=found.role, kind=kind, mention=bodies[-1].span, how="rule:named", confidence=0.8)
    if last in words_of("body nouns"):
        return _body(cast, span, head, heads)
    return _unknown(span)


_OWNER_BEFORE = re.compile(r"[’']s?\s\Z")


def _writer(cast: Cast, span: Span, head_end: int, heads: Sequence[str], bodies: Sequence[_Mention]) -> Speaker | None:
    """The body whose document speaks ("a finance ministry paper"); None: the words name none."""
    start = head_end - len(cast.text[span.start : head_end].rstrip(" ,").rsplit(None, 1)[-1])
    words = cast.text[span.start : start].rstrip()
    if len(heads) > 2 and heads[-2] in words_of("body nouns"):
        name: str | None = _without_determiner(words)
    elif bodies and bodies[-1].entity.kind == "organization" and bodies[-1].span.end >= span.start + len(words):
        name = bodies[-1].entity.name
    else:
        return None
    return Speaker(name=name, role=_role(cast, span), kind="body", mention=span, how="rule:document", confidence=0.7)


def _without_determiner(words: str) -> str:
    first, _, rest = words.strip(" ,").partition(" ")
    return rest if first.lower() in words_of("determiner") | words_of("possessive") else words.strip(" ,")


def _body(cast: Cast, span: Span, head: str, heads: Sequence[str]) -> Speaker:
    """A body that a common noun names: by the words before the noun, else by the fuller name it had before."""
    if heads[0] in ("a", "an", "another", "one") or (heads[0] in words_of("possessive") and len(heads) < 3):
        return _unknown(span, role=_role(cast, span), kind="body")
    name: str | None = _without_determiner(head)
    if name and name.islower() and len(name.split()) == 1:
        place = _IN_PLACE.fullmatch(cast.text, span.start + len(head), span.end)
        name = f"{name} {place['place']}" if place else _fuller_name(cast, span, name)
    return Speaker(name=name, role=None, kind="body", mention=span, how="rule:body", confidence=0.7)


_IN_PLACE = re.compile(r"\s?(?P<place>(?:in|of)\s[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30})?)")
_SHORT_OF = 4000  # characters before a short form in which its full name is looked for


def _fuller_name(cast: Cast, span: Span, noun: str) -> str | None:
    """The one fuller name of a body before `span` that ends in `noun` ("the ministry" after "the foreign ministry")."""
    named = {
        one.entity.name
        for one in _mentions_in(cast, Span(max(0, span.start - _SHORT_OF), span.start))
        if one.entity.kind != "person" and " " in one.entity.name and one.entity.name.lower().endswith(" " + noun)
    }
    for match in re.finditer(re.escape(noun), cast.text[max(0, span.start - _SHORT_OF) : span.start]):
        at = match.start() + max(0, span.start - _SHORT_OF)
        words = cast.text[max(0, at - 40) : at].split()
        kinds = [word for word in words[-2:] if word in words_of("kind of body") or is_demonym(word)]
        if kinds and words[-1] == kinds[-1]:
            named.add(" ".join((*kinds, noun)))
    return named.pop() if len(named) == 1 else None


def _role(cast: Cast, span: Span) -> str | None:
    """The words of an unnamed source without its article: "a spokesman for the port" -> "spokesman for the port"."""
    tokens = tokenize(cast.text, *span)
    start = 1 if tokens and tokens[0].text.lower() in ("a", "an", "the", "one", "some", "several", "many", "two") else 0
    return cast.text[tokens[start].start : span.end].strip(" ,") if len(tokens) > start else None


def is_demonym(word: str) -> bool:
    """Whether a word is an adjective or plural of nationality, faith or party."""
    return word in people_adjectives()
