/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "cli/session.h"

#include <fnmatch.h>
#include <string.h>

#include "report/report.h"

/* How a word names what is to be explained: just so, or as the beginning or
 * a glob of many. */
enum naming {
	EXACT,
	LOOSE
};

static bool
is_named(const struct ward_topic *topic, const char *word, enum naming naming)
{
	char id[WARD_TOPIC_SIZE];

	ward_topic_id(topic, id);
	return naming == EXACT ? strcmp(id, word) == 0 :
				 *word != '\0' &&
		(strncmp(id, word, strlen(word)) == 0 ||
		    fnmatch(word, id, 0) == 0);
}

/* Does the word name anything? *ret_naming is how. */
static bool
find_naming(const struct ward_plan *plan, const char *word,
    enum naming *ret_naming)
{
	struct ward_topic topic;

	for (enum naming naming = EXACT; naming <= LOOSE; naming++) {
		for (size_t i = 0; ward_plan_topic(plan, i, &topic); i++) {
			if (is_named(&topic, word, naming)) {
				*ret_naming = naming;
				return true;
			}
		}
	}
	return false;
}

static int
explain(const struct ward_explain_format *format, struct ward_report *report,
    const char *word, enum naming naming)
{
	struct ward_topic topic;
	int r = format->begin(report);

	for (size_t i = 0; r == 0 && ward_plan_topic(report->plan, i, &topic);
	     i++) {
		if (is_named(&topic, word, naming)) {
			r = format->topic(report, &topic);
		}
	}
	return r == 0 ? format->end(report) : r;
}

/* Nothing of a host is looked at but its settings, which choose the plan. */
static int
explain_rule(const struct ward_options *options,
    const struct ward_explain_format *format)
{
	struct ward_session session = { .plan = NULL };
	const char *word = options->argv[0];
	char nearest[512];
	enum naming naming;
	struct ward_error err = { .language = ward_language(options) };
	int r = ward_session_plan(options, false, &session.plan, &err);

	if (r == 0 && !find_naming(session.plan, word, &naming)) {
		ward_nearest_topics(session.plan, word, nearest,
		    sizeof(nearest));
		ward_plan_free(session.plan);
		return ward_say_usage("no rule `%s`; most like it: %s", word,
		    nearest);
	}
	if (r == 0) {
		r = ward_output_open(options->output, &session.output, &err);
	}
	if (r == 0) {
		struct ward_report report = { .stream = session.output.stream,
			.plan = session.plan,
			.language = ward_language(options),
			.color = ward_output_color(&session.output, options) };

		r = explain(format, &report, word, naming);
	}
	if (r == 0) {
		r = ward_output_commit(&session.output, &err);
	}
	r = ward_session_end(&session, r, &err);
	return r != 0 ? ward_say_error("%s", err.text) : WARD_EXIT_COMPLIANT;
}

int
ward_cmd_explain(const struct ward_options *options)
{
	const char *name = options->format == NULL ? "text" : options->format;

	if ((options->argc == 0) == (options->user == NULL)) {
		return ward_say_usage(
		    "`acctward explain` needs a RULE, or --user NAME");
	}
	if (options->argc > 0 && options->facts != NULL) {
		return ward_say_usage("--facts: goes with --user");
	}
	if (ward_explain_format(name) == NULL) {
		return ward_say_usage("--format: '%s' is none of: text json",
		    name);
	}
	return options->user != NULL ?
	    ward_audit(options, ward_explain_user_format(name)) :
	    explain_rule(options, ward_explain_format(name));
}
