/* SPDX-License-Identifier: BSD-2-Clause */
/* Who gets root by which rule: what sudoers(5) says, case by case. */
#include "tests/sudo_case.h"

static const struct sudo_case users[] = {
	CASE("no file, no rule", NULL, ""),
	CASE("an empty one", "", ""),
	CASE("comments only", "# wang ALL=ALL\n\n", ""),
	CASE("a user by name", "wang ALL=(ALL:ALL) ALL\nlee ALL=ALL\n",
	    "sudoers:1 (ALL : ALL) ALL\n"),
	CASE("not somebody whose name begins alike",
	    "wan ALL=ALL\nwangs ALL=ALL\n", ""),
	CASE("a user by uid", "#1001 ALL=ALL\n#1002 ALL=ALL\n",
	    "sudoers:1 (root) ALL\n"),
	CASE("a primary group, by name and gid",
	    "%staff ALL=/bin/a\n%#1001 ALL=/bin/b\n",
	    "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n"),
	CASE("a secondary group, by name and gid",
	    "%ops ALL=/bin/a\n%#200 ALL=/bin/b\n%wheel ALL=/bin/c\n"
	    "%#201 ALL=/bin/d\n",
	    "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n"),
	CASE_FOR("lee", "everybody", "ALL ALL=/bin/a\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE("everybody but one", "ALL,!wang ALL=/bin/a\n", ""),
	CASE("the last member that matches decides",
	    "!wang,ALL ALL=/bin/a\n%ops,!wang ALL=/bin/b\n"
	    "!%ops,wang ALL=/bin/c\n",
	    "sudoers:1 (root) /bin/a\nsudoers:3 (root) /bin/c\n"),
	CASE("a quoted name", "\"wang\" ALL=/bin/a\n\"wang x\" ALL=/bin/b\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE_FOR("w\xb9", "a name that isn't UTF-8", "w\xb9 ALL=/bin/\xc0x\n",
	    "sudoers:1 (root) /bin/\xc0x\n"),
	CASE("an alias, and one in it that takes away",
	    "User_Alias A = wang, lee\nUser_Alias B = A, !NOT\n"
	    "User_Alias NOT = wang\nA ALL=/bin/a\nB ALL=/bin/b\n"
	    "ALL,!B ALL=/bin/c\n",
	    "sudoers:4 (root) /bin/a\nsudoers:6 (root) /bin/c\n"),
	CASE("negated twice is everybody",
	    "User_Alias A = !ALL\nlee,!A ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a\n"),
	CASE("aliases that name each other end",
	    "User_Alias A = B, wang\nUser_Alias B = A\nA ALL=/bin/a\n"
	    "B ALL=/bin/b\nALL,!B ALL=/bin/c\n",
	    "sudoers:3 (root) /bin/a\nsudoers:4 (root) /bin/b\n"),
	CASE_FOR("WANG", "an alias that isn't defined is a name",
	    "WANG ALL=/bin/a\n", "sudoers:1 (root) /bin/a\n"),
	CASE("what only others can resolve",
	    "+people ALL=/bin/a\nwang,%:dir ALL=/bin/b : ALL=/bin/c\n",
	    "! sudoers:1 OPEN netgroup +people\n"
	    "! sudoers:2 OPEN group %:dir\n"
	    "sudoers:2 (root) /bin/b\nsudoers:2 (root) /bin/c\n"),
};

static const struct sudo_case hosts[] = {
	CASE("its short name, whatever the case",
	    "wang WEB01=/bin/a\nwang web02=/bin/b\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE("its whole name",
	    "wang web01.example.org=/bin/a\n"
	    "wang web01.example.com=/bin/b\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE("wildcards",
	    "wang web*=/bin/a\nwang web?=/bin/b\n"
	    "wang *.example.org=/bin/c\n",
	    "sudoers:1 (root) /bin/a\nsudoers:3 (root) /bin/c\n"),
	CASE("all but this", "wang ALL,!web01=/bin/a\n", ""),
	CASE("aliases",
	    "Host_Alias W=web01,web02\nHost_Alias D=db1\n"
	    "wang W=/bin/a\nwang D=/bin/b\nwang ALL,!W=/bin/c\n"
	    "wang ALL,!D=/bin/d\n",
	    "sudoers:3 (root) /bin/a\nsudoers:6 (root) /bin/d\n"),
	CASE("a network of another root can't be known",
	    "wang 10.0.0.0/8=/bin/a\nwang ALL,!10.1.2.3=/bin/b\n",
	    "sudoers:1 (root) /bin/a (on 10.0.0.0/8)\n"
	    "sudoers:2 (root) /bin/b (on 10.1.2.3)\n"),
	CASE("nor a netgroup of hosts", "wang +web=/bin/a\n",
	    "! sudoers:1 OPEN netgroup +web\n"
	    "sudoers:1 (root) /bin/a (on +web)\n"),
	CASE_ON("web01", "nor a whole name where we have the short one",
	    "wang web01.a.org=/bin/a\nwang web02.a.org=/bin/b\n",
	    "sudoers:1 (root) /bin/a (on web01.a.org)\n"),
	CASE_ON("", "nor any where we have none",
	    "wang db1=/bin/a\nwang ALL=/bin/b\n",
	    "sudoers:1 (root) /bin/a (on db1)\nsudoers:2 (root) /bin/b\n"),
	CASE("what is perhaps for another host takes nothing away",
	    "wang ALL=/bin/a\nwang 10.0.0.1=!ALL\n",
	    "sudoers:1 (root) /bin/a\n"),
};

static const struct sudo_case runas[] = {
	CASE("none given is root", "wang ALL=/bin/a\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE("root by uid, group, alias",
	    "Runas_Alias R = lee, #0\nwang ALL=(#0) /bin/a\n"
	    "wang ALL=(%root) /bin/b\nwang ALL=(R) /bin/c\n",
	    "sudoers:2 (#0) /bin/a\nsudoers:3 (%root) /bin/b\n"
	    "sudoers:4 (R) /bin/c\n"),
	CASE("somebody who isn't root",
	    "wang ALL=(lee) ALL\nwang ALL=(#1002) ALL\n"
	    "wang ALL=(%mail) ALL\n",
	    ""),
	CASE("somebody who amounts to root",
	    "wang ALL=(dba) /bin/a\n"
	    "wang ALL=(lee, #1500) /bin/b\nwang ALL=(%docker) /bin/c\n",
	    "sudoers:1 (dba) /bin/a\nsudoers:2 (lee, #1500) /bin/b\n"
	    "sudoers:3 (%docker) /bin/c\n"),
	CASE("all but root",
	    "wang ALL=(ALL, !root) /bin/a\n"
	    "wang ALL=(ALL, !#0) /bin/b\nwang ALL=(!root, ALL) /bin/c\n"
	    "wang ALL=(ALL, dba, !root) /bin/d\n",
	    "sudoers:1 (ALL, !root) /bin/a\n"
	    "sudoers:2 (ALL, !#0) /bin/b\n"
	    "sudoers:3 (!root, ALL) /bin/c\n"
	    "sudoers:4 (ALL, dba, !root) /bin/d\n"),
	CASE("and but whoever else amounts to root",
	    "wang ALL=(ALL, !root, !toor, !dba) /bin/a\n"
	    "wang ALL=(ALL, !#0, !%docker) /bin/b\n"
	    "wang ALL=(ALL, !#0, !toor) /bin/c\n"
	    "wang ALL=(ALL, !root, !dba) /bin/d\n",
	    "sudoers:3 (ALL, !#0, !toor) /bin/c\n"
	    "sudoers:4 (ALL, !root, !dba) /bin/d\n"),
	CASE("taken away as root only",
	    "wang ALL=(ALL) ALL\nwang ALL=(root) !ALL\n",
	    "sudoers:1 (ALL) ALL\n"),
	CASE("as each of them",
	    "wang ALL=(ALL) ALL\nwang ALL=(root, toor) !ALL\n"
	    "wang ALL=(dba) !ALL\n",
	    ""),
	CASE("one by his uid, who is taken away by his name, and the reverse",
	    "wang ALL=(#1500) /bin/a\nwang ALL=(dba) !/bin/a\n"
	    "wang ALL=(dba) /bin/b\nwang ALL=(#1500) !/bin/b\n"
	    "wang ALL=(#0) /bin/c\nwang ALL=(root) !/bin/c\n"
	    "wang ALL=(#1500) /bin/d\nwang ALL=(toor) !/bin/d\n",
	    "sudoers:5 (#0) /bin/c\nsudoers:7 (#1500) /bin/d\n"),
	CASE("any user in a group but the one who is in it",
	    "wang ALL=(%docker, !dba) /bin/a\n"
	    "wang ALL=(%docker) /bin/b\nwang ALL=(dba) !/bin/b\n"
	    "wang ALL=(%docker, !lee) /bin/c\n",
	    "sudoers:4 (%docker, !lee) /bin/c\n"),
	CASE("a group that root is in, by name and gid",
	    "wang ALL=(%adm2) /bin/a\nwang ALL=(%#2000) /bin/b\n"
	    "wang ALL=(%web) /bin/c\nwang ALL=(%#3000) /bin/d\n"
	    "wang ALL=(root, !%adm2) /bin/e\n",
	    "sudoers:1 (%adm2) /bin/a\nsudoers:2 (%#2000) /bin/b\n"),
	CASE("himself", "wang ALL=() ALL\n", ""),
	CASE("a group only",
	    "wang ALL=(:docker) /bin/a\nwang ALL=(:mail) /bin/b\n"
	    "wang ALL=(:ALL) /bin/c\nwang ALL=(:ALL, !docker) /bin/d\n"
	    "wang ALL=(:#998) /bin/e\n",
	    "sudoers:1 (:docker) /bin/a\nsudoers:3 (:ALL) /bin/c\n"
	    "sudoers:4 (:ALL, !docker) /bin/d\nsudoers:5 (:#998) /bin/e\n"),
	CASE("a user with a group",
	    "wang ALL=(lee : docker) /bin/a\n"
	    "wang ALL=(lee : mail) /bin/b\n",
	    "sudoers:1 (lee : docker) /bin/a\n"),
	CASE("another default",
	    "Defaults runas_default=lee\nwang ALL=/bin/a\n"
	    "wang ALL=(root) /bin/b\n",
	    "sudoers:3 (root) /bin/b\n"),
	CASE("another default that amounts to root, for one",
	    "Defaults:wang runas_default=dba\nALL ALL=/bin/a\n",
	    "sudoers:2 (dba) /bin/a\n"),
	CASE_FOR("lee", "and not for the other",
	    "Defaults:wang runas_default=dba\nALL ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a\n"),
	CASE("the last member of nested lists decides",
	    "Runas_Alias A = ALL, !B\nRunas_Alias B = root\n"
	    "wang ALL=(A) /bin/a\nwang ALL=(lee, !A) /bin/b\n",
	    "sudoers:3 (A) /bin/a\nsudoers:4 (lee, !A) /bin/b\n"),
};

static const struct sudo_case tags[] = {
	CASE("NOPASSWD, and PASSWD again",
	    "wang ALL=NOPASSWD: /bin/a, /bin/b, PASSWD: /bin/c\n",
	    "sudoers:1 (root) NOPASSWD: /bin/a\n"
	    "sudoers:1 (root) NOPASSWD: /bin/b\nsudoers:1 (root) /bin/c\n"),
	CASE("SETENV is told where ALL doesn't imply it",
	    "wang ALL=SETENV: /bin/a\nwang ALL=SETENV: ALL\n",
	    "sudoers:1 (root) SETENV: /bin/a <SETENV /bin/a>\n"
	    "sudoers:2 (root) ALL\n"),
	CASE("!authenticate for all; a tag goes before it",
	    "Defaults !authenticate\nwang ALL=/bin/a, PASSWD: /bin/b\n",
	    "sudoers:2 (root) NOPASSWD: /bin/a\nsudoers:2 (root) /bin/b\n"),
	CASE("for a user, and for another",
	    "Defaults:wang !authenticate\nALL ALL=/bin/a\n",
	    "sudoers:2 (root) NOPASSWD: /bin/a\n"),
	CASE_FOR("lee", "not for the other",
	    "Defaults:wang !authenticate\nALL ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a\n"),
	CASE("for a group but for one of it, the last line deciding",
	    "Defaults:%ops !authenticate\nDefaults:%ops,!wang authenticate\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:3 (root) NOPASSWD: /bin/a\n"),
	CASE("for whom it runs as: not who runs it",
	    "Defaults>wang !authenticate\nDefaults>dba !authenticate\n"
	    "wang ALL=/bin/a\nwang ALL=(dba) /bin/b\n",
	    "sudoers:3 (root) /bin/a\nsudoers:4 (dba) NOPASSWD: /bin/b\n"),
	CASE("for this host, and for another",
	    "Defaults@db1 !authenticate\nDefaults@web01 noexec\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:3 (root) NOEXEC: /bin/a\n"),
	CASE("for a command, whatever its arguments",
	    "Defaults!/bin/a !authenticate\nwang ALL=/bin/a x, /bin/b\n",
	    "sudoers:2 (root) NOPASSWD: /bin/a x\nsudoers:2 (root) /bin/b\n"),
	CASE("EXEC against a general noexec",
	    "Defaults noexec\nwang ALL=/bin/a, EXEC: /bin/b\n",
	    "sudoers:2 (root) NOEXEC: /bin/a\nsudoers:2 (root) /bin/b\n"),
	CASE("NOTAFTER and NOTBEFORE",
	    "wang ALL=NOTAFTER=20261119000000Z /bin/a\n"
	    "wang ALL=NOTAFTER=20261121000000Z /bin/b\n"
	    "wang ALL=NOTBEFORE=20261121000000Z /bin/c\n"
	    "wang ALL=NOTBEFORE=2026112012+0800 /bin/d\n"
	    "wang ALL=NOTBEFORE=2026112013+0800 /bin/e\n",
	    "sudoers:2 (root) /bin/b\nsudoers:4 (root) /bin/d\n"),
	CASE("a time in the middle of a line, which cvtsudoers loses",
	    "wang ALL=/bin/a\nwang ALL=/bin/b, NOTAFTER=20200101000000Z "
	    "!/bin/a, /bin/c\n",
	    "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n"
	    "sudoers:2 (root) /bin/c\n"),
	CASE("what cvtsudoers writes as no JSON",
	    "wang ALL=CWD=/ CHROOT=* /bin/a : ALL=ROLE=r TYPE=t /bin/b\n",
	    "sudoers:1 (root) /bin/a\nsudoers:1 (root) /bin/b\n"),
};

static const struct sudo_case order[] = {
	CASE("a later !ALL takes all away",
	    "wang ALL=ALL\nwang ALL=!ALL\n"
	    "wang ALL=/bin/a\n",
	    "sudoers:3 (root) /bin/a\n"),
	CASE("an earlier one nothing", "wang ALL=!ALL\nwang ALL=ALL\n",
	    "sudoers:2 (root) ALL\n"),
	CASE("the same command, or its program as a whole, or its directory",
	    "wang ALL=/bin/a x, /bin/b x, /bin/c, /sbin/d, /bin/x/e\n"
	    "wang ALL=!/bin/a x, !/bin/b, !/bin/c x, !/sbin/\n",
	    "sudoers:1 (root) /bin/c\nsudoers:1 (root) /bin/x/e\n"),
	CASE("for somebody else it doesn't count",
	    "wang ALL=ALL\nlee ALL=!ALL\nwang db1=!ALL\n"
	    "wang ALL=NOTAFTER=20200101000000Z !ALL\nwang ALL=(lee) !ALL\n",
	    "sudoers:1 (root) ALL\n"),
	CASE("as somebody else who amounts to root it still counts for root",
	    "wang ALL=(dba) ALL\nwang ALL=(root) ALL\nwang ALL=(root) !ALL\n",
	    "sudoers:1 (dba) ALL\n"),
	CASE("all of them", "wang ALL=(dba) ALL\nwang ALL=(ALL) !ALL\n", ""),
	CASE("what an alias takes away of itself",
	    "Cmnd_Alias A = /bin/a, /bin/b, !/bin/a\nwang ALL=A\n"
	    "wang ALL=/bin/b, !A\n",
	    "sudoers:3 (root) /bin/a\n"),
	CASE("twice negated is allowed",
	    "Cmnd_Alias A = /bin/a, !/bin/b\nwang ALL=/bin/a, !A\n",
	    "sudoers:2 (root) /bin/b\n"),
	CASE("one name behind the other line by line, both in force",
	    "wang ALL=/bin/a\n%ops ALL=/bin/a\n#1001 ALL=/bin/a\n",
	    "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/a\n"
	    "sudoers:3 (root) /bin/a\n"),
	CASE("sudo -l gives nothing; sudoedit does",
	    "wang ALL=list, sudoedit /etc/motd\n",
	    "sudoers:1 (root) sudoedit /etc/motd\n"),
	CASE("an alias of commands that isn't there", "wang ALL=NONE, /bin/a\n",
	    "! sudoers:1 OPEN there is no alias NONE\n"
	    "sudoers:1 (root) /bin/a\n"),
};

static void
test_users(void **state)
{
	(void)state;
	sudo_expect_all(users, LENGTH(users));
}

static void
test_hosts(void **state)
{
	(void)state;
	sudo_expect_all(hosts, LENGTH(hosts));
}

static void
test_runas(void **state)
{
	(void)state;
	sudo_expect_all(runas, LENGTH(runas));
}

static void
test_tags(void **state)
{
	(void)state;
	sudo_expect_all(tags, LENGTH(tags));
}

static void
test_order(void **state)
{
	(void)state;
	sudo_expect_all(order, LENGTH(order));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_users),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_runas),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
