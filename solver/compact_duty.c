/*
 * The duties a worker can have, listed one by one: mostly single slots, with those that slots and fixed work can join
 * to. What fixed work always makes illegal is left out, so that the model stays small.
 */
#include "compact.h"
#include "line.h"

#include <stdlib.h>
#include <string.h>

enum { DUTIES_MOST = 2000 };

/* A duty while pieces join it, one after the other. */
typedef struct Joint {
    int64_t start, end, piece_end, planned_end, late_after;
    int64_t work, pause, night, curfew;
    const SolverDutyLimits *limits;
    int32_t week, day, day_pieces;
    bool is_planned, is_day_planned;
} Joint;

typedef struct Listing {
    CompactWorker *worker;
    const SolverLineRules *rules;
    int32_t *next_fixed; /* [pieces + 1] the first fixed piece at or after; piece_count: none */
    int32_t *stack;      /* the pieces of the current joint */
    int32_t depth;
    int32_t duty_room, piece_room, pieces;
    bool is_full;
} Listing;

static Joint join(const Listing *listing, const Joint *before, int32_t index)
{
    const CompactPiece *piece = &listing->worker->pieces[index];
    const SolverSlot *slot = piece->slot;
    Joint joint = {.start = slot->start_min,
                   .end = slot->end_min,
                   .planned_end = INT64_MIN,
                   .late_after = SOLVER_NEVER,
                   .week = slot->week,
                   .limits = &listing->worker->worker->limits[slot->day >= listing->worker->worker->limits_change_day]};
    if (before) {
        joint = *before;
        int64_t gap = slot->start_min - joint.piece_end;
        joint.pause += gap >= listing->rules->break_gap_min ? gap : 0;
        joint.end = slot->end_min > joint.end ? slot->end_min : joint.end;
    }
    if (!before || joint.day != slot->day) {
        joint.day = slot->day;
        joint.day_pieces = 0;
        joint.is_day_planned = false;
    }
    joint.day_pieces++;
    joint.piece_end = slot->end_min;
    joint.work += slot->work_min;
    joint.pause += slot->break_min;
    joint.curfew += slot->curfew_min;
    if (slot->night_min > 0 && joint.night == 0) {
        joint.late_after = slot->late_after_min;
    }
    joint.night += slot->night_min;
    if (piece->entry >= 0) {
        joint.is_planned = joint.is_day_planned = true;
        joint.planned_end = slot->end_min;
    }
    return joint;
}

static bool is_night(const Listing *listing, const Joint *joint)
{
    return joint->night > listing->rules->night_over_min;
}

/* What only grows: once broken, no further piece heals it. */
static bool can_grow(const Listing *listing, const Joint *joint)
{
    return !joint->is_planned ||
           (joint->work <= joint->limits->work_most_min && joint->end - joint->start <= joint->limits->span_most_min &&
            joint->curfew <= joint->limits->curfew_most_min &&
            !(is_night(listing, joint) && joint->work > listing->rules->night_work_most_min) &&
            !(joint->is_day_planned && joint->day_pieces > listing->rules->slots_a_day_most));
}

static bool has_breaks(const Joint *joint)
{
    for (size_t tier = 0; tier < sizeof joint->limits->breaks / sizeof *joint->limits->breaks; tier++) {
        const SolverBreakTier *of = &joint->limits->breaks[tier];
        if (of->over_work_min != INT32_MAX && joint->work > of->over_work_min && joint->pause < of->need_min) {
            return false;
        }
    }
    return true;
}

static void keep(Listing *listing, const Joint *joint)
{
    CompactWorker *worker = listing->worker;
    if (worker->duty_count == DUTIES_MOST) {
        listing->is_full = true;
        return;
    }
    if (worker->duty_count == listing->duty_room) {
        listing->duty_room = listing->duty_room ? 2 * listing->duty_room : 64;
        worker->duties = memory_grow(worker->duties, (size_t)listing->duty_room, sizeof *worker->duties);
    }
    while (listing->pieces + listing->depth > listing->piece_room) {
        listing->piece_room = listing->piece_room ? 2 * listing->piece_room : 256;
        worker->pieces_of_duties =
            memory_grow(worker->pieces_of_duties, (size_t)listing->piece_room, sizeof *worker->pieces_of_duties);
    }
    memcpy(worker->pieces_of_duties + listing->pieces, listing->stack, (size_t)listing->depth * sizeof(int32_t));
    bool is_late = is_night(listing, joint) && joint->end > joint->late_after;
    int64_t rest = joint->limits->rest_least_min;
    if (is_late && rest < listing->rules->late_night_rest_least_min) {
        rest = listing->rules->late_night_rest_least_min;
    }
    rest = rest < listing->rules->duty_gap_min ? listing->rules->duty_gap_min : rest;
    worker->duties[worker->duty_count++] = (CompactDuty){.start_min = joint->start,
                                                         .end_min = joint->end,
                                                         .clear_min = joint->end + rest,
                                                         .week = joint->week,
                                                         .is_planned = joint->is_planned,
                                                         .is_night = is_night(listing, joint),
                                                         .is_late = is_late,
                                                         .pieces_begin = listing->pieces,
                                                         .pieces_end = listing->pieces + listing->depth};
    listing->pieces += listing->depth;
}

/* The joint ends here, or goes on with any later piece in reach; a fixed piece in reach cannot be passed by. */
static void list_from(Listing *listing, const Joint *before, int32_t index)
{
    const CompactWorker *worker = listing->worker;
    Joint joint = join(listing, before, index);
    listing->stack[listing->depth++] = index;
    if (!listing->is_full && can_grow(listing, &joint)) {
        int32_t fixed = listing->next_fixed[index + 1];
        int64_t reach = joint.end + listing->rules->duty_gap_min;
        bool must_go_on = fixed < worker->piece_count && worker->pieces[fixed].slot->start_min < reach;
        if (!must_go_on && (!joint.is_planned || has_breaks(&joint))) {
            keep(listing, &joint);
        }
        for (int32_t next = index + 1; next < worker->piece_count && next <= fixed; next++) {
            const CompactPiece *piece = &worker->pieces[next];
            if (piece->slot->start_min >= reach) {
                break;
            }
            if (piece->slot->start_min >= (piece->entry < 0 ? joint.planned_end : joint.end)) {
                list_from(listing, &joint, next);
            }
        }
    }
    listing->depth--;
}

static int compare_pieces(const void *left, const void *right)
{
    const CompactPiece *a = left, *b = right;
    if (line_order(a->slot, b->slot) || line_order(b->slot, a->slot)) {
        return line_order(a->slot, b->slot) ? -1 : 1;
    }
    if ((a->entry < 0) != (b->entry < 0)) {
        return a->entry < 0 ? -1 : 1;
    }
    return a->entry != b->entry ? (a->entry > b->entry) - (a->entry < b->entry)
                                : (a->slot > b->slot) - (a->slot < b->slot);
}

static void make_pieces(CompactWorker *worker)
{
    const SolverWorker *of = worker->worker;
    worker->pieces = ARENA_NEW(worker->arena, CompactPiece, of->fixed_count + worker->end - worker->begin);
    worker->piece_count = 0;
    for (int32_t i = 0; i < of->fixed_count; i++) {
        worker->pieces[worker->piece_count++] = (CompactPiece){&of->fixed[i], -1};
    }
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        const SolverProblem *problem = worker->model->problem;
        worker->pieces[worker->piece_count++] = (CompactPiece){&problem->slots[problem->entries[entry].slot], entry};
    }
    if (worker->piece_count > 0) {
        qsort(worker->pieces, (size_t)worker->piece_count, sizeof *worker->pieces, compare_pieces);
    }
}

/* Fixed work alone, in no other duty: it is always there. Duties in its way are dropped; true if there were any. */
static bool drop_impossible(CompactWorker *worker)
{
    int32_t *duties_of = ARENA_NEW(worker->arena, int32_t, worker->piece_count);
    bool *is_dropped = ARENA_NEW(worker->arena, bool, worker->duty_count);
    bool is_any = false;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        for (int32_t k = worker->duties[i].pieces_begin; k < worker->duties[i].pieces_end; k++) {
            duties_of[worker->pieces_of_duties[k]]++;
        }
    }
    for (int32_t i = 0; i < worker->duty_count; i++) {
        CompactDuty *duty = &worker->duties[i];
        bool is_alone = !duty->is_planned;
        for (int32_t k = duty->pieces_begin; k < duty->pieces_end; k++) {
            is_alone &= duties_of[worker->pieces_of_duties[k]] == 1;
        }
        duty->column = is_alone ? COMPACT_ALWAYS : 0;
        for (int32_t j = 0; j < worker->duty_count && is_alone; j++) {
            const CompactDuty *other = &worker->duties[j];
            bool is_first = duty->start_min <= other->start_min;
            if (other->is_planned && compact_is_conflict(is_first ? duty : other, is_first ? other : duty)) {
                is_dropped[j] = is_any = true;
            }
        }
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        if (!is_dropped[i]) {
            worker->duties[kept++] = worker->duties[i];
        }
    }
    worker->duty_count = kept;
    return is_any;
}

static int compare_duties(const void *left, const void *right)
{
    const CompactDuty *a = left, *b = right;
    if (a->start_min != b->start_min) {
        return a->start_min < b->start_min ? -1 : 1;
    }
    if (a->end_min != b->end_min) {
        return a->end_min < b->end_min ? -1 : 1;
    }
    return (a->pieces_begin > b->pieces_begin) - (a->pieces_begin < b->pieces_begin);
}

/* A slot that is in one duty, by itself, is that duty; else each duty has its own binary, and the slot is their sum. */
static void make_columns(CompactWorker *worker)
{
    CompactModel *model = worker->model;
    int32_t *duties_of = ARENA_NEW(worker->arena, int32_t, worker->piece_count);
    for (int32_t i = 0; i < worker->duty_count; i++) {
        for (int32_t k = worker->duties[i].pieces_begin; k < worker->duties[i].pieces_end; k++) {
            duties_of[worker->pieces_of_duties[k]]++;
        }
    }
    for (int32_t i = 0; i < worker->duty_count; i++) {
        CompactDuty *duty = &worker->duties[i];
        int32_t first = worker->pieces_of_duties[duty->pieces_begin];
        bool is_single = duty->pieces_end - duty->pieces_begin == 1;
        if (duty->column == COMPACT_ALWAYS) {
            continue;
        }
        duty->column = is_single && duty->is_planned && duties_of[first] == 1
                           ? worker->pieces[first].entry
                           : compact_column(model, COMPACT_BINARY, "duty:%s:%d", worker->name, (int)i);
    }
    for (int32_t piece = 0; piece < worker->piece_count; piece++) {
        int32_t entry = worker->pieces[piece].entry;
        bool is_begun = false;
        for (int32_t i = 0; i < worker->duty_count; i++) {
            const CompactDuty *duty = &worker->duties[i];
            if (duty->column == COMPACT_ALWAYS || duty->column == entry) {
                continue;
            }
            for (int32_t k = duty->pieces_begin; k < duty->pieces_end; k++) {
                if (worker->pieces_of_duties[k] != piece) {
                    continue;
                }
                if (!is_begun) {
                    compact_row(model, 'E', entry < 0 ? 1 : 0, "piece:%s:%d", worker->name, (int)piece);
                }
                is_begun = true;
                compact_add(model, duty->column, 1);
            }
        }
        if (is_begun && entry >= 0) {
            compact_add(model, entry, -1);
        } else if (entry >= 0 && duties_of[piece] == 0) {
            compact_forbid(model, entry);
        }
    }
}

bool compact_make_duties(CompactWorker *worker)
{
    make_pieces(worker);
    Listing listing = {.worker = worker, .rules = &worker->model->problem->rules};
    listing.next_fixed = ARENA_NEW(worker->arena, int32_t, worker->piece_count + 1);
    listing.stack = ARENA_NEW(worker->arena, int32_t, worker->piece_count + 1);
    listing.next_fixed[worker->piece_count] = worker->piece_count;
    for (int32_t i = worker->piece_count - 1; i >= 0; i--) {
        listing.next_fixed[i] = worker->pieces[i].entry < 0 ? i : listing.next_fixed[i + 1];
    }
    int64_t fixed_end = INT64_MIN / 2;
    for (int32_t i = 0; i < worker->piece_count; i++) {
        const SolverSlot *slot = worker->pieces[i].slot;
        if (slot->start_min - fixed_end >= listing.rules->duty_gap_min) { /* else it joins what is before it */
            list_from(&listing, NULL, i);
        }
        if (worker->pieces[i].entry < 0 && slot->end_min > fixed_end) {
            fixed_end = slot->end_min;
        }
    }
    if (listing.is_full) {
        return false;
    }
    while (drop_impossible(worker)) {
    }
    if (worker->duty_count > 0) {
        qsort(worker->duties, (size_t)worker->duty_count, sizeof *worker->duties, compare_duties);
    }
    make_columns(worker);
    return true;
}

void compact_add_duty(CompactWorker *worker, const CompactDuty *duty, double value)
{
    if (duty->column == COMPACT_ALWAYS) {
        compact_add_right(worker->model, -value);
    } else {
        compact_add(worker->model, duty->column, value);
    }
}
