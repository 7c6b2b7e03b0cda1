#include "broker.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct Broker {
    char *folder, *program;
    int port;
    pid_t process;
};

static char *find_program(void)
{
    char *program = g_find_program_in_path("mosquitto");
    if (!program && g_file_test("/usr/sbin/mosquitto", G_FILE_TEST_IS_EXECUTABLE))
        program = g_strdup("/usr/sbin/mosquitto"); /* not in the path of ordinary users */
    return program;
}

gboolean broker_is_installed(void)
{
    g_autofree char *program = find_program();
    return program != NULL;
}

static int loopback_socket(int port, struct sockaddr_in *address)
{
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(handle, >=, 0);
    return handle;
}

static int free_port(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int handle = loopback_socket(0, &address);
    g_assert_cmpint(bind(handle, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_assert_cmpint(getsockname(handle, (struct sockaddr *)&address, &length), ==, 0);
    close(handle);
    return ntohs(address.sin_port);
}

static gboolean answers(int port)
{
    struct sockaddr_in address;
    int handle = loopback_socket(port, &address);
    gboolean does = connect(handle, (struct sockaddr *)&address, sizeof address) == 0;
    close(handle);
    return does;
}

char *broker_make_folder(void)
{
    char *folder = g_dir_make_tmp("rooster-broker-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

static void write_config(const Broker *broker, const char *extra)
{
    g_auto(GStrv) parts = g_strsplit(extra ? extra : "allow_anonymous true", "@", -1);
    g_autofree char *own = g_strjoinv(broker->folder, parts);
    /* Started as root it would change to a user who cannot write its folder. */
    g_autofree char *text = g_strdup_printf("per_listener_settings false\n"
                                            "listener %d 127.0.0.1\n"
                                            "user %s\n"
                                            "persistence true\n"
                                            "persistence_location %s/\n"
                                            "autosave_on_changes true\n"
                                            "autosave_interval 1\n"
                                            "max_queued_messages 0\n"
                                            "log_dest file %s/broker.log\n"
                                            "%s\n",
                                            broker->port, g_get_user_name(), broker->folder, broker->folder, own);
    g_autofree char *path = g_build_filename(broker->folder, "mosquitto.conf", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void broker_restart(Broker *broker)
{
    g_assert_cmpint(broker->process, ==, 0);
    g_autofree char *config = g_build_filename(broker->folder, "mosquitto.conf", NULL);
    g_autofree char *errors = g_build_filename(broker->folder, "stderr", NULL);
    pid_t parent = getpid();
    broker->process = fork();
    g_assert_cmpint(broker->process, >=, 0);
    if (broker->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* when the thread that started it ends, that is */
        int log = open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (getppid() != parent || log < 0 || dup2(log, STDERR_FILENO) < 0)
            _exit(126);
        execl(broker->program, broker->program, "-c", config, (char *)NULL);
        _exit(127);
    }
    for (int tries = 0; !answers(broker->port); tries++) {
        if (tries == 1000 || waitpid(broker->process, NULL, WNOHANG) != 0)
            g_error("mosquitto does not start; see %s", errors);
        g_usleep(10000);
    }
}

Broker *broker_start(char *folder, const char *extra)
{
    Broker *broker = g_new0(Broker, 1);
    broker->folder = folder ? folder : broker_make_folder();
    broker->program = find_program();
    g_assert_nonnull(broker->program);
    broker->port = free_port();
    write_config(broker, extra);
    broker_restart(broker);
    return broker;
}

static void end(Broker *broker, int signal_number)
{
    if (broker->process == 0)
        return;
    kill(broker->process, signal_number);
    kill(broker->process, SIGCONT); /* a frozen one hears no SIGTERM */
    while (waitpid(broker->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    broker->process = 0;
}

void broker_kill(Broker *broker)
{
    end(broker, SIGKILL);
}

void broker_stop(Broker *broker)
{
    end(broker, SIGTERM);
}

void broker_freeze(Broker *broker)
{
    kill(broker->process, SIGSTOP);
}

void broker_thaw(Broker *broker)
{
    kill(broker->process, SIGCONT);
}

void broker_wipe(Broker *broker)
{
    g_assert_cmpint(broker->process, ==, 0);
    g_autofree char *data = g_build_filename(broker->folder, "mosquitto.db", NULL);
    unlink(data);
}

void broker_free(Broker *broker)
{
    if (!broker)
        return;
    end(broker, SIGKILL);
    GDir *files = g_dir_open(broker->folder, 0, NULL);
    for (const char *name; files && (name = g_dir_read_name(files)) != NULL;) {
        g_autofree char *path = g_build_filename(broker->folder, name, NULL);
        unlink(path);
    }
    if (files)
        g_dir_close(files);
    rmdir(broker->folder);
    g_free(broker->folder);
    g_free(broker->program);
    g_free(broker);
}

int broker_port(const Broker *broker)
{
    return broker->port;
}

const char *broker_folder(const Broker *broker)
{
    return broker->folder;
}
