/* SPDX-License-Identifier: BSD-2-Clause */
/* From what PAM is told of a service to struct ward_service, one at a time. */
#include "collect/collection.h"

static int
hand_on(struct ward_pam *pam, const char *name,
    const struct ward_visitor *visitor, struct ward_error *err)
{
	struct ward_pam_service *service = NULL;
	struct ward_service *claims = NULL;
	int r = ward_pam_read(pam, name, &service, err);

	if (r == 0) {
		r = ward_pam_claims(pam, service, &claims, err);
	}
	if (r == 0) {
		r = visitor->service(visitor->arg, claims);
		ward_pam_claims_free(claims);
	}
	ward_pam_service_free(service);
	return r;
}

int
ward_collection_services(struct ward_collection *c,
    const struct ward_visitor *visitor, struct ward_error *err)
{
	const struct ward_pam_options options = { .root = c->root_path };
	struct ward_pam *pam = NULL;
	int r = ward_pam_open(&options, &pam, err);

	for (size_t i = 0; r == 0 && i < ward_pam_count(pam); i++) {
		const char *name = ward_pam_name(pam, i);

		if (c->progress != NULL) {
			c->progress(c->progress_arg, name, 0);
		}
		r = hand_on(pam, name, visitor, err);
	}
	ward_pam_close(pam);
	return r;
}
