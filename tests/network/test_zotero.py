"""The library of a running Zotero: all of its pages, its collections, its statuses, its silence."""

import json
import tomllib
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from conftest import Result
from roadmap_cli.network import wire
from services import zotero
from services.server import Asked, PlayedServices, Reply

Run = Callable[..., Result]
SECOND = "Article 1 of a library"


@pytest.fixture
def played(services: PlayedServices) -> PlayedServices:
    """The services, and a Zotero that runs."""
    services.plays[zotero.HOST] = zotero.play
    return services


def test_a_library_becomes_a_catalogue_with_its_collections(
    roadmap: Run, played: PlayedServices, home: Path
) -> None:
    """Of all pages, each asked for once; an item of two collections is one paper in both."""
    done = roadmap("import", "zotero", "--as", "lib", "--statuses", "--yes", "--json")

    counts = json.loads(done.out)["counts"]
    assert (counts["found"], counts["left"], counts["new"]) == (231, 1, 228)
    assert [asked.query["start"] for asked in played.asked(zotero.HOST)] == [
        *("0", "0", "100", "200")
    ]
    text = (home / "catalogues" / "lib.toml").read_text()
    lib = tomllib.loads(text)
    topics = {topic["title"]: topic for area in lib["area"] for topic in area["topic"]}
    both = {"Reading", "Adapters"}
    key = next(key for key in lib["paper"] if lib["paper"][key]["title"] == SECOND)
    assert {title for title in topics if key in topics[title]["papers"]} == both
    marked = json.loads(roadmap("history", "lora", "--json").out)["events"][0]
    assert (marked["status"], marked["on"]) == ("read", "2025-12-01")

    again = roadmap("import", "zotero", "--as", "lib", "--yes", "--json")
    assert json.loads(again.out)["counts"]["new"] == 0
    assert (home / "catalogues" / "lib.toml").read_text() == text


def test_no_zotero_is_told_with_what_to_do(
    roadmap: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """Nothing listens: status 5, and nothing is written."""
    monkeypatch.setenv("ROADMAP_SERVICES", "http://127.0.0.1:1")

    done = roadmap("import", "zotero", "--yes")

    assert (done.code, done.out) == (5, "")
    assert "Zotero does not run here" in done.err
    assert "nothing was imported" in done.err
    assert "start Zotero" in done.err
    assert not (home / "catalogues").exists()


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply(403, b"Local API is not enabled", "text/plain"),
            "lets no other program",
        ),
        (Reply(404, b"No endpoint found", "text/plain"), "lets no other program"),
        (Reply(200, b"<!DOCTYPE html><p>Router"), "something else than Zotero"),
        (Reply(200, b'{"a": 1}', "application/json"), "something else than Zotero"),
        (Reply(200, b"[" * 100_000, "application/json"), "something else than Zotero"),
        (Reply(500, b"", "text/plain"), "500"),
    ],
    ids=["off", "old", "page", "object", "nested", "failing"],
)
def test_what_is_no_library_is_named(
    roadmap: Run, services: PlayedServices, reply: Reply, told: str
) -> None:
    """Whatever answers in its place."""
    services.plays[zotero.HOST] = lambda _: reply

    done = roadmap("import", "zotero", "--yes")

    assert (done.code, told in done.err) == (5, True), done.err


def test_a_library_that_changes_meanwhile_is_not_taken_in_half(
    roadmap: Run, services: PlayedServices
) -> None:
    """An item may have moved to a page that was read already."""

    def play(asked: Asked) -> Reply:
        version = "8" if asked.query["start"] == "100" else "7"
        return zotero.library(zotero.ITEMS, version)(asked)

    services.plays[zotero.HOST] = play

    done = roadmap("import", "zotero", "--yes")

    assert (done.code, "changed while it was read" in done.err) == (5, True)


def test_collections_in_a_circle_and_odd_items_end(
    roadmap: Run, services: PlayedServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hostile until proven otherwise: the items that can be read are taken."""
    circle = [
        {"key": "A", "data": {"key": "A", "name": "A", "parentCollection": "B"}},
        {"key": "B", "data": {"key": "B", "name": "B", "parentCollection": "A"}},
        {"key": "C", "data": 5},
        "none",
    ]
    monkeypatch.setattr(zotero, "COLLECTIONS", circle)
    odd = [zotero.item(1, collections=["A"]), 5, {"data": []}, {"data": {"title": 7}}]
    services.plays[zotero.HOST] = zotero.library(odd)  # type: ignore[arg-type]

    done = roadmap("import", "zotero", "--as", "lib", "--yes", "--json")

    entries = json.loads(done.out)["entries"]
    assert [(row["line"], row["action"]) for row in entries][:1] == [(1, "new")]
    assert entries[0]["section"] == ["B", "A"]


def test_no_proxy_sees_what_goes_to_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the environment says of proxies."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=partial(server.serve_forever, 0.01), daemon=True)
        thread.start()
        with wire.opened("", "") as http:
            answer = http.get(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()
    assert answer.status_code == 204
