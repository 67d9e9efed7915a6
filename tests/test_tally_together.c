/* SPDX-License-Identifier: BSD-2-Clause */
/* Many processes and threads at one account's file. */
#include "tally_case.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define CROWD (case_is_slow() ? 50u : 1000u)
#define THREADS 100

/* What one attempt came to, as exit status: bits. */
enum {
	SAID_OPEN = 1,
	SAID_LOCKED = 2,
	SAID_LOCKS = 4, /* its failure has locked the account */
	SAID_BROKEN = 64,
};

static char *tree;
static struct ward_state *dirs;

static int
setup(void **state)
{
	(void)state;
	tree = ward_tree_new(NULL);
	dirs = case_state(tree);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ward_state_close(dirs);
	ward_tree_remove(tree);
	return 0;
}

static void
pause_ms(long ms)
{
	struct timespec t = { .tv_nsec = ms * 1000000 };

	(void)nanosleep(&t, NULL);
}

/* Wait for a place, as long as all are taken. */
static int
enter(struct ward_tally *tally, const struct ward_limits *limits,
    enum ward_gate *ret_gate)
{
	struct ward_from from = { "sshd", "ssh", "203.0.113.7" };
	unsigned int seed = (unsigned int)getpid();
	int r;

	do {
		struct ward_instant now;

		r = ward_instant_now(&now, NULL);
		if (r == 0) {
			r = ward_tally_enter(tally, limits, &now, &from,
			    ret_gate, NULL);
		}
		if (r == 0 && *ret_gate == WARD_GATE_FULL) {
			pause_ms(1 + rand_r(&seed) % 5);
		}
	} while (r == 0 && *ret_gate == WARD_GATE_FULL);
	return r;
}

struct attempt {
	struct ward_limits limits;
	bool right, dies, reserves;
};

static int
answer(struct ward_tally *tally, const struct attempt *attempt)
{
	enum ward_gate gate = WARD_GATE_LOCKED;
	bool locks = false;
	struct ward_instant now;

	if (ward_instant_now(&now, NULL) != 0) {
		return SAID_BROKEN;
	}
	if (attempt->right) {
		return ward_tally_succeed(tally, &attempt->limits, &now, &gate,
			   NULL) == 0 &&
			gate == WARD_GATE_OPEN ?
		    SAID_OPEN :
		    SAID_BROKEN;
	}
	if (ward_tally_fail(tally, &attempt->limits, &now, NULL, &locks,
		NULL) != 0) {
		return SAID_BROKEN;
	}
	return SAID_OPEN | (locks ? SAID_LOCKS : 0);
}

static int
try_once(const struct attempt *attempt)
{
	struct ward_tally *tally = NULL;
	enum ward_gate gate = WARD_GATE_OPEN;
	int said = SAID_BROKEN;

	if (ward_tally_open(dirs, "wang", WARD_TALLY_MAKE, &tally, NULL) != 0) {
		return SAID_BROKEN;
	}
	if (attempt->reserves && enter(tally, &attempt->limits, &gate) != 0) {
		goto out;
	}
	if (gate == WARD_GATE_LOCKED) {
		said = SAID_LOCKED;
		goto out;
	}
	pause_ms(2); /* a password is tested */
	if (attempt->dies) {
		(void)raise(SIGKILL);
	}
	said = answer(tally, attempt);
out:
	ward_tally_close(tally);
	return said;
}

struct sum {
	unsigned int open, locked, locks, broken, killed;
};

static void
add(struct sum *sum, int said)
{
	sum->open += (said & SAID_OPEN) != 0;
	sum->locked += (said & SAID_LOCKED) != 0;
	sum->locks += (said & SAID_LOCKS) != 0;
	sum->broken += (said & SAID_BROKEN) != 0;
}

/* Until whoever holds the other end of the pipe closes it. */
static void
wait_for_end(int fd)
{
	char byte;

	while (read(fd, &byte, 1) > 0) {
	}
}

/* All begin when the pipe is closed. Every third one dies, if any is to. */
static struct sum
crowd(unsigned int count, struct attempt attempt, bool some_die)
{
	struct sum sum = { .open = 0 };
	int gate[2];

	assert_int_equal(pipe(gate), 0);
	for (unsigned int i = 0; i < count; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			(void)close(gate[1]);
			wait_for_end(gate[0]);
			attempt.dies = some_die && i % 3 == 0;
			_exit(try_once(&attempt));
		}
	}
	(void)close(gate[0]);
	(void)close(gate[1]);
	for (unsigned int i = 0; i < count; i++) {
		int status = 0;

		assert_true(wait(&status) > 0);
		if (WIFSIGNALED(status)) {
			assert_int_equal(WTERMSIG(status), SIGKILL);
			sum.killed++;
		} else {
			add(&sum, WEXITSTATUS(status));
		}
	}
	return sum;
}

static void
view_now(const struct ward_limits *limits, struct ward_tally_view *ret_view)
{
	struct ward_tally *tally = case_open(dirs);
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now;

	case_check(ward_instant_now(&now, &err), &err);
	case_check(ward_tally_view(tally, limits, &now, ret_view, &err), &err);
	ward_tally_close(tally);
}

/* However many guess at once, five passwords are tested. */
static void
test_crowd__wrong(void **state)
{
	struct ward_tally_view view;
	struct sum sum;

	(void)state;
	sum = crowd(CROWD,
	    (struct attempt){ .limits = case_limits, .reserves = true }, false);
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open, 5);
	assert_int_equal(sum.locked, CROWD - 5);
	assert_int_equal(sum.locks, 1);
	view_now(&case_limits, &view);
	assert_int_equal(view.count, 5);
	assert_int_equal(view.counting, 5);
	assert_int_equal(case_count(&view, WARD_FAILURE_LOCKED), 1);
}

/* Whoever dies meanwhile counts, too. */
static void
test_crowd__some_die(void **state)
{
	struct ward_tally_view view;
	struct sum sum;

	(void)state;
	sum = crowd(CROWD / 5,
	    (struct attempt){ .limits = case_limits, .reserves = true }, true);
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open + sum.killed, 5);
	view_now(&case_limits, &view);
	assert_int_equal(view.counting, 5);
	assert_true(view.locked);
}

/* A burst of right ones is no attack: all get in. */
static void
test_crowd__right(void **state)
{
	struct ward_tally_view view;
	struct sum sum;

	(void)state;
	case_wrongs(dirs, 2, 0);
	sum = crowd(100,
	    (struct attempt){ .limits = case_limits,
		.right = true,
		.reserves = true },
	    false);
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open, 100);
	view_now(&case_limits, &view);
	assert_int_equal(view.counting, 0);
}

/* No file yet: none of the failures is lost. */
static void
test_crowd__new_file(void **state)
{
	struct ward_limits limits = { 100, CASE_SECONDS };
	struct ward_tally_view view;
	struct sum sum;

	(void)state;
	sum = crowd(200, (struct attempt){ .limits = limits, .reserves = true },
	    false);
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open, 100);
	assert_int_equal(sum.locks, 1);
	view_now(&limits, &view);
	assert_int_equal(view.counting, 100);
	assert_int_equal(case_count(&view, WARD_FAILURE_FAILED), 99);
}

static void
test_crowd__new_file_not_reserved(void **state)
{
	struct ward_limits limits = { 100, CASE_SECONDS };
	struct ward_tally_view view;
	struct sum sum;

	(void)state;
	sum = crowd(90, (struct attempt){ .limits = limits }, false);
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open, 90);
	assert_int_equal(sum.locks, 0);
	view_now(&limits, &view);
	assert_int_equal(view.counting, 90);
}

struct runner {
	pthread_t thread;
	struct attempt attempt;
	int said;
};

static void *
run(void *arg)
{
	struct runner *runner = arg;

	runner->said = try_once(&runner->attempt);
	return NULL;
}

/* Locks are of an open tally, not of a process. */
static void
test_crowd__threads(void **state)
{
	static struct runner runners[THREADS];
	struct ward_tally_view view;
	struct sum sum = { .open = 0 };

	(void)state;
	for (size_t i = 0; i < THREADS; i++) {
		runners[i].attempt = (struct attempt){ .limits = case_limits,
			.reserves = true };
		assert_int_equal(pthread_create(&runners[i].thread, NULL, run,
				     &runners[i]),
		    0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(runners[i].thread, NULL), 0);
		add(&sum, runners[i].said);
	}
	assert_int_equal(sum.broken, 0);
	assert_int_equal(sum.open, 5);
	assert_int_equal(sum.locks, 1);
	view_now(&case_limits, &view);
	assert_int_equal(view.counting, 5);
}

/* A child that was forked meanwhile neither keeps the place, nor gives it
 * back. */
static void
test_fork__child_has_no_say(void **state)
{
	struct ward_tally *tally = case_open(dirs);
	struct ward_tally_view view;
	int status = 0, hold[2];
	pid_t pid;

	(void)state;
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_OPEN);
	assert_int_equal(pipe(hold), 0);
	pid = fork();
	if (pid == 0) {
		ward_tally_close(tally);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	case_view(dirs, &case_limits, 0, &view);
	assert_int_equal(case_count(&view, WARD_FAILURE_TESTING), 1);
	pid = fork();
	if (pid == 0) {
		(void)close(hold[1]);
		wait_for_end(hold[0]);
		_exit(0);
	}
	ward_tally_close(tally);
	case_view(dirs, &case_limits, 0, &view);
	assert_int_equal(case_count(&view, WARD_FAILURE_ABANDONED), 1);
	(void)close(hold[0]);
	(void)close(hold[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
}

/* Killed between reserving and an answer. */
static void
test_fork__killed_counts(void **state)
{
	struct ward_tally_view view;
	int status = 0;

	(void)state;
	for (unsigned int i = 0; i < 5; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			struct ward_tally *tally = case_open(dirs);

			(void)case_enter(tally, &case_limits, 0);
			(void)raise(SIGKILL);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		case_view(dirs, &case_limits, 0, &view);
		assert_int_equal(view.counting, i + 1);
		assert_int_equal(case_count(&view, WARD_FAILURE_ABANDONED),
		    i + 1);
		assert_int_equal(view.locked, i == 4);
	}
	assert_int_equal(case_wrong(dirs, 0), WARD_GATE_LOCKED);
}

#define TALLY_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALLY_TEST(test_crowd__wrong),
		TALLY_TEST(test_crowd__some_die),
		TALLY_TEST(test_crowd__right),
		TALLY_TEST(test_crowd__new_file),
		TALLY_TEST(test_crowd__new_file_not_reserved),
		TALLY_TEST(test_crowd__threads),
		TALLY_TEST(test_fork__child_has_no_say),
		TALLY_TEST(test_fork__killed_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
