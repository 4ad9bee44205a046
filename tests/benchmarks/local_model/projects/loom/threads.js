"use strict";

// Widths are tenths of a millimetre. Shafts are counted from the front, from 1.
const SHAFTS = 4;
const SHRINK_PERCENT = 12;
const BORDER = 8;

/** Threads for a width at so many threads a centimetre; always even, because they are wound in pairs. */
function threads(perCm, width) {
  const count = Math.ceil((width * perCm) / 100);
  return count + (count % 2);
}

/** The width on the loom that shrinks to the finished width. */
function onLoom(width) {
  return Math.ceil((width * 100) / (100 - SHRINK_PERCENT));
}

/** Moves the shaft by so many; behind the last comes the first. */
function shifted(by, shaft) {
  return ((((shaft - 1 + by) % SHAFTS) + SHAFTS) % SHAFTS) + 1;
}

/** Where a colour begins and ends among the stripes [colour, threads]: [first, last], last included; null if it is not there. */
function place(colour, stripes) {
  let first = 0;
  for (const [name, count] of stripes) {
    if (name === colour) {
      return [first, first + count - 1];
    }
    first += count;
  }
  return null;
}

module.exports = { BORDER, SHAFTS, SHRINK_PERCENT, onLoom, place, shifted, threads };
