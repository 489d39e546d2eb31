"""The options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sortition.errors import Finding, InputErrors
from sortition.model import Language, PoolObjective, SolverName, Toward
from sortition.model.choices import BothLanguages

if TYPE_CHECKING:
    from sortition.instance.inputs import Inputs
    from sortition.selection.preparation import Rules
    from sortition.tables.cpr.rules import CprRules


def as_day(written: str) -> datetime:
    """A day of the command line, as people write it."""
    from sortition.tables.dates import read_date

    read = read_date(written.strip())
    if read is None:
        raise ValueError(written)
    return datetime.combine(read, time.min)


PoolFile = Annotated[
    Path, typer.Argument(metavar="POOL", help="Who can be drawn: CSV or XLSX, a row a person.")
]
QuotasFile = Annotated[
    Path, typer.Argument(metavar="QUOTAS", help="How many of each: CSV or XLSX, a row a value.")
]
PanelSize = Annotated[
    int, typer.Option("--size", metavar="K", help="How many people sit on the panel.")
]
Objective = Annotated[
    PoolObjective,
    typer.Option(
        help="leximin: raise the lowest chance, then the next, and so on. "
        "maximin: raise the lowest, then lower the highest. nash: raise the product. "
        "minimax: lower the highest. goldilocks: neither too low nor too high."
    ),
]
TowardWhom = Annotated[
    Toward,
    typer.Option(
        "--toward",
        help="Whose chances the lottery makes even. pool: those of the volunteers, by the "
        "objective. population: those of everybody who could have been asked, with --rates.",
    ),
]
RatesFile = Annotated[
    Path | None,
    typer.Option(
        "--rates",
        metavar="FILE",
        help="For --toward population: the chance of coming into the pool, a row a stratum, as "
        "funnel writes it in participation.csv.",
    ),
]
Gamma = Annotated[
    float,
    typer.Option(metavar="G", help="For goldilocks: how much low chances weigh against high ones."),
]
IdColumn = Annotated[
    str | None,
    typer.Option("--id", metavar="COLUMN", help="The column that tells people apart."),
]
PoolSheet = Annotated[
    str | None, typer.Option(metavar="NAME", help="The sheet of the pool, if it is a workbook.")
]
QuotasSheet = Annotated[
    str | None, typer.Option(metavar="NAME", help="The sheet of the quotas, if it is a workbook.")
]
FromCpr = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT[,WHAT]",
        help="Columns to make of the pool's CPR numbers: age or alder, sex or køn.",
    ),
]
AgeOn = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATE",
        parser=as_day,
        help="The day on which ages count, such as 2026-11-20 or 20-11-2026.",
    ),
]
CprKey = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The key for the pseudonyms of CPR numbers; keep it secret."),
]
KeepCpr = Annotated[
    bool, typer.Option("--keep-cpr", help="Write CPR numbers to the lists of people all the same.")
]
SeatedFile = Annotated[
    Path | None,
    typer.Option(
        "--seated",
        metavar="FILE",
        help="Who sits on the panel already, whoever chose them: ids of the pool, or people with "
        "their columns. They keep their seats, and the others are drawn.",
    ),
]
ContactsFile = Annotated[
    Path | None,
    typer.Option(
        "--contacts",
        metavar="FILE",
        help="Further columns of the pool with the same ids, such as contacts.xlsx of intake: "
        "names, addresses for --household.",
    ),
]
HouseholdColumns = Annotated[
    str | None,
    typer.Option(
        "--household",
        metavar="COL[,COL…]",
        help="At most one person from each address, which these columns make up.",
    ),
]
HouseholdLimit = Annotated[
    int, typer.Option(metavar="N", help="With --household: at most so many from each address.")
]
ListColumns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="COL[,COL…]",
        help="The columns that the lists of people have beside the ids. Default: all of the pool.",
    ),
]
ContactsOfOthers = Annotated[
    bool,
    typer.Option(
        "--contacts-of-others",
        help="Put all columns on the list of those who are not drawn. "
        "Default: what the quotas count.",
    ),
]
MapFile = Annotated[
    Path | None,
    typer.Option(
        "--map", metavar="FILE", help="How to read the pool: a TOML file as map drafts it."
    ),
]
Mix = Annotated[
    str | None,
    typer.Option(
        metavar="PAIR[,PAIR…]|all",
        help="Pairs of features, such as gender×education, whose combinations come out as near "
        "their average as the chances allow on every ticket.",
    ),
]
Tickets = Annotated[
    int, typer.Option(metavar="M", help="How many equally likely tickets there are.")
]
Solver = Annotated[SolverName, typer.Option(help="What solves the programs.")]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", help="Stop with the best lottery so far, and say how good it is."
    ),
]
PageLanguage = Annotated[BothLanguages, typer.Option(help="The language of the pages.")]
ReportLanguage = Annotated[Language, typer.Option(help="The language of the pages.")]
SpokenLanguage = Annotated[  # it is looked for before anything is parsed, see around/speech.py
    BothLanguages | None,
    typer.Option("--language", help="The language of what is said."),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace the results of a former run.")
]
PdfFile = Annotated[
    Path | None,
    typer.Option(
        "--pdf",
        metavar="FILE",
        help="The page as PDF too, printed by Chromium, Chrome or Edge if one is there.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")]


def names_in(listed: str | None) -> list[str]:
    """The names in a list with commas; none if it was not given."""
    return [] if listed is None else [name.strip() for name in listed.split(",")]


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
