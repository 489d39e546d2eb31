"""Which columns of a quota file hold the feature, the value, the bounds and what goes with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.headers import (
    AMOUNT_HEADERS,
    BOUND_EXAMPLES,
    BOUND_HEADERS,
    FLEX_HEADERS,
    LABEL_EXAMPLES,
    LABEL_HEADERS,
    MOST_HEADERS,
    PENALTY_HEADERS,
    PERCENTAGE_HEADERS,
    PERHAPS_A_PERCENTAGE,
    plain_header,
)
from sortition.tables.labels import listed, squeeze
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaColumns:
    """The names of the columns as the file spells them.

    Attributes
    ----------
    feature, value : str
    lower, upper : str
        The same column twice if it holds amounts or percentages; the lower one is empty if there
        are maximums alone.
    percentage : bool
        Whether that column holds percentages.
    penalty : str or None
    min_flex, max_flex : str or None
        The outermost bounds; both or neither.
    """

    feature: str
    value: str
    lower: str
    upper: str
    percentage: bool
    penalty: str | None
    min_flex: str | None
    max_flex: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        needed = (self.feature, self.value, self.lower, self.upper)
        optional = (self.penalty, self.min_flex, self.max_flex)
        return tuple(dict.fromkeys(name for name in (*needed, *optional) if name))


def heads_quotas(names: Sequence[str]) -> bool:
    """Whether a row of a file has the names of a feature, its value, and how many there may be."""
    plain = set(map(plain_header, names))
    most = tuple((name,) for name in MOST_HEADERS)
    bounds = (BOUND_HEADERS, AMOUNT_HEADERS, PERCENTAGE_HEADERS, most)
    return bool(label_headers(plain)) and any(_found(accepted, plain) for accepted in bounds)


def label_columns(header: Sequence[str]) -> list[str]:
    """The columns of the feature and its value: two, unless there are none or several."""
    pairs = label_headers(header)
    wanted = {(plain_header(feature), plain_header(value)) for feature, value in pairs}
    return [
        name for pair in wanted for plain in pair for name in header if plain_header(name) == plain
    ]


def label_headers(names: Collection[str]) -> list[tuple[str, ...]]:
    """The pairs among these names that can be the feature and its value."""
    plain = set(map(plain_header, names))
    strong, weak = (_found(accepted, plain) for accepted in LABEL_HEADERS)
    return strong or weak


def _found(accepted: Iterable[tuple[str, ...]], plain: Collection[str]) -> list[tuple[str, ...]]:
    """The sets of headers all of which are among these names."""
    return [headers for headers in accepted if all(plain_header(name) in plain for name in headers)]


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
        names.setdefault(plain_header(name), []).append(name)
    labels = _choose(table, names, label_headers(names), "quota-header-unknown", faults)
    others = {plain: found for plain, found in names.items() if not set(found) & set(labels)}
    bounds = _choose_bounds(table, others, faults)
    penalty: list[str] = []
    if _any_of(PENALTY_HEADERS, names):
        penalty = _choose(table, names, PENALTY_HEADERS, "quota-header-unknown", faults)
    flex: list[str] = []
    if _any_of(FLEX_HEADERS, names):
        flex = _choose(table, names, FLEX_HEADERS, "quota-flex-unpaired", faults)
    if faults:
        raise InputErrors(tuple(faults))
    return QuotaColumns(
        feature=labels[0],
        value=labels[1],
        lower=bounds[0],
        upper=bounds[-1],
        percentage=_any_of(PERCENTAGE_HEADERS, set(map(plain_header, bounds))),
        penalty=penalty[0] if penalty else None,
        min_flex=flex[0] if flex else None,
        max_flex=flex[1] if flex else None,
    )


def _choose_bounds(
    table: Table, names: Mapping[str, list[str]], faults: list[Finding]
) -> list[str]:
    """A minimum and a maximum, else an amount, else a percentage; or nothing but a maximum.

    Beside one of the former, the latter are somebody's notes.
    """
    bounds = BOUND_HEADERS + AMOUNT_HEADERS + PERCENTAGE_HEADERS
    said = [name for headers in bounds for name in headers if plain_header(name) in names]
    if said and {*map(plain_header, said)} <= {*map(plain_header, MOST_HEADERS)}:
        most = tuple((name,) for name in MOST_HEADERS)
        return ["", *_choose(table, names, most, "quota-bounds-unknown", faults)]
    for accepted in (BOUND_HEADERS, AMOUNT_HEADERS, PERCENTAGE_HEADERS):
        if _any_of(accepted, names):
            return _choose(table, names, accepted, "quota-bounds-unknown", faults)
    perhaps = [name for name in table.header if PERHAPS_A_PERCENTAGE.fullmatch(squeeze(name))]
    if perhaps:
        faults.append(table.finding(code="quota-percentage", column=perhaps[0]))
        return []
    return _choose(table, names, BOUND_EXAMPLES[:2], "quota-bounds-unknown", faults)


def _any_of(accepted: Sequence[tuple[str, ...]], names: Collection[str]) -> bool:
    return any(plain_header(name) in names for headers in accepted for name in headers)


def _choose(
    table: Table,
    names: Mapping[str, list[str]],
    accepted: Sequence[tuple[str, ...]],
    unknown: str,
    faults: list[Finding],
) -> list[str]:
    """The columns of the one accepted set of headers that the file has."""
    found = _found(accepted, names)
    examples: Mapping[str, Sequence[tuple[str, ...]]] = {
        "quota-header-unknown": LABEL_EXAMPLES,
        "quota-bounds-unknown": BOUND_EXAMPLES,
    }
    plain = dict.fromkeys(tuple(map(plain_header, headers)) for headers in found)
    columns = [column for headers in plain for name in headers for column in names[name]]
    facts = {
        "seen": listed(table.header),
        "accepted": " · ".join(map(",".join, found or examples.get(unknown, accepted))),
    }
    if not found:
        faults.append(table.finding(code=unknown, facts=facts))
    elif len(columns) > len(found[0]):  # two words, or one word twice
        faults.append(table.finding(code="quota-header-ambiguous", facts=facts))
    return columns
