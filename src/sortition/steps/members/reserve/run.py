"""Alternates for a panel that was drawn: read its folder, choose or draw them, write them to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sortition.audit.canonical import Json
from sortition.audit.certificate.file import certificate_file
from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.folders.change import Change, reopening
from sortition.instance.inputs import as_text
from sortition.selection.record import software_versions
from sortition.selection.reserve.choice import Reserve, choose_reserve
from sortition.selection.reserve.lists import alternates_lists
from sortition.selection.reserve.second_panel import SecondPanel, draw_second_panel
from sortition.steps.members.drawn_folder import ALTERNATES, write_logged
from sortition.steps.members.reserve.document import AlternatesContext, reserve_json, second_json
from sortition.steps.members.reserve.page import alternates_html
from sortition.steps.members.reserve.reading import (
    CERTIFICATE,
    DOCUMENT,
    LOTTERY,
    PAGE,
    AlternatesOptions,
    AlternatesReading,
    barred,
    read_alternates,
)


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
    read = read_alternates(options)
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
            barred=barred(standing),
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
    write_logged(change, folder, ALTERNATES, facts, files, overwrite=options.overwrite)
    return Alternates(
        reserve=reserve,
        second=second,
        people=people,
        panel_size=len(now.panel),
        seed=read.seed,
        written=tuple(files),
        assumed=read.assumed,
    )


def _documents(
    options: AlternatesOptions,
    read: AlternatesReading,
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
            CERTIFICATE: certificate_file(second.prepared.certificate),
        }
    assert reserve is not None  # noqa: S101 - one of the two was made
    return {DOCUMENT: reserve_json(reserve, context=context), PAGE: page}
