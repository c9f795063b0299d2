"""Words of every script: vowels written as marks, scripts without blanks, points and tones."""

import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import HEAD, a_library, a_paper, paper_text
from conftest import Result
from roadmap_cli.curriculum.names import Names
from roadmap_cli.language.spelling import fold
from roadmap_cli.program.searching import findables
from roadmap_cli.search import parse
from roadmap_cli.search.matching import matcher
from roadmap_cli.store.words import findable
from roadmap_cli.store.words.findable import create
from roadmap_cli.store.words.finding import find
from roadmap_cli.store.words.hits import Reader

Run = Callable[..., Result]

SPACED = {
    "hindi": "हिन्दी में मशीन लर्निंग की शिक्षा",
    "bengali": "বাংলা ভাষার জন্য কৃত্রিম বুদ্ধিমত্তা",
    "tamil": "தமிழ் மொழிக்கான இயந்திர கற்றல்",
    "telugu": "తెలుగు భాషా నమూనాలు",
    "malayalam": "മലയാളം ഭാഷാ മാതൃകകൾ",
    "sinhala": "සිංහල භාෂා ආකෘති",
    "arabic": "نَمُوذَجُ اللُّغَةِ الكَبِيرُ",
    "hebrew": "מוֹדֵל שָׂפָה גָּדוֹל",
    "persian": "مدل‌های زبانی بزرگ",
    "vietnamese": "Mô hình ngôn ngữ tiếng Việt",
    "korean": "대규모 언어모델을 위한 학습",
    "greek": "Μεγάλα γλωσσικά μοντέλα",
    "russian": "Большие языковые модели",
    "tibetan": "བོད་ཡིག་སྐད་བརྡ",
}
"""Titles of scripts with blanks (or marks) between words."""
UNSPACED = {
    "thai": "การเรียนรู้ของเครื่องภาษาไทย",
    "lao": "ການຮຽນຮູ້ຂອງເຄື່ອງພາສາລາວ",
    "khmer": "ការរៀនម៉ាស៊ីនភាសាខ្មែរ",
    "myanmar": "မြန်မာဘာသာစကားမော်ဒယ်",
    "chinese": "大规模语言模型的训练",
    "japanese": "大規模言語モデルのガイドブック",
}
"""Titles of scripts without."""
PAPERS = [a_paper(key, title=title) for key, title in (SPACED | UNSPACED).items()]
LIBRARY = a_library([*PAPERS, a_paper("english", title="Low-Rank Learning")])
KEYS = [name.partition("/")[2] for name in LIBRARY.positions]


def index_of_all() -> sqlite3.Connection:
    """The index of these papers."""
    connection = sqlite3.connect(":memory:")
    create(connection, findables(LIBRARY))
    return connection


INDEX = index_of_all()


def searched(text: str, index: sqlite3.Connection = INDEX) -> list[str]:
    """The keys of the papers that the index finds, best first."""
    return [KEYS[hit.work] for hit in find(index, parse(text))]


def filtered(text: str) -> list[str]:
    """The keys of those that the filter of `list --where` lets through."""
    answers = matcher(parse(text), LIBRARY)
    return [
        key
        for key, work in zip(KEYS, LIBRARY.positions, strict=True)
        if answers(LIBRARY.shown[work])
    ]


def is_found_everywhere(text: str, key: str) -> bool:
    """Whether a search, a filter, a quoted phrase and a name all mean this paper."""
    return (
        key in searched(text)
        and key in filtered(text)
        and key in filtered(f"title:{text}")
        and key in searched(f'"{text}"')
        and Names(LIBRARY).paper(text).key == key
    )


@pytest.mark.parametrize("key", SPACED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_word_of_a_title_is_found(key: str, form: Literal["NFC", "NFD"]) -> None:
    """Also where its vowels are marks, and however these are encoded."""
    for word in unicodedata.normalize(form, SPACED[key]).split():
        assert key in searched(word)
        assert key in filtered(word)
        assert key in searched(f'"{word}"')
        assert key in [one.key for one in LIBRARY.papers_titled(fold(word))]


@pytest.mark.parametrize("key", [*SPACED, *UNSPACED])
def test_a_whole_title_is_the_paper_in_every_encoding(key: str) -> None:
    """Composed, decomposed, and of compatible characters."""
    forms: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]
    for form in forms:
        title = unicodedata.normalize(form, (SPACED | UNSPACED)[key])

        assert searched(title)[0] == key
        assert is_found_everywhere(title, key) or " " in title


@given(st.sampled_from(sorted(UNSPACED)), st.data())
@example("thai", None)
def test_any_piece_of_an_unspaced_title_is_found(
    key: str, data: st.DataObject | None
) -> None:
    """By a search, a filter, a phrase; two characters are enough."""
    title = UNSPACED[key]
    piece = "ภาษาไทย"
    if data:
        start = data.draw(st.integers(0, len(title) - 2))
        end = data.draw(st.integers(start + 2, len(title)))
        piece = title[start:end]
    if not fold(piece).replace(" ", ""):
        return

    assert key in searched(piece)
    assert key in filtered(piece)
    assert key in searched(f'"{piece}"')
    assert key in [one.key for one in LIBRARY.papers_titled(fold(piece))]


@given(
    st.sampled_from(sorted(SPACED | UNSPACED)), st.integers(0, 40), st.integers(1, 12)
)
def test_what_a_filter_finds_a_search_finds(key: str, start: int, length: int) -> None:
    """Whatever part of a title is typed."""
    text = (SPACED | UNSPACED)[key][start : start + length]
    if fold(text):
        assert set(filtered(text)) <= set(searched(text))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("نموذج", "arabic"),
        ("اللغة", "arabic"),
        ("نَمُوذَج", "arabic"),
        ("نمـــوذج", "arabic"),
        ("מודל", "hebrew"),
        ("שפה", "hebrew"),
        ("مدلهای", "persian"),
        ("مدل های", "persian"),
        ("ngon ngu", "vietnamese"),
        ("tieng viet", "vietnamese"),
        ("언어", "korean"),
        ("언어모델", "korean"),
        ("대규모", "korean"),
        ("हिन्द", "hindi"),
        ("लर्निग", "hindi"),
        ("เรียนรู", "thai"),
        ("ガイド", "japanese"),
        ("ｶﾞｲﾄﾞ", "japanese"),
        ("语言 模型", "chinese"),
        ("语言模型训练", "chinese"),
        ("μεγαλα", "greek"),
    ],
)
def test_words_are_found_as_they_are_typed(typed: str, key: str) -> None:
    """Without points, tones and accents, unfinished, with a blank more or less."""
    assert searched(typed)[0] == key


@pytest.mark.parametrize("typed", ["カイト", "论文", "ไก่", "हाथ", "かき"])
def test_what_no_title_says_is_not_found(typed: str) -> None:
    """Neither by its letters alone, nor without marks that make it another word."""
    assert searched(typed) == filtered(typed) == []


def test_letters_in_another_order_are_no_piece() -> None:
    """`语模` has letters of the title, but they do not stand so."""
    assert filtered("语模") == []
    assert "chinese" not in filtered("学习大语")


def test_notes_are_searched_for_pieces_too() -> None:
    """What only the reader wrote."""
    reader = Reader(notes={KEYS.index("english"): "อ่านแล้วสนุกมาก"})

    assert [KEYS[hit.work] for hit in find(INDEX, parse("สนุก"), reader)] == ["english"]


def test_without_fts5_pieces_are_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slower, from an ordinary table."""
    monkeypatch.setattr(findable, "_FTS", "CREATE VIRTUAL TABLE x USING nothing()")
    plain = index_of_all()

    for text in ("ภาษาไทย", "语言模型训练", "モデル", "हिन्दी", "语模", "カイト"):
        assert searched(text, plain) == searched(text)


@pytest.fixture
def asked(roadmap: Run, tmp_path: Path) -> Run:
    """The program with a catalogue of these titles."""
    file = tmp_path / "own.toml"
    papers = [
        paper_text(key).replace('"T"', f'"{title}"')
        for key, title in (SPACED | UNSPACED).items()
    ]
    file.write_text(HEAD + "".join(papers), "utf-8")

    def call(*arguments: str) -> Result:
        return roadmap("--catalogue", str(file), *arguments)

    return call


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("हिन्दी", "hindi"),
        ("ภาษาไทย", "thai"),
        ("ภาษา", "thai"),
        ("言語モデル", "japanese"),
        ("语言模型", "chinese"),
        ("বুদ্ধিমত্তা", "bengali"),
    ],
)
def test_search_show_and_list_agree(asked: Run, typed: str, key: str) -> None:
    """Without a remark: nothing of it was left out."""
    search, show = asked("search", typed), asked("show", typed)
    where = asked("list", "--where", typed)

    assert [row[0] for row in search.rows] == [key]
    assert search.err == ""
    assert (show.code, where.code) == (0, 0)
    assert key in show.out
    assert [row[0] for row in where.rows] == [key]


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("语言模型训练", ""),
        ("大规模语言论文模型", "no paper has `论文`: shown without it"),
        ("การเรียน ภาษา नमस्ते", "no paper has `नमस्ते`: shown without it"),
        ("การเรียน ภาษา 语言", "no paper has all words: shown without `语言`"),
        ("대규모 언어모델을 없다구요", "no paper has `없다구요`: shown without it"),
        ("हिन्दी मशीन लर्निग", "nothing for `लर्निग`: shown for `लर्निंग`"),
    ],
)
def test_a_remark_names_what_is_left_out_as_it_was_typed(
    asked: Run, typed: str, remark: str
) -> None:
    """And only that: what some paper has is not said to be nowhere."""
    done = asked("search", typed)

    assert (done.code, remark in done.err, bool(done.err)) == (0, True, bool(remark))


def test_what_nothing_answers_is_said_as_it_was_typed(asked: Run) -> None:
    """Also in the hint that offers a search."""
    done = asked("show", "论文阅读")

    assert done.code == 1
    assert done.err.endswith("hint: roadmap search 论文阅读\n")
