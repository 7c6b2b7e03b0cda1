/*
 * The table of all hard rules, in the order in which they are judged and shown. To add a rule: a line here, and a
 * function rule_NAME in the file of its theme.
 */
#ifndef ROOSTER_RULES_TABLE_H
#define ROOSTER_RULES_TABLE_H

#include "rules_line.h"

/* RULE(name, article): about one worker's line of work. */
#define LINE_RULES(RULE)                                                                                               \
    RULE(certificate, "pool agreement")                                                                                \
    RULE(unavailable, "pool agreement")                                                                                \
    RULE(never, "pool agreement")                                                                                      \
    RULE(travel, "pool rule")                                                                                          \
    RULE(overlap, "pool agreement")                                                                                    \
    RULE(duty_work, "A1 ATW 5:7(2)(a)")                                                                                \
    RULE(duty_span, "A5 ATW 5:3(2)")                                                                                   \
    RULE(daily_rest, "A5 ATW 5:3(2)")                                                                                  \
    RULE(week, "A2 ATW 5:7(2)(b)")                                                                                     \
    RULE(four_weeks, "A3 ATW 5:7(3)")                                                                                  \
    RULE(sixteen_weeks, "A4 ATW 5:7(2)(c)")                                                                            \
    RULE(contract_max, "contract")                                                                                     \
    RULE(weekly_rest, "A6 ATW 5:5(2)")                                                                                 \
    RULE(night_work, "N1 ATW 5:8(1)")                                                                                  \
    RULE(night_rest, "N3 ATW 5:8(4)")                                                                                  \
    RULE(night_run, "N4 ATW 5:8(5)")                                                                                   \
    RULE(series, "N5 ATW 5:8(6)")                                                                                      \
    RULE(night_count, "N6 ATW 5:8(8)")                                                                                 \
    RULE(night_hours, "N7 ATW 5:8(2)")                                                                                 \
    RULE(sundays, "A9 ATW 5:6(3)")                                                                                     \
    RULE(under_16, "D10 ATW 1:2, 3:2")                                                                                 \
    RULE(youth_duty, "Y1 ATW 5:7(1)")                                                                                  \
    RULE(youth_week, "Y2 ATW 5:7(1)")                                                                                  \
    RULE(youth_four_weeks, "Y3 ATW 5:7(1)")                                                                            \
    RULE(youth_night, "Y4 ATW 5:3(1)")                                                                                 \
    RULE(youth_span, "Y4 ATW 5:3(1)")                                                                                  \
    RULE(youth_rest, "Y4 ATW 5:3(1)")                                                                                  \
    RULE(youth_break, "Y6 ATW 5:4(1)")                                                                                 \
    RULE(consecutive_days, "pool agreement")                                                                           \
    RULE(shifts_per_day, "pool agreement")                                                                             \
    RULE(min_consecutive_days, "pool rule")                                                                            \
    RULE(days_off, "pool rule")                                                                                        \
    RULE(weekends, "pool rule")                                                                                        \
    RULE(shift_kinds, "pool rule")                                                                                     \
    RULE(succession, "pool rule")                                                                                      \
    RULE(breaks, "A7 ATW 5:4(2)")

/* About one shift and all who are on it. */
#define SHIFT_RULES(RULE)                                                                                              \
    RULE(headcount, "pool agreement")                                                                                  \
    RULE(learner, "pool agreement")                                                                                    \
    RULE(demand_breaks, "A7 ATW 5:4(2)")

/* About the roster as a whole. */
#define ROSTER_RULES(RULE)                                                                                             \
    RULE(pinned, "pool agreement")                                                                                     \
    RULE(frozen, "pool agreement")

#define DECLARE(name, article) void rule_##name(const Line *line, Verdict *verdict);
LINE_RULES(DECLARE)
#undef DECLARE
#define DECLARE(name, article) void rule_##name(const Week *week, const Roster *roster, guint shift, Verdict *verdict);
SHIFT_RULES(DECLARE)
#undef DECLARE
#define DECLARE(name, article) void rule_##name(const Week *week, const Roster *roster, Verdict *verdict);
ROSTER_RULES(DECLARE)
#undef DECLARE

#endif
