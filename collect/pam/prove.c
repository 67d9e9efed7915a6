/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All that may happen in a stack, followed forward: control never goes back, so
 * each place is done once, with every state in which it can be reached. Of a
 * state only what can still matter is kept: six classes of impression and
 * status, those to which a reset may go back, and the bits asked for.
 */
#include <stdlib.h>

#include "collect/base/grow.h"
#include "collect/base/table.h"
#include "collect/pam/read.h"
#include "collect/pam/step.h"

#define STATES_MAX 4000000u
#define NONE UINT32_MAX
#define LEVELS WARD_PAM_DEPTH

enum kind {
	UNDECIDED,
	GOOD,
	GOOD_REQD, /* PAM_NEW_AUTHTOK_REQD: no later answer counts */
	GOOD_OTHER,
	BAD,
	BAD_REQD,
	CLASSES
};

/* A state of each class. */
static const struct ward_pam_state states[CLASSES] = {
	[UNDECIDED] = { 0, WARD_PAM_PERM_DENIED },
	[GOOD] = { 1, WARD_PAM_SUCCESS },
	[GOOD_REQD] = { 1, WARD_PAM_NEW_AUTHTOK_REQD },
	[GOOD_OTHER] = { 1, WARD_PAM_AUTH_ERR },
	[BAD] = { -1, WARD_PAM_PERM_DENIED },
	[BAD_REQD] = { -1, WARD_PAM_NEW_AUTHTOK_REQD },
};

/* The key of an entry: no padding. */
struct key {
	uint32_t place; /* pass * (count + 1) + handler */
	uint8_t class, bits;
	uint8_t saved[LEVELS]; /* a class for each level; unused: 0 */
	uint8_t none[2];
};

/* A place reached in a state, and the first way that was found there. */
struct entry {
	struct key key;
	uint32_t from; /* the entry before, or NONE */
	uint32_t next; /* the next one at the same place */
	uint8_t code;  /* what the handler of `from` returned */
};

struct ward_pam_proof {
	const struct ward_pam_stack *stack;
	uint32_t passes;
	uint8_t care;
	struct entry *entries;
	uint32_t count, room;
	/* The first and the last entry of each place, in the order in which
	 * they were found: a way by the lowest codes is found first. */
	uint32_t *heads, *tails;
	bool *resets; /* of each group: does a line in it reset? */
	struct ward_table *table;
};

static uint8_t
classify(struct ward_pam_state state)
{
	bool reqd = state.status == WARD_PAM_NEW_AUTHTOK_REQD;

	if (state.impression == 0) {
		return UNDECIDED;
	}
	if (state.impression < 0) {
		return reqd ? BAD_REQD : BAD;
	}
	return reqd                          ? GOOD_REQD :
	    state.status == WARD_PAM_SUCCESS ? GOOD :
					       GOOD_OTHER;
}

static const void *
key_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_pam_proof *p = arg;

	*ret_size = sizeof(struct key);
	return &p->entries[index].key;
}

/* Note that the place can be reached so, unless that is known. */
static int
reach(struct ward_pam_proof *p, const struct key *key, uint32_t from, int code)
{
	struct entry *more;
	uint32_t there;
	int r;

	if (p->count == STATES_MAX) {
		return WARD_ERR_RANGE;
	}
	more = ward_grow(p->entries, p->count, &p->room, sizeof(*more));
	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	p->entries = more;
	more[p->count] = (struct entry){
		.key = *key,
		.from = from,
		.next = NONE,
		.code = (uint8_t)code,
	};
	r = ward_table_put(p->table, p->count, &there);
	if (r == 0 && there == p->count) {
		if (p->heads[key->place] == NONE) {
			p->heads[key->place] = p->count;
		} else {
			more[p->tails[key->place]].next = p->count;
		}
		p->tails[key->place] = p->count++;
	}
	return r == 0 ? 0 : WARD_ERR_NOMEM;
}

/* The keys that one entry leads to: few, however many codes there are. */
struct near {
	struct key keys[WARD_PAM_CODES + 1];
	size_t count;
};

static bool
is_near(struct near *near, const struct key *key)
{
	for (size_t i = 0; i < near->count; i++) {
		if (near->keys[i].place == key->place &&
		    near->keys[i].class == key->class &&
		    near->keys[i].bits == key->bits) {
			return true;
		}
	}
	if (near->count < WARD_PAM_CODES + 1) {
		near->keys[near->count++] = *key;
	}
	return false;
}

/* Where a handler is left for one of a lower level, what was saved for those
 * between matters no more. */
static void
forget(const struct ward_pam_stack *stack, uint32_t next, struct key *key)
{
	uint32_t level = next < stack->count ? stack->handlers[next].level : 0;

	for (level++; level < LEVELS; level++) {
		key->saved[level] = 0;
	}
}

static int
follow_code(struct ward_pam_proof *p, uint32_t from, uint32_t base, int code,
    uint8_t bits, struct near *near)
{
	struct key key = p->entries[from].key;
	uint32_t index = key.place - base, next;
	uint8_t level = p->stack->handlers[index].level;
	struct ward_pam_state state = states[key.class];

	next = ward_pam_step(p->stack, index, code,
	    code == WARD_PAM_CODES ? -1 : code, false, states[key.saved[level]],
	    &state);
	key.place = base + next;
	key.class = classify(state);
	key.bits |= bits & p->care;
	forget(p->stack, next, &key);
	return is_near(near, &key) ? 0 : reach(p, &key, from, code);
}

/* A module that is not done is asked again, and then returns something else:
 * the call without that answer is among the others. */
static int
follow_may(struct ward_pam_proof *p, uint32_t from, uint32_t base,
    const struct ward_pam_may *may, struct near *near)
{
	for (int code = 0; code <= WARD_PAM_CODES; code++) {
		int r;

		if (code == WARD_PAM_INCOMPLETE ||
		    (may->codes >> code & 1) == 0) {
			continue;
		}
		r = follow_code(p, from, base, code, may->bits, near);
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

static int
enter(struct ward_pam_proof *p, uint32_t from, uint32_t base)
{
	struct key key = p->entries[from].key;
	const struct ward_pam_handler *h = &p->stack
						->handlers[key.place - base];
	uint32_t next = key.place + 1 - base;

	if (h->level + 1 < LEVELS && next < p->stack->count &&
	    p->stack->handlers[next].level > h->level &&
	    p->resets[p->stack->handlers[next].group]) {
		key.saved[h->level + 1] = key.class;
	}
	key.place++;
	return reach(p, &key, from, WARD_PAM_CODES);
}

static int
follow_handler(struct ward_pam_proof *p, const struct ward_pam_question *q,
    uint32_t pass, uint32_t index)
{
	const struct ward_pam_handler *h = &p->stack->handlers[index];
	uint32_t base = pass * (p->stack->count + 1);
	struct ward_pam_may alone = { 0, 0 };
	const struct ward_pam_may *may = &alone;
	size_t count = 1;
	int r = 0;

	if (h->kind == WARD_PAM_MODULE) {
		may = q->may(q->arg, index, pass, &count);
	} else if (h->kind != WARD_PAM_SUBSTACK) {
		alone.codes = (uint64_t)1 << ward_pam_own_code(h);
	}
	for (uint32_t at = p->heads[base + index]; at != NONE && r == 0;
	     at = p->entries[at].next) {
		struct near near = { .count = 0 };

		if (h->kind == WARD_PAM_SUBSTACK) {
			r = enter(p, at, base);
			continue;
		}
		for (size_t i = 0; i < count && r == 0; i++) {
			r = follow_may(p, at, base, &may[i], &near);
		}
	}
	return r;
}

/* A run begins anew behind one that succeeded, with what that has done. */
static int
begin_pass(struct ward_pam_proof *p, uint32_t pass)
{
	uint32_t base = pass * (p->stack->count + 1);
	struct key key = { .place = base };
	int r = 0;

	if (pass == 0) {
		return reach(p, &key, NONE, WARD_PAM_CODES);
	}
	for (uint32_t at = p->heads[base - 1]; at != NONE && r == 0;
	     at = p->entries[at].next) {
		if (p->entries[at].key.class == GOOD) {
			key.bits = p->entries[at].key.bits;
			r = reach(p, &key, at, WARD_PAM_CODES);
		}
	}
	return r;
}

static int
follow_all(struct ward_pam_proof *p, const struct ward_pam_question *q)
{
	int r = 0;

	for (uint32_t pass = 0; pass < q->passes && r == 0; pass++) {
		r = begin_pass(p, pass);
		for (uint32_t i = 0; i < p->stack->count && r == 0; i++) {
			r = follow_handler(p, q, pass, i);
		}
	}
	return r;
}

static void
find_resets(struct ward_pam_proof *p)
{
	for (uint32_t i = 0; i < p->stack->count; i++) {
		const struct ward_pam_handler *h = &p->stack->handlers[i];

		for (size_t code = 0; code < WARD_PAM_CODES; code++) {
			if (h->actions[code] == WARD_PAM_DO_RESET) {
				p->resets[h->group] = true;
			}
		}
	}
}

static int
make_room(struct ward_pam_proof *p)
{
	size_t places = ((size_t)p->stack->count + 1) * p->passes;

	p->heads = malloc(places * sizeof(*p->heads));
	p->tails = malloc(places * sizeof(*p->tails));
	p->resets = calloc((size_t)p->stack->count + 1, sizeof(*p->resets));
	if (p->heads == NULL || p->tails == NULL || p->resets == NULL ||
	    ward_table_new(key_of, p, &p->table) != 0) {
		return WARD_ERR_NOMEM;
	}
	for (size_t i = 0; i < places; i++) {
		p->heads[i] = NONE;
	}
	find_resets(p);
	return 0;
}

int
ward_pam_prove(const struct ward_pam_question *question,
    struct ward_pam_proof **ret_proof, struct ward_error *err)
{
	struct ward_pam_proof *p = calloc(1, sizeof(*p));
	int r = WARD_ERR_NOMEM;

	if (p != NULL) {
		p->stack = question->stack;
		p->passes = question->passes;
		p->care = question->care;
		r = make_room(p);
	}
	if (r == 0) {
		r = follow_all(p, question);
	}
	if (r != 0) {
		ward_pam_proof_free(p);
		return r == WARD_ERR_RANGE ?
		    ward_error_set(err, r, "the stack has too many cases") :
		    ward_error_set(err, r, "no memory");
	}
	*ret_proof = p;
	return 0;
}

void
ward_pam_proof_free(struct ward_pam_proof *proof)
{
	if (proof != NULL) {
		ward_table_free(proof->table);
		free(proof->entries);
		free(proof->heads);
		free(proof->tails);
		free(proof->resets);
		free(proof);
	}
}

size_t
ward_pam_proof_size(const struct ward_pam_proof *proof)
{
	return proof->count;
}

/* Did the entry come of a line that called a module, or failed in its place? */
static bool
is_step(const struct ward_pam_proof *p, uint32_t at, struct ward_pam_step *step)
{
	uint32_t from = p->entries[at].from, place, index;

	if (from == NONE) {
		return false;
	}
	place = p->entries[from].key.place;
	index = place % (p->stack->count + 1);
	if (index == p->stack->count ||
	    p->stack->handlers[index].kind == WARD_PAM_SUBSTACK) {
		return false;
	}
	*step = (struct ward_pam_step){
		.pass = place / (p->stack->count + 1),
		.handler = index,
		.code = p->entries[at].code,
	};
	return true;
}

static void
tell_way(const struct ward_pam_proof *p, uint32_t end,
    struct ward_pam_step **ret_steps, size_t *ret_count)
{
	struct ward_pam_step step, *steps;
	size_t count = 0, left;

	for (uint32_t at = end; at != NONE; at = p->entries[at].from) {
		count += is_step(p, at, &step);
	}
	steps = calloc(count + 1, sizeof(*steps));
	left = count;
	for (uint32_t at = end; at != NONE && steps != NULL;
	     at = p->entries[at].from) {
		if (is_step(p, at, &step)) {
			steps[--left] = step;
		}
	}
	*ret_steps = steps;
	*ret_count = count;
}

static bool
has_bits(const struct key *key, uint8_t with, uint8_t without)
{
	return (key->bits & with) == with && (key->bits & without) == 0;
}

/* The first run that does not succeed is the last one. */
bool
ward_pam_proof_find(const struct ward_pam_proof *proof, int code, uint8_t with,
    uint8_t without, struct ward_pam_step **ret_steps, size_t *ret_count)
{
	uint32_t size = proof->stack->count + 1;

	for (uint32_t pass = 0; pass < proof->passes; pass++) {
		for (uint32_t at = proof->heads[pass * size + size - 1];
		     at != NONE; at = proof->entries[at].next) {
			const struct key *key = &proof->entries[at].key;
			int result = ward_pam_result(states[key->class]);

			if (result == WARD_PAM_SUCCESS &&
			    pass + 1 < proof->passes) {
				continue;
			}
			if ((code == -1 || result == code) &&
			    has_bits(key, with, without)) {
				tell_way(proof, at, ret_steps, ret_count);
				return true;
			}
		}
	}
	return false;
}

bool
ward_pam_proof_reach(const struct ward_pam_proof *proof, uint32_t pass,
    uint32_t handler, uint8_t without, struct ward_pam_step **ret_steps,
    size_t *ret_count)
{
	uint32_t place = pass * (proof->stack->count + 1) + handler;

	for (uint32_t at = proof->heads[place]; at != NONE;
	     at = proof->entries[at].next) {
		if (has_bits(&proof->entries[at].key, 0, without)) {
			tell_way(proof, at, ret_steps, ret_count);
			return true;
		}
	}
	return false;
}
