"""The registry without those who may not be invited, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.registry.admitted import LeftOut, admit
from sortition.registry.cells import Source
from sortition.registry.description import Registry
from sortition.steps.invite.admission import (
    left_out_by_age,
    left_out_by_group,
    left_out_by_protection,
)
from sortition.steps.invite.columns import MappedRegistry
from sortition.steps.invite.excluded import left_out_by_lists
from sortition.steps.invite.options import Options
from sortition.tables.faults import attempt


def admitted_of(
    own: MappedRegistry,
    registry: Registry,
    options: Options,
    id_column: str,
    before: frozenset[str],
    *,
    merging: bool,
) -> tuple[Registry, tuple[tuple[LeftOut, int], ...]]:
    """The registry without those who may not be invited, and how many each reason leaves out.

    What keepers drew is not looked at again, unless it was asked for. Whoever had a letter before
    stays, so that nobody else at her address gets one.

    Raises
    ------
    InputErrors
    """
    faults: list[Finding] = []
    left_out = list(own.left_out)
    steps: list[Callable[[], Iterable[LeftOut]]] = [partial(left_out_by_group, own, options)]
    if not merging or options.min_age is not None:
        steps.append(partial(left_out_by_age, own, options))
    if not merging or options.protected is not None or options.keep_protected:
        steps.append(partial(left_out_by_protection, own, options))
    if options.excluded and id_column:
        day = options.age_on
        whole = replace(own, registry=registry)  # whoever else is left out is found as well
        steps.append(partial(left_out_by_lists, whole, options.excluded, id_column, day))
    for step in steps:
        left_out += attempt(faults, lambda step=step: list(step())) or []  # type: ignore[misc]
    if faults:
        raise InputErrors(tuple(faults))
    left_out = list(_once(left_out))
    reads = own.reads()
    if not (reads or left_out):
        return registry, ()
    source = Source(column=id_column, of="id")
    stays = LeftOut(reason="before", source=source, cells=before) if before and id_column else None
    read, counts = admit(own.engine, registry, reads, left_out, threads=own.threads, stays=stays)
    return read, tuple(zip(left_out, counts, strict=True))


def _once(left_out: Sequence[LeftOut]) -> Iterator[LeftOut]:
    """Without those who are among others that one column leaves out for the same reason."""
    for place, one in enumerate(left_out):
        if not any(
            (one.reason, one.source) == (other.reason, other.source) and one.cells <= other.cells
            for other in left_out[place + 1 :]
        ):
            yield one


def left_out_told(
    registry: Registry, options: Options, left_out: Sequence[tuple[LeftOut, int]]
) -> Iterator[Finding]:
    """How many are left out, and why."""
    for own, count in left_out:
        facts: dict[str, str | int] = {"count": count}
        column, told = own.source.column, registry.header.finding
        if own.reason == "young":
            facts["age"] = options.min_age or 0
            if options.age_on is not None:
                facts["day"] = options.age_on.isoformat()
            yield told(code="left-out-young", column=column, facts=facts)
        elif own.reason == "protected":
            yield told(code="left-out-protected", column=column, facts=facts)
        elif own.reason == "elsewhere":
            yield told(code="left-out-elsewhere", value=own.file, facts=facts)
        elif own.reason == "excluded":
            yield Finding(code="left-out-listed", file=own.file, facts=facts)
        else:
            yield told(code="left-out-by-map", column=column, value=own.reason, facts=facts)
