"""What stands in the fields of a letter: facts of the assembly, and cells of each person."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sortition.errors import Finding, InputErrors
from sortition.steps.letters.options import Options
from sortition.tables.columns import columns_called, match_column
from sortition.tables.faults import attempt, rows_told
from sortition.tables.labels import listed, squeeze
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.invitation import code_column

CODE, LINK, QR, NAME, ADDRESS = "code", "link", "qr", "name", "address"
FACTS = ("assembly", "organiser", "contact", "days", "date", "answer-by")
PERSONAL = (NAME, ADDRESS, CODE, LINK, QR)
IN_LINK = "{code}"
OF_A_STREET = ("street", "house", "floor", "door")  # the first line where no column has it whole
JOINED = "+"  # between the columns of one line of an address
CALLED = {
    "whole": ("navn", "name", "fulde navn", "full name", "namn"),
    "first": ("fornavn", "fornavne", "first name", "firstname", "given name", "förnamn"),
    "last": ("efternavn", "last name", "lastname", "surname", "family name", "etternavn"),
    "address": ("adresse", "address", "adress"),
    "street": ("vejnavn", "vej", "street", "gade", "gadenavn", "street name"),
    "house": ("husnr", "husnr.", "husnummer", "hus nr", "hus nr.", "house number", "house no"),
    "floor": ("etage", "floor"),
    "door": ("dør", "sidedør", "side/dør", "door"),
    "postcode": ("postnummer", "postnr", "postnr.", "postal code", "postcode", "zip"),
    "town": ("by", "city", "town", "postdistrikt", "poststed", "ort", "bynavn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What fills a template in.

    Attributes
    ----------
    facts : mapping of str to str
        The same for everybody.
    people : sequence of mapping of str to str
        Of each person, with the facts among them; `QR` holds what the picture says.
    assumed : tuple of Finding
    """

    facts: Mapping[str, str]
    people: Sequence[Mapping[str, str]] = field(repr=False)  # out of tracebacks
    assumed: tuple[Finding, ...]


def fields_of(
    used: Collection[str], roster: Roster, options: Options, facts: Mapping[str, str], file: str
) -> Fields:
    """Everything that fills in the fields that a template uses.

    Parameters
    ----------
    used : collection of str
        The names of fields, squeezed.
    roster : Roster
    options : Options
    facts : mapping of str to str
        What is known of `FACTS` and of fields that were named by hand.
    file : str
        What the template is called.

    Raises
    ------
    InputErrors
        With every field that nothing is known for.
    """
    faults: list[Finding] = []
    table = roster.table
    names = attempt(faults, lambda: _columns(table, options.names) or _usual_name(table)) or []
    lines = attempt(faults, lambda: _lines(table, options.address) or _usual_lines(table)) or []
    code = code_column(table.header)
    coded = bool(code)
    there = {squeeze(name): name for name in table.header}
    known = {
        NAME: bool(names),
        ADDRESS: bool(lines),
        CODE: coded,
        LINK: bool(options.reply_at) and (coded or IN_LINK not in options.reply_at),
        QR: coded or (bool(options.reply_at) and IN_LINK not in options.reply_at),
        **{name: bool(facts.get(name)) for name in FACTS},
        **dict.fromkeys(facts, True),
    }
    for name in sorted(used):
        if not known.get(name, name in there):
            faults.append(_missing(name, file, table, known, options, coded=coded))
    if faults:
        raise InputErrors(tuple(faults))
    people = []
    for row in table.rows:
        cells = dict(zip(table.header, row, strict=True))
        own = _personal(cells, names, lines, cells[code] if code else "", options.reply_at)
        shown = {key: cells[name] for key, name in there.items() if key in used}
        people.append({**shown, **own, **facts})
    return Fields(
        facts=facts,
        people=people,
        assumed=(*_told(options, names, lines, used, table), *_blank(used, people, table)),
    )


def _personal(
    cells: Mapping[str, str],
    names: Sequence[str],
    lines: Sequence[Sequence[str]],
    code: str,
    reply_at: str,
) -> dict[str, str]:
    link = reply_at.replace(IN_LINK, code)
    shown = [" ".join(filter(None, (cells[name] for name in line))) for line in lines]
    return {
        NAME: " ".join(filter(None, (cells[name] for name in names))),
        ADDRESS: "\n".join(filter(None, shown)),
        CODE: code,
        LINK: link,
        QR: link or code,
    }


def _columns(table: Table, wanted: Sequence[str]) -> list[str]:
    faults: list[Finding] = []
    found = [
        attempt(faults, lambda name=name: match_column(table, name, unknown="letters-column"))  # type: ignore[misc]
        for name in wanted
    ]
    if faults:
        raise InputErrors(tuple(faults))
    return [name for name in found if name]


def _lines(table: Table, wanted: Sequence[str]) -> list[list[str]]:
    return [_columns(table, [name.strip() for name in line.split(JOINED)]) for line in wanted]


def _usual_name(table: Table) -> list[str]:
    found = columns_called(table, CALLED)
    if "first" in found or "last" in found:
        return [found[part] for part in ("first", "last") if part in found]
    return [found["whole"]] if "whole" in found else []


def _usual_lines(table: Table) -> list[list[str]]:
    found = columns_called(table, CALLED)
    parts = ("address",) if "address" in found else OF_A_STREET if "street" in found else ()
    first, place = (
        [found[part] for part in line if part in found] for line in (parts, ("postcode", "town"))
    )
    return [line for line in (first, place) if line] if first else []


def _missing(
    name: str,
    file: str,
    table: Table,
    known: Mapping[str, bool],
    options: Options,
    *,
    coded: bool,
) -> Finding:
    """What is wrong with a field that nothing is known for, and how to mend it."""
    if name in FACTS:
        return Finding(code="letters-fact", file=file, value=name, facts={"option": f"--{name}"})
    if name in {NAME, ADDRESS}:
        option = "--names" if name == NAME else "--address"
        usual = CALLED["whole" if name == NAME else "address"]
        facts = {"option": option, "columns": listed(table.header), "usual": listed(usual[:2])}
        return Finding(code="letters-who", file=file, value=name, facts=facts)
    if name == LINK and not options.reply_at:
        return Finding(code="letters-fact", file=file, value=name, facts={"option": "--reply-at"})
    if name in PERSONAL and not coded:
        return table.finding(code="letters-without-code", facts={"template": file})
    every = [*known, *map(squeeze, table.header)]
    close = difflib.get_close_matches(name, every, n=1, cutoff=0.7)
    facts = {"known": listed(every), **({"closest": close[0]} if close else {})}
    return Finding(code="letters-field", file=file, value=name, facts=facts)


def _told(
    options: Options,
    names: Sequence[str],
    lines: Sequence[Sequence[str]],
    used: Collection[str],
    table: Table,
) -> Iterator[Finding]:
    """Which columns were taken for the name and the address, where nobody said so."""
    if NAME in used and not options.names:
        yield table.finding(code="letters-names-taken", facts={"columns": listed(names)})
    if ADDRESS in used and not options.address:
        columns = listed(name for line in lines for name in line)
        yield table.finding(code="letters-address-taken", facts={"columns": columns})


def _blank(
    used: Collection[str], people: Sequence[Mapping[str, str]], table: Table
) -> Iterator[Finding]:
    for name in sorted(used):
        rows = [
            row
            for row, own in zip(table.row_numbers, people, strict=True)
            if not own.get(name, "").strip()
        ]
        if rows:
            yield table.finding(code="letters-blank", value=name, facts=rows_told(rows))
