/*
 * Memory of one solve: an arena that is released as a whole. Running out of memory ends the process; the callers above
 * run a solve in a child of its own.
 */
#ifndef SOLVER_MEMORY_H
#define SOLVER_MEMORY_H

#include <stddef.h>

typedef struct Arena {
    struct ArenaBlock *newest;
    size_t used, size; /* of the newest block */
    size_t block_size; /* of the next one; doubles up to a limit */
    size_t held, most; /* bytes in all blocks, now and at most since it was empty */
} Arena;

/* All return zeroed memory, aligned for any type, never NULL. count * size may not overflow: it ends the process. */
void *arena_alloc(Arena *arena, size_t count, size_t size);
/* Frees everything; the arena is then empty and usable again. */
void arena_release(Arena *arena);
/* Keeps the newest block for reuse and forgets its contents. */
void arena_clear(Arena *arena);

void *memory_alloc(size_t count, size_t size);
void *memory_grow(void *old, size_t count, size_t size); /* not zeroed beyond the old contents */

#define ARENA_NEW(arena, type, count) ((type *)arena_alloc((arena), (size_t)(count), sizeof(type)))
#define MEMORY_NEW(type, count)       ((type *)memory_alloc((size_t)(count), sizeof(type)))

#endif
