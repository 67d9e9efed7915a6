/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts to JSON lines, one at a time: memory stays flat. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "collect/collection.h"
#include "collect/snapshot/members.h"

struct writing {
	const struct ward_collection *collection;
	FILE *stream;
	struct ward_error *err;
	struct ward_facts_end end;
};

static json_t *object_json(const struct ward_shape *shape, const void *facts);

/* Bytes that are no UTF-8 are kept as they are, in hexadecimal. */
static json_t *
text_json(const char *text)
{
	static const char digits[] = "0123456789abcdef";
	size_t size = strlen(text);
	char *hex;
	json_t *value;

	if (ward_utf8_valid(text, size)) {
		return json_stringn_nocheck(text, size);
	}
	hex = malloc(size * 2 + 1);
	if (hex == NULL) {
		return NULL;
	}
	for (size_t i = 0; i < size; i++) {
		hex[i * 2] = digits[(unsigned char)text[i] >> 4];
		hex[i * 2 + 1] = digits[(unsigned char)text[i] & 0xf];
	}
	hex[size * 2] = '\0';
	value = json_pack("{s:s}", "hex", hex);
	free(hex);
	return value;
}

static json_t *
list_json(const struct ward_shape *shape, const char *list, size_t count)
{
	json_t *value = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *one = object_json(shape, list + i * shape->size);

		/* Drops `one` where there is no array. */
		if (json_array_append_new(value, one) != 0) {
			json_decref(value);
			return NULL;
		}
	}
	return value;
}

/* Some member of a struct, in the form in which it is compared to nothing. */
struct held {
	const char *text; /* texts and words; the start of a list */
	int64_t number;
	bool known; /* there is something to write */
};

static struct held
hold(const struct ward_member *m, const void *facts, char word[WARD_WORD_SIZE])
{
	const void *at = (const char *)facts + m->offset;
	struct held held = { .known = m->required };

	switch (m->kind) {
	case WARD_MEMBER_TEXT:
		memcpy(&held.text, at, sizeof(held.text));
		held.known = held.text != NULL;
		break;
	case WARD_MEMBER_FLAG:
		held.number = *(const bool *)at;
		held.known |= held.number != 0;
		break;
	case WARD_MEMBER_OPTIONAL:
		held.number = ((const struct ward_optional *)at)->value;
		held.known = ((const struct ward_optional *)at)->known;
		break;
	case WARD_MEMBER_INT64:
		held.number = *(const int64_t *)at;
		held.known |= held.number != 0;
		break;
	case WARD_MEMBER_UINT32:
		held.number = *(const uint32_t *)at;
		held.known |= held.number != 0;
		break;
	case WARD_MEMBER_SIZE:
		held.number = (int64_t) * (const size_t *)at;
		held.known |= held.number != 0;
		break;
	case WARD_MEMBER_WORD:
		held.text = m->word(*(const unsigned int *)at, word);
		held.known = held.text != NULL && *held.text != '\0';
		break;
	case WARD_MEMBER_LIST:
		memcpy(&held.text, at, sizeof(held.text));
		held.number = (int64_t) *
		    (const size_t *)(const void *)((const char *)facts +
			m->count);
		held.known = held.number != 0;
		break;
	case WARD_MEMBER_OBJECT:
		held.text = at;
		held.known = true;
		break;
	}
	return held;
}

static json_t *
value_json(const struct ward_member *m, const struct held *held)
{
	switch (m->kind) {
	case WARD_MEMBER_TEXT:
	case WARD_MEMBER_WORD:
		return text_json(held->text);
	case WARD_MEMBER_FLAG:
		return json_boolean(held->number);
	case WARD_MEMBER_OBJECT:
		return object_json(m->shape, held->text);
	case WARD_MEMBER_LIST:
		return list_json(m->shape, held->text, (size_t)held->number);
	default:
		return json_integer(held->number);
	}
}

static bool
is_nothing(const struct ward_member *m, const json_t *value)
{
	return m->kind == WARD_MEMBER_OBJECT && json_object_size(value) == 0;
}

/* Add the members that are known. */
static int
put_members(json_t *object, const struct ward_shape *shape, const void *facts)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct ward_member *m = &shape->members[i];
		char word[WARD_WORD_SIZE];
		struct held held = hold(m, facts, word);
		json_t *value;

		if (!held.known) {
			continue;
		}
		value = value_json(m, &held);
		if (value != NULL && is_nothing(m, value)) {
			json_decref(value);
		} else if (json_object_set_new_nocheck(object, m->key, value) !=
		    0) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

static json_t *
object_json(const struct ward_shape *shape, const void *facts)
{
	json_t *object = json_object();

	if (object != NULL && put_members(object, shape, facts) != 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

/* Everything but ASCII is escaped, so that nothing happens to whoever looks at
 * it on a terminal. */
int
ward_facts_put(FILE *stream, const struct ward_shape *shape, const void *facts,
    struct ward_error *err)
{
	json_t *object = json_object();
	char *text = NULL;
	int r = WARD_ERR_NOMEM;

	if (json_object_set_new(object, "type", json_string(shape->type)) ==
		0 &&
	    put_members(object, shape, facts) == 0) {
		text = json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII);
	}
	json_decref(object);
	if (text == NULL) {
		r = ward_error_set(err, r, "out of memory");
	} else if (strlen(text) > WARD_FACTS_LINE_MAX) {
		r = ward_error_set(err, WARD_ERR_RANGE,
		    "one %s has more facts than a line of a snapshot may hold "
		    "(%zu bytes); audit the host itself",
		    shape->type, WARD_FACTS_LINE_MAX);
	} else {
		errno = 0;
		r = fputs(text, stream) == EOF || fputc('\n', stream) == EOF ?
		    ward_error_set(err, WARD_ERR_IO, "the snapshot: %s",
			errno != 0 ? strerror(errno) :
				     ward_error_text(err, "write error")) :
		    0;
	}
	free(text);
	return r;
}

static int
put_account(void *arg, const struct ward_account *account)
{
	struct writing *w = arg;
	const struct ward_collection *c = w->collection;

	if (c->progress != NULL) {
		c->progress(c->progress_arg, account->home, 0);
	}
	w->end.accounts++;
	return ward_facts_put(w->stream, &ward_facts_account_shape, account,
	    w->err);
}

static int
put_defect(void *arg, const struct ward_defect *defect)
{
	struct writing *w = arg;

	w->end.defects++;
	return ward_facts_put(w->stream, &ward_facts_defect_shape, defect,
	    w->err);
}

static int
put_service(void *arg, const struct ward_service *service)
{
	struct writing *w = arg;

	w->end.services++;
	return ward_facts_put(w->stream, &ward_facts_service_shape, service,
	    w->err);
}

int
ward_snapshot_write(struct ward_collection *collection,
    struct ward_moment collected, FILE *stream, struct ward_error *err)
{
	const struct ward_host *host = &collection->host;
	struct writing w = { .collection = collection,
		.stream = stream,
		.err = err };
	const struct ward_visitor visitor = { put_account, put_defect,
		put_service, &w };
	char as_of[WARD_MOMENT_SIZE], when[WARD_MOMENT_SIZE];
	const struct ward_facts_head head = { .schema = WARD_FACTS_SCHEMA,
		.tool = "acctward " WARD_VERSION,
		.host = host->name,
		.as_of = as_of,
		.collected = when,
		.root_groups = collection->root_groups,
		.uid_min = host->uid_min,
		.uid_max = host->uid_max,
		.words_tried = host->words_tried,
		.door_plan = host->door_plan };
	int r;

	ward_moment_format(host->now, as_of);
	ward_moment_format(collected, when);
	r = ward_facts_put(stream, &ward_facts_head_shape, &head, err);
	if (r == 0) {
		r = ward_collection_each(collection, &visitor, err);
	}
	return r != 0 ?
	    r :
	    ward_facts_put(stream, &ward_facts_end_shape, &w.end, err);
}
