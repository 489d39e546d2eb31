"""Who is on a panel after the draw: calls, replacements, the reserve.

In: the folder of a panel and what people answered. Out: the panel as it is now, and rounds with
their own lotteries and proofs. A former result is never changed, only followed by another.
"""

from sortition.steps.members.standing import QuotaNow, quotas_now
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.steps.members.worksheet import read_worksheet
from sortition.steps.members.worksheet_names import WorksheetWords, is_worksheet, status_names
from sortition.steps.members.worksheet_words import worksheet_languages

__all__ = [
    "QuotaNow",
    "StandingFolder",
    "WorksheetWords",
    "is_worksheet",
    "quotas_now",
    "read_standing",
    "read_worksheet",
    "status_names",
    "worksheet_languages",
]
