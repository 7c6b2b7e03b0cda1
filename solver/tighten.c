#include "tighten.h"

#include <stdlib.h>
#include <string.h>

typedef struct RowEntries {
    int64_t *begin; /* [rows + 1] */
    int32_t *entry;
    int64_t *coefficient;
    bool *has_negative; /* [rows] */
} RowEntries;

/* The rows' entries, rising. */
static RowEntries transpose(const SolverProblem *problem, Arena *arena)
{
    int64_t incidences = problem->entry_count > 0 ? problem->entry_row_begin[problem->entry_count] : 0;
    RowEntries rows = {.begin = ARENA_NEW(arena, int64_t, problem->row_count + 2),
                       .entry = ARENA_NEW(arena, int32_t, incidences),
                       .coefficient = ARENA_NEW(arena, int64_t, incidences),
                       .has_negative = ARENA_NEW(arena, bool, problem->row_count)};
    for (int64_t k = 0; k < incidences; k++) {
        rows.begin[problem->entry_row[k] + 2]++;
        rows.has_negative[problem->entry_row[k]] |= problem->entry_coefficient[k] < 0;
    }
    for (int32_t row = 0; row <= problem->row_count; row++) {
        rows.begin[row + 1] += rows.begin[row];
    }
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int64_t at = rows.begin[problem->entry_row[k] + 1]++;
            rows.entry[at] = entry;
            rows.coefficient[at] = problem->entry_coefficient[k];
        }
    }
    return rows;
}

typedef struct Cut {
    int32_t first, second; /* the rows it is made of */
    int64_t most;
} Cut;

static int64_t half_down(int64_t value)
{
    return value >= 0 ? value / 2 : -((1 - value) / 2);
}

/* For each hard row with a negative coefficient: the first other hard row its first positive entry is in. */
static int32_t find_cuts(const SolverProblem *problem, const RowEntries *rows, Cut *cuts)
{
    int32_t count = 0;
    for (int32_t row = 0; row < problem->row_count; row++) {
        if (problem->rows[row].most == SOLVER_NEVER || !rows->has_negative[row]) {
            continue;
        }
        int64_t at = rows->begin[row], end = rows->begin[row + 1];
        while (at < end && rows->coefficient[at] <= 0) {
            at++;
        }
        int32_t entry = at < end ? rows->entry[at] : -1;
        for (int64_t k = entry < 0 ? 0 : problem->entry_row_begin[entry];
             entry >= 0 && k < problem->entry_row_begin[entry + 1]; k++) {
            const SolverRow *other = &problem->rows[problem->entry_row[k]];
            if (problem->entry_row[k] != row && other->most != SOLVER_NEVER && problem->entry_coefficient[k] > 0 &&
                (other->most + problem->rows[row].most) % 2 != 0) {
                cuts[count++] = (Cut){row, problem->entry_row[k], half_down(other->most + problem->rows[row].most)};
                break;
            }
        }
    }
    return count;
}

SolverProblem tighten_rows(const SolverProblem *problem, const SolverPair **pairs, Arena *arena)
{
    SolverProblem tight = *problem;
    Arena work = {0};
    RowEntries rows = transpose(problem, &work);
    Cut *cuts = ARENA_NEW(&work, Cut, problem->row_count);
    int32_t cut_count = find_cuts(problem, &rows, cuts);
    SolverPair *made_of = ARENA_NEW(arena, SolverPair, cut_count);
    for (int32_t cut = 0; cut < cut_count; cut++) {
        made_of[cut] = (SolverPair){cuts[cut].first, cuts[cut].second, 0};
    }
    *pairs = made_of;
    if (cut_count == 0) {
        arena_release(&work);
        return tight;
    }
    int32_t **of_row =
        ARENA_NEW(&work, int32_t *, problem->row_count); /* the cuts a row takes part in: count, then indices */
    int32_t *sizes = ARENA_NEW(&work, int32_t, problem->row_count);
    for (int32_t cut = 0; cut < cut_count; cut++) {
        sizes[cuts[cut].first]++;
        sizes[cuts[cut].second]++;
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        of_row[row] = ARENA_NEW(&work, int32_t, sizes[row] + 1);
    }
    SolverRow *all = ARENA_NEW(arena, SolverRow, problem->row_count + cut_count);
    memcpy(all, problem->rows, (size_t)problem->row_count * sizeof *all);
    int64_t room = problem->entry_row_begin[problem->entry_count];
    for (int32_t cut = 0; cut < cut_count; cut++) {
        all[problem->row_count + cut] = (SolverRow){.most = cuts[cut].most};
        int32_t *first = of_row[cuts[cut].first], *second = of_row[cuts[cut].second];
        first[++first[0]] = cut;
        second[++second[0]] = cut;
        room += rows.begin[cuts[cut].first + 1] - rows.begin[cuts[cut].first] + rows.begin[cuts[cut].second + 1] -
                rows.begin[cuts[cut].second];
    }
    int64_t *begin = ARENA_NEW(arena, int64_t, problem->entry_count + 1),
            *coefficient = ARENA_NEW(arena, int64_t, room);
    int32_t *entry_row = ARENA_NEW(arena, int32_t, room);
    int64_t *sum = ARENA_NEW(&work, int64_t, cut_count);
    int64_t at = 0;
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int64_t from = problem->entry_row_begin[entry], until = problem->entry_row_begin[entry + 1];
        begin[entry] = at;
        for (int64_t k = from; k < until; k++) {
            entry_row[at] = problem->entry_row[k];
            coefficient[at++] = problem->entry_coefficient[k];
            const int32_t *list = of_row[problem->entry_row[k]];
            for (int32_t i = 1; i <= list[0]; i++) {
                sum[list[i]] += problem->entry_coefficient[k];
            }
        }
        for (int64_t k = from; k < until; k++) {
            const int32_t *list = of_row[problem->entry_row[k]];
            for (int32_t i = 1; i <= list[0]; i++) {
                if (half_down(sum[list[i]]) != 0) {
                    entry_row[at] = problem->row_count + list[i];
                    coefficient[at++] = half_down(sum[list[i]]);
                }
                sum[list[i]] = 0;
            }
        }
    }
    begin[problem->entry_count] = at;
    tight.rows = all;
    tight.row_count += cut_count;
    tight.entry_row_begin = begin;
    tight.entry_row = entry_row;
    tight.entry_coefficient = coefficient;
    arena_release(&work);
    return tight;
}

bool *tighten_impossible(const SolverProblem *problem, Arena *arena)
{
    bool *is_impossible = ARENA_NEW(arena, bool, problem->entry_count);
    bool *has_negative = MEMORY_NEW(bool, problem->row_count);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t entry = 0; entry < problem->entry_count; entry++) {
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                int32_t row = problem->entry_row[k];
                if (pass == 0) {
                    has_negative[row] |= problem->entry_coefficient[k] < 0;
                } else if (!has_negative[row] && problem->entry_coefficient[k] > problem->rows[row].most &&
                           !problem->entries[entry].is_required) {
                    is_impossible[entry] = true;
                }
            }
        }
    }
    free(has_negative);
    return is_impossible;
}
