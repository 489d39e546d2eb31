"""Which columns of a quota file hold the feature, the value and the bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.files.labels import listed, squeeze
from sortition.files.tables import Table

# In one family `feature` is the feature, in another it is the value: only the pair tells.
LABEL_HEADERS = (
    ("feature", "value"),
    ("category", "name"),
    ("category", "feature"),
    ("category", "value"),
    ("kriterium", "værdi"),
)
BOUND_HEADERS = (("min", "max"), ("lower", "upper"), ("minimum", "maksimum"), ("mindst", "højst"))
AMOUNT_HEADERS = (("amount",), ("antal",))
PERCENTAGE = re.compile(r".*(%|percent|procent).*|pct\.?|share|andel")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaColumns:
    """The names of the columns as the file spells them; an amount is both lower and upper."""

    feature: str
    value: str
    lower: str
    upper: str

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, an amount once."""
        return tuple(dict.fromkeys((self.feature, self.value, self.lower, self.upper)))


def find_quota_columns(table: Table) -> QuotaColumns:
    """Tell the columns by their headers; other columns do no harm.

    Raises
    ------
    InputErrors
        If no accepted set of headers is there, or more than one.
    """
    faults: list[Finding] = []
    names: dict[str, list[str]] = {}
    for name in table.header:
        names.setdefault(squeeze(name), []).append(name)
    labels = _choose(table, names, LABEL_HEADERS, "quota-header-unknown", faults)
    bounds = _choose_bounds(table, names, faults)
    if faults:
        raise InputErrors(tuple(faults))
    return QuotaColumns(feature=labels[0], value=labels[1], lower=bounds[0], upper=bounds[-1])


def _choose_bounds(
    table: Table, names: Mapping[str, list[str]], faults: list[Finding]
) -> list[str]:
    """A minimum and a maximum, else an amount, which beside them is somebody's note."""
    if any(name in names for pair in BOUND_HEADERS for name in pair):
        return _choose(table, names, BOUND_HEADERS, "quota-bounds-unknown", faults)
    if any(name in names for (name,) in AMOUNT_HEADERS):
        return _choose(table, names, AMOUNT_HEADERS, "quota-bounds-unknown", faults)
    percentages = [name for name in table.header if PERCENTAGE.fullmatch(squeeze(name))]
    if percentages:
        faults.append(table.finding(code="quota-percentage", column=percentages[0]))
        return []
    return _choose(table, names, BOUND_HEADERS + AMOUNT_HEADERS, "quota-bounds-unknown", faults)


def _choose(
    table: Table,
    names: Mapping[str, list[str]],
    accepted: Sequence[tuple[str, ...]],
    unknown: str,
    faults: list[Finding],
) -> list[str]:
    """The columns of the one accepted set of headers that the file has."""
    found = [headers for headers in accepted if all(name in names for name in headers)]
    columns = [column for headers in found for name in headers for column in names[name]]
    facts = {
        "seen": listed(table.header),
        "accepted": " · ".join(",".join(headers) for headers in found or accepted),
    }
    if not found:
        faults.append(table.finding(code=unknown, facts=facts))
    elif len(columns) > len(found[0]):
        faults.append(table.finding(code="quota-header-ambiguous", facts=facts))
    return columns
