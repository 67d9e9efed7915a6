/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: each privileged account, and each way by which it is one. */
#include "report/formats.h"

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE], host[WARD_CLEAN_SIZE];

	ward_moment_format(report->host->now, now);
	ward_clean_text(report->host->name, host, sizeof(host));
	if (report->index > 0) {
		(void)fputc('\n', report->stream);
	}
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"Privileged accounts of %s, as of %s\n"),
	    host, now);
	return 0;
}

static int
put_account(struct ward_report *report, const struct ward_account *account)
{
	static const char *const states[] = {
		[WARD_PASSWORD_UNKNOWN] = N_(", password not known"),
		[WARD_PASSWORD_EMPTY] = N_(", NO PASSWORD"),
		[WARD_PASSWORD_USABLE] = "",
		[WARD_PASSWORD_LOCKED] = N_(", password log-in locked"),
		[WARD_PASSWORD_NONE] = N_(", password log-in closed"),
	};
	static const char *const plain = "", *const bold = "\033[1m";
	char text[WARD_CLEAN_SIZE], phrase[WARD_CLEAN_SIZE], uid[24];

	(void)snprintf(uid, sizeof(uid), "%s",
	    ward_text(report->language, "not known"));
	if (account->uid.known) {
		(void)snprintf(uid, sizeof(uid), "%lld",
		    (long long)account->uid.value);
	}
	ward_clean_text(account->name, text, sizeof(text));
	(void)fprintf(report->stream, "\n%s%s%s (uid %s%s)\n",
	    report->color ? bold : plain, *text != '\0' ? text : "\"\"",
	    report->color ? "\033[0m" : plain, uid,
	    ward_text(report->language, states[account->password.state]));
	for (size_t i = 0; i < account->path_count; i++) {
		const struct ward_path *path = &account->paths[i];

		ward_phrase(report->language, path->detail, phrase,
		    sizeof(phrase));
		ward_clean_text(phrase, text, sizeof(text));
		(void)fprintf(report->stream, "    %-5s  %s",
		    ward_path_kind_name(path->kind), text);
		ward_clean_text(path->source.file, text, sizeof(text));
		(void)fprintf(report->stream, "  [%s:%u]\n", text,
		    path->source.line);
	}
	return 0;
}

static int
end(struct ward_report *report, bool complete)
{
	if (!complete) {
		(void)fputs(ward_text(report->language,
				"\nThis may not be all: see the lines told "
				"on standard error.\n"),
		    report->stream);
	}
	return 0;
}

static int
put_fleet(struct ward_report *report)
{
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"\nHosts: %zu; those whose list may not be all: %llu\n"),
	    report->count, (unsigned long long)report->verdicts[WARD_UNKNOWN]);
	return 0;
}

const struct ward_privileged_format ward_privileged_text = {
	.name = "text",
	.begin = begin,
	.account = put_account,
	.end = end,
	.fleet = put_fleet,
};
