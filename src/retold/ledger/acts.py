"""Acts: the words that offer, reject, demand …, and the verb group that tells whether they did, will or might.

The words are in data/acts.tsv, the small words around them in data/grammar.tsv. Nothing here knows who acts on what:
see actors.py and entries.py.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from retold.language.tables import read_table
from retold.language.tokens import Token
from retold.ledger.grammar import lower, words
from retold.ledger.position import Act, Status

CueForm = Literal["verb", "noun", "adjective", "speaker"]
Tag = Literal["base", "s", "past", "ing", "participle", "none"]

# Acts that, negated, are a refusal: "did not agree to a ceasefire". A negated demand or threat is only no demand.
REFUSED_WHEN_NEGATED: frozenset[Act] = frozenset({"accept", "support", "concede", "comply"})


class CueWord(NamedTuple):
    """One row of data/acts.tsv in one of its forms: `stance` is 1 for what it governs, -1 against it, 0 neither."""

    form: CueForm
    act: Act
    stance: int
    tag: Tag
    length: int  # words
    unreal: bool  # this act only when future or possible
    objects: tuple[str, ...]  # beginnings of words, one of which must be governed; empty: no matter which


class Cue(NamedTuple):
    """Words that perform or report an act: `tokens[first:last]`, with every reading that the words allow."""

    first: int
    last: int
    readings: tuple[CueWord, ...]

    def reading(self, *forms: CueForm) -> CueWord | None:
        """The reading in the first of `forms` that the words allow."""
        return next((word for form in forms for word in self.readings if word.form == form), None)


class VerbGroup(NamedTuple):
    """The auxiliaries and adverbs before a verb. `first` is the index of the first of them (the cue's own if none)."""

    first: int
    negated: bool
    modal: bool
    would: bool
    future: bool
    duty: bool
    wish: bool
    passive: bool
    progressive: bool
    infinitive: bool
    finite_auxiliary: bool
    historical: bool


@cache
def _cue_table() -> Mapping[str, tuple[tuple[tuple[str, ...], CueWord], ...]]:
    """The forms of all cue words by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
    for row in read_table("retold.ledger", "acts.tsv"):
        for form, tag in _forms(row):
            parts = tuple(form.split())
            cue = CueWord(
                cast(CueForm, row["form"]),
                cast(Act, row["act"]),
                {"+": 1, "-": -1, "0": 0}[row["stance"]],
                tag,
                len(parts),
                row["only"] == "unreal",
                _parts(row["objects"]),
            )
            table.setdefault(parts[0], []).append((parts, cue))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _forms(row: Mapping[str, str]) -> list[tuple[str, Tag]]:
    """The inflected forms of a row with their tags."""
    phrase = row["words"]
    if row["form"] == "noun":
        return [(phrase, "none"), (phrase + "s", "none")] if " " not in phrase else [(phrase, "none")]
    if row["form"] != "verb":
        return [(phrase, "none")]
    first, _, rest = phrase.partition(" ")
    tail = f" {rest}" if rest else ""
    irregular = [form for form in row["irregular"].split(",") if form]
    forms: list[tuple[str, Tag]] = [(phrase, "base")]
    given: dict[Tag, list[str]] = {"s": [], "ing": [], "past": []}
    for form in irregular:
        word = form.split()[0]
        given["ing" if word.endswith("ing") else "s" if word.endswith("s") else "past"].append(form)
    forms += [(form, "s") for form in given["s"] or [third_person(first) + tail]]
    forms += [(form, "ing") for form in given["ing"] or [gerund(first) + tail]]
    forms += [(form, "past") for form in given["past"] or [past(first) + tail]]
    return forms


def third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return _IRREGULAR.get(verb, ("", verb + "ing"))[1]


def past(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][0]
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


# Verbs of the table's phrases whose past or gerund is not made by rule.
_IRREGULAR = {
    "drop": ("dropped", "dropping"), "commit": ("committed", "committing"), "hold": ("held", "holding"),
    "put": ("put", "putting"), "get": ("got", "getting"), "sit": ("sat", "sitting"), "set": ("set", "setting"),
    "give": ("gave", "giving"), "make": ("made", "making"), "take": ("took", "taking"), "say": ("said", "saying"),
    "withdraw": ("withdrew", "withdrawing"), "strike": ("struck", "striking"), "break": ("broke", "breaking"),
    "come": ("came", "coming"), "stand": ("stood", "standing"), "speak": ("spoke", "speaking"),
    "beg": ("begged", "begging"), "lean": ("leaned", "leaning"), "seek": ("sought", "seeking"),
    "meet": ("met", "meeting"), "confer": ("conferred", "conferring"), "refer": ("referred", "referring"),
    "freeze": ("froze", "freezing"), "prod": ("prodded", "prodding"), "fulfil": ("fulfilled", "fulfilling"),
}  # fmt: skip


def find_cues(tokens: Sequence[Token]) -> tuple[Cue, ...]:
    """Find the words that perform or report an act, in text order, the longest at each place, none overlapping.

    Empty: there are none. Raises: nothing.
    """
    cues: list[Cue] = []
    index = 0
    while index < len(tokens):
        cue = _cue_at(tokens, index)
        if cue:
            cues.append(cue)
        index = cue.last if cue else index + 1
    return tuple(cues)


def _cue_at(tokens: Sequence[Token], index: int) -> Cue | None:
    found: list[CueWord] = []
    length = 0
    for parts, word in _cue_table().get(lower(tokens[index]), ()):
        if len(parts) < length:
            break
        if all(index + i < len(tokens) and lower(tokens[index + i]) == part for i, part in enumerate(parts)):
            found.append(word)
            length = len(parts)
    return Cue(index, index + length, tuple(found)) if found else None


def verb_group(tokens: Sequence[Token], cue_first: int) -> VerbGroup:
    """Read the auxiliaries, adverbs and times of day that stand between a subject and the verb at `cue_first`."""
    seen: set[str] = set()
    passive = progressive = infinitive = False
    index = cue_first
    while index > 0:
        step, kinds = _auxiliary(tokens, index)
        if not step:
            break
        if "be" in kinds and not seen & {"be", "perfect", "do", "modal", "future"}:
            passive = progressive = True
        infinitive = infinitive or "to" in kinds
        seen |= kinds
        index -= step
    return VerbGroup(
        first=index,
        negated="negative" in seen,
        modal="modal" in seen,
        would="would" in seen,
        future="future" in seen,
        duty="deontic" in seen,
        wish="wish" in seen,
        passive=passive,
        progressive=progressive,
        infinitive=infinitive,
        finite_auxiliary=bool(seen & {"modal", "future", "do", "be", "perfect"}),
        historical="past" in seen,
    )


_AUXILIARY_CLASSES = ("modal", "perfect", "be", "do", "negative", "past", "adverb")
_BEFORE_TO = ("future", "deontic", "wish", "negative")


def _auxiliary(tokens: Sequence[Token], index: int) -> tuple[int, set[str]]:
    """How many tokens right before `index` belong to a verb group (0: none), and their classes."""
    word = lower(tokens[index - 1])
    if word == "to" and index > 1:
        kinds = {kind for kind in _BEFORE_TO if lower(tokens[index - 2]) in words(kind)}
        if kinds or lower(tokens[index - 2]) in ("going", "have", "has", "had", "is", "are", "yet"):
            before = lower(tokens[index - 2])
            extra = {"deontic"} if before in ("have", "has", "had", "yet") else set()
            return 2, kinds | extra | {"to"} | ({"future"} if before in ("is", "are", "going") else set())
        return 0, set()
    if word in ("will", "shall", "won't", "'ll"):
        return 1, {"future"} | ({"negative"} if word == "won't" else set())
    if word in ("must", "should", "ought"):
        return 1, {"deontic"}
    kinds = {kind for kind in _AUXILIARY_CLASSES if word in words(kind)} | ({"would"} if word == "would" else set())
    if word.endswith("n't"):
        kinds.add("negative")
    if kinds or (word.endswith("ly") and len(word) > 4 and tokens[index - 1].text[0].islower()):
        return 1, kinds
    return _time_before(tokens, index), {"time"}


def _time_before(tokens: Sequence[Token], index: int) -> int:
    """How many tokens right before `index` are a time ("on Monday", "last week", "this year"); 0: none."""
    if lower(tokens[index - 1]) not in words("time") or index < 2:
        return 0
    if lower(tokens[index - 2]) in ("on", "last", "this", "next", "in", "late", "early"):
        return 3 if index > 2 and lower(tokens[index - 3]) in ("on", "in", "late", "early") else 2
    return 1 if tokens[index - 1].text[0].isupper() else 0


def settle_status(cue: CueWord, group: VerbGroup, *, conditional: bool, reported: bool) -> tuple[Act, Status]:
    """The act and its status, from the verb group it stands in.

    `conditional`: a condition is attached. `reported`: the words are indirect speech, where "would" is the future.
    A negated acceptance is a rejection, and as such actual; other negated acts keep their name, status "negated".
    """
    if group.negated:
        refused = cue.act in REFUSED_WHEN_NEGATED or cue.form == "adjective"
        return ("reject", "actual") if refused else (cue.act, "negated")
    if group.historical:
        return cue.act, "historical"
    if group.future or (group.would and reported and not conditional):
        return cue.act, "future"
    return (cue.act, "hypothetical") if group.modal or group.wish else (cue.act, "actual")


@cache
def _plover_rows() -> tuple[tuple[str, str, tuple[str, ...], str, str], ...]:
    rows = read_table("retold.ledger", "plover.tsv")
    return tuple((r["act"], r["status"], _parts(r["words"]), r["plover"], r["mode"]) for r in rows)


def _parts(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)


def plover_type(act: Act, status: Status, evidence: str) -> tuple[str | None, str | None]:
    """The PLOVER event type and mode of an act, from data/plover.tsv; None: it has none."""
    best: tuple[int, str, str] = (-1, "", "")
    folded = evidence.lower()
    for row_act, row_status, row_words, plover, mode in _plover_rows():
        if row_act != act or row_status not in ("*", status):
            continue
        if row_words and not any(word in folded for word in row_words):
            continue
        fit = (row_status != "*") + 2 * bool(row_words)
        if fit > best[0]:
            best = (fit, plover, mode)
    return best[1] or None, best[2] or None
