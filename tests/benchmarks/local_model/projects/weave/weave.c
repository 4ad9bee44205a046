/* Labels for reels of wire: a small text format, "name*turns@gauge;", and what is counted of it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define END ';'
#define TURNS '*'
#define GAUGE '@'
#define MOST_TURNS 999
#define DRUM 24
/* Gauges go down as the wire gets thicker. */
#define THICKEST 8
#define THINNEST 40

/* The length of the label at the text's beginning, its end mark included; 0 if it has none. */
static size_t label_length(const char *text)
{
    const char *end = strchr(text, END);
    return end ? (size_t)(end - text) + 1 : 0;
}

/* The number after a mark within the first length characters; the given one if the mark is not there. */
static long number_after(const char *text, size_t length, char mark, long otherwise)
{
    const char *at = memchr(text, mark, length);
    return at ? strtol(at + 1, NULL, 10) : otherwise;
}

/* Compares two gauges as strcmp does texts: negative if the first wire is thicker. */
static int compare_gauges(long one, long other)
{
    return (one > other) - (one < other);
}

/* How many labels a text has. */
int labels(const char *text)
{
    int count = 0;
    size_t length;
    while ((length = label_length(text)) > 0) {
        count++;
        text += length;
    }
    return count;
}

/* The turns of the first label; one if it does not say, never more than the most. */
long turns(const char *text)
{
    long found = number_after(text, label_length(text), TURNS, 1);
    return found > MOST_TURNS ? MOST_TURNS : found;
}

/* The gauge of the first label; the thinnest if it does not say. */
long gauge(const char *text)
{
    return number_after(text, label_length(text), GAUGE, THINNEST);
}

/* All turns of a text. */
long all_turns(const char *text)
{
    long sum = 0;
    for (size_t length; (length = label_length(text)) > 0; text += length)
        sum += turns(text);
    return sum;
}

/* The gauge of the thickest wire of a text; the thinnest gauge if there is no label. */
long thickest(const char *text)
{
    long found = THINNEST;
    for (size_t length; (length = label_length(text)) > 0; text += length)
        if (compare_gauges(gauge(text), found) < 0)
            found = gauge(text);
    return found;
}

/* Whether every label of a text has a gauge that exists. */
int all_exist(const char *text)
{
    for (size_t length; (length = label_length(text)) > 0; text += length) {
        long found = gauge(text);
        if (found < THICKEST || found > THINNEST)
            return 0;
    }
    return 1;
}

/* How many drums so many turns take, with at most DRUM on each. */
int drums(long count)
{
    return (int)((count + DRUM - 1) / DRUM);
}

/* The first letter of each label in capitals, in a buffer that is overwritten by the next call. */
const char *initials(const char *text)
{
    static char found[32];
    size_t used = 0;
    for (size_t length; (length = label_length(text)) > 0 && used < sizeof found - 1; text += length)
        found[used++] = (char)toupper((unsigned char)text[0]);
    found[used] = '\0';
    return found;
}

/* The label of a wire, in a buffer that is overwritten by the next call; one turn is not written. */
const char *label(const char *name, long count, long wire)
{
    static char made[64];
    if (count == 1)
        snprintf(made, sizeof made, "%s%c%ld%c", name, GAUGE, wire, END);
    else
        snprintf(made, sizeof made, "%s%c%ld%c%ld%c", name, TURNS, count, GAUGE, wire, END);
    return made;
}
