"""How often the time that known words name is worked out: the `value` of TIMEX3 at gold spans, as TempEval-3 counts.

`timebank_aquaint`: every TIMEX3 (DATE, TIME, DURATION, SET) in the text of a report, published on the first day of its
creation time. Half of the reports, by the hash of the file name, were read to mend by; the other half only measured.
An abstention is wrong in the accuracy. Values are compared as strings; in the second column the annotators'
ways of writing one value are made one first (`normalize`).

`cases`: invented sentences, the words in brackets, the day of publication beside them.

Peers, in the same run where they are installed, given the words and the day of publication; of two readings ("Friday")
the one that lies behind:

    pip install dateparser recognizers-text-date-time "emoji<2"
"""

import hashlib
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from retold.article import Span
from retold.language.dates import resolve_date

_CASES = Path(__file__).parent / "data" / "date_cases.tsv"


class Asked(NamedTuple):
    """Words of a text that name a time, and its value. `kind`: DATE, TIME, DURATION or SET."""

    text: str
    span: Span
    published: date
    kind: str
    value: str

    @property
    def words(self) -> str:
        return self.text[slice(*self.span)]


System = Callable[[Asked], str | None]
"""The value of the words asked for; None: it abstains."""


def read_reports(folder: Path, half: int) -> list[Asked]:
    """The times of the reports in one half of the folder: 0 to mend by, 1 kept apart."""
    paths = (path for path in sorted(folder.glob("*.tml")) if half_of(path.name) == half)
    return [asked for path in paths for asked in _read_report(path)]


def half_of(name: str) -> int:
    """0 or 1, by the hash of a file's name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def _read_report(path: Path) -> Iterator[Asked]:
    root = ElementTree.parse(path).getroot()
    created = next(next(root.iter("DCT")).iter("TIMEX3"))
    published = date.fromisoformat(created.attrib["value"][:10])
    for body in root.iter("TEXT"):
        text = "".join(body.itertext())
        for start, node in _times_within(body, 0):
            span = Span(start, start + len("".join(node.itertext())))
            yield Asked(text, span, published, node.attrib["type"], node.attrib["value"])


def _times_within(node: ElementTree.Element, start: int) -> Iterator[tuple[int, ElementTree.Element]]:
    """Each TIMEX3 in a node whose words begin at `start`, with where its own begin."""
    at = start + len(node.text or "")
    for child in node:
        if child.tag == "TIMEX3":
            yield at, child
        yield from _times_within(child, at)
        at += len("".join(child.itertext())) + len(child.tail or "")


class Case(NamedTuple):
    """An invented case. `value` None: the time stays open; `precision` None: it has no grain."""

    asked: Asked
    value: str | None
    precision: str | None


def read_cases() -> list[Case]:
    """The invented cases."""
    rows = [line.split("\t") for line in _CASES.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    return [_case(*row) for row in rows]


def _case(published: str, value: str, precision: str, marked: str) -> Case:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    asked = Asked(text, Span(start, end), date.fromisoformat(published), "DATE" if precision != "-" else "OTHER", value)
    return Case(asked, _or_none(value), _or_none(precision))


def _or_none(field: str) -> str | None:
    return None if field == "-" else field


# --- counting ------------------------------------------------------------------------------------------------------


def agree(gold: str, said: str) -> bool:
    """Whether two values are one, however written; what the annotators left open (X) agrees with anything.

    >>> agree("1998-WXX", "1998-W08"), agree("PXY", "P3Y")
    (True, False)
    """
    gold, said = normalize(gold), normalize(said)
    pattern = re.escape(gold).replace("X", r"\w") if gold[0] in "12" else re.escape(gold)
    return re.fullmatch(pattern, said) is not None


def normalize(value: str) -> str:
    """One way to write a value: weeks with two digits, nothing unknown at the end, decades as their first three digits.

    >>> normalize("2000-W7"), normalize("1968-XX"), normalize("196X"), normalize("P1E")
    ('2000-W07', '1968', '196', 'P10Y')
    """
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    value = re.sub(r"^(\d{4}(?:-\d\d)?)(?:-XX)+$", r"\1", value)
    value = re.sub(r"^(\d{2,3})X{1,2}$", r"\1", value)
    return re.sub(r"^P(\d+)D?E$", r"P\g<1>0Y", value)


class Score(NamedTuple):
    """How many times were asked for, told, told rightly, and rightly once the values are normalized."""

    asked: int
    told: int
    right: int
    right_normalized: int

    def __str__(self) -> str:
        shares = (
            self.right / max(1, self.asked),
            self.right_normalized / max(1, self.asked),
            self.told / max(1, self.asked),
            self.right_normalized / max(1, self.told),
        )
        return f"{self.asked:5}   " + "   ".join(f"{share:.3f}" for share in shares)


def score(asked: Sequence[Asked], system: System) -> Score:
    """Count what a system says of each."""
    said = [(one, system(one)) for one in asked]
    told = [(one.value, value) for one, value in said if value]
    same = sum(agree(gold, value) for gold, value in told)
    return Score(len(said), len(told), sum(gold == value for gold, value in told), same)


_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d")
_SORTS: dict[str, Callable[[Asked], bool]] = {
    "all": lambda one: True,  # noqa: ARG005
    "DATE": lambda one: one.kind == "DATE",
    "DATE, no year in the words": lambda one: one.kind == "DATE" and not _YEAR.search(one.words),
    "no year in the words": lambda one: not _YEAR.search(one.words),
}


# --- systems -------------------------------------------------------------------------------------------------------


def retold_value(asked: Asked) -> str | None:
    """What Retold says."""
    found = resolve_date(asked.text, asked.span, asked.published)
    return found.value if found else None


def dateparser_value(asked: Asked) -> str | None:
    """What dateparser says, at the grain it gives; it knows days, months and years."""
    settings = {"RELATIVE_BASE": _noon(asked.published), "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}
    parser = import_module("dateparser.date").DateDataParser
    found = parser(languages=["en"], settings=settings).get_date_data(asked.words)
    if found is None or found.date_obj is None:
        return None
    forms = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "time": "%Y-%m-%dT%H:%M"}
    return str(found.date_obj.strftime(forms.get(found.period, "%Y-%m-%d")))


def recognizers_value(asked: Asked) -> str | None:
    """What recognizers-text says of the longest time in the words, put as TIMEX3 does."""
    said = import_module("recognizers_date_time").recognize_datetime(
        asked.words, "en-us", reference=_noon(asked.published)
    )
    found = [one for one in said if one.resolution]
    if not found:
        return None
    readings = max(found, key=lambda one: one.end - one.start).resolution["values"]
    behind = [one for one in readings if _first_day(one) <= asked.published.isoformat()] or readings[:1]
    return _as_timex3(behind[-1])


def _first_day(reading: dict[str, str]) -> str:
    return (reading.get("start") or reading.get("value") or "")[:10]


def _as_timex3(reading: dict[str, str]) -> str:
    timex = reading["timex"]
    if timex.startswith("("):
        return _range_value(reading, timex)
    if "XXXX" in timex and reading["type"] != "set":
        return timex.replace(timex.split("T")[0], _first_day(reading))
    return timex


def _range_value(reading: dict[str, str], timex: str) -> str:
    """A quarter, a month or a year for a range of that length, else its first day."""
    first = reading.get("start", "")
    quarter = f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}" if first else ""
    return {"P3M": quarter, "P1M": first[:7], "P1Y": first[:4]}.get(timex.strip("()").split(",")[-1], first[:10])


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)


_PEERS: dict[str, tuple[str, System]] = {
    "dateparser": ("dateparser", dateparser_value),
    "recognizers-text": ("recognizers_date_time", recognizers_value),
}


def systems() -> dict[str, System]:
    """Retold, and those peers that are installed."""
    return {"Retold": retold_value} | {name: system for name, (module, system) in _PEERS.items() if find_spec(module)}


# --- the run -------------------------------------------------------------------------------------------------------


def run(data: Path) -> None:
    """Print a table for each half of the reports in `data`/dates/timebank_aquaint, and one for the cases."""
    warnings.simplefilter("ignore")  # the peers' own
    folder = data / "dates" / "timebank_aquaint"
    halves = {"read to mend by": read_reports(folder, 0), "kept apart": read_reports(folder, 1)}
    for title, asked in {**halves, "both": [*halves["read to mend by"], *halves["kept apart"]]}.items():
        _print_table(title, asked)
    _print_table("invented cases", [case.asked for case in read_cases() if case.value])


def _print_table(title: str, asked: Sequence[Asked]) -> None:
    print(f"\n{title}\n{'':48}spans   value   normalized   told   right when told")
    for sort, belongs in _SORTS.items():
        chosen = [one for one in asked if belongs(one)]
        for name, system in systems().items():
            print(f"{name:<18} {sort:<28} {score(chosen, system)}")
