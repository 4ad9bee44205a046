# The cellar of a cheese maker. Ages are days.

# The wheels [name, age] that are ripe at so many days or more, oldest first.
def ripe(wheels, days)
  wheels.select { |_, age| age >= days }.sort_by { |name, age| [-age, name] }.map(&:first)
end

# On which days of the first so many a wheel is turned: daily in the first week, then every third day.
def turning_days(days)
  found = []
  (1..days).each do |day|
    found << day if day <= 7 || (day - 7) % 3 == 0
  end
  found
end

# The weight after so many days, in grams: a wheel loses two percent a week, rounded down each week.
def weight_after(grams, days)
  (days / 7).times { grams -= grams * 2 / 100 }
  grams
end

# The shelves that hold so many wheels, each as full as it can be.
def shelves(wheels, size)
  full, rest = wheels.divmod(size)
  rest.zero? ? [size] * full : [size] * full + [rest]
end

# The salt in percent of brine, with one decimal; nil without water and salt.
def brine(salt, water)
  total = salt + water
  return nil if total.zero?

  (salt * 1000.0 / total).round / 10.0
end

# The longest run of days on which the cellar was at most so warm.
def cool_days(degrees, most)
  best = run = 0
  degrees.each do |degree|
    run = degree <= most ? run + 1 : 0
    best = [best, run].max
  end
  best
end
