"""What the shells are told: a function each that asks the program at every TAB.

Candidates are words to insert, never code: nothing that comes back is evaluated.
"""

from roadmap_cli.completion import VARIABLE
from roadmap_cli.completion.answer import FILES

_BASH = """\
# TAB completion of `PROGRAM` for bash
FUNCTION() {
    local line=${COMP_LINE:0:COMP_POINT} current=$2 answer status word i n=0
    local -a words
    words=()
    # bash breaks words at `=` and `:` too: what no blank parts is put together again
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        [[ $i -gt 0 && $line == [[:space:]]* ]] && n=$((n + 1))
        line=${line#"${line%%[![:space:]]*}"}
        [[ $i -eq $COMP_CWORD ]] && word=$line
        words[n]=${words[n]-}$word
        line=${line#"$word"}
    done
    [[ $current == [=:] ]] && current=
    answer=$(VARIABLE=bash "${1/#\\~\\//$HOME/}" "${words[@]:1}" 2>/dev/null)
    status=$?
    COMPREPLY=()
    if [[ $status -eq FILES ]]; then
        compopt -o default 2>/dev/null
        return
    fi
    line=${words[n]}
    line=${line%"$current"}
    while IFS= read -r word; do
        [[ $word ]] && COMPREPLY+=("${word#"$line"}")
    done <<<"$answer"
    [[ $answer == *: ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o nosort -F FUNCTION PROGRAM 2>/dev/null || complete -F FUNCTION PROGRAM
"""
_ZSH = """\
#compdef PROGRAM
# TAB completion of `PROGRAM` for zsh
FUNCTION() {
    local answer
    local -a shown space
    answer=$(VARIABLE=zsh ${${(Q)words[1]}/#\\~\\//$HOME/} "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if (( $? == FILES )); then
        [[ $PREFIX == -*=* ]] && compset -P '*='
        _files
        return
    fi
    [[ -n $answer ]] || return 1
    [[ $answer == *: ]] && space=(-S '')
    shown=("${(@f)answer}")
    # matched (-U) and put in order (-V) they are already
    _describe -V PROGRAM shown -U "${space[@]}"
}
if [[ ${funcstack[1]} == FUNCTION ]]; then
    FUNCTION
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -D -i }
    compdef FUNCTION PROGRAM
fi
"""
_FISH = """\
# TAB completion of `PROGRAM` for fish
function FUNCTION
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -e words[1]
    set -l answer (env VARIABLE=fish $program $words "$current" 2>/dev/null)
    if test $status -eq FILES
        set -l option (string match -r -- '^-.*?=' "$current")
        printf '%s\\n' "$option"(__fish_complete_path (string replace -- "$option" '' "$current"))
    else
        printf '%s\\n' $answer
    end
end
complete --command PROGRAM --no-files --keep-order --arguments '(FUNCTION)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def script(shell: str, program: str) -> str:
    """What `shell` has to be given so that TAB completes the words after `program`."""
    # zsh looks for a function of this name where it keeps them as files.
    function = f"_{program}"
    return (
        _SCRIPTS[shell]
        .replace("PROGRAM", program)
        .replace("FUNCTION", function)
        .replace("VARIABLE", VARIABLE)
        .replace("FILES", str(FILES))
    )
