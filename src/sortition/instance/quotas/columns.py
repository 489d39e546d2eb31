"""Which columns of a quota file hold the feature, the value, the bounds and what goes with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.tables.labels import listed, squeeze
from sortition.tables.reading import Table

# English, Danish, Swedish, Norwegian, German, Dutch, French, Spanish, Polish. In one family
# `feature` (`egenskab`, `egenskap`) is the feature, in another the value: only the pair tells.
LABEL_HEADERS = (
    ("feature", "value"),
    ("category", "name"),
    ("category", "feature"),
    ("category", "value"),
    ("kriterium", "værdi"),
    ("kriterium", "värde"),
    ("kriterium", "verdi"),
    ("egenskab", "værdi"),
    ("egenskap", "värde"),
    ("egenskap", "verdi"),
    ("kategori", "egenskab"),
    ("kategori", "egenskap"),
    ("kategori", "værdi"),
    ("kategori", "värde"),
    ("kategori", "verdi"),
    ("kategori", "navn"),
    ("kategori", "namn"),
    ("criterion", "value"),
    ("kategorie", "wert"),
    ("kriterium", "wert"),
    ("merkmal", "wert"),
    ("categorie", "waarde"),
    ("kenmerk", "waarde"),
    ("catégorie", "valeur"),
    ("critère", "valeur"),
    ("categoría", "valor"),
    ("criterio", "valor"),
    ("kategoria", "wartość"),
    ("kryterium", "wartość"),
)
BOUND_HEADERS = (
    ("min", "max"),
    ("lower", "upper"),
    ("minimum", "maximum"),
    ("minimum", "maksimum"),
    ("min", "maks"),
    ("mindst", "højst"),
    ("minst", "högst"),
    ("lägst", "högst"),
    ("minst", "høyst"),
    ("minst", "maks"),
    ("nedre", "øvre"),
    ("nedre", "övre"),
    ("undre", "övre"),
    ("mindestens", "höchstens"),
    ("minimaal", "maximaal"),
    ("mínimo", "máximo"),
)
AMOUNT_HEADERS = tuple(
    (name,)
    for name in (
        *("amount", "target", "number", "quota", "antal", "antall", "mål", "kvote", "kvot"),
        *("ziel", "anzahl", "doel", "aantal", "objectif", "effectif", "objetivo", "número"),
        *("cel", "liczba"),
    )
)
PERCENTAGE_HEADERS = tuple(
    (name,)
    for name in ("%", "percent", "percentage", "procent", "prosent", "pct", "share", "andel")
)
PENALTY_HEADERS = (("penalty",), ("straf",), ("straff",))
FLEX_HEADERS = (("min_flex", "max_flex"),)
PERHAPS_A_PERCENTAGE = re.compile(r".*(%|percent|procent|prosent).*|pct\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaColumns:
    """The names of the columns as the file spells them.

    Attributes
    ----------
    feature, value : str
    lower, upper : str
        The same column twice if it holds amounts or percentages.
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
    min_flex: str | None = None
    max_flex: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        names = dict.fromkeys((self.feature, self.value, self.lower, self.upper))
        optional = (self.penalty, self.min_flex, self.max_flex)
        return (*names, *(name for name in optional if name))


def heads_quotas(names: Sequence[str]) -> bool:
    """Whether a row of a file has the names of a feature, its value, and how many there may be."""
    squeezed = set(map(squeeze, names))
    bounds = BOUND_HEADERS + AMOUNT_HEADERS + PERCENTAGE_HEADERS
    return all(
        any(squeezed.issuperset(headers) for headers in accepted)
        for accepted in (LABEL_HEADERS, bounds)
    )


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
        percentage=(squeeze(bounds[0]),) in PERCENTAGE_HEADERS,
        penalty=penalty[0] if penalty else None,
        min_flex=flex[0] if flex else None,
        max_flex=flex[1] if flex else None,
    )


def _choose_bounds(
    table: Table, names: Mapping[str, list[str]], faults: list[Finding]
) -> list[str]:
    """A minimum and a maximum, else an amount, else a percentage.

    Beside one of the former, the latter are somebody's notes.
    """
    for accepted in (BOUND_HEADERS, AMOUNT_HEADERS, PERCENTAGE_HEADERS):
        if _any_of(accepted, names):
            return _choose(table, names, accepted, "quota-bounds-unknown", faults)
    perhaps = [name for name in table.header if PERHAPS_A_PERCENTAGE.fullmatch(squeeze(name))]
    if perhaps:
        faults.append(table.finding(code="quota-percentage", column=perhaps[0]))
        return []
    known = BOUND_HEADERS + AMOUNT_HEADERS + PERCENTAGE_HEADERS
    return _choose(table, names, known, "quota-bounds-unknown", faults)


def _any_of(accepted: Sequence[tuple[str, ...]], names: Mapping[str, list[str]]) -> bool:
    return any(name in names for headers in accepted for name in headers)


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
