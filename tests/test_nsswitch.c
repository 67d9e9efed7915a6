/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "collect/accounts/nsswitch.h"

/* "users groups rules:line", "-" for none. */
static void
expect(const char *text, size_t size, const char *expected)
{
	struct ward_pool *pool = ward_pool_new();
	struct ward_nsswitch found = { .users = "?" };
	char said[128];

	assert_non_null(pool);
	assert_int_equal(ward_nsswitch_read(ward_memory_fd(text, size), pool,
			     &found),
	    0);
	(void)snprintf(said, sizeof(said), "%s %s %s:%u",
	    found.users == NULL ? "-" : found.users,
	    found.groups == NULL ? "-" : found.groups,
	    found.rules == NULL ? "-" : found.rules,
	    found.rules == NULL ? 0 : (unsigned int)found.rules_line);
	assert_string_equal(said, expected);
	ward_pool_free(pool);
}

#define EXPECT(text, expected) expect(text, sizeof(text) - 1, expected)

static void
test_nsswitch_read__sources(void **state)
{
	(void)state;
	EXPECT("", "- - -:0");
	EXPECT("# passwd: ldap\n\npasswd:\t files systemd\ngroup: compat\n"
	       "shadow: files ldap\nhosts: files dns\nnetgroup: nis\n",
	    "- - -:0");
	EXPECT("passwd: files sss\ngroup: files systemd winbind\n",
	    "sss winbind -:0");
	EXPECT("passwd:ldap files # nis\ngroup : nisplus\n",
	    "ldap nisplus -:0");
	EXPECT("group: files\ninitgroups: files [SUCCESS=continue] sss\n",
	    "- sss -:0");
	EXPECT("passwd: altfiles files db\n", "db - -:0");
	/* the last line counts */
	EXPECT("passwd: files sss\npasswd: files\n", "- - -:0");
	EXPECT("passwd\npasswdx: sss\npasswd files sss\n: sss\n", "- - -:0");
	EXPECT("passwd: files\0 sss\n", "- - -:0");
	EXPECT("passwd: files sss", "sss - -:0");
}

static void
test_nsswitch_read__actions(void **state)
{
	(void)state;
	EXPECT("passwd: files [NOTFOUND=return] sss\n", "- - -:0");
	EXPECT("passwd: files [ notfound = return ] sss\n", "- - -:0");
	EXPECT("passwd: files [!UNAVAIL=return] sss\n", "- - -:0");
	EXPECT("passwd: files[!SUCCESS=return]sss\n", "- - -:0");
	EXPECT("passwd: files [!NOTFOUND=return] sss\n", "sss - -:0");
	EXPECT("passwd: files [SUCCESS=return] sss\n", "sss - -:0");
	EXPECT("passwd: files [SUCCESS=merge]sss\n", "sss - -:0");
	EXPECT("passwd: sss [NOTFOUND=return] files\n", "sss - -:0");
	EXPECT("passwd: files [NOTFOUND=continue UNAVAIL=return] sss\n",
	    "sss - -:0");
	EXPECT("passwd: files [", "- - -:0");
	EXPECT("passwd: files [] sss", "sss - -:0");
}

static void
test_nsswitch_read__sudoers(void **state)
{
	(void)state;
	EXPECT("sudoers: files\n", "- - -:0");
	EXPECT("passwd: files\nsudoers: files sss\n", "- - sss:2");
	EXPECT("Sudoers:\tfiles LDAP\n", "- - LDAP:1");
	EXPECT("sudoers: files dns [NOTFOUND=return] ldap\n", "- - -:0");
	/* the first line counts */
	EXPECT("sudoers: files\nsudoers: sss\n", "- - -:0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nsswitch_read__sources),
		cmocka_unit_test(test_nsswitch_read__actions),
		cmocka_unit_test(test_nsswitch_read__sudoers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
