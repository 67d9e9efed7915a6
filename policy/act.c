/* SPDX-License-Identifier: BSD-2-Clause */
/* What follows at a door from a plan and its findings. */
#include "policy.h"

#include <string.h>

#define WARNING_DAYS 7  /* PASS_WARN_AGE's default */
#define DAYS_MAX 999999 /* a minimum age that never ends */

/* Only what the verdict says of the account itself: what is unknown keeps
 * nobody out. */
static const struct {
	enum ward_verdict verdict;
	enum ward_act act;
} acts[WARD_REASON_COUNT] = {
	[WARD_REASON_MAX_AGE_OLD] = { WARD_FAIL, WARD_ACT_CHANGE },
	[WARD_REASON_MAX_AGE_MONTHS] = { WARD_FAIL, WARD_ACT_CHANGE },
	[WARD_REASON_MAX_AGE_MONTHS_SOON] = { WARD_FAIL, WARD_ACT_WARN },
	[WARD_REASON_MAX_AGE_PENDING] = { WARD_PASS, WARD_ACT_CHANGE },
	[WARD_REASON_FIRST_LOGIN_KEPT] = { WARD_FAIL, WARD_ACT_CHANGE },
	[WARD_REASON_FIRST_LOGIN_RESET] = { WARD_FAIL, WARD_ACT_CHANGE },
	[WARD_REASON_DORMANT_UNUSED] = { WARD_FAIL, WARD_ACT_REFUSE },
	/* Some log-ins leave no record: that there is none keeps nobody out. */
	[WARD_REASON_DORMANT_NEVER] = { WARD_FAIL, WARD_ACT_WARN },
	[WARD_REASON_EXPIRED_OPEN] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_SHORT] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_CLASSES] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_NAME] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_COMMON] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_PATTERN] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_DATE] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_NUMBER] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_AGENCY] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_BREACHED] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_DICTIONARY] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_SIMILAR] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_SIMPLE] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_CURRENT] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_OLDER] = { WARD_FAIL, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_TOO_SOON] = { WARD_FAIL, WARD_ACT_REFUSE },
	/* But a password that can't be looked at is not taken. */
	[WARD_REASON_NEW_LENGTH_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_CLASSES_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_NAME_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_WEAK_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_HISTORY_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
	[WARD_REASON_NEW_AGE_UNKNOWN] = { WARD_UNKNOWN, WARD_ACT_REFUSE },
};

/* Is somebody there to type a new password? */
static bool is_attended(enum ward_class class)
{
	return class != WARD_CLASS_SYSTEM && class != WARD_CLASS_SERVICE;
}

static enum ward_act
soften(enum ward_act act, enum ward_strength strength, enum ward_class class)
{
	return strength == WARD_SHOULD ||
		(act == WARD_ACT_CHANGE && !is_attended(class)) ?
	    WARD_ACT_WARN :
	    act;
}

enum ward_act
ward_finding_act(const struct ward_finding *finding)
{
	enum ward_act act = acts[finding->reason].act;

	if (act == WARD_ACT_NONE || finding->built_in ||
	    finding->strength == WARD_REFERENCE ||
	    finding->verdict != acts[finding->reason].verdict) {
		return WARD_ACT_NONE;
	}
	return soften(act, finding->strength, finding->subject.class);
}

int64_t
ward_account_change_day(const struct ward_account *account, int64_t today)
{
	const int64_t age = today - account->changed.value;
	int64_t least = account->min_age.value;

	/* In the order in which pam_unix(8) looks at them. */
	if (!account->changed.known || account->changed.value <= 0 || age < 0 ||
	    (account->max_age.known && age > account->max_age.value) ||
	    !account->min_age.known || age >= least) {
		return 0;
	}
	least = least < DAYS_MAX ? least : DAYS_MAX;
	return account->changed.value + least;
}

bool
ward_rule_binds(enum ward_rule_id rule, enum ward_strength strength,
    enum ward_class class)
{
	bool told = false;

	if (!ward_rules[rule].enforced || strength == WARD_REFERENCE) {
		return false;
	}
	for (enum ward_reason_id r = 0; r < WARD_REASON_COUNT; r++) {
		if (acts[r].act != WARD_ACT_NONE &&
		    ward_reasons[r].rule == rule) {
			if (soften(acts[r].act, strength, class) >
			    WARD_ACT_WARN) {
				return true;
			}
			told = true;
		}
	}
	return !told;
}

bool
ward_plan_lockout(const struct ward_plan *plan, enum ward_class class,
    uint32_t *ret_attempts, uint32_t *ret_seconds)
{
	uint32_t attempts = UINT32_MAX, seconds = 0, number;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_binding *binding = ward_plan_binding(plan, i);

		if (ward_binding_number(binding,
			WARD_SET_LOGIN_LOCKOUT_ATTEMPTS, class, &number) &&
		    number < attempts) {
			attempts = number;
		}
		if (ward_binding_number(binding, WARD_SET_LOGIN_LOCKOUT_SECONDS,
			class, &number) &&
		    number > seconds) {
			seconds = number;
		}
	}
	if (attempts == UINT32_MAX || seconds == 0) {
		return false;
	}
	*ret_attempts = attempts;
	*ret_seconds = seconds;
	return true;
}

uint32_t
ward_plan_warning_days(const struct ward_plan *plan, enum ward_class class)
{
	uint32_t days = WARNING_DAYS, given;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		if (ward_binding_number(ward_plan_binding(plan, i),
			WARD_SET_PASSWORD_EXPIRY_WARNING_DAYS, class, &given) &&
		    given > days) {
			days = given;
		}
	}
	return days;
}

bool
ward_plan_breaks_glass(const struct ward_plan *plan, const char *name)
{
	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			const char
			    *names = ward_binding_text(ward_plan_binding(plan,
							   i),
				WARD_SET_LOGIN_LOCKOUT_BREAK_GLASS, c);

			if (names != NULL &&
			    ward_words_have(names, name, strlen(name))) {
				return true;
			}
		}
	}
	return false;
}
