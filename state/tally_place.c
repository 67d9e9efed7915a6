/* SPDX-License-Identifier: BSD-2-Clause */
/* Which record is written next. */
#include "state/tally_step.h"

/*
 * In which order records are written over, -1 for never: those of log-ins that
 * succeeded, free ones, failures that were cleared, failures that expired. The
 * last two tell an administrator what happened.
 */
static int
rank_of(const struct ward_tally *tally, const struct ward_judgement *judgement,
    size_t i)
{
	switch (judgement->of[i].standing) {
	case WARD_STANDING_OVER:
		switch (tally->list[i].kind) {
		case WARD_RECORD_TESTING:
			return 0;
		case WARD_RECORD_FREE:
			return 1;
		default:
			return 2;
		}
	case WARD_STANDING_EXPIRED:
		return 3;
	default:
		return -1;
	}
}

/* The best record that was not tried, or -1. */
static int
find_place(const struct ward_tally *tally,
    const struct ward_judgement *judgement, const bool *tried)
{
	int best = -1, best_rank = 0;

	for (size_t i = 0; i < tally->whole; i++) {
		int rank = rank_of(tally, judgement, i);

		if (rank < 0 || tried[i]) {
			continue;
		}
		if (best < 0 || rank < best_rank ||
		    (rank == best_rank &&
			tally->list[i].serial < tally->list[best].serial)) {
			best = (int)i;
			best_rank = rank;
		}
	}
	return best;
}

/* Of the records that the file has room for. */
static int
take_there(struct ward_tally *tally, const struct ward_judgement *judgement,
    int *ret_place, struct ward_error *err)
{
	bool tried[WARD_FAILURES_MAX] = { false };
	int place;

	while ((place = find_place(tally, judgement, tried)) >= 0) {
		bool taken = false;
		int r;

		r = ward_tally_take(tally, (size_t)place, &taken, err);
		if (r != 0) {
			return r;
		}
		if (taken) {
			break;
		}
		tried[place] = true;
	}
	*ret_place = place;
	return 0;
}

int
ward_tally_take_place(struct ward_tally *tally,
    const struct ward_judgement *judgement, int *ret_place,
    struct ward_error *err)
{
	int r;

	r = take_there(tally, judgement, ret_place, err);
	if (r != 0 || *ret_place >= 0 || tally->whole == WARD_FAILURES_MAX) {
		return r;
	}
	r = ward_tally_grow(tally, err);
	return r == 0 ? take_there(tally, judgement, ret_place, err) : r;
}

/* Every record counts or is being tested: the oldest failure that does not
 * lock goes, or else the oldest. The account is locked with or without it. */
static int
oldest_place(const struct ward_tally *tally,
    const struct ward_judgement *judgement)
{
	int best = -1;

	for (size_t i = 0; i < tally->whole; i++) {
		bool locks = tally->list[i].kind == WARD_RECORD_LOCKED;
		bool best_locks = best >= 0 &&
		    tally->list[best].kind == WARD_RECORD_LOCKED;

		if (judgement->of[i].standing != WARD_STANDING_COUNTS) {
			continue;
		}
		if (best < 0 || (best_locks && !locks) ||
		    (best_locks == locks &&
			tally->list[i].serial < tally->list[best].serial)) {
			best = (int)i;
		}
	}
	return best;
}

int
ward_tally_failure_place(struct ward_tally *tally,
    const struct ward_judgement *judgement, int *ret_place,
    struct ward_error *err)
{
	int place = tally->own, r = 0;

	if (place < 0) {
		r = take_there(tally, judgement, &place, err);
	}
	/* The disk may be full. */
	if (r == 0 && place < 0 && tally->whole < WARD_FAILURES_MAX &&
	    ward_tally_grow(tally, NULL) == 0) {
		r = take_there(tally, judgement, &place, err);
	}
	if (r != 0) {
		return r;
	}
	if (place < 0) {
		place = oldest_place(tally, judgement);
	}
	if (place < 0) {
		return ward_error_set(err, WARD_ERR_IO,
		    "%s: no place is left for a failure", tally->path);
	}
	*ret_place = place;
	return 0;
}
