"""Names that become other names of their type: persons, places, bodies."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.names import BODY, TITLED, Person, body_type, find_persons, others_named
from benchmarks.retelling.variants import Edit, Kinds, Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, whole_list

_ACCEPTS: Kinds = frozenset({"name", "speaker_changed"})


def swap_names(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """Every full name, titled surname, place and body, swapped for another of its type."""
    yield from _swap_persons(window, words, rng)
    yield from _swap_titled(window, words, rng)
    yield from _swap_bodies(window, words, rng)


def _swap_persons(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    for person in find_persons(window.text):
        here = others_named(window.whole, person.surname)
        same = [other.name for other in here if other.pronoun == person.pronoun]
        if same:
            yield _variant("person of the report", Edit(person.start, person.end, rng.choice(same)))
        yield _variant("person", Edit(person.start, person.end, _new_person(person, words, rng)))
        given = f"{_given(person, words, rng)} {person.surname}"
        yield _variant("given name", Edit(person.start, person.end, given))


def _new_person(person: Person, words: Words, rng: Random) -> str:
    return f"{_given(person, words, rng)} {rng.choice(words.column('surnames'))}"


def _given(person: Person, words: Words, rng: Random) -> str:
    names = [row[0] for row in words.rows("given_names") if row[1] == person.pronoun and row[0][0] != person.given[0]]
    return rng.choice(names)


def _swap_titled(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    for match in TITLED.finditer(window.text):
        pronoun = {"Mr.": "he", "Mrs.": "she", "Ms.": "she"}.get(match["title"])
        others = [
            other.surname for other in others_named(window.whole, match["surname"]) if pronoun in (None, other.pronoun)
        ]
        start, end = match.span("surname")
        if others:
            yield _variant("titled, of the report", Edit(start, end, rng.choice(others)))
        yield _variant("titled", Edit(start, end, rng.choice(words.column("surnames"))))


def _swap_bodies(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    for match in BODY.finditer(window.text):
        kind = body_type(match.group())
        rows = [row for row in whole_list("places_and_bodies") if row[1] == kind and row[0] != match.group()]
        here = [row[0] for row in rows if re.search(rf"\b{row[0]}\b", window.whole)]
        listed = [row[0] for row in words.rows("places_and_bodies") if row in rows]
        for how, names in ((f"{kind} of the report", here), (kind, listed)):
            sentence = window.text[slice(*window.sentence_at(match.start()))]
            fitting = [
                name for name in names if name not in sentence and (name[0] in "AEIOU") == (match.group()[0] in "AEIOU")
            ]
            if fitting and not _part_of_name(window.text, match.start(), match.end()):
                yield _variant(how, Edit(*match.span(), rng.choice(fitting)))


def _part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a capital word stands right before or behind: "Kansas City", "Bank of America"."""
    before = re.search(r"(?:[A-Z][\w.’'-]* (?:of |for |and )?|[A-Z]\.)$", text[:start])
    first = bool(before) and bool(re.search(r"(?:[.!?\n]\s*|^)(?:In|The|For|But|And|While|At|From) $", text[:start]))
    return (bool(before) and not first) or bool(re.match(r"(?:,? (?:D\.C\.|[A-Z])|’s [A-Z]|, [A-Z])", text[end:]))


def _variant(how: str, edit: Edit) -> Variant:
    return Variant("name", how, (edit,), _ACCEPTS)
