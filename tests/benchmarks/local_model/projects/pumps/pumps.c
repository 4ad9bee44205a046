/* The pumps of a fountain. */
#include <stddef.h>

/* The first of the pumps whose pressure is below the least one; -1 if all are well. */
int weakest(const int *pressures, size_t count, int least)
{
    int found = -1;
    for (size_t i = 0; i < count; i++) {
        if (pressures[i] >= least)
            continue;
        if (found < 0 || pressures[i] < pressures[found])
            found = (int)i;
    }
    return found;
}

/* Seconds to fill a basin, rounded up; -1 if it never gets full. */
long fill_time(long litres, long in_per_second, long out_per_second)
{
    long gain = in_per_second - out_per_second;
    if (gain <= 0)
        return -1;
    return (litres + gain - 1) / gain;
}

/* Which step of a show is on at a second; the show begins anew when all steps are over. */
int step_at(const int *lengths, int count, int second)
{
    int total = 0;
    for (int i = 0; i < count; i++)
        total += lengths[i];
    second %= total;
    int step = 0;
    while (second >= lengths[step]) {
        second -= lengths[step];
        step++;
    }
    return step;
}

/* How many of the jets are on, bit by bit. */
int jets_on(unsigned mask)
{
    int on = 0;
    for (; mask; mask >>= 1)
        if (mask & 1)
            on++;
    return on;
}

/* The height of a jet in centimetres, between the lowest and the highest that the nozzle allows. */
int jet_height(int wanted, int lowest, int highest)
{
    if (wanted < lowest)
        return lowest;
    if (wanted > highest)
        return highest;
    return wanted;
}

/* Whether the water is clear: no reading above the limit, and the mean at most half of it. */
int is_clear(const int *readings, int count, int limit)
{
    int sum = 0;
    for (int i = 0; i < count; i++) {
        if (readings[i] > limit)
            return 0;
        sum += readings[i];
    }
    return 2 * sum <= limit * count;
}
