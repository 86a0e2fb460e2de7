"""With what force a thing is told: must, may, will, wants to, does not; and under which condition.

A frame is a content word with the classes of the operators that bind it: "had to offer to pay" gives "pay" the classes
obligation and wish, "was compelled to pay" obligation alone. Two tellings of one act differ in force when no frame of
it in the one has the classes it has in the other.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retold.article import Span
from retold.language.tables import read_table
from retold.language.words import Word, words_in

_LONGEST_PHRASE = 4
_WINDOW = 6  # words looked back over; the longest chain met in 300 read sentences was five ("would not have to have")
_BREAKS = frozenset(".,;:!?—–…()[]")
# Words that begin another clause, or are the verb of this one: no operator binds across them.
_CLAUSE_WORDS = frozenset(
    {
        "and", "or", "but", "that", "because", "while", "as", "which", "who", "when", "how", "where", "why",
        "say", "says", "said", "saying", "tell", "tells", "told", "telling",
    }
)  # fmt: skip
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "any"})
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tomorrow"}
)
_VERBS_IN_LY = frozenset({"apply", "reply", "supply", "rely", "imply", "comply", "multiply", "ally", "fly", "family"})
_ADVERBS = frozenset({"soon", "often", "always", "ever", "sometimes", "seldom", "instead", "later", "perhaps"})
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being"})
_FORCE_CLASSES = frozenset({"obligation", "wish", "agreement", "possibility", "future", "advice", "negation", "hedge"})


class Frame(NamedTuple):
    """A content word (`at` an offset) and the classes that bind it.

    `span` runs from the first operator to the word's end.

    `also` are other readings of the same words: what stands behind "does not mean that" may be denied or not, what
    "may" concedes ("they may have been welcome, but …") is no mere possibility.
    """

    root: str
    at: int
    classes: frozenset[str]
    span: Span
    also: frozenset[frozenset[str]] = frozenset()

    def agrees(self, other: "Frame") -> bool:
        """Whether some reading of the two is the same."""
        return bool(({self.classes} | self.also) & ({other.classes} | other.also))


class Operator(NamedTuple):
    """A phrase of the force table found in a text: word indexes, `after` exclusive."""

    kind: str
    first: int
    after: int


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    rows = read_table("retold.collation", "force.tsv")
    return {_norms(row["phrase"]): (row["class"], row["governs"]) for row in rows}


def _norms(phrase: str) -> tuple[str, ...]:
    return tuple(word.norm for word in words_in(phrase, (Span(0, len(phrase)),)))


def find_operators(words: Sequence[Word]) -> tuple[Operator, ...]:
    """The force operators among `words`, longest first where they overlap, in text order."""
    found: list[Operator] = []
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - index), 0, -1):
            match = _phrases().get(tuple(word.norm for word in words[index : index + length]))
            if match:
                found.append(Operator(match[0], index, index + length))
                index += length
                break
        else:
            index += 1
    return tuple(found)


def _breaks(text: str, one: Word, next_: Word) -> bool:
    return any(char in _BREAKS for char in text[one.end : next_.start])


def _bound_by(text: str, words: Sequence[Word], index: int, at: dict[int, Operator]) -> tuple[frozenset[str], int]:
    """The classes that bind the word at `index`, and the index of the first operator (or `index`)."""
    classes: set[str] = set()
    first = position = index
    noun = False
    while position > 0 and index - position < _WINDOW and not _breaks(text, words[position - 1], words[position]):
        operator = at.get(position - 1)
        if operator is None:
            word = words[position - 1]
            passed = not word.content or _is_adverb(word) or text[word.start].isupper()
            if not passed or word.norm in _CLAUSE_WORDS or _is_possession(words, position - 1):
                break
            noun = noun or word.norm in _DETERMINERS
            position -= 1
            continue
        if noun and operator.kind != "negation":  # "agree to a truce", "would reach a point": not the noun is bound
            break
        if operator.kind in _FORCE_CLASSES:
            classes.add(operator.kind)
            first = operator.first
        elif operator.kind != "intensifier":
            break
        position = operator.first
    return frozenset(classes), first


def _is_adverb(word: Word) -> bool:
    return word.norm in _ADVERBS or (word.norm.endswith("ly") and word.norm not in _VERBS_IN_LY)


def _is_possession(words: Sequence[Word], index: int) -> bool:
    """Whether "have" is the verb itself: "they do not have keys" denies the having, not the keys."""
    before = [word.norm for word in words[max(0, index - 2) : index]]
    return words[index].norm == "have" and before[-1:] == ["not"] and before[:1] in (["do"], ["does"], ["did"])


def _denied_clauses(text: str, words: Sequence[Word], operators: Sequence[Operator]) -> Iterator[range]:
    """The words behind "does not mean …", to the end of the clause: what they say is denied."""
    ends = {operator.after: operator for operator in operators}
    for operator in operators:
        before = ends.get(operator.first)
        if operator.kind == "raises" and before is not None and before.kind == "negation":
            end = operator.after
            while end < len(words) and not _breaks(text, words[end - 1], words[end]):
                end += 1
            yield range(operator.after, end)


def find_frames(text: str, words: Sequence[Word]) -> tuple[Frame, ...]:
    """The frames of all content words of `words` (of `text`, in order).

    Days of the week do not part a verb from its infinitive ("offered on Thursday to pay").
    """
    words = _without_days(words)
    operators = [operator for operator in find_operators(words) if not _is_name(text, words, operator.first)]
    at = {index: operator for operator in operators for index in range(operator.first, operator.after)}
    denied = {index for clause in _denied_clauses(text, words, operators) for index in clause}
    frames = []
    for index, word in enumerate(words):
        if not word.content or text[word.start].isupper():  # names are no acts
            continue
        classes, first = _bound_by(text, words, index, at)
        also = {_essential(classes ^ {"negation"})} if index in denied else set()
        if words[first].norm in ("may", "might") and _is_conceded(text, words, index):
            also.add(_essential(classes - {"possibility"}))
        if first < index and first and words[first - 1].norm in _BE:
            first -= 1
        frames.append(
            Frame(word.root, word.start, _essential(classes), Span(words[first].start, word.end), frozenset(also))
        )
    return tuple(frames)


def _is_name(text: str, words: Sequence[Word], index: int) -> bool:
    """Whether a capital inside the sentence makes the word another: "in May", "Will Venn"."""
    word = words[index]
    return index > 0 and text[word.start].isupper() and not _breaks(text, words[index - 1], word)


def _without_days(words: Sequence[Word]) -> Sequence[Word]:
    days = {index for index, word in enumerate(words) if word.norm in _DAYS}
    days |= {index - 1 for index in days if index and words[index - 1].norm in ("on", "late", "early")}
    return [word for index, word in enumerate(words) if index not in days] if days else words


def _is_conceded(text: str, words: Sequence[Word], index: int) -> bool:
    """Whether "but" follows in the same sentence: what "may" be so is then granted, not doubted."""
    for word in words[index:]:
        if word.norm == "but":
            return True
        if word is not words[index] and any(mark in text[words[index].end : word.start] for mark in ".!?\n"):
            return False
    return False


def _essential(classes: frozenset[str]) -> frozenset[str]:
    """ "Cannot use" and "does not use" forbid alike; "will have to" and "has to" oblige alike."""
    if "negation" in classes:
        return classes - {"possibility", "future"}
    if classes & {"obligation", "wish"}:
        return classes - {"future"}
    return classes


def find_conditions(text: str, words: Sequence[Word]) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The conditional clauses among `words`, in text order: their span, and the roots of their content words."""
    found = []
    for operator in find_operators(words):
        asked = operator.first and words[operator.first - 1].norm in {
            "ask",
            "asked",
            "know",
            "see",
            "wonder",
            "as",
            "even",
        }
        if operator.kind != "condition" or asked or _is_handing(words, operator):
            continue
        end = operator.after
        while end < len(words) and not _breaks(text, words[end - 1], words[end]):
            end += 1
        clause = words[operator.first : end]
        roots = frozenset(word.root for word in clause if word.content)
        if roots:
            found.append((Span(clause[0].start, clause[-1].end), roots))
    return tuple(found)


def _is_handing(words: Sequence[Word], operator: Operator) -> bool:
    """Whether "provided" is the verb: "provided to the court by a clerk" sets no condition."""
    norms = [word.norm for word in words[operator.first : operator.after + 1]]
    return norms[0] == "provided" and norms[-1] in ("to", "for", "by", "with")


def classes_of(norm: str) -> frozenset[str]:
    """The classes of a single word in the force table; empty when it is not there."""
    match = _phrases().get((norm,))
    return frozenset({match[0]}) if match else frozenset()
