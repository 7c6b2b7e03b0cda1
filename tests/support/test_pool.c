#include "test_pool.h"

#include "test_span.h"

#include <stdlib.h>
#include <string.h>

#define LAWFUL_BREAK 45

static const char *const worker_ids[] = {"w", "v", "u"};
static const char *const coop_ids[] = {"A", "B"};

typedef struct Option {
    guint worker; /* whom it is about */
    char *word, *text;
} Option;

static void option_clear(gpointer data)
{
    Option *option = data;
    g_free(option->word);
    g_free(option->text);
}

/* "v: born 2009-12-02; week 2026-W43" */
static GArray *options_read(const char *around)
{
    GArray *options = g_array_new(FALSE, FALSE, sizeof(Option));
    g_array_set_clear_func(options, option_clear);
    g_auto(GStrv) items = g_strsplit(around ? around : "", ";", -1);
    for (char **item = items; *item; item++) {
        Option option = {0};
        char *text = g_strstrip(*item);
        for (guint worker = 0; worker < G_N_ELEMENTS(worker_ids); worker++)
            if (text[0] == worker_ids[worker][0] && text[1] == ':') {
                option.worker = worker;
                text = g_strchug(text + 2);
            }
        if (!*text)
            continue;
        g_auto(GStrv) parts = g_strsplit(text, " ", 2);
        option.word = g_strdup(parts[0]);
        option.text = g_strdup(parts[1] ? parts[1] : "");
        g_array_append_val(options, option);
    }
    return options;
}

static void must(gboolean is_done, const Option *option, GError *error)
{
    if (!is_done)
        g_error("option '%s %s': %s", option->word, option->text, error ? error->message : "not understood");
}

/* "key=value key=value" */
static void set_all(const Option *option,
                    gboolean (*set)(gpointer target, const char *key, const char *value, GError **error),
                    gpointer target)
{
    g_auto(GStrv) settings = g_strsplit(option->text, " ", -1);
    for (char **setting = settings; *setting; setting++) {
        g_auto(GStrv) pair = g_strsplit(*setting, "=", 2);
        g_autoptr(GError) error = NULL;
        must(set(target, pair[0], pair[1] ? pair[1] : "", &error), option, error);
    }
}

static gboolean set_rule(gpointer profile, const char *key, const char *value, GError **error)
{
    g_autofree char *list = g_strdelimit(g_strdup(value), ",", ';'); /* an option ends at a semicolon */
    return profile_override(profile, key, list, error);
}

static gboolean set_price(gpointer prices, const char *key, const char *value, GError **error)
{
    return prices_set(prices, key, value, error);
}

static Decimal decimal(const Option *option, const char *text)
{
    Decimal value = 0;
    must(text && decimal_parse(text, &value), option, NULL);
    return value;
}

static Place place(const char *latitude, const char *longitude)
{
    return (Place){g_ascii_strtod(latitude, NULL), g_ascii_strtod(longitude, NULL), TRUE};
}

static Day date(const Option *option, const char *text)
{
    Day day = 0;
    must(text && day_parse(text, &day, NULL), option, NULL);
    return day;
}

/* --- before there is a pool */

static Pool *new_pool(const GArray *options, IsoWeek *week)
{
    RuleProfile *profile = profile_new("nl-atw", NULL);
    Prices prices = prices_default();
    iso_week_parse("2026-W49", week, NULL);
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        if (strcmp(option->word, "week") == 0)
            must(iso_week_parse(option->text, week, NULL), option, NULL);
        else if (strcmp(option->word, "rule") == 0)
            set_all(option, set_rule, profile);
        else if (strcmp(option->word, "price") == 0)
            set_all(option, set_price, &prices);
    }
    return pool_new("test", "Test", zone_new("Europe/Amsterdam", NULL), profile, &prices);
}

/* Rules of workers: "own min_days_off=2". */
typedef struct Owner {
    Pool *pool;
    guint worker;
} Owner;

static gboolean set_own_rule(gpointer target, const char *key, const char *value, GError **error)
{
    const Owner *owner = target;
    g_autofree char *list = g_strdelimit(g_strdup(value), ",", ';');
    return pool_add_worker_rule(owner->pool, owner->worker, &(WorkerRule){key, list}, error);
}

static void add_coops(Pool *pool, const GArray *options)
{
    for (guint coop = 0; coop < G_N_ELEMENTS(coop_ids); coop++) {
        Coop added = {.id = coop_ids[coop]};
        for (guint i = 0; i < options->len; i++) {
            const Option *option = &g_array_index(options, Option, i);
            g_auto(GStrv) words = g_strsplit(option->text, " ", -1);
            if (strcmp(option->word, "site") == 0 && g_strcmp0(words[0], added.id) == 0)
                added.place = place(words[1], words[2]);
        }
        pool_add_coop(pool, &added, NULL, NULL);
    }
}

static void describe_worker(Worker *worker, const Option *option)
{
    g_auto(GStrv) words = g_strsplit(option->text, " ", -1);
    if (strcmp(option->word, "born") == 0) {
        worker->birth = date(option, option->text);
    } else if (strcmp(option->word, "hours") == 0) {
        worker->contract_min = decimal(option, words[0]);
        worker->contract_max = decimal(option, words[1]);
    } else if (strcmp(option->word, "pay") == 0) {
        worker->hourly_cost = decimal(option, words[0]);
    } else if (strcmp(option->word, "home") == 0) {
        worker->place = place(words[0], words[1]);
    }
}

static void add_workers(Pool *pool, const GArray *options)
{
    for (guint worker = 0; worker < G_N_ELEMENTS(worker_ids); worker++) {
        Worker added = {.id = worker_ids[worker],
                        .birth = day_from_civil(1990, 1, 1),
                        .contract_max = 60 * DECIMAL_ONE,
                        .hourly_cost = 20 * DECIMAL_ONE};
        for (guint i = 0; i < options->len; i++)
            if (g_array_index(options, Option, i).worker == worker)
                describe_worker(&added, &g_array_index(options, Option, i));
        pool_add_worker(pool, &added, NULL, NULL);
        for (guint i = 0; i < options->len; i++) {
            const Option *option = &g_array_index(options, Option, i);
            if (option->worker == worker && strcmp(option->word, "own") == 0)
                set_all(option, set_own_rule, &(Owner){pool, worker});
        }
    }
}

/* --- shifts */

void test_pool_add_shift(Pool *pool, const Shift *shift, guint *index)
{
    Shift lawful = *shift;
    g_autoptr(GError) error = NULL;
    guint added;
    if (shift->end_min - shift->start_min > LAWFUL_BREAK)
        lawful.break_min = MAX(shift->break_min, LAWFUL_BREAK);
    if (!pool_add_shift(pool, &lawful, &added, &error))
        g_error("shift %s: %s", shift->id, error->message);
    pool_shift(pool, added)->break_min = shift->break_min;
    if (index)
        *index = added;
}

/* "[X;Y]" or "{BHV}" */
static const char **bracketed(Pool *pool, const char *token)
{
    g_autofree char *list = g_strndup(token + 1, strlen(token) - 2);
    return pool_string_list(pool, list);
}

/* The words behind the span, up to the colon; *people is set to what follows it. */
static void describe_shift(Pool *pool, Shift *shift, const char *text, char **people)
{
    g_auto(GStrv) halves = g_strsplit(text, ":", 2);
    g_auto(GStrv) tokens = g_strsplit(halves[0] ? halves[0] : "", " ", -1);
    *people = halves[0] && halves[1] ? g_strdup(halves[1]) : NULL;
    for (char **token = tokens; *token; token++) {
        gboolean is_known = TRUE;
        if (**token == '+')
            shift->break_min = (int32_t)strtol(*token, NULL, 10);
        else if (**token == '@')
            is_known = pool_find_coop(pool, *token + 1, &shift->coop);
        else if (**token == 'x')
            shift->headcount = (int32_t)strtol(*token + 1, NULL, 10);
        else if (**token == '[')
            shift->certificates = bracketed(pool, *token);
        else if (**token == '{')
            shift->team_certificates = bracketed(pool, *token);
        else if (**token == '!')
            is_known = priority_parse(*token + 1, &shift->priority);
        else
            is_known = **token == '\0';
        if (!is_known)
            g_error("'%s' says nothing about a shift", *token);
    }
}

static void assign(const Pool *pool, Roster *roster, guint shift, const char *people)
{
    g_auto(GStrv) ids = g_strsplit(people, " ", -1);
    for (char **id = ids; *id; id++) {
        guint worker;
        if (!**id || strcmp(*id, "-") == 0)
            continue;
        if (!pool_find_worker(pool, *id, &worker))
            g_error("'%s' is no worker", *id);
        roster_add(roster, shift, worker, FALSE);
    }
}

static void add_planned(Pool *pool, Roster *roster, const char *planned)
{
    char id[] = "a";
    g_auto(GStrv) items = g_strsplit(planned, ",", -1);
    for (char **item = items; *item; item++) {
        if (!*g_strstrip(*item))
            continue;
        g_autofree char *words = NULL, *people = NULL;
        g_autoptr(GArray) spans = test_spans(pool->zone, roster->week.monday, *item, &words);
        Shift shift = {.headcount = 1, .priority = PRIORITY_NORMAL};
        describe_shift(pool, &shift, words, &people);
        for (guint i = 0; i < spans->len; i++, id[0]++) {
            guint added;
            shift.id = id;
            shift.start_min = g_array_index(spans, TestSpan, i).start_min;
            shift.end_min = g_array_index(spans, TestSpan, i).end_min;
            test_pool_add_shift(pool, &shift, &added);
            if (pool_shift(pool, added)->week.monday != roster->week.monday)
                g_error("'%s' is not in the judged week", *item);
            assign(pool, roster, added, people ? people : "w");
        }
    }
}

/* --- what is around the week */

static Roster *published_roster(TestPool *test, IsoWeek week)
{
    for (guint i = 0; i < test->published->len; i++) {
        Roster *roster = g_ptr_array_index(test->published, i);
        if (roster->week.monday == week.monday)
            return roster;
    }
    Roster *roster = roster_new(week, ROSTER_PUBLISHED, 1);
    g_ptr_array_add(test->published, roster);
    return roster;
}

static void add_elsewhere(TestPool *test, const Option *option, const GArray *spans, Shift shift)
{
    for (guint i = 0; i < spans->len; i++) {
        g_autofree char *id = g_strdup_printf("elsewhere%u", test->pool->shifts->len);
        guint added;
        shift.id = id;
        shift.start_min = g_array_index(spans, TestSpan, i).start_min;
        shift.end_min = g_array_index(spans, TestSpan, i).end_min;
        test_pool_add_shift(test->pool, &shift, &added);
        roster_add(published_roster(test, pool_shift(test->pool, added)->week), added, option->worker, FALSE);
    }
}

static void add_history(Pool *pool, const Option *option, const GArray *spans, const Shift *shift)
{
    gboolean is_credited = strcmp(option->word, "credited") == 0;
    for (guint i = 0; i < spans->len; i++) {
        const TestSpan *span = &g_array_index(spans, TestSpan, i);
        HistoryPiece piece = {is_credited ? "" : pool_coop(pool, shift->coop)->id, span->start_min, span->end_min,
                              shift->break_min};
        g_autoptr(GError) error = NULL;
        must(pool_add_history(pool, option->worker, &piece, &error), option, error);
    }
}

static void add_certificate(Pool *pool, const Option *option)
{
    g_auto(GStrv) words = g_strsplit(option->text, " ", -1);
    Certificate held = {words[0], DAY_MIN, DAY_MAX, CERTIFICATE_HOLDER};
    for (char **word = words + 1; *word; word++) {
        if (strcmp(*word, "learner") == 0)
            held.level = CERTIFICATE_LEARNER;
        else if (strcmp(*word, "from") == 0)
            held.valid_from = date(option, *++word);
        else if (strcmp(*word, "until") == 0)
            held.valid_until = date(option, *++word);
        else
            must(FALSE, option, NULL);
    }
    g_autoptr(GError) error = NULL;
    must(pool_add_certificate(pool, option->worker, &held, &error), option, error);
}

static void add_wish(Pool *pool, const Option *option)
{
    g_auto(GStrv) words = g_strsplit(option->text, " ", 2);
    Preference preference;
    must(preference_kind_parse(words[0], &preference.kind) && pool_find_coop(pool, words[1], &preference.coop), option,
         NULL);
    pool_add_preference(pool, option->worker, &preference, NULL);
}

static void add_around(TestPool *test, const Option *option, Day monday)
{
    static const char *const known[] = {"week", "rule", "price",     "site", "born", "hours",
                                        "pay",  "home", "published", "now",  "own"};
    WindowKind kind;
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(option->word, known[i]) == 0)
            return;
    if (strcmp(option->word, "holds") == 0) {
        add_certificate(test->pool, option);
        return;
    }
    if (strcmp(option->word, "wish") == 0) {
        add_wish(test->pool, option);
        return;
    }
    g_autofree char *words = NULL, *people = NULL;
    g_autoptr(GArray) spans = test_spans(test->pool->zone, monday, option->text, &words);
    Shift shift = {.headcount = 1, .priority = PRIORITY_NORMAL};
    describe_shift(test->pool, &shift, words, &people);
    if (strcmp(option->word, "elsewhere") == 0) {
        add_elsewhere(test, option, spans, shift);
    } else if (strcmp(option->word, "history") == 0 || strcmp(option->word, "credited") == 0) {
        add_history(test->pool, option, spans, &shift);
    } else {
        must(window_kind_parse(option->word, &kind), option, NULL);
        Window window = {g_array_index(spans, TestSpan, 0).start_min, g_array_index(spans, TestSpan, 0).end_min, kind};
        pool_add_window(test->pool, option->worker, &window, NULL);
    }
}

/* "a b! c:v" */
static void publish(TestPool *test, const Option *option, IsoWeek week)
{
    Roster *roster = published_roster(test, week);
    g_auto(GStrv) items = g_strsplit(option->text, " ", -1);
    for (char **item = items; *item; item++) {
        gboolean is_pinned = g_str_has_suffix(*item, "!");
        if (is_pinned)
            (*item)[strlen(*item) - 1] = '\0';
        g_auto(GStrv) pair = g_strsplit(*item, ":", 2);
        guint shift = 0, worker = 0;
        must(pool_find_shift(test->pool, pair[0], &shift) &&
                 pool_find_worker(test->pool, pair[0] && pair[1] ? pair[1] : "w", &worker),
             option, NULL);
        roster_add(roster, shift, worker, is_pinned);
    }
}

TestPool *test_pool_new(const char *planned, const char *around)
{
    TestPool *test = g_new0(TestPool, 1);
    g_autoptr(GArray) options = options_read(around);
    IsoWeek week;
    test->pool = new_pool(options, &week);
    test->published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    test->roster = roster_new(week, ROSTER_DRAFT, 0);
    add_coops(test->pool, options);
    add_workers(test->pool, options);
    add_planned(test->pool, test->roster, planned);
    for (guint i = 0; i < options->len; i++)
        add_around(test, &g_array_index(options, Option, i), week.monday);
    pool_close(test->pool);
    const char *now = NULL;
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        if (strcmp(option->word, "published") == 0)
            publish(test, option, week);
        else if (strcmp(option->word, "now") == 0)
            now = option->text;
    }
    test->week = week_new(test->pool, week, test->published);
    if (now)
        week_set_repair(test->week, test_instant(test->pool->zone, week.monday, now));
    return test;
}

void test_pool_free(TestPool *test)
{
    if (!test)
        return;
    week_free(test->week);
    roster_free(test->roster);
    g_ptr_array_unref(test->published);
    pool_free(test->pool);
    g_free(test);
}
