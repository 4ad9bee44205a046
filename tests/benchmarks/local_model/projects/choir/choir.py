"""Seats, voices and rehearsals of a choir.

Rows are counted from the audience, seats from the aisle, both from 0.
"""

from bisect import bisect_left

VOICES = ("soprano", "alto", "tenor", "bass")
# Half tones above C0 that each voice sings: lowest and highest, both included.
RANGES = {"soprano": (48, 69), "alto": (41, 64), "tenor": (36, 57), "bass": (28, 52)}
# A singer misses so many rehearsals before the choir master is told.
MAY_MISS = 3
ROW_SEATS = 12
PAUSE = 15


def clock(minutes):
    """Minutes after midnight as "hh:mm"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes_of(text):
    """Minutes after midnight of "hh:mm", or of "hh" alone."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest or 0)


def note_number(name):
    """Half tones above C0 of a note such as "A4", "C#5" or "Bb3"."""
    steps = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[name[0]]
    sharps = name.count("#") - name[1:].count("b")
    return steps + sharps + 12 * int(name[-1])


def span_of(notes):
    """Highest and lowest half tone of a melody, in this order."""
    numbers = [note_number(note) for note in notes]
    return max(numbers), min(numbers)


def can_sing(voice, notes):
    """Whether a voice reaches all notes of a melody."""
    high, low = span_of(notes)
    bottom, top = RANGES[voice]
    return bottom <= low and high <= top


def transposed(voice, notes):
    """By how many half tones a melody must move to be sung by a voice: 0 if it fits, None if it never does."""
    high, low = span_of(notes)
    bottom, top = RANGES[voice]
    if high - low > top - bottom:
        return None
    if low < bottom:
        return bottom - low
    return min(0, top - high)


def seat(number):
    """Row and seat of the singer with a number; every other row is filled from the wall."""
    row, place = divmod(number, ROW_SEATS)
    if row % 2:
        place = ROW_SEATS - 1 - place
    return row, place


def rows_needed(singers):
    """Rows that so many singers fill, a row that is not full included."""
    return -(-singers // ROW_SEATS)


def neighbours(number, singers):
    """The numbers of those who sit left and right of a singer, in the same row."""
    row, _ = seat(number)
    near = [other for other in (number - 1, number + 1) if 0 <= other < singers]
    return [other for other in near if seat(other)[0] == row]


def absent(attendance, rehearsals):
    """How many rehearsals each singer missed, by name; attendance lists the names of each rehearsal."""
    names = sorted({name for there in attendance for name in there})
    return {name: rehearsals - sum(name in there for there in attendance) for name in names}


def to_be_told(attendance):
    """The names of those who missed more rehearsals than they may."""
    missed = absent(attendance, len(attendance))
    return [name for name, times in missed.items() if times > MAY_MISS]


def balance(counts):
    """The voice with the fewest singers; the first of them in the order of the voices."""
    return min(VOICES, key=lambda voice: counts.get(voice, 0))


def programme(pieces, begin):
    """When each piece (name, minutes) begins; a pause comes before the piece that would pass the first hour."""
    now = start = minutes_of(begin)
    plan, paused = [], False
    for name, length in pieces:
        if not paused and now + length - start > 60:
            now += PAUSE
            paused = True
        plan.append((name, clock(now)))
        now += length
    return plan


def next_rehearsal(days, today):
    """The first of the sorted rehearsal days that is not before today; None after the last."""
    place = bisect_left(days, today)
    return days[place] if place < len(days) else None
