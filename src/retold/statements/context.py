"""One sentence as the rules see it: its tokens, their classes, and which stand inside quotation marks."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retold.article import Span
from retold.language.tables import read_table, word_set
from retold.language.tokens import Token, tokenize

CLOSING_MARKS = frozenset("”’»\"'")
OPENING_MARKS = frozenset("“‘«\"'")

# The first class that holds a word wins.
_CLASSES = (
    ("subject pronoun", "PRON"),
    ("possessive", "POSS"),
    ("determiner", "DET"),
    ("auxiliary", "AUX"),
    ("object pronoun", "OBJ"),
    ("adverb", "ADV"),
    ("conjunction", "CONJ"),
    ("day", "DAY"),
)


class SentenceContext(NamedTuple):
    """The tokens of one sentence in text order.

    `lower` are their words in small letters and American spelling, `classes` their classes, `depth` how many
    quotations each stands in.
    """

    span: Span
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    classes: tuple[str, ...]
    depth: tuple[int, ...]


_TAKES_IS = frozenset(("he", "she", "it", "that", "there", "what", "who", "here"))  # "’s" after these is a verb


@cache
def lexicon() -> dict[str, float]:
    """How much each word speaks for a cue, before its surroundings are looked at (log-odds)."""
    return {row["word"]: float(row["evidence"]) for row in read_table("retold.statements", "cue_words.tsv")}


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one closed set of `data/word_sets.tsv`."""
    return word_set("retold.statements", name)


@cache
def _class_of_word() -> dict[str, str]:
    classes: dict[str, str] = {}
    for name, label in _CLASSES:
        for word in words_of(name):
            classes.setdefault(word, label)
    return classes


@cache
def _own_label() -> frozenset[str]:
    """Words that are a class of their own: what they announce differs from word to word."""
    return words_of("preposition") | words_of("subordinator") | {"that", "to", "who"}


def read_sentence(text: str, span: Span, quoted: Sequence[Span]) -> SentenceContext:
    """Read one sentence. `quoted` are the stretches inside quotation marks near it, in text order."""
    tokens = tokenize(text, *span)
    lower = tuple(_spelling(token.text.lower()) for token in tokens)
    near = [stretch for stretch in quoted if stretch.start < span.end and stretch.end > span.start]
    depth = tuple(sum(a <= token.start < b for a, b in near) for token in tokens)
    classes = [
        _class(token, word, lower[i - 1] if i else "")
        for i, (token, word) in enumerate(zip(tokens, lower, strict=True))
    ]
    for i in range(1, len(tokens)):
        if (
            lower[i] in ("’", "'")
            and not depth[i]
            and lower[i - 1].endswith("s")
            and tokens[i - 1].end == tokens[i].start
        ):
            classes[i] = "POSS"  # "the ministers’ plan"
    return SentenceContext(span, tokens, lower, tuple(classes), depth)


# The training articles are American: "criticised" and "favoured" must find what was learned of "criticized", "favored".
_BRITISH = re.compile(r"(?:is(?=(?:e|ed|es|ing|ation)\Z)|our(?=(?:s|ed|ing)?\Z)|ll(?=(?:ed|ing)\Z))")
_AMERICAN = {"is": "iz", "our": "or", "ll": "l"}


def _spelling(word: str) -> str:
    """The American spelling of a word that has one in the cue lexicon; else the word itself."""
    if word in lexicon() or not word.endswith(("e", "ed", "es", "ing", "our", "ours", "ation")):
        return word
    american = _BRITISH.sub(lambda match: _AMERICAN[match.group()], word)
    return american if american in lexicon() else word


def _class(token: Token, word: str, before: str) -> str:
    if token.text == "US":
        return "CAP"
    if word in ("’s", "'s"):
        return "AUX" if before in _TAKES_IS else "POSS"
    if word in _own_label():
        return word
    known = _class_of_word().get(word)
    if known:
        return known
    first = token.text[0]
    if not first.isalnum():
        return token.text if first in ",.:;?!()$%" else _mark(token.text)
    if first.isdigit():
        return "NUM"
    if first.isupper():
        return "CAP"
    for ending in ("ly", "ing", "ed", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return "-" + ending
    return "word"


def _mark(mark: str) -> str:
    if mark in ("“", "‘", "«", "``"):
        return "OPEN"
    return "CLOSE" if mark in "”’»" else '"' if mark in ('"', "''") else "MARK"
