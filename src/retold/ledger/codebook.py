"""The codebook: which issues there are, and the words that name them.

A codebook is a TSV or YAML file that a user may replace by his own. Nothing found with it depends on the order of its
rows or on its codes: where two issues claim words, the longest match wins, then the earliest; where the very same words
name two issues, the article's other words decide which domain is spoken of, and if they do not, nothing is named.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import msgspec
import yaml

from retold.article import Span
from retold.ledger.user_tables import Row, decode, read_rows, several

REQUIRED = ("code", "label", "cue words")
ANY_DOMAIN = "any"
"""Issues of this domain (a deal, the next round) are named only where no issue of a particular domain is."""

_WORD_START = re.compile(r"(?<![\w])(?=\w)")
_KEY_LENGTH = 2  # characters of a cue that select the patterns tried at a word: short enough for every cue


class CodebookError(ValueError):
    """A codebook that cannot be used: the message names the row (its line in the file) and what is wrong with it."""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is negotiated. `pax` are PA-X v2 variables, `contexts` PLOVER contexts; empty: none fits. Issues
    without a `domain` share one."""

    domain: str = ""
    code: str
    label: str
    description: str = ""
    pax: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cues: tuple[str, ...]


class IssueMention(msgspec.Struct, frozen=True):
    """Words that name an issue."""

    issue: Issue
    span: Span


class Codebook(msgspec.Struct, frozen=True, dict=True):
    """The issues of a codebook, ordered by label whatever the order of the file."""

    issues: tuple[Issue, ...]

    @cached_property
    def _cues(self) -> Mapping[str, tuple[tuple[str, str, Issue], ...]]:
        """The cues with what a match of theirs begins with, by its first letters. Their patterns are made when they are
        first needed: to make all of seven thousand takes five seconds."""
        table: defaultdict[str, list[tuple[str, str, Issue]]] = defaultdict(list)
        for issue in self.issues:
            for cue in issue.cues:
                table[cue[:_KEY_LENGTH].lower()].append((_beginning(cue), cue, issue))
        return {key: tuple(cues) for key, cues in table.items()}

    def find(self, text: str, spans: Iterable[Span]) -> tuple[IssueMention, ...]:
        """Find the words in `text[start:end]` of each span that name an issue, in text order, none overlapping.

        Offsets: into `text`. Empty: no issue is named. Raises: nothing.
        """
        found = [mention for span in spans for mention in self._candidates(text, span)]
        unclear = _claimed_twice(found)
        clear = [mention for mention in found if mention.span not in unclear]
        domains = Counter(mention.issue.domain for mention in clear)
        settled = [m for span in sorted(unclear) for m in _of_leading_domain(unclear[span], domains)]
        return _longest_first(clear + settled)

    def _candidates(self, text: str, span: Span) -> Iterable[IssueMention]:
        for begin in (match.start() for match in _WORD_START.finditer(text, span.start, span.end)):
            for start, cue, issue in self._cues.get(text[begin : begin + _KEY_LENGTH].lower(), ()):
                if text[begin : begin + len(start)].lower() == start:
                    match = cue_pattern(cue).match(text, begin, span.end)
                    if match:
                        yield IssueMention(issue, Span(*match.span()))


def _beginning(cue: str) -> str:
    """The lower-case letters that every match of a cue begins with: its first word without a last e or y."""
    word = re.split(r"[\s'’-]", cue, maxsplit=1)[0].lower()
    return word[:-1] if len(word) > 2 and word[-1] in "ey" else word


def read_codebook(path: Path | None = None) -> Codebook:
    """Read a codebook from a TSV or YAML file (by its ending), or (None) the one that is shipped.

    A TSV file has a header with the columns `REQUIRED`, perhaps domain, description, PA-X v2 variables and PLOVER
    contexts (others are ignored), `|` between the cue words, and lines beginning with '#' as comments. A YAML file is a
    list of issues with the same fields, lists or `|` for several. A cue word matches at the beginning of a word and
    admits its usual endings:
    "tariff" finds "tariffs", "demilitari" finds "demilitarised"; in capitals ("POW") it is matched as it is written.
    Raises CodebookError, naming the row, for a missing column, an unreadable or incomplete row, a code used twice, or
    a file that is not UTF-8 text; OSError when the file cannot be opened.
    """
    source = files("retold.ledger").joinpath("data", "issues.tsv") if path is None else path
    name = "the shipped codebook" if path is None else str(path)
    text = decode(source.read_bytes(), name, CodebookError)
    parse = parse_yaml if path and path.suffix.lower() in (".yaml", ".yml") else parse_codebook
    return parse(text, name)


def parse_codebook(text: str, name: str = "codebook") -> Codebook:
    """Read a codebook from the text of a TSV file; `name` stands in the messages. Raises as `read_codebook`."""
    return _codebook(read_rows(text, name, REQUIRED, CodebookError), name)


def parse_yaml(text: str, name: str = "codebook") -> Codebook:
    """Read a codebook from the text of a YAML file; `name` stands in the messages. Raises as `read_codebook`."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CodebookError(f"{name}{line}: no YAML ({getattr(error, 'problem', None) or error})") from None
    if not isinstance(root, yaml.SequenceNode):
        raise CodebookError(f"{name}: expected a list of issues, each with {', '.join(REQUIRED)}")
    return _codebook([_yaml_row(node, f"{name}, line {node.start_mark.line + 1}") for node in root.value], name)


def _codebook(rows: Sequence[Row], name: str) -> Codebook:
    if not rows:
        raise CodebookError(f"{name}: it has no issue")
    issues = [_issue(row) for row in rows]
    _check_codes(rows, issues)
    return Codebook(tuple(sorted(issues, key=lambda issue: (issue.label, issue.cues))))


@cache
def cue_pattern(cue: str) -> re.Pattern[str]:
    """The pattern of a cue word or phrase: every word of it with its usual endings, spaces also as hyphens."""
    flags = re.NOFLAG if cue.isupper() else re.IGNORECASE
    words = [_word_pattern(word) for word in re.split(r"[\s-]+", cue.replace("’", "'"))]
    return re.compile(r"(?:\s+|-)".join(words) + r"(?!\w)", flags)


def _word_pattern(word: str) -> str:
    escaped = re.escape(word).replace("'", "['’]")
    last = word[-1]
    if word.isupper() or not last.isalpha() or len(word) < 3:
        return escaped + "s?"
    if last == "e":
        return escaped[:-1] + "(?:e[sdr]?|ers|ing|ion|ions)"
    if last == "y":
        return escaped[:-1] + "(?:y|ies|ied|ying)"
    # The last letter may be doubled ("swap", "swapping"); a stem may go on as in "demilitari-sation", "redundanc-y".
    endings = r"(?:e?s|e[dr]?|ers|ing|ings|y|ies|ments?|aments?|ations?|i?[sz](?:e[sd]?|ing|ations?)|al|ial)"
    return f"{escaped}(?:{re.escape(last)}?{endings})?"


def _yaml_row(node: yaml.Node, where: str) -> Row:
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(f"{where}: expected an issue with {', '.join(REQUIRED)}")
    fields: dict[str, str] = {}
    for key, value in node.value:
        field = _scalar(key, where)
        if field in fields:
            raise CodebookError(f"{where}: the field {field!r} stands there twice")
        several = value.value if isinstance(value, yaml.SequenceNode) else [value]
        fields[field] = "|".join(_scalar(one, where) for one in several)
    return Row(where, fields)


def _scalar(node: yaml.Node, where: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise CodebookError(f"{where}: expected a text or a list of texts, in line {node.start_mark.line + 1}")
    return str(node.value).strip()


def _issue(row: Row) -> Issue:
    empty = [field for field in REQUIRED if not row.fields.get(field)]
    if empty:
        raise CodebookError(f"{row.where}: nothing in the column {', '.join(empty)}")
    cues = tuple(sorted(cue.strip() for cue in row.fields["cue words"].split("|")))
    if not all(cue and cue[0].isalnum() for cue in cues):
        raise CodebookError(f"{row.where}: a cue word is empty or does not begin with a letter or digit")
    return Issue(
        domain=row.fields.get("domain", ""),
        code=row.fields["code"],
        label=row.fields["label"],
        description=row.fields.get("description", ""),
        pax=several(row.fields.get("PA-X v2 variables", "").replace(",", "|")),
        contexts=several(row.fields.get("PLOVER contexts", "")),
        cues=cues,
    )


def _check_codes(rows: Sequence[Row], issues: Sequence[Issue]) -> None:
    first: dict[str, str] = {}
    for row, issue in zip(rows, issues, strict=True):
        if issue.code in first:
            raise CodebookError(f"{row.where}: the code {issue.code!r} is used twice, first in {first[issue.code]}")
        first[issue.code] = row.where


def _claimed_twice(found: Iterable[IssueMention]) -> dict[Span, list[IssueMention]]:
    """The mentions of spans that name two or more issues, by span."""
    by_span: defaultdict[Span, dict[str, IssueMention]] = defaultdict(dict)
    for mention in found:
        by_span[mention.span][mention.issue.code] = mention
    return {span: list(mentions.values()) for span, mentions in by_span.items() if len(mentions) > 1}


def _of_leading_domain(mentions: list[IssueMention], domains: Counter[str]) -> list[IssueMention]:
    """The one mention whose domain the article speaks of most, or none where two stand equal."""
    most = max(domains[mention.issue.domain] for mention in mentions)
    leading = [mention for mention in mentions if domains[mention.issue.domain] == most]
    return leading if len(leading) == 1 else []


def _longest_first(found: Iterable[IssueMention]) -> tuple[IssueMention, ...]:
    """Of overlapping mentions the longest, then the earliest, in text order."""
    kept: list[IssueMention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start, m.issue.label)):
        if taken.isdisjoint(range(*mention.span)):
            taken.update(range(*mention.span))
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.span))
