/*
 * What is kept of a solve: the prices and lines that the next solve of the week starts from, and the certificate that
 * proves its bound.
 *
 * Everything is named by ids, so a record outlives changes of demand, workers and availability: what is unknown by then
 * is dropped. The certificate is the exception. It proves the bound of one problem only, whose fingerprint it carries.
 */
#ifndef ROOSTER_SOLVE_RECORD_H
#define ROOSTER_SOLVE_RECORD_H

#include "rooster/roster.h"

G_BEGIN_DECLS

#define SOLVE_RECORD_ERROR (solve_record_error_quark())
GQuark solve_record_error_quark(void);
typedef enum SolveRecordError {
    SOLVE_RECORD_ERROR_UNREADABLE /* no JSON, or not as written here */
} SolveRecordError;

/* The price of one row: headcount, team or learners of a shift (with a certificate, but for headcount), fairness of a coop. */
typedef struct RecordPrice {
    const char *kind; /* "headcount", "team", "learners", "fairness"; static */
    char *id;         /* of the shift or the coop */
    char *certificate;
    double cents;     /* a person; fairness: a minute */
} RecordPrice;

typedef struct RecordLine {
    char *worker;
    char **shifts; /* NULL-terminated */
} RecordLine;

typedef struct RecordPin {
    char *shift, *worker;
} RecordPin;

/* A row made of two others, and its price; as SolverPair. */
typedef struct RecordPair {
    int32_t first, second;
    int64_t price;
} RecordPair;

typedef struct SolveRecord {
    IsoWeek week;
    int64_t made_s;
    /* the problem */
    gboolean is_repair; /* of published revision `revision`, seen from now_min */
    int revision;
    int64_t now_min;
    GPtrArray *pins;   /* of RecordPin: what had to stay */
    char *fingerprint; /* SHA-256 of the problem, in hexadecimal */
    /* the answer */
    char *status;
    gboolean has_bound;
    int64_t cost_cents, bound_cents;
    GPtrArray *prices; /* of RecordPrice */
    GPtrArray *lines;  /* of RecordLine */
    /* the certificate: prices of the rows in order, in 2^-bits cents */
    gboolean is_certified;
    int64_t certified_cents; /* what they are said to prove; bound_cents may be more, see Proof */
    int32_t bits;
    GArray *row_prices; /* of gint64 */
    GArray *pairs;      /* of RecordPair */
} SolveRecord;

SolveRecord *solve_record_new(void);
void solve_record_free(SolveRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SolveRecord, solve_record_free)

/* One object, the same bytes for the same record. Caller frees. */
char *solve_record_to_json(const SolveRecord *record);
/* Refuses what solve_record_to_json would not write. Caller frees. */
SolveRecord *solve_record_from_json(const char *json, GError **error);

G_END_DECLS

#endif
