"""The parts of a published lottery as archives to hand over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sortition.audit.bundle.contents import read_bundle
from sortition.audit.shapes.bundle import PUBLIC, SEALED
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.folders.settling import steadily
from sortition.tables.written.packed import packed
from sortition.tables.written.results import write_files

PARTS = {"public.zip": (PUBLIC,), "sealed.zip": (PUBLIC, SEALED)}


def pack_parts(directory: Path, target: Path, *, overwrite: bool) -> tuple[str, ...]:
    """Pack the public part, and the public and sealed parts together.

    Returns
    -------
    tuple of str
        The names of the archives.

    Raises
    ------
    InputErrors
        If there is nothing to pack, or an archive cannot be written.
    """
    contents = steadily(directory, partial(_sound, directory))
    archives = {name: _packed(contents, parts) for name, parts in PARTS.items()}
    write_files(target, archives, overwrite=overwrite)
    return tuple(archives)


def _sound(directory: Path) -> Mapping[str, bytes]:
    bundle = read_bundle(directory)
    if bundle is None or not bundle.is_sealed:
        raise InputErrors((Finding(code="pack-nothing", file=str(directory)),))
    verification = examine(directory)
    if not verification.is_whole:
        raise VerificationFailed(verification.findings)
    return bundle.contents


def _packed(contents: Mapping[str, bytes], parts: tuple[str, ...]) -> bytes:
    return packed((name, contents[name]) for name in sorted(contents) if name.startswith(parts))
