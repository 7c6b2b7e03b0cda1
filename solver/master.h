/*
 * The restricted master: the LP over the lines found so far of some workers, the others' work being given.
 *
 *   min  sum low_l x_l + sum over rows of the lower charge(activity)
 *   s.t. base_r + sum over lines of their coefficients x_l = activity_r <= most_r;  sum of a worker's x_l = 1;  x >= 0.
 *
 * A charge is a few bounded variables: activity + sum u - sum v lies where nothing is charged, each u (v) as long as a
 * falling (rising) piece of the charge and as dear as its slope; convexity fills them in the right order. GLPK keeps
 * the basis warm: new columns are added, none deleted. The one file with master.c that knows GLPK.
 */
#ifndef SOLVER_MASTER_H
#define SOLVER_MASTER_H

#include "model.h"

typedef struct Master Master;

typedef struct MasterScope {
    const int32_t *workers; /* NULL: all */
    int32_t worker_count;
    const int64_t *base; /* [rows] the activity of all others; NULL: 0 */
} MasterScope;

Master *master_new(Model *model, const MasterScope *scope);
void master_free(Master *master);
/* The environment that GLPK keeps for this thread; the most bytes it held. */
void master_free_environment(void);
size_t master_environment_bytes(void);

/* Lines must be added once only, and be of a worker in scope. */
void master_add(Master *master, const Line *line);
/* False: stopped, or GLPK failed; prices and weights are then those of the last success. */
bool master_solve(Master *master);

double master_objective(const Master *master);
const double *master_row_prices(const Master *master); /* [rows of the problem] */
double master_worker_price(const Master *master, int32_t worker);
int32_t master_line_count(const Master *master);
const Line *master_line(const Master *master, int32_t index);
double master_weight(const Master *master, int32_t index);
double master_reduced(const Master *master, int32_t index);

/* The rows' part of the Lagrangian bound at any row prices; with the least line prices of all in scope it is the bound.
 */
double master_conjugate(const Master *master, const double *row_price);

/* Allows weights in [least, most] only. */
void master_limit(Master *master, int32_t index, double least, double most);

typedef struct MasterTree {
    int32_t nodes_most;
    bool is_probing; /* branches where both sides cost most, by trying: fewer nodes, each much dearer */
} MasterTree;

/*
 * The best integer choice among the lines at exact line costs, by branch and bound. chosen: [workers in scope], in the
 * order of the scope, the best found. *bound: no choice costs less. Returns true if something cheaper than `below` was
 * found.
 */
bool master_solve_integer(const Master *master, double below, const MasterTree *limits, const Line **chosen,
                          double *bound);

#endif
