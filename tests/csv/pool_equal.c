#include "pool_equal.h"

#include <string.h>

/* Each check returns from the function with the path and both values when they differ. */
#define SAME_TEXT(path, field)                                                                                         \
    if (strcmp(left->field, right->field) != 0)                                                                        \
    return g_strdup_printf("%s[%u]." #field ": '%s' / '%s'", path, index, left->field, right->field)
#define SAME_NUMBER(path, field)                                                                                       \
    if (left->field != right->field)                                                                                   \
    return g_strdup_printf("%s[%u]." #field ": %.17g / %.17g", path, index, (double)left->field, (double)right->field)

static char *place_difference(const char *path, guint index, const Place *left, const Place *right)
{
    SAME_NUMBER(path, is_known);
    if (!left->is_known)
        return NULL;
    SAME_NUMBER(path, latitude);
    SAME_NUMBER(path, longitude);
    return NULL;
}

static char *coop_difference(guint index, const Coop *left, const Coop *right)
{
    SAME_TEXT("coops", id);
    SAME_TEXT("coops", name);
    SAME_TEXT("coops", sector);
    SAME_TEXT("coops", address);
    SAME_TEXT("coops", contact);
    SAME_NUMBER("coops", rate);
    return place_difference("coops", index, &left->place, &right->place);
}

static char *list_difference(const char *path, guint index, const char *const *left, const char *const *right)
{
    g_autofree char *one = g_strjoinv(";", (char **)left), *other = g_strjoinv(";", (char **)right);
    return strcmp(one, other) == 0 ? NULL : g_strdup_printf("%s[%u]: '%s' / '%s'", path, index, one, other);
}

static char *shift_difference(guint index, const Shift *left, const Shift *right)
{
    SAME_TEXT("shifts", id);
    SAME_TEXT("shifts", role);
    SAME_NUMBER("shifts", coop);
    SAME_NUMBER("shifts", start_min);
    SAME_NUMBER("shifts", end_min);
    SAME_NUMBER("shifts", break_min);
    SAME_NUMBER("shifts", headcount);
    SAME_NUMBER("shifts", priority);
    SAME_NUMBER("shifts", week.monday);
    char *difference = list_difference("shifts.certificates", index, left->certificates, right->certificates);
    return difference
               ? difference
               : list_difference("shifts.team_certificates", index, left->team_certificates, right->team_certificates);
}

static char *certificate_difference(guint index, const Certificate *left, const Certificate *right)
{
    SAME_TEXT("certificates", name);
    SAME_NUMBER("certificates", valid_from);
    SAME_NUMBER("certificates", valid_until);
    SAME_NUMBER("certificates", level);
    return NULL;
}

static char *window_difference(guint index, const Window *left, const Window *right)
{
    SAME_NUMBER("windows", start_min);
    SAME_NUMBER("windows", end_min);
    SAME_NUMBER("windows", kind);
    return NULL;
}

static char *preference_difference(guint index, const Preference *left, const Preference *right)
{
    SAME_NUMBER("preferences", coop);
    SAME_NUMBER("preferences", kind);
    return NULL;
}

static char *rule_difference(guint index, const WorkerRule *left, const WorkerRule *right)
{
    SAME_TEXT("rules", key);
    SAME_TEXT("rules", value);
    return NULL;
}

static char *history_difference(guint index, const HistoryPiece *left, const HistoryPiece *right)
{
    SAME_TEXT("history", coop);
    SAME_NUMBER("history", start_min);
    SAME_NUMBER("history", end_min);
    SAME_NUMBER("history", break_min);
    return NULL;
}

/* Compares two arrays of one type entry by entry. */
#define SAME_ARRAY(array, Type, compare)                                                                               \
    do {                                                                                                               \
        if (left->array->len != right->array->len)                                                                     \
            return g_strdup_printf("number of " #array ": %u / %u", left->array->len, right->array->len);              \
        for (guint entry = 0; entry < left->array->len; entry++) {                                                     \
            char *difference =                                                                                         \
                compare(entry, &g_array_index(left->array, Type, entry), &g_array_index(right->array, Type, entry));   \
            if (difference)                                                                                            \
                return difference;                                                                                     \
        }                                                                                                              \
    } while (0)

static char *belongings_difference(const Worker *left, const Worker *right)
{
    SAME_ARRAY(certificates, Certificate, certificate_difference);
    SAME_ARRAY(windows, Window, window_difference);
    SAME_ARRAY(preferences, Preference, preference_difference);
    SAME_ARRAY(rules, WorkerRule, rule_difference);
    SAME_ARRAY(history, HistoryPiece, history_difference);
    return NULL;
}

static char *worker_difference(guint index, const Worker *left, const Worker *right)
{
    SAME_TEXT("workers", id);
    SAME_TEXT("workers", name);
    SAME_TEXT("workers", language);
    SAME_NUMBER("workers", birth);
    SAME_NUMBER("workers", contract_min);
    SAME_NUMBER("workers", contract_max);
    SAME_NUMBER("workers", hourly_cost);
    if (memcmp(&left->day_rules, &right->day_rules, sizeof left->day_rules) != 0)
        return g_strdup_printf("workers[%u].day_rules", index);
    char *difference = place_difference("workers", index, &left->place, &right->place);
    if (difference)
        return difference;
    g_autofree char *inner = belongings_difference(left, right);
    return inner ? g_strdup_printf("workers[%u].%s", index, inner) : NULL;
}

static char *settings_difference(guint index, const Pool *left, const Pool *right)
{
    SAME_TEXT("pool", id);
    SAME_TEXT("pool", name);
    if (strcmp(zone_name(left->zone), zone_name(right->zone)) != 0)
        return g_strdup("timezone");
    if (strcmp(profile_name(left->profile), profile_name(right->profile)) != 0)
        return g_strdup("rules");
    const GPtrArray *one = profile_overrides(left->profile), *other = profile_overrides(right->profile);
    if (one->len != other->len)
        return g_strdup_printf("number of [rules]: %u / %u", one->len, other->len);
    for (guint number = 0; number < one->len; number++)
        if (strcmp(one->pdata[number], other->pdata[number]) != 0)
            return g_strdup_printf("[rules] %s / %s", (char *)one->pdata[number], (char *)other->pdata[number]);
    for (Price price = 0; price < PRICE_COUNT; price++)
        SAME_NUMBER(price_name(price), prices.of[price]);
    SAME_NUMBER("[service] accept", accept);
    SAME_NUMBER("[service] swaps", swaps);
    return NULL;
}

char *pool_difference(const Pool *left, const Pool *right)
{
    char *settings = settings_difference(0, left, right);
    if (settings)
        return settings;
    SAME_ARRAY(coops, Coop, coop_difference);
    SAME_ARRAY(workers, Worker, worker_difference);
    SAME_ARRAY(shifts, Shift, shift_difference);
    return NULL;
}

static char *assignment_difference(guint index, const Assignment *left, const Assignment *right)
{
    SAME_NUMBER("assignments", shift);
    SAME_NUMBER("assignments", worker);
    SAME_NUMBER("assignments", is_pinned);
    return NULL;
}

static char *roster_difference(guint index, const Roster *left, const Roster *right)
{
    SAME_NUMBER("rosters", week.monday);
    SAME_NUMBER("rosters", state);
    SAME_ARRAY(assignments, Assignment, assignment_difference);
    return NULL;
}

char *rosters_difference(const GPtrArray *left, const GPtrArray *right)
{
    if (left->len != right->len)
        return g_strdup_printf("number of rosters: %u / %u", left->len, right->len);
    for (guint number = 0; number < left->len; number++) {
        char *difference = roster_difference(number, left->pdata[number], right->pdata[number]);
        if (difference)
            return difference;
    }
    return NULL;
}
