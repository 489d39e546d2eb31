"""What stands for an address that is not known, or that nobody may know."""

from __future__ import annotations

import re

from sortition.tables.labels import squeeze

_ADDRESS = r"adress?e?n?|address|adres"
_WORDS = "|".join(
    (
        # not known, not told
        *(
            "ukendt",
            "unknown",
            "not known",
            "ukjent",
            "okänd",
            "unbekannt",
            "onbekend",
            "inconnue?",
        ),
        *("desconocid[ao]", "nieznany", "uoplyst", "ikke oplyst", "ikke angivet", "not given"),
        *("not stated", "not available", "missing", "mangler", "keine angabe", "ei tiedossa"),
        *("n ?/ ?a", r"n\.? ?a\.?", "null", "nil", "none", "ingen", "no", "nan", "intet", "tbd"),
        # not to be told
        "(?:navne ?-? ?(?:og|&) ?)?(?:adresse ?)?beskytte(?:t|lse)",
        *("hemmeligt?", "hemlig", "geheim", "secret", "withheld", "protected", "confidential"),
        *("(?:strengt )?fortrolig", "skjult", "hidden", "private", "redacted", "sekretess"),
        *("skydda[dt](?: identitet)?", "gesperrt", "anonym(?:ous)?", "kode [67]", "sperret"),
        # nowhere
        *("hjemløs", "homeless", "no fixed abode", "(?:ingen|uden) fast (?:bopæl|adresse)"),
        "x+",
    )
)
# signs by their ranges, so that Python and a database read them alike
_SIGNS = r"[ !-/:-@\[-`{-¿×÷‐-⁞∀-⋿]*"
# in a cell that is squeezed
NO_ADDRESS = rf"{_SIGNS}(?:(?:(?:{_ADDRESS}) ?)?(?:{_WORDS})(?: ?(?:{_ADDRESS}))?)?{_SIGNS}"
_READ = re.compile(NO_ADDRESS)


def tells_address(cell: str) -> bool:
    """Whether a cell says something of where somebody lives.

    A blank cell does not, nor dashes and the like alone, nor a word such as ``Ukendt``, ``n/a``
    or ``Hemmelig adresse``.
    """
    return _READ.fullmatch(squeeze(cell)) is None
