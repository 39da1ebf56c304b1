# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person reads: every string can be translated, is translated, and in the words of the office."""

import os
import re
import tempfile

from tree import Finding

TRANSLATED_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
TRANSLATED_UI = re.compile(r'translatable="yes"')
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dpgettext2:2c,3"]

# ui.md, rule 5: no machine's word and no pronoun where a clerk reads.
FORBIDDEN = re.compile(r"\b(server|sync|conflict|uuid|exception|bạn|anh|chị)\b", re.I)


def listed(tree):
    return [l.strip() for l in tree.lines("po/POTFILES.in") if l.strip() and not l.startswith("#")]


def with_strings(tree):
    for path in tree.files(".c", ".h", under=("src/",)):
        if TRANSLATED_C.search(tree.text(path)):
            yield path
    for path in tree.files(".ui"):
        if TRANSLATED_UI.search(tree.text(path)):
            yield path


def rule_potfiles(tree):
    if not tree.has("po/POTFILES.in"):
        if any(True for _ in with_strings(tree)):
            yield Finding("potfiles", "po/POTFILES.in", 0, "missing")
        return
    known = listed(tree)
    for path in sorted(set(with_strings(tree)) - set(known)):
        yield Finding("potfiles", path, 0, "has strings to translate and is not in po/POTFILES.in")
    for path in known:
        if not tree.has(path):
            yield Finding("potfiles", "po/POTFILES.in", 0, f"names {path}, which is not there")
    if known != sorted(known):
        yield Finding("potfiles", "po/POTFILES.in", 0, "is not sorted")


def make_pot(tree, pot):
    paths = [p for p in listed(tree) if tree.has(p)]
    keywords = [f"--keyword={k}" for k in KEYWORDS]
    return tree.run("xgettext", "--from-code=UTF-8", "--add-comments", *keywords, "-o", pot, *paths)


def rule_translated(tree):
    if not tree.has("po/POTFILES.in") or not listed(tree):
        return
    if not tree.has("po/vi.po"):
        yield Finding("translated", "po/vi.po", 0, "missing")
        return
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "motcua.pot")
        ok, said = make_pot(tree, pot)
        if not ok or not os.path.exists(pot):
            yield Finding("translated", "po/POTFILES.in", 0, said or "xgettext found no string")
            return
        ok, said = tree.run("msgcmp", "po/vi.po", pot)
        if not ok:
            yield from complaints(said)
    ok, said = tree.run("msgfmt", "--check", "-o", os.devnull, "po/vi.po")
    if not ok:
        yield Finding("translated", "po/vi.po", 0, said)


def complaints(said):
    for line in said.splitlines():
        match = re.match(r"^(?:\S*/)?(\S+\.(?:po|pot)):(\d+): (.*)$", line)
        if match:
            yield Finding("translated", f"po/{os.path.basename(match[1])}", int(match[2]), match[3])


def messages(lines):
    """Yields (line, text) of every msgstr, its parts joined."""
    start, parts = 0, []
    for number, line in enumerate(lines, 1):
        head = re.match(r'^msgstr(?:\[\d+\])? "(.*)"$', line)
        more = re.match(r'^"(.*)"$', line)
        if head:
            if start:
                yield start, "".join(parts)
            start, parts = number, [head[1]]
        elif more and start:
            parts.append(more[1])
        elif start:
            yield start, "".join(parts)
            start = 0
    if start:
        yield start, "".join(parts)


def rule_words(tree):
    if not tree.has("po/vi.po"):
        return
    for number, text in list(messages(tree.lines("po/vi.po")))[1:]:
        match = FORBIDDEN.search(text)
        if match:
            yield Finding("words", "po/vi.po", number, f"“{match[0]}” is no word a clerk reads here: {text}")


RULES = [rule_potfiles, rule_translated, rule_words]
