r"""LaTeX in values of BibTeX, as plain text: `Poincar{\'e}` is Poincaré, `$\beta$-VAE` β-VAE.

Commands that only style are left out and their argument stays; so it is with unknown ones,
whose name stays only where they have no argument. No recursion: braces may be nested as deep
as they like.
"""

import re
import unicodedata

from roadmap_cli.exchange.fields import plain

_TOKEN = re.compile(
    r"""\\(?:url|path|nolinkurl)\s*\{(?P<verbatim>[^{}]*)\}
    | \\(?P<word>[A-Za-z]+)\*?(?P<gap>\s*)
    | \\(?P<sign>.)
    | (?P<mark>---|--|``|''|[{}$~^_]|\[[^\[\]{}$\\]*\])
    | (?P<text>[^\\{}$~^_\[`'-]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_MARKED = re.compile(r"[\\$~]|--|``|''")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "u": "\u0306",
    "v": "\u030c", "d": "\u0323", "b": "\u0331", "t": "\u0361", "hat": "\u0302",
    "tilde": "\u0303", "bar": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306",
    "mathring": "\u030a", "widehat": "\u0302", "widetilde": "\u0303", "overline": "\u0304",
}  # fmt: skip
_SYMBOLS = dict(
    pair.split("=", 1)
    for pair in r"""
    ss=ß SS=ẞ o=ø O=Ø l=ł L=Ł ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ
    DJ=Đ ng=ŋ NG=Ŋ TeX=TeX LaTeX=LaTeX LaTeXe=LaTeX2e BibTeX=BibTeX XeTeX=XeTeX copyright=©
    textcopyright=© textregistered=® texttrademark=™ pounds=£ euro=€ texteuro=€ textdegree=°
    degree=° S=§ P=¶ dag=† ddag=‡ dots=… ldots=… cdots=⋯ textellipsis=… textendash=–
    textemdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“ textquotedblright=”
    textquotesingle=' textquotedbl=" lq=‘ rq=’ guillemotleft=« guillemotright=» flqq=« frqq=»
    guilsinglleft=‹ guilsinglright=› quotedblbase=„ quotesinglbase=‚ glqq=„ grqq=“
    textexclamdown=¡ textquestiondown=¿ textbullet=• textperiodcentered=· textasciitilde=~
    textasciicircum=^ textbackslash=\ textunderscore=_ textless=< textgreater=> textbar=|
    textbraceleft={ textbraceright=} textordfeminine=ª textordmasculine=º textmu=µ
    alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ
    iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς
    tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ
    Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω times=× div=÷ pm=± mp=∓ cdot=· ast=∗ star=⋆
    circ=° bullet=• le=≤ leq=≤ ge=≥ geq=≥ neq=≠ ne=≠ ll=≪ gg=≫ approx=≈ sim=∼ simeq=≃ cong=≅
    equiv=≡ propto=∝ less=< greater=> lt=< gt=> infty=∞ partial=∂ nabla=∇ forall=∀ exists=∃
    in=∈ notin=∉ subset=⊂ subseteq=⊆ supset=⊃ supseteq=⊇ cup=∪ cap=∩ setminus=∖ emptyset=∅
    to=→ rightarrow=→ leftarrow=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔
    uparrow=↑ downarrow=↓ mapsto=↦ longrightarrow=⟶ sum=∑ prod=∏ int=∫ oint=∮ sqrt=√ prime=′
    ell=ℓ hbar=ℏ Re=ℜ Im=ℑ aleph=ℵ angle=∠ perp=⊥ parallel=∥ mid=| vert=| Vert=‖ langle=⟨
    rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ oplus=⊕ otimes=⊗ wedge=∧ vee=∨ neg=¬ lnot=¬
    top=⊤ bot=⊥ models=⊨ vdash=⊢ dagger=† ddagger=‡ checkmark=✓ square=□ Box=□ sharp=♯
    natural=♮ flat=♭ lesssim=≲ gtrsim=≳ odot=⊙ sun=☉ deg=° colon=: slash=/ backslash=\ lbrace={
    rbrace=} quad= qquad= space= newline= linebreak= par= enspace= thinspace= nobreakspace=
    log=log ln=ln exp=exp sin=sin cos=cos tan=tan min=min max=max sup=sup inf=inf lim=lim
    det=det dim=dim ker=ker deg=deg gcd=gcd arg=arg tanh=tanh mod=mod
    cyra=а cyrb=б cyrv=в cyrg=г cyrd=д cyre=е cyryo=ё cyrzh=ж cyrz=з cyri=и cyrishrt=й cyrk=к
    cyrl=л cyrm=м cyrn=н cyro=о cyrp=п cyrr=р cyrs=с cyrt=т cyru=у cyrf=ф cyrh=х cyrc=ц cyrch=ч
    cyrsh=ш cyrshch=щ cyrhrdsn=ъ cyrery=ы cyrsftsn=ь cyrerev=э cyryu=ю cyrya=я
    """.split()
)
"""What a command without an argument stands for."""
_JOURNALS = dict(
    pair.strip().split("=")
    for pair in """
    aj=AJ; apj=ApJ; apjl=ApJL; apjlett=ApJL; apjs=ApJS; apjsupp=ApJS; ao=Appl. Opt.; aap=A&A;
    astap=A&A; aapr=A&A Rev.; aaps=A&AS; araa=ARA&A; mnras=MNRAS; nat=Nature; pasp=PASP; pasj=PASJ;
    pasa=PASA; pra=Phys. Rev. A; prb=Phys. Rev. B; prc=Phys. Rev. C; prd=Phys. Rev. D;
    pre=Phys. Rev. E; prl=Phys. Rev. Lett.; physrep=Phys. Rep.; jcap=JCAP; icarus=Icarus;
    solphys=Sol. Phys.; ssr=Space Sci. Rev.; apss=Ap&SS; jgr=J. Geophys. Res.; psj=PSJ;
    grl=Geophys. Res. Lett.; planss=Planet. Space Sci.; iaucirc=IAU Circ.; nar=New A Rev.;
    na=New A; memras=MmRAS; memsai=Mem. Soc. Astron. Italiana; rmxaa=Rev. Mexicana Astron. Astrofis.
    """.split(";")
)
"""The names of journals that ADS writes as commands, as the AAS prints them."""
_SYMBOLS |= _JOURNALS
_BLANKS = frozenset(
    "quad qquad space newline linebreak par enspace thinspace nobreakspace".split()
)
_UNDONE = frozenset(
    """begin end label footnote thanks cite citep citet vspace hspace phantom color fontsize
    textcolor colorbox href texorpdfstring noopsort SortNoop NOOPSORT nocase hskip""".split()
)
"""Commands whose first argument is no text."""
_STYLES = frozenset(
    """it bf em rm sc tt sf sl up md cal itshape bfseries scshape ttfamily rmfamily sffamily
    upshape mdseries slshape normalfont normalsize small footnotesize scriptsize tiny large Large
    LARGE huge Huge protect relax left right big Big bigl bigr Bigl Bigr displaystyle textstyle
    limits nolimits cyrchar boldmath unboldmath selectfont noindent allowbreak nobreak null
    leavevmode ignorespaces xspace ensuremath not hfill break""".split()
)
_SIGNS = {",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\t": " ", "\\": " "}
_NOTHING = "!/-@"
_PAIRS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
_DOTLESS = {"ı": "i", "ȷ": "j"}


def text(value: str) -> str:
    """The plain text of a value, on one line."""
    if not _MARKED.search(value):
        return plain(value.replace("{", "").replace("}", ""))
    return plain(_Reader(value).read())


_RAISED, _LOWERED = "↑", "↓"


class _Reader:
    """The text of a value so far, group by group, and the command that waits for its argument.

    A command is an accent, `_RAISED`, `_LOWERED`, or the name of another one after a backslash.
    """

    def __init__(self, value: str) -> None:
        self.value = value
        self.parts: list[str] = []
        self.outer: list[tuple[list[str], str]] = []
        self.command = ""
        self.gap = ""
        self.in_math = False
        self.has_math = value.replace("\\$", "").count("$") % 2 == 0

    def read(self) -> str:
        for match in _TOKEN.finditer(self.value):
            kind = match.lastgroup
            if kind == "gap":
                self._word(match["word"], match["gap"])
            elif kind == "mark":
                self._mark(match["mark"])
            elif kind == "sign":
                self._sign(match["sign"])
            else:
                self._add(match[kind or 0])
        while self.outer:
            self._close()
        self._end_command()
        return "".join(self.parts)

    def _add(self, text: str) -> None:
        """Add text; an accent or a script that waits gets its first letter."""
        if not self.command:
            self.parts.append(text)
        elif self.command.startswith("\\"):
            self._end_command()
            self.parts.append(text)
        elif text.strip():
            command, self.command, text = self.command, "", text.lstrip()
            self.parts.append(self._done(command, text[0]) + text[1:])

    def _word(self, word: str, gap: str) -> None:
        if word in _ACCENTS:
            self.command = word
        elif word in _BLANKS:
            self._add(" ")
        elif word in _SYMBOLS:
            symbol = _SYMBOLS[word]
            is_letter = len(symbol) == 1 and symbol.isalpha()
            self._add(symbol if is_letter or not gap else f"{symbol} ")
        elif word not in _STYLES:
            self._end_command()
            self.command, self.gap = f"\\{word}", gap

    def _sign(self, sign: str) -> None:
        if sign in "()[]":
            self.in_math = sign in "(["
        elif sign in _ACCENTS:
            self._end_command()
            self.command = sign
        elif sign in _SIGNS:
            self._add(_SIGNS[sign])
        elif sign not in _NOTHING:
            self._add(sign)

    def _mark(self, mark: str) -> None:
        if mark == "{":
            self.outer.append((self.parts, self.command))
            self.parts, self.command = [], ""
        elif mark == "}":
            self._close()
        elif mark == "$" and self.has_math:
            self._end_command()
            self.in_math = not self.in_math
        elif mark in "^_" and self.in_math:
            self._end_command()
            self.command = _RAISED if mark == "^" else _LOWERED
        elif mark[0] != "[" or not self.command.startswith("\\"):
            self._add(_PAIRS.get(mark, mark))

    def _close(self) -> None:
        """End a group: its text is the argument of the command before it."""
        self._end_command()
        if self.outer:
            inner = "".join(self.parts)
            self.parts, command = self.outer.pop()
            self.parts.append(self._done(command, inner))

    def _end_command(self) -> None:
        """Keep the name of a command that got no argument, unless it only styles."""
        command, self.command = self.command, ""
        name = command[1:] if command.startswith("\\") else ""
        if name and name not in _UNDONE and not name.startswith(("math", "text")):
            self.parts.append(name + self.gap)

    def _done(self, command: str, argument: str) -> str:
        """What a command makes of its argument."""
        if command in _ACCENTS:
            return _accented(argument, command)
        if command == _RAISED:
            return self._raised(argument)
        if command[1:] in _UNDONE:
            return ""
        if command == "\\frac":
            return f"{argument}/"
        if command == "\\ElsevierGlyph" and re.fullmatch("[0-9A-Fa-f]{4}", argument):
            return chr(int(argument, 16))
        return argument

    def _raised(self, argument: str) -> str:
        """A superscript: `^` stays where the text would say something else without it."""
        before = "".join(self.parts[-1:])[-1:]
        is_power = re.fullmatch(r"[-+\w]|[-+]?\d+|[-+]?[a-z][-+]\d", argument)
        return f"^{argument}" if before.isalnum() and is_power else argument


def _accented(argument: str, accent: str) -> str:
    """A letter with its accent; an accent over nothing is itself, if it is a sign of ASCII."""
    first = _DOTLESS.get(argument[:1], argument[:1])
    if not first.strip():
        return (accent if accent in "~^" else "") + argument
    return unicodedata.normalize("NFC", first + _ACCENTS[accent]) + argument[1:]
