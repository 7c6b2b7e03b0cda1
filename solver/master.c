#include "master.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct Master {
    Model *model;
    glp_prob *lp;
    int32_t worker_count;
    int32_t *workers;
    int32_t *worker_row; /* [workers of the problem] LP row, 0: not in scope */
    int32_t *lp_row;     /* [rows of the problem] 0: no entry in scope touches it, or it is free */
    int64_t *base;
    int32_t first_line; /* LP column of the first line */
    int32_t line_count, line_size;
    const Line **lines;
    double constant;          /* the charges that no variable of the LP stands for */
    double constant_left_out; /* of it, the rows that no entry in scope touches */
    bool *is_touched;         /* [rows] the others */
    double objective;
    double *row_price, *worker_price;
    int *index; /* working memory for one column */
    double *value;
    double *activity;
    bool is_bent; /* limits were changed: the basis is dual, not primal, feasible */
};

static void mark_rows(Master *master, bool *is_touched)
{
    const SolverProblem *problem = master->model->problem;
    for (int32_t i = 0; i < master->worker_count; i++) {
        int32_t worker = master->workers[i];
        for (int32_t entry = master->model->first_entry[worker]; entry < master->model->first_entry[worker + 1];
             entry++) {
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                is_touched[problem->entry_row[k]] |= problem->entry_coefficient[k] != 0;
            }
        }
    }
}

static int32_t add_column(Master *master, double cost, double most, int32_t row, double coefficient)
{
    int32_t column = glp_add_cols(master->lp, 1);
    glp_set_col_bnds(master->lp, column, isinf(most) ? GLP_LO : GLP_DB, 0, most);
    glp_set_obj_coef(master->lp, column, cost);
    int index[2] = {0, row};
    double value[2] = {0, coefficient};
    glp_set_mat_col(master->lp, column, 1, index, value);
    return column;
}

static void add_row(Master *master, int32_t row)
{
    const RowCharge *charge = &master->model->rows[row];
    double base = (double)master->base[row];
    int32_t first = 0, last; /* the corners between which nothing is gained or lost */
    while (first + 1 < charge->count && charge->value[first] - charge->value[first + 1] >= 1e-9) {
        first++;
    }
    for (last = first; last + 1 < charge->count && charge->value[last + 1] - charge->value[first] < 1e-9;) {
        last++;
    }
    bool has_falling = first > 0, has_rising = last + 1 < charge->count;
    if (!has_falling && !has_rising && !charge->is_limited) {
        master->constant += charge->value[0];
        return;
    }
    int32_t lp_row = glp_add_rows(master->lp, 1);
    master->lp_row[row] = lp_row;
    double least = charge->at[first] - base, most = charge->at[last] - base;
    if (has_falling && (has_rising || charge->is_limited)) {
        glp_set_row_bnds(master->lp, lp_row, least < most ? GLP_DB : GLP_FX, least, most);
    } else {
        glp_set_row_bnds(master->lp, lp_row, has_falling ? GLP_LO : GLP_UP, least, most);
    }
    for (int32_t i = first; i > 0; i--) {
        double length = charge->at[i] - charge->at[i - 1];
        add_column(master, (charge->value[i - 1] - charge->value[i]) / length, length, lp_row, 1);
    }
    for (int32_t i = last; i + 1 < charge->count; i++) {
        double length = charge->at[i + 1] - charge->at[i];
        add_column(master, (charge->value[i + 1] - charge->value[i]) / length, length, lp_row, -1);
    }
    if (charge->is_limited) {
        add_column(master, master->model->violation_price, INFINITY, lp_row, -1);
    }
    master->constant += charge->value[first];
}

Master *master_new(Model *model, const MasterScope *scope)
{
    const SolverProblem *problem = model->problem;
    Master *master = MEMORY_NEW(Master, 1);
    master->model = model;
    master->worker_count = scope->workers ? scope->worker_count : problem->worker_count;
    master->workers = MEMORY_NEW(int32_t, master->worker_count);
    master->worker_row = MEMORY_NEW(int32_t, problem->worker_count);
    master->worker_price = MEMORY_NEW(double, problem->worker_count);
    master->lp_row = MEMORY_NEW(int32_t, problem->row_count);
    master->row_price = MEMORY_NEW(double, problem->row_count);
    master->base = MEMORY_NEW(int64_t, problem->row_count);
    master->activity = MEMORY_NEW(double, problem->row_count);
    master->index = MEMORY_NEW(int, problem->row_count + 2);
    master->value = MEMORY_NEW(double, problem->row_count + 2);
    glp_term_out(GLP_OFF);
    master->lp = glp_create_prob();
    glp_set_obj_dir(master->lp, GLP_MIN);
    for (int32_t i = 0; i < master->worker_count; i++) {
        master->workers[i] = scope->workers ? scope->workers[i] : i;
        master->worker_row[master->workers[i]] = glp_add_rows(master->lp, 1);
        glp_set_row_bnds(master->lp, i + 1, GLP_FX, 1, 1);
    }
    master->is_touched = MEMORY_NEW(bool, problem->row_count);
    mark_rows(master, master->is_touched);
    for (int32_t row = 0; row < problem->row_count; row++) {
        master->base[row] = scope->base ? scope->base[row] : 0;
        if (master->is_touched[row]) {
            add_row(master, row);
        } else {
            master->constant += row_charge_at(&model->rows[row], (double)master->base[row]);
        }
    }
    master->first_line = glp_get_num_cols(master->lp) + 1;
    return master;
}

void master_free(Master *master)
{
    if (!master) {
        return;
    }
    glp_delete_prob(master->lp);
    free(master->workers);
    free(master->worker_row);
    free(master->worker_price);
    free(master->lp_row);
    free(master->is_touched);
    free(master->row_price);
    free(master->base);
    free(master->activity);
    free(master->index);
    free(master->value);
    free(master->lines);
    free(master);
}

void master_free_environment(void)
{
    glp_free_env();
}

size_t master_environment_bytes(void)
{
    size_t most;
    glp_mem_usage(NULL, NULL, NULL, &most);
    return most;
}

void master_add(Master *master, const Line *line)
{
    const SolverProblem *problem = master->model->problem;
    int count = 1;
    master->index[1] = master->worker_row[line->worker];
    master->value[1] = 1;
    for (int32_t i = 0; i < line->count; i++) {
        int32_t entry = line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            master->activity[problem->entry_row[k]] += (double)problem->entry_coefficient[k];
        }
    }
    for (int32_t i = 0; i < line->count; i++) {
        int32_t entry = line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int32_t row = problem->entry_row[k];
            if (master->lp_row[row] && master->activity[row] != 0) {
                master->index[++count] = master->lp_row[row];
                master->value[count] = master->activity[row];
            }
            master->activity[row] = 0;
        }
    }
    int32_t column = glp_add_cols(master->lp, 1);
    glp_set_mat_col(master->lp, column, count, master->index, master->value);
    glp_set_obj_coef(master->lp, column, line->low);
    glp_set_col_bnds(master->lp, column, GLP_LO, 0, 0);
    if (master->line_count == master->line_size) {
        master->line_size = master->line_size ? 2 * master->line_size : 64;
        master->lines = memory_grow(master->lines, (size_t)master->line_size, sizeof *master->lines);
    }
    master->lines[master->line_count++] = line;
    master->model->watch->statistics.columns++;
}

static bool read_prices(Master *master)
{
    double objective = glp_get_obj_val(master->lp);
    bool is_finite = isfinite(objective);
    int32_t rows = glp_get_num_rows(master->lp);
    for (int32_t row = 1; row <= rows && is_finite; row++) {
        is_finite = isfinite(glp_get_row_dual(master->lp, row));
    }
    if (!is_finite) {
        return false;
    }
    master->objective = objective + master->constant;
    for (int32_t row = 0; row < master->model->problem->row_count; row++) {
        master->row_price[row] = master->lp_row[row] ? glp_get_row_dual(master->lp, master->lp_row[row]) : 0;
    }
    for (int32_t i = 0; i < master->worker_count; i++) {
        master->worker_price[master->workers[i]] = glp_get_row_dual(master->lp, i + 1);
    }
    return true;
}

bool master_solve(Master *master)
{
    enum { PIVOTS = 1000 };
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.meth = master->is_bent ? GLP_DUALP : GLP_PRIMAL;
    parameters.it_lim = PIVOTS;
    Watch *watch = master->model->watch;
    double begun = watch_seconds(watch);
    bool is_solved = false;
    for (int tries = 0; tries < 2; tries++) {
        int fault = GLP_EITLIM;
        while (fault == GLP_EITLIM && !watch_poll(watch)) {
            int before = glp_get_it_cnt(master->lp);
            fault = glp_simplex(master->lp, &parameters);
            int pivots = glp_get_it_cnt(master->lp) - before;
            watch->statistics.pivots += pivots;
            watch->statistics.work += 20 * (int64_t)pivots;
        }
        is_solved = fault == 0 && glp_get_status(master->lp) == GLP_OPT && read_prices(master);
        if (is_solved || fault == GLP_EITLIM) {
            break;
        }
        glp_std_basis(master->lp); /* a numerically spoilt basis: once more from the slacks */
        parameters.meth = GLP_PRIMAL;
    }
    master->is_bent = false;
    watch->statistics.seconds_lp += watch_seconds(watch) - begun;
    return is_solved;
}

double master_objective(const Master *master)
{
    return master->objective;
}

const double *master_row_prices(const Master *master)
{
    return master->row_price;
}

double master_worker_price(const Master *master, int32_t worker)
{
    return master->worker_price[worker];
}

int32_t master_line_count(const Master *master)
{
    return master->line_count;
}

const Line *master_line(const Master *master, int32_t index)
{
    return master->lines[index];
}

double master_weight(const Master *master, int32_t index)
{
    return glp_get_col_prim(master->lp, master->first_line + index);
}

double master_reduced(const Master *master, int32_t index)
{
    return glp_get_col_dual(master->lp, master->first_line + index);
}

void master_limit(Master *master, int32_t index, double least, double most)
{
    int kind = least == most ? GLP_FX : isinf(most) ? GLP_LO : GLP_DB;
    glp_set_col_bnds(master->lp, master->first_line + index, kind, least, isinf(most) ? 0 : most);
    master->is_bent = true;
}

double master_conjugate(const Master *master, const double *row_price)
{
    return model_conjugate(master->model, master->base, master->is_touched, row_price);
}

typedef struct Branching {
    const Watch *watch;
    int32_t nodes, nodes_most;
} Branching;

static void at_node(glp_tree *tree, void *context)
{
    Branching *branching = context;
    if (glp_ios_reason(tree) == GLP_ISELECT && ++branching->nodes > branching->nodes_most) {
        glp_ios_terminate(tree);
    }
    if (watch_poll((void *)(uintptr_t)branching->watch)) {
        glp_ios_terminate(tree);
    }
}

bool master_solve_integer(const Master *master, double below, const MasterTree *limits, const Line **chosen,
                          double *bound)
{
    Watch *watch = master->model->watch;
    double begun = watch_seconds(watch);
    *bound = -INFINITY;
    glp_prob *copy = glp_create_prob();
    glp_copy_prob(copy, master->lp, GLP_OFF);
    for (int32_t i = 0; i < master->line_count; i++) {
        glp_set_obj_coef(copy, master->first_line + i, (double)master->lines[i]->cents);
        glp_set_col_kind(copy, master->first_line + i, GLP_BV);
    }
    glp_std_basis(copy);
    glp_smcp simplex;
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    simplex.it_lim = 200000;
    bool is_found = false;
    if (!watch_poll(watch) && glp_simplex(copy, &simplex) == 0 && glp_get_status(copy) == GLP_OPT) {
        double relaxed = glp_get_obj_val(copy) + master->constant;
        Branching branching = {watch, 0, limits->nodes_most};
        glp_iocp parameters;
        glp_init_iocp(&parameters);
        parameters.msg_lev = GLP_MSG_OFF;
        parameters.cb_func = at_node;
        parameters.cb_info = &branching;
        parameters.br_tech = limits->is_probing ? GLP_BR_PCH : GLP_BR_DTH;
        parameters.bt_tech = GLP_BT_BLB;
        parameters.tm_lim = watch_milliseconds_left(watch); /* a node's LP may go round in circles */
        int fault = relaxed < below ? glp_intopt(copy, &parameters) : GLP_ENOPFS;
        int status = fault == GLP_ENOPFS ? GLP_NOFEAS : glp_mip_status(copy);
        *bound = relaxed;
        if (fault == 0 && status == GLP_NOFEAS) {
            *bound = INFINITY;
        } else if (status == GLP_OPT || status == GLP_FEAS) {
            double objective = glp_mip_obj_val(copy) + master->constant;
            if (fault == 0 && status == GLP_OPT) {
                *bound = objective;
            }
            is_found = objective < below;
            for (int32_t i = 0; i < master->line_count && is_found; i++) {
                if (glp_mip_col_val(copy, master->first_line + i) > 0.5) {
                    chosen[master->worker_row[master->lines[i]->worker] - 1] = master->lines[i];
                }
            }
        }
        watch->statistics.work += 100 * (int64_t)branching.nodes;
    }
    int pivots = glp_get_it_cnt(copy);
    watch->statistics.pivots += pivots;
    watch->statistics.work += 20 * (int64_t)pivots;
    glp_delete_prob(copy);
    watch->statistics.seconds_lp += watch_seconds(watch) - begun;
    return is_found;
}
