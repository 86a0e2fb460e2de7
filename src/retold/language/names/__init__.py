"""Who and what an article names."""

from retold.language.names.entities import find_entities
from retold.language.names.lexicon import (
    ABBREVIATED_ROLES,
    HONORIFICS,
    is_opener,
    is_place,
    organization_words,
    people_adjectives,
    pronoun_of_given_name,
    role_words,
)
from retold.language.names.mention import Entity, NameKind, ProposedName
from retold.language.names.titles import is_title_case

__all__ = [
    "ABBREVIATED_ROLES",
    "HONORIFICS",
    "Entity",
    "NameKind",
    "ProposedName",
    "find_entities",
    "is_opener",
    "is_place",
    "is_title_case",
    "organization_words",
    "people_adjectives",
    "pronoun_of_given_name",
    "role_words",
]
