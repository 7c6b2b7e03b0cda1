#include "rooster/case.h"

#include "kind_names.h"
#include "secret.h"

KIND_NAMES(CaseKind, case_kind, "spike", "absence", "offer", "swap")
KIND_NAMES(CaseState, case_state, "waiting", "accepted", "declined", "lost", "expired", "withdrawn")

Case *case_new(CaseKind kind, IsoWeek week, int64_t now_s)
{
    g_autofree char *prefix = g_strconcat(case_kind_name(kind), "-", NULL);
    Case *some = g_new0(Case, 1);
    *some = (Case){.id = secret_name(prefix),
                   .kind = kind,
                   .state = CASE_WAITING,
                   .week = week,
                   .coop = g_strdup(""),
                   .worker = g_strdup(""),
                   .shift = g_strdup(""),
                   .other = g_strdup(""),
                   .about = g_strdup(""),
                   .created_s = now_s,
                   .changed_s = now_s,
                   .body = g_strdup("{}")};
    return some;
}

Case *case_copy(const Case *some)
{
    Case *copy = g_memdup2(some, sizeof *some);
    copy->id = g_strdup(some->id);
    copy->coop = g_strdup(some->coop);
    copy->worker = g_strdup(some->worker);
    copy->shift = g_strdup(some->shift);
    copy->other = g_strdup(some->other);
    copy->about = g_strdup(some->about);
    copy->body = g_strdup(some->body);
    return copy;
}

void case_free(Case *some)
{
    if (!some)
        return;
    g_free(some->id);
    g_free(some->coop);
    g_free(some->worker);
    g_free(some->shift);
    g_free(some->other);
    g_free(some->about);
    g_free(some->body);
    g_free(some);
}

void case_set(char **field, const char *text)
{
    char *copy = g_strdup(text ? text : ""); /* first: text may be the field itself */
    g_free(*field);
    *field = copy;
}
