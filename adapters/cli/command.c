#include "command.h"

#include "rooster/hint.h"
#include "text.h"

#define O(id) OPTION_SET(OPTION_##id)

#define BROKER_OPTIONS (O(HOST) | O(PORT) | O(USER) | O(PASSWORD_FILE) | O(CA_FILE))

static const Command commands[] = {
    {.name = "init",
     .group = GROUP_DATA,
     .summary = "make an empty database",
     .text = "The database is one file, made for this user alone to read.",
     .examples = "rooster init\nrooster --db west.db init",
     .run = command_init},
    {.name = "import",
     .group = GROUP_DATA,
     .summary = "bring in a pool folder, or a calendar of orders or of absence",
     .arguments = "DIR|FILE.ics",
     .text =
         "DIR is a pool folder: its rows are added, or replace those of the same key; all or nothing. Its roster.csv "
         "becomes the published rosters of its weeks. With --replace the folder is the whole truth, and earlier "
         "rosters go. "
         "FILE.ics brings the orders of --coop COOP or the absence of --worker WORKER, for a year from the week of "
         "now.",
     .examples =
         "rooster import nieuw-west\nrooster import --replace nieuw-west\nrooster import orders.ics --coop canteen",
     .options = O(REPLACE) | O(COOP) | O(WORKER) | O(FORMAT),
     .least = 1,
     .most = 1,
     .run = command_import},
    {.name = "export",
     .group = GROUP_DATA,
     .summary = "write a roster, hours, invoices, a pool, a model of a week",
     .arguments = "roster|pool|model|hours|invoice|payroll [FILE]",
     .text =
         "`export roster` writes shift,worker,pinned to stdout: the draft of the week or, without one or with "
         "--published, "
         "the published roster. `export pool DIR` writes a pool folder with the published rosters of all weeks. "
         "`export model` writes the week as a mixed-integer program in MPS, to FILE or stdout, for GLPK, CBC, HiGHS "
         "and others; with --keep as the repair that `plan --keep` would solve. `export hours` writes the ledger of "
         "confirmed hours row by row, or with --format json as SETU time cards; `export invoice` what each cooperative "
         "pays, at its rate; `export payroll` what each worker is paid by calendar month: of the work that begins in "
         "--week or --month, to FILE or stdout.",
     .examples = "rooster export roster --week 2026-W49 > roster.csv\nrooster export pool copy-of-the-pool\n"
                 "rooster export model --week 2026-W49 week.mps\nrooster export invoice --month 2026-12 invoice.csv\n"
                 "rooster export hours --week 2026-W49 --format json",
     .options = O(WEEK) | O(PUBLISHED) | O(KEEP) | O(MONTH) | O(FORMAT),
     .least = 1,
     .most = 2,
     .run = command_export},
    {.name = "generate",
     .group = GROUP_DATA,
     .summary = "write a made-up pool folder, for trying and measuring",
     .arguments = "DIR",
     .text = "The same numbers give the same pool on every machine. DIR must be empty or not be there yet.",
     .examples = "rooster generate --workers 40 --seed 7 --week 2026-W49 trial",
     .options = O(WORKERS) | O(SEED) | O(WEEK),
     .least = 1,
     .most = 1,
     .run = command_generate},
    {.name = "backup",
     .group = GROUP_DATA,
     .summary = "write a consistent copy of the database",
     .arguments = "FILE",
     .text = "Also while others work in it. FILE must not be there yet.",
     .examples = "rooster backup rooster-monday.db",
     .least = 1,
     .most = 1,
     .run = command_backup},
    {.name = "audit",
     .group = GROUP_DATA,
     .summary = "show who did what",
     .text = "The newest entries come first.",
     .examples = "rooster audit --most 100\nrooster audit --format json",
     .options = O(MOST) | O(FORMAT),
     .run = command_audit},
    {.name = "plan",
     .group = GROUP_PLAN,
     .summary = "optimise a week into a new draft, with a proof of how good it is",
     .text =
         "Stops at the first of --gap, --seconds and --work. Only --work gives the same roster on every machine; the "
         "clock is an emergency brake. Pinned assignments stay. Ctrl-C stops and keeps the best roster so far; a "
         "second one drops it. It starts from the draft, and from the prices and lines that the week's last plan left, "
         "so that to plan on makes no week dearer; with --fresh from the pins alone. "
         "With --keep the published roster is repaired from now on: each change is charged, and what has begun stays. "
         "With --weeks N so many weeks are planned as one: rests, rows of days and sums over weeks hold across them; "
         "with --keep, too, each is a repair of its own published roster. `show`, `check` and `publish` take the same "
         "--weeks N.",
     .examples = "rooster plan --week 2026-W49\nrooster plan --week 2026-W49 --gap 0 --seconds 600\n"
                 "rooster plan --week 2026-W49 --weeks 4\nrooster plan --week 2026-W49 --weeks 4 --keep\n"
                 "rooster --now 2026-12-01T09:00 plan --week 2026-W49 --keep",
     .options = O(WEEK) | O(WEEKS) | O(GAP) | O(SECONDS) | O(WORK) | O(THREADS) | O(SEED) | O(KEEP) | O(FRESH) |
                O(LOG) | O(FORMAT),
     .run = command_plan},
    {.name = "show",
     .group = GROUP_LOOK,
     .summary = "show a roster by worker, cooperative or day",
     .text = "Shows the draft or, where there is none or with --published, the published roster, and says which. By "
             "cooperative and by day it shows what one more person on each shift is worth at the prices of the last "
             "plan. With --weeks N one listing a week, then the weeks together; for programs the rows of all weeks "
             "with their week.",
     .examples = "rooster show --week 2026-W49\nrooster show --week 2026-W49 --by coop\n"
                 "rooster show --by day --format csv\nrooster show --week 2026-W49 --weeks 4",
     .options = O(WEEK) | O(WEEKS) | O(BY) | O(PUBLISHED) | O(FORMAT),
     .run = command_show},
    {.name = "check",
     .group = GROUP_LOOK,
     .summary = "judge a roster by every rule of the law and the pool, and price it",
     .text = "Exit code 1 where a rule is broken or the plan's bound is not confirmed. The checker shares no code with "
             "the optimiser; the bound is proven again, in whole numbers, from the prices that the plan left. A draft "
             "of a published week is judged as a repair from now on: changes are charged, and what has begun must "
             "stay. With --weeks N each of so many weeks is judged with the others beside it as if they were "
             "published, and costs what it costs alone.",
     .examples = "rooster check --week 2026-W49\nrooster check --week 2026-W49 --published --format json",
     .options = O(WEEK) | O(WEEKS) | O(PUBLISHED) | O(FORMAT),
     .run = command_check},
    {.name = "diff",
     .group = GROUP_LOOK,
     .summary = "show what a draft changes against the published roster",
     .text = "Changes that reach a worker less than four days ahead (BW 7:628a) are marked.",
     .examples = "rooster diff --week 2026-W49",
     .options = O(WEEK) | O(FORMAT),
     .run = command_diff},
    {.name = "explain",
     .group = GROUP_LOOK,
     .summary = "explain why a shift is short, or why a worker got this week",
     .text =
         "For a shift: what one more person on it is worth, who stands on it, what keeps the others off it, the "
         "smallest change that would fill it, and a proof that it must be short (the smallest set of shifts and "
         "workers "
         "that shows it) or what decides it. For a worker: what each shift of the week costs and earns, the hours "
         "against the contract, what the week brings at the prices of the plan and which weeks come next, day by day, "
         "and what else was open. --work bounds the search for a proof (default: 200000).",
     .examples = "rooster explain --shift S00012\nrooster explain --week 2026-W49 --worker W0003",
     .options = O(WEEK) | O(SHIFT) | O(WORKER) | O(PUBLISHED) | O(WORK) | O(FORMAT),
     .run = command_explain},
    {.name = "candidates",
     .group = GROUP_LOOK,
     .summary = "list who can take a shift, at what price, and who cannot",
     .text = "The cheapest come first: the price is what the cost of the roster changes by.",
     .examples = "rooster candidates --shift S00012",
     .options = O(WEEK) | O(SHIFT) | O(PUBLISHED) | O(FORMAT),
     .run = command_candidates},
    {.name = "advise",
     .group = GROUP_LOOK,
     .summary = "say where training, standby or a contract would pay",
     .arguments = "training|standby|contracts",
     .text =
         "From the prices of the week's last plan, without planning again. `training`: what a certificate would be "
         "worth "
         "in each worker's hands. `standby`: what one more hour is worth by certificate and half-day, in parentheses "
         "where the certificate is not what is scarce. `contracts`: what one guaranteed hour more or fewer would be "
         "worth. All of it is for one worker, one certificate, one hour more, not for many at once.",
     .examples = "rooster advise training --week 2026-W49\nrooster advise standby --format csv",
     .options = O(WEEK) | O(MOST) | O(PUBLISHED) | O(FORMAT),
     .least = 1,
     .most = 1,
     .run = command_advise},
    {.name = "assign",
     .group = GROUP_HAND,
     .summary = "put a worker on a shift",
     .text = "Works on the draft; where there is none, on a new one from the published roster. Refused, with exit code "
             "1, where it "
             "would break a rule that the draft keeps.",
     .examples = "rooster assign --shift S00012 --worker W0003",
     .options = O(WEEK) | O(SHIFT) | O(WORKER) | O(FORMAT),
     .run = command_assign},
    {.name = "unassign",
     .group = GROUP_HAND,
     .summary = "take a worker off a shift",
     .text = "A pinned worker must be unpinned first.",
     .examples = "rooster unassign --shift S00012 --worker W0003",
     .options = O(WEEK) | O(SHIFT) | O(WORKER) | O(FORMAT),
     .run = command_unassign},
    {.name = "pin",
     .group = GROUP_HAND,
     .summary = "keep a worker on a shift, whatever is planned",
     .text = "The worker must be on the shift.",
     .examples = "rooster pin --shift S00012 --worker W0003",
     .options = O(WEEK) | O(SHIFT) | O(WORKER) | O(FORMAT),
     .run = command_pin},
    {.name = "unpin",
     .group = GROUP_HAND,
     .summary = "let the planning decide again",
     .text = "The worker stays on the shift until the next plan or unassign.",
     .examples = "rooster unpin --shift S00012 --worker W0003",
     .options = O(WEEK) | O(SHIFT) | O(WORKER) | O(FORMAT),
     .run = command_unpin},
    {.name = "undo",
     .group = GROUP_HAND,
     .summary = "take the newest plan or move back",
     .text = "At least the last hundred steps can be taken back, one by one.",
     .examples = "rooster undo --week 2026-W49",
     .options = O(WEEK),
     .run = command_undo},
    {.name = "spike",
     .group = GROUP_REACT,
     .summary = "ask for a shift in a published week, and be answered",
     .text =
         "A new shift of --coop, or with --shift one that is there, in a part of it changed (--headcount 0 cancels "
         "it). "
         "Answers who can fill it, at what price against doing nothing, what that displaces, and where nobody can, why "
         "and when somebody could. The demand is stored, and the answer becomes a draft, which `diff` shows and "
         "`publish` makes true; with --accept it is published at once, and with --trial nothing is stored. Who is "
         "added less than four days ahead may "
         "refuse (BW 7:628a) and must be asked. Looks for --seconds (default: 1) or, the same on every machine, "
         "--work; 0 of both: only the cheapest steps are tried.",
     .examples = "rooster spike --coop canteen --start 2026-12-03T08:00 --end 2026-12-03T13:00\n"
                 "rooster spike --shift S00012 --headcount 3 --trial",
     .options = O(COOP) | O(SHIFT) | O(START) | O(END) | O(HEADCOUNT) | O(ROLE) | O(CERTIFICATE) | O(TEAM_CERTIFICATE) |
                O(BREAK) | O(PRIORITY) | O(ACCEPT) | O(TRIAL) | O(SECONDS) | O(WORK) | O(THREADS) | O(FEEDS) |
                O(FORMAT),
     .run = command_spike},
    {.name = "absent",
     .group = GROUP_REACT,
     .summary = "say that a worker is away, and see who steps in",
     .text = "The worker is unavailable from --from until --until; why is nobody's business and is not stored. Answers "
             "like `spike` for every published week in which that leaves a shift, which becomes a draft or with "
             "--accept is published at once.",
     .examples = "rooster absent --worker W0003 --from 2026-12-01T06:00 --until 2026-12-03T00:00",
     .options = O(WORKER) | O(FROM) | O(UNTIL) | O(ACCEPT) | O(SECONDS) | O(WORK) | O(THREADS) | O(FEEDS) | O(FORMAT),
     .run = command_absent},
    {.name = "swap",
     .group = GROUP_REACT,
     .summary = "list, make, answer or approve swaps between workers",
     .arguments = "list | give | take [CASE] | VERB CASE",
     .text = "What workers do with their shifts on their page, for those who call the planner: `swap give` offers a "
             "published shift of --worker to whoever takes it, or to --other, for nothing or for their shift --return; "
             "`swap take` takes one that is open, or a --shift that is short of people. VERB is accept or decline of "
             "the one "
             "who is asked, withdraw of the one who gives, approve or refuse of the planner; a shift stays whose it is "
             "until "
             "then. What breaks a rule is refused, with exit code 1.",
     .examples = "rooster swap list\nrooster swap give --worker anna --shift S12\n"
                 "rooster swap take case-3f1 --worker bart\nrooster swap approve case-3f1",
     .options = O(WEEK) | O(WORKER) | O(SHIFT) | O(OTHER) | O(RETURN) | O(FORMAT),
     .least = 1,
     .most = 2,
     .run = command_swap},
    {.name = "offer",
     .group = GROUP_REACT,
     .summary = "list or answer offers of shifts that wait for a worker's yes",
     .arguments = "list | accept CASE | decline CASE",
     .text =
         "Where the law lets a worker refuse a change, the answer to a spike or an absence asks them first. The first "
         "yes wins; it is published at once.",
     .examples = "rooster offer list --worker anna\nrooster offer accept case-9c2",
     .options = O(WEEK) | O(WORKER) | O(FORMAT),
     .least = 1,
     .most = 2,
     .run = command_offer},
    {.name = "publish",
     .group = GROUP_OUT,
     .summary = "make the draft the published roster, and tell everyone",
     .text = "Writes the calendar feeds. Refused, with exit code 1, where the draft breaks a rule. With --weeks N so "
             "many weeks are published at once or not at all. With --undo the roster that the last publishing replaced "
             "is published again, as one more revision that everyone is told of; refused where it breaks a rule as "
             "things are now. Shows the changes "
             "and warns of those within "
             "four days. "
             "The messages wait in the outbox until --drain delivers them; where the broker is down they wait on. "
             "Without --week, "
             "--feeds DIR writes the feeds again and --drain delivers, and nothing is published; then a broker that is "
             "down is a "
             "failure (exit code 3).",
     .examples = "rooster publish --week 2026-W49\nrooster publish --week 2026-W49 --undo\n"
                 "rooster publish --week 2026-W49 --feeds /srv/feeds --drain\n"
                 "rooster publish --drain --host mqtt.example.org --port 1883",
     .options = O(WEEK) | O(WEEKS) | O(UNDO) | O(FEEDS) | O(DRAIN) | BROKER_OPTIONS | O(FORMAT),
     .run = command_publish},
    {.name = "outbox",
     .group = GROUP_OUT,
     .summary = "count the messages that wait, arrived or were refused",
     .text = "A message that the broker refused for good is a dead letter; --retry lets it wait again.",
     .examples = "rooster outbox\nrooster outbox --retry",
     .options = O(RETRY) | O(FORMAT),
     .run = command_outbox},
    {.name = "token",
     .group = GROUP_OUT,
     .summary = "let people and programs in, see who may, end it",
     .arguments = "create | list | revoke TOKEN",
     .text = "A token is a planner's, a worker's or a coop's, and opens the service's API; with --feed it opens their "
             "calendar feed and nothing else. Its secret is shown once and kept nowhere.",
     .examples = "rooster token create --role planner --label Anna\n"
                 "rooster token create --role worker --worker amina --feed\nrooster token list\n"
                 "rooster token revoke t9f86d081e4b1",
     .options = O(ROLE) | O(WORKER) | O(COOP) | O(FEED) | O(LINK) | O(LABEL) | O(FORMAT),
     .least = 1,
     .most = 2,
     .run = command_token},
    {.name = "hours",
     .group = GROUP_OUT,
     .summary = "show, confirm, dispute or correct the hours that were worked",
     .arguments = "show|confirm|dispute|correct",
     .text =
         "What was published and has ended is due until it is confirmed. `hours confirm` confirms all that is due in "
         "--week, of one day, cooperative or worker if they are named, or one --shift; with --start, --end and --break "
         "as it really was. `hours dispute` says that it was not so, and why (--note); nothing is paid on it. `hours "
         "correct` takes back what was booked and puts the planned hours, other times or --nothing in its place. What "
         "the law adds is booked with it: less than three hours of a call contract are paid as three, and what was "
         "withdrawn or moved less than four days ahead stays owed (BW 7:628a).",
     .examples = "rooster hours show --week 2026-W49\n"
                 "rooster hours confirm --week 2026-W49 --day 2026-11-30 --coop kantine\n"
                 "rooster hours dispute -s S12 -W W3 --note \"left at ten\"\n"
                 "rooster hours correct -s S12 -W W3 --nothing --note \"told by phone\"",
     .options = O(WEEK) | O(DAY) | O(COOP) | O(SHIFT) | O(WORKER) | O(START) | O(END) | O(BREAK) | O(NOTHING) |
                O(REASON) | O(NOTE) | O(FORMAT),
     .least = 1,
     .most = 1,
     .run = command_hours},
    {.name = "serve",
     .group = GROUP_OUT,
     .summary = "run the service: API, calendar feeds, events, messages",
     .text =
         "Answers HTTP at --listen: the API under /api/v1 (see /api/v1/openapi.json), calendar feeds under /feeds/, "
         "/healthz and /metrics; and keeps the outbox flowing to the broker where one is named. `rooster token "
         "create` lets people in. For use behind a reverse proxy that speaks TLS. SIGTERM ends it.",
     .examples = "rooster serve\nrooster --db pool.db serve --listen 127.0.0.1:8080 --host localhost",
     .options = O(LISTEN) | O(REQUEST_SECONDS) | O(CONNECTIONS_PER_PEER) | BROKER_OPTIONS,
     .run = command_serve},
    {.name = "help",
     .group = GROUP_HELP,
     .summary = "show the commands, or one of them",
     .arguments = "[COMMAND]",
     .text = "The same as --help behind a command.",
     .examples = "rooster help plan",
     .most = 1,
     .run = command_help_run},
    {.name = "solve-worker", .group = GROUP_HIDDEN, .run = command_solve_worker},
    {.name = "act-worker", .group = GROUP_HIDDEN, .run = command_act_worker},
    {.name = "calendar-worker", .group = GROUP_HIDDEN, .run = command_calendar_worker},
};

const Command *command_find(const char *name)
{
    for (guint index = 0; index < G_N_ELEMENTS(commands); index++)
        if (g_str_equal(commands[index].name, name))
            return &commands[index];
    return NULL;
}

const Command *command_require(const char *name, GError **error)
{
    const Command *command = command_find(name);
    if (command != NULL && command->group != GROUP_HIDDEN)
        return command;
    const char *names[G_N_ELEMENTS(commands)];
    guint count = 0;
    for (guint index = 0; index < G_N_ELEMENTS(commands); index++)
        if (commands[index].group != GROUP_HIDDEN)
            names[count++] = commands[index].name;
    const char *meant = hint_nearest(name, names, count);
    if (meant != NULL)
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "no command %s; did you mean %s?", name, meant);
    else
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "no command %s; `rooster help` lists the commands", name);
    return NULL;
}

/* --- help */

static void append_wrapped(GString *help, const char *text)
{
    g_autoptr(GPtrArray) lines = text_wrap(text, 80);
    for (guint line = 0; line < lines->len; line++)
        g_string_append_printf(help, "%s\n", (const char *)g_ptr_array_index(lines, line));
}

char *commands_help(void)
{
    static const char *const titles[] = {
        [GROUP_DATA] = "Data",
        [GROUP_PLAN] = "Planning",
        [GROUP_LOOK] = "Looking and judging",
        [GROUP_HAND] = "Moving by hand",
        [GROUP_REACT] = "When something happens",
        [GROUP_OUT] = "Publishing",
        [GROUP_HELP] = "Help",
    };
    GString *help = g_string_new("Usage: rooster [--db FILE] [--now TIME] COMMAND [options]\n\n"
                                 "Plans the weekly roster of a shared employer pool, proves how good it is, and\n"
                                 "publishes it.\n");
    for (guint index = 0; index < G_N_ELEMENTS(commands) && commands[index].group != GROUP_HIDDEN; index++) {
        const Command *command = &commands[index];
        if (index == 0 || command[-1].group != command->group)
            g_string_append_printf(help, "\n%s\n", titles[command->group]);
        g_string_append_printf(help, "  %-12s%s\n", command->name, command->summary);
    }
    g_autofree char *options = options_help(OPTIONS_GLOBAL);
    g_string_append_printf(help, "\nOptions for every command\n%s\n", options);
    g_string_append(help, "`rooster help COMMAND` says more. Exit codes: 0 done, 1 a check or a rule\n"
                          "failed, 2 bad use or bad input, 3 internal.\n");
    return g_string_free(help, FALSE);
}

char *command_help(const Command *command)
{
    GString *help = g_string_new(NULL);
    g_string_append_printf(help, "Usage: rooster %s%s%s%s\n\n", command->name, command->arguments != NULL ? " " : "",
                           command->arguments != NULL ? command->arguments : "",
                           command->options != 0 ? " [options]" : "");
    g_autofree char *summary = g_strdup(command->summary);
    summary[0] = g_ascii_toupper(summary[0]);
    g_autofree char *text = g_strdup_printf("%s. %s", summary, command->text);
    append_wrapped(help, text);
    if (command->options != 0) {
        g_autofree char *own = options_help(command->options);
        g_string_append_printf(help, "\nOptions\n%s", own);
    }
    g_autofree char *everywhere = options_help(OPTIONS_GLOBAL);
    g_string_append_printf(help, "\nOptions for every command\n%s\nExamples\n", everywhere);
    g_auto(GStrv) examples = g_strsplit(command->examples, "\n", -1);
    for (guint index = 0; examples[index] != NULL; index++)
        g_string_append_printf(help, "  %s\n", examples[index]);
    return g_string_free(help, FALSE);
}
