"""What every report says of the run it is about: files, options and software."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version

from sortition import __version__
from sortition.core.programs.solver import solver_version
from sortition.instance.inputs import Inputs
from sortition.model import Language, SolverName
from sortition.pages.context import Context, InputDigests
from sortition.selection.preparation import Rules
from sortition.selection.select import Selection
from sortition.texts import Sentence


def software_versions(solver: SolverName) -> dict[str, str]:
    """The software that figures depend on, by name, in the order in which it is to be listed."""
    return {
        "sortition": __version__,
        "python": platform.python_version(),
        "solver": solver_version(solver),
        "pulp": version("pulp"),
        "numpy": version("numpy"),
    }


def options_document(inputs: Inputs, rules: Rules, language: Language) -> dict[str, object]:
    """The options of a run, as its manifest states them."""
    return {
        **inputs.document(),
        "objective": rules.objective,
        "gamma": rules.gamma if rules.objective == "goldilocks" else None,
        "tickets": rules.tickets,
        "solver": rules.solver,
        "time_limit": rules.time_limit,
        "mix": [list(pair) for pair in rules.mixed],
        "language": language,
    }


def context_of(
    inputs: Inputs,
    rules: Rules,
    selection: Selection,
    *,
    digests: Mapping[str, str],
    rows_numbered: bool,
    assumptions: tuple[Sentence, ...],
    published: bool,
) -> Context:
    """The context of a report.

    Parameters
    ----------
    digests : mapping of str to str
        SHA-256 of the inputs, under ``pool`` and ``quotas``.
    rows_numbered : bool
        Whether the pool has no ids of its own.
    assumptions : tuple of Sentence
        What was assumed, in the language of the page.
    published : bool
        Whether the lottery was published before the draw.
    """
    return Context(
        pool_file=inputs.pool_file,
        quotas_file=inputs.quotas_file,
        input_digests=InputDigests(pool=digests["pool"], quotas=digests["quotas"]),
        ticket_drawn=selection.ticket,
        panel=selection.panel,
        household_rule=bool(inputs.household_columns),
        household_columns=tuple(inputs.household_columns),
        household_limit=inputs.household_limit,
        assumptions=assumptions,
        rows_numbered=rows_numbered,
        published=published,
        complete=selection.prepared.complete,
        settled=selection.prepared.settled,
        gamma=rules.gamma,
        mixed=rules.mixed,
        impossible=tuple(selection.prepared.certificate.impossible),
        versions=software_versions(rules.solver),
    )
