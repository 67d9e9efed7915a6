/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <string.h>

#include "collect/accounts/logindefs.h"

static struct ward_logindefs
read_defs(const char *text)
{
	struct ward_logindefs defs = ward_logindefs_default();

	assert_int_equal(ward_logindefs_read(ward_memory_fd(text, strlen(text)),
			     &defs),
	    0);
	return defs;
}

static void
test_logindefs_read__manual(void **state)
{
	struct ward_logindefs defs;

	(void)state;
	defs = read_defs("");
	assert_int_equal(defs.uid_min, 1000);
	assert_int_equal(defs.uid_max, 60000);
	assert_int_equal(defs.lastlog_max, UINT32_MAX);
	defs = read_defs("# UID_MIN 7\nUID_MIN\t\t  500\n UID_MAX \"50000\"\r\n"
			 "SYS_UID_MIN 100\nLASTLOG_UID_MAX 99999\nGID_MIN 1\n");
	assert_int_equal(defs.uid_min, 500);
	assert_int_equal(defs.uid_max, 50000);
	assert_int_equal(defs.lastlog_max, 99999);
}

static void
test_logindefs_read__odd(void **state)
{
	struct ward_logindefs defs;

	(void)state;
	/* The last one counts; any base; what is no number is passed over. */
	defs = read_defs("UID_MIN 1\nUID_MIN 0x1f4\nUID_MAX 12a\nUID_MAX\n"
			 "UID_MAX -1\nLASTLOG_UID_MAX 4294967296\nUID_MIN");
	assert_int_equal(defs.uid_min, 500);
	assert_int_equal(defs.uid_max, 60000);
	assert_int_equal(defs.lastlog_max, UINT32_MAX);
}

static void
test_shells_read__list(void **state)
{
	static const char
	    text[] = "# /etc/shells\n/bin/sh\n/bin/bash # ours\n"
		     "  /bin/dash\n/\n\n/usr/bin/fish\t\n#/bin/not\n";
	struct ward_strings *shells;

	(void)state;
	assert_int_equal(ward_strings_new(&shells), 0);
	assert_int_equal(ward_shells_read(ward_memory_fd(text,
					      sizeof(text) - 1),
			     shells),
	    0);
	assert_int_equal(ward_strings_count(shells), 4);
	assert_true(ward_shell_is_listed("/bin/bash", shells));
	assert_true(ward_shell_is_listed("/bin/dash", shells));
	assert_true(ward_shell_is_listed("/usr/bin/fish", shells));
	assert_true(ward_shell_is_listed("", shells));
	assert_false(ward_shell_is_listed("/bin/not", shells));
	assert_false(ward_shell_is_listed("/bin/bash\r", shells));
	assert_true(ward_shell_is_listed("/bin/not", NULL));
	ward_strings_free(shells);
}

static void
test_shell_is_login__cases(void **state)
{
	static const struct {
		const char *shell;
		bool login;
	} cases[] = { { "/bin/bash", true }, { "", true }, { "bash", true },
		{ "/usr/sbin/nologin", false }, { "/sbin/nologin", false },
		{ "/bin/false", false }, { "/bin/true", false },
		{ "/bin/sync", false }, { "/sbin/halt", false },
		{ "/sbin/shutdown", false }, { "nologin", true },
		{ "/usr/bin/false", false }, { "/home/alice/false", true },
		{ "/bin/x/false", true }, { "/bin//false", true },
		{ "/usr/local/sbin/nologin", true }, { "bin/false", true },
		{ "/false", true }, { "/bin/false ", true },
		{ "/opt/nologin/sh", true }, { "/bin/nologin2", true } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(ward_shell_is_login(cases[i].shell),
		    cases[i].login);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_logindefs_read__manual),
		cmocka_unit_test(test_logindefs_read__odd),
		cmocka_unit_test(test_shells_read__list),
		cmocka_unit_test(test_shell_is_login__cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
