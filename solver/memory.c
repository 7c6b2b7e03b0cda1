#include "memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct ArenaBlock {
    struct ArenaBlock *older;
    alignas(max_align_t) unsigned char bytes[];
} ArenaBlock;

static size_t size_of(size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX / 4) / size) {
        abort();
    }
    return count * size;
}

void *memory_alloc(size_t count, size_t size)
{
    size_t bytes = size_of(count, size);
    void *memory = calloc(bytes ? bytes : 1, 1);
    if (!memory) {
        abort();
    }
    return memory;
}

void *memory_grow(void *old, size_t count, size_t size)
{
    size_t bytes = size_of(count, size);
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory) {
        abort();
    }
    return memory;
}

void *arena_alloc(Arena *arena, size_t count, size_t size)
{
    size_t bytes = size_of(count, size);
    bytes = (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (!arena->newest || arena->size - arena->used < bytes) {
        size_t next = arena->block_size ? arena->block_size : 1 << 14;
        arena->block_size = next < (1 << 22) ? next * 2 : next;
        arena->size = next > bytes ? next : bytes;
        ArenaBlock *block = malloc(sizeof(ArenaBlock) + arena->size);
        if (!block) {
            abort();
        }
        block->older = arena->newest;
        arena->newest = block;
        arena->used = 0;
        arena->held += arena->size;
        arena->most = arena->held > arena->most ? arena->held : arena->most;
    }
    void *memory = arena->newest->bytes + arena->used;
    arena->used += bytes;
    return memset(memory, 0, bytes);
}

static void free_blocks(ArenaBlock *block)
{
    while (block) {
        ArenaBlock *older = block->older;
        free(block);
        block = older;
    }
}

void arena_release(Arena *arena)
{
    free_blocks(arena->newest);
    *arena = (Arena){0};
}

void arena_clear(Arena *arena)
{
    if (arena->newest) {
        free_blocks(arena->newest->older);
        arena->newest->older = NULL;
        arena->used = 0;
        arena->held = arena->size;
    }
}
