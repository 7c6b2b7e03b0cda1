/* A few threads that do the same to each of n things; the calling thread is one of them. */
#ifndef SOLVER_CREW_H
#define SOLVER_CREW_H

#include <stdint.h>

typedef struct Crew Crew;
typedef void (*CrewTask)(void *context, int32_t index, int32_t thread);

/* threads >= 1; fewer if the system has no more to give. */
Crew *crew_new(int32_t threads);
int32_t crew_size(const Crew *crew);
/* Calls task for every index below count, in any order and thread, and waits for all. */
void crew_run(Crew *crew, int32_t count, CrewTask task, void *context);
/* While the calling thread waits for the others it calls this now and then. */
void crew_set_idle(Crew *crew, void (*idle)(void *context), void *context);
void crew_free(Crew *crew);

#endif
