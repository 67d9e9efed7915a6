/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/event_text.h"

#include <string.h>

/* Text of a bounded size: a piece that does not fit is left out, and so is
 * whatever stands behind it. */
struct writing {
	char *text;
	size_t size, used;
	bool full;
};

static void
put(struct writing *w, const char *piece, size_t size)
{
	w->full |= size > w->size - w->used;
	if (!w->full) {
		memcpy(w->text + w->used, piece, size);
		w->used += size;
	}
}

static void
put_words(struct writing *w, const char *words)
{
	put(w, words, strlen(words));
}

/* The first character of the value as it is written. Names come from the
 * network: what would end the line, turn it or not be seen is escaped as in
 * JSON. Returns how many bytes of the value it is. */
static size_t
take_char(const char *value, size_t left, char piece[16], size_t *ret_size)
{
	uint32_t c;
	size_t length = ward_utf8_decode(value, left, &c);
	int size;

	if (length == 0) {
		size = snprintf(piece, 16, "\\u%04X",
		    (unsigned int)(unsigned char)*value);
		length = 1;
	} else if (c == '"' || c == '\\') {
		size = snprintf(piece, 16, "\\%c", (int)c);
	} else if (!ward_is_hidden(c)) {
		size = snprintf(piece, 16, "%.*s", (int)length, value);
	} else if (c < 0x10000) {
		size = snprintf(piece, 16, "\\u%04X", c);
	} else {
		size = snprintf(piece, 16, "\\u%04X\\u%04X",
		    0xd800 + ((c - 0x10000) >> 10),
		    0xdc00 + ((c - 0x10000) & 0x3ff));
	}
	*ret_size = (size_t)size;
	return length;
}

static void
put_quoted(struct writing *w, const char *value)
{
	size_t left = strlen(value), room = WARD_EVENT_STRING;

	put_words(w, "\"");
	while (left > 0) {
		char piece[16];
		size_t size, length = take_char(value, left, piece, &size);

		if (size > room) {
			break;
		}
		put(w, piece, size);
		room -= size;
		value += length;
		left -= length;
	}
	put_words(w, "\"");
}

/* What a member's value is. */
enum kind {
	WORD, /* a name: quoted in text only where it has to be */
	TEXT, /* always quoted */
	BARE, /* a number or boolean of ours */
};

struct member {
	const char *name, *value; /* NULL: left out */
	enum kind kind;
	bool json_only;
};

#define MEMBERS 14

struct members {
	struct member list[MEMBERS];
	char time[WARD_MOMENT_SIZE], uid[24], reason[64];
};

/* As reports write it, whatever the process's locale. */
static const char *
reason_id(enum ward_reason_id reason, char *text, size_t size)
{
	const char *id = ward_reasons[reason].id;
	size_t used = 0;

	for (; id[used] != '\0' && used + 1 < size; used++) {
		char c = id[used];

		text[used] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	text[used] = '\0';
	return text;
}

/* A finding's reason says best which rule it is about. */
static const char *
rule_id(const struct ward_event *event)
{
	enum ward_rule_id rule = ward_events[event->id].rule;

	if (event->reason != WARD_REASON_NONE &&
	    ward_reasons[event->reason].rule != WARD_RULE_COUNT) {
		rule = ward_reasons[event->reason].rule;
	}
	return rule == WARD_RULE_COUNT ? NULL : ward_rules[rule].id;
}

static void
gather(const struct ward_event *event, struct members *m)
{
	const struct ward_event_kind *kind = &ward_events[event->id];
	const struct member list[MEMBERS] = {
		{ "time", m->time, TEXT, true },
		{ "event", kind->id, WORD, true },
		{ "user", event->user, WORD, false },
		{ "uid", event->uid.known ? m->uid : NULL, BARE, false },
		{ "by", event->by, WORD, false },
		{ "service", event->from.service, WORD, false },
		{ "tty", event->from.tty, WORD, false },
		{ "rhost", event->from.rhost, WORD, false },
		{ "rule", rule_id(event), WORD, false },
		{ "plan", event->plan, WORD, false },
		{ "clause", event->clause, TEXT, false },
		{ "reason",
		    event->reason == WARD_REASON_NONE ?
			NULL :
			reason_id(event->reason, m->reason, sizeof(m->reason)),
		    WORD, false },
		{ "detail", event->detail, TEXT, false },
		{ "success", kind->success ? "true" : "false", BARE, true },
	};

	ward_moment_format(event->when, m->time);
	(void)snprintf(m->uid, sizeof(m->uid), "%lld",
	    (long long)event->uid.value);
	memcpy(m->list, list, sizeof(list));
}

size_t
ward_event_json(const struct ward_event *event, char line[WARD_EVENT_LINE])
{
	struct writing w = { .text = line, .size = WARD_EVENT_LINE };
	struct members m;
	const char *before = "{\"";

	gather(event, &m);
	for (size_t i = 0; i < MEMBERS; i++) {
		const struct member *member = &m.list[i];

		if (member->value == NULL) {
			continue;
		}
		put_words(&w, before);
		put_words(&w, member->name);
		put_words(&w, "\":");
		if (member->kind == BARE) {
			put_words(&w, member->value);
		} else {
			put_quoted(&w, member->value);
		}
		before = ",\"";
	}
	put_words(&w, "}\n");
	return w.used;
}

/* Can it stand in text as it is, and not be taken for more than one word? */
static bool
is_word(const char *value)
{
	return *value != '\0' &&
	    value[strspn(value,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789._:/@%+-")] == '\0' &&
	    strlen(value) <= WARD_EVENT_STRING;
}

void
ward_event_text(const struct ward_event *event, char *text, size_t size)
{
	struct writing w = { .text = text, .size = size > 0 ? size - 1 : 0 };
	struct members m;
	const char *before = ": ";

	gather(event, &m);
	put_words(&w, ward_events[event->id].text);
	for (size_t i = 0; i < MEMBERS; i++) {
		const struct member *member = &m.list[i];

		if (member->value == NULL || member->json_only) {
			continue;
		}
		put_words(&w, before);
		put_words(&w, member->name);
		put_words(&w, "=");
		if (member->kind != TEXT && is_word(member->value)) {
			put_words(&w, member->value);
		} else {
			put_quoted(&w, member->value);
		}
		before = " ";
	}
	if (size > 0) {
		text[w.used] = '\0';
	}
}
