"""Negations put in or taken out, and words that become their opposites."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.variants import Edit, Kinds, Variant, like, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, any_of, whole_list

_ACCEPTS: Kinds = frozenset({"negation"})
_OPPOSITE: Kinds = frozenset({"negation", "strength", "modality", "other"})
_AUXILIARY = r"(?:is|are|was|were|will|would|could|should|has been|have been|had been|must)"
_SUBJECT = r"(?<=[a-z’'] )"
_STOPS = (
    r"(?! (?:not|n’t|never|no|none|hardly|also|it|he|she|they|we|you|I|there|the one|among|only|nothing|that|to)\b)"
)
_INSERT = re.compile(
    rf"{_SUBJECT}(?<!there )(?<!what )(?<!that )(?<!who )\b(?P<aux>{_AUXILIARY})(?={_STOPS} [a-z]{{2,}})"
)
_POLARITY = re.compile(
    r"\b(?:any|anything|anyone|anybody|ever|yet|either|until|unless|only|just|but|nor|merely|simply|necessarily|even"
    r"|at all|because|much|many|anymore|whether or)\b"
)
_REMOVE_NOT = re.compile(
    r"\b(?P<aux>is|are|was|were|will|would|could|should|has|have|had|can|must|may|might)(?P<gap> ?)"
    r"(?P<not>not|n['’]t)\b(?! (?:only|just|merely|yet|to))"
)
_SHORT_NOT = {"ca": "can", "wo": "will"}
_SHORT = re.compile(r"\b(?P<aux>ca|wo)n['’]t\b")
_VERBS = {row[0]: row for row in whole_list("verbs")}
_DO_NOT = re.compile(rf"\b(?P<do>did|does|do)(?:n['’]t| not) (?P<verb>{any_of(list(_VERBS))})\b")
_NEVER = re.compile(r"\b(?P<aux>has|have|had|will|would|was|is|were|are|could|can)(?P<never> never)(?= [a-z])")
_NO = re.compile(
    r"\b(?P<verb>was|were|is|are|has|had|have|found|saw|offered|made|showed|there's)(?P<no> no)(?= [a-z]+)"
)
_NO_STOPS = re.compile(
    r" (?:longer|one|matter|doubt|less|fewer|more|other|such|way|idea|secret|question|intention|place)\b"
)


def change_negation(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """Every place where a negation can come or go, or a word become its opposite."""
    yield from _insert(window)
    yield from _remove(window)
    yield from _undo(window)
    yield from _opposites(window, words)
    del rng


def _insert(window: Window) -> Iterator[Variant]:
    for match in _INSERT.finditer(window.text):
        clause = re.split(r"[,.;:?!”\"]", window.text[match.end() :])[0]
        sentence = window.text[slice(*window.sentence_at(match.start()))]
        if "?" in sentence or re.search(
            r"\b(?:what|how|where|whatever|as|than|which)\b[^,]*$", window.text[: match.start()][-60:]
        ):
            continue
        if len(clause) > 8 and not re.search(r"\b(?:some|already|too|still|at least)\b|ever", clause):
            at = match.start() + len(match["aux"].split()[0])
            how = "never put in" if match["aux"].endswith("been") else "not put in"
            yield Variant("negation", how, (Edit(at, at, " never" if how[1] == "e" else " not"),), _ACCEPTS)


def _remove(window: Window) -> Iterator[Variant]:
    for match in _REMOVE_NOT.finditer(window.text):
        if _free(window, match):
            how = "not taken out" if match["not"] == "not" else "n't taken out"
            yield Variant("negation", how, (Edit(match.start("gap"), match.end("not"), ""),), _ACCEPTS)
    for match in _SHORT.finditer(window.text):
        if _free(window, match):
            yield Variant("negation", "n't taken out", (replace_match(match, _SHORT_NOT[match["aux"]]),), _ACCEPTS)
    for match in _NEVER.finditer(window.text):
        if _free(window, match):
            yield Variant("negation", "never taken out", (replace_match(match, "", "never"),), _ACCEPTS)
    for match in _NO.finditer(window.text):
        following = re.match(r" ([a-z]+)", window.text[match.end() :])
        if _free(window, match) and not _NO_STOPS.match(window.text[match.end() :]) and following:
            new = "" if following[1].endswith("s") or match["verb"] in ("were", "are") else " some"
            yield Variant("negation", "no taken out", (replace_match(match, new, "no"),), _ACCEPTS)


def _undo(window: Window) -> Iterator[Variant]:
    """ "did not agree" becomes "agreed"."""
    form = {"do": 0, "does": 1, "did": 2}
    for match in _DO_NOT.finditer(window.text):
        asked = re.search(r"(?:[.!?,]\s+|[“\"]|\b[Ww]hy )$", window.text[: match.start()])
        if _free(window, match) and not asked:
            verb = _VERBS[match["verb"]][form[match["do"]]]
            yield Variant("negation", f"{match['do']} not undone", (replace_match(match, verb),), _ACCEPTS)


def _free(window: Window, match: "re.Match[str]") -> bool:
    """Whether nothing in the rest of the sentence needs the negation ("any", "until"), nor is it a question."""
    _, end = window.sentence_at(match.start())
    rest = window.text[match.end() : end]
    return not _POLARITY.search(rest) and not rest.endswith(("?", "?”", '?"'))


def _opposites(window: Window, words: Words) -> Iterator[Variant]:
    pairs = words.pairs("antonyms")
    for match in re.finditer(rf"(?<![\w-])(?i:{any_of(list(pairs))})(?![\w-])", window.text):
        old = match.group()
        if old.lower() in pairs and not re.search(
            r"(?:\bnot|n['’]t|\bnever|\bno|\bmore|\bmost|\bvery|\b[Mm]a[dk]es?(?: it)?|\bnot only) $",
            window.text[: match.start()],
        ):
            new = like(old, pairs[old.lower()])
            edit = replace_match(match, new)
            article = re.search(r"\b([Aa])n? $", window.text[: match.start()])
            if article:
                a_or_an = article[1] + ("n" if new[0].lower() in "aeiou" else "")
                edit = Edit(article.start(), match.end(), f"{a_or_an} {new}")
            yield Variant("negation", f"opposite: {old.lower()}", (edit,), _OPPOSITE)
