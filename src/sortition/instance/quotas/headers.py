"""What the columns of a quota file are called, in a dozen languages."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from unicodedata import combining, normalize

from sortition.tables.labels import squeeze

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


@cache
def plain_header(name: str) -> str:
    """A header for matching: without accents, a final colon, and the people that it counts."""
    squeezed = squeeze(name).rstrip(" :")
    counted = COUNTED.fullmatch(squeezed)
    letters = normalize("NFD", counted[1] if counted else squeezed).replace("ł", "l")
    return "".join(letter for letter in letters if not combining(letter))
