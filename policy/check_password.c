/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about an account's password, by what shadow(5) tells of it. */
#include "check.h"

#include <string.h>

#define DAYS_A_MONTH 30 /* the shortest six months have 181 days */

/*
 * Says the verdict and is true where there is no password to judge: none that
 * works, or the shadow file could not be read.
 */
static bool
lacks_password(struct ward_case *c, int *ret_said)
{
	const struct ward_account *a = c->account;

	if (a->password.state == WARD_PASSWORD_USABLE) {
		return false;
	}
	if (a->password.state == WARD_PASSWORD_UNKNOWN) {
		*ret_said = ward_case_unknown(c, "the account's shadow entry",
		    a->entry);
	} else {
		*ret_said = ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_PASSWORD_NOT_USABLE, a->shadow);
	}
	return true;
}

/* Will the system itself force the change in so many days? If not: a warning,
 * as the plan isn't broken yet. */
static int
check_bound(struct ward_case *c, int64_t age, int64_t limit)
{
	const struct ward_account *a = c->account;

	if (a->max_age.known && a->max_age.value <= limit) {
		ward_case_observe(c, age, limit, "days");
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
	}
	ward_case_observe(c, a->max_age.value, limit, "days");
	if (!a->max_age.known) {
		c->finding.observed = "none";
	}
	c->finding.strength = WARD_SHOULD;
	return ward_case_say(c, WARD_FAIL, WARD_REASON_MAX_AGE_UNBOUND,
	    a->shadow);
}

/* The same date so many months on is the last good day; a warning comes from
 * the shortest such time on. */
static int
check_months(struct ward_case *c, int64_t age, uint32_t months)
{
	const struct ward_account *a = c->account;
	int64_t end = ward_day_add_months(a->changed.value, months);
	int64_t soon = (int64_t)months * DAYS_A_MONTH;
	char day[WARD_DAY_SIZE];

	ward_day_format(end, day);
	(void)snprintf(c->detail, sizeof(c->detail), "%u months, on %s", months,
	    day);
	c->finding.detail = c->detail;
	if (c->today > end) {
		ward_case_observe(c, age, end - a->changed.value, "days");
		return ward_case_say(c, WARD_FAIL, WARD_REASON_MAX_AGE_MONTHS,
		    a->shadow);
	}
	if (age >= soon) {
		ward_case_observe(c, age, soon, "days");
		c->finding.strength = WARD_SHOULD;
		return ward_case_say(c, WARD_FAIL,
		    WARD_REASON_MAX_AGE_MONTHS_SOON, a->shadow);
	}
	return check_bound(c, age, end - a->changed.value);
}

int
ward_check_max_age(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	bool has_days, has_months;
	uint32_t days, months;
	int64_t age;
	int said;

	if (lacks_password(c, &said)) {
		return said;
	}
	if (!a->changed.known) {
		return ward_case_unknown(c,
		    "the day of the last password change", a->shadow);
	}
	if (a->changed.value == 0) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_MAX_AGE_PENDING,
		    a->shadow);
	}
	/* One day more: chage(1) and passwd(1) may count in different zones. */
	if (a->changed.value > c->today + 1) {
		ward_day_format(a->changed.value, c->detail);
		c->finding.detail = c->detail;
		return ward_case_say(c, WARD_UNKNOWN,
		    WARD_REASON_MAX_AGE_FUTURE, a->shadow);
	}
	age = c->today > a->changed.value ? c->today - a->changed.value : 0;
	has_days = ward_case_number(c, WARD_SET_PASSWORD_MAX_AGE_DAYS, &days);
	has_months = ward_case_number(c, WARD_SET_PASSWORD_MAX_AGE_MONTHS,
	    &months);
	if (has_days && age > days) {
		ward_case_observe(c, age, days, "days");
		return ward_case_say(c, WARD_FAIL, WARD_REASON_MAX_AGE_OLD,
		    a->shadow);
	}
	if (has_months &&
	    (!has_days ||
		c->today > ward_day_add_months(a->changed.value, months))) {
		return check_months(c, age, months);
	}
	return check_bound(c, age, days);
}

/* A field of days that has to be at least what the setting says. */
static int
check_least(struct ward_case *c, struct ward_optional days,
    enum ward_setting_id setting, enum ward_reason_id reason)
{
	uint32_t least;
	int said;

	if (lacks_password(c, &said)) {
		return said;
	}
	(void)ward_case_number(c, setting, &least);
	/* An empty field means that there is no such time. */
	ward_case_observe(c, days.known ? days.value : 0, least, "days");
	if (!days.known || days.value < least) {
		return ward_case_say(c, WARD_FAIL, reason, c->account->shadow);
	}
	return ward_case_say(c, WARD_PASS, WARD_REASON_NONE,
	    c->account->shadow);
}

int
ward_check_min_age(struct ward_case *c)
{
	return check_least(c, c->account->min_age,
	    WARD_SET_PASSWORD_MIN_AGE_DAYS, WARD_REASON_MIN_AGE_SHORT);
}

int
ward_check_expiry_warning(struct ward_case *c)
{
	return check_least(c, c->account->warning,
	    WARD_SET_PASSWORD_EXPIRY_WARNING_DAYS, WARD_REASON_WARNING_SHORT);
}

int
ward_check_first_login(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	int said;

	if (lacks_password(c, &said)) {
		return said;
	}
	/* root's password is set by whoever installs the host, for themselves;
	 * and who has logged in has had the first log-in. */
	if (c->class == WARD_CLASS_SYSTEM || c->class == WARD_CLASS_SERVICE ||
	    !a->login_shell || (a->uid.known && a->uid.value == 0) ||
	    a->use == WARD_USE_SEEN) {
		return ward_case_say(c, WARD_NOTAPPLICABLE, WARD_REASON_NONE,
		    a->shadow);
	}
	if (a->changed.known && a->changed.value == 0) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_MAX_AGE_PENDING,
		    a->shadow);
	}
	if (a->use == WARD_USE_UNKNOWN) {
		return ward_case_unknown(c, "the last log-in", a->entry);
	}
	return ward_case_say(c, WARD_FAIL, WARD_REASON_FIRST_LOGIN_KEPT,
	    a->shadow);
}

int
ward_check_password_required(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	switch (a->password.state) {
	case WARD_PASSWORD_UNKNOWN:
		return ward_case_unknown(c, "the account's shadow entry",
		    a->entry);
	case WARD_PASSWORD_EMPTY:
		c->finding.observed = "empty";
		return ward_case_say(c, WARD_FAIL, WARD_REASON_REQUIRED_EMPTY,
		    a->shadow);
	default:
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
	}
}

/* The setting that bounds the cost of a scheme, if one does. */
static bool
cost_setting(enum ward_hash_scheme scheme, enum ward_setting_id *ret_setting)
{
	static const struct {
		enum ward_hash_scheme scheme;
		enum ward_setting_id setting;
	} costs[] = {
		{ WARD_HASH_SHA512CRYPT, WARD_SET_PASSWORD_HASH_SHA_ROUNDS },
		{ WARD_HASH_SHA256CRYPT, WARD_SET_PASSWORD_HASH_SHA_ROUNDS },
		{ WARD_HASH_BCRYPT, WARD_SET_PASSWORD_HASH_BCRYPT_COST },
		{ WARD_HASH_BCRYPT_A, WARD_SET_PASSWORD_HASH_BCRYPT_COST },
		{ WARD_HASH_BCRYPT_X, WARD_SET_PASSWORD_HASH_BCRYPT_COST },
		{ WARD_HASH_BCRYPT_Y, WARD_SET_PASSWORD_HASH_BCRYPT_COST },
		{ WARD_HASH_YESCRYPT, WARD_SET_PASSWORD_HASH_YESCRYPT_COST },
		{ WARD_HASH_GOST_YESCRYPT,
		    WARD_SET_PASSWORD_HASH_YESCRYPT_COST },
	};

	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		if (costs[i].scheme == scheme) {
			*ret_setting = costs[i].setting;
			return true;
		}
	}
	return false;
}

static int
check_cost(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	const char *name = ward_hash_name(a->password.scheme);
	enum ward_setting_id setting;
	uint32_t least;

	if (!cost_setting(a->password.scheme, &setting) ||
	    !ward_case_number(c, setting, &least)) {
		c->finding.observed = name;
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
	}
	c->finding.detail = name;
	if (!a->password.cost.known) {
		return ward_case_unknown(c, "the cost of the hash", a->shadow);
	}
	ward_case_observe(c, a->password.cost.value, least,
	    ward_settings[setting].unit);
	return a->password.cost.value < least ?
	    ward_case_say(c, WARD_FAIL, WARD_REASON_HASH_COST, a->shadow) :
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
}

int
ward_check_hash(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	const char *name = ward_hash_name(a->password.scheme);
	const char *allowed = ward_plan_text(c->plan,
	    WARD_SET_PASSWORD_HASH_ALLOW, c->class);
	int said;

	c->finding.required = allowed;
	if (a->password.strange) {
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HASH_STRANGE,
		    a->shadow);
	}
	if (lacks_password(c, &said)) {
		return said;
	}
	if (allowed != NULL &&
	    !ward_plan_has_word(c->plan, WARD_SET_PASSWORD_HASH_ALLOW, c->class,
		name)) {
		c->finding.observed = name;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HASH_SCHEME,
		    a->shadow);
	}
	return check_cost(c);
}
