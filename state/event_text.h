/* SPDX-License-Identifier: BSD-2-Clause */
/* An event as a line of JSON, and as an audit record. */
#ifndef WARD_EVENT_TEXT_H
#define WARD_EVENT_TEXT_H

#include "state/state.h"

#define WARD_EVENT_LINE 4096  /* no line of JSON is longer */
#define WARD_EVENT_STRING 256 /* none of its strings, as it is written */

/*
 * One line of JSON (docs/schema/acctward-event-1.json), newline and all, with
 * no NUL behind it; returns its size. What strings hold, names from the network
 * among it, stands in it so that it neither ends the line nor steers the
 * terminal of whoever looks at it.
 */
size_t ward_event_json(const struct ward_event *event,
    char line[WARD_EVENT_LINE]);

/* Tell the kernel's audit, where the event has a record. 0 as well where nobody
 * is there to take it, or this process may not tell it. */
int ward_event_audit(const struct ward_event *event, struct ward_error *err);

#endif
