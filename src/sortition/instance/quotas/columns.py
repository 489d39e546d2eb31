"""Which columns of a quota file hold the feature, the value, the bounds and what goes with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from unicodedata import combining, normalize

from sortition.errors import Finding, InputErrors
from sortition.tables.labels import listed, squeeze
from sortition.tables.rows import Table

# English, Danish, Swedish, Norwegian, German, Dutch, French, Spanish, Polish, Catalan, Italian,
# Portuguese. In one family
# `feature` (`egenskab`, `egenskap`) is the feature, in another the value: only the pair tells.
FEATURES = (
    *("category", "criterion", "characteristic", "kriterium", "kategori", "kategorie", "merkmal"),
    *("categorie", "kenmerk", "criterium", "catégorie", "critère", "caractéristique"),
    *("categoría", "criterio", "característica", "kategoria", "kryterium", "cecha"),
    *("criteri", "caratteristica", "stratum", "strate", "estrat", "estrato", "strato"),
)
EITHER = ("feature", "egenskab", "egenskap", "eigenschaft", "eigenschap")
VALUES = (
    *("value", "værdi", "värde", "verdi", "wert", "ausprägung", "waarde", "valeur", "modalité"),
    *("valor", "wartość", "valore", "substratum", "subestrat", "subestrato", "sous-strate"),
)
NAMES = ("name", "navn", "namn", "naam", "nom", "nombre", "nazwa")  # if nothing else is the value
LABEL_HEADERS = (
    (*product(FEATURES, VALUES), *product(FEATURES, EITHER), *product(EITHER, VALUES)),
    tuple(product(FEATURES, NAMES)),
)
LABEL_EXAMPLES = (  # one for each language
    ("feature", "value"),
    ("category", "name"),
    ("kriterium", "værdi"),
    ("kriterium", "värde"),
    ("kriterium", "verdi"),
    ("merkmal", "wert"),
    ("kenmerk", "waarde"),
    ("critère", "valeur"),
    ("criterio", "valor"),
    ("kryterium", "wartość"),
)
BOUND_HEADERS = (
    ("min", "max"),
    ("lower", "upper"),
    ("minimum", "maximum"),
    ("minimum", "maksimum"),
    ("min", "maks"),
    ("min.", "max."),
    ("min.", "maks."),
    ("at least", "at most"),
    ("mindst", "højst"),
    ("minst", "högst"),
    ("lägst", "högst"),
    ("minst", "høyst"),
    ("minst", "maks"),
    ("nedre", "øvre"),
    ("nedre", "övre"),
    ("undre", "övre"),
    ("mindestens", "höchstens"),
    ("mindestzahl", "höchstzahl"),
    ("untergrenze", "obergrenze"),
    ("minimaal", "maximaal"),
    ("minstens", "hoogstens"),
    ("au moins", "au plus"),
    ("mínimo", "máximo"),
    ("al menos", "como máximo"),
    ("mínim", "màxim"),
    ("minimo", "massimo"),
    ("minimalnie", "maksymalnie"),
    ("co najmniej", "co najwyżej"),
)
MOST_HEADERS = tuple({most: None for _, most in BOUND_HEADERS})  # a maximum without a minimum
AMOUNT_HEADERS = tuple(
    (name,)
    for name in (
        *("amount", "target", "number", "quota", "seats", "places", "how many"),
        *("antal", "antall", "mål", "måltal", "måltall", "kvote", "kvot", "pladser", "platser"),
        *("plasser", "ziel", "zielzahl", "zielwert", "soll", "sollzahl", "quote", "anzahl"),
        *("plätze", "doel", "doelaantal", "streefaantal", "quotum", "aantal", "plaatsen"),
        *("objectif", "cible", "effectif", "nombre", "sièges", "objetivo", "cuota", "cantidad"),
        *(
            "número",
            "plazas",
            "cel",
            "liczba",
            "kwota",
            "miejsca",
            "objectiu",
            "obiettivo",
            "posti",
        ),
        "lugares",
    )
)
PERCENTAGE_HEADERS = tuple(
    (name,)
    for name in (
        *("%", "percent", "percentage", "procent", "prosent", "pct", "share", "andel"),
        *("prozent", "anteil", "pourcentage", "porcentaje", "percentatge", "percentuale"),
        "percentagem",
    )
)
BOUND_EXAMPLES = (
    *BOUND_HEADERS[:2],
    *((name,) for name in ("max", "amount", "target", "number", "antal", "antall", "ziel")),
    *((name,) for name in ("aantal", "effectif", "número", "liczba", "%", "share")),
)
PENALTY_HEADERS = (("penalty",), ("straf",), ("straff",))
FLEX_HEADERS = (("min_flex", "max_flex"),)
PERHAPS_A_PERCENTAGE = re.compile(r".*(%|percent|procent|prosent|prozent|pourcent|porcent).*|pct\.")
# what is counted: “number of people”, “Antal pladser”, “nombre de places”, “min antal”
COUNTED = re.compile(
    r"(target|number|antall?|anzahl|aantal|nombre|número|liczba|min\.?|max\.?|maks\.?"
    r"|minimum|maximum|maksimum)"
    r" (?:(?:of|de|van|der|af|av) )?"
    r"(?:people|persons|participants|members|seats|places|number|antall?|anzahl|aantal"
    r"|personer|deltagere|deltakere|deltagare|medlemmer|pladser|plasser|platser|personen"
    r"|teilnehmer|teilnehmende|mitglieder|plätze|deelnemers|leden|plaatsen|zetels|personnes"
    r"|membres|sièges|personas|participantes|miembros|plazas|puestos|osób|uczestników|miejsc)"
)


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
    min_flex: str | None = None
    max_flex: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        needed = (self.feature, self.value, self.lower, self.upper)
        optional = (self.penalty, self.min_flex, self.max_flex)
        return tuple(dict.fromkeys(name for name in (*needed, *optional) if name))


def heads_quotas(names: Sequence[str]) -> bool:
    """Whether a row of a file has the names of a feature, its value, and how many there may be."""
    plain = set(map(_plain, names))
    most = tuple((name,) for name in MOST_HEADERS)
    bounds = (BOUND_HEADERS, AMOUNT_HEADERS, PERCENTAGE_HEADERS, most)
    return bool(label_headers(plain)) and any(_found(accepted, plain) for accepted in bounds)


def label_columns(header: Sequence[str]) -> list[str]:
    """The columns of the feature and its value: two, unless there are none or several."""
    pairs = label_headers(header)
    wanted = {(_plain(feature), _plain(value)) for feature, value in pairs}
    return [name for pair in wanted for plain in pair for name in header if _plain(name) == plain]


def label_headers(names: Collection[str]) -> list[tuple[str, ...]]:
    """The pairs among these names that can be the feature and its value."""
    plain = set(map(_plain, names))
    strong, weak = (_found(accepted, plain) for accepted in LABEL_HEADERS)
    return strong or weak


@cache
def _plain(name: str) -> str:
    """A header for matching: without accents, a final colon, and the people that it counts."""
    squeezed = squeeze(name).rstrip(" :")
    counted = COUNTED.fullmatch(squeezed)
    letters = normalize("NFD", counted[1] if counted else squeezed).replace("ł", "l")
    return "".join(letter for letter in letters if not combining(letter))


def _found(accepted: Iterable[tuple[str, ...]], plain: Collection[str]) -> list[tuple[str, ...]]:
    """The sets of headers all of which are among these names."""
    return [headers for headers in accepted if all(_plain(name) in plain for name in headers)]


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
        names.setdefault(_plain(name), []).append(name)
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
        percentage=_any_of(PERCENTAGE_HEADERS, set(map(_plain, bounds))),
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
    said = [name for headers in bounds for name in headers if _plain(name) in names]
    if said and {*map(_plain, said)} <= {*map(_plain, MOST_HEADERS)}:
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
    return any(_plain(name) in names for headers in accepted for name in headers)


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
    plain = dict.fromkeys(tuple(map(_plain, headers)) for headers in found)
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
