"""Invented exports of forms, in the shapes that programs give them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from random import Random

Row = Sequence[str]

FIRST = (
    *("Anna", "Bo", "Carl", "Dora", "Eva", "Finn", "Gitte", "Hans", "Ida", "Jens", "Karen", "Lars"),
    *("Mette", "Niels", "Oda", "Per", "Rikke", "Svend"),
)
LAST = (
    *("Jensen", "Holm", "Krogh", "Bødker", "Møller", "Åkjær", "Vestergård", "Lund", "Skov", "Dahl"),
    *("Thøgersen", "Iversen"),
)
QUESTIONS = (
    *("Tidsstempel", "Hvad er dit fulde navn?", "Hvad er dit køn?"),
    *("Hvilket år er du født?", "Hvad er din højest gennemførte uddannelse?"),
    *("Hvilken bydel bor du i?", "Hvad er din e-mailadresse?", "Hvad er dit telefonnummer?"),
    *("Har du brug for tolk, kørestolsadgang eller andet?", "Hvorfor vil du gerne være med?"),
    "Jeg giver samtykke til, at kommunen behandler mine oplysninger",
)
QUOTAS = """\
kriterium;værdi;min;max
køn;Kvinde;16;20
køn;Mand;16;20
aldersgruppe;16-29 år;7;10
aldersgruppe;30-44 år;7;10
aldersgruppe;45-59 år;7;10
aldersgruppe;60+ år;9;13
uddannelse;Grundskole;8;12
uddannelse;Erhvervsuddannelse;9;13
uddannelse;Gymnasial uddannelse;2;5
uddannelse;Kort eller mellemlang videregående;6;9
uddannelse;Lang videregående;2;6
bydel;Midtbyen;8;20
bydel;Nørremarken;5;15
bydel;Åparken;4;15
"""
SCHOOLING = {
    "Grundskole": ("Folkeskole", "9. klasse", "10. klasse", "Grundskole"),
    "Erhvervsuddannelse": ("EUD", "Faglært", "Erhvervsuddannelse (fx tømrer)", "svendebrev"),
    "Gymnasial uddannelse": ("HF", "STX", "hhx", "Studentereksamen"),
    "Kort eller mellemlang videregående": ("KVU", "Professionsbachelor", "mvu"),
    "Lang videregående": ("Kandidat", "cand.merc.", "LVU", "Ph.d."),
}


def csv_text(rows: Sequence[Row], delimiter: str = ",") -> str:
    """Rows as a file of values parted by a sign."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def born(random: Random, place: int) -> str:
    """A year of birth as people write it."""
    year = random.choice([1946, 1952, 1958, 1963, 1970, 1975, 1984, 1990, 1999, 2004])
    ways = (f"22-06-{year}", f"født {year}", f"{2026 - year} år", str(year), f"3. maj {year}")
    return ways[place % len(ways)]


def officers_export(answers: int = 350) -> list[list[str]]:
    """The export of a form of long questions, with people who sent it twice and free text."""
    random = Random(16)
    rows = [list(QUESTIONS)]
    for place in range(answers - 12):
        first, last = FIRST[place % len(FIRST)], LAST[place // len(FIRST) % len(LAST)]
        name = f"{first} {last} {FIRST[(place * 7) % 18]}sen"
        education = list(SCHOOLING)[random.randrange(5)]
        rows.append(
            [
                f"{1 + place % 28:02}/10/2026 {8 + place % 12:02}.{place % 60:02}.10",
                name,
                random.choice(("Kvinde", "Mand")),
                born(random, place),
                random.choice(SCHOOLING[education]),
                random.choice(("Midtbyen", "Nørremarken", "Åparken")),
                f"person{place}@example.org",
                f"{20 + place % 70} {place % 100:02} {place // 100:02} 07",
                "" if place % 9 else "Jeg er vegetar",
                "Fordi byen er vores",
                "Ja",
            ]
        )
    rows[4][2] = "Andet"
    rows[9][2] = "Nonbinær"
    rows[15][2] = "Ønsker ikke at oplyse"
    rows[22][4] = "Bachelor"
    rows[23][4] = ""
    rows[31][3] = "72"
    for place in range(12):
        again = list(rows[1 + 11 * place])
        again[0] = f"30/10/2026 12.{place:02}.00"
        if place % 2:
            again[6] = again[6].upper()
        else:
            again[6], again[7] = "", "+45 " + again[7].replace(" ", "")
        rows.append(again)
    return rows
