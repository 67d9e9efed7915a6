/* SPDX-License-Identifier: BSD-2-Clause */
/* collect/pam's dispatcher against the real one: WARD_STACKS random stacks. */
#include "tests/stack_case.h"

#include <signal.h>
#include <sys/wait.h>

#define CALLS_MAX 65536

/* What was called in which order, and what it was told to return: the same by
 * the count of calls, so that two runs agree as long as they go the same way. */
struct script {
	struct told told; /* the first member */
	uint64_t seed;
	size_t count;
	struct {
		enum told_call call;
		unsigned long module;
		int code;
	} calls[CALLS_MAX];
};

static int
told_code(uint64_t seed, size_t count)
{
	static const int codes[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 25, 12, 12,
		7, 7, 6, 10, 20, 28 };
	uint64_t x = (seed + count + 1) * 0x9e3779b97f4a7c15u;

	x ^= x >> 29;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 32;
	switch (x % 100) {
	case 0:
		return (x >> 8) % 2 == 0 ? -1 : 77;
	case 1:
		return PAM_INCOMPLETE;
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
		return (int)((x >> 8) % 33);
	default:
		return codes[(x >> 8) % LENGTH(codes)];
	}
}

static int
script_next(struct script *s, enum told_call call, const char *name)
{
	assert_true(s->count < CALLS_MAX);
	s->calls[s->count].call = call;
	s->calls[s->count].module = strtoul(name, NULL, 10);
	s->calls[s->count].code = told_code(s->seed, s->count);
	return s->calls[s->count++].code;
}

static int
told_next(struct told *told, enum told_call call, const char *name)
{
	return script_next((struct script *)told, call, name);
}

/* ---- the real one ---------------------------------------------------------- */

typedef int pam_call(pam_handle_t *, int);

static const struct {
	pam_call *call;
	const char *name;
} calls[] = {
	{ pam_authenticate, "authenticate" },
	{ pam_setcred, "setcred" },
	{ pam_acct_mgmt, "acct_mgmt" },
	{ pam_chauthtok, "chauthtok" },
	{ pam_open_session, "open_session" },
	{ pam_close_session, "close_session" },
};

#define ANSWERS LENGTH(calls)

/* libpam leaks what it has read when it refuses a service: not here. */
static bool
is_refused(const struct stack_host *h, struct told *told)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		/* So that nobody looks for leaks. */
		if (stack_start(h, told) == NULL) {
			(void)kill(getpid(), SIGKILL);
		}
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* Bit i of `skip`: without that call. */
static void
run_real(const struct stack_host *h, struct script *s, unsigned int skip,
    int answers[ANSWERS])
{
	pam_handle_t *pamh = stack_start(h, &s->told);

	if (pamh == NULL) {
		stack_show(h);
		fail_msg("libpam refuses it");
	}
	for (size_t i = 0; i < ANSWERS; i++) {
		answers[i] = -1;
		if ((skip & 1u << i) == 0) {
			do {
				answers[i] = calls[i].call(pamh, PAM_SILENT);
			} while (answers[i] == PAM_INCOMPLETE);
		}
	}
	assert_int_equal(pam_end(pamh, PAM_SUCCESS), PAM_SUCCESS);
}

/* ---- the model ------------------------------------------------------------- */

struct model {
	struct script *script;
	const struct ward_pam_stack *stack;
	enum told_call call;
};

static int
model_call(void *arg, uint32_t handler)
{
	struct model *m = arg;

	return script_next(m->script, m->call,
	    m->stack->handlers[handler].arg_count == 0 ?
		"" :
		m->stack->handlers[handler].args[0]);
}

static int
run_stack(struct script *s, const struct ward_pam_stack *stack, int *cached,
    enum told_call call)
{
	struct model m = { s, stack, call };
	struct ward_pam_run run = {
		.stack = stack,
		.cached = cached,
		.frozen = call == TOLD_SETCRED || call == TOLD_CLOSE,
		.call = model_call,
		.arg = &m,
	};
	int r;

	do {
		r = ward_pam_run(&run);
	} while (r == PAM_INCOMPLETE);
	return r;
}

static int *
cache_new(const struct ward_pam_stack *stack)
{
	int *cached = calloc(stack->count + 1, sizeof(*cached));

	assert_non_null(cached);
	for (uint32_t i = 0; i < stack->count; i++) {
		cached[i] = -1;
	}
	return cached;
}

static void
run_model(const struct ward_pam_service *service, struct script *s,
    unsigned int skip, int answers[ANSWERS])
{
	const struct ward_pam_stack *stacks = service->stacks;
	int *auth = cache_new(&stacks[WARD_PAM_AUTH]);
	int *session = cache_new(&stacks[WARD_PAM_SESSION]);
	const struct {
		enum ward_pam_type type;
		enum told_call call;
		int *cached;
	} runs[ANSWERS] = {
		{ WARD_PAM_AUTH, TOLD_AUTH, auth },
		{ WARD_PAM_AUTH, TOLD_SETCRED, auth },
		{ WARD_PAM_ACCOUNT, TOLD_ACCOUNT, NULL },
		{ WARD_PAM_PASSWORD, TOLD_PRELIM, NULL },
		{ WARD_PAM_SESSION, TOLD_OPEN, session },
		{ WARD_PAM_SESSION, TOLD_CLOSE, session },
	};

	for (size_t i = 0; i < ANSWERS; i++) {
		const struct ward_pam_stack *stack = &stacks[runs[i].type];

		answers[i] = -1;
		if ((skip & 1u << i) != 0) {
			continue;
		}
		answers[i] = run_stack(s, stack, runs[i].cached, runs[i].call);
		if (runs[i].call == TOLD_PRELIM && answers[i] == PAM_SUCCESS) {
			answers[i] = run_stack(s, stack, NULL, TOLD_UPDATE);
		}
	}
	free(auth);
	free(session);
}

/* ---- held against each other ------------------------------------------------ */

static bool
agree(const struct script *a, const struct script *b, const int real[ANSWERS],
    const int model[ANSWERS])
{
	bool same = a->count == b->count;

	for (size_t i = 0; i < a->count && i < b->count; i++) {
		if (a->calls[i].call != b->calls[i].call ||
		    a->calls[i].module != b->calls[i].module) {
			print_message("call %zu: module %lu, not %lu\n", i,
			    a->calls[i].module, b->calls[i].module);
			same = false;
			break;
		}
	}
	for (size_t i = 0; i < ANSWERS; i++) {
		if (real[i] != model[i]) {
			print_message("%s: %d, not %d\n", calls[i].name,
			    real[i], model[i]);
			same = false;
		}
	}
	return same;
}

/* What the stacks have come to, that none of it goes untested. */
struct tally {
	unsigned long runs, unsure, refused, faulty, called, good[ANSWERS];
};

static void
try_one(const struct stack_host *h, const struct ward_pam_service *service,
    struct tally *tally)
{
	static struct script real_script = { .told = { told_next } };
	static struct script model_script;
	int real[ANSWERS], model[ANSWERS];
	unsigned int skip = one_in(4) ? 1u << chance(ANSWERS) : 0;

	real_script.seed = model_script.seed = chance_state;
	real_script.count = model_script.count = 0;
	tally->runs++;
	tally->faulty += service->fault_count > 0;
	tally->refused += service->fate == WARD_PAM_REFUSED;
	if (service->fate != WARD_PAM_READ) {
		tally->unsure += service->fate == WARD_PAM_UNSURE;
		assert_true(service->fate == WARD_PAM_UNSURE ||
		    is_refused(h, &real_script.told));
		return;
	}
	run_real(h, &real_script, skip, real);
	run_model(service, &model_script, skip, model);
	if (!agree(&real_script, &model_script, real, model)) {
		stack_show(h);
		fail();
	}
	tally->called += real_script.count;
	for (size_t i = 0; i < ANSWERS; i++) {
		tally->good[i] += real[i] == PAM_SUCCESS;
	}
}

static void
test_ward_pam_run__as_libpam(void **state)
{
	static struct stack_host h;
	unsigned long rounds = stack_rounds(5000);
	struct ward_pam_service *service = NULL;
	struct tally tally = { .runs = 0 };
	struct timespec from, to;

	stack_host_new(&h);
	h.damage = *state != NULL;
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	for (unsigned long left = rounds; left > 0; left--) {
		stack_chance(&h);
		assert_int_equal(ward_pam_read(h.pam, "SVC", &service, NULL),
		    0);
		try_one(&h, service, &tally);
		try_one(&h, service, &tally);
		ward_pam_service_free(service);
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	print_message("%lu runs, %lu calls of modules, %lu with faults, %lu "
		      "refused, %lu unsure, %.1f s\n",
	    tally.runs, tally.called, tally.faulty, tally.refused, tally.unsure,
	    (double)(to.tv_sec - from.tv_sec) +
		(double)(to.tv_nsec - from.tv_nsec) / 1e9);
	for (size_t i = 0; i < ANSWERS; i++) {
		print_message("%s: %lu good\n", calls[i].name, tally.good[i]);
		assert_true(tally.good[i] > rounds / 50);
	}
	assert_true(tally.unsure < rounds / 10);
	stack_host_free(&h);
}

int
main(void)
{
	static bool damaged = true;
	const struct CMUnitTest tests[] = {
		{ "test_ward_pam_run__as_libpam", test_ward_pam_run__as_libpam,
		    NULL, NULL, NULL },
		{ "test_ward_pam_run__as_libpam, of damaged files",
		    test_ward_pam_run__as_libpam, NULL, NULL, &damaged },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
