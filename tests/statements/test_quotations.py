import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.article import Span
from retold.statements.quotations import find_quotations


def paragraphs(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def quoted(text: str) -> list[str]:
    return ["|".join(text[a:b] for a, b in q.spans) for q in find_quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("“We wait,” she said. “Long.”", ["“We wait,”", "“Long.”"]),
        ('"We wait," she said. "Long."', ['"We wait,"', '"Long."']),
        ("‘We don’t wait,’ she said.", ["‘We don’t wait,’"]),
        ("'We don't wait,' she said.", ["'We don't wait,'"]),
        ("The ministers’ plan and the ’90s and rock ’n’ roll", []),
        ("The ministers' plan and Dovic's hat", []),
        ("“He said ‘never’ twice,” she said.", ["“He said ‘never’ twice,”", "‘never’"]),
        ("\"He said 'never' twice,\" she said.", ["\"He said 'never' twice,\"", "'never'"]),
        ("“First.\n\n“Second.”\n\nShe left.", ["“First.|“Second.”"]),
        ("“First.\n\n“Second.\n\n“Third.”", ["“First.|“Second.|“Third.”"]),
        ("“First never closes.\n\nShe left. “Two.”", ["“First never closes.", "“Two.”"]),
        ('"First.\n\n"Second."', ['"First.|"Second."']),
        ("«Nous attendons», she said.", ["«Nous attendons»"]),
        ('a stray ” and a stray " mark', []),
        ("the “a ‘b’ c", ["the “a ‘b’ c"[4:], "‘b’"]),
    ],
)
def test_finds(text: str, answer: list[str]) -> None:
    assert quoted(text) == answer


def test_nested_and_never_closed_are_known_as_such() -> None:
    text = "“He said ‘no’ and\n\nleft."
    assert [(q.closed, q.nested) for q in find_quotations(text, paragraphs(text))] == [(False, False), (True, True)]


@given(st.text(alphabet="“”\"'‘’«» \nab.,", max_size=60))
def test_any_text_gives_quotations_that_open_with_a_mark(text: str) -> None:
    for quotation in find_quotations(text, paragraphs(text)):
        assert all(text[a] in "“\"'‘«" and a < b <= len(text) for a, b in quotation.spans)


@pytest.mark.parametrize("piece", ["“", '"', "' ", " 'a", "‘a ", "’"])
def test_many_marks_do_not_hang(piece: str) -> None:
    began = time.perf_counter()
    text = piece * (200_000 // len(piece))
    find_quotations(text, [Span(0, len(text))])
    assert time.perf_counter() - began < 10
