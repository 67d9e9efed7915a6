/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

static int
load_plan(const struct ward_options *options, bool needed,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct ward_places places;
	int r = ward_places_find(options, &places, err);

	if (r != 0) {
		return r;
	}
	r = ward_plan_load(&places.places, options->plan, ret_plan, err);
	if (r == WARD_ERR_MISSING && !needed && options->plan == NULL) {
		r = 0;
	}
	ward_places_free(&places);
	if (r == 0 && *ret_plan != NULL &&
	    ward_plan_kind(*ret_plan) == WARD_KIND_REFERENCE) {
		const char *id = ward_plan_id(*ret_plan);

		return ward_error_set(err, WARD_ERR_MISSING,
		    "%s is a reference, by which nothing is decided: name it "
		    "beside a plan in acctward.conf: [acctward] packs = %s",
		    id, id);
	}
	return r;
}

int
ward_session_begin(const struct ward_options *options, bool needs_plan,
    struct ward_session *ret_session, struct ward_error *err)
{
	struct ward_session session = { .plan = NULL };
	struct ward_collect_options collect = {
		.root = options->root == NULL ? "/" : options->root
	};
	int r;

	r = load_plan(options, needs_plan, &session.plan, err);
	if (r != 0) {
		goto out;
	}
	r = ward_now(options, &collect.now, err);
	if (r != 0) {
		goto out;
	}
	collect.root_groups = session.plan != NULL ?
	    ward_plan_root_groups(session.plan) :
	    ward_settings[WARD_SET_CLASS_PRIVILEGED_GROUPS].builtin;
	r = ward_collect(&collect, &session.collection, err);
	if (r != 0) {
		goto out;
	}
	r = ward_output_open(options->output, &session.output, err);
	if (r != 0) {
		goto out;
	}
	*ret_session = session;
	session = (struct ward_session){ .plan = NULL };
out:
	ward_collection_free(session.collection);
	ward_plan_free(session.plan);
	return r;
}

int
ward_session_end(struct ward_session *session, int r, struct ward_error *err)
{
	struct ward_output *output = &session->output;

	if (r != 0 && output->stream != NULL && ferror(output->stream)) {
		r = ward_output_commit(output, err);
	} else if (r == WARD_ERR_NOMEM) {
		(void)ward_error_set(err, r, "no memory");
	}
	ward_output_discard(output);
	ward_collection_free(session->collection);
	ward_plan_free(session->plan);
	return r;
}
