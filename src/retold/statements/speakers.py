"""Who a source stands for: the fullest name and the role that the article gives, or unknown.

A name that heads the source is who speaks, whatever follows it; with it those whom "and" joins to it, and never one who
only owns something or stands before a noun. What heads it else may be a document (`documents`), a role (`roles`), a
body (`bodies`), a family, or people without names; pronouns stand in `pronouns`. Two candidates left: none is named.
"""

import re
from collections.abc import Sequence

from retold.article import Span
from retold.language.names import HONORIFICS, Entity, is_opener, is_place, role_words
from retold.statements import pronouns
from retold.statements.bodies import body, role_of_source, without_determiner
from retold.statements.cast import (
    Cast,
    Mention,
    again,
    is_land_word,
    is_person,
    is_quoted,
    mentions_in,
    named,
    nobody,
    owns,
    people_in,
    read_cast,
    sentence_number,
)
from retold.statements.context import words_of
from retold.statements.documents import find_document_noun, is_utterance, issuers, owner_of_words
from retold.statements.roles import bearer_of
from retold.statements.statement import Speaker, SpeakerKind

__all__ = ["Cast", "carry", "read_cast", "resolve"]


def resolve(
    cast: Cast, source: Sequence[Span], earlier: Sequence[Speaker], enclosing: Sequence[Speaker]
) -> tuple[Speaker, ...]:
    """The speakers of a source, in text order.

    `earlier` are the speakers of the statement before it, `enclosing` those of the statement around it. Empty: no
    source is written. A source that cannot be resolved is one speaker without a name.
    """
    if not source:
        return ()
    span = _without_marks(cast.text, Span(source[0].start, source[-1].end))
    words = cast.text[span.start : span.end].lower().strip(" ,")
    if words in ("i", "me", "my", "we", "our", "us"):
        if enclosing or words not in ("i", "me", "my") or is_quoted(cast, span.start):
            return tuple(again(speaker, span, "rule:first-person") for speaker in enclosing) or (nobody(span),)
        author = _author(cast)
        return (named(author, span, "rule:author", 0.6) if author else nobody(span),)
    if words in _HE_OR_SHE:
        return (pronouns.he_or_she(cast, span, _HE_OR_SHE[words], earlier, enclosing),)
    if words in ("it", "its"):
        return (pronouns.it(cast, span, earlier),)
    if words in ("they", "their", "them"):
        return pronouns.they(cast, span, earlier)
    if words in ("who", "which", "that"):
        return (pronouns.relative(cast, span, earlier),)
    if words in pronouns.TWO_PARTIES:
        return pronouns.two_parties(cast, span)
    if words.endswith((" of whom", " of which")):
        return (nobody(span, role=words, kind="anonymous"),)
    if words.split()[:1] in (["both"], ["neither"]) or _TWO.fullmatch(words):
        return pronouns.both(cast, span)
    return _phrase(cast, span, words, earlier, enclosing)


_OF_AUTHOR = re.compile(r"(?:,[^,]{1,60},)?\s(?:is|was)\s")


def _author(cast: Cast) -> Entity | None:
    """Who wrote a column, if its last sentence introduces a person: "Ada Venn is a senator for Lethe."."""
    last = cast.sentences[-1] if cast.sentences else Span(0, 0)
    people = people_in(cast, last)
    if not people or len(cast.text[last.start : people[0].span.start].split()) > 2 or " " not in people[0].entity.name:
        return None
    return people[0].entity if _OF_AUTHOR.match(cast.text, people[0].span.end) else None


_HE_OR_SHE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_TWO = re.compile(r"the two(?: men| women| leaders| candidates| officials| senators)?|the pair|the couple")
_MARKS = re.compile(r"[\s,(“\"]*")


def _without_marks(text: str, span: Span) -> Span:
    """A source without the commas, brackets and spaces at its edges."""
    start = _MARKS.match(text, *span)
    words = text[span.start : span.end].rstrip(" ,\n\xa0-–—")
    end = span.start + len(words)
    first = start.end() if start else span.start
    return Span(first, end) if first < end else span


def carry(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a quotation that names none: those of the statement before, without a mention."""
    return tuple(again(speaker, None, "rule:carried") for speaker in speakers)


def _phrase(
    cast: Cast, span: Span, words: str, earlier: Sequence[Speaker], enclosing: Sequence[Speaker]
) -> tuple[Speaker, ...]:
    """A source that is a noun phrase: those it names, the one its role points to, a body, or anonymous people."""
    if _CLOSE_TO.search(cast.text, max(0, span.start - 25), span.start) or _WRITTEN.match(cast.text, *span):
        return (nobody(span, kind="anonymous"),)
    if owner := owner_of_words(cast, span):
        return (named(owner.entity, owner.span, "rule:owner", 0.8),)
    if writer := _his_words(cast, span, words, earlier, enclosing):
        return (writer,)
    if one := _one_body(cast, span):
        return (one,)
    if noun := find_document_noun(cast, span):
        return issuers(cast, span, noun)
    if people := _family(cast, span) or _headed_by_name(cast, span) or _apposed(cast, span):
        return people
    if speaker := _name_before(cast, span):
        return (speaker,)
    if bearer := bearer_of(cast, span, words, earlier):
        return (named(bearer, span, "rule:role", 0.8),)
    return (_unnamed(cast, span, words),)


# "two people close to the Norlandic delegation": what is marked as the source is not who speaks
_CLOSE_TO = re.compile(r"\b(?:close|near|loyal) to\s\Z|\bfamiliar with\s\Z")
# "a memo Ms Holt wrote": it is not Ms Holt who speaks
_WRITTEN = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Oo]ne)\s(?:\w{1,20}\s)?(?:memo|report|statement|letter|note|document)\s(?=[A-Z])"
)


def _his_words(
    cast: Cast, span: Span, words: str, earlier: Sequence[Speaker], enclosing: Sequence[Speaker]
) -> Speaker | None:
    """The one whose own words "his famous demand" is."""
    first, _, rest = words.partition(" ")
    if first not in ("his", "her") or not is_utterance(" " + rest):
        return None
    owner = Span(span.start, span.start + 3)
    return pronouns.he_or_she(cast, owner, _HE_OR_SHE[first], earlier, enclosing)


_ONE_BODY = re.compile(
    r"(?:[Tt]he\s)?(?P<name>[A-Z][\w’'.-]{1,30}(?:\s(?:(?:of|for)\s)?[A-Z][\w’'.-]{1,30}){0,5}"
    r"\sand(?:\s[A-Z][\w’'.-]{1,30}){1,4}),\s(?:the|an?)\s(?P<words>(?:[\w’'-]{1,30}\s){0,3}[\w’'-]{1,30})"
)


def _one_body(cast: Cast, span: Span) -> Speaker | None:
    """The body with an "and" in its name, as the singular after it shows: "Port and Fish Services, the agency"."""
    match = _ONE_BODY.match(cast.text, *span)
    if match is None or not set(match["words"].split()) & words_of("body nouns"):
        return None
    place = Span(match.start("name"), match.end("name"))
    if people_in(cast, place):
        return None
    return Speaker(name=match["name"], role=None, kind="body", mention=place, how="rule:one-body", confidence=0.8)


_FAMILY = re.compile(r"(?:[Tt]he\s)?(?P<surname>[A-Z][\w-]{1,30}?)(?:e?s)[’']?")


def _family(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """The two people of one surname whom its plural means: "the Venns"."""
    match = _FAMILY.fullmatch(cast.text, *span)
    if match is None:
        return ()
    plural = match.group().strip("’'").removeprefix("The ").removeprefix("the ")
    if is_land_word(plural):
        return ()  # "Republicans" are no family, though "the Lethe Republican" was taken for a name
    bearers = [one for one in cast.entities if _surname_plural(one, plural)]
    if len(bearers) != 2:
        return (nobody(span),) if bearers else ()
    return tuple(named(one, span, "rule:family", 0.8) for one in bearers)


def _surname_plural(entity: Entity, plural: str) -> bool:
    words = entity.name.split()
    is_full = entity.kind in ("person", "unknown") and len(words) > 1
    return is_full and plural in (words[-1] + "s", words[-1] + "es")


_HEAD_ENDS = re.compile(r"[,;:(\[—–]|\s-+\s|\s(?:who|whose|whom|which|where|including)\b")


def _head(cast: Cast, span: Span) -> Span:
    """A source up to its first comma, bracket or relative clause."""
    match = _HEAD_ENDS.search(cast.text, *span)
    return Span(span.start, match.start() if match and match.start() > span.start else span.end)


def _headed_by_name(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """Those with whose names a source begins, and those whom "and" joins to them."""
    head = _head(cast, span)
    item = _first_item(cast, head)
    first = _name_at_end(cast, item, span.end) or _unfound_name(cast, span)
    if first is None and set(cast.text[slice(*item)].lower().split()) & role_words():
        first = _name_at_end(cast, head, span.end)  # "Secretary of State and candidate Ada Venn"
    if first is None:
        return ()
    if first.kind == "body" and _AND_PEOPLE.match(cast.text, item.end, span.end):
        return ()  # "Port Union and Harbour Trust spokesmen"
    speakers = [first]
    at = first.mention.end if first.mention else span.end
    while following := _joined(cast, at, span.end):
        speakers.append(following)
        at = following.mention.end if following.mention else span.end
    return tuple({one.name or number: one for number, one in enumerate(speakers)}.values())


_AND_PEOPLE = re.compile(r"\sand\s(?:the\s)?[A-Z][\w’'. -]{1,40}\s(?:[a-z]{1,12}\s)?[a-z]{2,12}(?:s|men)\Z")
_ITEM_ENDS = re.compile(r"\s(?:and|or|but|&)\s")


def _first_item(cast: Cast, head: Span) -> Span:
    """A head up to its first "and" that stands in no name."""
    inside = mentions_in(cast, head)
    for match in _ITEM_ENDS.finditer(cast.text, *head):
        in_name = any(one.span.start < match.start() and match.end() <= one.span.end for one in inside)
        if not in_name and match.start() > head.start:
            return Span(head.start, match.start())
    return head


def _name_at_end(cast: Cast, item: Span, end: int) -> Speaker | None:
    """The one whose name ends an item up to its first preposition: "former senator Ada Venn", "Ada Venn of Lethe"."""
    stop = _first_preposition(cast, item)
    for one in reversed(mentions_in(cast, Span(item.start, stop))):
        if _OFFICE_OF.search(cast.text[item.start : one.span.start]) and not is_person(cast, one.entity):
            return None  # "his secretary of State"
        if owns(cast.text, one):
            alone = not cast.text[one.span.end : end].strip("’'sS ,.")
            return named(one.entity, one.span, "rule:owner", 0.8) if alone else None
        if _stands_before_noun(cast.text, one, stop) or _is_generic(cast, one):
            return None
        return _speaker_of(cast, item, one)
    return None


def _speaker_of(cast: Cast, item: Span, mention: Mention) -> Speaker | None:
    """The speaker whom a name means that heads an item."""
    found = mention.entity
    if is_person(cast, found):
        return named(found, mention.span, "rule:named", 0.95)
    before = cast.text[item.start : mention.span.start]
    if " " not in found.name and _OWNER_BEFORE.search(before):  # "the harbour master’s Office" is not "Office"
        name = without_determiner(cast.text[item.start : mention.span.end])
        return Speaker(name=name, role=None, kind="body", mention=mention.span, how="rule:named", confidence=0.8)
    kind: SpeakerKind = "body"
    if found.kind == "unknown":
        full = " " in found.name
        kind = "unknown" if not full else "body" if before.strip() else "person"
    return Speaker(name=found.name, role=found.role, kind=kind, mention=mention.span, how="rule:named", confidence=0.8)


_OFFICE_OF = re.compile(r"[a-z]\sof\s\Z")
_OWNER_BEFORE = re.compile(r"[’']s?\s\Z")
_SMALL_WORD = re.compile(r"\s(?P<word>[a-z]+)(?=\s)")


def _first_preposition(cast: Cast, item: Span) -> int:
    """Where the first preposition of an item stands that is in no name and in no office ("secretary of state")."""
    inside = mentions_in(cast, item)
    for match in _SMALL_WORD.finditer(cast.text, *item):
        if match["word"] not in words_of("preposition") and match["word"] not in ("close", "inside", "to"):
            continue
        if any(one.span.start < match.start() and match.end() <= one.span.end for one in inside):
            continue
        if not _is_in_office(cast.text, item, match):
            return match.start()
    return item.end


def _is_in_office(text: str, item: Span, match: re.Match[str]) -> bool:
    """Whether an "of" stands in an office before a name: "Secretary of State", "former secretary of state"."""
    if match["word"] != "of":
        return False
    before = (text[item.start : match.start()].split() or [""])[-1]
    after = (text[match.end() : item.end].split() or [""])[0]
    if before.lower() not in role_words():
        return False
    return before[0].isupper() or after.lower() in words_of("kind of body")


_NOUN_AFTER = re.compile(r"[”\"]?\s(?P<word>[a-z][\w’'-]{0,30})")
_SMALL_NOUN = re.compile(r"\s[a-z]{3,20}\Z")
_NO_NOUNS = ("conjunction", "preposition", "adverb", "subject pronoun", "object pronoun", "auxiliary", "inverting")


def _stands_before_noun(text: str, mention: Mention, end: int) -> bool:
    """Whether inside a source a name stands before the noun that is meant: "the Holt campaign", "Holt aide Venn"."""
    match = _NOUN_AFTER.match(text, mention.span.end, end)
    if match is None:
        after = text[mention.span.end : end].split()[:1]
        capital = bool(after) and after[0][0].isupper() and mention.entity.kind != "person"
        return bool(after) and (capital or after[0].lower() in role_words() or _is_plural_of_people(after[0]))
    if match["word"].endswith(("ed", "ing")):
        return _SMALL_NOUN.match(text, match.end(), end) is not None and mention.entity.kind != "person"
    return not any(match["word"] in words_of(name) for name in _NO_NOUNS)


_PLURAL_VERB = re.compile(r"\s(?:are|were|have|do|say|think|believe|want|see|feel|know|expect|agree|support|tend)\s")


def _is_generic(cast: Cast, mention: Mention) -> bool:
    """Whether a name of one word is nobody's: "Millennials", "Critics", "PACs", "Reports"."""
    found = mention.entity
    if found.kind == "unknown" and is_land_word(found.name.rsplit(" ", 1)[-1]):
        return True  # "House Republicans"
    if found.kind == "person" or " " in found.name:
        return False
    word = found.name.lower()
    if _is_common(found.name) or found.kind != "unknown" or not word.endswith("s"):
        return _is_common(found.name) and found.kind == "unknown"
    letters = found.name[:-1].isupper() and len(word) > 2
    return letters or bool(_PLURAL_VERB.match(cast.text, mention.span.end))


def _is_common(word: str) -> bool:
    lower = word.lower()
    common = ("anonymous people", "people of a kind", "reports", "document", "body nouns")
    forms = (lower, lower + "s")  # "Member of the panel"
    return (
        lower in role_words() or is_land_word(word) or any(form in words_of(name) for form in forms for name in common)
    )


_RUN = re.compile(r"(?:[Tt]he\s)?(?P<name>[A-Z][\w’'&.-]{1,30}(?:\s(?:of\s|the\s|&\s)?[A-Z][\w’'&.-]{1,30}){0,5})")


def _unfound_name(cast: Cast, span: Span) -> Speaker | None:
    """The capitalised words that head a source, where they are a name that was not found: "Norpost Pollster"."""
    head = _head(cast, span)
    match = _RUN.fullmatch(cast.text, *head)
    if match is None or mentions_in(cast, head) or _is_in_title(cast, span):
        return None
    name = match["name"]
    words = name.split()
    opens = bool(cast.sentences) and cast.sentences[sentence_number(cast, head.start)].start == match.start("name")
    usual = (
        is_opener(words[0])
        or words[0].lower() in HONORIFICS
        or _is_common(words[0])
        or is_place(words[0])
        or words[-1].endswith(("’s", "'s"))
    )
    if len(words) == 1 and (opens or _is_common(name) or any(name in one.name.split() for one in cast.entities)):
        return None  # a surname that several people share stands for nobody
    if usual or _is_plural_of_people(words[-1]):
        return None
    place = Span(match.start("name"), match.end("name"))
    return Speaker(name=name, role=None, kind="body", mention=place, how="rule:capitals", confidence=0.6)


def _is_plural_of_people(word: str) -> bool:
    lower = word.lower()
    return lower in words_of("anonymous people") or (lower in role_words() and lower.endswith(("s", "men")))


def _is_in_title(cast: Cast, span: Span) -> bool:
    """Whether a source stands in a headline or the like, where capitals prove little."""
    return any(title.start <= span.start < title.end for title in cast.titles)


_JOINS = re.compile(r"(?:\s{0,2}\([^()]{1,40}\))?\s{0,2}(?P<link>,\s(?:[^,]{1,80},\s)?(?:and|&)|,|and|&)\s")
_BETWEEN = re.compile(r"\s|[\w.’'-]+")


def _joined(cast: Cast, start: int, end: int) -> Speaker | None:
    """The one whom "and" joins to a name that ends at `start`; of a row with commas the next."""
    match = _JOINS.match(cast.text, start, end)
    if match is None:
        return None
    rest = Span(match.end(), end)
    if match["link"] == "," and not _is_row(cast, rest):
        return _others(cast, rest)
    item = _first_item(cast, _head(cast, rest))
    if apposed := _apposed(cast, rest):
        return apposed[0]
    found = _name_at_end(cast, item, end)
    if found and found.mention and _may_lead(cast.text[rest.start : found.mention.start]):
        return found
    return None if match["link"] == "," else _also_unnamed(cast, item) or _others(cast, rest)


def _may_lead(words: str) -> bool:
    """Whether words before a name in a row are those of an office or the like, not of another noun phrase."""
    return all(
        word.lower() in role_words()
        or word.lower() in words_of("office modifier")
        or word[0].isupper()
        or word.lower() in words_of("determiner") | words_of("possessive")
        for word in _BETWEEN.findall(words)
        if word.strip()
    )


_NAME = r"[A-Z][\w’'.-]{0,30}(?:\s[A-Z][\w’'.-]{0,30}){0,5}"
_ROW = re.compile(rf"{_NAME}(?:\s\([^()]{{1,40}}\))?,?\s(?:and\s|{_NAME},?\sand\s)")


def _is_row(cast: Cast, rest: Span) -> bool:
    """Whether what follows a comma is the next name of a row that ends in "and"."""
    return bool(_ROW.match(cast.text, *rest))


_OTHERS = re.compile(r"(?:among\s)?others\b")


def _others(cast: Cast, rest: Span) -> Speaker | None:
    """The people without names at the end of a row: "and others", ", among others"."""
    match = _OTHERS.match(cast.text, *rest)
    return nobody(Span(match.start(), match.end()), role="others", kind="anonymous") if match else None


def _also_unnamed(cast: Cast, item: Span) -> Speaker | None:
    """The people without names that a source joins to named ones: "Mr Holt and island leaders"."""
    words = cast.text[slice(*item)].split()[:5]
    few = words_of("determiner") | words_of("some of many")
    ends = [number for number, word in enumerate(words) if _is_plural_of_people(word.strip(",")) and word not in few]
    if not ends and words[:1] != ["others"]:
        return None
    role = " ".join(words[: ends[-1] + 1]) if ends else "others"
    return nobody(Span(item.start, item.start + len(role)), role=role, kind="anonymous")


_FEW = ("a", "an", "the", "one", "another", "his", "her", "its", "their", "two", "three", "both")


def _apposed(cast: Cast, span: Span) -> tuple[Speaker, ...]:
    """The people in apposition to a role: "a spokeswoman, Ada Venn", "the mayor of Lethe at the time, Ada Venn"."""
    head = _head(cast, span)
    words = cast.text[slice(*head)].lower().split()
    noun = [word for word in words if word in role_words() or word in words_of("anonymous people") or word == "members"]
    if not words or cast.text[head.end : head.end + 2] != ", ":
        return ()
    if words[0] not in _FEW and not words[0].endswith(("’s", "'s", "s’")):
        return ()
    rest = Span(head.end + 2, span.end)
    people = _headed_by_name(cast, rest)
    if not people or people[0].kind == "body" or not people[0].mention:
        return ()
    if not noun and (people[0].how != "rule:named" or cast.text[people[0].mention.end : rest.end].strip(" ,")):
        return ()  # "Ada Venn’s oldest friend, Paul Holt," ends in the name, whatever the noun
    return people if _may_lead(cast.text[rest.start : people[0].mention.start]) else ()


_APPOSITION = re.compile(r"\s?(?:\([^()]{1,30}\))?,\s\Z")


def _name_before(cast: Cast, span: Span) -> Speaker | None:
    """The person to whom a whole source stands in apposition: "Ada Venn, [a Lethe lawyer] who …"."""
    first = cast.text[span.start : span.end].split()[0]
    before = people_in(cast, Span(max(0, span.start - 60), span.start))
    if first not in ("a", "an", "the") or not before or owns(cast.text, before[-1]):
        return None
    if not _APPOSITION.fullmatch(cast.text, before[-1].span.end, span.start):
        return None
    after = cast.text[span.end : span.end + 30].split()[:1]
    told = not after or after[0].strip(",") in words_of("inverting")
    head = cast.text[span.start : _head_end(cast, span)].split()
    is_of_people = any(word.lower() in role_words() or is_land_word(word) for word in head[-1:])
    return None if told or not is_of_people else named(before[-1].entity, span, "rule:apposition", 0.7)


_OF = re.compile(r"\s(?:for|of|from|at|in|to|with|by|who|inside|close|near|against|on|about|over|including|like)\s")


def _head_end(cast: Cast, span: Span) -> int:
    """Where the head of a source ends: before the first "for", "of" or "who" after a noun that is no name."""
    words = cast.text[span.start : span.end]
    for match in _OF.finditer(words):
        before = words[: match.start()].split()[-1:] or [""]
        office = before[0][:1].isupper() and before[0].lower() in role_words()
        if not office and not people_in(cast, Span(span.start, span.start + match.start())):
            return span.start + match.start()
    return span.end


def _unnamed(cast: Cast, span: Span, words: str) -> Speaker:
    """A speaker that is no named person: a body by its noun, people of a role, or unknown."""
    head = cast.text[span.start : min(_head_end(cast, span), _head(cast, span).end)]
    heads = [word.strip(",") for word in words[: len(head)].split()] or [""]
    last = heads[-1]
    anonymous = words_of("anonymous people") | words_of("reports")
    if last in role_words() or last in anonymous or heads[0] in words_of("anonymous people") | words_of("some of many"):
        return nobody(span, role=role_of_source(cast, span), kind="anonymous")
    if last in words_of("body nouns"):
        return body(cast, span, head, heads)
    return nobody(span)
