#include "tally.h"

bool tally_allows(const SolverWorker *worker, const SolverSlot *slot)
{
    for (int32_t i = 0; i < worker->tally_count; i++) {
        if (worker->tallies[i].most < 1 && line_is_tallied(&worker->tallies[i], slot)) {
            return false;
        }
    }
    return true;
}

/* The slots in order of start: those that count, one after the other as far as they do not overlap. */
static int32_t most_tallied(const SolverTally *tally, const SolverSlot *const *slots, int32_t count)
{
    int32_t most = 0, period = -1;
    int64_t end_min = INT64_MIN; /* the earliest end of so many */
    for (int32_t i = 0; i < count; i++) {
        const SolverSlot *slot = slots[i];
        if (!line_is_tallied(tally, slot)) {
            continue;
        }
        if (tally->is_by_period) {
            most += slot->period != period;
            period = slot->period;
        } else if (slot->start_min >= end_min) {
            most++;
            end_min = slot->end_min;
        } else {
            end_min = slot->end_min < end_min ? slot->end_min : end_min;
        }
    }
    return most;
}

void tally_choose(LineModel *model, const SolverSlot *const *slots, int32_t count, Arena *arena)
{
    SolverTally *kept = ARENA_NEW(arena, SolverTally, model->tally_count);
    int32_t kept_count = 0;
    for (int32_t i = 0; i < model->tally_count; i++) {
        if (most_tallied(&model->tallies[i], slots, count) > model->tallies[i].most) {
            kept[kept_count++] = model->tallies[i];
        }
    }
    model->tallies = kept;
    model->tally_count = kept_count;
}

/* ahead[i]: the most of the tally that node i and later ones can have. */
static void fill_ahead(const Network *network, const SolverTally *tally, int32_t *ahead)
{
    int32_t period = -1;
    ahead[network->node_count] = 0;
    for (int32_t i = network->node_count - 1; i >= 0; i--) {
        const NetworkNode *node = &network->nodes[i];
        ahead[i] = ahead[i + 1];
        if (node->is_fixed || !line_is_tallied(tally, &node->piece)) {
            continue;
        }
        if (tally->is_by_period) {
            ahead[i] += node->piece.period != period;
            period = node->piece.period;
        } else if (ahead[node->next_begin] + 1 > ahead[i]) {
            ahead[i] = ahead[node->next_begin] + 1;
        }
    }
}

void tally_look_ahead(Network *network, Arena *arena)
{
    int32_t tallies = network->model.tally_count, nodes = network->node_count;
    if (tallies == 0) {
        return;
    }
    network->tallied_ahead = arena_alloc(arena, (size_t)nodes * (size_t)tallies + 1, sizeof(int32_t));
    int32_t *ahead = ARENA_NEW(arena, int32_t, nodes + 1);
    for (int32_t i = 0; i < tallies; i++) {
        fill_ahead(network, &network->model.tallies[i], ahead);
        for (int32_t k = 0; k < nodes; k++) { /* a slot may come before the end of fixed work that overlaps */
            const NetworkNode *node = &network->nodes[k];
            network->tallied_ahead[(size_t)k * (size_t)tallies + (size_t)i] =
                ahead[node->is_fixed ? k + 1 : node->next_begin];
        }
    }
}

/*
 * Both labels can go on in the same ways, and each of those adds as much to the one as to the other, but for the period
 * at hand where `b` has counted it and `a` has not: then it may add one more to `a`. Earlier periods are over.
 */
bool tally_is_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b)
{
    const LineModel *model = &network->model;
    if (model->tally_count == 0) {
        return true;
    }
    const LineTally *tallied_a = line_tallies(model, a), *tallied_b = line_tallies(model, b);
    const int32_t *ahead = network->tallied_ahead + (node - network->nodes) * model->tally_count;
    for (int32_t i = 0; i < model->tally_count; i++) {
        const SolverTally *tally = &model->tallies[i];
        bool may_add_more = tally->is_by_period && tallied_b[i].counted == node->period + 1 &&
                            tallied_a[i].counted != tallied_b[i].counted;
        if (ahead[i] > 0 && (int64_t)tallied_a[i].count + may_add_more > tallied_b[i].count &&
            (int64_t)tallied_a[i].count + ahead[i] > tally->most) {
            return false;
        }
    }
    return true;
}
