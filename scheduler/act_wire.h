/*
 * An act on its way to a child process and its answer back, one JSON text a line (private to scheduler).
 */
#ifndef ROOSTER_ACT_WIRE_H
#define ROOSTER_ACT_WIRE_H

#include "rooster/act.h"

/* The line, without its end. Callers free. */
char *act_wire_request(const ActRequest *request, int64_t now_s);
/*
 * Reads it; strings and arguments live in *holder, which the caller decrefs after use. FALSE where it is not an act's
 * line.
 */
gboolean act_wire_read_request(const char *line, ActRequest *request, int64_t *now_s, json_t **holder);

char *act_wire_progress(const json_t *event);
char *act_wire_answer(const ActAnswer *answer, const GError *error);

/* What a line of the child says; NULL progress: it is the answer. FALSE where it is neither. Callers free. */
gboolean act_wire_read(const char *line, json_t **progress, ActAnswer *answer, GError **error);

#endif
