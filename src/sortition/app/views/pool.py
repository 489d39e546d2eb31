"""The pool: the export as it came, what was understood of it, and mending it by choosing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.assembly import MAP
from sortition.app.mending import LEAVE_OUT, chosen_map, rules_in, understood
from sortition.app.telling import said
from sortition.app.uploads import under_their_names
from sortition.app.views import intake
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import Inputs, read_inputs
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quotas
from sortition.tables.content import Content
from sortition.tables.cpr.rules import protect
from sortition.tables.reading import read_table
from sortition.tables.rows import Table

POOL = "pool.csv"  # whose former versions may be of another kind
READ = ("pool", "quotas", "map")  # what the form is made of


def show(asked: Asked, problems: Problems) -> Response:
    """What was understood, column by column, and what can be chosen."""
    assembly = asked.assembly
    if intake.is_begun(asked):
        return intake.show(asked, problems)
    inputs = assembly.inputs()
    pool = assembly.file("pool")
    if inputs is None or pool is None:
        return asked.page(
            "pool.html",
            problems=problems,
            table=None,
            sources=None,
            people=None,
            another=bool(assembly.earlier(POOL)),
        )
    table, quotas = _read(inputs)
    features = understood(table, quotas, rules_in(assembly.file("map")))
    facts: dict[str, Any] = {
        "problems": problems,
        "table": table,
        "features": features,
        "address": assembly.household(),
        "id_column": assembly.text("id"),
        "leave_out": LEAVE_OUT,
        "version": _version(asked),
        "undoable": bool(assembly.earlier(MAP)),
        "another": bool(assembly.earlier(POOL)),
        "sources": None,
        "ready": None,
        "unread": (),
        "assumed": (),
        "people": None,
    }
    try:
        reading = read_inputs(inputs)
        facts["people"] = len(reading.instance.pool)
        facts["assumed"] = said(reading.assumed, asked.w)
    except InputErrors as unread:
        facts["unread"] = said(unread.faults, asked.w)
        facts["ready"] = _with_what_is_proposed(asked, inputs, table, quotas)
    return asked.page("pool.html", **facts)


def from_file(asked: Asked) -> Response:
    """Take the export over as it came; what was chosen for a former one is set aside."""
    *_, upload = asked.chosen("pool")
    name = f"pool{upload.suffix}"
    with under_their_names({name: upload.name}):
        table = read_table(Content(name=name, data=upload.data))
    agreed: dict[str, str | None] = {"pool": name, "intake.files": None, "contacts": None}
    known = set(table.header)
    if not set(asked.assembly.household()) <= known:
        agreed["household"] = None
    if asked.assembly.text("id") not in known:
        agreed["id"] = None
    asked.assembly.keep({name: upload.data}, **agreed)
    return go("/pool", "pool_kept")


def keep_map(asked: Asked) -> Response:
    """Keep what was chosen: the map, the columns of an address, and that of the ids."""
    inputs = asked.assembly.inputs()
    if inputs is None or asked.form.get("version") != _version(asked):
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    table, quotas = _read(inputs)
    content = chosen_map(asked.form, table, quotas, reasons=_reasons(asked))
    address = [name for name in asked.lists.get("address", ()) if name in table.header]
    id_column = asked.form.get("id", "")
    asked.assembly.keep(
        {MAP: content} if content or (asked.assembly.folder / MAP).is_file() else {},
        dict(zip(READ, asked.form["version"].split("-"), strict=True)),
        map=MAP if content else None,
        household=",".join(address) or None,
        id=id_column if id_column in table.header else None,
    )
    return go("/pool", "map_kept")


def undo(asked: Asked) -> Response:
    """Go back to the choices before."""
    asked.assembly.undo(MAP, "map")
    return go("/pool", "undone")


def undo_file(asked: Asked) -> Response:
    """Go back to the pool before, whether it was a file or made of exports."""
    asked.assembly.undo(POOL)
    return go("/pool", "undone")


def _with_what_is_proposed(
    asked: Asked, inputs: Inputs, table: Table, quotas: Quotas
) -> int | None:
    """How many people can be drawn once the form is kept as it stands; None if more is open."""
    form = asked.form if asked.form.get("version") == _version(asked) else {}
    try:
        proposed = chosen_map(form, table, quotas, reasons=_reasons(asked))
        through = Content(name=MAP, data=proposed) if proposed else None
        return len(read_inputs(replace(inputs, mapping=through)).instance.pool)
    except InputErrors:
        return None


def _reasons(asked: Asked) -> dict[str, str]:
    """Why people are left out by a map."""
    return {one: asked.w.text(f"pool.reason_{one}") for one in ("word", "blank")}


def _read(inputs: Inputs) -> tuple[Table, Quotas]:
    table = protect(read_table(inputs.pool), inputs.cpr, inputs.id_column).table
    return table, read_quota_sheet(inputs.quotas, inputs.panel_size).quotas


def _version(asked: Asked) -> str:
    """What the form was made of: the pool, the quotas and the map."""
    digests = asked.assembly.digests()
    return "-".join(digests.get(name, "") for name in READ)
