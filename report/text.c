/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports for people have in common. */
#include "report/formats.h"
#include "report/list.h"

void
ward_subject_text(const struct ward_report *report,
    const struct ward_subject *subject, char *text, size_t size)
{
	char name[WARD_CLEAN_SIZE], uid[32] = "";

	ward_clean_text(subject->name, name, sizeof(name));
	if (subject->type != WARD_SUBJECT_ACCOUNT) {
		size_t used = (size_t)snprintf(text, size, "%s %s",
		    ward_text(report->language,
			subject->type == WARD_SUBJECT_SERVICE ?
			    N_("PAM service") :
			    ward_subject_type_name(subject->type)),
		    name);

		if (subject->class != WARD_CLASS_ANY && used < size) {
			(void)snprintf(text + used, size - used,
			    ward_text(report->language,
				" (asked for %s accounts)"),
			    ward_text(report->language,
				ward_class_name(subject->class)));
		}
		return;
	}
	if (subject->uid.known) {
		(void)snprintf(uid, sizeof(uid), "uid %lld, ",
		    (long long)subject->uid.value);
	}
	(void)snprintf(text, size,
	    subject->class == WARD_CLASS_ANY ? "%s" : "%s (%s%s)",
	    *name != '\0' ? name : "\"\"", uid,
	    ward_text(report->language, ward_class_name(subject->class)));
}

void
ward_message_text(const struct ward_report *report,
    const struct ward_finding *finding, char *text, size_t size)
{
	struct ward_finding told = *finding;
	char detail[512];

	if (finding->subject.type == WARD_SUBJECT_SERVICE &&
	    finding->detail != NULL) {
		(void)snprintf(detail, sizeof(detail), "%.*s",
		    (int)ward_detail_before_way(finding->detail),
		    finding->detail);
		told.detail = detail;
	}
	ward_finding_message(&told, report->language, ward_clean_text, text,
	    size);
}

/* What stands beside the plan: what binds, or what only informs. */
static void
put_packs(const struct ward_report *report, const char *label, bool references)
{
	struct ward_list list = { .stream = report->stream,
		.label = ward_text(report->language, label) };
	const struct ward_plan *pack;
	char edition[WARD_CLEAN_SIZE], word[WARD_CLEAN_SIZE + 80];

	for (size_t i = 0; (pack = ward_plan_pack(report->plan, i)) != NULL;
	     i++) {
		if ((ward_plan_kind(pack) == WARD_KIND_REFERENCE) ==
		    references) {
			ward_edition_text(report, pack, " (", ")", edition,
			    sizeof(edition));
			(void)snprintf(word, sizeof(word), "%s%s",
			    ward_plan_id(pack), edition);
			ward_list_put(&list, word);
		}
	}
	ward_list_end(&list);
}

void
ward_document_text(const struct ward_report *report, char *text, size_t size)
{
	char title[WARD_CLEAN_SIZE], agency[WARD_CLEAN_SIZE], edition[256];

	ward_clean_text(ward_plan_title(report->plan), title, sizeof(title));
	ward_clean_text(ward_plan_agency(report->plan), agency, sizeof(agency));
	ward_edition_text(report, report->plan,
	    ward_text(report->language, ", "), "", edition, sizeof(edition));
	(void)snprintf(text, size, ward_text(report->language, "%s %s (%s%s)"),
	    ward_plan_id(report->plan), title, agency, edition);
}

void
ward_text_title(const struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE], host[WARD_CLEAN_SIZE];
	char title[WARD_CLEAN_SIZE], agency[WARD_CLEAN_SIZE], edition[256];

	if (report->index > 0) {
		(void)fputc('\n', report->stream);
	}
	ward_moment_format(report->host->now, now);
	ward_clean_text(report->host->name, host, sizeof(host));
	ward_clean_text(ward_plan_title(report->plan), title, sizeof(title));
	ward_clean_text(ward_plan_agency(report->plan), agency, sizeof(agency));
	ward_edition_text(report, report->plan,
	    ward_text(report->language, ", "), "", edition, sizeof(edition));
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"%s by %s %s (%s%s), as of %s (acctward %s)\n"),
	    host, ward_plan_id(report->plan), title, agency, edition, now,
	    WARD_VERSION);
	put_packs(report, N_("Packs that bind as well"), false);
	put_packs(report, N_("References, which decide nothing"), true);
	if (report->chosen_by_root) {
		(void)fputs(ward_text(report->language,
				"(the acctward.conf below --root names this "
				"plan; --plan would name another)\n"),
		    report->stream);
	}
}
