"""Ask somebody else to say when the commitment was there, and keep the answer beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sortition.audit.bundle.stamp import check_stamp, stamp_request
from sortition.audit.canonical import Json
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.shapes.bundle import LOG, STAMP
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors
from sortition.folders.change import reopening
from sortition.folders.settling import steadily
from sortition.steps.publish.published import read_published
from sortition.tables.written.results import write_files, write_into

STAMPED = "stamped"


def ask_for_stamp(directory: Path, request: Path, *, overwrite: bool) -> str:
    """Write the request for a time stamp of the commitment, and return the commitment's digest.

    Raises
    ------
    InputErrors
        If nothing was published there, or the file cannot be written.
    """
    bundle, _ = steadily(directory, lambda: read_published(directory))
    content = stamp_request(bundle.announced)
    write_files(request.parent, {request.name: content}, overwrite=overwrite)
    return bundle.announced


def keep_stamp(directory: Path, reply: Path) -> None:
    """Put the reply into the public part, if it is one of this commitment.

    Raises
    ------
    InputErrors
        If it is not, if there is one already, or what was published does not hold.
    """
    with reopening(directory) as change:
        bundle, _ = read_published(directory)
        findings = examine(directory).findings
        if findings:
            raise InputErrors(findings)
        try:
            content = reply.read_bytes()
        except OSError:
            raise InputErrors((Finding(code="file-missing", file=str(reply)),)) from None
        faults = tuple(check_stamp(content, bundle.announced, bundle.source, bundle.events))
        if faults:
            raise InputErrors(faults)
        facts: dict[str, Json] = {"files": {STAMP: file_digest(STAMP, content, None)}}
        log = log_with(bundle.contents[LOG], STAMPED, facts, at=datetime.now(UTC))
        write_into(change, {STAMP: content, LOG: log}, overwrite=False, growing={LOG})
