# Where the boxes of an archive are, and who may see what is in them.
#
# A signature such as "B-1931/07" names the fonds, the year and the number of a box. A place is [room, rack, board]:
# rooms have letters, racks are counted from 0, boards from the floor and from 1.

BOARDS = 6
RACKS = 20
BOXES_ON_A_BOARD = 4
# Years that must have passed after the year of a box before it is open to all, by fonds.
CLOSED = { "A" => 0, "B" => 30, "P" => 80 }.freeze
OTHERWISE = 50
ROOMS = %w[C D E].freeze
LOAN_DAYS = 21
REMINDERS = [7, 14].freeze

# The parts of a signature: fonds, year and number; nil if it is none.
def parts(signature)
  found = /\A([A-Z])-(\d{4})\/(\d+)\z/.match(signature)
  found && [found[1], found[2].to_i, found[3].to_i]
end

# The signature of the parts; the number has two digits at least.
def signature(fonds, year, number)
  format("%s-%d/%02d", fonds, year, number)
end

# The first year in which a box of a fonds and year is open. The year in which the time runs out is still closed.
def opens(year, fonds)
  year + CLOSED.fetch(fonds, OTHERWISE) + 1
end

# Whether a box may be shown in a year; staff sees all.
def visible?(signature, today, staff: false)
  return true if staff

  fonds, year, = parts(signature)
  !fonds.nil? && opens(year, fonds) <= today
end

# The place of the box with an index, counted from 0 through all rooms; nil behind the last board.
def place(index)
  board = index / BOXES_ON_A_BOARD
  rack, above = board.divmod(BOARDS)
  room, rack = rack.divmod(RACKS)
  return nil if room >= ROOMS.length

  [ROOMS[room], rack, above + 1]
end

# How many boxes fit into the archive.
def room_for
  ROOMS.length * RACKS * BOARDS * BOXES_ON_A_BOARD
end

# Sorts signatures by fonds, then from the newest year to the oldest, then by number; what is no signature comes last.
def sorted(signatures)
  good, bad = signatures.partition { |each| parts(each) }
  good.sort_by { |each| fonds, year, number = parts(each); [fonds, -year, number] } + bad
end

# The next free number of a fonds and year, the smallest that no signature has; numbers begin at 1.
def next_number(signatures, fonds, year)
  taken = signatures.map { |each| parts(each) }.compact
                    .select { |each| each[0] == fonds && each[1] == year }.map(&:last)
  number = 1
  number += 1 while taken.include?(number)
  number
end

# The days on which something is due for a loan that began on a day: reminders count back from its end, earliest first.
def due(day)
  last = day + LOAN_DAYS
  REMINDERS.map { |before| last - before }.sort + [last]
end

# Who has had loans for longer than allowed: names, longest first. Loans are [name, first day].
def overdue(loans, today)
  late = loans.select { |_, day| today - day > LOAN_DAYS }
  late.sort_by { |name, day| [day, name] }.map(&:first)
end

# Years by decade, each decade with its first year: {1930 => 3}.
def decades(signatures)
  counts = Hash.new(0)
  signatures.each do |each|
    _, year, = parts(each)
    next if year.nil?

    counts[year - year % 10] += 1
  end
  counts
end

# Both ends of each gap in a sorted list of numbers: the first and the last that is missing.
def gaps(numbers)
  found = []
  numbers.each_cons(2) do |one, other|
    found << [one + 1, other - 1] if other - one > 1
  end
  found
end

# The boxes as ranges of text: runs of numbers are joined by a dash.
def ranges(numbers)
  runs = numbers.slice_when { |one, other| other != one + 1 }
  runs.map { |run| run.length > 1 ? "#{run.first}-#{run.last}" : run.first.to_s }.join(", ")
end
