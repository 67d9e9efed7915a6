/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Password fields as crypt(5), shadow(5), passwd(1), useradd(8) and usermod(8)
 * write them. The hashes are of "secret", made by crypt(3) of Debian 12.
 */
#include "tests/judge.h"

#include <stdlib.h>

#define SALT "V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$"
#define SHA512 \
	"$6$V7qMYJaNbVKOeh4P$v1TccBL3GYE945hru3koMlBAsr0IOPKddqg3W" \
	".0lWytKSwsdubWiWWfz6.WPgO4EfXY.b0GYFI03hBoDS1WZ9/"
#define YESCRYPT "$y$j9T$" SALT "qyGb0kfyN4mT/ZWLIoZqUIsmmyQMy6Oydoh8LCfHsY3"
#define DES "VWNXXSV3Krzcw"
#define NO_COST (-1)

static void
expect(const char *field, enum ward_password_state state,
    enum ward_hash_scheme scheme, int64_t cost, bool strange)
{
	struct ward_password_fact fact = ward_password_field(field);

	if (fact.state != state || fact.scheme != scheme ||
	    fact.strange != strange || fact.cost.known != (cost != NO_COST) ||
	    (fact.cost.known && fact.cost.value != cost)) {
		fail_msg("'%s': state %d scheme %s cost %lld%s, not state %d "
			 "scheme %s cost %lld%s",
		    field, (int)fact.state, ward_hash_name(fact.scheme),
		    fact.cost.known ? (long long)fact.cost.value : NO_COST,
		    fact.strange ? " strange" : "", (int)state,
		    ward_hash_name(scheme), (long long)cost,
		    strange ? " strange" : "");
	}
}

static void
test_password_field__knows_every_scheme_and_cost(void **state)
{
	static const struct {
		const char *field;
		enum ward_hash_scheme scheme;
		int64_t cost;
	} cases[] = {
		{ YESCRYPT, WARD_HASH_YESCRYPT, 5 },
		{ "$y$j75$" SALT "ynQLNMF/1wuhnX2KS4dHT62UrfaBEdbEmfSW/w9dPf2",
		    WARD_HASH_YESCRYPT, 1 },
		{ "$y$j85$" SALT "18VtM/lBL3sTJuJBk8HvisUZJJcXIXL16zPCGaz9laC",
		    WARD_HASH_YESCRYPT, 2 },
		{ "$y$j7T$" SALT "wLe.8a1Ji/ev/a7/ypDXdTfODOGT43amPbospdEJ5P6",
		    WARD_HASH_YESCRYPT, 3 },
		{ "$y$j8T$" SALT "4k5UQ86Rj3WKGxCH9Ug80tm.zKuVQ.vBDRkhNe4u4E7",
		    WARD_HASH_YESCRYPT, 4 },
		{ "$y$jAT$" SALT "vLYjNk1PkBRZxN29ZGDNLxVzMpNWWIg0TPYGo06JxE5",
		    WARD_HASH_YESCRYPT, 6 },
		{ "$y$jFT$" SALT "vLYjNk1PkBRZxN29ZGDNLxVzMpNWWIg0TPYGo06JxE5",
		    WARD_HASH_YESCRYPT, 11 },
		{ "$gy$j9T$" SALT "g/LyNXCMXyseVGzkCAYNmIxvvDcj56r4lzl0Qv6anF7",
		    WARD_HASH_GOST_YESCRYPT, 5 },
		{ "$7$CU..../....V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$na"
		  "ew1Xa/r6AvTnxOrp4MS4HyLMXSFIMjDfGGNFPUTp8",
		    WARD_HASH_SCRYPT, NO_COST },
		{ "$2b$12$WUHhXETkX0fnYkrqZU3ta.fspui54XeZl2C5nuwntJzMTPf2nFTfi",
		    WARD_HASH_BCRYPT, 12 },
		{ "$2y$05$WUHhXETkX0fnYkrqZU3ta.6z2Fjk52O/LcoQJQ6cxcr4vAm/4d5TK",
		    WARD_HASH_BCRYPT_Y, 5 },
		{ "$2a$05$WUHhXETkX0fnYkrqZU3ta.6z2Fjk52O/LcoQJQ6cxcr4vAm/4d5TK",
		    WARD_HASH_BCRYPT_A, 5 },
		{ "$2x$05$WUHhXETkX0fnYkrqZU3ta.6z2Fjk52O/LcoQJQ6cxcr4vAm/4d5TK",
		    WARD_HASH_BCRYPT_X, 5 },
		{ SHA512, WARD_HASH_SHA512CRYPT, 5000 },
		{ "$6$rounds=10000$V7qMYJaNbVKOeh4P$ylhxQp5iG0.SvgiEYTAVavWu3aYtC"
		  "oLU7NbJo3Q/6SiWbjqINTuY3wBG4snJsxdc0vF7p15XKt2va5orcWby..",
		    WARD_HASH_SHA512CRYPT, 10000 },
		{ "$5$V7qMYJaNbVKOeh4P$15EppIakMT/D9/B1blV57Vy9Yl/S.MlWFYKbVyJ1"
		  "Vb3",
		    WARD_HASH_SHA256CRYPT, 5000 },
		{ "$5$rounds=7000$V7qMYJaNbVKOeh4P$7Owfg4iTfQtcglAQpv/dS2waZcLS"
		  "eP1RJkxujuiNRC2",
		    WARD_HASH_SHA256CRYPT, 7000 },
		{ "$sha1$236959$bNKNeZ4OhlqOkxaPn7LQqJ5RtVrRl.XSoAXA$7Cly5TPhjS"
		  ".Ou7EKrf5pVNgtvD89",
		    WARD_HASH_SHA1CRYPT, NO_COST },
		{ "$md5,rounds=57698$XFKNaR4O$$aFvn5gPdUV3cITXkKVntX0",
		    WARD_HASH_SUNMD5, NO_COST },
		{ "$md5$XFKNaR4O$$aFvn5gPdUV3cITXkKVntX0", WARD_HASH_SUNMD5,
		    NO_COST },
		{ "$1$V7qMYJaN$PGfljd6i89PJT5EgLKeA71", WARD_HASH_MD5CRYPT,
		    NO_COST },
		{ "$3$$878d8014606cda29677a44efa1353fc7", WARD_HASH_NT,
		    NO_COST },
		{ "_J9..V7qMEnU/EguYdH2", WARD_HASH_BSDICRYPT, NO_COST },
		{ DES, WARD_HASH_DESCRYPT, NO_COST },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *locked = NULL;

		expect(cases[i].field, WARD_PASSWORD_USABLE, cases[i].scheme,
		    cases[i].cost, false);
		/* usermod -L and passwd -l put one "!" in front; twice locked
		 * on other systems. What is behind it stays as it was. */
		assert_true(asprintf(&locked, "!!%s", cases[i].field) > 0);
		expect(locked + 1, WARD_PASSWORD_LOCKED, cases[i].scheme,
		    cases[i].cost, false);
		expect(locked, WARD_PASSWORD_LOCKED, cases[i].scheme,
		    cases[i].cost, false);
		free(locked);
	}
}

static void
test_password_field__star_in_front_locks_as_well(void **state)
{
	(void)state;
	expect("*" SHA512, WARD_PASSWORD_LOCKED, WARD_HASH_SHA512CRYPT, 5000,
	    false);
	expect("*" DES, WARD_PASSWORD_LOCKED, WARD_HASH_DESCRYPT, NO_COST,
	    false);
}

static void
test_password_field__empty_needs_no_password(void **state)
{
	(void)state;
	expect("", WARD_PASSWORD_EMPTY, WARD_HASH_UNKNOWN, NO_COST, false);
}

static void
test_password_field__lock_marks_are_none(void **state)
{
	static const char *const cases[] = { "!", "*", "!!", "!*", "*!", "**",
		"*LK*", "NP", "x" };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(cases[i], WARD_PASSWORD_NONE, WARD_HASH_UNKNOWN, NO_COST,
		    false);
	}
}

/* What crypt(3) can't give back matches no password, and stands there by
 * accident: most often a password as it is typed. */
static void
test_password_field__plain_text_is_strange(void **state)
{
	static const char *const cases[] = { "secret", "password", "Passw0rd!",
		"VWNXXSV3Krzc", "VWNXXSV3Krzcw9",
		"VWNXXSV3Krzc:", "VWNXXSV3 rzcw", "_J9..V7qMEnU/EguYdH",
		"\xe5\xaf\x86\xe7\xa2\xbc", "\xb1\x4b\xbd\x58", "!secret",
		"!!secret", "*secret", "0", "*0", "*1", "X", " " };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(cases[i], WARD_PASSWORD_NONE, WARD_HASH_UNKNOWN, NO_COST,
		    true);
	}
}

/* Another crypt(3) may know it: it is not taken for a lock. */
static void
test_password_field__unknown_scheme_is_strange_and_usable(void **state)
{
	static const char *const cases[] = { "$", "$$", "$8$salt$hash",
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$hash",
		"$pbkdf2-sha512$25000$salt$hash", "$2$05$salt", "$Y$j9T$salt" };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *locked = NULL;

		expect(cases[i], WARD_PASSWORD_USABLE, WARD_HASH_UNKNOWN,
		    NO_COST, true);
		assert_true(asprintf(&locked, "!%s", cases[i]) > 0);
		expect(locked, WARD_PASSWORD_LOCKED, WARD_HASH_UNKNOWN, NO_COST,
		    true);
		free(locked);
	}
}

static void
test_password_field__cost_it_can_not_read_is_not_known(void **state)
{
	static const struct {
		const char *field;
		enum ward_hash_scheme scheme;
	} cases[] = {
		{ "$y$jZZ$" SALT "qyGb0kfyN4mT/ZWLIoZqUIsmmyQMy6Oydoh8LCfHsY3",
		    WARD_HASH_YESCRYPT },
		{ "$2b$xx$WUHhXETkX0fnYkrqZU3ta.fspui54XeZl2C5nuwntJzMTPf2nFTfi",
		    WARD_HASH_BCRYPT },
		{ "$6$rounds=99999999999999999999$V7qMYJaN$v1TccBL3GYE945hru3koM"
		  "lBAsr0IOPKddqg3W.0lWytKSwsdubWiWWfz6.WPgO4EfXY.b0GYFI03hBoD"
		  "S1WZ9/",
		    WARD_HASH_SHA512CRYPT },
		{ "$6$rounds=$V7qMYJaN$v1TccBL3GYE945hru3koMlBAsr0IOPKddqg3W.0lW"
		  "ytKSwsdubWiWWfz6.WPgO4EfXY.b0GYFI03hBoDS1WZ9/",
		    WARD_HASH_SHA512CRYPT },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_password_fact fact = ward_password_field(
		    cases[i].field);

		assert_int_equal(fact.scheme, cases[i].scheme);
		assert_false(fact.cost.known);
	}
}

/*
 * crypt(5): bigcrypt is [./0-9A-Za-z]{13,178}, and crypt(3) and pam_unix(8) of
 * Debian 12 take it. So it opens the account, and must not pass for "no
 * password". This is crypt("longpassword12345", "ab" and 33 more).
 */
static void
test_password_field__bigcrypt_opens_the_account(void **state)
{
	static const char *const cases[] = {
		"abD6HAB6eqg.kjWpheVLzZOk10drx5T0axc",
		"abD6HAB6eqg.kjWpheVLzZOk"
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_password_fact fact = ward_password_field(cases[i]);

		assert_int_equal(fact.state, WARD_PASSWORD_USABLE);
		assert_int_not_equal(fact.scheme, WARD_HASH_YESCRYPT);
	}
}

/* Cut short, it is no hash by crypt(5), and no password can match it. */
static void
test_password_field__torn_hash_is_strange(void **state)
{
	static const char *const cases[] = { "$6$", "$6$V7qMYJaNbVKOeh4P",
		"$6$V7qMYJaNbVKOeh4P$", "$6$V7qMYJaNbVKOeh4P$v1TccBL3", "$y$",
		"$y$j9T$", "$2b$12$", "$2b$12$WUHhXETkX0fnYkrqZU3ta.", "$1$",
		"$5$rounds=7000$" };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (!ward_password_field(cases[i]).strange) {
			fail_msg("'%s' is taken for a hash", cases[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_password_field__knows_every_scheme_and_cost),
		cmocka_unit_test(
		    test_password_field__star_in_front_locks_as_well),
		cmocka_unit_test(test_password_field__empty_needs_no_password),
		cmocka_unit_test(test_password_field__lock_marks_are_none),
		cmocka_unit_test(test_password_field__plain_text_is_strange),
		cmocka_unit_test(
		    test_password_field__unknown_scheme_is_strange_and_usable),
		cmocka_unit_test(
		    test_password_field__cost_it_can_not_read_is_not_known),
		cmocka_unit_test(
		    test_password_field__bigcrypt_opens_the_account),
		cmocka_unit_test(test_password_field__torn_hash_is_strange),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
