"""What the verbs of a clause say of its time: whether it lies behind publication or ahead."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from retold.language.tables import read_table

Side = Literal["past", "future"]


def _load() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for row in read_table("retold.language", "tense.tsv"):
        kinds.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in kinds.items()}


TENSE_WORDS = _load()
"""kind -> words; what the kinds are for stands in the table."""


def tenses(words: Sequence[str], *, backwards: bool = False) -> Iterator[Side]:
    """What each verb of a clause says, in text order or `backwards`: the one nearest to the time comes first."""
    places = range(len(words))
    for i in reversed(places) if backwards else places:
        side = _tense_at(words, i) if _may_be_verb(words[i]) else None
        if side:
            yield side


@lru_cache(maxsize=8192)
def _may_be_verb(word: str) -> bool:
    """Whether a word needs a look at its neighbours; remembered, as most words of any text are no verbs."""
    return word.endswith(("ed", "'ll")) or any(word in TENSE_WORDS[k] for k in _VERB_KINDS) or is_present(word)


_DENIALS = frozenset({"not", "neither", "nor", "nobody", "none"})
_VERB_KINDS = ("modal", "have", "ahead", "past", "intent")


def is_present(word: str) -> bool:
    """Whether a lower-case word may be a present form that tells what is to come: "is", "meets", "hopes"."""
    return word in TENSE_WORDS["present"] or any(
        {word, word.removesuffix("s")} & TENSE_WORDS[k] for k in ("event", "hope")
    )


def _tense_at(words: Sequence[str], i: int) -> Side | None:
    """What the word at `i` says of the time of its clause; None where it is no finite verb, or says nothing."""
    word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
    if word in TENSE_WORDS["modal"] or word.endswith("'ll"):
        denied = word == "could" and _could_not(words[max(0, i - 8) : i + 2])
        return "past" if denied or "have" in words[i + 1 : i + 4] else "future"
    if word in TENSE_WORDS["have"]:
        return "future" if following in TENSE_WORDS["object"] else "past"
    if following == "to" and (word in TENSE_WORDS["hope"] or word in TENSE_WORDS["intent"]):
        return "future"
    if word == "due" and following == "to" and words[i + 2 : i + 3] and words[i + 2] in TENSE_WORDS["determiner"]:
        return None  # "due to its loss"
    if word in TENSE_WORDS["ahead"]:
        return "past" if "had" in words[max(0, i - 3) : i] else "future"
    if is_present(word):
        return "future" if word in TENSE_WORDS["present"] or _is_finite(words, i) else None
    if word in TENSE_WORDS["past"] or (len(word) > 4 and word.endswith("ed") and word not in TENSE_WORDS["not_past"]):
        return _past_at(words, i)
    return None


def _could_not(group: Sequence[str]) -> bool:
    """Whether these words deny that something was possible: "could not be reached on Monday", "nobody could see"."""
    return "could" in group[-3:] and not _DENIALS.isdisjoint(group)


def _is_finite(words: Sequence[str], i: int) -> bool:
    """Whether a form that may be a noun, an infinitive or a participle ("meet", "visits") is the verb of its clause."""
    before = words[i - 1] if i else ""
    if not before or before in TENSE_WORDS["before_noun"] or before.endswith("'s"):
        return False
    if i > 1 and words[i - 2] in TENSE_WORDS["determiner"] and not before.endswith("s") and not words[i].endswith("s"):
        return False  # "a new vote"; but "the envoys meet", "the pact lapses"
    return not any(word in TENSE_WORDS[kind] for word in words[max(0, i - 3) : i] for kind in ("modal", "do", "have"))


def _past_at(words: Sequence[str], i: int) -> Side | None:
    """A past form or participle: "will be lifted" and "agreed to meet" look ahead, "the reduced price" says nothing."""
    if _stands_before_noun(words[:i]):
        return None
    if words[i] == "set" and words[i + 1 : i + 2] == ["for"]:
        return "future"
    if words[i] in TENSE_WORDS["willing"] and _has_infinitive(words[i + 1 : i + 8]):
        return "future"
    if _could_not(words[max(0, i - 10) : i]):
        return "past"
    return "future" if _looks_ahead(words[max(0, i - 4) : i], words[i]) else "past"


def _stands_before_noun(before: Sequence[str]) -> bool:
    """Whether a participle belongs to a noun: "a reduced price", "a still unspecified day"."""
    while before and (before[-1] in TENSE_WORDS["adverb"] or before[-1].endswith("ly")):
        before = before[:-1]
    return bool(before) and before[-1] in TENSE_WORDS["determiner"]


def _looks_ahead(group: Sequence[str], verb: str) -> bool:
    """Whether the words before a participle make it future: "will soon be lifted", "to be held", "is signed"."""
    while group and (group[-1] in TENSE_WORDS["adverb"] or group[-1].endswith("ly")):
        group = group[:-1]
    if group[-1:] and group[-1] in TENSE_WORDS["present"]:
        return verb not in TENSE_WORDS["state"]
    while group and (group[-1] == "be" or group[-1] in TENSE_WORDS["adverb"] or group[-1].endswith("ly")):
        group = group[:-1]
    last = group[-1] if group else ""
    return last == "to" or (last in TENSE_WORDS["modal"]) or last.endswith("'ll")


def _has_infinitive(words: Sequence[str]) -> bool:
    return any(word == "to" and after not in TENSE_WORDS["determiner"] for word, after in pairwise(words))


def is_event_verb(word: str) -> bool:
    """Whether a lower-case word is the present form of a verb for what takes place at a set time: "meets", "lapse"."""
    return word in TENSE_WORDS["event"] or word.removesuffix("s") in TENSE_WORDS["event"]


def opens_clause(word: str) -> bool:
    """Whether a lower-case word may open a clause with a verb, and so a tense, of its own: "which", "if", "since"."""
    return word in TENSE_WORDS["opener"]
