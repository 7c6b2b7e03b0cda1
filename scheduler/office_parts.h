/*
 * The inside of the office (private to scheduler).
 */
#ifndef ROOSTER_OFFICE_PARTS_H
#define ROOSTER_OFFICE_PARTS_H

#include "office_spare.h"
#include "office_task.h"

struct Office {
    OfficeOptions options;
    Store *store;
    Desk desk;
    GQueue *urgent, *plans; /* of OfficeTask: they wait, first come first served */
    GPtrArray *running;     /* of OfficeTask, not owned */
    OfficeSpare *spare;     /* NULL: none waits */
    GPtrArray *commands;    /* of OfficeCommand that run, not owned */
    GQueue *lined_up;       /* of OfficeCommand that wait */
    GArray *listeners;
    GHashTable *used;      /* id -> Token: used since the last tick */
    guint tick, told;      /* source ids */
    int64_t changes;       /* noted since the start */
    guint entry;           /* of the audit trail, hashed; likewise */
    int64_t version, head; /* of the store, as the listeners know it */
    int64_t forgotten_s;   /* when old answers were last forgotten */
    GHashTable *inquests;  /* what the inbox held and is being answered */
    int64_t inbox_taken;   /* the newest inquiry that is being answered */
    OfficeFigures figures;
};

/* Counts it at once, and tells the listeners soon. */
void office_note_change(Office *office);

/* office_inbox.c: a set of what is being answered, which frees it. */
GHashTable *office_inquests_new(void);
/* Begins to answer what waits in the inbox and is not being answered yet. */
void office_answer_inbox(Office *office);

/* office_command.c: ends what runs; no callback comes any more. */
void office_commands_end(Office *office);

#endif
