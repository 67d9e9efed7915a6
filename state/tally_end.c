/* SPDX-License-Identifier: BSD-2-Clause */
/* A success, and a reset: what was before is over, by one write of the head. */
#include "state/tally_step.h"

/* Whose attempts that have no answer yet go on to count. */
enum going_on {
	OTHERS, /* a success of one's own says nothing of them */
	OWN,    /* an administrator ends all there is: places that are held by
		 * processes which somebody has stopped, too */
};

/* What goes on gets a serial behind all others. */
static int
renew_tested(struct ward_tally *tally, enum going_on whose,
    struct ward_error *err)
{
	for (size_t i = 0; i < tally->count; i++) {
		struct ward_record new = tally->list[i];
		bool held = whose == OWN && tally->own == (int)i;
		int r = 0;

		if (new.kind != WARD_RECORD_TESTING ||
		    ward_record_is_over(tally, &new)) {
			continue;
		}
		if (whose == OTHERS && tally->own != (int)i) {
			r = ward_tally_held(tally, i, &held, err);
		}
		if (r == 0 && held) {
			new.serial = ward_tally_last_serial(tally) + 1;
			r = ward_tally_put(tally, i, &new, err);
		}
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

static int
drop_torn(struct ward_tally *tally, struct ward_error *err)
{
	for (size_t i = 0; i < tally->count; i++) {
		struct ward_record none = { .kind = WARD_RECORD_FREE };

		if (tally->list[i].kind == WARD_RECORD_TORN) {
			int r = ward_tally_put(tally, i, &none, err);

			if (r != 0) {
				return r;
			}
		}
	}
	return 0;
}

/* End all there is, but what goes on. */
static int
clear(struct ward_tally *tally, enum going_on whose, struct ward_error *err)
{
	struct ward_head head = tally->head;
	int r;

	head.cleared = ward_tally_last_serial(tally);
	r = renew_tested(tally, whose, err);
	if (r != 0) {
		return r;
	}
	if (head.cleared != tally->head.cleared) {
		r = ward_tally_put_head(tally, &head, err);
	}
	return r == 0 ? drop_torn(tally, err) : r;
}

/* The same as ward_tally_begin(), for who was let in before. */
static int
begin_own(struct ward_tally *tally, struct ward_judgement *judgement,
    struct ward_error *err)
{
	int r;

	judgement->lock = -1;
	r = ward_tally_hold(tally, err);
	if (r != 0) {
		return r;
	}
	r = ward_tally_load(tally, err);
	if (r != 0) {
		ward_tally_release(tally);
	}
	return r;
}

int
ward_tally_succeed(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, enum ward_gate *ret_gate,
    struct ward_error *err)
{
	struct ward_judgement judgement;
	bool locked;
	int r;

	r = tally->own >= 0 ?
	    begin_own(tally, &judgement, err) :
	    ward_tally_begin(tally, limits, now, &judgement, err);
	if (r != 0) {
		return r;
	}
	locked = judgement.lock >= 0;
	if (!locked) {
		r = clear(tally, OTHERS, err);
	}
	if (r != 0) {
		ward_tally_release(tally);
		return r;
	}
	ward_tally_release_all(tally);
	*ret_gate = locked ? WARD_GATE_LOCKED : WARD_GATE_OPEN;
	return 0;
}

int
ward_tally_reset(struct ward_tally *tally, struct ward_error *err)
{
	int r;

	r = ward_tally_hold(tally, err);
	if (r != 0) {
		return r;
	}
	r = ward_tally_load(tally, err);
	if (r == 0) {
		r = clear(tally, OWN, err);
	}
	ward_tally_release(tally);
	return r == 0 ? ward_tally_sync(tally, err) : r;
}
