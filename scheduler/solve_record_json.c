#include "solve_record.h"

#include <jansson.h>
#include <math.h>

enum { RECORD_VERSION = 1, BITS_MOST = 62 };

/* --- writing */

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        g_error("no memory for a solve record"); /* the keys are ours, the values just made */
}

static json_t *price_json(const RecordPrice *price)
{
    json_t *list = json_array();
    json_array_append_new(list, json_string(price->kind));
    json_array_append_new(list, json_string(price->id));
    if (price->certificate)
        json_array_append_new(list, json_string(price->certificate));
    json_array_append_new(list, json_real(isfinite(price->cents) ? price->cents : 0));
    return list;
}

static json_t *line_json(const RecordLine *line)
{
    json_t *list = json_array();
    json_array_append_new(list, json_string(line->worker));
    for (char **shift = line->shifts; *shift; shift++)
        json_array_append_new(list, json_string(*shift));
    return list;
}

static json_t *pin_json(const RecordPin *pin)
{
    json_t *list = json_array();
    json_array_append_new(list, json_string(pin->shift));
    json_array_append_new(list, json_string(pin->worker));
    return list;
}

static json_t *certificate_json(const SolveRecord *record)
{
    json_t *certificate = json_object(), *rows = json_array(), *pairs = json_array();
    for (guint i = 0; i < record->row_prices->len; i++)
        json_array_append_new(rows, json_integer(g_array_index(record->row_prices, gint64, i)));
    for (guint i = 0; i < record->pairs->len; i++) {
        const RecordPair *pair = &g_array_index(record->pairs, RecordPair, i);
        json_t *list = json_array();
        json_array_append_new(list, json_integer(pair->first));
        json_array_append_new(list, json_integer(pair->second));
        json_array_append_new(list, json_integer(pair->price));
        json_array_append_new(pairs, list);
    }
    put(certificate, "bound_cents", json_integer(record->certified_cents));
    put(certificate, "bits", json_integer(record->bits));
    put(certificate, "rows", rows);
    put(certificate, "pairs", pairs);
    return certificate;
}

char *solve_record_to_json(const SolveRecord *record)
{
    json_t *root = json_object(), *pins = json_array(), *prices = json_array(), *lines = json_array();
    g_autofree char *week = iso_week_format(record->week);
    for (guint i = 0; i < record->pins->len; i++)
        json_array_append_new(pins, pin_json(g_ptr_array_index(record->pins, i)));
    for (guint i = 0; i < record->prices->len; i++)
        json_array_append_new(prices, price_json(g_ptr_array_index(record->prices, i)));
    for (guint i = 0; i < record->lines->len; i++)
        json_array_append_new(lines, line_json(g_ptr_array_index(record->lines, i)));
    put(root, "version", json_integer(RECORD_VERSION));
    put(root, "week", json_string(week));
    put(root, "made_s", json_integer(record->made_s));
    put(root, "is_repair", json_boolean(record->is_repair));
    put(root, "revision", json_integer(record->revision));
    put(root, "now_min", json_integer(record->now_min));
    put(root, "fingerprint", json_string(record->fingerprint));
    put(root, "status", json_string(record->status));
    put(root, "cost_cents", json_integer(record->cost_cents));
    put(root, "bound_cents", record->has_bound ? json_integer(record->bound_cents) : json_null());
    put(root, "pins", pins);
    put(root, "prices", prices);
    put(root, "lines", lines);
    put(root, "certificate", record->is_certified ? certificate_json(record) : json_null());
    char *text = json_dumps(root, JSON_COMPACT);
    json_decref(root);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

/* --- reading: what is not as written above makes `fault` the name of the first such place */

typedef struct Reading {
    const char *fault;
} Reading;

static gboolean fail(Reading *reading, const char *where)
{
    reading->fault = reading->fault ? reading->fault : where;
    return FALSE;
}

static const char *text_at(Reading *reading, const json_t *list, size_t index, const char *where)
{
    const char *text = json_string_value(json_array_get(list, index));
    if (!text)
        fail(reading, where);
    return text ? text : "";
}

static int64_t integer_of(Reading *reading, const json_t *value, int64_t low, int64_t high, const char *where)
{
    if (json_is_integer(value) && json_integer_value(value) >= low && json_integer_value(value) <= high)
        return json_integer_value(value);
    fail(reading, where);
    return 0;
}

static int64_t integer(Reading *reading, const json_t *object, const char *key, int64_t low, int64_t high)
{
    return integer_of(reading, json_object_get(object, key), low, high, key);
}

static char *text(Reading *reading, const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (!value)
        fail(reading, key);
    return g_strdup(value ? value : "");
}

static const json_t *list(Reading *reading, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_array(value))
        fail(reading, key);
    return value;
}

static void read_pins(Reading *reading, SolveRecord *record, const json_t *pins)
{
    for (size_t i = 0; i < json_array_size(pins); i++) {
        const json_t *value = json_array_get(pins, i);
        RecordPin *pin = g_new0(RecordPin, 1);
        pin->shift = g_strdup(text_at(reading, value, 0, "pins"));
        pin->worker = g_strdup(text_at(reading, value, 1, "pins"));
        g_ptr_array_add(record->pins, pin);
    }
}

static void read_prices(Reading *reading, SolveRecord *record, const json_t *prices)
{
    for (size_t i = 0; i < json_array_size(prices); i++) {
        const json_t *value = json_array_get(prices, i);
        size_t size = json_array_size(value);
        RecordPrice *price = g_new0(RecordPrice, 1);
        price->kind = record_price_kind(text_at(reading, value, 0, "prices"));
        price->id = g_strdup(text_at(reading, value, 1, "prices"));
        price->certificate = size == 4 ? g_strdup(text_at(reading, value, 2, "prices")) : NULL;
        price->cents = json_number_value(json_array_get(value, size - 1));
        if (!price->kind || size < 3 || size > 4 || !json_is_number(json_array_get(value, size - 1)))
            fail(reading, "prices");
        g_ptr_array_add(record->prices, price);
    }
}

static void read_lines(Reading *reading, SolveRecord *record, const json_t *lines)
{
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *value = json_array_get(lines, i);
        size_t size = json_array_size(value);
        RecordLine *line = g_new0(RecordLine, 1);
        line->worker = g_strdup(text_at(reading, value, 0, "lines"));
        line->shifts = g_new0(char *, MAX(size, 1));
        for (size_t k = 1; k < size; k++)
            line->shifts[k - 1] = g_strdup(text_at(reading, value, k, "lines"));
        g_ptr_array_add(record->lines, line);
    }
}

static void read_certificate(Reading *reading, SolveRecord *record, const json_t *certificate)
{
    if (json_is_null(certificate))
        return;
    const json_t *rows = list(reading, certificate, "rows"), *pairs = list(reading, certificate, "pairs");
    record->is_certified = TRUE;
    record->certified_cents = integer(reading, certificate, "bound_cents", G_MININT64, G_MAXINT64);
    record->bits = (int32_t)integer(reading, certificate, "bits", 0, BITS_MOST);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        gint64 price = integer_of(reading, json_array_get(rows, i), G_MININT64, G_MAXINT64, "rows");
        g_array_append_val(record->row_prices, price);
    }
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *value = json_array_get(pairs, i);
        RecordPair pair = {(int32_t)integer_of(reading, json_array_get(value, 0), 0, G_MAXINT32, "pairs"),
                           (int32_t)integer_of(reading, json_array_get(value, 1), 0, G_MAXINT32, "pairs"),
                           integer_of(reading, json_array_get(value, 2), G_MININT64, G_MAXINT64, "pairs")};
        g_array_append_val(record->pairs, pair);
    }
}

static void read_record(Reading *reading, SolveRecord *record, const json_t *root)
{
    g_autofree char *week = text(reading, root, "week");
    if (!iso_week_parse(week, &record->week, NULL))
        fail(reading, "week");
    integer(reading, root, "version", RECORD_VERSION, RECORD_VERSION);
    record->made_s = integer(reading, root, "made_s", G_MININT64, G_MAXINT64);
    record->is_repair = json_is_true(json_object_get(root, "is_repair"));
    record->revision = (int)integer(reading, root, "revision", 0, G_MAXINT);
    record->now_min = integer(reading, root, "now_min", -(INT64_C(1) << 40), INT64_C(1) << 40);
    record->fingerprint = text(reading, root, "fingerprint");
    record->status = text(reading, root, "status");
    record->cost_cents = integer(reading, root, "cost_cents", G_MININT64, G_MAXINT64);
    record->has_bound = !json_is_null(json_object_get(root, "bound_cents"));
    if (record->has_bound)
        record->bound_cents = integer(reading, root, "bound_cents", G_MININT64, G_MAXINT64);
    read_pins(reading, record, list(reading, root, "pins"));
    read_prices(reading, record, list(reading, root, "prices"));
    read_lines(reading, record, list(reading, root, "lines"));
    read_certificate(reading, record, json_object_get(root, "certificate"));
}

SolveRecord *solve_record_from_json(const char *json, GError **error)
{
    json_error_t cause;
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &cause);
    if (!root) {
        g_set_error(error, SOLVE_RECORD_ERROR, SOLVE_RECORD_ERROR_UNREADABLE, "the record of the solve is no JSON: %s",
                    cause.text);
        return NULL;
    }
    Reading reading = {NULL};
    SolveRecord *record = solve_record_new();
    read_record(&reading, record, root);
    json_decref(root);
    if (reading.fault) {
        g_set_error(error, SOLVE_RECORD_ERROR, SOLVE_RECORD_ERROR_UNREADABLE,
                    "the record of the solve is not understood: %s", reading.fault);
        g_clear_pointer(&record, solve_record_free);
    }
    return record;
}
