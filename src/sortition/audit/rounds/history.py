"""What the log of a folder tells of the time after the draw, with the files that events wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sortition.audit.bundle.contents import Bundle
from sortition.audit.certificate.proof import Certificate
from sortition.audit.claims import SENSELESS
from sortition.audit.documents import DocumentReader
from sortition.audit.log.events import Event, read_log
from sortition.audit.log.files import logged_names, round_files
from sortition.audit.log.rounds import Standing
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.plain import Folder
from sortition.audit.rounds.files import RoundFiles, read_rounds
from sortition.audit.rounds.rulebook import Rulebook, rulebook, with_late
from sortition.audit.run.evidence import Evidence
from sortition.audit.shapes.bundle import LOG as PUBLIC_LOG
from sortition.errors import Finding, VerificationFailed

RUN_LOG = "events.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened after a draw.

    Attributes
    ----------
    log : str
        Where the log is.
    published : bool
        Whether the lottery was published before it was drawn.
    contents : mapping of str to bytes
        All files that the log is about, without itself.
    log_findings, malformed : tuple of Finding
        What is wrong with the chain of events, and with the form of the rounds' documents.
    events : sequence of Event
        Empty if the chain is broken.
    rounds : sequence of RoundFiles
    first : Standing or None
        The panel as it was drawn.
    lottery : PublishedLottery or None
        The first one: sealed, or as it is public if that is all there is.
    rules : Rulebook or None
        Only of a lottery that is not just public.
    certificate : Certificate or None
    options, lists : document or None
        What the first lottery was asked for, and how its lists are written.
    seed : str or None
        What drew the first panel; None if it was drawn by hand.
    ids : mapping of str to str
        The id of each person as the lists have it, by name.
    """

    log: str
    published: bool
    contents: Mapping[str, bytes]
    log_findings: tuple[Finding, ...]
    malformed: tuple[Finding, ...]
    events: Sequence[Event]
    rounds: Sequence[RoundFiles]
    first: Standing | None
    lottery: PublishedLottery | None
    rules: Rulebook | None
    certificate: Certificate | None
    options: Any | None
    lists: Any | None
    ids: Mapping[str, str]
    seed: str | None = None

    def rules_before(self, one: RoundFiles) -> Rulebook | None:
        """The rules that hold before anybody joins in a round: those of the first, as far as known.

        Raises
        ------
        IndexError
            If somebody who joined before counts for a quota that is not there.
        """
        return self._rules(one.places.number - 1)

    def rules_of(self, one: RoundFiles) -> Rulebook | None:
        """The rules that a round is drawn by, with all who joined the pool until then."""
        return self._rules(one.places.number)

    def _rules(self, last: int) -> Rulebook | None:
        rules = self.rules
        for one in self.rounds:
            if rules and one.late and one.places.number <= last:
                rules = with_late(rules, one.late, one.places.number)
        return rules

    def people_of(self, one: RoundFiles) -> frozenset[str]:
        """Everybody who is in the pool in a round."""
        first = self.lottery.people if self.lottery else ()
        rounds = [other for other in self.rounds if other.places.number <= one.places.number]
        late = (person["id"] for other in rounds if other.late for person in other.late["people"])
        return frozenset((*first, *late))


def history_of_run(directory: Path, evidence: Evidence) -> History | None:
    """What happened after a selection; None if nothing did."""
    folder = Folder()
    log = _content(folder, directory / RUN_LOG)
    later = {
        name: content
        for name in sorted(logged_names(log or b"") | round_files(directory))
        if (content := _content(folder, directory / name)) is not None
    }
    if log is None and not later:
        return None
    manifest: Any = evidence.manifest
    events, log_findings = _events(log, RUN_LOG, later)
    return _history(
        log=RUN_LOG,
        published=False,
        contents={**later, **evidence.contents},
        events=events,
        log_findings=log_findings,
        panel=evidence.drawn,
        reserve=evidence.alternates or (),
        lottery=evidence.lottery,
        certificate=evidence.certificate,
        options=manifest and manifest["options"],
        lists=manifest and {"lists": manifest["lists"]},
        ids={id: id for id in evidence.lottery.people} if evidence.lottery else {},
        seed=manifest and manifest["seed"],
    )


def history_of_bundle(bundle: Bundle) -> History | None:
    """What happened after a published lottery was drawn; None if nothing did."""
    if bundle.draw is None:
        return None
    stated, preparation = bundle.sealed_certificate, bundle.preparation
    outcome = bundle.outcome
    return _history(
        log=PUBLIC_LOG,
        published=True,
        contents={name: c for name, c in bundle.contents.items() if name != PUBLIC_LOG},
        events=bundle.events,
        log_findings=bundle.log_findings,
        panel=tuple(bundle.draw["panel"]),
        reserve=_reserve_of(bundle.lottery, bundle.draw["panel"]),
        lottery=bundle.sealed_lottery or bundle.lottery,
        certificate=stated.certificate if stated and bundle.sealed_lottery else None,
        options=preparation and preparation["options"],
        lists=preparation and {"lists": preparation["lists"]},
        ids={token: id for id, token in bundle.tokens.items()},
        seed=outcome.text if outcome and outcome.source.kind != "drawn" else None,
    )


def _history(
    *,
    log: str,
    published: bool,
    contents: Mapping[str, bytes],
    events: Sequence[Event],
    log_findings: tuple[Finding, ...],
    panel: tuple[str, ...] | None,
    reserve: tuple[str, ...],
    lottery: PublishedLottery | None,
    certificate: Certificate | None,
    options: Any | None,
    lists: Any | None,
    ids: Mapping[str, str],
    seed: str | None,
) -> History:
    documents = DocumentReader(contents)
    first = None if panel is None else Standing(panel=tuple(sorted(panel)), reserve=reserve)
    rules = None
    if lottery and certificate and options:
        try:
            rules = rulebook(lottery, certificate, options["household_limit"])
        except (ArithmeticError, IndexError):
            rules = None  # what is wrong is said of the first lottery
    return History(
        log=log,
        published=published,
        contents=contents,
        log_findings=log_findings,
        events=events,
        rounds=_rounds(events, documents, first, published),
        first=first,
        malformed=tuple(documents.malformed),
        lottery=lottery,
        rules=rules,
        certificate=certificate,
        options=options,
        lists=lists,
        ids=ids,
        seed=seed,
    )


def _rounds(
    events: Sequence[Event], documents: DocumentReader, first: Standing | None, published: bool
) -> Sequence[RoundFiles]:
    try:
        return list(read_rounds(events, documents, first, published))
    except SENSELESS as error:  # of events that nobody would write
        documents.malformed.append(Finding(code="verify-senseless", value=type(error).__name__))
        return ()


def _reserve_of(lottery: PublishedLottery | None, members: Sequence[str]) -> tuple[str, ...]:
    """The alternates that a ticket drew together with its panel."""
    panels = lottery.panels if lottery else ()
    drawn = [panel.alternates for panel in panels if list(panel.members) == list(members)]
    return drawn[0] if drawn else ()


def _events(
    log: bytes | None, place: str, later: Iterable[str]
) -> tuple[Sequence[Event], tuple[Finding, ...]]:
    if log is None:
        lost = (Finding(code="verify-not-logged", file=name) for name in later)
        return (), (Finding(code="verify-missing", file=place), *lost)
    try:
        return read_log(log, place), ()
    except VerificationFailed as failure:
        return (), failure.findings


def _content(folder: Folder, path: Path) -> bytes | None:
    try:
        return folder.read(path)
    except OSError:
        return None
