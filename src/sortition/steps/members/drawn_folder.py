"""A panel that was drawn, as the commands that come after the draw find it.

The folder is one that `select` wrote, or one that `lottery` wrote and `draw` drew from. Both tell
the same things; they differ in how they name people in what is published, and in where the log of
events is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.audit.canonical import Json, digest
from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.sharing import share_of
from sortition.audit.log.events import Event, file_digest, log_with, read_log
from sortition.audit.log.purged import destroyed_files
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.run.evidence import read_evidence
from sortition.audit.shapes.bundle import LOG as PUBLIC_LOG
from sortition.audit.shapes.run import MANIFEST, OTHERS, PANEL, ROSTER
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.model import Instance, Language, Pool, Quotas, Share
from sortition.selection.preparation import Rules
from sortition.steps.members.latecomers import late_ids
from sortition.steps.publish import instance_of, renamed
from sortition.tables.own_lists import read_own_list
from sortition.tables.roster import Roster, read_roster

LOG = "events.jsonl"
SELECTED, ALTERNATES = "selected", "alternates"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFolder:
    """A panel, the pool behind it, and how it was drawn.

    Attributes
    ----------
    directory : Path
    instance : Instance
        By id. Features and values are those of the quotas; a combination is a feature of its own.
    excluded : tuple of str
        Ids of the people who are on no panel that meets the quotas; nobody where some sat before
        the draw. Nothing is known of their households.
    panel : tuple of str
        Ids, sorted.
    reserve : tuple of str
        Ids of the alternates in the order in which they are called; empty if there are none.
        Those of a second panel are in the order of their ids.
    rules : Rules
        By which further lotteries are made: those of this one, but leximin in place of
        population, whose rates the folder does not hold.
    ticket : int
    digest : str
        Of the sealed lottery, to begin the domains of further draws with.
    seed : str or None
        What drew the ticket; None if it was drawn by hand.
    language : {"en", "da"}
        Of the pages.
    tokens : mapping of str to str
        How everybody is named in what is published, by id: tokens, or the ids themselves.
    roster : Roster
        Everybody's row as it came, contact details and all; for lists alone.
    lottery : PublishedLottery
        By `tokens`, with who counts for which quota.
    reserve_drawn : bool
        Whether the ticket itself named the alternates.
    log : str
        Where the log of events is, within the folder.
    history : bytes
        The log, empty if no event was written down yet.
    key : bytes or None
        What digests of files that are not public are keyed with; None where no log is public.
    selected : mapping of str to str
        The digests of the files that the draw wrote, where the log does not begin with them.
    erased : frozenset of str
        People of whom nothing is kept but their tokens, which stand for their ids; none can come.
    share : {"chances", "groups", "none"}
        How much of the chances is public.
    """

    directory: Path
    instance: Instance
    excluded: tuple[str, ...]
    panel: tuple[str, ...]
    reserve: tuple[str, ...]
    rules: Rules
    ticket: int
    digest: str
    seed: str | None
    language: Language
    tokens: Mapping[str, str]
    roster: Roster = field(repr=False)
    lottery: PublishedLottery = field(repr=False)
    reserve_drawn: bool
    log: str
    history: bytes = field(repr=False)
    key: bytes | None = field(repr=False)
    selected: Mapping[str, str]
    erased: frozenset[str] = frozenset()
    share: Share = "chances"

    @property
    def has_others(self) -> bool:
        """Whether the list of those who were not drawn is there, and was not destroyed."""
        return OTHERS not in destroyed_files(self.events)

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened so far."""
        return tuple(read_log(self.history, self.log)) if self.history else ()


def read_drawn_folder(directory: Path) -> DrawnFolder:
    """Find a panel that was drawn, after all that the folder claims was verified.

    Raises
    ------
    InputErrors
        If no panel was drawn there, or what was published does not hold.
    """
    bundle = read_bundle(directory)
    if bundle is None and not (directory / MANIFEST).is_file():
        raise _fault("folder-not-drawn", directory)
    if bundle is not None and (bundle.draw is None or not bundle.is_sealed):
        raise _fault("folder-not-drawn", directory)
    try:
        if bundle is None:
            _check_former(directory)
        if not (directory / PANEL).exists() and _is_purged(directory):
            raise _fault("folder-purged", directory)
        verification = examine(directory)
        if not verification.is_whole:
            missing = (Finding(code="folder-not-whole", file=str(directory)),)
            raise InputErrors(verification.findings or missing)
        return _of_selection(directory) if bundle is None else _of_bundle(directory, bundle)
    except VerificationFailed as failure:
        raise InputErrors(failure.findings) from None


def logged(
    folder: DrawnFolder, name: str, facts: Mapping[str, Json], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files that an event writes, with the log that has the event at its end.

    They are written by ``write_into(change, …, growing={folder.log})``, where the change began
    before the folder was read.

    Parameters
    ----------
    name : str
        What happened.
    facts : mapping
        Without personal data: people are named by `DrawnFolder.tokens`.
    files : mapping of str to bytes
        By their place in the folder.
    """
    now, log = datetime.now(UTC), folder.history
    if not log:
        log = log_with(log, SELECTED, {"files": dict(folder.selected)}, at=now)
    digests: Json = {
        place: file_digest(place, content, folder.key) for place, content in files.items()
    }
    return {**files, folder.log: log_with(log, name, {**facts, "files": digests}, at=now)}


def _is_purged(directory: Path) -> bool:
    """Whether the log says that files were destroyed."""
    logs = [place for place in (directory / LOG, directory / PUBLIC_LOG) if place.is_file()]
    return any(destroyed_files(read_log(log.read_bytes(), log.name)) for log in logs)


def _check_former(directory: Path) -> None:
    """The log that is there, if any, is about the selection that is there."""
    log = directory / LOG
    if log.is_file():
        first = read_log(log.read_bytes(), LOG)[0]
        if first.files.get(MANIFEST) != digest((directory / MANIFEST).read_bytes()):
            raise _fault("log-of-former-run", log)


def _of_selection(directory: Path) -> DrawnFolder:
    evidence = read_evidence(directory)
    manifest: Any = evidence.manifest
    log = directory / LOG
    history = log.read_bytes() if log.is_file() else b""
    names = (*manifest["outputs"], MANIFEST)
    contents = evidence.contents  # without what was destroyed
    selected = {name: digest(contents[name]) for name in names if name in contents}
    return _folder(
        directory,
        lottery=evidence.lottery,
        certificate=evidence.certificate,
        options=manifest["options"],
        id_column=manifest["lists"]["id_column"],
        ticket=manifest["ticket"],
        seed=manifest["seed"],
        ids={},
        log=LOG,
        history=history,
        key=None,
        selected=selected,
    )


def _of_bundle(directory: Path, bundle: Bundle) -> DrawnFolder:
    preparation, draw, stated = bundle.preparation, bundle.draw, bundle.sealed_certificate
    outcome = bundle.outcome
    by_hand = outcome is None or outcome.source.kind == "drawn"
    return _folder(
        directory,
        lottery=bundle.sealed_lottery,
        certificate=stated.certificate if stated else None,
        options=preparation["options"] if preparation else None,
        id_column=preparation["lists"]["id_column"] if preparation else "",
        ticket=draw["ticket"] if draw else 0,
        seed=None if by_hand or outcome is None else outcome.text,
        ids={
            **{token: token for token in bundle.erased},
            **{token: id for id, token in bundle.tokens.items()},
        },
        log=PUBLIC_LOG,
        history=bundle.contents[PUBLIC_LOG],
        key=bundle.key,
        selected={},
        erased=bundle.erased,
        share=share_of(bundle.certificate or {}),
    )


def _folder(
    directory: Path,
    *,
    lottery: PublishedLottery | None,
    certificate: Certificate | None,
    options: Any,
    id_column: str,
    ticket: int,
    seed: str | None,
    ids: Mapping[str, str],
    log: str,
    history: bytes,
    key: bytes | None,
    selected: Mapping[str, str],
    erased: frozenset[str] = frozenset(),
    share: Share = "chances",
) -> DrawnFolder:
    if lottery is None or certificate is None or options is None:
        raise _fault("folder-not-whole", directory)
    ids = ids or {id: id for id in lottery.people}
    instance = instance_of(lottery, certificate, options["household_limit"] or 1)
    standing = for_rounds(instance)
    # beside people who sat before the draw and then leave, others may fit
    excluded = certificate.impossible if standing is instance else ()
    ends = accumulate(panel.weight for panel in lottery.panels)
    panel = next(p for p, end in zip(lottery.panels, ends, strict=True) if ticket < end)
    reserve = panel.alternates or _last_reserve(history, directory, log, known=ids)
    return DrawnFolder(
        directory=directory,
        instance=renamed(standing, dict(ids)),
        excluded=tuple(sorted(ids[name] for name in excluded)),
        panel=tuple(sorted(ids[name] for name in panel.members)),
        reserve=tuple(ids.get(name, name) for name in reserve),
        rules=further_rules(options),
        ticket=ticket,
        digest=lottery.digest,
        seed=seed,
        language=options["language"],
        tokens={id: name for name, id in ids.items()},
        roster=_roster(directory, id_column, everybody=len(lottery.people) == len(panel.members)),
        lottery=lottery,
        reserve_drawn=bool(panel.alternates),
        log=log,
        history=history,
        key=key,
        selected=selected,
        erased=erased,
        share=share,
    )


def further_rules(options: Any) -> Rules:
    """By which further lotteries are made, from the options of the first."""
    return Rules(
        objective="leximin" if options["objective"] == "population" else options["objective"],
        gamma=options["gamma"] or 1.0,
        tickets=options["tickets"],
        solver=options["solver"],
        time_limit=options["time_limit"],
    )


def for_rounds(instance: Instance) -> Instance:
    """The instance without the quota of those who sat before the draw: they can leave as others."""
    kept = tuple(quota for quota in instance.quotas.rows if not quota.seats_some)
    if len(kept) == len(instance.quotas.rows):
        return instance
    quotas = Quotas(rows=kept)
    places = [instance.pool.features.index(feature) for feature in quotas.needed_features]
    members = tuple(
        replace(member, values=tuple(member.values[place] for place in places))
        for member in instance.pool.members
    )
    pool = Pool(features=quotas.needed_features, members=members)
    return replace(instance, pool=pool, quotas=quotas)


def _last_reserve(
    history: bytes, directory: Path, log: str, *, known: Mapping[str, str]
) -> tuple[str, ...]:
    """The alternates of the last event that chose some, as they are named in public."""
    events = read_log(history, log) if history else ()
    chosen = [event.facts.get("alternates", []) for event in events if event.name == ALTERNATES]
    if not chosen:
        return ()
    named, everybody = chosen[-1], {*known, *late_ids(directory, events)}
    if not isinstance(named, list) or not all(
        isinstance(one, str) and one in everybody for one in named
    ):
        raise _fault("log-alternates-unknown", directory / log)
    return tuple(named)


def _roster(directory: Path, id_column: str, *, everybody: bool) -> Roster:
    """Everybody as the pool had them: on the roster of a published lottery, or on the lists."""
    if (directory / ROSTER).is_file():
        return read_roster((directory / ROSTER).read_bytes())
    # a list of nobody has a header alone; a list that was destroyed is not there
    alone = everybody or not (directory / OTHERS).exists()
    panel = read_own_list(directory / PANEL)
    others = [] if alone else [read_own_list(directory / OTHERS)]
    # what only one of them has was noted when it was written, and is no column of the pool
    shared = [name for name in panel.header if all(name in other.header for other in others)]
    table = panel.keeping(shared).followed_by([other.keeping(shared) for other in others])
    ids = tuple(normalize("NFC", id) for id in table.column(id_column))
    return Roster(table=table, id_column=id_column, ids=ids)


def _fault(code: str, path: Path) -> InputErrors:
    return InputErrors((Finding(code=code, file=str(path)),))
