/* SPDX-License-Identifier: BSD-2-Clause */
/* What a service does: proofs over the worlds in which it may be called. */
#include <stdlib.h>

#include "collect/pam/read.h"
#include "collect/pam/world.h"

/* Not built. */
int
ward_pam_claims(struct ward_pam *pam, const struct ward_pam_service *service,
    struct ward_service **ret_claims, struct ward_error *err)
{
	struct ward_service *s = calloc(1, sizeof(*s));

	(void)pam;
	if (s == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	s->name = service->name;
	*ret_claims = s;
	return 0;
}

void
ward_pam_claims_free(struct ward_service *claims)
{
	free(claims);
}
