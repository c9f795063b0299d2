"""Headings and links of a list that are about the list itself and lead to no entries."""

import re
from functools import lru_cache

from roadmap_cli.language import spelling

_MOST_WORDS_OF_AN_INVITATION = 7
_NO_ENTRIES = {
    "table of contents": r"(?:table )?of contents?|contents?|toc|index|catalog(?:ue)?|menu|navigation|outline|quick links|目录|索引|导航|内容|目錄",
    "news": r"(?:latest |recent |project |what s )?(?:news|updates?|changelog|change log|announcements?|new|release notes|releases?|recent changes|timeline of updates|update log|todo|to do|milestones?)(?: and (?:news|updates?))?|最新(?:动态|更新|消息|进展)|更新(?:日志|记录|历史|信息|动态)?|新闻(?:动态)?|动态|公告|消息|近期更新|待办",
    "contributing": r"(?:how to )?contribut(?:e|ing|ion|ions)(?: .{0,40})?|.{0,20}(?:contributors|maintainers)(?: .{0,20})?|pull requests?|feedback|guidelines?|join us|faqs?|(?:getting )?help|code of conduct|community guidelines|贡献(?:者|指南)?|如何贡献|参与贡献|参与",
    "licence": r"licen[sc]es?(?: .{0,20})?|copyright|disclaimer|许可(?:证|协议)?|版权(?:声明)?|协议|免责声明|声明",
    "star history": r"star(?:gazers?)?(?: history| chart| over time| trend)s?|(?:github )?stars|星标历史",
    "citing this list": r"citations?|cit(?:e|ing)(?: .{0,40})?|how to cite(?: .{0,20})?|bibtex|(?:如何)?引用(?:本项目|我们)?",
    "thanks": r"acknowledge?ments?(?: .{0,30})?|thanks(?: to)?|credits?|special thanks|致谢|感谢|鸣谢",
    "sponsor": r"(?:our )?sponsors?(?: .{0,20})?|backers|support(?: us| this project| me)?|donat(?:e|ions?)|partners|赞助(?:商)?|支持|捐赠",
    "contact": r"contacts?(?: .{0,20})?|contact us|maintainers?|(?:about )?(?:me|us|the )?authors?|about (?:me|us|the author)|who we are|our team|team|follow(?: us)?|stay in touch|communication|联系(?:我们|方式)?|关于(?:我们|作者)|作者|交流(?:群)?|公众号|加群|微信群",
    "legend": r"legends?|notations?|symbols?|badges?|key|icons?|keywords? convention|conventions?|markers?|emoji legend|图例|说明|标记说明|符号说明|标签说明",
}
_REASONS = [(reason, re.compile(pattern)) for reason, pattern in _NO_ENTRIES.items()]


@lru_cache(2_000)
def no_entries(heading: str) -> str:
    """Why a part under such a heading has no entries ("news", "licence"), or nothing."""
    words = re.sub(r":[a-z0-9_+-]+:", " ", heading.lower())
    words = spelling.fold(words)
    words = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", words)
    words = re.sub(r"^[\d ]+", "", words).strip()
    return next(
        (reason for reason, pattern in _REASONS if pattern.fullmatch(words)), ""
    )


_ELSEWHERE = re.compile(
    r"(?i)@\w|(?:(?:see|view|show|read|visit) (?:all|more|the (?:full|complete))|(?:go|back|return) to|full list|complete list|"
    r"(?:follow|join|contact|support|sponsor|star|e-?mail|tweet) (?:us|me|our|my|the|this)\b|table of contents|contents$|top$|click here)|"
    r"(?:↑\s*)?back to (?:the )?(?:top|contents?|index|home|start|list|main|toc|table)|返回|回到|(?:点击)?查看(?:全部|完整|更多)|.{0,20}完整列表|加入(?:我们|群)|关注(?:我们|公众号)"
)


def leads_elsewhere(title: str) -> bool:
    """Whether a link so named leads to more of the list or to a person, or invites its reader."""
    return (
        len(title.split()) <= _MOST_WORDS_OF_AN_INVITATION
        and _ELSEWHERE.match(title) is not None
    )
