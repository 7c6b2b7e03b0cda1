/*
 * Plans under way: started, watched, stopped, taken. A plan's result is a proposal that waits here, in memory, until
 * somebody takes it or a newer plan pushes it out; it is nobody's roster before, so a crash loses nothing that was
 * promised.
 */
#include "server_parts.h"

#include <string.h>

enum { KEPT_MOST = 20 };

typedef struct Job {
    HttpServer *server;
    char id[24];
    char *week, *by;
    const char *state; /* "running", "done", "failed"; static */
    OfficeTask *task;  /* NULL when it is over */
    json_t *progress;  /* the last of it; NULL before */
    json_t *course;    /* all of it that is news, thinned */
    json_t *answer;    /* the act's, when done */
    json_t *problem;   /* the sentence and details, when failed */
    int64_t version;   /* of the week that it was made for */
    int64_t begun_s;
    gboolean is_taken;
    ActProposal *proposal;
} Job;

struct Jobs {
    HttpServer *server;
    GQueue *jobs; /* of Job, newest first */
    guint number;
};

static void job_free(Job *job)
{
    if (job->task)
        office_task_forget(job->task);
    g_free(job->week);
    g_free(job->by);
    if (job->progress)
        json_decref(job->progress);
    json_decref(job->course);
    if (job->answer)
        json_decref(job->answer);
    if (job->problem)
        json_decref(job->problem);
    act_proposal_free(job->proposal);
    g_free(job);
}

Jobs *jobs_new(HttpServer *server)
{
    Jobs *jobs = g_new0(Jobs, 1);
    jobs->server = server;
    jobs->jobs = g_queue_new();
    return jobs;
}

void jobs_free(Jobs *jobs)
{
    g_queue_free_full(jobs->jobs, (GDestroyNotify)job_free);
    g_free(jobs);
}

static Job *find(const Jobs *jobs, const char *id)
{
    for (GList *each = jobs->jobs->head; each; each = each->next)
        if (g_str_equal(((const Job *)each->data)->id, id))
            return each->data;
    return NULL;
}

/* Finished ones beyond the newest few go. */
static void thin_out(Jobs *jobs)
{
    for (GList *each = jobs->jobs->tail; each && g_queue_get_length(jobs->jobs) > KEPT_MOST;) {
        GList *before = each->prev;
        Job *job = each->data;
        if (!job->task) {
            g_queue_delete_link(jobs->jobs, each);
            job_free(job);
        }
        each = before;
    }
}

/* --- showing */

static void put_nullable(json_t *object, const char *key, json_t *value)
{
    json_object_set(object, key, value ? value : json_null());
}

static json_t *json_of(const Job *job, gboolean is_whole)
{
    json_t *object = json_object();
    g_autofree char *begun = utc_format(job->begun_s / 60);
    json_object_set_new(object, "plan", json_string(job->id));
    json_object_set_new(object, "week", json_string(job->week));
    json_object_set_new(object, "state", json_string(job->state));
    json_object_set_new(object, "by", json_string(job->by));
    json_object_set_new(object, "begun", json_string(begun));
    json_object_set_new(object, "is_taken", json_boolean(job->is_taken));
    put_nullable(object, "progress", job->progress);
    put_nullable(object, "problem", job->problem);
    if (is_whole) {
        put_nullable(object, "course", job->course);
        put_nullable(object, "proposal", job->answer);
    }
    return object;
}

/* The job of the name; NULL: a problem is answered. */
static Job *require(Exchange *exchange, const char *id)
{
    Job *job = find(exchange->server->jobs, id);
    if (!job)
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", "there is no such plan (any more)", NULL);
    return job;
}

void jobs_list(Exchange *exchange, char **values)
{
    (void)values;
    json_t *object = json_object(), *list = json_array();
    for (GList *each = exchange->server->jobs->jobs->head; each; each = each->next)
        json_array_append_new(list, json_of(each->data, FALSE));
    json_object_set_new(object, "plans", list);
    exchange_reply_json(exchange, MHD_HTTP_OK, object, NULL);
}

void jobs_show(Exchange *exchange, char **values)
{
    const Job *job = require(exchange, values[0]);
    if (job)
        exchange_reply_json(exchange, MHD_HTTP_OK, json_of(job, TRUE), NULL);
}

/* --- the course */

/* Every second step goes when there are many. */
static void add_to_course(Job *job, const json_t *event)
{
    enum { STEPS_MOST = 400 };
    json_array_append_new(job->course, json_copy((json_t *)(gintptr)event));
    if (json_array_size(job->course) > STEPS_MOST)
        for (size_t i = json_array_size(job->course) - 2; i > 1; i -= 2)
            json_array_remove(job->course, i - 1);
}

static void on_progress(const json_t *event, gpointer context)
{
    Job *job = context;
    if (job->progress)
        json_decref(job->progress);
    job->progress = json_copy((json_t *)(gintptr)event);
    add_to_course(job, event);
    events_job(job->server, job->id, "plan_progress", event);
}

static void on_done(ActAnswer *answer, const GError *error, gpointer context)
{
    Job *job = context;
    job->task = NULL;
    job->state = error ? "failed" : "done";
    if (error) {
        job->problem = answer->details ? json_copy(answer->details) : json_object();
        json_object_set_new(job->problem, "detail",
                            json_string(error->domain == ACT_ERROR ? error->message : "the plan failed here"));
        if (error->domain != ACT_ERROR)
            g_warning("plan %s failed: %s", job->id, error->message);
    } else {
        job->answer = json_incref(answer->body);
        job->version = answer->version;
        job->is_taken = json_is_true(json_object_get(answer->body, "is_taken"));
        job->proposal = g_steal_pointer(&answer->proposal);
    }
    json_t *event = json_of(job, FALSE);
    events_job(job->server, job->id, "plan_done", event);
    json_decref(event);
    thin_out(job->server->jobs);
}

/* --- doing */

void jobs_start(Exchange *exchange, json_t *arguments)
{
    Jobs *jobs = exchange->server->jobs;
    g_autoptr(GError) error = NULL;
    Desk *desk = office_desk(exchange->server->office, &error);
    ActRequest request = {.act = act_find("plan"), .actor = access_actor(exchange), .arguments = arguments};
    if (!desk || !act_is_sound(desk, &request, &error)) {
        exchange_reply_error(exchange, error, NULL);
        return;
    }
    Job *job = g_new0(Job, 1);
    job->server = exchange->server;
    g_snprintf(job->id, sizeof job->id, "plan-%08x-%u", g_random_int(), ++jobs->number);
    job->week = g_strdup(json_string_value(json_object_get(arguments, "week")));
    job->by = g_strdup(exchange->actor_name);
    job->state = "running";
    job->course = json_array();
    job->begun_s = office_now_s(exchange->server->office);
    g_queue_push_head(jobs->jobs, job);
    OfficeCall call = {.act = request.act,
                       .actor = request.actor,
                       .arguments = arguments,
                       .version = -1,
                       .done = on_done,
                       .progress = on_progress,
                       .context = job};
    OfficeTask *task = office_call(exchange->server->office, &call);
    if (g_str_equal(job->state, "running"))
        job->task = task;
    g_autofree char *location = g_strdup_printf("/api/v1/plans/%s", job->id);
    exchange_reply_json(exchange, MHD_HTTP_ACCEPTED, json_of(job, FALSE), NULL);
    MHD_add_response_header(exchange->reply.response, "Location", location);
    thin_out(jobs);
}

void jobs_stop(Exchange *exchange, char **values)
{
    Job *job = require(exchange, values[0]);
    if (!job)
        return;
    if (job->task)
        office_task_stop(job->task);
    exchange_reply_json(exchange, MHD_HTTP_OK, json_of(job, FALSE), NULL);
}

static void on_taken(ActAnswer *answer, const GError *error, gpointer context)
{
    Exchange *exchange = context;
    if (error)
        exchange_reply_error(exchange, error, answer->details);
    else
        exchange_reply_answer(exchange, MHD_HTTP_OK, answer);
}

/* The proposal becomes the draft, if the week is still what it was planned for. */
void jobs_take(Exchange *exchange, char **values)
{
    Job *job = require(exchange, values[0]);
    if (!job)
        return;
    if (!job->proposal) {
        exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "refused",
                               "there is no roster to take: the plan is under way, or has failed", NULL);
        return;
    }
    json_t *arguments = json_object();
    json_object_set_new(arguments, "week", json_string(job->week));
    json_object_set(arguments, "assignments", json_object_get(job->answer, "assignments"));
    OfficeCall call = {.act = act_find("draft"),
                       .actor = access_actor(exchange),
                       .arguments = arguments,
                       .version = job->version,
                       .proposal = job->proposal,
                       .done = on_taken,
                       .context = exchange};
    office_call(exchange->server->office, &call);
    job->is_taken |= exchange->reply.status == MHD_HTTP_OK;
    json_decref(arguments);
}
