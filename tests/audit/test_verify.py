"""Runs that hold, and forgeries of one thing each with every digest made to fit."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sortition
from sortition.audit.canonical import digest
from sortition.audit.certificate.file import certificate_file, read_certificate
from sortition.audit.documents import indented
from sortition.audit.verify import Verification, examine
from sortition.errors import Finding, InputErrors
from sortition.model import mark
from sortition.texts.outcomes import conclusion
from tests.audit.forging import Documents, Files, documents, forged, make_run, write_run
from tests.cli.running import Outcome, write_inputs
from tests.cli.running import sortition as command

SOURCE = Path(sortition.__file__).parents[1]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_run(tmp_path_factory.mktemp("run"))


def codes(verification: Verification) -> set[str]:
    return {finding.code for finding in verification.findings}


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--objective", "maximin"),
        ("--objective", "minimax"),
        ("--objective", "nash"),
        ("--objective", "goldilocks", "--gamma", "0.3"),
        ("--household-limit", "2"),
        ("--tickets", "1001"),
        ("--language", "da"),
        ("--seed", "æ\u0301 & <b>"),
    ],
)
def test_a_run_holds(tmp_path: Path, options: tuple[str, ...]) -> None:
    make_run(tmp_path, *options)
    verification = examine(tmp_path / "run")
    assert all(check.findings == () for check in verification.checks)
    assert examine(tmp_path / "run", announced=verification.announced).holds


def test_rows_without_ids_and_another_delimiter(tmp_path: Path) -> None:
    (tmp_path / "pool.csv").write_text("sex;note\nf;a,b\nm;\nf;'x'\nm;\"q;\n2\"\n", "utf-8")
    (tmp_path / "quotas.csv").write_text("feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n", "utf-8")
    inputs = ("pool.csv", "quotas.csv", "--size", "2", "--out", "run")
    assert command("select", *inputs, cwd=tmp_path).code == 0
    assert examine(tmp_path / "run").holds


def test_a_run_with_a_cut(tmp_path: Path) -> None:
    """Half of three people would keep the bounds, but no two of them can sit together."""
    rows = ["110", "101", "011", "000", "000"]
    people = [f"P{number},{','.join(row)}" for number, row in enumerate(rows)]
    bounds = [f"{feature},{value}" for feature in "abc" for value in ("1,0,1", "0,0,2")]
    write_inputs(
        tmp_path,
        "\n".join(["id,a,b,c", *people, ""]),
        "\n".join(["feature,value,min,max", *bounds, ""]),
    )
    inputs = ("pool.csv", "quotas.csv", "--size", "2", "--out", "run")
    assert command("select", *inputs, cwd=tmp_path).code == 0
    assert json.loads((tmp_path / "run" / "certificate.json").read_bytes())["cuts"]
    assert examine(tmp_path / "run").holds


def test_the_small_run_has_all_that_is_to_be_checked(files: Files) -> None:
    run = documents(files)
    households = [row for row in run.certificate["rows"] if row["name"] == "household"]
    assert [row["upper"] for row in households] == [2, 1]  # two couples alike, one of a house
    assert sorted(id for one in run.certificate["excluded"] for id in one["people"]) == [
        "006",
        "012",
    ]
    assert len(run.certificate["proofs"]) == 3
    assert len(run.lottery["panels"]) > 3
    assert forged(files, lambda run: None) == files  # the forger draws and seals as we do


def panel_of(run: Documents, *members: str) -> None:
    """The panel with most tickets replaced."""
    panels = run.lottery["panels"]
    max(panels, key=lambda panel: panel["weight"])["members"] = sorted(members)
    panels.sort(key=lambda panel: mark(panel["members"]))


def weightless(run: Documents) -> None:
    """A panel without tickets, so that the first one has them."""
    panels = run.lottery["panels"]
    panels[0]["weight"] += panels[1]["weight"]
    panels[1]["weight"] = 0


def moved_tickets(run: Documents) -> None:
    """The panel with most tickets gives half of them to another."""
    *_, one, other = sorted(run.lottery["panels"], key=lambda panel: panel["weight"])
    half = other["weight"] // 2
    one["weight"] += half
    other["weight"] -= half


def other_bounds(run: Documents, category: str, value: str, lower: int, upper: int) -> None:
    """Bounds changed in the lottery and in the report."""
    for quota in run.lottery["quotas"]:
        if (quota["category"], quota["value"]) == (category, value):
            quota.update(min=lower, max=upper)
    for quota in run.report["quotas"]:
        if (quota["feature"], quota["value"]) == (category, value):
            quota.update(lower=lower, upper=upper)


def other_sex(run: Documents) -> None:
    """Somebody counts as a woman, too."""
    women = next(quota for quota in run.lottery["quotas"] if quota["value"] == "f")
    women["members"] = sorted([*women["members"], "002"])


def idle_cut(run: Documents, upper: int) -> None:
    """A cut on 005 and 007 that no proof uses; the report counts it."""
    run.certificate["cuts"].append({"cases": [], "groups": [[0, 1]], "upper": upper})
    for proof in run.certificate["proofs"]:
        proof["multipliers"].append(0)
    run.report["certificate"]["cuts"] = 1


def a_household_of_one(run: Documents) -> None:
    """Somebody who lives alone is told apart from those who are like her."""
    certificate = run.certificate
    at_home = {group for row in certificate["rows"][7:] for group, _ in row["groups"]}
    alone = next(n for n, group in enumerate(certificate["groups"]) if n not in at_home)
    size = len(certificate["groups"][alone])
    row = {"groups": [[alone, 1]], "lower": 0, "name": "household", "upper": size}
    certificate["rows"].append(row)
    for proof in certificate["proofs"]:
        proof["multipliers"].append(0)


def no_households(run: Documents) -> None:
    """Neither rows nor rule; no proof uses the rows."""
    del run.certificate["rows"][7:]
    for proof in run.certificate["proofs"]:
        del proof["multipliers"][7:]


def other_chances(run: Documents, change: int) -> None:
    """The chance of 005 and 007, in the certificate and in the report."""
    run.certificate["reached"][0] += change
    for person in run.report["people"]:
        if person["id"] in {"005", "007"}:
            person["probability"] = run.certificate["reached"][0] / 10**15


def worse_multiplier(run: Documents) -> None:
    """A row asks for more than it is worth, and the bound that follows is stated."""
    proof = run.certificate["proofs"][0]
    proof["multipliers"][2] += 10**12
    proof["bound"] += 10**12
    run.report["certificate"]["bound"] += 1e-3
    run.report["certificate"]["gap"] += 1e-3


def other_bound(run: Documents) -> None:
    run.certificate["proofs"][0]["bound"] -= 1


def early_end(run: Documents) -> None:
    del run.certificate["proofs"][-1]


def settled_early(run: Documents) -> None:
    run.certificate["proofs"][0]["settled"] = [0]


def put(place: str, value: object) -> Callable[[Documents], None]:
    """A change of one place, such as ``manifest.options.size``."""
    document, *keys, last = place.split(".")

    def change(run: Documents) -> None:
        inner = getattr(run, document)
        for key in keys:
            inner = inner[int(key) if key.isdecimal() else key]
        inner[int(last) if last.isdecimal() else last] = value

    return change


Forger = Callable[[Documents], object]
FORGERIES: list[tuple[Forger, set[str]]] = [
    (weightless, {"verify-weight", "verify-no-tickets", "verify-figure"}),
    (moved_tickets, {"verify-figure", "verify-tickets-off"}),
    (lambda run: run.lottery["panels"].reverse(), {"verify-order"}),
    (
        lambda run: run.lottery["panels"][0]["members"].reverse(),
        {"verify-order", "verify-no-tickets"},
    ),
    (lambda run: run.lottery["people"].reverse(), {"verify-order"}),
    (lambda run: run.lottery["quotas"][0]["members"].reverse(), {"verify-order"}),
    # three men
    (
        lambda run: panel_of(run, "002", "013", "=9", "Ærø-8"),
        {"verify-quota-broken", "verify-row-broken", "verify-figure", "verify-tickets-off"},
    ),
    # 005 and 007 live in one house, whose row is theirs alone
    (
        lambda run: panel_of(run, "-10", "002", "005", "007"),
        {"verify-row-broken", "verify-household", "verify-figure", "verify-tickets-off"},
    ),
    # 001 and 002 are a couple; two couples share a row, and together they send no more than two
    (
        lambda run: panel_of(run, "001", "002", "005", "013"),
        {"verify-household", "verify-figure", "verify-tickets-off"},
    ),
    # 012 is from the moon
    (
        lambda run: panel_of(run, "-10", "005", "011", "012"),
        {
            "verify-quota-broken",
            "verify-row-broken",
            "verify-impossible",
            "verify-figure",
            "verify-tickets-off",
        },
    ),
    (lambda run: other_bounds(run, "age", "old", 2, 3), {"verify-row"}),
    (
        lambda run: other_bounds(run, "age", "old", 4, 3),
        {"verify-row", "verify-quota-bounds", "verify-quota-broken"},
    ),
    (
        other_sex,
        {"verify-quota-values", "verify-quota-broken", "verify-row-people", "verify-figure"},
    ),
    (put("lottery.k", 5), {"verify-panel-size", "verify-disagreement", "verify-row"}),
    # the certificate
    (lambda run: idle_cut(run, 1), {"verify-cut"}),
    (lambda run: idle_cut(run, 0), {"verify-cut", "verify-row-broken", "verify-reached-row"}),
    # 006 is on no panel because of whom he lives with
    (no_households, {"verify-excluded", "verify-excluded-rows", "verify-packed"}),
    (a_household_of_one, {"verify-household-row"}),
    (put("certificate.rows.7.upper", 3), {"verify-household-row"}),
    (put("certificate.rows.7.name", "house"), {"verify-row"}),
    (
        lambda run: run.certificate["excluded"][0]["people"].append("005"),
        {
            "verify-groups",
            "verify-impossible",
            "verify-row-people",
            "verify-excluded-rows",
            "verify-disagreement",
            "verify-figure",
        },
    ),
    (
        lambda run: other_chances(run, 10**13),
        {
            "verify-reached-sum",
            "verify-reached-row",
            "verify-gap",
            "verify-level",
            "verify-figure",
            "verify-tickets-off",
        },
    ),
    (
        lambda run: other_chances(run, 10**15),
        {
            "verify-reached",
            "verify-reached-sum",
            "verify-reached-row",
            "verify-gap",
            "verify-level",
        },
    ),
    (other_bound, {"verify-bound"}),
    (worse_multiplier, {"verify-gap"}),
    (early_end, {"verify-level"}),
    (settled_early, {"verify-settled"}),
    (put("certificate.proofs.0.weights.0", -1), {"verify-proof", "verify-no-proof"}),
    (put("certificate.denominator", 10**14), {"verify-certificate-lists"}),
    (put("certificate.gamma", [2, 2]), {"verify-certificate-lists"}),
    (put("certificate.k", "4"), {"verify-type"}),
    # report and manifest
    (put("report.selection_probability.gini", 0.25), {"verify-figure"}),
    (put("report.people.0.probability", 0.2500001), {"verify-figure"}),
    (put("report.certificate.cuts", 1), {"verify-figure"}),
    (put("report.certificate.cuts", True), {"verify-type"}),
    (put("report.objective", "nash"), {"verify-disagreement"}),
    (lambda run: run.report["people"].pop(), {"verify-length"}),
    (lambda run: run.report.pop("seconds"), {"verify-keys"}),
    (put("report.note", "fine"), {"verify-keys"}),
    (put("manifest.schema", "sortition-manifest/2"), {"verify-type"}),
    (put("manifest.options.size", 5), {"verify-disagreement"}),
    (put("manifest.options.tickets", 2000), {"verify-disagreement"}),
    (put("manifest.options.household", []), {"verify-household-rule"}),
    (put("manifest.options.household_limit", 2), {"verify-household-row"}),
    (put("manifest.inputs.pool.sha256", "0" * 64), {"verify-page"}),
    (put("manifest.lists.id_column", "street"), {"verify-list"}),
    (put("manifest.lists.delimiter", ";"), {"verify-list-columns"}),
]


@pytest.mark.parametrize(("change", "expected"), FORGERIES)
def test_forgeries(tmp_path: Path, files: Files, change: Forger, expected: set[str]) -> None:
    folder = write_run(tmp_path / "run", forged(files, change))
    assert codes(examine(folder)) == expected


def test_no_finding_hides_another(tmp_path: Path, files: Files) -> None:
    def change(run: Documents) -> None:
        panel_of(run, "-10", "002", "005", "007")
        other_bounds(run, "age", "old", 2, 3)
        put("manifest.options.household", [])(run)
        put("report.certificate.cuts", 1)(run)
        early_end(run)

    forgery = {**forged(files, change), "panel.xlsx": b""}
    del forgery["report.html"]
    assert codes(examine(write_run(tmp_path / "run", forgery))) == {
        "verify-row-broken",
        "verify-row",
        "verify-household-rule",
        "verify-figure",
        "verify-tickets-off",
        "verify-level",
        "verify-digest",
        "verify-missing",
    }


def test_the_finding_says_what_and_where(tmp_path: Path, files: Files) -> None:
    folder = write_run(tmp_path / "run", forged(files, put("report.certificate.cuts", 7)))
    assert examine(folder).findings == (
        Finding(
            code="verify-figure",
            file="report.json",
            value="7",
            facts={"place": "certificate.cuts", "computed": "0"},
        ),
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("certificate.json", b'"k":4', b'"k": 4', "verify-spelling"),
        ("certificate.json", b'"k":4', b'"k":4,"k":4', "verify-spelling"),
        ("certificate.json", b'"k":4', b'"k":4.0', "verify-type"),
        ("certificate.json", b'"k":4', b'"k":true', "verify-type"),
        ("certificate.json", b'"k":4', b'"k":' + b"9" * 5000, "verify-not-json"),
        ("certificate.json", b'"k":4', b'"k":4,"note":""', "verify-keys"),
        ("report.json", b'"cuts": 0', b'"cuts": 0.0', "verify-type"),
        ("report.json", b'"cuts": 0', b'"cuts": NaN', "verify-not-json"),
        ("report.json", b'"lowest": 0.0', b'"lowest": 1e999', "verify-not-json"),
        ("report.json", b'"lowest": 0.0', b'"lowest": 0', "verify-type"),
        ("report.json", b'"seed": "1"', b'"seed": "\\ud800"', "verify-not-json"),
        ("report.json", b'"seed": "1"', b'"seed": "\xe6"', "verify-not-json"),
        ("report.json", b"{", b"[" * 100_000, "verify-not-json"),
    ],
)
def test_malformed_documents(
    tmp_path: Path, files: Files, name: str, before: bytes, after: bytes, code: str
) -> None:
    content = files[name].replace(before, after, 1)
    manifest = json.loads(files["manifest.json"])
    manifest["outputs"][name] = digest(content)
    changed = {**files, name: content, "manifest.json": indented(manifest)}
    assert codes(examine(write_run(tmp_path / "run", changed))) == {code}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'"x"', b"\xef\xbb\xbf{}"])
@pytest.mark.parametrize(
    "name", ["lottery.json", "certificate.json", "report.json", "manifest.json"]
)
def test_documents_of_nothing(tmp_path: Path, files: Files, name: str, content: bytes) -> None:
    verification = examine(write_run(tmp_path / "run", {**files, name: content}))
    (form,) = (check for check in verification.checks if check.name == "check-form")
    assert form.findings is not None
    assert [finding.file for finding in form.findings] == [name]
    assert not verification.holds
    assert any(check.findings is None for check in verification.checks)


def test_a_missing_file_is_found_and_named(tmp_path: Path, files: Files) -> None:
    for name in files:
        fewer = {other: data for other, data in files.items() if other != name}
        findings = examine(write_run(tmp_path / "run", fewer)).findings
        assert findings == (Finding(code="verify-missing", file=name),)
    # only the manifest says that a roster was written
    assert len(examine(write_run(tmp_path / "run", {})).findings) == len(files) - 1 == 8


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    absent, text = tmp_path / "absent", Path(__file__)
    for path, fault in (
        (absent, Finding(code="verify-no-folder", file=str(absent))),
        (text, Finding(code="archive-unreadable", file=text.name)),
    ):
        with pytest.raises(InputErrors) as errors:
            examine(path)
        assert errors.value.faults == (fault,)


def test_an_incomplete_run_may_have_a_gap(tmp_path: Path, files: Files) -> None:
    def unfinished(run: Documents) -> None:
        worse_multiplier(run)
        put("manifest.complete", False)(run)

    assert examine(write_run(tmp_path / "run", forged(files, unfinished))).holds


@pytest.mark.parametrize("objective", ["leximin", "nash", "goldilocks"])
def test_a_certificate_is_read_back_as_it_was(tmp_path: Path, objective: str) -> None:
    content = make_run(tmp_path, "--objective", objective)["certificate.json"]
    stated = read_certificate(content, "certificate.json")
    assert certificate_file(stated.certificate) == content


def test_a_manifest_of_an_earlier_version(tmp_path: Path, files: Files) -> None:
    """It does not say what is the same everywhere."""
    before = forged(files, lambda run: run.manifest.pop("same"))
    assert examine(write_run(tmp_path / "run", before)).holds


def test_the_announced_digest(tmp_path: Path, files: Files) -> None:
    announced = digest(files["manifest.json"])
    assert examine(write_run(tmp_path / "run", files), announced=f" {announced.upper()}\n").holds
    harmless = forged(files, put("manifest.versions.python", "3.99"))
    folder = write_run(tmp_path / "run", harmless)
    assert examine(folder).holds
    assert codes(examine(folder, announced=announced)) == {"verify-announced"}


def test_a_wrong_digest_is_told_in_its_own_words(tmp_path: Path, files: Files) -> None:
    folder = write_run(tmp_path / "run", files)
    lottery = digest(files["lottery.json"])
    (other,) = examine(folder, announced=lottery).findings
    assert (other.code, other.facts) == (
        "verify-announced",
        {"stated": lottery, "other": "lottery.json"},
    )
    (cut_off,) = examine(folder, announced=lottery[:60]).findings
    assert (cut_off.code, cut_off.value) == ("verify-announced-no-digest", lottery[:60])
    assert examine(write_run(tmp_path / "less", {}), announced=lottery).findings
    for language, words in (("en", "not the files that were announced"), ("da", "ikke de filer")):
        assert words in conclusion(examine(folder, announced="0" * 64), language)


def verified(folder: Path, *options: str) -> Outcome:
    return command("verify", folder.name, *options, cwd=folder.parent)


def test_the_command(tmp_path: Path, files: Files) -> None:
    folder = write_run(tmp_path / "run", files)
    sound = verified(folder)
    assert (sound.code, sound.stderr) == (0, "")
    told, _, checked = sound.stdout.partition("\n\n")
    *claims, _, announced, verdict = checked.splitlines()
    assert "out of 13." in told
    assert all(line.startswith("ok ") for line in claims)
    assert announced == f"SHA-256 of manifest.json: {digest(files['manifest.json'])}"
    assert verdict.startswith(f"These {len(claims)} claims hold for the files given.")
    assert verified(folder, "--announced", digest(files["manifest.json"])).code == 0
    assert verified(folder, "--announced", "0" * 64).code == 1


def test_the_command_on_a_forgery(tmp_path: Path, files: Files) -> None:
    forgery = forged(files, put("report.certificate.cuts", 7))
    del forgery["panel.csv"]
    unsound = verified(write_run(tmp_path / "run", forgery))
    assert (unsound.code, unsound.stderr) == (1, "")
    lines = unsound.stdout.splitlines()
    assert "         report.json: certificate.cuts is 7, but computed as 0." in lines
    assert "         panel.csv: This file is missing." in lines
    assert "?      The list of the panel holds the people of that ticket." in lines
    assert lines[-1] == "Claims: 28. Wrong: 2. Could not be checked: 1."


def test_the_command_for_programs(tmp_path: Path, files: Files) -> None:
    forgery = forged(files, put("report.certificate.cuts", 7))
    outcome = verified(write_run(tmp_path / "run", forgery), "--json")
    assert outcome.code == 1
    said = json.loads(outcome.stdout)
    assert said["announced"]["sha256"] == digest(forgery["manifest.json"])
    (wrong,) = (one for one in said["checks"] if one["outcome"] != "ok")
    assert wrong["check"] == "check-proof-in-short"
    assert wrong["findings"] == [
        {
            "code": "verify-figure",
            "file": "report.json",
            "sheet": "",
            "row": None,
            "column": "",
            "value": "7",
            "facts": {"place": "certificate.cuts", "computed": "0"},
            "sentence": "report.json: certificate.cuts is 7, but computed as 0.",
        }
    ]


def test_the_command_without_a_folder(tmp_path: Path) -> None:
    outcome = verified(tmp_path / "absent")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "absent is not a folder." in outcome.stderr


def test_blank_names_have_words(tmp_path: Path, files: Files) -> None:
    def blank(run: Documents) -> None:
        run.lottery["people"].insert(0, "")
        run.lottery["quotas"][0]["value"] = ""
        put("manifest.inputs.pool.sha256", "")(run)

    outcome = verified(write_run(tmp_path / "run", forged(files, blank)))
    assert outcome.code == 1
    assert "“(blank)”" in outcome.stdout


def test_an_interpreter_with_nothing_installed(tmp_path: Path, files: Files) -> None:
    folder = write_run(tmp_path / "run", files)
    script = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from sortition.audit.verify import examine
assert examine(Path(sys.argv[2])).holds
assert not {"numpy", "pulp", "rich", "typer", "openpyxl", "jinja2"} & sys.modules.keys()
"""
    arguments = [sys.executable, "-I", "-S", "-c", script, str(SOURCE), str(folder)]
    done = subprocess.run(arguments, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
