#include "crew.h"

#include "memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

typedef struct Member {
    struct Crew *crew;
    int32_t number;
    pthread_t thread;
} Member;

struct Crew {
    pthread_mutex_t lock;
    pthread_cond_t begin, done;
    int32_t size, busy, count;
    uint64_t round;
    bool is_over;
    atomic_int_fast32_t next;
    CrewTask task;
    void *context;
    void (*idle)(void *context);
    void *idle_context;
    Member *members;
};

static void work(Crew *crew, int32_t number)
{
    for (;;) {
        int32_t index = (int32_t)atomic_fetch_add(&crew->next, 1);
        if (index >= crew->count) {
            return;
        }
        crew->task(crew->context, index, number);
    }
}

static void *member_main(void *argument)
{
    Member *member = argument;
    Crew *crew = member->crew;
    uint64_t seen = 0;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!crew->is_over && crew->round == seen) {
            pthread_cond_wait(&crew->begin, &crew->lock);
        }
        if (crew->is_over) {
            break;
        }
        seen = crew->round;
        pthread_mutex_unlock(&crew->lock);
        work(crew, member->number);
        pthread_mutex_lock(&crew->lock);
        if (--crew->busy == 0) {
            pthread_cond_signal(&crew->done);
        }
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

Crew *crew_new(int32_t threads)
{
    enum { THREADS_MOST = 256 };
    Crew *crew = MEMORY_NEW(Crew, 1);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->begin, NULL);
    pthread_cond_init(&crew->done, NULL);
    threads = threads < 1 ? 1 : threads > THREADS_MOST ? THREADS_MOST : threads;
    crew->members = MEMORY_NEW(Member, threads);
    for (crew->size = 1; crew->size < threads; crew->size++) {
        Member *member = &crew->members[crew->size];
        *member = (Member){.crew = crew, .number = crew->size};
        if (pthread_create(&member->thread, NULL, member_main, member) != 0) {
            break;
        }
    }
    return crew;
}

int32_t crew_size(const Crew *crew)
{
    return crew->size;
}

void crew_set_idle(Crew *crew, void (*idle)(void *context), void *context)
{
    crew->idle = idle;
    crew->idle_context = context;
}

void crew_run(Crew *crew, int32_t count, CrewTask task, void *context)
{
    pthread_mutex_lock(&crew->lock);
    crew->task = task;
    crew->context = context;
    crew->count = count;
    atomic_store(&crew->next, 0);
    crew->busy = crew->size - 1;
    crew->round++;
    pthread_cond_broadcast(&crew->begin);
    pthread_mutex_unlock(&crew->lock);
    work(crew, 0);
    pthread_mutex_lock(&crew->lock);
    while (crew->busy > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 50 * 1000 * 1000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&crew->done, &crew->lock, &until);
        if (crew->busy > 0 && crew->idle) {
            pthread_mutex_unlock(&crew->lock);
            crew->idle(crew->idle_context);
            pthread_mutex_lock(&crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
}

void crew_free(Crew *crew)
{
    if (!crew) {
        return;
    }
    pthread_mutex_lock(&crew->lock);
    crew->is_over = true;
    pthread_cond_broadcast(&crew->begin);
    pthread_mutex_unlock(&crew->lock);
    for (int32_t i = 1; i < crew->size; i++) {
        pthread_join(crew->members[i].thread, NULL);
    }
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->begin);
    pthread_cond_destroy(&crew->done);
    free(crew->members);
    free(crew);
}
