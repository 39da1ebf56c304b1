#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks data/declarations against its JSON schema, and the schema against the program.

usage: check_declarations.py SOURCE_ROOT

The words of the schema that are used are looked at here: no package is needed for them. A word that
is not known here is a fault of the schema.
"""

import json
import pathlib
import re
import sys

TYPES = {'object': dict, 'array': list, 'string': str, 'integer': int, 'number': (int, float),
         'boolean': bool, 'null': type(None)}
SAID = {'$schema', 'title', 'description', 'definitions'}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and not (name in ('integer', 'number') and isinstance(value, bool))


def bound(value, word, limit):
    size = len(value) if word.endswith(('Items', 'Length')) else value
    return size >= limit if word.startswith('min') else size <= limit


def check_word(root, schema, word, value, where):
    argument = schema[word]
    if word in SAID:
        return
    if word == '$ref':
        yield from check(root, root['definitions'][argument.rsplit('/', 1)[1]], value, where)
    elif word == 'type':
        names = argument if isinstance(argument, list) else [argument]
        if not any(is_type(value, name) for name in names):
            yield f'{where}: not of type {argument}'
    elif word == 'enum':
        if value not in argument:
            yield f'{where}: {value!r} is not known'
    elif word == 'pattern':
        if isinstance(value, str) and not re.search(argument, value):
            yield f'{where}: {value!r} is not of the form {argument}'
    elif word in ('minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum'):
        if not bound(value, word, argument):
            yield f'{where}: {word} {argument}'
    elif word == 'required':
        yield from (f'{where}: {name} is missing' for name in argument if value is not None and name not in value)
    elif word == 'properties':
        for name, inner in argument.items():
            if value is not None and name in value:
                yield from check(root, inner, value[name], f'{where}/{name}')
    elif word == 'additionalProperties':
        yield from (f'{where}: {name} is unknown' for name in value or () if name not in schema['properties'])
    elif word == 'items':
        for number, one in enumerate(value):
            yield from check(root, argument, one, f'{where}/{number + 1}')
    else:
        yield f'schema: {word} is not understood'


def check(root, schema, value, where):
    """Yields every fault of a value."""
    for word in sorted(schema, key=lambda word: word != 'type'):
        faults = list(check_word(root, schema, word, value, where))
        yield from faults
        if word == 'type' and faults:
            return


def sources_of(file):
    """What a field may be filled in with: of the schema's list, one or more."""
    for field in file.get('fields', []):
        value = field.get('from', [])
        yield from value if isinstance(value, list) else [value]


def keys_told(files):
    """The declarations and what is asked in them, as a field of another names it."""
    told = {}
    for path in files:
        file = json.loads(path.read_text(encoding='utf-8'))
        told[file.get('id')] = {field.get('key') for field in file.get('fields', [])}
    return told


def is_told(name, told):
    match = re.fullmatch(r'form:([a-z0-9-]+)(?:\.([a-z0-9_]+))?', name)
    return match is not None and match[1] in told and match[2] in told[match[1]] | {None}


def program_sources(root):
    text = (root / 'src/core/mc-blank.c').read_text(encoding='utf-8')
    return set(re.findall(r'"([a-z.]+)"', re.search(r'sources\[\] = {(.*?)};', text, re.S)[1]))


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    root = pathlib.Path(sys.argv[1])
    folder = root / 'data/declarations'
    schema = json.loads((folder / 'schema.json').read_text(encoding='utf-8'))
    known = set(schema['definitions']['source']['enum'])
    files = sorted(set(folder.glob('*.json')) - {folder / 'schema.json'})
    told = keys_told(files)
    faults = [f'schema: {name} is of one alone' for name in known ^ program_sources(root)]
    built = (root / 'src/core/meson.build').read_text(encoding='utf-8')
    for path in files:
        file = json.loads(path.read_text(encoding='utf-8'))
        faults += check(schema, schema, file, path.stem)
        faults += (f'{path.stem}: {name} is no source' for name in sources_of(file)
                   if name not in known and not is_told(name, told))
        if file.get('id') != path.stem:
            faults.append(f'{path.stem}: its id is another')
        if f'/{path.name}' not in built:
            faults.append(f'{path.stem}: not part of the program')
    for fault in faults:
        print(fault)
    if not faults:
        print(f'{len(files)} declarations are in order')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
