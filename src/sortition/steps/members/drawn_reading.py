"""Reading a folder in which a panel was drawn, after all that it claims was verified."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.audit.canonical import digest
from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.sharing import share_of
from sortition.audit.log.events import read_log
from sortition.audit.log.purged import destroyed_files
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.run.evidence import read_evidence
from sortition.audit.shapes.bundle import LOG as PUBLIC_LOG
from sortition.audit.shapes.run import MANIFEST, OTHERS, PANEL, ROSTER
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.model import Share, is_rehearsal
from sortition.steps.members.drawn_folder import ALTERNATES, LOG, DrawnFolder
from sortition.steps.members.further_rounds import for_rounds, further_rules
from sortition.steps.members.latecomers import late_ids
from sortition.steps.publish import instance_of, renamed
from sortition.tables.reading import read_own_list
from sortition.tables.roster import Roster, read_roster


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
        rehearsal=is_rehearsal(manifest["seed"]),
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
        rehearsal=bundle.is_rehearsal,
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
    rehearsal: bool,
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
    panel = lottery.panel_of(ticket)
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
        is_rehearsal=rehearsal,
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
    table = panel.followed_by(others)
    ids = tuple(normalize("NFC", id) for id in table.column(id_column))
    return Roster(table=table, id_column=id_column, ids=ids)


def _fault(code: str, path: Path) -> InputErrors:
    return InputErrors((Finding(code=code, file=str(path)),))
