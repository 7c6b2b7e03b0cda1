#include "rooster/act.h"
#include "rooster/rules.h"
#include "rooster/swap.h"

#include "memory_store.h"
#include "test_pool.h"

#include <string.h>

/* --- a published week, in a store, and acts on it */

typedef struct Floor {
    TestPool *test;
    Store *store;
    Desk desk;
    char *last; /* the case of the last act that answered one */
} Floor;

static void floor_init(Floor *floor, const char *planned, const char *around, const char *now, Accept swaps)
{
    g_autoptr(GPtrArray) publications = g_ptr_array_new_with_free_func((GDestroyNotify)publication_free);
    AuditEntry audit = {1, (char *)"test", (char *)"test", (char *)""};
    int64_t now_min = 0;
    *floor = (Floor){.test = test_pool_new(planned, around), .store = memory_store_new()};
    floor->test->pool->swaps = swaps;
    g_autoptr(GPtrArray) violations = rules_check(floor->test->week, floor->test->roster);
    if (violations->len)
        g_error("\"%s\" breaks %s", planned, ((Violation *)g_ptr_array_index(violations, 0))->text);
    Publication *publication = g_new0(Publication, 1);
    publication->roster = roster_copy(floor->test->roster);
    publication->roster->state = ROSTER_PUBLISHED;
    publication->roster->revision = 1;
    publication->events = g_ptr_array_new();
    publication->messages = g_ptr_array_new();
    g_ptr_array_add(publications, publication);
    g_assert_true(store_save_pool(floor->store, floor->test->pool, publications, FALSE, &audit, NULL));
    g_assert_true(zone_parse(floor->test->pool->zone, now, &now_min, NULL));
    g_assert_true(desk_open(&floor->desk, floor->store, now_min * 60, NULL));
}

static void floor_clear(Floor *floor)
{
    g_free(floor->last);
    desk_clear(&floor->desk);
    store_close(floor->store);
    test_pool_free(floor->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Floor, floor_clear)

/* "w:a v:b", as it is published now; the checker has judged it. */
static char *published_text(Floor *floor)
{
    g_assert_true(desk_refresh(&floor->desk, NULL));
    g_autoptr(DeskWeek) week = desk_week_open(&floor->desk, floor->test->week->week, DESK_LOOK_PUBLISHED, NULL);
    g_autoptr(GPtrArray) violations = rules_check(week->week, week->roster);
    g_assert_cmpuint(violations->len, ==, 0);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < week->roster->assignments->len; i++) {
        const Assignment *at = roster_at(week->roster, i);
        g_string_append_printf(text, "%s%s:%s", i ? " " : "", pool_shift(floor->desk.pool, at->shift)->id,
                               pool_worker(floor->desk.pool, at->worker)->id);
    }
    return g_string_free(text, FALSE);
}

/*
 * An act as "w swap_offer shift=a other=v": who, what, with which arguments; "p" is the planner, case=! the last case.
 * What came of it: the case's state (and stage while it waits), "open a b" for open shifts, or the error's message.
 */
static json_t *argument_of(const Floor *floor, const char *value)
{
    if (g_str_equal(value, "!"))
        return json_string(floor->last ? floor->last : "nothing");
    if (g_str_equal(value, "yes") || g_str_equal(value, "no"))
        return json_boolean(g_str_equal(value, "yes"));
    return json_string(value);
}

static char *outcome_of(Floor *floor, const ActAnswer *answer)
{
    json_t *shifts = json_object_get(answer->body, "shifts");
    if (shifts) {
        GString *text = g_string_new("open");
        size_t i;
        json_t *shift;
        json_array_foreach(shifts, i, shift)
            g_string_append_printf(text, " %s%s", json_string_value(json_object_get(shift, "shift")),
                                   json_is_null(json_object_get(shift, "case")) ? "" : "!");
        return g_string_free(text, FALSE);
    }
    const char *state = json_string_value(json_object_get(answer->body, "state"));
    g_free(floor->last);
    floor->last = g_strdup(json_string_value(json_object_get(answer->body, "case")));
    g_assert_nonnull(state);
    if (!g_str_equal(state, "waiting"))
        return g_strdup(state);
    return g_strdup(json_string_value(json_object_get(json_object_get(answer->body, "body"), "stage")));
}

static char *act(Floor *floor, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GError) error = NULL;
    json_t *arguments = json_object();
    gboolean is_planner = g_str_equal(words[0], "p");
    for (char **word = words + 2; *word; word++) {
        g_auto(GStrv) pair = g_strsplit(*word, "=", 2);
        json_object_set_new(arguments, pair[0], argument_of(floor, pair[1]));
    }
    ActRequest request = {.act = act_find(words[1]),
                          .actor = {is_planner ? ACTOR_PLANNER : ACTOR_WORKER, is_planner ? "" : words[0], words[0]},
                          .arguments = arguments,
                          .version = -1};
    ActAnswer answer;
    g_assert_nonnull(request.act);
    char *outcome =
        act_run(&floor->desk, &request, &answer, &error) ? outcome_of(floor, &answer) : g_strdup(error->message);
    act_answer_clear(&answer);
    json_decref(arguments);
    return outcome;
}

/* --- tables */

#define WEEK "mon 08:00-16:00 +30, tue 08:00-16:00 +30: v, wed 08:00-16:00 +30: -"
#define NOW  "2026-11-29T12:00"

typedef struct Play {
    const char *why, *planned, *around, *now;
    Accept swaps;
    const char *steps;     /* "act -> outcome; ..." */
    const char *published; /* afterwards */
} Play;

static const Play plays[] = {
    {"a shift stays whose it is until it is taken", WEEK, "", NOW, ACCEPT_AUTO, "w swap_offer shift=a -> open",
     "a:w b:v"},
    {"given away and taken at once", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; u swap_take case=! -> accepted", "a:u b:v"},
    {"taken by the planner's leave", WEEK, "", NOW, ACCEPT_ASK,
     "w swap_offer shift=a -> open; u swap_take case=! -> approval; p swap_approve case=! -> accepted", "a:u b:v"},
    {"the planner refuses", WEEK, "", NOW, ACCEPT_ASK,
     "w swap_offer shift=a -> open; u swap_take case=! -> approval; p swap_refuse case=! -> declined", "a:w b:v"},
    {"a colleague is asked and says yes", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v -> asked; v swap_answer case=! accept=yes -> accepted", "a:v b:v"},
    {"a colleague says no", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v -> asked; v swap_answer case=! accept=no -> declined", "a:w b:v"},
    {"one for the other", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v return=b -> asked; v swap_answer case=! accept=yes -> accepted", "a:v b:w"},
    {"what is short is taken", WEEK, "", NOW, ACCEPT_AUTO, "w swap_take shift=c -> accepted", "a:w b:v c:w"},
    {"what is short is taken by the planner's leave", WEEK, "", NOW, ACCEPT_ASK,
     "w swap_take shift=c -> approval; p swap_approve case=! -> accepted", "a:w b:v c:w"},
    {"kept after all", WEEK, "", NOW, ACCEPT_AUTO, "w swap_offer shift=a -> open; w swap_withdraw case=! -> withdrawn",
     "a:w b:v"},
    /* the rules are asked before anybody is */
    {"a colleague who may not is not asked", "mon 08:00-16:00 +30 [X], tue 08:00-16:00 +30: v", "holds X", NOW,
     ACCEPT_AUTO, "w swap_offer shift=a other=v -> the other one cannot, by the rules", "a:w b:v"},
    {"who may not take it does not see it", "mon 08:00-16:00 +30 [X], tue 08:00-16:00 +30: v", "holds X; u: holds X",
     NOW, ACCEPT_AUTO, "w swap_offer shift=a -> open; v open_shifts -> open; u open_shifts -> open a!", "a:w b:v"},
    {"nor gets it", "mon 08:00-16:00 +30 [X], tue 08:00-16:00 +30: v", "holds X", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; v swap_take case=! -> it would break certificate", "a:w b:v"},
    {"the rest between two days is asked of the taker", "mon 17:00-22:00, tue 06:00-12:00 +30: v", "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; v swap_take case=! -> it would break daily_rest", "a:w b:v"},
    {"but not where the other shift goes in return", "mon 17:00-22:00, tue 06:00-12:00 +30: v", "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v return=b -> asked; v swap_answer case=! accept=yes -> accepted", "a:v b:w"},
    {"a learner is not left alone", "mon 08:00-16:00 +30 x2 [X]: w v",
     "holds X; v: holds X learner; u: holds X learner", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; u swap_take case=! -> it would break learner", "a:w a:v"},
    {"nobody is planned beyond their contract", WEEK, "v: hours 0 8", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v -> the other one cannot, by the rules; v swap_take shift=c -> it would break "
     "contract_max",
     "a:w b:v"},
    {"whoever is away takes nothing", WEEK, "u: unavailable mon 07:00-09:00", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; u open_shifts -> open c; u swap_take case=! -> it would break unavailable",
     "a:w b:v"},
    {"open shifts are those one may take", WEEK, "", NOW, ACCEPT_AUTO,
     "w open_shifts -> open c; w swap_offer shift=a -> open; v open_shifts -> open a! c; w open_shifts -> open c",
     "a:w b:v"},
    /* what is no longer so */
    {"what has begun is nobody's to give", WEEK, "", "2026-11-30T08:00", ACCEPT_AUTO,
     "w swap_offer shift=a -> shift a has begun", "a:w b:v"},
    {"nor to take", WEEK, "", "2026-12-02T08:00", ACCEPT_AUTO, "w swap_take shift=c -> shift c has begun", "a:w b:v"},
    {"another's shift is not one's to give", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=b -> shift b is not w's in the published roster", "a:w b:v"},
    {"what is full is not open", WEEK, "", NOW, ACCEPT_AUTO, "u swap_take shift=a -> shift a has all its people",
     "a:w b:v"},
    {"the first who takes it has it", WEEK, "", NOW, ACCEPT_ASK,
     "w swap_offer shift=a -> open; v swap_take case=! -> approval; p swap_approve case=! -> accepted", "a:v b:v"},
    {"offered once is offered", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; w swap_take case=! -> it is yours; withdraw the swap to keep it", "a:w b:v"},
    {"only the asked one answers", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v -> asked; v swap_take case=! -> ?is not open to others", "a:w b:v"},
    {"a swap that ended is ended", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a -> open; u swap_take case=! -> accepted; p swap_refuse case=! -> ?is accepted already",
     "a:u b:v"},
    {"a swap between two is not another's to see", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a other=v -> asked; u swap_answer case=! accept=yes -> ?there is no swap", "a:w b:v"},
    {"a shift in return is somebody's", WEEK, "", NOW, ACCEPT_AUTO,
     "w swap_offer shift=a return=b -> ?say whose in other; w swap_offer shift=a other=w -> ?the same worker",
     "a:w b:v"},
    {"which one is taken must be said", WEEK, "", NOW, ACCEPT_AUTO, "w swap_take -> ?which one", "a:w b:v"},
    {"nothing is approved before it is agreed to", WEEK, "", NOW, ACCEPT_ASK,
     "w swap_offer shift=a other=v -> asked; p swap_approve case=! -> ?has not been agreed to yet", "a:w b:v"},
    {"workers do not approve", WEEK, "", NOW, ACCEPT_ASK, "w swap_approve case=x -> w may not do this", "a:w b:v"},
};

static gboolean fits(const char *expected, const char *got)
{
    return *expected == '?' ? strstr(got, expected + 1) != NULL : g_str_equal(expected, got);
}

static void swaps_go_as_the_table_says(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(plays); i++) {
        const Play *play = &plays[i];
        g_auto(Floor) floor;
        floor_init(&floor, play->planned, play->around, play->now, play->swaps);
        g_auto(GStrv) steps = g_strsplit(play->steps, "; ", -1);
        g_autoptr(GString) whole = g_string_new(NULL);
        for (char **step = steps; *step && **step; step++) { /* "; " may stand in an outcome */
            g_string_append_printf(whole, "%s%s", whole->len ? "; " : "", *step);
            if (step[1] && !strstr(step[1], " -> "))
                continue;
            g_auto(GStrv) parts = g_strsplit(whole->str, " -> ", 2);
            g_autofree char *got = act(&floor, parts[0]);
            if (!fits(parts[1], got))
                g_error("%s: %s: expected \"%s\", got \"%s\"", play->why, parts[0], parts[1], got);
            g_string_truncate(whole, 0);
        }
        g_autofree char *published = published_text(&floor);
        if (!g_str_equal(published, play->published))
            g_error("%s: expected %s, got %s", play->why, play->published, published);
    }
}

static void what_is_pinned_stays(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-16:00 +30", "");
    g_autoptr(GError) error = NULL;
    roster_add(test->roster, 0, 0, TRUE);
    SwapMove move = {0, 0, PIECE_NO_SHIFT, SWAP_NOBODY};
    g_assert_false(swap_is_possible(test->week, test->roster, &move, 0, &error));
    g_assert_error(error, SWAP_ERROR, SWAP_ERROR_PINNED);
    g_assert_cmpstr(error->message, ==, "shift a is pinned to w; only the planner can change that");
}

static void a_draft_under_way_is_kept_with_the_swap_in_it(void)
{
    g_auto(Floor) floor;
    floor_init(&floor, WEEK, "", NOW, ACCEPT_AUTO);
    IsoWeek iso = floor.test->week->week;
    g_autoptr(Roster) draft = roster_copy(floor.test->roster);
    draft->state = ROSTER_DRAFT;
    draft->revision = 1;
    roster_add(draft, 2, 2, FALSE); /* c:u */
    PlanFigures figures = {.status = "hand"};
    AuditEntry audit = {1, (char *)"test", (char *)"assign", (char *)""};
    g_assert_true(store_save_draft(floor.store, floor.desk.pool, draft, &figures, NULL, 0, &audit, NULL));
    g_autofree char *offered = act(&floor, "w swap_offer shift=a");
    g_assert_cmpstr(offered, ==, "open");
    g_autofree char *taken = act(&floor, "u swap_take case=!");
    g_assert_cmpstr(taken, ==, "accepted");
    g_autoptr(Roster) kept = store_load_draft(floor.store, floor.desk.pool, iso, NULL, NULL);
    g_assert_nonnull(kept);
    g_assert_nonnull(roster_find(kept, 2, 2));
    g_assert_nonnull(roster_find(kept, 0, 2));
    g_assert_null(roster_find(kept, 0, 0));
    g_assert_cmpint(kept->revision, ==, 2);
}

static void those_concerned_are_told(void)
{
    g_auto(Floor) floor;
    floor_init(&floor, WEEK, "", NOW, ACCEPT_ASK);
    static const char *const steps[] = {"w swap_offer shift=a other=u", "u swap_answer case=! accept=yes",
                                        "p swap_approve case=!"};
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        g_free(act(&floor, steps[i]));
    g_autoptr(GPtrArray) messages = store_outbox_after(floor.store, 0, 1000, NULL);
    g_autoptr(GString) topics = g_string_new(NULL);
    for (guint i = 0; i < messages->len; i++) {
        const Message *message = g_ptr_array_index(messages, i);
        json_t *body = json_loads(message->body, 0, NULL);
        if (g_str_equal(json_string_value(json_object_get(body, "kind")), "swap"))
            g_string_append_printf(topics, "%s %s/%s; ", message->topic,
                                   json_string_value(json_object_get(body, "state")),
                                   json_string_value(json_object_get(body, "stage")));
        json_decref(body);
    }
    g_assert_cmpstr(topics->str, ==,
                    "worker/w/events waiting/asked; worker/u/events waiting/asked; planner/events waiting/asked; "
                    "worker/w/events waiting/approval; worker/u/events waiting/approval; "
                    "planner/events waiting/approval; worker/w/events accepted/approval; "
                    "worker/u/events accepted/approval; planner/events accepted/approval; ");
}

static void a_swap_that_fails_changes_nothing(void)
{
    g_auto(Floor) floor;
    floor_init(&floor, WEEK, "", NOW, ACCEPT_AUTO);
    int64_t head = 0, later = 0;
    g_autofree char *offered = act(&floor, "w swap_offer shift=a other=v");
    g_assert_cmpstr(offered, ==, "asked");
    g_assert_true(store_outbox_head(floor.store, &head, NULL));
    floor.desk.now_s += 4 * 24 * 60 * 60; /* it has begun meanwhile */
    g_autofree char *late = act(&floor, "v swap_answer case=! accept=yes");
    g_assert_cmpstr(late, ==, "shift a has begun");
    g_assert_true(store_outbox_head(floor.store, &later, NULL));
    g_assert_cmpint(later, ==, head);
    g_autofree char *published = published_text(&floor);
    g_assert_cmpstr(published, ==, "a:w b:v");
}

static void what_nobody_took_expires_when_it_begins(void)
{
    g_auto(Floor) floor;
    floor_init(&floor, WEEK, "", NOW, ACCEPT_AUTO);
    g_autofree char *offered = act(&floor, "w swap_offer shift=a");
    g_assert_cmpstr(offered, ==, "open");
    ActRequest request = {.act = act_find("cases_expire"),
                          .actor = {ACTOR_PLANNER, "", "service"},
                          .arguments = json_object(),
                          .version = -1};
    ActAnswer answer;
    int64_t expected[] = {0, 1, 0};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_assert_true(act_run(&floor.desk, &request, &answer, NULL));
        g_assert_cmpint(json_integer_value(json_object_get(answer.body, "expired")), ==, expected[i]);
        act_answer_clear(&answer);
        floor.desk.now_s += 24 * 60 * 60;
    }
    json_decref(request.arguments);
    g_autoptr(Case) swap = store_load_case(floor.store, floor.last, NULL);
    g_assert_cmpint(swap->state, ==, CASE_EXPIRED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/swap/swaps-go-as-the-table-says", swaps_go_as_the_table_says);
    g_test_add_func("/swap/what-is-pinned-stays", what_is_pinned_stays);
    g_test_add_func("/swap/a-draft-under-way-is-kept-with-the-swap-in-it",
                    a_draft_under_way_is_kept_with_the_swap_in_it);
    g_test_add_func("/swap/those-concerned-are-told", those_concerned_are_told);
    g_test_add_func("/swap/a-swap-that-fails-changes-nothing", a_swap_that_fails_changes_nothing);
    g_test_add_func("/swap/what-nobody-took-expires-when-it-begins", what_nobody_took_expires_when_it_begins);
    return g_test_run();
}
