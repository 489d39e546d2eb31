"""What a reserve is asked for, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from sortition.audit.shapes.run import RESERVE
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import seed_faults
from sortition.model import Language
from sortition.selection.reserve.dropouts import SEEN, SEEN_SHARE, DropoutRates
from sortition.steps.members.drawn_folder import DrawnFolder
from sortition.steps.members.reserve.document import DOMAIN
from sortition.steps.members.reserve.dropout_rates import DropoutSheet, read_dropout_rates
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.tables.faults import attempt
from sortition.tables.numbers import share_of
from sortition.tables.written.results import destination_faults

DOCUMENT, PAGE = "alternates.json", "alternates.html"
LOTTERY, CERTIFICATE = "alternates_lottery.json", "alternates_certificate.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternatesOptions:
    """What was asked for.

    Attributes
    ----------
    directory : Path
        Where the panel was drawn.
    count : int or None
        How many alternates; None: a second panel of the same make.
    dropout : str or None
        The chance of dropping out, as it was written.
    dropout_rates : Path or None
    seed : str or None
        None: the one that drew the panel.
    language : {"en", "da"} or None
        None: that of the report.
    overwrite : bool
    """

    directory: Path
    count: int | None
    dropout: str | None
    dropout_rates: Path | None
    seed: str | None
    language: Language | None
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternatesReading:
    """The panel as it is now, the chances of dropping out, and what chooses."""

    standing: StandingFolder
    rates: DropoutRates
    learnt: bool
    seed: str
    domain: str
    assumed: tuple[Finding, ...]


def read_alternates(options: AlternatesOptions) -> AlternatesReading:
    """Read everything that a reserve needs, and see that it can be written.

    Raises
    ------
    InputErrors
        With every fault.
    """
    faults: list[Finding] = []
    base = None
    if options.dropout is not None:
        base = share_of(options.dropout)
        if base is None or not 0 <= base < 1:
            faults.append(Finding(code="dropout-out-of-range", value=options.dropout))
            base = None
    if options.seed is not None:
        faults += seed_faults(options.seed)
    of_panel = (LOTTERY, CERTIFICATE) if options.count is None else ()
    names = (*RESERVE, DOCUMENT, PAGE, *of_panel)
    standing = attempt(faults, partial(read_standing, options.directory))
    if standing is None:
        raise InputErrors(tuple(faults))
    folder = standing.folder
    inputs = () if options.dropout_rates is None else (options.dropout_rates,)
    faults += destination_faults(options.directory, options.overwrite, names=names, inputs=inputs)
    faults += _folder_faults(options, standing)
    sheet = None
    share = SEEN_SHARE if base is None else base
    if options.dropout_rates is not None:
        reader = partial(read_dropout_rates, options.dropout_rates, _known(folder), share)
        sheet = attempt(faults, reader)
    if faults:
        raise InputErrors(tuple(faults))
    return AlternatesReading(
        standing=standing,
        rates=sheet.rates if sheet else DropoutRates(base=share),
        learnt=sheet is not None and sheet.learnt,
        seed=options.seed or folder.seed or "",
        domain=f"{DOMAIN}/{folder.digest}",
        assumed=(*standing.noticed, *_rounds(standing), *_assumed(options, sheet, base)),
    )


def barred(standing: StandingFolder) -> frozenset[str]:
    """The ids of those who are not to be called: on no panel at all, gone, or not available."""
    out = standing.by_id(tuple(standing.standing.out))
    return frozenset((*standing.folder.excluded, *out, *standing.folder.erased))


def _rounds(standing: StandingFolder) -> Iterator[Finding]:
    if standing.standing.rounds:
        facts = {"rounds": standing.standing.rounds, "people": len(standing.standing.out)}
        yield Finding(code="alternates-panel-now", facts=facts)


def _folder_faults(options: AlternatesOptions, standing: StandingFolder) -> list[Finding]:
    faults, folder = [], standing.folder
    if options.count is None and (options.dropout or options.dropout_rates):
        faults.append(Finding(code="alternates-no-dropout"))
    if not folder.has_others:
        faults.append(Finding(code="folder-purged", file=str(folder.directory)))
    if folder.seed is None and options.seed is None:
        faults.append(Finding(code="alternates-seed-needed"))
    if folder.reserve_drawn:
        faults.append(Finding(code="alternates-drawn-already", file=str(folder.directory)))
    left = len(folder.instance.pool) - len(standing.standing.panel) - len(barred(standing))
    if options.count is not None and options.count < 1:
        faults.append(Finding(code="alternates-not-positive", value=str(options.count)))
    elif options.count is not None and options.count > left:
        facts = {"people": left}
        value = str(options.count)
        faults.append(Finding(code="alternates-too-many", value=value, facts=facts))
    return faults


def _known(folder: DrawnFolder) -> dict[str, tuple[str, ...]]:
    quotas = folder.instance.quotas
    return {
        feature: tuple(quota.value for quota in quotas.of(feature)) for feature in quotas.features
    }


def _assumed(
    options: AlternatesOptions, sheet: DropoutSheet | None, base: Fraction | None
) -> tuple[Finding, ...]:
    if options.count is None:
        return ()
    assumed = sheet.assumed if sheet else ()
    if base is None and sheet is None:
        facts: dict[str, str | int] = {
            "share": f"{float(SEEN_SHARE):.1%}",
            "gone": sum(gone for gone, _ in SEEN),
            "size": sum(size for _, size in SEEN),
        }
        assumed = (*assumed, Finding(code="dropout-assumed", facts=facts))
    return assumed
