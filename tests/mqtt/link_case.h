/* What tests of the link share: a link on a context of its own, and what it was given. */
#ifndef ROOSTER_TESTS_LINK_CASE_H
#define ROOSTER_TESTS_LINK_CASE_H

#include "drain_case.h"
#include "mqtt/link.h"

typedef struct Given {
    char *coop, *payload, *correlation;
    gboolean is_retained;
} Given;

typedef struct LinkCase {
    Broker *broker; /* not owned */
    Store *store;
    GMainContext *context;
    MqttLink *link;
    MqttLinkState state; /* as of the last look */
    GPtrArray *given;    /* of Given: demands that the callback kept */
    guint refuse_until;  /* of the first so many calls, the callback keeps nothing at each fiftieth */
    guint calls;
    guint changes;
} LinkCase;

/* A broker that lets everybody in, with an empty outbox and no link yet. */
LinkCase *link_case_new(Broker *broker);
void link_case_free(LinkCase *some);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LinkCase, link_case_free)

MqttLinkOptions link_options(LinkCase *some);
/* Starts a link; options NULL: link_options. */
void link_start(LinkCase *some, const MqttLinkOptions *options);
/* Stops it, and runs the context until it is quiet. */
void link_stop(LinkCase *some);

/* Runs the main loop until the condition holds of the state; fails after so many seconds. */
typedef gboolean (*LinkCondition)(const LinkCase *some, gint64 number);
void link_run_until(LinkCase *some, LinkCondition condition, gint64 number, int seconds);
void link_run_for(LinkCase *some, int milliseconds);

gboolean link_is_connected(const LinkCase *some, gint64 unused);
gboolean link_has_lost(const LinkCase *some, gint64 losses);
/* Nothing waits, and so many are delivered. */
gboolean link_has_delivered(const LinkCase *some, gint64 number);
gboolean link_was_given(const LinkCase *some, gint64 number);

#endif
