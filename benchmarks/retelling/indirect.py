"""Direct speech turned indirect, with the tense and the persons shifted."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.names import find_persons
from benchmarks.retelling.speech import VERBS, Saying, find_sayings
from benchmarks.retelling.variants import Edit, Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, whole_list

_TENSES = {
    "is": "was",
    "are": "were",
    "am": "was",
    "has": "had",
    "have": "had",
    "will": "would",
    "can": "could",
    "may": "might",
    "isn't": "wasn't",
    "aren't": "weren't",
    "won't": "wouldn't",
    "can't": "couldn't",
    "don't": "didn't",
    "doesn't": "didn't",
}
_PLURAL = {"we": "they", "our": "their", "us": "them", "ours": "theirs", "ourselves": "themselves"}
_OF_PRONOUN = {
    "he": {"i": "he", "my": "his", "me": "him", "mine": "his", "myself": "himself"},
    "she": {"i": "she", "my": "her", "me": "her", "mine": "hers", "myself": "herself"},
}
_SHORT = {"i'm": "i am", "i've": "i have", "i'll": "i will", "we're": "we are", "we've": "we have", "we'll": "we will"}
_SHORT |= {"it's": "it is", "that's": "that is", "there's": "there is", "they're": "they are", "he's": "he is"}
_UNSHIFTABLE = re.compile(
    r"[?!;:—…]|\b(?:you|your|You|Your|this|here|now|today|tomorrow|yesterday|ago|let|Let)\b|['’]d\b"
)
_PRESENT = re.compile(
    rf"\b(?:{'|'.join(row[1] for row in whole_list('verbs') if row[1] not in ('has', 'does'))}"
    r"|do|does|want|think|know|need|believe|mean)\b"
)
_IMPERATIVE = re.compile(
    r"^(?:[A-Z]\w+ly|Not|And|But|So|Because|No|Yes|Well|If|When|What|How|Why|[A-Z]\w+ing|To|Just|Get|Stop)\b"
)
_FINITE = re.compile(r"^(?:\w+ ){0,7}?(?:was|were|had|would|could|might|wasn't|weren't|couldn't|wouldn't|didn't)\b")


def make_indirect(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "“I am tired,” he said." > "He said that he was tired." where every verb is known."""
    for saying in find_sayings(window):
        if saying.form == "quote":
            words = indirect_words(window.text[slice(*saying.content)], _pronoun(window, saying))
            if words:
                edit = _as_indirect(window, saying, words)
                yield Variant("control", "indirect speech", (edit,))


def indirect_words(content: str, pronoun: str | None) -> str | None:
    """What was said, as it stands behind "said that"; None where it cannot be told safely.

    >>> indirect_words("I will not resign", "she")
    'she would not resign'
    """
    straight = content.replace("’", "'")
    if _UNSHIFTABLE.search(content) or _IMPERATIVE.match(content) or ". " in content or _PRESENT.search(content):
        return None
    if pronoun is None and re.search(r"\b(?:I|I'\w+|my|me|My)\b", straight):
        return None
    words = re.sub(r"\b[\w']+\b", lambda match: _shift(match.group(), pronoun), straight)
    words = re.sub(r"\b[\w']+\b", lambda match: _TENSES.get(match.group(), match.group()), words)
    return words[0].lower() + words[1:] if _FINITE.match(words) and _may_be_lowered(content) else None


def _shift(word: str, pronoun: str | None) -> str:
    low = _SHORT.get(word.lower())
    if low:
        return " ".join(_shift(part, pronoun) for part in low.split())
    persons = _PLURAL | _OF_PRONOUN.get(pronoun or "", {})
    return persons.get(word.lower(), word)


def _may_be_lowered(content: str) -> bool:
    """Whether the first word is no name: it stands in a list of openers."""
    return bool(
        re.match(
            r"(?:The|A|An|(?:It|I|We|They|There|That|He|She)(?:['’](?:s|m|re|ve|ll))?|This|My|Our|His|Their|These|Those"
            r"|Some|Many)\b",
            content,
        )
    )


def _pronoun(window: Window, saying: Saying) -> str | None:
    """ "he" or "she" where the source says which."""
    source = window.text[slice(*saying.source)]
    first = source.split()[0].lower() if source else ""
    if first in {"he", "mr."}:
        return "he"
    if first in {"she", "ms.", "mrs."}:
        return "she"
    persons = list(find_persons(source))
    return persons[0].pronoun if len(persons) == 1 else None


def _as_indirect(window: Window, saying: Saying, words: str) -> Edit:
    """The whole sentence anew: who said, when, that; what follows the source stays between commas."""
    tail = window.text[saying.content[1] : saying.end - 1]
    source = window.text[slice(*saying.source)]
    said = re.search(rf"\b{VERBS}\b", tail)
    verb = said.group() if said else "said"
    last = max(said.end() if said else 0, tail.find(source) + len(source))
    after = tail[last:].rstrip()
    who = source[0].upper() + source[1:]
    told = f"{who}{after}, {verb}" if after.startswith(",") else f"{who} {verb}{after}"
    return Edit(saying.start, saying.end, f"{told} that {words}.")
