/* SPDX-License-Identifier: BSD-2-Clause */
/* The older passwords of an account. */
#include "history_case.h"

#include <crypt.h>
#include <errno.h>
#include <sys/resource.h>

static char *tree;
static struct ward_state *dirs;
/* How many hashes were computed. */
static unsigned int computed;

int __real_ward_password_match(const char *hash, const char *password,
    enum ward_match *ret_match, struct ward_error *err);
int __wrap_ward_password_match(const char *hash, const char *password,
    enum ward_match *ret_match, struct ward_error *err);
int
__wrap_ward_password_match(const char *hash, const char *password,
    enum ward_match *ret_match, struct ward_error *err)
{
	int r = __real_ward_password_match(hash, password, ret_match, err);

	computed += r == 0 && *ret_match != WARD_MATCH_UNKNOWN;
	return r;
}

static int
setup(void **state)
{
	(void)state;
	tree = ward_tree_new(NULL);
	dirs = case_state(tree);
	computed = 0;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ward_state_close(dirs);
	ward_tree_remove(tree);
	return 0;
}

/* Its hash as crypt(3) makes it with the setting; free() it. */
static char *
hash(const char *password, const char *setting)
{
	static struct crypt_data data;
	char *made, *copy;

	memset(&data, 0, sizeof(data));
	made = crypt_rn(password, setting, &data, sizeof(data));
	assert_non_null(made);
	copy = strdup(made);
	assert_non_null(copy);
	return copy;
}

/* The password of that number, hashed cheaply. */
static char *
nth(unsigned int i)
{
	char password[32], setting[32];

	(void)snprintf(password, sizeof(password), "Secret.%u", i);
	(void)snprintf(setting, sizeof(setting), "$y$j75$salt%04u", i);
	return hash(password, setting);
}

struct found {
	enum ward_reuse reuse;
	uint32_t older;
	bool strange;
	unsigned int computed;
};

static struct found
find(const char *name, const char *field, uint32_t older, const char *password)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct found found = { .reuse = WARD_REUSE_UNKNOWN };

	computed = 0;
	case_check(ward_history_find(dirs, name, field, older, password,
		       &found.reuse, &found.older, &found.strange, &err),
	    &err);
	found.computed = computed;
	return found;
}

static int
find_error(const char *field, uint32_t older, struct ward_error *err)
{
	enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
	uint32_t at = 77;
	bool strange = false;
	int r = ward_history_find(dirs, "wang", field, older, "Secret.1",
	    &reuse, &at, &strange, err);

	assert_true(
	    r == 0 || (reuse == WARD_REUSE_UNKNOWN && at == 77 && !strange));
	return r;
}

/* Passwords 1 to `count` set one after another; free() the last field. */
static char *
set_passwords(unsigned int count, uint32_t older)
{
	char *field = NULL;

	for (unsigned int i = 1; i <= count; i++) {
		free(field);
		field = nth(i);
		case_add(dirs, "wang", field, older);
	}
	return field;
}

/* ---- which one is it? ----------------------------------------------------- */

/* 不與前3次密碼有重複: the current one and three older are refused, the fourth
 * is allowed. */
static void
test_find__three_older(void **state)
{
	static const struct {
		const char *password;
		enum ward_reuse reuse;
		uint32_t older;
		unsigned int computed;
	} cases[] = {
		{ "Secret.6", WARD_REUSE_CURRENT, 0, 1 },
		{ "Secret.5", WARD_REUSE_OLDER, 1, 2 },
		{ "Secret.4", WARD_REUSE_OLDER, 2, 3 },
		{ "Secret.3", WARD_REUSE_OLDER, 3, 4 },
		{ "Secret.2", WARD_REUSE_NOT, 0, 4 },
		{ "Secret.1", WARD_REUSE_NOT, 0, 4 },
		{ "Secret.7", WARD_REUSE_NOT, 0, 4 },
		{ "secret.6", WARD_REUSE_NOT, 0, 4 },
		{ "", WARD_REUSE_NOT, 0, 4 },
	};
	char *field = set_passwords(6, 64);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct found found = find("wang", field, 3, cases[i].password);

		assert_int_equal(found.reuse, cases[i].reuse);
		assert_int_equal(found.older, cases[i].older);
		assert_int_equal(found.computed, cases[i].computed);
		assert_false(found.strange);
	}
	free(field);
}

/* Whether or not the history has the current one, as many are looked at. */
static void
test_find__current_is_not_in_it(void **state)
{
	char *field = set_passwords(4, 64), *now = nth(5);

	(void)state;
	assert_int_equal(find("wang", now, 3, "Secret.5").reuse,
	    WARD_REUSE_CURRENT);
	assert_int_equal(find("wang", now, 3, "Secret.4").older, 1);
	assert_int_equal(find("wang", now, 3, "Secret.2").older, 3);
	assert_int_equal(find("wang", now, 3, "Secret.1").reuse,
	    WARD_REUSE_NOT);
	assert_int_equal(find("wang", NULL, 3, "Secret.4").older, 1);
	free(field);
	free(now);
}

static void
test_find__current_alone(void **state)
{
	char *field = nth(1);
	struct found found = find("wang", field, 3, "Secret.1");

	(void)state;
	assert_int_equal(found.reuse, WARD_REUSE_CURRENT);
	found = find("wang", field, 3, "Secret.2");
	assert_int_equal(found.reuse, WARD_REUSE_NOT);
	assert_int_equal(found.computed, 1);
	assert_int_equal(find("wang", NULL, 3, "Secret.2").computed, 0);
	free(field);
}

/* No older one is asked for: none is looked at, nor the file. */
static void
test_find__no_older(void **state)
{
	char *field = set_passwords(3, 64);

	(void)state;
	ward_tree_put(tree, CASE_FILE, "junk", 4);
	assert_int_equal(find("wang", field, 0, "Secret.3").reuse,
	    WARD_REUSE_CURRENT);
	assert_int_equal(find("wang", field, 0, "Secret.2").reuse,
	    WARD_REUSE_NOT);
	free(field);
}

/* The password behind a lock is the current one still. */
static void
test_find__locked(void **state)
{
	char *field = set_passwords(2, 64), locked[400];
	struct found found;

	(void)state;
	(void)snprintf(locked, sizeof(locked), "!%s", field);
	found = find("wang", locked, 3, "Secret.2");
	assert_int_equal(found.reuse, WARD_REUSE_CURRENT);
	assert_int_equal(found.computed, 1);
	found = find("wang", locked, 3, "Secret.1");
	assert_int_equal(found.older, 1);
	assert_int_equal(found.computed, 2);
	/* Nor is it another one when it is remembered. */
	case_add(dirs, "wang", locked, 64);
	assert_int_equal(find("wang", locked, 1, "Secret.1").older, 1);
	free(field);
}

/* People may have written one twice. */
static void
test_find__doubled(void **state)
{
	char *one = nth(1), *two = nth(2), text[2000];
	struct found found;

	(void)state;
	case_add(dirs, "wang", one, 3);
	(void)snprintf(text, sizeof(text),
	    "acctward history 1\n- %s\n- %s\n2026-11-20 %s\n- %s\n- %s\nend\n",
	    two, two, two, one, two);
	ward_tree_put(tree, CASE_FILE, text, strlen(text));
	found = find("wang", NULL, 2, "Secret.9");
	assert_int_equal(found.reuse, WARD_REUSE_NOT);
	assert_int_equal(found.computed, 2);
	assert_int_equal(find("wang", two, 1, "Secret.1").older, 1);
	free(one);
	free(two);
}

/* Every scheme of hashes.def, as crypt(3) here makes them. */
static const char *const settings[] = { "$y$j75$saltsalt", "$gy$j75$saltsalt",
	"$7$BU..../....saltsalt$", "$2b$04$abcdefghijklmnopqrstuu",
	"$2y$04$abcdefghijklmnopqrstuu", "$2a$04$abcdefghijklmnopqrstuu",
	"$2x$04$abcdefghijklmnopqrstuu", "$6$rounds=1000$saltsalt$",
	"$5$rounds=1000$saltsalt$", "$6$s", "$sha1$4$saltsalt$",
	"$md5,rounds=1$saltsalt$", "$1$saltsalt$", "$3$", "_J9..salt", "ab" };

static void
test_find__schemes(void **state)
{
	const size_t count = sizeof(settings) / sizeof(settings[0]);
	char password[32], *field;

	(void)state;
	for (unsigned int i = 0; i < count; i++) {
		/* bigcrypt(3) is for longer ones, and is below. */
		(void)snprintf(password, sizeof(password), "Pass.%u", i);
		field = hash(password, settings[i]);
		assert_int_equal(find("lee", field, 3, password).reuse,
		    WARD_REUSE_CURRENT);
		case_add(dirs, "wang", field, 64);
		free(field);
	}
	for (unsigned int i = 0; i < count; i++) {
		struct found found;

		(void)snprintf(password, sizeof(password), "Pass.%u", i);
		found = find("wang", NULL, 64, password);
		assert_int_equal(found.reuse, WARD_REUSE_OLDER);
		assert_int_equal(found.older, count - i);
		assert_false(found.strange);
	}
	assert_int_equal(find("wang", NULL, 64, "Pass.99").computed, count);
}

static void
test_find__bigcrypt(void **state)
{
	char *field = hash("Secret.pass1", "ab......................");

	(void)state;
	assert_int_equal(strlen(field), 24);
	assert_int_equal(find("wang", field, 3, "Secret.pass1").reuse,
	    WARD_REUSE_CURRENT);
	assert_int_equal(find("wang", field, 3, "Secret.pass2").reuse,
	    WARD_REUSE_NOT);
	/* Its first half is the hash of eight characters, and not this one. */
	assert_int_equal(find("wang", field, 3, "Secret.p").reuse,
	    WARD_REUSE_NOT);
	free(field);
}

/* What is no hash matches nothing, and crypt(3) is not asked: it would take
 * most of these for DES. */
static void
test_find__strange(void **state)
{
	static const struct {
		const char *field;
		bool strange;
	} cases[] = { { "*0", true }, { "*1", true }, { "junk", true },
		{ "abJnggxhB/yW", true }, { "abJnggxhB/yWII", true },
		{ "ab", true }, { "plaintext.secret", true },
		{ "{SSHA}abcdefgh", true }, { "$9$salt$hash", true },
		{ "$", true }, { "$$", true }, { "$y$", true },
		{ "$6$salt$torn", true }, { "$2b$04$short", true },
		{ "_J9..salt", true }, { "abJnggxhB/y:I", true },
		/* None can match these, and that is what they are for. */
		{ "", false }, { "!", false }, { "*", false }, { "!!", false },
		{ "x", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct found found = find("wang", cases[i].field, 3,
		    "Secret.1");

		assert_int_equal(found.reuse, WARD_REUSE_NOT);
		if (found.strange != cases[i].strange || found.computed != 0) {
			fail_msg("%s: strange %d, computed %u", cases[i].field,
			    found.strange, found.computed);
		}
		/* The text itself is no password either. */
		assert_int_equal(find("wang", cases[i].field, 3, cases[i].field)
				     .reuse,
		    WARD_REUSE_NOT);
	}
}

/* One that another crypt(3) may know is kept, and told. */
static void
test_find__strange_older(void **state)
{
	char *field = nth(1);

	(void)state;
	case_add(dirs, "wang", field, 3);
	case_add(dirs, "wang", "$9$salt$hash", 3);
	assert_int_equal(find("wang", NULL, 3, "Secret.1").older, 2);
	assert_true(find("wang", NULL, 3, "Secret.1").strange);
	assert_true(find("wang", field, 3, "Secret.2").strange);
	free(field);
}

/* A scheme that finds no memory has not said no. */
static void
test_find__no_memory(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	/* 4 GiB and more: no crypt(3) is given that much below the limit. */
	static const char
	    field[] = "$7$LU..../....saltsalt$"
		      "f34YgT0YvKho9VnmzbzqezswKY67WxOaV9ocrGCytz2";
	struct rlimit before, limit;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_DATA, &before), 0);
	limit = before;
	limit.rlim_cur = (rlim_t)1 << 30;
	assert_int_equal(setrlimit(RLIMIT_DATA, &limit), 0);
	assert_int_equal(find_error(field, 3, &err), WARD_ERR_NOMEM);
	assert_null(strstr(err.text, "f34YgT0"));
	assert_int_equal(setrlimit(RLIMIT_DATA, &before), 0);
}

static void
test_find__range(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *field = nth(1), password[600];
	enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
	uint32_t at = 0;
	bool strange = false;

	(void)state;
	assert_int_equal(find_error(field, 64, &err), 0);
	assert_int_equal(find_error(NULL, 65, &err), WARD_ERR_RANGE);
	assert_int_equal(ward_history_add(dirs, "wang", field, 65, true, &err),
	    WARD_ERR_RANGE);
	assert_int_equal(ward_history_add(dirs, "", field, 3, true, &err),
	    WARD_ERR_RANGE);
	memset(password, 'a', sizeof(password));
	password[511] = '\0';
	assert_int_equal(find("wang", field, 3, password).reuse,
	    WARD_REUSE_NOT);
	password[511] = 'a';
	password[512] = '\0';
	assert_int_equal(ward_history_find(dirs, "wang", field, 3, password,
			     &reuse, &at, &strange, &err),
	    WARD_ERR_RANGE);
	free(field);
}

/* ---- the file ------------------------------------------------------------- */

static void
test_add__file(void **state)
{
	char *path = ward_tree_path(tree, CASE_FILE), *text;
	char *dir = ward_tree_path(tree, CASE_DIR);
	struct ward_moment moment;
	struct stat st;

	(void)state;
	case_add(dirs, "wang", case_field(1), 3);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	text = case_text(tree, CASE_FILE);
	assert_int_equal(strncmp(text, "acctward history 1\n20", 21), 0);
	*strchr(text + 19, ' ') = '\0';
	assert_int_equal(ward_moment_parse(text + 19, 0, &moment), 0);
	free(text);
	free(path);
	free(dir);
}

/* Newest first; no more than are asked for; fewer when fewer are. */
static void
test_add__prunes(void **state)
{
	char text[8000];
	size_t count = 0;

	(void)state;
	for (unsigned int i = 0; i < 80; i++) {
		case_add(dirs, "wang", case_field(i), 64);
	}
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	for (char *c = text; *c != '\0'; c++) {
		count += *c == ' ';
	}
	assert_int_equal(count, 65);
	assert_non_null(strstr(text, case_field(15)));
	assert_null(strstr(text, case_field(14)));
	/* The same one again, with less. */
	case_add(dirs, "wang", case_field(79), 2);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text,
	    " $1$salt0079$0000000000000000000079"
	    " $1$salt0078$0000000000000000000078"
	    " $1$salt0077$0000000000000000000077");
	case_add(dirs, "wang", case_field(80), 0);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, " $1$salt0080$0000000000000000000080");
}

static void
test_add__same(void **state)
{
	char *path = ward_tree_path(tree, CASE_FILE), text[2000];
	struct stat before, after;

	(void)state;
	case_add(dirs, "wang", case_field(1), 3);
	case_add(dirs, "wang", case_field(2), 3);
	assert_int_equal(stat(path, &before), 0);
	case_add(dirs, "wang", case_field(2), 3);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	/* Set again (a backup, usermod -p): it is the newest, and once. */
	case_add(dirs, "wang", case_field(1), 3);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text,
	    " $1$salt0001$0000000000000000000001"
	    " $1$salt0002$0000000000000000000002");
	free(path);
}

static void
test_add__no_hash(void **state)
{
	static const char *const fields[] = { "", "!", "*", "x", "*0", "junk",
		"!junk", "$6$with blank$x", "$6$with\nline$x", "$6$a:b$x" };
	char text[200];

	(void)state;
	case_add(dirs, "wang", NULL, 3);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		case_add(dirs, "wang", fields[i], 3);
	}
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, "none");
}

/* Whatever it is called, it stays in its directory and is its own. */
static void
test_add__names(void **state)
{
	static const struct {
		const char *name, *file;
	} cases[] = { { "../passwd", "%2E.%2Fpasswd" }, { ".", "%2E" },
		{ ".lock", "%2Elock" }, { "王", "%E7%8E%8B" },
		{ "wang.new", "wang.new" }, { "DOM\\wang", "DOM%5Cwang" } };
	char path[200], text[200];
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		case_add(dirs, cases[i].name, case_field(i), 3);
	}
	while (i-- > 0) {
		(void)snprintf(path, sizeof(path), CASE_DIR "/%s",
		    cases[i].file);
		case_hashes(tree, path, text, sizeof(text));
		assert_string_equal(text + 1, case_field(i));
	}
}

/* No password is ever in a file. */
static void
test_add__no_password(void **state)
{
	char *field = set_passwords(3, 3), *text;

	(void)state;
	(void)find("wang", field, 3, "Secret.2");
	text = case_text(tree, CASE_FILE);
	assert_null(strstr(text, "Secret"));
	free(text);
	free(field);
}

/* Looking writes nothing. */
static void
test_add__only_looked_at(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_state *look = NULL;
	enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
	uint32_t older = 0;
	bool strange = false;
	char *field = nth(1), *dir = ward_tree_path(tree, CASE_DIR);

	(void)state;
	case_check(ward_state_open(tree, WARD_STATE_LOOK, &look, &err), &err);
	case_check(ward_history_find(look, "wang", field, 3, "Secret.1", &reuse,
		       &older, &strange, &err),
	    &err);
	assert_int_equal(reuse, WARD_REUSE_CURRENT);
	case_check(ward_history_find(look, "wang", field, 3, "Secret.2", &reuse,
		       &older, &strange, &err),
	    &err);
	assert_true(ward_history_add(look, "wang", field, 3, true, &err) < 0);
	assert_int_equal(access(dir, F_OK), -1);
	ward_state_close(look);
	free(field);
	free(dir);
}

/* Nothing is forgotten for a file that can't be read: the change is refused. */
static void
test_file__torn(void **state)
{
#define HEAD "acctward history 1\n"
#define ONE "2026-11-20T09:30:00Z $1$salt0001$0000000000000000000001\n"
	static const struct {
		const char *text, *where;
	} cases[] = { { "", ":1: " }, { "\n", ":1: " }, { "junk", ":1: " },
		{ "acctward history 2\n" ONE "end\n", ":1: " },
		{ "acctward history 1", ":2: " }, { HEAD, ":2: " },
		{ HEAD ONE, ":3: " }, { HEAD ONE "en", ":3: " },
		{ HEAD ONE ONE "2026-11-20T09:30:00Z $1$salt", ":4: " },
		{ HEAD "$1$salt0001$0000000000000000000001\nend\n", ":2: " },
		{ HEAD "- !$1$salt0001$0000000000000000000001\nend\n", ":2: " },
		{ HEAD "- $1$salt0001$0000000000000000000001 \nend\n", ":2: " },
		{ HEAD "- $1$salt0001$0000000000000000000001\r\nend\n",
		    ":2: " },
		{ HEAD "monday $1$salt0001$0000000000000000000001\nend\n",
		    ":2: " },
		{ HEAD "- x\nend\n", ":2: " }, { HEAD "- \nend\n", ":2: " },
		{ HEAD ONE "end\n" ONE, ":4: " },
		{ HEAD ONE "end\nend\n", ":4: " } };
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	case_add(dirs, "wang", case_field(9), 3);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text;

		ward_tree_put(tree, CASE_FILE, cases[i].text,
		    strlen(cases[i].text));
		assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_SYNTAX);
		if (strstr(err.text, cases[i].where) == NULL ||
		    strstr(err.text, CASE_FILE) == NULL ||
		    strstr(err.text, "$1$") != NULL) {
			fail_msg("%zu: %s", i, err.text);
		}
		assert_int_equal(ward_history_add(dirs, "wang", case_field(1),
				     3, true, &err),
		    WARD_ERR_SYNTAX);
		text = case_text(tree, CASE_FILE);
		assert_string_equal(text, cases[i].text);
		free(text);
	}
	ward_tree_put(tree, CASE_FILE, HEAD "- $1$a\0b\nend\n", 32);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_SYNTAX);
}

/* What is whole without its last newline is whole. */
static void
test_file__by_hand(void **state)
{
	char text[200];

	(void)state;
	case_add(dirs, "wang", case_field(9), 3);
	ward_tree_put(tree, CASE_FILE, HEAD ONE "end", strlen(HEAD ONE "end"));
	case_add(dirs, "wang", case_field(2), 3);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text,
	    " $1$salt0002$0000000000000000000002"
	    " $1$salt0001$0000000000000000000001");
}

static void
test_file__too_much(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *text = calloc(1, 200000);
	size_t size;

	(void)state;
	assert_non_null(text);
	case_add(dirs, "wang", case_field(9), 3);
	size = (size_t)snprintf(text, 200000, HEAD);
	for (unsigned int i = 0; i < 66; i++) {
		size += (size_t)snprintf(text + size, 200000 - size, "- %s\n",
		    case_field(i));
	}
	size += (size_t)snprintf(text + size, 200000 - size, "end\n");
	ward_tree_put(tree, CASE_FILE, text, size);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_SYNTAX);
	assert_non_null(strstr(err.text, ":67: "));
	memset(text, 'a', 199999);
	ward_tree_put(tree, CASE_FILE, text, 199999);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_SYNTAX);
	free(text);
}

static void
test_file__unsafe(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *path = ward_tree_path(tree, CASE_FILE);

	(void)state;
	case_add(dirs, "wang", case_field(1), 3);
	ward_tree_chmod(tree, CASE_FILE, 0660);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_int_equal(ward_history_add(dirs, "wang", case_field(2), 3, true,
			     &err),
	    WARD_ERR_UNSAFE);
	assert_int_equal(unlink(path), 0);
	ward_tree_link(tree, CASE_FILE, "/etc/shadow");
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_int_equal(unlink(path), 0);
	ward_tree_fifo(tree, CASE_FILE);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_int_equal(unlink(path), 0);
	ward_tree_dir(tree, CASE_FILE);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_int_equal(rmdir(path), 0);
	free(path);
	ward_tree_chmod(tree, CASE_DIR "/.lock", 0666);
	assert_int_equal(ward_history_add(dirs, "wang", case_field(2), 3, true,
			     &err),
	    WARD_ERR_UNSAFE);
	/* What is to be put right, and not the account's own file. */
	assert_non_null(strstr(err.text, CASE_DIR "/.lock: mode 0666 "));
}

/* As finding would fail, and no hash is computed. */
static void
test_file__checked(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const unsigned int before = computed;

	(void)state;
	assert_int_equal(ward_history_check(dirs, "wang", &err), 0);
	case_add(dirs, "wang", case_field(1), 3);
	assert_int_equal(ward_history_check(dirs, "wang", &err), 0);
	ward_tree_chmod(tree, CASE_FILE, 0666);
	assert_int_equal(ward_history_check(dirs, "wang", &err),
	    WARD_ERR_UNSAFE);
	assert_int_equal(ward_history_check(dirs, "chen", &err), 0);
	ward_tree_chmod(tree, CASE_FILE, 0600);
	ward_tree_put(tree, CASE_FILE, "acctward history 1\n", 19);
	assert_int_equal(ward_history_check(dirs, "wang", &err),
	    WARD_ERR_SYNTAX);
	assert_int_equal(ward_history_check(dirs, "", &err), WARD_ERR_RANGE);
	assert_int_equal(computed, before);
}

static void
test_file__unsafe_directory(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	ward_tree_dir(tree, CASE_DIR);
	ward_tree_chmod(tree, CASE_DIR, 0777);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_int_equal(ward_history_add(dirs, "wang", case_field(2), 3, true,
			     &err),
	    WARD_ERR_UNSAFE);
}

/* ---- what others have kept ------------------------------------------------ */

static void
put_opasswd(const char *text)
{
	ward_tree_put(tree, CASE_OPASSWD, text, strlen(text));
}

/* As pam_pwhistory(8) leaves it after 4 changes, the oldest first. */
static void
test_opasswd__taken_over(void **state)
{
	char *h[5], text[2000], seen[2000];

	(void)state;
	for (unsigned int i = 0; i < 5; i++) {
		h[i] = nth(i);
	}
	(void)snprintf(text, sizeof(text),
	    "wan:1001:1:%s\nwang:1000:4:%s,%s,%s,%s\nwangs:1002:1:%s\n", h[4],
	    h[0], h[1], h[2], h[3], h[4]);
	put_opasswd(text);
	assert_int_equal(find("wang", h[4], 3, "Secret.3").older, 1);
	assert_int_equal(find("wang", h[4], 3, "Secret.1").older, 3);
	assert_int_equal(find("wang", h[4], 3, "Secret.0").reuse,
	    WARD_REUSE_NOT);
	assert_int_equal(find("wan", NULL, 3, "Secret.3").reuse,
	    WARD_REUSE_NOT);
	assert_int_equal(find("lee", NULL, 3, "Secret.3").reuse,
	    WARD_REUSE_NOT);
	/* Looking at it writes nothing; the next one remembered does. */
	case_hashes(tree, CASE_FILE, seen, sizeof(seen));
	assert_string_equal(seen, "none");
	case_add(dirs, "wang", h[4], 3);
	case_hashes(tree, CASE_FILE, seen, sizeof(seen));
	(void)snprintf(text, sizeof(text), " %s %s %s %s", h[4], h[3], h[2],
	    h[1]);
	assert_string_equal(seen, text);
	/* From then on it is not asked any more. */
	put_opasswd("wang:1000:1:junk\n");
	ward_tree_chmod(tree, CASE_OPASSWD, 0666);
	assert_int_equal(find("wang", h[4], 3, "Secret.2").older, 2);
	assert_false(find("wang", h[4], 3, "Secret.9").strange);
	for (unsigned int i = 0; i < 5; i++) {
		free(h[i]);
	}
}

/* It gets a file of its own though it has nothing to add. */
static void
test_opasswd__same(void **state)
{
	char text[200], seen[200];

	(void)state;
	(void)snprintf(text, sizeof(text), "wang:1000:1:%s\n", case_field(1));
	put_opasswd(text);
	case_add(dirs, "wang", case_field(1), 3);
	case_hashes(tree, CASE_FILE, seen, sizeof(seen));
	assert_string_equal(seen + 1, case_field(1));
}

static void
test_opasswd__lines(void **state)
{
	char *one = nth(1), *md5 = hash("Secret.5", "$md5,rounds=1$salt$");
	/* %s: the hash of Secret.1. */
	static const struct {
		const char *line;
		uint32_t older; /* that it is; 0: it is not found */
		bool strange;
	} cases[] = { { "wang:1000:1:%s", 1, false },
		{ "wang:1000:2:%s,", 1, false },
		{ "wang:1000:2:,%s\n", 1, false },
		{ "wang:1000:2:%s,$6$torn$abc\n", 1, true },
		{ "wang:1000:2:junk,%s\n", 1, true },
		{ "wang:1000:2:*0,%s,!\n", 1, true },
		{ "wang:1000:2:!%s\n", 1, false }, { "wang:::%s\n", 1, false },
		{ "wang:1000:1:%s:more\n", 0, true },
		{ "wang:1000:%s\n", 0, true }, { "wang:%s\n", 0, true },
		{ "wang:\n", 0, true }, { "wang:1000:0:\n", 0, false },
		{ "wang\n", 0, false }, { "#wang:1000:1:%s\n", 0, false },
		{ "WANG:1000:1:%s\n", 0, false }, { "", 0, false },
		{ "wang:1000:1:$1$s$0000000000000000000001\n"
		  "wang:1000:1:%s\n",
		    1, false } };
	char text[2000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *at = strstr(cases[i].line, "%s");
		struct found found;

		(void)snprintf(text, sizeof(text), "%.*s%s%s",
		    at == NULL ? (int)strlen(cases[i].line) :
				 (int)(at - cases[i].line),
		    cases[i].line, at == NULL ? "" : one,
		    at == NULL ? "" : at + 2);
		put_opasswd(text);
		found = find("wang", NULL, 3, "Secret.1");
		if (found.older != cases[i].older ||
		    found.strange != cases[i].strange) {
			fail_msg("%s: %u, strange %d", cases[i].line,
			    (unsigned int)found.older, found.strange);
		}
	}
	(void)snprintf(text, sizeof(text), "wang:1000:3:%s,%s,%s\n", one, md5,
	    one);
	put_opasswd(text);
	assert_int_equal(find("wang", NULL, 3, "Secret.5").older, 2);
	assert_int_equal(find("wang", NULL, 3, "Secret.9").computed, 2);
	free(one);
	free(md5);
}

static void
test_opasswd__unsafe(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	put_opasswd("wang:1000:1:$1$salt0001$0000000000000000000001\n");
	ward_tree_chmod(tree, CASE_OPASSWD, 0622);
	assert_int_equal(find_error(NULL, 3, &err), WARD_ERR_UNSAFE);
	assert_non_null(strstr(err.text, CASE_OPASSWD));
	assert_int_equal(ward_history_add(dirs, "wang", case_field(2), 3, true,
			     &err),
	    WARD_ERR_UNSAFE);
}

/* More than are kept: the newest are. And of a host of many accounts. */
static void
test_opasswd__huge(void **state)
{
	const size_t room = (size_t)24 << 20;
	char *text = malloc(room), seen[8000];
	size_t size = 0;

	(void)state;
	assert_non_null(text);
	for (unsigned int i = 0; size < room - 8000; i++) {
		size += (size_t)snprintf(text + size, room - size,
		    "user%u:%u:1:%s\n", i, i, case_field(i % 10000));
	}
	size += (size_t)snprintf(text + size, room - size, "wang:1000:99:");
	for (unsigned int i = 0; i < 99; i++) {
		size += (size_t)snprintf(text + size, room - size, "%s%s",
		    i == 0 ? "" : ",", case_field(i));
	}
	ward_tree_put(tree, CASE_OPASSWD, text, size);
	free(text);
	case_add(dirs, "wang", case_field(100), 64);
	case_hashes(tree, CASE_FILE, seen, sizeof(seen));
	assert_int_equal(strncmp(seen + 1, case_field(100), 34), 0);
	assert_non_null(strstr(seen, case_field(98)));
	assert_non_null(strstr(seen, case_field(35)));
	assert_null(strstr(seen, case_field(34)));
}

#define HISTORY_TEST(name) \
	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HISTORY_TEST(test_find__three_older),
		HISTORY_TEST(test_find__current_is_not_in_it),
		HISTORY_TEST(test_find__current_alone),
		HISTORY_TEST(test_find__no_older),
		HISTORY_TEST(test_find__locked),
		HISTORY_TEST(test_find__doubled),
		HISTORY_TEST(test_find__schemes),
		HISTORY_TEST(test_find__bigcrypt),
		HISTORY_TEST(test_find__strange),
		HISTORY_TEST(test_find__strange_older),
		HISTORY_TEST(test_find__no_memory),
		HISTORY_TEST(test_find__range),
		HISTORY_TEST(test_add__file),
		HISTORY_TEST(test_add__prunes),
		HISTORY_TEST(test_add__same),
		HISTORY_TEST(test_add__no_hash),
		HISTORY_TEST(test_add__names),
		HISTORY_TEST(test_add__no_password),
		HISTORY_TEST(test_add__only_looked_at),
		HISTORY_TEST(test_file__torn),
		HISTORY_TEST(test_file__by_hand),
		HISTORY_TEST(test_file__too_much),
		HISTORY_TEST(test_file__unsafe),
		HISTORY_TEST(test_file__checked),
		HISTORY_TEST(test_file__unsafe_directory),
		HISTORY_TEST(test_opasswd__taken_over),
		HISTORY_TEST(test_opasswd__same),
		HISTORY_TEST(test_opasswd__lines),
		HISTORY_TEST(test_opasswd__unsafe),
		HISTORY_TEST(test_opasswd__huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
