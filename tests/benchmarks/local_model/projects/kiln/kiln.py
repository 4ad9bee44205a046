"""Firing plans of a pottery kiln."""


def ramp(start, goal, per_hour):
    """Whole hours, rounded up, from start to goal degrees; 0 if the goal is not hotter."""
    if goal <= start:
        return 0
    return -(-(goal - start) // per_hour)


def schedule(segments, start=20):
    """The hour at which each segment (goal, per_hour, hold) ends, counted from the first."""
    ends, clock, now = [], 0, start
    for goal, per_hour, hold in segments:
        clock += ramp(now, goal, per_hour) + hold
        now = goal
        ends.append(clock)
    return ends


def melted(temperature, cones):
    """The name of the hottest cone (name, degrees) that has melted at a temperature; None below all of them."""
    soft = [(degrees, name) for name, degrees in cones if degrees <= temperature]
    if not soft:
        return None
    return max(soft)[1]


def stacked(heights, room, gap=2):
    """How many pots, from the first on, fit above each other with a gap between two of them."""
    used = count = 0
    for height in heights:
        need = height + (gap if count else 0)
        if used + need > room:
            break
        used += need
        count += 1
    return count


def stretches(readings, limit):
    """Lengths of all stretches of readings above the limit."""
    found, length = [], 0
    for reading in readings:
        if reading > limit:
            length += 1
        elif length:
            found.append(length)
            length = 0
    if length:
        found.append(length)
    return found
