"""The rules of a seating plan from a table: a row for each person or kind of people."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.seating.plan import Rule, RuleKind
from sortition.tables.columns import columns_called
from sortition.tables.faults import attempt
from sortition.tables.ids import with_zeros
from sortition.tables.labels import alike, fold, listed, nfc
from sortition.tables.roster import Roster
from sortition.tables.rows import Table

COLUMNS = {
    "group": {"group", "gruppe"},
    "rule": {"rule", "regel"},
    "who": {"who", "hvem"},
}
KINDS: dict[str, RuleKind] = {
    "together": "together",
    "sammen": "together",
    "apart": "apart",
    "adskilt": "apart",
    "hver for sig": "apart",
}
TABLE = re.compile(r"(?:table|bord)\s*0*(\d{1,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingRules:
    """Rules whose people are positions among the ids in order, and what was assumed."""

    rules: tuple[Rule, ...]
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    group: str
    kind: RuleKind
    table: int | None
    ids: frozenset[str]

    @property
    def rule(self) -> tuple[RuleKind, int | None]:
        return self.kind, self.table


def read_rules(table: Table, roster: Roster, *, tables: int) -> SeatingRules:
    """Read who sits together, apart, or at a set table.

    Parameters
    ----------
    table : Table
        With the columns group, rule and who. Rows of one group have one rule: ``together``,
        ``apart`` or ``table 3``. Who is an id, or ``column=value`` for all who have the value.
    roster : Roster
        Those who are to be seated.
    tables : int

    Raises
    ------
    InputErrors
        With every fault of the table.
    """
    columns = _columns(table)
    table = with_zeros(table, columns["who"], roster.ids)
    reader = _Reader(table=table, columns=columns, roster=roster, tables=tables)
    faults: list[Finding] = []
    groups: dict[str, list[_Row]] = {}
    for index in range(len(table.rows)):
        row = attempt(faults, partial(reader.row, index))
        if row is None:
            continue
        group = groups.setdefault(fold(row.group), [])
        if group and row.rule != group[0].rule:
            first = group[0]
            facts: dict[str, str | int] = {"group": first.group, "first": first.number}
            faults.append(reader.fault("seating-rule-mixed", index, "rule", facts))
        else:
            group.append(row)
    if faults:
        raise InputErrors(tuple(faults))
    position = {id: number for number, id in enumerate(sorted(roster.ids))}
    rules = tuple(_rule(rows, position) for rows in groups.values())
    return SeatingRules(rules=rules, assumed=(*table.assumed, *_of_one(table, rules)))


def unknown_id(table: Table, row: int, column: str, id: str, roster: Roster) -> Finding:
    """The fault of an id that nobody has, with the closest one if any."""
    found = difflib.get_close_matches(id, sorted(roster.ids), n=1, cutoff=0.75)
    facts = {"closest": found[0]} if found else {}
    return table.finding(code="seating-id-unknown", row=row, column=column, value=id, facts=facts)


def _columns(table: Table) -> dict[str, str]:
    found = columns_called(table, COLUMNS)
    if len(found) < len(COLUMNS):
        facts = {"seen": listed(table.header)}
        raise InputErrors((table.finding(code="seating-rules-header", facts=facts),))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the rows of one table of rules."""

    table: Table
    columns: Mapping[str, str]
    roster: Roster
    tables: int

    def row(self, index: int) -> _Row:
        faults = [
            self.fault("seating-rule-blank", index, name)
            for name in self.columns
            if not self.cell(index, name)
        ]
        rule = attempt(faults, partial(self._rule, index)) if self.cell(index, "rule") else None
        ids = attempt(faults, partial(self._ids, index)) if self.cell(index, "who") else None
        if faults or rule is None or ids is None:
            raise InputErrors(tuple(faults))
        kind, place = rule
        return _Row(
            number=self.table.row_numbers[index],
            group=self.cell(index, "group"),
            kind=kind,
            table=place,
            ids=ids,
        )

    def cell(self, index: int, name: str) -> str:
        return self.table.rows[index][self.table.header.index(self.columns[name])]

    def fault(
        self, code: str, index: int, name: str, facts: Mapping[str, str | int] | None = None
    ) -> Finding:
        return self.table.finding(
            code=code,
            row=self.table.row_numbers[index],
            column=self.columns[name],
            value=self.cell(index, name),
            facts=facts,
        )

    def _rule(self, index: int) -> tuple[RuleKind, int | None]:
        word = fold(self.cell(index, "rule"))
        numbered = TABLE.fullmatch(word)
        if numbered is None and word in KINDS:
            return KINDS[word], None
        if numbered is None:
            raise InputErrors((self.fault("seating-rule-unknown", index, "rule"),))
        number = int(numbered[1])
        if not 1 <= number <= self.tables:
            facts = {"tables": self.tables}
            raise InputErrors((self.fault("seating-table-unknown", index, "rule", facts),))
        return "table", number

    def _ids(self, index: int) -> frozenset[str]:
        """Those who are meant: one by her id, or all who have a value."""
        who = self.cell(index, "who")
        if nfc(who) in self.roster.ids:
            return frozenset({nfc(who)})
        feature, sign, value = who.partition("=")
        named = alike(self.roster.table.header, feature)
        if not sign or len(named) != 1:
            row = self.table.row_numbers[index]
            fault = unknown_id(self.table, row, self.columns["who"], who, self.roster)
            raise InputErrors((fault,))
        cells = self.roster.table.column(named[0])
        people = zip(self.roster.ids, cells, strict=True)
        found = frozenset(id for id, cell in people if fold(cell) == fold(value))
        if not found:
            raise InputErrors((self.fault("seating-nobody", index, "who"),))
        return found


def _rule(rows: list[_Row], position: Mapping[str, int]) -> Rule:
    people = {position[id] for row in rows for id in row.ids}
    return Rule(
        name=rows[0].group,
        kind=rows[0].kind,
        guests=tuple(sorted(people)),
        table=rows[0].table,
    )


def _of_one(table: Table, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    for rule in rules:
        if rule.kind != "table" and len(rule.guests) == 1:
            yield table.finding(code="seating-group-of-one", value=rule.name)
