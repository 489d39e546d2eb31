"""What an invitation was asked to be."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import as_text
from sortition.model import Language
from sortition.model.choices import DesignName, Short
from sortition.steps.invite.designs.overlay import Overlay, parse_overlay

CAP = Fraction(1, 2)
COUNTS_SUFFIX = ".json"
ONLY = re.compile(r"([^=]+)=(.+)")  # a column, and values with commas
THREADS = 2  # more of them need more memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for; None and empty where an option was not given.

    Attributes
    ----------
    registries : tuple of Path
        Where people stand, or counts of them.
    size : int or None
        How many letters.
    seed : str or None
    by : tuple of str
        The columns that strata are made of.
    id_column : str or None
    household : tuple of str
        The columns of an address.
    design : str or None
    overlay : str or None
        As `parse_overlay` reads it.
    clusters : str or None
        The column of the clusters.
    cluster_count : int or None
    cap : str or None
        The largest share of a cluster's people who are invited.
    rates, deviations : Path or None
        A table of the strata with how many answer, or with how far their people differ.
    short : str or None
        What to do where a stratum is too small.
    mapping : Path or None
        A map: how columns and cells are to be read, and who is left out.
    from_cpr : tuple of str
        The columns to make of CPR numbers.
    age_on : date or None
        The day on which ages count.
    min_age : int or None
        Nobody younger is invited; 0: of any age.
    protected : str or None
        The column that says who has address protection, if its name does not say so.
    keep_protected : bool
        Whether people with address protection are invited all the same.
    only : tuple of str
        The groups that the letters are for alone, each ``column=value[,value…]``.
    excluded : tuple of Path
        Lists of people who may not be invited.
    not_again : tuple of Path
        Lists of people who were invited before.
    wave : int or None
    channel : str or None
        The column that says how a letter is sent.
    key : Path or None
        A secret that makes pseudonyms and codes.
    series : str or None
        The sign that all codes begin with.
    doors : bool
        Whether a list in the order of the draw is written as well.
    keep_cpr : bool
        Whether the lists may hold CPR numbers.
    counts_only : bool
    allocation : Path or None
        Letters that were allocated before, for all keepers of a registry together.
    scheduler : str or None
    workers : int or None
    language : {"en", "da"}
    out : Path
    overwrite : bool
    """

    registries: tuple[Path, ...]
    out: Path
    size: int | None = None
    seed: str | None = None
    by: tuple[str, ...] = ()
    id_column: str | None = None
    household: tuple[str, ...] = ()
    design: DesignName | None = None
    overlay: str | None = None
    clusters: str | None = None
    cluster_count: int | None = None
    cap: str | None = None
    rates: Path | None = None
    deviations: Path | None = None
    short: Short | None = None
    mapping: Path | None = None
    from_cpr: tuple[str, ...] = ()
    age_on: datetime.date | None = None
    min_age: int | None = None
    protected: str | None = None
    keep_protected: bool = False
    only: tuple[str, ...] = ()
    excluded: tuple[Path, ...] = ()
    not_again: tuple[Path, ...] = ()
    wave: int | None = None
    channel: str | None = None
    key: Path | None = None
    series: str | None = None
    doors: bool = False
    keep_cpr: bool = False
    counts_only: bool = False
    allocation: Path | None = None
    scheduler: str | None = None
    workers: int | None = None
    language: Language
    overwrite: bool

    @property
    def from_counts(self) -> bool:
        """Whether counts are given in place of people."""
        return all(path.suffix.casefold() == COUNTS_SUFFIX for path in self.registries)

    @property
    def chosen(self) -> DesignName:
        """The design; without one, Hamilton's allocation where there are strata."""
        if self.design is not None:
            return self.design
        return "hamilton" if self.by or self.overlay else "simple"

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files that are read."""
        others = (self.mapping, self.rates, self.deviations, self.allocation, self.key)
        lists = (*self.excluded, *self.not_again)
        return (*self.registries, *lists, *(path for path in others if path))

    @property
    def threads(self) -> int:
        """Of one query; a cluster has its own workers."""
        if self.scheduler is not None:
            return 1
        return self.workers or min(THREADS, os.cpu_count() or 1)

    def given(self) -> dict[str, bool]:
        """By option: whether it was given."""
        return {
            "--size": self.size is not None,
            "--seed": self.seed is not None,
            "--by": bool(self.by),
            "--id": self.id_column is not None,
            "--household": bool(self.household),
            "--overlay": self.overlay is not None,
            "--clusters": self.clusters is not None,
            "--cluster-count": self.cluster_count is not None,
            "--cap": self.cap is not None,
            "--rates": self.rates is not None,
            "--deviations": self.deviations is not None,
            "--short": self.short is not None,
            "--map": self.mapping is not None,
            "--from-cpr": bool(self.from_cpr),
            "--age-on": self.age_on is not None,
            "--min-age": self.min_age is not None,
            "--protected": self.protected is not None,
            "--keep-protected": self.keep_protected,
            "--only": bool(self.only),
            "--exclude": bool(self.excluded),
            "--not-again": bool(self.not_again),
            "--wave": self.wave is not None,
            "--channel": self.channel is not None,
            "--key": self.key is not None,
            "--series": self.series is not None,
            "--doors": self.doors,
        }

    def document(self) -> dict[str, object]:
        """What was asked for, as a manifest states it; how people are read only if it was said."""
        read: dict[str, object] = {
            "from_cpr": list(self.from_cpr),
            "age_on": self.age_on.isoformat() if self.age_on else None,
            "min_age": self.min_age,
            "protected": self.protected,
            "keep_protected": self.keep_protected,
            "only": list(self.only),
            "series": self.series,
            "doors": self.doors,
        }
        return {
            "size": self.size,
            "by": list(self.by),
            "id": self.id_column,
            "household": list(self.household),
            "design": self.chosen if self.allocation is None else None,
            "overlay": self.overlay,
            "clusters": self.clusters,
            "cluster_count": self.cluster_count,
            "cap": self.cap,
            "short": self.short,
            "wave": self.wave,
            "channel": self.channel,
            "pseudonyms": self.key is not None,
            "language": self.language,
            **{name: value for name, value in read.items() if value not in ([], None, False)},
        }


def overlay_of(options: Options) -> Overlay | None:
    """The overlay, if one was asked for.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    if options.overlay is None:
        return None
    try:
        return parse_overlay(options.overlay)
    except (ValueError, ZeroDivisionError):
        fault = Finding(code="invite-overlay-unclear", value=as_text(options.overlay))
        raise InputErrors((fault,)) from None


def cap_of(options: Options) -> Fraction:
    """The largest share of a cluster's people who are invited.

    Raises
    ------
    InputErrors
        If it is not above 0 and at most 1.
    """
    if options.cap is None:
        return CAP
    try:
        cap = Fraction(options.cap.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        cap = Fraction(0)
    if not 0 < cap <= 1:
        raise InputErrors((Finding(code="invite-cap-unclear", value=as_text(options.cap)),))
    return cap
