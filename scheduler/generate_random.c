#include "generate_random.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio, odd: the state visits every number once */

static uint64_t mix(uint64_t state)
{
    state = (state ^ (state >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    state = (state ^ (state >> 27)) * UINT64_C(0x94d049bb133111eb);
    return state ^ (state >> 31);
}

static uint64_t next(Random *random)
{
    return mix(random->state += GOLDEN);
}

Random random_stream(uint64_t seed, guint kind, guint index)
{
    /* Mixed twice: neighbouring indices would otherwise walk the same sequence, a few steps apart. */
    return (Random){.state = mix(mix(seed + GOLDEN) ^ mix(((uint64_t)kind << 32 | index) + GOLDEN))};
}

guint random_below(Random *random, guint count)
{
    g_assert(count > 0);
    /* The upper half of a product instead of a remainder; what it favours some numbers is below count / 2^64. */
    return (guint)(((unsigned __int128)next(random) * count) >> 64);
}

int random_between(Random *random, int low, int high)
{
    return low + (int)random_below(random, (guint)(high - low + 1));
}

gboolean random_chance(Random *random, int permille)
{
    return (int)random_below(random, 1000) < permille;
}

int random_weighted(Random *random, const int *weights, guint count)
{
    guint sum = 0;
    for (guint i = 0; i < count; i++)
        sum += (guint)weights[i];
    if (sum == 0)
        return -1;
    guint drawn = random_below(random, sum);
    guint i = 0;
    while (drawn >= (guint)weights[i])
        drawn -= (guint)weights[i++];
    return (int)i;
}

void random_shuffle(Random *random, int *items, guint count)
{
    for (guint left = count; left > 1; left--) {
        guint drawn = random_below(random, left);
        int item = items[drawn];
        items[drawn] = items[left - 1];
        items[left - 1] = item;
    }
}
