"""Tables and sessions. In: the panel, rules, attendance. Out: plans, lists and name cards."""

from sortition.steps.seating.attendance import Came, read_who_came
from sortition.steps.seating.sessions import SESSION, heads_sessions

__all__ = ["SESSION", "Came", "heads_sessions", "read_who_came"]
