"""Draw from a lottery that was published: put it together again and take the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sortition.audit.canonical import canonical_json
from sortition.audit.certificate.file import read_certificate
from sortition.audit.certificate.proof import Certificate
from sortition.audit.draw.sources import Outcome
from sortition.audit.lottery.file import PublishedLottery, read_lottery
from sortition.audit.run.evidence import chances_of
from sortition.audit.shapes.bundle import SEALED_CERTIFICATE, SEALED_LOTTERY
from sortition.errors import InputErrors
from sortition.model.fairness import Seconds
from sortition.selection.preparation import PreparedLottery, Rules
from sortition.selection.select import Selection, drawn
from sortition.steps.publish.instances import instance_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A ticket and its panel.

    Attributes
    ----------
    ticket : int
    panel : tuple of str
        As the lottery names people: tokens, or ids.
    """

    ticket: int
    panel: tuple[str, ...]


def draw_from(lottery: PublishedLottery, outcome: Outcome) -> Drawn:
    """The ticket that a source draws from a lottery file, and its panel.

    Raises
    ------
    InputErrors
        If the source cannot draw from so many tickets.
    """
    faults = tuple(outcome.faults(None, lottery.ticket_count))
    if faults:
        raise InputErrors(faults)
    ticket = outcome.ticket(lottery.ticket_count, lottery.digest)
    return Drawn(ticket=ticket, panel=lottery.bare().panel(ticket).members)


def restored(contents: Mapping[str, bytes], preparation: Any) -> PreparedLottery:
    """The prepared lottery that the sealed files describe, with tokens for people.

    Parameters
    ----------
    contents : mapping of str to bytes
        The files by their place in the folder.
    preparation : document
        Of the shape `sortition.audit.shapes.bundle.PREPARATION_SHAPE`.

    Raises
    ------
    VerificationFailed
        If a sealed file is not what it should be.
    """
    options = preparation["options"]
    certificate = read_certificate(contents[SEALED_CERTIFICATE], SEALED_CERTIFICATE).certificate
    return restored_lottery(
        contents[SEALED_LOTTERY],
        certificate,
        Rules(
            objective=options["objective"],
            gamma=options["gamma"] or 1.0,
            solver=options["solver"],
            time_limit=options["time_limit"],
            aims=certificate.aims_by_id(),
            mixed=tuple((one, other) for one, other in options.get("mix", ())),
        ),
        household_limit=options["household_limit"] or 1,
        complete=preparation["complete"],
    )


def restored_lottery(
    document: bytes, certificate: Certificate, rules: Rules, *, household_limit: int, complete: bool
) -> PreparedLottery:
    """The prepared lottery that its file and its proof describe.

    Parameters
    ----------
    document : bytes
        With who counts for what.
    certificate : Certificate
    rules : Rules
        By which it was made, but for what the files tell.
    household_limit : int
    complete : bool
        Whether the optimum was reached.

    Raises
    ------
    VerificationFailed
        If the file is not what it should be.
    """
    published = read_lottery(document, SEALED_LOTTERY)
    return PreparedLottery(
        instance=instance_of(published, certificate, household_limit),
        rules=replace(rules, tickets=published.ticket_count, aims=certificate.aims_by_id()),
        lottery=published.bare(),
        document=document,
        digest=published.digest,
        certificate=certificate,
        probabilities=dict(chances_of(published, certificate) or {}),
        gave_way=(),
        complete=complete,
    )


def draw_published(prepared: PreparedLottery, outcome: Outcome, seconds: Seconds) -> Selection:
    """The selection that a source makes; only if it has no `faults`."""
    ticket = outcome.ticket(prepared.rules.tickets, prepared.digest)
    seed = None if outcome.source.kind == "drawn" else outcome.text
    return drawn(prepared, ticket=ticket, seed=seed, seconds=seconds)


def record(selection: Selection, outcome: Outcome, commitment: str) -> bytes:
    """The record of a draw, `sortition-draw/1`."""
    return canonical_json(
        {
            "commitment": commitment,
            "panel": list(selection.panel),
            "schema": "sortition-draw/1",
            "source": outcome.document(),
            "ticket": selection.ticket,
        }
    )
