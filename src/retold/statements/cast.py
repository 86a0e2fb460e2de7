"""The named people and bodies of an article, ready for looking up: where, as he or she, in which office.

Here too is how a speaker is made of one of them, or of nobody.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from retold.article import RUNNING_TEXT, Article, Span
from retold.language.names import (
    ABBREVIATED_ROLES,
    Entity,
    ProposedName,
    find_entities,
    organization_words,
    people_adjectives,
    pronoun_of_given_name,
    role_words,
)
from retold.language.sentences import article_sentences
from retold.statements.context import words_of
from retold.statements.quotations import outer_spans, paragraphs
from retold.statements.statement import Speaker, SpeakerKind


class Mention(NamedTuple):
    """One place at which an entity is named."""

    span: Span
    entity: Entity


class Cast(NamedTuple):
    """The named people and bodies of an article, ready for looking up."""

    text: str
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]  # in text order
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]  # between quotation marks, in text order, not overlapping
    titles: tuple[Span, ...]  # blocks that are no body text
    genders: dict[str, str]  # entity name -> "he" or "she", where the article or the given name shows it
    offices: dict[str, tuple[frozenset[str], ...]]  # person -> the words of each office that the article gives


def read_cast(article: Article, proposed: Sequence[ProposedName] = ()) -> Cast:
    """The people and bodies that an article names, in the light of the names that a network sees."""
    entities = with_full_names(article.text, find_entities(article, proposed))
    mentions = sorted(Mention(span, entity) for entity in entities for span in entity.mentions)
    people = [one for one in entities if one.kind in ("person", "unknown")]
    return Cast(
        text=article.text,
        entities=entities,
        mentions=tuple(mentions),
        sentences=article_sentences(article),
        quoted=tuple(outer_spans(article.text, paragraphs(article))),
        titles=tuple(block.span for block in article.own_blocks() if block.kind not in RUNNING_TEXT),
        genders={one.name: gender for one in people if (gender := _gender(article.text, one))},
        offices={one.name: tuple(_offices(article.text, one)) for one in people if one.kind == "person"},
    )


def with_full_names(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities, those known only by a surname or by initials under the one full name that the text has for them.

    A headline in Title Case gives no names of its own, yet it may be the only place with "Ada Venn" or with "Lethe
    Port Council" for "L.P.C.".
    """
    runs = list(dict.fromkeys(match.group() for match in _RUN.finditer(text)))
    by_word: dict[str, list[str]] = {}
    for run in runs:
        for word in run.split():
            by_word.setdefault(without_ending(word), []).append(run)
    known = {one.name for one in entities}
    gathered: dict[str, list[tuple[Entity, str]]] = {}
    for one in entities:
        full = (
            _written_out(one, runs, known)
            or _fuller_body(one, known)
            or _with_given_name(text, one, by_word, known)
            or one.name
        )
        gathered.setdefault(full, []).append((one, full))
    found = [_under_name(full, [one for one, _ in same]) for full, same in gathered.items()]
    return tuple(sorted(found, key=lambda entity: entity.mentions[0]))


_RUN = re.compile(
    r"\b[A-Z][\w’'-]{1,30}"
    r"(?:[ \xa0](?:[A-Z]\.[ \xa0]|(?:(?:of|the|and|to|for|on|in|&)[ \xa0]){1,2})?[A-Z][\w’'-]{1,30}){1,9}"
)
_INITIALS = re.compile(r"[A-Z]{2,6}|(?:[A-Z]\.){2,6}")


def _written_out(entity: Entity, runs: Sequence[str], known: set[str]) -> str | None:
    """The only name with the initials of an acronym: "Lethe Port Council" for "LPC"."""
    if entity.kind == "person" or not _INITIALS.fullmatch(entity.name):
        return None
    letters = entity.name.replace(".", "")
    names = {name for run in runs for name in _with_initials(run, letters)}
    if len(letters) == 2:  # two letters fit too many words: only the name of a body
        names = {name for name in names if name in known or name.rsplit(" ", 1)[-1].lower() in organization_words()}
    return names.pop() if len(names) == 1 else None


def _fuller_body(entity: Entity, known: set[str]) -> str | None:
    """The only fuller name of a paper called by its last word, or of a department called by what it is for."""
    name = entity.name
    if entity.kind not in ("organization", "unknown"):
        return None
    if " " in name:
        return f"Department of {name}" if f"Department of {name}" in known else None
    fuller = [one for one in known if one.endswith(" " + name)] if name.lower() in words_of("press") else []
    return fuller[0] if len(fuller) == 1 else None


def _with_initials(run: str, letters: str) -> Iterator[str]:
    """What in a run of capitalised words has these initials, from its start or to its end."""
    words = run.split()
    big = [number for number, word in enumerate(words) if word[0].isupper() and word != "The"]
    for first in range(len(big) - len(letters) + 1):
        last = first + len(letters)
        if first and last < len(big):
            continue
        chosen = words[big[first] : big[last - 1] + 1]
        plain = not chosen[-1].endswith(("’s", "'s"))
        if "".join(words[number][0] for number in big[first:last]) == letters and plain:
            yield ("Department of " if words[: big[first]][-2:] == ["Department", "of"] else "") + " ".join(chosen)


def without_ending(word: str) -> str:
    """A word without its possessive ending."""
    return word.removesuffix("’s").removesuffix("'s")


def _with_given_name(text: str, entity: Entity, runs: Mapping[str, Sequence[str]], known: set[str]) -> str | None:
    """The only full name with a known given name for a person called by the surname alone."""
    surname = entity.name
    if entity.kind not in ("person", "unknown") or " " in surname:
        return None
    names = {name for run in runs.get(surname, ()) for name in _full_names(run, surname)} - known
    if len(names) != 1:
        return None
    name = names.pop()
    namesakes = any(one.endswith(" " + surname) for one in known)
    shown, fits = _gender_by_title(text, entity), pronoun_of_given_name(name)
    return name if shown == fits or not (shown or namesakes) else None


def _full_names(run: str, surname: str) -> Iterator[str]:
    words = [without_ending(word) for word in run.split()]
    for number, word in enumerate(words):
        for given in (number - 1, number - 2):
            if word == surname and given >= 0 and pronoun_of_given_name(f"{words[given]} {surname}"):
                between = words[given + 1 : number]
                if not between or between[0].endswith("."):
                    yield " ".join(words[given : number + 1])


def _under_name(name: str, same: Sequence[Entity]) -> Entity:
    """One entity of several that are the same, under its full name."""
    first = next((one for one in same if one.name == name), same[0])
    if len(same) == 1 and first.name == name:
        return first
    is_person = first.kind == "unknown" and bool(pronoun_of_given_name(name))
    return Entity(
        name=name,
        kind="person" if is_person else first.kind,
        role=next((one.role for one in (first, *same) if one.role), None),
        mentions=tuple(sorted({mention for one in same for mention in one.mentions})),
        how="rule:full-name",
        confidence=first.confidence,
    )


_SHE = re.compile(r"\b(?:mrs|ms|miss|mme|dame|lady)\.?\s\Z", re.IGNORECASE)
_HE = re.compile(r"\b(?:mr|sir|lord)\.?\s\Z", re.IGNORECASE)
_SHE_ROLE = re.compile(r"\b(?:\w*woman|queen|princess|actress|mother|sister|daughter|wife|girl)\b")
_HE_ROLE = re.compile(r"\b(?:(?!wo)\w*(?<!wo)man|king|prince|father|brother|son|husband|boy|pope|monk)\b")
# "Ada Venn, who leads her party", "Ada Venn noted that she", "Ada Venn and her party": no other name stands between.
_OWN_PRONOUN = re.compile(
    r"(?:,?\swho(?:\s[a-z][\w-]{0,20}){1,5}?|\s(?:told\s\w{1,20}|(?P<verb>[a-z]{3,14}))(?:\sthat)?|\sand)"
    r"\s(?P<word>he|she|his|her)\s"
)


def _gender(text: str, entity: Entity) -> str:
    """ "he" or "she" for a person: by forms of address, roles, the given name, then pronouns that can be no other's."""
    if by_title := _gender_by_title(text, entity):
        return by_title
    role = (entity.role or "").lower()
    for gender, pattern in (("she", _SHE_ROLE), ("he", _HE_ROLE)):
        if pattern.search(role):
            return gender
    return pronoun_of_given_name(entity.name) or _gender_in_use(text, entity)


def _gender_by_title(text: str, entity: Entity) -> str:
    before = [text[max(0, start - 6) : start] for start, _ in entity.mentions]
    she, he = (sum(bool(pattern.search(words)) for words in before) for pattern in (_SHE, _HE))
    return "" if she == he else "she" if she > he else "he"


def _gender_in_use(text: str, entity: Entity) -> str:
    after = (_OWN_PRONOUN.match(text, end) for _, end in entity.mentions)
    own = [match for match in after if match and (match["verb"] or "said") in words_of("inverting")]
    shown = {"he" if match["word"] in ("he", "his") else "she" for match in own}
    return shown.pop() if len(shown) == 1 else ""


_BEFORE_NAME = 60  # characters before a name in which its office is read
_WORD = re.compile(r"[\w’'.-]+")
_APPOSED = re.compile(r",\s(?:\d\d,\s)?(?P<office>[^,;()“”\"\n]{3,80})[,.;]")


def _offices(text: str, entity: Entity) -> Iterator[frozenset[str]]:
    """The words of each office that stands beside a name: "former senator" before it, ", the mayor of Lethe," after."""
    if entity.role:
        yield _office(entity.role)
    for mention in entity.mentions:
        before = _words_of_office(text[max(0, mention.start - _BEFORE_NAME) : mention.start])
        if before:
            yield _office(" ".join(before))
        after = _APPOSED.match(text, mention.end)
        if after and after["office"].split(" ")[0].lower() in ("a", "an", "the", "his", "her", "who"):
            office = _office(after["office"].split(" who ")[0])
            if office & role_words():
                yield office


_PREPOSITION = re.compile(r"\s(?:of|for|to|at|in|with|from|by|on)\s")


def _office(words: str) -> frozenset[str]:
    """The words of an office; after a preposition none of office: "wife of the president" is no president."""
    head, *rest = _PREPOSITION.split(words, maxsplit=1)
    return office_words(head) | (office_words(" ".join(rest)) - role_words())


def _words_of_office(before: str) -> list[str]:
    """The words right before a name that can belong to an office, if one of them is of office."""
    if not before.endswith(" "):
        return []
    kept: list[str] = []
    for word in reversed(_WORD.findall(before)):
        known = word.lower() in role_words() or word in people_adjectives() or word[0].isupper()
        joins = word.lower() == "and" and bool(kept)  # "envoy Ada Venn and minister Teo Holt": she is no minister
        if joins or not (known or word.lower() in words_of("office modifier")) or len(kept) > 6:
            break
        kept.append(word)
    return kept if any(word.lower() in role_words() for word in kept) else []


_ALIKE = {
    "congressman": "representative", "congresswoman": "representative", "front-runner": "frontrunner",
    "u.s.": "us", "u.k.": "uk",
}  # fmt: skip


def office_words(words: str) -> frozenset[str]:
    """The words of an office in small letters, abbreviations written out, without articles."""
    found = (word.lower().strip(",’'") for word in words.split())
    found = (without_ending(word) for word in found)
    kept = {ABBREVIATED_ROLES.get(word, _ALIKE.get(word, word)) for word in found}
    return frozenset(kept - {"the", "a", "an", "of", "his", "her"})


def mentions_in(cast: Cast, span: Span) -> list[Mention]:
    """The mentions that begin in a stretch, in text order."""
    first = bisect_left(cast.mentions, span.start, key=lambda mention: mention.span.start)
    last = bisect_left(cast.mentions, span.end, key=lambda mention: mention.span.start)
    return list(cast.mentions[first:last])


def people_in(cast: Cast, span: Span) -> list[Mention]:
    """The mentions of people that begin in a stretch, in text order."""
    return [mention for mention in mentions_in(cast, span) if is_person(cast, mention.entity)]


def is_person(cast: Cast, entity: Entity) -> bool:
    """Whether an entity is a person, or has a full name and is called he or she."""
    return entity.kind == "person" or (entity.kind == "unknown" and " " in entity.name and entity.name in cast.genders)


def distinct(mentions: Iterable[Mention]) -> list[Entity]:
    """The entities of mentions, each once."""
    return list({mention.entity.name: mention.entity for mention in mentions}.values())


def sentence_number(cast: Cast, at: int) -> int:
    """The sentence that holds a place."""
    return max(0, bisect_right(cast.sentences, at, key=lambda sentence: sentence.start) - 1)


def is_quoted(cast: Cast, at: int) -> bool:
    """Whether a place lies between quotation marks."""
    place = bisect_right(cast.quoted, at, key=lambda span: span.start) - 1
    return place >= 0 and at < cast.quoted[place].end


_MODIFYING = re.compile(r"\s(?!(?:and|or|who|of|in|at|on|from|for|with|to|is|was|has|had|will|would)\s)[a-z]")


def modifies(text: str, mention: Mention) -> bool:
    """Whether a name only stands before a noun: "the Holt campaign"."""
    before = text[max(0, mention.span.start - 4) : mention.span.start].lower()
    return before.endswith(("the ", " a ", "\na ")) and bool(_MODIFYING.match(text, mention.span.end))


_POSSESSIVE = re.compile(r"[’'][sS](?!\w)|(?<=[sS])[’'](?!\w)")


def owns(text: str, mention: Mention) -> bool:
    """Whether a name is a possessive: "Ms Holt’s campaign", "Mr Ames’ campaign"."""
    return bool(_POSSESSIVE.match(text, mention.span.end)) or text.startswith("s’", mention.span.end)


def nobody(span: Span, role: str | None = None, kind: SpeakerKind = "unknown") -> Speaker:
    """A speaker without a name."""
    return Speaker(name=None, role=role, kind=kind, mention=span, how="rule:unresolved", confidence=0.5)


def again(speaker: Speaker, span: Span | None, how: str) -> Speaker:
    """A speaker of before, at another place."""
    return Speaker(name=speaker.name, role=speaker.role, kind=speaker.kind, mention=span, how=how, confidence=0.8)


def named(entity: Entity, span: Span, how: str, confidence: float) -> Speaker:
    """An entity as the speaker whom `span` names; one of unknown kind is taken for a person."""
    kind: SpeakerKind = "body" if entity.kind in ("organization", "place") else "person"
    return Speaker(name=entity.name, role=entity.role, kind=kind, mention=span, how=how, confidence=confidence)


def is_land_word(word: str) -> bool:
    """Whether a word is an adjective or plural of nationality, faith or party."""
    return word in people_adjectives()


def own_sentences_before(cast: Cast, at: int, reach: int) -> Iterator[tuple[int, Span]]:
    """The sentence of a place and those before it, backwards, each with its number and cut off at the place.

    Sentences that lie inside quotation marks are somebody's words, not the report's: they come, but `reach` does not
    count them.
    """
    number = sentence_number(cast, at)
    counted = 0
    for back in range(number, max(-1, number - _FURTHEST), -1):
        sentence = cast.sentences[back]
        counted += not (is_quoted(cast, sentence.start) and is_quoted(cast, sentence.end - 2))
        if counted > reach:
            return
        yield back, Span(sentence.start, min(sentence.end, at))


_FURTHEST = 30  # sentences: a quotation that is longer is not one speaker's any more


def joined_mentions(cast: Cast, people: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Neighbours among mentions that "and" joins."""
    found = []
    for left, right in pairwise(people):
        between = cast.text[left.span.end : right.span.start].split()
        if between[:1] == ["and"] and len(between) <= 5 and left.entity.name != right.entity.name:
            found.append((left, right))
    return found
