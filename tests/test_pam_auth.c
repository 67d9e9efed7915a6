/* SPDX-License-Identifier: BSD-2-Clause */
/* The tally, from libpam's side: who is tested, and what came of it. */
#include "tests/pam_case.h"

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "state/state.h"

#define CONF \
	"[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n" \
	"[login.lockout]\nbreak_glass = lee\n"
#define WRONG "Wrong-7-horse"

/* The pack's numbers: 5 attempts, 900 seconds. */
#define ATTEMPTS 5

static int
setup(void **state)
{
	struct pam_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	pam_case_new(c, CONF);
	*state = c;
	return 0;
}

static int
teardown(void **state)
{
	pam_case_free(*state);
	free(*state);
	return 0;
}

static void
fail_times(const struct pam_case *c, const char *user, int times)
{
	for (int i = 0; i < times; i++) {
		assert_int_equal(pam_log_in(c, "stack", user, WRONG),
		    PAM_AUTH_ERR);
	}
}

/* What the account's tally says, by the pack's numbers. */
static struct ward_tally_view
look(const struct pam_case *c, const char *user)
{
	const struct ward_limits limits = { ATTEMPTS, 900 };
	struct ward_state *state = NULL;
	struct ward_tally *tally = NULL;
	struct ward_tally_view view = { .count = 0 };
	struct ward_instant now;

	assert_int_equal(ward_instant_now(&now, NULL), 0);
	if (ward_state_open(c->tree, WARD_STATE_LOOK, &state, NULL) == 0 &&
	    ward_tally_open(state, user, WARD_TALLY_LOOK, &tally, NULL) == 0) {
		assert_int_equal(ward_tally_view(tally, &limits, &now, &view,
				     NULL),
		    0);
	}
	ward_tally_close(tally);
	ward_state_close(state);
	return view;
}

static bool
is_being_tested(const struct pam_case *c, const char *user)
{
	const struct ward_tally_view view = look(c, user);

	for (size_t i = 0; i < view.count; i++) {
		if (view.list[i].kind == WARD_FAILURE_TESTING) {
			return true;
		}
	}
	return false;
}

static bool
has_tally(const struct pam_case *c, const char *file)
{
	char path[256];
	char *text;

	(void)snprintf(path, sizeof(path), "/var/lib/acctward/accounts/%s",
	    file);
	text = pam_case_text(c, path);
	free(text);
	return text != NULL;
}

/* 附表十: five failures, then at least 15 minutes. */

static void
test_lockout__right_password_is_let_in(void **state)
{
	struct pam_case *c = *state;

	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	assert_int_equal(look(c, "wang").counting, 0);
	assert_int_equal(pam_case_tested(c, '+'), 1);
}

static void
test_lockout__four_failures_do_not_lock(void **state)
{
	struct pam_case *c = *state;

	fail_times(c, "wang", ATTEMPTS - 1);
	assert_int_equal(look(c, "wang").counting, ATTEMPTS - 1);
	assert_false(look(c, "wang").locked);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "login.failed"), ATTEMPTS - 1);
	assert_int_equal(pam_case_events(c, "login.locked"), 0);
}

static void
test_lockout__the_fifth_locks(void **state)
{
	struct pam_case *c = *state;

	fail_times(c, "wang", ATTEMPTS);
	assert_true(look(c, "wang").locked);
	assert_true(look(c, "wang").left > 890 * 1000);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	/* The right one was not even tested. */
	assert_int_equal(pam_case_tested(c, '+'), 0);
	assert_int_equal(pam_case_tested(c, '-'), ATTEMPTS);
	assert_int_equal(pam_case_events(c, "login.locked"), 1);
	assert_int_equal(pam_case_events(c, "login.refused"), 1);
	/* It is of one account alone. */
	assert_int_equal(pam_log_in(c, "stack", "lee", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
}

static void
test_lockout__a_success_clears(void **state)
{
	struct pam_case *c = *state;

	fail_times(c, "wang", ATTEMPTS - 1);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	fail_times(c, "wang", ATTEMPTS - 1);
	assert_false(look(c, "wang").locked);
}

static void
test_lockout__required_in_place_of_requisite(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "stack",
	    "auth required @door preauth nodelay\n"
	    "auth sufficient @probe\n"
	    "auth [default=die] @door authfail nodelay\n"
	    "account required @door\n");
	fail_times(c, "wang", ATTEMPTS);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	/* The stack goes on, but not with what was typed. */
	assert_int_equal(pam_case_tested(c, '+'), 0);
	assert_int_equal(pam_case_tested(c, '-'), ATTEMPTS);
	assert_int_equal(pam_case_tested(c, '!'), 1);
}

static void
test_lockout__no_plan_asks_for_it(void **state)
{
	struct pam_case *c = *state;

	ward_tree_put(c->tree, "/etc/acctward/acctward.conf",
	    "[acctward]\nplan = P-ZX\n", 23);
	fail_times(c, "wang", ATTEMPTS + 1);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	assert_false(has_tally(c, "wang"));
}

/* Who is asked for nothing is not counted. */

static void
test_prompt__left_alone_counts_nothing(void **state)
{
	struct pam_case *c = *state;

	/* What pam_get_authtok(3) makes of it. */
	assert_int_equal(pam_log_in(c, "stack", "wang", NULL), PAM_AUTHTOK_ERR);
	assert_false(has_tally(c, "wang"));
	assert_int_equal(pam_case_events(c, "login.failed"), 0);
}

static void
test_prompt__filler_of_sshd_is_nobodys_guess(void **state)
{
	struct pam_case *c = *state;

	for (int i = 0; i < ATTEMPTS + 1; i++) {
		assert_int_equal(pam_log_in(c, "stack", "root",
				     "\b\n\r\177INCORRECT\b\n\r"),
		    PAM_AUTH_ERR);
	}
	assert_int_equal(look(c, "root").counting, 0);
	assert_int_equal(pam_log_in(c, "stack", "root", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
}

static void
test_unknown__no_file_for_a_name_that_does_not_exist(void **state)
{
	struct pam_case *c = *state;
	const char *const names[] = { "nobody-here", "../../etc/passwd", ".",
		"..", "wang/", "WANG", "wang ", "王" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(pam_log_in(c, "stack", names[i], WRONG),
		    PAM_AUTH_ERR);
	}
	assert_false(has_tally(c, "nobody-here"));
	assert_false(has_tally(c, "WANG"));
	assert_int_equal(pam_case_events(c, "login.failed"), 0);
}

/* Every way in which a stack can end. */

static void
test_stack__ended_before_authfail_counts(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "short",
	    "auth requisite @door preauth nodelay\n"
	    "auth requisite @probe\n"
	    "auth required @door authsucc\n");
	for (int i = 0; i < ATTEMPTS; i++) {
		assert_int_equal(pam_log_in(c, "short", "wang", WRONG),
		    PAM_AUTH_ERR);
	}
	assert_int_equal(look(c, "wang").counting, ATTEMPTS);
	assert_int_equal(pam_case_events(c, "login.locked"), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pam_log_in(c, "short", "wang", PAM_CASE_RIGHT),
		    PAM_AUTH_ERR);
		/* The first to come by tells of the lock, and nobody else. */
		assert_int_equal(pam_case_events(c, "login.locked"), 1);
	}
	assert_int_equal(pam_case_events(c, "login.refused"), 2);
	assert_int_equal(pam_case_tested(c, '+'), 0);
}

/* Attempts of which no line says what came, from another host. */
static void
abandon_times(struct pam_case *c, int times)
{
	pam_case_service(c, "short",
	    "auth requisite @door preauth nodelay\n"
	    "auth requisite @probe\n");
	for (int i = 0; i < times; i++) {
		struct pam_login login;

		pam_login_start(c, "short", "wang", "ssh", "198.51.100.66",
		    &login);
		login.answer = WRONG;
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
		pam_login_end(&login);
	}
}

/* Who finds it has not done it. */
static void
assert_locked_by_others(const struct pam_case *c)
{
	char *text = pam_case_text(c, "/var/log/acctward/events.jsonl");
	char *line = text == NULL ? NULL : strstr(text, "\"login.locked\"");

	assert_int_equal(pam_case_events(c, "login.locked"), 1);
	line = strsep(&line, "\n");
	assert_non_null(strstr(line, "\"service\":\"short\""));
	assert_non_null(strstr(line, "\"rhost\":\"198.51.100.66\""));
	assert_null(strstr(line, "\"tty\""));
	assert_non_null(strstr(line, "\"detail\":\"nobody said what came"));
	free(text);
}

static void
test_found_lock__by_the_next_to_come(void **state)
{
	struct pam_case *c = *state;

	abandon_times(c, ATTEMPTS);
	assert_int_equal(pam_case_events(c, "login.locked"), 0);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	assert_locked_by_others(c);
	assert_true(pam_case_tells(c, "\"event\":\"login.refused\""));
}

#define OWN_SUFFICIENT \
	"auth requisite @door preauth own_prompts nodelay\n" \
	"auth sufficient @probe prompt\n" \
	"auth [default=die] @door authfail own_prompts nodelay\n" \
	"account required @door\n"

/* By one that was let try before: nobody comes by in between. */
static void
test_found_lock__by_a_success(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "own", OWN_SUFFICIENT);
	pam_login_start(c, "own", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	abandon_times(c, ATTEMPTS);
	assert_int_equal(pam_case_events(c, "login.locked"), 0);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_AUTH_ERR);
	pam_login_end(&login);
	assert_locked_by_others(c);
	assert_int_equal(pam_case_events(c, "login.refused"), 1);
}

/* By a failure that comes after it, which is one more and no lock. */
static void
test_found_lock__by_a_failure(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "behind",
	    "auth [default=die] @door authfail nodelay\n");
	abandon_times(c, ATTEMPTS);
	assert_int_equal(pam_log_in(c, "behind", "wang", WRONG), PAM_AUTH_ERR);
	assert_locked_by_others(c);
	assert_int_equal(pam_case_events(c, "login.failed"), 1);
}

/* ---- the same work, as on a busy host that is the same time ---------------- */

static int64_t
cpu_now(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* What it takes to hold a password against the hash, at its fastest. */
static int64_t
cpu_of_hash(const char *hash)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		const int64_t before = cpu_now();
		enum ward_match match = WARD_MATCH_UNKNOWN;
		int64_t taken;

		assert_int_equal(ward_password_match(hash, WRONG, &match, NULL),
		    0);
		assert_int_equal(match, WARD_MATCH_NOT);
		taken = cpu_now() - before;
		least = taken < least ? taken : least;
	}
	return least;
}

static int64_t
cpu_of_failure(const struct pam_case *c, const char *service, const char *user,
    const char *password)
{
	const int64_t before = cpu_now();

	assert_int_equal(pam_log_in(c, service, user, password), PAM_AUTH_ERR);
	return cpu_now() - before;
}

/* Several times what all else of a log-in takes. */
#define COSTLY \
	"$6$rounds=150000$rrE5uUo9RkxBqsQN$" \
	"TBsUIRTHYRXW4oEqJQkwaEG.2wvtPXtp4owMJAUP3FFGKvlBq2e2IK.6NZn1" \
	"WWNSdEZ.TVdDZtRILw009Cphj1"

static void
test_work__locked_is_as_costly_as_wrong(void **state)
{
	struct pam_case *c = *state;
	const int64_t costly = cpu_of_hash(COSTLY);
	const int64_t usual = cpu_of_hash(PAM_CASE_HASH);

	pam_case_shadow(c, "wang", COSTLY, pam_case_today(), -1);
	pam_case_shadow(c, "lee", "*", pam_case_today(), -1);
	/* Whoever tests it has done that work; the probe does none. */
	assert_true(cpu_of_failure(c, "stack", "wang", WRONG) < costly / 2);
	fail_times(c, "wang", ATTEMPTS - 1);
	fail_times(c, "lee", ATTEMPTS);
	assert_true(cpu_of_failure(c, "stack", "wang", WRONG) > costly / 2);
	assert_true(
	    cpu_of_failure(c, "stack", "wang", PAM_CASE_RIGHT) > costly / 2);
	assert_true(cpu_of_failure(c, "stack", "lee", WRONG) > usual / 2);
	assert_int_equal(pam_case_tested(c, '+'), 0);
	assert_int_equal(pam_case_tested(c, '-'), 2 * ATTEMPTS);
	/* Nobody knows what the others do. */
	pam_case_service(c, "own",
	    "auth requisite @door preauth own_prompts nodelay\n");
	assert_true(cpu_of_failure(c, "own", "wang", WRONG) < costly / 2);
}

static void
test_work__unknown_is_as_costly_as_wrong(void **state)
{
	struct pam_case *c = *state;
	const int64_t usual = cpu_of_hash(PAM_CASE_HASH);

	pam_case_shadow(c, "lee", "*", pam_case_today(), -1);
	assert_true(
	    cpu_of_failure(c, "stack", "nobody-here", WRONG) > usual / 2);
	/* What sshd(8) sends for a name that does not exist. */
	assert_true(cpu_of_failure(c, "stack", "nobody-here",
			"\b\n\r\177INCORRECT") > usual / 2);
	/* Against a field that is no hash no module computes any. */
	assert_true(cpu_of_failure(c, "stack", "lee", WRONG) > usual / 2);
}

/* Whatever was wrong, the answer comes at a step of a quarter of a second. */
static void
test_pace__no_failure_is_faster(void **state)
{
	static const struct {
		const char *service, *user, *password;
	} cases[] = {
		{ "stack", "wang", WRONG },
		{ "stack", "nobody-here", WRONG },
		{ "stack", "nobody-here", "\b\n\r\177INCORRECT" },
		{ "stack", "lee", PAM_CASE_RIGHT }, /* locked */
		{ "required", "lee", PAM_CASE_RIGHT },
	};
	struct pam_case *c = *state;
	struct timespec before, after;

	pam_case_service(c, "required",
	    "auth required @door preauth nodelay\n"
	    "auth required @door authsucc nodelay\n");
	fail_times(c, "lee", ATTEMPTS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)clock_gettime(CLOCK_MONOTONIC, &before);
		assert_int_equal(pam_log_in(c, cases[i].service, cases[i].user,
				     cases[i].password),
		    PAM_AUTH_ERR);
		(void)clock_gettime(CLOCK_MONOTONIC, &after);
		assert_true((after.tv_sec - before.tv_sec) * 1000 +
			(after.tv_nsec - before.tv_nsec) / 1000000 >=
		    250);
	}
}

/* authselect's order: what succeeds leaves the stack at once. */
#define SUFFICIENT \
	"auth required @door preauth nodelay\n" \
	"auth sufficient @probe\n" \
	"auth [default=die] @door authfail nodelay\n" \
	"account required @door\n"

static void
test_stack__account_hears_of_the_success(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "sufficient", SUFFICIENT);
	for (int i = 0; i < ATTEMPTS + 1; i++) {
		pam_login_start(c, "sufficient", "wang", NULL, NULL, &login);
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
		assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_SUCCESS);
		pam_login_end(&login);
	}
	assert_int_equal(look(c, "wang").counting, 0);
}

static void
test_stack__setcred_hears_of_the_success(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "sufficient", SUFFICIENT);
	for (int i = 0; i < ATTEMPTS + 1; i++) {
		pam_login_start(c, "sufficient", "wang", NULL, NULL, &login);
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
		assert_int_equal(pam_setcred(login.pamh, PAM_ESTABLISH_CRED),
		    PAM_SUCCESS);
		pam_login_end(&login);
	}
	assert_int_equal(look(c, "wang").counting, 0);
}

static void
test_stack__several_tries_on_one_handle(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_login_start(c, "stack", "wang", NULL, NULL, &login);
	login.answer = WRONG;
	for (int i = 0; i < ATTEMPTS; i++) {
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
	}
	login.answer = PAM_CASE_RIGHT;
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(login.prompts, ATTEMPTS + 1);
	assert_int_equal(pam_case_tested(c, '+'), 0);
	pam_login_end(&login);
}

#define OWN \
	"auth requisite @door preauth own_prompts nodelay\n" \
	"auth [success=2 conv_err=die default=ignore] @probe prompt\n" \
	"auth [default=die] @door authfail own_prompts nodelay\n" \
	"auth requisite pam_deny.so\n" \
	"auth required @door authsucc own_prompts\n"

static void
test_own_prompts__asked_once_and_counted(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "own", OWN);
	pam_login_start(c, "own", "wang", NULL, NULL, &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(login.prompts, 1);
	pam_login_end(&login);
	for (int i = 0; i < ATTEMPTS; i++) {
		assert_int_equal(pam_log_in(c, "own", "wang", WRONG),
		    PAM_AUTH_ERR);
	}
	assert_true(look(c, "wang").locked);
	assert_int_equal(pam_log_in(c, "own", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	assert_int_equal(pam_case_tested(c, '+'), 1);
}

static void
test_own_prompts__a_prompt_left_alone_counts_nothing(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "own", OWN);
	assert_int_equal(pam_log_in(c, "own", "wang", NULL), PAM_CONV_ERR);
	assert_int_equal(look(c, "wang").counting, 0);
}

/* A right password that comes after the lock is a guess like others. */
static void
test_own_prompts__the_lock_has_the_last_word(void **state)
{
	struct pam_case *c = *state;
	struct pam_login late;
	int at_prompt[2], status;
	char byte = 0, text[512];
	pid_t pid;

	pam_case_service(c, "own", OWN);
	(void)snprintf(text, sizeof(text),
	    "auth requisite @door preauth own_prompts nodelay\n"
	    "auth [success=2 default=ignore] @probe prompt gate=%s/gate\n"
	    "auth [default=die] @door authfail own_prompts nodelay\n"
	    "auth requisite pam_deny.so\n"
	    "auth required @door authsucc own_prompts\n",
	    c->tree);
	pam_case_service(c, "slow", text);
	assert_int_equal(pipe(at_prompt), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		pam_login_start(c, "slow", "wang", NULL, NULL, &late);
		if (write(at_prompt[1], &byte, 1) != 1) {
			_exit(9);
		}
		_exit(pam_authenticate(late.pamh, 0));
	}
	assert_int_equal(read(at_prompt[0], &byte, 1), 1);
	(void)nanosleep(&(const struct timespec){ 0, 100000000 }, NULL);
	for (int i = 0; i < ATTEMPTS; i++) {
		(void)pam_log_in(c, "own", "wang", WRONG);
	}
	ward_tree_put(c->tree, "/gate", "", 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), PAM_AUTH_ERR);
}

/* Root at the machine itself. */

static int
log_in_at(const struct pam_case *c, const char *user, const char *tty,
    const char *rhost, const char *ruser)
{
	struct pam_login login;

	pam_login_start(c, "stack", user, tty, rhost, &login);
	if (ruser != NULL) {
		assert_int_equal(pam_set_item(login.pamh, PAM_RUSER, ruser),
		    PAM_SUCCESS);
	}
	login.status = pam_authenticate(login.pamh, 0);
	pam_login_end(&login);
	return login.status;
}

static void
test_console__stays_a_way_in(void **state)
{
	const struct {
		const char *user, *tty, *rhost, *ruser;
		int expected;
	} cases[] = {
		{ "root", "tty1", NULL, NULL, PAM_SUCCESS },
		{ "root", "/dev/tty1", NULL, NULL, PAM_SUCCESS },
		{ "root", "/dev/console", NULL, "root", PAM_SUCCESS },
		{ "root", "ttyS0", "", NULL, PAM_SUCCESS },
		/* named by the agency: break_glass */
		{ "lee", "tty1", NULL, NULL, PAM_SUCCESS },
		{ "wang", "tty1", NULL, NULL, PAM_AUTH_ERR },
		{ "root", "ssh", "192.0.2.7", NULL, PAM_AUTH_ERR },
		{ "root", "tty1", "192.0.2.7", NULL, PAM_AUTH_ERR },
		{ "root", "/dev/pts/1", NULL, NULL, PAM_AUTH_ERR },
		{ "root", NULL, NULL, NULL, PAM_AUTH_ERR },
		{ "root", "tty", NULL, NULL, PAM_AUTH_ERR },
		{ "root", "tty1x", NULL, NULL, PAM_AUTH_ERR },
		/* su(1) of a user who sits there */
		{ "root", "tty1", NULL, "wang", PAM_AUTH_ERR },
	};
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	fail_times(c, "root", ATTEMPTS);
	fail_times(c, "wang", ATTEMPTS);
	fail_times(c, "lee", ATTEMPTS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("case %zu\n", i);
		assert_int_equal(log_in_at(c, cases[i].user, cases[i].tty,
				     cases[i].rhost, cases[i].ruser),
		    cases[i].expected);
	}
	/* Nothing is forgotten by it. */
	assert_true(look(c, "root").locked);
}

/* What cannot be decided is refused. */

static void
test_closed__option_that_is_not_known(void **state)
{
	const char *const options[] = { "preauht", "preauth deny=3",
		"preauth root=relative", "preauth lang=xx", "" };
	struct pam_case *c = *state;
	char text[128];

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "auth requisite @door %s\nauth required @probe\n",
		    options[i]);
		pam_case_service(c, "bad", text);
		assert_int_equal(pam_log_in(c, "bad", "wang", PAM_CASE_RIGHT),
		    PAM_SERVICE_ERR);
	}
	assert_int_equal(pam_case_tested(c, '+'), 0);
}

static void
test_closed__no_plan_can_be_had(void **state)
{
	struct pam_case *c = *state;

	ward_tree_put(c->tree, "/etc/acctward/acctward.conf",
	    "[acctward]\nplan = none-such\n", 28);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	assert_int_equal(pam_case_tested(c, '+'), 0);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_true(pam_case_tells(c, "\"detail\":\"refused: "));
	if (getuid() == 0) {
		assert_int_equal(log_in_at(c, "root", "tty1", NULL, NULL),
		    PAM_SUCCESS);
		assert_true(pam_case_tells(c, "\"detail\":\"let try: "));
		assert_true(pam_case_tells(c, "\"detail\":\"let in: "));
	}
}

static void
test_closed__a_broken_plan_leaves_the_one_before_in_force(void **state)
{
	struct pam_case *c = *state;
	/* Not within the time in which what was read may still change. */
	const struct timespec pause = { 2, 100000000 };

	(void)nanosleep(&pause, NULL);
	fail_times(c, "wang", 1);
	ward_tree_put(c->tree, "/etc/acctward/acctward.conf",
	    "[acctward\nplan = P-ZX\n", 22);
	fail_times(c, "wang", ATTEMPTS - 1);
	assert_true(look(c, "wang").locked);
	assert_int_equal(pam_log_in(c, "stack", "lee", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "plan.stale"), ATTEMPTS);
}

static void
test_closed__a_tally_that_others_can_write(void **state)
{
	struct pam_case *c = *state;

	fail_times(c, "wang", 1);
	ward_tree_chmod(c->tree, "/var/lib/acctward/accounts/wang", 0666);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
	assert_int_equal(pam_case_tested(c, '+'), 0);
}

/* Who has no privileges can't keep a tally, and is not kept from his own
 * screen by that. */
static void
test_unprivileged__is_left_to_the_other_modules(void **state)
{
	struct pam_case *c = *state;
	int status;
	pid_t pid;

	if (getuid() != 0) {
		skip();
	}
	assert_int_equal(chmod(c->tree, 0755), 0);
	if (getenv("TMPDIR") != NULL) {
		assert_int_equal(chmod(getenv("TMPDIR"), 0711), 0);
	}
	fail_times(c, "wang", 1);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0 ||
		    pam_log_in(c, "stack", "wang", WRONG) != PAM_AUTH_ERR) {
			_exit(1);
		}
		_exit(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT) !=
		    PAM_SUCCESS);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(look(c, "wang").counting, 1);
}

/* Many at once. */

struct crowd {
	size_t in, out, other;
};

/* So many processes log in, all let go at the same moment. */
static struct crowd
log_in_many(const struct pam_case *c, size_t count, const char *user,
    const char *password)
{
	struct crowd crowd = { 0, 0, 0 };
	int gate[2];
	char byte;

	assert_int_equal(pipe(gate), 0);
	for (size_t i = 0; i < count; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			(void)close(gate[1]);
			if (read(gate[0], &byte, 1) != 0) {
				_exit(99);
			}
			_exit(pam_log_in(c, "stack", user, password));
		}
	}
	(void)close(gate[0]);
	(void)close(gate[1]);
	for (size_t i = 0; i < count; i++) {
		int status;

		assert_true(wait(&status) > 0);
		crowd.in += status == PAM_SUCCESS;
		crowd.out += WIFEXITED(status) &&
		    WEXITSTATUS(status) == PAM_AUTH_ERR;
		crowd.other += !WIFEXITED(status) ||
		    (WEXITSTATUS(status) != PAM_SUCCESS &&
			WEXITSTATUS(status) != PAM_AUTH_ERR);
	}
	return crowd;
}

static size_t
crowd_size(size_t count)
{
	/* Under valgrind a process takes a second. */
	return getenv("VALGRIND") != NULL && *getenv("VALGRIND") != '\0' ?
	    count / 50 :
	    count;
}

static void
slow_probe(struct pam_case *c)
{
	pam_case_service(c, "stack",
	    "auth requisite @door preauth nodelay\n"
	    "auth [success=2 default=ignore] @probe ms=20\n"
	    "auth [default=die] @door authfail nodelay\n"
	    "auth requisite pam_deny.so\n"
	    "auth required @door authsucc\n");
}

static void
test_many__wrong_at_once(void **state)
{
	struct pam_case *c = *state;
	const size_t count = crowd_size(1000);
	struct crowd crowd;

	slow_probe(c);
	crowd = log_in_many(c, count, "wang", WRONG);
	assert_int_equal(crowd.out, count);
	assert_int_equal(pam_case_tested(c, '-'), ATTEMPTS);
	assert_true(look(c, "wang").locked);
	assert_int_equal(look(c, "wang").counting, ATTEMPTS);
	assert_int_equal(pam_case_events(c, "login.locked"), 1);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	assert_int_equal(pam_case_events(c, "login.refused"), count - ATTEMPTS);
}

static void
test_many__right_at_once(void **state)
{
	struct pam_case *c = *state;
	const size_t count = crowd_size(100);
	struct crowd crowd;

	slow_probe(c);
	crowd = log_in_many(c, count, "lee", PAM_CASE_RIGHT);
	assert_int_equal(crowd.in, count);
	assert_int_equal(look(c, "lee").counting, 0);
}

/* Ten sit at a prompt: nobody is kept out by that. */
static void
test_many__held_prompts_keep_nobody_out(void **state)
{
	struct pam_case *c = *state;
	struct pam_login logins[10];

	for (size_t i = 0; i < 10; i++) {
		pam_login_start(c, "stack", "wang", NULL, NULL, &logins[i]);
	}
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_SUCCESS);
	for (size_t i = 0; i < 10; i++) {
		pam_login_end(&logins[i]);
	}
	assert_int_equal(look(c, "wang").counting, 0);
}

/* Killed while the password was tested: its caller may have learned of it. */
static void
test_many__killed_while_tested_counts(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "stack",
	    "auth requisite @door preauth nodelay\n"
	    "auth [success=2 default=ignore] @probe ms=3000\n"
	    "auth [default=die] @door authfail nodelay\n"
	    "auth requisite pam_deny.so\n"
	    "auth required @door authsucc\n");
	for (int i = 0; i < ATTEMPTS; i++) {
		const struct timespec step = { 0, 5000000 };
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			_exit(pam_log_in(c, "stack", "wang", WRONG));
		}
		while (!is_being_tested(c, "wang")) {
			(void)nanosleep(&step, NULL);
		}
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
	}
	assert_int_equal(look(c, "wang").counting, ATTEMPTS);
	assert_int_equal(pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT),
	    PAM_AUTH_ERR);
}

static void *
log_in_thread(void *arg)
{
	const struct pam_case *c = arg;

	return pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT) == PAM_SUCCESS ?
	    arg :
	    NULL;
}

static void
test_threads__all_get_in(void **state)
{
	struct pam_case *c = *state;
	pthread_t threads[20];
	void *got;

	for (size_t i = 0; i < 20; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL,
				     log_in_thread, c),
		    0);
	}
	for (size_t i = 0; i < 20; i++) {
		assert_int_equal(pthread_join(threads[i], &got), 0);
		assert_ptr_equal(got, c);
	}
	assert_int_equal(look(c, "wang").counting, 0);
}

/* The host process is left as it was. */
static void
test_host__nothing_of_it_changes(void **state)
{
	struct pam_case *c = *state;
	struct sigaction before, after;
	sigset_t blocked, blocked_after;
	struct pam_login login;
	char *locale, cwd[4096], cwd_after[4096];
	size_t fds;

	memset(&blocked, 0, sizeof(blocked));
	memset(&blocked_after, 0, sizeof(blocked_after));
	/* libpam and the C library open what they keep. */
	(void)pam_log_in(c, "stack", "wang", PAM_CASE_RIGHT);
	fds = ward_open_fds();
	(void)umask(0027);
	locale = strdup(setlocale(LC_ALL, NULL));
	assert_int_equal(sigaction(SIGCHLD, NULL, &before), 0);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &blocked), 0);
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	assert_int_equal(setenv("LANG", "zh_TW.UTF-8", 1), 0);
	pam_login_start(c, "stack", "wang", NULL, NULL, &login);
	login.answer = WRONG;
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(ward_open_fds(), fds);
	login.answer = PAM_CASE_RIGHT;
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(pam_open_session(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(pam_close_session(login.pamh, 0), PAM_SUCCESS);
	pam_login_end(&login);
	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(umask(0022), 0027);
	assert_string_equal(setlocale(LC_ALL, NULL), locale);
	assert_int_equal(sigaction(SIGCHLD, NULL, &after), 0);
	assert_ptr_equal(before.sa_handler, after.sa_handler);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &blocked_after), 0);
	assert_memory_equal(&blocked, &blocked_after, sizeof(blocked));
	assert_string_equal(getcwd(cwd_after, sizeof(cwd_after)), cwd);
	assert_string_equal(getenv("LANG"), "zh_TW.UTF-8");
	free(locale);
}

/* Never a password, in whatever is kept. */
static void
test_events__no_password(void **state)
{
	struct pam_case *c = *state;
	char *text;

	fail_times(c, "wang", ATTEMPTS + 1);
	text = pam_case_text(c, "/var/log/acctward/events.jsonl");
	assert_non_null(text);
	assert_null(strstr(text, WRONG));
	assert_non_null(strstr(text, "\"service\":\"stack\""));
	assert_non_null(strstr(text, "\"rhost\":\"192.0.2.7\""));
	assert_non_null(strstr(text, "\"rule\":\"login.lockout\""));
	assert_non_null(strstr(text, "tw-baseline-115-basic"));
	free(text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_lockout__right_password_is_let_in),
		CASE(test_lockout__four_failures_do_not_lock),
		CASE(test_lockout__the_fifth_locks),
		CASE(test_lockout__a_success_clears),
		CASE(test_lockout__required_in_place_of_requisite),
		CASE(test_lockout__no_plan_asks_for_it),
		CASE(test_prompt__left_alone_counts_nothing),
		CASE(test_prompt__filler_of_sshd_is_nobodys_guess),
		CASE(test_unknown__no_file_for_a_name_that_does_not_exist),
		CASE(test_stack__ended_before_authfail_counts),
		CASE(test_found_lock__by_the_next_to_come),
		CASE(test_found_lock__by_a_success),
		CASE(test_found_lock__by_a_failure),
		CASE(test_pace__no_failure_is_faster),
		CASE(test_work__locked_is_as_costly_as_wrong),
		CASE(test_work__unknown_is_as_costly_as_wrong),
		CASE(test_stack__account_hears_of_the_success),
		CASE(test_stack__setcred_hears_of_the_success),
		CASE(test_stack__several_tries_on_one_handle),
		CASE(test_own_prompts__asked_once_and_counted),
		CASE(test_own_prompts__a_prompt_left_alone_counts_nothing),
		CASE(test_own_prompts__the_lock_has_the_last_word),
		CASE(test_console__stays_a_way_in),
		CASE(test_closed__option_that_is_not_known),
		CASE(test_closed__no_plan_can_be_had),
		CASE(test_closed__a_broken_plan_leaves_the_one_before_in_force),
		CASE(test_closed__a_tally_that_others_can_write),
		CASE(test_unprivileged__is_left_to_the_other_modules),
		CASE(test_many__wrong_at_once),
		CASE(test_many__right_at_once),
		CASE(test_many__held_prompts_keep_nobody_out),
		CASE(test_many__killed_while_tested_counts),
		CASE(test_threads__all_get_in),
		CASE(test_host__nothing_of_it_changes),
		CASE(test_events__no_password),
	};

	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
