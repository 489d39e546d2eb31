"""CSV and XLSX in and out; contact details stay in this layer."""

from sortition.files.cpr_rules import CprRules, protect
from sortition.files.pool import Roster
from sortition.files.quotas import read_quotas
from sortition.files.reading import Reading, read_instance
from sortition.files.results import (
    check_destination,
    check_files,
    lists_of,
    write_files,
    write_run,
)
from sortition.files.roster_file import read_roster, roster_json
from sortition.files.tables import Table, read_table

__all__ = [
    "CprRules",
    "Reading",
    "Roster",
    "Table",
    "check_destination",
    "check_files",
    "lists_of",
    "protect",
    "read_instance",
    "read_quotas",
    "read_roster",
    "read_table",
    "roster_json",
    "write_files",
    "write_run",
]
