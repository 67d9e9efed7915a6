/* SPDX-License-Identifier: BSD-2-Clause */
/* What is guessed first is refused; what is not, isn't. */
#include "tests/weak_case.h"

#include <unistd.h>

#include "policy/weak.h"
#include "policy/weak_parts.h"

#define DICTIONARY "/var/cache/cracklib/cracklib_dict"

static struct ward_weak *
open_weak(const char *settings, const char *dictionary)
{
	struct ward_plan *plan = weak_plan(settings);
	const struct ward_weak_places places = { .words = words_path(),
		.dictionary = dictionary };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_weak *weak = NULL;

	if (ward_weak_open(plan, &places, &weak, &err) != 0) {
		fail_msg("%s", err.text);
	}
	/* It needs nothing of the plan any more. */
	ward_plan_free(plan);
	return weak;
}

static enum ward_weakness
find_of(const struct ward_weak *weak, const struct ward_candidate_of *of,
    const char *password)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum ward_weakness weakness = WARD_WEAK_UNKNOWN;
	const char *why = NULL;

	if (ward_weak_find(weak, of, password, strlen(password), &weakness,
		&why, &err) != 0) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(weakness == WARD_WEAK_UNKNOWN, why != NULL);
	return weakness;
}

static enum ward_weakness
find(const struct ward_weak *weak, const char *password)
{
	static const struct ward_candidate_of nobody = { .name = "u1234" };

	return find_of(weak, &nobody, password);
}

static void
test_weak__refuses_what_people_use(void **state)
{
	static const char *const cases[] = {
		/* named by issue and manual */
		"ji32k7au4a83",
		"P@ssw0rd",
		"Taipei101!",
		"Admin@123",
		"1qaz@WSX",
		"qwer1234",
		"1qaz2wsx3edc",
		"Passw0rd!",
		"Aa123456",
		"A123456789",
		"Wang19880520",
		"Qwerty123!",
		"Summer2026!",
		"Password1234",
		"Kaohsiung2026",
		"Iloveyou520",
		"Taiwan No.1",
		"!QAZ2wsx",
		"Abc12345",
		"0912345678Aa",
		"su3cl3",
		/* others like them */
		"P@ssw0rd123",
		"Welcome1!",
		"Chen0770520",
		"A223456781",
		"moda@2026",
		"Nccst2026!",
		"Changeme123!",
		"5201314abc",
		"1q2w3e4r5t",
		"qazwsxEDC",
		"zaq1@WSX",
		"asdfASDF1234",
		"aaaAAA111",
		"drowssap",
		"Taoyuan@2026",
		"77/5/20Lin",
		"1988-05-20",
		"20240101",
		"WoAiNi1314",
		"5k4g4ji32k7au4a83",
		"Abcd@1234",
		"Dragon2024",
		"Monkey123!",
		"02-23456789",
		"Test1234!",
		"Zxcvbnm123",
		"NtuNtu2026",
		"Mayday555",
		"chunghwa123",
		"asdf;lkj",
		"0987654321",
		"147258369a",
		"!@#$%^&*",
		"qwertyQWERTY",
		"happydog7",
		"T@iwan2026!",
		"woaini520",
		"wo3ai4ni3!",
		"Mi4Ma3Mi4Ma3",
		"Hsinchu@0800",
		"Kenting99!",
		"Pingtung123",
		"Xiaoming1988",
		"0770520Lin",
		"abcabcabc",
		"zzzzzzzz1",
		/* longer, and in other ways */
		"1!2@3#4$",
		"1!qQaAzZ",
		"1a2s3d4f",
		"a1s2d3f4",
		"Q1w2e3r4t5y6",
		"1qsc2wdv",
		"7410852963",
		"0912345678Aa!",
		"Aa0950535197",
		"(02)2345-6789",
		"0800-000-123",
		"082-325643",
		"037-559999",
		"民國77年7月24日",
		"1990年8月13日",
		"77年5月20日Ab",
		"ROC0770724",
		"Taipei.gov.tw",
		"Gov.tw2024!",
		"Tycg2024!",
		"hccg2025!",
		"Hinet@2024",
		"Uniqlo123!",
		"iLoveTaipei2024",
		"台北市政府101Ab!",
		"環保署環保署2026",
		"密碼鎖密碼鎖",
		"Ab1@Ab1@",
		"Hello.World1",
		"!101iepiaT",
		"4202iepiaT",
		"024563781B",
		"B187365420",
		"187365420B",
		"187365420Aa!",
		"ㄨㄛˇㄉㄜ˙ㄇㄧˋㄇㄚˇ",
		/* by other letters */
		"Ｐ@ssw0rd",
		"ｐａｓｓｗｏｒｄ１",
		"P@ss\u200bw0rd",
		"Taipei\u00ad101!",
		"Pássw0rd!",
		"Pa\u0301ssw0rd!",
		"Ŧâïpéi101!",
		"５２０１３１４",
	};
	struct ward_weak *weak = open_weak("", NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int cost = 0;
		enum ward_weakness weakness = find(weak, cases[i]);

		if (weakness == WARD_WEAK_NOT ||
		    weakness == WARD_WEAK_UNKNOWN) {
			(void)ward_cut(NULL, cases[i], strlen(cases[i]), &cost);
			print_error("%s: %s (%d)\n", cases[i],
			    weakness_names[weakness], cost);
			fail();
		}
	}
	ward_weak_free(weak);
}

static void
test_weak__lets_strong_ones_be(void **state)
{
	static const char *const cases[] = { "vB9#kq2Lw!", "h7Kp2mXq",
		"9fLw-3Rt!z", "mV3$zzTq8", "Tr8ub4#orK3",
		"correct horse battery staple", "xylem quokka zephyr brisket",
		"plinth-gazebo-wombat-41", "otter velvet lantern canoe",
		"今天下午天氣真的很好呢", "我家的貓每天早上六點叫我",
		"x7$Pq!m2Zr&9", "Zk4#vT8@wq1%Lm6^" };
	struct ward_weak *weak = open_weak("", DICTIONARY);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum ward_weakness weakness = find(weak, cases[i]);

		if (weakness != WARD_WEAK_NOT) {
			fail_msg("%s: %s", cases[i], weakness_names[weakness]);
		}
	}
	ward_weak_free(weak);
}

/* What is told is what makes it cheap. */
static void
test_weak__says_how(void **state)
{
	static const struct {
		const char *password;
		enum ward_weakness weakness;
	} cases[] = {
		{ "P@ssw0rd", WARD_WEAK_COMMON },
		{ "ji32k7au4a83", WARD_WEAK_COMMON },
		{ "1qaz@WSX", WARD_WEAK_PATTERN },
		{ "cde34rfv", WARD_WEAK_PATTERN },
		{ "ijklmnop", WARD_WEAK_PATTERN },
		{ "xvxvxvxv", WARD_WEAK_PATTERN },
		{ "19880521", WARD_WEAK_DATE },
		{ "0770521", WARD_WEAK_DATE },
		{ "77/5/21", WARD_WEAK_DATE },
		{ "B187365420", WARD_WEAK_NUMBER },
		{ "A800000014", WARD_WEAK_NUMBER },
		{ "0928375164", WARD_WEAK_NUMBER },
		{ "0928-375-164", WARD_WEAK_NUMBER },
		{ "+886928375164", WARD_WEAK_NUMBER },
		{ "02-27493816", WARD_WEAK_NUMBER },
	};
	struct ward_weak *weak = open_weak("", NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum ward_weakness weakness = find(weak, cases[i].password);

		if (weakness != cases[i].weakness) {
			fail_msg("%s: %s", cases[i].password,
			    weakness_names[weakness]);
		}
	}
	ward_weak_free(weak);
}

/* The last digit of a national id checks the others. */
static void
test_weak__ids_need_their_check_digit(void **state)
{
	unsigned int valid = 0;

	(void)state;
	for (char c = '0'; c <= '9'; c++) {
		char id[] = "B187365420";

		id[9] = c;
		valid += ward_cut(NULL, id, 10, NULL) == WARD_WEAK_NUMBER;
	}
	assert_int_equal(valid, 1);
}

static uint64_t seed;

static unsigned int
below(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned int)((seed >> 20) % n);
}

static unsigned int
class_of(char c)
{
	return c >= 'a' && c <= 'z' ? 1 :
	    c >= 'A' && c <= 'Z'    ? 2 :
	    c >= '0' && c <= '9'    ? 4 :
				      8;
}

static void
make_random(char *text, size_t size, bool plain)
{
	unsigned int classes;

	do {
		classes = 0;
		for (size_t i = 0; i < size; i++) {
			do {
				text[i] = (char)(33 + below(94));
			} while (plain && class_of(text[i]) == 8);
			classes |= class_of(text[i]);
		}
	} while (!plain && __builtin_popcount(classes) < 3);
}

/* At most one random strong password in 10,000 is refused by mistake. */
static void
test_weak__random_ones_are_strong(void **state)
{
	static const struct {
		size_t size;
		bool plain;
	} kinds[] = { { 8, false }, { 8, true }, { 12, false }, { 16, false } };
	const struct ward_list *list;
	struct ward_list words = { 0 };

	(void)state;
	seed = 88172645463325252U;
	assert_int_equal(ward_list_open(words_path(), &words, NULL), 0);
	list = &words;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		unsigned int refused = 0;

		for (unsigned int i = 0; i < 20000; i++) {
			char text[16];

			make_random(text, kinds[k].size, kinds[k].plain);
			refused += ward_cut(list, text, kinds[k].size, NULL) !=
			    WARD_WEAK_NOT;
		}
		assert_in_range(refused, 0, 2);
	}
	ward_list_close(&words);
}

/* The same with cracklib, which finds short words in what is left of some. */
static void
test_weak__random_ones_are_strong_to_cracklib_too(void **state)
{
	struct ward_weak *weak = open_weak("", DICTIONARY);
	unsigned int refused = 0;

	(void)state;
	seed = 3141592653589793238U;
	for (unsigned int i = 0; i < 1500; i++) {
		char text[9] = { 0 };

		make_random(text, 8, i % 2 == 0);
		refused += find(weak, text) != WARD_WEAK_NOT;
	}
	assert_in_range(refused, 0, 1);
	ward_weak_free(weak);
}

static void
test_weak__words_of_the_agency(void **state)
{
	static const struct {
		const char *settings, *password;
		bool found;
	} cases[] = {
		{ "words = Wombatery quux8", "wOmb@tery", true },
		{ "words = Wombatery", "Wombatery2026!", true },
		{ "words = Wombatery", "#7Wombatery", true },
		{ "words = Wombatery", "Ｗómb\u200bat\u0301ery7", true },
		{ "words = Ｗombatery", "wombatery7", true },
		{ "words = Wombatery\nmatch = exact", "Ｗombatery", false },
		{ "words = Wombatery", "xWombatery", false },
		{ "words = @zurite", "$@zurite!1", true },
		{ "words = azurite", "$@zurite!1", true },
		{ "words = azurite", "azurit", false },
		{ "words = Wombatery\nmatch = exact", "Wombatery", true },
		{ "words = Wombatery\nmatch = exact", "wombatery", false },
		{ "words = Wombatery\nmatch = exact", "Wombatery1", false },
		{ "words = Wombatery\nmatch = substring", "vK9xW0mbateryq7Z",
		    true },
		{ "words = Wombatery\nmatch = substring", "vK9xW0mbaterq7Zy",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct ward_plan *plan = weak_plan(cases[i].settings);
		struct ward_agency *agency = NULL;

		assert_int_equal(ward_agency_new(plan, &agency, NULL), 0);
		ward_plan_free(plan);
		if (ward_agency_has(agency, cases[i].password,
			strlen(cases[i].password)) != cases[i].found) {
			fail_msg("%s: %s", cases[i].settings,
			    cases[i].password);
		}
		ward_agency_free(agency);
	}
}

/* The old one with little changed; and without the old one it is good. */
static void
test_weak__similar_to_the_old_one(void **state)
{
	static const struct {
		const char *old;
		enum ward_weakness weakness;
	} cases[] = {
		{ NULL, WARD_WEAK_NOT },
		{ "vB9#kq2Lw!", WARD_WEAK_SIMILAR },
		{ "vB9#kq2Lx!", WARD_WEAK_SIMILAR },
		{ "VB9#KQ2LW!", WARD_WEAK_SIMILAR },
		{ "#kq2Lw!vB9", WARD_WEAK_SIMILAR },
		{ "Tr8ub4#orK3", WARD_WEAK_NOT },
	};
	struct ward_weak *weak = open_weak("", NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct ward_candidate_of of = { .name = "u",
			.old = cases[i].old };

		assert_int_equal(find_of(weak, &of, "vB9#kq2Lw!"),
		    cases[i].weakness);
	}
	ward_weak_free(weak);
}

/* ---- cracklib's dictionary ------------------------------------------------- */

static void
test_weak__cracklib_finds_its_words(void **state)
{
	struct ward_weak *weak = open_weak("", DICTIONARY);

	(void)state;
	if (access(DICTIONARY ".pwd", R_OK) != 0) {
		ward_weak_free(weak);
		skip();
	}
	assert_null(ward_weak_lacks(weak));
	assert_int_equal(find(weak, "Rhododendron"), WARD_WEAK_DICTIONARY);
	assert_int_equal(find(weak, "Rhododendron7%"), WARD_WEAK_DICTIONARY);
	ward_weak_free(weak);
	/* Not where it is not looked into. */
	weak = open_weak("", NULL);
	assert_null(ward_weak_lacks(weak));
	assert_int_equal(find(weak, "Rhododendron"), WARD_WEAK_NOT);
	ward_weak_free(weak);
}

/* A dictionary of two blocks, made by hand: w00 to w16. */
struct dictionary {
	uint32_t index[5];
	char words[128];
	size_t words_size;
	uint32_t letters[256];
};

static void
make_dictionary(struct dictionary *d)
{
	const uint16_t block[2] = { 16, 0 };

	*d = (struct dictionary){ .index = { 0x70775631U, 17, 0, 0, 0 } };
	memcpy(&d->index[2], block, sizeof(block));
	memcpy(d->words, "w00", 4);
	d->words_size = 4;
	for (char i = 1; i < 16; i++) {
		char *at = d->words + d->words_size;

		at[0] = i < 10 ? 2 : 1;
		at[1] = i < 10 ? (char)('0' + i) : '1';
		at[2] = i < 10 ? '\0' : (char)('0' + i - 10);
		at[3] = '\0';
		d->words_size += i < 10 ? 3 : 4;
	}
	d->index[4] = (uint32_t)d->words_size;
	memcpy(d->words + d->words_size, "w16", 4);
	d->words_size += 4 + 15;
	for (size_t i = 'w'; i < 256; i++) {
		d->letters[i] = 16;
	}
}

static void
put_dictionary(const char *tree, const struct dictionary *d)
{
	ward_tree_put(tree, "/d.pwi", (const char *)d->index, sizeof(d->index));
	ward_tree_put(tree, "/d.pwd", d->words, d->words_size);
	ward_tree_put(tree, "/d.hwm", (const char *)d->letters,
	    sizeof(d->letters));
}

/* cracklib would write beyond its memory, or to standard error. */
static void
test_weak__a_torn_dictionary_is_not_asked(void **state)
{
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "d");
	struct dictionary d;

	(void)state;
	make_dictionary(&d);
	put_dictionary(tree, &d);
	assert_int_equal(ward_dictionary_check(path, NULL), 0);
	d.words_size--;
	put_dictionary(tree, &d);
	assert_int_equal(ward_dictionary_check(path, NULL), WARD_ERR_MISSING);
	d.words_size += 2;
	put_dictionary(tree, &d);
	assert_int_equal(ward_dictionary_check(path, NULL), WARD_ERR_MISSING);
	for (size_t i = 0; i < 5; i++) {
		make_dictionary(&d);
		d.index[i] ^= 0x00ff0000U;
		/* The pad is nothing. */
		put_dictionary(tree, &d);
		assert_int_equal(ward_dictionary_check(path, NULL),
		    i == 2 ? 0 : WARD_ERR_MISSING);
	}
	make_dictionary(&d);
	d.letters['w'] = 17;
	put_dictionary(tree, &d);
	assert_int_equal(ward_dictionary_check(path, NULL), WARD_ERR_MISSING);
	make_dictionary(&d);
	put_dictionary(tree, &d);
	ward_tree_put(tree, "/d.hwm", (const char *)d.letters, 1023);
	assert_int_equal(ward_dictionary_check(path, NULL), WARD_ERR_MISSING);
	ward_tree_put(tree, "/d.pwi", "", 0);
	assert_int_equal(ward_dictionary_check(path, NULL), WARD_ERR_MISSING);
	free(path);
	ward_tree_remove(tree);
}

static void
test_weak__a_missing_dictionary_is_told(void **state)
{
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "d");
	struct ward_weak *weak = open_weak("", path);
	struct dictionary d;

	(void)state;
	assert_string_equal(ward_weak_lacks(weak), path);
	/* The rest is looked at all the same. */
	assert_int_equal(find(weak, "vB9#kq2Lw!"), WARD_WEAK_NOT);
	assert_int_equal(find(weak, "Taipei101!"), WARD_WEAK_COMMON);
	ward_weak_free(weak);
	make_dictionary(&d);
	put_dictionary(tree, &d);
	ward_tree_chmod(tree, "d.pwd", 0666);
	weak = open_weak("", path);
	assert_string_equal(ward_weak_lacks(weak), path);
	ward_weak_free(weak);
	free(path);
	ward_tree_remove(tree);
}

static void
test_weak__any_length(void **state)
{
	struct ward_weak *weak = open_weak("", DICTIONARY);
	char text[WARD_PASSWORD_MAX + 1] = { 0 };

	(void)state;
	assert_int_equal(find(weak, ""), WARD_WEAK_NOT);
	for (size_t size = 1; size <= WARD_PASSWORD_MAX; size += 51) {
		memset(text, 'a', size);
		if (size >= 6) {
			assert_int_not_equal(find(weak, text), WARD_WEAK_NOT);
		}
	}
	for (size_t i = 0; i < WARD_PASSWORD_MAX; i++) {
		text[i] = (char)(i * 37 % 255 + 1);
	}
	assert_int_equal(find(weak, text), WARD_WEAK_NOT);
	/* Another rule's. */
	assert_int_equal(find(weak, "x#9"), WARD_WEAK_NOT);
	ward_weak_free(weak);
}

static void
test_weak_open__without_what_it_needs(void **state)
{
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "words");
	struct ward_plan *plan = weak_plan("");
	struct ward_plan *listed = weak_plan("breached = /var/list");
	struct ward_plan *relative = weak_plan("breached = list");
	struct ward_weak_places places = { .words = path };
	struct ward_weak *weak = NULL;
	const size_t fds = ward_open_fds();

	(void)state;
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL),
	    WARD_ERR_MISSING);
	ward_tree_put(tree, "words", "", 0);
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL),
	    WARD_ERR_SYNTAX);
	ward_tree_put(tree, "words", "a\t5\n", 4);
	ward_tree_chmod(tree, "words", 0666);
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL),
	    WARD_ERR_UNSAFE);
	places.words = NULL;
	places.root = tree;
	assert_int_equal(ward_weak_open(listed, &places, &weak, NULL),
	    WARD_ERR_MISSING);
	assert_int_equal(ward_weak_open(relative, &places, &weak, NULL),
	    WARD_ERR_SYNTAX);
	assert_null(weak);
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL), 0);
	ward_weak_free(weak);
	ward_weak_free(NULL);
	assert_int_equal(ward_open_fds(), fds);
	ward_plan_free(plan);
	ward_plan_free(listed);
	ward_plan_free(relative);
	free(path);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_weak__refuses_what_people_use),
		cmocka_unit_test(test_weak__lets_strong_ones_be),
		cmocka_unit_test(test_weak__says_how),
		cmocka_unit_test(test_weak__ids_need_their_check_digit),
		cmocka_unit_test(test_weak__random_ones_are_strong),
		cmocka_unit_test(
		    test_weak__random_ones_are_strong_to_cracklib_too),
		cmocka_unit_test(test_weak__words_of_the_agency),
		cmocka_unit_test(test_weak__similar_to_the_old_one),
		cmocka_unit_test(test_weak__cracklib_finds_its_words),
		cmocka_unit_test(test_weak__a_torn_dictionary_is_not_asked),
		cmocka_unit_test(test_weak__a_missing_dictionary_is_told),
		cmocka_unit_test(test_weak__any_length),
		cmocka_unit_test(test_weak_open__without_what_it_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
