#include "certify.h"

#include "charge.h"

#include <math.h>

enum { BITS_MOST = 40 }; /* as solver_certificate_check takes them */

/* As fine as the sums allow: a worker's prices together stay far inside 64 bits. */
static int32_t bits_for(const SolverProblem *tight, const double *row_price)
{
    double most = 1, sum = 0;
    for (int32_t entry = 0; entry < tight->entry_count; entry++) {
        bool is_new_worker = entry == 0 || tight->entries[entry].worker != tight->entries[entry - 1].worker;
        const SolverWorker *worker = &tight->workers[tight->entries[entry].worker];
        sum = is_new_worker ? 2 * (double)charge_of_nothing(worker) : sum;
        sum += fabs((double)tight->entries[entry].cost_cents);
        for (int64_t k = tight->entry_row_begin[entry]; k < tight->entry_row_begin[entry + 1]; k++) {
            sum += fabs((double)tight->entry_coefficient[k] * row_price[tight->entry_row[k]]);
        }
        most = fmax(most, sum);
    }
    int32_t bits = 58 - ilogb(most);
    return bits < 0 ? 0 : bits > BITS_MOST ? BITS_MOST : bits;
}

/* The price as a multiple of 2^-bits; what is no number is 0. */
static int64_t dyadic(double price, int32_t bits)
{
    double scaled = ldexp(price, bits);
    return fabs(scaled) < 0x1p61 ? (int64_t)llround(scaled) : 0;
}

void certificate_make(SolverCertificate *certificate, const SolverProblem *tight, int32_t own_rows,
                      const SolverPair *pairs, const double *row_price)
{
    int32_t pair_count = tight->row_count - own_rows;
    *certificate = (SolverCertificate){.bits = bits_for(tight, row_price), .bound_cents = INT64_MIN};
    certificate->row_count = own_rows;
    certificate->row_price = MEMORY_NEW(int64_t, own_rows);
    certificate->pairs = MEMORY_NEW(SolverPair, pair_count); /* those of price 0 rule entries out */
    certificate->pair_count = pair_count;
    for (int32_t row = 0; row < own_rows; row++) {
        certificate->row_price[row] = dyadic(row_price[row], certificate->bits);
    }
    for (int32_t i = 0; i < pair_count; i++) {
        certificate->pairs[i] =
            (SolverPair){pairs[i].first, pairs[i].second, dyadic(row_price[own_rows + i], certificate->bits)};
    }
}
