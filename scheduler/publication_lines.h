/*
 * What a publishing means for lines of work: who gained, lost or must come at another time; and all published work of
 * this and the coming weeks, for the retained messages that state it whole. Private to publication*.c.
 */
#ifndef ROOSTER_PUBLICATION_LINES_H
#define ROOSTER_PUBLICATION_LINES_H

#include "publication.h"

typedef enum LineChangeKind { LINE_ADDED, LINE_DROPPED, LINE_MOVED } LineChangeKind;

/* One change of one worker's line. The strings and events are borrowed from the publishing and from Lines. */
typedef struct LineChange {
    LineChangeKind kind;
    const char *worker, *shift; /* ids: both may be gone from the pool */
    const FeedEvent *event;     /* dropped: as it was; else as it is */
    const FeedEvent *before;    /* moved: as it was; else NULL */
} LineChange;

typedef struct Lines {
    GArray *changes;        /* of LineChange, by worker id, then start */
    Day first_monday;       /* of the weeks that `workers_of` and `shifts_of` tell of */
    GHashTable *workers_of; /* shift index -> GArray of worker index; holds every asked shift of a published week */
    GPtrArray *shifts_of;   /* per worker: GArray of shift index, by start, then id */
    GPtrArray *made;        /* events that only Lines owns */
} Lines;

Lines *lines_new(const Publishing *publishing);
void lines_free(Lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lines, lines_free)

/* "added", "dropped", "moved". */
const char *line_change_name(LineChangeKind kind);

/* Sorts shift indices by start, then id. */
void sort_shifts(const Pool *pool, GArray *shifts);

#endif
