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
SSB = """\
feature,value,min,max
alder,16-29,0,9
alder,30-59,0,9
alder,60+,0,9
kjønn,Kvinne,0,9
kjønn,Mann,0,9
utdanning,Grunnskole,0,9
utdanning,Videregående skole,0,9
utdanning,Høyere utdanning,0,9
"""
LIVING = """\
feature,value,min,max
alder,18-29,0,9
alder,30-59,0,9
alder,60+,0,9
beskæftigelse,I arbejde,0,9
beskæftigelse,Ledig,0,9
beskæftigelse,Studerende,0,9
beskæftigelse,Pensionist,0,9
boligform,Ejer,0,9
boligform,Lejer,0,9
køn,Kvinde,0,9
køn,Mand,0,9
uddannelse,Grundskole,0,9
uddannelse,Erhvervsfaglig uddannelse,0,9
uddannelse,Gymnasial uddannelse,0,9
"""
TITLES = [
    ("Nordby Borgerting",),
    (),
    ("Kontakt", "", "", "Baggrund"),
    ("Navn", "Mail", "Tlf.", "Køn", "Født", "Uddannelse"),
]
MVU = "Mellemlang videregående uddannelse (3-4 år), fx sygeplejerske, lærer"
HOUSEHOLD = tuple(
    f"{it} (person {number})"
    for number in (1, 2)
    for it in ("Navn", "Køn", "Alder", "Uddannelse", "Uddannelse")
)

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
    "Swedish, ages by personal numbers": Export(
        files={
            "svar.csv": [
                ("Namn", "Personnummer", "Kön", "Utbildning"),
                ("Åsa Öberg", "19710512-0120", "Kvinna", "Gymnasieskola"),
                ("Åsa Öberg", "7105120120", "Kvinna", "Gymnasieskola"),  # the same person
                ("Bo Ek", "281203-1231", "Man", "Folkskola"),  # no Dane of 28 December 1903
                ("Cia Ek", "241203+1243", "Kvinna", "Folkskola"),
                ("David Al", "0101014124", "Man", "Folkskola"),
                ("Eva Al", "500101-4128", "Kvinna", "Folkskola"),  # without its check digit
            ]
        },
        quotas=SCB,
        people=5,
        questions=[("word", "alder", "500101-4128", "")],
        answers={"500101-4128": "60+"},
        pool=[
            "30-59,Kvinna,Gymnasial utbildning",
            "60+,Man,Förgymnasial utbildning",
            "60+,Kvinna,Förgymnasial utbildning",
            "16-29,Man,Förgymnasial utbildning",
            "60+,Kvinna,Förgymnasial utbildning",
        ],
    ),
    "Norwegian, whose word for a value means another one in Denmark": Export(
        files={
            "svar.csv": [
                ("Hva heter du?", "Kjønnet ditt", "Alder", "Hva er din høyeste utdanning?"),
                ("Anna Berg", "Kvinne", "75 år eller eldre", "Videregående"),
                ("Bo Ek", "Mann", "18-29 år", "Mastergrad"),
                ("Siv Ås", "Kvinne", "12-15 år", "Ungdomsskole"),
            ]
        },
        quotas=SSB,
        questions=[("word", "utdanning", "Videregående", "Videregående skole")],
        left={"young": 1},
        pool=["60+,Kvinne,Videregående skole", "16-29,Mann,Høyere utdanning"],
    ),
    "Excel of a village, abbreviations, what people live on": Export(
        files={
            "tilmeldte.xlsx": [
                ("Tilmeldte",),
                ("Navn", "Fødselsdag", "Køn", "Udd.", "Bolig", "Job"),
                ("Anna Lund", "12-05-1971", "K", "Folkeskole eller lign.", "Eje", "ansat"),
                ("Bo Holm", "3/4-1990", "M", "tømrer", "kollegieværelse", "SU"),
                ("Eva Skov", "1/1-1950", "kvinde", "Ingen uddannelse", "leje", "pensioneret"),
                ("Dan Dahl", "1/1-1980", "m", "STX", "lejebolig", "dagpenge"),
            ]
        },
        quotas=LIVING,
        # alike are only words that values do not share: no “Gymnasial uddannelse” for none
        questions=[("word", "uddannelse", "Ingen uddannelse", "")],
        answers={"Ingen uddannelse": "Grundskole"},
        pool=[
            "30-59,I arbejde,Ejer,Kvinde,Grundskole",
            "30-59,Studerende,Lejer,Mand,Erhvervsfaglig uddannelse",
            "60+,Pensionist,Lejer,Kvinde,Grundskole",
            "30-59,Ledig,Lejer,Mand,Gymnasial uddannelse",
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
    "Typeform, another answer beside its question, examples in the answers": Export(
        files={
            "responses.csv": [
                (
                    *("#", "👋 Hvad hedder du?", "Hvilket *køn* er du?", "Other"),
                    *("Hvornår er du født? (dd/mm/åååå)", "Hvad er din *højeste* uddannelse?"),
                    *("Må vi gemme dine svar?", "Submit Date (UTC)"),
                ),
                ("a", "Anna Lund", "Kvinde", "", "'020590", MVU, "1", "2026-11-01 10:05:00"),
                ("b", "Bo Holm", "", "Mand", "24/12/1950", "Faglært", "1", "2026-11-01 10:06:00"),
                ("c", "Cai Dal", "Mand", "", "03/03/2001", "gymnasie", "0", "2026-11-01 10:07:00"),
            ]
        },
        pool=["30-59,Kvinde,Videregående uddannelse", "60+,Mand,Erhvervsuddannelse"],
        left={"consent": 1},
    ),
    "SurveyMonkey, a header of two rows": Export(
        files={
            "Sheet_1.csv": [
                (
                    *("Respondent ID", "End Date", "Hvad er dit køn?", "", "Hvad er din alder?"),
                    *("Uddannelse", "Kontaktoplysninger", "", ""),
                ),
                (
                    *("", "", "Response", "Andet (angiv venligst)", "Response", "Response"),
                    *("Navn", "E-mailadresse", "Telefonnummer"),
                ),
                ("114", "", "Kvinde", "", "18 til 29", "Universitet", "Anna Lund", "a@x.dk", ""),
                ("115", "", "", "Mand", "61", "Folkeskole", "Bo Holm", "b@x.dk", "20304051"),
                ("116", "", "Mand", "", "61", "Folkeskole", "Bo Holm", "", "+45 20304051"),
            ]
        },
        pool=["16-29,Kvinde,Videregående uddannelse", "60+,Mand,Grundskole"],
    ),
    "Qualtrics, a header of three rows": Export(
        files={
            "Borgersamling.csv": [
                ("EndDate", "Finished", "ResponseId", "Q1", "Q2", "Q3", "Q4"),
                (
                    *("End Date", "Finished", "Response ID", "Hvad er dit fulde navn?"),
                    *("Hvad er dit køn?", "Hvilket år er du født?", "Hvad er din uddannelse?"),
                ),
                tuple(f'{{"ImportId":"QID{number}"}}' for number in range(7)),
                ("2026-11-01 10:02", "True", "R_1", "Anna Lund", "Kvinde", "1990", "Ph.d."),
                ("2026-11-01 10:03", "True", "R_2", "test test", "Mand", "1950", "STX"),
            ]
        },
        pool=["30-59,Kvinde,Videregående uddannelse"],
        left={"test": 1},
    ),
    "a household in a row, a question in two branches, the header again": Export(
        files={
            "husstande;.csv": [
                HOUSEHOLD,
                ("Anna Lund", "Kvinde", "34", "HF", "", "Bo Lund", "Mand", "36", "", "EUD"),
                HOUSEHOLD,
                ("Ida Krogh", "Kvinde", "71", "", "Faglært", "", "", "", "", ""),
            ]
        },
        pool=[
            "30-59,Kvinde,Gymnasial uddannelse",
            "30-59,Mand,Erhvervsuddannelse",
            "60+,Kvinde,Erhvervsuddannelse",
        ],
    ),
}
