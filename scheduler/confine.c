#include "rooster/confine.h"

#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LIMITS_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LIMITS_MEMORY 0
#endif
#endif
#ifndef LIMITS_MEMORY
#define LIMITS_MEMORY 1
#endif

/* RLIM_INFINITY is the greatest of its type. */
static gboolean limit(__rlimit_resource_t resource, rlim_t most, rlim_t most_to_ask)
{
    struct rlimit now;
    if (getrlimit(resource, &now) != 0)
        return FALSE;
    now.rlim_max = MIN(now.rlim_max, most_to_ask);
    now.rlim_cur = MIN(most, now.rlim_max);
    return setrlimit(resource, &now) == 0;
}

gboolean confine_memory(guint64 bytes, gboolean is_lasting)
{
    return limit(RLIMIT_CORE, 0, is_lasting ? 0 : RLIM_INFINITY) &&
           (!LIMITS_MEMORY || limit(RLIMIT_AS, bytes, is_lasting ? bytes : RLIM_INFINITY));
}

gboolean confine_processor(guint64 seconds)
{
    return limit(RLIMIT_CPU, seconds, seconds + 1);
}
