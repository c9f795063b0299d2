"""Which of several files is the original, and which look like copies of it, by their names.

Synchronizers (Dropbox, Syncthing, Nextcloud, OneDrive, iCloud, Google Drive), file managers,
git and people keep a second version of a file beside it, under its name with something added.
Names are without their suffix: `mine (1)` for `mine (1).toml`.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

_COPIED = r"""(?ix) confli | konfli | конфли | 冲突 | 衝突 | 競合 | 충돌
    | (?<![^\W_]) (?:copy|copie|copia|cópia|kopie|kopia|kopio|kopi|kopya|копия|копія) (?![^\W_])
    | 副本 | 拷贝 | 複製 | コピー | 사본 | 복사본
    | \(\d+\)$ | \s\d+$ | _(?:backup|base|local|remote)_\d+$ | \.orig$"""
"""What the names of copies say, in the languages in which we know it."""


def looks_copied(name: str) -> bool:
    """Whether a name says by itself that it is that of a copy: `mine (conflicted copy)`."""
    return re.search(_COPIED, normalize("NFC", name)) is not None


def is_copy_of(name: str, other: str) -> bool:
    """Whether a name is that of the other file with something added: `Copy of mine`."""
    whole, part = _folded(name), _folded(other)
    if not part or len(whole) <= len(part):
        return False
    piece = rf"(?<![^\W_]){re.escape(part)}(?![^\W_])"
    return whole.startswith(part) or re.search(piece, whole) is not None


def original(names: Sequence[str], wanted: str) -> str:
    """The name of the original among files that hold versions of the same.

    It is the one that is called as `wanted`, else the first that does not look like a copy
    (the first of all where each does), less what others have not in their names.
    """
    best = min(names, key=lambda name: (_folded(name) != wanted, looks_copied(name)))
    while _folded(best) != wanted:
        shorter = next((name for name in names if is_copy_of(best, name)), None)
        if shorter is None:
            break
        best = shorter
    return best


def _folded(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())
