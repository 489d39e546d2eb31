"""The files of a round of replacements."""

from __future__ import annotations

from sortition.audit.canonical import Json, canonical_json
from sortition.audit.certificate.file import certificate_file
from sortition.audit.certificate.public import largest_deviation
from sortition.audit.certificate.sharing import shared
from sortition.audit.log.rounds import NEWCOMERS, NEWCOMERS_WORKBOOK, PAGE, SCHEMA, RoundPlaces
from sortition.audit.lottery.file import read_lottery
from sortition.audit.lottery.public import public_lottery
from sortition.audit.shapes.run import PANEL, WORKBOOK
from sortition.errors import Finding
from sortition.model import Language, Share
from sortition.model.fairness import Report
from sortition.selection.noted import counted
from sortition.selection.preparation import PreparedLottery
from sortition.steps.members.replace.page import RoundContext, replacement_html
from sortition.steps.members.replace.replacement import Round
from sortition.steps.members.standing_folder import StandingFolder
from sortition.steps.publish import renamed
from sortition.tables.written.lists import csv_bytes, xlsx_bytes


def round_documents(
    panel: StandingFolder,
    found: Round,
    report: Report | None,
    *,
    language: Language,
    assumed: tuple[Finding, ...],
) -> dict[str, bytes]:
    """The files of a round but those of its lottery, by their place in the folder."""
    places = RoundPlaces(number=found.number, published=panel.published)
    roster = panel.folder.roster
    came, now = panel.by_id(found.came), panel.by_id(found.after.panel)
    noted = roster.beside(counted(roster, renamed(panel.instance, panel.ids)))
    context = RoundContext(
        round=found,
        rules=panel.rules,
        ids=panel.ids,
        report=report,
        assumptions=assumed,
        original_seed=panel.folder.seed,
        rehearsal=panel.is_rehearsal,
    )
    return {
        places.record: record_of(found),
        places.list(PAGE): replacement_html(context, language).encode(),
        places.list(NEWCOMERS): csv_bytes(noted, frozenset(came)),
        places.list(NEWCOMERS_WORKBOOK): xlsx_bytes(noted, frozenset(came), title="replacements"),
        places.list(PANEL): csv_bytes(noted, frozenset(now)),
        places.list(WORKBOOK): xlsx_bytes(noted, frozenset(now), title="panel"),
    }


def record_of(found: Round) -> bytes:
    """What happened, as the schema `sortition-replacement/1` has it."""
    draw: dict[str, Json] = {}
    if found.prepared is not None and found.outcome is not None and found.ticket is not None:
        draw = {
            "complete": "yes" if found.prepared.complete else "no",
            "lottery": found.prepared.digest,
            "source": found.outcome.document(),
            "ticket": found.ticket,
        }
    return canonical_json(
        {
            "came": found.came,
            "draw": draw,
            "from": found.source,
            "gone": found.gone,
            **({"late": found.late} if found.late else {}),
            "moved": [moved.document() for moved in found.moved],
            "places": found.places,
            "round": found.number,
            "schema": SCHEMA,
            "unavailable": found.unavailable,
        }
    )


def lottery_documents(
    places: RoundPlaces, prepared: PreparedLottery, share: Share
) -> dict[str, bytes]:
    """The lottery and its proof; of a published one in their public forms as well."""
    certificate = certificate_file(prepared.certificate)
    files = {places.lottery: prepared.document, places.certificate: certificate}
    if places.published:
        sealed = read_lottery(prepared.document, places.lottery)
        files[places.public_lottery] = public_lottery(prepared.document)
        files[places.public_certificate] = canonical_json(
            shared(
                prepared.certificate,
                certificate,
                quotas=len(prepared.instance.quotas.rows),
                largest_deviation=largest_deviation(prepared.certificate, sealed),
                complete=prepared.complete,
                share=share,
            )
        )
    return files
