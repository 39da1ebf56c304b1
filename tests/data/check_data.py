#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the catalogue of procedures and the calendar that ship in data/.

usage: check_data.py SOURCE_ROOT

Prints every fault found and exits non-zero if there is one.
"""

import datetime as dt
import json
import pathlib
import re
import sys
import unicodedata

CODE = re.compile(r'[1-9]\.\d{6}')
RESULT_CODE = re.compile(r'KQ\.[A-Z]\d{2}\.\d{6}')
SOURCE = re.compile(r'S\d{1,2}')
SLUG = re.compile(r'[a-z0-9]+(-[a-z0-9]+)*')
MONTH_DAY = re.compile(r'(0[1-9]|1[0-2])-([0-2]\d|30)')
CLOCK = re.compile(r'([01]\d|2[0-3]):[0-5]\d')

ROWS = range(1, 54)
CODES_IN_ROW = {42: 2, 48: 2, 49: 2, 51: 2, 52: 4, 53: 4}  # one in every other row
CHANNELS = ('direct', 'online', 'post')
UNITS = ('same_day', 'hours', 'days', 'working_days')
FEES = ('none', 'fixed', 'per_page', 'council', 'unknown')
FORMS = ('electronic', 'paper', 'present')
FIELDS = ('time', 'fee', 'parts', 'channels', 'result', 'level')
KINDS = ('holiday', 'compensatory', 'swapped_off', 'swapped_work')
STATES = ('confirmed', 'proposed')
SCOPES = ('nation', 'province')
MAX_PART_NAME = 160

# What a clerk counts by hand. The day of reception does not count; only confirmed days do.
WORKING_DAY_VECTORS = (
    ('2026-11-19', 3, '2026-11-25'),  # over the weekend and the new holiday of 24/11
    ('2026-02-13', 5, '2026-02-27'),  # over Tết
    ('2026-04-23', 3, '2026-04-29'),  # Giỗ Tổ on a Sunday, its compensatory Monday
    ('2026-11-20', 1, '2026-11-23'),  # the swap of 23/11 is only proposed
    ('2026-08-21', 1, '2026-08-22'),  # a worked Saturday
)
CALENDAR_DAY_VECTORS = (
    ('2026-04-15', 15, '2026-05-04'),  # the 15th day is 30/4
)
SAME_DAY_VECTORS = (
    ('2026-11-20', '14:59', '2026-11-20'),
    ('2026-11-20', '15:00', '2026-11-20'),  # "after 15 o'clock" does not include 15:00
    ('2026-11-20', '15:05', '2026-11-23'),
)

faults = []


def fault(where, text):
    faults.append(f'{where}: {text}')


def strings(value, path=''):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield f'{path}.{key} (key)', key
            yield from strings(item, f'{path}.{key}')
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strings(item, f'{path}[{index}]')


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f'the key "{key}" stands twice in one object')
    return dict(pairs)


def load(path):
    try:
        text = path.read_text(encoding='utf-8')
        document = json.loads(text, object_pairs_hook=no_twice)
    except (OSError, UnicodeError, ValueError) as error:
        fault(path.name, error)
        return None
    if not isinstance(document, dict):
        fault(path.name, 'not an object')
        return None
    if '\\u' in text:
        fault(path.name, 'escaped characters: write UTF-8')
    for where, value in strings(document):
        if value != unicodedata.normalize('NFC', value):
            fault(f'{path.name}{where}', f'not NFC: {value!r}')
        if value != value.strip() or '  ' in value or '\n' in value or '\u00a0' in value:
            fault(f'{path.name}{where}', f'stray space: {value!r}')
    if not is_date(document.get('version')):
        fault(path.name, 'version is not a date')
    return document


def is_date(value):
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def members(where, value, required, optional=()):
    """True if value is an object with all required members and no unknown one."""
    if not isinstance(value, dict):
        fault(where, 'not an object')
        return False
    for name in required:
        if name not in value:
            fault(where, f'lacks "{name}"')
    for name in value:
        if name not in required and name not in optional:
            fault(where, f'unknown member "{name}"')
    return all(name in value for name in required)


def items(where, value, allow_empty=False):
    if not isinstance(value, list) or not (value or allow_empty):
        fault(where, 'not a list with something in it')
        return []
    return value


def text(where, value, allow_empty=False):
    if not isinstance(value, str) or not (value or allow_empty):
        fault(where, 'not a text')
        return ''
    return value


def subset(where, value, allowed, allow_empty=False):
    listed = items(where, value, allow_empty)
    for item in listed:
        if item not in allowed:
            fault(where, f'unknown "{item}"')
    if len(set(map(str, listed))) != len(listed):
        fault(where, 'something twice')


def span(where, value):
    for name in ('valid_from', 'valid_to'):
        if value.get(name) is not None and not is_date(value[name]):
            fault(where, f'{name} is not a date')
    if value.get('valid_from') and value.get('valid_to') and value['valid_from'] > value['valid_to']:
        fault(where, 'valid_from after valid_to')


def check_time(where, value, unsourced):
    if value is None:
        if 'time' not in unsourced:
            fault(where, 'no time, but "time" is not listed as unsourced')
        return
    if not members(where, value, ('unit', 'count'), ('late',)):
        return
    if value['unit'] not in UNITS:
        fault(where, f'unknown unit "{value["unit"]}"')
    if not is_count(value['count']):
        fault(where, 'count is not a count')
    elif (value['unit'] == 'same_day') != (value['count'] == 0):
        fault(where, 'only same_day has the count 0')


def check_fee(where, value):
    if not members(where, value, ('kind', 'amount', 'note'), ('amount_from_page_3', 'cap')):
        return
    kind, amount = value['kind'], value['amount']
    if kind not in FEES:
        fault(where, f'unknown kind "{kind}"')
    if not is_count(amount):
        fault(where, 'amount is not a whole number of đồng')
        return
    text(where + '.note', value['note'], allow_empty=kind in ('none', 'fixed'))
    if (kind in ('fixed', 'per_page')) != (amount > 0):
        fault(where, f'amount {amount} with kind "{kind}"')
    paged = [name for name in ('amount_from_page_3', 'cap') if is_count(value.get(name))]
    if len(paged) != (2 if kind == 'per_page' else 0):
        fault(where, 'amount_from_page_3 and cap belong to per_page, both')
    if kind == 'council' and 'HĐND' not in value['note']:
        fault(where, 'the note of a council fee does not say so')


def check_result(where, value, also=False):
    if not members(where, value, ('code', 'name'), () if also else ('also',)):
        return
    if value['code'] != '' and not RESULT_CODE.fullmatch(text(where, value['code'])):
        fault(where, f'odd result code "{value["code"]}"')
    text(where + '.name', value['name'])
    for other in value.get('also', []):
        check_result(where + '.also', other, also=True)


def check_ids(where, listed):
    seen = set()
    for item in listed:
        identifier = item.get('id') if isinstance(item, dict) else None
        if not isinstance(identifier, str) or not SLUG.fullmatch(identifier):
            fault(where, f'odd id {identifier!r}')
        elif identifier in seen:
            fault(where, f'id "{identifier}" twice')
        seen.add(identifier)


def check_procedure(procedure):
    where = procedure.get('code', '?') if isinstance(procedure, dict) else '?'
    if not members(where, procedure,
                   ('code', 'row', 'name', 'field', 'level', 'valid_from', 'valid_to', 'synonyms', 'cases',
                    'parts', 'result', 'unsourced', 'sources'), ('note', 'full_name', 'linked', 'workflow')):
        return
    if not CODE.fullmatch(text(where, procedure['code'])):
        fault(where, 'odd code')
    if procedure['row'] not in ROWS:
        fault(where, f'odd row {procedure["row"]!r}')
    for name in ('name', 'field', 'note', 'full_name'):
        if name in procedure:
            text(f'{where}.{name}', procedure[name])
    if procedure['level'] != 'commune':
        fault(where, f'unknown level "{procedure["level"]}"')
    span(where, procedure)

    synonyms = items(where + '.synonyms', procedure['synonyms'])
    for synonym in synonyms:
        text(where + '.synonyms', synonym)
    if len({str(synonym).casefold() for synonym in synonyms}) != len(synonyms):
        fault(where, 'a synonym twice')

    subset(where + '.unsourced', procedure['unsourced'], FIELDS, allow_empty=True)
    for source in items(where + '.sources', procedure['sources']):
        if not SOURCE.fullmatch(text(where, source)):
            fault(where, f'odd source "{source}"')

    cases = items(where + '.cases', procedure['cases'])
    check_ids(where + '.cases', cases)
    for case in cases:
        here = f'{where}.cases.{case.get("id") if isinstance(case, dict) else "?"}'
        if members(here, case, ('id', 'name', 'channels', 'time', 'fee'),
                       ('valid_from', 'valid_to', 'promise')):
            text(here + '.name', case['name'])
            subset(here + '.channels', case['channels'], CHANNELS)
            check_time(here + '.time', case['time'], procedure['unsourced'])
            check_fee(here + '.fee', case['fee'])
            span(here, case)

    parts = items(where + '.parts', procedure['parts'])
    check_ids(where + '.parts', parts)
    for part in parts:
        here = f'{where}.parts.{part.get("id") if isinstance(part, dict) else "?"}'
        if members(here, part, ('id', 'name', 'required', 'originals', 'copies', 'form', 'note')):
            if len(text(here + '.name', part['name'])) > MAX_PART_NAME:
                fault(here, f'name longer than {MAX_PART_NAME} characters')
            text(here + '.note', part['note'], allow_empty=True)
            if not isinstance(part['required'], bool):
                fault(here, 'required is not true or false')
            if not is_count(part['originals']) or not is_count(part['copies']):
                fault(here, 'originals and copies are not counts')
            if part['form'] not in FORMS:
                fault(here, f'unknown form "{part["form"]}"')

    check_result(where + '.result', procedure['result'])


def check_links(procedure, codes):
    """What an interlinked procedure is made of is in the catalogue, and begins after one of its own."""
    links = [link for link in procedure.get('linked', []) if isinstance(link, dict)]
    for link in links:
        where = f'{procedure.get("code")}.linked.{link.get("procedure")}'
        members(where, link, ('procedure', 'name', 'body'), ('office', 'after', 'time', 'times'))
        if link.get('procedure') not in codes:
            fault(where, 'not in the catalogue')
        for time in [link.get('time', {'unit': 'same_day', 'count': 0})] + list(link.get('times', {}).values()):
            check_time(where, time, ())
        before = links[:links.index(link)]
        if 'after' in link and link['after'] not in [other.get('procedure') for other in before]:
            fault(where, 'begins after what does not come before it')
    if 'linked' in procedure and 'workflow' not in procedure:
        fault(procedure.get('code'), 'an interlinked procedure needs a workflow: its state follows from its children')


def check_catalogue(document):
    if not members('procedures.json', document, ('version', 'procedures')):
        return
    procedures = items('procedures.json', document['procedures'])
    for procedure in procedures:
        check_procedure(procedure)
    known = [procedure for procedure in procedures if isinstance(procedure, dict)]
    codes = [procedure.get('code') for procedure in known]
    for procedure in known:
        check_links(procedure, codes)
    for code in sorted({str(code) for code in codes if codes.count(code) > 1}):
        fault('procedures.json', f'code {code} twice')
    for row in ROWS:
        found = sum(procedure.get('row') == row for procedure in known)
        if found != CODES_IN_ROW.get(row, 1):
            fault('procedures.json', f'row {row} has {found} procedures, not {CODES_IN_ROW.get(row, 1)}')


def check_calendar(document):
    """True if the days can be counted with."""
    if not members('vietnam.json', document, ('version', 'name', 'hours', 'days', 'rules')):
        return False
    text('vietnam.json.name', document['name'])
    names = ('open', 'lunch_from', 'lunch_to', 'same_day_limit', 'close')
    if members('vietnam.json.hours', document['hours'], names):
        clock = [document['hours'][name] for name in names]
        if not all(isinstance(value, str) and CLOCK.fullmatch(value) for value in clock):
            fault('vietnam.json.hours', 'not HH:MM')
        elif clock != sorted(clock):
            fault('vietnam.json.hours', 'not in the order of a day')

    before, seen = len(faults), ''
    for day in items('vietnam.json.days', document['days']):
        where = f'vietnam.json {day.get("date") if isinstance(day, dict) else "?"}'
        if not members(where, day, ('date', 'kind', 'name', 'source', 'state', 'scope'), ('unsourced',)):
            continue
        if not is_date(day['date']):
            fault(where, 'not a date')
            continue
        if day['date'] <= seen:
            fault(where, 'twice, or out of order')
        seen = day['date']
        for name, allowed in (('kind', KINDS), ('state', STATES), ('scope', SCOPES)):
            if day[name] not in allowed:
                fault(where, f'unknown {name} "{day[name]}"')
        if day.get('unsourced', True) is not True:
            fault(where, 'unsourced is true or absent')
        text(where + '.name', day['name'])
        text(where + '.source', day['source'])
        weekend = dt.date.fromisoformat(day['date']).weekday() >= 5
        if day['kind'] in ('compensatory', 'swapped_off') and weekend:
            fault(where, f'{day["kind"]} on a weekend changes nothing')
        if day['kind'] == 'swapped_work' and not weekend:
            fault(where, 'swapped_work on an ordinary working day')
    for rule in items('vietnam.json.rules', document['rules']):
        where = f'vietnam.json rule {rule.get("name") if isinstance(rule, dict) else "?"}'
        members(where, rule, ('name', 'source'), ('solar', 'lunar', 'from', 'compensated'))
        if ('solar' in rule) == ('lunar' in rule) or not MONTH_DAY.fullmatch(rule.get('solar', rule.get('lunar'))):
            fault(where, 'neither a solar nor a lunar date, or both')
    return len(faults) == before


def check_years(days):
    """Every holiday that the law fixes stands in each year, with its compensatory day."""
    confirmed = {day['date']: day['kind'] for day in days if day['state'] == 'confirmed'}
    for year in range(2025, 2029):
        fixed = ['01-01', '04-30', '05-01', '09-02'] + (['11-24'] if year >= 2026 else [])
        for date in (f'{year}-{month_day}' for month_day in fixed):
            if confirmed.get(date) != 'holiday':
                fault('vietnam.json', f'{date} is no confirmed holiday')
        weekends = [day for day, kind in confirmed.items()
                    if kind == 'holiday' and day[:4] == str(year) and dt.date.fromisoformat(day).weekday() >= 5]
        paid = [day['date'] for day in days if day['kind'] == 'compensatory' and day['date'][:4] == str(year)]
        if len(weekends) != len(paid):
            fault('vietnam.json', f'{year}: {len(weekends)} holidays on weekends, {len(paid)} compensatory days')


def check_vectors(document):
    kinds = {day['date']: day['kind'] for day in document['days'] if day['state'] == 'confirmed'}

    def works(day):
        kind = kinds.get(day.isoformat())
        return kind == 'swapped_work' or (kind is None and day.weekday() < 5)

    def next_working(day):
        while not works(day):
            day += dt.timedelta(1)
        return day

    def expect(what, got, wanted):
        if got.isoformat() != wanted:
            fault('vietnam.json', f'{what} gives {got}, not {wanted}')

    for start, count, wanted in WORKING_DAY_VECTORS:
        day = dt.date.fromisoformat(start)
        for _ in range(count):
            day = next_working(day + dt.timedelta(1))
        expect(f'{start} + {count} working days', day, wanted)
    for start, count, wanted in CALENDAR_DAY_VECTORS:
        expect(f'{start} + {count} days', next_working(dt.date.fromisoformat(start) + dt.timedelta(count)), wanted)
    for start, clock, wanted in SAME_DAY_VECTORS:
        late = clock > document['hours']['same_day_limit']
        expect(f'{start} {clock}, same day', next_working(dt.date.fromisoformat(start) + dt.timedelta(late)), wanted)


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    data = pathlib.Path(sys.argv[1]) / 'data'
    catalogue = load(data / 'catalogue' / 'procedures.json')
    calendar = load(data / 'calendar' / 'vietnam.json')
    if catalogue is not None:
        check_catalogue(catalogue)
    if calendar is not None and check_calendar(calendar):
        check_years(calendar['days'])
        check_vectors(calendar)
    for line in faults:
        print(line)
    if faults:
        print(f'{len(faults)} faults')
        return 1
    print(f'{len(catalogue["procedures"])} procedures and {len(calendar["days"])} days are in order')
    return 0


if __name__ == '__main__':
    sys.exit(main())
