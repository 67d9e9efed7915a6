/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of words, and the script that makes it. */
#include "tests/weak_case.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "policy/fold.h"
#include "policy/weak_parts.h"

static struct ward_list
open_list(const char *path)
{
	struct ward_list list = { 0 };
	struct ward_error err = { .language = WARD_ENGLISH };

	if (ward_list_open(path, &list, &err) != 0) {
		fail_msg("%s", err.text);
	}
	return list;
}

static int
bits_of(const struct ward_list *list, const char *word)
{
	struct ward_list_at at = ward_list_start(list);

	for (; *word != '\0'; word++) {
		if (!ward_list_step(list, &at, *word)) {
			return -1;
		}
	}
	return ward_list_bits(list, &at);
}

/* As policy/words/make.sh makes it of the lists in the directory. */
static int
run_script(const char *directory, const char *to)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		int null = open("/dev/null", O_WRONLY);

		if (fd >= 0 && null >= 0 && dup2(fd, 1) == 1 &&
		    dup2(null, 2) == 2) {
			(void)execl("/bin/sh", "sh", "policy/words/make.sh",
			    directory, (char *)NULL);
		}
		_exit(126);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const struct ward_tree_file few[] = {
	{ "/top.txt", "# first\nP@ssw0rd\nqwer1234\nTaipei\n" },
	{ "/english.txt", "zebra\nQuux\n" },
	{ "/places.txt", "taipei\nnantou\n" },
	{ "/names.txt", "wang2 = 王\nxu3 = 許\ncai4 = 蔡\nzhi4 hao2 = 志豪\n" },
	{ "/given.txt", "qing2\nya3\nzhe2\n" },
	{ "/syllables.txt", "shi4\nni3\n" },
	{ "/pinyin.txt",
	    "wo3 de5 mi4 ma3 = 我的密碼\nlv4 dao3 = 綠島\n"
	    "tian1 kong1 = 天空\nri4 ben3 = 日本\nquan2 jia1 = 全家\n" },
	{ NULL, NULL },
};

/* Of each kind of source, what comes out. */
static void
test_make__of_each_source(void **state)
{
	static const struct {
		const char *word;
		bool in;
	} cases[] = { { "password", true }, { "qwer1234", true },
		{ "taipei", true }, { "zebra", true }, { "quux", true },
		{ "nantou", true }, { "wang", true }, { "j;6", true },
		{ "hsu", true }, { "syu", true }, { "tsai", true },
		{ "chihhao", true }, { "jhihhao", true }, { "ching", true },
		{ "cing", true }, { "ya", true }, { "u83", true },
		{ "jhe", true }, { "g4", true }, { "shi4", true },
		{ "shi", false }, { "wodemima", true },
		{ "ji32k7au4a83", true }, { "ji2kaua8", true },
		{ "我的密碼", true }, { "ivdao", true }, { "iudao", true },
		{ "xm42l3", true }, { "wu0dj/", true }, { "wu0 dj/ ", true },
		{ "b41p3", true }, { "fm06ru8", true }, { "ji3", false },
		{ "first", false }, { "p@ssw0rd", false } };
	char *tree = ward_tree_new(few);
	char *path = ward_tree_path(tree, "words");
	struct ward_list list;

	(void)state;
	assert_int_equal(run_script(tree, path), 0);
	list = open_list(path);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if ((bits_of(&list, cases[i].word) >= 0) != cases[i].in) {
			fail_msg("%s", cases[i].word);
		}
	}
	ward_list_close(&list);
	free(path);
	ward_tree_remove(tree);
}

/* A wrong reading is no word of the list, but the end of it. */
static void
test_make__refuses_wrong_readings(void **state)
{
	static const char *const wrong[] = { "wo de5 = x\n", "bx3 = x\n",
		"3 = x\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		char *tree = ward_tree_new(few);
		char *path = ward_tree_path(tree, "words");

		ward_tree_put(tree, "/pinyin.txt", wrong[i], strlen(wrong[i]));
		assert_int_not_equal(run_script(tree, path), 0);
		free(path);
		ward_tree_remove(tree);
	}
}

/* awk and C fold alike, whatever the character. */
static void
test_make__folds_as_the_program_does(void **state)
{
	char *tree = ward_tree_new(few);
	char *path = ward_tree_path(tree, "words");
	char text[1024] = "";
	struct ward_list list;
	size_t size = 0;

	(void)state;
	for (char c = '!'; c <= '~'; c++) {
		/* "#" would begin a comment. */
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "qx%cyz\n", c);
	}
	ward_tree_put(tree, "/english.txt", text, size);
	assert_int_equal(run_script(tree, path), 0);
	list = open_list(path);
	for (char c = '!'; c <= '~'; c++) {
		const char word[] = { 'q', 'x', ward_fold(c), 'y', 'z', 0 };

		if (bits_of(&list, word) < 0) {
			fail_msg("%c", c);
		}
	}
	ward_list_close(&list);
	free(path);
	ward_tree_remove(tree);
}

static void
test_list__is_in_order_and_each_is_found(void **state)
{
	struct ward_list list = open_list(words_path());
	const char *before = "";
	size_t before_size = 0, lines = 0;

	(void)state;
	for (const char *at = list.bytes; at < list.bytes + list.size;) {
		const char *tab = strchr(at, '\t');
		char word[256];
		size_t size;

		assert_non_null(tab);
		size = (size_t)(tab - at);
		assert_in_range(size, 2, sizeof(word) - 1);
		assert_true(memcmp(before, at,
				before_size < size ? before_size : size) < 0 ||
		    before_size < size);
		memcpy(word, at, size);
		word[size] = '\0';
		assert_in_range(bits_of(&list, word), 1, 20);
		before = at;
		before_size = size;
		at = strchr(at, '\n') + 1;
		lines++;
	}
	assert_true(lines > 7000);
	ward_list_close(&list);
}

static void
expect_refused(const char *path)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_list list = { 0 };

	assert_int_equal(ward_list_open(path, &list, &err), WARD_ERR_SYNTAX);
	assert_non_null(strstr(err.text, path));
	assert_null(list.bytes);
}

/* Otherwise words are not found, and the weakest pass. */
static void
test_list__torn_or_changed(void **state)
{
	static const char *const wrong[] = { "", "\n", "a\tb\n", "a\t5\n",
		"#\t1\t2\t3\n", "a\t5\n#\n", "a\t5\n#\t1\n", "#\t0\t0\t0\n",
		"a\t5\n#\t1\t1\t1\n", "#" };
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "words");
	struct ward_list list = open_list(words_path());
	char *text = malloc(list.mapped);

	(void)state;
	assert_non_null(text);
	memcpy(text, list.bytes, list.mapped);
	ward_tree_put(tree, "words", text, list.mapped);
	ward_list_close(&list);
	list = open_list(path);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		ward_tree_put(tree, "words", wrong[i], strlen(wrong[i]));
		expect_refused(path);
	}
	ward_tree_put(tree, "words", text, list.size);
	expect_refused(path);
	for (size_t i = 1; i < 5; i++) {
		const char *line = strchr(text + list.size / 5 * i, '\n') + 1;

		ward_tree_put(tree, "words", text, (size_t)(line - text));
		expect_refused(path);
		ward_tree_put(tree, "words", line,
		    list.mapped - (size_t)(line - text));
		expect_refused(path);
	}
	/* Two bytes of one word changed for one another. */
	text[1000] ^= text[1003];
	text[1003] ^= text[1000];
	text[1000] ^= text[1003];
	ward_tree_put(tree, "words", text, list.mapped);
	if (text[1000] != text[1003]) {
		expect_refused(path);
	}
	ward_list_close(&list);
	free(text);
	free(path);
	ward_tree_remove(tree);
}

static void
test_list__has_what_it_was_made_for(void **state)
{
	static const char *const in[] = { "ji32k7au4a83", "password", "su3cl3",
		"woaini", "taipei", "kaohsiung", "nccst", "moda", "5201314",
		"iloveyou", "我愛你" };
	static const char *const out[] = { "", "p", "passwordx", "P@ssw0rd",
		"\t", "password\t2", "\n", "~~~~", "\xff" };
	struct ward_list list = open_list(words_path());

	(void)state;
	for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++) {
		char word[32] = "";

		/* Folded, unless it is typed in one way only. */
		for (size_t k = 0; in[i][k] != '\0'; k++) {
			word[k] = ward_fold(in[i][k]);
		}
		if (bits_of(&list, in[i]) < 0 && bits_of(&list, word) < 0) {
			fail_msg("%s", in[i]);
		}
	}
	for (size_t i = 0; i < sizeof(out) / sizeof(*out); i++) {
		assert_int_equal(bits_of(&list, out[i]), -1);
	}
	ward_list_close(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make__of_each_source),
		cmocka_unit_test(test_make__refuses_wrong_readings),
		cmocka_unit_test(test_make__folds_as_the_program_does),
		cmocka_unit_test(test_list__is_in_order_and_each_is_found),
		cmocka_unit_test(test_list__torn_or_changed),
		cmocka_unit_test(test_list__has_what_it_was_made_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
