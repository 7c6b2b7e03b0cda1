/*
 * Time cards of the SETU standard for reporting time and expenses, version 2.0: what a hirer and a lender exchange.
 *
 * HT100 is regular time. The standard's rates are the coop's, to be billed. The break that the Wtta asks to be
 * registered is told in the second of the standard's two ways, as the time between start and end that timeTotal leaves
 * out: its own times, which the first way (HT400) needs, nobody registers here.
 *
 * Source: SETU's usage note "Pay rates and time intervals" of Purchase to Pay 2.0
 * (github.com/setu-standards/documentation), whose rules tests/e2e/11_hours.py holds each card against: timeTotal is
 * hours as a number, at most two payRates, one for billing and one for paying. The JSON schema itself is published in
 * Semantic Treehouse alone and was not to be had here; what stands around the intervals (documentId, supplier,
 * customer, person, comment) is by the names of that model and not validated.
 */
#include "json_put.h"
#include "rooster/hours_export.h"

#include <math.h>
#include <stdlib.h>

static json_t *identifier(const char *value)
{
    json_t *object = json_object();
    json_put(object, "value", json_text(value));
    json_put(object, "schemeAgencyId", json_text("Supplier"));
    return object;
}

static json_t *identifiers(const char *value)
{
    json_t *list = json_array();
    json_array_append_new(list, identifier(value));
    return list;
}

static json_t *value_of(const char *value)
{
    json_t *object = json_object();
    json_put(object, "value", json_text(value));
    return object;
}

/* In hours, to four places; what takes back is negative. */
static json_t *hours_of(int64_t minutes)
{
    double places = (double)DECIMAL_ONE;
    return json_real(round((double)minutes * places / 60) / places);
}

static json_t *rates(const Coop *coop)
{
    json_t *list = json_array(), *rate = json_object(), *amount = json_object();
    json_put(amount, "value", json_real((double)coop->rate / DECIMAL_ONE));
    json_put(amount, "currency", value_of("EUR"));
    json_put(rate, "amount", amount);
    json_put(rate, "intervalCode", value_of("HourlyConsolidated"));
    json_put(rate, "multiplier", json_integer(100));
    json_put(rate, "toBeBilled", json_true());
    json_put(rate, "toBePaid", json_false());
    json_array_append_new(list, rate);
    return list;
}

static char *comment_of(const WorkedEntry *entry)
{
    const char *reason = worked_reason_name(entry->reason);
    return *entry->note ? g_strdup_printf("%s: %s", reason, entry->note) : g_strdup(reason);
}

static json_t *interval(const Pool *pool, const WorkedEntry *entry)
{
    json_t *object = json_object(), *period = json_object(), *span = json_object(), *comment = json_object();
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, entry->entry);
    g_autofree char *day = day_format(zone_day(pool->zone, entry->start_min));
    guint coop, shift;
    json_put(object, "id", identifier(id));
    json_put(object, "referenceNumber", json_text(entry->shift));
    json_put(object, "typeCode", value_of("HT100"));
    json_put_taken(span, "start", utc_format(entry->start_min));
    json_put_taken(span, "end", utc_format(entry->end_min));
    json_put(period, "dateTimePeriod", span);
    json_put(object, "period", period);
    json_put(object, "timeTotal", hours_of(entry->paid_min));
    if (pool_find_coop(pool, entry->coop, &coop))
        json_put(object, "payRates", rates(pool_coop(pool, coop)));
    if (pool_find_shift(pool, entry->shift, &shift) && *pool_shift(pool, shift)->role) {
        json_t *centre = json_object();
        json_put(centre, "code", json_text(pool_shift(pool, shift)->role));
        json_put(object, "costCenter", centre);
    }
    json_put(object, "dayAssignment", json_text(day));
    json_put_taken(comment, "note", comment_of(entry));
    json_put(object, "comment", comment);
    return object;
}

static json_t *card_new(const Pool *pool, const WorkedEntry *entry, HoursPeriod period)
{
    json_t *card = json_object(), *supplier = json_object(), *customer = json_object(), *person = json_object();
    json_t *span = json_object(), *dates = json_object();
    g_autofree char *first = day_format(period.first);
    g_autofree char *last = day_format(period.after - 1);
    g_autofree char *id = g_strdup_printf("%s/%s/%s/%s", pool->id, entry->coop, entry->worker, first);
    guint worker;
    json_put(card, "documentId", identifier(id));
    json_put(supplier, "id", identifiers(pool->id));
    json_put(card, "supplier", supplier);
    json_put(customer, "id", identifiers(entry->coop));
    json_put(card, "customer", customer);
    json_put(person, "id", identifiers(entry->worker));
    if (pool_find_worker(pool, entry->worker, &worker) && *pool_worker(pool, worker)->name) {
        json_t *name = json_object();
        json_put(name, "formattedName", json_text(pool_worker(pool, worker)->name));
        json_put(person, "name", name);
    }
    json_put(card, "person", person);
    json_put(dates, "start", json_text(first));
    json_put(dates, "end", json_text(last));
    json_put(span, "datePeriod", dates);
    json_put(card, "period", span);
    json_put(card, "timeInterval", json_array());
    return card;
}

char *hours_timecards(const Pool *pool, const GPtrArray *entries, HoursPeriod period)
{
    json_t *cards = json_array();
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        if (entry->is_disputed || !*entry->coop) /* not agreed on; not the coop's */
            continue;
        char *key = g_strdup_printf("%s/%s", entry->coop, entry->worker);
        json_t *card = g_hash_table_lookup(known, key);
        if (!card) {
            card = card_new(pool, entry, period);
            json_array_append_new(cards, card);
            g_hash_table_insert(known, key, card);
        } else {
            g_free(key);
        }
        json_array_append_new(json_object_get(card, "timeInterval"), interval(pool, entry));
    }
    char *text = json_dumps(cards, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    char *copy = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(cards);
    return copy;
}
