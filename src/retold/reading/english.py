"""Whether a text is English enough to be read: Retold's rules and models know no other language."""

import re

from retold.reading.lines import load_function_words

_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 40  # fewer words prove nothing, least of all in headlines
_SAMPLE = 20_000  # characters from the start
_MIN_SHARE = 0.15  # English news has .40 and more; Portuguese, which shares "a", "as", "do" and "no", has .10
_MIN_CORE_SHARE = 0.03  # of the words that no other language has so often; English news has .15
_CORE = frozenset({"the", "of", "and", "to", "that", "with"})


def looks_english(text: str) -> bool:
    """True unless a text of some length has hardly an English function word. Short texts pass."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _MIN_WORDS:
        return True
    known = load_function_words()
    share = sum(word in known for word in words) / len(words)
    core = sum(word in _CORE for word in words) / len(words)
    return share >= _MIN_SHARE or core >= _MIN_CORE_SHARE
