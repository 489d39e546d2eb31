"""Words that mean the same in Danish, Swedish, Norwegian and English; for a first draft only."""

from __future__ import annotations

import re
from functools import cache

from sortition.tables.labels import fold

# What columns are called. A row is one meaning.
HEADERS = (
    "gender|sex|køn|kønnet|kön|könet|kjønn|kjønnet|kjonn|juridisk køn|juridiskt kön|juridisk kjønn"
    "|gender identity|kønsidentitet|könsidentitet|kjønnsidentitet",
    "age|alder|ålder|alder i år|ålder i år|age in years|age group|age band|aldersgruppe"
    "|åldersgrupp|aldersinterval|åldersintervall|hvor gammel er du|hvor gammel|hur gammal|how old",
    "education|education level|level of education|highest education|uddannelse|uddannelsesniveau"
    "|udd.|uddannelsen|utdanningen|utbildningen"
    "|højeste uddannelse|højest fuldførte uddannelse|utbildning|utbildningsnivå"
    "|högsta utbildning|utdanning|utdanningsnivå|høyeste utdanning",
    "municipality|residence|kommune|kommun|bopæl|bopælskommune|bosted|bostedskommune"
    "|hemkommun|hjemkommune",
    "district|neighbourhood|neighborhood|bydel|stadsdel|distrikt|lokalområde|område|area",
    "region|county|landsdel|län|fylke|amt",
    "occupation|employment|work|job|jobb|jobsituation|beskæftigelse|erhverv|sysselsättning"
    "|sysselsetting|yrke|arbejde|arbete|arbeid|hvad laver du|arbejdssituation"
    "|hovedbeskæftigelse|tilknytning til arbejdsmarkedet|employment status",
    "housing|tenure|type of housing|bolig|boligtype|boligform|ejerforhold|hvordan bor du"
    "|boende|boendeform|upplåtelseform|boform|boligsituation",
    "country of birth|birth country|fødeland|födelseland|fødselsland",
    "origin|background|herkomst|oprindelse|bakgrund|bakgrunn|härkomst",
    "ethnicity|ethnic group|ethnic background|ethnic origin|etnicitet|etnisitet|etnisk baggrund"
    "|etnisk bakgrund|etnisk bakgrunn",
    "language|sprog|språk|mother tongue|modersmål|morsmål",
    "disability|handicap|funktionsnedsættelse|funktionsnedsättning|funksjonsnedsettelse",
    "urban or rural|urbanity|by eller land|by/land|stad eller land|by/bygd",
)
BIRTHS = (
    "year of birth|birth year|birthyear|fødselsår|födelseår|fødeår|født|född",
    "date of birth|birth date|birthdate|birthday|dob|fødselsdato|fødselsdag|født den|fødedato"
    "|födelsedatum|födelsedag",
)

# Questions about them: that somebody was born, and that it is the time that is asked for.
BORN = re.compile(r"\b(?:født|fødd|född|born)\b")
WHEN = re.compile(r"\b(?:år|årstal|hvornår|når|när|when|year|dato|datum|date)\b")
SPELLED = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
LONG_ENOUGH = 6  # letters of a word that longer ones may begin with

# What their cells say. Those of the first group are looked for in columns for gender alone.
GENDERS = (
    "female|f|woman|women|kvinde|kvinder|kvinna|kvinnor|kvinne|kvinner|k|kv",
    "male|m|man|men|mand|mænd|män|mann|menn",
    "other|another|nonbinary|non-binary|x|andet|anden|andre|annat|annan|andra|annet"
    "|nonbinær|non-binær|ikke-binær|icke-binär|ickebinär",
)
ANYWHERE = (
    "yes|y|ja|j|true|sand|sandt|sant|1",
    "no|n|nej|nei|false|falsk|falskt|usant|0",
    "primary|primary school|compulsory school|lower secondary|grundskole|folkeskole|grundskola"
    "|grunnskole|grunnskule",
    "vocational|vocational training|erhvervsuddannelse|erhvervsfaglig uddannelse"
    "|yrkesutbildning|yrkesutdanning",
    "upper secondary|high school|gymnasial uddannelse|gymnasium|gymnasial|gymnasieskola"
    "|videregående skole",
    "long higher|lang videregående|lang videregående uddannelse",
    "urban|town|city|by|stad",
    "rural|country|countryside|land|landsbygd|landdistrikt|bygd",
    "employed|in work|i arbejde|i beskæftigelse|beskæftiget|sysselsatt|i arbete|i arbeid",
    "unemployed|out of work|arbejdsløs|ledig|arbetslös|arbeidsledig",
    "retired|pensioner|pensionist|pensionär|pensjonist",
    "student|studerende|under uddannelse|studerande",
)


def _meanings(rows: tuple[str, ...]) -> dict[str, int]:
    """What each word means, and as it is spelled where names may have the letters a to z alone."""
    known = {fold(word): number for number, row in enumerate(rows) for word in row.split("|")}
    return {_spelled(word): number for word, number in known.items()} | known


def _spelled(word: str) -> str:
    return word.translate(SPELLED)


_HEADERS = _meanings(HEADERS)
_BIRTHS = _meanings(BIRTHS)
_GENDERS, _ANYWHERE = _meanings(GENDERS), _meanings(ANYWHERE)
_LONG_BIRTHS = tuple(word for word in _BIRTHS if BORN.fullmatch(word) is None)
_GENDER, _AGE = _HEADERS["gender"], _HEADERS["age"]


def same_header(one: str, other: str) -> bool:
    """Whether two names of columns are known to mean the same."""
    meaning = _HEADERS.get(fold(one))
    return meaning is not None and meaning == _HEADERS.get(fold(other))


def means_age(name: str) -> bool:
    """Whether a feature or a column is about ages."""
    return _HEADERS.get(fold(name)) == _AGE


def tells_age(header: str, feature: str) -> bool:
    """Whether a column holds the years or dates of birth that a feature's ages follow from."""
    return asks_for_birth(header) and means_age(feature)


def asks_for_birth(question: str) -> bool:
    """Whether a column holds years or dates of birth, by its name or the question above it."""
    folded = fold(question)
    asked = BORN.search(folded) and WHEN.search(folded)
    return folded in _BIRTHS or bool(asked) or any(_says(folded, word) for word in _LONG_BIRTHS)


def asks_about(question: str, feature: str) -> bool:
    """Whether the question above a column has a feature's name in it, or a word for the same."""
    folded = fold(question)
    meaning = _HEADERS.get(fold(feature))
    words = {
        fold(feature),
        _spelled(fold(feature)),
        *(word for word, own in _HEADERS.items() if own == meaning),
    }
    return any(_says(folded, word) for word in words)


def _says(question: str, word: str) -> bool:
    return word in question and _as_word(word).search(question) is not None


@cache
def _as_word(word: str) -> re.Pattern[str]:
    end = "" if len(word) >= LONG_ENOUGH else r"\b"
    return re.compile(rf"\b{re.escape(word)}{end}")


def same_value(feature: str, one: str, other: str) -> bool:
    """Whether two values of a feature are known to mean the same."""
    words = _GENDERS if _HEADERS.get(fold(feature)) == _GENDER else _ANYWHERE
    meaning = words.get(fold(one))
    return meaning is not None and meaning == words.get(fold(other))
