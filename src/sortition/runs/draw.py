"""Draw from a lottery that was published, and write down what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sortition.audit.bundle import Bundle, read_bundle
from sortition.audit.bundle_files import DRAW, LOG, RESULTS, ROSTER
from sortition.audit.canonical import digest
from sortition.audit.events import log_with
from sortition.audit.public_lottery import read_either_lottery
from sortition.audit.run_files import PAGE, REPORT
from sortition.audit.sources import Outcome, Source, beacon
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.fairness import Seconds
from sortition.files import check_files, lists_of, read_roster, write_files
from sortition.publication.drawing import Drawn, draw_from, draw_published, record, restored
from sortition.report import render_html, report_json
from sortition.runs.inputs import Inputs, seed_faults
from sortition.runs.reporting import context_of
from sortition.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLottery:
    """What was drawn from a published lottery.

    Attributes
    ----------
    drawn : Drawn
        The ticket, and the panel as the lottery names people.
    tickets : int
        How many there are.
    ids : tuple of str
        The panel by id, sorted; empty for a bare lottery.
    written : tuple of str
        The files that were written, by their place in the folder.
    """

    drawn: Drawn
    tickets: int
    ids: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def number(self) -> str:
        """The ticket with all its digits."""
        return f"{self.drawn.ticket:0{len(str(self.tickets - 1))}d}"


def chosen_outcome(*, seed: str | None, drawn: str | None, beacon_file: Path | None) -> Outcome:
    """The one thing that was given to draw with.

    Raises
    ------
    InputErrors
        If it was none or several, or the beacon's file cannot be read.
    """
    given = [one for one in (seed, drawn, beacon_file) if one is not None]
    if len(given) != 1:
        code = "source-several" if given else "source-missing"
        raise InputErrors((Finding(code=code),))
    if beacon_file is not None:
        return read_beacon(beacon_file)
    if drawn is not None:
        return Outcome(source=Source(kind="drawn"), text=drawn)
    faults = tuple(seed_faults(seed or ""))
    if faults:
        raise InputErrors(faults)
    # in the one spelling that the record of the draw can hold
    return Outcome(source=Source(kind="seed"), text=normalize("NFC", seed or ""))


def read_beacon(path: Path) -> Outcome:
    """Read a beacon's round from its file.

    Raises
    ------
    InputErrors
        If it is not there, or no round of this network.
    """
    try:
        outcome = beacon(path.read_bytes())
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(path)),)) from None
    if outcome is None:
        raise InputErrors((Finding(code="beacon-unreadable", file=path.name),))
    return outcome


def draw_bare(path: Path, outcome: Outcome) -> DrawnLottery:
    """Draw from a lottery file alone; nothing is written.

    Raises
    ------
    InputErrors
        If the file cannot be read, or the source cannot draw from its tickets.
    VerificationFailed
        If it is no lottery.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(path)),)) from None
    lottery = read_either_lottery(content, path.name)
    drawn = draw_from(lottery, outcome)
    return DrawnLottery(drawn=drawn, tickets=lottery.ticket_count, ids=(), written=())


def draw_folder(directory: Path, outcome: Outcome) -> DrawnLottery:
    """Draw from a published lottery, once.

    The folder is verified first. A second draw is refused, and the log says that it was tried.

    Raises
    ------
    InputErrors
        If it was drawn already, the source is not the one that was promised, or a file is in the
        way.
    VerificationFailed
        If the folder does not hold what was published.
    """
    bundle = read_bundle(directory)
    if bundle is None or bundle.commitment is None or ROSTER not in bundle.contents:
        raise InputErrors((Finding(code="draw-nothing-published", file=str(directory)),))
    if DRAW in bundle.contents:
        _refuse(directory, bundle, outcome)
    verification = examine(directory)
    if not verification.holds:
        raise VerificationFailed(verification.findings)
    promised, tickets = bundle.source, bundle.commitment["tickets"]
    faults = list(outcome.faults(promised, tickets))
    if faults:
        raise InputErrors(tuple(faults))
    check_files(directory, False, names=(*RESULTS, DRAW))
    selection, files = _documents(bundle, outcome)
    facts: dict[str, Any] = {
        "files": {name: digest(content) for name, content in files.items()},
        "ticket": selection.ticket,
    }
    log = log_with(bundle.contents[LOG], "drawn", facts, at=datetime.now(UTC))
    write_files(directory, {**files, LOG: log}, overwrite=False, growing={LOG})
    ids = {token: id for id, token in bundle.tokens.items()}
    return DrawnLottery(
        drawn=Drawn(ticket=selection.ticket, panel=selection.panel),
        tickets=tickets,
        ids=tuple(sorted(ids[token] for token in selection.panel)),
        written=(*files, LOG),
    )


def _refuse(directory: Path, bundle: Bundle, outcome: Outcome) -> None:
    attempt = {"source": outcome.document()}
    log = log_with(bundle.contents[LOG], "refused", attempt, at=datetime.now(UTC))
    write_files(directory, {LOG: log}, overwrite=False, growing={LOG})
    ticket = bundle.draw["ticket"] if bundle.draw else ""
    raise InputErrors(
        (Finding(code="drawn-already", file=str(directory), facts={"ticket": ticket}),)
    )


def _documents(bundle: Bundle, outcome: Outcome) -> tuple[Selection, dict[str, bytes]]:
    preparation: Any = bundle.preparation
    commitment: Any = bundle.commitment
    prepared = restored(bundle.contents, preparation)
    selection = draw_published(prepared, outcome, Seconds(**preparation["seconds"]))
    ids = {token: id for id, token in bundle.tokens.items()}
    roster = read_roster(bundle.contents[ROSTER])
    options = preparation["options"]
    context = context_of(
        Inputs(
            pool=Path(preparation["inputs"]["pool"]),
            quotas=Path(preparation["inputs"]["quotas"]),
            panel_size=options["size"],
            household_columns=options["household"],
            household_limit=options["household_limit"] or 1,
        ),
        prepared.rules,
        selection,
        digests=commitment["inputs"],
        rows_numbered=preparation["rows_numbered"],
        assumptions=tuple(preparation["assumed"]),
        published=True,
    )
    page = render_html(selection.report, context=context, language=options["language"])
    files = {
        **lists_of(roster, [ids[token] for token in selection.panel]),
        REPORT: report_json(selection.report),
        PAGE: page.encode(),
        DRAW: record(selection, outcome, bundle.announced),
    }
    return selection, files
