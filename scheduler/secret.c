#include "secret.h"

#include <errno.h>
#include <sys/random.h>

#define NAME_BYTES 6

void secret_bytes(guint8 *bytes, gsize count)
{
    for (gsize filled = 0; filled < count;) {
        ssize_t got = getrandom(bytes + filled, count - filled, 0);
        if (got < 0 && errno != EINTR)
            g_error("the kernel gives no random bytes: %s", g_strerror(errno));
        filled += got > 0 ? (gsize)got : 0;
    }
}

char *secret_name(const char *prefix)
{
    guint8 bytes[NAME_BYTES];
    secret_bytes(bytes, sizeof bytes);
    GString *name = g_string_new(prefix);
    for (gsize i = 0; i < sizeof bytes; i++)
        g_string_append_printf(name, "%02x", bytes[i]);
    return g_string_free(name, FALSE);
}
