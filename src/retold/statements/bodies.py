"""Bodies that a common noun names: "the foreign ministry", "Holt’s campaign", "the ministry"."""

import re
from collections.abc import Sequence

from retold.article import Span
from retold.language.tokens import tokenize
from retold.statements.cast import Cast, is_land_word, mentions_in, nobody, owns, people_in
from retold.statements.context import words_of
from retold.statements.statement import Speaker


def without_determiner(words: str) -> str:
    """A noun phrase without its first word, if that is an article or the like."""
    first, _, rest = words.strip(" ,").partition(" ")
    return rest if first.lower() in words_of("determiner") | words_of("possessive") else words.strip(" ,")


def body(cast: Cast, span: Span, head: str, heads: Sequence[str]) -> Speaker:
    """A body that a common noun names: by the words before the noun, else by the fuller name it had before."""
    if heads[0] in ("a", "an", "another", "one") or (heads[0] in words_of("possessive") and len(heads) < 3):
        return nobody(span, role=role_of_source(cast, span), kind="body")
    owners = [one for one in people_in(cast, Span(span.start, span.start + len(head))) if owns(cast.text, one)]
    if heads[-1] in ("team", "camp") and owners:
        return nobody(span, role=role_of_source(cast, span), kind="anonymous")  # "Ms Holt’s team": people, no body
    name: str | None = without_determiner(head)
    if name and name.islower() and len(name.split()) == 1:
        place = _IN_PLACE.fullmatch(cast.text, span.start + len(head), span.end)
        name = f"{name} {place['place']}" if place else _fuller_name(cast, span, name)
    elif name and name.islower() and name.split()[-1] not in words_of("bodies of state"):
        name = None  # "the rights group" is one of many
    return Speaker(name=name, role=None, kind="body", mention=span, how="rule:body", confidence=0.7)


_IN_PLACE = re.compile(r"\s?(?P<place>(?:in|of)\s[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30})?)")
_SHORT_OF = 4000  # characters before a short form in which its full name is looked for


def _fuller_name(cast: Cast, span: Span, noun: str) -> str | None:
    """The one fuller name of a body before `span` that ends in `noun` ("the ministry" after "the foreign ministry")."""
    first = max(0, span.start - _SHORT_OF)
    fuller = {
        one.entity.name
        for one in mentions_in(cast, Span(first, span.start))
        if one.entity.kind != "person" and " " in one.entity.name and one.entity.name.lower().endswith(" " + noun)
    }
    for match in re.finditer(rf"\b{re.escape(noun)}\b", cast.text[first : span.start]):
        at = first + match.start()
        kinds = _kinds_before(cast.text[max(0, at - 40) : at].split(), noun)
        if kinds:
            fuller.add(" ".join((*kinds, noun)))
    return fuller.pop() if len(fuller) == 1 else None


def _kinds_before(words: Sequence[str], noun: str) -> list[str]:
    """The words before a noun that tell which body it is: "foreign" of a ministry, no "justice" of a group."""
    of_state = words_of("kind of body") if noun in words_of("bodies of state") else frozenset()
    kinds = [word for word in words[-2:] if word in of_state or is_land_word(word)]
    return kinds if kinds and words[-1] == kinds[-1] else []


def role_of_source(cast: Cast, span: Span) -> str | None:
    """The words of an unnamed source without its article: "a spokesman for the port" -> "spokesman for the port"."""
    tokens = tokenize(cast.text, *span)
    start = 1 if tokens and tokens[0].text.lower() in _ARTICLES else 0
    return cast.text[tokens[start].start : span.end].strip(" ,") if len(tokens) > start else None


_ARTICLES = ("a", "an", "the", "one", "some", "several", "many", "two")
