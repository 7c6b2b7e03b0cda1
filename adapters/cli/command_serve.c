#include "command.h"

#include "broker.h"

#include <string.h>

#define LISTEN_DEFAULT "127.0.0.1:8080"

enum { PORT_MOST = 65535, REQUEST_S = 30, REQUEST_MOST_S = 3600, PER_PEER_MOST = 1000000 };

/* "127.0.0.1:8080", "[::1]:8080"; the address alone, without its brackets, into *address. Caller frees. */
static gboolean read_listen(const char *text, char **address, int *port, GError **error)
{
    const char *colon = strrchr(text, ':');
    int64_t number = 0;
    if (colon == NULL || colon == text || colon[1] == '\0') {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --listen: %s is no ADDRESS:PORT, such as " LISTEN_DEFAULT,
                    text);
        return FALSE;
    }
    if (!session_integer("listen", colon + 1, 0, PORT_MOST, &number, error))
        return FALSE;
    gboolean has_brackets = text[0] == '[' && colon[-1] == ']';
    *address = has_brackets ? g_strndup(text + 1, (gsize)(colon - text) - 2) : g_strndup(text, (gsize)(colon - text));
    *port = (int)number;
    return TRUE;
}

ExitCode command_serve(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    CliBroker broker = {0};
    g_autofree char *address = NULL;
    const char *listen = session->options.listen != NULL ? session->options.listen : LISTEN_DEFAULT;
    CliService service = {.db = session_db(session)};
    int64_t request_s = REQUEST_S, per_peer = 0;
    if (!read_listen(listen, &address, &service.port, error) ||
        !session_integer("request-seconds", session->options.request_seconds, 1, REQUEST_MOST_S, &request_s, error) ||
        !session_integer("connections-per-peer", session->options.connections_per_peer, 1, PER_PEER_MOST, &per_peer,
                         error) ||
        !session_open_empty(session, error) || !broker_of(session, &broker, error))
        return EXIT_BY_ERROR;
    service.address = address;
    service.request_s = (int)request_s;
    service.connections_per_peer = (int)per_peer;
    service.broker = broker.host != NULL ? &broker : NULL;
    if (session->options.now != NULL)
        service.clock_offset_s = session->desk.now_s - g_get_real_time() / G_USEC_PER_SEC;
    return session->ports->serve(session->desk.store, &service, error) ? EXIT_DONE : EXIT_BY_ERROR;
}

/* The child's side of a long act: stdin and stdout are the service's pipes. */
ExitCode command_act_worker(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    if (!session_open_store(session, error))
        return EXIT_BY_ERROR;
    return (ExitCode)session->ports->act_worker(session->desk.store, "/proc/self/exe", stdin, stdout);
}
