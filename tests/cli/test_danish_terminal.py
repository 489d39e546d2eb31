"""Whoever asks for Danish is told all of it in Danish: help, results, and what is wrong.

A word is English if our English catalogues have it and our Danish ones do not. Names of commands,
options, values and files are the same in every language.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

import sortition as package
from sortition.cli.around.helping import FIXED, helps
from sortition.cli.main import app, name_of
from sortition.model.choices import Kind
from tests.budgets import LARGE
from tests.cli.running import sortition, unboxed
from tests.pages.reading import Page

HOME = Path(package.__file__).parent
COMMANDS = [name_of(one) for one in app.registered_commands]
FOR_PROGRAMS = re.compile(r"<(script|pre)\b.*?</\1>", re.DOTALL)
# not a piece of a code such as SEX7CQFQ, which is made anew each time
WORD = re.compile(r"(?<![0-9a-zæøå])[a-zæøå]{2,}(?![0-9a-zæøå])")
# digests, options, what stands in quotation marks or as code, kinds of values, files and folders
NAMED = re.compile(
    r"[0-9a-f]{16,}|“[^”]*”|`[^`]*`|<[^<>]*>|--[a-z-]+|\{[^{}]*\}|[\w/~-]*/[\w./-]*|\S+\.(?:[a-z]{2,5})\b"
    r"|(?:python -m )?sortition(?: [a-z-]+)?|\[ellers: [^\]]*\]",
)
NAMES = {
    *get_args(Kind),
    *(part for one in COMMANDS for part in one.split("-")),
    "all",
    "dir",
    "min",
    "max",
    "panel",
    "proof",
    "public",
    "pool",
    "population",
    "rehearsal",
}
POOL = "id,navn,køn,alder,vej\n" + "".join(
    f"{n:03},Bo {n},{'kvinde' if n <= 10 else 'mand'},{'ung' if n % 2 else 'gammel'},\n"
    for n in range(1, 21)
)
QUOTAS = "kriterium,værdi,min,max\nkøn,kvinde,3,3\nkøn,mand,3,3\nalder,ung,3,3\nalder,gammel,3,3\n"
FIGURES = "køn,alder,antal\nkvinde,ung,100\nkvinde,gammel,120\nmand,ung,110\nmand,gammel,100\n"
RATES = "køn,antal,svarprocent\nkvinde,4000,5 %\nmand,4000,4 %\n"
LETTER = (
    "--assembly Ting --organiser Kommune --contact Bo --days mandag --answer-by 2031-01-20"
    " --reply-at her --names navn --address vej"
)
CALLS = f"""
plan --timeline 2031-05-22 --needed 30 --rate 0.03
plan --needed 30 --prior 6/194 --invited 500 --answered 12 --method beta-binomial
plan kvoter.csv --size 6 --rates rater.csv --out plan
quotas tal.csv --size 6 --out nye.csv --page nye.html
invite register.csv --size 6 --by køn --seed 1 --out breve
letters invitation breve {LETTER} --out post
letters reminder breve {LETTER} --out rykker
letters --templates skabeloner
intake pulje.csv --quotas kvoter.csv --size 6 --out optag
map pulje.csv kvoter.csv --out kort.toml
check pulje.csv kvoter.csv --size 6 --out tjek
select pulje.csv kvoter.csv --size 6 --seed 1 --out udvalg
compare pulje.csv kvoter.csv --size 6 --draws 20 --out sammen
lottery pulje.csv kvoter.csv --size 6 --assembly Ting --organiser Kommune --source drawn --out lod
stamp lod --request spørg.tsq
receipt 001 --from lod --out kvittering.json
receipt --all --from lod --out kvitteringer
draw lod --drawn 187
verify lod
pack lod --out pakket
purge lod
alternates udvalg --count 2
alternates lod --second-panel
confirm udvalg
confirm udvalg --read svar.csv
status udvalg --on 2031-01-01
replace udvalg --dropouts svar.csv
evaluate udvalg
evaluate udvalg --template
groups udvalg --tables 1 --sessions 1 --names navn
press udvalg --assembly Ting --organiser Kommune --contact Bo
my-chance udvalg 003 --out chance.html
letters yes udvalg {LETTER} --out ja
letters no udvalg {LETTER} --out nej
sample kvoter.csv --size 6 --out opfundet.csv
dataset pulje.csv kvoter.csv --size 6 --out datasæt
funnel --registry register.csv --selected udvalg/panel.csv --by køn --out tragt
verify udvalg
select pulje.csv
select pulje.csv kvoter.csv --size to
select pulje.csv kvoter.csv --size 60
select ingen.csv kvoter.csv --size 6
select pulje.csv kvoter.csv --size 6 --objective held
select pulje.csv kvoter.csv --size 6 --houshold vej
select pulje.csv kvoter.csv --size 6 --age-on snart
select pulje.csv kvoter.csv --size 6 --toward population
select pulje.csv kvoter.csv --size 6 --seed 1 --out udvalg
select pulje.csv strenge.csv --size 6
selekt pulje.csv
plan --needed 3 --size 3
quotas tal.csv --size 6 --width -1
intake
draw lod --drawn 188
alternates udvalg
bench pulje.csv
verify ingenting
check pulje.csv strenge.csv --size 6 --out klemt
invite register.csv --size 6 --by hobby --seed 1
invite register.csv --size 60 --seed 1
letters invitation breve
letters rykker breve
plan --timeline snart
quotas tal.csv --size 6 --page side.txt
quotas ingen.csv --size 6
map pulje.csv kvoter.csv --out kort.toml
intake pulje.csv --quotas kvoter.csv --size 6 --out optag
lottery pulje.csv kvoter.csv --size 6 --source drawn --out lod2
draw lod
stamp ingenting
pack ingenting
receipt 999 --from lod
confirm udvalg --read ingen.csv
replace udvalg --dropouts pulje.csv
groups udvalg --tables 40
evaluate ingenting
press udvalg --population ingen.csv
my-chance udvalg 999
funnel --by køn
sample kvoter.csv --size 0
purge udvalg
""".strip().splitlines()


@cache
def vocabulary(language: str) -> frozenset[str]:
    """The words of a language's catalogues; English help stands in the code."""
    folder = HOME / "texts" / "findings"
    places = [
        *HOME.rglob(f"words.{language}.toml"),
        HOME / "texts" / f"phrases.{language}.toml",
        *(folder if language == "en" else folder / language).glob("*.toml"),
    ]
    texts = [text for place in places for text in _texts(place)]
    texts += helps("da") if language == "en" else helps("da").values()
    return frozenset(WORD.findall(NAMED.sub(" ", "\n".join(texts).lower())))


def _texts(place: Path) -> list[str]:
    found: list[str] = []
    left: list[object] = [tomllib.loads(place.read_text(encoding="utf-8"))]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += one.values()
        else:
            found.append(re.sub(r"\{\w+\}", " ", str(one)))
    return found


def english_in(said: str) -> set[str]:
    """The English words of a text."""
    words = set(WORD.findall(NAMED.sub(" ", unboxed(said)).lower()))
    return words & (vocabulary("en") - vocabulary("da")) - NAMES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dansk")
    (home / "pulje.csv").write_text(POOL, encoding="utf-8")
    (home / "register.csv").write_text(POOL, encoding="utf-8")
    (home / "kvoter.csv").write_text(QUOTAS, encoding="utf-8")
    (home / "strenge.csv").write_text(QUOTAS.replace("kvinde,3,3", "kvinde,5,6"), encoding="utf-8")
    (home / "tal.csv").write_text(FIGURES, encoding="utf-8")
    (home / "rater.csv").write_text(RATES, encoding="utf-8")
    return home


@pytest.mark.usefixtures("short_searches")
def test_results_pages_and_what_is_wrong(folder: Path) -> None:
    left = {}
    for call in CALLS:
        if "svar.csv" in call and not (folder / "svar.csv").exists():
            panel = (folder / "udvalg" / "panel.csv").read_text(encoding="utf-8").splitlines()
            first = panel[1].split(",")[0]
            (folder / "svar.csv").write_text(f"id,status\n{first},afslået\n", encoding="utf-8")
        done = sortition("--language", "da", *call.split(), cwd=folder)
        said = done.stdout + done.stderr
        assert said, call
        assert "Traceback" not in said
        if found := english_in(said):
            left[call] = found
    # one of the receipts says what all of them do
    receipts = sorted((folder / "kvitteringer").glob("*.html"))
    for path in {*folder.rglob("*.html")} - {*receipts[1:]}:
        page = Page(FOR_PROGRAMS.sub("", path.read_text(encoding="utf-8")))
        if found := english_in(page.words):
            left[path.name] = found
    assert left == {}


# of the others it shows again what the next test shows of their texts
@pytest.mark.parametrize("command", ["", *(COMMANDS if LARGE else ["select"])])
def test_help(folder: Path, command: str) -> None:
    done = sortition("--language", "da", *command.split(), "--help", cwd=folder)
    assert done.code == 0
    assert english_in(done.stdout) == set()


def test_every_text_of_the_help_has_danish_and_nothing_else_has() -> None:
    program: Any = get_command(app)
    told = {*FIXED.values(), "Usage:", "Show this message and exit."}
    for command in (program, *program.commands.values()):
        told |= {command.options_metavar, *paragraphs(command.help)}
        for parameter in command.params:
            told |= {parameter.metavar or "", *paragraphs(parameter.help)}
    told |= {program.subcommand_metavar}
    danish = set(helps("da"))
    assert danish - told == set()
    # the others are letters and words that Danish has as well
    assert {text for text in told - danish if len(text) > 3} == {"SHA256"}


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]


def test_english_is_found() -> None:
    assert english_in("Skrevet: what was found") == {"what", "was", "found"}
    assert english_in("Se `sortition verify` og “the file” i panel.csv --language") == set()
    assert len(CALLS) > 60
