/* SPDX-License-Identifier: BSD-2-Clause */
/* Who has set a password: its holder, or somebody else. */
#include "tests/pam_case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONF "[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n"
#define EVENTS "/var/log/acctward/events.jsonl"

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

/* ---- calls -------------------------------------------------------------------- */

static int
change(const struct pam_case *c, const char *service, const char *user,
    int flags)
{
	struct pam_login login;

	pam_login_start(c, service, user, "/dev/pts/3", NULL, &login);
	login.status = pam_chauthtok(login.pamh, flags);
	pam_login_end(&login);
	return login.status;
}

/* passwd(1) of that user: set-uid root. */
static int
change_as(const struct pam_case *c, uid_t uid, const char *user, int flags)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (setresuid(uid, 0, 0) != 0) {
			_exit(255);
		}
		_exit(change(c, "stack", user, flags));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
put_shadow(struct pam_case *c, const char *user, const char *field)
{
	pam_case_shadow(c, user, field, pam_case_today(), -1);
}

static char *
last_event(const struct pam_case *c)
{
	char *text = pam_case_text(c, EVENTS);
	char *end = text == NULL ? NULL : strrchr(text, '\n');
	char *line, *copy;

	assert_non_null(end);
	*end = '\0';
	line = strrchr(text, '\n');
	copy = strdup(line == NULL ? text : line + 1);
	free(text);
	return copy;
}

#define assert_event_says(c, text) \
	do { \
		char *line = last_event(c); \
		assert_non_null(strstr(line, (text))); \
		free(line); \
	} while (0)

/* ---- who has set it ---------------------------------------------------------- */

static void
test_reset__by_root_for_another(void **state)
{
	struct pam_case *c = *state;

	if (getuid() == 1000) {
		skip(); /* wang is us */
	}
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "wang", 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	assert_int_equal(pam_case_events(c, "password.changed"), 0);
	assert_true(pam_case_marks(c, "wang").reset);
	assert_false(pam_case_marks(c, "lee").reset);
	assert_event_says(c, "\"user\":\"wang\"");
	assert_event_says(c, "\"uid\":1000");
	assert_event_says(c, "\"service\":\"stack\"");
	assert_event_says(c, "\"rule\":\"password.change_at_first_login\"");
	assert_event_says(c, "\"plan\":\"tw-baseline-115-basic\"");
	put_shadow(c, "wang", PAM_CASE_HASH);
	assert_int_equal(change(c, "stack", "wang", PAM_SILENT), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset"), 2);
	/* It may be used again, if it was dormant; but nobody has. */
	assert_in_range(pam_case_marks(c, "wang").revived, time(NULL) - 60,
	    time(NULL));
	assert_int_equal(pam_case_marks(c, "wang").last_use, 0);
}

/* Its holder could not change it before tomorrow: see pam_acctward(8). */
static void
test_reset__with_a_minimum_age(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() == 1000) {
		skip();
	}
	for (int days = 0; days < 2; days++) {
		put_shadow(c, "wang",
		    days == 0 ? PAM_CASE_OTHER : PAM_CASE_HASH);
		pam_case_least_age(c, "wang", days);
		pam_login_start(c, "stack", "wang", NULL, NULL, &login);
		assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
		assert_int_equal(pam_case_events(c, "password.reset"),
		    days + 1);
		assert_int_equal(strstr(login.said, "\n  chage -d 0 wang\n") !=
			NULL,
		    days > 0);
		for (const char *at = login.said; *at != '\0';) {
			assert_in_range(strcspn(at, "\n"), 0, 78);
			at += strcspn(at, "\n") + 1;
		}
		pam_login_end(&login);
	}
	/* Nobody will be asked to change it. */
	pam_case_conf(c, "[acctward]\nplan = K-SOC\n");
	put_shadow(c, "wang", PAM_CASE_OTHER);
	pam_case_least_age(c, "wang", 1);
	pam_login_start(c, "stack", "wang", NULL, NULL, &login);
	assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
	assert_string_equal(login.said, "");
	pam_login_end(&login);
}

/* The module before could not change it, and the stack went on. */
static void
test_changed__nothing_was(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() == 1000) {
		skip();
	}
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "wang", 0), PAM_SUCCESS);
	assert_true(pam_case_marks(c, "wang").reset);
	pam_login_start(c, "stack", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	pam_login_end(&login);
	assert_true(pam_case_marks(c, "wang").reset);
	assert_int_equal(pam_case_events(c, "password.changed"), 0);
}

static void
test_changed__by_the_user(void **state)
{
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "wang", 0), PAM_SUCCESS);
	assert_true(pam_case_marks(c, "wang").reset);
	put_shadow(c, "wang", PAM_CASE_HASH);
	assert_int_equal(change_as(c, 1000, "wang", 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.changed"), 1);
	assert_false(pam_case_marks(c, "wang").reset);
	assert_true(pam_case_marks(c, "wang").password ==
	    ward_password_mark(PAM_CASE_HASH));
	assert_event_says(c, "\"event\":\"password.changed\"");
	assert_event_says(c, "\"plan\":\"P-ZX\"");
	/* passwd -k: only what has expired. */
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change_as(c, 1000, "wang", PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.changed"), 2);
	/* Another user, by a set-uid program that lets her. */
	put_shadow(c, "wang", PAM_CASE_HASH);
	assert_int_equal(change_as(c, 1001, "wang", 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset"), 2);
	assert_true(pam_case_marks(c, "wang").reset);
}

static void
test_changed__roots_own(void **state)
{
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	put_shadow(c, "root", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "root", 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.changed"), 1);
	assert_int_equal(pam_case_events(c, "password.reset"), 0);
	assert_false(pam_case_marks(c, "root").reset);
}

/* At a log-in, where the process is root's: who has just typed the old one. */
static void
test_changed__at_the_log_in(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() == 1000) {
		skip();
	}
	put_shadow(c, "wang", PAM_CASE_HASH "x");
	assert_int_equal(change(c, "stack", "wang", 0), PAM_SUCCESS);
	assert_true(pam_case_marks(c, "wang").reset);
	pam_login_start(c, "stack", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_NEW_AUTHTOK_REQD);
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	pam_login_end(&login);
	assert_int_equal(pam_case_events(c, "password.changed"), 1);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	assert_false(pam_case_marks(c, "wang").reset);
	assert_true(pam_case_marks(c, "wang").password ==
	    ward_password_mark(PAM_CASE_OTHER));
	assert_event_says(c, "\"rhost\":\"192.0.2.7\"");
}

/* Without a log-in in the same handle it is nobody's word. */
static void
test_reset__expired_without_a_log_in(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() == 1000) {
		skip();
	}
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "wang", PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	/* Nor with one that failed, nor with one of another. */
	pam_login_start(c, "stack", "wang", "ssh", "192.0.2.7", &login);
	login.answer = "wrong";
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
	put_shadow(c, "wang", PAM_CASE_HASH);
	assert_int_equal(pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	login.answer = PAM_CASE_RIGHT;
	assert_int_equal(pam_set_item(login.pamh, PAM_USER, "lee"),
	    PAM_SUCCESS);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_set_item(login.pamh, PAM_USER, "wang"),
	    PAM_SUCCESS);
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	pam_login_end(&login);
	assert_int_equal(pam_case_events(c, "password.reset"), 3);
	assert_true(pam_case_marks(c, "wang").reset);
}

/* Who it was, where that is not the account itself. */
static void
test_by(void **state)
{
	static const struct {
		const char *user, *by;
		const char *says; /* or not */
	} rows[] = {
		{ "wang", "hsu", "\"by\":\"hsu\"" },
		{ "wang", "wang", NULL },
		{ "root", "hsu", "\"by\":\"hsu\"" },
	};
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pam_login login;
		char *line;

		put_shadow(c, rows[i].user,
		    i == 1 ? PAM_CASE_HASH : PAM_CASE_OTHER);
		pam_login_start(c, "stack", rows[i].user, "/dev/pts/3", NULL,
		    &login);
		assert_int_equal(pam_set_item(login.pamh, PAM_RUSER,
				     rows[i].by),
		    PAM_SUCCESS);
		assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
		pam_login_end(&login);
		line = last_event(c);
		assert_non_null(strstr(line,
		    i < 2 ? "\"password.reset\"" : "\"password.changed\""));
		if (rows[i].says != NULL) {
			assert_non_null(strstr(line, rows[i].says));
		} else {
			assert_null(strstr(line, "\"by\""));
		}
		free(line);
	}
}

/* ---- what is left alone -------------------------------------------------------- */

/* Only asked whether it could be changed: libpam does that first, and where a
 * line refuses then nothing is changed at all. */
static void
test_prelim__is_nothing(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "refused",
	    "password required pam_deny.so\n"
	    "password required @door changed\n");
	assert_int_not_equal(change(c, "refused", "wang", 0), PAM_SUCCESS);
	assert_null(pam_case_text(c, EVENTS));
	assert_false(pam_case_marks(c, "wang").reset);
	assert_true(pam_case_marks(c, "wang").password == 0);
}

/* Always PAM_IGNORE: a success of ours would be an error in this stack. */
static void
test_returns__always_ignore(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "strict",
	    "password required @probe\n"
	    "password [ignore=ignore default=bad] @door changed\n");
	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "strict", "wang", 0), PAM_SUCCESS);
	assert_int_equal(change(c, "strict", "ldap-user", 0), PAM_SUCCESS);
	assert_int_equal(change(c, "strict", "../wang", 0), PAM_SUCCESS);
	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	assert_int_equal(change(c, "strict", "wang", 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset") +
		pam_case_events(c, "password.changed"),
	    1);
}

static void
test_returns__options(void **state)
{
	static const char *const bad[] = { "changd", "preauth", "retry=0",
		"retry=", "retry=100", "words=here",
		"dictionary=", "changed root=here", "own_prompts", "nodelay",
		"retry=2 nodelay", "changed retry=2", "changed use_authtok",
		"use_authtok changed", "changed use_first_pass",
		"changed try_first_pass", "changed words=/words",
		"changed dictionary=/words", "changed authtok_type=UNIX",
		"changed nodelay", "changed own_prompts" };
	struct pam_case *c = *state;
	char text[256];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "password required pam_permit.so\n"
		    "password required @door %s\n",
		    bad[i]);
		pam_case_service(c, "bad", text);
		assert_int_equal(change(c, "bad", "wang", 0), PAM_SERVICE_ERR);
	}
	assert_null(pam_case_text(c, EVENTS));
}

/* What belongs to lines of another kind would do nothing in this one. */
static void
test_returns__options_of_other_lines(void **state)
{
	static const char *const bad[] = {
		"auth required @door preauth retry=2",
		"auth required @door authsucc words=/words",
		"auth required @door authfail use_authtok",
		"auth required @door preauth changed",
		"auth required @door preauth authsucc"
	};
	static const char *const others[] = { "retry=2", "own_prompts",
		"nodelay", "words=/words", "use_authtok", "changed" };
	struct pam_case *c = *state;
	struct pam_login login;
	char text[256];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		pam_case_service(c, "bad", bad[i]);
		assert_int_equal(pam_log_in(c, "bad", "wang", PAM_CASE_RIGHT),
		    PAM_SERVICE_ERR);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "account required @door %s\nsession required @door %s\n",
		    others[i], others[i]);
		pam_case_service(c, "bad", text);
		pam_login_start(c, "bad", "wang", NULL, NULL, &login);
		assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_SERVICE_ERR);
		assert_int_equal(pam_open_session(login.pamh, 0),
		    PAM_SESSION_ERR);
		pam_login_end(&login);
	}
}

/* Never a password, nor anything of its hash. */
static void
test_events__nothing_of_the_password(void **state)
{
	struct pam_case *c = *state;
	char *text, *tally;

	put_shadow(c, "wang", PAM_CASE_OTHER);
	assert_int_equal(change(c, "stack", "wang", 0), PAM_SUCCESS);
	text = pam_case_text(c, EVENTS);
	tally = pam_case_text(c, "/var/lib/acctward/accounts/wang");
	assert_non_null(text);
	assert_non_null(tally);
	assert_null(strstr(text, "$y$"));
	assert_null(strstr(tally, "$y$"));
	assert_null(strstr(text, PAM_CASE_RIGHT));
	free(text);
	free(tally);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_reset__by_root_for_another),
		CASE(test_reset__with_a_minimum_age),
		CASE(test_reset__expired_without_a_log_in),
		CASE(test_changed__nothing_was),
		CASE(test_changed__by_the_user),
		CASE(test_changed__roots_own),
		CASE(test_changed__at_the_log_in),
		CASE(test_by),
		CASE(test_prelim__is_nothing),
		CASE(test_returns__always_ignore),
		CASE(test_returns__options),
		CASE(test_returns__options_of_other_lines),
		CASE(test_events__nothing_of_the_password),
	};

	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
