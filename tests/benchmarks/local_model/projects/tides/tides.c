/* When ships can enter the harbour. */
#include "almanac.h"

/* Whether the water falls. */
int is_ebb(int high, int now)
{
    return since_high(high, now) < EBB;
}

/* The next high water at or after now. */
int next_high(int high, int now)
{
    int passed = since_high(high, now);
    return passed == 0 ? now : now + TIDE - passed;
}

/* The sum of the rule of twelfths after so many hours of the ebb: 1, 2, 3, 3, 2, 1. */
int fallen(int range, int hours)
{
    static const int rule[] = {0, 1, 3, 6, 9, 11, 12};
    if (hours < 0)
        return 0;
    if (hours > 6)
        hours = 6;
    return twelfths(rule[hours], range);
}

/* Whether a ship can pass the bar, with room below its keel. */
int can_pass(int draught, int depth)
{
    return lacking(draught + KEEL_ROOM, depth) == 0;
}

/* How many of the ships fit through the lock. */
int through_lock(const int *draughts, int count)
{
    int fit = 0;
    for (int i = 0; i < count; i++)
        if (!lacking(draughts[i], LOCK_DEPTH))
            fit++;
    return fit;
}

/* Minutes that a ship waits for the flood to begin: none if the water rises already. */
int wait_for_flood(int high, int now)
{
    int passed = since_high(high, now);
    if (passed >= EBB)
        return 0;
    return EBB - passed;
}
