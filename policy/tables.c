/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of rules, settings, hashes and reasons, and the words of enums. */
#include "policy.h"

const struct ward_rule ward_rules[WARD_RULE_COUNT] = {
#define RULE(sym, rule_id, type, is_judged, is_enforced, needs_number, text, \
    reason) \
	[WARD_RULE_##sym] = { .id = rule_id, \
		.subject = WARD_SUBJECT_##type, \
		.judged = is_judged, \
		.enforced = is_enforced, \
		.number = needs_number, \
		.title = text, \
		.why = reason },
#include "rules.def"
#undef RULE
};

const char *const ward_rule_files[WARD_RULE_COUNT] = {
#define FILES(sym, list) [WARD_RULE_##sym] = list,
#include "files.def"
#undef FILES
};

static const char hash_names[] =
#define HASH(sym, prefix, name, tail) name " "
#include "hashes.def"
#undef HASH
    ;
#define WARD_HASH_NAMES hash_names

const struct ward_setting ward_settings[WARD_SETTING_COUNT] = {
#define SETTING(rule_sym, sym, word, kind, way, low, high, in, list, value, \
    text) \
	[WARD_SET_##rule_sym##_##sym] = { .rule = WARD_RULE_##rule_sym, \
		.key = word, \
		.type = WARD_##kind, \
		.stricter = WARD_##way, \
		.lo = low, \
		.hi = high, \
		.unit = in, \
		.choices = list, \
		.builtin = value, \
		.help = text },
#include "settings.def"
#undef SETTING
};

const struct ward_reason ward_reasons[WARD_REASON_COUNT] = {
#define REASON(sym, rule_sym, text, mend) \
	[WARD_REASON_##sym] = { .id = #sym, \
		.rule = WARD_RULE_##rule_sym, \
		.message = text, \
		.remedy = mend },
#include "reasons.def"
#undef REASON
};

const char *
ward_hash_name(enum ward_hash_scheme scheme)
{
	static const char *const names[WARD_HASH_COUNT] = {
		[WARD_HASH_UNKNOWN] = "unknown",
#define HASH(sym, prefix, name, tail) [WARD_HASH_##sym] = name,
#include "hashes.def"
#undef HASH
	};

	return names[scheme];
}

const char *
ward_verdict_name(enum ward_verdict verdict)
{
	static const char *const names[WARD_VERDICT_COUNT] = {
		[WARD_UNKNOWN] = "unknown",
		[WARD_PASS] = "pass",
		[WARD_FAIL] = "fail",
		[WARD_NOTAPPLICABLE] = "notapplicable",
		[WARD_WAIVED] = "waived",
	};

	return names[verdict];
}

const char *
ward_strength_name(enum ward_strength strength)
{
	static const char *const names[WARD_STRENGTH_COUNT] = {
		[WARD_SHALL] = "shall",
		[WARD_SHOULD] = "should",
		[WARD_REFERENCE] = "reference",
	};

	return names[strength];
}

const char *
ward_enforced_name(enum ward_enforced enforced)
{
	static const char *const names[WARD_ENFORCED_COUNT] = {
		[WARD_AT_LOG_IN] = "log_in",
		[WARD_AT_CHANGE] = "password_change",
	};

	return names[enforced];
}

const char *ward_class_name(enum ward_class class)
{
	static const char *const names[WARD_CLASS_COUNT] = {
		[WARD_CLASS_ANY] = "any",
		[WARD_CLASS_SYSTEM] = N_("system"),
		[WARD_CLASS_PERSON] = N_("person"),
		[WARD_CLASS_SERVICE] = N_("service"),
		[WARD_CLASS_PRIVILEGED] = N_("privileged"),
		[WARD_CLASS_SHARED] = N_("shared"),
		[WARD_CLASS_EXTERNAL] = N_("external"),
		[WARD_CLASS_EMERGENCY] = N_("emergency"),
	};

	return names[class];
}

const char *
ward_subject_type_name(enum ward_subject_type type)
{
	static const char *const names[WARD_SUBJECT_COUNT] = {
		[WARD_SUBJECT_ACCOUNT] = N_("account"),
		[WARD_SUBJECT_HOST] = N_("host"),
		[WARD_SUBJECT_SERVICE] = N_("service"),
		[WARD_SUBJECT_DIRECTORY] = N_("directory"),
		[WARD_SUBJECT_OBLIGATION] = N_("obligation"),
	};

	return names[type];
}

const char *
ward_path_kind_name(enum ward_path_kind kind)
{
	static const char *const names[WARD_PATH_KIND_COUNT] = {
		[WARD_PATH_UID0] = "uid0",
		[WARD_PATH_GROUP] = "group",
		[WARD_PATH_SUDO] = "sudo",
		[WARD_PATH_DOAS] = "doas",
		[WARD_PATH_KEY] = "key",
	};

	return names[kind];
}

bool
ward_reason_hides(enum ward_reason_id reason)
{
	static const bool hides[WARD_REASON_COUNT] = {
		[WARD_REASON_WELLFORMED_FIELDS] = true,
		[WARD_REASON_WELLFORMED_UID] = true,
		[WARD_REASON_WELLFORMED_GID] = true,
		[WARD_REASON_WELLFORMED_LONG] = true,
		[WARD_REASON_WELLFORMED_COMPAT] = true,
		[WARD_REASON_WELLFORMED_SUDOERS] = true,
		[WARD_REASON_WELLFORMED_SUDOERS_FILE] = true,
		[WARD_REASON_WELLFORMED_SUDOERS_OPEN] = true,
		[WARD_REASON_WELLFORMED_DOAS] = true,
		[WARD_REASON_WELLFORMED_DOAS_FILE] = true,
		[WARD_REASON_WELLFORMED_DOAS_OPEN] = true,
		[WARD_REASON_WELLFORMED_KEYS] = true,
	};

	return hides[reason];
}

const char ward_why_missing[] = N_("the file is not there");
const char ward_why_denied[] = N_("permission denied (run as root)");
