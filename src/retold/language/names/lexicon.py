"""The word lists with which names are read."""

from collections.abc import Collection
from functools import cache

from retold.language.tables import read_table, word_set

HONORIFICS = word_set("retold.language", "honorific")
"""Forms of address: they show that a person follows and are no part of the name."""

ABBREVIATED_ROLES = {
    "sen.": "senator", "sens.": "senator", "rep.": "representative", "reps.": "representative", "gov.": "governor",
    "gen.": "general", "col.": "colonel", "lt.": "lieutenant", "capt.": "captain", "adm.": "admiral",
    "sgt.": "sergeant", "maj.": "major",
}  # fmt: skip

PARTICLES = word_set("retold.language", "name particle")

NOT_NAMES = word_set("retold.language", "no name")


@cache
def role_words() -> frozenset[str]:
    """Nouns of office and occupation, singular and plural, lower case."""
    rows = [row["role"] for row in read_table("retold.language", "roles.tsv")]
    plurals = {_plural(row) for row in rows}
    return frozenset(rows) | plurals | frozenset(ABBREVIATED_ROLES)


def _plural(noun: str) -> str:
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


@cache
def organization_words() -> frozenset[str]:
    """Nouns that end the names of bodies, lower case."""
    return frozenset(row["word"] for row in read_table("retold.language", "organization_words.tsv"))


@cache
def people_adjectives() -> frozenset[str]:
    """Adjectives of nationality, faith and party, and their plurals: names of nobody."""
    rows = [row["adjective"] for row in read_table("retold.language", "adjectives_of_people.tsv")]
    return frozenset(rows) | frozenset(row + "s" for row in rows)


@cache
def given_names() -> dict[str, str]:
    return {row["name"]: row["pronoun"] for row in read_table("retold.language", "given_names.tsv")}


def pronoun_of_given_name(name: str) -> str:
    """ "he" or "she" for a full name whose given name nearly always goes with it; "" where it does not tell."""
    words = name.split()
    pronoun = given_names().get(words[0], "") if len(words) > 1 else ""
    return "" if pronoun == "either" else pronoun


@cache
def same_names() -> dict[str, str]:
    return {row["form"]: row["name"] for row in read_table("retold.language", "same_names.tsv")}


@cache
def places() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("retold.language", "places.tsv"))


@cache
def _place_words() -> frozenset[str]:
    words = {word for place in places() for word in place.split() if len(word) > 3}
    return places() | (words - {"New", "North", "South", "East", "West", "City", "United", "States", "Islands"})


def is_place(name: str) -> bool:
    """Whether a name is a place's, or one word is telling in such a name ("Jersey" of "New Jersey")."""
    return name in _place_words()


@cache
def _openers() -> frozenset[str]:
    rows = frozenset(row["word"].lower() for row in read_table("retold.language", "sentence_openers.tsv"))
    return rows | NOT_NAMES


MONTH_NAMES = word_set("retold.language", "month and name")


def is_opener(word: str) -> bool:
    """Whether a capitalised word is no part of the name it stands before: an article, a day, "Meanwhile"."""
    return word.lower() in _openers() and word.lower() not in HONORIFICS and word != "US"


NO_SURNAME = word_set("retold.language", "no surname")


def is_country(word: str, words: Collection[str]) -> bool:
    """Whether an article also has the adjective of a name: "Norlandia" with "Norlandian", "Ordany" with "Ordanian"."""
    return len(word) > 3 and any(form in words for form in _adjectives(word))


def is_adjective(word: str, words: Collection[str]) -> bool:
    """Whether a word is the adjective of a country that the article names: "Norlandian" with "Norlandia"."""
    roots = (word[:-1], word[:-2], word[:-3], word[:-3] + "y", word[:-3] + "e", word[:-3] + "o")
    return any(len(root) > 3 and root in words and word in _adjectives(root) for root in roots)


def _adjectives(name: str) -> tuple[str, ...]:
    forms = (name + "n", name + "an", name + "ese") if name[-1] in "aeiouyd" else (name + "ese",)
    return (*forms, name[:-1] + "ian")
