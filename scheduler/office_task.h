/*
 * One long act in its child process, on the main loop (private to scheduler).
 */
#ifndef ROOSTER_OFFICE_TASK_H
#define ROOSTER_OFFICE_TASK_H

#include "rooster/office.h"

#include <gio/gio.h>

/* Who is told of a task's course. */
typedef struct TaskListener {
    /* There is the one answer, or error; before `done` is called. The child may still be ending. */
    void (*answered)(OfficeTask *task, const ActAnswer *answer, const GError *error, gpointer office);
    /* The child is gone, and so, after this, is the task. */
    void (*ended)(OfficeTask *task, gpointer office);
    gpointer office;
} TaskListener;

struct OfficeTask {
    OfficeCall call; /* with its own copies */
    char *request;   /* the line for the child */
    TaskListener listener;
    GSubprocess *process; /* NULL while it waits */
    GDataInputStream *lines;
    GCancellable *cancel;
    guint deadline;         /* source id; 0: none */
    int wall_s, patience_s; /* how long it may take, and after a wish to stop */
    gboolean is_stopping, is_answered, is_told, is_late;
    gboolean is_write; /* changes something when it is done, and is no trial */
    ActAnswer answer;
    GError *error;
    int pending; /* callbacks of GIO that will still come */
};

OfficeTask *task_new(const OfficeCall *call, int64_t now_s, int wall_s, const TaskListener *listener);
/* Gives it to the child (taken), or to a new one (NULL). Where that fails, the task ends at once. */
void task_start(OfficeTask *task, const OfficeOptions *options, GSubprocess *child);
/* Ends a task that was told to stop and never began. */
void task_refuse(OfficeTask *task);
/* Kills the child; no callback comes any more. */
void task_abandon(OfficeTask *task);
void task_free(OfficeTask *task);

#endif
