"""One volunteer's receipt from a published lottery."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from unicodedata import normalize

from sortition.audit.bundle.contents import read_bundle
from sortition.audit.bundle.pool import receipt
from sortition.audit.canonical import canonical_json
from sortition.audit.shapes.bundle import ROSTER
from sortition.errors import Finding, InputErrors
from sortition.folders.settling import steadily
from sortition.tables.roster import read_roster
from sortition.tables.written.results import write_files


def make_receipt(directory: Path, id: str, *, out: Path | None, overwrite: bool) -> bytes:
    """The receipt of a person, as canonical JSON.

    Raises
    ------
    InputErrors
        If there is no sealed lottery, or nobody of this id, or the file cannot be written.
    """
    bundle = steadily(directory, partial(read_bundle, directory))
    if bundle is None or bundle.pool is None:
        raise InputErrors((Finding(code="receipt-not-sealed", file=str(directory)),))
    if ROSTER not in bundle.contents:
        raise InputErrors((Finding(code="receipt-no-roster", file=str(directory)),))
    ids = [person.get("id") for person in bundle.pool["people"]]
    wanted = normalize("NFC", id)
    if wanted not in ids:
        raise InputErrors((Finding(code="receipt-nobody", value=id),))
    own = read_roster(bundle.contents[ROSTER]).own_words()[wanted]
    document = receipt(bundle.pool, ids.index(wanted), commitment=bundle.announced, own=own)
    content = canonical_json(document)
    if out is not None:
        write_files(out.parent, {out.name: content}, overwrite=overwrite)
    return content
