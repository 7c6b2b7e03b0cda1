#include "rooster/swap.h"

#include <jansson.h>

char *swap_return(const Case *swap)
{
    json_t *body = json_loads(swap->body, 0, NULL);
    char *shift = g_strdup(json_string_value(json_object_get(body, "return")));
    json_decref(body);
    return shift;
}

gboolean swap_gives(const Case *swap, const char *shift, const char *worker)
{
    if (g_str_equal(swap->worker, worker) && g_str_equal(swap->shift, shift))
        return TRUE;
    g_autofree char *in_return = swap_return(swap);
    return in_return && g_str_equal(swap->other, worker) && g_str_equal(in_return, shift);
}
