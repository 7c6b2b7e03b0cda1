/*
 * Children that die, hang, babble and are killed; who waits for whom; and that the office goes on.
 */
#include "desk_case.h"
#include "rooster/office.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define CHILD "tests/office/child"

static gboolean never(ActRun *run, GError **error)
{
    (void)run, (void)error;
    g_assert_not_reached(); /* long acts are the child's */
}

static const Argument texts[] = {{.name = "text", .kind = ARGUMENT_TEXT, .most = 100, .about = "what to do"},
                                 {.name = NULL}};
static const Act urgent = {.name = "urgent",
                           .roles = 1U << ACTOR_PLANNER,
                           .is_write = TRUE,
                           .is_long = TRUE,
                           .arguments = texts,
                           .run = never};
static const Act plan = {
    .name = "plan", .roles = 1U << ACTOR_PLANNER, .is_long = TRUE, .arguments = texts, .run = never};

typedef struct OfficeCase {
    DeskCase desk;
    Office *office;
    char *log;
    int heard; /* changes */
} OfficeCase;

static void on_heard(gpointer context)
{
    ((OfficeCase *)context)->heard++;
}

/* How long a child may take, and may go on once it is to stop. */
typedef struct Limits {
    int wall_s, patience_s;
} Limits;

/*
 * What must answer is given as long as a busy machine may need; what never does takes the limit whole, so it has a
 * short one, and an office of its own, where nothing else is in a hurry.
 */
static const Limits calm = {60, 60}, hasty = {2, 2}, hasty_patience = {60, 2}, between = {12, 60};

static void office_open(OfficeCase *test, gconstpointer data)
{
    const Limits *limits = data;
    g_autoptr(GError) error = NULL;
    desk_case_open(&test->desk, NULL);
    int file = g_file_open_tmp("rooster-office-XXXXXX", &test->log, &error);
    g_assert_no_error(error);
    close(file);
    const OfficeOptions options = {.program = CHILD,
                                   .db = test->log,
                                   .children_most = 2,
                                   .wall_s = limits->wall_s,
                                   .patience_s = limits->patience_s};
    test->office = office_new(test->desk.store, &options, &error);
    g_assert_no_error(error);
    office_listen(test->office, on_heard, test);
}

/* The one child of this process that is not `but`; 0: none. */
static pid_t child_but(pid_t but)
{
    g_autofree char *list = NULL;
    if (!g_file_get_contents("/proc/thread-self/children", &list, NULL, NULL))
        return 0;
    g_auto(GStrv) children = g_strsplit(list, " ", -1);
    for (char **child = children; *child; child++)
        if (**child && g_ascii_strtoll(*child, NULL, 10) != but)
            return (pid_t)g_ascii_strtoll(*child, NULL, 10);
    return 0;
}

/* Whoever was ended is a child until GIO's own thread has seen it: not one of the next test's. */
static void office_close(OfficeCase *test, gconstpointer unused)
{
    office_free(test->office);
    for (int ms = 0; child_but(0) && ms < calm.wall_s * 1000; ms++)
        g_usleep(1000);
    g_assert_cmpint(child_but(0), ==, 0);
    while (g_main_context_iteration(NULL, FALSE)) /* what GIO still owes */
        ;
    g_unlink(test->log);
    g_free(test->log);
    desk_case_close(&test->desk, unused);
}

/* --- calls */

typedef struct Call {
    int done, steps;
    GQuark domain; /* of the error; 0: none */
    int code;
    char *message, *did, *why;
} Call;

static void call_clear(Call *call)
{
    g_free(call->message);
    g_free(call->did);
    g_free(call->why);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Call, call_clear)

static void on_done(ActAnswer *answer, const GError *error, gpointer context)
{
    Call *call = context;
    call->done++;
    call->domain = error ? error->domain : 0;
    call->code = error ? error->code : 0;
    call->message = g_strdup(error ? error->message : "");
    call->did = g_strdup(json_string_value(json_object_get(answer->body, "did")));
    call->why = g_strdup(json_string_value(json_object_get(answer->details, "why")));
}

static void on_progress(const json_t *event, gpointer context)
{
    Call *call = context;
    g_assert_cmpint(json_integer_value(json_object_get(event, "step")), ==, ++call->steps);
    g_assert_cmpint(call->done, ==, 0);
}

static OfficeTask *begin(OfficeCase *test, const Act *act, const char *text, Call *call)
{
    json_t *arguments = json_pack("{s:s}", "text", text);
    const OfficeCall asked = {.act = act,
                              .actor = case_planner,
                              .arguments = arguments,
                              .version = -1,
                              .done = on_done,
                              .progress = on_progress,
                              .context = call};
    OfficeTask *task = office_call(test->office, &asked);
    json_decref(arguments);
    return task;
}

static gboolean on_alarm(gpointer user)
{
    (void)user;
    g_error("waited in vain");
    return G_SOURCE_REMOVE;
}

static void wait_for(const int *done, int count)
{
    guint alarm = g_timeout_add_seconds((guint)calm.wall_s + 30, on_alarm, NULL);
    while (*done < count)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(alarm);
}

/* Nothing runs any more, and nothing waits. */
static void wait_idle(OfficeCase *test)
{
    guint alarm = g_timeout_add_seconds((guint)calm.wall_s + 30, on_alarm, NULL);
    const OfficeFigures *figures = office_figures(test->office);
    while (figures->running > 0 || figures->waiting > 0)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(alarm);
}

static void wait_ms(guint ms)
{
    int64_t until_us = g_get_monotonic_time() + (int64_t)ms * 1000;
    while (g_get_monotonic_time() < until_us) {
        g_main_context_iteration(NULL, FALSE);
        g_usleep(1000);
    }
}

/* The child answers: the office still works. */
static void expect_well(OfficeCase *test)
{
    g_auto(Call) call = {0};
    begin(test, &urgent, "answer well", &call);
    wait_for(&call.done, 1);
    g_assert_cmpstr(call.did, ==, "answer well");
    wait_idle(test);
}

/* --- children of all kinds */

static void test_answers(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) progress = {0}, refused = {0}, failed = {0}, twice = {0};
    begin(test, &urgent, "progress", &progress);
    wait_for(&progress.done, 1);
    g_assert_cmpint(progress.steps, ==, 3);
    g_assert_cmpstr(progress.did, ==, "progress");
    begin(test, &urgent, "refuse", &refused);
    wait_for(&refused.done, 1);
    g_assert_true(refused.domain == ACT_ERROR && refused.code == ACT_ERROR_REFUSED);
    g_assert_cmpstr(refused.message, ==, "no");
    g_assert_cmpstr(refused.why, ==, "so");
    begin(test, &urgent, "fail", &failed);
    wait_for(&failed.done, 1);
    g_assert_true(failed.domain == STORE_ERROR && failed.code == STORE_ERROR_IO);
    begin(test, &urgent, "twice", &twice);
    wait_for(&twice.done, 1);
    g_assert_cmpstr(twice.did, ==, "first");
    wait_ms(50);
    g_assert_cmpint(twice.done, ==, 1);
    g_assert_cmpint(test->heard, >, 0);
}

static void test_bad_children(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    static const char *const bad[] = {"die", "abort", "babble", "half", "bytes", "null", "silent", "unheard of"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(Call) call = {0};
        g_test_message("%s", bad[i]);
        begin(test, &urgent, bad[i], &call);
        wait_for(&call.done, 1);
        g_assert_true(call.domain == OFFICE_ERROR && call.code == OFFICE_ERROR_CHILD);
        g_assert_null(call.did);
        g_assert_cmpint(office_figures(test->office)->children_failed, ==, i + 1);
        expect_well(test);
    }
}

static void test_hanging_children(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) hang = {0};
    begin(test, &urgent, "hang", &hang);
    wait_for(&hang.done, 1);
    g_assert_true(hang.domain == OFFICE_ERROR && hang.code == OFFICE_ERROR_CHILD);
    g_assert_null(hang.did);
    g_assert_cmpint(office_figures(test->office)->children_failed, ==, 1);
}

static void test_late_children(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) late = {0};
    begin(test, &urgent, "late", &late);
    wait_for(&late.done, 1);
    g_assert_cmpstr(late.did, ==, "late");
    wait_idle(test); /* its place is free when it was ended */
    g_assert_cmpint(office_figures(test->office)->children_failed, ==, 0);
}

/* Whatever moment it is killed at, there is one answer or one error. */
static void test_killed_children(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    int answered = 0;
    for (int round = 0; round < 40; round++) {
        g_auto(Call) call = {0};
        begin(test, &urgent, "slow", &call);
        wait_ms((guint)g_test_rand_int_range(0, 400));
        g_autofree char *list = NULL;
        if (g_file_get_contents("/proc/thread-self/children", &list, NULL, NULL)) {
            g_auto(GStrv) children = g_strsplit(list, " ", -1);
            for (char **child = children; *child; child++)
                if (**child)
                    kill((pid_t)g_ascii_strtoll(*child, NULL, 10), SIGKILL);
        }
        wait_for(&call.done, 1);
        g_assert_true(call.did ? call.domain == 0 : call.domain == OFFICE_ERROR);
        answered += call.did ? 1 : 0;
        wait_ms(5);
        g_assert_cmpint(call.done, ==, 1);
    }
    g_test_message("%d of 40 had answered before", answered);
    expect_well(test);
}

static pid_t wait_for_child_but(pid_t but)
{
    guint alarm = g_timeout_add_seconds((guint)calm.wall_s, on_alarm, NULL);
    pid_t child = 0;
    while (!(child = child_but(but)))
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(alarm);
    return child;
}

static void expect_done_by(OfficeCase *test, pid_t child)
{
    g_auto(Call) call = {0};
    g_autofree char *who = g_strdup_printf("%d", child);
    begin(test, &urgent, "who", &call);
    wait_for(&call.done, 1);
    g_assert_cmpstr(call.did, ==, who);
    wait_idle(test);
}

/* One waits before anybody asks, another after it was needed, it died, or the pool is another. */
static void test_spare(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    if (!g_file_test("/proc/thread-self/children", G_FILE_TEST_EXISTS)) {
        g_test_skip("the system does not tell whose children are whose");
        return;
    }
    pid_t first = wait_for_child_but(0);
    expect_done_by(test, first);
    pid_t second = wait_for_child_but(first);
    kill(second, SIGKILL);
    pid_t third = wait_for_child_but(second);
    case_disturb(test->desk.store);
    pid_t fourth = wait_for_child_but(third);
    expect_done_by(test, fourth);
    g_assert_cmpint(office_figures(test->office)->children_failed, ==, 0);
}

static void test_no_program(void)
{
    DeskCase desk;
    g_autoptr(GError) error = NULL;
    desk_case_open(&desk, NULL);
    const OfficeOptions options = {.program = "/no/such/program", .db = "none"};
    OfficeCase test = {.desk = desk, .office = office_new(desk.store, &options, &error)};
    g_auto(Call) call = {0};
    begin(&test, &urgent, "answer", &call);
    g_assert_cmpint(call.done, ==, 1);
    g_assert_true(call.domain == OFFICE_ERROR);
    office_free(test.office);
    desk_case_close(&desk, NULL);
}

/* --- who waits */

static void test_order(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    Call plans[3] = {{0}}, spikes[3] = {{0}};
    OfficeTask *first = begin(test, &plan, "polite plan 0", &plans[0]);
    begin(test, &plan, "answer plan 1", &plans[1]);
    begin(test, &plan, "answer plan 2", &plans[2]);
    for (guint i = 0; i < 3; i++) {
        g_autofree char *text = g_strdup_printf("answer spike %u", i);
        begin(test, &urgent, text, &spikes[i]);
    }
    g_assert_cmpint(office_figures(test->office)->running, ==,
                    2); /* a plan, and in the place that plans leave, a spike */
    g_assert_cmpint(office_figures(test->office)->waiting, ==, 4);
    wait_for(&spikes[2].done, 1);
    g_assert_cmpint(plans[0].done + plans[1].done + plans[2].done, ==, 0);
    wait_for(&plans[0].steps, 1);
    office_task_stop(first);
    wait_for(&plans[2].done, 1);
    g_autofree char *text = NULL;
    g_file_get_contents(test->log, &text, NULL, NULL);
    /* The first plan and the first spike begin together, and each of the two writes when the machine lets it. */
    g_auto(GStrv) parts = g_strsplit(text, "polite plan 0\n", -1);
    g_autofree char *others = g_strjoinv("", parts);
    if (g_strv_length(parts) != 2 ||
        !g_str_equal(others, "answer spike 0\nanswer spike 1\nanswer spike 2\nanswer plan 1\nanswer plan 2\n"))
        g_error("they began as:\n%s", text);
    for (guint i = 0; i < 3; i++) {
        g_assert_cmpint(plans[i].done, ==, 1);
        g_assert_cmpint(spikes[i].done, ==, 1);
        call_clear(&plans[i]);
        call_clear(&spikes[i]);
    }
}

static void test_too_many(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    enum { CALLS = 2010 };
    g_autofree Call *calls = g_new0(Call, CALLS);
    int busy = 0;
    for (guint i = 0; i < CALLS; i++) {
        begin(test, &urgent, "slow", &calls[i]);
        busy += calls[i].done;
        g_assert_true(!calls[i].done || calls[i].code == OFFICE_ERROR_BUSY);
    }
    g_assert_cmpint(busy, >, 0);
    g_assert_cmpint(office_figures(test->office)->waiting, <=, 2000);
    office_free(test->office); /* none of the others is called back */
    for (guint i = 0; i < CALLS; i++) {
        busy -= calls[i].done;
        call_clear(&calls[i]);
    }
    g_assert_cmpint(busy, ==, 0);
    const OfficeOptions options = {.program = CHILD, .db = test->log};
    test->office = office_new(test->desk.store, &options, NULL);
}

/* --- stop, forget */

static void test_stop(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) polite = {0}, waiting = {0};
    OfficeTask *first = begin(test, &plan, "polite", &polite);
    OfficeTask *second = begin(test, &plan, "answer never", &waiting);
    wait_for(&polite.steps, 1);
    office_task_stop(second);
    office_task_stop(second);
    g_assert_cmpint(waiting.done, ==, 0);
    wait_for(&waiting.done, 1);
    g_assert_true(waiting.domain == ACT_ERROR && waiting.code == ACT_ERROR_REFUSED);
    g_assert_cmpint(polite.done, ==, 0);
    office_task_stop(first);
    wait_for(&polite.done, 1);
    g_assert_cmpstr(polite.did, ==, "polite");
    expect_well(test);
}

static void test_deaf(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) deaf = {0};
    OfficeTask *task = begin(test, &plan, "deaf", &deaf);
    wait_for(&deaf.steps, 1);
    office_task_stop(task);
    wait_for(&deaf.done, 1);
    g_assert_true(deaf.domain == OFFICE_ERROR);
}

static void test_forget(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    g_auto(Call) gone = {0};
    office_task_forget(begin(test, &urgent, "slow gone", &gone));
    office_task_forget(begin(test, &urgent, "slow gone", &gone));
    office_task_forget(begin(test, &urgent, "answer gone", &gone)); /* it waits */
    expect_well(test);
    g_assert_cmpint(gone.done, ==, 0);
    g_autofree char *text = NULL;
    g_file_get_contents(test->log, &text, NULL, NULL);
    g_assert_nonnull(strstr(text, "answer gone")); /* it was done all the same */
}

/* --- commands */

typedef struct Printed {
    int done, code;
    char *text, *complaint;
} Printed;

static void on_printed(int code, const char *printed, gsize length, const char *complaint, gpointer context)
{
    Printed *got = context;
    g_free(got->text);
    g_free(got->complaint);
    *got = (Printed){got->done + 1, code, g_strndup(printed, length), g_strdup(complaint)};
}

static OfficeCommand *command(OfficeCase *test, const char *what, Printed *got)
{
    const char *arguments[] = {what, NULL};
    return office_command(test->office, "planner:t1", arguments, on_printed, got);
}

static void test_commands(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    Printed print = {0}, complain = {0}, many = {0}, gone = {0};
    command(test, "print", &print);
    wait_for(&print.done, 1);
    g_assert_cmpint(print.code, ==, 0);
    g_assert_cmpstr(print.text, ==, "{\"a\":1}\n");
    command(test, "complain", &complain);
    wait_for(&complain.done, 1);
    g_assert_cmpint(complain.code, ==, 2);
    g_assert_cmpstr(complain.complaint, ==, "it is wrong");
    OfficeCommand *last = NULL;
    for (int i = 0; i < 6; i++) /* two at a time, and the others wait */
        last = command(test, i < 5 ? "one" : "other", i < 5 ? &many : &gone);
    office_command_forget(last);
    wait_for(&many.done, 5);
    g_assert_cmpint(gone.done, ==, 0);
    while (office_has_room(test->office))
        command(test, "one", &gone);
    int before = gone.done;
    g_assert_null(command(test, "one", &gone));
    g_assert_cmpint(gone.done, ==, before + 1);
    g_assert_cmpint(gone.code, ==, -1);
    for (Printed *const *each = (Printed *const[]){&print, &complain, &many, &gone, NULL}; *each; each++) {
        g_free((*each)->text);
        g_free((*each)->complaint);
    }
    gone.text = gone.complaint = NULL;
}

static void test_hanging_commands(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    Printed hang = {0};
    command(test, "hang", &hang);
    wait_for(&hang.done, 1);
    g_assert_cmpint(hang.code, ==, -1);
    g_free(hang.text);
    g_free(hang.complaint);
}

/* --- changes */

static void test_changes(OfficeCase *test, gconstpointer unused)
{
    (void)unused;
    enum { TICKS_MS = 2500 };
    wait_ms(TICKS_MS);
    g_assert_cmpint(test->heard, ==, 0); /* what was there before is no change */
    case_disturb(test->desk.store);      /* another process */
    wait_for(&test->heard, 1);
    g_auto(Call) own = {0};
    json_t *arguments = case_json("{\"worker\": \"w0\", \"language\": \"ar\"}");
    const OfficeCall asked = {.act = act_find("language_set"),
                              .actor = case_planner,
                              .arguments = arguments,
                              .version = -1,
                              .done = on_done,
                              .context = &own};
    g_assert_null(office_call(test->office, &asked));
    json_decref(arguments);
    g_assert_cmpstr(own.message, ==, "");
    wait_ms(TICKS_MS);
    g_assert_cmpint(test->heard, ==, 2);
}

#define OFFICE_TEST_WITHIN(path, run, limits) g_test_add(path, OfficeCase, &(limits), office_open, run, office_close)
#define OFFICE_TEST(path, run)                OFFICE_TEST_WITHIN(path, run, calm)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGPIPE, SIG_IGN);
    OFFICE_TEST("/office/children/what-they-answer-is-told-once", test_answers);
    OFFICE_TEST("/office/children/that-die-or-babble-fail-and-the-office-goes-on", test_bad_children);
    OFFICE_TEST_WITHIN("/office/children/that-hang-are-ended-in-time", test_hanging_children, hasty);
    OFFICE_TEST_WITHIN("/office/children/that-hang-behind-their-answer-have-answered", test_late_children, between);
    OFFICE_TEST("/office/children/are-killed-at-any-moment", test_killed_children);
    OFFICE_TEST("/office/children/one-waits-ready", test_spare);
    g_test_add_func("/office/children/that-cannot-start-fail-at-once", test_no_program);
    OFFICE_TEST("/office/queue/spikes-go-before-plans-and-each-in-its-order", test_order);
    OFFICE_TEST("/office/queue/has-an-end", test_too_many);
    OFFICE_TEST("/office/tasks/are-stopped-and-those-that-wait-too", test_stop);
    OFFICE_TEST_WITHIN("/office/tasks/that-do-not-hear-are-ended", test_deaf, hasty_patience);
    OFFICE_TEST("/office/tasks/are-forgotten-and-done-all-the-same", test_forget);
    OFFICE_TEST("/office/commands/are-run-and-bounded", test_commands);
    OFFICE_TEST_WITHIN("/office/commands/that-hang-are-ended", test_hanging_commands, hasty);
    OFFICE_TEST("/office/changes/are-told-once-each", test_changes);
    return g_test_run();
}
