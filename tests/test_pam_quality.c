/* SPDX-License-Identifier: BSD-2-Clause */
/* A new password, from the demands to the line that sets it. */
#include "tests/pam_case.h"

#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONF "[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n"
#define WEAK CONF "[password.weak]\n"
#define EVENTS "/var/log/acctward/events.jsonl"

#define GOOD "Kettle-under-41"
#define OTHER "Walnut+ladder+7"
#define BAD "abc"

/* Both rules that BAD breaks, by what satisfies them and by whose clause. */
#define LENGTH "Use at least 8 characters (P-ZX 玖.二.(二)1.(1)"
#define CLASSES "other characters (P-ZX 玖.二.(二)1.(2)"
#define REFUSED "The new password is refused:\n- "
#define DEMANDS "What a new password has to be like:\n- "

static int
setup(void **state)
{
	struct pam_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	pam_case_new(c, CONF);
	pam_case_service(c, "front",
	    "auth required @probe\n"
	    "password requisite @door\n"
	    "password required @probe sets\n"
	    "password required @door changed\n");
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

/* Change it with these answers, in `login` what came of it. */
static void
change(const struct pam_case *c, const char *service, const char *user,
    int flags, const char *const *answers, struct pam_login *ret_login)
{
	pam_login_start(c, service, user, "/dev/pts/3", NULL, ret_login);
	ret_login->answers = answers;
	ret_login->status = pam_chauthtok(ret_login->pamh, flags);
	pam_login_end(ret_login);
}

#define ANSWERS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NOBODY ((const char *const[]){ NULL })

/* The same, of which only the status is asked. */
static int
try(const struct pam_case *c, const char *service, const char *user,
    const char *const *answers)
{
	struct pam_login login;

	change(c, service, user, 0, answers, &login);
	return login.status;
}

/* One line of ours with these options, behind one that hands on what is said
 * ("": nothing). */
static void
put_service(struct pam_case *c, const char *name, const char *hand,
    const char *options)
{
	char text[PATH_MAX + 512];

	(void)snprintf(text, sizeof(text),
	    "%s%s\n"
	    "password requisite @door %s\n"
	    "password required @probe sets\n"
	    "password required @door changed\n",
	    *hand == '\0' ? "" : "password required @probe hand=", hand,
	    options);
	pam_case_service(c, name, text);
}

static char *
shadow(const struct pam_case *c)
{
	char *text = pam_case_text(c, "/etc/shadow");

	assert_non_null(text);
	return text;
}

/* Nothing was set. */
#define assert_same(c, before) \
	do { \
		char *after = shadow(c); \
		assert_string_equal(after, (before)); \
		free(after); \
	} while (0)

#define assert_changed(c, before) \
	do { \
		char *after = shadow(c); \
		assert_string_not_equal(after, (before)); \
		free(after); \
	} while (0)

/* The text without its blanks and ends of lines: sentences are laid out. */
static char *
squeeze(const char *text)
{
	char *squeezed = strdup(text), *to = squeezed;

	assert_non_null(squeezed);
	for (; *text != '\0'; text++) {
		if (*text != ' ' && *text != '\n') {
			*to++ = *text;
		}
	}
	*to = '\0';
	return squeezed;
}

static bool
says(const struct pam_login *login, const char *text)
{
	char *said = squeeze(login->said), *wanted = squeeze(text);
	const bool found = strstr(said, wanted) != NULL;

	free(said);
	free(wanted);
	return found;
}

#define assert_says(login, text) assert_true(says((login), (text)))
#define assert_silent_on(login, text) assert_false(says((login), (text)))

/* How often that stands in the events. */
static size_t
count_text(const struct pam_case *c, const char *wanted)
{
	char *text = pam_case_text(c, EVENTS);
	size_t count = 0;

	for (const char *at = text; at != NULL; count += at != NULL) {
		at = strstr(at == text ? at : at + 1, wanted);
	}
	free(text);
	return count;
}

/* ---- what is said ------------------------------------------------------------- */

static void
test_demands__before_the_first_prompt(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	change(c, "front", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_int_equal(login.prompts, 2);
	assert_true(login.first > 0);
	login.said[login.first] = '\0';
	assert_int_equal(strncmp(login.said, DEMANDS, strlen(DEMANDS)), 0);
	assert_says(&login, LENGTH);
	assert_says(&login, CLASSES);
	assert_says(&login, "tw-baseline-115-basic 第42項");
	assert_changed(c, before);
	free(before);
}

static void
test_refused__all_at_once(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	change(c, "front", "wang", 0, ANSWERS(BAD, BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	/* What is refused is not typed twice. */
	assert_int_equal(login.prompts, 1);
	memmove(login.said, login.said + login.first,
	    strlen(login.said + login.first) + 1);
	assert_int_equal(strncmp(login.said, REFUSED, strlen(REFUSED)), 0);
	assert_says(&login, "the new password has fewer than 8 characters");
	assert_says(&login, LENGTH);
	assert_says(&login, CLASSES);
	assert_silent_on(&login, BAD);
	assert_same(c, before);
	free(before);
}

/* Nothing is wider than a terminal, and what goes on is indented. */
static void
test_said__fits_a_terminal(void **state)
{
	static const char *const languages[] = { "lang=en", "lang=zh_TW" };
	struct pam_case *c = *state;
	struct pam_login login;

	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		size_t lines = 0, items = 0;
		char *rest = login.said;

		put_service(c, "said", "", languages[i]);
		change(c, "said", "wang", 0, ANSWERS(BAD), &login);
		assert_int_equal(login.status, PAM_MAXTRIES);
		for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
			lines++;
			items += *line == '-';
			assert_in_range(ward_columns(line), 0, 78);
			assert_true(*line != ' ' || strspn(line, " ") == 2);
			/* Chinese: nothing that closes begins a line. */
			assert_null(strstr(line, "  ，"));
			assert_null(strstr(line, "  。"));
			assert_null(strstr(line, "  ；"));
			assert_null(strstr(line, "  ）"));
		}
		assert_int_equal(items, 5);
		assert_true(lines > items + 3);
	}
	/* A clause's number stays whole. */
	change(c, "front", "wang", 0, ANSWERS(BAD), &login);
	assert_non_null(strstr(login.said, "玖.二.(二)1.(1)"));
	assert_non_null(strstr(login.said, "玖.二.(二)1.(2)"));
	assert_non_null(strstr(login.said, "第41項"));
}

static void
test_refused__event(void **state)
{
	struct pam_case *c = *state;
	char *text;

	assert_int_equal(try(c, "front", "wang", ANSWERS(BAD)), PAM_MAXTRIES);
	assert_int_equal(pam_case_events(c, "password.refused"), 1);
	assert_int_equal(pam_case_events(c, "password.reset"), 0);
	text = pam_case_text(c, EVENTS);
	assert_non_null(strstr(text, "\"user\":\"wang\""));
	assert_non_null(strstr(text, "\"service\":\"front\""));
	/* Nothing from which it could be told what was typed. */
	assert_null(strstr(text, "length"));
	assert_null(strstr(text, "classes"));
	assert_null(strstr(text, "characters"));
	assert_null(strstr(text, "\"rule\":\"password."));
	assert_null(strstr(text, "\"clause\""));
	assert_null(strstr(text, "\"reason\""));
	assert_non_null(strstr(text, "\"plan\":\"P-ZX\""));
	assert_null(strstr(text, BAD));
	free(text);
}

static void
test_language(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	put_service(c, "zh", "", "lang=zh_TW");
	change(c, "zh", "wang", 0, ANSWERS(BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, "新密碼");
	assert_says(&login, "玖.二.(二)1.(1)");
	assert_silent_on(&login, "characters");
	assert_silent_on(&login, "new password");
}

/* What is said to the user is, what is kept is not. */
static void
test_language__the_log_is_english(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *text;

	pam_case_conf(c, CONF "[account.expired]\n");
	pam_case_service(c, "zh",
	    "account required @door lang=zh_TW\n"
	    "password requisite @door lang=zh_TW words=/nowhere/words\n"
	    "password required @probe sets\n"
	    "password required @door lang=zh_TW changed\n");
	pam_case_shadow(c, "wang", PAM_CASE_HASH, 1, 2);
	pam_login_start(c, "zh", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_ACCT_EXPIRED);
	pam_login_end(&login);
	assert_says(&login, "帳號");
	assert_int_equal(try(c, "zh", "lee", ANSWERS(BAD)), PAM_MAXTRIES);
	pam_case_conf(c, WEAK);
	assert_int_equal(try(c, "zh", "lee", ANSWERS(BAD)), PAM_TRY_AGAIN);
	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	assert_int_equal(try(c, "zh", "lee", ANSWERS(BAD)), PAM_TRY_AGAIN);
	text = pam_case_text(c, EVENTS);
	assert_non_null(text);
	assert_non_null(strstr(text, "the account has ended"));
	assert_true(pam_case_events(c, "state.fault") >= 1);
	for (const char *at = text; *at != '\0'; at++) {
		/* Clauses stand as the documents have them. */
		at = strncmp(at, "\"clause\":\"", 10) == 0 ?
		    strstr(at + 10, "\"") :
		    at;
		assert_true((unsigned char)*at < 0x80);
	}
	free(text);
}

static void
test_silent(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	change(c, "front", "wang", PAM_SILENT, ANSWERS(BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_string_equal(login.said, "");
	put_service(c, "silent", "", "silent");
	change(c, "silent", "wang", 0, ANSWERS(BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_string_equal(login.said, "");
}

/* ---- prompts ------------------------------------------------------------------- */

static void
test_retry(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	put_service(c, "three", "", "retry=3");
	change(c, "three", "wang", 0, ANSWERS(BAD, "abcd", "abcde", GOOD, GOOD),
	    &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(login.prompts, 3);
	assert_int_equal(pam_case_events(c, "password.refused"), 3);
	assert_same(c, before);
	change(c, "three", "wang", 0, ANSWERS(BAD, "abcd", GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_changed(c, before);
	free(before);
}

/* Enter, pressed too early: told, and asked for once more. */
static void
test_retry__empty(void **state)
{
	static const char said[] = "No password was typed.\n";
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c), *first;

	put_service(c, "three", "", "retry=3");
	change(c, "three", "wang", 0, ANSWERS("", "", GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(login.prompts, 2);
	first = strstr(login.said, said);
	assert_non_null(first);
	assert_null(strstr(first + 1, said));
	assert_same(c, before);
	change(c, "front", "wang", 0, ANSWERS("", GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_non_null(strstr(login.said, said));
	assert_same(c, before);
	put_service(c, "zh", "", "retry=3 lang=zh_TW");
	change(c, "zh", "wang", 0, ANSWERS("", GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_non_null(strstr(login.said, "未輸入密碼。"));
	assert_changed(c, before);
	free(before);
}

/* A program that has one answer for every prompt is refused once. */
static void
test_retry__the_same_again(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c), *first;

	put_service(c, "three", "", "retry=3");
	change(c, "three", "wang", 0, ANSWERS(BAD, BAD, GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(login.prompts, 2);
	assert_int_equal(pam_case_events(c, "password.refused"), 1);
	first = strstr(login.said, REFUSED);
	assert_non_null(first);
	assert_null(strstr(first + 1, REFUSED));
	put_service(c, "given", BAD, "retry=3");
	change(c, "given", "wang", 0, ANSWERS(BAD, GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(login.prompts, 1);
	assert_int_equal(pam_case_events(c, "password.refused"), 2);
	/* Another that begins with it is another. */
	change(c, "three", "wang", 0, ANSWERS(BAD, BAD "d", GOOD, GOOD),
	    &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.refused"), 4);
	assert_changed(c, before);
	free(before);
}

static void
test_retyped__mismatch(void **state)
{
	struct pam_case *c = *state;
	char *before = shadow(c);

	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD, OTHER)),
	    PAM_MAXTRIES);
	assert_same(c, before);
	put_service(c, "two", "", "retry=2");
	assert_int_equal(try(c, "two", "wang",
			     ANSWERS(GOOD, OTHER, GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.refused"), 0);
	assert_changed(c, before);
	free(before);
}

static void
test_aborted(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	put_service(c, "three", "", "retry=3");
	change(c, "three", "wang", 0, NOBODY, &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_int_equal(login.prompts, 1);
	change(c, "three", "wang", 0, ANSWERS(GOOD), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_int_equal(login.prompts, 2);
	change(c, "three", "wang", 0, ANSWERS(""), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_int_equal(login.prompts, 2);
	assert_same(c, before);
	assert_int_equal(pam_case_events(c, "password.refused"), 0);
	free(before);
}

static void
test_given__not_asked_for(void **state)
{
	static const char *const options[] = { "use_authtok", "use_first_pass",
		"use_authtok try_first_pass retry=3" };
	struct pam_case *c = *state;
	struct pam_login login;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		char *before = shadow(c);

		put_service(c, "bad", BAD, options[i]);
		change(c, "bad", "wang", 0, ANSWERS(GOOD, GOOD), &login);
		assert_int_equal(login.status, PAM_AUTHTOK_ERR);
		assert_int_equal(login.prompts, 0);
		assert_says(&login, LENGTH);
		assert_silent_on(&login, DEMANDS);
		put_service(c, "none", "", options[i]);
		change(c, "none", "wang", 0, ANSWERS(GOOD, GOOD), &login);
		assert_int_equal(login.status, PAM_AUTHTOK_ERR);
		assert_int_equal(login.prompts, 0);
		assert_string_equal(login.said, "");
		assert_same(c, before);
		put_service(c, "good",
		    i == 0     ? GOOD :
			i == 1 ? OTHER :
				 "Third=one=9",
		    options[i]);
		change(c, "good", "wang", 0, NOBODY, &login);
		assert_int_equal(login.status, PAM_SUCCESS);
		assert_int_equal(login.prompts, 0);
		assert_string_equal(login.said, "");
		assert_changed(c, before);
		free(before);
	}
}

/* The lines before are heard first, and where theirs is none it is asked for. */
static void
test_given__tried_first(void **state)
{
	static const struct {
		const char *options, *good, *next;
	} rows[] = {
		{ "try_first_pass", GOOD, OTHER },
		{ "", "Third=one=9", "Fourth=one=9" },
	};
	struct pam_case *c = *state;
	struct pam_login login;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		put_service(c, "good", rows[i].good, rows[i].options);
		change(c, "good", "wang", 0, NOBODY, &login);
		assert_int_equal(login.status, PAM_SUCCESS);
		assert_int_equal(login.prompts, 0);
		put_service(c, "bad", BAD, rows[i].options);
		change(c, "bad", "wang", 0, ANSWERS(BAD), &login);
		assert_int_equal(login.status, PAM_MAXTRIES);
		assert_int_equal(login.prompts, 1);
		change(c, "bad", "wang", 0, ANSWERS(rows[i].next, rows[i].next),
		    &login);
		assert_int_equal(login.status, PAM_SUCCESS);
		assert_int_equal(login.prompts, 2);
		assert_says(&login, LENGTH);
		put_service(c, "none", "", rows[i].options);
		change(c, "none", "wang", 0, ANSWERS(BAD), &login);
		assert_int_equal(login.status, PAM_MAXTRIES);
		assert_says(&login, DEMANDS);
	}
}

/* However the administrator has stacked it, and whatever libpam makes of it. */
static void
test_refused__nothing_is_handed_on(void **state)
{
	static const char *const stacks[] = {
		"password optional @door\n"
		"password sufficient @probe sets\n",
		"password required @probe hand=" BAD "\n"
		"password optional @door use_authtok\n"
		"password sufficient @probe sets\n",
		"password required @probe hand=" GOOD "\n"
		"password optional @door use_authtoken\n"
		"password sufficient @probe sets\n",
	};
	struct pam_case *c = *state;
	char *before = shadow(c);

	for (size_t i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		pam_case_service(c, "careless", stacks[i]);
		(void)try(c, "careless", "wang", ANSWERS(BAD));
		assert_same(c, before);
	}
	free(before);
}

static void
test_refused__what_is_no_password(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *text = malloc(100001);

	assert_non_null(text);
	memset(text, 'x', 100000);
	text[100000] = '\0';
	change(c, "front", "wang", 0, ANSWERS(text), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, REFUSED);
	assert_silent_on(&login, "xxxx");
	text[512] = '\0';
	change(c, "front", "wang", 0, ANSWERS(text), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	change(c, "front", "wang", 0, ANSWERS("Two-7\nlines-of-it"), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	assert_int_equal(pam_case_events(c, "password.refused"), 3);
	free(text);
}

/* ---- beforehand ----------------------------------------------------------------- */

static void
test_prelim__no_plan(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c), *text;

	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	change(c, "front", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_TRY_AGAIN);
	assert_int_equal(login.prompts, 0);
	assert_string_equal(login.said,
	    "The password can't be changed now; ask an administrator: the "
	    "system's log says\nwhy.\n");
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	text = pam_case_text(c, EVENTS);
	assert_non_null(strstr(text, "none-such"));
	free(text);
	assert_same(c, before);
	free(before);
}

/* Who has come in at the machine itself is to get on. */
static void
test_console__no_plan(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() != 0) {
		skip();
	}
	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	pam_login_start(c, "front", "root", "/dev/tty1", NULL, &login);
	login.answers = ANSWERS(BAD, BAD);
	login.status = pam_chauthtok(login.pamh, 0);
	pam_login_end(&login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_int_equal(login.prompts, 2);
	assert_says(&login, "taken as it is");
	pam_login_start(c, "front", "wang", "/dev/tty1", NULL, &login);
	login.answers = ANSWERS(GOOD, GOOD);
	login.status = pam_chauthtok(login.pamh, 0);
	pam_login_end(&login);
	assert_int_equal(login.status, PAM_TRY_AGAIN);
}

/* Nobody is asked for what then can't be looked up. */
static void
test_prelim__no_words(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_conf(c, WEAK);
	put_service(c, "lost", "", "words=/nowhere/words");
	change(c, "lost", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_TRY_AGAIN);
	assert_int_equal(login.prompts, 0);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
}

/* A dictionary that is not there is nothing to the user. */
static void
test_weak(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char options[PATH_MAX + 64];

	pam_case_conf(c, WEAK);
	(void)snprintf(options, sizeof(options),
	    "words=%s/share/acctward/words dictionary=/nowhere/dict",
	    c->modules);
	put_service(c, "words", "", options);
	change(c, "words", "wang", 0, ANSWERS("P@ssw0rd"), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, REFUSED);
	assert_silent_on(&login, "nowhere");
	change(c, "words", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_silent_on(&login, "nowhere");
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	/* What it was, where the line before has asked for it. */
	(void)snprintf(options, sizeof(options),
	    "password required @probe old=" OTHER "\n"
	    "password requisite @door words=%s/share/acctward/words\n"
	    "password required @probe sets\n",
	    c->modules);
	pam_case_service(c, "old", options);
	change(c, "old", "wang", 0, ANSWERS("wALNUT+LADDER+7"), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, "the current one with little changed");
}

#define AGE_PLAN \
	"[plan]\nid = AGE\ntitle = own\nagency = own\nclauses = 4.2\n" \
	"[password.min_age]\ndays = 2\nclause = 4.2\n"
#define MIN_AGE CONF "[password.min_age]\ndays = 1\n"

static void
test_prelim__too_soon(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	if (getuid() != 0) {
		skip();
	}
	pam_case_conf(c, MIN_AGE);
	pam_case_shadow(c, "root", PAM_CASE_HASH, pam_case_today(), -1);
	change(c, "front", "root", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_int_equal(login.prompts, 0);
	assert_says(&login,
	    "The password can't be changed yet:\n- it is too soon to change "
	    "this password. Wait until ");
	assert_says(&login,
	    ", as the minimum age of a password in days is 1; an administrator can "
	    "set another before (an agency setting)");
	assert_int_equal(pam_case_events(c, "password.refused"), 1);
	/* Not for what was typed, as nothing was: so it may be told. */
	assert_true(pam_case_tells(c,
	    "\"rule\":\"password.min_age\",\"plan\":\"P-ZX\","
	    "\"reason\":\"new_too_soon\""));
	/* What `passwd -k' says of itself is nobody's word. */
	change(c, "front", "root", PAM_CHANGE_EXPIRED_AUTHTOK,
	    ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	pam_case_shadow(c, "root", PAM_CASE_HASH, pam_case_today() - 1, -1);
	assert_int_equal(try(c, "front", "root", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	ward_tree_put(c->tree, "/etc/acctward/plans/AGE.conf", AGE_PLAN,
	    sizeof(AGE_PLAN) - 1);
	pam_case_conf(c, "[acctward]\nplan = AGE\n");
	assert_int_equal(try(c, "front", "root", NOBODY), PAM_AUTHTOK_ERR);
	assert_true(pam_case_tells(c,
	    "\"rule\":\"password.min_age\",\"plan\":\"AGE\","
	    "\"clause\":\"4.2\",\"reason\":\"new_too_soon\""));
}

/* It has to be, at the log-in. */
static void
test_forced__not_too_soon(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "log-in",
	    "auth requisite @door preauth nodelay\n"
	    "auth required @probe\n"
	    "auth required @door authsucc\n"
	    "password requisite @door\n"
	    "password required @probe sets\n");
	pam_case_conf(c, MIN_AGE);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(), -1);
	pam_login_start(c, "log-in", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	login.answers = ANSWERS(GOOD, GOOD);
	login.status = pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK);
	assert_int_equal(login.status, PAM_SUCCESS);
	pam_login_end(&login);
}

static int lines;

/* In the stack behind what sets it: the first time is that of the prelim. */
static void
kill_behind(void)
{
	if (lines++ > 0) {
		(void)raise(SIGKILL);
	}
}

/* Root's, by itself, and killed before it is recorded. */
static void
change_and_die(struct pam_case *c, const char *password)
{
	char *before = shadow(c), text[512];
	int status;
	pid_t pid;

	(void)snprintf(text, sizeof(text),
	    "password requisite @door\n"
	    "password required @probe sets\n"
	    "password required @probe call=%lx\n"
	    "password required @door changed\n",
	    (unsigned long)(uintptr_t)kill_behind);
	pam_case_service(c, "dies", text);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		_exit(try(c, "dies", "root", ANSWERS(password, password)));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_changed(c, before);
	free(before);
}

/* Who kills their own passwd(1) as soon as the password is set has not been
 * given it by somebody else: it is theirs, and as new as it is. */
static void
test_killed__is_too_soon(void **state)
{
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	pam_case_conf(c, MIN_AGE);
	pam_case_shadow(c, "root", PAM_CASE_HASH, pam_case_today() - 9, -1);
	assert_int_equal(try(c, "front", "root", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(try(c, "front", "root", ANSWERS(OTHER, OTHER)),
	    PAM_AUTHTOK_ERR);
	pam_case_shadow(c, "root", PAM_CASE_HASH, 0, -1);
	change_and_die(c, OTHER);
	assert_int_equal(try(c, "front", "root", ANSWERS(GOOD "x", GOOD "x")),
	    PAM_AUTHTOK_ERR);
	/* One that somebody else sets later is not. */
	pam_case_shadow(c, "root", PAM_CASE_OTHER, pam_case_today() + 2, -1);
	assert_int_equal(try(c, "front", "root", ANSWERS(GOOD "x", GOOD "x")),
	    PAM_SUCCESS);
}

/* ---- who it is -------------------------------------------------------------------- */

#define PLAN \
	"[plan]\nid = OWN\ntitle = own\nagency = own\nclauses = 1 | 2\n" \
	"[password.min_length]\nmin = 8\nclause = 1\n" \
	"[password.change_at_first_login]\ntemporary = %s\nclause = 2\n"

/* An administrator's is held to the rules, unless the plan says otherwise. */
static void
test_reset(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char text[512];

	if (getuid() == 1000) {
		skip(); /* wang is us */
	}
	pam_case_conf(c, "[acctward]\nplan = OWN\n");
	(void)snprintf(text, sizeof(text), PLAN, "held");
	ward_tree_put(c->tree, "/etc/acctward/plans/OWN.conf", text,
	    strlen(text));
	change(c, "front", "wang", 0, ANSWERS(BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, "Use at least 8 characters (OWN 1)");
	(void)snprintf(text, sizeof(text), PLAN, "exempt");
	ward_tree_put(c->tree, "/etc/acctward/plans/OWN.conf", text,
	    strlen(text));
	change(c, "front", "wang", 0, ANSWERS(BAD, BAD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_says(&login, "The new password is taken, although:\n- ");
	assert_true(pam_case_marks(c, "wang").reset);
	assert_true(pam_case_tells(c, "\"detail\":\"not held to the rules\""));
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	change(c, "front", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.reset"), 2);
	assert_int_equal(count_text(c, "not held to the rules"), 1);
	if (getuid() == 0) {
		/* Root's own is none. */
		change(c, "front", "root", 0, ANSWERS(BAD), &login);
		assert_int_equal(login.status, PAM_MAXTRIES);
	}
}

/* What a document only asks for as should is told, and taken. */
static void
test_should__is_told(void **state)
{
	struct pam_case *c = *state;
	static const char plan[] =
	    "[plan]\nid = OWN\ntitle = own\nagency = own\nclauses = 1\n"
	    "[password.min_length]\nmin = 8\nstrength = should\nclause = 1\n";
	struct pam_login login;

	pam_case_conf(c, "[acctward]\nplan = OWN\n");
	ward_tree_put(c->tree, "/etc/acctward/plans/OWN.conf", plan,
	    strlen(plan));
	change(c, "front", "wang", 0, ANSWERS(BAD, BAD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_says(&login, "- Recommended: Use at least 8");
	assert_says(&login,
	    "The new password is taken, although:\n- "
	    "Recommended: the new password has fewer");
}

/* No account of this host: judged as a person's, and handed on. */
static void
test_stranger(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "directory",
	    "password requisite @door\n"
	    "password required pam_permit.so\n");
	change(c, "directory", "ldap-user", 0, ANSWERS(BAD), &login);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_says(&login, LENGTH);
	change(c, "directory", "ldap-user", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	assert_null(pam_case_text(c, "/var/lib/acctward/history/ldap-user"));
}

/* Without privileges nothing is read, asked or said. */
static void
test_unprivileged(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	int status;
	pid_t pid;

	if (getuid() != 0) {
		skip();
	}
	pam_case_service(c, "low",
	    "auth required pam_permit.so\n"
	    "password required pam_permit.so\n"
	    "password requisite @door\n");
	/* Its directories are there, and root's alone. */
	assert_int_equal(try(c, "low", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	ward_tree_chmod(c->tree, "/var/lib/acctward", 0700);
	pam_login_start(c, "low", "wang", "/dev/pts/3", NULL, &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		login.answers = ANSWERS(BAD);
		if (setresuid(65534, 65534, 65534) != 0 ||
		    pam_chauthtok(login.pamh, 0) != PAM_SUCCESS ||
		    login.prompts != 0 || login.said[0] != '\0') {
			_exit(1);
		}
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	pam_login_end(&login);
}

/* ---- stacks that are written wrong --------------------------------------------------- */

#define BEHIND "put it in front"
#define FRONT "put it behind"
#define UNREACHED "was reached: put it right behind"
#define UNJUDGED "no line of acctward stands in front"
#define NO_TOKEN "use_authtok, but no line in front"

static void
test_order__behind_what_sets_it(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	pam_case_service(c, "wrong",
	    "password optional @probe hand=" BAD "\n"
	    "password required @probe sets\n"
	    "password requisite @door retry=3\n"
	    "password required @door changed\n");
	change(c, "wrong", "wang", 0, ANSWERS(BAD, BAD, BAD), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_int_equal(login.prompts, 0);
	assert_says(&login, "set without being judged");
	assert_changed(c, before);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_int_equal(pam_case_events(c, "password.refused"), 0);
	assert_true(pam_case_tells(c, BEHIND));
	free(before);
}

/* Somebody else's change, between the two looks, is no such fault. */
static void
test_order__changed_meanwhile(void **state)
{
	struct pam_case *c = *state;

	pam_case_shadow(c, "wang", PAM_CASE_OTHER, 1, -1);
	pam_case_service(c, "right",
	    "password required @probe\n" /* the file is another one now */
	    "password required @probe hand=" GOOD "\n"
	    "password requisite @door use_authtok\n"
	    "password required @probe sets\n"
	    "password required @door changed\n");
	assert_int_equal(try(c, "right", "wang", NOBODY), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
}

static void
test_order__changed_in_front(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before = shadow(c);

	pam_case_service(c, "wrong",
	    "password requisite @door\n"
	    "password required @door changed\n"
	    "password required @probe sets\n");
	change(c, "wrong", "wang", 0, ANSWERS(GOOD, GOOD), &login);
	assert_int_equal(login.status, PAM_SUCCESS);
	assert_changed(c, before);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_true(pam_case_tells(c, FRONT));
	/* Nor is it told twice where it is in front of all. */
	pam_case_service(c, "first",
	    "password required @door changed\n"
	    "password requisite @door\n"
	    "password required @probe sets\n");
	change(c, "first", "wang", 0, ANSWERS("Fourth*one*8", "Fourth*one*8"),
	    &login);
	assert_int_equal(pam_case_events(c, "state.fault"), 2);
	/* Twice in one handle: told with the second one, and at the end. */
	pam_login_start(c, "wrong", "wang", "/dev/pts/3", NULL, &login);
	login.answers = ANSWERS(OTHER, OTHER);
	assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 2);
	login.answers = ANSWERS("Third=one=9", "Third=one=9");
	assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 3);
	pam_login_end(&login);
	assert_int_equal(pam_case_events(c, "state.fault"), 4);
	free(before);
}

/* The lines of the first service are gone when it is told, and the second one
 * need have none of ours. */
static void
test_order__another_service(void **state)
{
	static const char *const services[] = { "stack", "other" };
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "wrong",
	    "password requisite @door\n"
	    "password required @door changed\n"
	    "password required @probe sets\n");
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		pam_login_start(c, "wrong", "wang", "/dev/pts/3", NULL, &login);
		login.answers = i == 0 ? ANSWERS(GOOD, GOOD) :
					 ANSWERS(OTHER, OTHER);
		assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
		assert_int_equal(pam_set_item(login.pamh, PAM_SERVICE,
				     services[i]),
		    PAM_SUCCESS);
		login.answers = ANSWERS("wrong");
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
		login.status = PAM_SUCCESS;
		pam_login_end(&login);
		assert_int_equal(pam_case_events(c, "state.fault"), i + 1);
	}
	assert_true(pam_case_tells(c, FRONT));
}

/* What sets it has failed, and the stack went on: nothing is wrong with it. */
static void
test_order__what_sets_it_failed(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "failed",
	    "password requisite @door\n"
	    "password [default=ignore] pam_deny.so\n"
	    "password required @door changed\n"
	    "password required pam_permit.so\n");
	(void)try(c, "failed", "wang", ANSWERS(GOOD, GOOD));
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(try(c, "front", "wang", ANSWERS(BAD)), PAM_MAXTRIES);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
}

/* Nor where somebody else's change came before the end of one that failed. */
static void
test_order__failed_and_changed_meanwhile(void **state)
{
	static const int ends[] = { PAM_AUTHTOK_ERR, PAM_SUCCESS };
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "failed",
	    "password requisite @door\n"
	    "password required pam_permit.so\n"
	    "password required @door changed\n");
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		pam_login_start(c, "failed", "wang", NULL, NULL, &login);
		login.answers = i == 0 ? ANSWERS(GOOD, GOOD) :
					 ANSWERS(OTHER, OTHER);
		(void)pam_chauthtok(login.pamh, 0);
		pam_case_shadow(c, "wang",
		    i == 0 ? PAM_CASE_HASH : PAM_CASE_OTHER, 1, -1);
		login.status = ends[i];
		pam_login_end(&login);
		assert_int_equal(pam_case_events(c, "state.fault"), i);
	}
}

static void
test_order__nothing_judges(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "wrong",
	    "password required @probe hand=" BAD "\n"
	    "password required @probe sets\n"
	    "password required @door changed\n");
	assert_int_equal(try(c, "wrong", "wang", NOBODY), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	assert_true(pam_case_tells(c, UNJUDGED));
}

#define SUFFICIENT \
	"auth required @probe\n" \
	"password requisite @door\n" \
	"password sufficient @probe sets\n" \
	"password required pam_deny.so\n" \
	"password required @door changed\n"

/* What root has set is temporary all the same. */
static void
test_order__changed_behind_sufficient(void **state)
{
	struct pam_case *c = *state;

	if (getuid() == 1000) {
		skip();
	}
	pam_case_service(c, "stock", SUFFICIENT);
	assert_int_equal(try(c, "stock", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_true(pam_case_tells(c, UNREACHED));
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	assert_true(pam_case_marks(c, "wang").reset);
	assert_int_equal(try(c, "front", "wang", ANSWERS(OTHER, OTHER)),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_int_equal(pam_case_events(c, "password.reset"), 2);
}

/* Who has logged in may stay for long: another may have set the one that is
 * there in the end. */
static void
test_order__changed_behind_sufficient_at_log_in(void **state)
{
	const char *const *const answers[] = { ANSWERS(OTHER, OTHER),
		ANSWERS(GOOD, GOOD), ANSWERS("Third=one=9", "Third=one=9") };
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_service(c, "stock", SUFFICIENT);
	for (int i = 0; i < 3; i++) {
		pam_login_start(c, "stock", "wang", "/dev/pts/3", NULL, &login);
		assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
		login.answers = answers[i];
		assert_int_equal(pam_chauthtok(login.pamh,
				     PAM_CHANGE_EXPIRED_AUTHTOK),
		    PAM_SUCCESS);
		/* A child that ends leaves it to its parent; and who failed
		 * with something else says nothing of this. */
		login.status = i == 0 ? PAM_SUCCESS | PAM_DATA_SILENT :
		    i == 1            ? PAM_AUTHTOK_ERR :
					PAM_SUCCESS;
		pam_login_end(&login);
		assert_int_equal(pam_case_events(c, "state.fault"), i / 2);
	}
	assert_true(pam_case_tells(c, UNREACHED));
	assert_int_equal(pam_case_events(c, "password.reset") +
		pam_case_events(c, "password.changed"),
	    0);
	assert_true(pam_case_marks(c, "wang").password == 0);
}

/* Accepted, and not set: nothing is wrong. */
static void
test_order__nothing_set_behind_sufficient(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "stock",
	    "password requisite @door\n"
	    "password sufficient pam_permit.so\n"
	    "password required @door changed\n");
	assert_int_equal(try(c, "stock", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
}

static void
test_order__no_token(void **state)
{
	struct pam_case *c = *state;

	put_service(c, "none", "", "use_authtok");
	assert_int_equal(try(c, "none", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_AUTHTOK_ERR);
	assert_int_equal(pam_case_events(c, "state.fault"), 1);
	assert_true(pam_case_tells(c, NO_TOKEN));
}

/* ---- older ones -------------------------------------------------------------------- */

static void
test_history__three_older(void **state)
{
	static const char *const all[] = { "Kettle-under-41", "Walnut+ladder+7",
		"Marble=engine=52", "Copper/window/63", "Violet_anchor_85" };
	struct pam_case *c = *state;
	struct pam_login login;

	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(try(c, "front", "wang",
				     ANSWERS(all[i], all[i])),
		    PAM_SUCCESS);
	}
	for (size_t i = 4; i > 0; i--) {
		change(c, "front", "wang", 0, ANSWERS(all[i], all[i]), &login);
		assert_int_equal(login.status, PAM_MAXTRIES);
		assert_says(&login, "tw-baseline-115-basic 第42項");
	}
	assert_int_equal(pam_case_events(c, "password.refused"), 4);
	/* The fourth older one. */
	assert_int_equal(try(c, "front", "wang", ANSWERS(all[0], all[0])),
	    PAM_SUCCESS);
	assert_int_equal(try(c, "front", "wang", ANSWERS(all[1], all[1])),
	    PAM_SUCCESS);
	assert_int_equal(try(c, "front", "wang", ANSWERS(all[4], all[4])),
	    PAM_MAXTRIES);
	assert_int_equal(try(c, "front", "lee", ANSWERS(all[4], all[4])),
	    PAM_SUCCESS);
}

/* Set behind the door's back, and then found by the line behind. */
static void
test_history__what_changed_sees(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "behind",
	    "password required @probe hand=" GOOD "\n"
	    "password required @probe sets\n"
	    "password required @door changed\n");
	assert_int_equal(try(c, "behind", "wang", NOBODY), PAM_SUCCESS);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, 1, -1);
	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_MAXTRIES);
}

/* Another change, of the same account, before the password is typed again. */
static const char *
answer_late(void *arg, size_t prompt)
{
	if (prompt == 1) {
		assert_int_equal(try(arg, "front", "wang", ANSWERS(GOOD, GOOD)),
		    PAM_SUCCESS);
		assert_int_equal(try(arg, "front", "wang",
				     ANSWERS(OTHER, OTHER)),
		    PAM_SUCCESS);
	}
	return GOOD;
}

static void
test_history__changed_meanwhile(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before;

	pam_login_start(c, "front", "wang", "/dev/pts/3", NULL, &login);
	login.next = answer_late;
	login.arg = c;
	login.status = pam_chauthtok(login.pamh, 0);
	before = shadow(c);
	assert_int_equal(login.status, PAM_MAXTRIES);
	assert_int_equal(login.prompts, 2);
	assert_says(&login, "one of those before the current one");
	pam_login_end(&login);
	assert_int_equal(try(c, "front", "wang", ANSWERS(OTHER, OTHER)),
	    PAM_MAXTRIES);
	assert_same(c, before);
	free(before);
}

/* What can't be remembered is not replaced. */
static void
test_history__not_to_be_written(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;
	char *before;

	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	before = shadow(c);
	ward_tree_chmod(c->tree, "/var/lib/acctward/history", 0777);
	change(c, "front", "wang", 0, ANSWERS(OTHER, OTHER), &login);
	assert_int_equal(login.status, PAM_AUTHTOK_ERR);
	assert_says(&login, "The password can't be changed now");
	assert_true(pam_case_events(c, "state.fault") > 0);
	assert_same(c, before);
	free(before);
}

/* ---- what is left behind --------------------------------------------------------------- */

static size_t
open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL) {
		count++;
	}
	(void)closedir(dir);
	return count;
}

static void
test_leaves__no_file_open(void **state)
{
	struct pam_case *c = *state;
	const size_t before = open_files();
	struct pam_login login;

	pam_login_start(c, "front", "wang", "/dev/pts/3", NULL, &login);
	login.answers = ANSWERS(GOOD, GOOD);
	assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(open_files(), before);
	login.answers = ANSWERS(BAD, BAD);
	assert_int_equal(pam_chauthtok(login.pamh, 0), PAM_MAXTRIES);
	assert_int_equal(open_files(), before);
	pam_login_end(&login);
}

/* Nothing of what was typed, nor of its hash where it does not belong. */
static void
test_leaves__nothing_in_events(void **state)
{
	struct pam_case *c = *state;
	char *text;

	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD, GOOD)),
	    PAM_SUCCESS);
	assert_int_equal(try(c, "front", "wang", ANSWERS(GOOD)), PAM_MAXTRIES);
	text = pam_case_text(c, EVENTS);
	assert_non_null(text);
	assert_null(strstr(text, GOOD));
	assert_null(strstr(text, "$y$"));
	free(text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_demands__before_the_first_prompt),
		CASE(test_refused__all_at_once),
		CASE(test_said__fits_a_terminal),
		CASE(test_refused__event),
		CASE(test_language),
		CASE(test_language__the_log_is_english),
		CASE(test_silent),
		CASE(test_retry),
		CASE(test_retry__empty),
		CASE(test_retry__the_same_again),
		CASE(test_retyped__mismatch),
		CASE(test_aborted),
		CASE(test_given__not_asked_for),
		CASE(test_given__tried_first),
		CASE(test_refused__nothing_is_handed_on),
		CASE(test_refused__what_is_no_password),
		CASE(test_prelim__no_plan),
		CASE(test_console__no_plan),
		CASE(test_prelim__no_words),
		CASE(test_weak),
		CASE(test_prelim__too_soon),
		CASE(test_forced__not_too_soon),
		CASE(test_killed__is_too_soon),
		CASE(test_reset),
		CASE(test_should__is_told),
		CASE(test_stranger),
		CASE(test_unprivileged),
		CASE(test_order__behind_what_sets_it),
		CASE(test_order__changed_meanwhile),
		CASE(test_order__changed_in_front),
		CASE(test_order__another_service),
		CASE(test_order__what_sets_it_failed),
		CASE(test_order__failed_and_changed_meanwhile),
		CASE(test_order__nothing_judges),
		CASE(test_order__changed_behind_sufficient),
		CASE(test_order__changed_behind_sufficient_at_log_in),
		CASE(test_order__nothing_set_behind_sufficient),
		CASE(test_order__no_token),
		CASE(test_history__three_older),
		CASE(test_history__what_changed_sees),
		CASE(test_history__changed_meanwhile),
		CASE(test_history__not_to_be_written),
		CASE(test_leaves__no_file_open),
		CASE(test_leaves__nothing_in_events),
	};

	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
