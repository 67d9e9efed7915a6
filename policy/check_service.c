/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules that a service's PAM stacks have to hold to. */
#include "evaluation.h"

/* Not built. */
int
ward_evaluate_service(struct ward_evaluation *evaluation,
    const struct ward_service *service)
{
	(void)evaluation, (void)service;
	return 0;
}
