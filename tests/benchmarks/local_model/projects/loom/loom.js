"use strict";

const { BORDER, SHAFTS, onLoom, place, shifted, threads } = require("./threads");

/** The shafts of a straight threading: 1, 2, 3 ... and from the first again. */
function straight(count) {
  const shafts = [];
  for (let index = 0; index < count; index++) {
    shafts.push(shifted(index, 1));
  }
  return shafts;
}

/** A pointed threading goes up to the last shaft and down again, without repeating the turning points. */
function pointed(count) {
  const period = 2 * (SHAFTS - 1);
  return Array.from({ length: count }, (_, index) => {
    const step = index % period;
    return step < SHAFTS ? step + 1 : period - step + 1;
  });
}

/** How many threads the warp of a finished width has, borders on both sides included. */
function warp(width, perCm) {
  return threads(perCm, onLoom(width)) + 2 * BORDER;
}

/** How many threads of the stripes a colour takes; 0 if it is not there. */
function share(stripes, colour) {
  const found = place(colour, stripes);
  if (!found) {
    return 0;
  }
  return found[1] - found[0] + 1;
}

/** Whether the shafts are lifted one after the other, each once. */
function isTwill(lifts) {
  return lifts.length === SHAFTS && lifts.every((shaft, index) => index === 0 || shaft === shifted(1, lifts[index - 1]));
}

/** Centimetres of yarn for a warp of so many threads, with a tenth more for the knots, rounded up. */
function yarn(count, length, loss) {
  const each = length + loss;
  return Math.ceil((count * each * 11) / 10);
}

module.exports = { straight, pointed, warp, share, isTwill, yarn };
