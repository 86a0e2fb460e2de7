"""Text as a cell of a table: nothing in it that a spreadsheet would carry out or a reader could not see."""

import re

from retold.dossier.labels import visible

_FORMULA = re.compile(
    r"[\t\r\n]"  # a tab or a line break moves what follows into a cell of its own when it is pasted
    r"|[\s\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]*+"  # white space, and what has no width
    r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"  # = + - @, full-width and small ones too
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def harmless(text: str) -> str:
    """`text` with control characters made visible, and an apostrophe before what would be read as a formula.

    Line breaks become line feeds. Source: OWASP, "CSV Injection"; Unicode Technical Report 36, 2.10.

    >>> harmless("=1+2"), harmless(" ＠SUM(A1)"), harmless("the toll - half of it")
    ("'=1+2", "' ＠SUM(A1)", 'the toll - half of it')
    """
    return ("'" if _FORMULA.match(text) else "") + visible(text)


def encodable(text: str) -> str:
    """`text` as UTF-8 can hold it: lone surrogates become U+FFFD, everything else stays."""
    return _SURROGATES.sub("\ufffd", text)
