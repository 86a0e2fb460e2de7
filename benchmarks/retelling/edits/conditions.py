"""Conditions dropped or hung on."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.variants import Edit, Kinds, Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words

_DROPPED: Kinds = frozenset({"condition"})
_ADDED: Kinds = frozenset({"condition", "added"})
_WORD = (
    r"(?:only if|if|unless|provided(?: that)?|as long as|so long as|on the condition that|on condition that"
    r"|assuming(?: that)?)"
)
_AT_END = re.compile(
    rf",? (?P<word>{_WORD}) (?P<clause>[^,;:“”\"]{{8,140}})(?=[.]$|,? (?:[A-Z][\w.]+ )*said[^,“”\"]*[.]$)"
)
_AT_START = re.compile(r"^(?:If|Unless|As long as|Assuming) [^,;:“”\"]{8,120}, (?P<rest>[^“”\"]+\.)$")
_WHETHER = re.compile(
    r"\b(?:ask|asks|asked|asking|see|seen|saw|know|knew|known|wonder\w*|determin\w*|decide\w*|even|as|what|unclear|sure|clear"
    r"|learn|check\w*|consider\w*|question\w*|say|tell|told|find out|test\w*|explore|and|or"
    r"|but|than|care\w*|doubt\w*|not|wait\w*)$"
)
_FUTURE = re.compile(
    r"\b(?:will|would|could|plans? to|expects? to|expected to|intends? to|agreed to|has agreed|ready to|willing to)\b"
)
_HEAVY = re.compile(
    r"\b(?:if|unless|when|because|after|before|while|until|which|who|provided|since|although|whether|how|what)\b"
)


def change_conditions(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """Every condition at the border of a sentence dropped, and conditions hung on sentences about what is to come."""
    yield from _drop(window)
    yield from _add(window, words, rng)


def _drop(window: Window) -> Iterator[Variant]:
    for start, end in window.sentences:
        sentence = window.text[start:end]
        if len(re.findall(r"\b[A-Z]", sentence)) * 2 > len(sentence.split()):
            continue  # a headline
        tail = _AT_END.search(sentence)
        if (
            tail
            and not sentence[: tail.start()].endswith(("—", "-", "–"))
            and not _WHETHER.search(sentence[: tail.start()])
            and len(sentence[: tail.start()]) > 25
        ):
            edit = Edit(start + tail.start(), start + tail.end(), "")
            yield Variant("condition", f"{tail['word'].split()[0]}-clause dropped at the end", (edit,), _DROPPED)
        head = _AT_START.match(sentence)
        if head and re.match(r"(?!then)[a-z A-Z]", head["rest"]):
            cut = head.start("rest")
            edit = Edit(start, start + cut + 1, head["rest"][0].upper())
            yield Variant("condition", "if-clause dropped at the start", (edit,), _DROPPED)


def _add(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    for _start, end, sentence in window.plain_sentences():
        future = list(_FUTURE.finditer(sentence))
        last_clause = sentence[future[-1].end() :] if future else ""
        if future and len(last_clause) < 90 and not _HEAVY.search(sentence) and "," not in last_clause:
            clause = rng.choice(words.column("conditions"))
            edit = Edit(
                end - 1, end - 1, (", " if clause.startswith(("unless", "provided", "assuming")) else " ") + clause
            )
            yield Variant("condition", f"{clause.split()[0]}-clause added", (edit,), _ADDED)
