/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_step.h"

#define ATTEMPTS_MAX 100

uint64_t
ward_tally_last_serial(const struct ward_tally *tally)
{
	uint64_t last = tally->head.cleared;

	for (size_t i = 0; i < tally->count; i++) {
		if (tally->list[i].serial > last) {
			last = tally->list[i].serial;
		}
	}
	return last;
}

/* Records that can't be read become failures that can, and those ahead of a
 * clock that was set back happen now: else neither would ever end. */
static int
mend(struct ward_tally *tally, const struct ward_instant *now,
    struct ward_error *err)
{
	for (size_t i = 0; i < tally->count; i++) {
		struct ward_record new = tally->list[i];
		bool torn = new.kind == WARD_RECORD_TORN;
		bool ahead = ward_instant_ahead(&new.when, now);
		int r;

		if (ward_record_is_over(tally, &new) || (!torn && !ahead)) {
			continue;
		}
		if (torn) {
			new.kind = WARD_RECORD_FAILED;
			new.serial = ward_tally_last_serial(tally) + 1;
		}
		if (ahead) {
			new.when = *now;
		}
		r = ward_tally_put(tally, i, &new, err);
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

static bool
was_locked(const struct ward_tally *tally,
    const struct ward_judgement *judgement)
{
	for (size_t i = 0; i < tally->count; i++) {
		if (judgement->of[i].standing == WARD_STANDING_COUNTS &&
		    tally->list[i].kind == WARD_RECORD_LOCKED) {
			return true;
		}
	}
	return false;
}

/* The failure that locks says so itself, as those before it expire first. Only
 * who writes that has found it: the file is locked. */
static int
mark_lock(struct ward_tally *tally, const struct ward_judgement *judgement,
    struct ward_error *err)
{
	const bool locked = was_locked(tally, judgement);
	struct ward_record new;
	int r;

	if (judgement->lock < 0 ||
	    tally->list[judgement->lock].kind == WARD_RECORD_LOCKED) {
		return 0;
	}
	new = tally->list[judgement->lock];
	new.kind = WARD_RECORD_LOCKED;
	r = ward_tally_put(tally, (size_t)judgement->lock, &new, err);
	if (r == 0) {
		tally->found_lock = !locked;
		tally->lock = new;
		/* Whoever wrote the file. */
		tally->lock.service[sizeof(new.service) - 1] = '\0';
		tally->lock.from[sizeof(new.from) - 1] = '\0';
	}
	return r;
}

static int
judge_held(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err)
{
	int r;

	r = ward_tally_load(tally, err);
	if (r != 0) {
		return r;
	}
	if (tally->whole < limits->attempts) {
		r = ward_tally_grow(tally, err);
	}
	if (r == 0) {
		r = mend(tally, now, err);
	}
	if (r != 0) {
		return r;
	}
	r = ward_tally_judge(tally, limits, now, judgement, err);
	return r == 0 ? mark_lock(tally, judgement, err) : r;
}

static int
check_limits(const struct ward_limits *limits, struct ward_error *err)
{
	return limits->attempts > 0 && limits->attempts <= ATTEMPTS_MAX ?
	    0 :
	    ward_error_set(err, WARD_ERR_RANGE,
		"%u attempts: it must be 1 to %d",
		(unsigned int)limits->attempts, ATTEMPTS_MAX);
}

int
ward_tally_begin(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err)
{
	int r;

	tally->found_lock = false;
	r = check_limits(limits, err);
	if (r == 0) {
		r = ward_tally_hold(tally, err);
	}
	if (r != 0) {
		return r;
	}
	r = judge_held(tally, limits, now, judgement, err);
	if (r != 0) {
		ward_tally_release(tally);
	}
	return r;
}

int
ward_tally_glance(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err)
{
	bool held;
	int r;

	r = check_limits(limits, err);
	if (r != 0) {
		return r;
	}
	held = ward_tally_hold_shared(tally);
	r = ward_tally_load(tally, err);
	if (r == 0) {
		r = ward_tally_judge(tally, limits, now, judgement, err);
	}
	if (held) {
		ward_tally_release(tally);
	}
	return r;
}
