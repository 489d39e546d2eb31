"""The page with which anybody checks a published lottery in a browser."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import resources

from sortition.audit.letters import RUNS
from sortition.model import Language
from sortition.pages.template import page
from sortition.pages.wording import catalogue

ROOM = "steps/publish/verify_page"
STYLES = ("pages/templates/style.css", f"{ROOM}/templates/page.css")
# in the order of their needs; the last one touches the page, the others only compute
SCRIPTS = tuple(
    f"{ROOM}/scripts/{name}.js"
    for name in (
        "bytes",
        "letters",
        "zip",
        "forms",
        "bls",
        "draw",
        "events",
        "checks",
        "company",
        "receipt",
        "show",
        "page",
    )
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
    words = words_of(language)
    style, script = source(STYLES), source(SCRIPTS)
    return page(
        ROOM,
        language,
        words=_data({name: texts for name, texts in words.items() if name != "page"}),
        style=style,
        script=script,
        style_digest=_csp_digest(style),
        script_digest=_csp_digest(script),
    )


def words_of(language: Language) -> Mapping[str, Mapping[str, str]]:
    """The words of the page, by section and name, with those that other pages say too."""
    return {**catalogue(language, ROOM), "company": catalogue(language, "pages")["company"]}


def source(names: Iterable[str]) -> str:
    """Styles or scripts of the page, joined, with the letters that Python's verifier knows."""
    home = resources.files("sortition")
    parts = (home.joinpath(name).read_text(encoding="utf-8") for name in names)
    return "\n".join(parts).replace("{{ RUNS }}", RUNS)


def _data(words: Mapping[str, Mapping[str, str]]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _csp_digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
