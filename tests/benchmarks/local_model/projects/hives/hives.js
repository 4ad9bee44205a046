"use strict";

// A keeper's book of bee hives. Weights are grams, days are numbers from the first of January, which is day 1.
const FRAMES = 10;
const EMPTY_FRAME = 480;
// What a colony needs to get through the winter, and what one frame of honey gives after spinning, in percent.
const WINTER_STORE = 15_000;
const YIELD_PERCENT = 85;
const VISIT_EVERY = 9;
const SEASON = { first: 91, last: 273 };
const MITES_LIMIT = 3;

/** A map's value for a key, or what to take instead. */
function valueOr(instead, map, key) {
  return key in map ? map[key] : instead;
}

/** The sum of numbers. */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Grams of honey in frames that were weighed; what weighs less than an empty one counts as empty. */
function honey(frames) {
  return sum(frames.map((weight) => Math.max(0, weight - EMPTY_FRAME)));
}

/** Whether a day is in the season, both ends included. */
function inSeason(day) {
  return SEASON.first <= day && day <= SEASON.last;
}

/** How many frames can still be added to a hive. */
function roomFor(frames) {
  return FRAMES - frames.length;
}

/** What can be taken from a hive so that the colony keeps its winter store, after spinning; whole grams. */
function harvest(frames) {
  const surplus = honey(frames) - WINTER_STORE;
  if (surplus <= 0) {
    return 0;
  }
  return Math.floor((surplus * YIELD_PERCENT) / 100);
}

/** The days of the season on which a hive that was visited on a day must be visited again, at most so many. */
function visits(last, count) {
  const days = [];
  let day = last + VISIT_EVERY;
  while (days.length < count && inSeason(day)) {
    days.push(day);
    day += VISIT_EVERY;
  }
  return days;
}

/** Mites that fell a day, from the board's count [mites, days]; one decimal. */
function mitesADay([mites, days]) {
  return Math.round((mites * 10) / days) / 10;
}

/** The names of the hives that need a treatment, sorted. */
function toTreat(counts) {
  return Object.keys(counts)
    .filter((name) => mitesADay(counts[name]) > MITES_LIMIT)
    .sort();
}

/** The age in days of each queen, by hive; unknown ones count as hatched on the given day. */
function queenAges(hives, hatched, today, unknown) {
  const ages = {};
  for (const hive of hives) {
    ages[hive] = today - valueOr(unknown, hatched, hive);
  }
  return ages;
}

/** The heaviest hive first; hives of one weight by name. */
function ranking(weights) {
  return Object.keys(weights).sort((one, other) => weights[other] - weights[one] || (one < other ? -1 : 1));
}

/** Splits bees between an old and a new hive: the new one gets a third, rounded down, but none of fewer than a hundred. */
function split(bees) {
  if (bees < 100) {
    return [bees, 0];
  }
  const moved = Math.floor(bees / 3);
  return [bees - moved, moved];
}

/** Jars of a size that can be filled, and the grams that are left. */
function jars(grams, size) {
  const count = Math.floor(grams / size);
  return { count, left: grams - count * size };
}

/** Syrup in litres for hives that lack winter store: a litre for each started 800 grams. */
function syrup(hives) {
  return sum(hives.map((frames) => Math.max(0, Math.ceil((WINTER_STORE - honey(frames)) / 800))));
}

module.exports = { valueOr, honey, inSeason, roomFor, harvest, visits, mitesADay, toTreat, queenAges, ranking, split, jars, syrup };
