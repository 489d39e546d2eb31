"""Time stamps that openssl gives, as a service would."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from time import sleep

import pytest

from sortition.audit.bundle.stamp import check_stamp, read_stamp, stamp_request
from sortition.audit.canonical import digest
from sortition.audit.draw.numbers import numbers_asked
from sortition.audit.draw.sources import Source
from sortition.audit.verify import examine
from tests.audit.test_organiser import logged_again
from tests.cli.running import sortition
from tests.steps.publish.published import draw, publish

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")

SETTINGS = """\
[tsa]
default_tsa = own
[own]
serial = {home}/serial
signer_cert = {home}/cert.pem
signer_key = {home}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who gives time stamps."""
    home = tmp_path_factory.mktemp("service")
    (home / "settings").write_text(SETTINGS.format(home=home))
    (home / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    made = ("-keyout", home / "key.pem", "-out", home / "cert.pem", "-subj", "/CN=Stamps")
    openssl(home, "req", "-x509", *key, *made, "-config", home / "settings", "-extensions", "ext")
    return home


def openssl(home: Path, *words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], cwd=home, check=True, capture_output=True)


def stamped(service: Path, request: Path) -> Path:
    reply = request.with_suffix(".tsr")
    asked = ("-queryfile", request, "-out", reply, "-config", service / "settings")
    openssl(service, "ts", "-reply", *asked, "-section", "own")
    return reply


def test_openssl_reads_the_request_and_we_its_reply(service: Path, tmp_path: Path) -> None:
    request = tmp_path / "request.tsq"
    request.write_bytes(stamp_request(digest(b"x")))
    reply = stamped(service, request).read_bytes()
    assert read_stamp(reply).digest == digest(b"x")
    with pytest.raises(ValueError, match="cut off"):
        read_stamp(reply[:-1])


def test_a_stamp_is_kept_and_checked(service: Path, tmp_path: Path) -> None:
    lottery = publish(tmp_path)
    asked = ("stamp", lottery, "--request", tmp_path / "c.tsq")
    assert sortition(*asked, cwd=tmp_path).code == 0
    reply = stamped(service, tmp_path / "c.tsq")
    assert sortition("stamp", lottery, "--reply", reply, cwd=tmp_path).code == 0
    said = sortition("verify", lottery / "public", cwd=tmp_path)
    assert said.code == 0
    assert "A time stamp says that the commitment was there at" in said.stdout
    # whoever knows the service checks the rest
    verified = (
        "-data",
        lottery / "public/commitment.json",
        "-in",
        lottery / "public/commitment.tsr",
    )
    openssl(service, "ts", "-verify", *verified, "-CAfile", service / "cert.pem")
    assert draw(lottery, "--drawn", "007").code == 0
    assert examine(lottery).holds


def test_a_stamp_of_the_days_after_the_numbers(service: Path, tmp_path: Path) -> None:
    request = tmp_path / "request.tsq"
    request.write_bytes(stamp_request(digest(b"x")))
    reply = stamped(service, request).read_bytes()
    asked = "7 from 1 to 36; Lotto; danskespil.dk; {day}"
    for day, found in (("2020-01-01", ["verify-stamp-late"]), ("2199-01-01", [])):
        numbers = numbers_asked(asked.format(day=day))
        assert numbers is not None
        source = Source(kind="seed", numbers=(numbers,))
        assert [f.code for f in check_stamp(reply, digest(b"x"), source, ())] == found


def codes(lottery: Path) -> set[str]:
    return {finding.code for finding in examine(lottery).findings}


def test_stamps_that_show_nothing(service: Path, tmp_path: Path) -> None:
    lottery = publish(tmp_path)
    request = tmp_path / "c.tsq"
    assert sortition("stamp", lottery, "--request", request, cwd=tmp_path).code == 0
    assert sortition("stamp", lottery, "--reply", stamped(service, request), cwd=tmp_path).code == 0
    other = tmp_path / "other.tsq"
    other.write_bytes(stamp_request("0" * 64))
    place = lottery / "public/commitment.tsr"
    for reply, code in (
        (stamped(service, other).read_bytes(), "verify-stamp-digest"),
        (b"no stamp", "verify-stamp-form"),
        (b"", "verify-stamp-form"),
        (bytes.fromhex("300430003000"), "verify-stamp-form"),  # lists of nothing
    ):
        place.write_bytes(reply)
        logged_again(lottery)
        assert codes(lottery) == {code}
    late = publish(tmp_path / "late")
    assert sortition("stamp", late, "--request", tmp_path / "l.tsq", cwd=tmp_path).code == 0
    assert draw(late, "--drawn", "007").code == 0
    sleep(1.1)  # stamps and events have whole seconds
    too_late = stamped(service, tmp_path / "l.tsq")
    done = sortition("stamp", late, "--reply", too_late, cwd=tmp_path)
    assert (done.code, "it shows nothing" in done.stderr) == (2, True)
