"""The dossier as one self-contained HTML page that asks nothing of anywhere.

The template receives a `PageView` and nothing else. Its security rests on three things, each tested: autoescape is on
for every value; the Content-Security-Policy allows the one style and the one script of this package by their
hashes and nothing more; and `labels.visible` takes the teeth out of control characters before anything is shown.
"""

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from retold.dossier.dossier import Dossier
from retold.dossier.views.build import build_page_view
from retold.dossier.views.scope import CHANGE_WORDS


def render_page(dossier: Dossier) -> str:
    """The page, ready to be written as UTF-8. Raises: KeyError when a row names an article that is not there."""
    style, script = _package_file("page.css"), _package_file("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            page=build_page_view(dossier),
            change_words=CHANGE_WORDS,
            policy=content_policy(style, script),
            style=Markup(style),
            script=Markup(script),
        )
    )


def content_policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this one style and this one script, and nothing else at all."""
    return (
        f"default-src 'none'; style-src '{_source_hash(style)}'; script-src '{_source_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _package_file(name: str) -> str:
    """A file of `dossier/page/`, which is read once: the package does not change while it runs."""
    return resources.files("retold.dossier").joinpath("page", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_package_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
