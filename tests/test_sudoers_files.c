/* SPDX-License-Identifier: BSD-2-Clause */
/* What is read, in which order, from which line, and what sudo would refuse.
 * Compared with sudo 1.9.13p3 itself in a mount namespace of its own. */
#include "tests/sudo_case.h"

#include <sys/stat.h>
#include <unistd.h>

static void
make_writable(const char *tree)
{
	ward_tree_chmod(tree, "/etc/sudoers.d/a", 0666);
}

static void
make_main_writable(const char *tree)
{
	ward_tree_chmod(tree, "/etc/sudoers", 0646);
}

static void
make_dir_writable(const char *tree)
{
	ward_tree_chmod(tree, "/etc/sudoers.d", 0777);
}

static void
make_odd(const char *tree)
{
	ward_tree_fifo(tree, "/etc/sudoers.d/fifo");
	ward_tree_fifo(tree, "/etc/pipe");
	ward_tree_link(tree, "/etc/sudoers.d/gone", "/nowhere");
	ward_tree_link(tree, "/etc/sudoers.d/up", "../../../../etc/b");
}

static const struct sudo_case includes[] = {
	{ .what = "in the place of the line, absolute and relative",
	    .sudoers = "wang ALL=/bin/1\n@include /etc/x\nwang ALL=/bin/2\n"
		       "#include sub/y # a comment\nwang ALL=/bin/3\n",
	    .said = "sudoers:1 (root) /bin/1\nx:1 (root) /bin/x\n"
		    "sudoers:3 (root) /bin/2\nsub/y:2 (root) /bin/y\n"
		    "sub/z:1 (root) /bin/z\nsudoers:5 (root) /bin/3\n",
	    .more = { { "/etc/x", "wang ALL=/bin/x\n" },
		{ "/etc/sub/y", "\nwang ALL=/bin/y\n@include z" },
		{ "/etc/sub/z", "wang ALL=/bin/z" } } },
	{ .what = "the last match wins across files",
	    .sudoers = "@include /etc/x\nwang ALL=!/bin/a\n"
		       "@includedir /etc/d\n",
	    .said = "x:2 (root) /bin/b\n",
	    .more = { { "/etc/x", "wang ALL=/bin/a\nwang ALL=/bin/b, /bin/c" },
		{ "/etc/d/x", "wang ALL=!/bin/c\n" } } },
	{ .what = "a directory: by name, and none with a dot or a tilde",
	    .sudoers = "#includedir /etc/sudoers.d\n",
	    .said = "sudoers.d/B:1 (root) /bin/B\n"
		    "sudoers.d/a:1 (root) /bin/a\n",
	    .more = { { "/etc/sudoers.d/a", "wang ALL=/bin/a\n" },
		{ "/etc/sudoers.d/B", "wang ALL=/bin/B\n" },
		{ "/etc/sudoers.d/c.bak", "wang ALL=/bin/c\n" },
		{ "/etc/sudoers.d/d~", "wang ALL=/bin/d\n" },
		{ "/etc/sudoers.d/.e", "wang ALL=/bin/e\n" } } },
	{ .what = "no subdirectory, pipe or dangling link; a link is followed",
	    .sudoers = "@includedir /etc/sudoers.d\n@include /etc/pipe\n",
	    .said = "! pipe:0 FILE not a regular file\n"
		    "sudoers.d/up:1 (root) /bin/b\n",
	    .more = { { "/etc/sudoers.d/sub/x", "wang ALL=/bin/x\n" },
		{ "/etc/b", "wang ALL=/bin/b\n" } },
	    .prepare = make_odd },
	{ .what = "names with blanks, quotes and bytes",
	    .sudoers = "@include \"/etc/a b\"\n@include /etc/a\\ b\n"
		       "@include /etc/\\x63\\d\n@include \"/etc/q\\\"\\x\"\n"
		       "  @include \\\n  /etc/cd\n",
	    .said = "a b:1 (root) /bin/ab\na b:1 (root) /bin/ab\n"
		    "cd:1 (root) /bin/cd\nq\"\\x:1 (root) /bin/q\n"
		    "cd:1 (root) /bin/cd\n",
	    .more = { { "/etc/a b", "wang ALL=/bin/ab\n" },
		{ "/etc/cd", "wang ALL=/bin/cd\n" },
		{ "/etc/q\"\\x", "wang ALL=/bin/q\n" } } },
	{ .what = "the short host name",
	    .sudoers = "@include /etc/sudoers.%h\n",
	    .said = "sudoers.web01:1 (root) /bin/a\n",
	    .more = { { "/etc/sudoers.web01", "wang ALL=/bin/a\n" } } },
	{ .what = "which isn't always known",
	    .sudoers = "@include /etc/sudoers.%h\n",
	    .host = "",
	    .said = "! sudoers:1 OPEN include /etc/sudoers.%h\n" },
	{ .what = "what only looks like an include",
	    .sudoers = "#include\"/etc/x\"\n  #include /etc/x\n"
		       "#included /etc/x\nwang ALL=/bin/a \"\\\n@include\"\n",
	    .said = "! sudoers:4 LINE invalid line continuation\n",
	    .more = { { "/etc/x", "wang ALL=/bin/x\n" } } },
	{ .what = "one in the middle of a line",
	    .sudoers = "Cmnd_Alias A = /bin/a, \\\n@include /etc/x\n"
		       "wang ALL=@include /etc/x\nwang ALL=/bin/b\n",
	    .said = "! sudoers:1 LINE invalid line continuation\n"
		    "! sudoers:3 LINE syntax error\nsudoers:4 (root) /bin/b\n",
	    .more = { { "/etc/x", "wang ALL=/bin/x\n" } } },
	{ .what = "one that isn't there; a directory may be missing",
	    .sudoers = "@include /etc/none\n@includedir /etc/none\n"
		       "wang ALL=/bin/a\n",
	    .said = "! sudoers:1 LINE there is no file /etc/none\n"
		    "sudoers:3 (root) /bin/a\n" },
	{ .what = "a loop ends",
	    .sudoers = "@include /etc/x\nwang ALL=/bin/a\n",
	    .said = "! y:1 LINE the file includes itself: /etc/x\n"
		    "y:2 (root) /bin/y\nx:2 (root) /bin/x\n"
		    "sudoers:2 (root) /bin/a\n",
	    .more = { { "/etc/x", "@include y\nwang ALL=/bin/x\n" },
		{ "/etc/y", "@include /etc/x\nwang ALL=/bin/y\n" } } },
	{ .what = "nothing from outside the root",
	    .sudoers = "@include ../../../../../../../etc/x\n"
		       "@include /etc/passwd\n@includedir /etc/sudoers.d\n",
	    .said = "! sudoers:2 LINE there is no file /etc/passwd\n"
		    "../../../../../../../etc/x:1 (root) /bin/x\n"
		    "sudoers.d/only:1 (root) /bin/only\n",
	    .more = { { "/etc/x", "wang ALL=/bin/x\n" },
		{ "/etc/sudoers.d/only", "wang ALL=/bin/only\n" } } },
};

static const struct sudo_case refused[] = {
	{ .what = "an included file that everybody may write to",
	    .sudoers = "@includedir /etc/sudoers.d\nwang ALL=/bin/z\n",
	    .said = "! sudoers.d/a:0 FILE everybody may write to it\n"
		    "sudoers.d/b:1 (root) /bin/b\nsudoers:2 (root) /bin/z\n",
	    .more = { { "/etc/sudoers.d/a", "wang ALL=/bin/a\n" },
		{ "/etc/sudoers.d/b", "wang ALL=/bin/b\n" } },
	    .prepare = make_writable },
	{ .what = "the sudoers file itself: no rules at all",
	    .sudoers = "wang ALL=/bin/z\n",
	    .said = "! sudoers:0 FILE everybody may write to it\n",
	    .prepare = make_main_writable },
	{ .what = "a directory",
	    .sudoers = "@includedir /etc/sudoers.d\nwang ALL=/bin/z\n",
	    .said = "! sudoers.d:0 FILE everybody may write to it\n"
		    "sudoers:2 (root) /bin/z\n",
	    .more = { { "/etc/sudoers.d/a", "wang ALL=/bin/a\n" } },
	    .prepare = make_dir_writable },
};

static const struct sudo_case lines[] = {
	CASE("a rule over many lines has the first one's number",
	    "# \\\nwang ALL=/bin/a # \\\nwang \\\n  ALL=\\\n/bin/b\n\n"
	    "wang ALL=/bin/c : \\\nALL=/bin/d\nwang ALL=/bin/e",
	    "sudoers:2 (root) /bin/a\nsudoers:3 (root) /bin/b\n"
	    "sudoers:7 (root) /bin/c\nsudoers:7 (root) /bin/d\n"
	    "sudoers:9 (root) /bin/e\n"),
	CASE("a backslash that is itself escaped ends the line",
	    "wang ALL=/bin/a x\\\\\nwang ALL=/bin/b\n",
	    "sudoers:1 (root) /bin/a x\\\nsudoers:2 (root) /bin/b\n"),
	CASE("carriage returns, which sudo doesn't take behind a command",
	    "wang ALL=ALL\r\nwang \\\r\nALL=(ALL) \\\r\nALL\r\n"
	    "wang ALL=/bin/a\r\n",
	    "! sudoers:5 LINE syntax error\n"
	    "sudoers:1 (root) ALL\nsudoers:2 (ALL) ALL\n"),
	CASE("a hash in a string, an argument's and a uid's",
	    "\"wang\" ALL=/bin/a \"x # y\\\nwang ALL=/bin/b \\# \\\n  c\n"
	    "#1001 ALL=/bin/d\n",
	    "sudoers:1 (root) /bin/a \"x\nsudoers:2 (root) /bin/b # c\n"
	    "sudoers:4 (root) /bin/d\n"),
	CASE("markers' own name is not taken for a marker",
	    "acctward-mark-0.3 ALL=/bin/a\nacctward\\-mark-1.0 ALL=/bin/b\n"
	    "wang ALL=/bin/c\n",
	    "sudoers:3 (root) /bin/c\n"),
	CASE("the last line ends in a backslash", "wang ALL=/bin/a\\\n",
	    "sudoers:1 (root) /bin/a\n"),
	CASE("a wrong line is left out, and those around it stay",
	    "wang ALL=/bin/a\nwang wang\n\nwang ALL=/bin/b\nwang ALL=(\n"
	    "Defaults passprompt=\"x\nwang ALL=/bin/c\n",
	    "! sudoers:2 LINE syntax error\n! sudoers:5 LINE syntax error\n"
	    "! sudoers:6 LINE unexpected line break in string\n"
	    "sudoers:1 (root) /bin/a\nsudoers:4 (root) /bin/b\n"
	    "sudoers:7 (root) /bin/c\n"),
	CASE("of a long wrong line the first number",
	    "wang ALL=/bin/a, \\\n  /bin/b, \\\n  (root\nwang ALL=/bin/c\n",
	    "! sudoers:1 LINE syntax error\nsudoers:4 (root) /bin/c\n"),
	CASE("a part of a rule with no command goes alone",
	    "wang ALL=/bin/a : ALL=x : ALL=/bin/b : ALL=NOPASSWD: y\n",
	    "! sudoers:1 LINE expected a fully-qualified path name\n"
	    "sudoers:1 (root) /bin/a\nsudoers:1 (root) /bin/b\n"),
	CASE("of an alias the first definition counts",
	    "Cmnd_Alias A = /bin/a : A = /bin/b\nCmnd_Alias A = /bin/c\n"
	    "wang ALL=A\n",
	    "! sudoers:1 LINE Alias \"A\" already defined\n"
	    "! sudoers:2 LINE Alias \"A\" already defined\n"
	    "sudoers:3 (root) /bin/a\n"),
	CASE("an option that sudo doesn't know is told of",
	    "Defaults nosuch\nwang ALL=/bin/a\n",
	    "! sudoers:1 LINE unknown defaults entry \"nosuch\"\n"
	    "sudoers:2 (root) /bin/a\n"),
};

static const struct sudo_case across[] = {
	{ .what = "aliases hold in all files, wherever they stand",
	    .sudoers = "wang ALL=A\n@include /etc/x\nlee ALL=B\n",
	    .said = "! x:2 LINE syntax error\n"
		    "! sudoers:3 OPEN there is no alias B\n"
		    "sudoers:1 (root) /bin/a\n",
	    .more = { { "/etc/x", "Cmnd_Alias A = /bin/a\nwang\n" } } },
	{ .what = "a line doesn't go on in another file",
	    .sudoers = "@include /etc/x\nwang ALL=/bin/b\n",
	    .said = "x:1 (root) /bin/a\nsudoers:2 (root) /bin/b\n",
	    .more = { { "/etc/x", "wang ALL=/bin/a \\" } } },
};

#define CONF(text) \
	{ \
		"/etc/sudo.conf", text \
	}
#define OTHER \
	{ \
		"/etc/other", "wang ALL=/bin/o\n" \
	}

static const struct sudo_case confs[] = {
	{ .what = "sudo's own plugins, and what is none",
	    .sudoers = "wang ALL=/bin/a\n",
	    .said = "sudoers:1 (root) /bin/a\n",
	    .more = { CONF("#Plugin sudoers_policy x.so\n"
			   "Plugin sudoers_policy sudoers.so # x\n"
			   "Plugin sudoers_io sudoers.so\n\n"
			   "Plugin sudoers_audit \\\n sudoers.so\n"
			   "Path askpass /x\nPath plugin_dir /usr/lib/sudo/\n"
			   "Set disable_coredump false\nPluginx y z\n") } },
	{ .what = "another plugin, another directory",
	    .sudoers = "wang ALL=/bin/a\n",
	    .said = "! sudo.conf:2 OPEN sudo is set to decide otherwise: "
		    "Plugin x_policy x.so\n"
		    "! sudo.conf:3 OPEN sudo is set to decide otherwise: "
		    "path plugin_dir /x\n"
		    "sudoers:1 (root) /bin/a\n",
	    .more = { CONF("\n  Plugin x_policy x.so\t \n"
			   "path plugin_dir /x") } },
	{ .what = "another sudoers file",
	    .sudoers = "wang ALL=/bin/a\n",
	    .said = "! sudo.conf:1 OPEN sudo is set to decide otherwise: "
		    "plugin sudoers_policy sudoers.so   sudoers_file=/etc/x "
		    "sudoers_file=/etc/other\n"
		    "other:1 (root) /bin/o\n",
	    .more = { OTHER,
		CONF(
		    "plugin sudoers_policy sudoers.so \\\n  sudoers_file=/etc/x "
		    "sudoers_file=/etc/other\n") } },
	{ .what = "the second one of a kind counts for nothing",
	    .sudoers = "wang ALL=/bin/a\n",
	    .said = "! sudo.conf:2 OPEN sudo is set to decide otherwise: "
		    "Plugin sudoers_policy sudoers.so sudoers_file=/etc/other\n"
		    "sudoers:1 (root) /bin/a\n",
	    .more = { OTHER,
		CONF("Plugin sudoers_policy sudoers.so\n"
		     "Plugin sudoers_policy sudoers.so "
		     "sudoers_file=/etc/other\n") } },
	{ .what = "that for audits goes first",
	    .sudoers = "wang ALL=/bin/a\n",
	    .said = "! sudo.conf:1 OPEN sudo is set to decide otherwise: "
		    "Plugin sudoers_policy sudoers.so sudoers_file=/etc/x\n"
		    "! sudo.conf:2 OPEN sudo is set to decide otherwise: "
		    "Plugin sudoers_audit sudoers.so sudoers_file=/etc/other\n"
		    "other:1 (root) /bin/o\n",
	    .more = { OTHER,
		CONF("Plugin sudoers_policy sudoers.so sudoers_file=/etc/x\n"
		     "Plugin sudoers_audit sudoers.so "
		     "sudoers_file=/etc/other\n") } },
};

static void
test_conf(void **state)
{
	(void)state;
	sudo_expect_all(confs, LENGTH(confs));
}

/* One file of a megabyte, a hundred times: 16 are read. */
static void
test_bytes(void **state)
{
	enum {
		SIZE = 1 << 20
	};
	char *tree = ward_tree_new(NULL), *text = malloc(SIZE), *said = NULL;
	struct sudo_case c = { .what = "bytes" };
	size_t size = 0;
	FILE *out = open_memstream(&said, &size);

	(void)state;
	assert_non_null(text);
	memset(text, '#', SIZE);
	ward_tree_put(tree, "/etc/big", text, SIZE);
	memset(text, 0, SIZE);
	for (int i = 0; i < 100; i++) {
		memcpy(text + i * 13, "@include big\n", 13);
	}
	memcpy(text + 1300, "wang ALL=ALL\n", 13);
	ward_tree_put(tree, "/etc/sudoers", text, 1313);
	sudo_say(out, tree, &c);
	fclose(out);
	assert_string_equal(said,
	    "! big:0 FILE with it there is more than 16 MiB to read, so it and "
	    "what comes after it was left out\n"
	    "sudoers:101 (root) ALL\n");
	free(said);
	free(text);
	ward_tree_remove(tree);
}

static void
test_includes(void **state)
{
	(void)state;
	sudo_expect_all(includes, LENGTH(includes));
}

static void
test_refused(void **state)
{
	(void)state;
	sudo_expect_all(refused, LENGTH(refused));
}

static void
test_lines(void **state)
{
	(void)state;
	sudo_expect_all(lines, LENGTH(lines));
	sudo_expect_all(across, LENGTH(across));
}

/* sudo wants root as the owner; we take the root's own owner too. */
static void
test_owner(void **state)
{
	char *tree, *path;
	struct sudo_case c = { .what = "another owner",
		.said = "",
		.more = { { "/etc/x", "" } } };

	(void)state;
	if (!sudo_is_root()) {
		skip();
	}
	tree = ward_tree_new(NULL);
	ward_tree_put(tree, "/etc/sudoers", "wang ALL=/bin/a\n", 16);
	path = ward_tree_path(tree, "/etc/sudoers");
	for (int i = 0; i < 3; i++) {
		static const char *const said[] = {
			"! sudoers:0 FILE it belongs to somebody other than "
			"root\n",
			"sudoers:1 (root) /bin/a\n",
			"! sudoers:0 FILE a group other than root's may write "
			"to it\n"
		};
		char *text = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&text, &size);

		assert_int_equal(chown(path, 1234, 0), 0);
		assert_int_equal(chown(tree, i == 0 ? 0 : 1234, 0), 0);
		if (i == 2) {
			assert_int_equal(chown(path, 0, 1234), 0);
			assert_int_equal(chmod(path, 0460), 0);
		}
		sudo_say(out, tree, &c);
		fclose(out);
		assert_string_equal(text, said[i]);
		free(text);
	}
	free(path);
	ward_tree_remove(tree);
}

/* Two hundred files in a row: sudo ends at 144. */
static void
test_depth(void **state)
{
	char *tree = ward_tree_new(NULL), *text = NULL;
	struct sudo_case c = { .what = "depth" };
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	ward_tree_put(tree, "/etc/sudoers", "@include f1\n", 12);
	for (int i = 1; i <= 200; i++) {
		char name[32], line[64];

		snprintf(name, sizeof(name), "/etc/f%d", i);
		snprintf(line, sizeof(line), "@include f%d\n", i + 1);
		ward_tree_put(tree, name, line, strlen(line));
	}
	sudo_say(out, tree, &c);
	fclose(out);
	assert_string_equal(text,
	    "! f144:1 LINE too many levels of includes: /etc/f145\n");
	free(text);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_owner),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_conf),
		cmocka_unit_test(test_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
