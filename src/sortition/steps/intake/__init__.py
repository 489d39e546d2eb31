"""Between letters and pool. In: answers of forms, phone and paper. Out: one row a person."""

from sortition.steps.intake.ages import read_age
from sortition.steps.intake.keys import KeyTable, read_key_table
from sortition.steps.intake.roles import Roles, find_roles, heads_people
from sortition.steps.intake.sheets import Sheet, question_of, read_sheet
from sortition.steps.intake.who.people import Identity, identities, name_key
from sortition.steps.intake.who.same import across

__all__ = [
    "Identity",
    "KeyTable",
    "Roles",
    "Sheet",
    "across",
    "find_roles",
    "heads_people",
    "identities",
    "name_key",
    "question_of",
    "read_age",
    "read_key_table",
    "read_sheet",
]
