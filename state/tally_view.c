/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_step.h"

#include <stdlib.h>
#include <string.h>

/* What is listed of the file, oldest first. */
struct row {
	size_t index;
	uint64_t serial;
	int64_t age;
};

static enum ward_failure_kind
kind_of(const struct ward_record *record, enum ward_standing standing)
{
	switch (record->kind) {
	case WARD_RECORD_FAILED:
		return WARD_FAILURE_FAILED;
	case WARD_RECORD_LOCKED:
		return WARD_FAILURE_LOCKED;
	case WARD_RECORD_TESTING:
		return standing == WARD_STANDING_TESTED ||
			standing == WARD_STANDING_HUNG ?
		    WARD_FAILURE_TESTING :
		    WARD_FAILURE_ABANDONED;
	default:
		return WARD_FAILURE_TORN;
	}
}

static int
by_age(const void *a, const void *b)
{
	const struct row *one = a, *other = b;

	if (one->age != other->age) {
		return one->age > other->age ? -1 : 1;
	}
	return (one->serial > other->serial) - (one->serial < other->serial);
}

/* An attempt that is over was a success, or nobody can tell any more. */
static size_t
list_rows(const struct ward_tally *tally, const struct ward_instant *now,
    struct row rows[WARD_FAILURES_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < tally->count; i++) {
		const struct ward_record *record = &tally->list[i];

		if (record->kind == WARD_RECORD_FREE ||
		    (record->kind == WARD_RECORD_TESTING &&
			ward_record_is_over(tally, record))) {
			continue;
		}
		rows[count++] = (struct row){ .index = i,
			.serial = record->serial,
			.age = ward_instant_age(&record->when, now) };
	}
	qsort(rows, count, sizeof(rows[0]), by_age);
	return count;
}

static void
show(const struct ward_tally *tally, const struct ward_judgement *judgement,
    size_t i, struct ward_failure *failure)
{
	const struct ward_record *record = &tally->list[i];
	enum ward_standing standing = judgement->of[i].standing;

	*failure = (struct ward_failure){ .kind = kind_of(record, standing),
		.when = record->when,
		.counts = standing == WARD_STANDING_COUNTS };
	memcpy(failure->service, record->service, sizeof(failure->service));
	memcpy(failure->from, record->from, sizeof(failure->from));
}

int
ward_tally_view(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_tally_view *ret_view,
    struct ward_error *err)
{
	struct ward_judgement judgement;
	struct row rows[WARD_FAILURES_MAX];
	int r;

	r = ward_tally_glance(tally, limits, now, &judgement, err);
	if (r != 0) {
		return r;
	}
	*ret_view = (struct ward_tally_view){
		.count = list_rows(tally, now, rows),
		.counting = judgement.counting,
		.locked = judgement.lock >= 0,
		.left = judgement.left,
	};
	for (size_t i = 0; i < ret_view->count; i++) {
		show(tally, &judgement, rows[i].index, &ret_view->list[i]);
	}
	ward_marks_of(&tally->head, &ret_view->marks);
	return 0;
}
