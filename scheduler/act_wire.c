#include "act_wire.h"
#include "act_parts.h"
#include "json_put.h"

#include <stdlib.h>

static char *dump(json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(15));
    char *line = g_strdup(text);
    free(text);
    json_decref(object);
    return line;
}

/* --- there */

char *act_wire_request(const ActRequest *request, int64_t now_s)
{
    json_t *object = json_object();
    json_put(object, "act", json_text(request->act->name));
    json_put(object, "role", json_integer(request->actor.role));
    json_put(object, "id", json_text(request->actor.id));
    json_put(object, "name", json_text(request->actor.name));
    json_put(object, "arguments", request->arguments ? json_incref(request->arguments) : json_object());
    json_put(object, "key", request->key ? json_text(request->key) : json_null());
    json_put(object, "version", json_integer(request->version));
    json_put(object, "asked_us", json_integer(request->asked_us));
    json_put(object, "now_s", json_integer(now_s));
    return dump(object);
}

gboolean act_wire_read_request(const char *line, ActRequest *request, int64_t *now_s, json_t **holder)
{
    json_t *object = *holder = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    const char *act = json_string_value(json_object_get(object, "act"));
    json_int_t role = json_integer_value(json_object_get(object, "role"));
    *request = (ActRequest){.act = act ? act_find(act) : NULL,
                            .actor = {.role = (ActorRole)role,
                                      .id = json_string_value(json_object_get(object, "id")),
                                      .name = json_string_value(json_object_get(object, "name"))},
                            .arguments = json_object_get(object, "arguments"),
                            .key = json_string_value(json_object_get(object, "key")),
                            .version = json_integer_value(json_object_get(object, "version")),
                            .asked_us = json_integer_value(json_object_get(object, "asked_us"))};
    *now_s = json_integer_value(json_object_get(object, "now_s"));
    return request->act && role >= 0 && role < ACTOR_ROLES && request->actor.id && request->actor.name &&
           json_is_object(request->arguments);
}

/* --- back */

char *act_wire_progress(const json_t *event)
{
    json_t *object = json_object();
    json_put(object, "progress", json_incref((json_t *)event));
    return dump(object);
}

static json_t *json_of_proposal(const ActProposal *proposal)
{
    if (!proposal)
        return json_null();
    json_t *object = json_object();
    json_put(object, "has_bound", json_boolean(proposal->figures.has_bound));
    json_put(object, "cost_cents", json_integer(proposal->figures.cost_cents));
    json_put(object, "bound_cents", json_integer(proposal->figures.bound_cents));
    json_put(object, "status", json_text(proposal->figures.status));
    json_put(object, "seconds", json_real(proposal->figures.seconds));
    json_put(object, "record", json_text(proposal->record));
    return object;
}

static ActProposal *proposal_of(const json_t *object)
{
    if (!json_is_object(object))
        return NULL;
    ActProposal *proposal = g_new0(ActProposal, 1);
    proposal->figures = (PlanFigures){.has_bound = json_is_true(json_object_get(object, "has_bound")),
                                      .cost_cents = json_integer_value(json_object_get(object, "cost_cents")),
                                      .bound_cents = json_integer_value(json_object_get(object, "bound_cents")),
                                      .seconds = json_number_value(json_object_get(object, "seconds"))};
    const char *status = json_string_value(json_object_get(object, "status"));
    g_strlcpy(proposal->figures.status, status ? status : "", sizeof proposal->figures.status);
    proposal->record = g_strdup(json_string_value(json_object_get(object, "record")));
    return proposal;
}

char *act_wire_answer(const ActAnswer *answer, const GError *error)
{
    json_t *object = json_object();
    if (error) {
        json_put(object, "is_ours", json_boolean(error->domain == ACT_ERROR));
        json_put(object, "code", json_integer(error->code));
        json_put(object, "is_busy", json_boolean(g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY)));
        json_put(object, "error", json_text(error->message));
        json_put(object, "sentence", act_json_sentence(error));
        json_put(object, "details", answer->details ? json_incref(answer->details) : json_null());
        return dump(object);
    }
    json_put(object, "body", json_incref(answer->body));
    json_put(object, "version", json_integer(answer->version));
    json_put(object, "is_created", json_boolean(answer->is_created));
    json_put(object, "is_repeat", json_boolean(answer->is_repeat));
    json_put(object, "proposal", json_of_proposal(answer->proposal));
    return dump(object);
}

static void read_sentence(GError *error, const json_t *sentence)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    const json_t *list = json_object_get(sentence, "words");
    for (size_t i = 0; i < json_array_size(list); i++)
        g_strv_builder_add(words, json_string_value(json_array_get(list, i)));
    g_auto(GStrv) all = g_strv_builder_end(words);
    if (sentence && !json_is_null(sentence))
        sentence_put(error, json_string_value(json_object_get(sentence, "text")), (const char *const *)all);
}

gboolean act_wire_read(const char *line, json_t **progress, ActAnswer *answer, GError **error)
{
    json_t *object = json_loads(line, 0, NULL);
    json_t *event = json_object_get(object, "progress"), *body = json_object_get(object, "body");
    json_t *details = json_object_get(object, "details");
    const char *message = json_string_value(json_object_get(object, "error"));
    *progress = json_is_object(event) ? json_incref(event) : NULL;
    *answer = (ActAnswer){.version = -1};
    if (message) {
        gboolean is_ours = json_is_true(json_object_get(object, "is_ours"));
        g_set_error_literal(error, is_ours ? ACT_ERROR : STORE_ERROR,
                            is_ours ? (int)json_integer_value(json_object_get(object, "code"))
                            : json_is_true(json_object_get(object, "is_busy")) ? STORE_ERROR_BUSY
                                                                               : STORE_ERROR_IO,
                            message);
        if (is_ours && error)
            read_sentence(*error, json_object_get(object, "sentence"));
        answer->details = json_is_object(details) ? json_incref(details) : NULL;
    } else if (json_is_object(body)) {
        answer->body = json_incref(body);
        answer->version = json_integer_value(json_object_get(object, "version"));
        answer->is_created = json_is_true(json_object_get(object, "is_created"));
        answer->is_repeat = json_is_true(json_object_get(object, "is_repeat"));
        answer->proposal = proposal_of(json_object_get(object, "proposal"));
    }
    gboolean is_known = *progress || message || answer->body;
    json_decref(object);
    return is_known;
}
