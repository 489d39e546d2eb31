"""Workbooks that must not be opened: no workbook at all, protected, or made to swell."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Literal

from sortition.errors import Finding, InputErrors

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MANIFEST = "META-INF/manifest.xml"
Kind = Literal["xlsx", "xlsb", "xls", "ods"]
# of an archive, by a part that it has; ODS names the package that it is encrypted in alone
KINDS: dict[str, Kind] = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
    "encrypted-package": "ods",
}
LARGEST_WORKBOOK = 500_000_000  # bytes, unpacked
MOST_PARTS = 10_000  # a workbook has a part for each sheet, picture and comment
LARGEST_RATIO = 200  # rows without end that are all alike pack to a thirtieth
HARMLESS = 10_000_000  # bytes that any part may swell to
ROOT_ELEMENT = re.compile(rb"<[A-Za-z_]")
PROLOG = 100_000  # bytes in which the first element of a part must begin


def check_workbook(data: bytes, file: str) -> Kind:
    """Which kind of workbook the bytes are, if they are safe to unpack; nothing is unpacked for it.

    Raises
    ------
    InputErrors
        If they are no workbook, it is encrypted, it would unpack to too much,
        or it declares entities, which could stand for any amount of text or for other files.
    """
    if data.startswith(OLE_MAGIC):
        kind: Kind = "xls"
        code = "workbook-encrypted" if ENCRYPTED in data else ""
    else:
        kind, code = _of_zip(data)
    if code:
        raise InputErrors((Finding(code=code, file=file),))
    return kind


def _of_zip(data: bytes) -> tuple[Kind, str]:
    """The kind of a workbook that is an archive, and the code of what is wrong with it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            kind = _kind({part.filename for part in parts})
            return kind or "xlsx", _size_fault(parts) or _content_fault(archive, parts, kind)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, RuntimeError, OSError):
        return "xlsx", "not-a-workbook"


def _kind(names: Collection[str]) -> Kind | None:
    return next((kind for part, kind in KINDS.items() if part in names), None)


def _size_fault(parts: Sequence[zipfile.ZipInfo]) -> str:
    """Told by the directory alone. No part unpacks to more than is declared there."""
    if len(parts) > MOST_PARTS:
        return "workbook-of-too-many-parts"
    if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
        return "workbook-too-large"
    swelling = (
        part.file_size > HARMLESS and part.file_size > LARGEST_RATIO * part.compress_size
        for part in parts
    )
    return "workbook-swells" if any(swelling) else ""


def _content_fault(
    archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo], kind: Kind | None
) -> str:
    if kind is None:
        return "not-a-workbook"
    if kind == "ods" and _is_encrypted(archive):
        return "workbook-encrypted"
    written_in_xml = (part for part in parts if part.filename.endswith((".xml", ".rels")))
    if any(_declares_a_type(archive, part) for part in written_in_xml):
        return "workbook-with-entities"
    return ""


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return MANIFEST in names and b"encryption-data" in archive.read(MANIFEST)


def _declares_a_type(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether something stands before the first element in which entities can be declared.

    A part whose first element does not come soon counts too: what comes before it is unknown.
    """
    with archive.open(part) as stream:
        start = stream.read(PROLOG).replace(b"\0", b"")  # letters of two bytes, made one
    root = ROOT_ELEMENT.search(start)
    if root is None:
        return len(start) >= PROLOG // 2
    return b"<!DOCTYPE" in start[: root.start()]
