"""Attributions that one telling of a sentence has and the other, with the same words, has not.

Two ways to see it: the words of saying themselves ("Researchers said …", "…, according to the mayor") stand at an edge
of the one sentence and are gone from the other; or a statement found in the one is told, in its words, in the other's
own voice. Headlines and transcripts name no speaker, for want of room or of need.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retold.article import Span
from retold.collation.collation import Change
from retold.collation.making import make_change, quote, span_of
from retold.collation.swaps import values_of
from retold.collation.variants import Parallel, Variant, in_marks
from retold.collation.witness import Telling, Witness, inside, overlap
from retold.language.words import Word
from retold.statements.statement import Statement

_MIN_WORDS = 3  # content words of a statement that the other tells
_SHARED = 0.6  # part of its content words that the other must have in the same order
_OWN = 0.6  # part of them that must be in the other report's own voice
_LONGEST_SOURCE = 16  # words of a source with its verb
_OPENERS = frozenset(
    {
        "while",
        "because",
        "although",
        "though",
        "but",
        "who",
        "which",
        "when",
        "after",
        "despite",
        "to",
        "if",
        "unless",
        "provided",
        "even",
        "and",
        "where",
        "in",
    }
)  # they open a clause that says something of its own
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who"})
_BEHIND_VERB = 4  # words from the verb of saying to what is said ("said on Friday that")
_LONGEST_NAME = 4  # words of a subject that stays: "President Venn [said he] is leaving"
_NEAR_EDGE = 1  # words that may stand between the edge of the sentence and its source ("But", "On", "The")


class _Lost(NamedTuple):
    """Words that say who says it, the words said, and the words in the other telling that say the same."""

    source: tuple[Span, ...]
    said: Span
    told: Span


def find_placed_voices(parallel: Parallel) -> Iterator[Change]:
    """An attribution that only `a` has is dropped; one that only `b` has is added."""
    a, b = parallel.a, parallel.b
    for lost in _lost_voices(parallel):
        who = quote(" ".join(a.text(span) for span in lost.source))
        note = f"{quote(b.text(lost.told))} is told as a fact; {who} is gone"
        sides = (a, sorted((*lost.source, lost.said))), (b, [lost.told])
        yield make_change("attribution_dropped", *sides, note, how="voices", confidence=0.8)
    for lost in _lost_voices(parallel.turned):
        who = quote(" ".join(b.text(span) for span in lost.source))
        note = f"{quote(b.text(lost.said))} is given to somebody ({who}); in the other these are the report's own words"
        sides = (a, [lost.told]), (b, sorted((*lost.source, lost.said)))
        yield make_change("attribution_added", *sides, note, how="voices", confidence=0.8)


def _lost_voices(parallel: Parallel) -> Iterator[_Lost]:
    """The first attribution of `a` that is gone from `b`."""
    if parallel.b.heading or parallel.b.witness.article.genre == "transcript" or _says(parallel.turned):
        return
    worded = (_lost_words(parallel, variant) for variant in parallel.variants)
    stated = (_lost_statement(parallel, statement) for statement in parallel.a.witness.statements)
    yield from [lost for found in (worded, stated) for lost in found if lost][:1]


def _says(parallel: Parallel) -> bool:
    """Whether `a` has words of saying where the two part: then the attribution is only worded otherwise."""
    return any(_is_saying(word) for variant in parallel.variants for word in parallel.before(variant))


def _is_saying(word: Word) -> bool:
    return word.norm == "according" or any(value.paradigm == "bearing witness" for value in values_of(word))


def _lost_words(parallel: Parallel, variant: Variant) -> _Lost | None:
    """Words of saying at an edge of the sentence, or between commas, which `b` has not."""
    words = parallel.before(variant)
    if not 1 < len(words) <= _LONGEST_SOURCE or len(variant.b) > _NEAR_EDGE or not any(map(_is_saying, words)):
        return None
    if (
        _opens_clause(words[0])
        or in_marks(parallel.a, variant.a)
        or not _at_edge(parallel.a, variant.a)
        or not _announces(words)
    ):
        return None
    return _lost(parallel, list(parallel.partners), (span_of(words),))


def _opens_clause(word: Word) -> bool:
    """Whether a word opens a clause or participle that is no source: "while … say", "threatening to …"."""
    return word.norm in _OPENERS or (word.norm.endswith("ing") and word.norm != "according")


def _at_edge(telling: Telling, place: range) -> bool:
    """Whether the words open or close a sentence, or stand between commas."""
    text, words = telling.witness.article.text, telling.words
    sentence = next(s for s in telling.witness.sentences if s.span.start <= words[place.start].start < s.span.end)
    inner = [index for index, word in enumerate(words) if sentence.span.start <= word.start < sentence.span.end]
    subject = words[inner[0] : place.start]
    named = len(subject) <= _LONGEST_NAME and all(text[word.start].isupper() for word in subject)
    if named or place.start - inner[0] <= _NEAR_EDGE or inner[-1] < place.stop:
        return True
    before = text[words[place.start - 1].end : words[place.start].start]
    after = text[words[place.stop - 1].end : words[place.stop].start]
    return "," in before and "," in after


def _announces(words: Sequence[Word]) -> bool:
    """Whether the words are a source with its verb: one of the two opens or closes them ("… said that", "said …")."""
    ends = [index for index, word in enumerate(words) if _is_saying(word)]
    named = any(word.content or word.norm in _PRONOUNS for word in words)
    return named and (ends[0] <= 1 or ends[-1] >= len(words) - _BEHIND_VERB)


def _stands_elsewhere(words: Sequence[Word], witness: Witness) -> bool:
    """Whether a sentence of the other report has all these words: it may have been cut off there, or joined to this."""
    roots = {word.root for word in words if word.content}
    return len(roots) >= _MIN_WORDS and any(roots <= sentence.roots for sentence in witness.sentences)


def _lost_statement(parallel: Parallel, statement: Statement) -> _Lost | None:
    """A statement whose words stay, while its source and its verb go."""
    if not statement.source or not overlap(statement.content, parallel.a.spans):
        return None
    words, source = parallel.a.words, tuple(sorted((*statement.source, *statement.cue)))
    announced = [index for index, word in enumerate(words) if inside(word, source)]
    telling = [index for index in announced if words[index].content or _is_saying(words[index])]
    if (
        not 0 < len(announced) <= _LONGEST_SOURCE
        or not telling
        or _stands_elsewhere([words[index] for index in announced], parallel.b.witness)
    ):
        return None
    if any(i in parallel.partners for i in telling):
        return None
    content = [index for index, word in enumerate(words) if inside(word, statement.content)]
    return _lost(parallel, content, source)


def _lost(parallel: Parallel, content: Sequence[int], source: tuple[Span, ...]) -> _Lost | None:
    """The words at `content` as lost from their speaker, when `b` has most of them, and in its own voice."""
    words = parallel.a.words
    telling = [index for index in content if words[index].content]
    shared = [index for index in telling if index in parallel.partners]
    if len(shared) < max(_MIN_WORDS, _SHARED * len(telling)):
        return None
    own = sum(_is_own(parallel, parallel.b.words[parallel.partners[index]]) for index in shared)
    if own < _OWN * len(shared):
        return None
    there = [parallel.partners[index] for index in shared]
    said = span_of(words[shared[0] : shared[-1] + 1])
    return _Lost(source, said, span_of(parallel.b.words[there[0] : there[-1] + 1]))


def _is_own(parallel: Parallel, word: Word) -> bool:
    """Whether a word of `b` is the report's own, or said by somebody whom both tellings name as saying it."""
    statement = parallel.b.witness.statement_at(word)
    if statement is None:
        return not inside(word, parallel.b.witness.quoted)
    announced = [
        index for index, w in enumerate(parallel.b.words) if inside(w, sorted((*statement.source, *statement.cue)))
    ]
    return bool(announced) and all(index in parallel.partners_of_b for index in announced)
