/*
 * Swaps: a worker gives a published shift away, to whoever takes it or to one colleague, for nothing or for one of the
 * colleague's. Until somebody takes it the shift stays whose it is.
 */
#ifndef ROOSTER_SWAP_H
#define ROOSTER_SWAP_H

#include "rooster/case.h"

G_BEGIN_DECLS

/* The id of the shift that comes in return; NULL if none does. Caller frees. */
char *swap_return(const Case *swap);
/* TRUE if by this swap, once it is accepted, the worker gives the shift away. */
gboolean swap_gives(const Case *swap, const char *shift, const char *worker);

G_END_DECLS

#endif
