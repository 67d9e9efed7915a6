/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stock modules, run: whatever one returns lies within what collect/pam says
 * that it may. Only what needs neither root nor an account's password, in
 * directories of the test's own; modules that the host lacks are passed by.
 */
#include "tests/module_case.h"

#include <glob.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/quiet.h"

struct step {
	enum ward_pam_type type;
	const char *module, *args; /* "%" stands for the tree */
	struct ward_pam_world world;
	int code;
	const char *answer; /* to whatever is asked */
};

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	const char *answer = *(const char *const *)arg;
	struct pam_response *all = calloc((size_t)count, sizeof(*all));

	if (all == NULL) {
		return PAM_BUF_ERR;
	}
	for (int i = 0; i < count; i++) {
		if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF ||
		    messages[i]->msg_style == PAM_PROMPT_ECHO_ON) {
			all[i].resp = strdup(answer == NULL ? "" : answer);
		}
	}
	*ret_responses = all;
	return PAM_SUCCESS;
}

/* Where the host has it, or WARD_PAM_SECURITY, a directory. NULL: nowhere. */
static char *
find_module(const char *module)
{
	static const char *const places[] = { "/lib/*/security/",
		"/lib64/security/", "/lib/security/" };
	const char *other = getenv("WARD_PAM_SECURITY");
	char pattern[512], *found = NULL;
	glob_t g;

	if (other != NULL) {
		(void)snprintf(pattern, sizeof(pattern), "%s/%s", other,
		    module);
		found = access(pattern, R_OK) == 0 ? strdup(pattern) : NULL;
	}
	for (size_t i = 0; found == NULL && i < LENGTH(places); i++) {
		(void)snprintf(pattern, sizeof(pattern), "%s%s", places[i],
		    module);
		if (glob(pattern, 0, NULL, &g) == 0) {
			found = strdup(g.gl_pathv[0]);
			globfree(&g);
		}
	}
	return found;
}

static void
put_args(const char *args, const char *tree, char *text, size_t size)
{
	size_t used = 0;

	for (; *args != '\0' && used + strlen(tree) + 2 < size; args++) {
		used += (size_t)snprintf(text + used, size - used, "%.*s",
		    *args == '%' ? (int)strlen(tree) : 1,
		    *args == '%' ? tree : args);
	}
	text[used] = '\0';
}

static int
call(pam_handle_t *pamh, enum ward_pam_type type)
{
	switch (type) {
	case WARD_PAM_AUTH:
		return pam_authenticate(pamh, 0);
	case WARD_PAM_ACCOUNT:
		return pam_acct_mgmt(pamh, 0);
	case WARD_PAM_PASSWORD:
		return pam_chauthtok(pamh, 0);
	default:
		return pam_open_session(pamh, 0);
	}
}

/* What the module itself returns. */
static int
run(const char *tree, const struct step *s, const char *path, const char *args)
{
	const char *answer = s->answer;
	const struct pam_conv conv = { converse, &answer };
	const struct passwd *me = getpwuid(getuid());
	pam_handle_t *pamh = NULL;
	char line[1024];
	int r, size;

	size = snprintf(line, sizeof(line),
	    "%s [success=ok default=die] %s %s\n", ward_pam_type_name(s->type),
	    path, args);
	assert_in_range(size, 1, sizeof(line) - 1);
	ward_tree_put(tree, "/svc", line, (size_t)size);
	ward_tree_put(tree, "/other", line, (size_t)size);
	assert_int_equal(pam_start_confdir("svc",
			     me == NULL ? "root" : me->pw_name, &conv, tree,
			     &pamh),
	    PAM_SUCCESS);
	r = call(pamh, s->type);
	(void)pam_end(pamh, r);
	/* That is what libpam makes of a module that is ignored. */
	return r == PAM_PERM_DENIED ? PAM_IGNORE : r;
}

static bool
is_foreseen(const struct step *s, const char *text, int code)
{
	struct ward_pam_world world = s->world;
	struct ward_pam_may may[WARD_PAM_MAYS];
	bool found = false;
	struct reading r;

	world.by = getuid() == 0 ? WARD_BY_ROOT : WARD_BY_USER;
	read_line(&r, "/", s->type, text);
	for (uint32_t pass = 0; pass < (s->type == PASSWORD ? 2 : 1); pass++) {
		size_t count = ward_pam_line_may(&r.line, s->type, pass, &world,
		    may);

		for (size_t i = 0; i < count; i++) {
			found |= r.line.module != NULL &&
			    (may[i].codes & (uint64_t)1 << code) != 0;
		}
	}
	done(&r);
	return found;
}

static void
check_steps(const char *tree, const struct step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct step *s = &steps[i];
		char *path = find_module(s->module), args[512], text[1024];
		int code;

		if (path == NULL) {
			continue;
		}
		put_args(s->args, tree, args, sizeof(args));
		code = run(tree, s, path, args);
		(void)snprintf(text, sizeof(text), "%s %s", s->module, args);
		if (code != s->code || !is_foreseen(s, text, code)) {
			fail_msg("step %zu: %s: %d, not %d, or not foreseen", i,
			    text, code, s->code);
		}
		free(path);
	}
}

#define ANY USER

static void
test_plain(void **state)
{
	static const struct step steps[] = {
		{ AUTH, "pam_deny.so", "", ANY, 7, NULL },
		{ ACCOUNT, "pam_deny.so", "", ANY, 7, NULL },
		{ PASSWORD, "pam_deny.so", "", ANY, 20, NULL },
		{ SESSION, "pam_deny.so", "", ANY, 14, NULL },
		{ AUTH, "pam_permit.so", "", ANY, 0, NULL },
		{ ACCOUNT, "pam_permit.so", "", ANY, 0, NULL },
		{ PASSWORD, "pam_permit.so", "", ANY, 0, NULL },
		{ SESSION, "pam_permit.so", "", ANY, 0, NULL },
		{ SESSION, "pam_rootok.so", "", ANY, 28, NULL },
		{ AUTH, "pam_nologin.so", "file=/none", ANY, 25, NULL },
		{ ACCOUNT, "pam_nologin.so", "file=/none successok", ANY, 0,
		    NULL },
		{ PASSWORD, "pam_nologin.so", "", ANY, 28, NULL },
		{ AUTH, "pam_succeed_if.so", "user = nobody-has-this", ANY, 7,
		    NULL },
		{ AUTH, "pam_succeed_if.so", "user != nobody-has-this", ANY, 0,
		    NULL },
		{ SESSION, "pam_faillock.so", "", ANY, 28, NULL },
		{ PASSWORD, "pam_faillock.so", "", ANY, 28, NULL },
	};
	struct step rootok = { AUTH, "pam_rootok.so", "", ANY,
		getuid() == 0 ? 0 : 7, NULL };
	char *tree = ward_tree_new(NULL);

	(void)state;
	check_steps(tree, steps, LENGTH(steps));
	for (rootok.type = AUTH; rootok.type < SESSION; rootok.type++) {
		check_steps(tree, &rootok, 1);
	}
	ward_tree_remove(tree);
}

#define OF "dir=%/t conf=%/lock "

static void
test_locks(void **state)
{
	static const struct step steps[] = {
		{ AUTH, "pam_faillock.so", OF "preauth", ANY, 0, NULL },
		{ AUTH, "pam_faillock.so", OF "authfail", TYPED(WRONG), 25,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth", LOCKED(1), 0, NULL },
		{ AUTH, "pam_faillock.so", OF "authfail", TYPED(WRONG), 25,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth", LOCKED(2), 7, NULL },
		{ AUTH, "pam_faillock.so", OF "", LOCKED(2), 7, NULL },
		{ AUTH, "pam_faillock.so", OF "authfail", LOCKED(2), 7, NULL },
		{ AUTH, "pam_faillock.so", OF "authsucc", LOCKED(2), 7, NULL },
		{ AUTH, "pam_faillock.so", OF "preauth deny=3", LOCKED(2), 0,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth deny=0", LOCKED(2), 0,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth deny=2x", LOCKED(2), 7,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth deny=65538", LOCKED(2),
		    7, NULL },
		{ AUTH, "pam_faillock.so", OF "preauth deny=x", LOCKED(2), 7,
		    NULL },
		{ AUTH, "pam_faillock.so", OF "preauth fail_interval=0",
		    LOCKED(2), 0, NULL },
		{ AUTH, "pam_faillock.so", "dir=%/u conf=%/lock preauth", ANY,
		    0, NULL },
		{ ACCOUNT, "pam_faillock.so", OF, LOCKED(2), 0, NULL },
		{ AUTH, "pam_faillock.so", OF "preauth", ANY, 0, NULL },
		{ AUTH, "pam_faillock.so", OF "authsucc", ANY, 0, NULL },
		{ AUTH, "pam_faillock.so", "conf=%/none preauth", ANY, 3,
		    NULL },
		{ ACCOUNT, "pam_faillock.so", "conf=%/none", ANY, 3, NULL },
		{ AUTH, "pam_faillock.so", "dir=%/t conf=%/long preauth", ANY,
		    3, NULL },
		{ AUTH, "pam_faillock.so", "dir=%/t conf=%/fits preauth", ANY,
		    0, NULL },
		{ AUTH, "pam_faillock.so", "dir=%/t conf=%/t preauth", ANY, 0,
		    NULL },
	};
	char *tree = ward_tree_new(NULL), line[1024];

	(void)state;
	if (getpwuid(getuid()) == NULL) {
		ward_tree_remove(tree);
		skip();
	}
	ward_tree_dir(tree, "/t");
	ward_tree_dir(tree, "/u");
	ward_tree_put(tree, "/lock", "deny = 2 # x\neven_deny_root\nbogus\nnodelay\n",
	    42);
	memset(line, ' ', sizeof(line));
	line[1023] = '\n';
	ward_tree_put(tree, "/long", line, 1024);
	line[1022] = '\n';
	ward_tree_put(tree, "/fits", line, 1023);
	check_steps(tree, steps, LENGTH(steps));
	ward_tree_remove(tree);
}

/* Has the host settings of its own, which the module would read? */
static bool
has_settings(void)
{
	struct reading r;
	bool has;

	read_line(&r, "/", PASSWORD, "pam_pwquality.so");
	has = r.line.numbers[WARD_PAM_LENGTH].value.value != 8 ||
	    r.line.numbers[WARD_PAM_CLASSES].value.value != 0 ||
	    r.line.numbers[WARD_PAM_LENGTH].source.line != 7;
	done(&r);
	return has;
}

static void
test_quality(void **state)
{
#define HARD "dictcheck=0 enforce_for_root "
	static const struct step steps[] = {
		{ PASSWORD, "pam_pwquality.so", HARD, CANDIDATE(SHORT, 7), 20,
		    "xB3-kq9" },
		{ PASSWORD, "pam_pwquality.so", HARD, CANDIDATE(SHORT, 8), 0,
		    "xB3-kq9z" },
		{ PASSWORD, "pam_pwquality.so", HARD "minlen=3",
		    CANDIDATE(SHORT, 5), 20, "xB3-k" },
		{ PASSWORD, "pam_pwquality.so", HARD "minlen=12 dcredit=6",
		    CANDIDATE(SHORT, 6), 0, "914836" },
		{ PASSWORD, "pam_pwquality.so", HARD "minlen=12 dcredit=6",
		    CANDIDATE(SHORT, 5), 20, "91483" },
		{ PASSWORD, "pam_pwquality.so",
		    HARD "minlen=12 dcredit=6 ucredit=-2", CANDIDATE(SHORT, 6),
		    20, "AB9148" },
		{ PASSWORD, "pam_pwquality.so", HARD "minclass=3",
		    CANDIDATE(FEW_CLASSES, 2), 20, "kqzvw91482" },
		{ PASSWORD, "pam_pwquality.so", HARD "retry=2",
		    CANDIDATE(SHORT, 4), 11, "xB3-" },
		{ PASSWORD, "pam_pwquality.so", "dictcheck=0 enforcing=0",
		    CANDIDATE(SHORT, 4), 0, "xB3-" },
		{ PASSWORD, "pam_pwquality.so", HARD "use_authtok", ANY, 20,
		    NULL },
		{ AUTH, "pam_pwquality.so", "", ANY, 28, NULL },
	};
	char *tree = ward_tree_new(NULL);

	(void)state;
	if (has_settings()) {
		ward_tree_remove(tree);
		skip();
	}
	check_steps(tree, steps, LENGTH(steps));
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_quality),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
