#include "rooster/profile.h"

#include "rooster/hint.h"

#include <string.h>

G_DEFINE_QUARK(rooster-profile-error-quark, profile_error)

typedef struct Edition {
    Day from;
    RuleNumbers law;     /* as the profile's data say */
    RuleNumbers numbers; /* with the pool's overrides */
} Edition;

struct RuleProfile {
    char *name;
    GArray *editions; /* of Edition, by date; at least one */
    GPtrArray *overrides;
    DayRules day_rules;
    gboolean week_starts_sunday;
};

/* What a pool may do to a number. */
typedef enum Freedom {
    LOWER,  /* a limit: less is stricter */
    HIGHER, /* a demand: more is stricter */
    EITHER, /* an agreement, not law */
    FIXED   /* it says what a duty, a night, a series is: neither way is stricter under every rule */
} Freedom;

static const struct {
    const char *name;
    size_t offset;
    Freedom freedom;
    int least; /* that makes sense */
} number_table[] = {
#define NUMBER(name, freedom, least)                                                                                   \
    {                                                                                                                  \
#name, offsetof(RuleNumbers, name), freedom, least                                                             \
    }
    /* A longer gap joins more pieces: the duty is longer, but a rest that was too short is no rest any more. */
    NUMBER(duty_gap, FIXED, 0),
    NUMBER(break_piece, HIGHER, 0),
    NUMBER(duty_work, LOWER, 0),
    NUMBER(duty_span, LOWER, 0),
    NUMBER(daily_rest, HIGHER, 0),
    NUMBER(week, LOWER, 0),
    NUMBER(four_weeks, LOWER, 0),
    NUMBER(sixteen_weeks, LOWER, 0),
    /* A longer one makes stretches longer, but also lets a run of nights go on (ATW 5:8(5)); lower `stretch` instead.
     */
    NUMBER(weekly_rest, FIXED, 0),
    NUMBER(stretch, LOWER, 0),
    /* With fewer minutes more duties are nights, and a run of nights that ended too early goes on. */
    NUMBER(night_minutes, FIXED, 0),
    NUMBER(night_work, LOWER, 0),
    NUMBER(night_rest, HIGHER, 0),
    NUMBER(night_run, LOWER, 1),
    NUMBER(night_run_rest, HIGHER, 0),
    NUMBER(series_duties, LOWER, 1),
    NUMBER(nights_16_weeks, LOWER, 0),
    NUMBER(many_nights, LOWER, 0),
    NUMBER(many_nights_hours, LOWER, 0),
    NUMBER(sundays_52_weeks, LOWER, 0),
    NUMBER(break_over, LOWER, 0),
    NUMBER(break_need, HIGHER, 0),
    NUMBER(long_break_over, LOWER, 0),
    NUMBER(long_break_need, HIGHER, 0),
    NUMBER(youth_age, HIGHER, 0),
    NUMBER(least_age, HIGHER, 0),
    NUMBER(youth_duty, LOWER, 0),
    NUMBER(youth_week, LOWER, 0),
    NUMBER(youth_four_weeks, LOWER, 0),
    NUMBER(youth_rest, HIGHER, 0),
    NUMBER(youth_break_over, LOWER, 0),
    NUMBER(youth_break_need, HIGHER, 0),
    NUMBER(max_consecutive_days, EITHER, 1),
    NUMBER(max_shifts_per_day, EITHER, 1),
#undef NUMBER
};
#define NUMBERS G_N_ELEMENTS(number_table)
G_STATIC_ASSERT(sizeof(RuleNumbers) == NUMBERS * sizeof(int));

#define NUMBER_MOST (1000 * 7 * 24 * 60) /* minutes; no rule looks further than this */

static int *number_at(RuleNumbers *numbers, guint number)
{
    return (int *)(void *)((char *)numbers + number_table[number].offset);
}

#define INVALID(...) (g_set_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID, __VA_ARGS__), FALSE)

static gboolean number_find(const char *key, guint *number, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (*number = 0; *number < NUMBERS; (*number)++) {
        if (strcmp(number_table[*number].name, key) == 0)
            return TRUE;
        g_ptr_array_add(names, (gpointer)number_table[*number].name);
    }
    g_ptr_array_add(names, (gpointer) "week_start");
    for (const char *const *name = day_rule_keys(); *name; name++)
        g_ptr_array_add(names, (gpointer)*name);
    g_autofree char *hint = hint_format(key, (const char *const *)names->pdata, names->len);
    return INVALID("rule '%s' is unknown, %s", key, hint);
}

static gboolean number_parse(guint number, const char *text, int *value, GError **error)
{
    guint64 parsed;
    if (!g_ascii_string_to_unsigned(text, 10, (guint64)number_table[number].least, NUMBER_MOST, &parsed, NULL))
        return INVALID("rule %s: '%s' is not a whole number between %d and %d", number_table[number].name, text,
                       number_table[number].least, NUMBER_MOST);
    *value = (int)parsed;
    return TRUE;
}

/* --- reading the data */

/* "from 2025-07-01" */
static gboolean edition_date(const char *group, Day *from, GError **error)
{
    if (!g_str_has_prefix(group, "from ") || !day_parse(group + strlen("from "), from, NULL))
        return INVALID("section [%s] is unknown, [from 2026-01-01] would be right", group);
    return TRUE;
}

static gboolean read_edition(RuleProfile *profile, GKeyFile *file, const char *group, GError **error)
{
    const Edition *last =
        profile->editions->len ? &g_array_index(profile->editions, Edition, profile->editions->len - 1) : NULL;
    Edition edition = {0};
    if (!edition_date(group, &edition.from, error))
        return FALSE;
    if (last && edition.from <= last->from)
        return INVALID("section [%s] is not later than the one before it", group);
    if (last)
        edition.law = last->law;
    gboolean is_given[NUMBERS] = {FALSE};
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (char **key = keys; *key; key++) {
        g_autofree char *text = g_key_file_get_value(file, group, *key, NULL);
        guint number;
        if (!number_find(*key, &number, error) || !number_parse(number, text, number_at(&edition.law, number), error))
            return FALSE;
        is_given[number] = TRUE;
    }
    for (guint number = 0; !last && number < NUMBERS; number++)
        if (!is_given[number])
            return INVALID("section [%s] has no %s, the first edition gives every number", group,
                           number_table[number].name);
    edition.numbers = edition.law;
    g_array_append_val(profile->editions, edition);
    return TRUE;
}

static gboolean read_editions(RuleProfile *profile, const char *text, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) fault = NULL;
    if (!g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, &fault))
        return INVALID("%s", fault->message);
    g_autofree char *name = g_key_file_get_value(file, "profile", "name", NULL);
    if (g_strcmp0(name, profile->name) != 0)
        return INVALID("section [profile] has no 'name = %s'", profile->name);
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++)
        if (strcmp(*group, "profile") != 0 && !read_edition(profile, file, *group, error))
            return FALSE;
    if (profile->editions->len == 0)
        return INVALID("there is no edition, a section [from 2026-01-01] would be right");
    return TRUE;
}

RuleProfile *profile_parse(const char *name, const char *text, GError **error)
{
    g_autoptr(RuleProfile) profile = g_new0(RuleProfile, 1);
    profile->name = g_strdup(name);
    profile->editions = g_array_new(FALSE, FALSE, sizeof(Edition));
    profile->overrides = g_ptr_array_new_with_free_func(g_free);
    day_rules_init(&profile->day_rules);
    if (!read_editions(profile, text, error)) {
        g_prefix_error(error, "rule profile %s: ", name);
        return NULL;
    }
    return g_steal_pointer(&profile);
}

extern const char rules_nl_atw[];

static const struct {
    const char *name, *text;
} built_in[] = {{"nl-atw", rules_nl_atw}};

RuleProfile *profile_new(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(built_in)];
    for (guint i = 0; i < G_N_ELEMENTS(built_in); i++) {
        names[i] = built_in[i].name;
        if (strcmp(names[i], name) == 0)
            return profile_parse(name, built_in[i].text, error);
    }
    g_autofree char *hint = hint_format(name, names, G_N_ELEMENTS(built_in));
    g_set_error(error, PROFILE_ERROR, PROFILE_ERROR_UNKNOWN, "rule profile '%s' is unknown, %s", name, hint);
    return NULL;
}

void profile_free(RuleProfile *profile)
{
    if (!profile)
        return;
    g_ptr_array_unref(profile->overrides);
    g_array_unref(profile->editions);
    g_free(profile->name);
    g_free(profile);
}

const char *profile_name(const RuleProfile *profile)
{
    return profile->name;
}

/* --- the pool's [rules] */

static gboolean is_laxer(Freedom freedom, int value, int law)
{
    return (freedom == LOWER && value > law) || (freedom == HIGHER && value < law);
}

static gboolean override_number(RuleProfile *profile, guint number, const char *text, GError **error)
{
    Freedom freedom = number_table[number].freedom;
    int value;
    if (!number_parse(number, text, &value, error))
        return FALSE;
    for (guint i = 0; i < profile->editions->len; i++) {
        int law = *number_at(&g_array_index(profile->editions, Edition, i).law, number);
        if (freedom == FIXED && value != law)
            return INVALID("rule %s: '%s' differs from the law's %d, which a pool cannot change",
                           number_table[number].name, text, law);
        if (is_laxer(freedom, value, law))
            return INVALID("rule %s: '%s' is laxer than the law's %d, %d or %s would be right",
                           number_table[number].name, text, law, law, freedom == LOWER ? "less" : "more");
    }
    for (guint i = 0; i < profile->editions->len; i++)
        *number_at(&g_array_index(profile->editions, Edition, i).numbers, number) = value;
    return TRUE;
}

static gboolean override_week_start(RuleProfile *profile, const char *text, GError **error)
{
    gboolean is_sunday = strcmp(text, "sunday") == 0;
    if (!is_sunday && strcmp(text, "monday") != 0)
        return INVALID("rule week_start: '%s' is neither monday nor sunday", text);
    profile->week_starts_sunday = is_sunday;
    return TRUE;
}

/* Puts "key=value" into the sorted list, in the place of an older value of the key. */
static void note_override(GPtrArray *overrides, const char *key, const char *value)
{
    g_autofree char *prefix = g_strconcat(key, "=", NULL);
    guint place = 0;
    while (place < overrides->len && strncmp(g_ptr_array_index(overrides, place), prefix, strlen(prefix)) < 0)
        place++;
    if (place < overrides->len && g_str_has_prefix(g_ptr_array_index(overrides, place), prefix))
        g_ptr_array_remove_index(overrides, place);
    g_ptr_array_insert(overrides, (int)place, g_strconcat(prefix, value, NULL));
}

gboolean profile_override(RuleProfile *profile, const char *key, const char *value, GError **error)
{
    guint number;
    if (strcmp(key, "week_start") == 0) {
        if (!override_week_start(profile, value, error))
            return FALSE;
    } else if (day_rule_is_key(key) && strcmp(key, "max_consecutive_days") != 0) {
        if (!day_rules_set(&profile->day_rules, key, value, error))
            return FALSE;
    } else if (!number_find(key, &number, error) || !override_number(profile, number, value, error)) {
        return FALSE;
    }
    note_override(profile->overrides, key, value);
    return TRUE;
}

const GPtrArray *profile_overrides(const RuleProfile *profile)
{
    return profile->overrides;
}

/* --- asking */

const RuleNumbers *profile_numbers(const RuleProfile *profile, IsoWeek week)
{
    guint edition = 0;
    while (edition + 1 < profile->editions->len &&
           g_array_index(profile->editions, Edition, edition + 1).from <= week.monday)
        edition++;
    return &g_array_index(profile->editions, Edition, edition).numbers;
}

const DayRules *profile_day_rules(const RuleProfile *profile)
{
    return &profile->day_rules;
}

gboolean profile_fits(const RuleProfile *profile, const DayRules *rules, GError **error)
{
    for (guint i = 0; i < profile->editions->len; i++)
        if (!day_rules_fit(rules, g_array_index(profile->editions, Edition, i).numbers.max_consecutive_days, error))
            return FALSE;
    return TRUE;
}

gboolean profile_week_starts_sunday(const RuleProfile *profile)
{
    return profile->week_starts_sunday;
}

/* A first day of a legal week near 1970-01-01, a Thursday. */
static Day first_legal_day(const RuleProfile *profile)
{
    return profile->week_starts_sunday ? -4 : -3;
}

int profile_legal_week(const RuleProfile *profile, Day day)
{
    Day since = day - first_legal_day(profile);
    return since / 7 - (since % 7 < 0);
}

Day profile_legal_week_first_day(const RuleProfile *profile, int legal_week)
{
    return first_legal_day(profile) + 7 * legal_week;
}
