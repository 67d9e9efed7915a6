/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * collect/pam's proofs: against every outcome tried in turn on WARD_STACKS
 * random stacks, and each refutation replayed in the real libpam.
 */
#include "tests/stack_case.h"

#define WAYS_MAX 2000  /* of one stack; those with more are passed by */
#define DEPTH_MAX 4096 /* calls of modules in one way */
#define BITS 4         /* combinations of the two bits that are asked for */

/* ---- what modules may do ---------------------------------------------------- */

struct modules {
	uint64_t seed;
	const struct ward_pam_stack *stack;
	struct ward_pam_may mays[2];
};

static uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* One to three codes, and perhaps some of them with a bit. */
static const struct ward_pam_may *
may(void *arg, uint32_t handler, uint32_t pass, size_t *ret_count)
{
	static const int codes[] = { 0, 0, 0, 25, 12, 7, 6, 32, 28, 10 };
	struct modules *m = arg;
	unsigned long module = strtoul(m->stack->handlers[handler].args[0],
	    NULL, 10);
	uint64_t x = mix(m->seed + module * 2 + pass);

	m->mays[0] = (struct ward_pam_may){ 0, (uint8_t)(x >> 40 & 3) };
	m->mays[1] = (struct ward_pam_may){ 0, (uint8_t)(x >> 42 & 1) };
	for (size_t left = 1 + x % 3; left > 0; left--) {
		x = mix(x);
		m->mays[x >> 50 & 1].codes |= (uint64_t)1
		    << codes[x % LENGTH(codes)];
	}
	*ret_count = 2;
	return m->mays;
}

/* ---- all ways, one after the other ------------------------------------------ */

struct ways {
	struct modules *modules;
	uint32_t pass;
	size_t depth;
	uint8_t bits;
	bool (*called)[2][BITS]; /* of each handler: pass, and bits before */
	uint16_t chosen[DEPTH_MAX], choices[DEPTH_MAX];
};

static int
take_choice(struct ways *w, const struct ward_pam_may *mays, size_t count,
    size_t chosen, size_t *ret_choices)
{
	int code = -1;

	*ret_choices = 0;
	for (size_t i = 0; i < count; i++) {
		for (int c = 0; c <= WARD_PAM_CODES; c++) {
			if ((mays[i].codes >> c & 1) == 0) {
				continue;
			}
			if ((*ret_choices)++ == chosen) {
				code = c;
				w->bits |= mays[i].bits;
			}
		}
	}
	return code == WARD_PAM_CODES ? 77 : code;
}

static int
ways_call(void *arg, uint32_t handler)
{
	struct ways *w = arg;
	size_t count = 0, choices;
	const struct ward_pam_may *mays = may(w->modules, handler, w->pass,
	    &count);
	int code;

	assert_true(w->depth < DEPTH_MAX);
	w->called[handler][w->pass][w->bits] = true;
	if (w->choices[w->depth] == 0) {
		w->chosen[w->depth] = 0;
	}
	code = take_choice(w, mays, count, w->chosen[w->depth], &choices);
	w->choices[w->depth++] = (uint16_t)choices;
	return code;
}

static int
run_way(struct ways *w, uint32_t passes)
{
	struct ward_pam_run run = {
		.stack = w->modules->stack,
		.call = ways_call,
		.arg = w,
	};
	int r = PAM_SUCCESS;

	w->depth = 0;
	w->bits = 0;
	for (w->pass = 0; w->pass < passes && r == PAM_SUCCESS; w->pass++) {
		r = ward_pam_run(&run);
	}
	return r;
}

/* To the next one; false behind the last. */
static bool
next_way(struct ways *w)
{
	while (w->depth > 0) {
		size_t at = w->depth - 1;

		if (w->chosen[at] + 1 < w->choices[at]) {
			w->chosen[at]++;
			return true;
		}
		w->choices[at] = 0;
		w->depth--;
	}
	return false;
}

/* Which combinations of bits PAM_SUCCESS and PAM_NEW_AUTHTOK_REQD come with.
 * False: there are too many ways. */
static bool
try_all(struct modules *m, uint32_t passes, bool good[BITS], bool reqd[BITS],
    bool (*called)[2][BITS])
{
	static struct ways w;
	size_t ways = 0;

	memset(&w, 0, sizeof(w));
	w.modules = m;
	w.called = called;
	do {
		int r = run_way(&w, passes);

		if (++ways > WAYS_MAX) {
			return false;
		}
		good[w.bits] |= r == PAM_SUCCESS;
		reqd[w.bits] |= r == PAM_NEW_AUTHTOK_REQD;
	} while (next_way(&w));
	return true;
}

/* ---- a refutation, for real --------------------------------------------------- */

struct replay {
	struct told told; /* the first member */
	const struct ward_pam_stack *stack;
	const struct ward_pam_step *steps;
	size_t at, count;
};

static int
replay_next(struct told *told, enum told_call call, const char *name)
{
	struct replay *r = (struct replay *)told;
	const struct ward_pam_handler *h;
	const struct ward_pam_step *step;

	do {
		assert_true(r->at < r->count);
		step = &r->steps[r->at++];
		h = &r->stack->handlers[step->handler];
	} while (h->kind != WARD_PAM_MODULE);
	assert_string_equal(name, h->args[0]);
	assert_int_equal(step->pass, call == TOLD_UPDATE);
	return step->code == WARD_PAM_CODES ? 77 : step->code;
}

static int
replay(const struct stack_host *h, enum ward_pam_type type, struct replay *r)
{
	static int (*const calls[WARD_PAM_TYPES])(pam_handle_t *,
	    int) = { pam_authenticate, pam_acct_mgmt, pam_chauthtok,
		pam_open_session };
	pam_handle_t *pamh = stack_start(h, &r->told);
	int answer;

	assert_non_null(pamh);
	answer = calls[type](pamh, PAM_SILENT);
	(void)pam_end(pamh, PAM_SUCCESS);
	return answer;
}

/* Are the steps what the modules may do without setting these bits? */
static void
check_steps(struct modules *m, const struct replay *r, uint8_t without)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct ward_pam_step *step = &r->steps[i];
		const struct ward_pam_may *mays;
		bool may_be = false;
		size_t count;

		if (r->stack->handlers[step->handler].kind != WARD_PAM_MODULE) {
			continue;
		}
		mays = may(m, step->handler, step->pass, &count);
		for (size_t j = 0; j < count; j++) {
			may_be |= (mays[j].codes >> step->code & 1) != 0 &&
			    (mays[j].bits & without) == 0;
		}
		assert_true(may_be);
	}
}

struct tally {
	unsigned long stacks, proved, refuted, many;
};

static bool
has_without(const bool found[BITS], uint8_t without)
{
	for (uint8_t bits = 0; bits < BITS; bits++) {
		if (found[bits] && (bits & without) == 0) {
			return true;
		}
	}
	return false;
}

static void
check_one(const struct stack_host *h, struct modules *m,
    const struct ward_pam_proof *proof, enum ward_pam_type type, int code,
    const bool found[BITS], struct tally *tally)
{
	for (uint8_t without = 0; without < BITS; without++) {
		struct replay r = { .told = { replay_next },
			.stack = m->stack };
		struct ward_pam_step *steps = NULL;
		bool can = has_without(found, without);

		if (ward_pam_proof_find(proof, code, 0, without, &steps,
			&r.count) != can) {
			stack_show(h);
			fail_msg("%s, code %d without %d: %d\n",
			    ward_pam_type_name(type), code, without, can);
		}
		tally->proved += !can;
		tally->refuted += can;
		if (can) {
			assert_non_null(steps);
			r.steps = steps;
			check_steps(m, &r, without);
			assert_int_equal(replay(h, type, &r), code);
			free(steps);
		}
	}
}

static void
check_reach(const struct ward_pam_proof *proof,
    const struct ward_pam_stack *stack, uint32_t passes,
    bool (*called)[2][BITS])
{
	for (uint32_t i = 0; i < stack->count * passes * BITS; i++) {
		uint32_t handler = i / BITS / passes, pass = i / BITS % passes;
		struct ward_pam_step *steps = NULL;
		size_t count;

		if (stack->handlers[handler].kind == WARD_PAM_MODULE) {
			assert_int_equal(ward_pam_proof_reach(proof, pass,
					     handler, i % BITS, &steps, &count),
			    has_without(called[handler][pass], i % BITS));
			free(steps);
		}
	}
}

static void
check_type(const struct stack_host *h, const struct ward_pam_service *service,
    enum ward_pam_type type, struct tally *tally)
{
	struct modules m = { .seed = chance_state,
		.stack = &service->stacks[type] };
	const struct ward_pam_question question = { .stack = m.stack,
		.passes = type == WARD_PAM_PASSWORD ? 2 : 1,
		.care = BITS - 1,
		.may = may,
		.arg = &m };
	bool good[BITS] = { false }, reqd[BITS] = { false };
	bool(*called)[2][BITS] = calloc(m.stack->count + 1, sizeof(*called));
	struct ward_pam_proof *proof = NULL;

	(void)chance(2);
	assert_non_null(called);
	if (!try_all(&m, question.passes, good, reqd, called)) {
		tally->many++;
		free(called);
		return;
	}
	assert_int_equal(ward_pam_prove(&question, &proof, NULL), 0);
	check_one(h, &m, proof, type, PAM_SUCCESS, good, tally);
	check_one(h, &m, proof, type, PAM_NEW_AUTHTOK_REQD, reqd, tally);
	check_reach(proof, m.stack, question.passes, called);
	ward_pam_proof_free(proof);
	free(called);
	tally->stacks++;
}

static void
test_ward_pam_prove__as_all_ways_tried(void **state)
{
	static struct stack_host h;
	struct ward_pam_service *service = NULL;
	struct tally tally = { .stacks = 0 };

	(void)state;
	stack_host_new(&h);
	h.most = 5;
	for (unsigned long left = stack_rounds(1500); left > 0; left--) {
		stack_chance(&h);
		assert_int_equal(ward_pam_read(h.pam, "svc", &service, NULL),
		    0);
		for (size_t t = 0;
		     service->fate == WARD_PAM_READ && t < WARD_PAM_TYPES;
		     t++) {
			check_type(&h, service, t, &tally);
		}
		ward_pam_service_free(service);
	}
	print_message("%lu stacks: %lu proved, %lu refuted; %lu with too many "
		      "ways\n",
	    tally.stacks, tally.proved, tally.refuted, tally.many);
	assert_true(tally.proved > tally.stacks);
	assert_true(tally.refuted > tally.stacks / 2);
	stack_host_free(&h);
}

/* ---- stacks as people have them ------------------------------------------------ */

/* ---- what it costs ------------------------------------------------------------ */

static const struct ward_pam_may *
may_anything(void *arg, uint32_t handler, uint32_t pass, size_t *ret_count)
{
	static const struct ward_pam_may mays[] = { { WARD_PAM_ANY, 0 },
		{ 1, 1 }, { 1, 2 } };

	(void)arg, (void)handler, (void)pass;
	*ret_count = LENGTH(mays);
	return mays;
}

static size_t
states(const struct ward_tree_file *files, uint32_t passes, uint32_t *ret_count)
{
	char *tree = ward_tree_new(files);
	const struct ward_pam_options options = { .root = tree };
	struct ward_pam_question question = { .passes = passes,
		.care = 3,
		.may = may_anything };
	struct ward_pam_service *service = NULL;
	struct ward_pam_proof *proof = NULL;
	struct ward_pam *pam = NULL;
	size_t size;

	assert_int_equal(ward_pam_open(&options, &pam, NULL), 0);
	assert_int_equal(ward_pam_read(pam, "svc", &service, NULL), 0);
	assert_int_equal(service->fault_count, 0);
	question.stack = &service->stacks[WARD_PAM_AUTH];
	assert_int_equal(ward_pam_prove(&question, &proof, NULL), 0);
	size = ward_pam_proof_size(proof);
	*ret_count = question.stack->count;
	ward_pam_proof_free(proof);
	ward_pam_service_free(service);
	ward_pam_close(pam);
	ward_tree_remove(tree);
	return size;
}

static void
test_ward_pam_prove__linear(void **state)
{
	static const char *const lines[] = {
		"auth required a.so\n",
		"auth [success=3 new_authtok_reqd=2 default=ignore] b.so\n",
		"auth [default=50 success=ok] c.so\n",
		"auth sufficient d.so\n",
		"auth [success=reset ignore=5000 default=bad] e.so\n",
		"auth substack /etc/pam.d/part\n",
	};
	static const char part[] = "auth [success=ok default=reset] f.so\n"
				   "auth requisite g.so\n";

	(void)state;
	for (uint32_t count = 100; count <= 10000; count *= 10) {
		char *text = NULL;
		size_t size, found;
		uint32_t handlers;
		FILE *stream = open_memstream(&text, &size);

		assert_non_null(stream);
		for (uint32_t i = 0; i < count; i++) {
			(void)fputs(lines[i % LENGTH(lines)], stream);
		}
		assert_int_equal(fclose(stream), 0);
		const struct ward_tree_file files[] = { { "/etc/pam.d/svc",
							    text },
			{ "/etc/pam.d/part", part }, { NULL, NULL } };
		found = states(files, 2, &handlers);
		print_message("%u lines: %zu states\n", handlers, found);
		/* Of two runs, with four combinations of bits. */
		assert_true(found < (size_t)handlers * 44);
		assert_true(found > (size_t)handlers * 42);
		free(text);
	}
}

/* The worst that substacks can do: all of them nested, each with a reset. */
static void
test_ward_pam_prove__nested(void **state)
{
	static const char text[] =
	    "auth [default=ok] a.so\n"
	    "auth [success=ok new_authtok_reqd=ok auth_err=bad abort=reset "
	    "default=ignore] b.so\n";
	struct ward_tree_file files[17] = { { "/etc/pam.d/svc", NULL } };
	char *texts[16], *names[16];
	uint32_t handlers;
	size_t found;

	(void)state;
	for (int i = 0; i < 16; i++) {
		assert_true(asprintf(&names[i], "/etc/pam.d/%s%.0d",
				i == 0 ? "svc" : "n", i) > 0);
		assert_true(asprintf(&texts[i],
				i == 15 ? "%s" :
					  "%sauth substack n%d\nauth required "
					  "z.so\n",
				strchr(text, '\n') + 1, i + 1) > 0);
		files[i] = (struct ward_tree_file){ names[i], texts[i] };
	}
	found = states(files, 1, &handlers);
	print_message("%u lines: %zu states\n", handlers, found);
	assert_true(found < 1000000);
	for (int i = 0; i < 16; i++) {
		free(names[i]);
		free(texts[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ward_pam_prove__as_all_ways_tried),
		cmocka_unit_test(test_ward_pam_prove__linear),
		cmocka_unit_test(test_ward_pam_prove__nested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
