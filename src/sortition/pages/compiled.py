"""Templates compiled once, where Python keeps compiled modules and as long as it may keep them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from secrets import token_hex

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Keeps the code of a template, with the digest of its text and the versions that made it."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file in which the code of a template is."""
        return cache_from_source(f"{filename or name}.py")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from there, if it is of this text."""
        try:
            with Path(bucket.key).open("rb") as file:
                bucket.load_bytecode(file)
        except (OSError, EOFError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Leave the code there; where nothing can be written, the next run compiles it again."""
        if sys.dont_write_bytecode:
            return
        place = Path(bucket.key)
        part = place.with_name(f"{place.name}.{token_hex(4)}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(place)
        except OSError:
            with suppress(OSError):
                part.unlink()
