"""What came in: the exports of an assembly and their lists, and what an intake makes of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from sortition.app.assembly import INTAKE, Assembly
from sortition.app.bounds import QUOTAS
from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.intake.options import IntakeOptions, Settled
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.run import considered
from sortition.tables.content import Content, digest_of

KINDS = {"files": "form", "exclude": "excluded", "table": "table"}  # settings, and their files
SETTLED: tuple[Settled, ...] = get_args(Settled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of the intake, and whether it is used."""

    name: str
    used: bool


def sources(assembly: Assembly, key: str) -> Iterator[Source]:
    """The files of a kind, used or not, as they were dropped."""
    used = [path.name for path in assembly.files(f"intake.{key}")]
    there = [path.name for path in assembly.folder.glob(f"{KINDS[key]}-*.*")]
    for name in sorted({*there, *used}, key=lambda name: (len(name), name)):
        yield Source(name=name, used=name in used)


def own_quotas(assembly: Assembly) -> str:
    """The quotas that an intake begins with, without the values that it adds."""
    named = assembly.text("quotas")
    own = assembly.text("intake.quotas")
    return own if own and named == f"{INTAKE}/{QUOTAS}" else named


def address(language: Language) -> str:
    """The columns of an address, as the list of who is who calls them."""
    return ",".join(wording(language, ROOM).each("contacts", "address", "postcode"))


def _options(assembly: Assembly, language: Language) -> IntakeOptions:
    quotas = assembly.folder / own_quotas(assembly)
    if not assembly.text("quotas") or not quotas.is_file():
        raise InputErrors((Finding(code="app-inputs-missing"),))
    day = assembly.setting("intake.age-on")
    rule = assembly.text("intake.same")
    return IntakeOptions(
        answers=assembly.files("intake.files"),
        quotas=quotas,
        size=assembly.size(),
        age_on=day if isinstance(day, datetime.date) else datetime.date.today(),
        invited=tuple(filter(None, [assembly.file("intake.invited")])),
        excluded=assembly.files("intake.exclude"),
        tables=assembly.files("intake.table"),
        given=assembly.file("intake.answers"),
        same=next((one for one in SETTLED if one == rule), "last"),
        language=language,
        out=assembly.folder / INTAKE,
        overwrite=True,
    )


def intake_of(assembly: Assembly, language: Language) -> tuple[Intake, tuple[Finding, ...]]:
    """What the files come to with what was answered, and what is against it.

    Raises
    ------
    InputErrors
        If there is nothing to settle yet.
    """
    options = _options(assembly, language)
    paths = [path for path in options.paths if not isinstance(path, Content)]
    return _considered(options, tuple(map(digest_of, paths)))


@lru_cache(maxsize=1)
def _considered(
    options: IntakeOptions, _digests: Sequence[str]
) -> tuple[Intake, tuple[Finding, ...]]:
    """The last one is kept, since its page is looked at before it is written."""
    return considered(options)


def version_of(assembly: Assembly) -> str:
    """What a form was made of."""
    files = (*assembly.answers(), assembly.file("quotas"))
    return "-".join(digest_of(path)[:16] for path in filter(None, files))
