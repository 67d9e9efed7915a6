/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of which the calls on a tally are made. */
#ifndef WARD_STATE_TALLY_STEP_H
#define WARD_STATE_TALLY_STEP_H

#include "state/tally_judge.h"

/* Lock the file, read it, mend what could not end by time, and see how it
 * stands. Not locked when this fails. */
int ward_tally_begin(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_judgement *judgement,
    struct ward_error *err);
/* The same without writing, nor staying locked. */
int ward_tally_glance(struct ward_tally *tally,
    const struct ward_limits *limits, const struct ward_instant *now,
    struct ward_judgement *judgement, struct ward_error *err);

uint64_t ward_tally_last_serial(const struct ward_tally *tally);

/* Reserve a record that may be written over: its number, or -1 where there is
 * none. */
int ward_tally_take_place(struct ward_tally *tally,
    const struct ward_judgement *judgement, int *ret_place,
    struct ward_error *err);
/* Where a failure is to be written: there is always a place for it, unless
 * all are held by processes that have no answer. */
int ward_tally_failure_place(struct ward_tally *tally,
    const struct ward_judgement *judgement, int *ret_place,
    struct ward_error *err);

#endif
