"""What a round of replacements was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sortition.model import Language
from sortition.tables.content import File

PlacesFrom = Literal["alternates", "pool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOptions:
    """What was asked for.

    Attributes
    ----------
    directory : Path
        Where the panel was drawn.
    dropouts : File or None
        Who leaves: a list of ids, or a call list, of which those who declined. None: a round that
        was announced is drawn.
    unavailable : File or None
        Who else is not to be drawn.
    places_from : {"alternates", "pool"} or None
        None: the alternates if there are some who fit, else the pool.
    seed, digits : str or None
    beacon_file : Path or None
        What draws; None of them: the seed of the first draw.
    language : {"en", "da"} or None
        None: that of the report.
    promise : str or None
        Announce the round, and promise what will draw it: ``drawn`` by hand, or a beacon's round by
        its number or time. None: draw at once.
    weights : sequence of str
        How many times as dear a seat off some quotas is, such as ``age: 60+ = 5``.
    dry : bool
        Whether to say what would happen, and to write nothing.
    late : File or None
        Who came after the first draw, and joins the pool.
    mapping : Path or None
        The map file by which that list is read.
    """

    directory: Path
    dropouts: File | None
    unavailable: File | None
    places_from: PlacesFrom | None
    seed: str | None
    digits: str | None
    beacon_file: Path | None
    language: Language | None
    promise: str | None = None
    weights: Sequence[str] = ()
    dry: bool = False
    late: File | None = None
    mapping: Path | None = None

    @property
    def new_number(self) -> bool:
        """Whether something was given to draw with."""
        return any(one is not None for one in (self.seed, self.digits, self.beacon_file))
