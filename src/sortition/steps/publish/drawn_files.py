"""What a draw writes: the panel, the others, the report and the record of what drew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sortition.audit.bundle.contents import Bundle
from sortition.audit.draw.sources import Outcome
from sortition.audit.shapes.bundle import DRAW
from sortition.audit.shapes.run import PAGE, REPORT, ROSTER
from sortition.instance.inputs import Inputs
from sortition.model.fairness import Seconds
from sortition.selection.noted import address_taken, counted, counting
from sortition.selection.record import context_of
from sortition.selection.select import Selection
from sortition.steps.publish.drawing import draw_published, record, restored
from sortition.steps.publish.publishing import renamed
from sortition.steps.select import render_html, report_json
from sortition.tables.roster import read_roster
from sortition.tables.written.results import lists_of
from sortition.texts import Sentence


def drawn_files(
    bundle: Bundle, outcome: Outcome, contacts_of_others: bool, columns: Sequence[str] | None
) -> tuple[Selection, dict[str, bytes]]:
    """What was drawn, and the files that say so, by their place in the folder.

    Raises
    ------
    InputErrors
        If the source cannot draw, or a column is none of the pool.
    """
    preparation: Any = bundle.preparation
    inputs = preparation["inputs"]
    prepared = restored(bundle.contents, preparation)
    selection = draw_published(prepared, outcome, Seconds(**preparation["seconds"]))
    ids = {token: id for id, token in bundle.tokens.items()}
    roster = read_roster(bundle.contents[ROSTER])
    mark = roster.table.header[-1:] if bundle.is_rehearsal else ()  # `lottery` put it last
    if columns is not None:
        roster = roster.keeping((*columns, *mark))
    instance = renamed(prepared.instance, ids)
    panel = [ids[token] for token in selection.panel]
    options = preparation["options"]
    context = context_of(
        Inputs(
            pool=Path(inputs["pool"]["file"]),
            quotas=Path(inputs["quotas"]["file"]),
            panel_size=options["size"],
            household_columns=options["household"],
            household_limit=options["household_limit"] or 1,
        ),
        prepared.rules,
        selection,
        digests={name: file["sha256"] for name, file in inputs.items()},
        rows_numbered=preparation["rows_numbered"],
        assumptions=tuple(
            Sentence(text=text, language=options["language"]) for text in preparation["assumed"]
        ),
        published=True,
    )
    page = render_html(
        selection.report,
        context=context,
        language=options["language"],
        rehearsal=bundle.is_rehearsal,
    )
    values = counted(roster, instance, columns)
    of_others = [*counting(roster, bundle.pool["features"] if bundle.pool else ()), *mark]
    files = {
        **lists_of(
            roster,
            panel,
            others_with=None if contacts_of_others else of_others,
            of_panel=values,
            of_others={**values, **address_taken(instance, panel)},
        ),
        REPORT: report_json(selection.report),
        PAGE: page.encode(),
        DRAW: record(selection, outcome, bundle.announced),
    }
    return selection, files
