/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside collect/pam: the claims about lockouts. */
#ifndef WARD_PAM_SERVICE_LOCKOUT_H
#define WARD_PAM_SERVICE_LOCKOUT_H

#include "collect/pam/service.h"

/* The lines that share a count. */
struct ward_lockout {
	uint32_t id; /* 0: there is none, or it is not known */
	bool ours;
	struct ward_pam_breach locked, counted;
};

/* A right password while it is locked; a wrong one while it is not. */
struct ward_pam_case ward_lockout_locked(const struct ward_pam_judge *j,
    const struct ward_lockout *l);
struct ward_pam_case ward_lockout_counted(const struct ward_pam_judge *j,
    const struct ward_lockout *l);
struct ward_pam_breach ward_lockout_look(struct ward_pam_judge *j,
    struct ward_pam_case *c);

/* The numbers of one that holds. */
void ward_lockout_attempts(struct ward_pam_judge *j,
    const struct ward_lockout *l, struct ward_claim *claim);
void ward_lockout_seconds(struct ward_pam_judge *j,
    const struct ward_lockout *l, struct ward_claim *claim);
/* A line that counts, and takes the account for locked before the others do,
 * counts no further: the others never come to lock it. Or the stack's count. */
uint32_t ward_lockout_stopper(struct ward_pam_judge *j,
    const struct ward_lockout *l, int64_t number);

#endif
