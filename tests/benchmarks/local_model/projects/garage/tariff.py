"""What parking costs. Amounts are tenths of a cent; zones are counted from 1, as on the signs."""

DAY_CAP = 180_000
RESIDENT_PERCENT = 40
NIGHT_FROM = 22
NIGHT_TO = 6
_HALF_HOUR = (12_000, 9_500, 5_000)


def started(minutes, grace):
    """Started half hours; the grace minutes are taken off once, before counting."""
    return max(0, -(-(minutes - grace) // 30))


def price(zone, steps):
    """Tenths of a cent for so many half hours in a zone."""
    return steps * _HALF_HOUR[zone - 1]


def reduced(percent, amount):
    """The amount without so many percent of it."""
    return amount - amount * percent // 100


def cents(amount):
    """Whole cents, rounded up to the next ten."""
    return -(-amount // 100) * 10
