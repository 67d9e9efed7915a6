/* SPDX-License-Identifier: BSD-2-Clause */
/* What libpam goes through for a service, or for every one. */
#include "cli/cli.h"

#include "collect/collect.h"
#include "report/report.h"

struct showing {
	struct ward_report report;
	struct ward_pam *pam;
	size_t shown, faulty;
};

static int
show(struct showing *showing, const char *name, struct ward_error *err)
{
	struct ward_pam_service *service = NULL;
	int r = ward_pam_read(showing->pam, name, &service, err);

	if (r != 0) {
		return r;
	}
	if (showing->shown++ > 0) {
		(void)fputc('\n', showing->report.stream);
	}
	ward_stack_put(&showing->report, service);
	showing->faulty += service->fate != WARD_PAM_READ ||
	    service->fault_count > 0;
	ward_pam_service_free(service);
	return 0;
}

static int
show_all(struct showing *showing, struct ward_error *err)
{
	size_t count = ward_pam_count(showing->pam);
	int r = 0;

	if (count == 0) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "no service of PAM is configured");
	}
	for (size_t i = 0; i < count && r == 0; i++) {
		r = show(showing, ward_pam_name(showing->pam, i), err);
	}
	return r;
}

int
ward_cmd_stack(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	const struct ward_pam_options where = {
		.root = options->root == NULL ? "/" : options->root
	};
	struct ward_output output = { .stream = NULL };
	struct showing showing = { .pam = NULL };
	int r = ward_pam_open(&where, &showing.pam, &err);

	if (r == 0) {
		r = ward_output_open(options->output, &output, &err);
	}
	if (r == 0) {
		showing.report = (struct ward_report){ .stream = output.stream,
			.language = err.language,
			.color = ward_output_color(&output, options) };
		r = options->argc > 0 ? show(&showing, options->argv[0], &err) :
					show_all(&showing, &err);
	}
	if (r == 0) {
		r = ward_output_commit(&output, &err);
	}
	ward_output_discard(&output);
	ward_pam_close(showing.pam);
	if (r != 0) {
		return ward_say_error("%s", err.text);
	}
	return showing.faulty > 0 ? WARD_EXIT_NOT_COMPLIANT :
				    WARD_EXIT_COMPLIANT;
}
