# The deck of the ferry. Lengths are decimetres; lanes are counted from port, from 1.
LANES = 3
LANE_LENGTH = 400
GAP = 5
CREW = 4
BOATS = 2

# What a vehicle takes of a lane: its length and the gap behind it.
def taken(length)
  length + GAP
end

# What is left of a lane after those who stand in it. The last one needs no gap behind it.
def left_in(lane)
  LANE_LENGTH + GAP - lane.sum { |length| taken(length) }
end

# The number of a lane from starboard, for lanes from port and the other way round.
def mirrored(lane)
  LANES + 1 - lane
end

# Takes the share of a sum for a weight: the whole weight comes first.
def share_of(all, weight, sum)
  sum * weight / all
end
