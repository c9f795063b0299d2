"""LaTeX becomes plain text."""

import pytest

from roadmap_cli.exchange import latex


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            r"Poincar{\'e}, {\L}uk, \v{S}, \'{\i}, \c c, G{\"{o}}del",
            "Poincaré, Łuk, Š, í, ç, Gödel",
        ),
        (r"Erd{\H o}s \aa{}rhus stra{\ss}e \o re", "Erdős århus straße øre"),
        (r"$\beta$-VAE and CO$_2$", "β-VAE and CO2"),
        (r"$e=mc^2$ for $10^{-3}$, the 3$^{rd}$", "e=mc^2 for 10^-3, the 3rd"),
        (r"$\mathcal{O}(n \log n)$", "O(n log n)"),
        (r"The \LaTeX\ Companion", "The LaTeX Companion"),
        (r"\mbox{GAN} \texttt{x} \emph{y} {\bf z}", "GAN x y z"),
        (
            r"\url{https://a.b/c_d%20~e} \href{https://a.b}{Text}",
            "https://a.b/c_d%20~e Text",
        ),
        (r"100\% \& more -- x --- ``q''", "100% & more – x — “q”"),
        (r"5$ and A_B ^ c", "5$ and A_B ^ c"),
        (r"{\sys}: A system", "sys: A system"),
        (r"unknown: \unknown", "unknown: unknown"),
        (r"\textcolor{red}{Hi} \footnote{no}there", "Hi there"),
        (r"a\begin{it}b\end{it}c", "abc"),
        ("a~b\n   c", "a b c"),
        ("}{ \\", "\\"),
        ("\\'", ""),
    ],
)
def test_latex_is_read_as_people_read_it(value: str, text: str) -> None:
    """Accents, symbols, formulas, styles, links, dashes; never an error."""
    assert latex.text(value) == text


def test_braces_may_be_nested_as_deep_as_they_like() -> None:
    """Without recursion."""
    assert latex.text("{" * 100_000 + "x" + "}" * 100_000) == "x"
