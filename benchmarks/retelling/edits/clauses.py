"""Clauses that nobody reported hung on, and clauses that matter cut."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.variants import Edit, Kinds, Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words

_ADDED: Kinds = frozenset({"added"})
_OMITTED: Kinds = frozenset({"omitted", "condition", "negation", "modality", "strength"})
_CUTS: tuple[tuple[str, str], ...] = (
    ("but", r", (?:but|yet) (?P<rest>[^,;“”\"]{20,140})(?=\.$)"),
    ("although", r",? (?:although|though|even though) (?P<rest>[^,;“”\"]{15,140})(?=\.$)"),
    ("despite", r",? (?:despite|in spite of) (?P<rest>[^,;“”\"]{12,140})(?=\.$)"),
    ("because", r",? because (?P<rest>[^,;“”\"]{15,140})(?=\.$)"),
    ("while", r",? (?:while|even as) (?P<rest>[^,;“”\"]{15,140})(?=\.$)"),
    ("relative", r", (?:who|which) (?P<rest>[^,;“”\".]{15,90}),(?= [a-z])"),
    ("participle", r", (?:citing|saying|arguing|calling|noting) (?P<rest>[^;“”\"]{15,140})(?=\.$)"),
)
_BEFORE_NOUN = re.compile(
    r"\b(?:about|over|against)(?= (?:the |a |an )"
    r"(?!\w+ly\b|past|last|next|course|year|week|month|decade|day|same|top)[a-z]+\b(?! (?:of|and)\b))"
)


def add_clauses(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """A clause hung on the end of a sentence, or a noun phrase put before another."""
    for start, end, sentence in window.plain_sentences():
        if re.search(r"\b(?:said|says|according)\b[^,]*\.$", sentence):
            continue
        clause = rng.choice(words.column("hallucinations"))
        yield Variant("added", "clause at the end", (Edit(end - 1, end - 1, f", {clause}"),), _ADDED)
        for match in _BEFORE_NOUN.finditer(sentence):
            noun = rng.choice(words.column("insertions"))
            at = start + match.end()
            yield Variant("added", "noun phrase in a list", (Edit(at, at, f" {noun}"),), _ADDED)


def omit_clauses(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """A clause that limits, explains or opposes the rest of its sentence, cut."""
    for start, _end, sentence in window.plain_sentences():
        for how, pattern in _CUTS:
            for match in re.finditer(pattern, sentence):
                if len(sentence[: match.start()].split()) >= 6 and not re.search(
                    r"\b(?:not|only|both)\b", sentence[: match.start()]
                ):
                    edit = Edit(start + match.start(), start + match.end(), "")
                    yield Variant("omitted", f"cut: {how}", (edit,), _OMITTED, trimming=True)
