/*
 * Every act: who may do it, with which arguments.
 */
#include "acts.h"

#define PLANNER (1U << ACTOR_PLANNER)
#define WORKER  (1U << ACTOR_WORKER)
#define COOP    (1U << ACTOR_COOP)
#define ALL     (PLANNER | WORKER | COOP)

enum {
    NAME_MOST = 200,
    NOTE_MOST = 1000,
    STEPS_MOST = 200,
    WINDOWS_MOST = 500,
    ASSIGNMENTS_MOST = 200000,
    NAMES_MOST = 20000,
    OFFERS_MOST = 200,
    HEADCOUNT_MOST = 10000,
    BREAK_MOST = 720,
    PAGE_MOST = 1000,
    ITEMS_MOST = 5000,
    SECONDS_MOST = 86400,
    THREADS_MOST = 256
};

#define WEEK                                                                                                           \
    {                                                                                                                  \
        .name = "week", .kind = ARGUMENT_WEEK, .is_required = TRUE, .about = "the ISO week, 2026-W49"                  \
    }
#define SHIFT                                                                                                          \
    {                                                                                                                  \
        .name = "shift", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the shift's id"                           \
    }
#define WORKER_                                                                                                        \
    {                                                                                                                  \
        .name = "worker", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the worker's id"                         \
    }
#define COOP_                                                                                                          \
    {                                                                                                                  \
        .name = "coop", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the coop's id"                             \
    }
#define MOST                                                                                                           \
    {                                                                                                                  \
        .name = "most", .kind = ARGUMENT_INTEGER, .least = 1, .most = PAGE_MOST, .about = "at most so many"            \
    }
#define END                                                                                                            \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

static const Argument none[] = {END};
static const Argument week_only[] = {WEEK, END};
static const Argument candidates[] = {
    SHIFT,
    {.name = "instead_of", .kind = ARGUMENT_ID, .about = "as if this worker were not on it: who could take over"},
    END};
static const Argument shift_only[] = {SHIFT, END};
static const Argument audit[] = {
    MOST, {.name = "shift", .kind = ARGUMENT_ID, .about = "only what names this shift, among the newest entries"}, END};
static const Argument worker_only[] = {WORKER_, END};
static const Argument most_only[] = {MOST, END};
static const Argument worker_week[] = {WORKER_, WEEK, END};
static const Argument coop_week[] = {COOP_, WEEK, END};

static const char *const rosters[] = {"draft", "published", NULL};
static const Argument board[] = {
    WEEK,
    {.name = "roster", .kind = ARGUMENT_CHOICE, .choices = rosters, .about = "which one; draft, if there is one"},
    END};

static const char *const move_kinds[] = {"assign", "unassign", "pin", "unpin", NULL};
static const Argument step[] = {
    {.name = "kind", .kind = ARGUMENT_CHOICE, .is_required = TRUE, .choices = move_kinds, .about = "what is done"},
    SHIFT,
    WORKER_,
    END};
static const Argument move[] = {
    WEEK,
    {.name = "steps",
     .kind = ARGUMENT_LIST,
     .is_required = TRUE,
     .least = 1,
     .most = STEPS_MOST,
     .members = step,
     .about = "one on the other, all or none"},
    {.name = "is_trial", .kind = ARGUMENT_BOOLEAN, .about = "judge and price it, and change nothing"},
    END};

static const Argument plan[] = {
    WEEK,
    {.name = "gap_percent", .kind = ARGUMENT_NUMBER, .most = 100, .about = "stop when the gap is as small; 0.5"},
    {.name = "seconds", .kind = ARGUMENT_NUMBER, .most = SECONDS_MOST, .about = "stop after so long; 60"},
    {.name = "work", .kind = ARGUMENT_INTEGER, .most = INT64_MAX, .about = "stop after so much work; 0: no limit"},
    {.name = "threads", .kind = ARGUMENT_INTEGER, .most = THREADS_MOST, .about = "0: one for each processor"},
    {.name = "is_repair", .kind = ARGUMENT_BOOLEAN, .about = "change the published roster as little as it pays"},
    {.name = "is_fresh", .kind = ARGUMENT_BOOLEAN, .about = "begin from nothing that was found before"},
    {.name = "take", .kind = ARGUMENT_BOOLEAN, .about = "make it the draft when it is done"},
    END};

static const Argument assignment[] = {
    SHIFT, WORKER_, {.name = "is_pinned", .kind = ARGUMENT_BOOLEAN, .about = "whether plans keep it"}, END};
static const Argument draft[] = {WEEK,
                                 {.name = "assignments",
                                  .kind = ARGUMENT_LIST,
                                  .is_required = TRUE,
                                  .most = ASSIGNMENTS_MOST,
                                  .members = assignment,
                                  .about = "the whole roster"},
                                 END};

static const Argument publish[] = {
    WEEK,
    {.name = "workers",
     .kind = ARGUMENT_IDS,
     .most = NAMES_MOST,
     .about = "only what changes for these; with coops: or there"},
    {.name = "coops", .kind = ARGUMENT_IDS, .most = NAMES_MOST, .about = "only what changes at these"},
    END};

static const Argument publish_undo[] = {
    WEEK,
    {.name = "is_trial", .kind = ARGUMENT_BOOLEAN, .about = "tell what it would change, and change nothing"},
    END};

static const char *const priorities[] = {"critical", "high", "normal", "low", NULL};
#define SHIFT_FACTS(must)                                                                                              \
    {.name = "role", .kind = ARGUMENT_TEXT, .most = NAME_MOST, .about = "what is done there"},                         \
        {.name = "start", .kind = ARGUMENT_TIME, .is_required = must, .about = "when it starts"},                      \
        {.name = "end", .kind = ARGUMENT_TIME, .is_required = must, .about = "when it ends"},                          \
        {.name = "break_minutes", .kind = ARGUMENT_INTEGER, .most = BREAK_MOST, .about = "unpaid break; 0"},           \
        {.name = "headcount", .kind = ARGUMENT_INTEGER, .most = HEADCOUNT_MOST, .about = "people asked; 1"},           \
        {.name = "certificates", .kind = ARGUMENT_IDS, .most = 20, .about = "each of them holds all of these"},        \
        {.name = "team_certificates", .kind = ARGUMENT_IDS, .most = 20, .about = "somebody holds each of these"},      \
    {                                                                                                                  \
        .name = "priority", .kind = ARGUMENT_CHOICE, .choices = priorities, .about = "normal"                          \
    }
static const Argument shift_add[] = {
    COOP_,
    {.name = "shift", .kind = ARGUMENT_ID, .about = "an id of its own; else one is made"},
    SHIFT_FACTS(TRUE),
    END};
static const Argument shift_change[] = {SHIFT, SHIFT_FACTS(FALSE), END};

static const char *const window_kinds[] = {"unavailable", "avoid", "prefer", NULL};
static const Argument window[] = {
    {.name = "start", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "when it begins"},
    {.name = "end", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "when it ends"},
    {.name = "kind", .kind = ARGUMENT_CHOICE, .is_required = TRUE, .choices = window_kinds, .about = "what it is"},
    END};
static const Argument availability_set[] = {
    WORKER_,
    {.name = "from", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "of what time something is said"},
    {.name = "until", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "up to when"},
    {.name = "windows",
     .kind = ARGUMENT_LIST,
     .is_required = TRUE,
     .most = WINDOWS_MOST,
     .members = window,
     .about = "all that is to be known of it"},
    END};

static const Argument language_set[] = {
    WORKER_, {.name = "language", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "its code: nl, en, ar"}, END};

static const char *const token_uses[] = {"api", "feed", "link", NULL};
static const char *const token_roles[] = {"planner", "worker", "coop", "open", NULL};
static const Argument token_create[] = {
    {.name = "use", .kind = ARGUMENT_CHOICE, .choices = token_uses, .about = "what it opens; api"},
    {.name = "role", .kind = ARGUMENT_CHOICE, .is_required = TRUE, .choices = token_roles, .about = "whose it is"},
    {.name = "worker", .kind = ARGUMENT_ID, .about = "of role worker: which"},
    {.name = "coop", .kind = ARGUMENT_ID, .about = "of role coop: which"},
    {.name = "label", .kind = ARGUMENT_TEXT, .most = NAME_MOST, .about = "a name to know it by"},
    END};
static const Argument token_only[] = {
    {.name = "token", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the token's id"}, END};
static const Argument feed_rotate[] = {
    {.name = "worker", .kind = ARGUMENT_ID, .about = "whose calendar"},
    {.name = "coop", .kind = ARGUMENT_ID, .about = "or whose"},
    {.name = "label", .kind = ARGUMENT_TEXT, .most = NAME_MOST, .about = "a name to know it by"},
    END};

static const char *const case_kinds[] = {"spike", "absence", "offer", "swap", NULL};
static const char *const case_states[] = {"waiting", "accepted", "declined", "lost", "expired", "withdrawn", NULL};
static const Argument cases[] = {
    {.name = "week", .kind = ARGUMENT_WEEK, .about = "of this week only"},
    {.name = "worker", .kind = ARGUMENT_ID, .about = "of this worker only"},
    {.name = "coop", .kind = ARGUMENT_ID, .about = "of this coop only"},
    {.name = "kind", .kind = ARGUMENT_CHOICE, .choices = case_kinds, .about = "of this kind only"},
    {.name = "state", .kind = ARGUMENT_CHOICE, .choices = case_states, .about = "in this state only"},
    {.name = "after", .kind = ARGUMENT_ID, .about = "`next` of the page before"},
    MOST,
    END};

static const Argument spike[] = {
    COOP_,
    {.name = "shift", .kind = ARGUMENT_ID, .about = "one that is there, to change it; or an id for the new one"},
    SHIFT_FACTS(FALSE),
    {.name = "is_trial", .kind = ARGUMENT_BOOLEAN, .about = "answer as if it were asked, and change nothing"},
    END};
static const Argument absence[] = {
    WORKER_,
    {.name = "from", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "the first moment of it"},
    {.name = "until", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "the first moment after it"},
    END};
static const Argument absence_end[] = {
    WORKER_, {.name = "back", .kind = ARGUMENT_TIME, .is_required = TRUE, .about = "when they are there again"}, END};
#define CASE_                                                                                                          \
    {                                                                                                                  \
        .name = "case", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the case's id"                             \
    }
static const Argument case_only[] = {CASE_, END};
static const Argument case_accept[] = {
    CASE_,
    {.name = "is_agreed", .kind = ARGUMENT_BOOLEAN, .about = "all who must agree did so already: publish it now"},
    END};
static const Argument offers[] = {{.name = "worker", .kind = ARGUMENT_ID, .about = "of this worker only"}, END};
static const Argument offer_make[] = {
    SHIFT,
    {.name = "workers", .kind = ARGUMENT_IDS, .is_required = TRUE, .most = OFFERS_MOST, .about = "who are asked"},
    END};
static const Argument colleagues[] = {WORKER_, SHIFT, END};
static const Argument open_shifts[] = {
    WORKER_, {.name = "week", .kind = ARGUMENT_WEEK, .about = "of this week only"}, END};
static const Argument swap_offer[] = {
    WORKER_,
    SHIFT,
    {.name = "other", .kind = ARGUMENT_ID, .about = "the colleague who is asked; else whoever takes it"},
    {.name = "return", .kind = ARGUMENT_ID, .about = "the colleague's shift that comes in return"},
    END};
static const Argument swap_take[] = {
    WORKER_,
    {.name = "case", .kind = ARGUMENT_ID, .about = "a swap that is open"},
    {.name = "shift", .kind = ARGUMENT_ID, .about = "or a shift that is short of people"},
    END};
static const Argument swap_answer[] = {
    WORKER_, CASE_, {.name = "accept", .kind = ARGUMENT_BOOLEAN, .is_required = TRUE, .about = "yes or no"}, END};
static const Argument swap_withdraw[] = {WORKER_, CASE_, END};

#define OF_WORKER                                                                                                      \
    {                                                                                                                  \
        .name = "worker", .kind = ARGUMENT_ID, .about = "of this worker only"                                          \
    }
#define OF_COOP                                                                                                        \
    {                                                                                                                  \
        .name = "coop", .kind = ARGUMENT_ID, .about = "of this coop only"                                              \
    }
#define NOTE(must)                                                                                                     \
    {                                                                                                                  \
        .name = "note", .kind = ARGUMENT_TEXT, .is_required = must, .most = NOTE_MOST, .about = "why"                  \
    }
#define REAL_TIMES                                                                                                     \
    {.name = "start", .kind = ARGUMENT_TIME, .about = "when it really began; as planned"},                             \
        {.name = "end", .kind = ARGUMENT_TIME, .about = "when it really ended"},                                       \
    {                                                                                                                  \
        .name = "break_minutes", .kind = ARGUMENT_INTEGER, .most = BREAK_MOST, .about = "the real break; 0"            \
    }
#define ITEMS(must, what)                                                                                              \
    {                                                                                                                  \
        .name = "items", .kind = ARGUMENT_LIST, .is_required = must, .least = 1, .most = ITEMS_MOST, .members = what,  \
        .about = "one for each person on a shift, all or none"                                                         \
    }
static const Argument hours[] = {WEEK, OF_COOP, OF_WORKER, END};
static const char *const hours_reasons[] = {"worked", "cancelled_paid", "moved_paid", NULL};
#define REASON                                                                                                         \
    {                                                                                                                  \
        .name = "reason", .kind = ARGUMENT_CHOICE, .choices = hours_reasons, .about = "which entry, if there are two"  \
    }
static const Argument hours_item[] = {SHIFT, WORKER_, REASON, REAL_TIMES, NOTE(FALSE), END};
static const Argument hours_disputed[] = {SHIFT, WORKER_, REASON, NOTE(TRUE), END};
static const Argument hours_corrected[] = {
    SHIFT,
    WORKER_,
    REAL_TIMES,
    REASON,
    {.name = "is_nothing", .kind = ARGUMENT_BOOLEAN, .about = "nothing was worked"},
    NOTE(TRUE),
    END};
static const Argument hours_confirm[] = {
    WEEK,
    OF_COOP,
    {.name = "day", .kind = ARGUMENT_TEXT, .most = 10, .about = "without items: of this day only, 2026-11-30"},
    ITEMS(FALSE, hours_item),
    END};
static const Argument hours_dispute[] = {WEEK, OF_COOP, ITEMS(TRUE, hours_disputed), END};
static const Argument hours_correct[] = {WEEK, OF_COOP, ITEMS(TRUE, hours_corrected), END};

const Act act_table[] = {
    /* looking */
    {.name = "me", .about = "Who I am here", .roles = ALL, .arguments = none, .run = act_me},
    {.name = "pool", .about = "Coops and workers", .roles = PLANNER, .arguments = none, .run = act_pool},
    {.name = "weeks", .about = "Weeks with shifts", .roles = PLANNER, .arguments = none, .run = act_weeks},
    {.name = "week", .about = "The planner's board", .roles = PLANNER, .arguments = board, .run = act_week_board},
    {.name = "worker_week",
     .about = "A worker's published week",
     .roles = PLANNER | WORKER,
     .arguments = worker_week,
     .run = act_worker_week},
    {.name = "coop_week",
     .about = "Who comes to a coop",
     .roles = PLANNER | COOP,
     .arguments = coop_week,
     .run = act_coop_week},
    {.name = "candidates",
     .about = "Who can take a shift, at what price, and why the others cannot",
     .roles = PLANNER,
     .arguments = candidates,
     .run = act_candidates},
    {.name = "diff", .about = "Draft against published", .roles = PLANNER, .arguments = week_only, .run = act_diff},
    /* the draft */
    {.name = "plan",
     .about = "Find a roster",
     .roles = PLANNER,
     .is_write = TRUE,
     .is_watched = TRUE,
     .is_long = TRUE,
     .arguments = plan,
     .run = act_plan},
    {.name = "draft",
     .about = "Make a roster the draft",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = draft,
     .run = act_draft},
    {.name = "move",
     .about = "Assign, unassign, pin, unpin",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = move,
     .run = act_move},
    {.name = "undo",
     .about = "Take the draft's last step back",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = week_only,
     .run = act_undo},
    {.name = "publish",
     .about = "Publish the draft, or of its changes only those of some workers and coops",
     .roles = PLANNER,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = publish,
     .run = act_publish},
    {.name = "publish_undo",
     .about = "Take the last publishing back: publish the roster that it replaced",
     .roles = PLANNER,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = publish_undo,
     .run = act_publish_undo},
    /* what is asked and who can */
    {.name = "shift_add",
     .about = "Ask for a shift in a week that is not published",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .arguments = shift_add,
     .run = act_shift_add},
    {.name = "shift_change",
     .about = "Ask for another time or number, or (headcount 0) no longer",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .arguments = shift_change,
     .run = act_shift_change},
    {.name = "availability",
     .about = "When a worker can work",
     .roles = PLANNER | WORKER,
     .arguments = worker_only,
     .run = act_availability},
    {.name = "availability_set",
     .about = "Say when a worker can work",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = availability_set,
     .run = act_availability_set},
    {.name = "language_set",
     .about = "Say which language a worker reads",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = language_set,
     .run = act_language_set},
    {.name = "cases",
     .about = "Spikes, absences, offers and swaps",
     .roles = ALL,
     .arguments = cases,
     .run = act_cases},
    /* what happens */
    {.name = "spike",
     .about = "Ask for a shift in a published week, or change one, and be answered",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = spike,
     .run = act_spike},
    {.name = "spike_cancel",
     .about = "Ask for a shift of a published week no longer",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = shift_only,
     .run = act_spike_cancel},
    {.name = "absence",
     .about = "Be away; why is not asked",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = absence,
     .run = act_absence},
    {.name = "absence_end",
     .about = "Be there again",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = absence_end,
     .run = act_absence_end},
    {.name = "case_accept",
     .about = "Publish the answer to a spike or an absence; where people must agree first, ask them",
     .roles = PLANNER,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = case_accept,
     .run = act_case_accept},
    {.name = "case_decline",
     .about = "Leave the week as it is",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = case_only,
     .run = act_case_decline},
    {.name = "cases_expire",
     .about = "End what nobody answered in time",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = none,
     .run = act_cases_expire},
    {.name = "offers",
     .about = "Shifts that wait for a worker's yes",
     .roles = PLANNER | WORKER,
     .arguments = offers,
     .run = act_offers},
    {.name = "offer_make",
     .about = "Ask workers for a shift of the published week that is short; the first yes wins",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = offer_make,
     .run = act_offer_make},
    {.name = "offer_accept",
     .about = "Take an offered shift; the first yes wins",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .is_long = TRUE,
     .arguments = case_only,
     .run = act_offer_accept},
    {.name = "offer_decline",
     .about = "Do not take it",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = case_only,
     .run = act_offer_decline},
    /* between workers */
    {.name = "colleagues",
     .about = "Whom a worker can ask by name to take a shift: whom they work with, and who may by the rules",
     .roles = PLANNER | WORKER,
     .arguments = colleagues,
     .run = act_colleagues},
    {.name = "open_shifts",
     .about = "Shifts that a worker may take: short of people, or given away",
     .roles = PLANNER | WORKER,
     .arguments = open_shifts,
     .run = act_open_shifts},
    {.name = "swap_offer",
     .about = "Give a shift away, or ask a colleague for it, for nothing or for theirs",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = swap_offer,
     .run = act_swap_offer},
    {.name = "swap_take",
     .about = "Take what is given away or short of people",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = swap_take,
     .run = act_swap_take},
    {.name = "swap_answer",
     .about = "Say yes or no to a colleague",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = swap_answer,
     .run = act_swap_answer},
    {.name = "swap_withdraw",
     .about = "Keep it after all",
     .roles = PLANNER | WORKER,
     .is_write = TRUE,
     .arguments = swap_withdraw,
     .run = act_swap_withdraw},
    {.name = "swap_approve",
     .about = "Let a swap be",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = case_only,
     .run = act_swap_approve},
    {.name = "swap_refuse",
     .about = "Let a swap not be",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = case_only,
     .run = act_swap_refuse},
    /* what was worked */
    {.name = "hours",
     .about = "What is due, confirmed and disputed of a week",
     .roles = ALL,
     .arguments = hours,
     .run = act_hours},
    {.name = "hours_confirm",
     .about = "Confirm what was worked: these, or all that is due",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .arguments = hours_confirm,
     .run = act_hours_confirm},
    {.name = "hours_dispute",
     .about = "Say that it was not as planned, and why",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .arguments = hours_dispute,
     .run = act_hours_dispute},
    {.name = "hours_correct",
     .about = "Take back what was booked, and book it otherwise",
     .roles = PLANNER | COOP,
     .is_write = TRUE,
     .arguments = hours_correct,
     .run = act_hours_correct},
    /* access */
    {.name = "tokens", .about = "Tokens, without their secrets", .roles = ALL, .arguments = none, .run = act_tokens},
    {.name = "token_create",
     .about = "A new token; its secret is shown once",
     .roles = PLANNER,
     .is_write = TRUE,
     .has_secret = TRUE,
     .arguments = token_create,
     .run = act_token_create},
    {.name = "token_revoke",
     .about = "End a token",
     .roles = ALL,
     .is_write = TRUE,
     .arguments = token_only,
     .run = act_token_revoke},
    {.name = "feeds", .about = "Feeds, and who is behind", .roles = ALL, .arguments = none, .run = act_feeds},
    {.name = "feed_rotate",
     .about = "A new address for a calendar; the old ones end",
     .roles = ALL,
     .is_write = TRUE,
     .has_secret = TRUE,
     .arguments = feed_rotate,
     .run = act_feed_rotate},
    /* looking after it */
    {.name = "audit", .about = "Who did what", .roles = PLANNER, .arguments = audit, .run = act_audit},
    {.name = "dead_letters",
     .about = "Messages the broker refused",
     .roles = PLANNER,
     .arguments = most_only,
     .run = act_dead_letters},
    {.name = "dead_letters_retry",
     .about = "Send them again",
     .roles = PLANNER,
     .is_write = TRUE,
     .arguments = none,
     .run = act_dead_letters_retry},
    {.name = NULL}};
