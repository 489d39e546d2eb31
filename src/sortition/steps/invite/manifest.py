"""What a draw of invitations read and wrote, by digests, and with which software."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from sortition import __version__
from sortition.audit.canonical import digest
from sortition.audit.documents import indented
from sortition.instance.inputs import as_text
from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.options import Options
from sortition.steps.invite.reading import InviteReading
from sortition.texts import describe

KEY_PREFIX = b"sortition/key/1\n"


def versions() -> dict[str, str]:
    """The software that a draw of invitations passes through."""
    known = {"sortition": __version__, "python": platform.python_version()}
    for name in ("numpy", "duckdb"):
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            continue
    return known


def manifest_of(
    options: Options, reading: InviteReading, facts: InviteFacts, files: Mapping[str, bytes]
) -> bytes:
    """The manifest: it stands for every other file, and holds nobody's data."""
    others = [
        *options.not_again,
        *(path for path in (options.rates, options.deviations, options.allocation) if path),
    ]
    read = [
        *reading.registry.digests,
        *((path.name, digest(path.read_bytes())) for path in others),
    ]
    commitment = None if reading.key is None else sha256(KEY_PREFIX + reading.key).hexdigest()
    document = {
        "schema": "sortition-invitation-manifest/1",
        "inputs": [{"file": as_text(name), "sha256": own} for name, own in read],
        "options": options.document(),
        "id_column": reading.id_column,
        "seed": facts.seed,
        "wave": facts.wave,
        "key_sha256": commitment,
        "invited": facts.invited,
        "assumed": list(map(describe, facts.assumptions)),
        "versions": dict(facts.versions),
        "outputs": {name: digest(files[name]) for name in sorted(files)},
    }
    return indented(document)
