/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a line's module may do, by its arguments and files. Each fact was tried
 * with the real module, of Debian 12; test_pam_real.c does so again.
 */
#include "tests/module_case.h"

static void
check_alone(const struct fact *facts, size_t count)
{
	char *tree = ward_tree_new(NULL);

	check(tree, facts, count);
	ward_tree_remove(tree);
}

/* ---- log-ins ------------------------------------------------------------------ */

static void
test_unix(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_unix.so", 0, TYPED(RIGHT), 0, WARD_BIT_TESTED,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(RIGHT), 7, WARD_BIT_WRONG,
		    false },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 7, WARD_BIT_WRONG,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 11, WARD_BIT_WRONG,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 10, 0, true },
		{ AUTH, "pam_unix.so nullok", 0, TYPED(WRONG), 0,
		    WARD_BIT_TESTED, false },
		{ AUTH, "pam_unix.so", 0, TYPED(NOTHING), 0, WARD_BIT_TESTED,
		    false },
		{ AUTH, "pam_unix.so nullok", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, true },
		{ AUTH, "pam_unix.so nullok_secure", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, true },
		{ AUTH, "pam_unix.so nullresetok", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, false },
		{ AUTH, "pam_unix.so nullresetok", 0,
		    { .typed = WARD_TYPED_NOTHING,
			.account = WARD_ACCOUNT_MUST_CHANGE },
		    0, WARD_BIT_TESTED, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(FINE), 0, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 13, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 0, 0, false },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 12, 0, false },
		{ ACCOUNT, "pam_unix.so", 0, IS(MUST_CHANGE), 12, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(MUST_CHANGE), 0, 0, false },
		{ ACCOUNT, "pam_unix.so no_pass_expiry", 0, IS(MUST_CHANGE), 0,
		    0, true },
		{ ACCOUNT, "pam_unix.so broken_shadow", 0, IS(ENDED), 0, 0,
		    false },
		{ SESSION, "pam_unix.so", 0, USER, 0, 0, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_faillock(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 0, 0, false },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(2), 0, 0, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(2), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_faillock.so", 0, LOCKED(3), 7, WARD_BIT_COUNTED,
		    true },
		{ AUTH, "pam_faillock.so preauth deny=0", 0, LOCKED(9), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so preauth deny=0", 0, LOCKED(9), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_faillock.so preauth", 0, ROOT_LOCKED(3), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so preauth even_deny_root", 0,
		    ROOT_LOCKED(3), 0, 0, false },
		{ AUTH, "pam_faillock.so preauth admin_group=adm", 0, LOCKED(3),
		    0, WARD_BIT_UNSURE, true },
		{ AUTH, "pam_faillock.so authfail", 0, TYPED(WRONG), 25,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authfail", 0, TYPED(WRONG), 0, 0,
		    false },
		{ AUTH, "pam_faillock.so authfail", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authsucc", 0, USER, 0, WARD_BIT_RESET,
		    true },
		{ AUTH, "pam_faillock.so authsucc", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authsucc", 0, LOCKED(3), 0,
		    WARD_BIT_RESET, false },
		{ ACCOUNT, "pam_faillock.so", 0, LOCKED(3), 0, WARD_BIT_RESET,
		    true },
		{ ACCOUNT, "pam_faillock.so", 0, LOCKED(3), 7, 0, false },
		{ PASSWORD, "pam_faillock.so", 1, USER, 28, 0, true },
		{ AUTH, "pam_faillock.so preauth conf=/none", 0, LOCKED(3), 3,
		    0, true },
		{ AUTH, "pam_faillock.so preauth conf=/none", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_tally2.so deny=5", 0, LOCKED(5), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_tally2.so deny=5", 0, LOCKED(4), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_tally2.so", 0, LOCKED(99), 7, WARD_BIT_COUNTED,
		    false },
		{ AUTH, "pam_tally2.so deny=5", 0, ROOT_LOCKED(5), 7,
		    WARD_BIT_COUNTED, false },
		{ ACCOUNT, "pam_tally2.so", 0, USER, 0, WARD_BIT_RESET, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_who(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_deny.so", 0, USER, 7, 0, true },
		{ AUTH, "pam_deny.so", 0, USER, 0, 0, false },
		{ PASSWORD, "pam_deny.so", 1, BY_ROOT, 20, 0, true },
		{ AUTH, "pam_permit.so", 0, USER, 0, 0, true },
		{ AUTH, "pam_permit.so", 0, USER, 25, 0, false },
		{ AUTH, "pam_rootok.so", 0, BY_ROOT, 0, 0, true },
		{ AUTH, "pam_rootok.so", 0, USER, 0, 0, false },
		{ AUTH, "pam_rootok.so", 0, USER, 7, 0, true },
		{ SESSION, "pam_rootok.so", 0, BY_ROOT, 28, 0, true },
		{ AUTH, "pam_nologin.so", 0, USER, 25, 0, true },
		{ AUTH, "pam_nologin.so", 0, USER, 7, 0, true },
		{ AUTH, "pam_nologin.so", 0, BY_ROOT, 7, 0, false },
		{ AUTH, "pam_nologin.so successok", 0, USER, 0, 0, true },
		{ PASSWORD, "pam_nologin.so", 0, USER, 28, 0, true },
		{ AUTH, "pam_wheel.so trust", 0, USER, 0, 0, true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, USER, 0, 0,
		    true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, USER, 7, 0,
		    true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, BY_ROOT, 0, 0,
		    false },
		{ AUTH, "pam_succeed_if.so uid eq 0", 0, USER, 0, 0, false },
		{ AUTH, "pam_succeed_if.so uid eq 0", 0, BY_ROOT, 7, 0, false },
		{ AUTH, "pam_succeed_if.so user != root", 0, BY_ROOT, 0, 0,
		    false },
		{ AUTH, "pam_succeed_if.so user != root shell = /x", 0, USER, 7,
		    0, true },
		{ AUTH, "pam_env.so", 0, USER, 0, 0, false },
		{ AUTH, "pam_ecryptfs.so", 0, USER, 0, 0, true },
		{ ACCOUNT, "pam_env.so", 0, USER, 0, 0, true },
		{ AUTH, "pam_limits.so", 0, USER, 0, 0, true },
		{ AUTH, "pam_env.so", 0, USER, 25, 0, true },
		{ AUTH, "pam_sss.so", 0, TYPED(RIGHT), 0,
		    WARD_BIT_TESTED | WARD_BIT_UNSURE, true },
		{ AUTH, "pam_sss.so", 0, TYPED(WRONG), 0,
		    WARD_BIT_TESTED | WARD_BIT_UNSURE, false },
		{ AUTH, "pam_google_authenticator.so", 0, USER, 25, 0, false },
		{ AUTH, "pam_google_authenticator.so nullok", 0, USER, 25, 0,
		    true },
		{ AUTH, "pam_exec.so /bin/x", 0, USER, 0, WARD_BIT_UNSURE,
		    true },
		{ AUTH, "/opt/security/pam_deny.so", 0, USER, 0,
		    WARD_BIT_UNSURE, true },
		{ AUTH, "/lib/x86_64-linux-gnu/security/pam_deny.so", 0, USER,
		    0, WARD_BIT_UNSURE, false },
		{ AUTH, "/lib/../tmp/security/pam_deny.so", 0, USER, 0,
		    WARD_BIT_UNSURE, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* ---- new passwords -------------------------------------------------------------- */

static void
test_new_unix(void **state)
{
	static const struct fact facts[] = {
		{ PASSWORD, "pam_unix.so", 1, USER, 0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 5), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 5), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 6), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so min=9", 1, CANDIDATE(SHORT, 8), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9 sha512", 1,
		    CANDIDATE(SHORT, 8), 0, WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so minlen=9 sha512", 1, ROOTS(SHORT, 8),
		    0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9", 1, CANDIDATE(SHORT, 8), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9 sha512 des", 1,
		    CANDIDATE(SHORT, 8), 0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so obscure", 1, CANDIDATE(FEW_CLASSES, 1),
		    0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so obscure", 1, CANDIDATE(NAME, 0), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(OLD, 0), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(OLD, 1), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, ROOTS(OLD, 0), 0, WARD_BIT_SET,
		    true },
		{ PASSWORD, "pam_unix.so remember=3", 1, CANDIDATE(OLD, 3), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so remember=3", 1, CANDIDATE(OLD, 4), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so remember=3", 1, ROOTS(OLD, 0), 0,
		    WARD_BIT_SET, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_new_judged(void **state)
{
	static const struct fact facts[] = {
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 7), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 7), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 8), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so", 1, ROOTS(SHORT, 7), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so enforce_for_root", 1,
		    ROOTS(SHORT, 7), 0, 0, false },
		{ PASSWORD, "pam_pwquality.so enforce_for_root", 1,
		    ROOTS(OLD, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so enforcing=0", 1,
		    CANDIDATE(SHORT, 1), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so usercheck=0", 1,
		    CANDIDATE(NAME, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(WEAK, 0), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so dictcheck=0", 1,
		    CANDIDATE(WEAK, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so remember=5", 1, CANDIDATE(OLD, 1),
		    0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 0, CANDIDATE(SHORT, 1), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(SHORT, 5), 0, 0,
		    false },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(SHORT, 6), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so reject_username", 1,
		    CANDIDATE(NAME, 0), 0, 0, false },
		{ PASSWORD, "pam_passwdqc.so", 1, CANDIDATE(SHORT, 6), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_passwdqc.so use_authtok", 1,
		    CANDIDATE(SHORT, 6), 20, 0, true },
		{ PASSWORD, "pam_passwdqc.so", 1, ROOTS(SHORT, 6), 0, 0,
		    false },
		{ PASSWORD, "pam_passwdqc.so enforce=users", 1, ROOTS(SHORT, 6),
		    0, 0, true },
		{ PASSWORD, "pam_passwdqc.so enforce=none", 1,
		    CANDIDATE(SHORT, 1), 0, 0, true },
		{ PASSWORD, "pam_passwdqc.so try_first_pass", 1, USER, 26, 0,
		    true },
		{ PASSWORD, "pam_passwdqc.so try_first_pass", 1, USER, 0, 0,
		    false },
		{ PASSWORD, "pam_passwdqc.so config=/none", 0, USER, 26, 0,
		    true },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 2),
		    11, WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 2),
		    0, 0, false },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 3),
		    0, 0, true },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(OLD, 9), 0, 0,
		    false },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(OLD, 10), 0, 0,
		    true },
		{ PASSWORD, "pam_pwhistory.so", 1, ROOTS(OLD, 0), 0, 0, true },
		{ PASSWORD, "pam_pwhistory.so ENFORCE_FOR_ROOT", 1,
		    ROOTS(OLD, 0), 0, 0, false },
		{ PASSWORD, "pam_pwhistory.so remember=0", 1, CANDIDATE(OLD, 0),
		    25, 0, true },
		{ PASSWORD, "pam_pwhistory.so remember=0", 1, CANDIDATE(OLD, 0),
		    0, 0, false },
		{ PASSWORD, "pam_pwhistory.so retry=0", 1, USER, 0, 0, false },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(SHORT, 1), 0, 0,
		    true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* ---- pam_acctward ------------------------------------------------------------------- */

static void
test_ours(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_acctward.so preauth", 0, LOCKED(1), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_acctward.so preauth", 0, LOCKED(1), 25, 0, false },
		{ AUTH, "pam_acctward.so preauth", 0, ROOT_LOCKED(1), 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth", 0, USER, 25, 0, true },
		{ AUTH, "pam_acctward.so preauth", 0,
		    { .account = WARD_ACCOUNT_LOCKED, .without_ours = true },
		    25, 0, true },
		{ AUTH, "pam_acctward.so authfail", 0, TYPED(WRONG), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_acctward.so authfail", 0,
		    { .typed = WARD_TYPED_WRONG, .without_ours = true }, 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_acctward.so authfail", 0, TYPED(RIGHT), 25, 0,
		    false },
		{ AUTH, "pam_acctward.so authsucc", 0, USER, 0, WARD_BIT_RESET,
		    true },
		{ AUTH, "pam_acctward.so authsucc", 0, LOCKED(1), 0,
		    WARD_BIT_RESET, false },
		{ AUTH, "pam_acctward.so", 0, USER, 3, WARD_BIT_NO_TOKEN,
		    true },
		{ AUTH, "pam_acctward.so preauth authsucc", 0, USER, 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth retry=2", 0, USER, 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth nodelay lang=zh_TW", 0, USER,
		    25, 0, true },
		{ AUTH, "pam_acctward.so preauth lang=", 0, USER, 25, 0,
		    false },
		{ ACCOUNT, "pam_acctward.so", 0, IS(FINE), 0, WARD_BIT_RESET,
		    true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(ENDED), 0, WARD_BIT_RESET,
		    false },
		{ ACCOUNT, "pam_acctward.so", 0, IS(ENDED), 13, 0, true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(MUST_CHANGE), 12,
		    WARD_BIT_RESET, true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(MUST_CHANGE), 0,
		    WARD_BIT_RESET, false },
		{ ACCOUNT, "pam_acctward.so", 0,
		    { .account = WARD_ACCOUNT_ENDED, .without_ours = true }, 0,
		    0, true },
		{ PASSWORD, "pam_acctward.so", 1, CANDIDATE(SHORT, 40), 0, 0,
		    false },
		{ PASSWORD, "pam_acctward.so", 1, ROOTS(OLD, 40), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_acctward.so", 1, ROOTS(OLD, 40), 0, 0, false },
		{ PASSWORD, "pam_acctward.so", 1, USER, 0, 0, true },
		{ PASSWORD, "pam_acctward.so", 1,
		    { .candidate = WARD_NEW_WEAK, .without_ours = true }, 0, 0,
		    true },
		{ PASSWORD, "pam_acctward.so retry=3 changed", 1, USER, 25, 0,
		    false },
		{ PASSWORD, "pam_acctward.so changed", 1, CANDIDATE(WEAK, 0),
		    25, 0, true },
		{ SESSION, "pam_acctward.so", 0, USER, 0, 0, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* Nothing is left out: whatever the world, a module that has such a function
 * answers, and in no more ways than there is room for. */
static void
test_worlds(void **state)
{
	static const char *const lines[] = { "pam_unix.so nullok nullresetok",
		"pam_unix.so no_pass_expiry", "pam_pwquality.so",
		"pam_passwdqc.so", "pam_pwhistory.so", "pam_faillock.so",
		"pam_faillock.so authfail admin_group=x",
		"pam_faillock.so authsucc admin_group=x",
		"pam_tally2.so deny=1", "pam_deny.so", "pam_permit.so",
		"pam_rootok.so", "pam_nologin.so", "pam_access.so",
		"pam_sss.so", "pam_succeed_if.so uid = 0", "pam_env.so",
		"pam_acctward.so preauth", "pam_acctward.so authfail",
		"pam_acctward.so authsucc", "pam_acctward.so",
		"pam_acctward.so changed", "pam_strange.so" };
	struct ward_pam_may may[WARD_PAM_MAYS];
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, AUTH, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines) * 4 * 4 * 3 * 6 * 2; i++) {
		const enum ward_pam_type type = i / LENGTH(lines) % 4;
		const struct ward_pam_world world = {
			.account = i / LENGTH(lines) / 4 % 4,
			.typed = i / LENGTH(lines) / 16 % 3,
			.candidate = i / LENGTH(lines) / 48 % 6,
			.by = i / LENGTH(lines) / 288 % 2,
			.number = 1,
			.without_ours = i % 2 == 0,
		};
		size_t count;

		read_more(&r, type, lines[i % LENGTH(lines)]);
		count = ward_pam_line_may(&r.line, type, type == PASSWORD,
		    &world, may);
		assert_in_range(count, 1, WARD_PAM_MAYS);
		for (size_t j = 0; j < count; j++) {
			assert_true(may[j].codes != 0);
		}
	}
	done(&r);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_faillock),
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_new_unix),
		cmocka_unit_test(test_new_judged),
		cmocka_unit_test(test_ours),
		cmocka_unit_test(test_worlds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
