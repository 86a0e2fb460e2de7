"""Harmless variants: other forms of the same words, after which nothing must be reported."""

import re
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.retelling.edits.dates import MONTH, WEEKDAYS
from benchmarks.retelling.edits.numbers import SPELLED
from benchmarks.retelling.names import find_persons
from benchmarks.retelling.variants import Edit, Variant, like, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, any_of, whole_list

_VALUES = dict(zip(SPELLED, [*range(2, 21), *range(30, 100, 10)], strict=True))
_LONG_MONTHS = {row[1]: row[0] for row in whole_list("months")}
LOWERED = re.compile(
    r"^(?:The|A|An|In|On|It|He|She|They|There|This|These|That|Those|His|Her|Their|Its|At|After|During|Some|Many|Most) "
)
_CLAUSE = re.compile(r", (?P<joint>and|but) (?=(?:he|she|they|it|there) [a-z]+)")
_OPENER = re.compile(
    rf"^(?P<when>On (?:{'|'.join(WEEKDAYS)})|In (?:19|20)\d\d|Last (?:week|month|year)|Earlier this (?:week|month|year)"
    rf"|On {MONTH} \d{{1,2}}|In {MONTH}), (?P<first>\w)(?P<rest>[^,;:“”\"]+)\.$"
)
_CLOSER = re.compile(
    rf"^(?P<first>\w)(?P<rest>[^,;:“”\"]+) (?P<when>on (?:{'|'.join(WEEKDAYS)})|last (?:week|month|year))\.$"
)
_PAST = {row[2]: row[3] for row in whole_list("verbs") if len(row[0]) > 3}
_PASSIVE = re.compile(
    rf"^(?P<subject>(?:The )?[A-Z][\w’]+(?: [A-Z][\w’]+){{0,2}}) (?P<verb>{any_of(list(_PAST))}) "
    r"(?P<object>(?:the|a|an) [a-z]+(?: [a-z]+){0,2}?)(?P<rest> (?:on|in|after|last|during|at) [^“”\"]*)?\.$"
)


def _harmless(how: str, *edits: Edit) -> Variant:
    return Variant("control", how, edits)


def write_digits(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "five days" > "5 days"; "1,000,000" > "1 million"; "3,000" > "3000"; "%" > "percent"."""
    for match in re.finditer(rf"(?<=[a-z] )(?:{'|'.join(SPELLED)})(?= [a-z]{{3,}}s\b)", window.text):
        yield _harmless("digits", replace_match(match, str(_VALUES[match.group()])))
    for match in re.finditer(r"(?<![\d,])([1-9]\d{0,2}),(\d)00,000(?![\d,])", window.text):
        tail = "" if match[2] == "0" else f".{match[2]}"
        yield _harmless("million", replace_match(match, f"{match[1]}{tail} million"))
    for match in re.finditer(r"(?<![\d,$])([1-9]),(\d{3})(?![\d,])", window.text):
        yield _harmless("no comma", replace_match(match, match[1] + match[2]))
    for match in re.finditer(r"(?<=\d)(%| percent\b| per cent\b)(?!-)", window.text):
        yield _harmless("percent", replace_match(match, " percent" if match[1] == "%" else "%"))


def round_numbers(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "about" put before a rounded number; units and their signs."""
    for match in re.finditer(
        r"(?<=[a-z] )(?<!than )(?<!least )(?<!most )"
        r"(?<!about )(?<!nearly )(?<!some )(?<!the )(?<!to )(?<!and )(?<!every )(?<!per )"
        r"(?:[1-9]0|[1-9]?[1-9]00|[1-9]0?,000)(?= [a-z]+s\b)",
        window.text,
    ):
        if not window.quoted(match.start()):
            yield _harmless("about", Edit(match.start(), match.start(), "about "))
    units = {row[0]: row[1] for row in whole_list("units")}
    for match in re.finditer(rf"(?<=\d ){any_of(list(units))}\b(?! of)", window.text):
        if not window.quoted(match.start()):
            yield _harmless("unit", replace_match(match, units[match.group()]))


def write_dates(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "Sept. 3" > "3 September"; "Sept. 3" > "September 3"."""
    for match in re.finditer(rf"\b(?P<month>{MONTH}) (?P<day>\d{{1,2}})\b(?!,? \d{{4}}|, ?\d|-)", window.text):
        month = _LONG_MONTHS.get(match["month"], match["month"])
        if match.group() not in {"Sept. 11", "September 11"}:
            yield _harmless("day before month", replace_match(match, f"{match['day']} {month}"))
            if month != match["month"]:
                yield _harmless("month in full", replace_match(match, f"{month} {match['day']}"))


def abbreviate(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "Mr." > "Mr", "Sen." > "Senator", "U.S." > "US"."""
    forms = {row[0]: row[1] for row in whole_list("abbreviations")}
    for match in re.finditer(rf"(?<![\w.]){any_of(list(forms))}(?![\w.])", window.text):
        last = match.group().endswith(".") and not re.match(r" ?[a-zA-Z,]", window.text[match.end() :])
        if not last and not re.search(r"\n|^ [A-Z][a-z]+ [a-z]+s\b", window.text[match.end() : match.end() + 2]):
            yield _harmless("abbreviation", replace_match(match, forms[match.group()]))


def shorten_names(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """The surname alone for a full name that has stood before."""
    persons = list(find_persons(window.text))
    for at, person in enumerate(persons):
        before = persons[:at]
        unique = sum(other.surname == person.surname and other.given != person.given for other in persons) == 0
        if unique and any(other.name == person.name for other in before) and not window.quoted(person.start):
            yield _harmless("surname alone", Edit(person.start, person.end, person.surname))


def respell(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """American and British spelling."""
    forms = {row[0]: row[1] for row in whole_list("spelling")}
    for match in re.finditer(rf"\b{any_of(list(forms))}\b", window.text):
        yield _harmless("spelling", replace_match(match, forms[match.group()]))


def contract(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "is not" > "isn't" and back."""
    short = {row[0]: row[1] for row in whole_list("contractions")}
    for match in re.finditer(
        rf"\b{any_of(list(short))}\b(?! (?:only|just|merely|a|an|the|no|to|more|less|any|some|some)\b)(?=[ ,])",
        window.text,
    ):
        curly = "’" if "’" in window.text else "'"
        if not window.quoted(match.start()):
            yield _harmless("contraction", replace_match(match, short[match.group()].replace("'", curly)))
    full = {row[1]: row[0] for row in whole_list("contractions") if row[1].endswith("n't")}
    for match in re.finditer(r"(?<=[a-z] )[a-z]+n['’]t\b(?= [a-z])", window.text):
        word = match.group().replace("’", "'")
        if word in full and not window.quoted(match.start()):
            yield _harmless("contraction undone", replace_match(match, full[word]))


def say_otherwise(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "said" > "stated", "told reporters", "remarked" where the saying is plain."""
    for match in re.finditer(r"(?<=[a-z] )said(?=\.| that [a-z])", window.text):
        if not window.quoted(match.start()) and not re.search(
            r"\b(?:is|was|have|has|had|be|he’s|are) $", window.text[: match.start()]
        ):
            yield _harmless("stated", replace_match(match, "stated"))
            if match.end() < len(window.text) and window.text[match.end()] == ".":
                yield _harmless("told reporters", replace_match(match, "told reporters"))


def make_passive(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "The House passed the bill on Monday." > "The bill was passed by the House on Monday.\""""
    for start, end in window.sentences:
        match = _PASSIVE.match(window.text[start:end])
        if match:
            subject = match["subject"].replace("The ", "the ", 1)
            verb = "were" if match["object"].endswith("s") and not match["object"].endswith("ss") else "was"
            words = f"{match['object'].capitalize()} {verb} {_PAST[match['verb']]} by {subject}{match['rest'] or ''}."
            yield _harmless("passive", Edit(start, end, words))


def move_clauses(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "On Monday, X left." > "X left on Monday." and back."""
    for start, end in window.sentences:
        sentence = window.text[start:end]
        opener, closer = _OPENER.match(sentence), _CLOSER.match(sentence)
        if opener:
            when = opener["when"][0].lower() + opener["when"][1:]
            words = f" {when}."
            edits = (Edit(start, start + opener.end("first"), opener["first"].upper()), Edit(end - 1, end, words))
            yield _harmless("time moved to the end", *edits)
        elif closer and (LOWERED.match(sentence) or find_name(sentence)) and " said " not in sentence:
            when = closer["when"][0].upper() + closer["when"][1:]
            first = closer["first"].lower() if LOWERED.match(sentence) else closer["first"]
            edits = (Edit(start, start + 1, f"{when}, {first}"), Edit(end - len(closer["when"]) - 2, end, "."))
            yield _harmless("time moved to the front", *edits)


def find_name(sentence: str) -> bool:
    """Whether a sentence begins with a person's full name."""
    return any(person.start == 0 for person in find_persons(sentence))


def swap_synonyms(window: Window, words: Words, _rng: Random) -> Iterator[Variant]:
    """A word of the reporter for another that means the same."""
    pairs = words.pairs("synonyms")
    for match in re.finditer(rf"(?<![\w-])(?i:{any_of(list(pairs))})(?![\w-])", window.text):
        old = match.group()
        named = old[0].isupper() and not re.search(r"(?:[.!?”]\s+|^)$", window.text[: match.start()])
        if old.lower() in pairs and not named and not window.quoted(match.start()):
            new = like(old, pairs[old.lower()])
            article = re.search(r"\b[Aa]n? $", window.text[: match.start()])
            if re.search(r"\b(?:[Mm]ore|[Mm]ost|so) $", window.text[: match.start()]):
                continue
            if not article or (new[0].lower() in "aeiou") == (old[0].lower() in "aeiou"):
                yield _harmless("synonym", replace_match(match, new))


def change_capitals(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """ "President Low" > "president Low"; "Republican Party" > "Republican party"."""
    pattern = (
        r"(?<=[a-z] )(?:President|Secretary|Senator|Governor)(?= [A-Z])|(?<=[a-z] )(?<=n )(?:Party|Administration)\b"
    )
    for match in re.finditer(pattern, window.text):
        yield _harmless("capital", replace_match(match, match.group().lower()))


def change_marks(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """Curly marks for straight ones and back, in the whole text."""
    edits = []
    for start, end in window.quotations:
        curly = window.text[start] == "“"
        opening, closing = ('"', '"') if curly else ("“", "”")
        edits += [Edit(start, start + 1, opening), Edit(end - 1, end, closing)]
    if edits:
        yield _harmless("marks", *edits)


def join_sentences(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """Two sentences made one with a semicolon or "and", or one made two."""
    for (_, end), (start, stop) in zip(window.sentences, window.sentences[1:], strict=False):
        first, gap = window.text[:end], window.text[end:start]
        sentence = window.text[start:stop]
        if first.endswith(".") and gap == " " and LOWERED.match(sentence) and not sentence.startswith("That "):
            yield _harmless("merged", Edit(end - 1, start + 1, f"; {sentence[0].lower()}"))
    for match in _CLAUSE.finditer(window.text):
        if not window.quoted(match.start()):
            following = window.text[match.end()]
            new = f". {following.upper()}" if match["joint"] == "and" else f". But {following}"
            yield _harmless("split", Edit(match.start(), match.end() + 1, new))


def drop_adverbials(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """Adverbials that say nothing dropped."""
    for (adverbial,) in whole_list("adverbials"):
        lower = adverbial[0].islower()
        pattern = (
            rf"(?<=[a-z,] ){re.escape(adverbial)} (?=[a-z])"
            if lower
            else rf"(?:^|(?<=[.!?”] )|(?<=\n)){re.escape(adverbial)} (?=\w)"
        )
        for match in re.finditer(pattern, window.text):
            only = adverbial == "also" and re.search(r"\b(?:but|not only[^.]*) $", window.text[: match.start()])
            if window.quoted(match.start()) or only:
                continue
            following = window.text[match.end()]
            new = following if lower else following.upper()
            comma = 2 if lower and adverbial.endswith(",") and window.text[match.start() - 2] == "," else 0
            yield _harmless("adverbial", Edit(match.start() - comma, match.end() + 1, (" " if comma else "") + new))


def trim_quotations(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """The end of a quotation cut at a border of clauses: its last sentence, or its last "and" clause."""
    for start, end in window.quotations:
        words = window.text[start:end]
        ends = re.search(r"(?P<keep>\w)\. (?P<rest>[A-Z][^.!?]{15,}[.])(?P<mark>[”\"])$", words)
        if (
            ends
            and not re.search(r"\b(?:[Bb]ut|[Ii]f|[Uu]nless|[Hh]owever|not|[Yy]et|[Nn]o)\b|n['’]t\b", ends["rest"])
            and len(words[: ends.start()].split()) > 5
        ):
            yield _harmless("quotation trimmed", Edit(start + ends.start("rest") - 1, end - 1, ""))
        clause = re.search(
            r", and (?:we|they|he|she|it|I|there|that) (?P<rest>[^,.;?!]{10,})(?P<stop>[,.])[”\"]$", words
        )
        if (
            clause
            and not re.search(r"\b(?:not|if|unless|never|no)\b|n['’]t", clause["rest"])
            and len(words[: clause.start()].split()) > 5
        ):
            yield _harmless("quotation trimmed", Edit(start + clause.start(), start + clause.start("stop"), ""))


HARMLESS_FORMS: tuple[Callable[[Window, Words, Random], Iterator[Variant]], ...] = (
    write_digits,
    round_numbers,
    write_dates,
    abbreviate,
    shorten_names,
    respell,
    contract,
    say_otherwise,
    make_passive,
    move_clauses,
    swap_synonyms,
    change_capitals,
    change_marks,
    join_sentences,
    drop_adverbials,
    trim_quotations,
)
"""Every form but indirect speech, which has a module of its own."""
