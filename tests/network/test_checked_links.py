"""What `check-links` says of links, of whom it asks it, what it keeps, and what it writes."""

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from conftest import Clock, Result
from roadmap_cli.busy import silently
from roadmap_cli.curriculum.linked import target_of
from roadmap_cli.errors import NetworkError, NoSuchHostError, UnreachableError
from roadmap_cli.network import wire
from roadmap_cli.network.client import Client
from roadmap_cli.network.slots import Slots
from roadmap_cli.program.probing import Probing, in_turn
from roadmap_cli.store.verdicts import Verdicts
from schemas import complaints, strict
from services import links
from services.server import Asked, Play, PlayedServices, Reply

Run = Callable[..., Result]
HEAD = 'format = "roadmap-catalogue"\nversion = 1\nid = "{name}"\ntitle = "List"\n'


def moved(to: str, status: int = 301) -> Reply:
    """A redirect."""
    return Reply(status, headers={"Location": to})


PAGES: Mapping[str, Reply] = {
    "/": Reply(),
    "/there": Reply(),
    "/new": Reply(),
    "/old": moved("/new"),
    "/older": moved("/old", 308),
    "/elsewhere": moved("https://b.example.org/there"),
    "/for-now": moved("/new", 302),
    "/half": moved("/for-now"),
    "/to-nothing": moved("/gone"),
    "/front": moved("/"),
    "/loop": moved("/loop"),
    "/in-the-clear": moved("http://a.example.org/there"),
    "/gone": Reply(404),
    "/gone-for-good": Reply(410),
    "/file": Reply(body=bytes(9_000_000), media_type="application/pdf"),
    **{f"/{status}": Reply(status) for status in (202, 400, 401, 403, 418, 429, 451, 500, 503, 999)},
}  # fmt: skip


def site(asked: Asked) -> Reply:
    """A host of a few pages."""
    return PAGES.get(asked.path, Reply(404))


@pytest.fixture(autouse=True)
def hosts(services: PlayedServices) -> None:
    """Two hosts of such pages."""
    services.plays |= {"a.example.org": site, "b.example.org": site}


@pytest.fixture
def write(home: Path) -> Callable[..., Path]:
    """Write a list of one's own: fields of its papers by their keys, and what else it has."""

    def write(name: str = "mine", more: str = "", **papers: str) -> Path:
        path = home / "catalogues" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        tables = (
            f'[paper.{key.replace("_", "-")}]\ntitle = "{key}"\n{fields}\n'
            for key, fields in papers.items()
        )
        path.write_text(HEAD.format(name=name) + more + "".join(tables))
        return path

    return write


@pytest.fixture
def check(roadmap: Run, write: Callable[..., Path]) -> Callable[[str], dict[str, Any]]:
    """Check a list of one link, and give its row."""

    def check(url: str) -> dict[str, Any]:
        write(page=f'url = "{url}"')
        done = roadmap("check-links", "mine", "--json")
        (row,) = json.loads(done.out)["links"]
        assert done.code == (row["verdict"] == "dead")
        return dict(row)

    return check


def asked(services: PlayedServices) -> list[str]:
    """What was asked, method and address."""
    return [f"{each.method} {each.line}" for each in services.log]


A = "https://a.example.org"
VERDICTS = [
    ("/there", "alive", "", ""),
    ("/for-now", "alive", "", ""),
    ("/file", "alive", "", ""),
    ("/old", "moved", f"{A}/new", ""),
    ("/older", "moved", f"{A}/new", ""),
    ("/half", "moved", f"{A}/for-now", ""),
    ("/elsewhere", "moved", "https://b.example.org/there", ""),
    ("/front", "moved", f"{A}/", "that is the front page of its site"),
    ("/gone", "missing", "", "404 Not Found"),
    ("/gone-for-good", "missing", "", "410 Gone"),
    ("/to-nothing", "missing", "", "404 Not Found"),
    ("/loop", "unsure", "", "a.example.org redirects more than 5 times"),
    ("/in-the-clear", "unsure", "", "a.example.org redirects to an address that is not encrypted: http://a.example.org/there"),
    ("/202", "unsure", "", "202 Accepted"),
    ("/400", "unsure", "", "400 Bad Request"),
    ("/401", "unsure", "", "401 Unauthorized"),
    ("/403", "unsure", "", "403 Forbidden"),
    ("/418", "unsure", "", "418 I'm a Teapot"),
    ("/429", "unsure", "", "429 Too Many Requests"),
    ("/451", "unsure", "", "451 Unavailable For Legal Reasons"),
    ("/500", "unsure", "", "500 Internal Server Error"),
    ("/503", "unsure", "", "503 Service Unavailable"),
    ("/999", "unsure", "", "999"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "verdict", "to", "why"), VERDICTS)
def test_a_page_is_what_its_host_says(
    check: Callable[[str], dict[str, Any]],
    path: str,
    verdict: str,
    to: str,
    why: str,
) -> None:
    """Only what is not there is missing; whoever refuses, fails or redirects oddly tells nothing."""
    row = check(f"{A}{path}")

    assert (row["verdict"], row["moved_to"], row["why"]) == (verdict, to, why)


CHECKS = {
    "Anubis": Reply(200, b"<!doctype html><title>Making sure you&#39;re not a bot!</title>"),
    "Cloudflare": Reply(403, b"<html><title>Just a moment...</title>", headers={"cf-mitigated": "challenge"}),
    "a page of 404": Reply(404, b"<html><title>Just a moment...</title>"),
    "only a head": Reply(404, headers={"cf-mitigated": "challenge"}),
    "Amazon": Reply(405, headers={"x-amzn-waf-action": "challenge"}),
}  # fmt: skip


@pytest.mark.parametrize("reply", CHECKS.values(), ids=[*CHECKS])
def test_a_check_for_robots_tells_nothing_of_a_link(
    check: Callable[[str], dict[str, Any]],
    services: PlayedServices,
    clock: Clock,
    reply: Reply,
) -> None:
    """Whatever its status, and however often: it is never dead."""
    services.plays["a.example.org"] = lambda _: reply
    for _ in range(3):
        row = check(f"{A}/there")
        assert row["verdict"] == "unsure"
        assert row["why"].startswith("a.example.org asks whether a person is there")
        clock.pass_days(2)


def silent(asked: Asked) -> Reply:
    """A host that breaks off."""
    return Reply(body=b"half", cut=0) if asked.method == "GET" else Reply(404)


def test_an_answer_that_broke_off_tells_nothing(
    check: Callable[[str], dict[str, Any]], services: PlayedServices
) -> None:
    """It is told as what it is."""
    services.plays["a.example.org"] = silent

    row = check(f"{A}/there")

    assert row["verdict"] == "unsure"
    assert row["why"].startswith("the answer of a.example.org broke off")


def test_a_host_that_says_nothing_tells_nothing(
    check: Callable[[str], dict[str, Any]],
    services: PlayedServices,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    """However often: silence is no proof that a page is gone."""
    monkeypatch.setattr(wire, "_READ", 0.02)
    is_over = threading.Event()

    def waiting(_: Asked) -> Reply:
        is_over.wait(60)
        return Reply()

    services.plays["a.example.org"] = waiting
    for _ in range(2):
        row = check(f"{A}/there")
        assert (row["verdict"], row["why"][:29]) == (
            "unsure",
            "a.example.org does not answer",
        )
        clock.pass_days(2)
    is_over.set()


def test_the_readers_address_is_told_to_no_host_of_a_link(
    check: Callable[[str], dict[str, Any]],
    services: PlayedServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is for services that answer faster for it; and no host is told a browser's name."""
    monkeypatch.setenv("ROADMAP_MAILTO", "ada@example.org")
    check(f"{A}/gone")

    names = {each.headers["user-agent"] for each in services.log}
    assert all(re.fullmatch(r"genai-roadmap/[\w.]+", name) for name in names)


class Far:
    """The far end of the network: hosts that are up, and all others that refuse connections."""

    def __init__(self, *up: str) -> None:
        self.up = set(up)
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """What a host answers; raises `httpx.ConnectError`."""
        host = request.url.path.split("/")[1]
        self.asked.append(host)
        if host not in self.up:
            raise httpx.ConnectError("Connection refused")
        plain = {"content-type": "text/plain"}
        return httpx.Response(200, stream=httpx.ByteStream(b"{}"), headers=plain)


@pytest.fixture
def probe(tmp_path: Path, clock: Clock) -> Callable[..., dict[str, str]]:
    """Ask for a page of each of these hosts, at a far end; the verdicts by host."""

    @contextmanager
    def connected(far: Far) -> Iterator[Client]:
        slots = Slots(tmp_path, lambda: clock().timestamp(), clock.sleep, silently)
        with httpx.Client(transport=httpx.MockTransport(far)) as http:
            yield Client(http, slots, lambda: 0.0, services="http://127.0.0.1:9")

    def probe(far: Far, *hosts: str) -> dict[str, str]:
        probing = Probing(Verdicts(tmp_path), lambda: connected(far), clock)
        pages = {target_of(url): url for url in (f"https://{host}/x" for host in hosts)}
        known, _ = probing.probe(pages)
        return {target.host: found.verdict.value for target, found in known.items()}

    return probe


def test_a_host_that_is_not_reached_tells_nothing_while_others_are(
    probe: Callable[..., dict[str, str]],
) -> None:
    """The archive is asked only where nobody else was reached right before; and again next time."""
    far = Far("up.org", "archive.org")
    hosts = ("up.org", "down.org", "down2.org")
    assert probe(far, *hosts) == {
        "up.org": "alive",
        "down.org": "unsure",
        "down2.org": "unsure",
    }
    assert far.asked == ["up.org", "down.org", "down2.org", "archive.org"]

    probe(far, *hosts)
    assert far.asked[4:] == ["down.org", "archive.org", "down2.org"]


def test_a_network_that_goes_away_ends_the_run_and_what_was_answered_is_kept(
    probe: Callable[..., dict[str, str]],
) -> None:
    """Not at the first host that is not reached, though the archive is not either."""
    far = Far("up.org")
    hosts = ("up.org", *(f"down{number}.org" for number in range(9)))
    with pytest.raises(NetworkError, match="so 7 links could not be asked for"):
        probe(far, *hosts)
    assert far.asked.count("archive.org") == 2
    assert probe(far, "up.org") == {"up.org": "alive"}
    assert far.asked.count("up.org") == 1


def test_the_head_is_asked_for_first_and_the_page_only_where_that_tells_nothing(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path]
) -> None:
    """The first page of a host is looked at, in case it checks for robots."""
    write(one=f'url = "{A}/there"', two=f'url = "{A}/new"', file=f'url = "{A}/file"')
    roadmap("check-links", "mine")

    assert asked(services) == [
        "HEAD a.example.org/there",
        "GET a.example.org/there",
        "HEAD a.example.org/new",
        "HEAD a.example.org/file",
    ]


@pytest.mark.parametrize("status", [0, 403, 404, 405, 500, 501])
def test_a_head_that_is_not_answered_is_no_verdict(
    check: Callable[[str], dict[str, Any]], services: PlayedServices, status: int
) -> None:
    """The page itself is asked for, once."""
    services.plays["a.example.org"] = lambda asked: Reply(
        status if asked.method == "HEAD" else 200
    )

    assert check(f"{A}/there")["verdict"] == "alive"
    assert asked(services) == ["HEAD a.example.org/there", "GET a.example.org/there"]


def test_only_the_first_bytes_of_a_page_are_read(
    check: Callable[[str], dict[str, Any]], services: PlayedServices
) -> None:
    """However much it has."""
    sent: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(10_000):
            sent.append(number)
            yield b"<html>" + bytes(100_000)

    def endless(asked: Asked) -> Reply:
        return Reply(405) if asked.method == "HEAD" else Reply(pieces=pieces())

    services.plays["a.example.org"] = endless

    assert check(f"{A}/there")["verdict"] == "alive"
    assert len(sent) < 1_000


@pytest.mark.parametrize("path", ["/gone", "/gone-for-good"])
def test_dead_is_what_was_not_there_twice_a_day_apart(
    check: Callable[[str], dict[str, Any]], clock: Clock, path: str
) -> None:
    """Not what was not there once, nor what was asked twice within the day; then the status is 1."""
    verdicts = []
    for days in (0, 0.5, 0.49, 0.02, 1, 30):
        clock.pass_days(days)
        verdicts.append(check(f"{A}{path}")["verdict"])

    assert verdicts == ["missing", "missing", "missing", "dead", "dead", "dead"]


def _always(status: int) -> Play:
    return lambda _: Reply(status)


def test_what_comes_back_is_alive_and_begins_anew(
    check: Callable[[str], dict[str, Any]], services: PlayedServices, clock: Clock
) -> None:
    """An answer that tells nothing in between changes nothing."""
    found = []
    for status in (404, 503, 404, 200, 404, 404):
        services.plays["a.example.org"] = _always(status)
        found.append(check(f"{A}/page")["verdict"])
        clock.pass_days(7)

    assert found == ["missing", "unsure", "dead", "alive", "missing", "dead"]


def test_a_host_that_is_not_there_is_missing_then_dead(
    check: Callable[[str], dict[str, Any]], services: PlayedServices, clock: Clock
) -> None:
    """It is believed since the archive could be asked: there is a network."""
    row = check("https://gone.invalid/page")
    assert (row["verdict"], row["why"]) == ("missing", "there is no host gone.invalid")
    assert asked(services) == ["GET archive.org/wayback/available"]

    clock.pass_days(1)
    assert check("https://gone.invalid/page")["verdict"] == "dead"


@pytest.mark.parametrize(
    "reply", [Reply(503), Reply(429, headers={"Retry-After": "3600"}), Reply(403)]
)
def test_that_there_is_no_host_is_not_believed_without_the_archive(
    check: Callable[[str], dict[str, Any]],
    services: PlayedServices,
    clock: Clock,
    reply: Reply,
) -> None:
    """It is asked again in the next run, and is never dead by that."""
    services.plays["archive.org"] = lambda _: reply
    for _ in range(3):
        assert check("https://gone.invalid/page")["verdict"] == "unsure"
        clock.pass_days(0.5)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (socket.EAI_NONAME, NoSuchHostError),
        (socket.EAI_AGAIN, UnreachableError),
        (socket.EAI_FAIL, UnreachableError),
    ],
)
def test_that_there_is_no_host_is_told_from_that_nobody_can_tell(
    number: int, kind: type[Exception]
) -> None:
    """By what the system says of its name."""
    error = httpx.ConnectError("failed")
    error.__cause__ = socket.gaierror(number, "words")

    assert type(wire.unreachable("example.org", error)) is kind


def test_the_dead_are_given_the_archives_copy(
    roadmap: Run,
    services: PlayedServices,
    write: Callable[..., Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What it says at once, else what its index has; it is asked once, and never for the others."""
    monkeypatch.setitem(links.AVAILABLE, "a.example.org/gone", "20190203040506")
    page = "b.example.org/gone?x=1&y"
    monkeypatch.setitem(links.INDEXED, page, ("2018", f"http://{page}"))
    b = "https://b.example.org"
    write(
        near=f'url = "{A}/gone"',
        far=f'url = "{b}/gone?x=1&y"',
        none=f'url = "{b}/gone"',
        there=f'url = "{b}/there"',
    )
    roadmap("check-links", "mine")
    assert not services.asked("archive.org")
    clock.pass_days(1)
    for _ in range(2):
        done = roadmap("check-links", "mine", "--json")

    rows = {row["key"]: row["archived"] for row in json.loads(done.out)["links"]}
    assert rows == {
        "near": "https://web.archive.org/web/20190203040506/http://a.example.org/gone",
        "far": "https://web.archive.org/web/2018/http://b.example.org/gone?x=1&y",
        "none": "",
        "there": None,
    }
    assert len(services.asked("archive.org")) == 3
    assert len(services.asked("web.archive.org")) == 2


def test_an_archive_that_fails_is_told_and_asked_again(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path], clock: Clock
) -> None:
    """Nothing is said of copies then, and the links are told all the same."""
    write(page=f'url = "{A}/gone"')
    roadmap("check-links", "mine")
    clock.pass_days(1)
    services.queue("archive.org", Reply(403))
    done = roadmap("check-links", "mine", "--json")
    (row,) = json.loads(done.out)["links"]

    assert (done.code, row["verdict"], row["archived"]) == (1, "dead", None)
    assert "warning: the archive was not asked for copies of what is dead" in done.err
    (row,) = json.loads(roadmap("check-links", "mine", "--json").out)["links"]
    assert row["archived"] == ""


def test_dois_are_asked_of_the_handle_service_and_arxiv_ids_of_arxiv(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path], clock: Clock
) -> None:
    """No publisher is asked, and ids are asked for together."""
    write(
        known='doi = "10.5555/tags"',
        linked='url = "https://dx.doi.org/10.5555/never"',
        paper='arxiv = "2303.00001"',
        pdf='url = "https://www.arxiv.org/pdf/2303.00002v2"',
        unknown='url = "https://arxiv.org/abs/2399.00001"',
    )
    rows = roadmap("check-links", "mine").rows

    assert {row[1]: (row[0], row[5]) for row in rows} == {
        "known": ("alive", ""),
        "linked": ("missing", "doi.org knows no such DOI"),
        "paper": ("alive", ""),
        "pdf": ("alive", ""),
        "unknown": ("missing", "arXiv knows no such id"),
    }
    assert asked(services) == [
        "GET export.arxiv.org/api/query",
        "GET doi.org/api/handles/10.5555/tags",
        "GET doi.org/api/handles/10.5555/never",
    ]
    clock.pass_days(1)
    assert roadmap("check-links", "linked", "unknown").code == 1


@pytest.mark.parametrize(
    ("host", "reply"),
    [
        ("doi.org", Reply(503)),
        ("doi.org", Reply(200, b'{"responseCode": 2}', "application/json")),
        ("doi.org", Reply(404, b"<html><title>Just a moment...</title>")),
        ("doi.org", Reply(200, b"<html>", "text/html")),
        ("export.arxiv.org", Reply(403)),
        ("export.arxiv.org", Reply(200, b"<html>", "text/html")),
    ],
)
def test_a_service_that_fails_tells_nothing(
    roadmap: Run,
    services: PlayedServices,
    write: Callable[..., Path],
    host: str,
    reply: Reply,
) -> None:
    """The numbers that it was asked for are not missing."""
    services.queue(host, reply)
    write(page='doi = "10.5555/tags"' if host == "doi.org" else 'arxiv = "2303.00001"')

    assert [row[0] for row in roadmap("check-links", "mine").rows] == ["unsure"]


def test_what_was_answered_within_the_day_is_not_asked_again(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path], clock: Clock
) -> None:
    """Whatever the answer was; after a day what settled nothing is, after a week all."""
    write(**{f"p{path[1:]}": f'url = "{A}{path}"' for path in PAGES if path != "/"})
    told = roadmap("check-links", "mine", "--json")
    unsettled = {
        urlsplit(link["url"]).path
        for link in json.loads(told.out)["links"]
        if link["verdict"] in {"missing", "unsure"}
    }
    first = roadmap("check-links", "mine").out
    services.log.clear()
    clock.pass_days(0.9)

    assert roadmap("check-links", "mine").out == first
    assert services.log == []

    clock.pass_days(0.1)
    roadmap("check-links", "mine")
    assert {each.path for each in services.asked("a.example.org")} == unsettled
    assert 0 < len(unsettled) < len(PAGES)

    clock.pass_days(6)
    roadmap("check-links", "mine")
    assert len({each.path for each in services.asked("a.example.org")}) == len(PAGES)


def test_each_link_is_asked_for_once_whoever_has_it(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path]
) -> None:
    """Papers of several lists, topics, areas and the list itself; each is told."""
    figure = f'[[area.figure]]\ntitle = "F"\nurl = "{A}/there"\nsource = "{A}/new"\n'
    topic = f'[[area.topic]]\nid = "y"\ntitle = "Y"\nfurther = [{{title = "f", url = "{A}/there#b"}}]\n'
    more = f'source = "{A}/there"\n[[area]]\nid = "x"\ntitle = "X"\n{figure}{topic}'
    write(more=more, one=f'url = "{A}/there#a"\ncode = "{A}/there"')
    write("other", two=f'url = "{A}/there"')
    rows = roadmap("check-links", "mine", "other").rows

    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("alive", "mine", f"{A}/there"),
        ("alive", "x", f"{A}/there"),
        ("alive", "x", f"{A}/new"),
        ("alive", "x/y", f"{A}/there#b"),
        ("alive", "one", f"{A}/there#a"),
        ("alive", "two", f"{A}/there"),
    ]
    assert asked(services) == [
        "HEAD a.example.org/there",
        "GET a.example.org/there",
        "HEAD a.example.org/new",
    ]


def test_a_host_is_asked_once_a_second_and_others_meanwhile(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path], clock: Clock
) -> None:
    """Links of several hosts are asked for in turn, so that nobody has to wait for one alone."""
    begun = clock()
    moments: list[tuple[str, float]] = []

    def noting(play: Play) -> Play:
        def noted(asked: Asked) -> Reply:
            moments.append((asked.host, (clock() - begun).total_seconds()))
            return play(asked)

        return noted

    hosts = [f"{name}.example.org" for name in "abc"]
    services.plays |= {
        host: noting(lambda _: Reply(media_type="text/plain")) for host in hosts
    }
    pages = {
        f"p{host[0]}{number}": f'url = "https://{host}/{number}"'
        for host in hosts
        for number in range(4)
    }
    write(**pages)
    roadmap("check-links", "mine")

    for host in hosts:
        times = [moment for name, moment in moments if name == host]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert (len(times), min(gaps)) == (4, 1.0)
    assert moments[-1][1] == 3.0


def test_targets_of_one_host_are_far_apart() -> None:
    """As far as there are others to ask meanwhile."""
    urls = ("https://a.org/1", "https://a.org/2", "https://a.org/3", "https://b.org/1")
    found = [target.address for target in in_turn(map(target_of, urls))]

    assert found == [urls[0], urls[3], urls[1], urls[2]]


def test_a_host_that_asks_for_an_hour_is_asked_for_nothing_more(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path], clock: Clock
) -> None:
    """Its other links cannot be told; they are asked for once it is time."""
    services.queue("a.example.org", Reply(429, headers={"Retry-After": "3600"}))
    write(one=f'url = "{A}/there"', two=f'url = "{A}/new"')
    rows = roadmap("check-links", "mine").rows

    assert [row[0] for row in rows] == ["unsure", "unsure"]
    assert "asks to be left alone until 13:00" in rows[1][5]
    assert asked(services) == ["HEAD a.example.org/there"]

    clock.pass_days(0.1)
    rows = roadmap("check-links", "mine").rows
    assert [row[0] for row in rows] == ["unsure", "alive"]


def test_without_a_network_nothing_is_said_of_any_link(
    roadmap: Run,
    services: PlayedServices,
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Status 5, and no host is taken for one that is not there; what is known needs no network."""
    monkeypatch.setenv("ROADMAP_SERVICES", "http://127.0.0.1:9")
    write(no="url = 'https://gone.invalid/'", one=f'url = "{A}/there"')
    done = roadmap("check-links", "mine", "--json")

    assert done.code == 5
    assert json.loads(done.out)["error"]["status"] == 5
    assert "so 2 links could not be asked for; what was answered is kept" in done.err

    monkeypatch.setenv("ROADMAP_SERVICES", services.address)
    roadmap("check-links", "one")
    monkeypatch.setenv("ROADMAP_SERVICES", "http://127.0.0.1:9")
    assert roadmap("check-links", "one").code == 0
    assert [row[0] for row in roadmap("check-links", "one").rows] == ["alive"]


def test_a_run_that_is_interrupted_goes_on_where_it_was(
    services: PlayedServices, write: Callable[..., Path], roadmap: Run, clock: Clock
) -> None:
    """Ctrl-C ends it at once, and what was answered is not asked again."""
    write(one=f'url = "{A}/there"', two='url = "https://b.example.org/there"')
    running: list[subprocess.Popen[bytes]] = []

    def interrupting(asked: Asked) -> Reply:
        running[0].send_signal(signal.SIGINT)
        running[0].wait(60)
        return site(asked)

    services.plays["b.example.org"] = interrupting
    command = [sys.executable, "-m", "roadmap_cli", "check-links", "mine"]
    running.append(subprocess.Popen(command))
    assert running[0].wait(60) == 130

    services.plays["b.example.org"] = site
    services.log.clear()
    clock.at = datetime.now(UTC)  # which the process saw
    assert [row[0] for row in roadmap("check-links", "mine").rows] == ["alive"] * 2
    assert {each.host for each in services.log} == {"b.example.org"}


LIST = f"""\
source = "{A}/old"   # of mine
[[area]]
id = "x"
title = "X"
further = [{{ title = "f", url = "{A}/old#f" }}]
figure = [{{ title = "g", url = "{A}/old#g", source = "{A}/old#s" }}]
[[area.topic]]
id = "y"
title = "Y"
papers = ["one"]  # the first
further = [{{ title = "h", url = " HTTPS://a.example.org/old#h" }}]
"""


def test_new_addresses_are_written_into_own_lists_and_can_be_taken_back(
    roadmap: Run, write: Callable[..., Path]
) -> None:
    """With --yes; every byte but the addresses stays, and one `undo` brings all back."""
    path = write(
        more=LIST,
        one=f'url = "{A}/old#part"\ncode = "{A}/older"',
        two=f'url = "{A}/front"',
    )
    before = path.read_text()
    done = roadmap("check-links", "mine")
    assert "hint: --yes writes the new addresses into mine" in done.err
    assert path.read_text() == before

    done = roadmap("check-links", "mine", "--yes", "--json")
    rows = {row["url"]: row["written"] for row in json.loads(done.out)["links"]}
    assert rows == {
        **dict.fromkeys([f"{A}/old#{part}" for part in "fgsh"], True), f"{A}/old": True, f"{A}/old#part": True, f"{A}/older": True,
        f"{A}/front": False,
    }  # fmt: skip
    after = before.replace(" HTTPS:", "https:").replace("/older", "/new")
    assert path.read_text() == after.replace("/old", "/new")
    assert "gave links new addresses in mine" in roadmap("history").out

    assert roadmap("undo").code == 0
    assert path.read_text() == before


def test_a_rehearsal_and_lists_of_others_are_not_written(
    roadmap: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    """Nor is an own list where another of its name was read."""
    own = write(one=f'url = "{A}/old"')
    other = tmp_path / "mine.toml"
    other.write_text(own.read_text())
    before = own.read_text()
    roadmap("check-links", "mine", "--yes", "--dry-run")
    done = roadmap("--catalogue", str(other), "check-links", "--yes")

    assert [row[0] for row in done.rows] == ["moved"]
    assert own.read_text() == other.read_text() == before


def test_no_paper_is_parted_from_its_progress_by_a_new_address(
    roadmap: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    """Where it is one with a paper that keeps the old link, it keeps it too; else all get it."""
    own = write(one=f'url = "{A}/old"')
    second = write("other", two=f'url = "{A}/old"')
    shared = tmp_path / "shared.toml"
    text = HEAD.format(name="shared")
    shared.write_text(f'{text}[paper.three]\ntitle = "3"\nurl = "{A}/old"\n')
    before = own.read_text()
    files = ("--catalogue", str(shared), "--catalogue", str(own))
    roadmap(*files, "check-links", "--yes")
    roadmap("check-links", "mine", "--yes")
    assert own.read_text() == before

    roadmap("mark-read", "mine/one")
    roadmap("check-links", "one", "--yes")
    assert f"{A}/new" in own.read_text()
    assert f"{A}/new" in second.read_text()
    assert roadmap("list", "--status", "read").out.count("read") == 1


def test_a_change_that_makes_no_good_list_is_refused_and_the_links_are_told(
    roadmap: Run, write: Callable[..., Path]
) -> None:
    """Two papers cannot be one work; the file stays as it was."""
    path = write(one=f'url = "{A}/old"', two=f'url = "{A}/new"')
    before = path.read_text()
    done = roadmap("check-links", "mine", "--yes")

    assert [row[0] for row in done.rows] == ["moved", "alive"]
    assert "warning: that would be no good catalogue" in done.err
    assert path.read_text() == before


@pytest.mark.parametrize(("answer", "is_written"), [("y\n", True), ("n\n", False)])
def test_a_person_is_asked_once_and_shown_what_moved(  # noqa: PLR0913, PLR0917 - fixtures and cases
    roadmap: Run,
    clock: Clock,
    terminal: Run,
    write: Callable[..., Path],
    answer: str,
    is_written: bool,
) -> None:
    """No leaves the file as it was, and all the same the links are told."""
    path = write(one=f'url = "{A}/old"', two='url = "https://b.example.org/gone"')
    clock.at = datetime.now(UTC) - timedelta(hours=1)  # the process has the true time
    roadmap("check-links", "mine")
    done = terminal("check-links", "mine", answer=answer)

    assert done.out.count("?") == 1
    assert f"{A}/old\n  is now {A}/new" in done.out
    assert "2 links: 1 moved, 1 not there" in done.out
    assert "404 Not Found; asked again after a day" in done.out
    assert (f"{A}/new" in path.read_text()) is is_written
    assert done.code == 0


def test_a_query_picks_papers(
    roadmap: Run, services: PlayedServices, write: Callable[..., Path]
) -> None:
    """And leaves out the links of topics; where nothing answers to it, nobody is asked."""
    write(more=LIST, one=f'url = "{A}/there"\nkind = "blog"', two=f'url = "{A}/new"')
    assert [
        row[1] for row in roadmap("check-links", "mine", "--where", "kind:blog").rows
    ] == ["one"]
    services.log.clear()

    none = roadmap("check-links", "mine", "--where", "kind:book")
    assert (none.code, none.out, none.err) == (0, "", "There are no links here.\n")
    assert services.log == []


def test_what_is_printed_is_what_the_schema_promises(
    roadmap: Run, schema: Callable[[str], Any], write: Callable[..., Path], clock: Clock
) -> None:
    """Of every sort of link; the counts add up."""
    write(
        more=LIST,
        one=f'url = "{A}/one"',
        **{f"p{path[1:]}": f'url = "{A}{path}"' for path in PAGES if path != "/"},
    )
    roadmap("check-links", "mine")
    clock.pass_days(1)
    found = json.loads(roadmap("check-links", "mine", "--json").out)

    assert complaints(strict(schema("check-links")), found) == []
    counts = found["counts"]
    assert counts.pop("found") == sum(counts.values()) == len(found["links"])
    assert {row["verdict"] for row in found["links"]} == {
        "alive",
        "moved",
        "dead",
        "unsure",
    }


def test_a_damaged_file_of_verdicts_is_made_anew(
    check: Callable[[str], dict[str, Any]], home: Path
) -> None:
    """The links are asked for again."""
    check(f"{A}/there")
    (file,) = (home / "cache").glob("links-*.sqlite")
    file.write_bytes(b"no database" * 1000)

    assert check(f"{A}/there")["verdict"] == "alive"
    assert file.read_bytes().startswith(b"SQLite")


def test_links_of_the_shipped_list_are_read_as_it_has_them(
    roadmap: Run, services: PlayedServices
) -> None:
    """The ids of arXiv are asked for in one request, and no link is asked for twice."""
    done = roadmap("check-links", "llm/efficient-finetuning")
    lines = [each.line for each in services.log if each.method == "HEAD"]

    assert done.code == 0
    assert len(lines) == len(set(lines)) > 5
    assert len(services.asked("export.arxiv.org")) == 1
    data = Path(__file__).parents[2] / "data" / "roadmap.toml"
    assert len(done.rows) < len(tomllib.loads(data.read_text())["paper"])
