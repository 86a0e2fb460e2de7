"""Possibility, plan, need, quantity and strength of words, made stronger or weaker."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.variants import Edit, Kinds, Variant, like, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, any_of

_ACCEPTS: Kinds = frozenset({"modality", "strength"})
_QUANTITY: Kinds = frozenset({"modality", "strength", "number"})
_QUANTIFIERS = {"some", "many", "most", "several", "some of", "many of", "most of"}
_NOT_BEHIND = frozenset(["he", "she", "it", "they", "we", "you", "the", "well", "of", "and", "or"])
_NOT_BEFORE = frozenset(
    ["to", "not", "did", "what", "that", "who", "last", "in", "the", "his", "her", "their", "a", "own", "good", "free"]
)
_PLURAL_NEXT = re.compile(r"(?: [a-z]+)? [A-Za-z]{3,}s\b")
_HEDGES = re.compile(r"(?<=[a-z] )(?:allegedly|reportedly|apparently|probably|perhaps|possibly|likely) (?=[a-z]+ed\b)")


def change_modality(window: Window, words: Words, _rng: Random) -> Iterator[Variant]:
    """Auxiliaries and phrases of possibility, plan and need that get another force."""
    pairs = words.rows("modality")
    for old, new in pairs:
        for match in re.finditer(
            rf"(?<=[a-z’'] )(?<![-\w]){re.escape(old)}(?= (?!not\b|have to|never|also be able)[a-z]{{2,}})", window.text
        ):
            if not _asked(window, match.start()) and _fits_modal(window.text, match, new):
                yield Variant("modality", f"{old} > {new}", (replace_match(match, new),), _ACCEPTS)
    yield from _drop_hedges(window)


def _fits_modal(text: str, match: "re.Match[str]", new: str) -> bool:
    """Whether the new words can stand: after "to" or before a pronoun an auxiliary cannot."""
    following = re.match(r" ([a-z]+)", text[match.end() :])
    before = re.search(r"([A-Za-z]+) $", text[: match.start()])
    if not following or not before or following[1] in _NOT_BEHIND or before[1].lower() in _NOT_BEFORE:
        return False
    could_have = following[1] == "have" and match.group() in {"could", "might", "may"}
    return not (could_have and new == "will")


def _drop_hedges(window: Window) -> Iterator[Variant]:
    for match in _HEDGES.finditer(window.text):
        yield Variant("modality", "hedge dropped", (replace_match(match, ""),), _ACCEPTS | {"omitted"})


def _asked(window: Window, offset: int) -> bool:
    return "?" in window.text[slice(*window.sentence_at(offset))]


def change_strength(window: Window, words: Words, _rng: Random) -> Iterator[Variant]:
    """Quantity words, verbs of saying, adverbs and nouns that get stronger or weaker."""
    pairs = words.pairs("strength")
    for match in re.finditer(rf"(?<![\w-])(?i:{any_of(list(pairs))})(?![\w-])", window.text):
        old = match.group()
        if old.lower() in pairs and _fits_strength(window, match):
            accepts = _QUANTITY if old.lower() in _QUANTIFIERS else _ACCEPTS
            new = like(old, pairs[old.lower()])
            yield Variant(
                "strength", f"{old.lower()} > {new.lower()}", (_with_article(window.text, match, new),), accepts
            )


def _fits_strength(window: Window, match: "re.Match[str]") -> bool:
    text, old = window.text, match.group().lower()
    before, behind = text[: match.start()], text[match.end() :]
    if old in {"some", "many", "most", "several"}:
        bare = not re.search(r"(?:\b(?:the|so|as|too|how|that|are|were|of|his|their|and|or|than|with) )$", before, re.I)
        return bare and bool(_PLURAL_NEXT.match(behind)) and not re.match(r" (?:of|[a-z]+ly)\b", behind)
    if old in {"said", "says"}:
        return not re.search(r"\b(?:is|was|are|were|be|been|has|have|had|that|to|as|it) $", before) and not re.match(
            r" (?:to |the same|so\b|no\b|yes|nothing|something|in an? (?:interview|statement)|: ?[“\"])", behind
        )
    if re.search(r"\b(?:more|most|very|so|as|not|be|been|being|it|to) $|n['’]t $", before):
        return False
    return not (
        old in {"told", "asked", "urged", "warned"} and not re.match(r" [A-Z]| the| his| her| them| him", behind)
    )


def _with_article(text: str, match: "re.Match[str]", new: str) -> Edit:
    """The replacement, with the article before it where "a" or "an" no longer fits."""
    article = re.search(r"\b([Aa])n? $", text[: match.start()])
    if not article:
        return replace_match(match, new)
    a_or_an = article[1] + ("n" if new[0].lower() in "aeiou" else "")
    return Edit(article.start(), match.end(), f"{a_or_an} {new}")
