"""What the labels before and above figures are about: by a title, and by what stands in them.

A title such as ``Folketal efter område, køn, alder og tid`` names all of them, but whoever turned
the table may have changed their order. Times, ages and sexes are known by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from sortition.steps.quotas.statistics.ages import age_span, is_age_column
from sortition.steps.quotas.statistics.columns import TIME_HEADERS
from sortition.tables.classified.meaning import classification
from sortition.tables.labels import fold, squeeze
from sortition.tables.notes import is_total
from sortition.tables.words import same_header

HEADED_TIME = re.compile(r"(?:(.*\S) )?(\d{4}(?:[A-Za-zÅå]\d{1,2})?)")
TITLE = re.compile(r".*\b(?:efter|etter|by) (.+)")
AND = re.compile(r", | og | och | and ")
ENGLISH = re.compile(r"\b(?:years?|over|older|total|sex|gender|male|female|men|women)\b")
SEXES = {frozenset({"female"}), frozenset({"male"}), frozenset({"other"})}
Kind = Literal["", "time", "ages", "sexes"]
CALLED = {"time": "tid", "ages": "alder", "sexes": "køn"}
CALLED_IN_ENGLISH = {"time": "time", "ages": "age", "sexes": "sex"}


def kind_of(labels: Sequence[str]) -> Kind:
    """What some labels are, if it can be told without a name; totals among them tell nothing."""
    own = [label for label in labels if label and not is_total(label)]
    if not own:
        return ""
    if all(map(HEADED_TIME.fullmatch, own)):
        return "time"
    if all(map(age_span, own)):
        return "ages"
    read = classification("gender").read
    return "sexes" if len(own) > 1 and all(read(label) in SEXES for label in own) else ""


def kind_named(name: str) -> Kind:
    """What labels are by their name."""
    if squeeze(name) in TIME_HEADERS:
        return "time"
    if is_age_column(name):
        return "ages"
    return "sexes" if same_header(name, "sex") else ""


def named_by(titles: Sequence[str], levels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names of labels, by a title or else by what stands in them; nothing if that is unclear.

    Parameters
    ----------
    levels : sequence of sequence of str
        The labels of each column before the figures, then of each row above them.
    """
    kinds = [kind_of(labels) for labels in levels]
    for title in titles:
        if found := TITLE.fullmatch(title):
            names = [name.strip() for name in AND.split(found[1])]
            if len(names) == len(levels) and len(set(map(fold, names))) == len(names):
                return in_their_order(names, levels)
    if all(kinds) and len(set(kinds)) == len(kinds):
        english = any(ENGLISH.search(fold(label)) for labels in levels for label in labels)
        called = CALLED_IN_ENGLISH if english else CALLED
        return tuple(called[kind] for kind in kinds)
    return ()


def in_their_order(names: Sequence[str], levels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names as they stand, unless what they say stands elsewhere: then each with its own labels."""
    kinds = [kind_of(labels) for labels in levels]
    named = [kind_named(name) for name in names]
    known = set(named) & set(kinds) - {""}
    pairs = list(zip(named, kinds, strict=True))
    if all(one == other for one, other in pairs if {one, other} & known):
        return tuple(names)
    if any(named.count(kind) > 1 or kinds.count(kind) > 1 for kind in known):
        return ()
    rest = iter([name for name, kind in zip(names, named, strict=True) if kind not in known])
    return tuple(names[named.index(kind)] if kind in known else next(rest) for kind in kinds)
