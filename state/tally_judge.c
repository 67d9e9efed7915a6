/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_judge.h"

/* As old as that, a failure still counts: moments are cut to milliseconds, and
 * a lock is never to be shorter than the plan says. */
static int64_t
longest(const struct ward_limits *limits)
{
	return (int64_t)limits->seconds * 1000;
}

bool
ward_record_is_over(const struct ward_tally *tally,
    const struct ward_record *record)
{
	return record->kind == WARD_RECORD_FREE ||
	    (record->kind != WARD_RECORD_TORN &&
		record->serial <= tally->head.cleared);
}

/* A record that is not over. */
static int
judge_one(struct ward_tally *tally, size_t i, bool old,
    enum ward_standing *ret_standing, struct ward_error *err)
{
	bool lives = tally->own == (int)i;

	if (tally->list[i].kind == WARD_RECORD_TESTING && !lives) {
		int r = ward_tally_held(tally, i, &lives, err);

		if (r != 0) {
			return r;
		}
	}
	if (lives) {
		*ret_standing = old ? WARD_STANDING_HUNG : WARD_STANDING_TESTED;
	} else {
		*ret_standing = old ? WARD_STANDING_EXPIRED :
				      WARD_STANDING_COUNTS;
	}
	return 0;
}

static bool
is_failure(enum ward_standing standing)
{
	return standing == WARD_STANDING_EXPIRED ||
	    standing == WARD_STANDING_COUNTS;
}

/* How many there were up to `since` milliseconds before that age. */
static uint32_t
count_before(const struct ward_tally *tally,
    const struct ward_judgement *judgement, int64_t age, int64_t since)
{
	uint32_t count = 0;

	for (size_t i = 0; i < tally->count; i++) {
		int64_t other = judgement->of[i].age;

		count += is_failure(judgement->of[i].standing) &&
		    other >= age && other - age <= since;
	}
	return count;
}

/*
 * Does this failure lock: was it written as one that does, or was it the last
 * of `attempts` when it happened? Those before it may have expired since, and
 * nobody may have looked when holders died without an answer.
 */
static bool
locks(const struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_judgement *judgement, size_t i)
{
	return judgement->of[i].standing == WARD_STANDING_COUNTS &&
	    (tally->list[i].kind == WARD_RECORD_LOCKED ||
		count_before(tally, judgement, judgement->of[i].age,
		    longest(limits)) >= limits->attempts);
}

/* The newest that locks; of the same age, the one that was written so. */
static void
find_lock(const struct ward_tally *tally, const struct ward_limits *limits,
    struct ward_judgement *judgement)
{
	int64_t age = INT64_MAX;

	for (size_t i = 0; i < tally->count; i++) {
		int64_t own = judgement->of[i].age;
		bool written = tally->list[i].kind == WARD_RECORD_LOCKED;

		if (own <= age && (own < age || written) &&
		    locks(tally, limits, judgement, i)) {
			age = own;
			judgement->lock = (int)i;
		}
	}
	if (judgement->lock >= 0) {
		judgement->left = longest(limits) - age;
		judgement->left += judgement->left == 0;
	}
}

int
ward_tally_judge(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err)
{
	*judgement = (struct ward_judgement){ .lock = -1 };
	for (size_t i = 0; i < tally->count; i++) {
		const struct ward_record *record = &tally->list[i];
		enum ward_standing *standing = &judgement->of[i].standing;
		int r;

		if (ward_record_is_over(tally, record)) {
			continue;
		}
		judgement->of[i].age = ward_instant_age(&record->when, now);
		r = judge_one(tally, i, judgement->of[i].age > longest(limits),
		    standing, err);
		if (r != 0) {
			return r;
		}
		judgement->counting += *standing == WARD_STANDING_COUNTS;
		judgement->tested += *standing == WARD_STANDING_TESTED;
	}
	find_lock(tally, limits, judgement);
	return 0;
}
