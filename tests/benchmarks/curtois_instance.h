/*
 * Reads an instance of the shift scheduling set of Curtois and Qu ("Computational results on new staff scheduling
 * benchmark instances", 2014), text format, as a problem of the optimiser.
 *
 *   slot     a shift type on a day; the day's slots overlap, so nobody has two
 *   row      the cover of a day and shift type, with a price below and one above what is required
 *   entry    a person who may have the slot; its cost is what requests say of it
 *   line     most and least minutes, days on and off in a row, weekends, shifts of a type, forbidden successions
 *
 * One unit of the set's cost is a cent. Requests to work that are not met are charged by earning each met one:
 * cost of the set = cost of the optimiser + constant.
 */
#ifndef TESTS_BENCHMARKS_CURTOIS_INSTANCE_H
#define TESTS_BENCHMARKS_CURTOIS_INSTANCE_H

#include "solver/solver.h"

#include <glib.h>

typedef struct CurtoisInstance {
    SolverProblem problem; /* its arrays live here */
    int64_t constant;
    int days, types;
    GPtrArray *people, *type_names; /* of char *, in the file's order */
    GPtrArray *memory;
} CurtoisInstance;

/* NULL with *error (file, line and what is wrong) if it cannot be read. */
CurtoisInstance *curtois_instance_read(const char *path, GError **error);
void curtois_instance_free(CurtoisInstance *instance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CurtoisInstance, curtois_instance_free)

/* One line a person, one field a day, `-` for a day off. */
gboolean curtois_instance_write_roster(const CurtoisInstance *instance, const int32_t *chosen, int32_t count,
                                       const char *path, GError **error);

#endif
