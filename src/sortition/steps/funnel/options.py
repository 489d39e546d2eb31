"""What a funnel is asked for, and what is wrong with that before anything is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.steps.funnel.counts import StageName
from sortition.tables.cpr.rules import CprRules
from sortition.tables.labels import fold
from sortition.tables.written.results import destination_faults

PAGE, DOCUMENT, LIST = "funnel.html", "funnel.json", "funnel.csv"
ARRIVED = {"answered", "pool"}
# with every count, so for the office alone
RATES, PARTICIPATION = "office/response_rates.csv", "office/participation.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelOptions:
    """What was asked for.

    Attributes
    ----------
    stages : mapping of str to Path
        The lists, by stage and in the order of the stages.
    by : sequence of str
        The features to count by.
    strata : sequence of str
        Those of them that make the strata of the rates; empty for all.
    id_columns : sequence of str
        The columns that tell people apart; empty to tell them by their names.
    waves : sequence of Path
        Further lists of those who were invited.
    mapping : Path or None
        A map that all lists are read through, as far as they have its columns.
    cpr : CprRules
        Which columns to make of CPR numbers, where a list has some.
    report : Path or None
        ``report.json`` of the selection from the pool.
    one_frame : bool
        Whether the lists are those of one frame of several from which people were asked.
    smallest : int
        The smallest count that may be told.
    language : {"en", "da"}
    out : Path
    overwrite : bool
    """

    stages: Mapping[StageName, Path]
    by: Sequence[str]
    strata: Sequence[str]
    id_columns: Sequence[str]
    waves: Sequence[Path]
    mapping: Path | None
    cpr: CprRules
    report: Path | None
    one_frame: bool
    smallest: int
    language: Language
    out: Path
    overwrite: bool

    @property
    def paths(self) -> dict[str, Path]:
        """The files that are read, by what they are."""
        paths: dict[str, Path] = dict(self.stages.items())
        paths |= {f"invited-{number}": path for number, path in enumerate(self.waves, start=2)}
        if self.mapping is not None:
            paths["map"] = self.mapping
        return paths if self.report is None else {**paths, "report": self.report}


def option_faults(options: FunnelOptions) -> Iterator[Finding]:
    yield from destination_faults(
        options.out,
        options.overwrite,
        names=(PAGE, DOCUMENT, LIST, RATES, PARTICIPATION),
        inputs=tuple(options.paths.values()),
    )
    if len(options.stages) < 2:
        yield Finding(code="funnel-needs-two-stages")
    if options.smallest < 1:
        yield Finding(code="funnel-smallest-not-positive", value=str(options.smallest))
    if options.report and not ("registry" in options.stages and ARRIVED & set(options.stages)):
        yield Finding(code="funnel-report-of-no-use", file=options.report.name)
    if options.one_frame and not options.report:
        yield Finding(code="funnel-frame-not-known")
    folded = [fold(feature) for feature in options.by]
    for number, feature in enumerate(options.by):
        if not folded[number] or folded[number] in folded[:number]:
            yield Finding(code="funnel-feature-twice", value=feature)
    for feature in options.strata:
        if feature not in options.by:
            yield Finding(code="funnel-strata-not-counted", value=feature)


def check_stale(options: FunnelOptions, absent: Sequence[str]) -> None:
    """Rates of a former run must not stand beside the counts of this one."""
    stale = [name for name in absent if (options.out / name).exists()]
    if stale:
        facts = {"files": ", ".join(stale)}
        raise InputErrors((Finding(code="funnel-stale", file=str(options.out), facts=facts),))
