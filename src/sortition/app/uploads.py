"""Files that were chosen in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from sortition.app.assembly import TABLE_SUFFIXES
from sortition.errors import Finding, InputErrors

STARTS = {".xlsx": b"PK", ".xlsm": b"PK", ".xlsb": b"PK", ".ods": b"PK", ".xls": b"\xd0\xcf\x11"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was chosen in a form: what kind it claims to be, and its bytes.

    Its name is shown and never used as a path.
    """

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The ending of its name, one of those of tables.

        Raises
        ------
        InputErrors
            If it has none of these, or does not begin as such a file does.
        """
        suffix = PurePath(self.name).suffix.lower()
        start = STARTS.get(suffix)
        binary = self.data[:2048].count(0) > 0 and self.data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
        fits = self.data.startswith(start) if start else not binary
        if suffix not in TABLE_SUFFIXES or not fits:
            raise InputErrors((Finding(code="app-upload-kind", value=self.name[:200]),))
        return suffix


@contextmanager
def under_their_names(chosen: Mapping[str, str]) -> Iterator[None]:
    """Call files by the names that they had when they were chosen, where something is wrong there.

    Parameters
    ----------
    chosen : mapping of str to str
        The name in the form by that under which a file would have been kept.

    Raises
    ------
    InputErrors
        What was raised within.
    """
    try:
        yield
    except InputErrors as errors:
        known = (replace(one, file=chosen.get(one.file, one.file)) for one in errors.faults)
        raise InputErrors(tuple(known)) from None
