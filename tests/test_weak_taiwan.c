/* SPDX-License-Identifier: BSD-2-Clause */
/* What people in Taiwan choose, kind by kind; and beside each kind what looks
 * like it, and is not guessed that soon. */
#include "tests/weak_case.h"

#include "policy/weak_parts.h"

#define EACH 10

static const struct {
	const char *kind;
	const char *weak[EACH], *strong[EACH];
} kinds[] = {
	{ "names in Hanyu pinyin",
	    { "linwanting", "Chenguanyu1!", "wujunjie88", "Xuyating123",
		"ZhengYongFu", "huangmeihui520" },
	    { "linwquting7", "Brzguxnyvq1!", "Wjqnjxe880" } },
	{ "in Wade-Giles",
	    { "tsaichihming", "Hsuyating1!", "hsiehchiahao", "chengshufen88",
		"Kuochienhung", "Chouyichun123" },
	    { "tsqichxhmvng", "Hksuyqtbng1!" } },
	{ "in Tongyong",
	    { "jhangjhihhao", "sieyating123", "Liouguanyu1", "hongjyunjie",
		"Jhoumeihuei88" },
	    { "jhqngjxihhvo" } },
	{ "names and birthdays",
	    { "Mei660314!", "Wu19720314", "yating0314", "Lin0610314",
		"Hua810527!", "CMH19720314", "chen610314!" },
	    { "Mvq66x314!", "CMH1972kv314", "Bq83v-660314" } },
	{ "names on the keys of bopomofo",
	    { "tp6u83wu/6", "xup6j03u6!", "j;6vupu6", "5;gj6zp123",
		"vu,4ru8xu/6", "H9454jo3123", "xup6ru04cj/6" },
	    { "tq6u8xwo/6", "xvp9j03rw/2!", "h7d5u2ay/k" } },
	{ "words and phrases on them",
	    { "su3cl3a87", "w96j0bp6", "ru8u.6w96j0", "ji394ru8", "rupwu0cl3",
		"au/6wu0ru04", "vu3cj0wu0dj/", "ji394284c93", "Eji6ru8cl3!" },
	    { "sx3clea8v", "w9rj0kp6mz", "x7n2w9k4vb" } },
	{ "idioms",
	    { "wanshiruyi", "shiquanshimei88", "hualong2!", "g6fm06g6ao3",
		"yi1jian4zhong1qing2" },
	    { "wnshqruyx7k", "g6fmv6gkao9" } },
	{ "agencies",
	    { "mi4shu1shi4", "aup65/4nji3", "minzhengju113", "Ntpc@114",
		"shuilishu2025", "jingchaju110!", "PthgGov113!" },
	    { "mi4shx1qhi4", "Ntqz@1v4", "shvqlishx2o25" } },
	{ "national ids",
	    { "B187365420", "b187365420!", "B1873-65420", "024563781B",
		"187365420" },
	    { "B18x365q20", "bk187v654z0" } },
	{ "telephones",
	    { "0928375164", "4615738290", "+886-928-375-164", "02-27493816",
		"Tel0928375164", "27493816Ab", "(07)7493816", "28375164" },
	    { "09v8375q64", "T2749x816Abk" } },
	{ "licence plates",
	    { "KQX-4938", "4938-KX", "kqx-4938", "KQX-493!", "K7-4938!" },
	    { "KQX-49v8", "kQx-4V38", "z9KQX-4938" } },
	{ "zodiac and feasts",
	    { "Longnian113", "Scorpio1105", "hunian1998", "zhongqiujie1",
		"Gemini0605!", "shuangyuzuo" },
	    { "Lqngnvan113", "Scxrpqo1v05" } },
	{ "teams and brands",
	    { "Lions2024!", "Rakuten@114", "Ohtani17!", "Kymco125", "Ikea2024!",
		"wdragons11" },
	    { "Lqons2v24!", "Kymcx1k5q" } },
	{ "keys by columns and woven",
	    { "1qaz2wsx", "4rfv5tgb6yhn", "qpwoeiru", "alskdjfh", "1234!@#$Qw",
		"!QAZ0okm" },
	    { "1qzx8wpd", "qpvoekru7m" } },
	{ "syllables twice",
	    { "tingting99", "Meimei168", "lala5566", "doudou0520",
		"Niuniu123" },
	    { "tqngtvng99", "Mxkmvi168" } },
	{ "backwards",
	    { "38a4ua7k23ij", "!321gnitay", "4202iepiat", "89gnimoaix" },
	    { "38q4ux7k2vij", "4x0viqpkat" } },
};

static void
test_kinds__weak_and_strong(void **state)
{
	struct ward_list words = { 0 };
	unsigned int wrong = 0;

	(void)state;
	assert_int_equal(ward_list_open(words_path(), &words, NULL), 0);
	for (size_t i = 0; i < 2 * EACH * sizeof(kinds) / sizeof(*kinds); i++) {
		const size_t kind = i / (2 * EACH), at = i % (2 * EACH);
		const bool weak = at < EACH;
		const char *password = weak ? kinds[kind].weak[at] :
					      kinds[kind].strong[at - EACH];
		int cost = 0;

		if (password != NULL &&
		    (ward_cut(&words, password, strlen(password), &cost) !=
			WARD_WEAK_NOT) != weak) {
			print_error("%s: %s is %s (%d)\n", kinds[kind].kind,
			    password, weak ? "weak" : "strong", cost);
			wrong++;
		}
	}
	ward_list_close(&words);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds__weak_and_strong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
