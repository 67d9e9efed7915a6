/* SPDX-License-Identifier: BSD-2-Clause */
/* A new password: whether one can be set, and one that can be. */
#include "cli/password.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/typed.h"
#include "report/report.h"

/* ---- check ----------------------------------------------------------------- */

#define ASKED_MAX 64 /* six rules, of each strength and reference */

struct asked {
	enum ward_rule_id rule;
	enum ward_strength strength;
	char *text;
};

struct checking {
	struct ward_judging judging;
	struct ward_output output;
	struct ward_report report;
	struct ward_host host;
	const struct ward_password_format *format;
	struct ward_password_summary summary;
	struct asked asked[ASKED_MAX];
	size_t asked_count;
	bool told[WARD_RULE_COUNT]; /* something of the rule */
	char name[256];             /* of the running host, or "" */
	bool begun;
};

/* Not before something is to be told: an error leaves no half of a report. */
static int
begin(struct checking *c)
{
	if (c->begun) {
		return 0;
	}
	c->begun = true;
	return c->format->begin(&c->report,
	    c->judging.local == NULL ? NULL :
				       ward_local_account(c->judging.local));
}

/* What would satisfy a rule is what it asks for; of one that asks for nothing
 * just now there is none. */
static int
take_demand(void *arg, const struct ward_finding *finding)
{
	struct checking *c = arg;
	struct asked *asked = &c->asked[c->asked_count];
	char text[4096];

	if (c->asked_count == ASKED_MAX || finding->verdict != WARD_FAIL) {
		return 0;
	}
	ward_finding_remedy(finding, c->report.language, ward_clean_text, text,
	    sizeof(text));
	*asked = (struct asked){ finding->rule, finding->strength,
		strdup(text) };
	c->asked_count += asked->text != NULL;
	return asked->text == NULL ? WARD_ERR_NOMEM : 0;
}

static const char *
find_asked(const struct checking *c, const struct ward_finding *finding)
{
	for (size_t i = 0; i < c->asked_count; i++) {
		if (c->asked[i].rule == finding->rule &&
		    c->asked[i].strength == finding->strength) {
			return c->asked[i].text;
		}
	}
	return NULL;
}

static void
count(struct ward_password_summary *summary, const struct ward_finding *finding)
{
	const enum ward_act act = ward_finding_act(finding);

	summary->act = act > summary->act ? act : summary->act;
	if (finding->strength == WARD_REFERENCE) {
		return;
	}
	if (finding->verdict == WARD_UNKNOWN) {
		summary->unknown++;
	} else if (finding->verdict == WARD_FAIL) {
		*(act == WARD_ACT_REFUSE ? &summary->fail :
					   &summary->warn) += 1;
	}
}

static int
take_finding(void *arg, const struct ward_finding *finding)
{
	struct checking *c = arg;
	const struct ward_password_row row = { .finding = finding,
		.asked = find_asked(c, finding),
		.why = ward_judging_lacks(&c->judging, finding->rule),
		.left_out = ward_judging_lacks(&c->judging, finding->rule) !=
		    NULL };
	int r;

	c->told[finding->rule] = true;
	if (row.left_out) {
		c->summary.left_out++;
	} else {
		count(&c->summary, finding);
	}
	r = begin(c);
	return r == 0 ? c->format->row(&c->report, &row) : r;
}

/* Rules that are asked for without the number they need: neither is anybody
 * held to them by the door. */
static int
tell_unset(struct checking *c)
{
	static const enum ward_rule_id rules[] = {
		WARD_RULE_PASSWORD_MIN_LENGTH,
		WARD_RULE_PASSWORD_MIN_CLASSES,
		WARD_RULE_PASSWORD_NO_ACCOUNT_NAME,
		WARD_RULE_PASSWORD_WEAK,
		WARD_RULE_PASSWORD_HISTORY,
		WARD_RULE_PASSWORD_MIN_AGE,
	};
	const struct ward_plan *plan = c->judging.order->plan;
	const enum ward_class class = ward_judging_class(&c->judging);
	int r = 0;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && r == 0;
	     i++) {
		struct ward_finding finding = { .rule = rules[i],
			.strength = ward_plan_strength(plan, rules[i], class) };
		const struct ward_password_row row = { .finding = &finding,
			.why = N_("not judged: the document gives no number; "
				  "the agency sets one in acctward.conf"),
			.left_out = true };

		if (c->told[rules[i]] || finding.strength == WARD_REFERENCE) {
			continue;
		}
		finding
		    .citations = ward_binding_citations(ward_plan_binding(plan,
							    finding.strength),
		    rules[i], class);
		c->summary.left_out++;
		r = begin(c);
		if (r == 0) {
			r = c->format->row(&c->report, &row);
		}
	}
	return r;
}

static void
prepare(struct checking *c, const struct ward_options *options)
{
	if (options->root == NULL &&
	    gethostname(c->name, sizeof(c->name) - 1) == 0) {
		c->host.name = c->name;
	}
	c->host.uid_min = c->judging.order->host.uid_min;
	c->host.uid_max = c->judging.order->host.uid_max;
	c->report = (struct ward_report){ .stream = c->output.stream,
		.plan = c->judging.order->plan,
		.host = &c->host,
		.count = 1,
		.language = ward_language(options),
		.chosen_by_root = options->root != NULL &&
		    options->plan == NULL && options->config == NULL,
		.only = { .user = options->user },
		.color = ward_output_color(&c->output, options) };
}

/* What breaks a rule is a warning then, as ward_new_password_judge() says. */
static void
exempt(struct ward_password_summary *summary, enum ward_act act)
{
	if (summary->act == WARD_ACT_REFUSE && act < WARD_ACT_REFUSE) {
		summary->exempt = true;
		summary->act = act;
		summary->warn += summary->fail;
		summary->fail = 0;
	}
}

static int
judge(struct checking *c, const struct ward_typed *typed,
    struct ward_error *err)
{
	const struct ward_judging *j = &c->judging;
	char lacks[256] = "";
	enum ward_act act;
	int r = ward_new_password_demands(j->order, &j->new, take_demand, c,
	    err);

	if (r == 0) {
		r = ward_new_password_judge(j->state, j->order, &j->places,
		    &j->new, typed->text, typed->size, take_finding, c, &act,
		    lacks, err);
	}
	if (r == 0 && j->new.reset) {
		exempt(&c->summary, act);
	}
	if (r == 0) {
		r = tell_unset(c);
	}
	if (r == 0) {
		r = begin(c);
	}
	if (r == 0) {
		c->summary.lacks = *lacks != '\0' ? lacks : NULL;
		r = c->format->end(&c->report, &c->summary);
	}
	c->summary.lacks = NULL;
	return r == 0 ? ward_output_commit(&c->output, err) : r;
}

static int
check(struct checking *c, const struct ward_options *options,
    struct ward_error *err)
{
	struct ward_typed typed;
	int r = ward_judging_open(options, &c->judging, err);

	if (r != 0) {
		return r;
	}
	c->judging.new.reset = options->reset;
	r = ward_clock(&c->host.now, err);
	if (r == 0) {
		r = ward_typed_read(&typed, err);
	}
	if (r == 0) {
		/* Not before: who ends it at the prompt leaves no file. */
		r = ward_output_open(options->output, &c->output, err);
	}
	if (r == 0) {
		prepare(c, options);
		r = judge(c, &typed, err);
		ward_output_discard(&c->output);
	}
	explicit_bzero(&typed, sizeof(typed));
	for (size_t i = 0; i < c->asked_count; i++) {
		free(c->asked[i].text);
	}
	ward_judging_close(&c->judging);
	return r;
}

int
ward_cmd_password_check(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	struct checking c = { .format = ward_password_format(
				  options->format == NULL ? "text" :
							    options->format) };

	if (c.format == NULL) {
		return ward_say_usage("--format: '%s' is none of: text json",
		    options->format);
	}
	if (check(&c, options, &err) != 0) {
		return ward_say_error("%s", err.text);
	}
	return c.summary.act == WARD_ACT_REFUSE ? WARD_EXIT_NOT_COMPLIANT :
						  WARD_EXIT_COMPLIANT;
}

/* ---- suggest --------------------------------------------------------------- */

#define BITS_LEAST 56u
#define BITS_SINGLE 128u /* of more the generator makes parts */
#define TRIES 8          /* of so many bits */

/* The first rule that one does not keep, and why; the rest don't matter. */
struct doubt {
	const struct ward_judging *judging;
	enum ward_language language;
	bool any, unknown;
	char text[512];
};

static int
take_doubt(void *arg, const struct ward_finding *finding)
{
	struct doubt *doubt = arg;

	if (doubt->any || finding->strength == WARD_REFERENCE ||
	    finding->verdict == WARD_PASS ||
	    finding->verdict == WARD_NOTAPPLICABLE ||
	    ward_judging_lacks(doubt->judging, finding->rule) != NULL) {
		return 0;
	}
	doubt->any = true;
	doubt->unknown = finding->verdict == WARD_UNKNOWN;
	ward_finding_message(finding, doubt->language, ward_clean_text,
	    doubt->text, sizeof(doubt->text));
	return 0;
}

/* As many bits as the last one that was good took; where none is, more and
 * more, until it is no password any more. */
static int
make(const struct ward_judging *j, unsigned int *bits,
    char password[WARD_PASSWORD_MAX + 1], struct ward_error *err)
{
	struct doubt doubt = { .judging = j,
		.language = ward_error_language(err) };
	enum ward_act act;
	int r = 0;

	for (unsigned int tries = 1; r == 0; tries++) {
		r = ward_password_generate(*bits, password, err);
		doubt.any = false;
		if (r == 0) {
			r = ward_new_password_judge(j->state, j->order,
			    &j->places, &j->new, password, strlen(password),
			    take_doubt, &doubt, &act, NULL, err);
		}
		if (r == 0 && !doubt.any) {
			return 0;
		}
		if (r == WARD_ERR_RANGE || doubt.unknown) {
			return ward_error_set(err, WARD_ERR_MISSING,
			    "no password was made that keeps every rule: %s",
			    doubt.text);
		}
		if (tries % TRIES == 0) {
			*bits += *bits < BITS_SINGLE ? 8 : 64;
		}
	}
	return r;
}

/* By no stream, which would keep a copy. */
static int
put(char password[WARD_PASSWORD_MAX + 2], struct ward_error *err)
{
	size_t size = strlen(password), done = 0;

	password[size++] = '\n';
	while (done < size) {
		ssize_t put = write(STDOUT_FILENO, password + done,
		    size - done);

		if (put < 0 && errno != EINTR) {
			return ward_error_set(err, WARD_ERR_IO,
			    "standard output: %s", strerror(errno));
		}
		done += put > 0 ? (size_t)put : 0;
	}
	return 0;
}

static int
suggest(const struct ward_options *options, uint64_t number,
    struct ward_error *err)
{
	char password[WARD_PASSWORD_MAX + 2] = "";
	unsigned int bits = BITS_LEAST;
	struct ward_judging j;
	int r = ward_judging_open(options, &j, err);

	if (r != 0) {
		return r;
	}
	j.new.random = true;
	j.new.forced = true; /* how new the current one is does not matter */
	for (uint64_t i = 0; i < number && r == 0; i++) {
		r = make(&j, &bits, password, err);
		if (r == 0) {
			r = put(password, err);
		}
		explicit_bzero(password, sizeof(password));
	}
	ward_judging_close(&j);
	return r;
}

int
ward_cmd_password_suggest(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	uint64_t number = 1;

	if (options->count != NULL &&
	    ward_parse_uint(options->count, 1, 100, &number) != 0) {
		return ward_say_usage("--count: not a number from 1 to 100");
	}
	if (suggest(options, number, &err) != 0) {
		return ward_say_error("%s", err.text);
	}
	return WARD_EXIT_COMPLIANT;
}
