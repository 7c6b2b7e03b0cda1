/*
 * One long act in its child process, on the main loop (private to scheduler).
 */
#ifndef ROOSTER_OFFICE_TASK_H
#define ROOSTER_OFFICE_TASK_H

#include "rooster/office.h"

#include <gio/gio.h>

/* Tells the office that the task has come to its end, before `done` is called; the task is freed after it. */
typedef void (*TaskEnded)(OfficeTask *task, const ActAnswer *answer, const GError *error, gpointer office);

struct OfficeTask {
    OfficeCall call; /* with its own copies */
    char *request;   /* the line for the child */
    TaskEnded ended;
    gpointer office;
    GSubprocess *process; /* NULL while it waits */
    GDataInputStream *lines;
    GCancellable *cancel;
    guint deadline;         /* source id; 0: none */
    int wall_s, patience_s; /* how long it may take, and after a wish to stop */
    gboolean is_stopping, is_answered, is_late;
    gboolean is_write; /* changes something when it is done, and is no trial */
    ActAnswer answer;
    GError *error;
    int pending; /* callbacks of GIO that will still come */
};

OfficeTask *task_new(const OfficeCall *call, int64_t now_s, int wall_s, TaskEnded ended, gpointer office);
/* Starts the child. Where that fails, the task ends at once. */
void task_start(OfficeTask *task, const OfficeOptions *options);
/* Ends a task that was told to stop and never began. */
void task_refuse(OfficeTask *task);
/* Kills the child; no callback comes any more. */
void task_abandon(OfficeTask *task);
void task_free(OfficeTask *task);

#endif
