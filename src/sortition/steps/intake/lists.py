"""The lists: the pool, which names nobody, and the contacts, which name everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sortition.instance.quotas.columns import find_quota_columns
from sortition.pages.wording import Wording, wording
from sortition.steps.intake.added import quota_rows
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.result import Intake
from sortition.steps.intake.roles import EMAIL
from sortition.steps.intake.told import key_words, reason
from sortition.steps.intake.who.given import Given, Person
from sortition.steps.intake.who.missing import Missing
from sortition.tables.cpr.numbers import masked
from sortition.tables.labels import squeeze
from sortition.tables.written.lists import csv_rows, workbook_bytes

Row = tuple[str, ...]
ID = "id"
CONTACT = ("code", "email", "phone", "address", "postcode")
CONTACTS = ("name", *CONTACT, "where")
OPTIONAL = ("penalty", "min_flex", "max_flex")


def pool_rows(intake: Intake, people: Iterable[Person]) -> list[Row]:
    """People of the pool: an id, and the value of each feature in the words of the quotas."""
    features = [feature.name for feature in intake.files.features]
    rows = [
        (person.id, *(intake.outcomes[person.id][name].value for name in features))
        for person in people
    ]
    return [(ID, *features), *rows]


def pool_csv(intake: Intake) -> bytes:
    """The pool in the dialect of the file of quotas."""
    return csv_rows(pool_rows(intake, intake.pool), like=intake.files.quotas.table)


def frame_csv(intake: Intake, frame: Missing) -> bytes:
    """Those of the pool who were asked by one frame of several; says who that is."""
    return csv_rows(pool_rows(intake, intake.drawable(frame)), like=intake.files.quotas.table)


def pool_xlsx(intake: Intake) -> bytes:
    """The pool as a workbook."""
    return workbook_bytes({"pool": pool_rows(intake, intake.pool)})


def quotas_csv(intake: Intake) -> bytes:
    """The quotas with the values that were added, and what else their file says, as its figures."""
    sheet = intake.files.quotas
    table = sheet.table
    rows = list(quota_rows(sheet.quotas, list(intake.added)))
    header = ("feature", "value", "min", "max")
    called = wording(intake.options.language, ROOM).each("quotas", *header)
    used = [name for name in OPTIONAL if any(row[name] for row in rows)]
    columns = (*header, *used)
    read = find_quota_columns(table).names
    further = [place for place, name in enumerate(table.header) if name not in read]
    lines = dict(zip(table.row_numbers, table.rows, strict=True))

    def cells(row: Mapping[str, str]) -> Row:
        line = lines.get(sheet.rows.get((row["feature"], row["value"]), 0), ())
        told = (str(line[place]) if line else "" for place in further)
        return (*(row[name] for name in columns), *told)

    first = (*called, *used, *(table.header[place] for place in further))
    return csv_rows([first, *map(cells, rows)], like=table)


def contacts_xlsx(intake: Intake) -> bytes:
    """Who is who: the pool, whom to ask again, who was left out and why, and who answered twice."""
    w = wording(intake.options.language, ROOM)
    sheets = {
        "pool": [_header(w, *_wishes(intake)), *_people(intake)],
        "ask": [(ID, *w.each("contacts", "name", "phone", "email", "missing"))],
        "out": [(ID, *w.each("contacts", "name", "phone", "email", "reason", "where"))],
        "twice": [(ID, *w.each("contacts", "name", "keys", "counts", "others"))],
    }
    for person in intake.to_ask:
        missing = ", ".join(intake.unsaid(person))
        sheets["ask"].append((person.id, *_reached(person), missing))
    for person in intake.people:
        if person.id in intake.out:
            one = intake.out[person.id]
            row = (person.id, *_reached(person), reason(one, w), person.counts.where)
            sheets["out"].append(row)
    for person in intake.several:
        keys = ", ".join(key_words(key, w) for key in person.keys)
        others = ", ".join(one.where for one in person.others)
        row = (person.id, person.counts.name, keys, person.counts.where, others)
        sheets["twice"].append(row)
    return workbook_bytes({w.text(f"sheets.{name}"): rows for name, rows in sheets.items()})


def _header(w: Wording, *wishes: str) -> Row:
    return (ID, *w.each("contacts", *CONTACTS), *wishes)


def _reached(person: Person) -> Row:
    """Name, telephones and e-mail addresses, from whichever answer has them."""
    return (_name(person), _first(person, "phone"), _first(person, "email"))


def _name(person: Person) -> str:
    return next(filter(None, (one.name for one in person.all)), "")


def _first(person: Person, role: str) -> str:
    for one in person.all:
        if found := _cells(one, role):
            return ", ".join(found)
    return ""


def _cells(given: Given, role: str) -> list[str]:
    """What somebody gave for a role; no other word stands beside an address for mail."""
    cells = given.cells(role)
    return [cell for cell in cells if role == "email" and EMAIL.search(cell)] or cells


def _people(intake: Intake) -> Iterator[Row]:
    questions = _wishes(intake)
    columns = _columns(intake, questions)
    for person in intake.pool:
        contact = (_first(person, role) for role in CONTACT)
        said = [
            [one.cell(name) if name else "" for name in columns[one.source.own.sheet.file]]
            for one in person.all
        ]
        wishes = (masked(next(filter(None, cells), "")) for cells in zip(*said, strict=True))
        yield (person.id, _name(person), *contact, person.counts.where, *wishes)


def _wishes(intake: Intake) -> list[str]:
    """The questions that are neither of a feature nor of who somebody is, each once."""
    found: dict[str, str] = {}
    for source in intake.files.answers:
        used = {name for names in source.own.roles.values() for name in names}
        used |= {one.column for one in source.sources.values() if one is not None}
        for name, question in source.own.sheet.questions.items():
            if name not in used:
                found.setdefault(squeeze(question), question)
    return list(found.values())


def _columns(intake: Intake, questions: Sequence[str]) -> dict[str, list[str | None]]:
    """The column of each of some questions in every file, by the file; None where it has none."""
    found = {}
    for source in intake.files.answers:
        own = {squeeze(one): name for name, one in source.own.sheet.questions.items()}
        found[source.own.sheet.file] = [own.get(squeeze(question)) for question in questions]
    return found
