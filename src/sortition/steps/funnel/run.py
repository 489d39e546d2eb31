"""The way from the registry to the panel, from files to files: read, count, estimate, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import as_text
from sortition.instance.mapping.glasses import glasses
from sortition.model import Language
from sortition.pages.context import Origin
from sortition.selection.record import software_versions
from sortition.steps.funnel.chances import Estimated, estimate, people_by
from sortition.steps.funnel.counts import (
    Elsewhere,
    FeatureTable,
    Funnel,
    Stage,
    StageName,
    funnel,
    may_be_told,
)
from sortition.steps.funnel.document import funnel_json
from sortition.steps.funnel.end_to_end import EndToEnd
from sortition.steps.funnel.frames import Drawn, OneFrame, read_drawn
from sortition.steps.funnel.lists import funnel_csv, participation_csv, response_rates_csv
from sortition.steps.funnel.options import (
    DOCUMENT,
    LIST,
    PAGE,
    PARTICIPATION,
    RATES,
    FunnelOptions,
    check_stale,
    option_faults,
)
from sortition.steps.funnel.page import funnel_html
from sortition.steps.funnel.stages import StageList
from sortition.steps.funnel.tables import read_stages
from sortition.steps.members import worksheet_languages
from sortition.tables.faults import attempt
from sortition.tables.rows import Table
from sortition.tables.written.results import write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelDone:
    """What came of it.

    Attributes
    ----------
    funnel : Funnel
    chances : EndToEnd or None
        If there are a registry, a pool and its selection.
    files : tuple of str
        What was written.
    assumed : tuple of Finding
    """

    funnel: Funnel
    chances: EndToEnd | None
    files: tuple[str, ...]
    assumed: tuple[Finding, ...]


def funnel_files(options: FunnelOptions) -> FunnelDone:
    """Count the stages of an assembly and write what may be told of them, and the rates.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    """
    faults = [*option_faults(options)]
    if len(options.stages) < 2:
        raise InputErrors(tuple(faults))
    drawn = attempt(faults, partial(read_drawn, options.report)) if options.report else None
    read = attempt(faults, _reader(options, drawn if options.one_frame else None))
    if faults or read is None:
        raise InputErrors(tuple(faults))
    lists, frame, assumed = read
    if frame is not None:
        drawn, assumed = frame.drawn, (*assumed, frame.told(options.smallest))
    strata = tuple(options.strata or options.by)
    elsewhere = _elsewhere(lists)
    counted = funnel(
        [_stage(one) for one in lists], options.by, smallest=options.smallest, elsewhere=elsewhere
    )
    estimated = estimate(lists, counted, strata=strata, drawn=drawn)
    assumed = (*assumed, *_not_in_earlier(lists, counted, elsewhere), *estimated.assumed)
    context = Origin(
        files={
            **{name: as_text(path.name) for name, path in options.paths.items()},
            **{one.name: as_text(one.table.file) for one in lists},
        },
        digests={
            **{one.name: one.table.digest for one in lists},
            **{
                name: digest(path.read_bytes())
                for name, path in options.paths.items()
                if name.startswith("invited-")
            },
            **({"map": digest(options.mapping.read_bytes())} if options.mapping else {}),
            **({"report": drawn.digest} if drawn else {}),
        },
        options={
            "by": list(options.by),
            "strata": list(strata),
            "smallest": options.smallest,
            **({"one_frame": True} if options.one_frame else {}),
            "language": options.language,
            **({"from_cpr": list(options.cpr.derive)} if options.cpr.derive else {}),
        },
        assumptions=assumed,
        versions=software_versions("highs"),
    )
    files = _files(
        counted,
        estimated,
        like=lists[0].table,
        strata=strata,
        context=context,
        language=options.language,
    )
    former = [name for name in (RATES, PARTICIPATION) if name not in files]
    check_stale(options, former)
    write_files(options.out, files, overwrite=options.overwrite)
    return FunnelDone(
        funnel=counted, chances=estimated.chances, files=tuple(files), assumed=assumed
    )


def _reader(
    options: FunnelOptions, drawn: Drawn | None
) -> Callable[[], tuple[list[StageList], OneFrame | None, tuple[Finding, ...]]]:
    languages = worksheet_languages()

    def read() -> tuple[list[StageList], OneFrame | None, tuple[Finding, ...]]:
        through = glasses(options.mapping, options.cpr)
        paths = [
            (name, path)
            for name, first in options.stages.items()
            for path in (first, *(options.waves if name == "invited" else ()))
        ]
        return read_stages(paths, options.by, options.id_columns, languages, through, drawn=drawn)

    return read


def _elsewhere(lists: Sequence[StageList]) -> dict[tuple[StageName, StageName], int]:
    return {
        (before.name, after.name): after.not_in(before)
        for before, after in combinations(lists, 2)
        if after.shares_ids_with(before)
    }


def _not_in_earlier(
    lists: Sequence[StageList], counted: Funnel, elsewhere: Elsewhere
) -> Iterator[Finding]:
    """Who came to a stage from elsewhere, in numbers only where they may be told."""
    for number, stage in enumerate(lists):
        before = stage.last_known(lists[:number])
        others = elsewhere.get((before.name, stage.name), 0) if before else 0
        if before and others:
            facts: dict[str, str | int] = {"source": before.table.file}
            told = counted.people[number] is not None and before is lists[number - 1]
            if told and may_be_told(others, sum(stage.people), counted.smallest):
                facts["people"] = others
            yield stage.table.finding(code="funnel-not-in-earlier", facts=facts)
        elif number and not before:
            earlier, people = counted.people[number - 1], counted.people[number]
            if earlier is not None and people is not None and earlier < people:
                yield stage.table.finding(code="funnel-rate-above-one")
                continue
        if any(_rises(table, stage.name) for table in counted.tables) and not others:
            yield stage.table.finding(code="funnel-rate-above-one")


def _rises(table: FeatureTable, stage: StageName) -> bool:
    """Whether a group is told to have more people at a stage than at the one before."""
    if stage not in table.stages[1:]:
        return False
    place = table.stages.index(stage)
    pairs = [group.counts[place - 1 : place + 1] for group in table.groups]
    return any(a is not None and b is not None and a < b for a, b in pairs)


def _stage(one: StageList) -> Stage:
    groups: dict[str, Counter[str]] = {}
    for feature in one.values:
        groups[feature] = Counter()
        for (value,), people in people_by(one, (feature,)).items():
            groups[feature][value] += people
    return Stage(name=one.name, people=sum(one.people), groups=groups)


def _files(
    counted: Funnel,
    estimated: Estimated,
    *,
    like: Table,
    strata: tuple[str, ...],
    context: Origin,
    language: Language,
) -> dict[str, bytes]:
    page = funnel_html(counted, estimated.chances, context=context, language=language)
    files = {
        PAGE: page.encode(),
        DOCUMENT: funnel_json(counted, estimated.chances, context=context),
        LIST: funnel_csv(counted, like=like, language=language),
    }
    if estimated.invited and estimated.came:
        files[RATES] = response_rates_csv(
            strata,
            estimated.people,
            estimated.invited,
            estimated.came,
            like=like,
            language=language,
        )
    if estimated.strata:
        files[PARTICIPATION] = participation_csv(
            strata, estimated.strata, like=like, language=language
        )
    return files
