"""Alternates for a panel that was drawn: read its folder, choose or draw them, write them to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from sortition.audit.canonical import Json, canonical_json
from sortition.audit.shapes.run import RESERVE
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.folders.change import Change, reopening
from sortition.instance.inputs import as_text, seed_faults
from sortition.model import Language
from sortition.selection.record import software_versions
from sortition.selection.reserve.choice import Reserve, choose_reserve
from sortition.selection.reserve.dropouts import SEEN, SEEN_SHARE, DropoutRates
from sortition.selection.reserve.lists import alternates_lists
from sortition.selection.reserve.second_panel import SecondPanel, draw_second_panel
from sortition.steps.members.drawn_folder import ALTERNATES, DrawnFolder, logged
from sortition.steps.members.reserve.document import (
    DOMAIN,
    AlternatesContext,
    reserve_json,
    second_json,
)
from sortition.steps.members.reserve.dropout_rates import DropoutSheet, read_dropout_rates
from sortition.steps.members.reserve.page import alternates_html
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.tables.faults import attempt
from sortition.tables.numbers import share_of
from sortition.tables.written.results import destination_faults, write_into

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
class Alternates:
    """What was chosen or drawn.

    Attributes
    ----------
    reserve : Reserve or None
    second : SecondPanel or None
        By the names that are published.
    people : tuple of str
        The ids of those who were chosen or drawn, in their order.
    panel_size : int
        How many people are on the panel now.
    seed : str
    written : tuple of str
        The files, by their place in the folder.
    assumed : tuple of Finding
    """

    reserve: Reserve | None
    second: SecondPanel | None
    people: tuple[str, ...]
    panel_size: int
    seed: str
    written: tuple[str, ...]
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    standing: StandingFolder
    rates: DropoutRates
    learnt: bool
    seed: str
    domain: str
    assumed: tuple[Finding, ...]


def choose_alternates(options: AlternatesOptions, progress: Progress) -> Alternates:
    """Choose a reserve for the panel as it is now, or draw a second one, and write it down.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    InfeasibleQuotas
        If there is no second panel.
    SolverFailed
    """
    with reopening(options.directory) as change:
        return _choose(options, change, progress)


def _choose(options: AlternatesOptions, change: Change, progress: Progress) -> Alternates:
    progress.phase("read")
    read = _read(options)
    standing, folder = read.standing, read.standing.folder
    now = standing.standing
    reserve, second = None, None
    if options.count is None:
        second = draw_second_panel(
            # by the names that are published, so that its lottery can be
            standing.instance,
            now.panel,
            folder.rules,
            barred=now.out | folder.erased,
            seed=read.seed,
            domain=read.domain,
            progress=progress,
        )
        named = second.panel
    else:
        reserve = choose_reserve(
            folder.instance,
            sorted(standing.by_id(now.panel)),
            options.count,
            read.rates,
            barred=_barred(standing),
            seed=read.seed,
            domain=read.domain,
            solver=folder.rules.solver,
            progress=progress,
        )
        named = tuple(folder.tokens[id] for id in reserve.alternates)
    progress.phase("write")
    people = standing.by_id(named)
    files = alternates_lists(folder.roster, people, ordered=reserve is not None)
    files |= _documents(options, read, reserve, second, named)
    facts: Mapping[str, Json] = {
        "alternates": named,
        "domain": read.domain,
        "kind": "second panel" if second else "reserve",
        "seed": read.seed,
        # with these and the sealed part anybody can choose the same reserve again
        **({} if second else {"dropout": read.rates.document()}),
    }
    write_into(
        change,
        logged(folder, ALTERNATES, facts, files),
        overwrite=options.overwrite,
        growing={folder.log},
    )
    return Alternates(
        reserve=reserve,
        second=second,
        people=people,
        panel_size=len(now.panel),
        seed=read.seed,
        written=tuple(files),
        assumed=read.assumed,
    )


def _read(options: AlternatesOptions) -> _Read:
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
    return _Read(
        standing=standing,
        rates=sheet.rates if sheet else DropoutRates(base=share),
        learnt=sheet is not None and sheet.learnt,
        seed=options.seed or folder.seed or "",
        domain=f"{DOMAIN}/{folder.digest}",
        assumed=(*standing.noticed, *_rounds(standing), *_assumed(options, sheet, base)),
    )


def _barred(standing: StandingFolder) -> frozenset[str]:
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
    left = len(folder.instance.pool) - len(standing.standing.panel) - len(_barred(standing))
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


def _documents(
    options: AlternatesOptions,
    read: _Read,
    reserve: Reserve | None,
    second: SecondPanel | None,
    named: tuple[str, ...],
) -> dict[str, bytes]:
    folder = read.standing.folder
    path = options.dropout_rates
    context = AlternatesContext(
        panel_size=len(named) if second else len(read.standing.standing.panel),
        alternates=named,
        lottery_digest=folder.digest,
        seed=read.seed,
        seed_given=options.seed is not None,
        rehearsal=read.standing.is_rehearsal,
        domain=read.domain,
        rates=read.rates,
        rates_learnt=read.learnt,
        rates_file=None if path is None else as_text(path.name),
        assumptions=read.assumed,
        versions=software_versions(folder.rules.solver),
    )
    language = options.language or folder.language
    people = read.standing.by_id(named)
    page = alternates_html(reserve, second, people, context=context, language=language).encode()
    if second is not None:
        return {
            DOCUMENT: second_json(second, context=context),
            PAGE: page,
            LOTTERY: second.prepared.document,
            CERTIFICATE: canonical_json(second.prepared.certificate.document()),
        }
    assert reserve is not None  # noqa: S101 - one of the two was made
    return {DOCUMENT: reserve_json(reserve, context=context), PAGE: page}
