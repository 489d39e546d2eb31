"""Erase one person from a published lottery, while the proofs stay.

Her row and the key that was hers alone go; her token and the leaf that stands for her row stay, so
that the root of the pool is what it was. Without the key nothing leads from her to the token.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.audit.bundle.pool import erased
from sortition.audit.canonical import Json, canonical_json
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.log.purged import ERASED
from sortition.audit.log.rounds import ALTERNATES, REPLACED
from sortition.audit.shapes.bundle import LOG, POOL, SEALED_PACKED
from sortition.audit.shapes.run import OTHERS, ROSTER
from sortition.audit.spreadsheets import as_it_came
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors
from sortition.folders.change import reopening
from sortition.tables.roster import Roster, read_roster, roster_json
from sortition.tables.written.lists import csv_delimiter, csv_rows


def erase(directory: Path, id: str) -> tuple[str, ...]:
    """Erase somebody who is on no list of the panel or of alternates.

    Returns
    -------
    tuple of str
        The files that do not hold her any more, by their place in the folder.

    Raises
    ------
    InputErrors
        If there is no sealed part, nobody of this id, or she is on a list that stands.
    """
    with reopening(directory) as change:
        bundle = read_bundle(directory)
        if bundle is None or bundle.pool is None or bundle.key is None:
            raise InputErrors((Finding(code="erase-not-sealed", file=str(directory)),))
        verification = examine(directory)
        if verification.findings:
            raise InputErrors(verification.findings)
        person = normalize("NFC", id)
        token = bundle.tokens.get(person)
        if token is None:
            raise InputErrors((Finding(code="receipt-nobody", value=id),))
        if token in _named(bundle):
            raise InputErrors((Finding(code="erase-on-a-list", value=id),))
        files = _without(bundle, person)
        digests: Json = {
            name: file_digest(name, content, bundle.key) for name, content in files.items()
        }
        facts: dict[str, Json] = {"files": digests}  # not who it was
        log = log_with(bundle.contents[LOG], ERASED, facts, at=datetime.now(UTC))
        # it holds her row as well, and can be packed again
        going = [name for name in (SEALED_PACKED,) if (directory / name).is_file()]
        change.make({**files, LOG: log}, going=going)
    return tuple(files)


def _without(bundle: Bundle, person: str) -> dict[str, bytes]:
    """The files that hold her, without her."""
    contents = bundle.contents
    files = {POOL: canonical_json(erased(bundle.pool, person))}
    if ROSTER in contents:
        roster = read_roster(contents[ROSTER])
        rest = roster.only([other for other in roster.ids if other != person])
        files[ROSTER] = roster_json(rest)
        if OTHERS in contents:
            files[OTHERS] = _others(rest, contents[OTHERS])
    return files


def _others(rest: Roster, former: bytes) -> bytes:
    """The list of those who were not drawn, without those who are not on the roster."""
    text = StringIO(former.decode("utf-8-sig"), newline="")
    lines = csv.reader(text, delimiter=csv_delimiter(rest.table))
    header, *rows = [tuple(map(as_it_came, line)) for line in lines]
    place = header.index(rest.id_column or "id")
    kept = [row for row in rows if normalize("NFC", row[place]) in rest.ids]
    return csv_rows((header, *kept), like=rest.table)


def _named(bundle: Bundle) -> set[str]:
    """Whoever was drawn, called or put in reserve."""
    draw: Any = bundle.draw or {"panel": []}
    named = set(draw["panel"])
    for event in bundle.events:
        if event.name == REPLACED:
            named.update(event.facts["came"])
        elif event.name == ALTERNATES:
            named.update(event.facts["alternates"])
    return named
