#include "world.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)

static guint count_kind(const GPtrArray *events, FeedKind kind)
{
    guint count = 0;
    for (guint i = 0; i < events->len; i++)
        count += ((const FeedEvent *)g_ptr_array_index(events, i))->kind == kind;
    return count;
}

static void the_first_publishing_tells_everyone_concerned(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(Publication) first = world_publish(world, "2026-W49", "S1.W1");
    g_assert_cmpint(first->roster->state, ==, ROSTER_PUBLISHED);
    g_assert_cmpint(first->roster->revision, ==, 1);
    g_assert_cmpint(first->figures.cost_cents, ==, 12345);
    g_assert_cmpuint(count_kind(first->events, FEED_WORKER), ==, 1);
    g_assert_cmpuint(count_kind(first->events, FEED_COOP), ==, 2);
    g_assert_cmpuint(count_kind(first->events, FEED_OPEN), ==, 2);

    const FeedEvent *amina = find_event(first->events, "W1", "S1.W1");
    g_assert_nonnull(amina);
    g_assert_cmpstr(amina->summary, ==, "Green Coop: gardener");
    g_assert_cmpstr(amina->location, ==, "Plein 154, Amsterdam");
    g_assert_cmpstr(amina->category, ==, "green");
    g_assert_cmpstr(amina->description, ==,
                    "Address: Plein 154, Amsterdam\nCertificates: VCA\nBreak: 30 min\nPaid hours: 7:30\n"
                    "Contact: c1@example.org");
    g_assert_true(amina->place.is_known);
    g_assert_cmpint(amina->sequence, ==, 0);
    g_assert_cmpint(amina->created_s, ==, world->now_s);
    g_assert_cmpint(amina->modified_s, ==, world->now_s);
    g_assert_cmpint(amina->start_min * 60, ==, world_time(world, "2026-11-30T08:00"));

    const FeedEvent *cover = find_event(first->events, "C1", "coop/S1");
    g_assert_cmpstr(cover->summary, ==, "gardener: 1 of 2");
    g_assert_nonnull(strstr(cover->description, "Who: Amina Bakkali (W1)"));
    const FeedEvent *bare = find_event(first->events, "C2", "coop/S2");
    g_assert_cmpstr(bare->summary, ==, "0 of 1");
    g_assert_cmpstr(bare->location, ==, "C2");
    const FeedEvent *open = find_event(first->events, "", "open/S1");
    g_assert_cmpstr(open->summary, ==, "Green Coop: gardener (1 wanted)");
    g_assert_null(strstr(open->description, "Amina"));

    static const char *const topics[] = {"worker/W1/roster", "worker/W1/events", "coop/C1/cover", "coop/C1/events",
                                         "coop/C2/cover",    "coop/C2/events",   "planner/events"};
    g_assert_cmpuint(first->messages->len, ==, G_N_ELEMENTS(topics));
    for (guint i = 0; i < G_N_ELEMENTS(topics); i++) {
        const Message *message = g_ptr_array_index(first->messages, i);
        g_autofree char *id = g_strdup_printf("west-2026-W49-r1-%u", i + 1);
        g_assert_cmpstr(message->topic, ==, topics[i]);
        g_assert_cmpstr(message->id, ==, id);
        g_assert_cmpint(message->created_s, ==, world->now_s);
        g_assert_cmpint(message->is_retained, ==,
                        g_str_has_suffix(topics[i], "/roster") || g_str_has_suffix(topics[i], "/cover"));
    }
}

static void publishing_the_same_again_says_nothing(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S1.W2 S2.W3");
    world->now_s += 3600;
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S1.W1 S1.W2 S2.W3");
    g_assert_cmpuint(second->events->len, ==, 0);
    g_assert_cmpuint(second->messages->len, ==, 0);
    g_assert_cmpint(second->roster->revision, ==, 2);
    /* Nor does another order of the pool's rows. */
    world_set(&world->workers, "W3,Jan Jansen\nW1,Amina Bakkali\nW2,Jan de Vries");
    g_autoptr(Publication) third = world_publish(world, "2026-W49", "S1.W1 S1.W2 S2.W3");
    g_assert_cmpuint(third->events->len, ==, 0);
}

static void colleagues_are_named_by_first_name_and_in_a_fixed_order(void)
{
    g_autoptr(World) world = world_new();
    world_set(&world->shifts, "S1,C1,gardener,2026-11-30T08:00,2026-11-30T16:00,30,3,");
    g_autoptr(Publication) first = world_publish(world, "2026-W49", "S1.W3 S1.W1 S1.W2");
    const FeedEvent *jan = find_event(first->events, "W3", "S1.W3");
    g_assert_nonnull(strstr(jan->description, "With: Amina, Jan\n"));
    g_assert_null(strstr(jan->description, "Bakkali"));
    const FeedEvent *cover = find_event(first->events, "C1", "coop/S1");
    g_assert_nonnull(strstr(cover->description, "Who: Amina Bakkali (W1), Jan Jansen (W3), Jan de Vries (W2)"));
}

static void a_dropped_shift_is_cancelled_and_comes_back(void)
{
    g_autoptr(World) world = world_new();
    int64_t begin_s = world->now_s;
    world_go(world, "2026-W49", "S1.W1 S1.W2");
    world->now_s += 600;
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S1.W2");
    const FeedEvent *gone = find_event(second->events, "W1", "S1.W1");
    g_assert_true(gone->is_cancelled);
    g_assert_cmpint(gone->sequence, ==, 1);
    g_assert_cmpint(gone->created_s, ==, begin_s);
    g_assert_cmpint(gone->modified_s, ==, begin_s + 600);
    g_assert_cmpstr(gone->summary, ==, "Cancelled: Green Coop: gardener");
    g_assert_cmpint(find_event(second->events, "W2", "S1.W2")->sequence, ==, 1); /* a colleague less */
    g_assert_false(find_event(second->events, "", "open/S1")->is_cancelled);
    g_assert_nonnull(strstr(find_message(second, "worker/W1/events")->body, "\"change\":\"dropped\""));
    g_assert_nonnull(strstr(find_message(second, "worker/W1/roster")->body, "\"shifts\":[]"));
    /* The other keeps the line: a new state, but nothing happened to tell. */
    g_assert_nonnull(find_message(second, "worker/W2/roster"));
    g_assert_null(find_message(second, "worker/W2/events"));

    g_autoptr(Publication) nothing = world_publish(world, "2026-W49", "S1.W2");
    g_assert_cmpuint(nothing->events->len, ==, 0); /* a cancelled event is not cancelled again */

    world->now_s += 600;
    g_autoptr(Publication) third = world_publish(world, "2026-W49", "S1.W1 S1.W2");
    const FeedEvent *back = find_event(third->events, "W1", "S1.W1");
    g_assert_false(back->is_cancelled);
    g_assert_cmpint(back->sequence, ==, 2);
    g_assert_cmpint(back->created_s, ==, begin_s);
    g_assert_cmpstr(back->summary, ==, "Green Coop: gardener");
    const FeedEvent *filled = find_event(third->events, "", "open/S1");
    g_assert_true(filled->is_cancelled);
    g_assert_cmpint(filled->sequence, ==, 1);
    g_assert_nonnull(strstr(find_message(third, "worker/W1/events")->body, "\"change\":\"added\""));
}

static void a_cancelled_order_cancels_all_its_events(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S2.W3");
    world_set(&world->shifts, "S1,C1,gardener,2026-11-30T08:00,2026-11-30T16:00,30,0,VCA\n"
                              "S2,C2,,2026-12-01T09:00,2026-12-01T13:00,0,1,");
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S2.W3");
    g_assert_cmpuint(second->events->len, ==, 3);
    g_assert_true(find_event(second->events, "W1", "S1.W1")->is_cancelled);
    g_assert_true(find_event(second->events, "C1", "coop/S1")->is_cancelled);
    g_assert_true(find_event(second->events, "", "open/S1")->is_cancelled);
    g_assert_nonnull(strstr(find_message(second, "coop/C1/events")->body, "\"change\":\"cancelled\""));
    g_assert_null(find_message(second, "worker/W3/roster"));
    g_assert_null(find_message(second, "coop/C2/cover"));
}

static void a_moved_shift_is_told_although_the_assignment_stays(void)
{
    g_autoptr(World) world = world_new();
    world->now_s = world_time(world, "2026-11-28T09:00"); /* less than four days before S1 */
    world_go(world, "2026-W49", "S1.W1 S2.W3");
    world_set(&world->shifts, "S1,C1,gardener,2026-11-30T10:00,2026-11-30T16:00,30,2,VCA\n"
                              "S2,C2,,2026-12-01T09:00,2026-12-01T13:00,0,1,");
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S1.W1 S2.W3");
    g_assert_cmpint(find_event(second->events, "W1", "S1.W1")->sequence, ==, 1);
    const char *body = find_message(second, "worker/W1/events")->body;
    g_assert_nonnull(strstr(body, "\"change\":\"moved\""));
    g_assert_nonnull(strstr(body, "\"was\":{\"start\":\"2026-11-30T07:00:00Z\""));
    g_assert_nonnull(strstr(body, "\"class\":\"late\",\"may_refuse\":true,\"pay_owed\":true"));
    g_assert_null(find_message(second, "worker/W3/events"));
}

static void a_moved_week_leaves_the_other_week_alone(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S2.W1");
    world->now_s += 60;
    g_autoptr(Publication) next = world_publish(world, "2026-W50", "S3.W1");
    for (guint i = 0; i < next->events->len; i++)
        g_assert_cmpstr(((const FeedEvent *)g_ptr_array_index(next->events, i))->shift, ==, "S3");
    /* The retained topic is one for all weeks: publishing W50 does not hide W49. */
    const char *roster = find_message(next, "worker/W1/roster")->body;
    const char *at_1 = strstr(roster, "\"shift\":\"S1\""), *at_2 = strstr(roster, "\"shift\":\"S2\""),
               *at_3 = strstr(roster, "\"shift\":\"S3\"");
    g_assert_true(at_1 && at_2 && at_3 && at_1 < at_2 && at_2 < at_3);
    const char *cover = find_message(next, "coop/C1/cover")->body;
    g_assert_nonnull(strstr(cover, "\"shift\":\"S1\""));
    g_assert_nonnull(strstr(cover, "\"shift\":\"S3\""));
    /* Weeks that are over go. */
    world->now_s = world_time(world, "2026-12-07T09:00");
    g_autoptr(Publication) later = world_publish(world, "2026-W50", "S3.W1 S3.W2");
    g_assert_null(strstr(find_message(later, "worker/W1/roster")->body, "\"shift\":\"S1\""));
}

static void worked_days_of_the_current_week_stay_in_the_state(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S1.W2 S2.W3");
    /* Tuesday: Monday's work is history now, which replaces the plan in the rules' eyes. */
    world->now_s = world_time(world, "2026-12-01T07:00");
    world_set(&world->history, "W1,C1,2026-11-30T08:00,2026-11-30T16:00\nW2,C1,2026-11-30T08:00,2026-11-30T16:00");
    g_autoptr(Publication) next = world_publish(world, "2026-W50", "S3.W1");
    g_assert_nonnull(strstr(find_message(next, "coop/C1/cover")->body,
                            "\"headcount\":2,\"cover\":2,\"missing\":0,\"workers\":[{\"worker\":\"W1\""));
    g_assert_nonnull(strstr(find_message(next, "worker/W1/roster")->body, "\"shift\":\"S1\""));
}

static void a_night_belongs_to_the_week_in_which_it_starts(void)
{
    g_autoptr(World) world = world_new();
    world_set(&world->shifts, "N,C1,guard,2026-12-06T22:00,2026-12-07T06:00,30,1,");
    g_autoptr(Publication) next = world_publish(world, "2026-W50", "");
    g_assert_cmpuint(next->events->len, ==, 0);
    g_autoptr(Publication) own = world_publish(world, "2026-W49", "N.W1");
    g_assert_nonnull(find_event(own->events, "W1", "N.W1"));
    g_assert_nonnull(strstr(find_message(own, "worker/W1/roster")->body, "\"week\":\"2026-W49\",\"role\":\"guard\""));
}

static void a_shift_moved_to_another_week_keeps_its_uid(void)
{
    g_autoptr(World) world = world_new();
    world_set(&world->shifts, "S1,C1,gardener,2026-11-30T08:00,2026-11-30T16:00,30,1,");
    world_go(world, "2026-W49", "S1.W1");
    world_set(&world->shifts, "S1,C1,gardener,2026-12-07T08:00,2026-12-07T16:00,30,1,");
    g_autoptr(Publication) second = world_publish(world, "2026-W50", "S1.W1");
    const FeedEvent *moved = find_event(second->events, "W1", "S1.W1");
    g_assert_cmpint(moved->sequence, ==, 1);
    g_assert_false(moved->is_cancelled);
    g_autoptr(Publication) third = world_publish(world, "2026-W49", "");
    g_assert_cmpuint(third->events->len, ==, 0);
    g_assert_null(find_message(third, "worker/W1/events"));
}

static void both_clock_changes_are_told_in_elapsed_time(void)
{
    static const struct {
        const char *week, *shift, *start, *end, *end_local, *paid;
    } cases[] = {
        {"2026-W43", "N,C1,guard,2026-10-24T22:00,2026-10-25T06:00,60,1,", "\"start\":\"2026-10-24T20:00:00Z\"",
         "\"end\":\"2026-10-25T05:00:00Z\"", "\"end_local\":\"2026-10-25T06:00\"", "\"paid_minutes\":480"},
        {"2027-W12", "N,C1,guard,2027-03-27T22:00,2027-03-28T06:00,60,1,", "\"start\":\"2027-03-27T21:00:00Z\"",
         "\"end\":\"2027-03-28T04:00:00Z\"", "\"end_local\":\"2027-03-28T06:00\"", "\"paid_minutes\":360"},
        {"2026-W43", "N,C1,guard,2026-10-25T00:00,2026-10-25T02:30+01:00,0,1,", "\"start\":\"2026-10-24T22:00:00Z\"",
         "\"end\":\"2026-10-25T01:30:00Z\"", "\"end_local\":\"2026-10-25T02:30+01:00\"", "\"paid_minutes\":210"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(World) world = world_new();
        world->now_s = world_time(world, "2026-10-01T09:00");
        world_set(&world->shifts, cases[i].shift);
        g_autoptr(Publication) publication = world_publish(world, cases[i].week, "N.W1");
        const char *body = find_message(publication, "worker/W1/roster")->body;
        const char *const wanted[] = {cases[i].start, cases[i].end, cases[i].end_local, cases[i].paid};
        for (guint j = 0; j < G_N_ELEMENTS(wanted); j++)
            if (!strstr(body, wanted[j]))
                g_error("%s: expected %s in %s", cases[i].shift, wanted[j], body);
    }
}

static void uids_of_dotted_ids_do_not_meet(void)
{
    g_autoptr(World) world = world_new();
    world_set(&world->workers, "c,One\nb.c,Two");
    world_set(&world->shifts, "a.b,C1,x,2026-11-30T08:00,2026-11-30T12:00,0,1,\n"
                              "a,C1,x,2026-11-30T13:00,2026-11-30T17:00,0,1,\n"
                              "coop,C1,x,2026-12-01T13:00,2026-12-01T17:00,0,1,");
    world_go(world, "2026-W49", "a.b.c");
    g_autoptr(Roster) roster = world_roster(world, "2026-W49", "a.b.c coop.c");
    guint shift = 0, worker = 0;
    g_assert_true(pool_find_shift(world->pool, "a", &shift) && pool_find_worker(world->pool, "b.c", &worker));
    roster_add(roster, shift, worker, FALSE);
    g_autoptr(Week) week = week_new(world->pool, roster->week, NULL);
    PlanFigures figures = {0};
    g_autoptr(Publication) all = publication_new(week, roster, NULL, 1, &figures, NULL, world->now_s);
    g_autoptr(GHashTable) uids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < all->events->len; i++)
        g_assert_true(g_hash_table_add(uids, ((FeedEvent *)g_ptr_array_index(all->events, i))->uid));
    g_assert_cmpuint(g_hash_table_size(uids), ==, 6);
}

static void a_worker_who_left_loses_the_shifts_and_the_state(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S1.W2");
    world_set(&world->workers, "W2,Jan de Vries");
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S1.W1 S1.W2");
    g_assert_true(find_event(second->events, "W1", "S1.W1")->is_cancelled);
    g_assert_nonnull(strstr(find_message(second, "worker/W1/roster")->body, "\"shifts\":[]"));
    g_assert_nonnull(strstr(find_message(second, "worker/W1/events")->body, "\"change\":\"dropped\""));
    g_assert_nonnull(strstr(find_message(second, "coop/C1/events")->body, "\"dropped\":[{\"worker\":\"W1\""));
}

static void message_ids_are_unique_over_weeks_and_revisions(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    static const char *const steps[][2] = {
        {"2026-W49", "S1.W1"}, {"2026-W49", "S1.W2"}, {"2026-W50", "S3.W2"}, {"2026-W49", ""}, {"2026-W49", "S1.W1"}};
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autoptr(Publication) publication = world_publish(world, steps[i][0], steps[i][1]);
        for (guint j = 0; j < publication->messages->len; j++) {
            const Message *message = g_ptr_array_index(publication->messages, j);
            g_assert_true(g_hash_table_add(ids, g_strdup(message->id)));
            g_assert_null(strstr(message->topic, "Amina"));
            g_assert_null(strstr(message->topic, "Jan"));
        }
    }
}

static void a_message_body_that_is_no_object_has_no_payload(void)
{
    g_autoptr(Message) good = message_new("m \"1\"", "worker/W1/events", "{\"b\":1,\"a\":[0.5,\"x\"]}", FALSE, 1);
    good->sequence = 7;
    g_autofree char *payload = message_payload(good);
    g_assert_cmpstr(payload, ==, "{\"id\":\"m \\\"1\\\"\",\"sequence\":7,\"b\":1,\"a\":[0.5,\"x\"]}");
    static const char *const bad[] = {"", "[]", "\"x\"", "{\"a\":1", "{\"a\":1,\"a\":2}", "{} {}"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(Message) message = message_new("m", "t", bad[i], FALSE, 1);
        g_autofree char *none = message_payload(message);
        if (none)
            g_error("body %s: expected no payload, got %s", bad[i], none);
    }
}

/* ---- notices */

static GArray *warnings_at(World *world, const char *now, const char *from, const char *to)
{
    world_build(world);
    g_autoptr(Roster) published = from ? world_roster(world, "2026-W49", from) : NULL;
    g_autoptr(Roster) roster = world_roster(world, "2026-W49", to);
    g_autoptr(Week) week = week_new(world->pool, roster->week, NULL);
    return publish_notice_warnings(week, roster, published, world_time(world, now));
}

static void four_days_are_ninety_six_hours_to_the_minute(void)
{
    g_autoptr(World) world = world_new();
    static const struct {
        const char *now;
        guint warnings;
        int64_t ahead_min;
    } cases[] = {{"2026-11-26T08:00", 0, 0},
                 {"2026-11-26T08:01", 1, 96 * 60 - 1},
                 {"2026-11-30T08:00", 1, 0},
                 {"2026-11-30T08:30", 1, -30}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) added = warnings_at(world, cases[i].now, "", "S1.W1");
        g_autoptr(GArray) dropped = warnings_at(world, cases[i].now, "S1.W1", "");
        g_autoptr(GArray) first = warnings_at(world, cases[i].now, NULL, "S1.W1");
        g_autoptr(GArray) same = warnings_at(world, cases[i].now, "S1.W1", "S1.W1");
        g_assert_cmpuint(added->len, ==, cases[i].warnings);
        g_assert_cmpuint(dropped->len, ==, cases[i].warnings);
        g_assert_cmpuint(first->len, ==, cases[i].warnings);
        g_assert_cmpuint(same->len, ==, 0);
        if (cases[i].warnings) {
            g_assert_true(g_array_index(added, NoticeWarning, 0).is_added);
            g_assert_false(g_array_index(dropped, NoticeWarning, 0).is_added);
            g_assert_cmpint(g_array_index(dropped, NoticeWarning, 0).ahead_min, ==, cases[i].ahead_min);
        }
    }
}

static void a_second_short_of_four_days_is_short(void)
{
    g_autoptr(World) world = world_new();
    world_build(world);
    g_autoptr(Roster) roster = world_roster(world, "2026-W49", "S1.W1");
    g_autoptr(Week) week = week_new(world->pool, roster->week, NULL);
    g_autoptr(GArray) warnings = publish_notice_warnings(week, roster, NULL, world_time(world, "2026-11-26T08:00") + 1);
    g_assert_cmpuint(warnings->len, ==, 1);
    g_assert_cmpint(g_array_index(warnings, NoticeWarning, 0).ahead_min, ==, 96 * 60 - 1);
}

static void who_is_away_was_not_sent_home(void)
{
    g_autoptr(World) world = world_new();
    world_set(&world->windows, "W1,2026-11-30T00:00,2026-12-01T00:00");
    g_autoptr(GArray) warnings = warnings_at(world, "2026-11-29T09:00", "S1.W1 S1.W2", "S1.W3");
    g_assert_cmpuint(warnings->len, ==, 2);
    for (guint i = 0; i < warnings->len; i++)
        g_assert_cmpstr(pool_worker(world->pool, g_array_index(warnings, NoticeWarning, i).worker)->id, !=, "W1");

    world->now_s = world_time(world, "2026-11-29T09:00");
    world_go(world, "2026-W49", "S1.W1 S1.W2");
    g_autoptr(Publication) second = world_publish(world, "2026-W49", "S1.W3");
    g_assert_nonnull(strstr(find_message(second, "worker/W1/events")->body, "\"pay_owed\":false"));
    g_assert_nonnull(strstr(find_message(second, "worker/W2/events")->body, "\"pay_owed\":true"));
    g_assert_nonnull(strstr(find_message(second, "worker/W3/events")->body, "\"may_refuse\":true"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/publication/the-first-publishing-tells-everyone-concerned",
                    the_first_publishing_tells_everyone_concerned);
    g_test_add_func("/publication/publishing-the-same-again-says-nothing", publishing_the_same_again_says_nothing);
    g_test_add_func("/publication/colleagues-are-named-by-first-name-and-in-a-fixed-order",
                    colleagues_are_named_by_first_name_and_in_a_fixed_order);
    g_test_add_func("/publication/a-dropped-shift-is-cancelled-and-comes-back",
                    a_dropped_shift_is_cancelled_and_comes_back);
    g_test_add_func("/publication/a-cancelled-order-cancels-all-its-events", a_cancelled_order_cancels_all_its_events);
    g_test_add_func("/publication/a-moved-shift-is-told-although-the-assignment-stays",
                    a_moved_shift_is_told_although_the_assignment_stays);
    g_test_add_func("/publication/a-week-leaves-the-other-weeks-alone", a_moved_week_leaves_the_other_week_alone);
    g_test_add_func("/publication/worked-days-of-the-current-week-stay-in-the-state",
                    worked_days_of_the_current_week_stay_in_the_state);
    g_test_add_func("/publication/a-night-belongs-to-the-week-in-which-it-starts",
                    a_night_belongs_to_the_week_in_which_it_starts);
    g_test_add_func("/publication/a-shift-moved-to-another-week-keeps-its-uid",
                    a_shift_moved_to_another_week_keeps_its_uid);
    g_test_add_func("/publication/both-clock-changes-are-told-in-elapsed-time",
                    both_clock_changes_are_told_in_elapsed_time);
    g_test_add_func("/publication/uids-of-dotted-ids-do-not-meet", uids_of_dotted_ids_do_not_meet);
    g_test_add_func("/publication/a-worker-who-left-loses-the-shifts-and-the-state",
                    a_worker_who_left_loses_the_shifts_and_the_state);
    g_test_add_func("/publication/message-ids-are-unique-over-weeks-and-revisions",
                    message_ids_are_unique_over_weeks_and_revisions);
    g_test_add_func("/message/a-body-that-is-no-object-has-no-payload",
                    a_message_body_that_is_no_object_has_no_payload);
    g_test_add_func("/notice/four-days-are-ninety-six-hours-to-the-minute",
                    four_days_are_ninety_six_hours_to_the_minute);
    g_test_add_func("/notice/a-second-short-of-four-days-is-short", a_second_short_of_four_days_is_short);
    g_test_add_func("/notice/who-is-away-was-not-sent-home", who_is_away_was_not_sent_home);
    return g_test_run();
}
