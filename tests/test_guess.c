/* SPDX-License-Identifier: BSD-2-Clause */
/* guess.c: words tried on hashes that crypt(3) makes here. */
#include "tests/judge.h"

#include <crypt.h>
#include <malloc.h>
#include <string.h>

#include "collect/accounts/guess.h"
#include "collect/accounts/passwd.h"
#include "collect/accounts/shadow.h"

#define NOBODYS "mQ7-correct-horse"
#define CHEAP "$1$abcdefgh"

static struct crypt_data made;

/* Valid until the next call. */
static const char *
hash_of(const char *password, const char *setting)
{
	const char *hash = crypt_rn(password, setting, &made, sizeof(made));

	assert_non_null(hash);
	return hash;
}

struct calls {
	int count;
	uint64_t tried; /* as the last of them was told */
};

static void
count_call(void *arg, const char *file, uint64_t tried)
{
	struct calls *calls = arg;

	assert_string_equal(file, "/etc/shadow");
	assert_true(tried == calls->tried || tried == calls->tried + 1);
	calls->count++;
	calls->tried = tried;
}

static enum ward_guess
try_name_on(const char *name, const char *hash, int *calls)
{
	struct calls told = { 0, 0 };
	struct ward_password_fact fact = ward_password_field(hash);
	struct ward_guesser *guesser;
	enum ward_guess guess;

	assert_int_equal(ward_guesser_new(count_call, &told, &guesser), 0);
	assert_int_equal(ward_guesser_comment(guesser, 0,
			     "Wang Mei-Ling,,02-27208889,0912345678"),
	    0);
	guess = ward_guesser_try(guesser, 0, name, hash, &fact);
	ward_guesser_free(guesser);
	*calls = told.count;
	return guess;
}

static enum ward_guess
try_on(const char *hash)
{
	int calls;

	return try_name_on("wang01", hash, &calls);
}

static void
test_guess__every_scheme(void **state)
{
	static const struct {
		const char *prefix;
		unsigned long cost;
		bool quick; /* all of the words can be tried here */
	} schemes[] = {
		{ "$y$", 1, true },
		{ "$gy$", 1, true },
		{ "$7$", 6, false },
		{ "$2b$", 4, true },
		{ "$2a$", 4, true },
		{ "$6$", 1000, true },
		{ "$5$", 1000, true },
		{ "$sha1", 100, true },
		{ "$md5", 0, false },
		{ "$1$", 0, true },
		{ "$3$", 0, true },
		{ "_", 5, true },
		{ "", 0, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(schemes); i++) {
		char setting[CRYPT_GENSALT_OUTPUT_SIZE];

		assert_non_null(crypt_gensalt_rn(schemes[i].prefix,
		    schemes[i].cost, NULL, 0, setting, sizeof(setting)));
		assert_int_equal(try_on(hash_of("wang01", setting)),
		    WARD_GUESS_FOUND);
		if (schemes[i].quick) {
			assert_int_equal(try_on(hash_of(NOBODYS, setting)),
			    WARD_GUESS_HELD);
		}
	}
}

static void
test_guess__what_is_tried(void **state)
{
	static const char *const tried[] = { "wang01", "Wang01", "wang01123",
		"Wang01123", "wang011234", "wang01@123", "Wang01@123",
		"wang01!", "10gnaw", "Wang", "wang", "Mei", "ling", "02", "",
		" ", "123456", "a123456789", "1qaz2wsx", "P@ssw0rd",
		"Admin@123", "Taipei101!", "ji32k7au4a83", "au4a83", "密碼",
		"5201314" };
	static const char *const others[] = { NOBODYS, "wang02", "wang0",
		"WANG01", "gnaw", "Wang Mei-Ling", "MEI", "0912345678",
		"1234567", "123456 ", "ji32k7au4a8", "P@SSW0RD" };

	(void)state;
	for (size_t i = 0; i < LENGTH(tried); i++) {
		if (try_on(hash_of(tried[i], CHEAP)) != WARD_GUESS_FOUND) {
			fail_msg("'%s' is not tried", tried[i]);
		}
	}
	for (size_t i = 0; i < LENGTH(others); i++) {
		if (try_on(hash_of(others[i], CHEAP)) != WARD_GUESS_HELD) {
			fail_msg("'%s' is tried", others[i]);
		}
	}
}

/* Each would take seconds to days: the test ends at once. */
static void
test_guess__too_costly(void **state)
{
	static const char *const hashes[] = { "$6$rounds=1000001$salt$hash",
		"$6$rounds=999999999$salt$hash", "$5$rounds=1000001$salt$hash",
		"$5$rounds=99999999999$salt$hash", "$2b$14$salt", "$2y$31$salt",
		"$y$jDT$salt$hash", "$y$jFT$salt$hash", "$y$jzzzzz$salt$hash",
		"$gy$jDT$salt$hash", "$7$EU..../....salt$hash",
		"$7$CV..../....salt$hash", "$7$CU..../U...salt$hash", "$7$",
		"$sha1$1000001$salt$hash", "$sha1$x$salt$hash", "$sha1",
		"$md5,rounds=500001$salt$hash",
		"$md5,rounds=18446744073709551616$salt$hash", "$md5,x=1$salt$",
		"_zzzzsalthashhashhas" };

	(void)state;
	for (size_t i = 0; i < LENGTH(hashes); i++) {
		if (try_on(hashes[i]) != WARD_GUESS_TOO_COSTLY) {
			fail_msg("%s", hashes[i]);
		}
	}
	/* The last that is tried. */
	assert_int_equal(try_on(hash_of("wang01", "$5$rounds=1000000$salt")),
	    WARD_GUESS_FOUND);
}

/* One try takes a third of a second: an account takes three, not twenty. */
static void
test_guess__budget(void **state)
{
	static const char dear[] = "$7$DU..../....salt";
	int calls;

	(void)state;
	assert_int_equal(try_name_on("wang01", hash_of(NOBODYS, dear), &calls),
	    WARD_GUESS_TOO_COSTLY);
	assert_in_range(calls, 4, 9);
	/* Tried before it is spent. */
	assert_int_equal(try_name_on("wang01", hash_of("123456", dear), &calls),
	    WARD_GUESS_FOUND);
	assert_int_equal(calls, 2);
	/* Half a second for all: the usual cost. */
	assert_int_equal(try_name_on("wang01",
			     hash_of(NOBODYS, "$6$rounds=20000$salt"), &calls),
	    WARD_GUESS_HELD);
	assert_true(calls > 40);
}

static void
test_guess__long_names(void **state)
{
	char name[256], longest[73];
	int calls;

	(void)state;
	memset(name, 'a', sizeof(name));
	name[73] = '\0';
	assert_int_equal(try_name_on(name, hash_of(name, CHEAP), &calls),
	    WARD_GUESS_HELD);
	assert_int_equal(try_name_on(name, hash_of("5201314", CHEAP), &calls),
	    WARD_GUESS_FOUND);
	name[72] = '\0';
	assert_int_equal(try_name_on(name, hash_of(name, CHEAP), &calls),
	    WARD_GUESS_FOUND);
	memcpy(longest, name, sizeof(longest));
	memcpy(longest + 69, "123", 3);
	name[69] = '\0';
	assert_int_equal(try_name_on(name, hash_of(longest, CHEAP), &calls),
	    WARD_GUESS_FOUND);
}

static void
test_guess__nothing_to_try(void **state)
{
	static const char *const fields[] = { "", "*", "!", "x", "plain",
		"$zz$salt$hash", /* crypt(3) does not know it */
		"$2b$05$salt$short" /* nor takes it */ };
	char locked[CRYPT_OUTPUT_SIZE + 1];

	(void)state;
	for (size_t i = 0; i < LENGTH(fields); i++) {
		assert_int_equal(try_on(fields[i]), WARD_GUESS_NOT_TRIED);
	}
	(void)snprintf(locked, sizeof(locked), "!%s", hash_of("wang01", CHEAP));
	assert_int_equal(try_on(locked), WARD_GUESS_NOT_TRIED);
}

static bool
holds(const void *memory, size_t size, const char *text)
{
	return memmem(memory, size, text, strlen(text)) != NULL;
}

static void
test_guess__leaves_nothing_behind(void **state)
{
	const char *hash = hash_of("ji32k7au4a83", CHEAP);
	struct ward_password_fact fact = ward_password_field(hash);
	struct ward_guesser *guesser;
	size_t size;

	(void)state;
	assert_int_equal(ward_guesser_new(NULL, NULL, &guesser), 0);
	assert_int_equal(ward_guesser_comment(guesser, 0, ""), 0);
	assert_int_equal(ward_guesser_try(guesser, 0, "wang01", hash, &fact),
	    WARD_GUESS_FOUND);
	size = malloc_usable_size(guesser);
	assert_true(size > sizeof(struct crypt_data));
	assert_false(holds(guesser, size, "ji32k7au4a83"));
	assert_false(holds(guesser, size, "wang01"));
	assert_false(holds(guesser, size, "$1$"));
	ward_guesser_free(guesser);
	ward_guesser_free(NULL);
}

/* Whoever reads the accounts: the line of each is tried with its own name and
 * comment, wherever its password stands. */
static void
test_guess__in_the_account_files(void **state)
{
	static const enum ward_guess expected[] = { WARD_GUESS_FOUND,
		WARD_GUESS_HELD, WARD_GUESS_FOUND, WARD_GUESS_FOUND,
		WARD_GUESS_NOT_TRIED, WARD_GUESS_NOT_TRIED };
	struct ward_accounts *accounts;
	struct ward_defects defects = { .pool = ward_pool_new() };
	char *passwd = NULL, *shadow = NULL,
	     *own = strdup(hash_of("own", CHEAP));
	struct calls calls = { 0, 0 };

	(void)state;
	assert_true(asprintf(&passwd,
			"ann:x:1:1:Chen:/:\nlee:x:2:1:Wu:/:\nown:%s:3:1::/:\n"
			"ann:x:4:1:Lin:/:\nno:*:5:1::/:\nmiss:x:6:1::/:\n",
			own) > 0);
	assert_true(
	    asprintf(&shadow, "lee:%s:1::::::\nno:%s:1::::::\n", own, own) > 0);
	free(own);
	own = shadow;
	assert_true(asprintf(&shadow, "%sann:%s:1::::::\n", own,
			hash_of("chen", CHEAP)) > 0);
	assert_int_equal(ward_accounts_new(&accounts), 0);
	assert_int_equal(ward_guesser_new(count_call, &calls,
			     &accounts->guesser),
	    0);
	assert_int_equal(ward_passwd_read(ward_memory_fd(passwd,
					      strlen(passwd)),
			     accounts, &defects),
	    0);
	assert_int_equal(calls.count, 1);
	assert_int_equal(calls.tried, 1);
	assert_int_equal(ward_shadow_read(ward_memory_fd(shadow,
					      strlen(shadow)),
			     accounts, &defects),
	    0);
	ward_accounts_settle(accounts);
	assert_null(accounts->guesser);
	assert_true(calls.count > 20);
	/* own, lee, and ann, whose two lines have one hash. */
	assert_int_equal(calls.tried, 3);
	for (uint32_t i = 0; i < LENGTH(expected); i++) {
		assert_int_equal(ward_accounts_guess(accounts, i), expected[i]);
	}
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	free(passwd);
	free(shadow);
	free(own);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guess__every_scheme),
		cmocka_unit_test(test_guess__what_is_tried),
		cmocka_unit_test(test_guess__too_costly),
		cmocka_unit_test(test_guess__budget),
		cmocka_unit_test(test_guess__long_names),
		cmocka_unit_test(test_guess__nothing_to_try),
		cmocka_unit_test(test_guess__leaves_nothing_behind),
		cmocka_unit_test(test_guess__in_the_account_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
