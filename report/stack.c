/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports of PAM stacks have in common, and their table. */
#include "report/stack.h"

#include <string.h>

static const struct ward_stack_format *const formats[] = {
	&ward_stack_text,
	&ward_stack_json,
};

const struct ward_stack_format *
ward_stack_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			return formats[i];
		}
	}
	return NULL;
}

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
is_same_place(const struct ward_source *a, const struct ward_source *b)
{
	return a->line == b->line && is_same(a->file, b->file);
}

static bool
is_same_number(struct ward_optional a, struct ward_optional b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool
is_same_way(const struct ward_claim *a, const struct ward_claim *b)
{
	bool same = a->step_count == b->step_count;

	for (size_t i = 0; i < a->step_count && same; i++) {
		same = is_same_place(&a->steps[i].source,
			   &b->steps[i].source) &&
		    is_same(a->steps[i].code, b->steps[i].code);
	}
	return same;
}

/* The way is told of what is broken only. */
bool
ward_stack_is_alike(const struct ward_claim *a, const struct ward_claim *b)
{
	return a->proof == b->proof && is_same(a->why, b->why) &&
	    is_same_place(&a->source, &b->source) &&
	    (a->proof != WARD_PROOF_BROKEN || is_same_way(a, b));
}

bool
ward_stack_differs(const struct ward_service *claims, enum ward_claim_id id)
{
	const struct ward_claim *user = &claims->claims[WARD_BY_USER][id];
	const struct ward_claim *root = &claims->claims[WARD_BY_ROOT][id];

	if (user->proof != root->proof || user->by_plan != root->by_plan) {
		return true;
	}
	/* By the plan the same holds, whatever would without it. */
	if (user->proof == WARD_PROOF_HELD && user->by_plan) {
		return false;
	}
	if (user->proof == WARD_PROOF_HELD) {
		return !is_same_number(user->number, root->number) ||
		    !is_same_number(user->seconds, root->seconds);
	}
	return user->proof != WARD_PROOF_NONE &&
	    (!is_same(user->why, root->why) ||
		!is_same_place(&user->source, &root->source));
}

enum ward_proof
ward_stack_worst(const struct ward_service *claims)
{
	static const int badness[WARD_PROOF_COUNT] = {
		[WARD_PROOF_NONE] = 0,
		[WARD_PROOF_HELD] = 1,
		[WARD_PROOF_UNKNOWN] = 2,
		[WARD_PROOF_BROKEN] = 3,
	};
	enum ward_proof worst = WARD_PROOF_NONE;

	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			enum ward_proof proof = claims->claims[by][id].proof;

			worst = badness[proof] > badness[worst] ? proof : worst;
		}
	}
	return worst;
}

void
ward_stack_count(const struct ward_stack *stack,
    struct ward_stack_summary *summary)
{
	summary->faulty += stack->service->fate != WARD_PAM_READ ||
	    stack->service->fault_count > 0;
	if (stack->claims->fragment) {
		summary->fragments++;
		return;
	}
	summary->services++;
	summary->proofs[ward_stack_worst(stack->claims)]++;
}
