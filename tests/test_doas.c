/* SPDX-License-Identifier: BSD-2-Clause */
/* collect/doas. What is expected of the parser and of the last match is what
 * `doas -C` of OpenDoas 6.8.2 says. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/accounts/passwd.h"
#include "collect/doas/rules.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define LONG64 \
	"aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define LONG512 LONG64 LONG64 LONG64 LONG64 LONG64 LONG64 LONG64 LONG64

/* ---- parsing -------------------------------------------------------------- */

static void
test_doas_parse__lines(void **state)
{
	static const struct {
		const char *text;
		int rules;     /* -1: a fault, */
		uint32_t line; /* in this line */
	} cases[] = {
		{ "", 0, 0 },
		{ "\n \t\n# permit\n", 0, 0 },
		{ "# no end", 0, 0 },
		{ "permit ann\n", 1, 0 },
		{ "permit ann", -1, 1 },
		{ "permit ann # x", -1, 1 },
		{ "\npermit ann#x\ndeny :ops\n", 2, 0 },
		{ "permit\tnopass  nolog keepenv ann as root\n", 1, 0 },
		{ "permit nopass nopass ann\n", 1, 0 },
		{ "permit nopass persist ann\n", -1, 1 },
		{ "deny nopass ann\n", -1, 1 },
		{ "allow ann\n", -1, 1 },
		{ "permit\n", -1, 1 },
		{ "permit ann bob\n", -1, 1 },
		{ "permit ann\ndeny as root\n", -1, 2 },
		{ "permit ann as\n", -1, 1 },
		{ "permit ann cmd\n", -1, 1 },
		{ "permit ann args x\n", -1, 1 },
		{ "permit ann cmd id args\n", 1, 0 },
		{ "permit ann cmd id args a \"\" \"b c\" \\{\n", 1, 0 },
		{ "permit ann cmd id args a {\n", -1, 1 },
		{ "permit ann cmd id args as\n", -1, 1 },
		{ "permit ann cmd id args \\as\n", -1, 1 },
		{ "permit ann cmd id args \"as\"\n", 1, 0 },
		{ "permit setenv { A -B C=1 } ann\n", 1, 0 },
		{ "permit setenv{ A }ann\n", 1, 0 },
		{ "permit setenv { } ann\n", 1, 0 },
		{ "permit setenv A ann\n", -1, 1 },
		{ "permit setenv { A ann\n", -1, 1 },
		{ "permit setenv { A } setenv { } ann\n", -1, 1 },
		{ "permit ann{\n", -1, 1 },
		{ "\\permit perm\\it\n", -1, 1 }, /* two keywords */
		{ "\\permit ann\n", 1, 0 },
		{ "permit a\\\nnn\n", 1, 0 },
		{ "permit ann as root \\\n cmd id\n", -1, 2 },
		{ "permit ann as root cmd \\\nid\n", 1, 0 },
		{ "permit \"ann\n\"\n", -1, 1 },
		{ "permit ann\\", -1, 1 },
		{ "permit \"ann", -1, 1 },
		{ "permit \"\"\n", 1, 0 },
		{ "permit ann\r\n", 1, 0 },
		{ "permit " LONG512 LONG512 "\n", -1, 1 },
		{ "permit a " LONG512 LONG64 "\n", -1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_doas_rules rules;
		struct ward_doas_fault fault = { .line = 0 };
		int r = ward_doas_parse(cases[i].text, strlen(cases[i].text),
		    &rules, &fault);

		if (r != (cases[i].rules < 0 ? WARD_ERR_SYNTAX : 0) ||
		    fault.line != cases[i].line ||
		    (r == 0 && (int)rules.count != cases[i].rules)) {
			fail_msg("'%s': %d, %u rules, line %u: %s",
			    cases[i].text, r, rules.count, fault.line,
			    fault.what);
		}
		ward_doas_rules_free(&rules);
	}
}

static void
test_doas_parse__nul(void **state)
{
	static const char in_word[] = "permit a\0nn\n", in_note[] = "#\0\n";
	struct ward_doas_rules rules;
	struct ward_doas_fault fault;

	(void)state;
	assert_int_equal(ward_doas_parse(in_word, sizeof(in_word) - 1, &rules,
			     &fault),
	    WARD_ERR_SYNTAX);
	assert_string_equal(fault.what, "a NUL");
	ward_doas_rules_free(&rules);
	assert_int_equal(ward_doas_parse(in_note, sizeof(in_note) - 1, &rules,
			     &fault),
	    0);
	ward_doas_rules_free(&rules);
}

/* ---- who gets root -------------------------------------------------------- */

struct host {
	char *tree;
	struct ward_root *root;
	struct ward_accounts *accounts;
	struct ward_groups *groups;
	struct ward_defects defects;
	struct ward_doas *doas;
};

static const char passwd[] = "root:x:0:0::/:\nann:x:1001:1001::/:\n"
			     "bob:x:1002:1002::/:\ndok:x:1003:1003::/:\n"
			     "1004:x:1005:1005::/:\nbig:x:70000:1::/:\n"
			     "twin:x:1001:1::/:\n";
static const char group[] = "root:x:0:\nann:x:1001:\nops:x:2000:ann,big\n"
			    "docker:x:2001:dok\n1001:x:2002:bob\n";

static void
open_host(struct host *h, const char *conf)
{
	static const struct ward_tree_file files[] = { { "/usr/bin/doas", "" },
		{ "/usr/bin/vi", "" }, { "/usr/bin/id", "" },
		{ "/usr/bin/tool", "#!/bin/sh\n" }, { "/usr/bin/open", "" },
		{ "/usr/lib/x.so", "" }, { "/home/ann/x.so", "" },
		{ "/tmp/x.so", "" }, { NULL, NULL } };

	*h = (struct host){ .tree = ward_tree_new(files) };
	ward_tree_chmod(h->tree, "/usr/bin/doas", 04755);
	ward_tree_chmod(h->tree, "/usr/bin/open", 0777);
	ward_tree_chmod(h->tree, "/home/ann", 0777);
	ward_tree_chmod(h->tree, "/tmp", 01777);
	if (conf != NULL) {
		ward_tree_put(h->tree, "/etc/doas.conf", conf, strlen(conf));
	}
	assert_int_equal(ward_root_new(h->tree, &h->root, NULL), 0);
	h->defects.pool = ward_pool_new();
	assert_non_null(h->defects.pool);
	assert_int_equal(ward_accounts_new(&h->accounts), 0);
	assert_int_equal(ward_groups_new(h->accounts, &h->groups), 0);
}

static void
read_host(struct host *h)
{
	struct ward_defects others = { .pool = h->defects.pool };
	size_t fds = ward_open_fds();

	assert_int_equal(ward_doas_load(h->root, &h->defects, &h->doas), 0);
	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(ward_passwd_read(ward_memory_fd(passwd,
					      sizeof(passwd) - 1),
			     h->accounts, &others),
	    0);
	assert_int_equal(ward_groups_want_words(h->groups, "docker"), 0);
	assert_int_equal(ward_doas_want_groups(h->doas, h->groups), 0);
	assert_int_equal(ward_group_read(ward_memory_fd(group,
					     sizeof(group) - 1),
			     h->groups, &others),
	    0);
	ward_defects_free(&others);
	ward_groups_settle(h->groups);
	ward_doas_settle(h->doas, h->accounts, h->groups);
}

static void
close_host(struct host *h)
{
	ward_doas_free(h->doas);
	ward_groups_free(h->groups);
	ward_accounts_free(h->accounts);
	ward_defects_free(&h->defects);
	ward_pool_free(h->defects.pool);
	ward_root_free(h->root);
	ward_tree_remove(h->tree);
}

/* "LINE detail [reason what]; ..." */
static void
write_paths(struct host *h, const char *name, char *text, size_t size)
{
	uint32_t account = ward_accounts_find(h->accounts, name, strlen(name));
	struct ward_path path;
	size_t used = 0;

	assert_int_not_equal(account, WARD_TABLE_NONE);
	text[0] = '\0';
	for (size_t i = 0; ward_doas_path(h->doas, account, &i, &path);) {
		assert_int_equal(path.kind, WARD_PATH_DOAS);
		assert_string_equal(path.source.file, "/etc/doas.conf");
		used += (size_t)snprintf(text + used, size - used, "%s%u %s",
		    used == 0 ? "" : "; ", (unsigned int)path.source.line,
		    path.detail);
		if (path.excess == WARD_REASON_NONE) {
			assert_null(path.excess_detail);
		} else {
			used += (size_t)snprintf(text + used, size - used,
			    " [%s %s]", ward_reasons[path.excess].id,
			    path.excess_detail);
		}
	}
}

static void
expect(const char *conf, const char *name, const char *expected)
{
	char text[1024];
	struct host h;

	open_host(&h, conf);
	read_host(&h);
	write_paths(&h, name, text, sizeof(text));
	if (strcmp(text, expected) != 0) {
		fail_msg("'%s', %s: '%s', not '%s'", conf, name, text,
		    expected);
	}
	close_host(&h);
}

static void
test_doas_path__who(void **state)
{
	(void)state;
	expect("permit ann\n", "ann", "1 permit ann");
	expect("permit ann\n", "bob", "");
	/* doas knows its caller by uid, and a session has its own groups. */
	expect("permit ann\n", "twin", "1 permit ann");
	expect("permit :ops\n", "twin", "");
	expect("permit :ops\n", "ann", "1 permit :ops");
	expect("permit :ops\n", "big", "1 permit :ops");
	expect("permit :2000\n", "big", "1 permit :2000");
	expect("permit 1002\n", "bob", "1 permit 1002");
	expect("permit \" +1002\"\n", "bob", "1 permit \" +1002\"");
	/* A name first. */
	expect("permit 1004\n", "1004", "1 permit 1004");
	expect("permit :1001\n", "bob", "1 permit :1001");
	expect("permit :1001\n", "ann", "");
	/* Numbers end at 65534, names don't. */
	expect("permit 70000\n", "big", "");
	expect("permit big\n", "big", "1 permit big");
	expect("permit \"\"\npermit :\npermit nosuch\n", "ann", "");
	expect("permit root as root\n", "root", "1 permit root as root");
}

static void
test_doas_path__whom(void **state)
{
	(void)state;
	expect("permit ann as root\n", "ann", "1 permit ann as root");
	expect("permit ann as 0\n", "ann", "1 permit ann as 0");
	expect("permit ann as dok\n", "ann", "1 permit ann as dok");
	expect("permit ann as 1003\n", "ann", "1 permit ann as 1003");
	expect("permit ann as bob\n", "ann", "");
	expect("permit ann as nosuch\n", "ann", "");
}

static void
test_doas_path__last_match(void **state)
{
	(void)state;
	expect("permit ann\ndeny ann\n", "ann", "");
	expect("deny ann\npermit ann\n", "ann", "2 permit ann");
	expect("permit ann\npermit nopass ann\n", "ann", "2 permit nopass ann");
	expect("permit ann\npermit nopass :ops cmd id\n", "ann",
	    "1 permit ann; 2 permit nopass :ops cmd id");
	expect("permit ann cmd id\ndeny ann cmd id args x\n", "ann",
	    "1 permit ann cmd id");
	expect("permit ann cmd id args x\ndeny ann cmd id\n", "ann", "");
	expect("permit ann cmd id args x\ndeny ann cmd id args x\n", "ann", "");
	expect("permit ann cmd id args x\ndeny ann cmd id args x y\n", "ann",
	    "1 permit ann cmd id args x");
	expect("permit ann cmd id args\ndeny ann cmd /usr/bin/id\n", "ann",
	    "1 permit ann cmd id args");
	/* Others who amount to root are left. */
	expect("permit ann\ndeny ann as root\n", "ann", "1 permit ann");
	expect("permit ann\ndeny ann as root\ndeny ann as dok\n", "ann", "");
	expect("permit ann\ndeny ann as root\ndeny ann as 0\n", "ann",
	    "1 permit ann");
	expect("permit ann as dok\ndeny ann as root\n", "ann",
	    "1 permit ann as dok");
	/* One by one, by wider rules of different width. */
	expect("permit ann cmd id args x\ndeny ann as root cmd id\n"
	       "deny ann as dok\n",
	    "ann", "");
	expect("permit ann cmd id args x\ndeny ann as root cmd id\n"
	       "deny ann as root\ndeny ann as root cmd id args x\n",
	    "ann", "1 permit ann cmd id args x");
	expect("permit ann cmd id args x\ndeny ann as root cmd id\n"
	       "deny ann as dok cmd id args\n",
	    "ann", "1 permit ann cmd id args x");
	expect("permit ann cmd id args\ndeny ann cmd id args x\n"
	       "permit ann cmd id args x y\npermit ann cmd id args\n",
	    "ann", "3 permit ann cmd id args x y; 4 permit ann cmd id args");
}

/* What was found for one account is not another's. */
static void
test_doas_path__one_after_another(void **state)
{
	static const struct {
		const char *name, *expected;
	} asked[] = { { "ann", "1 permit :ops" }, { "big", "" }, { "bob", "" },
		{ "ann", "1 permit :ops" }, { "dok", "3 permit dok" },
		{ "ann", "1 permit :ops" } };
	char text[1024];
	struct host h;

	(void)state;
	open_host(&h, "permit :ops\ndeny big\npermit dok\n");
	read_host(&h);
	for (size_t i = 0; i < LENGTH(asked); i++) {
		write_paths(&h, asked[i].name, text, sizeof(text));
		assert_string_equal(text, asked[i].expected);
	}
	close_host(&h);
}

static void
test_doas_path__excess(void **state)
{
	(void)state;
	expect("permit ann cmd vi args /etc/motd\n", "ann",
	    "1 permit ann cmd vi args /etc/motd "
	    "[MINIMUM_ESCAPE vi /etc/motd]");
	expect("permit ann cmd cat\n", "ann",
	    "1 permit ann cmd cat [MINIMUM_READ cat]");
	expect("permit ann cmd cat args\n", "ann", "1 permit ann cmd cat args");
	expect("permit ann cmd /usr/bin/env args id\n", "ann",
	    "1 permit ann cmd /usr/bin/env args id");
	expect("permit ann cmd bash args\n", "ann",
	    "1 permit ann cmd bash args [MINIMUM_ESCAPE bash]");
	expect("permit ann cmd open\n", "ann",
	    "1 permit ann cmd open [MINIMUM_WRITABLE open]");
	/* Looked for where the caller is. */
	expect("permit ann cmd ./id args a\n", "ann",
	    "1 permit ann cmd ./id args a [MINIMUM_WRITABLE ./id a]");
	expect("permit ann cmd bin/id\n", "ann",
	    "1 permit ann cmd bin/id [MINIMUM_WRITABLE bin/id]");
	expect("permit ann cmd ../usr/bin/id\n", "ann",
	    "1 permit ann cmd ../usr/bin/id "
	    "[MINIMUM_WRITABLE ../usr/bin/id]");
	expect("permit ann cmd ./vi\n", "ann",
	    "1 permit ann cmd ./vi [MINIMUM_ESCAPE ./vi]");
	expect("permit ann cmd /usr/bin/id\n", "ann",
	    "1 permit ann cmd /usr/bin/id");
	/* It is no wildcard to doas. */
	expect("permit ann cmd id args *\n", "ann",
	    "1 permit ann cmd id args *");
	expect("permit ann\ndeny ann cmd su args -\n", "ann",
	    "1 permit ann [MINIMUM_NEGATION su -]");
	expect("permit ann\ndeny ann as dok cmd su\ndeny ann cmd sh\n", "ann",
	    "1 permit ann [MINIMUM_NEGATION su]");
	expect("permit ann as root\ndeny ann as dok cmd su\ndeny ann cmd sh\n",
	    "ann", "1 permit ann as root [MINIMUM_NEGATION sh]");
	expect("permit ann as root\ndeny ann as 0 cmd su\ndeny ann cmd sh\n",
	    "ann", "1 permit ann as root [MINIMUM_NEGATION su]");
	expect("permit ann\ndeny ann as bob cmd su\n", "ann", "1 permit ann");
	expect("permit ann\ndeny bob cmd su\n", "ann", "1 permit ann");
}

static void
test_doas_path__environment(void **state)
{
	(void)state;
	expect("permit keepenv ann cmd id\n", "ann",
	    "1 permit keepenv ann cmd id [MINIMUM_SETENV id]");
	expect("permit keepenv ann\n", "ann", "1 permit keepenv ann");
	expect("permit setenv { LANG TZ=x } ann cmd id\n", "ann",
	    "1 permit setenv { LANG TZ=... } ann cmd id");
	expect("permit setenv { LD_PRELOAD=$X } ann cmd id\n", "ann",
	    "1 permit setenv { LD_PRELOAD=... } ann cmd id "
	    "[MINIMUM_SETENV id]");
	expect("permit setenv { LD_PRELOAD=/lib/x -GCONV_PATH * } ann cmd id\n",
	    "ann",
	    "1 permit setenv { LD_PRELOAD=... -GCONV_PATH * } ann cmd id");
	expect("permit setenv { PATH } ann cmd id\n", "ann",
	    "1 permit setenv { PATH } ann cmd id [MINIMUM_SETENV id]");
	expect("permit setenv { PATH } ann cmd tool\n", "ann",
	    "1 permit setenv { PATH } ann cmd tool [MINIMUM_SETENV tool]");
	expect("permit setenv { BASH_ENV } ann cmd tool\n", "ann",
	    "1 permit setenv { BASH_ENV } ann cmd tool "
	    "[MINIMUM_SETENV tool]");
}

/* A value that root wrote: is what it names in the hands of root alone? */
static void
test_doas_path__fixed(void **state)
{
	static const struct {
		const char *word, *command;
		bool excess;
	} cases[] = {
		{ "LD_PRELOAD=/home/ann/x.so", "id", true },
		{ "LD_PRELOAD=/home/ann/none.so", "id", true },
		{ "LD_PRELOAD=/usr/lib/x.so", "id", false },
		{ "LD_PRELOAD=/usr/lib/none.so", "id", false },
		{ "\"LD_PRELOAD=/usr/lib/x.so /home/ann/x.so\"", "id", true },
		{ "LD_PRELOAD=/usr/lib/x.so:/home/ann/x.so", "id", true },
		/* In a sticky directory only its owner replaces a file, */
		{ "LD_PRELOAD=/tmp/x.so", "id", false },
		{ "LD_PRELOAD=/tmp/none.so", "id", true },
		/* and everybody adds one. */
		{ "LD_LIBRARY_PATH=/tmp", "id", true },
		{ "LD_LIBRARY_PATH=/usr/lib;/tmp", "id", true },
		{ "LD_LIBRARY_PATH=/usr/lib", "id", false },
		{ "LD_LIBRARY_PATH=/usr/lib:", "id", true },
		{ "LD_LIBRARY_PATH=", "id", false },
		{ "LD_AUDIT=x.so", "id", true },
		{ "LD_PRELOAD=/usr/\\$LIB/x.so", "id", true },
		{ "PATH=/home/ann/bin", "id", true },
		{ "PATH=/usr/bin:/tmp", "id", true },
		{ "PATH=/usr/bin:.", "id", true },
		{ "PATH=bin", "id", true },
		{ "PATH=/usr/bin:", "id", true },
		{ "PATH=", "id", true },
		{ "PATH=/usr/bin:/usr/sbin", "id", false },
		{ "BASH_ENV=/home/ann/env", "tool", true },
		{ "BASH_ENV=/usr/lib/env", "tool", false },
		{ "BASH_ENV=/home/ann/env", "id", false },
		{ "PERL5OPT=-Mx", "tool", true },
		{ "LUA_PATH=/home/ann/?.lua", "tool", true },
		{ "LANG=/home/ann", "tool", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *word = cases[i].word, *name = word + (*word == '"');
		char conf[256], expected[256];

		(void)snprintf(conf, sizeof(conf),
		    "permit setenv { %s } ann cmd %s\n", word,
		    cases[i].command);
		(void)snprintf(expected, sizeof(expected),
		    "1 permit setenv { %.*s=... } ann cmd %s%s%s%s",
		    (int)strcspn(name, "="), name, cases[i].command,
		    cases[i].excess ? " [MINIMUM_SETENV " : "",
		    cases[i].excess ? cases[i].command : "",
		    cases[i].excess ? "]" : "");
		expect(conf, "ann", expected);
	}
}

/* What is shown can be written: a secret, a long line, words with blanks. */
static void
test_doas_path__shown(void **state)
{
	char conf[512], text[1024];
	struct host h;

	(void)state;
	expect("permit nopass nolog setenv { TOKEN=hunter2 } \"ann\" cmd "
	       "\"a b\" args \"\" \"c\\\"d\"\n",
	    "ann",
	    "1 permit nopass nolog setenv { TOKEN=... } ann cmd \"a b\" args "
	    "\"\" \"c\\\"d\"");
	(void)snprintf(conf, sizeof(conf),
	    "permit ann cmd id args %s %s %s %s\n", LONG64, LONG64, LONG64,
	    LONG64);
	open_host(&h, conf);
	read_host(&h);
	write_paths(&h, "ann", text, sizeof(text));
	assert_true(strlen(text) < 220);
	assert_string_equal(text + strlen(text) - 3, "...");
	close_host(&h);
}

/* ---- the file ------------------------------------------------------------- */

static void
expect_file(struct host *h, const char *paths, const char *defects)
{
	char text[1024];

	read_host(h);
	write_paths(h, "ann", text, sizeof(text));
	assert_string_equal(text, paths);
	ward_defects_text(h->defects.list, h->defects.count, text,
	    sizeof(text));
	assert_string_equal(text, defects);
	close_host(h);
}

static void
test_doas_load__installed(void **state)
{
	struct host h;
	char *path;

	(void)state;
	open_host(&h, "permit ann\n");
	ward_tree_chmod(h.tree, "/usr/bin/doas", 0755);
	expect_file(&h, "", "");
	/* Nobody reads it, so it can't be wrong. */
	open_host(&h, "permit\n");
	path = ward_tree_path(h.tree, "/usr/bin/doas");
	assert_int_equal(unlink(path), 0);
	free(path);
	expect_file(&h, "", "");
	open_host(&h, "permit ann\n");
	ward_tree_chmod(h.tree, "/usr/bin/doas", 0755);
	ward_tree_put(h.tree, "/usr/local/bin/doas", "", 0);
	ward_tree_chmod(h.tree, "/usr/local/bin/doas", 04555);
	expect_file(&h, "1 permit ann", "");
	/* What can't be looked at may be doas. */
	open_host(&h, "permit ann\n");
	ward_tree_chmod(h.tree, "/usr/bin/doas", 0755);
	ward_tree_link(h.tree, "/sbin/doas", "doas");
	expect_file(&h, "1 permit ann", "");
}

static void
test_doas_load__refused(void **state)
{
	struct host h;
	char *path;

	(void)state;
	open_host(&h, "permit ann\n");
	ward_tree_chmod(h.tree, "/etc/doas.conf", 0664);
	expect_file(&h, "",
	    "wellformed_doas_file: somebody other than its owner may write to "
	    "it @0");
	open_host(&h, "permit ann\n");
	ward_tree_chmod(h.tree, "/etc/doas.conf", 0646);
	expect_file(&h, "",
	    "wellformed_doas_file: somebody other than its owner may write to "
	    "it @0");
	open_host(&h, "permit ann\npermit bob as\n");
	expect_file(&h, "", "wellformed_doas: no user behind as @2");
	open_host(&h, NULL);
	expect_file(&h, "", "");
	if (geteuid() == 0) {
		open_host(&h, "permit ann\n");
		path = ward_tree_path(h.tree, "/etc/doas.conf");
		assert_int_equal(chown(path, 1001, 0), 0);
		free(path);
		expect_file(&h, "",
		    "wellformed_doas_file: it belongs to somebody other than "
		    "root @0");
	}
}

static void
test_doas_load__unknown(void **state)
{
	size_t size = WARD_DOAS_FILE_MAX + 1;
	char *text = malloc(size);
	struct host h;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', size);
	open_host(&h, "permit ann\n");
	ward_tree_put(h.tree, "/etc/doas.conf", text, size);
	expect_file(&h, "",
	    "wellformed_doas_open: the file is larger than 1 MiB @0");
	for (size_t i = 0; i <= WARD_DOAS_RULES_MAX; i++) {
		memcpy(text + i * 7, "deny a\n", 7);
	}
	memcpy(text, "permit ann\n#\n#", 14);
	open_host(&h, NULL);
	ward_tree_put(h.tree, "/etc/doas.conf", text, size - 1);
	expect_file(&h, "1 permit ann", "");
	memcpy(text, "permit ann\n#\n", 13);
	text[13] = '\n';
	memcpy(text + 7 * (WARD_DOAS_RULES_MAX + 1), "deny a\ndeny a\n", 14);
	open_host(&h, NULL);
	ward_tree_put(h.tree, "/etc/doas.conf", text, size - 1);
	expect_file(&h, "", "wellformed_doas_open: more than 4096 rules @0");
	open_host(&h, NULL);
	ward_tree_dir(h.tree, "/etc/doas.conf");
	expect_file(&h, "", "wellformed_doas_open: not a regular file @0");
	open_host(&h, NULL);
	ward_tree_link(h.tree, "/etc/doas.conf", "doas.conf");
	expect_file(&h, "",
	    "wellformed_doas_open: Too many levels of symbolic links @0");
	free(text);
}

static void
test_doas_tell_unknown__elsewhere(void **state)
{
	char text[512];
	struct host h;

	(void)state;
	open_host(&h,
	    "permit nosuch\npermit :none\npermit 4242\ndeny other\n"
	    "permit other as bob\npermit ann\n");
	read_host(&h);
	assert_int_equal(ward_doas_tell_unknown(h.doas, NULL, NULL, &h.defects),
	    0);
	assert_int_equal(h.defects.count, 0);
	assert_int_equal(ward_doas_tell_unknown(h.doas, "sss", "ldap",
			     &h.defects),
	    0);
	ward_defects_text(h.defects.list, h.defects.count, text, sizeof(text));
	assert_string_equal(text,
	    "wellformed_doas_open: user 'nosuch' is not in local files "
	    "(nsswitch.conf: sss) @1; wellformed_doas_open: group 'none' is not "
	    "in local files (nsswitch.conf: ldap) @2");
	close_host(&h);
}

/* Alpine's doas reads more files; whether this one does, it does not show. */
static void
test_doas_load__other_files(void **state)
{
	struct host h;

	(void)state;
	open_host(&h, "permit ann\n");
	ward_tree_put(h.tree, "/etc/doas.d/README", "x\n", 2);
	ward_tree_put(h.tree, "/etc/doas.d/.conf", "x\n", 2);
	expect_file(&h, "1 permit ann", "");
	open_host(&h, "permit ann\n");
	ward_tree_put(h.tree, "/etc/doas.d/a.conf", "permit bob\n", 11);
	ward_tree_put(h.tree, "/etc/doas.d/b.conf", "permit cid\n", 11);
	expect_file(&h, "1 permit ann",
	    "wellformed_doas_open: some builds of doas, Alpine's among them, "
	    "read the .conf files in it too @0");
	open_host(&h, NULL);
	ward_tree_put(h.tree, "/etc/doas.d/a.conf", "permit bob\n", 11);
	expect_file(&h, "",
	    "wellformed_doas_open: some builds of doas, Alpine's among them, "
	    "read the .conf files in it too @0");
	/* Where there is no doas, none reads them. */
	open_host(&h, NULL);
	ward_tree_put(h.tree, "/etc/doas.d/a.conf", "permit bob\n", 11);
	ward_tree_chmod(h.tree, "/usr/bin/doas", 0755);
	expect_file(&h, "", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doas_parse__lines),
		cmocka_unit_test(test_doas_parse__nul),
		cmocka_unit_test(test_doas_path__who),
		cmocka_unit_test(test_doas_path__whom),
		cmocka_unit_test(test_doas_path__last_match),
		cmocka_unit_test(test_doas_path__one_after_another),
		cmocka_unit_test(test_doas_path__excess),
		cmocka_unit_test(test_doas_path__environment),
		cmocka_unit_test(test_doas_path__fixed),
		cmocka_unit_test(test_doas_path__shown),
		cmocka_unit_test(test_doas_load__installed),
		cmocka_unit_test(test_doas_load__refused),
		cmocka_unit_test(test_doas_load__unknown),
		cmocka_unit_test(test_doas_tell_unknown__elsewhere),
		cmocka_unit_test(test_doas_load__other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
