"""Whether a text is in English, the only language that Retold's rules and models know, and which other it is in."""

import re

import pycountry

from retold.language.words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 40  # fewer words prove nothing, least of all in headlines
_SAMPLE = 20_000  # characters from the start
_NAMED_BY = 4_000  # characters by which a language is named
_MIN_SHARE = 0.15  # English news has .40 and more; Portuguese, which shares "a", "as", "do" and "no", has .10
_MIN_CORE_SHARE = 0.03  # of the words that no other language has so often; English news has .15
_CORE = frozenset({"the", "of", "and", "to", "that", "with"})


def foreign_language(text: str) -> str | None:
    """The English name of the language that a text is in; None for English, and for a text too short to tell.

    Function words decide first, since they cost nothing; py3langid, which takes two seconds to load, is asked only
    about a text that hardly has any.
    """
    if _has_function_words(text):
        return None
    from py3langid import classify

    code, _ = classify(text[:_NAMED_BY])
    if code == "en":
        return None
    known = pycountry.languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code})
    return known.name if known else "another language than English"


def _has_function_words(text: str) -> bool:
    """False for a text of some length that has hardly an English function word. Short texts pass."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _MIN_WORDS:
        return True
    share = sum(word in FUNCTION_WORDS for word in words) / len(words)
    core = sum(word in _CORE for word in words) / len(words)
    return share >= _MIN_SHARE or core >= _MIN_CORE_SHARE
