"""How many letters. In: what is needed and how people answer. Out: a plan, and what to expect."""

from sortition.steps.plan.populations import people_in_rows
from sortition.steps.plan.response import belief, overall
from sortition.steps.plan.response_rates import Known, ResponseSheet, read_response_rates

__all__ = [
    "Known",
    "ResponseSheet",
    "belief",
    "overall",
    "people_in_rows",
    "read_response_rates",
]
