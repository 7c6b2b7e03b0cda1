#include "pool_ini.h"
#include "fault.h"
#include "pool_columns.h"

#include <string.h>

#define DEFAULT_ZONE    "Europe/Amsterdam"
#define DEFAULT_PROFILE "nl-atw"

static const char *const section_names[] = {"pool", "rules", "prices", "service", NULL};
static const char *const service_keys[] = {"accept", "swaps", NULL};
static const char *const pool_keys[] = {"id", "name", "timezone", "rules", NULL};

typedef struct IniEntry {
    const char *section; /* of section_names */
    char *key, *value;
    guint line;
} IniEntry;

static void ini_entry_free(IniEntry *entry)
{
    g_free(entry->key);
    g_free(entry->value);
    g_free(entry);
}

/* --- lines */

typedef struct IniReader {
    guint line;
    const char *section;
    GHashTable *seen;   /* "section" or "section.key" -> line */
    GPtrArray *entries; /* of IniEntry */
} IniReader;

/* Remembers a section, or a key of the section; each may be there once. */
static gboolean is_new(IniReader *reader, const char *section, const char *key, GError **error)
{
    g_autofree char *name = g_strconcat(section, key ? "." : NULL, key, NULL);
    guint first = GPOINTER_TO_UINT(g_hash_table_lookup(reader->seen, name));
    if (first != 0)
        return fault_set(error, POOL_INI, reader->line, "%s %s: is there twice, first in line %u",
                         key ? "key" : "section", key ? key : section, first);
    g_hash_table_insert(reader->seen, g_steal_pointer(&name), GUINT_TO_POINTER(reader->line));
    return TRUE;
}

/* `text` after its opening quote: the value up to the closing one, in place; what follows in *rest. */
static gboolean unquote(char *text, char **rest)
{
    char *to = text;
    for (char *from = text; *from; from++) {
        if (*from == '"' && from[1] != '"') {
            *rest = from + 1;
            *to = '\0';
            return TRUE;
        }
        if (*from == '"')
            from++;
        *to++ = *from;
    }
    return FALSE;
}

/* A comment needs a blank before it, so that "De Werker;West" is a name. */
static void cut_comment(char *text)
{
    for (char *c = text; *c; c++)
        if (*c == ';' && (c == text || g_ascii_isspace(c[-1]))) {
            *c = '\0';
            return;
        }
}

static gboolean read_value(const IniReader *reader, char *text, char **value, GError **error)
{
    g_strstrip(text);
    if (*text != '"') {
        cut_comment(text);
        *value = g_strdup(g_strchomp(text));
        return TRUE;
    }
    char *rest;
    if (!unquote(text + 1, &rest))
        return fault_set(error, POOL_INI, reader->line, "the value has no closing quote");
    g_strstrip(rest);
    if (*rest != '\0' && *rest != ';')
        return fault_set(error, POOL_INI, reader->line, "'%s' after the closing quote, only a comment may follow",
                         rest);
    *value = g_strdup(text + 1);
    return TRUE;
}

static gboolean read_section(IniReader *reader, char *text, GError **error)
{
    cut_comment(text);
    g_strchomp(text);
    gsize length = strlen(text);
    if (text[length - 1] != ']')
        return fault_set(error, POOL_INI, reader->line, "'%s' is not a section like [pool]", text);
    text[length - 1] = '\0';
    const char *name = text + 1;
    for (guint known = 0; section_names[known]; known++)
        if (strcmp(section_names[known], name) == 0) {
            reader->section = section_names[known];
            return is_new(reader, name, NULL, error);
        }
    g_autofree char *hint = fault_hint(name, section_names);
    return fault_set(error, POOL_INI, reader->line, "section '%s' is unknown%s", name, hint);
}

static gboolean read_entry(IniReader *reader, char *text, GError **error)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return fault_set(error, POOL_INI, reader->line, "'%s' is neither [section] nor key = value", text);
    if (!reader->section)
        return fault_set(error, POOL_INI, reader->line, "'%s' stands before the first section, [pool] would be right",
                         text);
    *equals = '\0';
    g_strchomp(text);
    g_autofree char *value = NULL;
    if (!is_new(reader, reader->section, text, error) || !read_value(reader, equals + 1, &value, error))
        return FALSE;
    if (*value == '\0')
        return fault_set(error, POOL_INI, reader->line, "key %s: is empty, without the line its default holds", text);
    for (const char *c = value; *c; c++)
        if (g_ascii_iscntrl(*c))
            return fault_set(error, POOL_INI, reader->line, "key %s: has a control character", text);
    IniEntry *entry = g_new0(IniEntry, 1);
    *entry = (IniEntry){reader->section, g_strdup(text), g_steal_pointer(&value), reader->line};
    g_ptr_array_add(reader->entries, entry);
    return TRUE;
}

static gboolean read_line(IniReader *reader, char *text, GError **error)
{
    if (!g_utf8_validate(text, -1, NULL))
        return fault_set(error, POOL_INI, reader->line, "the line is not UTF-8, save the file as UTF-8");
    g_strstrip(text);
    if (*text == '\0' || *text == ';' || *text == '#')
        return TRUE;
    return *text == '[' ? read_section(reader, text, error) : read_entry(reader, text, error);
}

/* Of IniEntry, in the order of the file; NULL on a fault. */
static GPtrArray *read_entries(GBytes *bytes, GError **error)
{
    gsize size;
    const char *start = g_bytes_get_data(bytes, &size);
    const char *zero = size > 0 ? memchr(start, '\0', size) : NULL;
    if (zero) {
        guint line = 1;
        for (const char *c = start; c < zero; c++)
            line += *c == '\n';
        fault_set(error, POOL_INI, line, "a zero byte is not text, save the file as UTF-8");
        return NULL;
    }
    g_autofree char *text = g_strndup(start ? start : "", size);
    g_auto(GStrv) lines = g_strsplit(g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)ini_entry_free);
    IniReader reader = {.seen = seen, .entries = entries};
    for (char **line = lines; *line; line++) {
        reader.line++;
        if (!read_line(&reader, *line, error))
            return NULL;
    }
    return g_steal_pointer(&entries);
}

/* --- settings */

typedef struct PoolSettings {
    const char *id, *name;
    Zone *zone;
    RuleProfile *profile;
    Prices prices;
    Accept accept, swaps;
} PoolSettings;

static void pool_settings_clear(PoolSettings *settings)
{
    zone_free(settings->zone);
    profile_free(settings->profile);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PoolSettings, pool_settings_clear)

static gboolean set_identity(PoolSettings *settings, const IniEntry *entry, GError **error)
{
    GError *reason = NULL;
    const char *value = entry->value;
    if (strcmp(entry->key, "id") == 0) {
        settings->id = value;
        return id_is_valid(value) ||
               fault_set(error, POOL_INI, entry->line, "key id: '%s' is not an id, %s would be right", value, ID_RULE);
    }
    if (strcmp(entry->key, "name") == 0) {
        settings->name = value;
        return TRUE;
    }
    if (strcmp(entry->key, "timezone") == 0) {
        settings->zone = zone_new(value, &reason);
        return settings->zone || fault_from(error, POOL_INI, entry->line, reason);
    }
    if (strcmp(entry->key, "rules") == 0) {
        settings->profile = profile_new(value, &reason);
        return settings->profile || fault_from(error, POOL_INI, entry->line, reason);
    }
    g_autofree char *hint = fault_hint(entry->key, pool_keys);
    return fault_set(error, POOL_INI, entry->line, "key '%s' is unknown in [pool]%s", entry->key, hint);
}

static gboolean set_rule(PoolSettings *settings, const IniEntry *entry, GError **error)
{
    GError *reason = NULL;
    return profile_override(settings->profile, entry->key, entry->value, &reason) ||
           fault_from(error, POOL_INI, entry->line, reason);
}

static gboolean set_price(PoolSettings *settings, const IniEntry *entry, GError **error)
{
    GError *reason = NULL;
    return prices_set(&settings->prices, entry->key, entry->value, &reason) ||
           fault_from(error, POOL_INI, entry->line, reason);
}

static gboolean set_service(PoolSettings *settings, const IniEntry *entry, GError **error)
{
    Accept *choice = strcmp(entry->key, "accept") == 0  ? &settings->accept
                     : strcmp(entry->key, "swaps") == 0 ? &settings->swaps
                                                        : NULL;
    if (!choice) {
        g_autofree char *hint = fault_hint(entry->key, service_keys);
        return fault_set(error, POOL_INI, entry->line, "key '%s' is unknown in [service]%s", entry->key, hint);
    }
    return accept_parse(entry->value, choice) ||
           fault_set(error, POOL_INI, entry->line, "key %s: '%s' is none, ask or auto would be right", entry->key,
                     entry->value);
}

/* Sets the keys of one section. *line: the last line that set something. */
static gboolean set_section(PoolSettings *settings, const GPtrArray *entries, const char *section,
                            gboolean (*set)(PoolSettings *, const IniEntry *, GError **), guint *line, GError **error)
{
    for (guint number = 0; number < entries->len; number++) {
        const IniEntry *entry = entries->pdata[number];
        if (strcmp(entry->section, section) != 0)
            continue;
        *line = entry->line;
        if (!set(settings, entry, error))
            return FALSE;
    }
    return TRUE;
}

Pool *pool_ini_read(GBytes *bytes, GError **error)
{
    g_autoptr(GPtrArray) entries = read_entries(bytes, error);
    if (!entries)
        return NULL;
    guint line = 0;
    g_auto(PoolSettings) settings = {.prices = prices_default()};
    if (!set_section(&settings, entries, "pool", set_identity, &line, error))
        return NULL;
    if (!settings.id) {
        fault_set(error, POOL_INI, 0, "key id: is missing in [pool]");
        return NULL;
    }
    if ((!settings.zone && !(settings.zone = zone_new(DEFAULT_ZONE, error))) ||
        (!settings.profile && !(settings.profile = profile_new(DEFAULT_PROFILE, error))) ||
        !set_section(&settings, entries, "rules", set_rule, &line, error))
        return NULL;
    GError *reason = NULL;
    if (!profile_fits(settings.profile, profile_day_rules(settings.profile), &reason)) {
        fault_from(error, POOL_INI, line, reason);
        return NULL;
    }
    if (!set_section(&settings, entries, "prices", set_price, &line, error))
        return NULL;
    if (!prices_check(&settings.prices, &reason)) {
        fault_from(error, POOL_INI, line, reason);
        return NULL;
    }
    if (!set_section(&settings, entries, "service", set_service, &line, error))
        return NULL;
    Pool *pool = pool_new(settings.id, settings.name, g_steal_pointer(&settings.zone),
                          g_steal_pointer(&settings.profile), &settings.prices);
    pool->accept = settings.accept;
    pool->swaps = settings.swaps;
    return pool;
}

/* --- writing */

static void write_value(GString *text, const char *key, const char *value)
{
    gboolean is_plain = *value != '"' && !g_ascii_isspace(*value) && !g_ascii_isspace(value[strlen(value) - 1]) &&
                        *value != ';' && !strstr(value, " ;") && !strstr(value, "\t;");
    g_string_append_printf(text, "%s = ", key);
    if (is_plain) {
        g_string_append_printf(text, "%s\n", value);
        return;
    }
    g_auto(GStrv) parts = g_strsplit(value, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    g_string_append_printf(text, "\"%s\"\n", doubled);
}

char *pool_ini_write(const Pool *pool)
{
    GString *text = g_string_new("[pool]\n");
    write_value(text, "id", pool->id);
    write_value(text, "name", pool->name);
    write_value(text, "timezone", zone_name(pool->zone));
    write_value(text, "rules", profile_name(pool->profile));
    const GPtrArray *overrides = profile_overrides(pool->profile);
    for (guint number = 0; number < overrides->len; number++) {
        g_auto(GStrv) pair = g_strsplit(overrides->pdata[number], "=", 2);
        g_string_append(text, number == 0 ? "\n[rules]\n" : "");
        write_value(text, pair[0], pair[1]);
    }
    Prices usual = prices_default();
    gboolean is_first = TRUE;
    for (Price price = 0; price < PRICE_COUNT; price++) {
        if (pool->prices.of[price] == usual.of[price])
            continue;
        g_autofree char *amount = decimal_format(pool->prices.of[price]);
        g_string_append(text, is_first ? "\n[prices]\n" : "");
        write_value(text, price_name(price), amount);
        is_first = FALSE;
    }
    if (pool->accept != ACCEPT_ASK || pool->swaps != ACCEPT_ASK)
        g_string_append(text, "\n[service]\n");
    if (pool->accept != ACCEPT_ASK)
        write_value(text, "accept", accept_name(pool->accept));
    if (pool->swaps != ACCEPT_ASK)
        write_value(text, "swaps", accept_name(pool->swaps));
    return g_string_free(text, FALSE);
}
