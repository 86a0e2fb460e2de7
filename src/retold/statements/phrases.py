"""Noun phrases and clauses, by rules over word classes: who stands before or after a cue, and where what they say ends.

All positions here are token indices into one sentence; ranges are half-open.
"""

from typing import NamedTuple

from retold.statements.context import SentenceContext, words_of

_EDGES = frozenset((":", ";", ".", "?", "!", "OPEN", "CLOSE", '"', "MARK"))
_LONGEST_PHRASE = 40  # tokens that a noun phrase may hold: longer ones are runs of unmarked text


class TokenRange(NamedTuple):
    """Tokens `start` to `end` (exclusive) of a sentence."""

    start: int
    end: int


def class_at(sentence: SentenceContext, index: int) -> str:
    """The class of a token, "edge" outside the sentence."""
    return sentence.classes[index] if 0 <= index < len(sentence.classes) else "edge"


def phrase_before(sentence: SentenceContext, end: int) -> TokenRange | None:
    """The noun phrase that ends before token `end`; None: what stands there is none (a conjunction, a stop)."""
    end = _without_time(sentence, end)
    if end <= 0:
        return None
    last = class_at(sentence, end - 1)
    if last == "PRON" or sentence.lower[end - 1] in ("who", "that"):
        return TokenRange(end - 1, end)
    if last == "OBJ" or last in _EDGES - {"CLOSE"} or last in ("CONJ", "AUX") or _opens_clause(sentence, end - 1):
        return None
    if last == ",":
        return _with_apposition(sentence, end)
    start = _phrase_start(sentence, end)
    return TokenRange(start, end) if start < end else None


def _without_time(sentence: SentenceContext, end: int) -> int:
    """Step back over "on Tuesday", "last month" and the like."""
    place = end
    if place > 1 and class_at(sentence, place - 1) in ("DAY",):
        place -= 1
    elif place > 2 and sentence.lower[place - 1] in words_of("time noun"):
        place -= 2 * (sentence.lower[place - 2] in ("last", "this", "earlier", "that", "next"))
    if place < end and place > 1 and sentence.lower[place - 1] in ("on", "late", "early", "in", "earlier"):
        place -= 1
    return place if place > 0 else end


def _opens_clause(sentence: SentenceContext, index: int) -> bool:
    return sentence.lower[index] in words_of("subordinator")


def _with_apposition(sentence: SentenceContext, end: int) -> TokenRange | None:
    """The phrase before ", a senator from the coast,": the name and what stands in apposition to it."""
    place = end - 2
    while place > 0 and end - place < _LONGEST_PHRASE and class_at(sentence, place) not in _EDGES | {","}:
        place -= 1
    if place <= 0 or class_at(sentence, place) != ",":
        return None
    start = _phrase_start(sentence, place)
    if start >= place or sentence.lower[start] in words_of("preposition") or place - start > 14:
        return None
    return TokenRange(start, end - 1)


def _phrase_start(sentence: SentenceContext, end: int) -> int:
    """The first token of the noun phrase that ends before `end`."""
    start = end
    depth = sentence.depth[end - 1]
    while start > 0 and end - start < _LONGEST_PHRASE and _continues(sentence, start, end):
        if sentence.depth[start - 1] < depth:
            break
        start -= 1
    return _after_fronted(sentence, start, end)


def _continues(sentence: SentenceContext, start: int, end: int) -> bool:
    """Whether the token before `start` still belongs to the phrase."""
    label, word = class_at(sentence, start - 1), sentence.lower[start - 1]
    if label == ")" and start == end:
        return True
    if label in _EDGES or label in (",", "PRON", "OBJ", "AUX", "ADV", "to"):
        return False
    if word in words_of("subordinator") or word in ("that", "who", "but", "or", "than"):
        return False
    if word == "and":
        return _joins_phrases(sentence, start)
    return True


def _joins_phrases(sentence: SentenceContext, start: int) -> bool:
    """Whether the "and" before `start` joins two names or two phrases rather than two clauses."""
    left = class_at(sentence, start - 2)
    right = class_at(sentence, start)
    return (left == "CAP" and right == "CAP") or (left in ("word", "-s") and right in ("word", "-s"))


def _after_fronted(sentence: SentenceContext, start: int, end: int) -> int:
    """Leave out a fronted "On Monday" or "In the north": the phrase is what follows it."""
    if start >= end or sentence.lower[start] not in words_of("preposition") | words_of("day") | {"and", "but"}:
        return start
    for place in range(end - 1, start, -1):
        opens = class_at(sentence, place) in ("DET", "POSS") and sentence.lower[place] not in ("’s", "'s")
        if opens and (sentence.lower[place - 1] not in words_of("preposition") or place - 1 == start):
            return place
    place = end
    while place - 1 > start and class_at(sentence, place - 1) not in ("NUM", "DAY"):
        if sentence.lower[place - 1] in words_of("preposition") and sentence.lower[place - 1] != "of":
            break
        place -= 1
    return place if place < end else start + 1


def phrase_after(sentence: SentenceContext, start: int) -> TokenRange | None:
    """The noun phrase that begins at token `start`; None: none begins there."""
    label = class_at(sentence, start)
    if label == "PRON" or label == "OBJ":
        return TokenRange(start, start + 1)
    if label not in ("CAP", "DET", "POSS", "word", "-s", "NUM", "-ed", "-ing"):
        return None
    end = start
    while end < len(sentence.tokens) and end - start < _LONGEST_PHRASE and not _ends_phrase(sentence, end):
        if class_at(sentence, end) == "," and not _apposition_follows(sentence, end):
            break
        end += 1
    while end > start and class_at(sentence, end - 1) in (",", "(", "in", "on", "at", "CONJ"):
        end -= 1
    return TokenRange(start, end) if end > start else None


def _ends_phrase(sentence: SentenceContext, index: int) -> bool:
    label, word = class_at(sentence, index), sentence.lower[index]
    if label in _EDGES or label in ("AUX", "ADV", "DAY", "PRON", "OBJ"):
        return True
    if word in words_of("subordinator") or word in ("that", "but", "during", "after", "before", "adding", "noting"):
        return True
    if word in ("in", "on", "at") and class_at(sentence, index + 1) in ("DET", "DAY", "POSS", "NUM"):
        return True
    return word == "to" and class_at(sentence, index + 1) in ("CAP", "word")


def _apposition_follows(sentence: SentenceContext, comma: int) -> bool:
    """Whether a comma opens ", a spokesman for …" or ", who …"."""
    return class_at(sentence, comma + 1) == "DET" or sentence.lower[comma + 1 : comma + 2] == ("who",)


def subject_of(sentence: SentenceContext, before: int) -> TokenRange | None:
    """The subject of the main clause that begins the sentence, when it ends before token `before`."""
    start = 0
    if sentence.lower and sentence.lower[0] in words_of("preposition") | words_of("subordinator"):
        while start < before and class_at(sentence, start) != ",":
            start += 1
        start += 1
    while start < before and class_at(sentence, start) in ("CONJ", "OPEN", "ADV", "-ly", ",", '"'):
        start += 1
    end = start
    while end < before and class_at(sentence, end) not in _VERB_SIGNS and class_at(sentence, end) not in _EDGES:
        if sentence.lower[end] in words_of("subordinator"):
            break
        if class_at(sentence, end) == "PRON":
            return TokenRange(end, end + 1) if end == start else TokenRange(start, end)
        end += 1
    return TokenRange(start, end) if start < end <= before and end - start < 20 else None


_VERB_SIGNS = frozenset(("AUX", "ADV", "-ly", "-ed", ",", "who", "that", "to", "CLOSE"))
