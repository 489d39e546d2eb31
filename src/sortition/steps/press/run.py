"""Write the page for everybody, or the page for one volunteer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unicodedata import normalize

from sortition.audit.canonical import digest
from sortition.audit.shapes.bundle import COMMITMENT
from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.shares import read_shares
from sortition.model import Language
from sortition.steps.members import StandingFolder, read_standing
from sortition.steps.press.page import About, chance_html, press_html
from sortition.tables.faults import attempt
from sortition.tables.written.results import destination_faults, write_files

PAGE = "press.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOptions:
    """What is asked for.

    Attributes
    ----------
    directory : Path
        Where the panel was drawn.
    population : Path or None
        Shares of the population.
    about : About
    language : {"en", "da"} or None
        None: that of the report.
    out : Path or None
        The file; None: ``press.html`` in the folder.
    overwrite : bool
    """

    directory: Path
    population: Path | None
    about: About
    language: Language | None
    out: Path | None
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, and what was assumed."""

    target: Path
    assumed: tuple[Finding, ...]


def write_press(options: PressOptions) -> Written:
    """Write one page for citizens and media.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    """
    target = options.out or options.directory / PAGE
    inputs = [options.population] if options.population else []
    faults = destination_faults(
        target.parent, options.overwrite, names=(target.name,), inputs=inputs
    )
    panel = attempt(faults, partial(read_standing, options.directory))
    shares = None
    if panel is not None and options.population is not None:
        read = partial(read_shares, options.population, panel.instance.quotas)
        shares = attempt(faults, read)
    if faults or panel is None:
        raise InputErrors(tuple(faults))
    html = press_html(
        panel,
        shares.shares if shares else {},
        about=options.about,
        digest=_known_by(panel),
        language=options.language or panel.folder.language,
    )
    write_files(target.parent, {target.name: html.encode()}, overwrite=options.overwrite)
    assumed = (*panel.noticed, *(shares.assumed if shares else ()))
    return Written(target=target, assumed=assumed)


def _known_by(panel: StandingFolder) -> str:
    """The digest that a citizen can hold against what was announced."""
    if not panel.published:
        return panel.folder.lottery.digest
    return digest((panel.folder.directory / COMMITMENT).read_bytes())


def write_chance(
    directory: Path, id: str, *, language: Language | None, out: Path, overwrite: bool
) -> Written:
    """Write one volunteer's page: her chance, why it is what it is, and her tickets.

    Raises
    ------
    InputErrors
        If there is no drawn panel, nobody of this id, or the file cannot be written.
    """
    faults = destination_faults(out.parent, overwrite, names=(out.name,))
    panel = attempt(faults, partial(read_standing, directory))
    wanted = normalize("NFC", id)
    if panel is not None and wanted not in panel.folder.tokens:
        faults.append(Finding(code="chance-nobody", value=id))
    if faults or panel is None:
        raise InputErrors(tuple(faults))
    html = chance_html(panel, wanted, language=language or panel.folder.language)
    write_files(out.parent, {out.name: html.encode()}, overwrite=overwrite)
    return Written(target=out, assumed=panel.noticed)
