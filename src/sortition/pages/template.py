"""Fill in a page that needs nothing beside itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from sortition.model import Language
from sortition.pages.compiled import Compiled
from sortition.pages.sender import SENDER
from sortition.pages.wording import wording

DIGITS = re.compile(r"([0-9]+)")


def page(room: str, language: Language, template: str = "page.html", **facts: object) -> str:
    """The HTML of a room's template, in which whatever people wrote stays text.

    Parameters
    ----------
    room : str
        Where the template and its words are, such as ``"steps/plan"``.
    language : {"en", "da"}
        Its words are there for the template as ``w``.
    template : str
        A file in the ``templates`` of the room; what it includes can be there, or here.
    **facts : object
        Beside them it has the ``sender``.
        What the template tells.
    """
    return (
        _environment(room)
        .get_template(template)
        .render(w=wording(language, room), sender=SENDER.get(), **facts)
    )


@cache
def _environment(room: str) -> Environment:
    folders = (f"{room}/templates", "pages/templates")
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("sortition", folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(),
    )
    environment.filters["naturally"] = naturally
    return environment


def naturally(ids: Iterable[str]) -> list[str]:
    """Ids as people count: 9, 11, 103, and not 103, 11, 9; those of one length as they are spelled.

    Tokens are no numbers, and a reader compares them with lists that go by their letters.
    """
    listed = list(ids)
    if len(set(map(len, listed))) <= 1:
        return sorted(listed)
    return sorted(listed, key=lambda id: [_counted(part) for part in DIGITS.split(id)])


def _counted(part: str) -> tuple[int, str]:
    return (int(part) if part.isascii() and part.isdecimal() else 0, part)
