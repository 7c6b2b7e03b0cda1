#include "office_spare.h"

#include "office_parts.h"

struct OfficeSpare {
    Office *office; /* NULL: it is nobody's spare any more */
    GSubprocess *process;
    int64_t version; /* of the store, when it began to look */
};

GSubprocess *office_child_new(const OfficeOptions *options, GError **error)
{
    return g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, options->program,
                            "--db", options->db, "act-worker", NULL);
}

static void on_spare_exit(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeSpare *spare = user;
    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    if (spare->office)
        spare->office->spare = NULL;
    g_object_unref(spare->process);
    g_free(spare);
}

GSubprocess *office_spare_take(Office *office)
{
    OfficeSpare *spare = office->spare;
    if (!spare)
        return NULL;
    office->spare = NULL;
    spare->office = NULL;
    return g_object_ref(spare->process);
}

void office_spare_end(Office *office)
{
    g_autoptr(GSubprocess) process = office_spare_take(office);
    if (process)
        g_subprocess_force_exit(process); /* it has nothing to lose */
}

void office_spare_ready(Office *office)
{
    int64_t version = 0;
    if (!store_version(office->store, &version, NULL) || (office->spare && office->spare->version == version))
        return;
    office_spare_end(office);
    GSubprocess *process = office_child_new(&office->options, NULL);
    if (!process)
        return;
    OfficeSpare *spare = office->spare = g_new0(OfficeSpare, 1);
    *spare = (OfficeSpare){office, process, version};
    g_subprocess_wait_async(process, NULL, on_spare_exit, spare);
}
