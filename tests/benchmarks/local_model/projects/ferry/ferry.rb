# Loading a ferry.
require_relative "deck"

# The number of the first lane with room for a vehicle; nil if there is none.
def lane_for(lanes, length)
  index = lanes.index { |lane| left_in(lane) >= taken(length) }
  index && index + 1
end

# Loads the vehicles one by one into the first lane with room: the lanes, and the lengths that stay ashore.
def loaded(lengths)
  lanes = Array.new(LANES) { [] }
  ashore = []
  lengths.each do |length|
    number = lane_for(lanes, length)
    if number.nil?
      ashore << length
    else
      lanes[number - 1] << length
    end
  end
  [lanes, ashore]
end

# Where a vehicle of a lane stands when it drives off at the other end: the lane's number there, and the turn (from 1).
def driving_off(lane, place)
  [mirrored(lane), place + 1]
end

# How many passengers may come aboard, with so many seats in each boat; the crew needs seats too.
def passengers(seats)
  most = seats * BOATS - CREW
  most.negative? ? 0 : most
end

# What each of the parties [name, people] pays of a sum; the first pays what is left over by rounding down.
def shares(parties, sum)
  all = parties.sum { |_, people| people }
  paid = parties.to_h { |name, people| [name, share_of(all, people, sum)] }
  paid[parties.first[0]] += sum - paid.values.sum
  paid
end

# Departures of a day from first to last, so many minutes apart; the last one is included if it falls on it.
def departures(first, last, every)
  found = []
  at = first
  while at <= last
    found << at
    at += every
  end
  found
end
