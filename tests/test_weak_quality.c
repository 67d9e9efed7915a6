/* SPDX-License-Identifier: BSD-2-Clause */
/* How libpwquality and cracklib are asked, and what they leave behind. */
#include "tests/weak_case.h"

#include <ctype.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "policy/weak.h"
#include "policy/weak_parts.h"

#include "tests/memory.h"

#define DICTIONARY "/var/cache/cracklib/cracklib_dict"

static enum ward_weakness
ask(const char *old, const char *password, const char **ret_why)
{
	const struct ward_candidate_of of = { .name = "u1234", .old = old };
	enum ward_weakness weakness = WARD_WEAK_COUNT;

	assert_int_equal(ward_quality_find(DICTIONARY, &of, password,
			     strlen(password), &weakness, ret_why, NULL),
	    0);
	return weakness;
}

static int
needs_dictionary(void **state)
{
	(void)state;
	return access(DICTIONARY ".pwd", R_OK);
}

/* What people put around a word leaves it one, and capitals do. */
static void
test_words__adorned(void **state)
{
	static const struct {
		const char *password;
		enum ward_weakness weakness;
	} cases[] = {
		{ "Obedience2024", WARD_WEAK_DICTIONARY },
		{ "Treasurer@113", WARD_WEAK_DICTIONARY },
		{ "Auditor2025!", WARD_WEAK_DICTIONARY },
		{ "2024treasurer!", WARD_WEAK_DICTIONARY },
		{ "#1Obedience#1", WARD_WEAK_DICTIONARY },
		{ "Treasurers113!", WARD_WEAK_DICTIONARY },
		{ "Tre@surer2024", WARD_WEAK_DICTIONARY },
		{ "lasT1!", WARD_WEAK_DICTIONARY },
		{ "miDdle1!", WARD_WEAK_DICTIONARY },
		{ "obediencE1!", WARD_WEAK_DICTIONARY },
		{ "pariMUTUEL1!", WARD_WEAK_DICTIONARY },
		{ "Obedience#7x9Q!", WARD_WEAK_NOT },
		{ "Obqdience2024", WARD_WEAK_NOT },
		{ "lasT7#2q", WARD_WEAK_NOT },
	};

	if (needs_dictionary(state) != 0) {
		skip();
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why = NULL;
		const enum ward_weakness weakness = ask(NULL, cases[i].password,
		    &why);

		if (weakness != cases[i].weakness) {
			fail_msg("%s: %s", cases[i].password,
			    weakness_names[weakness]);
		}
	}
}

/* ---- no places for files ----------------------------------------------------- */

/* Both are asked with at most so many more files open; what is written to
 * standard error meanwhile is counted. */
static enum ward_weakness
ask_with_room(int room, const char *password, off_t *ret_noise, int *ret_opened)
{
	const struct rlimit all = { 0 };
	char path[] = "/tmp/ward-noise-XXXXXX";
	int noise = mkstemp(path), kept = dup(2);
	struct rlimit before = all, few;
	const char *why = NULL;
	enum ward_weakness weakness;

	assert_true(noise > 2 && kept > noise);
	(void)unlink(path);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = (rlim_t)kept + 1 + (rlim_t)room;
	assert_int_equal(dup2(noise, 2), 2);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	weakness = ask(NULL, password, &why);
	*ret_opened = ward_dictionary_check(DICTIONARY, NULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	(void)fflush(stderr);
	assert_int_equal(dup2(kept, 2), 2);
	*ret_noise = lseek(noise, 0, SEEK_END);
	(void)close(noise);
	(void)close(kept);
	assert_int_equal(weakness == WARD_WEAK_UNKNOWN, why != NULL);
	return weakness;
}

/* cracklib would say so in somebody else's program, and find no word. */
static void
test_places__none_free(void **state)
{
	const char *why = NULL;

	if (needs_dictionary(state) != 0) {
		skip();
	}
	(void)ask(NULL, "vB9#kq2Lw!", &why);
	for (int room = 0; room < 6; room++) {
		off_t noise = -1;
		int opened = 1;
		enum ward_weakness weakness = ask_with_room(room,
		    "rhododendron", &noise, &opened);

		assert_int_equal(noise, 0);
		assert_int_equal(weakness,
		    room < 2 ? WARD_WEAK_UNKNOWN : WARD_WEAK_DICTIONARY);
		/* It is not taken for one that is not there. */
		assert_int_equal(opened, room < 1 ? WARD_ERR_IO : 0);
		weakness = ask_with_room(room, "vB9#kq2Lw!", &noise, &opened);
		assert_int_equal(noise, 0);
		assert_int_equal(weakness,
		    room < 3 ? WARD_WEAK_UNKNOWN : WARD_WEAK_NOT);
	}
}

static void
test_places__the_dictionary_is_not_lacking(void **state)
{
	struct ward_plan *plan = weak_plan("");
	const struct ward_weak_places places = { .dictionary = DICTIONARY };
	struct ward_weak *weak = NULL;
	struct rlimit before = { 0 }, none;

	if (needs_dictionary(state) != 0) {
		ward_plan_free(plan);
		skip();
	}
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL),
	    WARD_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_null(weak);
	ward_plan_free(plan);
}

/* ---- traces ------------------------------------------------------------------ */

#define HIDDEN_SIZE 22
#define HIDDEN_KEY 0x15
#define WINDOW 5

/* "zKq#7Wv!x2Rp$8Ld@m4Tg%" and "Jy6^cF3&nH9*sB5-uQ1+eZ", never as they are. */
static const unsigned char hidden[2][HIDDEN_SIZE] = {
	{ 0x6f, 0x5e, 0x64, 0x36, 0x22, 0x42, 0x63, 0x34, 0x6d, 0x27, 0x47,
	    0x65, 0x31, 0x2d, 0x59, 0x71, 0x55, 0x78, 0x21, 0x41, 0x72, 0x30 },
	{ 0x5f, 0x6c, 0x23, 0x4b, 0x76, 0x53, 0x26, 0x33, 0x7b, 0x5d, 0x2c,
	    0x3f, 0x66, 0x57, 0x20, 0x38, 0x60, 0x44, 0x24, 0x3e, 0x70, 0x4f },
};

/* So many bytes of it one behind another, in any case. */
static size_t
count_windows(const unsigned char *bytes, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i + WINDOW <= size; i++) {
		for (size_t at = 0; at < 2 * (HIDDEN_SIZE - WINDOW + 1); at++) {
			const unsigned char *from = hidden[at % 2] + at / 2;
			size_t same = 0;

			while (same < WINDOW &&
			    tolower(bytes[i + same]) ==
				tolower(from[same] ^ HIDDEN_KEY)) {
				same++;
			}
			count += same == WINDOW;
		}
	}
	return count;
}

static void
uncover(char text[HIDDEN_SIZE + 1], size_t which)
{
	for (size_t i = 0; i < HIDDEN_SIZE; i++) {
		text[i] = (char)(hidden[which][i] ^ HIDDEN_KEY);
	}
	text[HIDDEN_SIZE] = '\0';
}

static void
test_leaves__nothing_on_the_heap(void **state)
{
	char password[HIDDEN_SIZE + 1], old[HIDDEN_SIZE + 1];
	const char *why = NULL;

	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip(); /* what is freed is not handed out again */
#endif
	if (!ward_memory_is_own()) {
		skip();
	}
	for (size_t i = 0; i < 3; i++) {
		uncover(password, 0);
		uncover(old, 1);
		assert_int_equal(ask(i == 0 ? NULL : old, password, &why),
		    WARD_WEAK_NOT);
		explicit_bzero(password, sizeof(password));
		explicit_bzero(old, sizeof(old));
		assert_int_equal(ward_memory_count(count_windows), 0);
	}
}

/* ---- in a program with threads --------------------------------------------- */

static atomic_bool enough;

static void *
ask_on_and_on(void *arg)
{
	const char *why;

	while (!enough) {
		(void)ask(NULL, "Obedience#7x9Q!", &why);
	}
	return arg;
}

static void
ask_in_child(void)
{
	const char *why;
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		(void)alarm(20);
		if (ask(NULL, "Obedience#7x9Q!", &why) == WARD_WEAK_NOT) {
			/* What the other thread had is no leak here. */
			(void)kill(getpid(), SIGKILL);
		}
		_exit(1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

/* A process made while another thread asks can ask as well. */
static void
test_fork__while_a_thread_asks(void **state)
{
	pthread_t thread;

	if (needs_dictionary(state) != 0) {
		skip();
	}
	assert_int_equal(pthread_create(&thread, NULL, ask_on_and_on, NULL), 0);
	for (int i = 0; i < 10; i++) {
		ask_in_child();
	}
	enough = true;
	assert_int_equal(pthread_join(thread, NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fork__while_a_thread_asks),
		cmocka_unit_test(test_words__adorned),
		cmocka_unit_test(test_places__none_free),
		cmocka_unit_test(test_places__the_dictionary_is_not_lacking),
		cmocka_unit_test(test_leaves__nothing_on_the_heap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
