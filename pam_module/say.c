/* SPDX-License-Identifier: BSD-2-Clause */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>
#include <time.h>

#define LINE_SIZE 2048

/* The clause of the first document that asks for the rule. */
static void
cite(const struct door *door, enum ward_rule_id rule, struct ward_event *event)
{
	const struct ward_binding *binding;

	if (door->order == NULL || rule == WARD_RULE_COUNT) {
		return;
	}
	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		struct ward_citations cited;

		binding = ward_plan_binding(door->order->plan, i);
		cited = ward_binding_citations(binding, rule,
		    door->local == NULL ? WARD_CLASS_ANY : door_class(door));
		if (cited.count > 0) {
			event->plan = cited.list[0].plan;
			event->clause = cited.list[0].clauses;
			return;
		}
	}
}

static void
cite_finding(const struct ward_finding *finding, struct ward_event *event)
{
	event->reason = finding->reason;
	if (finding->citations.count > 0) {
		event->plan = finding->citations.list[0].plan;
		event->clause = finding->citations.list[0].clauses;
	}
}

bool
door_record(pam_handle_t *pamh, struct door *door, enum ward_event_id id,
    const struct door_note *note)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_event event = { .id = id,
		/* In UTC: the zone of a set-uid program's caller says
		 * nothing. */
		.when = { .seconds = time(NULL) },
		.user = door->user,
		.from = door->from };
	char text[LINE_SIZE];

	/* It may not have been looked up; or there may be none. */
	(void)door_find(door, NULL);
	if (door->local != NULL) {
		event.uid = ward_local_account(door->local)->uid;
	}
	if (note != NULL) {
		event.by = note->by;
		event.detail = note->detail;
	}
	if (note != NULL && note->finding != NULL) {
		cite_finding(note->finding, &event);
	} else if (note != NULL && note->reason != WARD_REASON_NONE) {
		event.reason = note->reason;
		cite(door, ward_reasons[note->reason].rule, &event);
	} else {
		cite(door, ward_events[id].rule, &event);
	}
	if (note != NULL && note->by_plan && event.plan == NULL &&
	    door->order != NULL) {
		event.plan = ward_plan_id(door->order->plan);
	}
	ward_event_text(&event, text, sizeof(text));
	pam_syslog(pamh, ward_events[id].success ? LOG_INFO : LOG_NOTICE, "%s",
	    text);
	/* That a record could not be kept keeps nobody out; syslog has it. */
	if (door_state(door, &err) == 0 &&
	    ward_event_write(door->state, &event, &err) == 0) {
		return true;
	}
	pam_syslog(pamh, LOG_ERR, "%s", err.text);
	return false;
}

void
door_fault(pam_handle_t *pamh, struct door *door, const struct ward_error *err)
{
	const struct door_note note = { .detail = err->text };

	(void)door_record(pamh, door, WARD_EVENT_FAULT, &note);
}

void
door_fault_and(pam_handle_t *pamh, struct door *door, const char *end,
    const struct ward_error *err)
{
	char detail[sizeof(err->text) + 16];
	const struct door_note note = { .detail = detail };

	(void)snprintf(detail, sizeof(detail), "%s: %s", end, err->text);
	(void)door_record(pamh, door, WARD_EVENT_FAULT, &note);
}

void
door_warn(pam_handle_t *pamh, struct door *door)
{
	if (door->order != NULL && door->order->stale[0] != '\0' &&
	    !door->warned) {
		const struct door_note note = { .detail = door->order->stale };

		door->warned = true;
		(void)door_record(pamh, door, WARD_EVENT_STALE, &note);
	}
}

void
door_tell(pam_handle_t *pamh, const struct door *door, const char *format, ...)
{
	struct door_list laid = { .language = door->args.language };
	va_list args;
	char *text = NULL;

	if (door->silent) {
		return;
	}
	va_start(args, format);
	if (vasprintf(&text, ward_text(door->args.language, format), args) <
	    0) {
		text = NULL;
	}
	va_end(args);
	if (text != NULL) {
		door_list_sentence(&laid, text);
		(void)pam_info(pamh, "%s", laid.text);
	}
	free(text);
}
