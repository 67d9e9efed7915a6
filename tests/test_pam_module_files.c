/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of modules, and the files and lines that give them. */
#include "tests/module_case.h"

/* ---- numbers, and where they come from -------------------------------------------- */

struct number {
	enum ward_pam_type type;
	const char *text;
	enum ward_pam_number number;
	int64_t value; /* -1: it asks for none */
	const char *source;
};

static void
check_numbers(const char *tree, const struct number *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct number *n = &numbers[i];
		const struct ward_source *source;
		char text[128];
		struct reading r;

		read_line(&r, tree, n->type, n->text);
		source = &r.line.numbers[n->number].source;
		(void)snprintf(text, sizeof(text), "%s:%u",
		    source->file == NULL ? "" : source->file, source->line);
		if (!r.line.numbers[n->number].value.known) {
			assert_int_equal(n->value, -1);
		} else if (r.line.numbers[n->number].value.value != n->value ||
		    strcmp(text, n->source) != 0) {
			fail_msg("number %zu: %s: %lld by %s, not %lld by %s",
			    i, n->text,
			    (long long)r.line.numbers[n->number].value.value,
			    text, (long long)n->value, n->source);
		}
		done(&r);
	}
}

#define QUALITY "/etc/security/pwquality.conf"
#define FAILLOCK "/etc/security/faillock.conf"

static void
test_numbers(void **state)
{
	static const struct number numbers[] = {
		{ AUTH, "pam_faillock.so preauth", WARD_PAM_ATTEMPTS, 3,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so preauth", WARD_PAM_SECONDS, 600,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=never", WARD_PAM_SECONDS,
		    0, HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=604801", WARD_PAM_SECONDS,
		    600, HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=900",
		    WARD_PAM_ROOT_SECONDS, 900, HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=900 root_unlock_time=60",
		    WARD_PAM_ROOT_SECONDS, 60, HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=900 root_unlock_time=60",
		    WARD_PAM_SECONDS, 900, HERE ":7" },
		{ AUTH, "pam_faillock.so root_unlock_time=60 admin_group=wheel",
		    WARD_PAM_SECONDS, 60, HERE ":7" },
		{ AUTH,
		    "pam_faillock.so root_unlock_time=never admin_group=wheel",
		    WARD_PAM_SECONDS, 600, HERE ":7" },
		{ AUTH,
		    "pam_faillock.so root_unlock_time=never admin_group=wheel",
		    WARD_PAM_ROOT_SECONDS, 0, HERE ":7" },
		{ AUTH, "pam_tally2.so deny=4 root_unlock_time=60",
		    WARD_PAM_ROOT_SECONDS, 60, HERE ":7" },
		{ AUTH, "pam_faillock.so deny=5x", WARD_PAM_ATTEMPTS, 5,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so deny=65538", WARD_PAM_ATTEMPTS, 2,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so deny=five", WARD_PAM_ATTEMPTS, 3,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=0", WARD_PAM_ATTEMPTS, 0,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=1 deny=5",
		    WARD_PAM_ATTEMPTS, 0, HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=8 deny=5",
		    WARD_PAM_ATTEMPTS, 0, HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=9 deny=5",
		    WARD_PAM_ATTEMPTS, 5, HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=1 deny=1",
		    WARD_PAM_ATTEMPTS, 1, HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=0 deny=1",
		    WARD_PAM_ATTEMPTS, 0, HERE ":7" },
		{ AUTH, "pam_tally2.so deny=4", WARD_PAM_SECONDS, 0,
		    HERE ":7" },
		{ AUTH, "pam_tally2.so deny=4 unlock_time=60", WARD_PAM_SECONDS,
		    60, HERE ":7" },
		{ PASSWORD, "pam_unix.so", WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD, "pam_unix.so minlen=12 yescrypt", WARD_PAM_LENGTH,
		    12, HERE ":7" },
		{ PASSWORD, "pam_unix.so", WARD_PAM_CLASSES, -1, "" },
		{ PASSWORD, "pam_unix.so remember=5", WARD_PAM_OLDER, 6,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=3", WARD_PAM_LENGTH, 6,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=12 dcredit=6 dictcheck=0",
		    WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=12 dcredit=6 ucredit=-2 "
		    "dictcheck=0",
		    WARD_PAM_LENGTH, 7, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=9 dcredit=1 ucredit=1 lcredit=1 "
		    "ocredit=1 dictcheck=0",
		    WARD_PAM_LENGTH, 5, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=9 dcredit=1 ucredit=1 lcredit=1 "
		    "ocredit=1",
		    WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=12 ucredit=-1",
		    WARD_PAM_LENGTH, 12, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=8 ucredit=-9",
		    WARD_PAM_LENGTH, 9, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so dcredit=-1 ocredit=-1",
		    WARD_PAM_CLASSES, 2, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minclass=9", WARD_PAM_CLASSES, 4,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=abc", WARD_PAM_LENGTH, 8,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so enforcing=0", WARD_PAM_LENGTH, -1,
		    "" },
		{ PASSWORD, "pam_cracklib.so", WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD,
		    "pam_cracklib.so minlen=14 dcredit=0 ucredit=0 lcredit=0 "
		    "ocredit=0",
		    WARD_PAM_LENGTH, 14, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so", WARD_PAM_LENGTH, 7, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so", WARD_PAM_CLASSES, 2, HERE ":7" },
		{ PASSWORD,
		    "pam_passwdqc.so min=disabled,disabled,disabled,disabled,9",
		    WARD_PAM_CLASSES, 4, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so min=12,10,10,9,8",
		    WARD_PAM_CLASSES, 1, HERE ":7" },
		{ PASSWORD, "pam_pwhistory.so", WARD_PAM_OLDER, 10, HERE ":7" },
		{ PASSWORD, "pam_pwhistory.so remember=999", WARD_PAM_OLDER,
		    400, HERE ":7" },
	};
	char *tree = ward_tree_new(NULL);

	(void)state;
	check_numbers(tree, numbers, LENGTH(numbers));
	ward_tree_remove(tree);
}

static void
test_files(void **state)
{
	static const struct ward_tree_file files[] = {
		{ QUALITY ".d/50.conf", "minlen = 20\nminclass=3\n" },
		{ QUALITY ".d/40.conf", "\n# x\nusercheck 0\ndictcheck=0 # y" },
		{ QUALITY ".d/60.conf~", "bogus\n" },
		{ QUALITY ".d/a.conf.conf", "bogus\n" },
		{ QUALITY ".d/.70.conf", "MINCLASS = 2\n" },
		{ QUALITY, "minlen=14\nenforce_for_root = 0\n" },
		{ FAILLOCK,
		    "deny = 4\nunlock_time=900\nbogus\neven_deny_root\n" },
		{ "/etc/other.conf", "deny = 6\n" },
		{ "/etc/qc", "# min=1,1,1,1,1\n\n min=disabled,20,15,10,9\n" },
		{ "/etc/login.defs", "ENCRYPT_METHOD SHA512\n" },
		{ NULL, NULL },
	};
	static const struct number numbers[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 14,
		    QUALITY ":1" },
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_CLASSES, 3,
		    QUALITY ".d/50.conf:2" },
		{ PASSWORD, "pam_pwquality.so minlen=9", WARD_PAM_LENGTH, 9,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so", WARD_PAM_ATTEMPTS, 4,
		    FAILLOCK ":1" },
		{ AUTH, "pam_faillock.so", WARD_PAM_SECONDS, 900,
		    FAILLOCK ":2" },
		{ AUTH, "pam_faillock.so deny=5", WARD_PAM_ATTEMPTS, 5,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so conf=/etc/other.conf",
		    WARD_PAM_ATTEMPTS, 6, "/etc/other.conf:1" },
		{ AUTH, "pam_faillock.so conf=/etc/other.conf",
		    WARD_PAM_SECONDS, 600, HERE ":7" },
		{ AUTH, "pam_faillock.so conf=/none conf=/etc/other.conf",
		    WARD_PAM_ATTEMPTS, 6, "/etc/other.conf:1" },
		{ PASSWORD, "pam_passwdqc.so config=/etc/qc", WARD_PAM_LENGTH,
		    9, "/etc/qc:3" },
		{ PASSWORD, "pam_unix.so minlen=11", WARD_PAM_LENGTH, 11,
		    HERE ":7" },
	};
	static const struct fact facts[] = {
		{ PASSWORD, "pam_pwquality.so", 1, ROOTS(SHORT, 13), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(WEAK, 0), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so", 0, ROOT_LOCKED(4), 7,
		    WARD_BIT_COUNTED, true },
	};
	char *tree = ward_tree_new(files);

	(void)state;
	check_numbers(tree, numbers, LENGTH(numbers));
	check(tree, facts, LENGTH(facts));
	ward_tree_remove(tree);
}

/* What stands before an error holds, and nothing behind it. */
static void
test_files_wrong(void **state)
{
	static const struct number stopped[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 20,
		    QUALITY ":1" },
		{ PASSWORD, "pam_pwquality.so minlen=9", WARD_PAM_LENGTH, 9,
		    HERE ":7" },
	}, early[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 11,
		    QUALITY ".d/a.conf:1" },
	}, none[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 8, HERE ":7" },
		{ AUTH, "pam_faillock.so", WARD_PAM_ATTEMPTS, 3, HERE ":7" },
	};
	static const struct fact torn[] = {
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 3, 0, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, false },
	};
	char *tree = ward_tree_new(NULL), line[1100];

	(void)state;
	ward_tree_put(tree, QUALITY, "minlen=20\nbogus=1\nminlen=8\n", 27);
	check_numbers(tree, stopped, LENGTH(stopped));
	ward_tree_put(tree, QUALITY ".d/a.conf", "minlen=11\nminlen=x\n", 19);
	check_numbers(tree, early, LENGTH(early));
	memset(line, ' ', sizeof(line));
	line[1022] = '\n';
	ward_tree_put(tree, FAILLOCK, line, 1023);
	check_numbers(tree, none + 1, 1);
	line[1022] = ' ';
	line[1023] = '\n';
	ward_tree_put(tree, FAILLOCK, line, 1024);
	check(tree, torn, LENGTH(torn));
	ward_tree_remove(tree);

	tree = ward_tree_new(NULL);
	ward_tree_dir(tree, QUALITY);
	ward_tree_dir(tree, FAILLOCK);
	ward_tree_put(tree, QUALITY ".d", "minlen=30\n", 10);
	check_numbers(tree, none, LENGTH(none));
	ward_tree_remove(tree);
}

static void
check_unknown(const char *tree, enum ward_pam_type type, const char *text,
    const char *file)
{
	const struct ward_pam_world world = { 0 };
	struct reading r;

	read_line(&r, tree, type, text);
	assert_non_null(r.line.why);
	assert_null(r.line.module);
	assert_string_equal(r.line.why_source.file, file);
	assert_true(can(&r.line, type, 0, &world, 0, WARD_BIT_UNSURE));
	assert_true(ward_pam_line_sets(&r.line));
	done(&r);
}

static void
test_unreadable(void **state)
{
	char *tree = ward_tree_new(NULL);

	(void)state;
	ward_tree_fifo(tree, QUALITY);
	ward_tree_fifo(tree, FAILLOCK);
	ward_tree_fifo(tree, "/etc/login.defs");
	ward_tree_put(tree, "/etc/security/pwhistory.conf", "retry=3\n", 8);
	check_unknown(tree, PASSWORD, "pam_pwquality.so", QUALITY);
	check_unknown(tree, AUTH, "pam_faillock.so", FAILLOCK);
	check_unknown(tree, PASSWORD, "pam_unix.so minlen=9",
	    "/etc/login.defs");
	check_unknown(tree, PASSWORD, "pam_pwhistory.so",
	    "/etc/security/pwhistory.conf");
	check_unknown(tree, AUTH, "pam_faillock.so conf=here", "here");
	check_unknown(tree, PASSWORD, "pam_passwdqc.so config=here", "here");
	ward_tree_put(tree, "/loop", "config=/loop\n", 13);
	check_unknown(tree, PASSWORD, "pam_passwdqc.so config=/loop", "/loop");
	ward_tree_remove(tree);
}

/* ---- lines that go together -------------------------------------------------------- */

static void
test_lockouts(void **state)
{
	static const struct {
		const char *text;
		uint32_t lockout;
	} lines[] = {
		{ "pam_faillock.so preauth", 1 },
		{ "pam_faillock.so authfail dir=/var/run/faillock/", 1 },
		{ "pam_faillock.so authfail dir=/run//faillock", 1 },
		{ "pam_faillock.so authfail dir=/var/log/faillock", 2 },
		{ "pam_faillock.so authfail dir=faillock", 1 },
		{ "pam_tally2.so deny=3", 3 },
		{ "pam_acctward.so preauth", 4 },
		{ "pam_tally2.so deny=3 file=/x", 5 },
		{ "pam_unix.so", 0 },
	};
	struct ward_pam_world world = LOCKED(9);
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, AUTH, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines); i++) {
		read_more(&r, AUTH, lines[i].text);
		assert_int_equal(r.line.lockout, lines[i].lockout);
	}
	/* Another's lockout is neither locked nor counted in this one. */
	read_more(&r, AUTH, "pam_faillock.so preauth");
	world.lockout = 1;
	assert_true(can(&r.line, AUTH, 0, &world, 7, WARD_BIT_COUNTED));
	world.lockout = 2;
	assert_false(can(&r.line, AUTH, 0, &world, 7, WARD_BIT_COUNTED));
	assert_true(can(&r.line, AUTH, 0, &world, 0, 0));
	read_more(&r, AUTH, "pam_faillock.so authfail");
	assert_true(can(&r.line, AUTH, 0, &world, 25, 0));
	assert_false(can(&r.line, AUTH, 0, &world, 25, WARD_BIT_COUNTED));
	done(&r);
	ward_tree_remove(tree);
}

static void
test_tokens(void **state)
{
	static const struct {
		const char *text;
		bool uses, asks, again;
	} lines[] = {
		{ "pam_unix.so", false, true, true },
		{ "pam_unix.so try_first_pass", false, true, true },
		{ "pam_unix.so use_authtok", true, false, false },
		{ "pam_unix.so use_first_pass", true, false, false },
		{ "pam_unix.so use_authtokk", false, true, true },
		{ "pam_pwquality.so", false, true, false },
		{ "pam_pwquality.so retry=3", false, true, true },
		{ "pam_pwquality.so retry=3 use_authtok", true, false, false },
		{ "pam_pwhistory.so", false, true, false },
		{ "pam_pwhistory.so retry=2", false, true, true },
		{ "pam_pwhistory.so remember=0", false, false, false },
		{ "pam_passwdqc.so", false, true, true },
		{ "pam_acctward.so", false, true, true },
		{ "pam_acctward.so use_authtok", true, false, false },
		{ "pam_acctward.so changed", false, false, false },
		{ "pam_permit.so", false, false, false },
		{ "pam_strange.so", false, true, true },
	};
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, PASSWORD, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines); i++) {
		read_more(&r, PASSWORD, lines[i].text);
		if (ward_pam_line_uses_authtok(&r.line) != lines[i].uses ||
		    ward_pam_line_asks(&r.line) != lines[i].asks ||
		    ward_pam_line_asks_again(&r.line) != lines[i].again) {
			fail_msg("%s", lines[i].text);
		}
	}
	assert_true(ward_pam_line_sets(&r.line));
	read_more(&r, PASSWORD, "pam_unix.so");
	assert_true(ward_pam_line_sets(&r.line));
	assert_true(ward_pam_line_tests(&r.line));
	read_more(&r, PASSWORD, "pam_pwquality.so");
	assert_false(ward_pam_line_sets(&r.line));
	assert_false(ward_pam_line_tests(&r.line));
	done(&r);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_files_wrong),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_lockouts),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
