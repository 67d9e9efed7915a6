/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about an account's password, by what shadow(5) tells of it. */
#include "check_common.h"

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
		*ret_said = ward_case_lacks_shadow(c);
	} else {
		*ret_said = ward_case_say(c, WARD_NOTAPPLICABLE,
		    a->password.state == WARD_PASSWORD_EMPTY ?
			WARD_REASON_PASSWORD_EMPTY :
			WARD_REASON_PASSWORD_NOT_USABLE,
		    a->shadow);
	}
	return true;
}

/* The two ways in which a plan can say how long a password may be kept. */
struct span {
	bool given;
	bool agency;
	uint32_t number;
	int64_t end; /* its last good day */
};

static struct span
find_span(struct ward_case *c, enum ward_setting_id setting)
{
	int64_t changed = c->account->changed.value;
	struct span span = { .given = false };

	span.given = ward_case_number(c, setting, &span.number);
	span.agency = span.given && c->finding.agency;
	span.end = !span.given ? INT64_MAX :
	    setting == WARD_SET_PASSWORD_MAX_AGE_DAYS ?
				 changed + span.number :
				 ward_day_add_months(changed, span.number);
	return span;
}

/* Will the system itself force the change in time? If not: a warning, as the
 * plan isn't broken yet. */
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
		c->finding.observed = N_("none");
	}
	c->finding.strength = WARD_SHOULD;
	return ward_case_say(c, WARD_FAIL, WARD_REASON_MAX_AGE_UNBOUND,
	    a->shadow);
}

/* The same date so many months on is the last good day; a warning comes from
 * the shortest such time on. True: the verdict was said. */
static bool
check_months(struct ward_case *c, int64_t age, const struct span *months,
    int *ret_said)
{
	const struct ward_account *a = c->account;
	int64_t soon = (int64_t)months->number * DAYS_A_MONTH;
	char day[WARD_DAY_SIZE];

	if (!months->given || (c->today <= months->end && age < soon)) {
		return false;
	}
	ward_day_format(months->end, day);
	(void)snprintf(c->detail, sizeof(c->detail),
	    NC_("detail", "%u months, on %s"), months->number, day);
	c->finding.detail = c->detail;
	c->finding.agency = months->agency;
	if (c->today > months->end) {
		ward_case_observe(c, age, months->end - a->changed.value,
		    "days");
		*ret_said = ward_case_say(c, WARD_FAIL,
		    WARD_REASON_MAX_AGE_MONTHS, a->shadow);
	} else {
		ward_case_observe(c, age, soon, "days");
		c->finding.strength = WARD_SHOULD;
		*ret_said = ward_case_say(c, WARD_FAIL,
		    WARD_REASON_MAX_AGE_MONTHS_SOON, a->shadow);
	}
	return true;
}

/* The last day on which the password may be kept: the plan's, or the one that
 * the system itself ends it or the account on. */
static int64_t
last_day(const struct ward_account *a, int64_t planned)
{
	if (a->max_age.known && a->changed.value + a->max_age.value < planned) {
		planned = a->changed.value + a->max_age.value;
	}
	if (a->expires.known && a->expires.value - 1 < planned) {
		planned = a->expires.value - 1;
	}
	return planned;
}

static int
check_age(struct ward_case *c, int64_t age)
{
	const struct ward_account *a = c->account;
	struct span days = find_span(c, WARD_SET_PASSWORD_MAX_AGE_DAYS);
	struct span months = find_span(c, WARD_SET_PASSWORD_MAX_AGE_MONTHS);
	const struct span *first = days.end <= months.end ? &days : &months;
	int said;

	ward_case_days_left(c, last_day(a, first->end));
	if (c->today > days.end) {
		ward_case_observe(c, age, days.number, "days");
		c->finding.agency = days.agency;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_MAX_AGE_OLD,
		    a->shadow);
	}
	if (check_months(c, age, &months, &said)) {
		return said;
	}
	c->finding.agency = first->agency;
	/* A limit of days holds whichever day the password is changed on. */
	return check_bound(c, age,
	    first == &days ? days.number :
			     (int64_t)months.number * DAYS_A_MONTH);
}

int
ward_check_max_age(struct ward_case *c)
{
	const struct ward_account *a = c->account;
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
	return check_age(c,
	    c->today > a->changed.value ? c->today - a->changed.value : 0);
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
	if (!a->login_shell) {
		return ward_case_notapplicable(c, WARD_REASON_NO_SHELL);
	}
	if (c->class == WARD_CLASS_SYSTEM || c->class == WARD_CLASS_SERVICE ||
	    ward_is_root(a)) {
		return ward_case_notapplicable(c,
		    WARD_REASON_FIRST_LOGIN_NOBODY);
	}
	if (a->temporary) {
		return ward_case_say(c, WARD_FAIL,
		    WARD_REASON_FIRST_LOGIN_RESET, a->shadow);
	}
	/* That somebody has logged in says nothing of who set it since. */
	if (a->temporary_why != NULL &&
	    !(a->changed.known && a->changed.value == 0)) {
		return ward_case_lacks(c, N_("who has set the password"),
		    a->record, a->temporary_why);
	}
	if (a->use == WARD_USE_SEEN) {
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_FIRST_LOGIN_DONE, a->use_source);
	}
	if (a->changed.known && a->changed.value == 0) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_MAX_AGE_PENDING,
		    a->shadow);
	}
	/* Log-ins by key without a terminal leave no record. */
	if (a->use == WARD_USE_UNKNOWN || a->key_count > 0) {
		return ward_case_lacks_use(c);
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
		return ward_case_lacks_shadow(c);
	case WARD_PASSWORD_EMPTY:
		c->finding.observed = "empty";
		return ward_case_say(c, WARD_FAIL, WARD_REASON_REQUIRED_EMPTY,
		    a->shadow);
	default:
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
	}
}

int
ward_check_weak(struct ward_case *c)
{
	static const struct {
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} says[] = {
		[WARD_GUESS_NOT_TRIED] = { WARD_UNKNOWN,
		    WARD_REASON_WEAK_STRANGE },
		[WARD_GUESS_TOO_COSTLY] = { WARD_UNKNOWN,
		    WARD_REASON_WEAK_COSTLY },
		[WARD_GUESS_HELD] = { WARD_PASS, WARD_REASON_NONE },
		[WARD_GUESS_FOUND] = { WARD_FAIL, WARD_REASON_WEAK_GUESSED },
	};
	const struct ward_account *a = c->account;
	int said;

	if (lacks_password(c, &said)) {
		return said;
	}
	return ward_case_say(c, says[a->guess].verdict, says[a->guess].reason,
	    a->shadow);
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
	const char *allowed = ward_binding_text(c->binding,
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
	if (allowed != NULL && !ward_words_have(allowed, name, strlen(name))) {
		c->finding.agency |= ward_binding_is_agency(c->binding,
		    WARD_SET_PASSWORD_HASH_ALLOW, c->class);
		c->finding.observed = name;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HASH_SCHEME,
		    a->shadow);
	}
	return check_cost(c);
}
