#include "curve.h"

#include <stdlib.h>

int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return llabs(a);
}

/* Divides rates and denominator by what they share: the solver's products stay small. */
static SolverCurve curve_reduced(SolverCurve curve)
{
    int64_t common = curve.denominator;
    for (int i = 0; i < curve.pieces; i++)
        common = greatest_divisor(common, curve.rate[i]);
    curve.denominator /= common;
    for (int i = 0; i < curve.pieces; i++)
        curve.rate[i] /= common;
    return curve;
}

SolverCurve curve_straight(int64_t rate, int64_t denominator)
{
    return curve_reduced((SolverCurve){.pieces = 1, .rate = {rate}, .denominator = denominator});
}

SolverCurve curve_bent(int64_t near, int64_t far, int64_t from, int64_t denominator)
{
    if (from <= 0)
        return curve_straight(far, denominator);
    return curve_reduced(
        (SolverCurve){.pieces = 2, .from = {0, from}, .rate = {near, far}, .denominator = denominator});
}
