/* SPDX-License-Identifier: BSD-2-Clause */
/* Strict: whatever a snapshot could not have from ward_snapshot_write() is
 * refused, so that those who judge it need not fear what they are given. */
#include "collect/snapshot/members_read.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

static_assert(sizeof(enum ward_use) == sizeof(unsigned int),
    "words are read into enums");

static int take_members(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_shape *shape, json_t *object, void *facts);

int
ward_facts_refuse(const struct ward_facts_place *place, int code,
    const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), ward_error_text(place->err, format),
	    args);
	va_end(args);
	return ward_error_set(place->err, code, "%s:%u: %s%s%s", place->file,
	    place->line, place->key, *place->key != '\0' ? ": " : "", text);
}

static int
no_memory(const struct ward_facts_place *place)
{
	return ward_error_set(place->err, WARD_ERR_NOMEM, "out of memory");
}

/* Go into a key; what is returned leads back. */
static size_t
enter(struct ward_facts_place *place, const char *key)
{
	size_t used = strlen(place->key);

	(void)snprintf(place->key + used, sizeof(place->key) - used, "%s%s",
	    used > 0 ? "." : "", key);
	return used;
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* The bytes that stand there in hexadecimal; none of them is 0. */
static int
take_hex(const struct ward_facts_place *place, struct ward_pool *pool,
    const char *hex, size_t size, const char **ret_text)
{
	char *text = ward_pool_take(pool, size / 2 + 1);

	if (text == NULL) {
		return no_memory(place);
	}
	for (size_t i = 0; i < size / 2; i++) {
		int high = hex_digit(hex[i * 2]);
		int low = hex_digit(hex[i * 2 + 1]);

		text[i] = (char)(high * 16 + low);
		if (high < 0 || low < 0 || text[i] == '\0') {
			size = 0;
		}
	}
	if (size == 0 || size % 2 != 0) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "\"hex\" must be bytes in pairs of 0-9a-f, none of them "
		    "00");
	}
	*ret_text = text;
	return 0;
}

static int
take_text(const struct ward_facts_place *place, struct ward_pool *pool,
    const json_t *value, const char **ret_text)
{
	const json_t *hex = json_object_get(value, "hex");

	if (json_is_string(value)) {
		*ret_text = json_string_value(value);
		return 0;
	}
	if (json_object_size(value) != 1 || !json_is_string(hex)) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "must be a string, or {\"hex\": \"...\"}");
	}
	return take_hex(place, pool, json_string_value(hex),
	    json_string_length(hex), ret_text);
}

static int
take_number(const struct ward_facts_place *place, const struct ward_member *m,
    const json_t *value, void *at)
{
	int64_t number = json_integer_value(value);

	if (!json_is_integer(value)) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "must be a whole number");
	}
	if (number < m->lo || number > m->hi) {
		return ward_facts_refuse(place, WARD_ERR_RANGE,
		    "%lld is not from %lld to %lld", (long long)number,
		    (long long)m->lo, (long long)m->hi);
	}
	if (m->kind == WARD_MEMBER_OPTIONAL) {
		*(struct ward_optional *)at = (struct ward_optional){ true,
			number };
	} else if (m->kind == WARD_MEMBER_INT64) {
		*(int64_t *)at = number;
	} else if (m->kind == WARD_MEMBER_SIZE) {
		*(size_t *)at = (size_t)number;
	} else {
		*(uint32_t *)at = (uint32_t)number;
	}
	return 0;
}

static int
take_word(const struct ward_facts_place *place, const struct ward_member *m,
    const json_t *value, void *at)
{
	const char *given = json_string_value(value), *word;
	char text[WARD_WORD_SIZE], words[400] = "";
	size_t used = 0;

	if (given == NULL) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "must be a word in quotes");
	}
	for (unsigned int i = 0; (word = m->word(i, text)) != NULL; i++) {
		if (*word != '\0' && strcmp(word, given) == 0) {
			*(unsigned int *)at = i;
			return 0;
		}
		if (*word != '\0' && used < sizeof(words)) {
			used += (size_t)snprintf(words + used,
			    sizeof(words) - used, " %s", word);
		}
	}
	return ward_facts_refuse(place, WARD_ERR_SYNTAX,
	    "'%.64s' is none of:%s", given, words);
}

static int
take_list(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_member *m, const json_t *value, void *facts)
{
	size_t count = json_array_size(value);
	char *list;
	int r = 0;

	if (count == 0) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "must be a list with something in it");
	}
	list = ward_pool_take(pool, count * m->shape->size);
	if (list == NULL) {
		return no_memory(place);
	}
	for (size_t i = 0; i < count && r == 0; i++) {
		r = take_members(place, pool, m->shape,
		    json_array_get(value, i), list + i * m->shape->size);
	}
	memcpy((char *)facts + m->offset, &list, sizeof(list));
	memcpy((char *)facts + m->count, &count, sizeof(count));
	return r;
}

static int
take_value(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_member *m, json_t *value, void *facts)
{
	void *at = (char *)facts + m->offset;

	switch (m->kind) {
	case WARD_MEMBER_TEXT:
		return take_text(place, pool, value, at);
	case WARD_MEMBER_FLAG:
		*(bool *)at = json_is_true(value);
		return json_is_boolean(value) ?
		    0 :
		    ward_facts_refuse(place, WARD_ERR_SYNTAX,
			"must be true or false");
	case WARD_MEMBER_WORD:
		return take_word(place, m, value, at);
	case WARD_MEMBER_OBJECT:
		return take_members(place, pool, m->shape, value, at);
	case WARD_MEMBER_LIST:
		return take_list(place, pool, m, value, facts);
	default:
		return take_number(place, m, value, at);
	}
}

/* More keys than were taken: name one that there is not. */
static int
refuse_rest(const struct ward_facts_place *place,
    const struct ward_shape *shape, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		bool known = false;

		for (size_t i = 0; i < shape->count && !known; i++) {
			known = strcmp(shape->members[i].key, key) == 0;
		}
		if (!known) {
			return ward_facts_refuse(place, WARD_ERR_SYNTAX,
			    "there is no '%.64s' in %s", key,
			    WARD_FACTS_SCHEMA);
		}
	}
	return 0;
}

static int
take_members(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_shape *shape, json_t *object, void *facts)
{
	size_t found = 0;
	int r = 0;

	if (!json_is_object(object)) {
		return ward_facts_refuse(place, WARD_ERR_SYNTAX,
		    "must be an object, {...}");
	}
	for (size_t i = 0; i < shape->count && r == 0; i++) {
		const struct ward_member *m = &shape->members[i];
		json_t *value = json_object_get(object, m->key);
		size_t back;

		if (value == NULL && !m->required) {
			continue;
		}
		back = enter(place, m->key);
		r = value == NULL ? ward_facts_refuse(place, WARD_ERR_SYNTAX,
					"missing, and must be there") :
				    take_value(place, pool, m, value, facts);
		place->key[back] = '\0';
		found++;
	}
	return r != 0 || found == json_object_size(object) ?
	    r :
	    refuse_rest(place, shape, object);
}

int
ward_facts_take(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_shape *shape, json_t *object, void *facts)
{
	size_t back = enter(place, shape->type);
	int r;

	memset(facts, 0, shape->size);
	(void)json_object_del(object, "type");
	r = take_members(place, pool, shape, object, facts);
	place->key[back] = '\0';
	return r;
}
