/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include "report/report.h"

struct showing {
	struct ward_report report;
	const struct ward_coverage_format *format;
};

static int
take_row(void *arg, const struct ward_coverage *coverage)
{
	struct showing *showing = arg;

	return showing->format->row(&showing->report, coverage);
}

static int
show(struct showing *showing, struct ward_coverage_summary *ret_summary)
{
	int r = showing->format->begin(&showing->report);

	if (r != 0) {
		return r;
	}
	r = ward_plan_coverage(showing->report.plan, take_row, showing,
	    ret_summary);
	if (r == 0) {
		r = showing->format->end(&showing->report, ret_summary);
	}
	if (showing->format->free != NULL) {
		showing->format->free(&showing->report);
	}
	return r;
}

int
ward_cmd_plan_coverage(const struct ward_options *options)
{
	struct showing showing = {
		.format = ward_coverage_format(
		    options->format == NULL ? "text" : options->format)
	};
	struct ward_coverage_summary summary = { .listed = false };
	struct ward_places places = { .shipped = NULL };
	struct ward_output output = { .stream = NULL };
	struct ward_plan *plan = NULL;
	struct ward_error err = { .language = ward_language(options) };
	int r;

	if (showing.format == NULL) {
		return ward_say_usage(
		    "--format: '%s' is none of: text json csv",
		    options->format);
	}
	r = ward_places_find(options, &places, &err);
	if (r == 0) {
		r = ward_plan_load(&places.places,
		    options->argc > 0 ? options->argv[0] : NULL, &plan, &err);
	}
	if (r == 0) {
		r = ward_output_open(options->output, &output, &err);
	}
	if (r == 0) {
		showing.report = (struct ward_report){ .stream = output.stream,
			.plan = plan,
			.language = ward_language(options),
			.color = ward_output_color(&output, options),
			.bom = options->bom };
		r = show(&showing, &summary);
		/* What the stream says of a failure is told below. */
		r = r == WARD_ERR_NOMEM ? ward_error_set(&err, r, "no memory") :
					  ward_output_commit(&output, &err);
	}
	ward_output_discard(&output);
	ward_plan_free(plan);
	ward_places_free(&places);
	if (r != 0) {
		return ward_say_error("%s", err.text);
	}
	return summary.listed && summary.answers[WARD_ANSWER_GAP] == 0 ?
	    WARD_EXIT_COMPLIANT :
	    WARD_EXIT_NOT_COMPLIANT;
}
