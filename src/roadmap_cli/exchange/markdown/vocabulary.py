"""Words by which a list says what a link, a heading or a column is, in English and Chinese."""

import re
from collections.abc import Iterable
from functools import lru_cache

from roadmap_cli.language import spelling

_FEW_WORDS = 3
_LONGEST_LABEL = 60
_MOST_WORDS_OF_A_LABEL = 5
_MOST_WORDS_OF_A_VENUE = 9

_LABELS = frozenset(
    """
    a about abs abstract access acl acm aclanthology aclweb acmdl ai alphaxiv amazon an and
    announcement api app appendix arxiv article articles at author authors available
    benchmark bib bibtex bilibili biorxiv blog blogpost blogs book by camera ready chapter
    checkpoint checkpoints ckpt cite code codes codebase colab collection comments community
    course cvf data dataset datasets db demo demos discord discussion doc docs documentation
    doi download downloads ebook elsevier email en english explained explanation face for
    free from full gist git github gitee gitlab google drive hf home homepage hosted html
    hub huggingface hugging ieee implement implementation implementations implementing in
    info interview ipynb iclr icml interactive introduction jax jmlr keras kaggle launch
    lecture lectures lib library link links local longer materials matlab medium medrxiv
    mirror model models modelscope more mp4 mxnet neurips news nips notebook notebooks note
    notes of official on online open openreview original our oral page pages paper papers
    pdf pdfs playground playlist pmlr podcast post poster posters posts presentation
    preprint press proceedings project projects publication published publisher pypi python
    pytorch read readme reading reddit release repo report repository researchgate resources
    results review reviews reproduction s2 scholar sciencedirect semantic series short site
    slide slides software source space spaces springer ssrn summary supp supplement
    supplemental supplementary supplementaries talk talks tech technical tensorflow text tf
    thesis the this thread to toolbox tool torch torchhub trailer transcript tutorial
    tutorials tweet tweets twitter unofficial url v1 v2 v3 version video videos view vimeo
    visit wandb watch web webpage webpages website websites weight weights wechat wiki
    wikipedia workshop x youtube yt zenodo zhihu zip chainer caffe caffe2 theano lua julia
    cpp java r tf2 tensorflow2 pth author's authors' spotlight rebuttal erratum part
    extended arxiv'd
    """.split()
)
"""Words of which the text of a link consists that says only what sort of link it is."""
_LABELS_OF_ONE_SCRIPT = re.compile(
    "(?:论文|代码|项目|主页|链接|地址|数据集|数据|模型|视频|博客|网站|解读|笔记|官网|报告|源码|下载|"
    "知乎|原文|文章|中文|英文|翻译|译文|介绍|讲解|教程|仓库|开源|权重|查看|详情|点击|公众号|微信|"
    "官方|网页|网址|在线|体验|演示|文档|资料|课程|幻灯片|讲义|B站|哔哩哔哩|论|文|[与和及的、/ ])+"
)
_YEARS = r"(?:19[5-9]\d|20[0-3]\d)"
YEAR = re.compile(rf"(?<![\d./_-])({_YEARS})(?!\d|\.\d{{4,5}}\b)")
_VENUES = r"""neurips|nips|icml|iclr|cvpr|iccv|eccv|wacv|bmvc|accv|acl|emnlp|naacl|eacl|aacl|coling|
    conll|tacl|lrec|aaai|ijcai|kdd|sigkdd|www|webconf|sigir|cikm|wsdm|recsys|icdm|sdm|pakdd|
    ecml(?:[ -]?pkdd)?|pkdd|
    uai|aistats|colt|alt|corl|rss|icra|iros|icassp|interspeech|asru|slt|mm|acm\ mm|acmmm|tog|
    siggraph(?:\ asia)?|eurographics|chi|uist|cscw|iui|osdi|sosp|nsdi|atc|usenix(?:\ \w+)?|fast|eurosys|
    asplos|isca|micro|hpca|sc|ppopp|pldi|popl|oopsla|icse|fse|ase|issta|sigmod|vldb|pvldb|icde|
    cidr|sigcomm|mlsys|mobicom|mobisys|ccs|ndss|s&p|oakland|tpami|pami|ijcv|tip|tnnls|tkde|tmm|
    tcsvt|tvcg|jmlr|tmlr|jair|arxiv|corr|biorxiv|medrxiv|chemrxiv|preprint|under\ review|nature|
    science|pnas|cell|colm|log|automl|dac|iccad|date|cogsci|icdar|miccai|isbi|ipmi|midl|media|
    tmi|ieee|acm|elsevier|springer|openreview|pmlr|ssrn|technical\ report|tech\ report|phd\ thesis|
    lncs|icann|ijcnn|gecco|cec|icaps|aamas|icpr|icip|icme|3dv|findings|spotlight|oral|workshop|
    journal|proceedings|proc\.|conference|transactions|symposium|letters|magazine|review"""


def by_first_letter(words: Iterable[str]) -> str:
    """Alternatives for a pattern, grouped by the plain character with which each begins.

    At most places of a text no group fits, and then none of its words is tried.
    """
    rest: dict[str, list[str]] = {}
    for word in words:
        rest.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest[first])})" for first in rest)


_VENUE = by_first_letter(map(str.strip, _VENUES.split("|")))
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*[.]?"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTHS}(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? {_YEARS}"
_DATE = re.compile(
    rf"{_YEARS}(?:[./-]\d{{1,2}}){{0,2}}|\d{{1,2}}/\d{{1,2}}/\d\d|{_DAY}"
)
VENUE = re.compile(rf"(?xi)(?<![a-z])(?:{_VENUE})(?:[-\s]?w)?(?![a-z])")
_WORDS_TOO = frozenset(
    """
    alt cell date fast findings letters log media micro nature review science transactions
    """.split()
)
"""Venues that are ordinary words as well, with which the title of a work may begin."""
_VENUE_AT_END = re.compile(
    rf"(?xi)(?<=\w{{3}})[.,]?\s+(?:in\s+)?(?=(?:{_VENUE})\W{{0,3}}(?:{_YEARS}|['’]\d\d)\W*$)"
)
_DIGITS_AT_END = re.compile(r"\d\d\W*$")
_VENUE_AND_YEAR = re.compile(
    rf"(?x)(?:in\ )?[A-Za-z][\w&@+./ -]{{0,40}}?[\s,'’`-]{{0,3}}(?:{_YEARS}|['’`]\d\d|(?<=[A-Z]{{3}})\d\d)"
    r"(?:[\s(,:/-]*(?:workshops?|oral|spotlight|findings|track|best|paper|award|demos?|posters?|highlight|main|long|short|"
    r"tutorials?|challenge|industry|datasets?|benchmarks?|and|&|accepted|under|review|submission|conference|preprint|[ivx]+|\d\d?)[)]?)*"
)
_ID = re.compile(r"(?i)(?:arxiv|doi)?[:\s]*(?:\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,}/\S+)")
_HOST = re.compile(
    r"(?i)(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|edu|cn|dev|co|app|gov|uk)/?"
)


def venue_at_end(text: str) -> re.Match[str] | None:
    """What stands between a title and the venue with its year that ends the text, if one does."""
    return _VENUE_AT_END.search(text) if _DIGITS_AT_END.search(text) else None


@lru_cache(20_000)
def is_label(text: str) -> bool:
    """Whether the text of a link says only of what sort it is: "paper", "[code]", an emoji."""
    text = text.strip(" []()（）【】<>「」`'\".:：,，")
    if not any(map(str.isalnum, text)):
        return True
    if len(text) > _LONGEST_LABEL:
        return False
    if _LABELS_OF_ONE_SCRIPT.fullmatch(
        re.sub(r"\b\w+\b(?<![^\x00-\x7f])", "", text).strip() or "-"
    ):
        text = re.sub(r"[^\x00-\x7f]", " ", text)
    words = re.sub(r"[\d_]+(?=\s|$)", "", spelling.fold(text)).split()
    if len(words) <= _MOST_WORDS_OF_A_LABEL and all(word in _LABELS for word in words):
        return True
    return bool(_ID.fullmatch(text) or _HOST.fullmatch(text) or is_venue(text))


@lru_cache(20_000)
def is_venue(text: str) -> bool:
    """Whether a short text is nothing but where and when something was published."""
    text = text.strip(" []()（）【】*_.,:;|")
    if (
        len(text) > _LONGEST_LABEL
        or not text
        or len(text.split()) > _MOST_WORDS_OF_A_VENUE
    ):
        return False
    if _DATE.fullmatch(text):
        return True
    if _VENUE_AND_YEAR.fullmatch(text) and (
        VENUE.search(text) or len(text.split()) <= _FEW_WORDS
    ):
        return True
    match = VENUE.match(text)
    if match is None or len(text.split()) > _FEW_WORDS:
        return False
    is_word = match[0].islower() or match[0].istitle()
    return not (
        is_word and match[0].lower() in _WORDS_TOO and text[match.end() :].strip()
    )


FIELD = re.compile(
    r"""(?xi)[\W_]{0,4}(?:(?:official|unofficial|open(?:-|\s)?source|project|github|full|original)\s)?
    (?:papers?|code|codes|source|links?|url|urls|project|homepage|home\ page|website|web|page|site|demo|
    videos?|slides?|talk|blog|blogs|data|datasets?|models?|weights|arxiv|pdf|doi|github|repo(?:sitory)?|
    implementations?|authors?|author\(s\)|venue|conference|journal|publisher|published(?:\ in|\ at)?|year|date|
    keys?|key\ ?words?|tags?|topics?|abstract|summary|tl;?dr|tldr|notes?|comments?|description|desc|
    expenv|experiment\w*|environments?|institutions?|institutes?|affiliations?|citations?|bibtex|
    contributions?|tasks?|method|methods|main\ idea|idea|motivation|results?|license|language|status|
    others?|references?|supplementary|supp|intro|introduction|gitxiv|posters?|presentation|presenters?|speakers?|(?:community\ )?discussions?|webcam\ demo|mirror|
    tweets?|twitter|huggingface|hugging\ face|colab|tutorials?|
    论文|论文链接|论文地址|代码|代码链接|代码地址|项目|项目地址|项目主页|主页|地址|链接|简介|介绍|作者|
    单位|机构|会议|期刊|时间|日期|数据|数据集|模型|关键词|摘要|解读|备注|笔记|视频|开源地址|开源代码|
    下载地址|官网|标签|说明|中文解读|相关链接|论文下载|论文/Paper|代码/Code|paper/论文)
    (?:\s?\([^()\n]{1,40}\)|\s?links?|\s?url|\s?page|\s?\d)?[*_\W]{0,3}?\s?[:：]"""
)
"""How a line begins that tells one field of the entry above it: "Code:", "论文："."""
TITLE_FIELD = re.compile(
    r"(?i)[\W_]{0,4}(?:paper|title|name|book|标题|题目|论文|论文题目|论文标题|书名)[*_\W]{0,3}?\s?[:：]"
)
