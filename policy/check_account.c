/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about accounts: who they are, and whether they should still be open. */
#include "check_common.h"

#include <ctype.h>
#include <string.h>

#define DAY_SECONDS 86400
#define CERTAIN_SIZE 3 /* shorter words are parts of people's names too */
#define PARTIAL_SIZE 5 /* shorter words must be a whole run of letters */

static bool
is_locked(const struct ward_account *a)
{
	return a->password.state == WARD_PASSWORD_LOCKED ||
	    a->password.state == WARD_PASSWORD_NONE;
}

int
ward_check_wellformed(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	int r = 0;

	for (size_t i = 0; r == 0 && i < a->defect_count; i++) {
		c->finding.detail = a->defects[i].detail;
		r = ward_case_say(c, WARD_FAIL, a->defects[i].reason,
		    a->defects[i].source);
	}
	return r != 0 || a->defect_count > 0 ?
	    r :
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry);
}

static int
say_peer(struct ward_case *c, const struct ward_peer *peer,
    enum ward_reason_id reason, struct ward_source source)
{
	(void)snprintf(c->detail, sizeof(c->detail), "%s (%s:%u)", peer->name,
	    peer->source.file, peer->source.line);
	c->finding.detail = c->detail;
	return ward_case_say(c, WARD_FAIL, reason, source);
}

int
ward_check_unique(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	int r = 0;

	if (a->same_name.name != NULL) {
		r = say_peer(c, &a->same_name, WARD_REASON_UNIQUE_NAME,
		    a->entry);
	}
	if (r == 0 && a->same_uid.name != NULL) {
		(void)snprintf(c->observed, sizeof(c->observed), "%lld",
		    (long long)a->uid.value);
		c->finding.observed = c->observed;
		r = say_peer(c, &a->same_uid,
		    ward_is_root(a) ? WARD_REASON_UNIQUE_UID0 :
				      WARD_REASON_UNIQUE_UID,
		    a->entry);
	}
	if (r == 0 && a->same_hash.name != NULL) {
		c->finding.observed = NULL;
		r = say_peer(c, &a->same_hash, WARD_REASON_UNIQUE_HASH,
		    a->shadow);
	}
	if (r != 0 || a->same_name.name != NULL || a->same_uid.name != NULL ||
	    a->same_hash.name != NULL) {
		return r;
	}
	return a->uid.known ?
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry) :
	    ward_case_unknown(c, "the account's uid", a->entry);
}

/*
 * Does the name hold the word? A run of letters in the name has to be the word
 * ("wang-adm", "dba01"), or, for a word of five letters or more, begin or end
 * with it ("webadmin"): nobody is accused of being called "susan", or of
 * playing badminton.
 */
static bool
name_has_word(const char *name, const char *word, size_t size)
{
	int first = tolower((unsigned char)*word);

	for (const char *at = name; *at != '\0'; at++) {
		bool begins, ends;

		if (tolower((unsigned char)*at) != first ||
		    strncasecmp(at, word, size) != 0) {
			continue;
		}
		begins = at == name || !isalpha((unsigned char)at[-1]);
		ends = !isalpha((unsigned char)at[size]);
		if (size >= PARTIAL_SIZE ? begins || ends : begins && ends) {
			return true;
		}
	}
	return false;
}

/* Did the agency add the word to those that are built in? */
static bool
is_agencys(const struct ward_case *c, enum ward_setting_id setting,
    const char *word)
{
	const char *list = ward_settings[setting].builtin;

	return !ward_words_have(list, word, strlen(word)) &&
	    ward_binding_is_agency(c->binding, setting, c->class);
}

/* The first of the setting's words that the name holds, into c->detail. */
static bool
find_word(struct ward_case *c, enum ward_setting_id setting)
{
	const char *words = ward_binding_text(c->binding, setting, c->class);

	while (words != NULL && *words != '\0') {
		size_t size = (size_t)(strchrnul(words, ' ') - words);

		if (name_has_word(c->account->name, words, size)) {
			(void)snprintf(c->detail, sizeof(c->detail), "%.*s",
			    (int)size, words);
			c->finding.detail = c->detail;
			c->finding.observed = c->detail;
			c->finding.agency |= is_agencys(c, setting, c->detail);
			return true;
		}
		words += size;
		while (*words == ' ') {
			words++;
		}
	}
	return false;
}

/* Signs, and no proof: a warning, for people to judge. */
int
ward_check_not_shared(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	int said;

	if (ward_case_not_open(c, &said)) {
		return said;
	}
	if (a->key_owner_count > 1) {
		c->finding.strength = WARD_SHOULD;
		c->finding.detail = a->key_owners;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_SHARED_KEYS,
		    a->key_source);
	}
	if (find_word(c, WARD_SET_ACCOUNT_NOT_SHARED_WORDS)) {
		c->finding.strength = WARD_SHOULD;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_SHARED_NAME,
		    a->entry);
	}
	if (!a->keys_known) {
		return ward_case_lacks_keys(c);
	}
	return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry);
}

/* Whoever is given a password anew is expected to come back. */
static bool
is_revived(struct ward_case *c)
{
	const struct ward_optional revived = c->account->revived;
	uint32_t days;

	if (!revived.known) {
		return false;
	}
	(void)ward_case_number(c, WARD_SET_ACCOUNT_DORMANT_DAYS, &days);
	return c->today - ward_day_of(revived.value) <= days;
}

static int
say_revived(struct ward_case *c)
{
	const int64_t day = ward_day_of(c->account->revived.value);
	uint32_t days;

	(void)ward_case_number(c, WARD_SET_ACCOUNT_DORMANT_DAYS, &days);
	ward_case_observe(c, c->today > day ? c->today - day : 0, days, "days");
	ward_case_days_left(c, day + days);
	return ward_case_say(c, WARD_PASS, WARD_REASON_DORMANT_REVIVED,
	    c->account->record);
}

/*
 * Never used counts from the day its password was set, as a new account has
 * not had the time. root is the way back in, and is not expected to log in.
 */
int
ward_check_dormant(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	bool used = a->use == WARD_USE_SEEN, revived;
	int64_t since = used ? ward_day_of(a->last_use) : a->changed.value;
	uint32_t days;
	int said;

	if (ward_is_root(a)) {
		return ward_case_notapplicable(c, WARD_REASON_DORMANT_ROOT);
	}
	if (ward_case_not_open(c, &said)) {
		return said;
	}
	revived = is_revived(c);
	if (a->use == WARD_USE_UNKNOWN) {
		return revived ? say_revived(c) : ward_case_lacks_use(c);
	}
	if (!used && a->changed.known && a->changed.value == 0) {
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_DORMANT_WAITING, a->shadow);
	}
	if (!used && !a->changed.known) {
		return revived ?
		    say_revived(c) :
		    ward_case_unknown(c, "the day of the last password change",
			a->shadow);
	}
	(void)ward_case_number(c, WARD_SET_ACCOUNT_DORMANT_DAYS, &days);
	if (revived && c->today - since > days) {
		return say_revived(c);
	}
	ward_case_observe(c, c->today > since ? c->today - since : 0, days,
	    "days");
	ward_case_days_left(c, since + days);
	if (c->today - since <= days) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE,
		    used ? a->use_source : a->shadow);
	}
	c->finding.detail = a->use_source.file;
	if (!used && a->key_count > 0) {
		return ward_case_say(c, WARD_UNKNOWN, WARD_REASON_DORMANT_KEYS,
		    a->key_source);
	}
	return used ?
	    ward_case_say(c, WARD_FAIL, WARD_REASON_DORMANT_UNUSED,
		a->use_source) :
	    ward_case_say(c, WARD_FAIL, WARD_REASON_DORMANT_NEVER, a->shadow);
}

/* The end date shuts the doors that ask pam_unix(8) or a like module; the
 * documents ask that the account itself be disabled or removed. */
int
ward_check_expired(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	char day[WARD_DAY_SIZE];

	if (a->password.state == WARD_PASSWORD_UNKNOWN) {
		return ward_case_lacks_shadow(c);
	}
	if (!a->expires.known) {
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_EXPIRED_NO_END, a->shadow);
	}
	ward_case_days_left(c, a->expires.value - 1);
	if (c->today < a->expires.value || is_locked(a)) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow);
	}
	ward_day_format(a->expires.value, day);
	(void)snprintf(c->detail, sizeof(c->detail), "%s", day);
	c->finding.detail = c->finding.observed = c->detail;
	return ward_case_say(c, WARD_FAIL, WARD_REASON_EXPIRED_OPEN, a->shadow);
}

/* An account that has a hash behind its lock was closed by somebody, and is
 * not: a key still opens it. root is not told to end its account. */
static int
say_key(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	enum ward_reason_id reason = ward_is_root(a) ?
	    WARD_REASON_DISABLED_ROOT_KEY :
	    WARD_REASON_DISABLED_KEY;

	(void)snprintf(c->detail, sizeof(c->detail), "%zu", a->key_count);
	c->finding.observed = c->finding.detail = c->detail;
	if (a->password.state == WARD_PASSWORD_NONE) {
		/* It never had a password: keys alone may well be meant. */
		reason = WARD_REASON_DISABLED_KEY_ONLY;
		c->finding.strength = WARD_SHOULD;
	}
	return ward_case_say(c, WARD_FAIL, reason, a->key_source);
}

/*
 * passwd -l and usermod -L stop the password only. That a person's account has
 * had no password from the start ("!") is a warning, as nothing yet says that
 * it is meant to be opened by keys alone; root and services often are.
 */
int
ward_check_disabled(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	bool counts = a->password.state == WARD_PASSWORD_LOCKED ||
	    (a->password.state == WARD_PASSWORD_NONE && !ward_is_root(a) &&
		c->class != WARD_CLASS_SYSTEM &&
		c->class != WARD_CLASS_SERVICE);

	if (a->password.state == WARD_PASSWORD_UNKNOWN) {
		return ward_case_lacks_shadow(c);
	}
	if (!a->login_shell) {
		return ward_case_notapplicable(c, WARD_REASON_NO_SHELL);
	}
	if (!counts || ward_case_closed(c)) {
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    !counts && !is_locked(a) ? WARD_REASON_DISABLED_NOT :
			!counts              ? WARD_REASON_DISABLED_NEVER :
					       WARD_REASON_CLOSED,
		    a->shadow);
	}
	if (a->key_count > 0) {
		return say_key(c);
	}
	/* A home that is mounted only when it is needed may hold a key. */
	if (a->home_state == WARD_HOME_ELSEWHERE) {
		return ward_case_lacks(c, N_("the account's authorized_keys"),
		    (struct ward_source){ a->home, 0 },
		    N_("the home directory is not here"));
	}
	return a->keys_known ?
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->shadow) :
	    ward_case_lacks_keys(c);
}

int
ward_check_neutral_name(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	/* The names of the system's own accounts are not the agency's. */
	if (c->class == WARD_CLASS_SYSTEM ||
	    (ward_is_root(a) && strcmp(a->name, "root") == 0)) {
		return ward_case_notapplicable(c,
		    c->class == WARD_CLASS_SYSTEM ?
			WARD_REASON_SYSTEM :
			WARD_REASON_NEUTRAL_NAME_ROOT);
	}
	if (!find_word(c, WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS)) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry);
	}
	if (strlen(c->finding.detail) < CERTAIN_SIZE) {
		/* "su" may be somebody's name: a sign, for people to judge. */
		c->finding.strength = WARD_SHOULD;
	}
	return ward_case_say(c, WARD_FAIL, WARD_REASON_NEUTRAL_NAME_TELLS,
	    a->entry);
}
