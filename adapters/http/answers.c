/*
 * Answers kept: what was answered lately about a week, as text. A board of three hundred workers takes tens of
 * milliseconds of the one loop, and a dozen planners' pages ask for it after every change. The act is still asked each
 * time, with the stamp of what is kept: it says whether that is still so (act_is_known), which costs two numbers.
 */
#include "server_parts.h"

/* What is judged from now on (a draft of a published week) moves with the clock, so nothing is kept for long. */
enum { BYTES_MOST = 8 * 1024 * 1024, FRESH_S = 60 };

typedef struct Kept {
    char *key;
    ActStamp stamp;
    GBytes *text, *packed; /* packed: NULL before anybody wants it */
    int64_t kept_s;
} Kept;

struct AnswerCache {
    GQueue kept; /* of Kept, the newest first: a handful, as each is of a week and none is small */
    gsize bytes;
};

static void kept_free(gpointer memory)
{
    Kept *kept = memory;
    g_bytes_unref(kept->text);
    g_clear_pointer(&kept->packed, g_bytes_unref);
    g_free(kept->key);
    g_free(kept);
}

AnswerCache *answers_new(void)
{
    AnswerCache *cache = g_new0(AnswerCache, 1);
    g_queue_init(&cache->kept);
    return cache;
}

void answers_free(AnswerCache *cache)
{
    g_queue_clear_full(&cache->kept, kept_free);
    g_free(cache);
}

static void drop(AnswerCache *cache, GList *link)
{
    Kept *kept = link->data;
    cache->bytes -= g_bytes_get_size(kept->text) + (kept->packed ? g_bytes_get_size(kept->packed) : 0);
    g_queue_delete_link(&cache->kept, link);
    kept_free(kept);
}

static GList *find(const AnswerCache *cache, const char *key)
{
    for (GList *link = cache->kept.head; link; link = link->next)
        if (g_str_equal(((const Kept *)link->data)->key, key))
            return link;
    return NULL;
}

GBytes *answers_find(AnswerCache *cache, const char *key, int64_t now_s, ActStamp *stamp)
{
    GList *link = find(cache, key);
    if (!link)
        return NULL;
    const Kept *kept = link->data;
    if (now_s < kept->kept_s || now_s - kept->kept_s >= FRESH_S) {
        drop(cache, link);
        return NULL;
    }
    *stamp = kept->stamp;
    return g_bytes_ref(kept->text);
}

void answers_keep(AnswerCache *cache, const char *key, int64_t now_s, const ActStamp *stamp, GBytes *text)
{
    GList *link = find(cache, key);
    if (link)
        drop(cache, link);
    if (g_bytes_get_size(text) > BYTES_MOST / 2)
        return;
    Kept *kept = g_new0(Kept, 1);
    *kept = (Kept){g_strdup(key), *stamp, g_bytes_ref(text), NULL, now_s};
    g_queue_push_head(&cache->kept, kept);
    cache->bytes += g_bytes_get_size(text);
    while (cache->bytes > BYTES_MOST)
        drop(cache, cache->kept.tail);
}

/* A board's 900 kB become 60 in 3 ms at this level; level 6 makes 44 in 13. */
enum { PACK_LEVEL = 3 };

GBytes *answers_packed(AnswerCache *cache, const char *key)
{
    GList *link = find(cache, key);
    if (!link)
        return NULL;
    Kept *kept = link->data;
    if (!kept->packed) {
        gsize length;
        const void *text = g_bytes_get_data(kept->text, &length);
        kept->packed = exchange_pack(text, length, PACK_LEVEL);
        cache->bytes += g_bytes_get_size(kept->packed);
    }
    GBytes *packed = g_bytes_ref(kept->packed);
    while (cache->bytes > BYTES_MOST)
        drop(cache, cache->kept.tail);
    return packed;
}

gsize answers_bytes(const AnswerCache *cache)
{
    return cache->bytes;
}
