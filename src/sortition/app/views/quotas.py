"""Quotas: from official figures, a file or typed; bounds that can be tried out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go, listed
from sortition.app.bounds import (
    QUOTAS,
    BoundRow,
    read_content,
    rows_of,
    size_faults,
    typed_bounds,
    typed_quotas,
    with_bounds,
)
from sortition.app.telling import said
from sortition.app.tried import instance_with, is_possible_with
from sortition.app.uploads import under_their_names
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import read_inputs
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.model import InfeasibleQuotas, Quota, by_label
from sortition.steps.check.possible import why_none
from sortition.steps.quotas.apportioned import Apportionment
from sortition.steps.quotas.run import QuotasOptions, make_quotas
from sortition.steps.quotas.writing import quota_csv
from sortition.tables.content import Content, digest_of


def show(asked: Asked, problems: Problems) -> Response:
    """The bounds, if there are any, and the ways to come by them."""
    sheet = _sheet(asked)
    if sheet is None:
        return asked.page("quotas.html", problems=problems, groups={}, size=asked.assembly.size())
    path = asked.assembly.file("quotas")
    earlier = asked.assembly.earlier(QUOTAS)
    version = digest_of(path) if path else ""
    facts: dict[str, Any] = {
        "bounds_typed": asked.form if asked.form.get("version") == version else {},
        "groups": _grouped(rows_of(sheet, _before(asked))),
        "size": asked.assembly.size(),
        "version": version,
        "assumed": said(sheet.assumed, asked.w),
        "undoable": bool(earlier),
    }
    return asked.page("quotas.html", **_verdict(asked, sheet), **facts, problems=problems)


def from_figures(asked: Asked) -> Response:
    """Make quotas from official figures; the figures are kept beside them."""
    size, uploads = _size(asked), asked.chosen("figures")
    named = [
        (f"figures-{number}{upload.suffix}", upload.data)
        for number, upload in enumerate(uploads, start=1)
    ]
    options = QuotasOptions(
        statistics=[Content(name=name, data=data) for name, data in named],
        ages=listed(asked.form.get("ages", "")),
        area=asked.form.get("area", "").strip() or None,
        features=listed(asked.form.get("features", "")),
        names=(),
        apportionment=Apportionment(
            panel_size=size,
            method="hamilton" if asked.form.get("method") == "hamilton" else "sainte-lague",
            width=asked.number("width", default=1),
        ),
        out=None,
        overwrite=False,
    )
    chosen = (upload.name for upload in uploads)
    with under_their_names(dict(zip(dict(named), chosen, strict=True))):
        made = make_quotas(options)
    like, language = made.statistics.files[0].table, asked.language
    quotas = quota_csv(made.lines, made.notes(language), like=like, language=language)
    asked.assembly.keep({**dict(named), QUOTAS: quotas}, quotas=QUOTAS, size=size)
    return go("/quotas", "quotas_made")


def from_file(asked: Asked) -> Response:
    """Take a quota file over as it came; a workbook is written out as text."""
    size = _size(asked)
    *_, upload = asked.chosen("quotas")
    content = Content(name=f"quotas{upload.suffix}", data=upload.data)
    with under_their_names({content.name: upload.name}):
        sheet = read_quota_sheet(content, size)
    data = upload.data
    if not sheet.table.delimiter:
        data = with_bounds(sheet, by_label(sheet.quotas.rows), asked.language)
    asked.assembly.keep({QUOTAS: data}, quotas=QUOTAS, size=size)
    return go("/quotas", "quotas_kept")


def typed(asked: Asked) -> Response:
    """Take over quotas that were typed, a line each."""
    size = _size(asked)
    data = typed_quotas(asked.form.get("typed", ""), asked.language)
    read_content(data, size)
    asked.assembly.keep({QUOTAS: data}, quotas=QUOTAS, size=size)
    return go("/quotas", "quotas_kept")


def answer(asked: Asked) -> Response:
    """Whether a panel is possible with the bounds in the form; nothing is written."""
    return _answered(asked, soon=True)


def reasons(asked: Asked) -> Response:
    """The same with what clashes and what would help, which takes longer."""
    return _answered(asked, soon=False)


def _answered(asked: Asked, *, soon: bool) -> Response:
    sheet, size = _needed(asked), _size(asked)
    data = with_bounds(sheet, typed_bounds(asked.form, sheet), asked.language)
    tried = read_content(data, size)
    inputs = asked.assembly.inputs()
    facts: dict[str, Any] = {"possible": None, "why": None, "sums": (), "unread": (), "faults": ()}
    if inputs is None:
        return asked.part("answer.html", **facts)
    quotas = Content(name=QUOTAS, data=data)
    inputs = replace(inputs, panel_size=size)
    instance = instance_with(asked.assembly, inputs, quotas, tried)
    if soon:
        facts["possible"] = is_possible_with(instance)
    else:
        why = why_none(instance)
        facts |= {"possible": why is None, **_clash(why)}
    return asked.part("answer.html", **facts)


def answer_failed(asked: Asked, problems: Problems) -> Response:
    """Why there is no answer."""
    return asked.part("answer.html", faults=problems)


def keep(asked: Asked) -> Response:
    """Keep the bounds in the form."""
    sheet, size = _unchanged(asked), _size(asked)
    data = with_bounds(sheet, typed_bounds(asked.form, sheet), asked.language)
    return _kept(asked, data, size, "quotas_kept")


def take(asked: Asked) -> Response:
    """Keep the bounds in the form with the least change that makes a panel possible."""
    sheet, size = _unchanged(asked), _size(asked)
    bounds = typed_bounds(asked.form, sheet)
    data = with_bounds(sheet, bounds, asked.language)
    why = _why(asked, data, size)
    if why is not None:
        data = with_bounds(sheet, {**bounds, **by_label(why.relaxations)}, asked.language)
    return _kept(asked, data, size, "quotas_taken")


def _kept(asked: Asked, data: bytes, size: int, told: str) -> Response:
    read_content(data, size)
    asked.assembly.keep({QUOTAS: data}, _seen(asked), quotas=QUOTAS, size=size)
    return go("/quotas", told)


def undo(asked: Asked) -> Response:
    """Go back to the version before; doing it again comes back."""
    asked.assembly.undo(QUOTAS, "quotas")
    return go("/quotas", "undone")


def _grouped(rows: tuple[BoundRow, ...]) -> dict[str, list[BoundRow]]:
    """The quotas of each feature, in the order of the file."""
    groups: dict[str, list[BoundRow]] = {}
    for row in rows:
        groups.setdefault(row.feature, []).append(row)
    return groups


def _verdict(asked: Asked, sheet: QuotaSheet) -> dict[str, Any]:
    """Whether a panel is possible, as far as that can be told without or with a pool."""
    size, facts = asked.assembly.size() or 1, dict[str, Any](unread=(), faults=())
    facts |= {"possible": None, "why": None, "sums": said(size_faults(sheet, size), asked.w)}
    if facts["sums"] or asked.assembly.file("pool") is None:
        return facts
    try:
        why = _why(asked, None, size)
    except InputErrors as unread:
        return {**facts, "unread": said(unread.faults, asked.w)}
    return {**facts, "possible": why is None, **_clash(why)}


def _clash(why: InfeasibleQuotas | None) -> dict[str, Any]:
    """What clashes, with the bounds as they were."""
    return {"why": why, "before": by_label(why.quotas) if why else {}}


def _why(asked: Asked, data: bytes | None, size: int) -> InfeasibleQuotas | None:
    inputs = asked.assembly.inputs()
    if inputs is None:
        return None
    quotas = inputs.quotas if data is None else Content(name=QUOTAS, data=data)
    reading = read_inputs(replace(inputs, quotas=quotas, panel_size=size))
    return why_none(reading.instance)


def _before(asked: Asked) -> tuple[Quota, ...]:
    """The quotas of the version before; none if it cannot be read."""
    former = asked.assembly.earlier(QUOTAS)
    try:
        sheet = read_quota_sheet(former[0], asked.assembly.size()) if former else None
    except InputErrors:
        return ()
    return sheet.quotas.rows if sheet else ()


def _sheet(asked: Asked) -> QuotaSheet | None:
    path, size = asked.assembly.file("quotas"), asked.assembly.size()
    return read_quota_sheet(path, size) if path is not None and size is not None else None


def _needed(asked: Asked) -> QuotaSheet:
    sheet = _sheet(asked)
    if sheet is None:
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    return sheet


def _unchanged(asked: Asked) -> QuotaSheet:
    """The quotas, if they are still those that the form was made of."""
    path = asked.assembly.file("quotas")
    if path is None or digest_of(path) != asked.form.get("version"):
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    return _needed(asked)


def _seen(asked: Asked) -> dict[str, str]:
    """The quotas that the form was made of, as they still have to be when it is kept."""
    return {"quotas": asked.form.get("version", "")}


def _size(asked: Asked) -> int:
    if not asked.form.get("size", "").strip():
        raise InputErrors((Finding(code="app-size-missing"),))
    size = asked.number("size")
    if size < 1:
        raise InputErrors((Finding(code="panel-size-not-positive", value=str(size)),))
    return size
