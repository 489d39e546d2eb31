"""Who is who: columns that stand in a list of their own, beside a pool that names nobody."""

from __future__ import annotations

from sortition.errors import InputErrors
from sortition.tables.columns import choose_id_column, match_column
from sortition.tables.ids import with_zeros
from sortition.tables.labels import nfc
from sortition.tables.rows import Table


def with_contacts(pool: Table, listed: Table | None, id_column: str | None) -> Table:
    """A pool with the columns that a list has for the same ids.

    A column that the pool has itself stays the pool's. Who is on the list alone is passed over.

    Parameters
    ----------
    listed : Table or None
        None: the pool is as it is.
    id_column : str or None
        Of the pool; the list has one of that name.

    Raises
    ------
    InputErrors
        If there is no such column, an id stands twice on the list, or somebody is not on it.
    """
    if listed is None:
        return pool
    wanted = id_column or choose_id_column(pool, taken=())
    if wanted is None:
        raise InputErrors((pool.finding(code="contacts-without-ids"),))
    own = match_column(pool, wanted, unknown="id-column-unknown")
    theirs = match_column(listed, wanted, unknown="id-column-unknown")
    people = [nfc(cell) for cell in pool.column(own)]
    listed = with_zeros(listed, theirs, frozenset(people))
    ids = [nfc(cell) for cell in listed.column(theirs)]
    places = {id: place for place, id in enumerate(ids)}
    faults = [
        listed.finding(code="contacts-twice", row=row, column=theirs, value=id)
        for place, (row, id) in enumerate(zip(listed.row_numbers, ids, strict=True))
        if id and places[id] != place
    ]
    faults += [
        pool.finding(code="contacts-missing", row=row, value=id, facts={"list": listed.file})
        for row, id in zip(pool.row_numbers, people, strict=True)
        if id and id not in places
    ]
    if faults:
        raise InputErrors(tuple(faults))
    columns: dict[str, tuple[str, ...]] = {}
    for name in listed.header:
        if name not in pool.header and name != theirs:
            cells = listed.column(name)
            columns[name] = tuple([cells[places[id]] if id else "" for id in people])
    return pool.changed(columns).noticing(*listed.assumed)
