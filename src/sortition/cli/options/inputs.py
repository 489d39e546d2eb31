"""Options in groups: what is drawn from, how it is read, and how it is made fair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sortition.cli.options.shared import (
    AgeOn,
    ContactsFile,
    CprKey,
    FromCpr,
    Gamma,
    HouseholdColumns,
    HouseholdLimit,
    IdColumn,
    KeepCpr,
    MapFile,
    Mix,
    Objective,
    PanelSize,
    PoolFile,
    PoolSheet,
    QuotasFile,
    QuotasSheet,
    RatesFile,
    SeatedFile,
    Solver,
    Tickets,
    TimeLimit,
    TowardWhom,
    names_in,
)
from sortition.errors import Finding, InputErrors
from sortition.model import PoolObjective

if TYPE_CHECKING:
    from sortition.instance.inputs import Inputs
    from sortition.selection.preparation import Rules
    from sortition.tables.cpr.rules import CprRules


def cpr_rules(
    from_cpr: str | None, age_on: datetime | None, cpr_key: Path | None, keep_cpr: bool
) -> CprRules:
    """What is to be done with CPR numbers."""
    from sortition.tables.cpr.rules import CprRules

    day = age_on.date() if age_on else None
    return CprRules(derive=tuple(names_in(from_cpr)), age_on=day, key=cpr_key, keep=keep_cpr)


@dataclass(frozen=True, kw_only=True)
class Files:
    """What a panel is drawn from, and how large it is."""

    pool: PoolFile
    quotas: QuotasFile
    size: PanelSize


@dataclass(frozen=True, kw_only=True)
class ReadingOptions:
    """How the pool and the quotas are read."""

    id_column: IdColumn = None
    household: HouseholdColumns = None
    household_limit: HouseholdLimit = 1
    mapping: MapFile = None
    pool_sheet: PoolSheet = None
    quotas_sheet: QuotasSheet = None
    from_cpr: FromCpr = None
    age_on: AgeOn = None
    cpr_key: CprKey = None
    seated: SeatedFile = None
    contacts: ContactsFile = None

    def inputs(self, files: Files, *, keep_cpr: bool = False) -> Inputs:
        """The files, and how they are read."""
        from sortition.instance.inputs import Inputs

        return Inputs(
            pool=files.pool,
            quotas=files.quotas,
            panel_size=files.size,
            id_column=self.id_column,
            household_columns=names_in(self.household),
            household_limit=self.household_limit,
            mapping=self.mapping,
            pool_sheet=self.pool_sheet,
            quotas_sheet=self.quotas_sheet,
            cpr=cpr_rules(self.from_cpr, self.age_on, self.cpr_key, keep_cpr),
            seated=self.seated,
            contacts=self.contacts,
        )


@dataclass(frozen=True, kw_only=True)
class TowardOptions:
    """Whose chances are made even."""

    gamma: Gamma = 1.0
    toward: TowardWhom = "pool"
    rates: RatesFile = None

    def check(self, objective: PoolObjective = "leximin") -> None:
        """See that they go together.

        Raises
        ------
        InputErrors
        """
        if self.toward == "population" and self.rates is None:
            raise InputErrors((Finding(code="usage-toward-rates"),))
        if self.toward == "pool" and self.rates is not None:
            raise InputErrors((Finding(code="usage-rates-toward"),))
        if self.toward == "population" and objective != "leximin":
            raise InputErrors((Finding(code="usage-toward-objective"),))


@dataclass(frozen=True, kw_only=True)
class FairestOptions:
    """How the fairest lottery is found, and into how many tickets it is made."""

    objective: Objective = "leximin"
    aim: TowardOptions
    reading: ReadingOptions
    keep_cpr: KeepCpr = False
    tickets: Tickets = 1000
    solver: Solver = "highs"
    time_limit: TimeLimit = None
    mix: Mix = None

    def check(self) -> None:
        """See that they go together.

        Raises
        ------
        InputErrors
        """
        self.aim.check(self.objective)
        if self.reading.seated is not None and self.objective in {"minimax", "goldilocks"}:
            raise InputErrors((Finding(code="usage-seated-objective", value=self.objective),))

    def inputs(self, files: Files) -> Inputs:
        """The files, and how they are read."""
        return self.reading.inputs(files, keep_cpr=self.keep_cpr)

    def rules(self) -> Rules:
        """The rules of the lottery that is fairest by the objective."""
        from sortition.selection.preparation import Rules

        return Rules(
            objective=self.objective,
            gamma=self.aim.gamma,
            tickets=self.tickets,
            solver=self.solver,
            time_limit=self.time_limit,
        )
