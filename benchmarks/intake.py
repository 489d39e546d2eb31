"""How long an intake of many answers takes: CPU of one run in a process of its own.

``python benchmarks/intake.py`` takes in 20,000 answers of a form, 3 in 100 of them
sent twice, with dates of birth and words as people write them, and prints the seconds of CPU.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ANSWERS = 20_000
HEADER = (
    *("Tidsstempel", "Hvad er dit fulde navn?", "Hvad er dit køn?", "Hvornår er du født?"),
    *("Hvad er din højest gennemførte uddannelse?", "Hvilken bydel bor du i?", "Adresse"),
    *("E-mail", "Telefon", "Har du ønsker?", "Jeg giver samtykke"),
)
SCHOOLING = ("Folkeskole", "9. klasse", "EUD", "Faglært", "HF", "STX", "KVU", "MVU", "Kandidat")
QUOTAS = """\
feature,value,min,max
køn,Kvinde,0,36
køn,Mand,0,36
alder,16-29,0,36
alder,30-59,0,36
alder,60+,0,36
uddannelse,Grundskole,0,36
uddannelse,Erhvervsuddannelse,0,36
uddannelse,Gymnasial uddannelse,0,36
uddannelse,Kort eller mellemlang videregående,0,36
uddannelse,Lang videregående,0,36
bydel,Nord,0,36
bydel,Syd,0,36
"""


def answers() -> list[list[str]]:
    """Rows of the form, some of which come again with another spelling."""
    chance = random.Random(20_000)
    rows = []
    for number in range(ANSWERS * 97 // 100):
        name = " ".join("".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(3))
        born = f"{chance.randint(1, 28):02}-{chance.randint(1, 12):02}-{chance.randint(1940, 2008)}"
        rows.append(
            [
                f"2026-11-{1 + number % 28:02} 10:00:00",
                name,
                chance.choice(("Kvinde", "Mand")),
                born,
                chance.choice(SCHOOLING),
                chance.choice(("Nord", "Syd")),
                f"Vej{number % 4000} {number % 90}",
                f"p{number}@example.org",
                f"{20_000_000 + number}",
                "Jeg vil gerne være med",
                "Ja",
            ]
        )
    again = [[*row[:7], row[7].upper(), *row[8:]] for row in rows[: ANSWERS - len(rows)]]
    return [*rows, *again]


def main() -> None:
    """Run it, and say what it took."""
    with tempfile.TemporaryDirectory() as home:
        with (Path(home) / "form.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *answers()])
        (Path(home) / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
        command = (
            *(sys.executable, "-m", "sortition", "intake", "form.csv", "--quotas", "quotas.csv"),
            *("--age-on", "2026-11-28", "--out", "pool"),
        )
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(done.stdout.splitlines()[0], f"exit code {done.returncode}")
        print(f"{used.ru_utime + used.ru_stime:.2f} s of CPU, {used.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
