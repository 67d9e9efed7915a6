/* SPDX-License-Identifier: BSD-2-Clause */
/* What is handed on about homes, and why something is not known. */
#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "collect/collect.h"

struct record {
	const char *name; /* of the account that is looked at */
	void (*write)(struct record *r, const struct ward_account *a);
	char text[512];
};

static int
take_account(void *arg, const struct ward_account *a)
{
	struct record *r = arg;

	if (strcmp(a->name, r->name) == 0) {
		r->write(r, a);
	}
	return 0;
}

static int
skip_defect(void *arg, const struct ward_defect *defect)
{
	(void)arg;
	(void)defect;
	return 0;
}

static void
expect(const char *tree, const char *name,
    void (*write_it)(struct record *r, const struct ward_account *a),
    const char *expected)
{
	const struct ward_collect_options options = { .root = tree,
		.now = { .seconds = 1795147200 } };
	struct record r = { .name = name, .write = write_it };
	const struct ward_visitor visitor = { take_account, skip_defect, NULL,
		&r };
	struct ward_collection *collection = NULL;
	struct ward_error err = { .text = "" };

	if (ward_collect(&options, &collection, &err) != 0) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 0);
	ward_collection_free(collection);
	if (strcmp(r.text, expected) != 0) {
		fail_msg("%s: '%s', not '%s'", name, r.text, expected);
	}
}

static void
write_home(struct record *r, const struct ward_account *a)
{
	static const char *const states[] = { "unknown", "elsewhere", "missing",
		"there" };
	static const char *const groups[] = { "", " own", " shared" };

	(void)snprintf(r->text, sizeof(r->text), "%s %04o%s%s%s%s",
	    states[a->home_state], a->home_mode, groups[a->home_group],
	    a->home_open ? " open" : "", a->home_why == NULL ? "" : ": ",
	    a->home_why == NULL ? "" : a->home_why);
}

/* Homes made here have our group: others are, or are not, in it. */
static char *
make_tree(const char *more_passwd, const char *members)
{
	char passwd[512], group[256];
	const struct ward_tree_file files[] = { { "/etc/passwd", passwd },
		{ "/etc/group", group }, { "/home/wang/x", "" },
		{ NULL, NULL } };

	(void)snprintf(passwd, sizeof(passwd),
	    "wang:x:1001:%u::/home/wang:/bin/sh\n%s", (unsigned int)getegid(),
	    more_passwd);
	(void)snprintf(group, sizeof(group), "g:x:%u:%s\nother:x:77777:\n",
	    (unsigned int)getegid(), members);
	return ward_tree_new(files);
}

static void
test_at_home__group(void **state)
{
	static const struct {
		const char *passwd, *members;
		unsigned int mode;
		const char *expected;
	} cases[] = {
		{ "", "", 0755, "there 0755" },
		{ "", "", 0775, "there 0775 own" },
		{ "", "wang", 02770, "there 2770 own" },
		{ "lee:x:1002:77777::/:/bin/sh\n", "", 0770, "there 0770 own" },
		{ "lee:x:1002:77777::/:/bin/sh\n", "wang,lee", 0770,
		    "there 0770 shared" },
		{ "lee:x:1002:77777::/:/bin/sh\n", "lee", 0750, "there 0750" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *tree = make_tree(cases[i].passwd, cases[i].members);

		ward_tree_chmod(tree, "/home/wang", cases[i].mode);
		expect(tree, "wang", write_home, cases[i].expected);
		ward_tree_remove(tree);
	}
}

/* By primary gid, whatever numbers they have. */
static void
test_at_home__primary_group(void **state)
{
	char line[128], *tree;

	(void)state;
	(void)snprintf(line, sizeof(line), "lee:x:1002:%u::/:/bin/sh\n",
	    (unsigned int)getegid());
	tree = make_tree(line, "");
	ward_tree_chmod(tree, "/home/wang", 0770);
	expect(tree, "wang", write_home, "there 0770 shared");
	ward_tree_remove(tree);
}

/* Who else a directory service has in the group, nobody here knows. */
static void
test_at_home__directory_service(void **state)
{
	char *tree = make_tree("lee:x:1002:77777::/:/bin/sh\n", "");

	(void)state;
	ward_tree_put(tree, "/etc/nsswitch.conf", "group: files sss\n", 17);
	ward_tree_chmod(tree, "/home/wang", 0770);
	expect(tree, "wang", write_home, "there 0770");
	ward_tree_remove(tree);
}

static void
test_at_home__acl(void **state)
{
	/* acl(5): user::rwx, user:1234:rwx, group::---, mask::rwx, other::--- */
	static const unsigned char acl[] = { 2, 0, 0, 0, 1, 0, 7, 0, 255, 255,
		255, 255, 2, 0, 7, 0, 0xd2, 4, 0, 0, 4, 0, 0, 0, 255, 255, 255,
		255, 16, 0, 7, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255,
		255, 255 };
	char *tree = make_tree("", ""), *home;
	int r;

	(void)state;
	home = ward_tree_path(tree, "/home/wang");
	r = setxattr(home, "system.posix_acl_access", acl, sizeof(acl), 0);
	if (r == 0) {
		expect(tree, "wang", write_home, "there 0770");
		/* The mask takes the right away from all of them. */
		ward_tree_chmod(tree, "/home/wang", 0750);
		expect(tree, "wang", write_home, "there 0750");
	}
	free(home);
	ward_tree_remove(tree);
	if (r != 0) {
		skip();
	}
}

static void
test_at_home__not_there(void **state)
{
	char *tree = make_tree("lee:x:1002:77777::/home/lee:/bin/sh\n"
			       "sun:x:1003:77777::/tmp/a/b:/bin/sh\n"
			       "sue:x:1004:77777::/tmp/a/c:/bin/sh\n"
			       "kim:x:1005:77777::/tmp/kim:/bin/sh\n"
			       "tom:x:1006:77777::/home/tom:/bin/sh\n"
			       "ann:x:1007:77777::/nfs/ann:/bin/sh\n"
			       "bob:x:1008:77777::/home/bob:/bin/sh\n",
	    "");

	(void)state;
	ward_tree_dir(tree, "/tmp");
	ward_tree_chmod(tree, "/tmp", 01777);
	ward_tree_link(tree, "/home/tom", "/tmp/tom");
	ward_tree_link(tree, "/home/bob", "bob");
	expect(tree, "lee", write_home, "missing 0000");
	/* Of a directory that is missing, it is remembered. */
	expect(tree, "sun", write_home, "elsewhere 0000 open");
	expect(tree, "sue", write_home, "elsewhere 0000 open");
	expect(tree, "kim", write_home, "missing 0000 open");
	expect(tree, "tom", write_home, "missing 0000 open");
	expect(tree, "ann", write_home, "elsewhere 0000");
	expect(tree, "bob", write_home,
	    "unknown 0000: Too many levels of symbolic links");
	ward_tree_remove(tree);
}

static void
test_at_home__automounts(void **state)
{
	static const struct {
		const char *path, *text, *expected;
	} cases[] = {
		{ "/etc/auto.master", "/home auto.home\n", "elsewhere 0000" },
		{ "/etc/auto.master", "# /home x\n+auto.master\n/misc x\n",
		    "missing 0000" },
		{ "/etc/auto.master", "/- auto.direct\n", "missing 0000" },
		{ "/etc/auto.master", "/hom auto.home\n", "missing 0000" },
		{ "/etc/auto.master", "\t/home/ auto.home # all\n",
		    "elsewhere 0000" },
		{ "/etc/auto.master.d/home.autofs", "/home auto.home",
		    "elsewhere 0000" },
		{ "/etc/auto.master.d/home.old", "/home auto.home\n",
		    "missing 0000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *tree = make_tree("lee:x:1002:77777::/home/lee:/bin/sh\n",
		    "");

		ward_tree_put(tree, cases[i].path, cases[i].text,
		    strlen(cases[i].text));
		expect(tree, "lee", write_home, cases[i].expected);
		/* What is there is judged. */
		expect(tree, "wang", write_home, "there 0755");
		ward_tree_remove(tree);
	}
}

static void
write_why(struct record *r, const struct ward_account *a)
{
	const struct {
		const char *what, *why;
		const struct ward_source *source;
	} facts[] = {
		{ "shadow", a->shadow_why, &a->shadow },
		{ "use", a->use_why, &a->use_source },
		{ "failures", a->failure_why, &a->failure_source },
		{ "keys", a->key_why, &a->key_source },
		{ "trust", a->trust_why, &a->trust_source },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		size_t used = strlen(r->text);

		if (facts[i].why != NULL) {
			(void)snprintf(r->text + used, sizeof(r->text) - used,
			    "%s: %s: %s\n", facts[i].what,
			    facts[i].source->file, facts[i].why);
		}
	}
}

static void
test_at_home__why_not_known(void **state)
{
	char *tree = make_tree("", "");

	(void)state;
	expect(tree, "wang", write_why,
	    "shadow: /etc/shadow: the file is not there\n"
	    "use: /var/log/lastlog: the file is not there\n"
	    "failures: /var/log/btmp: the file is not there\n");
	ward_tree_put(tree, "/etc/shadow", "lee:*:1::::::\n", 14);
	ward_tree_put(tree, "/var/log/lastlog", "", 0);
	ward_tree_put(tree, "/etc/login.defs", "LASTLOG_UID_MAX 1000\n", 21);
	ward_tree_dir(tree, "/var/log/btmp");
	ward_tree_link(tree, "/home/wang/.shosts", "/etc/shadow");
	ward_tree_link(tree, "/home/wang/.ssh", ".ssh");
	expect(tree, "wang", write_why,
	    "shadow: /etc/shadow: the file has no line for the account\n"
	    "use: /var/log/lastlog: the file does not record log-ins of "
	    "so high a uid\n"
	    "failures: /var/log/btmp: not a regular file\n"
	    "keys: /home/wang/.ssh: Too many levels of symbolic links\n"
	    "trust: /home/wang/.shosts: a link to another file\n");
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_at_home__group),
		cmocka_unit_test(test_at_home__primary_group),
		cmocka_unit_test(test_at_home__directory_service),
		cmocka_unit_test(test_at_home__acl),
		cmocka_unit_test(test_at_home__not_there),
		cmocka_unit_test(test_at_home__automounts),
		cmocka_unit_test(test_at_home__why_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
