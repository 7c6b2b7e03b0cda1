/* What courier.c (connections and stages) and courier_mail.c (messages on their way) share. */
#ifndef MQTT_COURIER_PARTS_H
#define MQTT_COURIER_PARTS_H

#include "courier.h"
#include "expected.h"

/* Why a message is sent. */
typedef enum Errand { ERRAND_DELIVER, ERRAND_REPEAT, ERRAND_RESTORE, ERRAND_TELL } Errand;

typedef struct Flight {
    Message *message; /* owned; NULL with ERRAND_TELL */
    Errand errand;
} Flight;

/* Of the broker, to a publish. */
typedef struct Answer {
    int mid, reason;
} Answer;

typedef enum Stage {
    STAGE_AWAY,    /* a timer will try again */
    STAGE_OPENING, /* until the broker accepts us */
    STAGE_DOUBT,   /* reading back what was delivered before the loss */
    STAGE_SEND,    /* and then standing */
    STAGE_COMPARE  /* reading back all retained state */
} Stage;

struct Courier {
    CourierOptions options;
    Store *store;
    GMainContext *context;
    ConnectionSettings settings; /* of the connection */
    ConnectionListener listener;
    Connection *connection;
    Stage stage;
    CourierCounts counts;
    GHashTable *flights;  /* mid -> Flight */
    GQueue *ready;        /* of Flight: to be sent next */
    GPtrArray *delivered; /* of Message: the newest ones acknowledged, in that order */
    GArray *answers;      /* of Answer: not yet told to the store */
    Expected *expected;   /* while reading back */
    GHashTable *hopeless; /* topics that the broker refused to take again */
    GHashTable *repeated; /* ids of messages that went once more after they were delivered */
    guint telling;        /* flights with ERRAND_TELL */
    guint careful;        /* so many messages go one by one: see courier_window */
    int64_t fetched;      /* highest sequence taken from the store on this connection */
    int64_t progress_us, answered_us;
    int delay_ms;
    gboolean is_compared;      /* on this connection */
    gboolean is_refused;       /* the broker refused a publish on this connection, which may end it: no crash */
    gboolean has_progressed;   /* since the last delay */
    GError *trouble, *failure; /* failure: of the store, met in a callback */
    GSource *retry, *poke, *look;
};

/* Takes the message. */
Flight *flight_new(Message *message, Errand errand);
void flight_free(Flight *flight);

/* ConnectionListener's. */
void courier_answered(gpointer courier, int mid, int reason);
/* Tells the store of all answers that have come, several as one transaction: each costs a write to the disk. */
void courier_settle(Courier *courier);
/*
 * How many messages may be on their way. After a loss with some unanswered it is one for a while: a broker that refuses
 * a message may end the connection, and where it has more of ours unread, its refusal is lost with the line (TCP resets
 * it). Alone, the message gets its answer.
 */
guint courier_window(const Courier *courier);
/* Sends what is ready and what waits, as far as the window allows. FALSE: the store fails. */
gboolean courier_pump(Courier *courier, GError **error);
/* Nothing of the outbox is ready or on its way. */
gboolean courier_is_idle(const Courier *courier);

#endif
