#include "link_case.h"

#include <string.h>

static void given_free(Given *given)
{
    g_free(given->coop);
    g_free(given->payload);
    g_free(given->correlation);
    g_free(given);
}

LinkCase *link_case_new(Broker *broker)
{
    LinkCase *some = g_new0(LinkCase, 1);
    some->broker = broker;
    some->store = outbox_new();
    some->context = g_main_context_new();
    some->given = g_ptr_array_new_with_free_func((GDestroyNotify)given_free);
    return some;
}

void link_case_free(LinkCase *some)
{
    link_stop(some);
    g_main_context_unref(some->context);
    store_close(some->store);
    g_ptr_array_unref(some->given);
    g_free(some);
}

static gboolean keep(const MqttDemand *demand, gpointer context)
{
    LinkCase *some = context;
    some->calls++;
    g_assert_cmpuint(strlen(demand->payload), ==, demand->length);
    if (some->calls <= some->refuse_until && some->calls % 50 == 0)
        return FALSE;
    Given *given = g_new(Given, 1);
    *given =
        (Given){g_strdup(demand->coop), g_strdup(demand->payload), g_strdup(demand->correlation), demand->is_retained};
    g_ptr_array_add(some->given, given);
    return TRUE;
}

static void count_change(gpointer context)
{
    ((LinkCase *)context)->changes++;
}

MqttLinkOptions link_options(LinkCase *some)
{
    return (MqttLinkOptions){.host = "127.0.0.1",
                             .port = broker_port(some->broker),
                             .pool = "test",
                             .demand = keep,
                             .changed = count_change,
                             .context = some};
}

void link_start(LinkCase *some, const MqttLinkOptions *options)
{
    GError *error = NULL;
    g_assert_null(some->link);
    if (options) {
        some->link = mqtt_link_new(options, some->store, some->context, &error);
    } else {
        const MqttLinkOptions usual = link_options(some);
        some->link = mqtt_link_new(&usual, some->store, some->context, &error);
    }
    g_assert_no_error(error);
}

void link_stop(LinkCase *some)
{
    mqtt_link_stop(some->link);
    some->link = NULL;
    while (g_main_context_iteration(some->context, FALSE))
        continue;
}

static gboolean wake(gpointer unused)
{
    (void)unused;
    return G_SOURCE_CONTINUE;
}

static gboolean run(LinkCase *some, LinkCondition condition, gint64 number, int milliseconds)
{
    gint64 until_us = g_get_monotonic_time() + milliseconds * (gint64)1000;
    GSource *tick = g_timeout_source_new(10);
    g_source_set_callback(tick, wake, NULL, NULL);
    g_source_attach(tick, some->context);
    gboolean is_met = FALSE;
    do {
        g_main_context_iteration(some->context, TRUE);
        mqtt_link_state(some->link, &some->state);
        is_met = condition && condition(some, number);
    } while (!is_met && g_get_monotonic_time() < until_us);
    g_source_destroy(tick);
    g_source_unref(tick);
    return is_met;
}

void link_run_until(LinkCase *some, LinkCondition condition, gint64 number, int seconds)
{
    if (!run(some, condition, number, seconds * 1000))
        g_error("not within %d s (%" G_GINT64_FORMAT "): connected %d, connections %" G_GINT64_FORMAT
                ", waiting %" G_GINT64_FORMAT ", delivered %" G_GINT64_FORMAT ", given %u, trouble: %s",
                seconds, number, some->state.is_connected, some->state.connections, some->state.waiting,
                some->state.delivered, some->given->len, some->state.trouble);
}

void link_run_for(LinkCase *some, int milliseconds)
{
    run(some, NULL, 0, milliseconds);
}

gboolean link_is_connected(const LinkCase *some, gint64 unused)
{
    (void)unused;
    return some->state.is_connected;
}

gboolean link_has_lost(const LinkCase *some, gint64 losses)
{
    return some->state.losses >= losses && !some->state.is_connected;
}

gboolean link_has_delivered(const LinkCase *some, gint64 number)
{
    return some->state.waiting == 0 && some->state.delivered >= number;
}

gboolean link_was_given(const LinkCase *some, gint64 number)
{
    return some->given->len >= number;
}
