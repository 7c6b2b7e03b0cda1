#include "office_parts.h"

G_DEFINE_QUARK(rooster - office - error - quark, office_error)

enum {
    CHILDREN_MOST = 2,
    PATIENCE_S = 15, /* an LP may be in the middle of a factorisation */
    WAITING_MOST = 2000,
    TICK_S = 1,
    WALL_S = 120,      /* of an act that does not say how long it may take */
    WALL_SPARE_S = 60, /* beyond what a plan says */
    PLAN_SECONDS = 60, /* where it does not */
    ANSWERS_KEPT_S = 7 * 24 * 60 * 60
};

typedef struct Listener {
    OfficeListener call;
    gpointer context;
} Listener;

/* --- the outside */

/* The newest entry of the audit trail tells that something was written: every write has one. */
static guint newest_entry(Office *office)
{
    g_autoptr(GPtrArray) newest = store_load_audit(office->store, 1, NULL);
    if (!newest || newest->len == 0)
        return office->entry;
    const AuditEntry *entry = g_ptr_array_index(newest, 0);
    return g_str_hash(entry->what) ^ g_str_hash(entry->detail) ^ (guint)entry->at_s;
}

/* Whether anything was written since this was last asked. */
static gboolean has_news(Office *office)
{
    int64_t version = office->version, head = office->head;
    guint entry = newest_entry(office);
    if (!store_version(office->store, &version, NULL) || !store_outbox_head(office->store, &head, NULL) ||
        (version == office->version && head == office->head && entry == office->entry))
        return FALSE;
    office->version = version;
    office->head = head;
    office->entry = entry;
    return TRUE;
}

static gboolean tell_listeners(gpointer user)
{
    Office *office = user;
    office->told = 0;
    has_news(office); /* the next tick does not tell it again */
    for (guint i = 0; i < office->listeners->len; i++) {
        const Listener *listener = &g_array_index(office->listeners, Listener, i);
        listener->call(listener->context);
    }
    return G_SOURCE_REMOVE;
}

/* The listeners are told once for all that happens until then. */
void office_note_change(Office *office)
{
    office->changes++;
    if (!office->told)
        office->told = g_idle_add(tell_listeners, office);
}

void office_listen(Office *office, OfficeListener call, gpointer context)
{
    Listener listener = {call, context};
    g_array_append_val(office->listeners, listener);
}

int64_t office_changes(const Office *office)
{
    return office->changes;
}

int64_t office_now_s(const Office *office)
{
    return g_get_real_time() / G_USEC_PER_SEC + office->options.clock_offset_s;
}

Desk *office_desk(Office *office, GError **error)
{
    office->desk.now_s = office_now_s(office);
    return desk_refresh(&office->desk, error) ? &office->desk : NULL;
}

const OfficeFigures *office_figures(const Office *office)
{
    return &office->figures;
}

/* --- acts */

static void count(Office *office, const GError *error)
{
    office->figures.acts++;
    if (error && error->domain == ACT_ERROR)
        office->figures.refused++;
    else if (error)
        office->figures.failed++;
}

static gboolean is_plan(const OfficeTask *task)
{
    return g_str_equal(task->call.act->name, "plan");
}

static guint plans_running(const Office *office)
{
    guint plans = 0;
    for (guint i = 0; i < office->running->len; i++)
        plans += is_plan(g_ptr_array_index(office->running, i)) ? 1 : 0;
    return plans;
}

/* One that was told to stop before it began; it takes no place. */
static OfficeTask *next_stopped(GQueue *queue)
{
    for (GList *each = queue->head; each; each = each->next) {
        OfficeTask *task = each->data;
        if (!task->is_stopping)
            continue;
        g_queue_delete_link(queue, each);
        return task;
    }
    return NULL;
}

static void end_stopped(Office *office)
{
    for (OfficeTask *task; (task = next_stopped(office->plans)) || (task = next_stopped(office->urgent));)
        task_refuse(task);
}

/* Somebody waits for the answer to a spike within a second, so plans never take the last place. */
static OfficeTask *next_task(Office *office)
{
    guint most = (guint)office->options.children_most;
    if (office->running->len >= most)
        return NULL;
    if (!g_queue_is_empty(office->urgent))
        return g_queue_pop_head(office->urgent);
    return plans_running(office) < MAX(1, most - 1) ? g_queue_pop_head(office->plans) : NULL;
}

static void start_waiting(Office *office)
{
    for (OfficeTask *task = next_task(office); task; task = next_task(office)) {
        g_ptr_array_add(office->running, task);
        office->figures.children++;
        task_start(task, &office->options, office_spare_take(office));
    }
    office->figures.running = (int)office->running->len;
    office->figures.waiting = (int)(g_queue_get_length(office->urgent) + g_queue_get_length(office->plans));
}

/* One waits from when nobody urgent is at work until somebody comes: while they are, it would be in their way. */
static void keep_spare(Office *office)
{
    if (g_queue_is_empty(office->urgent) && office->running->len == plans_running(office))
        office_spare_ready(office);
}

static void on_answered(OfficeTask *task, const ActAnswer *answer, const GError *error, gpointer user)
{
    Office *office = user;
    count(office, error);
    if (error && error->domain == OFFICE_ERROR)
        office->figures.children_failed++;
    if (answer && answer->proposal) {
        office->figures.plan_seconds_last = answer->proposal->figures.seconds;
        office->figures.plan_gap_last = json_number_value(json_object_get(answer->body, "gap_percent"));
    }
    if (task->is_write)
        office_note_change(office);
}

static void on_ended(OfficeTask *task, gpointer user)
{
    Office *office = user;
    g_ptr_array_remove_fast(office->running, task);
    start_waiting(office);
    keep_spare(office);
}

static int wall_of(const Office *office, const OfficeCall *call)
{
    if (!g_str_equal(call->act->name, "plan"))
        return office->options.wall_s > 0 ? office->options.wall_s : WALL_S;
    const json_t *seconds = json_object_get(call->arguments, "seconds");
    return (int)CLAMP(json_is_number(seconds) ? json_number_value(seconds) : PLAN_SECONDS, 0, 86400) + WALL_SPARE_S;
}

static void call_now(Office *office, const OfficeCall *call)
{
    ActRequest request = {.act = call->act,
                          .actor = call->actor,
                          .arguments = call->arguments,
                          .key = call->key,
                          .version = call->version,
                          .known = call->known,
                          .known_count = call->known_count,
                          .proposal = call->proposal};
    ActAnswer answer = {.version = -1};
    g_autoptr(GError) error = NULL;
    office->desk.now_s = office_now_s(office);
    gboolean is_done = act_run(&office->desk, &request, &answer, &error);
    count(office, error);
    if (is_done && act_request_writes(&request))
        office_note_change(office);
    call->done(&answer, error, call->context);
    act_answer_clear(&answer);
}

OfficeTask *office_call(Office *office, const OfficeCall *call)
{
    if (!call->act->is_long) {
        call_now(office, call);
        return NULL;
    }
    if (office->figures.waiting >= WAITING_MOST) {
        g_autoptr(GError) error =
            g_error_new(OFFICE_ERROR, OFFICE_ERROR_BUSY, "too much waits already; try again soon");
        ActAnswer none = {.version = -1};
        call->done(&none, error, call->context);
        return NULL;
    }
    OfficeTask *task =
        task_new(call, office_now_s(office), wall_of(office, call), &(TaskListener){on_answered, on_ended, office});
    g_queue_push_tail(is_plan(task) ? office->plans : office->urgent, task);
    start_waiting(office);
    return task;
}

/* --- time */

void office_token_used(Office *office, const Token *token)
{
    Token *used = g_hash_table_lookup(office->used, token->id);
    if (!used) {
        used = token_copy(token);
        g_hash_table_insert(office->used, used->id, used);
    }
    used->used_s = office_now_s(office);
}

/* What is not written now is tried again with the next tick. */
static void write_used(Office *office)
{
    if (g_hash_table_size(office->used) == 0)
        return;
    g_autoptr(GPtrArray) tokens = g_ptr_array_sized_new(g_hash_table_size(office->used));
    GHashTableIter each;
    gpointer token;
    g_hash_table_iter_init(&each, office->used);
    while (g_hash_table_iter_next(&each, NULL, &token))
        g_ptr_array_add(tokens, token);
    if (store_touch_tokens(office->store, tokens, NULL))
        g_hash_table_remove_all(office->used);
}

static void forget_old_answers(Office *office)
{
    enum { HOUR_S = 3600 };
    int64_t now_s = office_now_s(office);
    if (now_s - office->forgotten_s < HOUR_S)
        return;
    office->forgotten_s = now_s;
    store_forget_answers(office->store, now_s - ANSWERS_KEPT_S, NULL);
}

static void ignore(ActAnswer *answer, const GError *error, gpointer context)
{
    (void)answer, (void)context;
    if (error)
        g_warning("offers that nobody answered could not be ended: %s", error->message);
}

/* Offers that nobody answered in time. */
static void expire(Office *office)
{
    const Act *act = act_find("cases_expire");
    OfficeCall call = {.act = act, .actor = {ACTOR_PLANNER, "", "service"}, .version = -1, .done = ignore};
    CaseFilter due = {.states = 1U << CASE_WAITING, .due_before_s = office_now_s(office), .most = 1};
    g_autoptr(GPtrArray) cases = act ? store_find_cases(office->store, &due, NULL) : NULL;
    if (cases && cases->len)
        office_call(office, &call);
}

/* What other processes wrote is seen here. */
static gboolean on_tick(gpointer user)
{
    Office *office = user;
    write_used(office);
    forget_old_answers(office);
    expire(office);
    if (has_news(office))
        office_note_change(office);
    end_stopped(office);
    office_answer_inbox(office);
    keep_spare(office);
    return G_SOURCE_CONTINUE;
}

/* --- opening and closing */

Office *office_new(Store *store, const OfficeOptions *options, GError **error)
{
    Office *office = g_new0(Office, 1);
    office->store = store;
    office->options = *options;
    office->options.program = g_strdup(options->program);
    office->options.db = g_strdup(options->db);
    office->options.children_most = options->children_most > 0 ? options->children_most : CHILDREN_MOST;
    office->options.patience_s = options->patience_s > 0 ? options->patience_s : PATIENCE_S;
    office->urgent = g_queue_new();
    office->plans = g_queue_new();
    office->running = g_ptr_array_new();
    office->commands = g_ptr_array_new();
    office->lined_up = g_queue_new();
    office->inquests = office_inquests_new();
    office->listeners = g_array_new(FALSE, FALSE, sizeof(Listener));
    office->used = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)token_free);
    g_autoptr(GError) reason = NULL;
    office->desk.store = store;
    if (!office_desk(office, &reason) && !g_error_matches(reason, DESK_ERROR, DESK_ERROR_EMPTY)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        office_free(office);
        return NULL;
    }
    has_news(office); /* what was there before is none */
    office->tick = g_timeout_add_seconds(TICK_S, on_tick, office);
    office_answer_inbox(office);
    return office;
}

void office_free(Office *office)
{
    if (!office)
        return;
    g_clear_handle_id(&office->tick, g_source_remove);
    g_clear_handle_id(&office->told, g_source_remove);
    write_used(office);
    office_spare_end(office);
    for (guint i = 0; i < office->running->len; i++)
        task_abandon(g_ptr_array_index(office->running, i));
    g_queue_free_full(office->urgent, (GDestroyNotify)task_abandon);
    g_queue_free_full(office->plans, (GDestroyNotify)task_abandon);
    office_commands_end(office);
    g_ptr_array_unref(office->commands);
    g_queue_free(office->lined_up);
    g_hash_table_unref(office->inquests);
    g_ptr_array_unref(office->running);
    g_hash_table_unref(office->used);
    g_array_unref(office->listeners);
    desk_clear(&office->desk);
    g_free((char *)office->options.program);
    g_free((char *)office->options.db);
    g_free(office);
}
