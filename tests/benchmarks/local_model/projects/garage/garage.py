"""Tickets of a car park."""

from tariff import DAY_CAP, NIGHT_FROM, NIGHT_TO, RESIDENT_PERCENT, cents, price, reduced, started

GRACE = 5


def is_night(hour):
    """Whether the night tariff holds in an hour from 0 to 23."""
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def minutes_between(arrived, left):
    """Minutes between two times (hour, minute); past midnight if the second is earlier."""
    minutes = (left[0] - arrived[0]) * 60 + left[1] - arrived[1]
    if minutes < 0:
        minutes += 24 * 60
    return minutes


def fee(minutes, zone, resident=False):
    """What a stay within one day costs, in cents; residents get their discount on the capped price."""
    amount = min(price(zone, started(minutes, GRACE)), DAY_CAP)
    if resident:
        amount = reduced(RESIDENT_PERCENT, amount)
    return cents(amount)


def night_fee(minutes, zone):
    """At night half of the half hours are free, rounded in favour of the driver."""
    steps = started(minutes, GRACE)
    return cents(price(zone, steps - (steps + 1) // 2))


def takings(tickets):
    """Cents by zone of all tickets (zone, minutes, hour of arrival)."""
    total = {}
    for zone, minutes, hour in tickets:
        paid = night_fee(minutes, zone) if is_night(hour) else fee(minutes, zone)
        total[zone] = total.get(zone, 0) + paid
    return total
