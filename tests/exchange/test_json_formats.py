"""CSL JSON in all its shapes, what services answer, and Zotero's JSON."""

import json
from typing import Any

import pytest

from roadmap_cli.curriculum.model import Kind, Status
from roadmap_cli.exchange import csl, zotero
from roadmap_cli.exchange.entries import Entry, Left, Refused


def entry(**fields: Any) -> Entry:
    """The entry of one item with these fields, their `-` written as `_`."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    (found,) = csl.read(json.dumps([{"title": "T", **named}]))
    assert isinstance(found, Entry)
    return found


ITEM = '{"title": "A", "DOI": "10.1000/a"}'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"[\n{ITEM},\n{ITEM}\n]", [2, 3]),
        (f'{{"items": [\n{ITEM}]}}', [2]),
        (ITEM, [1]),
        (f'{{"status": "ok",\n"message": {ITEM}}}', [2]),
        (f'{{"message": {{"total": 1, "items": [\n{ITEM}]}}}}', [2]),
        (f'{{"10.1000/A": [{ITEM}],\n"10.1000/b": {ITEM}}}', [1, 2]),
        (f"{ITEM}\n{ITEM}\n", [1, 2]),
    ],
)
def test_items_are_found_in_every_shape(text: str, lines: list[int]) -> None:
    """A list, an object with one, a message, one item, items by DOI, one a line."""
    found = list(csl.read(text))

    assert [
        (record.line, record.title) for record in found if isinstance(record, Entry)
    ] == [(line, "A") for line in lines]


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[2019, 6, 4]]}, 2019),
        ({"date-parts": [["2019"]]}, 2019),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2018], [2020]]}, 2018),
        ({"raw": "June 2017"}, 2017),
        ({"literal": "2016"}, 2016),
        ("2015-01-01", 2015),
        (2014, 2014),
        ([], None),
        (None, None),
    ],
)
def test_dates_have_many_shapes(issued: Any, year: int | None) -> None:
    """And what is none is no error; the day of making or access is never the year."""
    assert (
        entry(issued=issued, created={"date-parts": [[1999]]}, accessed="2001").year
        == year
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"family": "Doe", "given": "Jane"}, "Jane Doe"),
        (
            {"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"},
            "L. van Beethoven",
        ),
        ({"family": "Ford", "given": "H.", "suffix": "Jr."}, "H. Ford Jr."),
        ({"family": "Plato"}, "Plato"),
        ({"literal": "Barnes, Noble and Co"}, "Barnes, Noble and Co"),
        ({"literal": "The ATLAS Collaboration"}, "The ATLAS Collaboration"),
        ({"name": "OpenAI"}, "OpenAI"),
        ({"author": {"display_name": "Jane Doe"}}, "Jane Doe"),
    ],
)
def test_names_have_many_shapes(author: dict[str, str], name: str) -> None:
    """Persons in reading order, groups as they are."""
    assert entry(author=[author]).authors == (name,)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        (["A <i>b</i>\n  c"], "A b c"),
        ("H<sub>2</sub>O &amp;amp; more", "H2O & more"),
        ("&lt;i&gt;x&lt;/i&gt;", "x"),
        ("if a < b and c > d", "if a < b and c > d"),
        (
            "Of <mml:math a='b'><mml:mi>x</mml:mi><mml:annotation>n</mml:annotation></mml:math>",
            "Of x",
        ),
        ("\u202eevil\x1b[31m\x00 \ud800t", "evil [31m t"),
    ],
)
def test_titles_are_plain(title: Any, plain: str) -> None:
    """No tag, no entity, no line break, no character that turns a terminal's text round."""
    assert entry(title=title).title == plain


def test_crossref_has_lists_and_types_of_its_own() -> None:
    """And runs of blanks in the names of proceedings."""
    found = entry(
        container_title=["Companion  of X"],
        type="proceedings-article",
        URL="http://doi.org/10.1000/x",
    )

    assert (found.venue, found.kind, found.doi) == (
        "Companion of X",
        Kind.PAPER,
        "10.1000/x",
    )


def test_the_arxiv_id_hides_in_the_journal() -> None:
    """Zotero's own way."""
    found = entry(container_title="arXiv:1906.01539 [cs, q-bio]")

    assert (found.arxiv, found.venue) == ("1906.01539", "arXiv")


def test_services_answer_with_null_and_with_fields_of_their_own() -> None:
    """Semantic Scholar's batch; a null is refused at its place."""
    null, found = csl.read(
        '[null,\n{"paperId": "c", "title": "T", "year": 2001, "authors": [{"name": "A B"}],'
        ' "externalIds": {"ArXiv": "1706.03762", "DOI": "10.1000/x"}, "url": null}]'
    )

    assert isinstance(null, Refused)
    assert isinstance(found, Entry)
    assert (found.line, found.authors, found.year) == (2, ("A B",), 2001)
    assert (found.arxiv, found.doi) == ("1706.03762", "10.1000/x")


@pytest.mark.parametrize(
    "bad", ['{"title": x}', '{"title": 1 2}', '{"title"}', "{'a': 1}"]
)
def test_a_broken_item_stops_no_other(bad: str) -> None:
    """It is refused with its line and its text."""
    before, refused, after = csl.read(f"[{ITEM},\n{bad},\n{ITEM}]")

    assert isinstance(before, Entry)
    assert isinstance(refused, Refused)
    assert isinstance(after, Entry)
    assert (refused.line, refused.text, after.line) == (2, bad, 3)


def test_a_list_that_is_cut_off_says_so() -> None:
    """Behind the items that are whole."""
    found, refused = csl.read(f"[{ITEM},\n")

    assert isinstance(found, Entry)
    assert isinstance(refused, Refused)
    assert "cut off" in refused.reason


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '["' + "a" * 1_000, "[1, 2]"]
)
def test_json_that_is_no_list_of_items_is_no_crash(text: str) -> None:
    """However deep."""
    assert not any(isinstance(record, Entry) for record in csl.read(text))


def zotero_item(**data: Any) -> str:
    """What Zotero's API answers for one item."""
    return json.dumps(
        [{"key": "K", "data": {"itemType": "journalArticle", "title": "T", **data}}]
    )


def test_zoteros_plugin_tells_what_was_read_and_when() -> None:
    """`Read_Status` in Extra, as the Reading List writes it."""
    (found,) = zotero.read(
        zotero_item(
            extra="Citation Key: doe2020\nRead_Status: In Progress\nRead_Status_Date: 2024-05-01T10:00",
            creators=[
                {"creatorType": "editor", "lastName": "Ed"},
                {"creatorType": "author", "firstName": "Jane", "lastName": "Doe"},
                {"creatorType": "author", "name": "A Group"},
            ],
            date="May 2020",
            dateAdded="2023-01-01",
            tags=[{"tag": "x"}],
        )
    )

    assert isinstance(found, Entry)
    assert (found.status, found.day, found.key) == (
        Status.READING,
        "2024-05-01",
        "doe2020",
    )
    assert (found.authors, found.year, found.tags) == (
        ("Jane Doe", "A Group"),
        2020,
        ("x",),
    )


@pytest.mark.parametrize("kind", ["attachment", "note", "annotation"])
def test_attachments_are_no_items(kind: str) -> None:
    """They are left out with a word."""
    (left,) = zotero.read(zotero_item(itemType=kind))

    assert isinstance(left, Left)


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
  <bib:Article rdf:about="#a">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1"/>
    <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname>
      <foaf:givenName>Jane</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
    <dc:title>A title</dc:title><dc:date>2014-04-03</dc:date>
    <dcterms:dateSubmitted>2023-09-12</dcterms:dateSubmitted>
    <dc:identifier><dcterms:URI><rdf:value>https://a.org/x</rdf:value></dcterms:URI></dc:identifier>
    <dc:description>Read_Status: Read</dc:description>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1"><dc:title>The Journal</dc:title>
    <dc:identifier>DOI 10.1000/X</dc:identifier></bib:Journal>
  <z:Attachment rdf:about="#f"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
  <z:Collection rdf:about="#c"><dc:title>Mine</dc:title><dcterms:hasPart rdf:resource="#a"/></z:Collection>
</rdf:RDF>"""


def test_zoteros_rdf_puts_the_doi_on_the_journal() -> None:
    """One item, no attachment, its collection as section."""
    found, left = zotero.read(RDF)

    assert isinstance(left, Left)
    assert isinstance(found, Entry)
    assert (found.line, found.title, found.authors) == (5, "A title", ("Jane Doe",))
    assert (found.year, found.venue, found.doi) == (2014, "The Journal", "10.1000/x")
    assert (found.url, found.status, found.section) == (
        "https://a.org/x",
        Status.READ,
        ("Mine",),
    )
