/* Bytes that nobody can guess, from the kernel, and what is made of them. */
#ifndef SCHEDULER_SECRET_H
#define SCHEDULER_SECRET_H

#include <glib.h>

void secret_bytes(guint8 *bytes, gsize count);
/* `prefix` and twelve random hexadecimal digits: a name that nobody else has. Caller frees. */
char *secret_name(const char *prefix);

#endif
