"""Draw citizens' assemblies by the fairest lottery that the quotas allow.

Everything takes what pandas has read, or the path of a file, and calls the step that the command of
the same name calls: both give the same panels and write the same files.

======================  =========================================================================
`quotas_from`           quotas from the figures of a population
`plan`                  how many letters bring in enough answers
`invite`                who gets a letter, drawn from a registry
`intake`                a pool from everything that came in
`check`                 whether pool and quotas fit, and who is scarce
`lottery`               the fairest lottery, to look at and to draw a selection from
`compare`               the objectives side by side
`replace`               a round of replacements for those who leave
`seat`                  a panel at mixed tables, over several sessions
`verify`                every claim of a folder that a selection or a lottery wrote
======================  =========================================================================

What they return prints a sentence of itself and not a word about anybody; its parts, such as
`LotteryResult.probabilities` and `SelectionResult.panel`, are frames and series. Faults of the
inputs are raised as `InputErrors`, all at once, with what to do about each in the traceback.

Examples
--------
>>> import pandas as pd, sortition
>>> pool = pd.read_csv("data/samples/pool.csv", sep=";", dtype=str)
>>> quotas = pd.read_csv("data/samples/quotas.csv", sep=";", dtype=str)
>>> bool(sortition.check(pool, quotas, size=36))
True
>>> lottery = sortition.lottery(pool, quotas, size=36, household=["adresse", "postnummer"])
>>> selection = lottery.draw(seed="63454660390103169462")
>>> len(selection.panel)
36
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sortition.errors import InputErrors as InputErrors
    from sortition.errors import SolverFailed as SolverFailed
    from sortition.errors import SortitionError as SortitionError
    from sortition.frames.answers import IntakeResult as IntakeResult
    from sortition.frames.answers import intake as intake
    from sortition.frames.checking import CheckResult as CheckResult
    from sortition.frames.checking import check as check
    from sortition.frames.comparison import compare as compare
    from sortition.frames.invitations import InvitationResult as InvitationResult
    from sortition.frames.invitations import invite as invite
    from sortition.frames.lottery import LotteryResult as LotteryResult
    from sortition.frames.lottery import lottery as lottery
    from sortition.frames.members import ReplacementResult as ReplacementResult
    from sortition.frames.members import replace as replace
    from sortition.frames.planning import PlanResult as PlanResult
    from sortition.frames.planning import plan as plan
    from sortition.frames.quotas import quotas_from as quotas_from
    from sortition.frames.seating import SeatingResult as SeatingResult
    from sortition.frames.seating import seat as seat
    from sortition.frames.selection import SelectionResult as SelectionResult
    from sortition.frames.verification import VerificationResult as VerificationResult
    from sortition.frames.verification import verify as verify
    from sortition.model import InfeasibleQuotas as InfeasibleQuotas

_HOME = {
    "errors": ["InputErrors", "SolverFailed", "SortitionError"],
    "frames.answers": ["IntakeResult", "intake"],
    "frames.checking": ["CheckResult", "check"],
    "frames.comparison": ["compare"],
    "frames.invitations": ["InvitationResult", "invite"],
    "frames.lottery": ["LotteryResult", "lottery"],
    "frames.selection": ["SelectionResult"],
    "frames.members": ["ReplacementResult", "replace"],
    "frames.planning": ["PlanResult", "plan"],
    "frames.quotas": ["quotas_from"],
    "frames.seating": ["SeatingResult", "seat"],
    "frames.verification": ["VerificationResult", "verify"],
    "model": ["InfeasibleQuotas"],
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "CheckResult",
    "InfeasibleQuotas",
    "InputErrors",
    "IntakeResult",
    "InvitationResult",
    "LotteryResult",
    "PlanResult",
    "ReplacementResult",
    "SeatingResult",
    "SelectionResult",
    "SolverFailed",
    "SortitionError",
    "VerificationResult",
    "__version__",
    "check",
    "compare",
    "intake",
    "invite",
    "lottery",
    "plan",
    "quotas_from",
    "replace",
    "seat",
    "verify",
]


def __getattr__(name: str) -> object:
    # A name is loaded when it is first used: `sortition --help` must not wait for a solver.
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
