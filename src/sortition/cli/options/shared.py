"""The options that several commands share."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from sortition.model import Language, PoolObjective, SolverName, Toward
from sortition.model.choices import BothLanguages


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
PanelFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of a panel that was drawn.")
]
LotteryFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder that sortition lottery wrote.")
]
PopulationFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The population: feature, value, and population or share."),
]
PublicSeed = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The public random text that draws.")
]
AssemblyName = Annotated[str, typer.Option(metavar="NAME", help="What the assembly is called.")]
Contact = Annotated[
    str, typer.Option(metavar="TEXT", help="Whom to ask: a name, telephone or e-mail.")
]
MeetingDays = Annotated[str, typer.Option(metavar="TEXT", help="When and where people meet.")]
ResultsFolder = Annotated[Path, typer.Option(metavar="DIR", help="The folder for the results.")]
PageLanguage = Annotated[BothLanguages, typer.Option(help="The language of the pages.")]
ReportLanguage = Annotated[Language, typer.Option(help="The language of the pages.")]
LanguageOfReport = Annotated[
    BothLanguages | None,
    typer.Option(help="The language of the page. Default: that of the report."),
]
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
