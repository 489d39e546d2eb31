"""What programs and people put into a list of answers that is no answer, or not one of one row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sortition.tables.coded import Coded
from sortition.tables.grid import Headed
from sortition.tables.notes import is_total
from sortition.tables.rows import Table

SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")
VARIABLE = re.compile(r"[^\W\d][\w.]*(?:\[\w+\])?")
IMPORTED = '{"ImportId"'  # as Qualtrics begins the cells of a third row of its header
# what is asked of the first, the second, … of several people: "Navn 2", "Alder (person 2)"
OF_ONE = re.compile(
    r"(.*[^\W\d])[ _.:–-]*\(?"
    r"(?:(?:person|deltager|beboer|deltagare|deltaker|nr|no)\b\.? ?)?([1-9])\)?",
    re.IGNORECASE | re.DOTALL,
)
BY_BIRTH = re.compile(
    r"\b(?:køn|kön|kjønn|sex|gender|alder|ålder|age|født|fødsels|född|fødd|birth|born|cpr)",
    re.IGNORECASE,
)
CALLED = re.compile(r"navn|name|namn", re.IGNORECASE)


def without_labels(table: Table, headed: Headed) -> tuple[Table, dict[str, str]]:
    """The table without the row of questions that stands below names of variables, and these."""
    if not table.size or not all(map(VARIABLE.fullmatch, table.header)):
        return table, {}
    first = tuple(table.column(name)[0] for name in table.header)
    if not headed(first):
        return table, {}
    gone = {row := table.row_numbers[0]}
    if table.size > 1 and table.column(table.header[0])[1].startswith(IMPORTED):
        gone.add(table.row_numbers[1])
    noticed = table.finding(code="questions-below-header", row=row)
    whole = table.without(gone).noticing(noticed)
    return whole, dict(zip(table.header, first, strict=True))


def without_total(table: Table) -> Table:
    """The table without a last row that counts the others."""
    last = [column[-1] for name in table.header if (column := table.column(name))]
    first, *others = [cell for cell in last if cell] or [""]
    if not is_total(first) or not all(cell.isdecimal() for cell in others):
        return table
    row = table.row_numbers[-1]
    noticed = table.finding(code="total-passed-over", row=row)
    return table.without({row}).noticing(noticed)


def without_repeats(table: Table, alike: Mapping[str, str]) -> Table:
    """The table without rows that are its header again, as where exports were put together."""
    first, *_ = table.header
    again = [place for place, cell in enumerate(table.column(first)) if cell == first]
    rows = {
        table.row_numbers[place]
        for place in again
        if all(table.column(it)[place] in ("", it, alike.get(it)) for it in table.header)
    }
    if not rows:
        return table
    noticed = table.finding(code="header-repeated", row=min(rows), facts={"count": len(rows)})
    return table.without(rows).noticing(noticed)


def one_a_row(table: Table, headed: Headed) -> Table:
    """The table with a row for each person, where several stood beside each other in one.

    They did if some questions stand there once for each of them, one for a name and one for what
    she is by birth: who else is named, such as somebody to be reached through, is nobody's answer.
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in table.header:
        if match := OF_ONE.fullmatch(name):
            found[match[2]][match[1].strip(" (")] = name
    if "1" not in found and found:  # the first may have no number
        found["1"] = {stem: stem for own in found.values() for stem in own if stem in table.header}
    people = [found[number] for number in sorted(found)]
    stems = set(people[0]) if people else set()
    if (
        len(people) < 2
        or any(set(own) != stems for own in people)
        or not any(map(CALLED.search, stems))
        or not any(map(BY_BIRTH.search, stems))
        or not headed(tuple(stems))
    ):
        return table
    cells = {name: table.column(name) for own in people for name in own.values()}
    rows = [
        (place, own)
        for place in range(table.size)
        for own in people
        if own is people[0] or any(cells[name][place] for name in own.values())
    ]
    places = [place for place, _ in rows]
    columns: dict[str, Sequence[str]] = {
        name: [table.column(name)[place] for place in places]
        for name in table.header
        if name not in cells
    }
    for stem in people[0]:
        columns[stem] = [cells[own[stem]][place] for place, own in rows]
    noticed = table.finding(code="people-beside", facts={"people": len(people), "rows": len(rows)})
    whole = table.at(places).with_columns(columns)
    return replace(whole, doubtful={}, merged={}).noticing(noticed)


def day_first(table: Table, births: Sequence[str]) -> Table:
    """The table with the day before the month in dates of birth that came the American way.

    They did if a cell of the column has a day where no month can be, and none has one before it.
    """
    made: dict[str, Coded] = {}
    for name in births:
        cells = table.coded(name)
        dates = list(filter(None, map(SLASHED.fullmatch, cells.values)))
        if any(int(one[2]) > 12 for one in dates) and all(int(one[1]) <= 12 for one in dates):
            made[name] = cells.read(lambda cell: SLASHED.sub(r"\2/\1/\3", cell))
    if not made:
        return table
    noticed = [table.finding(code="month-first", column=name) for name in made]
    return table.changed(made).noticing(*noticed)
