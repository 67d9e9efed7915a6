/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the names of an event: two for its kind and reason, then strings
 * that end with a NUL each. */
#include <jansson.h>
#include <string.h>

#include "fuzz.h"
#include "state/event_text.h"

#define STRINGS 8

static void
check(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void
check_harmless(const char *text, size_t size)
{
	while (size > 0) {
		uint32_t c;
		size_t length = ward_utf8_decode(text, size, &c);

		check(length > 0 && !ward_is_hidden(c));
		text += length;
		size -= length;
	}
}

static void
check_member(const json_t *object, const char *name, const char *value)
{
	const char *said = json_string_value(json_object_get(object, name));

	check((said == NULL) == (value == NULL));
	if (said == NULL) {
		return;
	}
	check(strlen(said) <= WARD_EVENT_STRING);
	if (strlen(value) < 40 && ward_utf8_valid(value, strlen(value))) {
		check(strcmp(said, value) == 0);
	}
}

static void
check_line(const struct ward_event *event)
{
	char line[WARD_EVENT_LINE];
	size_t size = ward_event_json(event, line);
	json_t *object;

	check(size > 1 && size <= WARD_EVENT_LINE && line[size - 1] == '\n');
	check_harmless(line, size - 1);
	object = json_loadb(line, size, JSON_REJECT_DUPLICATES, NULL);
	check(json_is_object(object));
	check_member(object, "event", ward_events[event->id].id);
	check_member(object, "user", event->user);
	check_member(object, "by", event->by);
	check_member(object, "service", event->from.service);
	check_member(object, "tty", event->from.tty);
	check_member(object, "rhost", event->from.rhost);
	check_member(object, "plan", event->plan);
	check_member(object, "clause", event->clause);
	check_member(object, "detail", event->detail);
	json_decref(object);
}

static void
check_text(const struct ward_event *event, size_t size)
{
	char *text = malloc(size + 1);

	check(text != NULL);
	ward_event_text(event, text, size);
	check(size == 0 || strlen(text) < size);
	if (size > 0) {
		check_harmless(text, strlen(text));
	}
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = calloc(1, size + 1);
	const char *strings[STRINGS] = { NULL };
	struct ward_event event;

	check(text != NULL);
	memcpy(text, bytes, size);
	for (size_t i = 0, at = 2; i < STRINGS && at < size; i++) {
		strings[i] = text + at;
		at += strlen(text + at) + 1;
	}
	event = (struct ward_event){
		.id = (enum ward_event_id)((uint8_t)text[0] % WARD_EVENT_COUNT),
		.when = { (int64_t)size * 1000003, 480 },
		.user = strings[0],
		.uid = { size % 2 == 0, (int64_t)size },
		.from = { strings[1], strings[2], strings[3] },
		.by = strings[4],
		.plan = strings[5],
		.clause = strings[6],
		.detail = strings[7],
	};
	if (size > 1) {
		event.reason = (enum ward_reason_id)(
		    (uint8_t)text[1] % WARD_REASON_COUNT);
	}
	check_line(&event);
	check_text(&event, 4096);
	check_text(&event, size);
	free(text);
	return 0;
}
