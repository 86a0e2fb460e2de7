"""Sides: the countries and bodies of countries that actors stand for, and the words that name them.

Known sides come from ISO 3166 and data/sides.tsv. A country that neither knows is derived from the texts at hand: where
"the Veldanian envoy" and "Veldania" both occur, the adjective leads to the country.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import pycountry

from retold.article import Article
from retold.language.names import role_words
from retold.language.tables import read_table
from retold.language.tokens import Token, tokenize
from retold.ledger.grammar import words

FormKind = Literal["name", "adjective", "people", "capital", "body"]

_LONGEST = 5  # tokens of the longest form looked up ("People's Republic of China")
# What may stand for an adjective's ending in the country's name: "Veldania-n", "Marend-ish" and "Marendia".
_COUNTRY_ENDINGS = ("", "a", "e", "ia", "y", "o", "land")


class SideForm(NamedTuple):
    """What a form stands for, and how: as a name, as an adjective, as the people, as a capital used for its state, as a
    body of its own that belongs to it."""

    side: str
    kind: FormKind


Sides = Mapping[tuple[str, ...], SideForm]
"""The sides by the words of their forms, as they are written."""


@cache
def known_sides() -> Sides:
    """The forms of ISO 3166 and data/sides.tsv."""
    table: dict[tuple[str, ...], SideForm] = {}
    for country in pycountry.countries:
        name = getattr(country, "common_name", country.name)
        if "," not in name:
            table[_key(name)] = SideForm(name, "name")
    for row in read_table("retold.ledger", "sides.tsv"):
        table.update(_forms(row))
    return table


def _forms(row: Mapping[str, str]) -> dict[tuple[str, ...], SideForm]:
    side = row["name"]
    forms = {_key(name): SideForm(side, "name") for name in (*_parts(row["other names"]), side)}
    for capital in _parts(row["capital"]):
        forms[_key(capital)] = SideForm(side, "capital")
    for body in _parts(row["bodies"]):
        forms[_key(body)] = SideForm(side, "body")
    for adjective in _parts(row["people"]):
        forms[_key(adjective)] = SideForm(side, "adjective")
        if adjective[-1] not in "hs" and not adjective.endswith("ese"):
            forms[_key(adjective + "s")] = SideForm(side, "people")
    return forms


def _key(form: str) -> tuple[str, ...]:
    return tuple(token.text.replace("’", "'") for token in tokenize(form))


def _parts(field: str) -> list[str]:
    return [part for part in field.split("|") if part]


def derive_sides(articles: Iterable[tuple[Article, Sequence[Token]]]) -> Sides:
    """The known sides and the countries that the texts themselves show by an adjective and a name.

    An adjective counts when a word of office or of state follows it ("Veldanian envoy") or it is the people
    ("Veldanians"), and exactly one word of the texts can be its country. Articles come with their tokens.
    """
    nouns = role_words() | words("state noun") | words("group noun")
    capitalised: set[str] = set()
    adjectives: set[str] = set()
    for _, tokens in articles:
        capitalised.update(token.text for token in tokens if token.text[0].isupper())
        adjectives.update(a.text for a, b in pairwise(tokens) if b.text.lower() in nouns)
    people = {word[:-1] for word in capitalised if word.endswith(("ans", "ians", "eans"))}
    candidates = {word for word in adjectives | people if (word,) not in known_sides()}
    derived: dict[tuple[str, ...], SideForm] = {}
    for word in sorted(candidates):
        country = _country_of(word, capitalised)
        if country:
            derived[(country,)] = SideForm(country, "name")
            derived[(word,)] = SideForm(country, "adjective")
            derived[(word + "s",)] = SideForm(country, "people")
    return {**derived, **known_sides()}


def _country_of(adjective: str, capitalised: set[str]) -> str | None:
    """The one word of the text that can be the country of an adjective; None: none, or more than one."""
    found: set[str] = set()
    for ending in ("n", "an", "ian", "ean", "ish", "ese", "i"):
        stem = adjective.removesuffix(ending)
        if stem != adjective and len(stem) > 3:
            found.update(stem + tail for tail in _COUNTRY_ENDINGS if stem + tail in capitalised)
    found.discard(adjective)
    return found.pop() if len(found) == 1 else None


def side_of_name(sides: Sides, name: str) -> str | None:
    """The side that a whole name is, as its name, adjective, people or capital; None: it is none, or a body of one."""
    form = sides.get(_key(name))
    return form.side if form and form.kind != "body" else None


def side_at(sides: Sides, tokens: Sequence[Token], index: int) -> tuple[SideForm, int] | None:
    """The longest form that begins at `tokens[index]`, and the index after it; None: none does."""
    if not tokens[index].text[0].isupper():  # every form begins with a capital
        return None
    for end in range(min(len(tokens), index + _LONGEST), index, -1):
        form = sides.get(tuple(token.text.replace("’", "'") for token in tokens[index:end]))
        if form:
            return form, end
    return None


def side_in(sides: Sides, tokens: Sequence[Token], *, capitals: bool = False) -> str | None:
    """The one side that words name ("US Secretary of State", "envoy of Veldania"), by its capital too where `capitals`
    may stand for it ("officials in Harrow"); None: none, or two."""
    found: set[str] = set()
    index = 0
    while index < len(tokens):
        hit = side_at(sides, tokens, index)
        if hit and (capitals or hit[0].kind != "capital"):
            found.add(hit[0].side)
        index = hit[1] if hit else index + 1
    return found.pop() if len(found) == 1 else None
