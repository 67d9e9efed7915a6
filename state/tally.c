/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The gate. Everything between ward_tally_hold() and its release reads the file
 * anew, and leaves a state after each single write from which the next one can
 * go on: a failure is there before anything that it outweighs is gone.
 */
#include "state/tally_step.h"

#include <string.h>

static void
copy_cut(char *to, size_t size, const char *from)
{
	size_t length = strnlen(from, size - 1);

	memcpy(to, from, length);
	memset(to + length, 0, size - length);
}

static bool
is_given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static void
note_from(struct ward_record *record, const struct ward_from *from)
{
	bool host = from != NULL && is_given(from->rhost);
	bool tty = from != NULL && !host && is_given(from->tty);

	if (from != NULL && is_given(from->service)) {
		copy_cut(record->service, sizeof(record->service),
		    from->service);
	}
	if (host || tty) {
		record->source = host ? WARD_SOURCE_HOST : WARD_SOURCE_TTY;
		copy_cut(record->from, sizeof(record->from),
		    host ? from->rhost : from->tty);
	}
}

/* Who waited for the lock looked at the clock before those that went first:
 * what is written later is not to seem earlier. */
static struct ward_instant
moment_of(const struct ward_tally *tally, const struct ward_instant *now)
{
	struct ward_instant when = *now;

	for (size_t i = 0; i < tally->count; i++) {
		const struct ward_record *record = &tally->list[i];

		if (!ward_record_is_over(tally, record) &&
		    record->when.boot == now->boot &&
		    ward_instant_age(&when, &record->when) > 0) {
			when = record->when;
		}
	}
	return when;
}

static int
reserve(struct ward_tally *tally, const struct ward_judgement *judgement,
    const struct ward_instant *now, const struct ward_from *from,
    enum ward_gate *gate, struct ward_error *err)
{
	struct ward_record new = { .kind = WARD_RECORD_TESTING,
		.serial = ward_tally_last_serial(tally) + 1,
		.when = moment_of(tally, now) };
	int place = -1, r;

	r = ward_tally_take_place(tally, judgement, &place, err);
	if (r != 0) {
		return r;
	}
	if (place < 0) {
		*gate = WARD_GATE_FULL;
		return 0;
	}
	note_from(&new, from);
	r = ward_tally_put(tally, (size_t)place, &new, err);
	if (r == 0) {
		tally->own = place;
		*gate = WARD_GATE_OPEN;
	}
	return r;
}

/*
 * Nearly all of a crowd can be told by looking, and the few who can't have the
 * file to themselves. Without the lock a record may be seen half written and
 * a holder just gone: only what such a mistake can't pretend is believed, and
 * FULL, after which one looks again.
 */
static bool
is_shut(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, enum ward_gate *ret_gate)
{
	struct ward_judgement judgement;

	if (ward_tally_load(tally, NULL) != 0 ||
	    ward_tally_judge(tally, limits, now, &judgement, NULL) != 0) {
		return false;
	}
	if (judgement.lock >= 0 &&
	    tally->list[judgement.lock].kind == WARD_RECORD_LOCKED &&
	    !ward_instant_ahead(&tally->list[judgement.lock].when, now)) {
		*ret_gate = WARD_GATE_LOCKED;
		return true;
	}
	if (judgement.tested > 0 &&
	    judgement.counting + judgement.tested >= limits->attempts) {
		*ret_gate = WARD_GATE_FULL;
		return true;
	}
	return false;
}

int
ward_tally_enter(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, const struct ward_from *from,
    enum ward_gate *ret_gate, struct ward_error *err)
{
	struct ward_judgement judgement;
	enum ward_gate gate = WARD_GATE_LOCKED;
	int r;

	if (tally->own >= 0) { /* nobody said what came of the one before */
		ward_tally_release_all(tally);
	}
	if (tally->writes && ward_tally_is_held(tally) &&
	    is_shut(tally, limits, now, ret_gate)) {
		return 0;
	}
	r = ward_tally_begin(tally, limits, now, &judgement, err);
	if (r != 0) {
		return r;
	}
	if (judgement.lock < 0) {
		gate = WARD_GATE_FULL;
		if (judgement.counting + judgement.tested < limits->attempts) {
			r = reserve(tally, &judgement, now, from, &gate, err);
		}
	}
	if (r == 0 && tally->own >= 0) {
		ward_tally_release(tally);
	} else {
		ward_tally_release_all(tally);
	}
	if (r == 0) {
		*ret_gate = gate;
	}
	return r;
}

bool
ward_tally_found_lock(struct ward_tally *tally, struct ward_from *ret_from)
{
	const struct ward_record *lock = &tally->lock;

	if (!tally->found_lock) {
		return false;
	}
	tally->found_lock = false;
	*ret_from = (struct ward_from){ .service = lock->service,
		.tty = lock->source == WARD_SOURCE_TTY ? lock->from : NULL,
		.rhost = lock->source == WARD_SOURCE_HOST ? lock->from : NULL };
	return true;
}

int
ward_tally_look(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, enum ward_gate *ret_gate,
    struct ward_error *err)
{
	struct ward_judgement judgement;
	int r;

	if (tally->writes) {
		r = ward_tally_begin(tally, limits, now, &judgement, err);
	} else {
		r = ward_tally_glance(tally, limits, now, &judgement, err);
	}
	if (r != 0) {
		return r;
	}
	if (tally->writes) {
		ward_tally_release(tally);
	}
	*ret_gate = judgement.lock >= 0 ? WARD_GATE_LOCKED : WARD_GATE_OPEN;
	return 0;
}

static int
record_failure(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_judgement *judgement, const struct ward_instant *now,
    const struct ward_from *from, bool *ret_locks, struct ward_error *err)
{
	struct ward_record new = { .kind = WARD_RECORD_FAILED };
	int place = -1, r;

	r = ward_tally_failure_place(tally, judgement, &place, err);
	if (r != 0) {
		return r;
	}
	if (place == tally->own) {
		new = tally->list[place];
		new.kind = WARD_RECORD_FAILED;
	}
	if (judgement->counting + 1 >= limits->attempts) {
		new.kind = WARD_RECORD_LOCKED;
	}
	new.serial = ward_tally_last_serial(tally) + 1;
	new.when = moment_of(tally, now);
	note_from(&new, from);
	r = ward_tally_put(tally, (size_t)place, &new, err);
	if (r == 0) {
		*ret_locks = new.kind == WARD_RECORD_LOCKED &&
		    judgement->lock < 0;
	}
	return r;
}

int
ward_tally_fail(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, const struct ward_from *from,
    bool *ret_locks, struct ward_error *err)
{
	struct ward_judgement judgement;
	bool locks = false;
	int r;

	r = ward_tally_begin(tally, limits, now, &judgement, err);
	if (r != 0) {
		return r;
	}
	r = record_failure(tally, limits, &judgement, now, from, &locks, err);
	if (r != 0 && tally->own >= 0) {
		ward_tally_release(tally); /* it counts once it is let go */
		return r;
	}
	ward_tally_release_all(tally);
	if (r == 0) {
		/* The disk is slow: nobody is to wait for it but we. */
		r = ward_tally_sync(tally, err);
	}
	if (r == 0) {
		*ret_locks = locks;
	}
	return r;
}
