/* SPDX-License-Identifier: BSD-2-Clause */
/* Names in other letters, names that look like something else, and names that
 * lead on. Compared with sudo 1.9.13p3 itself in a mount namespace of its
 * own. */
#include "tests/sudo_case.h"

#define GROUPS \
	{ \
		"/etc/group", \
		    "root:x:0:\nstaff:x:1001:\nops:x:200:wang\n" \
		    "docker:x:998:dba\nadm2:x:2000:root\n" \
	}
#define HOSTS(text) \
	{ \
		"/etc/hosts", text \
	}

static const struct sudo_case letters[] = {
	CASE("a user, an undefined alias, one in an alias",
	    "Wang ALL=/bin/a\nWANG ALL=/bin/b\nUser_Alias A = LEE, waNG\n"
	    "A ALL=/bin/c\nwangs ALL=/bin/d\nALL, !WANG ALL=/bin/e\n",
	    "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n"
	    "sudoers:4 (root) /bin/c\n"),
	CASE("taken away", "wang ALL=(ALL) ALL\nWANG ALL=(ALL) !ALL\n", ""),
	CASE("whom it runs as",
	    "wang ALL=(ROOT) /bin/a\nwang ALL=(Dba, LEE) /bin/b\n"
	    "wang ALL=(ALL) /bin/c\nwang ALL=(ROOT, TOOR, DBA) !/bin/c\n",
	    "sudoers:1 (ROOT) /bin/a\nsudoers:2 (Dba, LEE) /bin/b\n"),
	CASE("the default one",
	    "Defaults runas_default=ROOT\nwang ALL=/bin/a\n",
	    "sudoers:2 (ROOT) /bin/a\n"),
	CASE("in Defaults",
	    "Defaults:WANG !authenticate\nDefaults>ROOT noexec\n"
	    "Defaults:LEE noexec\nwang ALL=/bin/a\n",
	    "sudoers:4 (root) NOPASSWD: NOEXEC: /bin/a\n"),
	CASE("unless it is set otherwise",
	    "Defaults !case_insensitive_user\nWANG ALL=/bin/a\n"
	    "wang ALL=/bin/b\nwang ALL=(ROOT) /bin/c\nWANG ALL=!/bin/b\n",
	    "sudoers:3 (root) /bin/b\n"),
	CASE("for one user",
	    "Defaults:wang !case_insensitive_user\nWANG ALL=/bin/a\n"
	    "wang ALL=/bin/b\n",
	    "sudoers:3 (root) /bin/b\n"),
	CASE("for one user, also whom it runs as",
	    "Defaults:wang !case_insensitive_user\n"
	    "wang ALL=(lee, TOOR) /bin/a\nwang ALL=(ALL, !root, !DBA) /bin/b\n"
	    "wang ALL=(ALL, !root, !dba, !toor) /bin/c\n",
	    "sudoers:3 (ALL, !root, !DBA) /bin/b\n"),
	CASE("and set back",
	    "Defaults !case_insensitive_user\n"
	    "Defaults case_insensitive_user\nWANG ALL=/bin/a\n",
	    "sudoers:3 (root) /bin/a\n"),
	CASE_FOR("lee", "for one user, not for another",
	    "Defaults:wang !case_insensitive_user\nLEE ALL=/bin/a\n",
	    "sudoers:2 (root) /bin/a\n"),
	{ .what = "groups",
	    .sudoers = "%OPS ALL=/bin/a\n%Staff ALL=/bin/b\n%opsx ALL=/bin/c\n"
		       "wang ALL=(:DOCKER) /bin/d\nwang ALL=(%ADM2) /bin/e\n"
		       "ALL, !%OPS ALL=/bin/f\nwang ALL=(:OPS) /bin/g\n",
	    .said = "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n"
		    "sudoers:4 (:DOCKER) /bin/d\nsudoers:5 (%ADM2) /bin/e\n",
	    .more = { GROUPS } },
	{ .what = "groups, set otherwise",
	    .sudoers = "Defaults !case_insensitive_group\n%OPS ALL=/bin/a\n"
		       "%ops ALL=/bin/b\nwang ALL=(:DOCKER) /bin/d\n"
		       "wang ALL=(%ADM2) /bin/e\nWANG ALL=/bin/f\n",
	    .said = "sudoers:3 (root) /bin/b\nsudoers:6 (root) /bin/f\n",
	    .more = { GROUPS } },
};

static const struct sudo_case lookalikes[] = {
	CASE("no marker, however it is written",
	    "\\x61cctward-mark-0.2 ALL=/bin/a\n\"acctward-mark-0.1\" ALL=/bin/b"
	    "\nmark0.7 ALL=/bin/c\nwang ALL=/bin/d\n",
	    "sudoers:4 (root) /bin/d\n"),
	CASE("somebody to run things as, and a part of an argument",
	    "wang ALL=(svc@include) /bin/bash\nsvc@include ALL=NOPASSWD: ALL\n"
	    "wang ALL=/bin/a @include /etc/x\nwang ALL=/usr/include/\n",
	    "sudoers:1 (svc@include) /bin/bash, and from svc@include (root) "
	    "NOPASSWD: ALL <ESCAPE /bin/bash>\n"
	    "sudoers:3 (root) /bin/a @include /etc/x\n"
	    "sudoers:4 (root) /usr/include/ <DIRECTORY /usr/include/>\n"),
	CASE_FOR("svc@include", "a user, a group, Defaults",
	    "Defaults:svc@include noexec\nDefaults@include !authenticate\n"
	    "svc@include ALL=/bin/a\n%dom@include ALL=/bin/b\n"
	    "svc@includedir ALL=/bin/c\nsvc@inc\\lude ALL=/bin/d\n"
	    "\"svc@include\" ALL=/bin/e\n",
	    "sudoers:3 (root) NOEXEC: /bin/a\n"
	    "sudoers:4 (root) NOEXEC: /bin/b\n"
	    "sudoers:6 (root) NOEXEC: /bin/d\n"
	    "sudoers:7 (root) NOEXEC: /bin/e\n"),
};

static const struct sudo_case steps[] = {
	CASE("by somebody who needs no password",
	    "wang ALL=(lee) ALL\nlee ALL=(ALL) NOPASSWD: ALL\n",
	    "sudoers:1 (lee) ALL, and from lee (ALL) NOPASSWD: ALL\n"),
	CASE("by !authenticate, a group, a uid, other letters",
	    "Defaults:chen !authenticate\nwang ALL=(#1003) ALL\n"
	    "wang ALL=(CHEN) /usr/bin/sudo\n%web ALL=/bin/x\n",
	    "sudoers:2 (#1003) ALL, and from chen (root) NOPASSWD: /bin/x\n"
	    "sudoers:3 (CHEN) /usr/bin/sudo, and from chen (root) NOPASSWD: "
	    "/bin/x <ESCAPE /usr/bin/sudo>\n"),
	CASE("not where his own is asked for",
	    "wang ALL=(lee) NOPASSWD: ALL\nlee ALL=(ALL) ALL\n", ""),
	CASE("nor with a command that starts nothing",
	    "wang ALL=(lee) /bin/a\nlee ALL=(ALL) NOPASSWD: ALL\n", ""),
	CASE("nor where it was taken away, or is for another",
	    "wang ALL=(lee) ALL\nwang ALL=(lee) !ALL\nchen ALL=(lee) ALL\n"
	    "lee ALL=(ALL) NOPASSWD: ALL\n",
	    ""),
	CASE("in two steps, and round in a circle",
	    "wang ALL=(lee) ALL\nlee ALL=(chen) NOPASSWD: ALL\n"
	    "chen ALL=(lee) NOPASSWD: ALL\nchen ALL=(dba) NOPASSWD: /bin/x\n",
	    "sudoers:1 (lee) ALL, and from lee (chen) NOPASSWD: ALL, and from "
	    "chen (dba) NOPASSWD: /bin/x\n"),
	CASE("a circle that leads nowhere",
	    "wang ALL=(lee) ALL\nlee ALL=(wang) NOPASSWD: ALL\n", ""),
	CASE("what leads to root by itself is told as that",
	    "wang ALL=(ALL) ALL\nlee ALL=(ALL) NOPASSWD: ALL\n"
	    "chen ALL=(lee) ALL\n",
	    "sudoers:1 (ALL) ALL\n"),
	CASE("the default one to run things as",
	    "Defaults runas_default=lee\nwang ALL=ALL\n"
	    "lee ALL=(root) NOPASSWD: ALL\n",
	    "sudoers:2 (lee) ALL, and from lee (root) NOPASSWD: ALL\n"),
};

static const struct sudo_case hosts[] = {
	{ .what = "the canonical name in hosts(5), or our own: it depends",
	    .sudoers = "wang prod=/bin/a\nwang web01=/bin/b\n"
		       "wang db1=/bin/c\nwang prod.example.net=/bin/d\n"
		       "wang ALL,!prod=/bin/e\nwang w*=/bin/f\n"
		       "wang web01.other.org=/bin/g\n",
	    .said = "sudoers:1 (root) /bin/a (on prod)\n"
		    "sudoers:2 (root) /bin/b (on web01)\n"
		    "sudoers:4 (root) /bin/d (on prod.example.net)\n"
		    "sudoers:5 (root) /bin/e (on prod)\n"
		    "sudoers:6 (root) /bin/f (on w*)\n",
	    .host = "web01",
	    .more = { HOSTS("# 127.0.0.1 x web01\n127.0.0.1 localhost\n"
			    "127.0.1.1\tprod.example.net WEB01 # x\n"
			    "10.0.0.9 db1.example.net db1\n") } },
	{ .what = "where both are one nothing is open",
	    .sudoers = "wang web01=/bin/a\nwang web01.example.org=/bin/b\n"
		       "wang web01.example.net=/bin/c\n",
	    .said = "sudoers:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n",
	    .more = { HOSTS("127.0.1.1 web01.example.org web01\n"
			    "::1 web01.example.org\n") } },
	{ .what = "a short one: it has no other",
	    .sudoers = "wang web01.a.org=/bin/a\nwang web01=/bin/b\n",
	    .said = "sudoers:2 (root) /bin/b\n",
	    .host = "web01",
	    .more = { HOSTS("127.0.1.1 web01\n127.0.1.2\n") } },
};

static void
test_letters(void **state)
{
	(void)state;
	sudo_expect_all(letters, LENGTH(letters));
}

static void
test_lookalikes(void **state)
{
	(void)state;
	sudo_expect_all(lookalikes, LENGTH(lookalikes));
}

static void
test_steps(void **state)
{
	(void)state;
	sudo_expect_all(steps, LENGTH(steps));
}

static void
test_hosts(void **state)
{
	(void)state;
	sudo_expect_all(hosts, LENGTH(hosts));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_lookalikes),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
