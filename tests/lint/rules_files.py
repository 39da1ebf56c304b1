# SPDX-License-Identifier: GPL-3.0-or-later
"""What every other file must keep to: it can be read by the program it is for, on any machine."""

import json
import re
import shutil
import sys
import tempfile

from tree import Finding

TEXT = (".c", ".h", ".py", ".sh", ".md", ".ui", ".xml", ".json", ".build", ".sql", ".in", ".po", ".conf", ".service", ".css")

# A folder that only one machine has. Written so that this line does not name one.
PLACE = re.compile(r"(?:^|[^A-Za-z0-9_.\-])/(?:work|home|root|Users|mnt|media)/[A-Za-z0-9_.]")


def rule_xml(tree):
    for path in tree.files(".ui", ".xml", ".svg"):
        ok, said = tree.run("xmllint", "--noout", "--nonet", path)
        if not ok:
            yield Finding("xml", path, 0, said.splitlines()[0])


def rule_json(tree):
    for path in tree.files(".json"):
        try:
            json.loads(tree.text(path))
        except ValueError as error:
            yield Finding("json", path, 0, str(error))


def rule_desktop(tree):
    for path in tree.files(".desktop"):
        ok, said = tree.run("desktop-file-validate", path)
        if not ok:
            yield Finding("desktop", path, 0, said)


def rule_metainfo(tree):
    for path in tree.files(".metainfo.xml"):
        ok, said = tree.run("appstreamcli", "validate", "--no-net", "--explain", path)
        if not ok:
            yield Finding("metainfo", path, 0, said)


def rule_gschema(tree):
    for path in tree.files(".gschema.xml"):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(tree.full(path), folder)
            ok, said = tree.run("glib-compile-schemas", "--strict", "--dry-run", folder)
        if not ok:
            yield Finding("gschema", path, 0, said.replace(folder, ""))


def rule_python(tree):
    for path in tree.files(".py"):
        try:
            compile(tree.text(path), path, "exec", dont_inherit=True)
        except SyntaxError as error:
            yield Finding("python", path, error.lineno or 0, error.msg)


def rule_shell(tree):
    for path in [p for p in tree.paths if p in ("run", ".ci/run") or p.endswith(".sh")]:
        ok, said = tree.run("bash", "-n", path)
        if not ok:
            yield Finding("shell", path, 0, said)


def rule_places(tree):
    for path in tree.paths:
        if not path.endswith(TEXT) and path not in ("run", ".ci/run"):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            if PLACE.search(line):
                yield Finding("places", path, number, "names a folder that only one machine has")


def rule_data(tree):
    for check in ("tests/data/check_data.py", "tests/data/check_declarations.py"):
        if not tree.has(check):
            continue
        ok, said = tree.run(sys.executable, check, ".")
        if not ok:
            yield Finding("data", "data", 0, said)


RULES = [
    rule_xml,
    rule_json,
    rule_desktop,
    rule_metainfo,
    rule_gschema,
    rule_python,
    rule_shell,
    rule_places,
    rule_data,
]
