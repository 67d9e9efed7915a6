/* SPDX-License-Identifier: BSD-2-Clause */
/* unknown.c: users and groups that only a directory could know. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/sudoers.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool
has_user(void *arg, const char *name, uint32_t uid)
{
	(void)arg;
	return name == NULL ? uid == 0 || uid == 1001 :
			      strcmp(name, "root") == 0 ||
		strcmp(name, "wang") == 0 || strcmp(name, "Lee") == 0;
}

static bool
has_group(void *arg, const char *name, uint32_t gid)
{
	(void)arg;
	return name == NULL ?
	    gid == 100 :
	    strcmp(name, "users") == 0 || strcmp(name, "Staff") == 0;
}

static const char *
account(void *arg, size_t i)
{
	static const char *const names[] = { "root", "wang", "Lee" };

	(void)arg;
	return i < LENGTH(names) ? names[i] : NULL;
}

struct unknown_case {
	const char *users, *groups; /* sources */
	const char *sudoers, *said; /* "LINE detail" */
};

static void
expect(const struct unknown_case *c)
{
	const struct ward_tree_file files[] = { { "/etc/sudoers", c->sudoers },
		{ "/etc/group", "users:x:100:\nStaff:x:101:\n" },
		{ NULL, NULL } };
	const struct ward_sudo_known known = { has_user, has_group, account,
		NULL, c->users, c->groups };
	struct ward_defects defects = { .pool = ward_pool_new() };
	char *tree = ward_tree_new(files), *said = NULL;
	struct ward_sudoers *sudoers = NULL;
	struct ward_root *root = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&said, &size);

	assert_non_null(out);
	assert_int_equal(ward_root_new(tree, &root, NULL), 0);
	assert_int_equal(ward_sudoers_load(root, "web01",
			     (struct ward_moment){ 1795147200, 480 }, &defects,
			     &sudoers, NULL),
	    0);
	assert_int_equal(ward_sudoers_tell_unknown(sudoers, &known, &defects),
	    0);
	for (size_t i = 0; i < defects.count; i++) {
		const struct ward_defect *d = &defects.list[i];

		assert_int_equal(d->reason,
		    WARD_REASON_WELLFORMED_SUDOERS_OPEN);
		assert_null(d->name);
		assert_string_equal(d->source.file, "/etc/sudoers");
		fprintf(out, "%u %s\n", (unsigned int)d->source.line,
		    d->detail);
	}
	assert_int_equal(fclose(out), 0);
	assert_string_equal(said, c->said);
	free(said);
	ward_sudoers_free(sudoers);
	ward_root_free(root);
	ward_tree_remove(tree);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
}

static void
test_tell_unknown__who(void **state)
{
	static const char sudoers[] = "root ALL=ALL\n"
				      "aduser ALL=ALL\n"
				      "%admins ALL=ALL\n"
				      "#5000 ALL=ALL\n"
				      "%#5001 ALL=ALL\n"
				      "wang, #1001, %users, %#100 ALL=ALL\n"
				      "%domain\\ users ALL=/bin/a\n";
	static const struct unknown_case cases[] = {
		{ NULL, NULL, sudoers, "" },
		{ "sss", "ldap", sudoers,
		    "2 user 'aduser' is not in local files (nsswitch.conf: "
		    "sss)\n"
		    "3 group 'admins' is not in local files (nsswitch.conf: "
		    "ldap)\n"
		    "4 uid 5000 is not in local files (nsswitch.conf: sss)\n"
		    "5 gid 5001 is not in local files (nsswitch.conf: ldap)\n"
		    "7 group 'domain users' is not in local files "
		    "(nsswitch.conf: ldap)\n" },
		{ "sss", NULL, "aduser, %admins ALL=ALL\n%admins ALL=ALL\n",
		    "1 user 'aduser' is not in local files (nsswitch.conf: "
		    "sss)\n" },
		{ NULL, "sss", "aduser, %admins ALL=ALL\naduser ALL=ALL\n",
		    "1 group 'admins' is not in local files (nsswitch.conf: "
		    "sss)\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(&cases[i]);
	}
}

static void
test_tell_unknown__lines(void **state)
{
	static const struct unknown_case cases[] = {
		/* the first in the line, once a line */
		{ "sss", "sss",
		    "wang, one, two ALL=/bin/a, (ALL) /bin/b\n"
		    "one web01=ALL : ALL=/bin/a\n",
		    "1 user 'one' is not in local files (nsswitch.conf: sss)\n"
		    "2 user 'one' is not in local files (nsswitch.conf: "
		    "sss)\n" },
		/* in force on this host and now */
		{ "sss", "sss",
		    "one db01=ALL\ntwo ALL=NOTAFTER=20200101000000Z ALL\n"
		    "three db01=ALL : web01=ALL\n",
		    "3 user 'three' is not in local files (nsswitch.conf: "
		    "sss)\n" },
		/* by aliases; one that isn't defined is a name */
		{ "sss", "sss",
		    "User_Alias A = wang, B\nUser_Alias B = one\n"
		    "User_Alias C = two\nA ALL=ALL\nNONE ALL=ALL\n",
		    "4 user 'one' is not in local files (nsswitch.conf: sss)\n"
		    "5 user 'NONE' is not in local files (nsswitch.conf: "
		    "sss)\n" },
		/* who is taken away gets nothing */
		{ "sss", "sss",
		    "User_Alias A = !one\nALL, !one ALL=ALL\nALL, A ALL=ALL\n"
		    "!A ALL=ALL\n",
		    "4 user 'one' is not in local files (nsswitch.conf: "
		    "sss)\n" },
		/* told of already */
		{ "sss", "sss", "+netgroup, one ALL=ALL\n",
		    "1 netgroup +netgroup\n" },
		{ "sss", "sss", "ALL ALL=ALL\n+ng ALL=ALL\n%:other ALL=ALL\n",
		    "2 netgroup +ng\n3 group %:other\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(&cases[i]);
	}
}

static void
test_tell_unknown__case(void **state)
{
	static const struct unknown_case cases[] = {
		{ "sss", "sss",
		    "WANG, lee, LEE, %STAFF, %staff, %Users ALL=ALL\n", "" },
		{ "sss", "sss",
		    "Defaults !case_insensitive_user\nWang, wang ALL=ALL\n"
		    "Lee ALL=ALL\n",
		    "2 user 'Wang' is not in local files (nsswitch.conf: "
		    "sss)\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(&cases[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tell_unknown__who),
		cmocka_unit_test(test_tell_unknown__lines),
		cmocka_unit_test(test_tell_unknown__case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
