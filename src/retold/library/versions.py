"""Which models and rules made a finding: when these change, it is to be made again."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from retold.ledger import Codebook, KnownActor, acts_version
from retold.statements.shipped import load_network


@cache
def reading_version(fast: bool = False) -> str:
    """The version of what finds statements: its network, and the rules and words of the rooms that it goes through."""
    return f"{load_network(fast).version}+{_rules(('article.py', 'language', 'statements'))}"


@cache
def fingerprint_version() -> str:
    """The version of what makes fingerprints."""
    return _rules(("stories/fingerprints.py", "statements/quotations.py"))


@cache
def profile_version() -> str:
    """The version of what stories are found by: profiles, likeness, and their clustering."""
    names = ("changes", "clustering", "likeness", "profile", "signs", "stream", "terms")
    return _rules((*(f"stories/{name}.py" for name in names), "stories/data", "language"))


def ledger_version(codebook: Codebook, actors: Sequence[KnownActor]) -> str:
    """The version of what finds acts: the network, its rules, the codebook and an analyst's own list of actors."""
    given = hashlib.sha256(repr((codebook, actors)).encode()).hexdigest()[:8]
    return f"{acts_version()}+{_rules(('ledger',))}+{given}"


@cache
def words_version() -> str:
    """The version of what makes an index of words: which words count, and what their roots are."""
    return _rules(("language", "library/query.py", "library/words.py"))


@cache
def _rules(places: tuple[str, ...]) -> str:
    """A digest of all files of these rooms, or of these files: a rule is code, or a table beside it."""
    digest = hashlib.sha256()
    for place in places:
        for file in _files_of(files("retold").joinpath(place)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]


def _files_of(place: Traversable) -> Iterable[Traversable]:
    if place.is_file():
        yield place
    else:
        for entry in sorted(place.iterdir(), key=lambda one: one.name):
            if entry.name not in ("__pycache__", "py.typed"):
                yield from _files_of(entry)
