"""The key of an invitation: made if there is none, read if it was kept, and kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

from sortition.errors import Finding, InputErrors
from sortition.folders.placing import write_flushed
from sortition.steps.invite.options import Options
from sortition.tables.cpr.pseudonyms import is_repetitive
from sortition.tables.reading import read_bytes

SHORTEST_KEY = 32  # bytes
KEY_PREFIX = b"sortition/key/1\n"


def commitment(key: bytes) -> str:
    """What a key is announced by before the seed is drawn: 64 hexadecimal digits."""
    return sha256(KEY_PREFIX + key).hexdigest()


def key_of(options: Options) -> bytes:
    """The secret in a file, without white space around it; a new one if there is no such file.

    Raises
    ------
    InputErrors
        If it cannot be read, is too short, says one short thing again and again, or is that of a
        former draw and is not there.
    """
    path = options.key
    if path is None:
        raise ValueError("no key was asked for")
    if not path.exists() and path.parent.is_dir():
        if options.not_again or options.allocation is not None or (options.wave or 1) > 1:
            raise InputErrors((Finding(code="invite-key-gone", file=path.name),))
        return secrets.token_hex(SHORTEST_KEY).encode()
    key = read_bytes(path).strip()
    if len(key) < SHORTEST_KEY:
        facts = {"bytes": SHORTEST_KEY}
        raise InputErrors((Finding(code="invite-key-short", file=path.name, facts=facts),))
    if is_repetitive(key):
        raise InputErrors((Finding(code="key-repetitive", file=path.name),))
    return key


def keep_key(options: Options, key: bytes | None, *, made: bool) -> list[Finding]:
    """Write a key that was made, for nobody else to read.

    Raises
    ------
    InputErrors
        If it cannot be written.
    """
    path = options.key
    if path is None or key is None or not made:
        return []
    try:
        write_flushed(path, key + b"\n")
    except OSError:
        raise InputErrors((Finding(code="output-not-writable", file=str(path)),)) from None
    facts = {"digest": commitment(key)}
    code = "invite-key-made" if options.counts_only else "invite-key-made-late"
    return [Finding(code=code, file=path.name, facts=facts)]
