"""How many letters each stratum is due: by its own counts, or as they were allocated before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.invite.design import Design, design_of, raw_columns
from sortition.steps.invite.designs.strata import Units
from sortition.steps.invite.options import Options
from sortition.steps.invite.parts import (
    ALLOCATION,
    allocation_document,
    check_whole,
    handed_over,
    part_findings,
    read_counts,
)
from sortition.steps.invite.reading import InviteReading
from sortition.tables.faults import attempt
from sortition.tables.written.results import write_files


def allocate(options: Options, faults: list[Finding]) -> tuple[Design, int]:
    """Allocate the letters to counts that keepers handed over, and write it; and how many units.

    Raises
    ------
    InputErrors
        With these faults and those of the counts.
    """
    counted = attempt(faults, partial(read_counts, options.registries))
    if faults or counted is None:
        raise InputErrors(tuple(faults))
    wanted = raw_columns(options)
    if wanted != counted.columns:
        facts = {"columns": ", ".join(counted.columns) or "–"}
        value = ", ".join(wanted) or "–"
        raise InputErrors((Finding(code="counts-of-others", value=value, facts=facts),))
    design = design_of(options, counted.columns, counted.strata, wave=options.wave or 1)
    design = handed_over(design, counted)
    write_files(options.out, {ALLOCATION: allocation_document(design)}, overwrite=options.overwrite)
    return design, counted.strata.total()


def due(
    options: Options,
    reading: InviteReading,
    allocated: Design | None,
    units: Counter[tuple[str, ...]],
    kind: Units,
) -> Design:
    """Who gets how many letters, by what was asked for or by what was allocated before."""
    if allocated is None:
        own = design_of(options, reading.by, units, wave=reading.wave)
        return replace(own, units=kind)
    if kind != ("people" if reading.merging else allocated.units):
        facts = {"units": allocated.units}
        raise InputErrors((Finding(code="allocation-units", facts=facts),))
    if reading.merging:
        check_whole(allocated, units)
    return replace(allocated, assumed=() if reading.merging else part_findings(allocated, units))
