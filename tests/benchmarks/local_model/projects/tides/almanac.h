/* The almanac of a harbour. Times are minutes, depths centimetres. */
#ifndef ALMANAC_H
#define ALMANAC_H

#define TIDE 745   /* from one high water to the next */
#define EBB 380    /* from high water to low water; the flood is shorter */
#define KEEL_ROOM 30
#define LOCK_DEPTH 410

/* The part of a whole, counted in twelfths, rounded down. */
static inline int twelfths(int parts, int whole)
{
    return whole * parts / 12;
}

/* Minutes that have passed since the last high water, which was (or will be) at "high". */
static inline int since_high(int high, int now)
{
    int passed = (now - high) % TIDE;
    return passed < 0 ? passed + TIDE : passed;
}

/* Whether there are at least "need" centimetres: 0 for yes, as in a shell, else how many are lacking. */
static inline int lacking(int need, int depth)
{
    return depth >= need ? 0 : need - depth;
}

#endif
