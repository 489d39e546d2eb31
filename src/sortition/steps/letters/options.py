"""What is asked for when letters are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sortition.model import Language
from sortition.model.choices import Kind

PAGE, WORD, WORKBOOK = "letters.html", "letters.docx", "letters.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which letters, to whom, and what they say of the assembly.

    Attributes
    ----------
    kind : Kind
    people : Path
        A list, or the folder of an invitation or a panel.
    without : tuple of Path
        Lists of people who get no letter, such as those who answered.
    id_column : str or None
    names, address : tuple of str
        Columns of the name; lines of the address, each of columns with plus signs between. Empty:
        told by their names.
    template : Path or None
        None: ours.
    facts : mapping of str to str
        What is the same in every letter, by field; without what was not given.
    reply_at : str
        The address to answer at, with ``{code}`` where the code belongs.
    dated : date
    answer_by : date or None
    keep_cpr : bool
    language : {"en", "da"}
    out : Path
    overwrite : bool
    """

    kind: Kind
    people: Path
    without: tuple[Path, ...] = ()
    id_column: str | None = None
    names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    template: Path | None = None
    facts: Mapping[str, str]
    reply_at: str = ""
    dated: date
    answer_by: date | None = None
    keep_cpr: bool = False
    language: Language
    out: Path
    overwrite: bool

    @property
    def file(self) -> str:
        """What the letters are printed from: a document of Word if the template is one."""
        word = self.template is not None and self.template.suffix.casefold() == ".docx"
        return WORD if word else PAGE

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are read."""
        template = (self.template,) if self.template else ()
        return (self.people, *self.without, *template)
