/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <shadow.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/passwd.h"
#include "collect/accounts/shadow.h"

struct fixture {
	struct ward_accounts *accounts;
	struct ward_defects defects;
};

static void
begin(struct fixture *f, const char *passwd)
{
	*f = (struct fixture){ .defects.pool = ward_pool_new() };
	assert_non_null(f->defects.pool);
	assert_int_equal(ward_accounts_new(&f->accounts), 0);
	assert_int_equal(ward_passwd_read(ward_memory_fd(passwd,
					      strlen(passwd)),
			     f->accounts, &f->defects),
	    0);
}

static void
read_text(struct fixture *f, const char *text, size_t size)
{
	assert_int_equal(ward_shadow_read(ward_memory_fd(text, size),
			     f->accounts, &f->defects),
	    0);
	ward_accounts_settle(f->accounts);
}

static void
end(struct fixture *f)
{
	ward_accounts_free(f->accounts);
	ward_defects_free(&f->defects);
	ward_pool_free(f->defects.pool);
}

/* The defects of an account "bob" and of the host, for these lines. */
static void
expect_defects(const char *text, size_t size, const char *own,
    const char *hosts)
{
	struct fixture f;
	struct ward_defect list[32];
	char found[512];
	size_t count = 0;

	begin(&f, "bob:x:5:5::/:/bin/sh\n");
	read_text(&f, text, size);
	for (; count < f.accounts->notes.count && count < 32; count++) {
		list[count] = ward_note_defect(&f.accounts->notes,
		    &f.accounts->notes.list[count], NULL);
	}
	ward_defects_text(list, count, found, sizeof(found));
	assert_string_equal(found, own);
	ward_defects_text(f.defects.list, f.defects.count, found,
	    sizeof(found));
	assert_string_equal(found, hosts);
	end(&f);
}

#define EXPECT(text, own, hosts) \
	expect_defects(text, sizeof(text) - 1, own, hosts)

static void
test_shadow_read__manual(void **state)
{
	static const char
	    text[] = "# a comment\n"
		     "ann:$y$j9T$salt$hash:20000:1:90:7:14:20500:\n"
		     "bob:!$6$salt$hash:0::99999::::\n"
		     "lee::::::::\n";
	const struct ward_aging *a;
	struct ward_password_fact fact;
	struct fixture f;

	(void)state;
	begin(&f,
	    "ann:x:1:1::/:\nbob:x:2:1::/:\nlee:x:3:1::/:\n"
	    "none:x:4:1::/:\nown:*:5:1::/:\n");
	read_text(&f, text, sizeof(text) - 1);
	a = ward_accounts_aging(f.accounts, 0);
	assert_non_null(a);
	assert_int_equal(a->line, 2);
	assert_int_equal(a->changed, 20000);
	assert_int_equal(a->min_age, 1);
	assert_int_equal(a->max_age, 90);
	assert_int_equal(a->warning, 7);
	assert_int_equal(a->inactive, 14);
	assert_int_equal(a->expires, 20500);
	fact = ward_accounts_fact(f.accounts, 0);
	assert_int_equal(fact.state, WARD_PASSWORD_USABLE);
	assert_int_equal(fact.scheme, WARD_HASH_YESCRYPT);
	assert_true(fact.cost.known);
	assert_int_equal(fact.cost.value, 5);
	a = ward_accounts_aging(f.accounts, 1);
	assert_int_equal(a->changed, 0);
	assert_int_equal(a->min_age, WARD_AGING_EMPTY);
	assert_int_equal(a->max_age, 99999);
	assert_int_equal(a->expires, WARD_AGING_EMPTY);
	fact = ward_accounts_fact(f.accounts, 1);
	assert_int_equal(fact.state, WARD_PASSWORD_LOCKED);
	fact = ward_accounts_fact(f.accounts, 2);
	assert_int_equal(fact.state, WARD_PASSWORD_EMPTY);
	assert_null(ward_accounts_aging(f.accounts, 3));
	fact = ward_accounts_fact(f.accounts, 3);
	assert_int_equal(fact.state, WARD_PASSWORD_UNKNOWN);
	assert_null(ward_accounts_aging(f.accounts, 4));
	end(&f);
}

static void
test_shadow_read__live_defects(void **state)
{
	(void)state;
	EXPECT("bob:*:1:2:3:7:8:9\n",
	    "wellformed_fields: 8 fields where 9 belong @1", "");
	EXPECT("bob:*:1:2:3\n", "wellformed_fields: 5 fields where 9 belong @1",
	    "");
	EXPECT("bob:*:3000000000:0:99999:7:::\n",
	    "wellformed_date: day of the last change @1", "");
	EXPECT("bob:*:1:0:99999:7:::\r\n",
	    "wellformed_control: CR at the end of the line @1; "
	    "wellformed_date: reserved field @1",
	    "");
	EXPECT("bob:*:1:0:99999:7::\0:\n",
	    "wellformed_fields: 8 fields where 9 belong @1; "
	    "wellformed_control: NUL @1",
	    "");
	EXPECT("bob:*\xa4\xfd:1:0:99999:7:::\n", "wellformed_encoding @1", "");
	EXPECT("bob:*:1::::::\nbob::1::::::\n", "wellformed_shadow_twice @2",
	    "");
}

static void
test_shadow_read__dead_defects(void **state)
{
	(void)state;
	EXPECT("bob:*\n", "wellformed_fields: 2 fields where 9 belong @1", "");
	EXPECT("bob:*:1:x:99999:7::1a:\n",
	    "wellformed_date: minimum age @1; "
	    "wellformed_date: day of expiry @1",
	    "");
	EXPECT("bob:*:1:0:-1:7:::\n", "wellformed_date: maximum age @1", "");
	EXPECT("bob:*:1:0:1:1:99999999999::\n",
	    "wellformed_date: inactivity period @1", "");
	EXPECT("bob:*:1:0:1: :1::\n", "", "");
	EXPECT("bob:*:1:0:1:1: ::\n", "wellformed_date: inactivity period @1",
	    "");
	EXPECT("bob:*:1:0:1:7:::x\n", "wellformed_date: reserved field @1", "");
	EXPECT("bob:*:1:0:1:7::::\n",
	    "wellformed_fields: 10 fields where 9 belong @1", "");
	EXPECT("bob:*:1::::::\nlee:*:1::::::\n+:::::::::\n", "",
	    "wellformed_no_account lee @2; wellformed_compat: + @3");
	/* Where the name was lost, the password is not told for one. */
	EXPECT("bob:*:1::::::\n$6$salt$hash:1::::::\n", "",
	    "wellformed_fields: 8 fields where 9 belong @2; "
	    "wellformed_no_account @2");
	EXPECT("bob:*:1::::::\n!$y$j9T$salt$hash::1::::::\n", "",
	    "wellformed_no_account @2");
	EXPECT("", "wellformed_no_shadow @1", "");
	/* Where another line of the name holds, the account has one. */
	EXPECT("bob:*:x::::::\nbob:*:1::::::\n",
	    "wellformed_date: day of the last change @1", "");
	EXPECT("bob:*:1::::::\nbob:*:x::::::\n",
	    "wellformed_date: day of the last change @2", "");
}

/* A line that is dropped is no missing one, and tells nothing. */
static void
test_shadow_read__dead_line(void **state)
{
	static const char text[] = "ann:$6$s$hash:abc:0:90:7:::\n";
	struct fixture f;

	(void)state;
	begin(&f, "ann:x:1:1::/:\nann:x:2:1::/:\nlee:x:3:1::/:\n");
	read_text(&f, text, sizeof(text) - 1);
	assert_int_equal(f.accounts->notes.count, 2);
	assert_int_equal(f.accounts->notes.list[0].account, 0);
	assert_int_equal(f.accounts->notes.list[0].reason,
	    WARD_REASON_WELLFORMED_DATE);
	assert_int_equal(f.accounts->notes.list[1].account, 2);
	assert_int_equal(f.accounts->notes.list[1].reason,
	    WARD_REASON_WELLFORMED_NO_SHADOW);
	assert_null(ward_accounts_aging(f.accounts, 0));
	assert_int_equal(ward_accounts_fact(f.accounts, 0).state,
	    WARD_PASSWORD_UNKNOWN);
	end(&f);
}

static void
test_shadow_read__long(void **state)
{
	static char text[5000];

	(void)state;
	memset(text, 'G', sizeof(text));
	memcpy(text, "bob:", 4);
	memcpy(text + sizeof(text) - 12, ":1:0:99:7:::", 12);
	expect_defects(text, sizeof(text), "wellformed_long: 5000 @1", "");
}

/* getpwnam(3) and getspnam(3) go by name: both lines of a doubled account have
 * the first line of shadow(5), and are no copies of each other. */
static void
test_shadow_read__doubles(void **state)
{
	static const char text[] = "ann:$6$s$hash:1::::::\n"
				   "lee:!!$6$s$hash:2::::::\n"
				   "bob:$6$s$hash:3::::::\n"
				   "ann:$6$s$other:4::::::\n"
				   "one:*:5::::::\n"
				   "two:*:5::::::\n"
				   "key::5::::::\n";
	static const uint32_t same[] = { 2, WARD_TABLE_NONE, 0, 0,
		WARD_TABLE_NONE, WARD_TABLE_NONE, WARD_TABLE_NONE };
	struct fixture f;

	(void)state;
	begin(&f,
	    "ann:x:1:1::/:\nann:x:2:1::/:\nlee:x:3:1::/:\n"
	    "bob:x:4:1::/:\none:x:5:1::/:\ntwo:x:6:1::/:\nkey:x:7:1::/:\n");
	read_text(&f, text, sizeof(text) - 1);
	for (uint32_t i = 0; i < 7; i++) {
		assert_int_equal(ward_peers_find(f.accounts->peers,
				     WARD_PEER_HASH, i),
		    same[i]);
	}
	assert_int_equal(ward_accounts_aging(f.accounts, 1)->changed, 1);
	assert_int_equal(ward_accounts_fact(f.accounts, 1).state,
	    WARD_PASSWORD_USABLE);
	end(&f);
}

/* In whatever order the lines stand, each goes to its account. */
static void
test_shadow_read__order(void **state)
{
	static const char *const texts[] = {
		"ann:*:1::::::\nbob:*:2::::::\nlee:*:3::::::\nan:*:4::::::\n",
		"an:*:4::::::\nlee:*:3::::::\nann:*:1::::::\nbob:*:2::::::\n",
		"bob:*:2::::::\nx:*:9::::::\nlee:*:3::::::\nann:*:1::::::\n"
		"an:*:4::::::\nbo:*:5::::::\n",
	};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		begin(&f,
		    "ann:x:1:1::/:\nann:x:9:1::/:\nbob:x:2:1::/:\n"
		    "lee:x:3:1::/:\nan:x:4:1::/:\n");
		read_text(&f, texts[i], strlen(texts[i]));
		assert_int_equal(ward_accounts_aging(f.accounts, 0)->changed,
		    1);
		assert_int_equal(ward_accounts_aging(f.accounts, 1)->changed,
		    1);
		assert_int_equal(ward_accounts_aging(f.accounts, 2)->changed,
		    2);
		assert_int_equal(ward_accounts_aging(f.accounts, 3)->changed,
		    3);
		assert_int_equal(ward_accounts_aging(f.accounts, 4)->changed,
		    4);
		assert_int_equal(f.accounts->list[1].name_twice, 1);
		assert_int_equal(f.accounts->notes.count, 0);
		end(&f);
	}
}

/* Where the password does not stand in shadow(5), nothing there counts. */
static void
test_shadow_read__not_shadowed(void **state)
{
	static const char text[] = "ann:$6$s$hash:1::::::\n"
				   "lee:$6$s$hash:2::::::\n";
	struct fixture f;

	(void)state;
	begin(&f, "ann::1:1::/:\nlee:x:2:1::/:\n");
	read_text(&f, text, sizeof(text) - 1);
	assert_null(ward_accounts_aging(f.accounts, 0));
	assert_int_equal(ward_accounts_fact(f.accounts, 0).state,
	    WARD_PASSWORD_EMPTY);
	assert_int_equal(ward_peers_find(f.accounts->peers, WARD_PEER_HASH, 1),
	    WARD_TABLE_NONE);
	assert_int_equal(f.defects.count, 0);
	assert_int_equal(f.accounts->notes.count, 0);
	end(&f);
}

static long
as_days(int32_t number)
{
	return number == WARD_AGING_EMPTY ? -1 : number;
}

/* Below zero all mean "not set". */
static long
set_days(long number)
{
	return number < 0 ? -1 : number;
}

static void
expect_same(const struct ward_aging *a, const struct spwd *sp)
{
	assert_int_equal(as_days(a->changed), set_days(sp->sp_lstchg));
	assert_int_equal(as_days(a->min_age), set_days(sp->sp_min));
	assert_int_equal(as_days(a->max_age), set_days(sp->sp_max));
	assert_int_equal(as_days(a->warning), set_days(sp->sp_warn));
	assert_int_equal(as_days(a->inactive), set_days(sp->sp_inact));
	assert_int_equal(as_days(a->expires), set_days(sp->sp_expire));
}

/* Every line here is taken by the C library just as by us, or by neither. */
static void
test_shadow_read__as_fgetspent(void **state)
{
	static const char *const lines[] = { "a", "a:", "a:*", "a:*:", "a:*:1",
		"a:*:1:", "a:*:1:2", "a:*:1:2:", "a:*:1:2:3", "a:*:1:2:3:",
		"a:*:1:2:3: ", "a:*:1:2::", "a:*::::", "a:*:::", "a:*:1:2:3:7",
		"a:*:1:2:3:7:", "a:*:1:2:3:7:8",
		"a:*:1:2:3:7:8:", "a:*:1:2:3:7:8:9",
		"a:*:1:2:3:7:8:9:", "a:*:1:2:3:7:8::", "a:*:1:2:3:7:8:9:5",
		"a:*:1:2:3:7:8:9:x", "a:*:1:2:3:7:8:9::", "a:*:1:2:3:7:8:9:5:",
		"a:*:3000000000:2:3:7:8:9:", "a:*: :2:3:7:8:9:",
		"a:*: 5:2:3:7:8:9:", "a:*:5 :2:3:7:8:9:", "a:*:1:2:3:7:8:9: ",
		"a:*:1:2:3:   7:8:9:", "a:*:1:2:3:  :8:9:", "a:*:1:2:3: :",
		"a:*:1:2:3\r", "a:*:1:2:3:7:8:9:\r", "a:*:1:2:3:7:8:9\r",
		"a:*:-18446744073709551615:2:3:7:8:9:", " a:*:1:2:3:7:8:9:",
		"#a:*:1:2:3:7:8:9:", "  #a:*:1:2:3:7:8:9:", "a:*:+5:2:3:7:8:9:",
		"a:*:1:2:3::8:9:", "a:*:1:2:3:::::", "a:*:1:2:x:7:8:9:",
		"a:*:1:2:3:\t\v7:8:9:", "a:*:007:::::: " };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[64];
		int size = snprintf(text, sizeof(text), "%s\n", lines[i]);
		FILE *stream = fmemopen(text, (size_t)size, "r");
		const struct ward_aging *aging;
		const struct spwd *sp;
		struct fixture f;

		assert_non_null(stream);
		begin(&f, "a:x:1:1::/:\n");
		read_text(&f, text, (size_t)size);
		aging = ward_accounts_aging(f.accounts, 0);
		sp = fgetspent(stream);
		if (sp == NULL) {
			assert_null(aging);
		} else {
			assert_non_null(aging);
			expect_same(aging, sp);
		}
		assert_int_equal(fclose(stream), 0);
		end(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shadow_read__manual),
		cmocka_unit_test(test_shadow_read__live_defects),
		cmocka_unit_test(test_shadow_read__dead_defects),
		cmocka_unit_test(test_shadow_read__dead_line),
		cmocka_unit_test(test_shadow_read__long),
		cmocka_unit_test(test_shadow_read__doubles),
		cmocka_unit_test(test_shadow_read__order),
		cmocka_unit_test(test_shadow_read__not_shadowed),
		cmocka_unit_test(test_shadow_read__as_fgetspent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
