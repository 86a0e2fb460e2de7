"""Articles of our own writing for tests of the library, as lines of bulk input."""

import json
from collections.abc import Iterable
from pathlib import Path

HARBOUR = (
    "Osk will pay for the harbour in cash, Ada Venn said on Monday. "
    "“We were able to win the following concession,” the minister told reporters in the capital.\n\n"
    "The talks with Veldania about the northern islands go on next week, her office said."
)
ISLANDS = (
    "Veldania rejected the offer for the northern islands on Tuesday. "
    "“No price is high enough,” said Tomas Brock, its foreign minister, after the meeting in the harbour town.\n\n"
    "He demanded that ships of Osk leave the strait before any talks about money."
)


def line(number: int, text: str, **facts: str) -> dict[str, str]:
    """A line of bulk input with an address of its own."""
    return {"id": f"a{number}", "text": text, "url": f"https://news.example/{number}", "outlet": "Osk Times", **facts}


def write_lines(path: Path, rows: Iterable[dict[str, str]]) -> str:
    """The rows as a bulk file; its path."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def reports(count: int, start: int = 0) -> list[dict[str, str]]:
    """So many articles with texts that differ."""
    return [
        line(number, f"Town number {number} has a new bridge. {HARBOUR} The {number}th ship came in.")
        for number in range(start, start + count)
    ]
