/* SPDX-License-Identifier: BSD-2-Clause */
/* What the records of a file that was loaded amount to at a moment. */
#ifndef WARD_STATE_TALLY_JUDGE_H
#define WARD_STATE_TALLY_JUDGE_H

#include "state/tally_file.h"

enum ward_standing {
	WARD_STANDING_OVER = 0, /* free, or cleared */
	WARD_STANDING_EXPIRED,  /* a failure that time has ended */
	WARD_STANDING_COUNTS,   /* a failure */
	WARD_STANDING_TESTED,   /* its holder lives, and has no answer yet */
	WARD_STANDING_HUNG,     /* the same for longer than failures count */
};

struct ward_judgement {
	struct {
		enum ward_standing standing;
		int64_t age;
	} of[WARD_FAILURES_MAX];
	uint32_t counting, tested;
	int lock;     /* the failure that locks the account now, or -1 */
	int64_t left; /* milliseconds until that ends */
};

int ward_tally_judge(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err);
/* Was it ended by a success or a reset? Torn records never are. */
bool ward_record_is_over(const struct ward_tally *tally,
    const struct ward_record *record);

#endif
