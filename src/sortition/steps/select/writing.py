"""The folder of a selection: lists, documents, and the manifest that stands for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from sortition.audit.canonical import digest
from sortition.audit.certificate.file import certificate_file
from sortition.audit.documents import indented
from sortition.audit.shapes.run import (
    CERTIFICATE,
    COPY,
    LOTTERY,
    MANIFEST,
    OUTPUTS,
    PAGE,
    REPORT,
    RESERVE,
    ROSTER,
)
from sortition.pages.context import Context
from sortition.pages.wording import sameness, wording
from sortition.selection.noted import address_taken, counted, counting, rehearsed
from sortition.selection.record import context_of, options_document
from sortition.selection.reserve.dropouts import SEEN_SHARE
from sortition.selection.reserve.lists import alternates_lists
from sortition.selection.select import Selection
from sortition.steps.select.copy import copied
from sortition.steps.select.document import report_json
from sortition.steps.select.page import render_html
from sortition.steps.select.ready import Options, Ready
from sortition.tables.roster import roster_json
from sortition.tables.written.lists import csv_delimiter
from sortition.tables.written.results import lists_of, write_run
from sortition.texts import describe


def write(ready: Ready, selection: Selection) -> None:
    """Write the results of a selection to the folder that its options name.

    Raises
    ------
    InputErrors
        If the folder cannot be written to, or holds former results.
    """
    options = ready.options
    roster, instance = ready.reading.roster, ready.reading.instance
    of_others = counting(roster, instance.pool.features)
    values = counted(roster, instance, options.columns)
    if options.rehearsal:
        roster = rehearsed(roster, options.language)
        of_others.append(roster.table.header[-1])
        ready = replace(ready, reading=replace(ready.reading, roster=roster))
    lists = lists_of(
        roster,
        selection.panel,
        others_with=None if options.contacts_of_others else of_others,
        of_panel=values,
        of_others={**values, **address_taken(instance, selection.panel)},
    )
    documents = _documents(ready, selection, lists)
    if options.workbook:
        reserve = selection.prepared.lottery.panel(selection.ticket).alternates
        seated = selection.panel
        documents[COPY] = copied(options.inputs, ready.reading, seated, reserve, options.columns)
    write_run(
        options.destination,
        lists=lists,
        documents=documents,
        overwrite=options.overwrite,
    )


def _documents(ready: Ready, selection: Selection, lists: Mapping[str, bytes]) -> dict[str, bytes]:
    options, reading = ready.options, ready.reading
    context = context_of(
        options.inputs,
        options.rules,
        selection,
        digests=reading.digests,
        rows_numbered=reading.roster.id_column is None,
        assumptions=wording(options.language).said(ready.assumed),
        published=False,
    )
    page = render_html(
        selection.report,
        context=context,
        language=options.language,
        rehearsal=options.rehearsal,
    )
    documents = {
        LOTTERY: selection.prepared.document,
        CERTIFICATE: certificate_file(selection.prepared.certificate),
        REPORT: report_json(selection.report),
        PAGE: page.encode(),
        ROSTER: roster_json(reading.roster),
    }
    alternates = selection.prepared.lottery.panel(selection.ticket).alternates
    if alternates:
        documents |= alternates_lists(reading.roster, alternates, ordered=True)
    manifest = {
        **_manifest(ready, context, selection),
        "lists": {
            "id_column": reading.roster.id_column or "id",
            "delimiter": csv_delimiter(reading.roster.table),
        },
        # the manifest stands for every other file, and its own digest for the whole run
        "outputs": {
            name: digest({**lists, **documents}[name])
            for name in (*OUTPUTS, *(RESERVE if alternates else ()), ROSTER)
        },
    }
    return {**documents, MANIFEST: indented(manifest)}


def _manifest(ready: Ready, context: Context, selection: Selection) -> dict[str, object]:
    options, reading, rates = ready.options, ready.reading, ready.rates
    digests = asdict(context.input_digests)
    return {
        "schema": "sortition-manifest/1",
        "inputs": {
            "pool": {"file": context.pool_file, "sha256": digests["pool"]},
            "quotas": {"file": context.quotas_file, "sha256": digests["quotas"]},
            "map": reading.map_digest
            and {"file": options.inputs.map_file, "sha256": reading.map_digest},
            "rates": rates and {"file": rates.file, "sha256": rates.digest},
            "seated": reading.seated_digest
            and {"file": options.inputs.seated_file, "sha256": reading.seated_digest},
        },
        "options": {
            **options_document(options.inputs, options.rules, options.language),
            **_reserve_options(options),
            **({"columns": list(options.columns)} if options.columns is not None else {}),
        },
        "seed": selection.report.seed,
        "seed_given": options.seed is not None,
        "lottery_digest": selection.report.lottery_digest,
        "ticket": selection.ticket,
        "complete": selection.prepared.complete,
        "assumed": list(map(describe, ready.assumed)),
        "versions": dict(context.versions),
        "same": sameness(
            "en",
            objective=options.rules.objective,
            complete=selection.prepared.complete,
            settled=selection.prepared.settled,
        ),
    }


def _reserve_options(options: Options) -> dict[str, object]:
    if not options.alternates:
        return {}
    return {"alternates": options.alternates, "dropout": str(SEEN_SHARE)}
