/* SPDX-License-Identifier: BSD-2-Clause */
/* Passwords in memory: what a core dump would hold, taken after each of the
 * module's lines and entry points. */
#include "tests/pam_case.h"

#include <stdlib.h>
#include <string.h>

#include "tests/memory.h"

#define CONF \
	"[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n" \
	"[password.weak]\n[password.no_account_name]\n"
#define STRICT CONF "[password.min_length]\nmin = 40\n"

static int
setup(void **state)
{
	struct pam_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	pam_case_new(c, CONF);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, 1, -1);
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

/* ---- what is looked for -------------------------------------------------------- */

/* Never as it is in this program, so that what is found is a copy. */
#define SIZE 18
#define KEY 0x55
static unsigned char hidden[] = "+Quarry.Basin.683!";

static void
hide(void)
{
	for (size_t i = 0; i < SIZE; i++) {
		hidden[i] ^= KEY;
	}
}

static unsigned char
typed(size_t i)
{
	return hidden[i] ^ KEY;
}

static unsigned char
lower(size_t i)
{
	const unsigned char c = typed(i);

	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static unsigned char
reversed(size_t i)
{
	return typed(SIZE - 1 - i);
}

static unsigned char
lower_reversed(size_t i)
{
	return lower(SIZE - 1 - i);
}

static unsigned char (*const forms[])(
    size_t i) = { typed, lower, reversed, lower_reversed };

/* A character is one byte, or, worked out, four. */
static bool
is_copy(const unsigned char *bytes, size_t left, unsigned char (*form)(size_t),
    size_t step)
{
	if (left < SIZE * step) {
		return false;
	}
	for (size_t i = 0; i < SIZE; i++) {
		if (bytes[i * step] != form(i)) {
			return false;
		}
		for (size_t j = 1; j < step; j++) {
			if (bytes[i * step + j] != 0) {
				return false;
			}
		}
	}
	return true;
}

static size_t
count_in(const unsigned char *bytes, size_t size)
{
	const unsigned char first = typed(0), last = typed(SIZE - 1);
	size_t count = 0;

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != first && bytes[i] != last) {
			continue;
		}
		for (size_t f = 0; f < sizeof(forms) / sizeof(forms[0]); f++) {
			count += is_copy(bytes + i, size - i, forms[f], 1);
			count += is_copy(bytes + i, size - i, forms[f], 4);
		}
	}
	return count;
}

static size_t
copies(void)
{
	return ward_memory_is_own() ? ward_memory_count(count_in) : 0;
}

/* ---- calls ---------------------------------------------------------------------- */

static char answer[SIZE + 1];

static const char *
give(void *arg, size_t prompt)
{
	(void)arg;
	(void)prompt;
	for (size_t i = 0; i < SIZE; i++) {
		answer[i] = (char)typed(i);
	}
	return answer;
}

/* Between two lines of the stack: how many copies there are, each time. */
static size_t seen[8], looks;

static void
look(void)
{
	explicit_bzero(answer, sizeof(answer));
	assert_true(looks < sizeof(seen) / sizeof(seen[0]));
	seen[looks++] = copies();
}

/* "@look" is a line at which the process looks at itself. */
static void
put_stack(struct pam_case *c, const char *name, const char *text)
{
	static void (*const function)(void) = look;
	char *file = NULL;
	uintptr_t address;
	FILE *stream;
	size_t size;

	memcpy(&address, &function, sizeof(address));
	stream = open_memstream(&file, &size);
	assert_non_null(stream);
	for (const char *at = text; *at != '\0';) {
		if (strncmp(at, "@look", 5) == 0) {
			(void)fprintf(stream, "@probe call=%jx",
			    (uintmax_t)address);
			at += 5;
		} else if (strncmp(at, "@words", 6) == 0) {
			(void)fprintf(stream, "words=%s/share/acctward/words",
			    c->modules);
			at += 6;
		} else {
			(void)fputc(*at++, stream);
		}
	}
	assert_int_equal(fclose(stream), 0);
	pam_case_service(c, name, file);
	free(file);
}

static void
start(const struct pam_case *c, const char *service, struct pam_login *login)
{
	looks = 0;
	pam_login_start(c, service, "wang", "/dev/pts/3", NULL, login);
	login->next = give;
}

/* After a call of the handle, and after its end: libpam has wiped its items. */
#define assert_none() \
	do { \
		explicit_bzero(answer, sizeof(answer)); \
		assert_int_equal(copies(), 0); \
	} while (0)

/* Run the two stacks, and compare what was seen between their lines. */
static void
compare(struct pam_case *c, const char *ours, const char *stand_in,
    int (*call)(pam_handle_t *, int), int status)
{
	struct pam_login login;
	size_t theirs[8], count;

	put_stack(c, "stand-in", stand_in);
	start(c, "stand-in", &login);
	(void)call(login.pamh, 0);
	assert_none();
	pam_login_end(&login);
	count = looks;
	memcpy(theirs, seen, sizeof(theirs));
	/* The handle's own are there to be found. */
	assert_true(count > 0);
	assert_true(theirs[count - 1] > 0 || !ward_memory_is_own());
	put_stack(c, "ours", ours);
	start(c, "ours", &login);
	login.status = call(login.pamh, 0);
	assert_int_equal(login.status, status);
	assert_none();
	pam_login_end(&login);
	assert_none();
	assert_int_equal(looks, count);
	for (size_t i = 0; i < count; i++) {
		assert_in_range(seen[i], 0, theirs[i]);
	}
}

/* ---- tests ----------------------------------------------------------------------- */

static void
test_found__where_it_is(void **state)
{
	unsigned char *copy = calloc(4, SIZE);

	(void)state;
	if (!ward_memory_is_own()) {
		free(copy);
		skip();
	}
	assert_non_null(copy);
	assert_int_equal(copies(), 0);
	for (size_t f = 0; f < sizeof(forms) / sizeof(forms[0]); f++) {
		for (size_t step = 1; step <= 4; step += 3) {
			for (size_t i = 0; i < SIZE; i++) {
				copy[i * step] = forms[f](i);
			}
			assert_int_equal(copies(), 1);
			explicit_bzero(copy, (size_t)4 * SIZE);
		}
	}
	free(copy);
}

#define TAKES "auth optional @probe\nauth required @look\n"

static void
test_auth__preauth(void **state)
{
	compare(*state,
	    "auth requisite @door preauth nodelay\n"
	    "auth required @look\n",
	    TAKES, pam_authenticate, PAM_SUCCESS);
}

static void
test_auth__authfail(void **state)
{
	compare(*state,
	    "auth requisite @door preauth nodelay\n"
	    "auth optional @probe\n"
	    "auth optional @door authfail nodelay\n"
	    "auth required @look\n",
	    TAKES, pam_authenticate, PAM_SUCCESS);
}

static void
test_auth__authsucc(void **state)
{
	compare(*state,
	    "auth requisite @door preauth nodelay\n"
	    "auth required pam_permit.so\n"
	    "auth required @door authsucc\n"
	    "auth required @look\n",
	    TAKES, pam_authenticate, PAM_SUCCESS);
}

/* While it is asked whether there may be a new one, and with one. */
#define ASKS \
	"password required @probe asks\n" \
	"password required @look\n"

static void
test_password__accepted(void **state)
{
	compare(*state,
	    "password requisite @door @words\n"
	    "password required @look\n",
	    ASKS, pam_chauthtok, PAM_SUCCESS);
}

/* By rules, and for being the current one. */
static void
test_password__refused(void **state)
{
	struct pam_case *c = *state;

	compare(c,
	    "password required @probe asks-old\n"
	    "password optional @door retry=3 @words\n"
	    "password required @look\n",
	    "password required @probe asks-old\n" ASKS, pam_chauthtok,
	    PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.refused"), 1);
	pam_case_conf(c, STRICT);
	compare(c,
	    "password optional @door retry=3 @words\n"
	    "password required @look\n",
	    ASKS, pam_chauthtok, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.refused"), 2);
}

static void
test_password__changed(void **state)
{
	struct pam_case *c = *state;

	compare(c,
	    "password requisite @door @words\n"
	    "password required @probe sets\n"
	    "password required @door changed\n"
	    "password required @look\n",
	    ASKS, pam_chauthtok, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "state.fault"), 0);
	/* Now it is one of the older ones. */
	compare(c,
	    "password optional @door retry=2 @words\n"
	    "password required @look\n",
	    ASKS, pam_chauthtok, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.refused"), 1);
}

static void
test_whole__each_entry(void **state)
{
	static int (*const entries[])(pam_handle_t *, int) = { pam_authenticate,
		pam_setcred, pam_acct_mgmt, pam_open_session, pam_close_session,
		pam_chauthtok };
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(), -1);
	put_stack(c, "whole",
	    "auth requisite @door preauth nodelay\n"
	    "auth required pam_permit.so\n"
	    "auth required @door authsucc\n"
	    "account required @door\n"
	    "password requisite @door @words\n"
	    "password required @probe sets\n"
	    "password required @door changed\n"
	    "session required pam_permit.so\n"
	    "session required @door\n");
	start(c, "whole", &login);
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		login.status = entries[i](login.pamh,
		    entries[i] == pam_setcred ? PAM_ESTABLISH_CRED : 0);
		assert_int_equal(login.status, PAM_SUCCESS);
		assert_none();
	}
	pam_login_end(&login);
	assert_none();
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_found__where_it_is),
		CASE(test_auth__preauth),
		CASE(test_auth__authfail),
		CASE(test_auth__authsucc),
		CASE(test_password__accepted),
		CASE(test_password__refused),
		CASE(test_password__changed),
		CASE(test_whole__each_entry),
	};

	hide();
	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
