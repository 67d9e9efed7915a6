/* SPDX-License-Identifier: BSD-2-Clause */
/* local.c, local_file.c, local_use.c, local_groups.c, group_file.c; what they
 * tell of odd lines is test_local_audit.c's. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmp.h>

#include "state/kept.h"
#include "state/local_groups.h"
#include "state/state.h"

#define DAY 86400
#define MOMENT 1795000000

#define TEXT_SIZE 800000

struct fixture {
	char *tree;
	struct ward_state *state;
	struct ward_host host;
	struct ward_error err;
	size_t fds;
};

#define PASSWD \
	"root:x:0:0:root:/root:/bin/bash\n" \
	"wang:x:1001:100:Wang,,,:/home/wang:/bin/sh\n" \
	"lee:$1$a$b:1002:27::/home/lee:/usr/sbin/nologin\n"
#define SHADOW_TEXT \
	"root:*:19000:0:99999:7:::\n" \
	"wang:$y$j9T$abcdefgh$0123456789:20000:1:90:14:30:20500:\n" \
	"lee:$6$s$other:1::::::\n"
#define GROUP \
	"root:x:0:\n" \
	"sudo:x:27:wang\n" \
	"old:x:999:lee\n" \
	"docker:x:999:wang,ann\n" \
	"users:x:100:wang\n"

static int
set_up(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", PASSWD }, { "/etc/shadow", SHADOW_TEXT },
		{ "/etc/group", GROUP }, { NULL, NULL }
	};
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->fds = ward_open_fds();
	f->tree = ward_tree_new(files);
	f->host = (struct ward_host){ .now = { MOMENT, 0 },
		.uid_min = 1000,
		.uid_max = 60000 };
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
	free(f);
	return 0;
}

static int
look(struct fixture *f, const char *name, struct ward_marks *marks,
    struct ward_local **ret_local)
{
	f->err = (struct ward_error){ .language = WARD_ENGLISH };
	return ward_local_find(f->state, name, &f->host, "/bin/sh /bin/bash",
	    "sudo docker", marks, ret_local, &f->err);
}

static struct ward_local *
find(struct fixture *f, const char *name, struct ward_marks *marks)
{
	struct ward_local *local = NULL;

	assert_int_equal(look(f, name, marks, &local), 0);
	assert_non_null(local);
	return local;
}

static void
expect_error(struct fixture *f, const char *name, int code, const char *part)
{
	struct ward_marks marks = { .last_use = 5, .passwd_at = 7 };
	const struct ward_marks before = marks;
	struct ward_local *local = NULL;

	assert_int_equal(look(f, name, &marks, &local), code);
	assert_null(local);
	assert_memory_equal(&marks, &before, sizeof(marks));
	assert_non_null(strstr(f->err.text, part));
}

static void
put(struct fixture *f, const char *path, const char *text)
{
	ward_tree_put(f->tree, path, text, strlen(text));
}

static void
test_local_find__facts(void **state)
{
	struct fixture *f = *state;
	struct ward_local *local = find(f, "wang", NULL);
	const struct ward_account *a = ward_local_account(local);

	assert_string_equal(a->name, "wang");
	assert_true(a->uid.known && a->uid.value == 1001);
	assert_true(a->gid.known && a->gid.value == 100);
	assert_string_equal(a->home, "/home/wang");
	assert_string_equal(a->shell, "/bin/sh");
	assert_true(a->login_shell && a->listed_shell && a->has_shadow);
	assert_string_equal(a->entry.file, "/etc/passwd");
	assert_string_equal(a->shadow.file, "/etc/shadow");
	assert_int_equal(a->password.state, WARD_PASSWORD_USABLE);
	assert_int_equal(a->password.scheme, WARD_HASH_YESCRYPT);
	assert_true(a->changed.known && a->changed.value == 20000);
	assert_true(a->min_age.known && a->min_age.value == 1);
	assert_true(a->max_age.known && a->max_age.value == 90);
	assert_true(a->warning.known && a->warning.value == 14);
	assert_true(a->inactive.known && a->inactive.value == 30);
	assert_true(a->expires.known && a->expires.value == 20500);
	assert_false(a->keys_known);
	assert_int_equal(a->home_state, WARD_HOME_UNKNOWN);
	assert_false(a->failures.known);
	assert_int_equal(a->path_count, 2);
	assert_int_equal(a->paths[0].kind, WARD_PATH_GROUP);
	assert_string_equal(a->paths[0].detail, "sudo");
	assert_string_equal(a->paths[1].detail, "docker");
	assert_string_equal(a->paths[1].source.file, "/etc/group");
	assert_int_equal(a->paths[1].source.line, 4);
	assert_true(ward_local_password(local) ==
	    ward_password_mark("$y$j9T$abcdefgh$0123456789"));
	ward_local_free(local);
	ward_local_free(NULL);
}

/* A group is its gid; the primary one is told first. */
static void
test_local_find__paths(void **state)
{
	struct fixture *f = *state;
	struct ward_local *local = find(f, "root", NULL);
	const struct ward_account *a = ward_local_account(local);

	assert_int_equal(a->path_count, 1);
	assert_int_equal(a->paths[0].kind, WARD_PATH_UID0);
	assert_string_equal(a->paths[0].detail, "uid 0");
	ward_local_free(local);

	local = find(f, "lee", NULL);
	a = ward_local_account(local);
	assert_int_equal(a->path_count, 2);
	assert_string_equal(a->paths[0].detail, "sudo");
	assert_string_equal(a->paths[0].source.file, "/etc/passwd");
	assert_string_equal(a->paths[1].detail, "old (gid of docker)");
	assert_int_equal(a->paths[1].source.line, 3);
	ward_local_free(local);
}

/* What `acctward privileged --keep` found, behind what the files say now. */
static void
test_local_find__kept_paths(void **state)
{
	static const struct ward_privilege list[] = {
		{ "wang", 1u << WARD_PATH_SUDO | 1u << WARD_PATH_GROUP },
		{ "ann", 1u << WARD_PATH_GROUP | 1u << WARD_PATH_UID0 },
		{ "root",
		    1u << WARD_PATH_UID0 | 1u << WARD_PATH_KEY |
			1u << WARD_PATH_DOAS },
	};
	struct fixture *f = *state;
	struct ward_local *local;
	const struct ward_account *a;

	put(f, "/etc/passwd", PASSWD "ann:x:1003:100::/:/bin/sh\n");
	put(f, "/etc/group", "root:x:0:\nsudo:x:27:\n");
	assert_int_equal(ward_privileges_keep(f->state, list, 3, false, NULL),
	    0);
	local = find(f, "wang", NULL);
	a = ward_local_account(local);
	assert_int_equal(a->path_count, 1);
	assert_int_equal(a->paths[0].kind, WARD_PATH_SUDO);
	assert_string_equal(a->paths[0].source.file,
	    "/var/lib/acctward/privileged");
	assert_int_equal(ward_account_class(&f->host, a),
	    WARD_CLASS_PRIVILEGED);
	ward_local_free(local);

	/* Who is in a group no more is so at once. */
	local = find(f, "ann", NULL);
	a = ward_local_account(local);
	assert_int_equal(a->path_count, 0);
	assert_int_equal(ward_account_class(&f->host, a), WARD_CLASS_PERSON);
	ward_local_free(local);

	local = find(f, "root", NULL);
	a = ward_local_account(local);
	assert_int_equal(a->path_count, 3);
	assert_int_equal(a->paths[0].kind, WARD_PATH_UID0);
	assert_int_equal(a->paths[1].kind, WARD_PATH_DOAS);
	assert_int_equal(a->paths[2].kind, WARD_PATH_KEY);
	ward_local_free(local);

	local = find(f, "lee", NULL);
	a = ward_local_account(local);
	assert_int_equal(a->path_count, 1);
	assert_int_equal(a->paths[0].kind, WARD_PATH_GROUP);
	ward_local_free(local);
}

static void
test_local_find__kept_refused(void **state)
{
	static const char kept[] = "/var/lib/acctward/privileged";
	struct fixture *f = *state;

	put(f, kept, "acctward privileged 1 0000000010\nwang sudo");
	expect_error(f, "wang", WARD_ERR_SYNTAX, "damaged");
	put(f, kept, "acctward privileged 1 0000000010\nwang sudo\n");
	ward_local_free(find(f, "wang", NULL));
	ward_tree_chmod(f->tree, kept, 0602);
	expect_error(f, "wang", WARD_ERR_UNSAFE, "mode 0602");
}

/* Where the password does not stand in shadow(5), nothing there counts. */
static void
test_local_find__not_shadowed(void **state)
{
	struct fixture *f = *state;
	struct ward_marks marks = { .last_use = 0 };
	struct ward_local *local = find(f, "lee", &marks);
	const struct ward_account *a = ward_local_account(local);

	assert_false(a->has_shadow);
	assert_string_equal(a->shadow.file, "/etc/passwd");
	assert_false(a->changed.known);
	assert_int_equal(a->password.scheme, WARD_HASH_MD5CRYPT);
	assert_true(ward_local_password(local) == ward_password_mark("$1$a$b"));
	assert_true(marks.passwd_at > 0 && marks.shadow_at == 0);
	ward_local_free(local);
}

static void
test_local_find__no_shadow(void **state)
{
	struct fixture *f = *state;
	static const char *const texts[] = { NULL, "lee:*:1::::::\n",
		"wang:*:x::::::\n" };
	const char *const why[] = { ward_why_missing,
		"the file has no line for the account",
		"the account's line in the file is torn" };

	for (size_t i = 0; i < 3; i++) {
		struct ward_local *local;
		char *path = ward_tree_path(f->tree, "/etc/shadow");

		(void)unlink(path);
		free(path);
		if (texts[i] != NULL) {
			put(f, "/etc/shadow", texts[i]);
		}
		local = find(f, "wang", NULL);
		assert_int_equal(ward_local_account(local)->password.state,
		    WARD_PASSWORD_UNKNOWN);
		assert_string_equal(ward_local_account(local)->shadow_why,
		    why[i]);
		assert_true(ward_local_password(local) == 0);
		ward_local_free(local);
	}
}

static void
test_local_find__nobody(void **state)
{
	static const char *const names[] = { "", "nobody", "wan", "wang:x",
		" wang", "\twang", "#", "+", "+wang", "-wang", "wang\n",
		"root:x:0:0:root:/root:/bin/bash\nwang" };
	struct fixture *f = *state;

	put(f, "/etc/passwd",
	    PASSWD "# c\n+wang::::::\n-wang::::::\n+\n#:x:1:1::/:\n");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		expect_error(f, names[i], WARD_ERR_MISSING,
		    "no account has this name");
		/* What was typed in place of a name may be a password. */
		assert_null(strstr(f->err.text, "wang"));
	}
}

/* The first line that the C library takes. */
static void
test_local_find__doubles(void **state)
{
	struct fixture *f = *state;
	struct ward_marks marks = { .last_use = 0 };
	struct ward_local *local;

	put(f, "/etc/passwd",
	    "wang:x:x:1::/:\n \twang:x:5:6::/:\nwang:x:7:8::/:\n");
	put(f, "/etc/shadow",
	    "wang:*:y::::::\nwang:*:2::::::\nwang:*:3:::::\n");
	for (int i = 0; i < 2; i++) {
		local = find(f, "wang", &marks);
		assert_int_equal(ward_local_account(local)->uid.value, 5);
		assert_int_equal(ward_local_account(local)->changed.value, 2);
		ward_local_free(local);
		assert_int_equal(marks.passwd_at, 1 + 15);
		assert_int_equal(marks.shadow_at, 1 + 15);
	}
}

/* Wherever the marks lead, the account is found, and they are set right. */
static void
test_local_find__any_mark(void **state)
{
	static const uint64_t odd[] = { 1ull << 40, INT64_MAX, 1ull << 63,
		UINT64_MAX };
	struct fixture *f = *state;

	for (size_t i = 0; i < 160 + sizeof(odd) / sizeof(odd[0]); i++) {
		struct ward_marks marks = { .last_use = 5, .password = 6 };
		struct ward_local *local;

		marks.passwd_at = marks.shadow_at = i < 160 ? i : odd[i - 160];
		local = find(f, "wang", &marks);
		assert_int_equal(ward_local_account(local)->uid.value, 1001);
		assert_int_equal(ward_local_account(local)->changed.value,
		    20000);
		assert_int_equal(marks.passwd_at,
		    1 + (strstr(PASSWD, "wang") - PASSWD));
		assert_int_equal(marks.shadow_at,
		    1 + (strstr(SHADOW_TEXT, "wang") - SHADOW_TEXT));
		assert_true(marks.last_use == 5 && marks.password == 6);
		ward_local_free(local);
	}
}

/* Not every "wang:" begins a line. */
static void
test_local_find__within_lines(void **state)
{
	struct fixture *f = *state;
	struct ward_marks marks = { .passwd_at = 4 };
	struct ward_local *local;

	put(f, "/etc/passwd",
	    "xx-wang:x:1:1::/:\nlee:x:2:2:wang:wang:wang:x:3\n"
	    "wang2:x:4:4::/:\nwang:x:5:5::/:\n");
	local = find(f, "wang", &marks);
	assert_int_equal(ward_local_account(local)->uid.value, 5);
	ward_local_free(local);
}

/* Lines across what is read at once, in every place, and very long ones. */
static void
test_local_find__blocks(void **state)
{
	static const size_t sizes[] = { 0, 1, 1000, 32766, 32767, 32768, 32769,
		262143, 262144, 262145, 600000 };
	struct fixture *f = *state;
	char *text = malloc(TEXT_SIZE);

	assert_non_null(text);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (size_t shift = 0; shift < 24; shift++) {
			struct ward_local *local;
			size_t size = sizes[i] + shift;

			memset(text, '#', size);
			if (size > 0) {
				text[size - 1] = '\n';
			}
			size += (size_t)snprintf(text + size, TEXT_SIZE - size,
			    "%s", "ann:x:5:5::/:\n\v wang:x:6:6::/:/bin/sh\n");
			ward_tree_put(f->tree, "/etc/passwd", text, size);
			local = find(f, "wang", NULL);
			assert_int_equal(ward_local_account(local)->uid.value,
			    6);
			ward_local_free(local);
		}
	}
	free(text);
}

static void
test_local_find__long_fields(void **state)
{
	static const char start[] = "wang:x:6:6:", end[] = ":/h:/bin/sh\n";
	struct fixture *f = *state;
	struct ward_marks marks = { .last_use = 0 };
	const size_t size = 700000;
	char *text = malloc(size + 64);
	struct ward_local *local;

	assert_non_null(text);
	memset(text, 'G', size);
	memcpy(text, start, sizeof(start) - 1);
	memcpy(text + size, end, sizeof(end) - 1);
	ward_tree_put(f->tree, "/etc/passwd", text, size + sizeof(end) - 1);
	for (int i = 0; i < 2; i++) {
		local = find(f, "wang", &marks);
		assert_string_equal(ward_local_account(local)->home, "/h");
		ward_local_free(local);
	}
	free(text);
}

/* Who can write the file, can be anybody. */
static void
test_local_find__unsafe(void **state)
{
	static const char *const paths[] = { "/etc/passwd", "/etc/shadow",
		"/etc/group" };
	struct fixture *f = *state;

	for (size_t i = 0; i < 3; i++) {
		char *text = ward_tree_path(f->tree, paths[i]);

		ward_tree_chmod(f->tree, paths[i], 0664);
		expect_error(f, "wang", WARD_ERR_UNSAFE, "mode 0664");
		ward_tree_chmod(f->tree, paths[i], 0646);
		expect_error(f, "wang", WARD_ERR_UNSAFE, "mode 0646");
		ward_tree_chmod(f->tree, paths[i], 0644);
		assert_int_equal(unlink(text), 0);
		ward_tree_fifo(f->tree, paths[i]);
		expect_error(f, "wang", WARD_ERR_UNSAFE, "not a regular file");
		assert_int_equal(unlink(text), 0);
		ward_tree_link(f->tree, paths[i], "/etc/passwd");
		expect_error(f, "wang", WARD_ERR_UNSAFE, "a symbolic link");
		assert_int_equal(unlink(text), 0);
		put(f, paths[i],
		    i == 0     ? PASSWD :
			i == 1 ? SHADOW_TEXT :
				 GROUP);
		ward_local_free(find(f, "wang", NULL));
		free(text);
	}
}

/* ---- use ------------------------------------------------------------------ */

static void
put_lastlog(struct fixture *f, uint32_t uid, uint32_t seconds)
{
	struct lastlog *records = calloc(uid + 1, sizeof(*records));

	assert_non_null(records);
	records[uid].ll_time = (int32_t)seconds;
	ward_tree_put(f->tree, "/var/log/lastlog", (const char *)records,
	    (uid + 1) * sizeof(*records));
	free(records);
}

static void
expect_use(struct fixture *f, int64_t marked, enum ward_use use,
    int64_t last_use, const char *file, const char *why)
{
	struct ward_marks marks = { .last_use = marked };
	struct ward_local *local = find(f, "wang", &marks);
	const struct ward_account *a = ward_local_account(local);

	assert_int_equal(a->use, use);
	assert_int_equal(a->last_use, last_use);
	assert_string_equal(a->use_source.file, file);
	if (why == NULL) {
		assert_null(a->use_why);
	} else {
		assert_string_equal(a->use_why, why);
	}
	ward_local_free(local);
}

#define LASTLOG "/var/log/lastlog"
#define MARKS "/var/lib/acctward/accounts"

/* The later of what lastlog and the marks say. */
static void
test_local_find__use(void **state)
{
	struct fixture *f = *state;
	const int64_t then = MOMENT - 5 * DAY;

	expect_use(f, 0, WARD_USE_UNKNOWN, 0, LASTLOG, ward_why_missing);
	expect_use(f, then, WARD_USE_SEEN, then, MARKS, NULL);
	put_lastlog(f, 1001, 0);
	expect_use(f, 0, WARD_USE_NEVER, 0, LASTLOG, NULL);
	expect_use(f, then, WARD_USE_SEEN, then, MARKS, NULL);
	put_lastlog(f, 1001, (uint32_t)then - 1);
	expect_use(f, 0, WARD_USE_SEEN, then - 1, LASTLOG, NULL);
	expect_use(f, then, WARD_USE_SEEN, then, MARKS, NULL);
	expect_use(f, then - 2, WARD_USE_SEEN, then - 1, LASTLOG, NULL);
	put_lastlog(f, 1000, 5); /* it ends before */
	expect_use(f, 0, WARD_USE_NEVER, 0, LASTLOG, NULL);
	put(f, "/etc/login.defs", "LASTLOG_UID_MAX 1000\n");
	expect_use(f, 0, WARD_USE_UNKNOWN, 0, LASTLOG,
	    "the file does not record log-ins of so high a uid");
}

/* A time that can't be, and one that was written since. */
static void
test_local_find__use_ahead(void **state)
{
	struct fixture *f = *state;

	put_lastlog(f, 1001, UINT32_MAX);
	expect_use(f, 0, WARD_USE_UNKNOWN, 0, LASTLOG,
	    "a log-in is recorded, but not when");
	expect_use(f, MOMENT - 9, WARD_USE_SEEN, MOMENT - 9, MARKS, NULL);
	put_lastlog(f, 1001, 0);
	expect_use(f, -1, WARD_USE_UNKNOWN, 0, LASTLOG,
	    "a log-in is recorded, but not when");
	put_lastlog(f, 1001, MOMENT + 100);
	expect_use(f, 0, WARD_USE_SEEN, MOMENT, LASTLOG, NULL);
}

/* ---- groups --------------------------------------------------------------- */

/* When no file has changed for a while. */
static void
expect_groups(struct fixture *f, const char *words, const char *name,
    uint32_t gid, const char *expected)
{
	struct ward_local_groups groups;
	char found[256] = "";
	size_t used = 0;

	assert_int_equal(ward_local_groups_find(f->state, words, name, gid,
			     ward_origins_now() + (int64_t)10000000000, &groups,
			     NULL),
	    0);
	for (size_t i = 0; i < groups.count; i++) {
		used += (size_t)snprintf(found + used, sizeof(found) - used,
		    "%s%s:%u", i == 0 ? "" : ", ", groups.list[i].detail,
		    (unsigned int)groups.list[i].source.line);
	}
	assert_string_equal(found, expected);
	ward_local_groups_free(&groups);
}

static ino_t
kept_inode(const struct fixture *f)
{
	char *path = ward_tree_path(f->tree, "/var/lib/acctward/groups");
	struct stat st;
	ino_t inode = stat(path, &st) == 0 ? st.st_ino : 0;

	if (inode != 0) {
		assert_int_equal(st.st_mode & 07777, 0600);
	}
	free(path);
	return inode;
}

static void
test_local_groups__kept(void **state)
{
	struct fixture *f = *state;
	ino_t inode;

	/* What has just changed may change again unseen. */
	ward_local_free(find(f, "wang", NULL));
	assert_int_equal(kept_inode(f), 0);
	expect_groups(f, "docker", "wang", 5, "docker:4");
	inode = kept_inode(f);
	assert_int_not_equal(inode, 0);
	expect_groups(f, "docker", "wang", 999, "docker:0");
	expect_groups(f, "docker", "lee", 5, "old (gid of docker):3");
	expect_groups(f, "docker", "ann", 27, "docker:4");
	expect_groups(f, "docker", "an", 27, "");
	assert_int_equal(kept_inode(f), inode);
	expect_groups(f, "sudo \t docker", "wang", 5, "sudo:2, docker:4");
	assert_int_not_equal(kept_inode(f), inode);
	inode = kept_inode(f);
	(void)usleep(12000); /* a tick of the clock that stamps files */
	put(f, "/etc/group", "docker:x:999:\nsudo:x:27:ann\n");
	expect_groups(f, "sudo \t docker", "wang", 5, "");
	assert_int_not_equal(kept_inode(f), inode);
	expect_groups(f, "sudo \t docker", "ann", 999, "docker:0, sudo:2");
	expect_groups(f, "", "ann", 999, "");
	expect_groups(f, " ", "ann", 999, "");
}

static void
test_local_groups__no_file(void **state)
{
	struct fixture *f = *state;
	char *path = ward_tree_path(f->tree, "/etc/group");

	assert_int_equal(unlink(path), 0);
	expect_groups(f, "docker", "wang", 5, "");
	expect_groups(f, "docker", "wang", 5, "");
	put(f, "/etc/group", GROUP);
	expect_groups(f, "docker", "wang", 5, "docker:4");
	free(path);
}

/* What is kept does not decide, whatever it says. */
static void
test_local_groups__hostile(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 2, 7, 8, 1u << 20,
		UINT64_MAX / 8, UINT64_MAX - 7, UINT64_MAX };
	struct fixture *f = *state;
	char *path = ward_tree_path(f->tree, "/etc/group");
	struct ward_pack good = { .size = 0 };
	struct ward_origins origins = { .now = INT64_MAX };
	struct ward_unpack in;
	char *bytes;

	expect_groups(f, "docker", "wang", 5, "docker:4");
	bytes = ward_kept_read(f->state, "groups", &in);
	assert_non_null(bytes);
	ward_origins_add(&origins, path);
	ward_pack_text(&good, "docker");
	ward_pack_origins(&good, &origins);
	assert_memory_equal(good.bytes, in.at, good.size);
	/* With a right sum, so that it is read. */
	for (size_t at = 0; at + 8 <= in.left; at += 8) {
		for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers);
		     i++) {
			struct ward_pack bad = { .size = 0 };
			struct ward_local_groups groups;

			for (size_t w = 0; w + 8 <= in.left; w += 8) {
				uint64_t word;

				memcpy(&word, in.at + w, 8);
				ward_pack_number(&bad,
				    w == at ? numbers[i] : word);
			}
			ward_kept_write(f->state, "groups", &bad);
			assert_int_equal(ward_local_groups_find(f->state,
					     "docker", "wang", 5,
					     ward_origins_now(), &groups, NULL),
			    0);
			ward_local_groups_free(&groups);
			free(bad.bytes);
		}
	}
	free(bytes);
	free(good.bytes);
	free(origins.pack.bytes);
	free(path);
}

/* Another password, wherever its line is now; and what can't be told is none. */
static void
test_local_is_current(void **state)
{
	struct fixture *f = *state;
	struct ward_local *wang = find(f, "wang", NULL);
	struct ward_local *lee = find(f, "lee", NULL);

	assert_true(ward_local_is_current(f->state, wang));
	put(f, "/etc/shadow",
	    "longer:*:1::::::\n"
	    "wang:$y$j9T$abcdefgh$0123456789:20009:0:90:14:30:20500:\n");
	assert_true(ward_local_is_current(f->state, wang));
	put(f, "/etc/shadow",
	    "wang:$y$j9T$abcdefgh$012345678X:20000:1:90:14:30:20500:\n");
	assert_false(ward_local_is_current(f->state, wang));
	put(f, "/etc/shadow", "root:*:19000:0:99999:7:::\n");
	assert_false(ward_local_is_current(f->state, wang));
	/* Its password is in passwd(5). */
	assert_false(ward_local_is_current(f->state, lee));
	ward_local_free(wang);
	ward_local_free(lee);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_local_find__facts),
		TEST(test_local_find__paths),
		TEST(test_local_find__kept_paths),
		TEST(test_local_find__kept_refused),
		TEST(test_local_find__not_shadowed),
		TEST(test_local_find__no_shadow),
		TEST(test_local_find__nobody),
		TEST(test_local_find__doubles),
		TEST(test_local_find__any_mark),
		TEST(test_local_find__within_lines),
		TEST(test_local_find__blocks),
		TEST(test_local_find__long_fields),
		TEST(test_local_find__unsafe),
		TEST(test_local_find__use),
		TEST(test_local_find__use_ahead),
		TEST(test_local_groups__kept),
		TEST(test_local_groups__no_file),
		TEST(test_local_groups__hostile),
		TEST(test_local_is_current),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
