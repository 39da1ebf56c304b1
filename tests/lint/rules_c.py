# SPDX-License-Identifier: GPL-3.0-or-later
"""What C files must keep to: the format, the layers, and a size a reader can hold."""

import os
import re

from tree import Finding

FILE_LINES = 700
FUNCTION_LINES = 80

# Who may see whom. The arrows point one way: core <- vault <- ledger <- {store, server}, core <- conform, store <- {sync, forms, scan} <- {ctl, app}.
LAYERS = {
    "core": set(),
    "vault": {"core"},
    "ledger": {"vault", "core"},
    "server": {"ledger", "vault", "core"},
    "conform": {"core"},
    "store": {"ledger", "vault", "core"},
    "sync": {"store", "ledger", "vault", "core"},
    "forms": {"store", "ledger", "vault", "core"},
    "scan": {"store", "ledger", "vault", "core"},
    "ctl": {"sync", "forms", "scan", "store", "ledger", "vault", "core"},
    "app": {"sync", "forms", "scan", "store", "ledger", "vault", "core"},
}

# Which layer a library belongs to: by how its header's name begins.
LIBRARIES = {
    "sqlite3": {"vault", "ledger"},
    "libsoup/": {"conform", "sync", "server"},
    "gtk/": {"app"},
    "gdk/": {"app"},
    "gsk/": {"app"},
    "graphene": {"app"},
    "adwaita": {"app"},
    "poppler": {"store", "app"},
    "libsecret/": {"vault", "store"},
    "cairo": {"forms", "app"},
    "pango/": {"forms", "app"},
    "qrencode": {"forms"},
}

# The domain is pure: no file, socket, clock or window gets in.
CORE_MAY = re.compile(r"^(glib\.h|glib-object\.h|jansson\.h|sodium\.h|zlib\.h|math\.h|string\.h|stdlib\.h|stdarg\.h|stdio\.h|errno\.h)$")
IMPURE = re.compile(r"\b(f?open|printf|socket|system|time|g_f?open|g_file_\w+|g_get_\w+_time|g_date_time_new_now\w*|g_print\w*) \(")
CLOCK = "src/core/mc-clock.c"  # the one place that reads the machine's clock

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
GOTO = re.compile(r"^\s*goto\s+\w+;")


def layer_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "src" and parts[1] in LAYERS else None


def rule_format(tree):
    paths = tree.c_files()
    if not paths:
        return
    ok, said = tree.run("clang-format-14", "--dry-run", "-Werror", "--style=file", *paths)
    if ok:
        return
    seen = set()
    for match in re.finditer(r"^(\S+?):(\d+):\d+: error: code should be", said, re.M):
        if match[1] not in seen:
            seen.add(match[1])
            yield Finding("format", match[1], int(match[2]), "clang-format would write this differently")
    if not seen:
        yield Finding("format", ".clang-format", 0, said.splitlines()[0])


def included(tree, path):
    for number, line in enumerate(tree.lines(path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == "<", match[2]


def own_header(layer, name, owners):
    owner = owners.get(name)
    if owner is None or owner == layer:
        return None
    if name.endswith("-private.h"):
        return f"{name} is private to {owner}"
    if owner not in LAYERS[layer]:
        return f"{layer} may not see {owner} ({name})"
    return None


def library_header(layer, name):
    if layer == "core" and not CORE_MAY.match(name):
        return f"core is pure: it may not see <{name}>"
    for begin, layers in LIBRARIES.items():
        if name.startswith(begin) and layer not in layers:
            return f"<{name}> belongs to {', '.join(sorted(layers))}, not to {layer}"
    return None


def impure(tree, path):
    for number, line in enumerate(tree.lines(path), 1):
        match = IMPURE.search(line)
        if match and not line.lstrip().startswith(("*", "/*")):
            yield Finding("layers", path, number, f"core is pure: no {match[1]}()")


def rule_layers(tree):
    headers = [p for p in tree.files(".h", under=("src/",)) if layer_of(p)]
    owners = {os.path.basename(p): layer_of(p) for p in headers}
    for path in tree.files(".c", ".h", under=("src/",)):
        layer = layer_of(path)
        if layer is None:
            yield Finding("layers", path, 0, "in none of the known folders of src/")
            continue
        for number, system, name in included(tree, path):
            wrong = library_header(layer, name) if system else own_header(layer, name, owners)
            if wrong:
                yield Finding("layers", path, number, wrong)
        if layer == "core" and path != CLOCK:
            yield from impure(tree, path)


def functions(lines):
    """Yields (name, first line, length): a GNU body opens and closes with a brace in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = next((l for l in reversed(lines[: start - 1]) if re.match(r"^\w+ \(", l)), "?")
            yield head.split(" (")[0], start, number - start - 1
            start = None
        elif line.startswith("}"):
            start = None


def rule_sizes(tree):
    for path in tree.c_files():
        lines = tree.lines(path)
        if len(lines) > FILE_LINES:
            yield Finding("sizes", path, 0, f"{len(lines)} lines: more than {FILE_LINES} are more than one idea")
        for name, line, length in functions(lines):
            if length > FUNCTION_LINES:
                yield Finding("sizes", path, line, f"{name}() has {length} lines, more than {FUNCTION_LINES}")


def rule_habits(tree):
    for path in tree.c_files():
        lines = tree.lines(path)
        if not lines or "SPDX-License-Identifier: GPL-3.0-or-later" not in lines[0]:
            yield Finding("habits", path, 1, "the first line is the SPDX line")
        if path.endswith(".h") and "#pragma once" not in lines:
            yield Finding("habits", path, 1, "a header begins with #pragma once")
        for number, line in enumerate(lines, 1):
            if GOTO.match(line):
                yield Finding("habits", path, number, "no goto: g_auto cleans up")
            if MARKS.search(line):
                yield Finding("habits", path, number, "a mark for later: do it, or say it in an issue")


RULES = [rule_format, rule_layers, rule_sizes, rule_habits]
