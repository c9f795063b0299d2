"""Makes catalogues of any size that look like real ones, and journals of who reads them.

The same size gives the same bytes. Everything is written as it is made: a process that grew
while it made a catalogue would hand its size on to what it measures.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from roadmap_cli.journal.text import header, stanza

ID = "bench"
PER_TOPIC = 50
PER_AREA = 25 * PER_TOPIC
READ_PER_TOPIC = 20
"""Of every second topic: a fifth of all papers is read."""
_PAPERS_OF_A_METHOD = 20
_MONTHS = 12 * 10
_START = datetime(2020, 1, 1, tzinfo=UTC)
_SYLLABLES = [first + last for first in "bcdfghjklmnprstvwyzq" for last in "aeiou"]
COMMON = "attention"
"""A word that many papers have in their titles and notes."""
_WORDS = """
attention model learning language image diffusion transformer network
training data generation inference representation memory prompt reasoning
alignment retrieval video speech token sequence gradient embedding decoder
encoder scaling sparsity quantization distillation pruning caching routing
expert mixture policy reward preference feedback agent planning tool
benchmark evaluation safety robustness privacy watermark bias calibration
uncertainty score flow noise latent autoencoder adversarial contrastive
supervision transfer adaptation rank kernel convolution recurrence state
space graph tree search optimization schedule curriculum augmentation
tokenizer vocabulary context window position rotation normalization
activation residual depth width batch hardware accelerator bandwidth latency
throughput compiler pipeline parallelism sharding checkpoint federated edge
mobile robotics translation summarization dialogue question answering code
proof mathematics chemistry protein medicine geometry rendering motion
""".split()
_ADJECTIVES = """
efficient robust sparse deep causal latent joint adaptive neural hierarchical
unsupervised low-rank long-context few-shot
""".split()
_GIVEN = """
Ana Bo Chen Dora Emil Fatima Göran Hana Ivo Jun Kaito Lena Mira Noor Olga Priya
""".split()
_LINKS = (" of the ", " with ", " for ", " and its ", " without ")
_VENUES = """
NeurIPS ICML ICLR ACL EMNLP NAACL CVPR ICCV ECCV AAAI TMLR JMLR SIGGRAPH
""".split()
_LEVELS = ("intro", "core", "core", "core", "deep")
_KINDS = ("paper",) * 12 + ("survey", "tutorial", "blog", "tool")


def key(number: int, size: int) -> str:
    """The key of the paper of this number: the method it is about, and the number."""
    return f"{method(number, size)}-{number}"


def method(number: int, size: int) -> str:
    """A made-up word that about twenty papers of the catalogue share, far from each other."""
    methods = max(size // _PAPERS_OF_A_METHOD, 1)
    mixed = (number * 7919 % methods * 387_421 + 123_457) % 1_000_000
    parts = (mixed // 10_000, mixed // 100 % 100, mixed % 100)
    return "".join(_SYLLABLES[one] for one in parts)


def topic(number: int) -> str:
    """The name of the topic that the paper of this number is in."""
    return f"area-{number // PER_AREA}/topic-{number // PER_TOPIC}"


def is_read(number: int) -> bool:
    """Whether the reader has read the paper of this number."""
    return number // PER_TOPIC % 2 == 0 and number % PER_TOPIC < READ_PER_TOPIC


def write_catalogue(path: Path, size: int) -> None:
    """Write a catalogue of so many papers."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('format = "roadmap-catalogue"\nversion = 1\n')
        file.write(f'id = "{ID}"\ntitle = "{size} papers"\n')
        random = Random(f"topics of {size}")
        for first in range(0, size, PER_AREA):
            file.write(_area(first, random))
            last = min(first + PER_AREA, size)
            for start in range(first, last, PER_TOPIC):
                file.write(_topic(start, size, random))
        random = Random(f"papers of {size}")
        file.writelines(_paper(number, size, random) for number in range(size))


def write_journal(path: Path, size: int) -> None:
    """Write what a reader of that catalogue has read: a fifth of it."""
    read = filter(is_read, range(size))
    write_events(path, (f"{ID}/{key(number, size)}" for number in read))


def write_events(path: Path, papers: Iterable[str]) -> None:
    """Write a journal of these papers, read one an hour; some got a rating."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(path.stem))
        for count, name in enumerate(papers):
            rating = {"rating": count % 5 + 1} if count % 3 == 0 else {}
            at = _START + timedelta(hours=count)
            file.write(stanza(at, name, {"status": "read", **rating}))


def added(count: int) -> str:
    """A paper to append to a catalogue: a different one for each count."""
    return table(
        f"paper.added-{count}",
        title=f"Paper {count} that came later",
        url=f"https://example.org/added/{count}",
    )


def table(heading: str, **values: object) -> str:
    """A table of the file; what is empty is left out."""
    lines = (
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in values.items()
        if value not in ("", [], None)
    )
    return f"\n[{heading}]\n{''.join(lines)}"


def _area(first: int, random: Random) -> str:
    number = first // PER_AREA
    return table(
        "[area]",
        id=f"area-{number}",
        title=f"{phrase(random).title()} {number}",
        aliases=[f"field {number}"],
        summary=_text(random, 60),
    )


def _topic(start: int, size: int, random: Random) -> str:
    number = start // PER_TOPIC
    own = [key(one, size) for one in range(start, min(start + PER_TOPIC, size))]
    # Some papers stand in a second topic too: the classics of the area.
    guests = random.sample(range(start), min(2, start)) if start else []
    papers = [*own, *(key(one, size) for one in guests)]
    before = start - PER_TOPIC * random.randint(1, 5)
    is_grouped = number % 4 == 3
    loose = papers[:10] if is_grouped else papers
    text = table(
        "[area.topic]",
        id=f"topic-{number}",
        title=f"{phrase(random).title()} {number}",
        aliases=[f"theme {number}"],
        requires=[topic(before)] if before >= 0 and random.random() < 0.15 else [],
        summary=_text(random, 50),
        papers=loose,
    )
    if papers[len(loose) :]:
        title = phrase(random).title()
        text += table("[area.topic.group]", title=title, papers=papers[len(loose) :])
    ask = f"What does {_word(random)} gain from {_word(random)}, and at what price?"
    hint = _text(random, 30)
    return text + table("[area.topic.question]", id=f"q-{number}", ask=ask, hint=hint)


def _paper(number: int, size: int, random: Random) -> str:
    name, own = method(number, size), key(number, size)
    month = number % _MONTHS
    year = 2015 + month // 12
    is_preprint = random.random() < 0.7
    arxiv = f"{year - 2000}{month % 12 + 1:02}.{number // _MONTHS + 1:05}"
    link = (
        f"https://arxiv.org/abs/{arxiv}"
        if is_preprint
        else f"https://example.org/{own}"
    )
    what = f"{random.choice(_ADJECTIVES)} {phrase(random)} for {phrase(random)}"
    return table(
        f"paper.{own}",
        title=f"{name.title()}: {what.title()}",
        acronym=name.upper() if random.random() < 0.5 else "",
        kind=random.choice(_KINDS),
        authors=[author(random) for _ in range(random.randint(1, 6))],
        year=year,
        venue=f"{random.choice(_VENUES)} {year}" if random.random() < 0.8 else "",
        url=link,
        arxiv=arxiv if is_preprint else "",
        doi="" if is_preprint or number % 3 else f"10.1234/{own}",
        aliases=[f"{name} {_word(random)} {number}"] if random.random() < 0.3 else [],
        synonyms=[phrase(random), phrase(random)] if random.random() < 0.5 else [],
        requires=[key(one, size) for one in _required(number, random)],
        minutes=random.choice((20, 30, 45, 60, 90, 120)),
        level=random.choice(_LEVELS),
        note=_text(random, 26),
    )


def _required(number: int, random: Random) -> list[int]:
    """Earlier papers: mostly of the same topic, some of another one, rarely from far away."""
    start = number - number % PER_TOPIC
    found = {
        random.randrange(max(start, number - 10), number)
        for _ in range(random.choice((0, 1, 1, 2)))
        if number > start
    }
    if start and random.random() < 0.15:
        reach = PER_AREA if random.random() < 0.8 else start
        found.add(random.randrange(max(0, start - reach), start))
    return sorted(found)


def _word(random: Random) -> str:
    """A word: the first ones of the list come often, the last ones rarely."""
    return _WORDS[int(len(_WORDS) * random.random() ** 1.5)]


def phrase(random: Random) -> str:
    """A made-up piece of a title."""
    return f"{_word(random)} {_word(random)}"


def _text(random: Random, length: int) -> str:
    """Sentences of so many words in all, of about eight characters each."""
    sentences = (range(at, min(at + 9, length)) for at in range(0, length, 9))
    return " ".join(f"{_clause(random, len(one)).capitalize()}." for one in sentences)


def _clause(random: Random, length: int) -> str:
    words = [_word(random) for _ in range(length)]
    return random.choice(_LINKS).join([" ".join(words[:2]), " ".join(words[2:])])


def author(random: Random) -> str:
    """A made-up name."""
    family = "".join(random.choice(_SYLLABLES) for _ in range(2))
    return f"{random.choice(_GIVEN)} {family.title()}"
