/* SPDX-License-Identifier: BSD-2-Clause */
/* passwd.c, with accounts.c and notes.c, which keep what it reads. */
#include "support.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/passwd.h"

struct fixture {
	struct ward_accounts *accounts;
	struct ward_defects defects;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->defects.pool = ward_pool_new();
	assert_non_null(f->defects.pool);
	assert_int_equal(ward_accounts_new(&f->accounts), 0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_accounts_free(f->accounts);
	ward_accounts_free(NULL);
	ward_defects_free(&f->defects);
	ward_pool_free(f->defects.pool);
	free(f);
	return 0;
}

static void
read_text(struct fixture *f, const char *text, size_t size)
{
	assert_int_equal(ward_passwd_read(ward_memory_fd(text, size),
			     f->accounts, &f->defects),
	    0);
	ward_accounts_settle(f->accounts);
}

/* Account and host defects of the text, as one string. */
static void
expect_defects(const char *text, size_t size, const char *own,
    const char *hosts)
{
	void *state;
	struct fixture *f;
	struct ward_defect list[32];
	char found[512];
	size_t count = 0;

	(void)set_up(&state);
	f = state;
	read_text(f, text, size);
	for (; count < f->accounts->notes.count && count < 32; count++) {
		const struct ward_note *note = &f->accounts->notes.list[count];

		list[count] = ward_note_defect(&f->accounts->notes, note,
		    f->accounts->list[note->account].name);
	}
	ward_defects_text(list, count, found, sizeof(found));
	assert_string_equal(found, own);
	ward_defects_text(f->defects.list, f->defects.count, found,
	    sizeof(found));
	assert_string_equal(found, hosts);
	(void)tear_down(&state);
}

#define EXPECT(text, own, hosts) \
	expect_defects(text, sizeof(text) - 1, own, hosts)

static const char *
home_of(const struct fixture *f, const struct ward_entry *e, char *text,
    size_t size)
{
	(void)snprintf(text, size, "%s%s%s",
	    ward_strings_at(f->accounts->homes, e->home),
	    e->home_by_name ? "/" : "", e->home_by_name ? e->name : "");
	return text;
}

static void
test_passwd_read__manual(void **state)
{
	static const char
	    text[] = "# a comment\n"
		     "\n"
		     "root:x:0:0:root:/root:/bin/bash\n"
		     "wang:x:1001:100:Wang,,,:/home/wang:/bin/sh\n"
		     "lee::1002:100:::\n"
		     "home:!:4294967294:100::/srv/nothome:/sbin/nologin\n";
	struct fixture *f = *state;
	const struct ward_entry *e;
	char home[64];

	read_text(f, text, sizeof(text) - 1);
	assert_int_equal(f->accounts->count, 4);
	e = f->accounts->list;
	assert_string_equal(e[0].name, "root");
	assert_int_equal(e[0].uid, 0);
	assert_int_equal(e[0].line, 3);
	assert_true(e[0].shadowed);
	assert_string_equal(home_of(f, &e[0], home, sizeof(home)), "/root");
	assert_int_equal(e[1].gid, 100);
	assert_string_equal(home_of(f, &e[1], home, sizeof(home)),
	    "/home/wang");
	assert_string_equal(ward_strings_at(f->accounts->shells, e[1].shell),
	    "/bin/sh");
	assert_int_equal(e[2].state, WARD_PASSWORD_EMPTY);
	assert_false(e[2].shadowed);
	assert_string_equal(home_of(f, &e[2], home, sizeof(home)), "");
	assert_int_equal(e[3].state, WARD_PASSWORD_NONE);
	assert_int_equal(e[3].uid, 4294967294u);
	assert_string_equal(home_of(f, &e[3], home, sizeof(home)),
	    "/srv/nothome");
	assert_int_equal(f->accounts->notes.count, 0);
	assert_int_equal(f->defects.count, 0);
	assert_int_equal(ward_accounts_find(f->accounts, "lee", 3), 2);
	assert_int_equal(ward_accounts_find(f->accounts, "le", 2),
	    WARD_TABLE_NONE);
	assert_int_equal(ward_accounts_find_uid(f->accounts, 1001), 1);
}

static void
test_passwd_read__live_defects(void **state)
{
	(void)state;
	EXPECT("bob:x:0:0\n",
	    "wellformed_fields bob: 4 fields where 7 belong @1", "");
	EXPECT("bob:x:5:5:a:/b:/c:d\n",
	    "wellformed_fields bob: 8 fields where 7 belong @1", "");
	EXPECT(":x:0:0::/:\n", "wellformed_name : it is empty @1", "");
	EXPECT("a b:x:5:5::/:\n", "wellformed_name a b: it holds a blank @1",
	    "");
	EXPECT(" bob:x:5:5::/:\n",
	    "wellformed_name bob: a blank stands before it @1", "");
	EXPECT("bob:x:00:5::/:\n", "wellformed_uid bob: '00' @1", "");
	EXPECT("bob:x:5:+5::/:\n", "wellformed_gid bob: '+5' @1", "");
	EXPECT("bob:x:4294967295:5::/:\n",
	    "wellformed_uid_reserved bob: 4294967295 @1", "");
	EXPECT("bob:x:65535:5::/:\n", "wellformed_uid_reserved bob: 65535 @1",
	    "");
	EXPECT("bob:x:5:5:\xa4\xfd:/:\n", "wellformed_encoding bob @1", "");
	EXPECT("bob:x:5:5::/:/bin/sh\r\n",
	    "wellformed_control bob: "
	    "CR at the end of the line @1",
	    "");
	EXPECT("bob:x:5:5::/\0:/bin/sh\n",
	    "wellformed_fields bob: 6 fields where 7 belong @1; "
	    "wellformed_control bob: NUL @1",
	    "");
	EXPECT("bob:x:5:5::home:bash\n",
	    "wellformed_path bob: home directory @1; "
	    "wellformed_path bob: shell @1",
	    "");
	EXPECT("bob:$1$a$b:5:5::/:\n", "wellformed_hash_in_passwd bob @1", "");
	EXPECT("bob:!$1$a$b:5:5::/:\n", "wellformed_hash_in_passwd bob @1", "");
	EXPECT("bob:secret:5:5::/:\n", "wellformed_hash_in_passwd bob @1", "");
	EXPECT("bob:*:5:5::/:\nlee:!!:6:6::/:\nann:##ann:7:7::/:\n"
	       "nis:*NP*:8:8::/:\n",
	    "", "");
}

static void
test_passwd_read__dead_defects(void **state)
{
	(void)state;
	EXPECT("bob\n", "", "wellformed_fields bob: 1 field where 7 belong @1");
	EXPECT("bob:x:5\n", "",
	    "wellformed_fields bob: 3 fields where 7 belong @1");
	EXPECT("bob:x::5::/:\n", "",
	    "wellformed_uid bob: '', which is no number @1");
	EXPECT("bob:x:5:5a::/:\n", "",
	    "wellformed_gid bob: '5a', which is no number @1");
	EXPECT("bob:x:-1:5::/:\n", "",
	    "wellformed_uid bob: '-1', which is negative @1");
	EXPECT("bob:x:4294967296:5::/:\n", "",
	    "wellformed_uid bob: '4294967296', which is too large @1");
	EXPECT("::::::\n", "",
	    "wellformed_name: it is empty @1; "
	    "wellformed_uid: '', which is no number @1; "
	    "wellformed_gid: '', which is no number @1");
	EXPECT("x\n+\n+@admins::::::\n-bob\n", "",
	    "wellformed_fields x: 1 field where 7 belong @1; "
	    "wellformed_compat: + @2; wellformed_compat: +@admins @3; "
	    "wellformed_compat: -bob @4");
}

#define HASH "$y$j9T$abcdefgh$0123456789"

/* Fields that are not where they belong: what is kept may be shown. */
static void
test_passwd_read__hash_elsewhere(void **state)
{
	static const char text[] = HASH
	":x:5:5::/:\n"
	"ann" HASH
	":x:6:6::/:\n"
	"bob:x:7:7::" HASH
	":" HASH
	"\n"
	"lee:x:8:8::/srv/" HASH
	":/srv/" HASH
	"\n"
	"own:x:9:9::/srv/$a$:/bin/$sh\n";
	static const char *const names[] = { "(a hash, line 1)",
		"(a hash, line 2)", "bob", "lee", "own" };
	static const char *const homes[] = { "/", "/", "(a hash)", "(a hash)",
		"/srv/$a$" };
	static const char *const shells[] = { "", "", "(a hash)", "(a hash)",
		"/bin/$sh" };
	struct fixture *f = *state;
	char home[64];

	read_text(f, text, sizeof(text) - 1);
	assert_int_equal(f->accounts->count, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct ward_entry *e = &f->accounts->list[i];

		assert_string_equal(e->name, names[i]);
		assert_string_equal(home_of(f, e, home, sizeof(home)),
		    homes[i]);
		assert_string_equal(ward_strings_at(f->accounts->shells,
					e->shell),
		    shells[i]);
	}
	EXPECT(HASH ":x:5:5::/:\n",
	    "wellformed_name (a hash, line 1): it holds a hash @1", "");
	EXPECT("ann" HASH ":5:5::/:\n", "",
	    "wellformed_fields: 6 fields where 7 belong @1; "
	    "wellformed_name: it holds a hash @1; "
	    "wellformed_gid: '', which is no number @1");
	EXPECT("+ann" HASH "::::::\n", "", "wellformed_compat: (a hash) @1");
}

static void
test_passwd_read__long(void **state)
{
	struct fixture *f = *state;
	static char text[5000];
	const char start[] = "bob:x:5:5:", end[] = ":/home/bob:/bin/sh\n";
	struct ward_defect defect;

	memset(text, 'G', sizeof(text));
	memcpy(text, start, sizeof(start) - 1);
	memcpy(text + sizeof(text) - (sizeof(end) - 1), end, sizeof(end) - 1);
	read_text(f, text, sizeof(text));
	assert_int_equal(f->accounts->count, 1);
	assert_int_equal(f->accounts->notes.count, 1);
	defect = ward_note_defect(&f->accounts->notes, f->accounts->notes.list,
	    "bob");
	assert_int_equal(defect.reason, WARD_REASON_WELLFORMED_LONG);
	assert_string_equal(defect.detail, "4999");
	assert_string_equal(defect.source.file, "/etc/passwd");
}

static void
test_passwd_read__doubles(void **state)
{
	static const char text[] = "root:x:0:0::/:\n"
				   "toor:x:00:0::/:\n"
				   "ann:$1$a$hash:5:5::/:\n"
				   "lee:!$1$a$hash:6:5::/:\n"
				   "ann:x:7:5::/:\n"
				   "sys:x:+0:5::/:\n"
				   "ann:$1$a$other:5:5::/:\n";
	static const uint32_t peers[7][WARD_PEER_COUNT] = {
		{ 1, WARD_TABLE_NONE, WARD_TABLE_NONE },
		{ 0, WARD_TABLE_NONE, WARD_TABLE_NONE },
		{ 6, 4, 3 },
		{ WARD_TABLE_NONE, WARD_TABLE_NONE, 2 },
		{ WARD_TABLE_NONE, 2, WARD_TABLE_NONE },
		{ 0, WARD_TABLE_NONE, WARD_TABLE_NONE },
		{ 2, 2, WARD_TABLE_NONE },
	};
	struct fixture *f = *state;

	read_text(f, text, sizeof(text) - 1);
	assert_int_equal(f->accounts->count, 7);
	for (uint32_t i = 0; i < 7; i++) {
		for (uint32_t kind = 0; kind < WARD_PEER_COUNT; kind++) {
			assert_int_equal(ward_peers_find(f->accounts->peers,
					     (enum ward_peer_kind)kind, i),
			    peers[i][kind]);
		}
	}
	assert_int_equal(ward_accounts_main(f->accounts, 6), 2);
	assert_int_equal(ward_accounts_main(f->accounts, 3), 3);
}

/* Every line here is taken by the C library just as by us, or by neither. */
static void
test_passwd_read__as_fgetpwent(void **state)
{
	static const char text[] = "root:x:0:0:root:/root:/bin/bash\n"
				   "a:x:00:+0: :/:/s\n"
				   "b:x: 5:\t6::/:/s\n"
				   "c:x:5 :6::/:/s\n"
				   "d:x:0x1:1::/:/s\n"
				   "e:x:-0:1::/:/s\n"
				   "f:x:5\n"
				   "g:x:5:\n"
				   "h:x:5:6\n"
				   "i:x:5:6:\n"
				   "j:x:5:6:g:/h\n"
				   "k:x:5:6:g:/h:/s:more:x\n"
				   "l:x::6:g:/h:/s\n"
				   "m:x:5::g:/h:/s\n"
				   ":x:0:0::/:\n"
				   "n n:x:1:1::/:/s\n"
				   "  o:x:1:1::/:/s\n"
				   "\tp:x:1:1::/:/s\n"
				   "q:x:1:1::/:/s\r\n"
				   "#r:x:1:1::/:/s\n"
				   "  #s:x:1:1::/:/s\n"
				   "t:x:\v7:1::/:/s\n"
				   "u::0:0:::\n"
				   "v\n"
				   "\n"
				   " \n"
				   ":\n"
				   ":::\n"
				   "w:x:4294967295:4294967294::/:/s\n"
				   "x:x:1:1:\xa4\xfd:/\x1b:/s\n"
				   "y:x:1:1::\t/: /s\n"
				   "z:x:1:1:::\n"
				   "last:x:9:9::/:/bin/sh";
	struct fixture *f = *state;
	FILE *stream = fmemopen((void *)(uintptr_t)text, sizeof(text) - 1, "r");
	const struct passwd *pw;
	uint32_t i = 0;
	char home[64];

	assert_non_null(stream);
	read_text(f, text, sizeof(text) - 1);
	while ((pw = fgetpwent(stream)) != NULL) {
		const struct ward_entry *e = &f->accounts->list[i++];

		assert_true(i <= f->accounts->count);
		assert_string_equal(e->name, pw->pw_name);
		assert_int_equal(e->uid, pw->pw_uid);
		assert_int_equal(e->gid, pw->pw_gid);
		assert_string_equal(home_of(f, e, home, sizeof(home)),
		    pw->pw_dir);
		assert_string_equal(ward_strings_at(f->accounts->shells,
					e->shell),
		    pw->pw_shell);
		assert_int_equal(e->shadowed, strcmp(pw->pw_passwd, "x") == 0);
	}
	assert_int_equal(i, f->accounts->count);
	assert_int_equal(fclose(stream), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_passwd_read__manual),
		TEST(test_passwd_read__live_defects),
		TEST(test_passwd_read__dead_defects),
		TEST(test_passwd_read__hash_elsewhere),
		TEST(test_passwd_read__long),
		TEST(test_passwd_read__doubles),
		TEST(test_passwd_read__as_fgetpwent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
