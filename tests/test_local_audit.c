/* SPDX-License-Identifier: BSD-2-Clause */
/* local.c against the audit: of the same files both tell the same. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utmp.h>

#include "collect/collect.h"
#include "state/state.h"

#define NOW 1795000000
#define GROUPS "docker disk sudo"
#define NAMES_MAX 64

/* The first account of each name, and what was found of it. */
struct names {
	char *list[NAMES_MAX];
	size_t count;
	struct ward_state *state;
	const struct ward_host *host;
	const char *shells;
};

static void
expect_text(const char *left, const char *right)
{
	if (left == NULL || right == NULL) {
		assert_null(left);
		assert_null(right);
	} else {
		assert_string_equal(left, right);
	}
}

static void
expect_number(struct ward_optional left, struct ward_optional right)
{
	assert_int_equal(left.known, right.known);
	assert_int_equal(left.value, right.value);
}

static void
expect_paths(const struct ward_account *local, const struct ward_account *audit)
{
	size_t next = 0;

	for (size_t i = 0; i < audit->path_count; i++) {
		const struct ward_path *path = &audit->paths[i];

		assert_true(next < local->path_count);
		assert_int_equal(local->paths[next].kind, path->kind);
		assert_string_equal(local->paths[next].detail, path->detail);
		assert_string_equal(local->paths[next].source.file,
		    path->source.file);
		if (strcmp(path->source.file, "/etc/group") == 0) {
			assert_int_equal(local->paths[next].source.line,
			    path->source.line);
		}
		next++;
	}
	assert_int_equal(next, local->path_count);
}

static void
expect_same(const struct ward_account *local, const struct ward_account *audit)
{
	assert_string_equal(local->name, audit->name);
	expect_number(local->uid, audit->uid);
	expect_number(local->gid, audit->gid);
	assert_string_equal(local->home, audit->home);
	assert_string_equal(local->shell, audit->shell);
	assert_int_equal(local->login_shell, audit->login_shell);
	assert_int_equal(local->listed_shell, audit->listed_shell);
	assert_string_equal(local->entry.file, audit->entry.file);
	assert_int_equal(local->has_shadow, audit->has_shadow);
	assert_string_equal(local->shadow.file, audit->shadow.file);
	expect_text(local->shadow_why, audit->shadow_why);
	assert_int_equal(local->password.state, audit->password.state);
	assert_int_equal(local->password.scheme, audit->password.scheme);
	assert_int_equal(local->password.strange, audit->password.strange);
	expect_number(local->password.cost, audit->password.cost);
	expect_number(local->changed, audit->changed);
	expect_number(local->min_age, audit->min_age);
	expect_number(local->max_age, audit->max_age);
	expect_number(local->warning, audit->warning);
	expect_number(local->inactive, audit->inactive);
	expect_number(local->expires, audit->expires);
	expect_paths(local, audit);
	assert_int_equal(local->use, audit->use);
	assert_int_equal(local->last_use, audit->last_use);
	expect_text(local->use_why, audit->use_why);
}

static bool
is_seen(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->list[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static int
look(const struct names *names, const char *name, struct ward_marks *marks,
    struct ward_local **ret_local)
{
	return ward_local_find(names->state, name, names->host, names->shells,
	    GROUPS, marks, ret_local, NULL);
}

/* Once from nothing, and once from where it was found. */
static int
take_account(void *arg, const struct ward_account *audit)
{
	struct names *names = arg;
	struct ward_marks marks = { .last_use = 0 };
	struct ward_local *local = NULL;

	if (strncmp(audit->name, "(a hash", 7) == 0 ||
	    is_seen(names, audit->name)) {
		return 0;
	}
	assert_true(names->count < NAMES_MAX);
	names->list[names->count++] = strdup(audit->name);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(look(names, audit->name, &marks, &local), 0);
		expect_same(ward_local_account(local), audit);
		assert_true(marks.passwd_at != 0);
		assert_int_equal(marks.shadow_at != 0, audit->has_shadow);
		assert_int_equal(ward_local_password(local) == 0,
		    audit->password.state == WARD_PASSWORD_UNKNOWN);
		ward_local_free(local);
	}
	return 0;
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	(void)arg;
	(void)defect;
	return 0;
}

/* Whom the audit doesn't know, nobody does. */
static void
expect_strangers(struct names *names)
{
	static const char *const all[] = { "a", "b", "ab", "root", "", " a",
		"+", "+a", "-b", "#c", "a b", "\xe6\x88\x91", "a:x", "b\n",
		"\ta", "nobody" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct ward_local *local = NULL;

		if (!is_seen(names, all[i])) {
			assert_int_equal(look(names, all[i], NULL, &local),
			    WARD_ERR_MISSING);
			assert_null(local);
		}
	}
}

static void
expect_agreement(const char *tree, const char *shells)
{
	const struct ward_collect_options options = { .root = tree,
		.now = { NOW, 480 },
		.root_groups = GROUPS };
	struct ward_collection *collection = NULL;
	struct names names = { .shells = shells };
	const struct ward_visitor visitor = { take_account, take_defect, NULL,
		&names };

	if (ward_collect(&options, &collection, NULL) != 0) {
		return; /* no account at all */
	}
	names.host = ward_collection_host(collection);
	assert_int_equal(ward_state_open(tree, WARD_STATE_KEEP, &names.state,
			     NULL),
	    0);
	assert_int_equal(ward_collection_each(collection, &visitor, NULL), 0);
	expect_strangers(&names);
	ward_state_close(names.state);
	ward_collection_free(collection);
	for (size_t i = 0; i < names.count; i++) {
		free(names.list[i]);
	}
}

/* ---- lines of any kind ---------------------------------------------------- */

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

struct text {
	char bytes[4096];
	size_t size;
};

static void
put(struct text *text, const char *word)
{
	const size_t size = strlen(word);

	assert_true(text->size + size < sizeof(text->bytes));
	memcpy(text->bytes + text->size, word, size);
	text->size += size;
}

/* One of the words, which blanks separate and "~" stands for a blank in. */
static void
put_one(struct text *text, uint32_t *seed, const char *words)
{
	size_t count = 1, at;
	char word[64];

	for (const char *c = words; *c != '\0'; c++) {
		count += *c == ' ';
	}
	for (at = draw(seed, (uint32_t)count); at > 0; at--) {
		words = strchr(words, ' ') + 1;
	}
	(void)snprintf(word, sizeof(word), "%.*s", (int)strcspn(words, " "),
	    words);
	for (char *c = word; *c != '\0'; c++) {
		*c = *c == '~' ? ' ' : *c;
	}
	put(text, word);
}

static const char *const passwd_words[] = {
	"a b ab root a b ab root a b  ~a + +a -b #c a~b \xe6\x88\x91 \ta",
	"x x x x * !! ##a *NP* $1$a$b $6$s$h !$6$s$h *LK* secret",
	"0 1 7 1000 1001 60001 70000  +5 00 -1 4294967295 4294967296 x ~7 1e3",
	"0 27 999 100 1000 6  5a +6 -1 027",
	"Wang,,, ~ x \xa4\xfd",
	"/ /home/a /root rel /srv/$1$a$b $y$j9T$a$b  ",
	"/bin/sh /bin/bash  /usr/sbin/nologin /bin/false /bin/sh\r "
	"/bin/sh~/bin/bash $y$j9T$a$b bash",
	NULL,
};

static const char *const shadow_words[] = {
	"a b ab root a b ab root a b  ~a + +a -b #c a~b \xe6\x88\x91",
	"* ! !! $6$s$h !$6$s$h $y$j9T$abcdefgh$0123456789  x *LK* secret",
	"20000 20100 20200 20300 20400 20500 0 0   3000000000 ~5 +5 007 x -1 5~",
	"0 1 2 3 4 5    ~6 x ~",
	"90 99999 180 90 99999 180 365    -1",
	"7 14 ~~~7 7 14 30  ~ \t\v7 x",
	"14 0 14 0      x",
	"20500 20600 0      x",
	"         0 x ~ 5",
	NULL,
};

static const char *const group_words[] = {
	"docker disk sudo users old staff docker disk + -x ~docker #disk  "
	"$6$s$h",
	"x  * $6$s$h !",
	"0 27 999 6 100 1000  +6 027 -1 x ~6",
	" a b ab root a,b ~a,~b ,,a a, a~b ab,a,a x,y,a a:b",
	NULL,
};

static void
put_lines(struct text *text, uint32_t *seed, const char *const *fields)
{
	const uint32_t lines = draw(seed, 12);

	for (uint32_t i = 0; i < lines; i++) {
		static const char *const odd[] = { "", " ", "# c", ":",
			":::", "a", "+", "-", "+@x::::::", "::::::", "x\r" };
		size_t most = draw(seed, 8) == 0 ? draw(seed, 9) : 9;

		if (draw(seed, 12) == 0) {
			put(text, odd[draw(seed, sizeof(odd) / sizeof(*odd))]);
			most = 0;
		}
		for (size_t f = 0; fields[f] != NULL && f < most; f++) {
			put(text, f == 0 ? "" : ":");
			put_one(text, seed, fields[f]);
		}
		if (draw(seed, 20) == 0) {
			put(text, ":more");
		}
		if (draw(seed, 40) == 0) {
			text->bytes[text->size++] = '\0';
			put(text, ":x");
		}
		put(text, draw(seed, 20) == 0 ? "\r\n" : "\n");
	}
	if (text->size > 0 && draw(seed, 4) == 0) {
		text->size--;
	}
}

static void
put_lastlog(const char *tree, uint32_t *seed)
{
	static const uint32_t times[] = { 0, 0, 1794000000, NOW, NOW + 100,
		NOW + 86400, 4294967295u };
	struct lastlog *records = calloc(1002, sizeof(*records));

	assert_non_null(records);
	records[0].ll_time = times[draw(seed, 7)];
	records[1].ll_time = times[draw(seed, 7)];
	records[7].ll_time = times[draw(seed, 7)];
	records[1000].ll_time = times[draw(seed, 7)];
	ward_tree_put(tree, "/var/log/lastlog", (const char *)records,
	    draw(seed, 1003) * sizeof(*records));
	free(records);
}

static void
put_file(const char *tree, const char *path, uint32_t *seed,
    const char *const *fields)
{
	static struct text text;

	text.size = 0;
	put_lines(&text, seed, fields);
	ward_tree_put(tree, path, text.bytes, text.size);
}

static void
test_local__as_the_audit(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/shells", "/bin/sh\n# none\n/bin/bash # a shell\n" },
		{ "/etc/login.defs", "UID_MIN 1000\nLASTLOG_UID_MAX 60001\n" },
		{ NULL, NULL }
	};
	(void)state;
	for (uint32_t i = 0; i < 400; i++) {
		uint32_t seed = i * 2654435761u;
		bool listed = draw(&seed, 5) > 0;
		char *tree = ward_tree_new(listed ? files : files + 1);

		put_file(tree, "/etc/passwd", &seed, passwd_words);
		if (draw(&seed, 10) > 0) {
			put_file(tree, "/etc/shadow", &seed, shadow_words);
		}
		if (draw(&seed, 10) > 0) {
			put_file(tree, "/etc/group", &seed, group_words);
		}
		if (draw(&seed, 4) > 0) {
			put_lastlog(tree, &seed);
		}
		expect_agreement(tree, listed ? "/bin/sh /bin/bash" : NULL);
		ward_tree_remove(tree);
	}
}

/* The lines of test_shadow.c, each of which the C library takes or not. */
static void
test_local__each_shadow_line(void **state)
{
	static const char *const lines[] = { "a", "a:", "a:*", "a:*:", "a:*:1",
		"a:*:1:2:3",
		"a:*:1:2:3:", "a:*:1:2:3: ", "a:*:::", "a:*:1:2:3:7",
		"a:*:1:2:3:7:8:9", "a:*:1:2:3:7:8:9:", "a:*:1:2:3:7:8:9:x",
		"a:*:1:2:3:7:8:9::", "a:*:3000000000:2:3:7:8:9:",
		"a:*: :2:3:7:8:9:", "a:*:5 :2:3:7:8:9:", "a:*:1:2:3:  :8:9:",
		"a:*:1:2:3\r",
		"a:*:-18446744073709551615:2:3:7:8:9:", " a:*:1:2:3:7:8:9:",
		"#a:*:1:2:3:7:8:9:", "a:*:1:2:3:\t\v7:8:9:" };
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "a:x:1:1::/:/bin/sh\n" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files), text[128];

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		int size = snprintf(text, sizeof(text),
		    "%s\na:!:7:7:7:7:7:7:\n", lines[i]);

		ward_tree_put(tree, "/etc/shadow", text, (size_t)size);
		expect_agreement(tree, NULL);
	}
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_local__as_the_audit),
		cmocka_unit_test(test_local__each_shadow_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
