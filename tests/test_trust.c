/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/accounts/trust.h"

static void
test_trust_lets_in__lines(void **state)
{
	static const struct {
		const char *line;
		bool lets_in;
	} cases[] = {
		{ "", false },
		{ " \t\r", false },
		{ "# host", false },
		{ "  # host", false },
		{ "host", true },
		{ "  host", true },
		{ "host user", true },
		{ "host\tuser # why", true },
		{ "host#user", true },
		{ "host -user", false },
		{ "host # -user", true },
		{ "host -@group", false },
		{ "-host", false },
		{ "NO_PLUS", false },
		{ "-host user", false },
		{ "-@group", false },
		{ "+", true },
		{ "+ +", true },
		{ "+ -user", false },
		{ "+@group", true },
		{ "+@group +@users", true },
		{ "@group", true },
		{ "-", false },
		{ "host\r", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (ward_trust_lets_in(cases[i].line) != cases[i].lets_in) {
			fail_msg("'%s'", cases[i].line);
		}
	}
}

/* "known", "unknown", then "FILE:LINE entry" if there is one. */
static void
expect(const char *tree, const char *home_path, const char *expected)
{
	struct ward_home home = { .path = NULL };
	struct ward_trust trust;
	struct ward_root *root = NULL;
	char text[512];
	size_t fds = ward_open_fds();

	assert_int_equal(ward_root_new(tree, &root, NULL), 0);
	assert_int_equal(ward_home_look(&home, root, home_path), 0);
	assert_int_equal(ward_trust_look(&trust, root, &home), 0);
	(void)snprintf(text, sizeof(text), "%s",
	    trust.known ? "known" : "unknown");
	if (trust.source.file != NULL) {
		(void)snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    " %s:%u %s", trust.source.file,
		    (unsigned int)trust.source.line, trust.detail);
	}
	assert_string_equal(text, expected);
	ward_home_free(&home);
	ward_root_free(root);
	assert_int_equal(ward_open_fds(), fds);
}

static void
test_trust_look__homes(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/home/a/.rhosts", "-x\n\n  host  user  # mine\n+\n" },
		{ "/home/a/.shosts", "+\n" }, { "/home/b/.shosts", "#\nhost" },
		{ "/home/c/.rhosts", "# none\n-host\n" },
		{ "/home/e/.shosts", "host\r\n" }, { "/home/f/x", "" },
		{ "/etc/secret", "host\n" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);

	(void)state;
	ward_tree_put(tree, "/home/d/.rhosts", "#\0\nhost\n", 8);
	ward_tree_put(tree, "/home/n/.rhosts", "-\0host\n", 7);
	ward_tree_dir(tree, "/home/e/.rhosts");
	ward_tree_fifo(tree, "/home/f/.rhosts");
	ward_tree_link(tree, "/home/g/.rhosts", "../../../../etc/secret");
	ward_tree_link(tree, "/home/h/.rhosts", "nowhere");
	ward_tree_link(tree, "/home/h/.shosts", "/dev/null");
	ward_tree_link(tree, "/home/i/.rhosts", "/home/a");
	ward_tree_link(tree, "/home/i/.shosts", ".shosts");
	ward_tree_link(tree, "/home/link", "/home/a");
	ward_tree_link(tree, "/home/loop", "loop");
	expect(tree, "/home/a", "known /home/a/.rhosts:3 host  user");
	expect(tree, "/home/b//", "known /home/b/.shosts:2 host");
	expect(tree, "/home/c", "known");
	/* What can't be read hides nothing that can. */
	expect(tree, "/home/d", "unknown /home/d/.rhosts:2 host");
	expect(tree, "/home/n", "unknown");
	/* What is no file lets nobody in, by ruserok(3) or sshd(8). */
	expect(tree, "/home/e", "known /home/e/.shosts:1 host");
	expect(tree, "/home/f", "known");
	expect(tree, "/home/h", "known");
	expect(tree, "/home/i", "known");
	/* sshd(8) goes after a link, as the user; we do not, as root. */
	expect(tree, "/home/g", "unknown");
	/* passwd(5) is root's: the home may be reached through one. */
	expect(tree, "/home/link", "known /home/link/.rhosts:3 host  user");
	expect(tree, "/home/none", "known");
	expect(tree, "/home/loop", "unknown");
	ward_tree_remove(tree);
}

/* Whoever can make a file of this name shall not have another's file read. */
static void
test_trust_look__several_names(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/secret", "word\n" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	char *from = ward_tree_path(tree, "/etc/secret"), *to;

	(void)state;
	ward_tree_dir(tree, "/home/a");
	to = ward_tree_path(tree, "/home/a/.rhosts");
	assert_int_equal(link(from, to), 0);
	expect(tree, "/home/a", "unknown");
	free(from);
	free(to);
	ward_tree_remove(tree);
}

/* What stands in the file is told only where it can be nothing else. */
static void
test_trust_read__quotes_entries_alone(void **state)
{
	static const char other[] = "an entry that is no plain host and user";
	static const struct {
		const char *line, *detail; /* NULL: as the line */
	} cases[] = {
		{ "+", NULL },
		{ "+ +", NULL },
		{ "+@hosts +@users", NULL },
		{ "@hosts @users", NULL },
		{ "lab-1.example.org", NULL },
		{ "lab_1 wang01", NULL },
		{ "192.0.2.7 wang.w", NULL },
		{ "2001:db8::7 wang", NULL },
		{ "::1", NULL },
		{ "host # why", "host" },
		{ "root:$y$j9T$V7qMYJaNbVKOeh4P$qyGb0kfy:20500:0:99999:7:::",
		    other },
		{ "root:x:0:0:root:/root:/bin/bash", other },
		{ "password = hunter2", other },
		{ "host user more", other },
		{ "host us:er", other },
		{ "ho$t user", other },
		{ "a:b user", other },
		{ "+@", other },
		{ "@", other },
		{ "++", other },
		{ "host +@", other },
		{ "\xe4\xb8\xad", other },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----\n"
		  "b3BlbnNzaC1rZXktdjEAAAAA+/BG5vbmU=",
		    other },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_trust_file file;
		const char *detail = cases[i].detail == NULL ? cases[i].line :
							       cases[i].detail;
		int fd = ward_memory_fd(cases[i].line, strlen(cases[i].line));

		assert_int_equal(ward_trust_read(fd, &file), 0);
		assert_true(file.known);
		assert_string_equal(file.detail, detail);
	}
}

/* sshd(8) reads 1023 bytes of a line, and takes the rest for the next one. */
static void
test_trust_look__long_lines(void **state)
{
	char *tree = ward_tree_new(NULL), line[1100];

	(void)state;
	memset(line, 'x', sizeof(line));
	line[0] = '#';
	ward_tree_put(tree, "/a/.rhosts", line, 1022);
	expect(tree, "/a", "known");
	memcpy(line + 1023, "+ +\n", 4);
	ward_tree_put(tree, "/b/.rhosts", line, 1027);
	expect(tree, "/b", "unknown");
	ward_tree_remove(tree);
}

static void
test_trust_look__large(void **state)
{
	char *tree = ward_tree_new(NULL);
	char *text = malloc(WARD_TRUST_FILE_MAX + 1);

	(void)state;
	assert_non_null(text);
	memset(text, '#', WARD_TRUST_FILE_MAX);
	memcpy(text + WARD_TRUST_FILE_MAX - 5, "\nhost\n", 6);
	ward_tree_put(tree, "/a/.rhosts", text, WARD_TRUST_FILE_MAX);
	ward_tree_put(tree, "/b/.rhosts", text, WARD_TRUST_FILE_MAX + 1);
	/* The long comment may hide another entry; this one is there. */
	expect(tree, "/a", "unknown /a/.rhosts:2 host");
	expect(tree, "/b", "unknown");
	free(text);
	ward_tree_remove(tree);
}

static void
expect_host(const char *tree, const char *expected)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_root *root = NULL;
	char text[512];

	assert_non_null(defects.pool);
	assert_int_equal(ward_root_new(tree, &root, NULL), 0);
	assert_int_equal(ward_trust_tell_host(root, &defects), 0);
	ward_defects_text(defects.list, defects.count, text, sizeof(text));
	assert_string_equal(text, expected);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	ward_root_free(root);
}

static void
test_trust_tell_host__files(void **state)
{
	char *tree = ward_tree_new(NULL);

	(void)state;
	expect_host(tree, "");
	ward_tree_put(tree, "/etc/hosts.equiv", "# -\n-a\n", 7);
	expect_host(tree, "");
	ward_tree_put(tree, "/etc/hosts.equiv", "-a\n+ +\nb\n", 9);
	ward_tree_put(tree, "/etc/shosts.equiv", "c\n", 2);
	ward_tree_dir(tree, "/etc/ssh/shosts.equiv");
	expect_host(tree, "trusted_host: + + @2; trusted_host: c @1");
	ward_tree_remove(tree);
	tree = ward_tree_new(NULL);
	ward_tree_put(tree, "/etc/other", "d:e\n", 4);
	/* To /etc only root puts a link. */
	ward_tree_link(tree, "/etc/hosts.equiv", "other");
	ward_tree_link(tree, "/etc/shosts.equiv", "nowhere");
	ward_tree_link(tree, "/etc/ssh/shosts.equiv", "shosts.equiv");
	expect_host(tree,
	    "trusted_host: an entry that is no plain host and user @1");
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trust_lets_in__lines),
		cmocka_unit_test(test_trust_look__homes),
		cmocka_unit_test(test_trust_look__several_names),
		cmocka_unit_test(test_trust_read__quotes_entries_alone),
		cmocka_unit_test(test_trust_look__long_lines),
		cmocka_unit_test(test_trust_look__large),
		cmocka_unit_test(test_trust_tell_host__files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
