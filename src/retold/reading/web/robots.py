"""robots.txt: what the owner of a site asks programs to leave alone (RFC 9309).

Libraries were tried. urllib.robotparser knows no wildcards. Protego 0.7 keeps every rule once for every agent
of its group: 65 kB of hostile robots.txt took it 12 s and 290 MB, four times that with every doubling. Neither tells
which line forbids. Here one pass keeps the rules for us and those for all, and nothing else.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

AGENT = "retold"  # the product token (RFC 9309, 2.2.1) by which a robots.txt may name us
MAX_ROBOTS = 512_000  # bytes; RFC 9309, 2.5 asks for 500 KiB at least; the rest is not read

_RULES = frozenset({"allow", "disallow", "crawl-delay"})
_TOKEN = re.compile(r"\*|[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([\da-fA-F]{2})")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class Rule(NamedTuple):
    """One Allow or Disallow. `line` counts from 1; `text` is the line as it stands."""

    allows: bool
    pattern: str
    line: int
    text: str


class Robots(NamedTuple):
    """The rules that hold for us. `agent`: to whom they speak, "retold" or "*" (all). No rules: all is allowed.

    `pause_s`: the Crawl-delay in seconds, which is no part of the standard; None: none is asked for.
    """

    agent: str = "*"
    rules: tuple[Rule, ...] = ()
    pause_s: float | None = None


class _Line(NamedTuple):
    """A line of a group, in lower case before the colon; `agents` are those of its group that mean us or all."""

    agents: frozenset[str]
    field: str
    value: str
    line: int
    text: str


def read_robots(text: str) -> Robots:
    """The rules for us, or else those for all; groups with one agent are one. What is no rule is passed over.

    >>> read_robots("User-agent: *\\nDisallow: /drafts/").rules[0].pattern
    '/drafts/'
    """
    lines = list(_lines(text))
    agent = AGENT if any(AGENT in one.agents for one in lines) else "*"
    ours = [one for one in lines if agent in one.agents]
    rules = (
        Rule(one.field == "allow", _normal(one.value), one.line, one.text)
        for one in ours
        if one.field in ("allow", "disallow") and one.value
    )
    pauses = (_seconds(one.value) for one in ours if one.field == "crawl-delay")
    return Robots(agent, tuple(rules), next((pause for pause in pauses if pause is not None), None))


def find_forbidding(robots: Robots, path: str) -> Rule | None:
    """The rule that forbids us `path` (with its query, as it is asked for); None: it is allowed.

    The longest pattern decides; of two as long the one that allows (RFC 9309, 2.2.2).
    """
    path = _normal(path)
    matching = (rule for rule in robots.rules if _matches(rule.pattern, path))
    decisive = max(matching, key=lambda rule: (len(rule.pattern), rule.allows), default=None)
    return None if decisive is None or decisive.allows else decisive


def _lines(text: str) -> Iterator[_Line]:
    agents: frozenset[str] = frozenset()
    naming = False  # whether the group's agents are still being named
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        field, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        field = field.lower()
        if field == "user-agent":
            agents = (agents if naming else frozenset()) | _meant(value)
            naming = True
        elif field in _RULES:
            naming = False
        else:
            continue
        yield _Line(agents, field, value, number, line.strip())


def _meant(value: str) -> frozenset[str]:
    """Whom a User-agent line means, if it is us or all: a version behind the name does not matter."""
    token = _TOKEN.match(value)
    return frozenset({token[0].lower()} & {AGENT, "*"}) if token else frozenset()


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _normal(text: str) -> str:
    """One spelling for paths and patterns: escapes in upper case, and only for what needs them (RFC 9309, 2.2.2)."""
    text = _FOREIGN.sub(lambda match: quote(match[0]), text)
    return _ESCAPE.sub(lambda match: _unescaped(chr(int(match[1], 16))), text)


def _unescaped(character: str) -> str:
    return character if character in _UNRESERVED else f"%{ord(character):02X}"


def _matches(pattern: str, path: str) -> bool:
    """Whether `path` begins as the pattern says: * is any run of characters, $ at its end the end of the path.

    Each part between stars is looked for once, behind the one before: no pattern makes us go back.
    """
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    last = parts.pop() if parts and pattern.endswith("$") else None
    for part in parts:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= position
    return not pattern.endswith("$") or position == len(path)
