"""Which spellings name one paper: arXiv ids, DOIs, pages of proceedings and publishers."""

import pytest

from roadmap_cli.curriculum.identity import named_in, of_text

HEX = "3f5ee243547dee91fbd053c1c4a845aa"
SAME = f"""
arxiv:cond-mat/0211022 | cond-mat.mes-hall/0211022 | https://arxiv.org/abs/cond-mat/0211022v2
arxiv:math/0309136 | math.GT/0309136 | arXiv:math/0309136 | https://arxiv.org/pdf/math/0309136.pdf
arxiv:1706.03762 | arXiv:1706.03762v7 [cs.CL] | arXiv:1706.03762v7 [cs.CL] 2 Aug 2023
arxiv:1706.03762 | https://huggingface.co/papers/1706.03762 | https://www.alphaxiv.org/abs/1706.03762v2
arxiv:1206.4614 | https://arxiv.org/ftp/arxiv/papers/1206/1206.4614.pdf
doi:10.1103/physrevlett.1.1 | 10.1103%2FPhysRevLett.1.1 | https://doi.org/10.1103%2fPhysRevLett.1.1
doi:10.1103/physrevlett.1.1 | https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.1.1
doi:10.1175/1520-0469(1998)055<1661::aid-x>2.0.co;2 | https://doi.org/10.1175/1520-0469(1998)055%3C1661::AID-X%3E2.0.CO;2
doi:10.1145/3586183.3606763 | 10.1145/3586183.3606763. | 10.1145/3586183.3606763; | doi:10.1145/3586183.3606763).
doi:10.1145/3586183.3606763 | https://dl.acm.org/doi/10.1145/3586183.3606763 | https://dl.acm.org/doi/pdf/10.1145/3586183.3606763
doi:10.1145/3586183.3606763 | https://dl.acm.org/doi/full/10.1145/3586183.3606763?x=1 | http://dx.doi.org/10.1145/3586183.3606763
doi:10.1016/j.x(15)2 | 10.1016/j.x(15)2 | 10.1016/j.x(15)2) | 10.1016/j.x(15)2.
doi:10.1007/s11263-021-1 | https://link.springer.com/article/10.1007/s11263-021-1 | https://link.springer.com/content/pdf/10.1007/s11263-021-1.pdf
doi:10.3389/fnins.2020.1 | https://www.frontiersin.org/articles/10.3389/fnins.2020.1/full
doi:10.1002/abc.123 | https://onlinelibrary.wiley.com/doi/abs/10.1002/abc.123 | https://asistdl.onlinelibrary.wiley.com/doi/10.1002/abc.123
doi:10.1126/science.abc | https://www.science.org/doi/full/10.1126/science.abc
doi:10.1073/pnas.16 | https://www.pnas.org/doi/10.1073/pnas.16
doi:10.1371/journal.pone.1 | https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1
doi:10.1101/2020.01.01.1 | https://www.biorxiv.org/content/10.1101/2020.01.01.1v1.full.pdf | https://www.biorxiv.org/content/10.1101/2020.01.01.1v2
doi:10.1038/s41586-021-03819-2 | https://www.nature.com/articles/s41586-021-03819-2 | https://www.nature.com/articles/s41586-021-03819-2.pdf
link:openreview.net/forum?id=X-1y | https://openreview.net/pdf?id=X-1y | https://openreview.net/forum?id=X-1y&noteId=Z | https://openreview.net/attachment?id=X-1y&name=pdf
link:aclanthology.org/N19-1423 | https://aclanthology.org/N19-1423.pdf | https://www.aclweb.org/anthology/N19-1423 | https://aclanthology.org/N19-1423/
link:aclanthology.org/N19-1423 | http://aclweb.org/anthology/papers/N/N19/N19-1423/ | https://aclanthology.info/papers/N19-1423/n19-1423
link:aclanthology.org/2020.acl-main.1 | https://www.aclweb.org/anthology/2020.acl-main.1.pdf | https://aclanthology.org/2020.acl-main.1.bib
link:proceedings.neurips.cc/paper/2017/{HEX} | https://papers.nips.cc/paper/2017/hash/{HEX}-Abstract.html | https://proceedings.neurips.cc/paper_files/paper/2017/file/{HEX}-Paper.pdf
link:proceedings.neurips.cc/paper/7181 | https://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf | http://papers.nips.cc/paper/7181-attention-is-all-you-need
link:proceedings.mlr.press/v139/radford21a | http://proceedings.mlr.press/v139/radford21a.html | https://proceedings.mlr.press/v139/radford21a/radford21a.pdf
link:jmlr.org/papers/v21/20-074 | https://jmlr.org/papers/v21/20-074.html | https://www.jmlr.org/papers/volume21/20-074/20-074.pdf
link:openaccess.thecvf.com/content_cvpr_2016/He_Deep_CVPR_2016_paper | http://openaccess.thecvf.com/content_cvpr_2016/papers/He_Deep_CVPR_2016_paper.pdf | https://openaccess.thecvf.com/content_cvpr_2016/html/He_Deep_CVPR_2016_paper.html
link:github.com/openai/clip | https://github.com/OpenAI/CLIP | https://github.com/openai/CLIP/tree/main | https://github.com/openai/CLIP.git
"""
CASES = [
    (first, spelling)
    for first, *rest in (line.split(" | ") for line in SAME.strip().splitlines())
    for spelling in rest
]


@pytest.mark.parametrize(("identity", "spelling"), CASES)
def test_every_spelling_names_the_same_paper(identity: str, spelling: str) -> None:
    """As a field of an entry, and as it is typed or pasted."""
    assert of_text(spelling) == identity
    assert named_in(spelling) == identity


DIFFERENT = """
https://openreview.net/forum?id=A https://openreview.net/forum?id=B https://openreview.net/group?id=A
https://aclanthology.org/N19-1423 https://aclanthology.org/N19-1424 https://aclanthology.org/events/acl-2020/
https://proceedings.mlr.press/v139/ https://proceedings.mlr.press/v139/a.html https://proceedings.mlr.press/v139/b.html
https://github.com/a/b/tree/main/c https://github.com/a/b https://github.com/a
https://example.org/10.1000/1 https://dl.acm.org/conference/uist https://www.nature.com/nature/
"""


def test_other_pages_of_the_same_hosts_are_not_joined() -> None:
    """Lists, groups, folders, and hosts that promise nothing."""
    links = DIFFERENT.split()

    assert len({of_text(link) for link in links}) == len(links)
    assert all(of_text(link).startswith("link:") for link in links)
