"""Exports in the shapes of several programs, good and bad, and what each has to become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from tests.steps.intake.exports import csv_text

Row = Sequence[object]
Files = Mapping[str, Sequence[Row] | Mapping[str, Sequence[Row]]]
QUOTAS = """\
feature,value,min,max
køn,Kvinde,1,9
køn,Mand,1,9
alder,16-29,0,9
alder,30-59,0,9
alder,60+,0,9
uddannelse,Grundskole,0,9
uddannelse,Erhvervsuddannelse,0,9
uddannelse,Gymnasial uddannelse,0,9
uddannelse,Videregående uddannelse,0,9
"""
GOOD = ("alder", "køn", "uddannelse")


@dataclass(frozen=True, kw_only=True)
class Export:
    """Files that came in, and the pool that they have to become.

    Attributes
    ----------
    files : mapping of str to rows
        By name; the ending says how they are written. A workbook may have several sheets.
    pool : sequence of str
        The rows of the pool without ids, in the order of the quotas' features.
    questions : sequence of (str, str, str, str)
        What is asked: about, subject, what stands there, proposal.
    answers : mapping of str to str
        What is answered, by what stands there; everything else is what was proposed.
    left : mapping of str to int
        How many people were left out, by the reason.
    """

    files: Files
    pool: Sequence[str]
    questions: Sequence[tuple[str, str, str, str]] = ()
    answers: dict[str, str] = field(default_factory=dict)
    options: Sequence[str] = ()
    left: dict[str, int] = field(default_factory=dict)
    people: int | None = None
    quotas: str = QUOTAS


def write(folder: Path, files: Files) -> None:
    """Write the files as their programs do: a `;` in the name stands for what parts the cells."""
    for name, rows in files.items():
        path = folder / name.replace(";", "")
        if path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            book.remove(book.worksheets[0])
            sheets = rows if isinstance(rows, Mapping) else {"Sheet": rows}
            for title, own in sheets.items():
                sheet = book.create_sheet(title)
                for row in own:
                    sheet.append(list(row))
            book.save(path)
            continue
        assert not isinstance(rows, Mapping)
        text = csv_text([[str(cell) for cell in row] for row in rows], ";" if ";" in name else ",")
        encoding = "cp1252" if "1252" in name else "utf-8-sig"
        path.write_bytes(text.encode(encoding))


MICROSOFT = ("ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn")
LIME = (
    "id. Response ID",
    "submitdate. Date submitted",
    "lastpage. Last page",
    "token. Access code",
)
UNSURE = ("own value", "ask again")

EXPORTS = {
    "Google Forms": Export(
        files={
            "svar.csv": [
                (
                    "Tidsstempel",
                    "E-mailadresse",
                    "Hvad er dit køn?",
                    "Hvor gammel er du (alder)?",
                    "Uddannelse:",
                ),
                ("03/11/2026 10.12.33", "anna@example.org", "Kvinde", "34", "HF"),
                ("03/11/2026 11.00.00", "bo@example.org", "Mand", "61 år", "Svend"),
                ("04/11/2026 09.30.10", "carla@example.org", "kvinde ", "17", "9. klasse"),
            ]
        },
        pool=[
            "30-59,Kvinde,Gymnasial uddannelse",
            "60+,Mand,Erhvervsuddannelse",
            "16-29,Kvinde,Grundskole",
        ],
    ),
    "Google Forms, several choices in a cell": Export(
        files={
            "svar.csv": [
                ("Tidsstempel", "Navn", "Køn", "Alder", "Hvilken uddannelse har du? (sæt kryds)"),
                ("2026/11/03 10:12:33 AM GMT+1", "Anna Lund", "Kvinde", "34", "HF, Kandidat"),
                ("2026/11/03 10:15:33 AM GMT+1", "Bo Holm", "Mand", "35", "HF"),
            ]
        },
        questions=[("word", "uddannelse", "HF, Kandidat", "Videregående uddannelse")],
        pool=["30-59,Kvinde,Videregående uddannelse", "30-59,Mand,Gymnasial uddannelse"],
    ),
    "Microsoft Forms": Export(
        files={
            "Svar(1-3).xlsx": [
                (
                    *MICROSOFT,
                    "Dit køn\u00a0",
                    "Hvornår er du født?\n",
                    "Hvad er din højeste uddannelse?",
                    "Dit navn",
                    "Telefon",
                ),
                (
                    1,
                    "2026-11-03 10:00:00",
                    "2026-11-03 10:02:00",
                    "anonymous",
                    "",
                    "Kvinde;",
                    "24-11-1958",
                    "EUD;",
                    "Anna Lund",
                    "20 30 40 50",
                ),
                (
                    2,
                    "2026-11-03 10:01:00",
                    "2026-11-03 10:03:00",
                    "anonymous",
                    "",
                    "Mand;",
                    "01-02-2000",
                    "STX;",
                    "Bo Holm",
                    "20304051",
                ),
                (
                    3,
                    "2026-11-04 08:00:00",
                    "2026-11-04 08:03:00",
                    "anonymous",
                    "",
                    "Kvinde;",
                    "24-11-1958",
                    "KVU;",
                    "Anna Lund",
                    "+45 20304050",
                ),
            ]
        },
        people=2,
        pool=["60+,Kvinde,Videregående uddannelse", "16-29,Mand,Gymnasial uddannelse"],
    ),
    "Microsoft Forms, the first answer": Export(
        files={
            "Responses.xlsx": [
                (
                    "ID",
                    "Start time",
                    "Completion time",
                    "Email",
                    "Name",
                    "Your gender",
                    "Your age",
                    "Your education",
                    "What is your full name?",
                ),
                (
                    1,
                    "11/3/26 10:00:00",
                    "11/28/26 10:02:00",
                    "anonymous",
                    "",
                    "Female",
                    "34",
                    "Vocational training",
                    "Anna Lund",
                ),
                (
                    2,
                    "11/3/26 10:01:00",
                    "11/3/26 10:03:00",
                    "anonymous",
                    "",
                    "Male",
                    "70",
                    "University degree",
                    "Bo Holm",
                ),
            ]
        },
        options=("--same", "first"),
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Videregående uddannelse"],
    ),
    "SurveyXact": Export(
        files={
            "dataset;.csv": [
                (
                    "respondent",
                    "statoverall_4",
                    "closetime",
                    "kode",
                    "Køn",
                    "Fødselsår",
                    "Hvad er din højest fuldførte uddannelse?",
                ),
                ("77001", "0", "", "AB23CD45", "Kvinde", "1990", ""),
                (
                    "77002",
                    "1",
                    "2026-11-04 10:00:00",
                    "AB23CD45",
                    "Kvinde",
                    "1990",
                    "Erhvervsuddannelse (faglært)",
                ),
                (
                    "77003",
                    "1",
                    "2026-11-04 11:00:00",
                    "XY23CD46",
                    "Mand",
                    "1950",
                    "Mellemlang videregående uddannelse",
                ),
            ]
        },
        people=2,
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Videregående uddannelse"],
    ),
    "SurveyXact, numbers in place of labels": Export(
        files={
            "dataset;.csv": [
                ("respondent", "statoverall_4", "navn", "s_1", "s_2", "uddannelse"),
                ("1", "1", "Anna Lund", "1", "34", "3"),
                ("2", "1", "Bo Holm", "2", "66", "1"),
            ]
        },
        questions=[
            ("column", "alder", "dataset.csv", "s_2"),
            ("column", "køn", "dataset.csv", ""),
            ("word", "uddannelse", "1", ""),
            ("word", "uddannelse", "3", ""),
        ],
        pool=[],
    ),
    "LimeSurvey": Export(
        files={
            "results-survey.csv": [
                (
                    *LIME,
                    "G01Q01. Hvad er dit køn?",
                    "G01Q02. Hvad er din alder?",
                    "G01Q03. Uddannelse [Grundskole]",
                    "G01Q03. Uddannelse [HF eller STX]",
                    "G01Q03. Uddannelse [Faglært]",
                ),
                (
                    "1",
                    "2026-11-03 10:12:33",
                    "2",
                    "tok1",
                    "Kvinde",
                    "34.0000000000",
                    "No",
                    "Yes",
                    "No",
                ),
                (
                    "2",
                    "2026-11-03 11:12:33",
                    "2",
                    "tok2",
                    "Mand",
                    "61.0000000000",
                    "No",
                    "No",
                    "Yes",
                ),
                ("3", "", "0", "", "", "", "", "", ""),
            ]
        },
        people=2,
        pool=["30-59,Kvinde,Gymnasial uddannelse", "60+,Mand,Erhvervsuddannelse"],
    ),
    "LimeSurvey, broken off and sent later": Export(
        files={
            "results.csv": [
                (*LIME, "koen. Køn", "alder. Alder", "udd. Uddannelse"),
                ("1", "2026-11-03 10:12:33", "2", "tok1", "Kvinde", "34", "Kandidat"),
                ("2", "", "1", "tok1", "Kvinde", "", ""),
                ("3", "2026-11-03 12:12:33", "2", "tok2", "Mand", "34", "Ved ikke"),
            ]
        },
        people=2,
        questions=[
            ("untold", "uddannelse", "Ved ikke", "own value"),
        ],
        options=("--size", "2"),
        pool=["30-59,Kvinde,Videregående uddannelse", "30-59,Mand,not stated"],
    ),
    "REDCap, labels": Export(
        files={
            "Pool_DATA_LABELS.csv": [
                (
                    "Record ID",
                    "Survey Identifier",
                    "Survey Timestamp",
                    "What is your gender?",
                    "Date of birth",
                    "Education (choice=Primary school)",
                    "Education (choice=Vocational training)",
                    "Education (choice=Master's degree)",
                    "Complete?",
                ),
                (
                    "1",
                    "",
                    "2026-11-03 10:12:33",
                    "Female",
                    "1990-05-01",
                    "Unchecked",
                    "Checked",
                    "Unchecked",
                    "Complete",
                ),
                (
                    "2",
                    "",
                    "2026-11-03 10:22:33",
                    "Male",
                    "1950-12-24",
                    "Unchecked",
                    "Unchecked",
                    "Checked",
                    "Complete",
                ),
            ]
        },
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Videregående uddannelse"],
    ),
    "REDCap, raw": Export(
        files={
            "Pool_DATA.csv": [
                (
                    "record_id",
                    "redcap_survey_identifier",
                    "pool_timestamp",
                    "gender",
                    "dob",
                    "education",
                    "pool_complete",
                ),
                ("1", "anna@example.org", "2026-11-03 10:12:33", "1", "1990-05-01", "2", "2"),
                ("2", "bo@example.org", "2026-11-03 10:22:33", "2", "1950-12-24", "3", "2"),
            ]
        },
        questions=[
            ("column", "køn", "Pool_DATA.csv", "gender"),
            ("column", "uddannelse", "Pool_DATA.csv", "education"),
        ],
        pool=[],
    ),
    "Excel, a household": Export(
        files={
            "tilmeldte.xlsx": [
                (
                    "Fornavn",
                    "Efternavn",
                    "Adresse",
                    "Postnr",
                    "CPR-nr",
                    "Telefon",
                    "Køn",
                    "Uddannelse",
                ),
                ("Anna", "Lund", "Elmevej 1", "9990", "010190-1234", "20304050", "K", "Folkeskole"),
                ("Bo", "Lund", "Elmevej 1", "9990", "020250-1235", "20304050", "M", "Cand.jur."),
                ("Anne", "Lund", "Elmevej 1", "9990", "010190-1234", "", "K", "Folkeskolen"),
            ]
        },
        people=2,
        pool=["30-59,Kvinde,Grundskole", "60+,Mand,Videregående uddannelse"],
    ),
    "Excel, headers that say nothing": Export(
        files={
            "ark.xlsx": [
                ("Kolonne1", "Kolonne2", "Kolonne3", "Kolonne4"),
                ("Anna Lund", "Kvinde", "16-29", "Grundskole"),
                ("Bo Holm", "Mand", "60+", "Erhvervsuddannelse"),
            ]
        },
        questions=[
            ("column", "alder", "ark.xlsx", "Kolonne3"),
            ("column", "køn", "ark.xlsx", "Kolonne2"),
            ("column", "uddannelse", "ark.xlsx", "Kolonne4"),
        ],
        pool=["16-29,Kvinde,Grundskole", "60+,Mand,Erhvervsuddannelse"],
    ),
    "Excel as Windows-1252": Export(
        files={
            "1252;.csv": [
                ("Navn", "Køn", "Født", "Højeste uddannelse", "Bemærkning"),
                ("Åse Ærø", "Kvinde", "født i 1980", "Lang videregående", "=1+1"),
                ("Bo Ørum", "Mand", "22-06-46", "10. klasse", ""),
                ("Dy Holm", "Mand", "2012", "9. klasse", ""),
            ]
        },
        left={"young": 1},
        pool=["30-59,Kvinde,Videregående uddannelse", "60+,Mand,Grundskole"],
    ),
    "Swedish Google Forms": Export(
        files={
            "svar.csv": [
                (
                    "Tidstämpel",
                    "Vilket är ditt kön?",
                    "Hur gammal är du? (ålder)",
                    "Vilken är din högsta utbildning?",
                    "E-postadress",
                ),
                ("2026-11-03 10:12", "Kvinna", "34 år", "Grundskola", "anna@example.org"),
                ("2026-11-03 10:13", "Man", "71", "Kandidatexamen", "bo@example.org"),
            ]
        },
        pool=["30-59,Kvinde,Grundskole", "60+,Mand,Videregående uddannelse"],
    ),
    "a form and a list of calls": Export(
        files={
            "form.csv": [
                ("Tidsstempel", "Navn", "Telefon", "Køn", "Alder", "Uddannelse"),
                ("03/11/2026 10.00.00", "Anna Lund", "20304050", "Kvinde", "34", ""),
                ("03/11/2026 11.00.00", "Bo Holm", "20304051", "Andet", "65", "HF"),
            ],
            "opkald.xlsx": [
                ("navn", "telefon", "køn", "alder", "uddannelse"),
                ("Anna Lund", "+4520304050", "", "", "Faglært"),
                ("Carl Dahl", "20304052", "Mand", "50", "Ph.d."),
            ],
        },
        people=3,
        questions=[("other", "køn", "Andet", "own value")],
        options=("--size", "3"),
        pool=[
            "30-59,Kvinde,Erhvervsuddannelse",
            "60+,other,Gymnasial uddannelse",
            "30-59,Mand,Videregående uddannelse",
        ],
    ),
}
