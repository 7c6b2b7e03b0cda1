#include "pool_same.h"

static gboolean places_are_same(const Place *one, const Place *other)
{
    return one->is_known == other->is_known &&
           (!one->is_known || (one->latitude == other->latitude && one->longitude == other->longitude));
}

static gboolean names_are_same(const char **one, const char **other)
{
    guint i = 0;
    while (one[i] && other[i] && g_str_equal(one[i], other[i]))
        i++;
    return !one[i] && !other[i];
}

static gboolean coops_are_same(const Pool *pool, guint coop, const Pool *before, guint old)
{
    return g_str_equal(pool_coop(pool, coop)->id, pool_coop(before, old)->id);
}

gboolean coop_is_same(const Pool *pool, const Pool *before, guint index)
{
    if (!before || index >= before->coops->len)
        return FALSE;
    const Coop *coop = pool_coop(pool, index), *old = pool_coop(before, index);
    return g_str_equal(coop->id, old->id) && g_str_equal(coop->name, old->name) &&
           g_str_equal(coop->sector, old->sector) && g_str_equal(coop->address, old->address) &&
           g_str_equal(coop->contact, old->contact) && places_are_same(&coop->place, &old->place) &&
           coop->rate == old->rate;
}

/* NULL where somebody else, or nobody, was at the worker's place. */
static const Worker *same_worker(const Pool *pool, const Pool *before, guint index)
{
    const Worker *old = before && index < before->workers->len ? pool_worker(before, index) : NULL;
    return old && g_str_equal(old->id, pool_worker(pool, index)->id) ? old : NULL;
}

gboolean worker_is_same(const Pool *pool, const Pool *before, guint index)
{
    const Worker *worker = pool_worker(pool, index), *old = same_worker(pool, before, index);
    return old && g_str_equal(worker->name, old->name) && g_str_equal(worker->language, old->language) &&
           worker->birth == old->birth && worker->contract_min == old->contract_min &&
           worker->contract_max == old->contract_max && worker->hourly_cost == old->hourly_cost &&
           places_are_same(&worker->place, &old->place);
}

static const Shift *same_shift(const Pool *pool, const Pool *before, guint index)
{
    const Shift *old = before && index < before->shifts->len ? pool_shift(before, index) : NULL;
    const Shift *shift = pool_shift(pool, index);
    return old && g_str_equal(old->id, shift->id) && old->week.monday == shift->week.monday ? old : NULL;
}

gboolean shift_is_same(const Pool *pool, const Pool *before, guint index)
{
    const Shift *shift = pool_shift(pool, index), *old = same_shift(pool, before, index);
    return old && coops_are_same(pool, shift->coop, before, old->coop) && g_str_equal(shift->role, old->role) &&
           shift->start_min == old->start_min && shift->end_min == old->end_min && shift->break_min == old->break_min &&
           shift->headcount == old->headcount && shift->priority == old->priority;
}

gboolean shift_lists_are_same(const Pool *pool, const Pool *before, guint index)
{
    const Shift *shift = pool_shift(pool, index), *old = same_shift(pool, before, index);
    return old && names_are_same(shift->certificates, old->certificates) &&
           names_are_same(shift->team_certificates, old->team_certificates);
}

/* --- a worker's lists */

gboolean certificate_is_same(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old)
{
    (void)pool, (void)before;
    const Certificate *one = item, *other = old;
    return g_str_equal(one->name, other->name) && one->valid_from == other->valid_from &&
           one->valid_until == other->valid_until && one->level == other->level;
}

gboolean window_is_same(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old)
{
    (void)pool, (void)before;
    const Window *one = item, *other = old;
    return one->start_min == other->start_min && one->end_min == other->end_min && one->kind == other->kind;
}

gboolean preference_is_same(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old)
{
    const Preference *one = item, *other = old;
    return coops_are_same(pool, one->coop, before, other->coop) && one->kind == other->kind;
}

gboolean worker_rule_is_same(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old)
{
    (void)pool, (void)before;
    const WorkerRule *one = item, *other = old;
    return g_str_equal(one->key, other->key) && g_str_equal(one->value, other->value);
}

gboolean history_is_same(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old)
{
    (void)pool, (void)before;
    const HistoryPiece *one = item, *other = old;
    return g_str_equal(one->coop, other->coop) && one->start_min == other->start_min &&
           one->end_min == other->end_min && one->break_min == other->break_min;
}

gboolean worker_list_is_same(const Pool *pool, const Pool *before, guint index, size_t array, ItemIsSame *is_same)
{
    const Worker *old = same_worker(pool, before, index);
    if (!old)
        return FALSE;
    const GArray *items = G_STRUCT_MEMBER(GArray *, pool_worker(pool, index), array);
    const GArray *old_items = G_STRUCT_MEMBER(GArray *, old, array);
    gsize size = g_array_get_element_size((GArray *)items);
    gboolean is_so = items->len == old_items->len;
    for (guint i = 0; is_so && i < items->len; i++)
        is_so = is_same(pool, items->data + i * size, before, old_items->data + i * size);
    return is_so;
}
