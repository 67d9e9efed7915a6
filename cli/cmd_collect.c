/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "cli/session.h"

#include <unistd.h>

/* The plan says only which groups amount to root; nothing is judged. */
int
ward_cmd_collect(const struct ward_options *options)
{
	struct ward_session session = { .plan = NULL };
	struct ward_error err = { .language = ward_language(options) };
	struct ward_moment collected;
	int r;

	r = ward_session_begin(options, false, &session, &err);
	if (r == 0) {
		if (isatty(fileno(session.output.stream))) {
			ward_progress_end();
		}
		r = ward_clock(&collected, &err);
	}
	if (r == 0) {
		r = ward_snapshot_write(session.collection, collected,
		    session.output.stream, &err);
	}
	if (r == 0) {
		r = ward_output_commit(&session.output, &err);
	}
	r = ward_session_end(&session, r, &err);
	return r != 0 ? ward_say_error("%s", err.text) : WARD_EXIT_COMPLIANT;
}
