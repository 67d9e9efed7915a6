/* SPDX-License-Identifier: BSD-2-Clause */
/* What the explanations of a rule have in common, whatever their format. */
#include "report/formats.h"

#include <string.h>

static const struct ward_explain_format *const formats[] = {
	&ward_explain_text,
	&ward_explain_json,
};

static const struct ward_audit_format *const user_formats[] = {
	&ward_explain_user_text,
	&ward_explain_user_json,
};

const struct ward_explain_format *
ward_explain_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			return formats[i];
		}
	}
	return NULL;
}

const struct ward_audit_format *
ward_explain_user_format(const char *name)
{
	for (size_t i = 0; i < sizeof(user_formats) / sizeof(user_formats[0]);
	     i++) {
		if (strcmp(user_formats[i]->name, name) == 0) {
			return user_formats[i];
		}
	}
	return NULL;
}

/* Has a reason before this one the same remedy? */
static bool
is_repeated(enum ward_reason_id reason)
{
	for (enum ward_reason_id i = WARD_REASON_NONE + 1; i < reason; i++) {
		if (ward_reasons[i].rule == ward_reasons[reason].rule &&
		    strcmp(ward_reasons[i].remedy,
			ward_reasons[reason].remedy) == 0) {
			return true;
		}
	}
	return false;
}

bool
ward_explain_remedy(const struct ward_report *report, enum ward_rule_id rule,
    size_t i, char *text, size_t size)
{
	struct ward_finding finding = { .subject = { .name = "NAME" },
		.required = "VALUE",
		.detail = rule == WARD_RULE_ACCOUNT_HOME ? "DIR" :
		    rule == WARD_RULE_PASSWORD_MIN_AGE   ? "DAY" :
							   "GROUP",
		.source = { .file = "FILE" } };

	for (enum ward_reason_id r = WARD_REASON_NONE + 1;
	     r < WARD_REASON_COUNT; r++) {
		if (ward_reasons[r].rule != rule ||
		    *ward_reasons[r].remedy == '\0' || is_repeated(r) ||
		    i-- != 0) {
			continue;
		}
		finding.reason = r;
		ward_finding_remedy(&finding, report->language, NULL, text,
		    size);
		return true;
	}
	return false;
}

const char *
ward_explain_note(const struct ward_asked *asked, enum ward_rule_id rule)
{
	const struct ward_origin *origin;

	for (enum ward_setting_id i = 0;
	     ward_rules[rule].number && i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule &&
		    ward_settings[i].stricter != WARD_FIXED &&
		    ward_asked_value(asked, i, &origin) != NULL) {
			return NULL;
		}
	}
	return !ward_rules[rule].number ?
	    NULL :
	    N_("the document gives no number or period; the agency may set "
	       "one in acctward.conf");
}

const char *
ward_explain_check(enum ward_rule_id rule)
{
	if (rule == WARD_RULE_OBLIGATION) {
		return N_("A person does it and attests it; no program checks "
			  "it.");
	}
	if (rule == WARD_RULE_OUT_OF_SCOPE) {
		return N_("It is neither checked nor attested here.");
	}
	return ward_rule_files[rule] == NULL ?
	    N_("This version does not check it.") :
	    N_("It is looked at in");
}

const char *
ward_explain_door(enum ward_rule_id rule)
{
	static const char *const doors[WARD_ENFORCED_COUNT] = {
		[WARD_NOT_ENFORCED] = N_("This version does not enforce it."),
		[WARD_AT_LOG_IN] = N_(
		    "Log-ins are held to it by pam_acctward(8), where that stands "
		    "in the host's PAM stacks and the plan in force asks for it, "
		    "with the numbers that it needs."),
		[WARD_AT_CHANGE] = N_(
		    "It is enforced when a password is set, by pam_acctward(8), "
		    "where that stands in the host's PAM stacks and the plan in "
		    "force asks for it, with the numbers that it needs."),
	};

	if (rule == WARD_RULE_OBLIGATION || rule == WARD_RULE_OUT_OF_SCOPE) {
		return NULL;
	}
	return doors[ward_rules[rule].enforced];
}
