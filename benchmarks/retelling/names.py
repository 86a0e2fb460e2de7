"""Persons, places and bodies as far as the benchmark needs them: by lists and titles, nothing learnt."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.retelling.words import any_of, whole_list

TITLES = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.|Senator|President|Secretary|Representative|Governor|Gov\."
SURNAME = r"(?:Mc|Mac|O’|O'|De|Di)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
_GIVEN = any_of([row[0] for row in whole_list("given_names")])
_PRONOUNS = {row[0]: row[1] for row in whole_list("given_names")}
_NOT_SURNAMES = {
    "The",
    "And",
    "House",
    "Street",
    "University",
    "County",
    "City",
    "Administration",
    "Day",
    "White",
    "Qaeda",
    "Forecast",
}
_NOT_SURNAMES |= {row[0] for row in whole_list("places_and_bodies")} | {row[1] for row in whole_list("months")}
_FULL_NAME = re.compile(rf"\b(?P<given>{_GIVEN})(?: [A-Z]\.)? (?P<surname>{SURNAME})\b(?!’s [A-Z])(?! [A-Z])")
TITLED = re.compile(rf"(?:\b(?P<title>{TITLES}) )(?P<surname>{SURNAME})\b(?! [A-Z])")
_BODIES = {row[0]: row[1] for row in whole_list("places_and_bodies")}
LISTED = frozenset(_BODIES)
BODY = re.compile(rf"(?<![\w-])(?<![A-Z][a-z] ){any_of(list(_BODIES))}(?![\w-])(?! [A-Z])")


class Person(NamedTuple):
    """A full name as it stands at `start`; `pronoun`: "he" or "she"."""

    start: int
    end: int
    given: str
    surname: str
    pronoun: str

    @property
    def name(self) -> str:
        """Given name and surname, without what stands between them."""
        return f"{self.given} {self.surname}"


def find_persons(text: str) -> Iterator[Person]:
    """Full names, in text order."""
    for match in _FULL_NAME.finditer(text):
        if match["surname"] not in _NOT_SURNAMES and match["surname"] not in _PRONOUNS:
            yield Person(*match.span(), match["given"], match["surname"], _PRONOUNS[match["given"]])


def body_type(name: str) -> str:
    """The type of a listed place or body."""
    return _BODIES[name]


def others_named(text: str, surname: str) -> list[Person]:
    """Persons of a text, each once, other than those of a surname."""
    found = {person.name: person for person in find_persons(text)}
    return [person for person in found.values() if person.surname != surname]
