"""Whose words a document is: the body that made a poll or report, the person who wrote a tweet.

"A Norland Times/Lethe University poll" stands for two bodies, "polls from the Gazette" for one, "the poll" for nobody
whom its words name. Theory: who makes a document stands before its noun, or after "by" or "from"; a place, a day or a
person before "poll" tells what was asked, not who asked.
"""

import re
from collections.abc import Iterator, Sequence

from retold.article import Span
from retold.language.names import is_opener, is_place, organization_words, role_words
from retold.statements.bodies import role_of_source, without_determiner
from retold.statements.cast import (
    Cast,
    Mention,
    is_land_word,
    mentions_in,
    named,
    nobody,
    owns,
    people_in,
    without_ending,
)
from retold.statements.context import words_of
from retold.statements.statement import Speaker

_NOUN = re.compile(r"(?<![\w’'-])[A-Za-z]{3,13}(?![\w’'-])")
_HEAD_ENDS = re.compile(r"[,;:(]|\s(?:of|for|by|from|in|on|at|with|to|and|who|which|that)\s")


def find_document_noun(cast: Cast, span: Span) -> Span | None:
    """The noun by which a source is a document; None: it is none."""
    inside = mentions_in(cast, span)
    ends = (match.start() for match in _HEAD_ENDS.finditer(cast.text, *span))
    end = next((at for at in ends if not any(one.span.start < at < one.span.end for one in inside)), span.end)
    nouns = [
        Span(match.start(), match.end())
        for match in _NOUN.finditer(cast.text, span.start, end)
        if match.group().lower() in words_of("document")
    ]
    noun = nouns[0] if nouns else None
    return None if noun is None or _is_of_name(cast, span, noun) or _is_of_people(cast, noun, end) else noun


def _is_of_people(cast: Cast, noun: Span, end: int) -> bool:
    """Whether the noun that is meant follows: "poll respondents", "editorial board", "study author Ada Venn"."""
    after = (cast.text[noun.end : end].split() or [""])[0]
    if after[:1].isupper() or not after:
        return bool(after) and not is_opener(after)
    follows = after.endswith(("ed", "ing")) or any(after in words_of(name) for name in _FOLLOWING)
    return not follows


_FOLLOWING = (
    "document",
    "participle",
    "preposition",
    "determiner",
    "adverb",
    "subject pronoun",
    "auxiliary",
    "inverting",
)


def _is_of_name(cast: Cast, span: Span, noun: Span) -> bool:
    """Whether the noun ends a title ("The Harbour Report"): of a poll that is still who made it."""
    word = cast.text[slice(*noun)]
    if not word[0].isupper() or word.lower() in words_of("poll"):
        return False
    return any(one.span.start < noun.start and noun.end <= one.span.end for one in mentions_in(cast, span))


def issuers(cast: Cast, span: Span, noun: Span) -> tuple[Speaker, ...]:
    """Who made a document; one speaker without a name: its words do not tell."""
    makers = list(_makers_before(cast, Span(span.start, noun.start)))
    makers = makers or list(_writers(cast, noun, span)) or list(_makers_in(cast, _after(cast, _BY, noun.end, span.end)))
    if not makers and (other := _OF_OTHER.match(cast.text, noun.end, span.end)):
        makers = list(_makers_before(cast, Span(noun.end + 4, other.start("noun"))))
    if makers:
        makers.extend(_makers_in(cast, _after(cast, _JOINTLY, noun.end, span.end)))
    unique = {one.name: one for one in makers}
    return tuple(unique.values()) or (nobody(span, role=role_of_source(cast, span), kind="anonymous"),)


_WRITTEN_BY = re.compile(r"\swritten\sby\s")


def _writers(cast: Cast, noun: Span, span: Span) -> Iterator[Speaker]:
    """The person by whom a document is written: "memos written by Ms Holt"."""
    after = _after(cast, _WRITTEN_BY, noun.end, span.end)
    for one in people_in(cast, after) if after else ():
        yield named(one.entity, one.span, "rule:document", 0.8)


_OF_OTHER = re.compile(r"\sof\s(?:[\w’'/.&-]{1,30}\s){1,8}?(?P<noun>polls|surveys|data|results|records)(?!\w)")
_BY = re.compile(
    r"\s?(?:of\spolls\s)?(?:(?:conducted|released|compiled|published|commissioned|written)\s)?"
    r"(?:by|from|(?<=published\s)in)\s(?:the\s)?"
)
_JOINTLY = re.compile(r",?\s(?:conducted\s)?(?:jointly|together|along)\swith\s(?:the\s)?")
_LONGER = re.compile(r"\s(?:for|of|on)\s[A-Z]")
_LAST = re.compile(r"[,;]|\s(?:released|published|conducted|showing|this|last|on|in|that|which|who)\s")


def _after(cast: Cast, pattern: re.Pattern[str], start: int, end: int) -> Span | None:
    """The stretch after "by" or "jointly with", up to the next clause."""
    match = pattern.match(cast.text, start, end)
    if match is None:
        return None
    last = _LAST.search(cast.text, match.end(), end)
    return Span(match.end(), last.start() if last else end)


def _makers_in(cast: Cast, span: Span | None) -> Iterator[Speaker]:
    """The bodies that a stretch names."""
    for one in mentions_in(cast, span) if span else ():
        if _LONGER.match(cast.text, one.span.end):
            yield from _in_pieces(cast, Span(one.span.start, span.end if span else one.span.end))
            return
        is_body = one.entity.kind in ("organization", "unknown") and len(one.entity.name) > 1
        if is_body and not owns(cast.text, one):
            yield _maker(one)


_LONG_NAME = re.compile(r"[A-Z][\w’-]{1,30}\s(?:for|on)(?:\sthe)?(?:(?:\s(?:and|of))?\s[A-Z][\w-]{1,30}){1,6}")


def _in_pieces(cast: Cast, span: Span) -> Iterator[Speaker]:
    """A body that was found in pieces, where its whole name fills the stretch: "Centre for Port Research"."""
    if _LONG_NAME.fullmatch(cast.text, *span) and cast.text[slice(*span)].split()[0].lower() in organization_words():
        name = cast.text[slice(*span)]
        yield Speaker(name=name, role=None, kind="body", mention=span, how="rule:document", confidence=0.7)


def _maker(mention: Mention) -> Speaker:
    return Speaker(
        name=mention.entity.name, role=None, kind="body", mention=mention.span, how="rule:document", confidence=0.7
    )


def _makers_before(cast: Cast, before: Span) -> Iterator[Speaker]:
    """The bodies named before the noun: "a CNN/ORC", "the latest Norland Times-Lethe University", "Gallup’s own"."""
    owners = [one for one in mentions_in(cast, before) if owns(cast.text, one)]
    if owners and is_land_word(owners[-1].entity.name.rsplit(" ", 1)[-1]):
        return  # "the Port Committee Republicans’ letter"
    if owners:
        yield named(owners[-1].entity, owners[-1].span, "rule:document", 0.8)
        return
    words = cast.text[slice(*before)]
    body = _common_body(words)
    if body:
        yield Speaker(name=body, role=None, kind="body", mention=before, how="rule:document", confidence=0.7)
        return
    for run in _RUN.finditer(words):
        parts = list(_parts(run.group()))
        for part in parts:
            name = _fuller(cast, part)
            if not _is_of_topic(cast, name, is_alone=len(parts) == 1):
                yield Speaker(name=name, role=None, kind="body", mention=before, how="rule:document", confidence=0.7)


def _common_body(words: str) -> str | None:
    """The body that a common noun names before a document's: "a Norwegian finance ministry paper"."""
    found = words.split()
    return without_determiner(words) if len(found) > 1 and found[-1] in words_of("body nouns") else None


_RUN = re.compile(r"(?<![\w’'])[A-Z][\w.’'&-]{0,30}(?:(?:\s|/|\s(?:the|of|and|&)\s)[A-Z][\w.’'&-]{0,30}){0,9}")
_JOINT = re.compile(r"/|(?<=[a-z])[-–](?=[A-Z])|(?<=[A-Z])[-–](?=[A-Z])")


def _parts(run: str) -> Iterator[str]:
    """The names that a slash or hyphen joins in a run of capitalised words, without what only tells which poll."""
    for part in _JOINT.split(run):
        words = without_ending(part).split()
        for size in (2, 1):
            ending = " ".join(words[-size:])
            if len(words) > size and is_place(ending) and words[-size - 1] != "of":
                words = words[:-size]  # "Lethe University New York" asked in New York
        while words and (is_opener(without_ending(words[0])) or words[0].lower() in words_of("which poll")):
            words.pop(0)
        if words:
            yield " ".join(words)


def _fuller(cast: Cast, words: str) -> str:
    """The name under which the article has a body: the one fuller name that holds the words, else the words."""
    names = [part for one in cast.entities if one.kind != "place" for part in _JOINT.split(one.name)]
    if words in names and " " in words:
        return words
    wanted = f" {words} "
    fuller = [
        name for name in dict.fromkeys(names) if wanted in f" {name} " and name != words and not _ends_in_poll(name)
    ]
    same = [name for name in names if name == words]
    return fuller[0] if len(fuller) == 1 else (same or [words])[0]


def _ends_in_poll(name: str) -> bool:
    return name.rsplit(" ", 1)[-1].lower() in words_of("document")


def _is_of_topic(cast: Cast, name: str, *, is_alone: bool) -> bool:
    """Whether a name before "poll" tells what was asked: a place, a nation, a person, an office."""
    words = name.split()
    if words[-1].lower() in organization_words():
        return False
    common = words[0].lower() in words_of("document") | words_of("reports") or (
        is_alone and words[0].lower() in role_words()
    )
    return (
        (common and len(words) == 1)
        or is_place(name)
        or all(is_land_word(word) for word in words)
        or name in cast.genders
    )


def owner_of_words(cast: Cast, span: Span) -> Mention | None:
    """The person whose own words a source is: "Ms Holt’s speech"; None: it is none."""
    for one in mentions_in(cast, span):
        if is_land_word(one.entity.name.rsplit(" ", 1)[-1]):
            return None  # "the Port Committee Republicans’ letter"
        if owns(cast.text, one) and one.entity.kind in ("person", "unknown"):
            return one if is_utterance(cast.text[one.span.end : span.end]) else None
    return None


_ENDING = re.compile(r"\A[’'](?:s(?!\w))?")


def is_utterance(after: str) -> bool:
    """Whether what follows an owner is somebody's own words: "’s first speech in May"."""
    words: Sequence[str] = _HEAD_ENDS.split(_ENDING.sub("", after) + " ", maxsplit=1)[0].split()
    return 0 < len(words) < 5 and words[-1].lower() in words_of("utterance")
