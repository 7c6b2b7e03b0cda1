/*
 * The command line: people's and scripts' way in. It knows the scheduler and, through these ports, whatever main.c has
 * wired to it; no other adapter.
 *
 * Exit codes: 0 done; 1 a check or a rule failed; 2 bad use or bad input; 3 internal: disk, broker, solver, a bug.
 * Results go to stdout, errors (one sentence behind "rooster: "), warnings and progress to stderr.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "rooster/exchange.h"
#include "rooster/store.h"

#include <stdio.h>

G_BEGIN_DECLS

#define CLI_ERROR (cli_error_quark())
GQuark cli_error_quark(void);
typedef enum CliError {
    CLI_ERROR_USE,  /* options, arguments, names that do not exist; a port that finds its options wrong says so with it
                     */
    CLI_ERROR_WORLD /* disk, broker: what no other options would mend */
} CliError;

/* Where messages are delivered. */
typedef struct CliBroker {
    const char *pool;          /* id; NULL while there is no pool */
    const char *host;          /* NULL: localhost */
    int port;                  /* 0: MQTT's usual one */
    const char *user;          /* NULL: none */
    const char *password_file; /* NULL: none; its first line is the password */
    const char *ca_file;       /* NULL: no TLS */
} CliBroker;

/* What came of a delivery; filled whatever the result. */
typedef struct CliDelivery {
    int64_t waiting, delivered, dead; /* still in the outbox; acknowledged by the broker; refused by it for good */
    int64_t restored;                 /* retained state that the broker lacked or had otherwise */
    char reason[200];                 /* why the newest dead letter was refused; "" if none was */
} CliDelivery;

/* What the service is told to do. */
typedef struct CliService {
    const char *db;           /* the database, for working processes */
    const char *address;      /* numeric; to listen at */
    int port;                 /* 0: any that is free */
    int connections_per_peer; /* 0: any number */
    int request_s;            /* for a request to arrive, and for its answer to be taken */
    int64_t clock_offset_s;   /* of --now */
    const CliBroker *broker;  /* NULL: no broker */
} CliService;

typedef struct CliPorts {
    gboolean (*store_init)(const char *path, GError **error);
    Store *(*store_open)(const char *path, GError **error);
    PoolFolderRead folder_read;
    PoolFolderWrite folder_write;
    RosterWrite roster_write;
    TextTableWrite table_write; /* CSV */
    CalendarRead calendar_read;
    FeedsWrite feeds_write;
    /* Delivers what waits in the outbox; FALSE where the broker cannot be reached or will not have us. */
    gboolean (*drain)(Store *store, const CliBroker *broker, CliDelivery *delivery, GError **error);
    /* Runs the service until it is told to stop. */
    gboolean (*serve)(Store *store, const CliService *service, GError **error);
    /* The commands of child processes. Their results are exit codes; arguments begin with the command's name. */
    int (*act_worker)(Store *store, const char *program, FILE *in, FILE *out);
    int (*solve_worker)(FILE *in, FILE *out);
    int (*calendar_worker)(int count, char **arguments, FILE *in, FILE *out);
} CliPorts;

int cli_main(int argc, char **argv, const CliPorts *ports);

G_END_DECLS

#endif
