"use strict";

/** Which of the tickets (from, to in minutes) is valid at a minute; its index, or -1. The end is not included. */
function validTicket(tickets, minute) {
  return tickets.findIndex((ticket) => ticket.from <= minute && minute < ticket.to);
}

/** Minutes from now until each departure of today, without those that have left. */
function waits(departures, now) {
  const left = [];
  for (const at of departures) {
    if (at < now) {
      continue;
    }
    left.push(at - now);
  }
  return left;
}

/** The stops between two stops, both included, in the direction of travel. */
function legs(line, from, to) {
  const start = line.indexOf(from);
  const end = line.indexOf(to);
  if (start < 0 || end < 0) {
    return [];
  }
  if (start <= end) {
    return line.slice(start, end + 1);
  }
  return line.slice(end, start + 1).reverse();
}

/** The delays as text: "on time" below two minutes, else "+N"; cancelled trips (null) as "-". */
function board(delays) {
  return delays.map((delay) => {
    if (delay === null) {
      return "-";
    }
    return delay < 2 ? "on time" : `+${delay}`;
  });
}

/** Seats that are still free in each car; a car that is too full has 0. */
function freeSeats(cars) {
  return cars.map(({ seats, riders }) => Math.max(0, seats - riders));
}

/** The stop where most people get on, and how many; the first of several. null without stops. */
function busiest(boardings) {
  let best = null;
  for (const [stop, people] of Object.entries(boardings)) {
    if (best === null || people > best.people) {
      best = { stop, people };
    }
  }
  return best;
}

module.exports = { validTicket, waits, legs, board, freeSeats, busiest };
