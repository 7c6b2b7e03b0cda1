/* The course of a solve, told event by event: whole, rising and falling as it should, the same for any threads. */
#include "made_up.h"

#include <glib.h>
#include <string.h>

typedef struct Course {
    GArray *events; /* of SolverEvent, their phases static */
    guint stop_after;
} Course;

static void note(const SolverEvent *event, void *context)
{
    Course *course = context;
    g_array_append_val(course->events, *event);
}

static bool go_on(const SolverProgress *progress, void *context)
{
    (void)progress;
    const Course *course = context;
    return course->stop_after == 0 || course->events->len < course->stop_after;
}

static const SolverEvent *at(const Course *course, guint index)
{
    return &g_array_index(course->events, SolverEvent, index);
}

static SolverResult *solve(const SolverProblem *problem, int32_t threads, int64_t work, Course *course)
{
    course->events = g_array_new(FALSE, FALSE, sizeof(SolverEvent));
    SolverOptions options = {
        .threads = threads, .work_most = work, .progress = go_on, .event = note, .context = course};
    return solver_solve(problem, &options);
}

static void assert_whole(const SolverProblem *problem, const SolverResult *result, const Course *course)
{
    int64_t cost = INT64_MAX, bound = INT64_MIN, work = 0;
    const char *phase = NULL;
    for (guint i = 0; i < course->events->len; i++) {
        const SolverEvent *event = at(course, i);
        g_assert_true((event->kind == SOLVER_EVENT_BEGIN) == (i == 0));
        g_assert_true((event->kind == SOLVER_EVENT_END) == (i + 1 == course->events->len));
        g_assert_cmpint(event->work, >=, work);
        work = event->work;
        if (event->kind == SOLVER_EVENT_PHASE) {
            g_assert_cmpstr(event->phase, !=, phase);
            phase = event->phase;
        } else if (event->kind == SOLVER_EVENT_ROSTER) {
            g_assert_cmpint(event->cost_cents, <, cost);
            cost = event->cost_cents;
        } else if (event->kind == SOLVER_EVENT_BOUND) {
            g_assert_cmpint(event->bound_cents, >, bound);
            bound = event->bound_cents;
        }
        g_assert_true(i == 0 || (phase && strcmp(event->phase, phase) == 0));
    }
    g_assert_cmpint(at(course, 0)->workers, ==, problem->worker_count);
    g_assert_cmpint(at(course, 0)->entries, ==, problem->entry_count);
    const SolverEvent *end = at(course, course->events->len - 1);
    g_assert_true(end->status == result->status);
    g_assert_cmpint(end->cost_cents, ==, result->cost_cents);
    g_assert_cmpint(end->bound_cents, ==, result->bound_cents);
    g_assert_cmpint(end->work, ==, result->statistics.work);
    g_assert_cmpint(cost, ==, result->cost_cents);
    g_assert_cmpint(bound, ==, result->bound_cents);
}

static guint count_of(const Course *course, SolverEventKind kind)
{
    guint count = 0;
    for (guint i = 0; i < course->events->len; i++)
        count += at(course, i)->kind == kind;
    return count;
}

static void tells_the_whole_course(void)
{
    MadeUp made = made_up_pool(10, 30, 100);
    Course one = {0}, two = {0};
    SolverResult *first = solve(&made.problem, 1, 6000000, &one), *second = solve(&made.problem, 2, 6000000, &two);
    assert_whole(&made.problem, first, &one);
    assert_whole(&made.problem, second, &two);
    g_assert_cmpuint(one.events->len, ==, two.events->len);
    for (guint i = 0; i < one.events->len; i++) {
        SolverEvent left = *at(&one, i), right = *at(&two, i);
        g_assert_true(left.kind == right.kind && left.phase == right.phase && left.work == right.work &&
                      left.labels == right.labels && left.cost_cents == right.cost_cents &&
                      left.bound_cents == right.bound_cents && left.lines == right.lines && left.value == right.value &&
                      left.workers == right.workers);
    }
    g_assert_cmpuint(count_of(&one, SOLVER_EVENT_PHASE), >=, 3);
    g_assert_cmpuint(count_of(&one, SOLVER_EVENT_ROUND), >, 10);
    g_assert_cmpuint(count_of(&one, SOLVER_EVENT_LP), >, 0);
    g_assert_cmpuint(count_of(&one, SOLVER_EVENT_NEIGHBOURHOOD), >, 0);
    solver_result_free(first);
    solver_result_free(second);
    g_array_unref(one.events);
    g_array_unref(two.events);
    made_up_free(&made);
}

static void tells_the_end_wherever_it_is(void)
{
    MadeUp made = made_up_pool(8, 25, 80);
    for (int64_t work = 1; work < 200000; work *= 6) {
        Course course = {0};
        SolverResult *result = solve(&made.problem, 1, work, &course);
        assert_whole(&made.problem, result, &course);
        solver_result_free(result);
        g_array_unref(course.events);
    }
    for (guint after = 1; after < 200; after = after * 3 + 1) {
        Course course = {.stop_after = after};
        SolverResult *result = solve(&made.problem, 2, 0, &course);
        assert_whole(&made.problem, result, &course);
        solver_result_free(result);
        g_array_unref(course.events);
    }
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/events/tell-the-whole-course", tells_the_whole_course);
    g_test_add_func("/events/tell-the-end-wherever-it-is", tells_the_end_wherever_it_is);
    return g_test_run();
}
