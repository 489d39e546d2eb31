"""Exports as they lie in the folders of offices: labels below codes, titles, totals, serials."""

from __future__ import annotations

from tests.steps.intake.shapes import QUOTAS, Export

SCB = """\
feature,value,min,max
alder,16-29,0,9
alder,30-59,0,9
alder,60+,0,9
kön,Kvinna,0,9
kön,Man,0,9
utbildning,Förgymnasial utbildning,0,9
utbildning,Gymnasial utbildning,0,9
utbildning,Eftergymnasial utbildning,0,9
"""
DST = QUOTAS.replace("uddannelse,Grundskole", "uddannelse,H10 Grundskole").replace(
    "Erhvervsuddannelse", "H30 Erhvervsfaglige uddannelser"
)
TITLES = [
    ("Nordby Borgerting",),
    (),
    ("Kontakt", "", "", "Baggrund"),
    ("Navn", "Mail", "Tlf.", "Køn", "Født", "Uddannelse"),
]

MESSY = {
    "SurveyXact, the questions below the variables": Export(
        files={
            "dataset;.csv": [
                ("respondent", "closetime", "statoverall_4", "s_1", "s_2", "s_3", "s_4"),
                (
                    *("Respondent", "Afsluttet", "Gennemført", "Hvad er dit køn?"),
                    *("Hvor gammel er du?", "Uddannelse", "Navn"),
                ),
                ("101", "2026-11-03", "1", "Kvinde", "34", "Faglært", "Anna Lund"),
                ("102", "2026-11-03", "1", "Mand", "66", "HF", "Bo Holm"),
            ]
        },
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Gymnasial uddannelse"],
    ),
    "LimeSurvey, words of her own": Export(
        files={
            "results.csv": [
                (
                    *("Svar-ID", "Hvad er dit køn?", "Hvad er dit køn? [Andet]"),
                    "Hvilket år er du født?",
                    *(f"Din uddannelse? [{it}]" for it in ("Grundskole", "Faglært", "Andet")),
                    "Hvad er dit navn?",
                ),
                ("1", "Kvinde", "", "1990", "Ja", "Nej", "", "Anna Lund"),
                ("2", "-oth-", "vil ikke sige", "1964", "Nej", "Nej", "Sygeplejerske", "Bo Lund"),
            ]
        },
        questions=[("untold", "køn", "vil ikke sige", "own value")],
        options=("--size", "3"),
        pool=["30-59,Kvinde,Grundskole", "60+,not stated,Videregående uddannelse"],
    ),
    "REDCap, raw with boxes to tick": Export(
        files={
            "P_DATA.csv": [
                ("record_id", "navn", "koen", "foedselsaar", "udd___1", "udd___2", "p_complete"),
                ("1", "Anna Lund", "Kvinde", "1990", "0", "1", "2"),
                ("2", "Bo Holm", "Mand", "1950", "1", "0", "2"),
            ]
        },
        questions=[("column", "uddannelse", "P_DATA.csv", "")],
        answers={"P_DATA.csv": "udd"},
        pool=[],
    ),
    "Excel with a guide, titles, groups of columns, gaps, serials and a total": Export(
        files={
            "tilmeldte.xlsx": {
                "Vejledning": [("Sådan bruges arket",), ("Ring til Mette",)],
                "Tilmeldte": [
                    *TITLES,
                    ("ANNA LUND", "ANNA@X.DK", 20304050, "K", 32994, "Folkeskole"),
                    ("Bo  Holm", "bo@x.dk", "+45 20 30 40 51", "M", "24-12-1950", "EUD"),
                    (),
                    ("Carl Dahl", "", "004520304052", "m", "24.12.1980", "cand.mag."),
                    ("bo holm", "", "0045 20304051", "", "1950", "EUD"),
                    (),
                    ("I alt", None, None, 4),
                ],
            }
        },
        people=3,
        pool=[
            "30-59,Kvinde,Grundskole",
            "60+,Mand,Erhvervsuddannelse",
            "30-59,Mand,Videregående uddannelse",
        ],
    ),
    "Google Forms in American English, a family of one address": Export(
        files={
            "responses.csv": [
                ("Timestamp", "Full name", "E-mail", "Gender", "Date of birth", "Education"),
                ("11/3/2026 9:12:33", "Mette Skov", "f@x.dk", "Female", "4/24/1985", "Vocational"),
                ("11/3/2026 9:15:33", "Jens Skov", "F@x.dk", "Male", "1/2/1950", "Master's"),
                ("11/3/2026 9:16:33", "Liv Skov", "f@x.dk", "Female", "5/30/2013", "Primary"),
            ]
        },
        left={"young": 1},
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Videregående uddannelse"],
    ),
    "Excel with calls on a sheet of their own": Export(
        files={
            "svar.xlsx": {
                "Formularsvar 1": [
                    ("Tidsstempel", "Navn", "Telefon", "Køn", "Alder", "Uddannelse"),
                    ("2026-11-03 10:00:00", "Anna Lund", "20304050", "Kvinde", "34", ""),
                ],
                "Telefon": [
                    ("Navn", "Telefon", "Køn", "Alder", "Uddannelse"),
                    ("Anna Lund", "+45 20304050", "", "", "EUD"),
                    ("Bo Holm", "20304051", "Mand", "61", "HF"),
                ],
                "Optælling": [("Køn", "Antal"), ("Kvinde", 1), ("Mand", 1)],
            }
        },
        people=2,
        questions=[
            ("sheet", "svar.xlsx", "Telefon", ""),
            ("blank", "uddannelse", "", "ask again"),
        ],
        pool=["30-59,Kvinde,Erhvervsuddannelse", "60+,Mand,Gymnasial uddannelse"],
    ),
    "groups of age as codes": Export(
        files={
            "d.csv": [
                ("navn", "køn", "aldersgruppe", "uddannelse"),
                ("Anna Lund", "K", "1", "HF"),
                ("Bo Holm", "M", "3", "HF"),
            ]
        },
        questions=[("column", "alder", "d.csv", "aldersgruppe")],
        pool=[],
    ),
    "Swedish, with the words of Statistics Sweden": Export(
        files={
            "svar.csv": [
                (
                    *("Vad heter du?", "Mobilnummer", "Födelsedatum", "Könsidentitet"),
                    "Högsta avslutade utbildning",
                ),
                ("Åsa  Öberg", "+46 70 123 45 67", "900501", "Kvinna", "Gymnasieskola"),
                ("åsa öberg", "070-123 45 67", "19900501", "kvinna", "Gymnasium"),
                ("Bo Holm", "", "1950-01-02", "Man", "Högskola/universitet 3 år eller längre"),
                ("Eva Ek", "", "1952", "Kvinna", "Folkskola"),
            ]
        },
        quotas=SCB,
        people=3,
        pool=[
            "30-59,Kvinna,Gymnasial utbildning",
            "60+,Man,Eftergymnasial utbildning",
            "60+,Kvinna,Förgymnasial utbildning",
        ],
    ),
    "the words of StatBank Denmark": Export(
        files={
            "svar.csv": [
                ("Navn", "Køn", "Alder", "Uddannelse"),
                ("Anna Lund", "K", "65+", "9. klasse"),
                ("Bo Holm", "M", "45", "Tømrer"),
            ]
        },
        quotas=DST,
        pool=["60+,Kvinde,H10 Grundskole", "30-59,Mand,H30 Erhvervsfaglige uddannelser"],
    ),
}
