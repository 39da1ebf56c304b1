#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deadlines a second time, by another way than src/core/mc-deadline*.c and from no table of theirs.

There a term is counted from its beginning, and what was paused is added to its end. Here a clock runs: day by
day, for hours minute by minute, and ticks where the office works and nobody waits for the applicant. The days
off are not read from data/calendar: they follow from the law (Bộ luật Lao động Điều 112, NQ 28/2026/QH16), the
lunar calendar of lunar.py and the few notices that were published.

usage: deadline.py > deadline.txt
"""

import datetime as dt
import functools
import random

import lunar

DAY, MINUTE = dt.timedelta(1), dt.timedelta(minutes=1)

# Notices: what the law leaves open.
TET = {2025: ('2025-01-27', 5), 2026: ('2026-02-16', 5)}
NATIONAL_DAY_NEIGHBOUR = {2025: '2025-09-01', 2026: '2026-09-01'}
SWAPS = {'2025-05-02': '2025-04-26', '2026-01-02': '2026-01-10', '2026-08-31': '2026-08-22'}
PROPOSED_SWAPS = {'2026-11-23': '2026-11-28'}
PROPOSED_OFF = ('2027-02-05', '2027-02-09', '2027-02-10', '2027-02-11', '2027-09-03')


class Office:
    def __init__(self, hours, limit, proposed=False):
        self.hours = [tuple(sum(int(n) * f for n, f in zip(clock.split(':'), (60, 1))) for clock in span)
                      for span in hours]
        self.limit = dt.time.fromisoformat(limit)
        self.proposed = proposed

    @functools.lru_cache(None)
    def off_in(self, year):
        """The days off of a year, weekends apart."""
        single = [dt.date(year, 1, 1), lunar.solar(year, 3, 10), dt.date(year, 4, 30), dt.date(year, 5, 1),
                  dt.date(year, 9, 2)] + ([dt.date(year, 11, 24)] if year >= 2026 else [])
        first, count = TET.get(year, (lunar.solar(year, 1, 1).isoformat(), 3))
        off = set(single) | {dt.date.fromisoformat(first) + i * DAY for i in range(count)}
        if year in NATIONAL_DAY_NEIGHBOUR:
            off.add(dt.date.fromisoformat(NATIONAL_DAY_NEIGHBOUR[year]))
        for holiday in sorted(single):
            if holiday.weekday() >= 5:
                day = holiday
                while day.weekday() >= 5 or day in off:
                    day += DAY
                off.add(day)
        swaps = dict(SWAPS, **(PROPOSED_SWAPS if self.proposed else {}))
        off |= {dt.date.fromisoformat(day) for day in swaps}
        if self.proposed:
            off |= {dt.date.fromisoformat(day) for day in PROPOSED_OFF}
        return frozenset(off), frozenset(dt.date.fromisoformat(day) for day in swaps.values())

    def works(self, day):
        off, worked = self.off_in(day.year)
        return day in worked or (day.weekday() < 5 and day not in off)

    def at_work(self, time):
        minute = time.hour * 60 + time.minute
        return self.works(time.date()) and any(a <= minute < b for a, b in self.hours)

    def close(self, day):
        minute = self.hours[-1][1]
        return dt.datetime.combine(day, dt.time(minute // 60, minute % 60))

    def next_working(self, day):
        while not self.works(day):
            day += DAY
        return day

    def starts(self, received):
        """The day that counts as that of reception where the day's limit matters."""
        day = received.date()
        if self.works(day) and received.time() > self.limit:
            day += DAY
        return self.next_working(day)

    def next_close(self, time):
        """The first closing time after @time."""
        day = self.next_working(time.date())
        while self.close(day) <= time:
            day = self.next_working(day + DAY)
        return self.close(day)


def paused(time, pauses):
    return next((to for start, to in pauses if start <= time < to), None)


def hours(office, count, begin, pauses):
    left, time = count * 60, begin
    while True:
        if office.at_work(time) and paused(time, pauses) is None:
            left -= 1
            if left == 0:
                return time + MINUTE
        time += MINUTE


def days(office, unit, count, begin, pauses):
    """A day ticks unless the dossier was with the applicant when it began."""
    day, left = begin, count
    while left > 0:
        day += DAY
        waits = any(start.date() < day <= to.date() for start, to in pauses)
        if not waits and (unit == 'days' or office.works(day)):
            left -= 1
    due = office.close(office.next_working(day) if unit == 'days' else day)
    while paused(due, pauses) is not None:
        due = office.next_close(paused(due, pauses))
    return due


def same_day(office, received, pauses):
    """The day counts as any: the clock of a working-day term that has its last day already."""
    day = office.starts(received)
    for start, to in pauses:
        middle = start.date()
        while middle < to.date():
            middle += DAY
            if office.works(middle):
                day = office.next_working(day + DAY)
        day = max(day, office.starts(to))
        if office.close(day) <= to:
            day = office.next_close(to).date()
    return office.close(day)


def deadline(office, unit, count, flags, received, pauses=()):
    if 'restart' in flags and pauses:
        return deadline(office, unit, count, flags, pauses[-1][1])
    if unit == 'same_day':
        return same_day(office, received, pauses)
    begin = received
    if 'late' in flags and office.starts(received) != received.date():
        begin = dt.datetime.combine(office.starts(received), dt.time())
    if unit == 'hours':
        return hours(office, count, begin, pauses)
    return days(office, unit, count, begin.date(), pauses)


USUAL = [('07:00', '11:30'), ('13:30', '17:00')]
OFFICES = {
    'vn': Office(USUAL, '15:00'),
    'proposed': Office(USUAL, '15:00', proposed=True),
    'own': Office([('07:30', '11:45'), ('13:00', '16:30')], '14:30'),
}

# Counted by hand in the domain's notes (§5.4).
GIVEN = (
    ('vn', 'working_days', 3, (), '2026-11-19T09:30', '2026-11-25T17:00'),
    ('proposed', 'working_days', 3, (), '2026-11-19T09:30', '2026-11-26T17:00'),
    ('vn', 'working_days', 5, (), '2026-02-13T09:30', '2026-02-27T17:00'),
    ('vn', 'working_days', 3, (), '2026-04-23T09:30', '2026-04-29T17:00'),
    ('vn', 'days', 15, (), '2026-04-15T09:30', '2026-05-04T17:00'),
    ('vn', 'same_day', 0, (), '2026-11-20T15:05', '2026-11-23T17:00'),
    ('vn', 'same_day', 0, (), '2026-11-20T14:59', '2026-11-20T17:00'),
    ('vn', 'same_day', 0, (), '2026-11-20T15:00', '2026-11-20T17:00'),
    ('vn', 'working_days', 1, (), '2033-04-08T09:00', '2033-04-12T17:00'),  # Giỗ Tổ on a Saturday
    ('vn', 'hours', 8, (), '2026-11-20T15:30', '2026-11-23T15:30'),  # to accept what came online
)


def show(name, unit, count, flags, received, pauses, due):
    spans = ''.join(f' {a:%Y-%m-%dT%H:%M}..{b:%Y-%m-%dT%H:%M}' for a, b in pauses)
    marks = ''.join(f',{flag}' for flag in flags)
    print(f'{name} {unit} {count}{marks} {received:%Y-%m-%dT%H:%M}{spans} > {due:%Y-%m-%dT%H:%M}')


def moment(chance, day):
    """Mostly when people come, sometimes at the edges of the day, sometimes at night."""
    edge = chance.random()
    if edge < 0.25:
        minute = chance.choice((419, 420, 450, 689, 690, 705, 779, 780, 809, 810, 869, 870, 871, 899, 900, 901, 989,
                                990, 1019, 1020, 1021))
    else:
        minute = chance.randrange(420, 1020) if edge < 0.9 else chance.randrange(0, 1440)
    return dt.datetime.combine(day, dt.time(minute // 60, minute % 60))


def some_day(chance):
    """Half of them near a holiday, where mistakes are made."""
    day = dt.date(2025, 1, 1) + chance.randrange(0, 365 * 11) * DAY
    if chance.random() < 0.5:
        year = day.year
        near = chance.choice((dt.date(year, 1, 1), lunar.solar(year, 1, 1), lunar.solar(year, 3, 10),
                              dt.date(year, 4, 30), dt.date(year, 9, 2), dt.date(year, 11, 24)))
        day = near + chance.randrange(-9, 5) * DAY
    return max(day, dt.date(2025, 1, 1))


def some_pauses(chance, office, term, received):
    """Up to three, each before the promise of that moment has run out; one that begins on its day is the last."""
    pauses = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        begin = pauses[-1][1] if pauses else received
        left = deadline(office, *term, received, pauses) - begin
        start = begin + chance.random() * left
        start = moment(chance, start.date())
        due = deadline(office, *term, received, pauses)
        if not begin < start <= due:
            break
        to = moment(chance, start.date() + chance.randrange(0, 15) * DAY)
        if to <= start:
            break
        pauses.append((start, to))
        if start.date() == due.date():
            break
    return pauses


def main():
    chance = random.Random(118)
    print('# When a result is promised: calendar unit count[,late][,restart] received [stopped..resumed] > due')
    print('# vn: data/calendar; proposed: with all that is only proposed; own: an office with hours of its own.')
    print('# Made by deadline.py, which says what else.')
    for name, unit, count, flags, received, due in GIVEN:
        received, due = dt.datetime.fromisoformat(received), dt.datetime.fromisoformat(due)
        assert deadline(OFFICES[name], unit, count, flags, received) == due, (unit, received)
        show(name, unit, count, flags, received, (), due)
    for _ in range(800):
        name = chance.choice(('vn', 'vn', 'vn', 'proposed', 'own'))
        unit = chance.choice(('same_day', 'hours', 'days', 'working_days', 'working_days'))
        count = 0 if unit == 'same_day' else chance.choice((1, 2, 3, 5, 7, 8, 10, 15, 20, 24, 30, 60))
        flags = [flag for flag in ('late', 'restart') if chance.random() < 0.15 and unit != 'same_day']
        term, received = (unit, count, flags), moment(chance, some_day(chance))
        pauses = some_pauses(chance, OFFICES[name], term, received)
        show(name, *term, received, pauses, deadline(OFFICES[name], *term, received, pauses))


if __name__ == '__main__':
    main()
