"""A whole assembly by commands, and every page that they write on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sortition.model import Language
from tests.cli.running import SAMPLES, a_third_of_the_samples, sortition

PROJECT = """\
language = "{language}"
assembly = "Nordby Borgerting 2027"
organiser = "Nordby Kommune"
contact = "Mette Holm, 12 34 56 78"
days = "6. og 13. marts 2027"
answer-by = 2027-01-20
reply-at = "https://svar.nordby.example/{{code}}"
size = 12
household = "adresse,postnummer"
seed = "63454660390103169462"
"""
FILES = "folketal.csv", "registry.csv", "response_rates.csv", "invited.csv", "uddannelse_bydel.csv"
STEPS = """
quotas folketal.csv uddannelse_bydel.csv --size 12 --ages 16-29,30+ --page made/quotas.html
check pool.csv clash.csv --out clash
intake pool.csv --quotas quotas.csv --out intake
lottery pool.csv quotas.csv --source drawn --out lottery
receipt --all --from lottery --out receipts
""".strip().splitlines()
MORE = """
plan quotas.csv --size 12 --rates response_rates.csv --registry registry.csv --trials 2 --out plan
invite registry.csv --seed 18 --size 60 --by køn,aldersgruppe --out invitations
letters invitation invitations --out letters
check pool.csv quotas.csv --population uddannelse_bydel.csv --out check
compare pool.csv quotas.csv --draws 20 --tickets 200 --out compare
select pool.csv quotas.csv --alternates 3 --out panel
replace panel --dropouts dropouts.csv
letters yes panel --out letters_yes
groups panel --tables 3 --sessions 2 --names fornavn,efternavn
evaluate panel
press panel
my-chance panel 0017 --out chance/my_chance.html
draw lottery --drawn 187
alternates lottery --count 3 --seed 18
my-chance lottery 0017 --out chance_drawn/my_chance.html
funnel --registry registry.csv --invited invited.csv --pool pool.csv --by køn --out funnel
""".strip().splitlines()


def pages_of_an_assembly(
    folder: Path, language: Language, commands: Sequence[str]
) -> dict[str, Path]:
    """Run commands in a folder; the pages by what they are, with one receipt and not all."""
    _prepare(folder, language)
    for command in commands:
        if "dropouts.csv" in command:
            listed = (folder / "panel" / "panel.csv").read_text(encoding="utf-8-sig").splitlines()
            ids = [row.split(";")[0] for row in listed[:3]]
            (folder / "dropouts.csv").write_text("\n".join(ids), encoding="utf-8")
        done = sortition(*command.split(), cwd=folder)
        assert done.code == (1 if "clash" in command else 0), f"{command}: {done.stderr}"
    pages = {
        "-".join(path.relative_to(folder).with_suffix("").parts): path
        for path in sorted(folder.rglob("*.html"))
    }
    receipts = [name for name in pages if name.startswith("receipts-")]
    return {name: path for name, path in pages.items() if name not in receipts[1:]}


def _prepare(folder: Path, language: Language) -> None:
    a_third_of_the_samples(folder)
    for name in FILES:
        (folder / name).symlink_to(SAMPLES / name)
    (folder / "assembly.toml").write_text(PROJECT.format(language=language), encoding="utf-8")
    quotas = (folder / "quotas.csv").read_text(encoding="utf-8")
    both = "".join(f"\nkombination;bydel=Åparken & køn={sex};2;2" for sex in ("Kvinde", "Mand"))
    (folder / "clash.csv").write_text(quotas + both, encoding="utf-8")
