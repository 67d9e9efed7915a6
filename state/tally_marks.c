/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_file.h"

#include <string.h>

int
ward_tally_marks(struct ward_tally *tally, struct ward_marks *ret_marks,
    struct ward_error *err)
{
	bool held = ward_tally_hold_shared(tally);
	int r;

	r = ward_tally_load(tally, err);
	if (held) {
		ward_tally_release(tally);
	}
	if (r == 0) {
		ward_marks_of(&tally->head, ret_marks);
	}
	return r;
}

void
ward_marks_of(const struct ward_head *head, struct ward_marks *ret_marks)
{
	*ret_marks = (struct ward_marks){ .last_use = head->last_use,
		.password = head->password,
		.reset = head->reset != 0,
		.revived = head->revived,
		.passwd_at = head->passwd_at,
		.shadow_at = head->shadow_at,
		.changing = head->changing };
}

/* What differs between the two is to be so; what else has changed stays. */
static void
set_head(struct ward_head *head, const struct ward_marks *from,
    const struct ward_marks *to)
{
	if (to->last_use != from->last_use) {
		head->last_use = to->last_use;
	}
	if (to->password != from->password) {
		head->password = to->password;
	}
	if (to->reset != from->reset) {
		head->reset = to->reset;
	}
	if (to->revived != from->revived) {
		head->revived = to->revived;
	}
	if (to->passwd_at != from->passwd_at) {
		head->passwd_at = to->passwd_at;
	}
	if (to->shadow_at != from->shadow_at) {
		head->shadow_at = to->shadow_at;
	}
	if (to->changing != from->changing) {
		head->changing = to->changing;
	}
}

int
ward_tally_set_marks(struct ward_tally *tally, const struct ward_marks *from,
    const struct ward_marks *to, bool durable, struct ward_error *err)
{
	struct ward_head head;
	int r;

	r = ward_tally_hold(tally, err);
	if (r != 0) {
		return r;
	}
	r = ward_tally_load(tally, err);
	if (r == 0) {
		head = tally->head;
		set_head(&head, from, to);
		if (memcmp(&head, &tally->head, sizeof(head)) != 0) {
			r = ward_tally_put_head(tally, &head, err);
		}
	}
	ward_tally_release(tally);
	return r == 0 && durable ? ward_tally_sync(tally, err) : r;
}

/* Its holder was setting one, and can stop a set-uid program of theirs before
 * it is recorded. A day later somebody else has set what is there. */
static bool
is_unfinished(const struct ward_marks *marks, uint64_t password,
    struct ward_optional changed)
{
	const int64_t begun = ward_day_of(marks->changing);

	return marks->changing != 0 && marks->password != password &&
	    changed.known &&
	    (changed.value == begun || changed.value == begun + 1);
}

bool
ward_marks_temporary(const struct ward_marks *marks, uint64_t password,
    struct ward_optional changed)
{
	return password != 0 && !is_unfinished(marks, password, changed) &&
	    (marks->reset ||
		(marks->password != 0 && marks->password != password));
}
