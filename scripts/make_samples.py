"""Make the sample data: an invented municipality, its volunteers and the quotas of a panel.

Nobody in it is real. The same files come out on every run, to the byte.

    python scripts/make_samples.py [FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from random import Random
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Font

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CHANGING = {  # in a saved workbook: the time of day, and the version of the library
    r"\d{4}-\d\d-\d\dT[\d:]+Z": "2025-06-05T12:00:00Z",
    r"Microsoft Excel[^<]*": "Microsoft Excel",
}
SEED = 20250616
REGISTRY_SIZE = 12_000
POOL_SIZE = 500
PANEL_SIZE = 36
SLACK = Fraction(5, 4)  # how many seats a quota may stray from the exact share
WAVE = 6  # an earlier wave went to every sixth
JOINING = 0.025  # chance to answer because somebody at the same address did

FIRST_NAMES = {  # by sex, and by whether one is at least NAMED_OLDER years old
    ("Kvinde", True): "Åse Kirsten Birthe Inger Bodil Grethe Jytte Hanne Else Ruth Solvejg Karen",
    ("Kvinde", False): "Mette Maja Freja Sofie Ida Camilla Signe Astrid Trine Sara Lærke Cæcilie",
    ("Mand", True): "Jørgen Børge Søren Preben Åge Kjeld Svend Erling Poul Knud Flemming Jørn",
    ("Mand", False): "Bjørn Rasmus Mikkel Anders Frederik Emil Øjvind Magnus Asbjørn Søren Noah",
}
NAMED_OLDER = 45
SURNAMES = (
    "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen "
    "Østergaard Nørgaard Kjær Møller Bæk Højgaard Søndergaard Aagaard Åkjær Lindegaard Bjerre "
    "Dahl Krogh Skov Holm Lund Friis Vestergaard Thøgersen Mølgaard Bødker Ravn Iversen Kruse"
)
BLOCKS = {  # streets with flats
    "Midtbyen": "Åboulevarden Møllegade Nørregade Algade Østergade Søndergade Rådhusgade Bredgade",
    "Nørremarken": "Nørrevang Højhusene",
    "Åparken": "Åparken Engparken",
    "Møllevang": "Møllevangen Vindmølleparken Kværnen",
    "Østerlandet": "",
}
HOUSES = {  # some street names occur under two postcodes, as they do in life
    "Midtbyen": "Præstevænget Gartnervænget",
    "Nørremarken": "Ærøvej Samsøvej Læsøvej Fanøvej Rømøvej Kirkevej Skolevej Lærkevej Drosselvej",
    "Åparken": "Bøgevej Ahornvej Åbrinken Rønnevej Hyldevej Pilevej Røllikevej",
    "Møllevang": "Sømosevej Håndværkervej",
    "Østerlandet": "Kirkevej Skolevej Lærkevej Strandvejen Fjordvej Landevejen",
}
TOWNS = {"9991": "Skovby", "9994": "Nørre Skovby", "9995": "Øster Skovby"}
SEXES = ("Kvinde", "Mand")
AGE_GROUPS = {"16-29 år": 16, "30-44 år": 30, "45-59 år": 45, "60+ år": 60}
EDUCATIONS = (
    "Grundskole",
    "Erhvervsuddannelse",
    "Gymnasial uddannelse",
    "Kort eller mellemlang videregående",
    "Lang videregående",
)
EDUCATION_UP_TO_AGE = {
    18: (93, 1, 6, 0, 0),
    22: (34, 14, 48, 4, 0),
    29: (17, 27, 21, 24, 11),
    44: (14, 32, 6, 29, 19),
    59: (19, 40, 4, 25, 12),
    120: (31, 38, 3, 21, 7),
}
# Who volunteers: the chance to answer an invitation is the product of the two.
ANSWERS_BY_AGE = {"16-29 år": 0.03, "30-44 år": 0.045, "45-59 år": 0.06, "60+ år": 0.08}
ANSWERS_BY_EDUCATION = dict(zip(EDUCATIONS, (0.45, 0.8, 1.0, 1.5, 2.8), strict=True))

SEXES_IN_STATISTICS = {"Mand": "Mænd", "Kvinde": "Kvinder"}
OLDEST_IN_STATISTICS = 99  # and over

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A part of the municipality: its share of the households, and how it differs."""

    name: str
    postcode: str
    share: float
    young: float  # households of young people, against the average
    learned: float  # long educations, against the average


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of household: adults of about one age, and their grown children at home."""

    weight: float
    adults: tuple[int, ...] = (1,)
    ages: tuple[int, int, int]  # lowest, highest, commonest
    children: tuple[int, ...] = (0,)


DISTRICTS = (
    District(name="Midtbyen", postcode="9991", share=0.33, young=1.7, learned=1.5),
    District(name="Nørremarken", postcode="9994", share=0.25, young=0.7, learned=1.1),
    District(name="Åparken", postcode="9991", share=0.19, young=0.9, learned=1.0),
    District(name="Møllevang", postcode="9991", share=0.14, young=1.1, learned=0.5),
    District(name="Østerlandet", postcode="9995", share=0.09, young=0.5, learned=0.7),
)
KINDS = (
    Kind(weight=7, ages=(18, 29, 24)),
    Kind(weight=14, ages=(30, 59, 45)),
    Kind(weight=18, ages=(60, 97, 72)),
    Kind(weight=4, adults=(2,), ages=(20, 29, 26)),
    Kind(weight=1, adults=(3, 4, 5), ages=(18, 28, 22)),
    Kind(weight=15, adults=(2,), ages=(30, 44, 37)),
    Kind(weight=15, adults=(2,), ages=(45, 59, 51), children=(0, 0, 0, 1, 1, 1, 2, 2, 3)),
    Kind(weight=18, adults=(2,), ages=(60, 93, 66)),
    Kind(weight=5, ages=(40, 59, 47), children=(1, 1, 2)),
)
FEATURES = {
    "køn": SEXES,
    "aldersgruppe": tuple(AGE_GROUPS),
    "uddannelse": EDUCATIONS,
    "bydel": tuple(district.name for district in DISTRICTS),
}
REGISTRY_COLUMNS = (
    "person_id fornavn efternavn køn alder aldersgruppe uddannelse bydel "
    "adresse postnummer by digital_post"
)
POOL_COLUMNS = (
    "deltager_id fornavn efternavn køn aldersgruppe uddannelse bydel "
    "adresse postnummer by telefon email"
)


def dwellings(district: District, rng: Random) -> Iterator[str]:
    """The addresses of a district, the lowest house numbers first, with some left out."""
    flats = [f"{level}. {side}" for level in ("st", "1", "2", "3") for side in ("tv", "th")]
    blocks = BLOCKS[district.name].split()
    for number in range(1, 200):
        addresses = [f"{street} {number}" for street in HOUSES[district.name].split()]
        addresses += [f"{street} {number}, {flat}" for street in blocks for flat in flats]
        yield from (address for address in addresses if rng.random() < 0.85)


def household(district: District, rng: Random) -> Iterator[Row]:
    """Those of one home who are at least 16; couples are mostly a woman and a man."""
    tilts = [district.young if kind.ages[0] < 30 else 1 for kind in KINDS]
    kind = rng.choices(KINDS, [k.weight * tilt for k, tilt in zip(KINDS, tilts, strict=True)])[0]
    low, high, commonest = kind.ages
    adults = rng.choice(kind.adults)
    age = int(rng.triangular(low, high + 1, commonest))
    woman_first = rng.random() < 0.5
    surname = rng.choice(SURNAMES.split())
    yield person(age, SEXES[not woman_first], surname, district, rng)
    for _ in range(adults - 1):
        near = min(high, max(low, age + rng.randint(-4, 4)))
        is_mixed_couple = adults == 2 and rng.random() < 0.97
        sex = SEXES[woman_first] if is_mixed_couple else rng.choice(SEXES)
        is_married = adults == 2 and rng.random() < 0.6
        name = surname if is_married else rng.choice(SURNAMES.split())
        yield person(near, sex, name, district, rng)
    for _ in range(rng.choice(kind.children)):
        young = 16 + min(rng.randint(0, 10), rng.randint(0, 10), age - 38)
        yield person(young, rng.choice(SEXES), surname, district, rng)


def person(age: int, sex: str, surname: str, district: District, rng: Random) -> Row:
    """One person as the registry knows her, but for number and address."""
    weights = next(row for top, row in EDUCATION_UP_TO_AGE.items() if age <= top)
    tilts = (1 / district.learned, 1, 1, 1, district.learned)
    tilted = [weight * tilt for weight, tilt in zip(weights, tilts, strict=True)]
    return {
        "fornavn": rng.choice(FIRST_NAMES[sex, age >= NAMED_OLDER].split()),
        "efternavn": surname,
        "køn": sex,
        "alder": str(age),
        "aldersgruppe": [group for group, lowest in AGE_GROUPS.items() if age >= lowest][-1],
        "uddannelse": rng.choices(EDUCATIONS, tilted)[0],
        "bydel": district.name,
        "postnummer": district.postcode,
        "by": TOWNS[district.postcode],
        "digital_post": "Nej" if rng.random() < (0.2 if age >= 75 else 0.03) else "Ja",
    }


def make_registry(rng: Random) -> list[Row]:
    """Everybody of the municipality who is at least 16, address by address."""
    people: list[Row] = []
    for district in DISTRICTS:
        wanted = len(people) + district.share * REGISTRY_SIZE
        for address in dwellings(district, rng):
            if len(people) >= wanted:
                break
            people += [member | {"adresse": address} for member in household(district, rng)]
    numbered = [{"person_id": f"S{i:05}"} | member for i, member in enumerate(people, start=1)]
    return [{column: member[column] for column in REGISTRY_COLUMNS.split()} for member in numbered]


def make_pool(registry: list[Row], rng: Random) -> tuple[list[Row], list[Row]]:
    """Those who are asked, in random order until enough answer; and who answers, with mates."""
    homes = defaultdict(list)
    for member in registry:
        homes[member["adresse"], member["postnummer"]].append(member)
    answers: dict[str, Row] = {}
    in_turn = iter(rng.sample(registry, len(registry)))
    asked: list[Row] = []
    while len(answers) < POOL_SIZE:
        member = next(in_turn)
        asked.append(member)
        by_age = ANSWERS_BY_AGE[member["aldersgruppe"]]
        if rng.random() < by_age * ANSWERS_BY_EDUCATION[member["uddannelse"]]:
            home = homes[member["adresse"], member["postnummer"]]
            joining = [one for one in home if one is member or rng.random() < JOINING]
            answers |= {one["person_id"]: one for one in joining}
    volunteers = rng.sample(list(answers.values()), POOL_SIZE)
    pool = [volunteer(f"{i:04}", member, rng) for i, member in enumerate(volunteers, start=1)]
    return asked, pool


def make_invited(asked: list[Row]) -> list[Row]:
    """Who was asked and how, by the ids of the registry."""
    channels = {"Ja": "Digital Post", "Nej": "Brev"}
    return [
        {"person_id": member["person_id"], "kanal": channels[member["digital_post"]]}
        for member in sorted(asked, key=lambda member: member["person_id"])
    ]


def volunteer(id: str, member: Row, rng: Random) -> Row:
    """A row of the pool; Danish telephone numbers never begin with 00."""
    name = f"{member['fornavn']}.{member['efternavn']}.{id}".lower()
    for letter, latin in {"æ": "ae", "ø": "oe", "å": "aa"}.items():
        name = name.replace(letter, latin)
    digits = " ".join(f"{rng.randrange(100):02}" for _ in range(3))
    contact = {"deltager_id": id, "telefon": f"+45 00 {digits}", "email": f"{name}@example.org"}
    return {column: (member | contact)[column] for column in POOL_COLUMNS.split()}


def make_quotas(registry: list[Row]) -> list[Row]:
    """For every value the seats near its share of the registry."""
    rows = []
    for feature, values in FEATURES.items():
        counts = Counter(member[feature] for member in registry)
        for value in values:
            seats = Fraction(PANEL_SIZE * counts[value], len(registry))
            bounds = {"min": str(ceil(seats - SLACK)), "max": str(floor(seats + SLACK))}
            rows.append({"kriterium": feature, "værdi": value} | bounds)
    return rows


def make_population(registry: list[Row]) -> list[Row]:
    """People by sex and single year of age as StatBank Denmark writes it, children among them."""
    counts = Counter((row["køn"], int(row["alder"])) for row in registry)
    for place, sex in enumerate(SEXES_IN_STATISTICS):
        for age in range(min(AGE_GROUPS.values())):
            counts[sex, age] = 112 + (5 * age + 3 * place) % 17
    ages = ["I alt", *(f"{age} år" for age in range(OLDEST_IN_STATISTICS))]
    ages.append(f"{OLDEST_IN_STATISTICS} år og derover")
    people: Counter[tuple[str, str]] = Counter()
    for (sex, age), count in counts.items():
        for shown_sex in ("I alt", SEXES_IN_STATISTICS[sex]):
            for shown_age in ("I alt", ages[1 + min(age, OLDEST_IN_STATISTICS)]):
                people[shown_sex, shown_age] += count
    return [
        {
            "OMRÅDE": "Skovby",
            "KØN": sex,
            "ALDER": age,
            "TID": "2025K2",
            "INDHOLD": str(people[sex, age]),
        }
        for sex in ("I alt", *SEXES_IN_STATISTICS.values())
        for age in ages
    ]


def make_other_figures(registry: list[Row]) -> list[Row]:
    """People aged 16 or more by education, and by district: a row for each value."""
    return [
        {
            "kriterium": name,
            "værdi": value,
            "antal": str(sum(row[name] == value for row in registry)),
        }
        for name in ("uddannelse", "bydel")
        for value in FEATURES[name]
    ]


def make_response_rates(registry: list[Row], pool: list[Row]) -> list[Row]:
    """An earlier wave: in each stratum a sixth of the people and of the volunteers."""
    strata = ("aldersgruppe", "uddannelse")
    people, volunteers = (
        Counter(tuple(member[feature] for feature in strata) for member in rows)
        for rows in (registry, pool)
    )
    return [
        dict(zip(strata, values, strict=True))
        | {"inviteret": str(count // WAVE), "svaret": str(volunteers[values] // WAVE)}
        for values, count in sorted(people.items())
    ]


def csv_text(rows: list[Row]) -> str:
    """The table with semicolons and the line ends of a spreadsheet program."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def xlsx_bytes(rows: list[Row], title: str) -> bytes:
    """The table as a workbook with one sheet."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    sheet.append(list(rows[0]))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([int(v) if column in ("min", "max") else v for column, v in row.items()])
    saved = io.BytesIO()
    workbook.save(saved)
    return repacked(saved)


def repacked(workbook: io.BytesIO) -> bytes:
    """A saved workbook without what differs between times, systems and libraries.

    The parts become canonical XML, and are stored because compressed bytes differ.
    """
    fixed = io.BytesIO()
    with ZipFile(workbook) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            for pattern, fixed_text in CHANGING.items():
                part = re.sub(pattern, fixed_text, part)
            entry = ZipInfo(name)
            entry.create_system = 0
            target.writestr(entry, XML_DECLARATION + canonicalize(part))
    return fixed.getvalue()


def write_samples(folder: Path) -> None:
    """Write all files of the sample data into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(SEED)
    registry = make_registry(rng)
    (asked, pool), quotas = make_pool(registry, rng), make_quotas(registry)
    (folder / "registry.csv").write_bytes(csv_text(registry).encode("cp1252"))
    (folder / "invited.csv").write_bytes(csv_text(make_invited(asked)).encode("utf-8"))
    (folder / "folketal.csv").write_bytes(csv_text(make_population(registry)).encode("utf-8-sig"))
    figures = csv_text(make_other_figures(registry))
    (folder / "uddannelse_bydel.csv").write_bytes(figures.encode("cp1252"))
    rates = make_response_rates(registry, pool)
    (folder / "response_rates.csv").write_bytes(csv_text(rates).encode("utf-8"))
    for name, rows, title in (("pool", pool, "Deltagere"), ("quotas", quotas, "Kvoter")):
        text = csv_text(rows)
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
        (folder / f"{name}_windows1252.csv").write_bytes(text.encode("cp1252"))
        (folder / f"{name}.xlsx").write_bytes(xlsx_bytes(rows, title))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    write_samples(parser.parse_args().folder)
