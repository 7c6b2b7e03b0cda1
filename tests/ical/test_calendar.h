/* The parts of the calendar tests. */
#ifndef ROOSTER_TESTS_CALENDAR_H
#define ROOSTER_TESTS_CALENDAR_H

void add_limit_tests(void);

#endif
