#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Vietnamese lunar calendar a second time, by another way than src/core/mc-lunar.c.

There the instant of each new moon comes from a series of its own. Here the Moon's and the Sun's longitudes
are followed (the largest terms of Meeus, "Astronomical Algorithms", chapters 47 and 25) and the new moon is
where the one overtakes the other. Months are named by the major terms that fall into them.

usage: lunar.py > lunar.txt     the first day of every lunar month of 1900-2100
"""

import datetime as dt
import functools
import math

ZONE = 7 / 24
JDN = 1721425  # of datetime's day 0
DOUBT = 30  # seconds from midnight within which neither the theories nor the Earth's turning are known

# Amplitude in 10^-6 degrees, and how often D, M, M' and F are in it.
MOON = (
    (6288774, 0, 0, 1, 0), (1274027, 2, 0, -1, 0), (658314, 2, 0, 0, 0), (213618, 0, 0, 2, 0),
    (-185116, 0, 1, 0, 0), (-114332, 0, 0, 0, 2), (58793, 2, 0, -2, 0), (57066, 2, -1, -1, 0),
    (53322, 2, 0, 1, 0), (45758, 2, -1, 0, 0), (-40923, 0, 1, -1, 0), (-34720, 1, 0, 0, 0),
    (-30383, 0, 1, 1, 0), (15327, 2, 0, 0, -2), (-12528, 0, 0, 1, 2), (10980, 0, 0, 1, -2),
    (10675, 4, 0, -1, 0), (10034, 0, 0, 3, 0), (8548, 4, 0, -2, 0), (-7888, 2, 1, -1, 0),
    (-6766, 2, 1, 0, 0), (-5163, 1, 0, -1, 0), (4987, 1, 1, 0, 0), (4036, 2, -1, 1, 0),
    (3994, 2, 0, 2, 0), (3861, 4, 0, 0, 0), (3665, 2, 0, -3, 0), (-2689, 0, 1, -2, 0),
    (-2602, 2, 0, -1, 2), (2390, 2, -1, -2, 0), (-2348, 1, 0, 1, 0), (2236, 2, -2, 0, 0),
    (-2120, 0, 1, 2, 0), (-2069, 0, 2, 0, 0), (2048, 2, -2, -1, 0), (-1773, 2, 0, 1, -2),
    (-1595, 2, 0, 0, 2), (1215, 4, -1, -1, 0), (-1110, 0, 0, 2, 2), (-892, 3, 0, -1, 0),
    (-810, 2, 1, 1, 0), (759, 4, -1, -2, 0), (-713, 0, 2, -1, 0), (-700, 2, 2, -1, 0),
    (691, 2, 1, -2, 0), (596, 2, -1, 0, -2), (549, 4, 0, 1, 0), (537, 0, 0, 4, 0),
    (520, 4, -1, 0, 0), (-487, 1, 0, -2, 0),
)

# Seconds between the Earth's turning and even time: observed until 2020, then as predicted.
DELTA_T = (
    (1890, -5.9), (1900, -2.8), (1905, 3.9), (1910, 10.4), (1915, 17.0), (1920, 21.2), (1925, 23.6),
    (1930, 24.0), (1935, 23.9), (1940, 24.3), (1945, 26.8), (1950, 29.1), (1955, 31.1), (1960, 33.1),
    (1965, 35.7), (1970, 40.2), (1975, 45.5), (1980, 50.5), (1985, 54.3), (1990, 56.9), (1995, 60.8),
    (2000, 63.8), (2005, 64.7), (2010, 66.1), (2015, 67.6), (2020, 69.4), (2050, 93.0), (2110, 220.0),
)


def sine(degrees):
    return math.sin(math.radians(degrees))


def even_time(jd):
    """Universal time to the time of the theories."""
    year = 2000 + (jd - 2451545) / 365.25
    for (y0, s0), (y1, s1) in zip(DELTA_T, DELTA_T[1:]):
        if y0 <= year <= y1:
            return jd + (s0 + (s1 - s0) * (year - y0) / (y1 - y0)) / 86400
    raise ValueError(f'no time for {year}')


def sun(jd):
    """The Sun's apparent longitude at @jd of universal time."""
    t = (even_time(jd) - 2451545) / 36525
    m = 357.5291092 + 35999.0502909 * t
    centre = ((1.914602 - 0.004817 * t) * sine(m) + (0.019993 - 0.000101 * t) * sine(2 * m)
              + 0.000289 * sine(3 * m))
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)) % 360


def moon(jd):
    """The Moon's apparent longitude at @jd of universal time."""
    t = (even_time(jd) - 2451545) / 36525
    mean = 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t
    d = 297.8501921 + 445267.1114034 * t - 0.0018819 * t * t
    m = 357.5291092 + 35999.0502909 * t
    n = 134.9633964 + 477198.8675055 * t + 0.0087414 * t * t
    f = 93.2720950 + 483202.0175233 * t - 0.0036539 * t * t
    e = 1 - 0.002516 * t
    sum_ = sum(a * e ** abs(j) * sine(i * d + j * m + k * n + l * f) for a, i, j, k, l in MOON)
    sum_ += 3958 * sine(119.75 + 131.849 * t) + 1962 * sine(mean - f) + 318 * sine(53.09 + 479264.290 * t)
    return (mean + sum_ / 1e6 - 0.00478 * sine(125.04 - 1934.136 * t)) % 360


def ahead(jd):
    """By how many degrees the Moon is past the Sun, from -180 to 180."""
    return (moon(jd) - sun(jd) + 180) % 360 - 180


def day_of(jd):
    return dt.date.fromordinal(math.floor(jd + 0.5 + ZONE) - JDN)


def doubtful(day):
    """Whether the new moon of the lunar month that begins on @day is too near midnight to tell the day."""
    moment = root(ahead, day.toordinal() + JDN, 12.19)
    past_midnight = (moment + 0.5 + ZONE) % 1 * 86400
    return min(past_midnight, 86400 - past_midnight) < DOUBT


def root(function, near, step):
    """Where @function, which grows by about @step a day, is 0."""
    for _ in range(12):
        near -= function(near) / step
    return near


@functools.lru_cache(None)
def months(year):
    """[(first day, month, leap)] from the eleventh month of the year before to the tenth of @year."""
    solstices = [root(lambda jd: (sun(jd) - 270 + 180) % 360 - 180,
                      dt.date(y, 12, 21).toordinal() + JDN, 0.9856) for y in (year - 1, year)]
    terms = {day_of(root(lambda jd, a=a: (sun(jd) - a + 180) % 360 - 180, solstices[0] + i * 30.44, 0.9856))
             for i, a in ((i, (270 + 30 * i) % 360) for i in range(14))}
    first, moons = [day_of(s) for s in solstices], []
    moment = root(ahead, solstices[0] - 40, 12.19)
    while not moons or moons[-1] < first[1]:
        moons.append(day_of(moment))
        moment = root(ahead, moment + 29.53, 12.19)
    moons.append(day_of(moment))
    start = max(i for i, day in enumerate(moons) if day <= first[0])
    end = max(i for i, day in enumerate(moons) if day <= first[1])
    leap_wanted, name, named = end - start == 13, 11, []
    for i in range(start, end):
        holds_term = any(moons[i] <= term < moons[i + 1] for term in terms)
        if leap_wanted and not holds_term:
            leap_wanted = False
            named.append((moons[i], (name - 2) % 12 + 1, True))
            continue
        named.append((moons[i], (name - 1) % 12 + 1, False))
        name += 1
    return tuple(named)


def solar(year, month, day, leap=False):
    """The day of a lunar date."""
    for first, name, is_leap in months(year if month < 11 else year + 1):
        if (name, is_leap) == (month, leap):
            return first + dt.timedelta(day - 1)
    raise ValueError(f'no month {month} in {year}')


def main():
    print('# The first day of every lunar month at UTC+7: date lunar-year month, + for a leap month.')
    print(f'# A new moon within {DOUBT} s of midnight has ~ behind it: the day beside it may be meant. Made by lunar.py.')
    for year in range(1900, 2102):
        for first, month, leap in months(year):
            lunar_year = year - 1 if month >= 11 else year
            if 1900 <= first.year <= 2100:
                print(f'{first} {lunar_year} {month}{"+" if leap else ""}{"~" if doubtful(first) else ""}')


if __name__ == '__main__':
    main()
