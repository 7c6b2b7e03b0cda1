#include "confine.h"

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

static void limit(__rlimit_resource_t resource, rlim_t most, gboolean is_lasting)
{
    struct rlimit now;
    if (getrlimit(resource, &now) != 0)
        return;
    if (now.rlim_max > most && is_lasting)
        now.rlim_max = most;
    now.rlim_cur = MIN(most, now.rlim_max);
    setrlimit(resource, &now);
}

void confine_memory(guint64 bytes, gboolean is_lasting)
{
    limit(RLIMIT_CORE, 0, is_lasting);
    if (LIMITS_MEMORY)
        limit(RLIMIT_AS, bytes, is_lasting);
}

void confine_processor(guint64 seconds)
{
    limit(RLIMIT_CPU, seconds, TRUE);
}
