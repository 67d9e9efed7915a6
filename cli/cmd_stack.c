/* SPDX-License-Identifier: BSD-2-Clause */
/* What libpam goes through for a service, or for every one, and what can be
 * proved of that. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "report/report.h"

struct showing {
	struct ward_report report;
	const struct ward_stack_format *format;
	struct ward_pam *pam;
	struct ward_stack_summary summary;
};

static bool
is_configured(const struct ward_pam *pam, const char *name)
{
	for (size_t i = 0; i < ward_pam_count(pam); i++) {
		if (strcmp(ward_pam_name(pam, i), name) == 0) {
			return true;
		}
	}
	return false;
}

/* It may be a service that needs no lines of its own, or be mistyped. */
static void
tell_unknown(const struct showing *showing, const char *name)
{
	char nearest[1024];

	ward_nearest_services(showing->pam, name, nearest, sizeof(nearest));
	if (*nearest != '\0') {
		(void)ward_say_error("no service `%s` is configured, for which "
				     "libpam takes `other`; most like it: %s",
		    name, nearest);
	} else {
		(void)ward_say_error("no service `%s` is configured, for which "
				     "libpam takes `other`",
		    name);
	}
}

static int
show(struct showing *showing, const char *name, bool all,
    struct ward_error *err)
{
	struct ward_pam_service *service = NULL;
	struct ward_service *claims = NULL;
	struct ward_stack stack;
	int r = ward_pam_read(showing->pam, name, &service, err);

	if (r == 0) {
		r = ward_pam_claims(showing->pam, service, &claims, err);
	}
	if (r == 0) {
		stack = (struct ward_stack){ service, claims,
			is_configured(showing->pam, service->name) };
		if (!stack.configured) {
			tell_unknown(showing, service->name);
		}
		ward_stack_count(&stack, &showing->summary);
		r = all ? showing->format->row(&showing->report, &stack) :
			  showing->format->whole(&showing->report, &stack);
	}
	ward_pam_claims_free(claims);
	ward_pam_service_free(service);
	return r;
}

static int
show_all(struct showing *showing, struct ward_error *err)
{
	int r = 0;

	for (size_t i = 0; i < ward_pam_count(showing->pam) && r == 0; i++) {
		r = show(showing, ward_pam_name(showing->pam, i), true, err);
	}
	return r;
}

static int
put(struct showing *showing, const struct ward_options *options,
    struct ward_error *err)
{
	bool all = options->argc == 0;
	int r;

	if (all && ward_pam_count(showing->pam) == 0) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "no service of PAM is configured");
	}
	r = showing->format->begin(&showing->report, all);
	if (r != 0) {
		return r;
	}
	r = all ? show_all(showing, err) :
		  show(showing, options->argv[0], false, err);
	if (r == 0) {
		r = showing->format->end(&showing->report, &showing->summary);
	}
	if (showing->format->free != NULL) {
		showing->format->free(&showing->report);
	}
	return r;
}

static int
run(struct showing *showing, const struct ward_options *options,
    struct ward_error *err)
{
	const struct ward_pam_options where = {
		.root = options->root == NULL ? "/" : options->root
	};
	struct ward_output output = { .stream = NULL };
	int r = ward_pam_open(&where, &showing->pam, err);

	if (r == 0) {
		r = ward_output_open(options->output, &output, err);
	}
	if (r == 0) {
		showing->report = (struct ward_report){ .stream = output.stream,
			.count = 1,
			.language = err->language,
			.color = ward_output_color(&output, options) };
		r = put(showing, options, err);
	}
	/* A write that failed says more than what followed from it. */
	if (r == 0 || (output.stream != NULL && ferror(output.stream))) {
		r = ward_output_commit(&output, err);
	} else if (r == WARD_ERR_NOMEM) {
		(void)ward_error_set(err, r, "no memory");
	}
	ward_output_discard(&output);
	ward_pam_close(showing->pam);
	return r;
}

int
ward_cmd_stack(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	struct showing showing = {
		.format = ward_stack_format(
		    options->format == NULL ? "text" : options->format)
	};
	const struct ward_stack_summary *summary = &showing.summary;

	if (showing.format == NULL) {
		return ward_say_usage("--format: '%s' is none of: text json",
		    options->format);
	}
	if (run(&showing, options, &err) != 0) {
		return ward_say_error("%s", err.text);
	}
	return summary->faulty > 0 || summary->proofs[WARD_PROOF_BROKEN] > 0 ||
		summary->proofs[WARD_PROOF_UNKNOWN] > 0 ?
	    WARD_EXIT_NOT_COMPLIANT :
	    WARD_EXIT_COMPLIANT;
}
