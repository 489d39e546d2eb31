"""What a draw of invitations read and wrote, by digests, and with which software."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from sortition import __version__
from sortition.audit.canonical import digest
from sortition.audit.documents import indented
from sortition.instance.inputs import as_text
from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.options import Options
from sortition.steps.invite.reading import InviteReading
from sortition.steps.invite.secret import commitment
from sortition.texts import describe


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
    single = (options.mapping, options.rates, options.deviations, options.allocation)
    others = [*options.excluded, *options.not_again, *(path for path in single if path)]
    read = [
        *reading.registry.digests,
        *((path.name, digest(path.read_bytes())) for path in others),
    ]
    document = {
        "schema": "sortition-invitation-manifest/1",
        "inputs": [{"file": as_text(name), "sha256": own} for name, own in read],
        "options": options.document(),
        "id_column": reading.id_column,
        "seed": facts.seed,
        "wave": facts.wave,
        "key_sha256": None if reading.key is None else commitment(reading.key),
        "invited": facts.invited,
        "assumed": list(map(describe, facts.assumptions)),
        "versions": dict(facts.versions),
        "outputs": {name: digest(files[name]) for name in sorted(files)},
    }
    return indented(document)
