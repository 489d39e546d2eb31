"""Which column of a pool is meant by a name, and which one tells people apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from sortition.errors import Finding, InputErrors
from sortition.tables.faults import rows_told
from sortition.tables.grid import Headed
from sortition.tables.labels import alike, fold, listed, looks_like_date, squeeze
from sortition.tables.matching import NO
from sortition.tables.rows import Table

# what is numbered, and what its number is called
_WHO = (
    *("participant", "respondent", "member", "volunteer", "applicant", "candidate", "registration"),
    *("deltager", "deltagar", "deltagare", "deltaker", "borger", "medborger", "medborgar", "svar"),
    *("respondent", "tilmelding", "tilmeldings", "ansøger", "kandidat", "løbe", "lobe", "løpe"),
    *("löp", "lop"),
)
_NUMBER = ("id", "nr", "nummer", "no", "number")
ID_NAMES = {
    *("id", "uniqueid", "personid", "nationbuilderid"),
    *(who + number for who in _WHO for number in _NUMBER),
}
# also the number of a house or of anything else, so taken only if they tell people apart
NUMBER_NAMES = {"nummer", "nr"}
PERHAPS_AN_ID = re.compile(
    r"(?:^|[\W_])(?:id|ref)(?:$|[\W_])|reference|nummer|nr\b|cpr|number|key|code|kode|nøgle"
)
# what people are called, where they live and how they are reached is published with no lottery
PERSONAL = re.compile(r"navn|name|namn|mail|phone|telefon|tlf|mobil|adresse|address|vej\b|street")
# columns by which a form or another tool says that somebody is not to be drawn
ADMITS = {
    *(
        "eligible",
        "canattend",
        "consent",
        "selectionstatus",
        "samtykke",
        "kandeltage",
        "berettiget",
    ),
    *("samtycke", "kandelta"),
}
OUT = {"withdrawn", "declined", "deleted", "selected", "confirmed", "trukket", "afbud"}
CODE = re.compile(r"(?=.*\d)[\w.-]+")


def heads(*names: str) -> Headed:
    """Whether a row has all of these names; see `sortition.tables.reading.read_table`."""
    wanted = frozenset(map(fold, names))
    return lambda row: wanted.issubset(map(fold, row))


def heads_ids(name: str) -> Headed:
    """Whether a row has this name of the ids, or one that everybody gives them."""
    return lambda row: any(fold(cell) == fold(name) or _words(cell) in ID_NAMES for cell in row)


def heads_called(words: Mapping[str, Collection[str]]) -> Headed:
    """Whether a row has a name for each meaning; see `columns_called`."""
    return lambda row: all({*called} & {*map(squeeze, row)} for called in words.values())


def columns_meant(header: Sequence[str], name: str) -> list[str]:
    """The column of this name; if there is none, those whose names fold to the same."""
    return [name] if name in header else alike(header, name)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the name with as many underscores as make it a new one."""
    return free_name(f"{name}_", taken) if name in taken else name


def match_column(table: Table, wanted: str, *, unknown: str) -> str:
    """The column of this name; if there is none, the one whose name folds to the same.

    Raises
    ------
    InputErrors
        With the code `unknown` if there is none, ``column-ambiguous`` if there are several.
    """
    found = columns_meant(table.header, wanted)
    if len(found) == 1:
        return found[0]
    code = "column-ambiguous" if found else unknown
    facts = {"columns": listed(found or table.header)}
    raise InputErrors((table.finding(code=code, column=wanted, facts=facts),))


def columns_called(table: Table, words: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The columns that are there, by what they mean.

    Parameters
    ----------
    words : mapping of str to collection of str
        What a column of each meaning may be called, squeezed.
    """
    return {
        meaning: name
        for meaning, called in words.items()
        for name in table.header
        if squeeze(name) in called
    }


def matched(table: Table, wanted: str, column: str) -> tuple[Finding, ...]:
    """What was assumed when `match_column` found a column: nothing if no other could be meant."""
    twins = [name for name in alike(table.header, column) if name != column]
    if wanted != column:
        return (table.finding(code="column-matched", column=column, value=wanted),)
    if twins:
        facts = {"columns": listed(twins)}
        return (table.finding(code="column-twin", column=column, facts=facts),)
    return ()


def unheeded(table: Table, used: Collection[str]) -> Iterator[Finding]:
    """Columns that say of people that they cannot or shall not take part, and decide nothing.

    Parameters
    ----------
    used : collection of str
        Columns that decide something.
    """
    for name in table.header:
        if name in used or re.sub(r"[\s_]", "", squeeze(name)) not in ADMITS:
            continue
        words = [fold(cell) for cell in table.column(name)]
        rows = [
            row
            for row, word in zip(table.row_numbers, words, strict=True)
            if word in NO or word in OUT
        ]
        if rows:
            yield table.finding(code="column-unheeded", column=name, facts=rows_told(rows))


def choose_id_column(table: Table, *, taken: Collection[str]) -> str | None:
    """The one column that by its name holds the ids; None if no column could be meant.

    A column called ``nummer`` or the like serves if there is no better name and it numbers
    everybody differently.

    Parameters
    ----------
    taken : collection of str
        Columns that are used for something else.

    Raises
    ------
    InputErrors
        If several columns could be meant, or one could whose name is not known for it.
    """
    free = [name for name in table.header if name not in taken]
    named = named_for_ids(table, taken=taken)
    if len(named) == 1:
        return named[0]
    if named:
        facts = {"columns": listed(named)}
        raise InputErrors((table.finding(code="id-column-ambiguous", facts=facts),))
    telling = [
        name
        for name in free
        if PERHAPS_AN_ID.search(squeeze(name))
        and not PERSONAL.search(squeeze(name))
        and _tells_apart(table.column(name))
    ]
    if telling:
        facts = {"columns": listed(telling)}
        raise InputErrors((table.finding(code="id-column-unclear", facts=facts),))
    return None


def codes(table: Table, *, taken: Collection[str]) -> list[str]:
    """The columns of codes that tell everybody apart, whatever they are called.

    Parameters
    ----------
    taken : collection of str
        Columns that are used for something else.
    """
    return [
        name
        for name in table.header
        if table.size > 1
        and name not in taken
        and not PERSONAL.search(squeeze(name))
        and _tells_apart(cells := table.column(name))
        and all(CODE.fullmatch(cell) and not looks_like_date(cell) for cell in cells)
    ]


def named_for_ids(table: Table, *, taken: Collection[str]) -> list[str]:
    """The columns whose names are known for ids."""
    free = [name for name in table.header if name not in taken]
    named = [name for name in free if _is_id_name(name)]
    numbering = [name for name in free if _words(name) in NUMBER_NAMES]
    if not named and len(numbering) == 1 and _tells_apart(table.column(numbering[0])):
        return numbering
    return named


def _is_id_name(name: str) -> bool:
    if re.search(r"\bidentifier\b", squeeze(name)):
        return True
    return _words(name) in ID_NAMES or re.search(r"\w[\s_-]+id$", squeeze(name)) is not None


def _words(name: str) -> str:
    """A name without what parts its words."""
    return re.sub(r"[\s._-]+", "", squeeze(name))


def _tells_apart(cells: tuple[str, ...]) -> bool:
    return all(cells) and len(set(cells)) == len(cells)
