/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: what is known of one account, and each rule that is asked of it.
 * It is kept until the end, as the verdict stands first. */
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

struct body {
	FILE *stream;
	char *text;
	size_t size;
};

static int
begin(struct ward_report *report)
{
	struct body *body = calloc(1, sizeof(*body));

	if (body == NULL) {
		return WARD_ERR_NOMEM;
	}
	body->stream = open_memstream(&body->text, &body->size);
	if (body->stream == NULL) {
		free(body);
		return WARD_ERR_NOMEM;
	}
	report->state = body;
	return 0;
}

static const char *__attribute__((format_arg(2)))
say(const struct ward_report *report, const char *english)
{
	return ward_text(report->language, english);
}

/* "  label: value [source]" */
static void
put_fact(const struct ward_report *report, const char *label, const char *value,
    struct ward_source source)
{
	const struct body *body = report->state;
	char text[WARD_CLEAN_SIZE], where[WARD_CLEAN_SIZE + 32];

	ward_clean_text(value, text, sizeof(text));
	ward_source_text(source, where, sizeof(where));
	(void)fprintf(body->stream, "  %s: %s%s\n", say(report, label), text,
	    where);
}

static void
put_class(const struct ward_report *report, const struct ward_account *a)
{
	const struct ward_class_why why = ward_account_class_why(report->host,
	    a);
	const struct body *body = report->state;
	char text[4096], phrase[WARD_CLEAN_SIZE], where[WARD_CLEAN_SIZE + 32];

	ward_class_message(&why, a, report->language, ward_clean_text, text,
	    sizeof(text));
	ward_source_text(why.source, where, sizeof(where));
	(void)fprintf(body->stream, "  %s: %s: %s%s\n",
	    say(report, N_("class")), say(report, ward_class_name(why.class)),
	    text, where);
	for (size_t i = 0; a->path_count > 1 && i < a->path_count; i++) {
		ward_phrase(report->language, a->paths[i].detail, phrase,
		    sizeof(phrase));
		ward_clean_text(phrase, text, sizeof(text));
		ward_source_text(a->paths[i].source, where, sizeof(where));
		(void)fprintf(body->stream, "    %-5s  %s%s\n",
		    ward_path_kind_name(a->paths[i].kind), text, where);
	}
}

static void
put_password(const struct ward_report *report, const struct ward_account *a)
{
	static const char *const states[] = {
		[WARD_PASSWORD_UNKNOWN] = N_("not known"),
		[WARD_PASSWORD_EMPTY] = N_("empty: none is needed"),
		[WARD_PASSWORD_USABLE] = N_("it opens the account"),
		[WARD_PASSWORD_LOCKED] = N_("locked"),
		[WARD_PASSWORD_NONE] = N_("none opens the account"),
	};
	const struct ward_source nowhere = { .file = NULL };
	char day[WARD_DAY_SIZE];

	put_fact(report, N_("password"), say(report, states[a->password.state]),
	    a->password.state == WARD_PASSWORD_UNKNOWN ? nowhere : a->shadow);
	if (a->changed.known) {
		ward_day_format(a->changed.value, day);
		put_fact(report, N_("password changed"),
		    a->changed.value == 0 ?
			say(report,
			    N_("it must be changed at the next log-in")) :
			day,
		    a->shadow);
	}
	if (a->expires.known) {
		ward_day_format(a->expires.value, day);
		put_fact(report, N_("end date, from which PAM lets nobody in"),
		    day, a->shadow);
	}
}

static void
put_use(const struct ward_report *report, const struct ward_account *a)
{
	char text[128], when[WARD_MOMENT_SIZE];
	struct ward_moment moment = { a->last_use, report->host->now.zone };

	ward_moment_format(moment, when);
	put_fact(report, N_("last use"),
	    a->use == WARD_USE_SEEN      ? when :
		a->use == WARD_USE_NEVER ? say(report, N_("none recorded")) :
					   say(report, N_("not known")),
	    a->use_source);
	if (!a->failures.known) {
		return;
	}
	moment.seconds = a->last_failure;
	ward_moment_format(moment, when);
	if (a->failures.value > 0) {
		(void)snprintf(text, sizeof(text),
		    say(report, N_("%lld, the last at %s")),
		    (long long)a->failures.value, when);
	} else {
		(void)snprintf(text, sizeof(text), "0");
	}
	put_fact(report, N_("failed log-ins recorded"), text,
	    a->failure_source);
}

static void
put_places(const struct ward_report *report, const struct ward_account *a)
{
	static const char *const states[] = {
		[WARD_HOME_UNKNOWN] = "",
		[WARD_HOME_ELSEWHERE] = N_(" (not mounted here)"),
		[WARD_HOME_MISSING] = N_(" (does not exist)"),
		[WARD_HOME_THERE] = "",
	};
	const struct ward_source nowhere = { .file = NULL };
	char text[WARD_CLEAN_SIZE];

	(void)snprintf(text, sizeof(text), "%zu", a->key_count);
	put_fact(report, N_("login keys"),
	    a->keys_known || a->key_count > 0 ?
		text :
		a->login_shell ?
		say(report, N_("not known")) :
		say(report, N_("not looked at, as the shell lets nobody in")),
	    a->key_source);
	(void)snprintf(text, sizeof(text), "%s%s",
	    a->home == NULL ? "" : a->home, say(report, states[a->home_state]));
	put_fact(report, N_("home directory"), text, nowhere);
	put_fact(report, N_("shell"), a->shell == NULL ? "" : a->shell,
	    nowhere);
}

static int
put_account(struct ward_report *report, const struct ward_account *account)
{
	const struct body *body = report->state;
	char name[WARD_CLEAN_SIZE], where[WARD_CLEAN_SIZE + 32], uid[24];

	(void)snprintf(uid, sizeof(uid), "%lld", (long long)account->uid.value);
	ward_clean_text(account->name, name, sizeof(name));
	ward_source_text(account->entry, where, sizeof(where));
	(void)fprintf(body->stream, "\n%s%s%s (uid %s)%s\n",
	    report->color ? "\033[1m" : "", *name != '\0' ? name : "\"\"",
	    report->color ? "\033[0m" : "",
	    account->uid.known ? uid : say(report, N_("not known")), where);
	put_class(report, account);
	put_password(report, account);
	put_places(report, account);
	put_use(report, account);
	(void)fputc('\n', body->stream);
	return 0;
}

/* Which way the rule's numbers bind: all of a rule's do so in one. */
static const char *
find_bound(enum ward_rule_id rule)
{
	for (size_t i = 0; i < WARD_SETTING_COUNT; i++) {
		const struct ward_setting *setting = &ward_settings[i];

		if (setting->rule != rule || setting->type != WARD_NUMBER) {
			continue;
		}
		return setting->stricter == WARD_LOWER ? N_("at most ") :
		    setting->stricter == WARD_HIGHER   ? N_("at least ") :
							 "";
	}
	return "";
}

/* "observed: 91 days; required: at most 90 days (agency setting); days left: 5" */
static void
put_values(const struct ward_report *report, const struct ward_finding *finding)
{
	const struct {
		const char *label, *value;
	} values[] = {
		{ N_("observed"), finding->observed },
		{ N_("required"), finding->required },
	};
	const struct body *body = report->state;
	const char *unit = finding->unit == NULL ? "" : finding->unit;
	const char *before = "      ";
	char text[WARD_CLEAN_SIZE], phrase[WARD_CLEAN_SIZE];

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const char *value = values[i].value;
		bool number;

		if (value == NULL) {
			continue;
		}
		number = value[strspn(value, "0123456789-")] == '\0';
		ward_value_text(report->language, value, phrase,
		    sizeof(phrase));
		ward_clean_text(phrase, text, sizeof(text));
		(void)fprintf(body->stream, "%s%s: %s%s%s%s", before,
		    say(report, values[i].label),
		    number && value == finding->required ?
			say(report, find_bound(finding->rule)) :
			"",
		    text, number && *unit != '\0' ? " " : "",
		    number ? say(report, unit) : "");
		before = "; ";
	}
	if (finding->agency && finding->required != NULL) {
		(void)fputs(say(report, N_(" (agency setting)")), body->stream);
	}
	if (finding->days_left.known) {
		(void)fprintf(body->stream, "%s", before);
		(void)fprintf(body->stream, say(report, N_("days left: %lld")),
		    (long long)finding->days_left.value);
		before = "; ";
	}
	if (*before == ';') {
		(void)fputc('\n', body->stream);
	}
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	const struct body *body = report->state;
	char rank[64], clauses[4096], message[4096], remedy[4096];
	char where[WARD_CLEAN_SIZE + 32];

	ward_text_rank(report, finding, rank, sizeof(rank));
	ward_citations_text(&finding->citations, clauses, sizeof(clauses));
	ward_source_text(finding->source, where, sizeof(where));
	(void)fprintf(body->stream, "  %s %s: %s%s%s%s%s\n", rank,
	    ward_rules[finding->rule].id,
	    say(report, ward_rules[finding->rule].title),
	    *clauses != '\0' ? " (" : "", clauses, *clauses != '\0' ? ")" : "",
	    where);
	if (finding->reason != WARD_REASON_NONE) {
		ward_finding_message(finding, report->language, ward_clean_text,
		    message, sizeof(message));
		(void)fprintf(body->stream, "      %s\n", message);
	}
	put_values(report, finding);
	ward_finding_remedy(finding, report->language, ward_clean_text, remedy,
	    sizeof(remedy));
	if (*remedy != '\0') {
		(void)fprintf(body->stream, "      -> %s\n", remedy);
	}
	return 0;
}

static void
put_not_judged(const struct ward_report *report,
    const struct ward_summary *summary)
{
	struct ward_audit_rule rule;

	for (size_t i = 0; ward_audit_rule(report, summary, i, &rule); i++) {
		if (rule.note != NULL) {
			(void)fprintf(report->stream, "  - %s: %s\n", rule.id,
			    say(report, rule.note));
		}
	}
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	const struct body *body = report->state;

	if (fflush(body->stream) != 0) {
		return WARD_ERR_NOMEM;
	}
	ward_text_head(report, summary);
	(void)fwrite(body->text, 1, body->size, report->stream);
	put_not_judged(report, summary);
	return 0;
}

static void
free_body(struct ward_report *report)
{
	struct body *body = report->state;

	(void)fclose(body->stream);
	free(body->text);
	free(body);
	report->state = NULL;
}

const struct ward_audit_format ward_explain_user_text = {
	.name = "text",
	.begin = begin,
	.account = put_account,
	.finding = put_finding,
	.end = end,
	.free = free_body,
};
