/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules on accounts: who they are, and whether they should be open. */
#include "tests/judge.h"

#include <string.h>

#define TODAY WARD_JUDGE_DAY
#define DAY 86400

/* ---- wellformed --------------------------------------------------------------- */

static void
test_wellformed__each_defect_is_a_finding(void **state)
{
	static const struct ward_defect defects[] = {
		{ WARD_REASON_WELLFORMED_NO_SHADOW, "wang01", NULL,
		    { "/etc/passwd", 31 } },
		{ WARD_REASON_WELLFORMED_DATE, "wang01", "maximum age",
		    { "/etc/shadow", 12 } },
	};
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.defects = defects;
	account.defect_count = 2;
	ward_judge_by("[account.wellformed]\nclause = 1\n", &account, &judged);
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.list[0].rule, WARD_RULE_ACCOUNT_WELLFORMED);
	assert_int_equal(judged.list[0].reason,
	    WARD_REASON_WELLFORMED_NO_SHADOW);
	assert_string_equal(judged.list[0].detail, "");
	assert_string_equal(judged.list[1].detail, "maximum age");
	assert_string_equal(judged.list[1].file, "/etc/shadow");
	assert_int_equal(judged.list[1].line, 12);
	assert_int_equal(judged.summary.fail, 2);
	assert_int_equal(judged.summary.accounts, 1);
}

/* Where no document asks for it nothing is broken; but what may hide an
 * account, or a way to root, leaves the rest unproven. */
static void
test_wellformed__holds_in_every_plan(void **state)
{
	struct ward_defect defect = { WARD_REASON_WELLFORMED_NO_SHADOW,
		"wang01", NULL, { "/etc/passwd", 31 } };
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.defects = &defect;
	account.defect_count = 1;
	ward_judge_by("[password.required]\nclause = 1\n", &account, &judged);
	assert_int_equal(judged.summary.warn, 1);
	assert_int_equal(judged.summary.verdict, WARD_PASS);
	assert_true(judged.list[1].built_in);
	assert_false(judged.list[0].built_in);
	defect.reason = WARD_REASON_WELLFORMED_UID;
	ward_judge_by("[password.required]\nclause = 1\n", &account, &judged);
	assert_int_equal(judged.summary.warn, 0);
	assert_int_equal(judged.summary.unknown, 1);
	assert_int_equal(judged.summary.verdict, WARD_UNKNOWN);
	account.defect_count = 0;
	assert_string_equal(ward_expect("", &account,
				WARD_RULE_ACCOUNT_WELLFORMED, WARD_PASS,
				WARD_REASON_NONE)
				.clauses,
	    "");
}

/* ---- unique --------------------------------------------------------------------- */

#define UNIQUE "[account.unique]\nclause = 1\n"

static void
test_unique__each_peer_is_a_finding(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;
	const struct ward_peer peer = { "lee", { "/etc/passwd", 32 } };

	(void)state;
	(void)ward_expect(UNIQUE, &account, WARD_RULE_ACCOUNT_UNIQUE, WARD_PASS,
	    WARD_REASON_NONE);
	account.same_uid = account.same_name = account.same_hash = peer;
	account.same_hash.source = (struct ward_source){ "/etc/shadow", 13 };
	ward_judge_by(UNIQUE, &account, &judged);
	assert_int_equal(judged.count, 4);
	assert_int_equal(judged.list[1].reason, WARD_REASON_UNIQUE_NAME);
	assert_int_equal(judged.list[2].reason, WARD_REASON_UNIQUE_UID);
	assert_string_equal(judged.list[2].observed, "1001");
	assert_string_equal(judged.list[2].detail, "lee (/etc/passwd:32)");
	assert_int_equal(judged.list[2].line, 31);
	assert_int_equal(judged.list[3].reason, WARD_REASON_UNIQUE_HASH);
	assert_string_equal(judged.list[3].file, "/etc/shadow");
	/* Never the hash. */
	assert_string_equal(judged.list[3].observed, "");
}

static void
test_unique__uid_not_known_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.uid.known = false;
	(void)ward_expect(UNIQUE, &account, WARD_RULE_ACCOUNT_UNIQUE,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
}

/* ---- not_shared --------------------------------------------------------------------- */

#define NOT_SHARED "[account.not_shared]\nclause = 1\n"
#define NOT_SHARED_RULE WARD_RULE_ACCOUNT_NOT_SHARED

static void
test_not_shared__names(void **state)
{
	static const struct {
		const char *name;
		enum ward_verdict verdict;
	} cases[] = {
		{ "wang01", WARD_PASS },
		{ "guest", WARD_FAIL },
		{ "guest2", WARD_FAIL },
		{ "Guest", WARD_FAIL },
		{ "shareduser", WARD_FAIL },
		{ "public", WARD_FAIL },
		{ "everyone", WARD_FAIL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.name = cases[i].name;
		(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE,
		    cases[i].verdict,
		    cases[i].verdict == WARD_PASS ? WARD_REASON_NONE :
						    WARD_REASON_SHARED_NAME);
	}
}

static void
test_not_shared__keys_of_several_people(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	account.key_count = 2;
	account.key_owner_count = 1;
	account.key_owners = "wang";
	account.key_source = (struct ward_source){
		"/home/wang01/.ssh/authorized_keys", 1
	};
	(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE, WARD_PASS,
	    WARD_REASON_NONE);
	account.key_owner_count = 2;
	account.key_owners = "wang lee";
	said = ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE, WARD_FAIL,
	    WARD_REASON_SHARED_KEYS);
	assert_string_equal(said.detail, "wang lee");
	assert_string_equal(said.file, "/home/wang01/.ssh/authorized_keys");
}

static void
test_not_shared__closed_is_notapplicable(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.name = "guest";
	account.password.state = WARD_PASSWORD_LOCKED;
	(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE,
	    WARD_NOTAPPLICABLE, WARD_REASON_SHUT);
	account = ward_judge_account();
	account.name = "guest";
	account.login_shell = false;
	(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE,
	    WARD_NOTAPPLICABLE, WARD_REASON_NO_SHELL);
}

/* "A missing fact is unknown, reported, never pass." */
static void
test_not_shared__keys_not_known_is_no_pass(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.keys_known = false;
	(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNKNOWN);
	/* What the name tells is known all the same. */
	account.name = "guest";
	(void)ward_expect(NOT_SHARED, &account, NOT_SHARED_RULE, WARD_FAIL,
	    WARD_REASON_SHARED_NAME);
}

/* ---- dormant ---------------------------------------------------------------------------- */

#define DORMANT \
	"[account.dormant]\nclause = 1\ndays = 90\n" \
	"origin.days = agency acctward.conf:2\n"

static void
test_dormant__day_90_passes_day_91_fails(void **state)
{
	static const struct {
		int64_t days;
		enum ward_verdict verdict;
	} cases[] = { { 0, WARD_PASS }, { 89, WARD_PASS }, { 90, WARD_PASS },
		{ 91, WARD_FAIL }, { 3000, WARD_FAIL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_said said;
		bool passes = cases[i].verdict == WARD_PASS;

		account.last_use = WARD_JUDGE_NOW - cases[i].days * DAY;
		said = ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].verdict,
		    passes ? WARD_REASON_NONE : WARD_REASON_DORMANT_UNUSED);
		assert_string_equal(said.file, "/var/log/lastlog");
		assert_string_equal(said.required, "90");
		assert_true(said.agency);

		/* Never used: since its password was set. */
		account.use = WARD_USE_NEVER;
		account.changed = ward_known(TODAY - cases[i].days);
		said = ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].verdict,
		    passes ? WARD_REASON_NONE : WARD_REASON_DORMANT_NEVER);
		assert_string_equal(said.file, "/etc/shadow");
	}
}

static void
test_dormant__not_known_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.use = WARD_USE_UNKNOWN;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
	account.use = WARD_USE_NEVER;
	account.changed.known = false;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
	/* Made as EPA asks (chage -d 0), and waiting for its first log-in. */
	account.changed = ward_known(0);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_DORMANT_WAITING);
}

/* An administrator who gives a new password brings it back for as long. */
static void
test_dormant__revived(void **state)
{
	static const struct {
		int64_t days;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ 0, WARD_PASS, WARD_REASON_DORMANT_REVIVED },
		{ 90, WARD_PASS, WARD_REASON_DORMANT_REVIVED },
		{ 91, WARD_FAIL, WARD_REASON_DORMANT_UNUSED },
	};
	struct ward_account account;
	struct ward_said said;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		account = ward_judge_account();
		account.last_use = WARD_JUDGE_NOW - 200 * DAY;
		account.revived = ward_known(
		    WARD_JUDGE_NOW - cases[i].days * DAY);
		account.record.file = "/var/lib/acctward/accounts/wang";
		said = ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].verdict, cases[i].reason);
		if (cases[i].verdict == WARD_PASS) {
			assert_string_equal(said.file, account.record.file);
		}
		account.use = WARD_USE_UNKNOWN;
		(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].verdict == WARD_PASS ? WARD_PASS : WARD_UNKNOWN,
		    cases[i].verdict == WARD_PASS ? cases[i].reason :
						    WARD_REASON_FACT_UNKNOWN);
	}
	/* A use of its own says more. */
	account = ward_judge_account();
	account.revived = ward_known(WARD_JUDGE_NOW - 5 * DAY);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_PASS, WARD_REASON_NONE);
}

/* sshd records log-ins on a terminal only. */
static void
test_dormant__key_without_a_record_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.use = WARD_USE_NEVER;
	account.changed = ward_known(1);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_FAIL, WARD_REASON_DORMANT_NEVER);
	account.key_count = 1;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_UNKNOWN, WARD_REASON_DORMANT_KEYS);
}

static void
test_dormant__closed_and_root_are_notapplicable(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.last_use = 0;
	account.uid = ward_known(0);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_DORMANT_ROOT);
	account = ward_judge_account();
	account.last_use = 0;
	account.password.state = WARD_PASSWORD_LOCKED;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_SHUT);
	account = ward_judge_account();
	account.last_use = 0;
	account.expires = ward_known(TODAY);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_CLOSED);
	account = ward_judge_account();
	account.last_use = 0;
	account.login_shell = false;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_NO_SHELL);
}

/* A locked password does not close the account to keys, known or not. */
static void
test_dormant__keys_keep_it_open(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.last_use = 0;
	account.password.state = WARD_PASSWORD_LOCKED;
	account.key_count = 1;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_FAIL, WARD_REASON_DORMANT_UNUSED);
}

static void
test_dormant__locked_with_keys_not_known_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.last_use = 0;
	account.password.state = WARD_PASSWORD_LOCKED;
	account.keys_known = false;
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
}

/* pam_unix(8): closed once maximum age and inactivity have gone by. */
static void
test_dormant__closed_by_inactivity(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.last_use = 0;
	account.changed = ward_known(TODAY - 120);
	account.max_age = ward_known(90);
	account.inactive = ward_known(30);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_FAIL, WARD_REASON_DORMANT_UNUSED);
	account.changed = ward_known(TODAY - 121);
	(void)ward_expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_NOTAPPLICABLE, WARD_REASON_CLOSED);
}

/* ---- expired ---------------------------------------------------------------------------- */

#define EXPIRED "[account.expired]\nclause = 1\n"

static void
test_expired__open_from_the_day_on_fails(void **state)
{
	static const struct {
		int64_t expires;
		enum ward_password_state password;
		enum ward_verdict verdict;
	} cases[] = {
		{ TODAY + 1, WARD_PASSWORD_USABLE, WARD_PASS },
		/* shadow(5): the day on which it is disabled */
		{ TODAY, WARD_PASSWORD_USABLE, WARD_FAIL },
		{ TODAY - 1, WARD_PASSWORD_USABLE, WARD_FAIL },
		{ TODAY - 1, WARD_PASSWORD_EMPTY, WARD_FAIL },
		{ 1, WARD_PASSWORD_USABLE, WARD_FAIL },
		{ TODAY - 1, WARD_PASSWORD_LOCKED, WARD_PASS },
		{ TODAY - 1, WARD_PASSWORD_NONE, WARD_PASS },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.expires = ward_known(cases[i].expires);
		account.password.state = cases[i].password;
		(void)ward_expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED,
		    cases[i].verdict,
		    cases[i].verdict == WARD_PASS ? WARD_REASON_NONE :
						    WARD_REASON_EXPIRED_OPEN);
	}
}

static void
test_expired__no_date_and_no_shadow(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	(void)ward_expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED,
	    WARD_NOTAPPLICABLE, WARD_REASON_EXPIRED_NO_END);
	account.password.state = WARD_PASSWORD_UNKNOWN;
	account.has_shadow = false;
	(void)ward_expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
}

static void
test_expired__names_the_day(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.expires = ward_known(TODAY - 19);
	assert_string_equal(ward_expect(EXPIRED, &account,
				WARD_RULE_ACCOUNT_EXPIRED, WARD_FAIL,
				WARD_REASON_EXPIRED_OPEN)
				.detail,
	    "2026-11-01");
}

/* ---- disabled -------------------------------------------------------------------------------- */

#define DISABLED "[account.disabled]\nclause = 1\n"

static void
test_disabled__key_opens_a_locked_account(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	account.password.state = WARD_PASSWORD_LOCKED;
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_PASS, WARD_REASON_NONE);
	account.key_count = 1;
	account.key_source = (struct ward_source){
		"/home/wang01/.ssh/authorized_keys", 3
	};
	said = ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_FAIL, WARD_REASON_DISABLED_KEY);
	assert_int_equal(said.strength, WARD_SHALL);
	/* root is never told to end its account: su and cron would stop. */
	account.uid = ward_known(0);
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_FAIL, WARD_REASON_DISABLED_ROOT_KEY);
	account.uid = ward_known(1001);
	/* Never a password: keys alone may be meant, so a warning. */
	account.password.state = WARD_PASSWORD_NONE;
	said = ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_FAIL, WARD_REASON_DISABLED_KEY_ONLY);
	assert_int_equal(said.strength, WARD_SHOULD);
	account.uid = ward_known(0);
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_NOTAPPLICABLE, WARD_REASON_DISABLED_NEVER);
	account.uid = ward_known(1001);
	account.password.state = WARD_PASSWORD_LOCKED;
	/* usermod -e 1 closes it at every door. */
	account.expires = ward_known(1);
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_NOTAPPLICABLE, WARD_REASON_CLOSED);
	account.expires.known = false;
	account.login_shell = false;
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_NOTAPPLICABLE, WARD_REASON_NO_SHELL);
}

static void
test_disabled__open_account_is_notapplicable(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.key_count = 1;
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_NOTAPPLICABLE, WARD_REASON_DISABLED_NOT);
}

static void
test_disabled__keys_not_known_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.password.state = WARD_PASSWORD_LOCKED;
	account.keys_known = false;
	(void)ward_expect(DISABLED, &account, WARD_RULE_ACCOUNT_DISABLED,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
}

static void
test_disabled__password_not_known_is_no_pass(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.password.state = WARD_PASSWORD_UNKNOWN;
	account.key_count = 1;
	ward_judge_by(DISABLED, &account, &judged);
	assert_int_equal(ward_judged_rule(&judged, WARD_RULE_ACCOUNT_DISABLED)
			     ->verdict,
	    WARD_UNKNOWN);
}

/* ---- neutral_name -------------------------------------------------------------------------------- */

#define NEUTRAL "[account.neutral_name]\nclause = 1\n"
#define NEUTRAL_RULE WARD_RULE_ACCOUNT_NEUTRAL_NAME

/* The readings: admin, root, sys, dba, mgr, su, oper, and adm. */
static void
test_neutral_name__whole_parts_and_long_words(void **state)
{
	static const struct {
		const char *name, *word; /* NULL: it passes */
	} cases[] = {
		{ "wang01", NULL },
		{ "susan", NULL },
		{ "cooper", NULL },
		{ "su.wang", "su" },
		{ "su", "su" },
		{ "sumi", NULL },
		{ "hsu", NULL },
		{ "hsu01", NULL },
		{ "wang-su", "su" },
		{ "wang-adm", "adm" },
		{ "adm", "adm" },
		{ "adm01", "adm" },
		{ "adam", NULL },
		{ "admiral", NULL },
		{ "dba01", "dba" },
		{ "dba", "dba" },
		{ "01dba", "dba" },
		{ "dbarnes", NULL },
		{ "feedback", NULL },
		{ "webadmin", "admin" },
		{ "admin", "admin" },
		{ "ADMIN", "admin" },
		{ "Administrator", "admin" },
		{ "root2", "root" },
		{ "root", "root" },
		{ "beetroot", NULL },
		{ "rooter", NULL },
		{ "x_root_x", "root" },
		{ "mgr.lee", "mgr" },
		{ "oper", "oper" },
		{ "oper-lee", "oper" },
		{ "opera", NULL },
		{ "sys", "sys" },
		{ "sys_lee", "sys" },
		{ "system", NULL },
		{ "tsys", NULL },
		{ "a", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_said said;

		account.name = cases[i].name;
		said = ward_expect(NEUTRAL, &account, NEUTRAL_RULE,
		    cases[i].word == NULL ? WARD_PASS : WARD_FAIL,
		    cases[i].word == NULL ? WARD_REASON_NONE :
					    WARD_REASON_NEUTRAL_NAME_TELLS);
		if (cases[i].word != NULL) {
			assert_non_null(strstr(cases[i].word, "adm") != NULL ?
				strstr(said.detail, "adm") :
				strstr(said.detail, cases[i].word));
		}
	}
}

/* A word of two letters may be somebody's name: a warning, no failure. */
static void
test_neutral_name__two_letters_are_a_warning(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	account.name = "su.meiling";
	said = ward_expect(NEUTRAL, &account, WARD_RULE_ACCOUNT_NEUTRAL_NAME,
	    WARD_FAIL, WARD_REASON_NEUTRAL_NAME_TELLS);
	assert_int_equal(said.strength, WARD_SHOULD);
	account.name = "meiling-adm";
	said = ward_expect(NEUTRAL, &account, WARD_RULE_ACCOUNT_NEUTRAL_NAME,
	    WARD_FAIL, WARD_REASON_NEUTRAL_NAME_TELLS);
	assert_int_equal(said.strength, WARD_SHALL);
}

static void
test_neutral_name__agency_adds_words(void **state)
{
	static const char lines[] = NEUTRAL "words = Chief it\n";
	struct ward_account account = ward_judge_account();

	(void)state;
	account.name = "lee-it";
	(void)ward_expect(lines, &account, NEUTRAL_RULE, WARD_FAIL,
	    WARD_REASON_NEUTRAL_NAME_TELLS);
	account.name = "kitty";
	(void)ward_expect(lines, &account, NEUTRAL_RULE, WARD_PASS,
	    WARD_REASON_NONE);
	account.name = "mischief";
	(void)ward_expect(lines, &account, NEUTRAL_RULE, WARD_FAIL,
	    WARD_REASON_NEUTRAL_NAME_TELLS);
}

static void
test_neutral_name__system_accounts_are_exempt(void **state)
{
	struct ward_account account = ward_judge_account();
	static const struct ward_path path = { .kind = WARD_PATH_UID0,
		.detail = "0",
		.source = { "/etc/passwd", 1 } };

	(void)state;
	account.name = "sys";
	account.uid = ward_known(3);
	account.login_shell = account.listed_shell = false;
	account.password.state = WARD_PASSWORD_NONE;
	(void)ward_expect(NEUTRAL, &account, NEUTRAL_RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_SYSTEM);
	account = ward_judge_account();
	account.name = "root";
	account.uid = ward_known(0);
	account.paths = &path;
	account.path_count = 1;
	(void)ward_expect(NEUTRAL, &account, NEUTRAL_RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_NEUTRAL_NAME_ROOT);
	/* A second one with uid 0 is somebody's. */
	account.name = "root2";
	(void)ward_expect(NEUTRAL, &account, NEUTRAL_RULE, WARD_FAIL,
	    WARD_REASON_NEUTRAL_NAME_TELLS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wellformed__each_defect_is_a_finding),
		cmocka_unit_test(test_wellformed__holds_in_every_plan),
		cmocka_unit_test(test_unique__each_peer_is_a_finding),
		cmocka_unit_test(test_unique__uid_not_known_is_unknown),
		cmocka_unit_test(test_not_shared__names),
		cmocka_unit_test(test_not_shared__keys_of_several_people),
		cmocka_unit_test(test_not_shared__closed_is_notapplicable),
		cmocka_unit_test(test_not_shared__keys_not_known_is_no_pass),
		cmocka_unit_test(test_dormant__day_90_passes_day_91_fails),
		cmocka_unit_test(test_dormant__not_known_is_unknown),
		cmocka_unit_test(test_dormant__revived),
		cmocka_unit_test(test_dormant__key_without_a_record_is_unknown),
		cmocka_unit_test(
		    test_dormant__closed_and_root_are_notapplicable),
		cmocka_unit_test(test_dormant__keys_keep_it_open),
		cmocka_unit_test(
		    test_dormant__locked_with_keys_not_known_is_unknown),
		cmocka_unit_test(test_dormant__closed_by_inactivity),
		cmocka_unit_test(test_expired__open_from_the_day_on_fails),
		cmocka_unit_test(test_expired__no_date_and_no_shadow),
		cmocka_unit_test(test_expired__names_the_day),
		cmocka_unit_test(test_disabled__key_opens_a_locked_account),
		cmocka_unit_test(test_disabled__open_account_is_notapplicable),
		cmocka_unit_test(test_disabled__keys_not_known_is_unknown),
		cmocka_unit_test(test_disabled__password_not_known_is_no_pass),
		cmocka_unit_test(test_neutral_name__whole_parts_and_long_words),
		cmocka_unit_test(test_neutral_name__two_letters_are_a_warning),
		cmocka_unit_test(test_neutral_name__agency_adds_words),
		cmocka_unit_test(test_neutral_name__system_accounts_are_exempt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
