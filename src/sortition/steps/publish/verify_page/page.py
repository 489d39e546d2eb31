"""The page with which anybody checks a published lottery in a browser."""

from __future__ import annotations

import json
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib import resources

from sortition.model import Language
from sortition.pages.template import page

STYLES = ("style.css", "verify_page.css")
# in the order of their needs; the last one touches the page, the others only compute
SCRIPTS = (
    "verify_page_bytes.js",
    "verify_page_zip.js",
    "verify_page_forms.js",
    "verify_page_draw.js",
    "verify_page_events.js",
    "verify_page_checks.js",
    "verify_page_receipt.js",
    "verify_page_show.js",
    "verify_page.js",
)


def verify_page(language: Language) -> str:
    """The page as one HTML file that loads nothing and sends nothing.

    It takes the public bundle of any lottery, so that it holds nothing of a certain one. Its
    script and its style run by their digests alone; the browser is told to refuse every other
    script and every connection.

    Parameters
    ----------
    language : {"en", "da"}
    """
    words = catalogue(language)
    style, script = source(STYLES), source(SCRIPTS)
    return page(
        "verify_page.html",
        language=language,
        w=words["page"],
        words=_data({name: texts for name, texts in words.items() if name != "page"}),
        style=style,
        script=script,
        style_digest=_csp_digest(style),
        script_digest=_csp_digest(script),
    )


@cache
def catalogue(language: Language) -> Mapping[str, Mapping[str, str]]:
    """The words of the page in a language: those of its template under ``page``."""
    texts = resources.files("sortition").joinpath("texts", f"verify_page.{language}.toml")
    return tomllib.loads(texts.read_text(encoding="utf-8"))


def source(names: Iterable[str]) -> str:
    """Styles or scripts of the page, joined."""
    folder = resources.files("sortition.pages").joinpath("templates")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def _data(words: Mapping[str, Mapping[str, str]]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _csp_digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
