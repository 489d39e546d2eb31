"""Which column of a pool is meant by a name, and which one tells people apart."""

from __future__ import annotations

import re
from collections.abc import Collection

from sortition.errors import Finding, InputErrors
from sortition.files.labels import fold, listed, squeeze
from sortition.files.tables import Table

ID_NAMES = {
    "id",
    "uniqueid",
    "personid",
    "memberid",
    "respondentid",
    "nationbuilderid",
    "volunteerid",
    "deltagerid",
    "løbenummer",
    "lobenummer",
}
PERHAPS_AN_ID = re.compile(r"(?:^|[\W_])id(?:$|[\W_])|nummer|cpr|navn|name|number|key|code")


def match_column(table: Table, wanted: str, *, unknown: str) -> str:
    """The column of this name; if there is none, the one whose name folds to the same.

    Raises
    ------
    InputErrors
        With the code `unknown` if there is none, ``column-ambiguous`` if there are several.
    """
    if wanted in table.header:
        return wanted
    found = [name for name in table.header if fold(name) == fold(wanted)]
    if len(found) == 1:
        return found[0]
    code = "column-ambiguous" if found else unknown
    facts = {"columns": listed(found or table.header)}
    raise InputErrors((table.finding(code=code, column=wanted, facts=facts),))


def matched(table: Table, wanted: str, column: str) -> tuple[Finding, ...]:
    """What was assumed when `match_column` found a column: nothing if the names are equal."""
    if wanted == column:
        return ()
    return (table.finding(code="column-matched", column=column, value=wanted),)


def choose_id_column(table: Table, *, taken: Collection[str]) -> str | None:
    """The one column that by its name holds the ids; None if no column could be meant.

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
    named = [name for name in free if _is_id_name(name)]
    if len(named) == 1:
        return named[0]
    if named:
        facts = {"columns": listed(named)}
        raise InputErrors((table.finding(code="id-column-ambiguous", facts=facts),))
    telling = [
        name
        for name in free
        if PERHAPS_AN_ID.search(squeeze(name)) and _tells_apart(table.column(name))
    ]
    if telling:
        facts = {"columns": listed(telling)}
        raise InputErrors((table.finding(code="id-column-unclear", facts=facts),))
    return None


def _is_id_name(name: str) -> bool:
    words = re.sub(r"[\s_-]+", "_", squeeze(name))
    return words.replace("_", "") in ID_NAMES or words.endswith("_id")


def _tells_apart(cells: tuple[str, ...]) -> bool:
    return all(cells) and len(set(cells)) == len(cells)
