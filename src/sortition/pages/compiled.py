"""Templates compiled once, where Python keeps compiled modules and as long as it may keep them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """Keeps the code of templates beside that of this module, as far as anything is kept there."""

    def __init__(self) -> None:
        self._home = Path(cache_from_source(__file__)).parent
        super().__init__(str(self._home), "template-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from there, if it is of this text and nothing damaged it."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Leave the code there; where nothing can be written, the next run compiles it again."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._home.mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)
