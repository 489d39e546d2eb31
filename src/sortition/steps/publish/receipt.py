"""The receipts of volunteers from a published lottery: one, or those of all of them."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast
from unicodedata import normalize

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.audit.bundle.pool import receipt, receipts
from sortition.audit.canonical import canonical_json
from sortition.audit.shapes.run import ROSTER
from sortition.errors import Finding, InputErrors
from sortition.folders.settling import steadily
from sortition.model import Language
from sortition.pages.template import page
from sortition.tables.columns import free_name
from sortition.tables.roster import Roster, read_roster
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_bytes
from sortition.tables.written.results import write_files

MERGE = "receipts.csv"
ADDED = ("token", "tickets", "page")


def make_receipts(directory: Path, *, out: Path, language: Language, overwrite: bool) -> int:
    """A page for everybody who volunteered, and a list of them for a mail merge; how many.

    The pages are named by token. The list has every column of the pool, the token, in how many
    tickets it is, and the name of the page.

    Raises
    ------
    InputErrors
        If there is no sealed lottery, or the files cannot be written.
    """
    bundle = _sealed(directory)
    roster = read_roster(bundle.contents[ROSTER])
    made = receipts(bundle.pool, commitment=bundle.announced, own=roster.own_words())
    about = cast(Any, bundle.commitment)["about"]  # a sealed pool has one
    tickets: Counter[str] = Counter()
    every = 0
    for members, weight in bundle.lottery.ticketed if bundle.lottery else ():
        tickets.update(dict.fromkeys(members, weight))
        every += weight
    pages, rows = {}, []
    kept = [place for place, id in enumerate(roster.ids) if id in made]
    for place in kept:
        receipt_ = made[roster.ids[place]]
        content, row = canonical_json(receipt_), cast(Mapping[str, Any], receipt_["row"])
        token = str(row["token"])
        name = f"{token}.html"
        pages[name] = page(
            "steps/publish",
            language,
            "receipt.html",
            about=about,
            rehearsal=bundle.is_rehearsal,
            announced=bundle.announced,
            id=row["id"],
            token=token,
            values=row["values"],
            own=receipt_["own"],
            tickets=tickets[token],
            every=every,
            receipt=content.decode(),
            encoded=b64encode(content).decode(),
        ).encode()
        cells = roster.table.rows[place]
        rows.append((*cells, token, str(tickets[token]), name))
    header = (*roster.table.header, *(free_name(name, roster.table.header) for name in ADDED))
    table = Table.of_rows(header, rows, like=roster.table)
    ids = tuple(roster.ids[place] for place in kept)
    merged = Roster(table=table, id_column=roster.id_column, ids=ids)
    files = {MERGE: csv_bytes(merged, frozenset(ids)), **pages}
    write_files(out, files, overwrite=overwrite)
    return len(rows)


def _sealed(directory: Path) -> Bundle:
    """A lottery with its sealed part and its roster.

    Raises
    ------
    InputErrors
    """
    bundle = steadily(directory, partial(read_bundle, directory))
    if bundle is None or bundle.pool is None:
        raise InputErrors((Finding(code="receipt-not-sealed", file=str(directory)),))
    if ROSTER not in bundle.contents:
        raise InputErrors((Finding(code="receipt-no-roster", file=str(directory)),))
    return bundle


def make_receipt(directory: Path, id: str, *, out: Path | None, overwrite: bool) -> bytes:
    """The receipt of a person, as canonical JSON.

    Raises
    ------
    InputErrors
        If there is no sealed lottery, or nobody of this id, or the file cannot be written.
    """
    bundle = _sealed(directory)
    pool: Any = bundle.pool
    ids = [person.get("id") for person in pool["people"]]
    wanted = normalize("NFC", id)
    if wanted not in ids:
        raise InputErrors((Finding(code="receipt-nobody", value=id),))
    own = read_roster(bundle.contents[ROSTER]).own_words()[wanted]
    document = receipt(pool, ids.index(wanted), commitment=bundle.announced, own=own)
    content = canonical_json(document)
    if out is not None:
        write_files(out.parent, {out.name: content}, overwrite=overwrite)
    return content
