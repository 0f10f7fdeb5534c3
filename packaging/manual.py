#!/usr/bin/env python3
"""The manual pages and the shells' completion, made from what the program says of itself: `--help` and chat-fcgi.json5.example.

    packaging/manual.py PROGRAM FOLDER     writes chat-fcgi.1, chat-fcgi.json5.5, chat-fcgi.bash, _chat-fcgi and chat-fcgi.fish
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Command:
    """An entry of the usage: its words, such as `catalog import FILE`, its options as written, and what it does."""

    words: str
    options: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def names(self) -> list[str]:
        """The words that are typed as they are: `catalog import`."""
        names = []
        for word in self.words.split():
            if not re.fullmatch(r"[a-z][a-z-]*", word):
                break
            names.append(word)
        return names

    @property
    def flags(self) -> dict[str, list[str] | None]:
        """Each option with its values; None when it takes none, an empty list when any will do."""
        flags: dict[str, list[str] | None] = {}
        for option in [*re.findall(r"--[a-z-]+ [A-Z]+", self.words), *self.options]:
            name, _, value = option.strip("[]").partition(" ")
            values = [word.strip() for word in value.split("|")] if value else []
            choices = values if len(values) > 1 and all(re.fullmatch(r"[a-z]+", word) for word in values) else []
            flags[name] = choices if value else None
        return flags


def read_help(text: str) -> tuple[str, str, list[Command], list[str]]:
    """Version, what the program is, its commands, and the paragraphs after them."""
    head, usage, *rest = text.strip("\n").split("\n\n")
    version, _, purpose = head.removeprefix("chat-fcgi ").partition(": ")
    lines = usage.splitlines()
    # The column where descriptions begin.
    column = re.search(r"\S {2,}(?=\S)", lines[0]).end()
    commands: list[Command] = []
    for line in lines:
        line = line.removeprefix("usage:").rjust(len(line)) if line.startswith("usage:") else line
        left, right = line[:column].strip(), line[column:].strip()
        # Options that reach beyond the column have no description beside them.
        if line[column - 1 : column].strip():
            left, right = line.strip(), ""
        if left.startswith("chat-fcgi"):
            commands.append(Command(left.removeprefix("chat-fcgi").strip()))
            left = ""
        commands[-1].options += re.findall(r"\[[^\]]*\]", left)
        commands[-1].text = f"{commands[-1].text} {right}".strip()
    # Options below the last of several entries with one first word are for all of them.
    for command in commands:
        others = [other for other in commands if other.names[:1] == command.names[:1] and other.options]
        if command.names and not command.options and others:
            command.options = others[-1].options
    return version, purpose.strip(), commands, rest


def roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.splitlines())


def date() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())))


def manual(help_text: str) -> str:
    version, purpose, commands, rest = read_help(help_text)
    page = [
        f'.TH CHAT\\-FCGI 1 "{date()}" "chat\\-fcgi {version}" "User Commands"',
        ".SH NAME", f"chat\\-fcgi \\- {roff(purpose)}", ".SH SYNOPSIS",
    ]  # fmt: skip
    for command in commands:
        page += [f".B chat\\-fcgi {roff(command.words)}".rstrip(), roff(" ".join(command.options)), ".br"]
    page += [".SH COMMANDS"]
    for command in commands:
        page += [".TP", f".B chat\\-fcgi {roff(command.words)}".rstrip()]
        if command.options:
            page += [roff(" ".join(command.options)), ".br"]
        page += [roff(command.text or "Prints the version, or this list.")]
    for paragraph in rest:
        title = "EXIT STATUS" if paragraph.startswith("Exit codes") else "CONFIGURATION"
        page += [f".SH {title}", roff(" ".join(paragraph.split()))]
    page += [
        ".SH FILES", ".TP", ".I /etc/chat\\-fcgi/chat\\-fcgi.json5", "The configuration,", ".BR chat\\-fcgi.json5 (5).",
        ".TP", ".I /var/lib/chat\\-fcgi", "Conversations, the catalogue and the secret that signs tokens.",
        ".SH SEE ALSO", ".BR chat\\-fcgi.json5 (5),", ".BR nginx (8),", ".BR lighttpd (8)",
    ]  # fmt: skip
    return "\n".join(line for line in page if line) + "\n"


def configuration_manual(version: str) -> str:
    example = (ROOT / "chat-fcgi.json5.example").read_text()
    body = roff(example.replace("\t", "    "))
    return f""".TH CHAT\\-FCGI.JSON5 5 "{date()}" "chat\\-fcgi {version}" "File Formats"
.SH NAME
chat\\-fcgi.json5 \\- configuration of chat\\-fcgi
.SH DESCRIPTION
One file in JSON5: comments, trailing commas, keys without quotes. Every key can be left out.
.B chat\\-fcgi check
reads it as
.B chat\\-fcgi serve
would, and tells what would run, or every mistake with its line. SIGHUP makes a running program read it again.
.SH EXAMPLE
Every key, with its default unless a comment says otherwise:
.PP
.nf
{body}
.fi
.SH SEE ALSO
.BR chat\\-fcgi (1)
"""


def by_names(commands: list[Command]) -> dict[str, list[Command]]:
    found: dict[str, list[Command]] = {}
    for command in commands:
        if command.names:
            found.setdefault(command.names[0], []).append(command)
    return found


FILES = ("--config",)


def bash(commands: list[Command]) -> str:
    groups = by_names(commands)
    lines = [
        "# bash completion for chat-fcgi; made by packaging/manual.py from --help.", "_chat_fcgi() {",
        '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=""', "    COMPREPLY=()",
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
        f'        words="{" ".join(groups)} --help --version"',
        "    else", '        case "$before" in',
        *(f"        {name}) compopt -o default; return ;;" for name in FILES),
    ]  # fmt: skip
    choices = {flag: values for command in commands for flag, values in command.flags.items() if values}
    takers = {flag for command in commands for flag, values in command.flags.items() if values == []} - set(FILES)
    lines += [f'        {flag}) words="{" ".join(values)}" ;;' for flag, values in sorted(choices.items())]
    lines += [f"        {'|'.join(sorted(takers))}) return ;;", "        *)", '            case "${COMP_WORDS[1]}" in']
    for name, group in groups.items():
        second = sorted({command.names[1] for command in group if len(command.names) > 1})
        flags = sorted({flag for command in group for flag in command.flags})
        words = f'[ "$COMP_CWORD" -eq 2 ] && words="{" ".join(second)}" || ' if second else ""
        files = "compopt -o default; " if any("FILE" in command.words or "DIR" in command.words for command in group) else ""
        lines.append(f'            {name}) {files}{words}words="{" ".join(flags)}" ;;')
    lines += [
        "            esac ;;", "        esac", "    fi", '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")', "}",
        "complete -F _chat_fcgi chat-fcgi",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def first_sentence(text: str) -> str:
    """For a line beside the word, in single quotes."""
    return re.split(r"[;,:.](?: |$)", text, maxsplit=1)[0].replace("'", "’")


def zsh(commands: list[Command]) -> str:
    groups = by_names(commands)
    lines = ["#compdef chat-fcgi", "# Made by packaging/manual.py from --help.", "local -a commands", "if (( CURRENT == 2 )); then"]
    lines += ["    commands=(", *(f"        '{name}:{first_sentence(group[0].text)}'" for name, group in groups.items()), "    )"]
    lines += ["    _describe command commands", "    return", "fi", 'case "$words[2]" in']
    for name, group in groups.items():
        second = sorted({command.names[1] for command in group if len(command.names) > 1})
        flags = {flag: values for command in group for flag, values in command.flags.items()}
        lines.append(f"{name})")
        if second:
            lines.append(f"    if (( CURRENT == 3 )); then compadd {' '.join(second)}; return; fi")
        given = []
        for flag, values in sorted(flags.items()):
            if values is None:
                given.append(f"'{flag}'")
            elif values:
                given.append(f"'{flag}:value:({' '.join(values)})'")
            else:
                given.append(f"'{flag}:value:{'_files' if flag in FILES else ''}'")
        lines += [f"    _arguments {' '.join(given)} '*:file:_files'", "    ;;"]
    return "\n".join([*lines, "esac"]) + "\n"


def fish(commands: list[Command]) -> str:
    lines = ["# Made by packaging/manual.py from --help.", "complete -c chat-fcgi -f"]
    for name, group in by_names(commands).items():
        lines.append(f"complete -c chat-fcgi -n __fish_use_subcommand -a {name} -d '{first_sentence(group[0].text)}'")
        inside = f"'__fish_seen_subcommand_from {name}'"
        for second in sorted({command.names[1] for command in group if len(command.names) > 1}):
            lines.append(f"complete -c chat-fcgi -n {inside} -a {second}")
        for flag, values in sorted({f: v for command in group for f, v in command.flags.items()}.items()):
            taken = "" if values is None else f" -x -a '{' '.join(values)}'" if values else " -r" + (" -F" if flag in FILES else "")
            lines.append(f"complete -c chat-fcgi -n {inside} -l {flag[2:]}{taken}")
        if any("FILE" in command.words or "DIR" in command.words for command in group):
            lines.append(f"complete -c chat-fcgi -n {inside} -F")
    return "\n".join(lines) + "\n"


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = Path(sys.argv[1]), Path(sys.argv[2])
    text = subprocess.run([program, "--help"], check=True, capture_output=True, text=True).stdout
    version, _, commands, _ = read_help(text)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chat-fcgi.1").write_text(manual(text))
    (folder / "chat-fcgi.json5.5").write_text(configuration_manual(version))
    (folder / "chat-fcgi.bash").write_text(bash(commands))
    (folder / "_chat-fcgi").write_text(zsh(commands))
    (folder / "chat-fcgi.fish").write_text(fish(commands))


if __name__ == "__main__":
    main()
