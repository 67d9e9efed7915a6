/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/formats.h"

#include <string.h>

static const struct ward_audit_format *const audit_formats[] = {
	&ward_audit_text,
	&ward_audit_json,
	&ward_audit_jsonl,
	&ward_audit_csv,
};

static const struct ward_privileged_format *const privileged_formats[] = {
	&ward_privileged_text,
	&ward_privileged_json,
};

const struct ward_audit_format *
ward_audit_format(const char *name)
{
	for (size_t i = 0; i < sizeof(audit_formats) / sizeof(audit_formats[0]);
	     i++) {
		if (strcmp(audit_formats[i]->name, name) == 0) {
			return audit_formats[i];
		}
	}
	return NULL;
}

const struct ward_privileged_format *
ward_privileged_format(const char *name)
{
	for (size_t i = 0;
	     i < sizeof(privileged_formats) / sizeof(privileged_formats[0]);
	     i++) {
		if (strcmp(privileged_formats[i]->name, name) == 0) {
			return privileged_formats[i];
		}
	}
	return NULL;
}

bool
ward_audit_shows(const struct ward_report *report,
    const struct ward_finding *finding)
{
	return report->all ||
	    (finding->verdict != WARD_PASS &&
		finding->verdict != WARD_NOTAPPLICABLE);
}

bool
ward_audit_lists(enum ward_rule_id rule, const struct ward_tally *tally)
{
	return tally->enabled && rule != WARD_RULE_CLASS_PRIVILEGED;
}

enum ward_verdict
ward_audit_verdict(enum ward_rule_id rule, const struct ward_tally *tally)
{
	static const enum ward_verdict worst[] = { WARD_FAIL, WARD_UNKNOWN,
		WARD_WAIVED, WARD_PASS };

	for (size_t i = 0; i < sizeof(worst) / sizeof(worst[0]); i++) {
		if (tally->verdicts[worst[i]] > 0) {
			return worst[i];
		}
	}
	return ward_audit_note(rule, tally) != NULL ? WARD_UNKNOWN :
						      WARD_NOTAPPLICABLE;
}

/* Was anybody judged by the rule? */
static bool
is_counted(const struct ward_tally *tally)
{
	for (size_t i = 0; i < WARD_VERDICT_COUNT; i++) {
		if (tally->verdicts[i] > 0) {
			return true;
		}
	}
	return false;
}

const char *
ward_audit_note(enum ward_rule_id rule, const struct ward_tally *tally)
{
	if (!ward_rules[rule].judged) {
		return "not judged: this version does not collect what it takes";
	}
	if (tally->unset) {
		return is_counted(tally) ?
		    "not judged for every account: the document gives "
		    "no number for some classes; the agency sets one in "
		    "acctward.conf" :
		    "not judged: the document gives no number; the "
		    "agency sets one in acctward.conf";
	}
	return NULL;
}
