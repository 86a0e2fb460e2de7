"""Quotations that no longer say what was said, and words of the reporter put into marks."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.speech import find_sayings
from benchmarks.retelling.variants import Edit, Kinds, Variant, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, any_of

_ACCEPTS: Kinds = frozenset({"quotation_altered"})
_AUXILIARY = re.compile(
    r"(?<=[a-z’'] )(?:is|are|was|were|will|would|can|could|has|have|should)"
    r"(?= (?!n['’]t|not|never|the|a|an|it|he|she|they|we|you|I|that|there|to|be(?:en)? |[a-z]+ly )[a-z]{3,})"
)


def alter_quotations(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """A word replaced, put in or dropped in the middle of a quotation; words of the reporter quoted."""
    for start, end in window.quotations:
        if len(window.text[start:end].split()) >= 7:
            yield from _replaced(window.text, start, end, words)
            yield from _put_in(window.text, start, end, words, rng)
            yield from _dropped(window.text, start, end, words)
    yield from _marked(window, rng)


def _inner(start: int, end: int) -> tuple[int, int]:
    """The middle of a quotation: its ends are left alone."""
    return start + 12, end - 10


def _replaced(text: str, start: int, end: int, words: Words) -> Iterator[Variant]:
    pairs = words.pairs("quote_words") | words.pairs("synonyms")
    for match in re.compile(rf"(?<![\w-]){any_of(list(pairs))}(?![\w-])").finditer(text, *_inner(start, end)):
        new = pairs[match.group()]
        article = re.search(r"\ban? $", text[: match.start()])
        if article and (new[0] in "aeiou") != (match.group()[0] in "aeiou"):
            continue
        yield Variant("quotation_altered", "word replaced", (replace_match(match, new),), _ACCEPTS | {"strength"})


def _put_in(text: str, start: int, end: int, words: Words, rng: Random) -> Iterator[Variant]:
    for match in _AUXILIARY.finditer(text, *_inner(start, end)):
        word = rng.choice(words.column("quote_insertions"))
        edit = Edit(match.end(), match.end(), f" {word}")
        accepts = _ACCEPTS | {"negation" if word in {"never", "hardly", "rarely"} else "added"}
        yield Variant("quotation_altered", "word put in", (edit,), accepts)


def _dropped(text: str, start: int, end: int, words: Words) -> Iterator[Variant]:
    pairs = words.pairs("quote_drops")
    for match in re.compile(rf"(?<=[a-z,] )(?P<word>{any_of(list(pairs))}),? (?=[a-z])").finditer(
        text, *_inner(start, end)
    ):
        if not re.search(r"\b(?:not|of|the|a|an|n’t|n't) $", text[: match.start()]):
            accepts = _ACCEPTS | {pairs[match["word"]], "modality", "strength"}
            yield Variant("quotation_altered", f"dropped: {match['word']}", (replace_match(match, ""),), accepts)


def _marked(window: Window, rng: Random) -> Iterator[Variant]:
    """Put the last 4 to 7 words of an indirect saying into marks."""
    opening, closing = ("“", "”") if "“" in window.text or '"' not in window.text else ('"', '"')
    for saying in find_sayings(window):
        content = window.text[slice(*saying.content)]
        words = list(re.finditer(r"\S+", content))
        count = rng.randint(4, 7)
        if saying.form in ("that", "said") and len(words) >= count + 4 and "," not in content[words[-count].start() :]:
            at = saying.content[0] + words[-count].start()
            last = saying.content[1] - 1
            edits = (Edit(at, at, opening), Edit(last, last + 1, f".{closing}"))
            yield Variant("quotation_altered", "put into marks", edits, _ACCEPTS, (at, last))
