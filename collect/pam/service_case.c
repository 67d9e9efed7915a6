/* SPDX-License-Identifier: BSD-2-Clause */
/* A call of a stack in a world: what its lines may do, and how it may end. */
#include <stdlib.h>
#include <string.h>

#include "collect/pam/service.h"

#define AUTHTOK_ERR 20
#define MAXTRIES 11
#define ACCT_EXPIRED 13
#define CODE(code) ((uint64_t)1 << (code))
#define SPENT_MAX 500000 /* lines of proofs, for one service */

static const int refusals[] = { WARD_PAM_PERM_DENIED, WARD_PAM_AUTH_ERR,
	MAXTRIES, ACCT_EXPIRED, AUTHTOK_ERR };

static bool
is_module(const struct ward_pam_handler *h, const char *name)
{
	const char *slash = h->module == NULL ? NULL : strrchr(h->module, '/');

	return h->module != NULL &&
	    strcmp(slash == NULL ? h->module : slash + 1, name) == 0;
}

void
ward_pam_side_read(struct ward_pam_judge *j, enum ward_pam_type type)
{
	const struct ward_pam_stack *stack = &j->service->stacks[type];
	struct ward_pam_side *s = &j->sides[type];
	size_t room = (size_t)stack->count + 1;

	s->stack = stack;
	s->type = type;
	s->lines = ward_pool_take(j->pool, room * sizeof(*s->lines));
	s->ours = ward_pool_take(j->pool, room * sizeof(*s->ours));
	if (s->lines == NULL || s->ours == NULL) {
		j->error = WARD_ERR_NOMEM;
		return;
	}
	for (uint32_t i = 0; i < stack->count && j->error == 0; i++) {
		const struct ward_pam_handler *h = &stack->handlers[i];

		if (h->kind != WARD_PAM_MODULE) {
			continue;
		}
		j->error = ward_pam_line_read(j->pam->files, h, type,
		    &s->lines[i], NULL);
		s->ours[i] = s->lines[i].module != NULL &&
		    is_module(h, "pam_acctward.so");
		s->has_ours |= s->ours[i];
		s->has_stranger |= s->lines[i].module == NULL;
	}
}

bool
ward_pam_side_stranger(const struct ward_pam_side *side, uint32_t handler)
{
	return side->stack->handlers[handler].kind == WARD_PAM_MODULE &&
	    side->lines[handler].module == NULL;
}

bool
ward_pam_is_ours(const struct ward_pam_case *c, uint32_t handler)
{
	return c->side->ours[handler];
}

/* The codes by which a module says no, if the line does the same about each of
 * them: then it does not matter which one it is. */
static uint64_t
find_refusals(const struct ward_pam_handler *h)
{
	uint64_t codes = 0;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (h->actions[refusals[i]] != h->actions[refusals[0]]) {
			return 0;
		}
		codes |= CODE(refusals[i]);
	}
	return codes;
}

/*
 * It may be what keeps the claim, and then says no: where that is not heeded,
 * the claim is broken whatever it is. In a password's first pass it is taken to
 * agree, as nothing is set where it does not.
 */
static size_t
stranger_may(const struct ward_pam_case *c, uint32_t handler, uint32_t pass,
    struct ward_pam_may mays[WARD_PAM_CASE_MAYS])
{
	bool password = c->side->type == WARD_PAM_PASSWORD;
	const struct ward_pam_handler *h = &c->side->stack->handlers[handler];
	uint64_t no = find_refusals(h);

	if (c->world.account == WARD_ACCOUNT_MUST_CHANGE &&
	    h->actions[WARD_PAM_NEW_AUTHTOK_REQD] !=
		h->actions[WARD_PAM_AUTH_ERR]) {
		no = 0;
	}

	mays[0] = (struct ward_pam_may){ WARD_PAM_ANY, WARD_BIT_UNSURE };
	if (password && pass == 0) {
		mays[0].bits = 0;
		return 1;
	}
	if (no == 0 || c->doubt) {
		return 1;
	}
	mays[0].codes &= ~no;
	mays[1] = (struct ward_pam_may){ no, password ? WARD_BIT_NO_TOKEN : 0 };
	return 2;
}

/* Root is not asked by pam_rootok, which goes by who runs the program: behind a
 * daemon that is root, and then it is everybody. Others ask for something
 * else. */
static size_t
vouch(const struct ward_pam_case *c, const struct ward_pam_handler *h,
    struct ward_pam_may mays[WARD_PAM_CASE_MAYS], size_t count)
{
	bool root = is_module(h, "pam_rootok.so");

	if (root && c->daemon) {
		mays[0] = (struct ward_pam_may){ CODE(WARD_PAM_SUCCESS), 0 };
		return 1;
	}
	if (c->side->type != WARD_PAM_AUTH ||
	    (!root && !is_module(h, "pam_google_authenticator.so"))) {
		return count;
	}
	for (size_t i = count; i > 0; i--) {
		struct ward_pam_may *may = &mays[i - 1];

		if ((may->codes & CODE(WARD_PAM_SUCCESS)) != 0) {
			mays[count++] = (struct ward_pam_may){
				CODE(WARD_PAM_SUCCESS),
				may->bits | WARD_BIT_VOUCHED,
			};
			may->codes &= ~CODE(WARD_PAM_SUCCESS);
		}
	}
	return count;
}

/* Does it go by who calls, not by whose account it is? */
static bool
minds_caller(const struct ward_pam_handler *h)
{
	for (uint32_t i = 0; i < h->arg_count; i++) {
		if (strcmp(h->args[i], "use_uid") == 0) {
			return true;
		}
	}
	return is_module(h, "pam_rootok.so");
}

/* Root sets anybody's: whose it is decides, and is not known. */
static bool
minds_account(const struct ward_pam_handler *h)
{
	return is_module(h, "pam_succeed_if.so") && !minds_caller(h);
}

static size_t
known_may(const struct ward_pam_case *c, uint32_t handler, uint32_t pass,
    struct ward_pam_may mays[WARD_PAM_CASE_MAYS])
{
	const struct ward_pam_line *line = &c->side->lines[handler];
	bool holds = c->holds == NULL || c->holds(c, handler);
	struct ward_pam_world world = c->world;
	size_t count = 0;

	if (c->side->type != WARD_PAM_PASSWORD && minds_caller(line->handler)) {
		world.by = WARD_BY_USER;
	}
	if (holds || c->either) {
		count = ward_pam_line_may(line, c->side->type, pass, &world,
		    mays);
	}
	if (c->side->type == WARD_PAM_PASSWORD &&
	    minds_account(line->handler)) {
		world.by = WARD_BY_USER;
		count += ward_pam_line_may(line, c->side->type, pass, &world,
		    mays + count);
	}
	if (!holds) {
		world.account = WARD_ACCOUNT_FINE;
		world.candidate = WARD_NEW_FINE;
		count += ward_pam_line_may(line, c->side->type, pass, &world,
		    mays + count);
	}
	return vouch(c, line->handler, mays, count);
}

size_t
ward_pam_case_may(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass, struct ward_pam_may mays[WARD_PAM_CASE_MAYS])
{
	const struct ward_pam_handler *h = &c->side->stack->handlers[handler];
	size_t count;

	if (h->kind != WARD_PAM_MODULE) {
		return 0;
	}
	if (ward_pam_side_stranger(c->side, handler)) {
		count = stranger_may(c, handler, pass, mays);
	} else {
		count = known_may(c, handler, pass, mays);
	}
	for (size_t i = 0; i < count && handler < c->asked; i++) {
		mays[i].bits &= (uint8_t)~WARD_BIT_NO_TOKEN;
	}
	return count;
}

static const struct ward_pam_may *
case_may(void *arg, uint32_t handler, uint32_t pass, size_t *ret_count)
{
	struct ward_pam_case *c = arg;

	*ret_count = ward_pam_case_may(c, handler, pass, c->mays);
	return c->mays;
}

bool
ward_pam_case_bits(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass, uint8_t bits)
{
	struct ward_pam_may mays[WARD_PAM_CASE_MAYS];
	size_t count = ward_pam_case_may(c, handler, pass, mays);

	for (size_t i = 0; i < count; i++) {
		if (mays[i].codes != 0 && (mays[i].bits & bits) == bits) {
			return true;
		}
	}
	return false;
}

bool
ward_pam_case_refuses(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass)
{
	struct ward_pam_may mays[WARD_PAM_CASE_MAYS];
	size_t count = ward_pam_case_may(c, handler, pass, mays);
	uint64_t codes = 0;

	for (size_t i = 0; i < count; i++) {
		codes |= mays[i].codes;
	}
	return codes != 0 &&
	    (codes & (CODE(WARD_PAM_SUCCESS) | CODE(WARD_PAM_IGNORE))) == 0;
}

/* A module that refuses in every case is not what is looked for. */
static bool
refuses_only_then(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass)
{
	struct ward_pam_case fine = *c;

	if (!ward_pam_case_refuses(c, handler, pass)) {
		return false;
	}
	fine.world.account = WARD_ACCOUNT_FINE;
	fine.world.candidate = WARD_NEW_FINE;
	return !ward_pam_case_refuses(&fine, handler, pass);
}

uint32_t
ward_pam_case_refuser(const struct ward_pam_case *c)
{
	uint32_t pass = c->side->type == WARD_PAM_PASSWORD, i = 0;

	while (i < c->side->stack->count && !refuses_only_then(c, i, pass)) {
		i++;
	}
	return i;
}

uint32_t
ward_pam_case_doer(const struct ward_pam_case *c, uint8_t bits)
{
	uint32_t pass = c->side->type == WARD_PAM_PASSWORD, i = 0;

	while (i < c->side->stack->count &&
	    !ward_pam_case_bits(c, i, pass, bits)) {
		i++;
	}
	return i;
}

struct ward_pam_proof *
ward_pam_case_prove(struct ward_pam_judge *j, struct ward_pam_case *c)
{
	const struct ward_pam_question question = {
		.stack = c->side->stack,
		.passes = c->side->type == WARD_PAM_PASSWORD ? 2 : 1,
		.care = c->care,
		.may = case_may,
		.arg = c,
	};
	struct ward_pam_proof *proof = NULL;
	int r;

	j->spent += c->side->stack->count;
	if (j->error != 0 || j->spent > SPENT_MAX) {
		return NULL;
	}
	r = ward_pam_prove(&question, &proof, NULL);
	if (r != 0 && r != WARD_ERR_RANGE) {
		j->error = r;
	}
	return r == 0 ? proof : NULL;
}

void
ward_pam_breach_keep(struct ward_pam_judge *j, struct ward_pam_breach *breach,
    struct ward_pam_step *steps, size_t count)
{
	breach->count = count;
	breach->steps = ward_pool_take(j->pool, (count + 1) * sizeof(*steps));
	if (breach->steps == NULL || (steps == NULL && count > 0)) {
		j->error = WARD_ERR_NOMEM;
		breach->count = 0;
	} else if (count > 0) {
		memcpy(breach->steps, steps, count * sizeof(*steps));
	}
	free(steps);
}

static bool
find(struct ward_pam_judge *j, const struct ward_pam_proof *proof,
    const struct ward_pam_end *end, uint8_t with, uint8_t without,
    struct ward_pam_breach *breach)
{
	struct ward_pam_step *steps = NULL;
	size_t count = 0;

	if (!ward_pam_proof_find(proof, end->code, with, end->without | without,
		&steps, &count)) {
		return false;
	}
	ward_pam_breach_keep(j, breach, steps, count);
	return true;
}

struct ward_pam_breach
ward_pam_case_end(struct ward_pam_judge *j, const struct ward_pam_proof *proof,
    const struct ward_pam_end *ends, size_t count, bool stranger)
{
	struct ward_pam_breach b = { .outcome = WARD_OUTCOME_UNSURE };

	if (proof == NULL) {
		return b;
	}
	for (size_t i = 0; i < count; i++) {
		if (find(j, proof, &ends[i], ends[i].with, WARD_BIT_UNSURE,
			&b)) {
			b.outcome = WARD_OUTCOME_BREAKS;
			return b;
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (find(j, proof, &ends[i], ends[i].with, 0, &b) ||
		    (stranger &&
			find(j, proof, &ends[i], WARD_BIT_UNSURE, 0, &b))) {
			return b;
		}
	}
	b.outcome = WARD_OUTCOME_HOLDS;
	return b;
}

struct ward_pam_breach
ward_pam_case_look(struct ward_pam_judge *j, struct ward_pam_case *c,
    const struct ward_pam_end *ends, size_t count)
{
	struct ward_pam_proof *proof = ward_pam_case_prove(j, c);
	struct ward_pam_breach b = ward_pam_case_end(j, proof, ends, count,
	    true);

	ward_pam_proof_free(proof);
	return b;
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int64_t *
ward_pam_side_numbers(struct ward_pam_judge *j,
    const struct ward_pam_side *side, enum ward_pam_number number, uint32_t of,
    size_t *ret_count)
{
	int64_t *all = ward_pool_take(j->pool,
	    ((size_t)side->stack->count + 1) * sizeof(*all));
	size_t count = 0, kept = 0;

	*ret_count = 0;
	if (all == NULL) {
		j->error = WARD_ERR_NOMEM;
		return NULL;
	}
	for (uint32_t i = 0; i < side->stack->count; i++) {
		const struct ward_pam_line *line = &side->lines[i];

		if (line->numbers[number].value.known &&
		    line->numbers[number].value.value > 0 && !side->ours[i] &&
		    (of == 0 || line->lockout == of)) {
			all[count++] = line->numbers[number].value.value;
		}
	}
	if (count > 0) {
		qsort(all, count, sizeof(*all), compare);
	}
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || all[i] != all[i - 1]) {
			all[kept++] = all[i];
		}
	}
	*ret_count = kept;
	return all;
}
