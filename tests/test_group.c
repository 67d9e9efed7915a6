/* SPDX-License-Identifier: BSD-2-Clause */
/* group.c, group_read.c and group_ask.c */
#include "support.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/group.h"
#include "collect/accounts/passwd.h"

struct fixture {
	struct ward_accounts *accounts;
	struct ward_groups *groups;
	struct ward_defects defects;
};

static const char passwd[] = "root:x:0:0::/root:/bin/sh\n"
			     "ann:x:1:100::/:\n"
			     "bob:x:2:999::/:\n"
			     "lee:x:3:100::/:\n"
			     "sue:x:4:998::/:\n"
			     "ann:x:5:100::/:\n"
			     "tom:x:6:100::/:\n";

enum {
	ROOT,
	ANN,
	BOB,
	LEE,
	SUE,
	ANN_2,
	TOM,
	ACCOUNTS
};

static void
begin_with(struct fixture *f, const char *accounts, const char *words)
{
	*f = (struct fixture){ .defects.pool = ward_pool_new() };
	assert_non_null(f->defects.pool);
	assert_int_equal(ward_accounts_new(&f->accounts), 0);
	assert_int_equal(ward_passwd_read(ward_memory_fd(accounts,
					      strlen(accounts)),
			     f->accounts, &f->defects),
	    0);
	assert_int_equal(ward_groups_new(f->accounts, &f->groups), 0);
	assert_int_equal(ward_groups_want_words(f->groups, words), 0);
}

static void
begin(struct fixture *f, const char *words)
{
	begin_with(f, passwd, words);
}

static void
read_groups(struct fixture *f, const char *group, const char *gshadow)
{
	assert_int_equal(ward_group_read(ward_memory_fd(group, strlen(group)),
			     f->groups, &f->defects),
	    0);
	if (gshadow != NULL) {
		assert_int_equal(ward_gshadow_read(ward_memory_fd(gshadow,
						       strlen(gshadow)),
				     f->groups, &f->defects),
		    0);
	}
	ward_groups_settle(f->groups);
	ward_accounts_settle(f->accounts);
}

static void
end(struct fixture *f)
{
	ward_groups_free(f->groups);
	ward_groups_free(NULL);
	ward_accounts_free(f->accounts);
	ward_defects_free(&f->defects);
	ward_pool_free(f->defects.pool);
}

static void
expect_paths(const struct fixture *f, uint32_t account, const char *expected)
{
	struct ward_path path;
	char text[256] = "";
	size_t used = 0;

	for (size_t i = 0; ward_groups_path(f->groups, account, i, &path);
	     i++) {
		assert_int_equal(path.kind, WARD_PATH_GROUP);
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s%s %s:%u", i == 0 ? "" : "; ", path.detail,
		    path.source.file, (unsigned int)path.source.line);
	}
	assert_string_equal(text, expected);
}

static void
test_groups_path__ways(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "docker disk");
	assert_int_equal(ward_groups_want(f.groups, "sudo", 0), 0);
	assert_int_equal(ward_groups_want(f.groups, NULL, 100), 0);
	read_groups(&f,
	    "root:x:0:\n"
	    "users:x:100:\n"
	    "docker:x:999:ann,bob,ann,nobody\n"
	    "disk:x:6:ann\n"
	    "sudo:x:27:lee\n"
	    "more:x:998:\n",
	    "root:*::\n"
	    "docker:!:lee,ann:bob,sue,lee\n"
	    "sudo:!:sue:sue\n");
	expect_paths(&f, ROOT, "");
	expect_paths(&f, ANN,
	    "docker /etc/group:3; "
	    "docker (administrator) /etc/gshadow:2; disk /etc/group:4");
	expect_paths(&f, ANN_2,
	    "docker /etc/group:3; "
	    "docker (administrator) /etc/gshadow:2; disk /etc/group:4");
	expect_paths(&f, BOB, "docker /etc/passwd:3");
	expect_paths(&f, LEE,
	    "docker (gshadow member) /etc/gshadow:2; "
	    "docker (administrator) /etc/gshadow:2");
	expect_paths(&f, SUE, "docker (gshadow member) /etc/gshadow:2");
	expect_paths(&f, TOM, "");
	assert_int_equal(f.defects.count, 0);

	assert_true(ward_groups_has(f.groups, LEE, "sudo", 0));
	assert_true(ward_groups_has(f.groups, LEE, NULL, 27));
	assert_false(ward_groups_has(f.groups, ANN, "sudo", 0));
	assert_true(ward_groups_has(f.groups, BOB, "docker", 0));
	assert_true(ward_groups_has(f.groups, ANN_2, "docker", 0));
	assert_false(ward_groups_has(f.groups, LEE, "docker", 0));
	assert_true(ward_groups_has(f.groups, ANN, NULL, 100));
	assert_true(ward_groups_has(f.groups, ANN, "users", 0));
	assert_true(ward_groups_has(f.groups, SUE, NULL, 998));

	assert_true(ward_groups_is_root(f.groups, "docker", 0));
	assert_true(ward_groups_is_root(f.groups, NULL, 999));
	assert_false(ward_groups_is_root(f.groups, "sudo", 0));
	assert_false(ward_groups_is_root(f.groups, NULL, 27));
	assert_true(ward_groups_has_root(f.groups, BOB));
	assert_true(ward_groups_has_root(f.groups, ANN));
	assert_false(ward_groups_has_root(f.groups, LEE));
	end(&f);
}

/* A group is its gid: another name for it, before or behind, is the same. */
static void
test_groups_path__same_gid(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "docker");
	read_groups(&f,
	    "before:x:999:lee\n"
	    "users:x:100:\n"
	    "docker:x:0999:\n"
	    "behind:x:999:tom\n"
	    "root:x:0:\nmore:x:998:\n",
	    "before:!:sue:\n");
	expect_paths(&f, LEE, "before (gid of docker) /etc/group:1");
	expect_paths(&f, TOM, "behind (gid of docker) /etc/group:4");
	expect_paths(&f, BOB, "docker /etc/passwd:3");
	expect_paths(&f, SUE,
	    "before (gid of docker) (administrator) /etc/gshadow:1");
	assert_true(ward_groups_has(f.groups, LEE, "docker", 0));
	assert_true(ward_groups_is_root(f.groups, "behind", 0));
	end(&f);
}

/* gshadow(5) in another order, and two groups of a name. */
static void
test_groups_path__order(void **state)
{
	static const char *const gshadow[] = {
		"disk:!:bob:\ndocker:!:ann:\n",
		"docker:!:ann:\nx:!::\ndisk:!:bob:\n",
	};
	static const char *const group[] = {
		"root:x:0:\ndocker:x:999:\ndisk:x:6:\n",
		"disk:x:6:\nusers:x:100:\ndocker:x:999:\ndocker:x:5:\n",
	};
	struct fixture f;
	struct ward_path path;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		begin(&f, "docker disk");
		read_groups(&f, group[i / 2], gshadow[i % 2]);
		assert_true(ward_groups_path(f.groups, ANN, 0, &path));
		assert_string_equal(path.detail, "docker (administrator)");
		assert_true(ward_groups_path(f.groups, BOB, 1, &path));
		assert_string_equal(path.detail, "disk (administrator)");
		end(&f);
	}
}

static void
expect_defects(const char *group, const char *gshadow, const char *expected)
{
	struct fixture f;
	char text[512];

	begin(&f, "");
	read_groups(&f, group, gshadow);
	ward_defects_text(f.defects.list, f.defects.count, text, sizeof(text));
	assert_string_equal(text, expected);
	end(&f);
}

static void
test_group_read__defects(void **state)
{
	(void)state;
	expect_defects("# comment\n\nusers:x:100:ann\n", NULL, "");
	expect_defects("users:x:100\n", NULL,
	    "wellformed_fields: 3 fields where 4 belong @1");
	expect_defects("users\n", NULL,
	    "wellformed_fields: 1 field where 4 belong @1");
	expect_defects("users:x:1a:\n", NULL,
	    "wellformed_gid: '1a', which is no number @1");
	expect_defects("users:x::\n", NULL,
	    "wellformed_gid: '', which is no number @1");
	expect_defects("users:x:010:\n", NULL, "wellformed_gid: '010' @1");
	expect_defects("users:x:4294967295:\n", NULL,
	    "wellformed_gid: 4294967295, which means 'no group' @1");
	expect_defects(":x:1:\n", NULL,
	    "wellformed_name: the group name is empty @1");
	expect_defects(" a:x:1:\n", NULL,
	    "wellformed_name: a blank stands before the group name @1");
	expect_defects("users:x:100:ann\r\n", NULL,
	    "wellformed_control: CR at the end of the line @1");
	expect_defects("users:x:100:\xa4\xfd\n", NULL,
	    "wellformed_encoding @1");
	expect_defects("+\n-users:::\n", NULL,
	    "wellformed_compat: + @1; wellformed_compat: -users @2");
	expect_defects("a:x:1:\nb:x:01:\na:x:2:\nb:x:2:\n", NULL,
	    "wellformed_gid: '01' @2; unique_gid: a (/etc/group:1) @2; "
	    "unique_group: a (/etc/group:1) @3; "
	    "unique_gid: a (/etc/group:3) @4; "
	    "unique_group: b (/etc/group:2) @4");
	/* Those that are called like an account are no different. */
	expect_defects("lee:x:1:\na:x:2:\nann:x:3:\nlee:x:4:\nann:x:5000000:\n"
		       "tom:x:5000000:\n",
	    NULL,
	    "unique_group: lee (/etc/group:1) @4; "
	    "unique_group: ann (/etc/group:3) @5; "
	    "unique_gid: ann (/etc/group:5) @6");
	expect_defects("lee:x:1:\na:x:2:\nann:x:3:\n",
	    "ann:!::\nbob:!::\na:!::\nlee:!::\nno:!::\n",
	    "wellformed_no_gshadow_group: bob @2; "
	    "wellformed_no_gshadow_group: no @5");
	expect_defects("a:x:1:\n", "a:!::\nb:!::\n",
	    "wellformed_no_gshadow_group: b @2");
	expect_defects("a:x:$6$salt$hash:\n", NULL,
	    "wellformed_gid: '(a hash)', which is no number @1");
	/* Where the name was lost, the password is not told for one. */
	expect_defects("a:x:1:\n", "$6$salt$hash::\n!$y$j9T$salt$hash:::\n",
	    "wellformed_fields: 3 fields where 4 belong @1; "
	    "wellformed_no_gshadow_group: (a hash) @1; "
	    "wellformed_no_gshadow_group: (a hash) @2");
	expect_defects("a:x:1:\n", "a:!\n",
	    "wellformed_fields: 2 fields where 4 belong @1");
	expect_defects("a:x:1:\n", "a:!::\r\n",
	    "wellformed_control: CR at the end of the line @1");
}

/* Only once it is known that no directory has the names. */
static void
expect_strangers(const char *group, const char *gshadow, const char *expected)
{
	struct fixture f;
	char text[1024];

	begin(&f, "docker");
	ward_groups_tell_strangers(f.groups);
	read_groups(&f, group, gshadow);
	ward_defects_text(f.defects.list, f.defects.count, text, sizeof(text));
	assert_string_equal(text, expected);
	end(&f);
}

static void
test_group_read__strangers(void **state)
{
	(void)state;
	expect_defects("docker:x:999:ann,ghost\nusers:x:100:ghost\n", NULL, "");
	expect_strangers("docker:x:999:ann,bob\nusers:x:100:\nsu:x:998:\n",
	    NULL, "");
	/* also in groups that matter to nobody, once a line */
	expect_strangers("docker:x:999:ghost1,ann, ghost2\n"
			 "users:x:100:x,,lee,x,xx\n",
	    NULL,
	    "wellformed_no_member: docker: ghost1, ghost2 @1; "
	    "wellformed_no_member: users: x, xx @2");
	/* what the C library drops names nobody */
	expect_strangers("users:x:1a:ghost\n", NULL,
	    "wellformed_gid: '1a', which is no number @1");
	/* a field too few: the password stands among the members */
	expect_strangers("users:x:100:$6$salt$hash,old\n", NULL,
	    "wellformed_no_member: users: (a hash), old @1");
	/* members and administrators */
	expect_strangers("users:x:100:\ndocker:x:999:\n",
	    "users:!:old:old,ann\ndocker:!:gone:new\n",
	    "wellformed_no_member: users: old @1; "
	    "wellformed_no_member: docker: gone, new @2");
	/* a second reading tells nothing twice */
	expect_strangers("before:x:999:gone\ndocker:x:999:\n", NULL,
	    "wellformed_no_member: before: gone @1; "
	    "unique_gid: before (/etc/group:1) @2");
}

static void
test_group_read__many_strangers(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct fixture f;

	(void)state;
	assert_non_null(out);
	fputs("a-group-with-a-name-of-more-than-32-bytes:x:5:", out);
	for (int i = 0; i < 100000; i++) {
		fprintf(out, "%sghost%06d", i == 0 ? "" : ",", i);
	}
	fputs("\nb:x:6:", out);
	for (int i = 0; i < 5000; i++) {
		fputc('g', out);
	}
	fputc('\n', out);
	assert_int_equal(fclose(out), 0);
	begin(&f, "");
	ward_groups_tell_strangers(f.groups);
	read_groups(&f, text, NULL);
	assert_int_equal(f.defects.count, 3);
	assert_int_equal(f.defects.list[1].reason,
	    WARD_REASON_WELLFORMED_NO_MEMBER);
	assert_null(f.defects.list[1].name);
	assert_string_equal(f.defects.list[1].detail,
	    "a-group-with-a-name-of-more-than...: ghost000000, ghost000001, "
	    "ghost000002, ghost000003, ghost000004, ghost000005, ghost000006, "
	    "ghost000007, ghost000008, ghost000009, ghost000010, ghost000011 "
	    "and 99988 more");
	assert_string_equal(f.defects.list[2].detail,
	    "b: gggggggggggggggggggggggggggggggg...");
	free(text);
	end(&f);
}

static void
test_group_read__no_group(void **state)
{
	struct fixture f;
	struct ward_defect list[ACCOUNTS];
	char text[256];

	(void)state;
	begin(&f, "");
	read_groups(&f, "root:x:0:\nusers:x:100:\ndocker:x:999\n", NULL);
	assert_int_equal(f.accounts->notes.count, 1);
	list[0] = ward_note_defect(&f.accounts->notes, f.accounts->notes.list,
	    "sue");
	ward_defects_text(list, 1, text, sizeof(text));
	assert_string_equal(text, "wellformed_no_group sue: 998 @5");
	end(&f);
}

/* A line of 300 kB: nobody is lost at its end, and it is no fault. */
static void
test_group_read__long(void **state)
{
	const size_t size = 300000;
	char *text = malloc(size + 32);
	struct fixture f;

	(void)state;
	assert_non_null(text);
	begin(&f, "docker");
	memcpy(text, "docker:x:999:", 13);
	for (size_t i = 13; i < size; i += 4) {
		memcpy(text + i, "ann,", 5);
	}
	memcpy(text + strlen(text), "tom\n", 5);
	read_groups(&f, text, NULL);
	expect_paths(&f, ANN, "docker /etc/group:1");
	expect_paths(&f, TOM, "docker /etc/group:1");
	assert_int_equal(f.defects.count, 0);
	end(&f);
	free(text);
}

/* Every line here is taken by the C library just as by us, or by neither; and
 * so is every member. */
static void
test_group_read__as_fgetgrent(void **state)
{
	static const char *const lines[] = { "g:x:5", "g:x:5:ann,bob",
		"g:x:5: ann,, lee ,bob,", "g:x:5:ann:bob", "g:x::ann", "g:x",
		"g", "g:x:5\t:ann", "g:x: 5:ann", "g:x:+5:ann,\tbob",
		"  g:x:5:tom", "g:x:5:tom\r", "g:x:5:,", "#g:x:5:ann",
		"g:x:5a:ann", "g::005:ann,bob,lee,sue,tom" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[64];
		int size = snprintf(text, sizeof(text), "%s\n", lines[i]);
		FILE *stream = fmemopen(text, (size_t)size, "r");
		const struct group *gr;
		struct fixture f;

		assert_non_null(stream);
		begin(&f, "g");
		read_groups(&f, text, NULL);
		gr = fgetgrent(stream);
		for (uint32_t a = 0; a < ACCOUNTS; a++) {
			bool in = false;

			for (char **m = gr == NULL ? NULL : gr->gr_mem;
			     m != NULL && *m != NULL; m++) {
				in = in ||
				    strcmp(*m, f.accounts->list[a].name) == 0;
			}
			assert_int_equal(ward_groups_has(f.groups, a, "g", 0),
			    in);
		}
		assert_int_equal(fclose(stream), 0);
		end(&f);
	}
}

/* A password of a group that matters lets in whoever knows it. */
static void
test_group_read__passwords(void **state)
{
	struct fixture f;
	char text[512];

	(void)state;
	begin(&f, "docker disk lxd adm");
	assert_int_equal(ward_groups_want(f.groups, "sudo", 0), 0);
	read_groups(&f,
	    "root:x:0:\nusers:$6$s$h:100:\nmore:x:998:\n"
	    "alias:abcdefghijklm:999:\n"
	    "docker:x:999:\n"
	    "disk::6:\n"
	    "lxd:!$6$s$h:7:\n"
	    "adm:*:8:\n"
	    "sudo:x:27:\n",
	    "users:$6$s$h::\n"
	    "docker:$y$j9T$s$h:ann:\n"
	    "disk:!::\n"
	    "lxd:!$6$s$h::\n"
	    "adm:::\n"
	    "sudo:$6$s$h:tom:tom\n");
	ward_defects_text(f.defects.list, f.defects.count, text, sizeof(text));
	assert_string_equal(text,
	    "unique_gid: alias (/etc/group:4) @5; "
	    "shared_group_password: alias (gid of docker) @4; "
	    "shared_group_password: docker @2; "
	    "shared_group_password: sudo (named by sudo rules) @6");
	assert_string_equal(f.defects.list[1].source.file, "/etc/group");
	assert_string_equal(f.defects.list[2].source.file, "/etc/gshadow");
	expect_paths(&f, TOM, "");
	expect_paths(&f, ANN, "docker (administrator) /etc/gshadow:2");
	end(&f);
}

static bool
others(struct fixture *f, uint32_t gid, uint32_t uid)
{
	bool is = false;

	assert_int_equal(ward_groups_has_others(f->groups, gid, uid, &is), 0);
	return is;
}

static void
test_groups_has_others__ways(void **state)
{
	struct fixture f;

	(void)state;
	begin_with(&f,
	    "a:x:1:1::/:\nb:x:2:200::/:\nc:x:3:100::/:\nd:x:4:100::/:\n"
	    "r:x:0:1::/:\n"
	    "a2:x:1:1::/:\ne:x:5:5::/:\n",
	    "");
	read_groups(&f,
	    "ga:x:1:a,a,nobody\ngb:x:200:\nusers:x:100:\nto_c:x:300:c\n"
	    "open:$y$j9T$aaaaaaaaaaaaaaaaaaaaaa$"
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:400:\n"
	    "ge:x:5:\nadm:x:500:\ntwo:x:600:\nalso:x:600:d\n",
	    "ge:!::b\nadm:!:d:\n");
	/* Its own: root, its uid again, nobody's name; one not called so. */
	assert_false(others(&f, 1, 1));
	assert_false(others(&f, 200, 2));
	assert_true(others(&f, 200, 1));
	assert_true(others(&f, 100, 3));
	assert_true(others(&f, 300, 1));
	assert_false(others(&f, 300, 3));
	assert_true(others(&f, 400, 1)); /* newgrp(1), by its password */
	assert_true(others(&f, 5, 5));   /* newgrp(1), by gshadow(5) */
	assert_true(others(&f, 500, 1)); /* gpasswd(1), as administrator */
	assert_true(others(&f, 600, 1)); /* by another name of the gid */
	assert_false(others(&f, 999, 1));
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups_path__ways),
		cmocka_unit_test(test_groups_path__same_gid),
		cmocka_unit_test(test_groups_path__order),
		cmocka_unit_test(test_group_read__defects),
		cmocka_unit_test(test_group_read__strangers),
		cmocka_unit_test(test_group_read__many_strangers),
		cmocka_unit_test(test_group_read__no_group),
		cmocka_unit_test(test_group_read__passwords),
		cmocka_unit_test(test_groups_has_others__ways),
		cmocka_unit_test(test_group_read__long),
		cmocka_unit_test(test_group_read__as_fgetgrent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
