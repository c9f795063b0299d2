"""What the client asks, how often, how long it waits, and what it takes for no answer."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest

from processes import Start
from roadmap_cli.busy import Tell
from roadmap_cli.errors import NetworkError, WrongUsageError
from roadmap_cli.network import addresses, wire
from roadmap_cli.network.client import Client, Request
from roadmap_cli.network.client import Reply as Head
from roadmap_cli.network.slots import Slots
from services.server import Asked, PlayedServices, Reply

ARXIV = "https://export.arxiv.org/api/query?id_list=1706.03762"
PAGE = "https://example.org/page"


class SlowClock:
    """A clock that goes on only where somebody sleeps, or is told to."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """The seconds since 1970."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Go on by so many seconds."""
        self.slept.append(round(seconds, 3))
        self.at += seconds


@pytest.fixture
def time() -> SlowClock:
    """The time of the client."""
    return SlowClock()


@pytest.fixture(name="services")
def hosts() -> Iterator[PlayedServices]:
    """All services, each of which answers with a page that says its name."""
    hosts = (
        "export.arxiv.org",
        "arxiv.org",
        "api.crossref.org",
        "example.org",
        "a.org",
        "b.org",
    )
    with PlayedServices(dict.fromkeys(hosts, says_its_name)) as played:
        yield played


def says_its_name(asked: Asked) -> Reply:
    """The name of the host as a text."""
    return Reply(body=asked.line.encode(), media_type="text/plain")


@pytest.fixture
def said() -> list[str]:
    """The works that were shown."""
    return []


@pytest.fixture
def client(
    services: PlayedServices, time: SlowClock, tmp_path: Path, said: list[str]
) -> Iterator[Client]:
    """A client of these services."""

    @contextmanager
    def busy(work: str) -> Iterator[Tell]:
        said.append(work)
        yield lambda _: None

    slots = Slots(tmp_path / "network", time, time.sleep, busy)
    with wire.opened(services.address, "") as http:
        yield Client(http, slots, time, busy=busy, services=services.address)


def test_a_host_is_asked_under_our_own_name(
    client: Client, services: PlayedServices
) -> None:
    """The host is the first part of the path; the name is no browser's and names nobody."""
    answer = client.get(ARXIV, "application/atom+xml")

    (asked,) = services.log
    assert (answer.status, answer.media_type) == (200, "text/plain")
    assert (answer.body, answer.url) == (b"export.arxiv.org/api/query", ARXIV)
    assert asked.query == {"id_list": "1706.03762"}
    assert asked.headers["accept"] == "application/atom+xml"
    assert asked.headers["user-agent"].startswith("genai-roadmap/")
    assert "mailto" not in asked.headers["user-agent"]


def test_an_address_of_the_reader_is_told_only_if_it_was_given(
    services: PlayedServices,
) -> None:
    """In the name, as services ask for it."""
    with wire.opened(services.address, "ada@example.org") as http:
        http.get(f"{services.address}/example.org/")

    name = services.log[0].headers["user-agent"]
    assert name.endswith("(mailto:ada@example.org)")


def test_all_hosts_of_arxiv_share_one_turn_in_three_seconds(
    client: Client, time: SlowClock, said: list[str]
) -> None:
    """Metadata and PDFs together; others have turns of their own, and no wait is silent."""
    for url in (ARXIV, PAGE, "https://arxiv.org/pdf/1706.03762", ARXIV):
        client.get(url)

    assert time.slept == [3.0, 3.0]
    assert said.count("waiting 3 s before asking arxiv.org") == 1
    assert said.count("asking export.arxiv.org") == 2


def test_two_programs_share_the_turn(
    services: PlayedServices, tmp_path: Path, start: Start
) -> None:
    """Each with a clock and a connection of its own: no two requests lie closer than allowed."""
    script = f"""
import time
from roadmap_cli.busy import silently
from roadmap_cli.network import wire
from roadmap_cli.network.client import Client
from roadmap_cli.network.slots import Slots
slots = Slots(__import__("pathlib").Path({str(tmp_path)!r}), time.time, time.sleep, silently)
client = Client(wire.opened({services.address!r}, ""), slots, time.time, services={services.address!r})
for _ in range(2):
    client.get("https://api.crossref.org/works/10.1000/x")
"""
    running = [start(script) for _ in range(2)]

    assert [process.wait(timeout=60) for process in running] == [0, 0]
    moments = [asked.at for asked in services.asked("api.crossref.org")]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len(moments) == 4
    assert min(gaps) >= 0.2


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_wait_that_a_host_asks_for_is_kept(
    client: Client, services: PlayedServices, time: SlowClock, form: str
) -> None:
    """In both forms of `Retry-After`."""
    moment = datetime.fromtimestamp(time.at, UTC) + timedelta(seconds=20)
    said = "20" if form == "seconds" else format_datetime(moment, usegmt=True)
    services.queue("example.org", Reply(429, headers={"Retry-After": said}))

    assert client.get(PAGE).body == b"example.org/page"
    assert time.slept == [20.0]


@pytest.mark.parametrize(
    ("url", "waits"),
    [(ARXIV, [5.0, 15.0]), (PAGE, [1.0, 3.0])],
    ids=["arXiv", "others"],
)
def test_a_failing_host_is_asked_three_times(
    client: Client,
    services: PlayedServices,
    time: SlowClock,
    url: str,
    waits: list[float],
) -> None:
    """With growing waits; then it is told what it answered, and by whom."""
    host = url.split("/")[2]
    for status in (429, 502, 503, 504):
        services.queue(host, *[Reply(status)] * 3)
        with pytest.raises(NetworkError, match=f"^{host} answers {status} "):
            client.get(url)
        time.at += 100

    assert len(services.log) == 3 * 4
    assert time.slept == waits * 4


def test_a_long_wait_is_told_and_not_waited(
    client: Client, services: PlayedServices, time: SlowClock
) -> None:
    """Also by the next run, which does not ask before it is time."""
    services.queue("example.org", Reply(429, headers={"Retry-After": "3600"}))

    for _ in range(2):
        with pytest.raises(
            NetworkError, match=r"asks to be left alone until \d\d:\d\d on 20"
        ):
            client.get(PAGE)
    assert (time.slept, len(services.log)) == ([], 1)

    time.at += 3600
    assert client.get(PAGE).status == 200


def test_a_refusal_is_never_asked_again(
    client: Client, services: PlayedServices
) -> None:
    """403 is told, as what it is."""
    services.queue("export.arxiv.org", Reply(403), Reply(403))

    with pytest.raises(
        NetworkError, match=r"^export.arxiv.org refuses to answer: 403 Forb"
    ):
        client.get(ARXIV)

    assert len(services.log) == 1


@pytest.mark.parametrize("status", [400, 404, 410])
def test_what_is_not_there_is_an_answer(
    client: Client, services: PlayedServices, status: int
) -> None:
    """It says something of what was asked for, so it is handed on."""
    services.queue("example.org", Reply(status))

    answer = client.get(PAGE)

    assert (answer.status, answer.is_good, len(services.log)) == (status, False, 1)


def test_a_clock_that_was_set_back_makes_nobody_wait_longer(
    client: Client, time: SlowClock
) -> None:
    """No more than the usual wait, and no less."""
    client.get(ARXIV)
    time.at -= 100_000
    client.get(ARXIV)

    assert time.slept == [3.0]


@pytest.mark.parametrize("text", ["", "soon", "nan nan", "inf inf", "9" * 400, "1 2 3"])
def test_a_damaged_slot_stops_nobody(client: Client, tmp_path: Path, text: str) -> None:
    """What it says is then unknown."""
    (tmp_path / "network").mkdir()
    (tmp_path / "network" / "example.org.next").write_text(text)

    assert client.get(PAGE).status == 200


CHECKS = (
    (200, "<!doctype html><title>Making sure you&#39;re not a bot!</title>"),
    (503, "<html><head><title>Just a moment...</title>"),
    (403, '{"name": "ForbiddenError", "message": "ChallengeRequiredError"}'),
)


@pytest.mark.parametrize(("status", "body"), CHECKS)
def test_a_check_for_robots_is_named_and_no_answer(
    client: Client, services: PlayedServices, status: int, body: str
) -> None:
    """Whatever its status."""
    services.queue("example.org", *[Reply(status, body.encode())] * 3)

    with pytest.raises(NetworkError, match="a check for robots"):
        client.get(PAGE)


def test_a_record_that_speaks_of_checks_is_none(
    client: Client, services: PlayedServices
) -> None:
    """A paper may be called so."""
    feed = b"<?xml version='1.0'?><feed><title>Just a moment</title></feed>"
    services.queue("export.arxiv.org", Reply(200, feed, "application/atom+xml"))

    assert client.get(ARXIV).body == feed


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_packed_answer_is_unpacked(
    client: Client, services: PlayedServices, coding: str
) -> None:
    """In the ways that were asked for."""
    pack = gzip.compress if coding == "gzip" else zlib.compress
    packed = Reply(body=pack(b"text" * 100_000), headers={"Content-Encoding": coding})
    services.queue("example.org", packed)

    assert client.get(PAGE).body == b"text" * 100_000


BOMB = gzip.compress(bytes(60_000_000))
DAMAGED: tuple[tuple[dict[str, str], bytes, str], ...] = (
    ({"Content-Encoding": "gzip"}, BOMB, "more than 5 MB"),
    (
        {"Content-Encoding": "gzip, gzip"},
        gzip.compress(BOMB),
        "not asked for: gzip, gzip",
    ),
    ({"Content-Encoding": "br"}, b"x", "not asked for: br"),
    ({"Content-Encoding": "gzip"}, b"no gzip", "damaged bytes"),
    ({"Content-Encoding": "gzip"}, BOMB[:30], "is cut off"),
    ({}, bytes(5_000_001), "more than 5 MB"),
)


@pytest.mark.parametrize(
    ("headers", "body", "problem"), DAMAGED, ids=[problem for *_, problem in DAMAGED]
)
def test_what_unpacks_to_too_much_or_to_nothing_is_no_answer(
    client: Client,
    services: PlayedServices,
    headers: dict[str, str],
    body: bytes,
    problem: str,
) -> None:
    """The cap is on what is unpacked, and it is asked for but once."""
    services.queue("example.org", Reply(body=body, headers=headers))

    with pytest.raises(NetworkError, match=problem):
        client.get(PAGE)
    assert len(services.log) == 1


CUT = (
    Reply(body=b"half an answer", cut=4),
    Reply(body=b"short", length=500),
    Reply(pieces=[b"some", b"more"], cut=6),
)


@pytest.mark.parametrize(
    "reply", CUT, ids=["cut", "wrong length", "chunks without an end"]
)
def test_an_answer_that_broke_off_is_asked_for_again(
    client: Client, services: PlayedServices, time: SlowClock, reply: Reply
) -> None:
    """Three times in all, and then told; what came is never taken for the whole."""
    services.queue("example.org", reply)
    assert client.get(PAGE).body == b"example.org/page"
    assert time.slept == [1.0]

    services.queue("example.org", *[reply] * 3)
    with pytest.raises(NetworkError, match=r"^the answer of example.org broke off: "):
        client.get(PAGE)
    assert len(services.log) == 5


def test_chunks_with_an_end_are_an_answer(
    client: Client, services: PlayedServices
) -> None:
    """Without a length."""
    services.queue("example.org", Reply(pieces=[b"some", b"more"]))

    assert client.get(PAGE).body == b"somemore"


def test_a_body_that_never_ends_is_given_up(
    client: Client, services: PlayedServices, time: SlowClock
) -> None:
    """However slowly it comes: the cap is on the whole time, too."""

    def pieces() -> Iterator[bytes]:
        while True:
            time.at += 20
            yield b"."

    services.queue("example.org", Reply(pieces=pieces()))

    with pytest.raises(NetworkError, match="too slowly"):
        client.get(PAGE)


def test_a_host_that_does_not_listen_is_told_at_once(
    time: SlowClock, tmp_path: Path
) -> None:
    """Without another try: there is nobody to be patient with."""
    with PlayedServices() as services:
        address = services.address
    slots = Slots(tmp_path, time, time.sleep, _quiet)
    with wire.opened(address, "") as http:
        client = Client(http, slots, time, services=address)
        with pytest.raises(
            NetworkError, match=r"cannot be reached: Connection refused"
        ):
            client.get(PAGE)

    assert time.slept == []


@contextmanager
def _quiet(_: str) -> Iterator[Tell]:
    yield lambda _: None


def moved(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status, headers={"Location": location})


def test_redirects_are_followed_to_their_end(
    client: Client, services: PlayedServices
) -> None:
    """Whole addresses and parts of them; the answer says where it came from."""
    services.queue("example.org", moved("https://a.org/x?y=1"))
    services.queue("a.org", moved("../z", 307), moved("//b.org/", 308))

    answer = client.get(PAGE)

    assert (answer.url, answer.body) == ("https://b.org/", b"b.org/")
    assert [asked.line for asked in services.log] == [
        "example.org/page",
        "a.org/x",
        "a.org/z",
        "b.org/",
    ]


def test_the_part_that_is_for_ever_is_told_apart(
    client: Client, services: PlayedServices
) -> None:
    """For links in lists: only that may be written into them."""
    services.queue("example.org", moved("https://a.org/new", 301))
    services.queue("a.org", moved("https://b.org/login", 302))

    found = client.ask(lambda: Request(PAGE), lambda reply: (reply.moved_to, reply.url))

    assert found == ("https://a.org/new", "https://b.org/login")


def test_redirects_without_end_are_given_up(
    client: Client, services: PlayedServices
) -> None:
    """After five."""
    services.queue("example.org", *[moved(PAGE)] * 9)

    with pytest.raises(NetworkError, match="redirects more than 5 times"):
        client.get(PAGE)
    assert len(services.log) == 6


PRIVATE = (
    "https://127.0.0.1/", "https://localhost/", "https://10.0.0.8/", "https://192.168.1.1/admin",
    "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[fe80::1]/",
    "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[fd00::1]/", "https://0.0.0.0/",
    "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://printer.local/",
    "https://router/", "https://100.64.0.1/", "https://224.0.0.1/", "https://LOCALHOST./",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_leads_into_the_readers_own_network(
    client: Client, services: PlayedServices, address: str
) -> None:
    """Neither an address in a file nor a redirect of whomever."""
    with pytest.raises(NetworkError, match="in its own network"):
        client.get(address, is_foreign=True)
    assert services.log == []

    services.queue("example.org", moved(address))
    with pytest.raises(NetworkError, match="in its own network"):
        client.get(PAGE)
    assert len(services.log) == 1


def test_a_name_that_leads_into_the_own_network_is_found_out(
    tmp_path: Path, time: SlowClock
) -> None:
    """By the addresses that it resolves to, all of them, before anything is sent."""
    slots = Slots(tmp_path, time, time.sleep, _quiet)
    found: list[str] = []
    client = Client(NOTHING_IS_SENT, slots, time, resolve=lambda _: found)
    for found[:] in (["10.1.2.3"], ["93.184.216.34", "127.0.0.1"], ["::1"]):
        with pytest.raises(NetworkError, match=r"rebound.example.org is this machine"):
            client.get("https://rebound.example.org/", is_foreign=True)


class _NothingIsSent:
    def stream(self, *_: object, **__: object) -> None:
        pytest.fail("something was sent")


NOTHING_IS_SENT = cast("Any", _NothingIsSent())


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"]
)
def test_public_addresses_are_public(number: str) -> None:
    """Of both sorts."""
    assert addresses.is_public(number)


def test_an_answer_from_the_own_network_is_not_read(
    services: PlayedServices, time: SlowClock, tmp_path: Path
) -> None:
    """Though the name had another address when it was looked up."""
    slots = Slots(tmp_path, time, time.sleep, _quiet)
    port = services.address.rpartition(":")[2]
    with wire.opened("", "") as http:
        client = Client(http, slots, time, resolve=lambda _: ["93.184.216.34"])
        with pytest.raises(NetworkError, match="in its own network"):
            client.get(f"http://localhost:{port}/example.org/page", is_foreign=True)


def test_what_is_encrypted_is_not_sent_on_in_the_clear(
    client: Client, services: PlayedServices
) -> None:
    """From http to https is fine."""
    services.queue("example.org", moved("http://a.org/"))
    with pytest.raises(
        NetworkError, match="redirects to an address that is not encrypted"
    ):
        client.get(PAGE)

    services.queue("example.org", moved("https://a.org/"))
    assert client.get("http://example.org/page").url == "https://a.org/"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.org/",
        "file:///etc/passwd",
        "https://",
        "x",
        "https://[::/",
        "data:,x",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(client: Client, url: str) -> None:
    """Before anything is asked."""
    with pytest.raises(NetworkError, match="no address that can be asked"):
        client.get(url, is_foreign=True)


def test_a_password_in_a_link_is_sent_to_nobody(
    client: Client, services: PlayedServices
) -> None:
    """Nor is what stands behind a `#`."""
    client.get("https://ada:secret@example.org/page#part")

    assert "authorization" not in services.log[0].headers
    assert services.log[0].line == "example.org/page"


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000",
        "http://localhost:1",
    ],
)
def test_the_server_that_plays_all_services_is_on_this_machine(text: str) -> None:
    """By its number or as localhost."""
    assert addresses.services_at(text) == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "https://127.0.0.1:1",
        "127.0.0.1:8000",
        "http://127.0.0.1:x",
        "http://10.0.0.1:80",
        "http://127.0.0.1:1/path",
        "http://a@127.0.0.1:1",
    ],
)
def test_no_other_server_may_play_them(text: str) -> None:
    """Else all that is asked could be sent to anybody by a variable."""
    with pytest.raises(WrongUsageError, match="ROADMAP_SERVICES is no address"):
        addresses.services_at(text)


def test_what_a_request_is_for_is_shown_while_it_lasts_and_is_waited_for(
    client: Client, said: list[str]
) -> None:
    """Of one that does not say so, the host."""
    client.ask(lambda: Request(PAGE), Head.whole)
    client.ask(lambda: Request(PAGE, work="link 2 of 3"), Head.whole)

    shown = [work for work in said if "another" not in work]
    assert shown == [
        "asking example.org",
        "link 2 of 3: waiting 1 s before asking example.org",
        "link 2 of 3",
    ]


def test_a_reply_can_be_taken_piece_by_piece_and_gone_on_with(
    client: Client, services: PlayedServices
) -> None:
    """What asks is asked anew before each try, and says what is shown meanwhile."""
    services.queue("example.org", Reply(body=b"abcdef", cut=3), Reply(206, b"def"))
    came = bytearray()

    def request() -> Request:
        return Request(PAGE, headers={"Range": f"bytes={len(came)}-"}, work="fetching")

    def take(reply: Head) -> int:
        for piece in reply.body:
            came.extend(piece)
        return reply.status

    assert client.ask(request, take) == 206
    assert bytes(came) == b"abcdef"
    assert [asked.headers["range"] for asked in services.log] == [
        "bytes=0-",
        "bytes=3-",
    ]
