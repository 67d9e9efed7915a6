/* SPDX-License-Identifier: BSD-2-Clause */
/* privileges.c, privileges_keep.c */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/state.h"

#define LIST "/var/lib/acctward/privileged"
#define SUDO (1u << WARD_PATH_SUDO)
#define DOAS (1u << WARD_PATH_DOAS)
#define KEY (1u << WARD_PATH_KEY)
#define UID0 (1u << WARD_PATH_UID0)

#define HEAD(size) "acctward privileged 1 00000000" size "\n"

struct fixture {
	char *tree, *path;
	struct ward_state *state;
	struct ward_error err;
	size_t fds;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->fds = ward_open_fds();
	f->tree = ward_tree_new(NULL);
	f->path = ward_tree_path(f->tree, LIST);
	assert_int_equal(ward_state_open(f->tree, WARD_STATE_KEEP, &f->state,
			     NULL),
	    0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_state_close(f->state);
	assert_int_equal(ward_open_fds(), f->fds);
	ward_tree_remove(f->tree);
	free(f->path);
	free(f);
	return 0;
}

static int
keep(struct fixture *f, const struct ward_privilege *list, size_t count,
    bool adds)
{
	f->err = (struct ward_error){ .language = WARD_ENGLISH };
	return ward_privileges_keep(f->state, list, count, adds, &f->err);
}

static int
look(struct fixture *f, const char *name, unsigned int *ret_ways)
{
	f->err = (struct ward_error){ .language = WARD_ENGLISH };
	return ward_privileges_find(f->state, name, ret_ways, &f->err);
}

static unsigned int
ways_of(struct fixture *f, const char *name)
{
	unsigned int ways = 99;

	assert_int_equal(look(f, name, &ways), 0);
	return ways;
}

static void
put(struct fixture *f, const char *text)
{
	ward_tree_put(f->tree, LIST, text, strlen(text));
}

static void
expect_error(struct fixture *f, int code, const char *part)
{
	unsigned int ways = 99;

	assert_int_equal(look(f, "wang", &ways), code);
	assert_int_equal(ways, 99);
	assert_non_null(strstr(f->err.text, part));
}

static char *
text_of(struct fixture *f)
{
	FILE *stream = fopen(f->path, "r");
	char *text = calloc(1, 4096);

	assert_non_null(stream);
	assert_non_null(text);
	assert_true(fread(text, 1, 4095, stream) < 4095);
	(void)fclose(stream);
	return text;
}

/* ---- what is kept --------------------------------------------------------- */

static void
test_privileges__none_kept(void **state)
{
	assert_int_equal(ways_of(*state, "wang"), 0);
}

static void
test_privileges__as_it_was_said(void **state)
{
	static const struct ward_privilege list[] = { { "wang", SUDO | KEY },
		{ "root", UID0 }, { "lee", DOAS }, { "wang", DOAS } };
	struct fixture *f = *state;
	struct stat st;
	char *text;

	assert_int_equal(keep(f, list, 4, false), 0);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	text = text_of(f);
	assert_string_equal(text,
	    HEAD("38") "lee doas\nroot uid0\nwang sudo,doas,key\n");
	free(text);
	assert_int_equal(ways_of(f, "wang"), SUDO | KEY | DOAS);
	assert_int_equal(ways_of(f, "root"), UID0);
	assert_int_equal(ways_of(f, "lee"), DOAS);
	assert_int_equal(ways_of(f, "le"), 0);
	assert_int_equal(ways_of(f, "leee"), 0);
	assert_int_equal(ways_of(f, ""), 0);
	/* No other name is left behind. */
	ward_tree_put(f->tree, LIST ".new", "", 0);
	assert_int_equal(keep(f, NULL, 0, false), 0);
	assert_int_equal(ways_of(f, "wang"), 0);
	assert_int_equal(ways_of(f, "root"), 0);
}

static void
test_privileges__only_adds(void **state)
{
	static const struct ward_privilege before[] = { { "wang", SUDO },
		{ "lee", KEY } };
	static const struct ward_privilege after[] = { { "wang", DOAS },
		{ "ann", SUDO } };
	struct fixture *f = *state;

	assert_int_equal(keep(f, before, 2, true), 0);
	assert_int_equal(keep(f, after, 2, true), 0);
	assert_int_equal(ways_of(f, "wang"), SUDO | DOAS);
	assert_int_equal(ways_of(f, "lee"), KEY);
	assert_int_equal(ways_of(f, "ann"), SUDO);
	assert_int_equal(keep(f, after, 2, false), 0);
	assert_int_equal(ways_of(f, "wang"), DOAS);
	assert_int_equal(ways_of(f, "lee"), 0);
}

static int
list_one(void *arg, const char *name, unsigned int ways)
{
	char *text = arg;

	(void)snprintf(text + strlen(text), 200 - strlen(text), "%s:%u;", name,
	    ways);
	return strcmp(name, "stop") == 0 ? 7 : 0;
}

static void
test_privileges__each(void **state)
{
	static const struct ward_privilege list[] = { { "wang a", SUDO | KEY },
		{ "lee", UID0 }, { "stop", DOAS } };
	struct fixture *f = *state;
	char text[200] = "";

	assert_int_equal(ward_privileges_each(f->state, list_one, text, NULL),
	    0);
	assert_string_equal(text, "");
	assert_int_equal(keep(f, list, 3, false), 0);
	assert_int_equal(ward_privileges_each(f->state, list_one, text, NULL),
	    7);
	assert_string_equal(text, "lee:1;stop:8;");
	put(f, "torn");
	assert_int_equal(ward_privileges_each(f->state, list_one, text, NULL),
	    WARD_ERR_SYNTAX);
}

/* Of many at once nobody is turned away, and nothing that one adds is lost. */
static void
test_privileges_keep__at_once(void **state)
{
	enum {
		COUNT = 40
	};
	struct fixture *f = *state;
	pid_t children[COUNT];
	char name[16];

	for (unsigned int i = 0; i < COUNT; i++) {
		const struct ward_privilege one = { name, SUDO };

		(void)snprintf(name, sizeof(name), "u%u", i);
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			_exit(keep(f, &one, 1, true) == 0 ? 0 : 1);
		}
	}
	for (unsigned int i = 0; i < COUNT; i++) {
		int status = -1;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	for (unsigned int i = 0; i < COUNT; i++) {
		(void)snprintf(name, sizeof(name), "u%u", i);
		assert_int_equal(ways_of(f, name), SUDO);
	}
}

/* Where more is kept than is read at once, each is found, and nobody else. */
static void
test_privileges__many(void **state)
{
	enum {
		COUNT = 3000
	};
	struct fixture *f = *state;
	struct ward_privilege *list = calloc(COUNT, sizeof(*list));
	char(*names)[220] = calloc(COUNT, sizeof(*names));
	char other[224];

	assert_non_null(list);
	assert_non_null(names);
	for (size_t i = 0; i < COUNT; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "u%zu-%0*d",
		    i * 7919 % COUNT, (int)(i * 31 % 200) + 1, 0);
		list[i] = (struct ward_privilege){ names[i],
			1u << i % WARD_PATH_KIND_COUNT };
	}
	assert_int_equal(keep(f, list, COUNT, false), 0);
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(ways_of(f, names[i]), list[i].ways);
		(void)snprintf(other, sizeof(other), "%sx", names[i]);
		assert_int_equal(ways_of(f, other), 0);
	}
	assert_int_equal(ways_of(f, "a"), 0);
	assert_int_equal(ways_of(f, "z"), 0);
	free(names);
	free(list);
}

static void
test_privileges__odd_names(void **state)
{
	static const char *const names[] = { "a b", "a\nroot uid0", "../x",
		"\xff\xfe", "a,b", "%41", ".x", "王" };
	enum {
		COUNT = sizeof(names) / sizeof(names[0])
	};
	struct ward_privilege list[COUNT + 3];
	struct fixture *f = *state;
	char large[300];

	for (size_t i = 0; i < COUNT; i++) {
		list[i] = (struct ward_privilege){ names[i], SUDO };
	}
	memset(large, 'x', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	list[COUNT] = (struct ward_privilege){ large, SUDO };
	list[COUNT + 1] = (struct ward_privilege){ "", SUDO };
	list[COUNT + 2] = (struct ward_privilege){ "none", 0 };
	assert_int_equal(keep(f, list, COUNT + 3, false), 0);
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(ways_of(f, names[i]), SUDO);
	}
	assert_int_equal(ways_of(f, "root"), 0);
	assert_int_equal(ways_of(f, "A"), 0);
	/* Nobody knows of one that can't be kept: it is taken for all. */
	assert_int_equal(ways_of(f, large), WARD_WAYS_KEPT);
	assert_int_equal(ways_of(f, "none"), 0);
}

/* ---- what is refused ------------------------------------------------------ */

static void
test_privileges__unsafe(void **state)
{
	struct fixture *f = *state;

	put(f, HEAD("10") "wang sudo\n");
	assert_int_equal(ways_of(f, "wang"), SUDO);
	assert_int_equal(chmod(f->path, 0620), 0);
	expect_error(f, WARD_ERR_UNSAFE, LIST);
	assert_int_equal(keep(f, NULL, 0, true), WARD_ERR_UNSAFE);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(symlink("/etc/passwd", f->path), 0);
	expect_error(f, WARD_ERR_UNSAFE, "a symbolic link");
	/* What is put in its place takes the link's name, not what it names. */
	assert_int_equal(keep(f, NULL, 0, false), 0);
	assert_int_equal(ways_of(f, "wang"), 0);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(mkfifo(f->path, 0600), 0);
	expect_error(f, WARD_ERR_UNSAFE, "not a regular file");
}

static void
test_privileges__damaged(void **state)
{
	static const char *const texts[] = {
		"",
		"acctward privileged 1 ",
		"wang sudo\n",
		HEAD("10"),
		HEAD("09") "wang sudo",
		HEAD("10") "wang sudo",
		HEAD("09") "wang sudo\n",
		HEAD("11") "wang sudo\n",
		HEAD("10") "wang\tsudo\n",
		HEAD("10") "wang.sudo\n",
		HEAD("10") "wang ssdo\n",
		HEAD("10") " wan sudo\n",
		HEAD("11") "wang  sudo\n",
		HEAD("11") "wang sudo,\n",
		HEAD("11") "wang ,sudo\n",
		HEAD("11") "wang sudo \n",
		HEAD("06") "wang \n",
		HEAD("05") "wang\n",
		HEAD("01") "\n",
		HEAD("11") "wa/g sudo\n\n",
		HEAD("12") "%77ang sudo\n",
		"acctward privileged 2 0000000010\nwang sudo\n",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		put(f, texts[i]);
		expect_error(f, WARD_ERR_SYNTAX, LIST ": damaged");
		assert_int_equal(keep(f, NULL, 0, true), WARD_ERR_SYNTAX);
	}
	ward_tree_put(f->tree, LIST, HEAD("12") "wang\0x sudo\n", 45);
	expect_error(f, WARD_ERR_SYNTAX, LIST ": damaged");
	/* Made anew, it is whole again. */
	assert_int_equal(keep(f, NULL, 0, false), 0);
	assert_int_equal(ways_of(f, "wang"), 0);
}

/* Without an end of line for longer than any line is. */
static void
test_privileges__no_lines(void **state)
{
	struct fixture *f = *state;
	char *text = malloc(20034);

	assert_non_null(text);
	memset(text, 'x', 20034);
	memcpy(text, "acctward privileged 1 0000020000\n", 33);
	text[20032] = '\n';
	ward_tree_put(f->tree, LIST, text, 20033);
	expect_error(f, WARD_ERR_SYNTAX, LIST ": damaged");
	free(text);
}

static void
test_privileges_keep__only_where_it_may(void **state)
{
	static const struct ward_privilege list[] = { { "wang", SUDO } };
	struct fixture *f = *state;

	assert_int_equal(keep(f, list, 1, false), 0);
	assert_int_equal(mkdir(f->path, 0700) == 0, 0);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(mkdir(f->path, 0700), 0);
	assert_int_equal(keep(f, list, 1, false), WARD_ERR_UNSAFE);
	assert_non_null(strstr(f->err.text, LIST));
	expect_error(f, WARD_ERR_UNSAFE, LIST);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_privileges__none_kept),
		T(test_privileges__as_it_was_said),
		T(test_privileges__only_adds),
		T(test_privileges__each),
		T(test_privileges_keep__at_once),
		T(test_privileges__many),
		T(test_privileges__odd_names),
		T(test_privileges__unsafe),
		T(test_privileges__damaged),
		T(test_privileges__no_lines),
		T(test_privileges_keep__only_where_it_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
