/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/step.h"

/* A good answer counts as long as there was none but good ones; a cached "ok"
 * does not make an answer of PAM_IGNORE one. */
static void
take_good(struct ward_pam_state *state, int code, int cached)
{
	if (state->impression == 0 ||
	    (state->impression > 0 && state->status == WARD_PAM_SUCCESS)) {
		if (code != WARD_PAM_IGNORE || cached == code) {
			*state = (struct ward_pam_state){ 1, code };
		}
	}
}

/* The first bad answer is the one that is told. */
static void
take_bad(struct ward_pam_state *state, int code)
{
	if (state->impression >= 0) {
		*state = (struct ward_pam_state){ -1,
			code == WARD_PAM_IGNORE ? WARD_PAM_PERM_DENIED : code };
	}
}

/* Behind so many siblings, each with its substack. One too many is a mistake,
 * and then nothing good can come of it. */
static uint32_t
jump(const struct ward_pam_stack *stack, uint32_t index, uint32_t over,
    struct ward_pam_state *state)
{
	const struct ward_pam_handler *h = &stack->handlers[index];
	uint32_t left = h->size - h->rank - 1;

	if (over < left) {
		return stack->siblings[h->group + h->rank + 1 + over];
	}
	if (over > left) {
		*state = (struct ward_pam_state){ -1, WARD_PAM_PERM_DENIED };
	}
	return h->end;
}

uint32_t
ward_pam_step(const struct ward_pam_stack *stack, uint32_t index, int code,
    int cached, bool frozen, struct ward_pam_state saved,
    struct ward_pam_state *state)
{
	const struct ward_pam_handler *h = &stack->handlers[index];
	int32_t action = WARD_PAM_DO_BAD;

	if (cached >= 0 && cached < WARD_PAM_CODES) {
		action = h->actions[cached];
	} else {
		code = WARD_PAM_PERM_DENIED;
	}
	switch (action) {
	case WARD_PAM_DO_IGNORE:
		return index + 1;
	case WARD_PAM_DO_RESET:
		*state = saved;
		return index + 1;
	case WARD_PAM_DO_OK:
		take_good(state, code, cached);
		return index + 1;
	case WARD_PAM_DO_DONE:
		take_good(state, code, cached);
		return state->impression > 0 ? h->end : index + 1;
	case WARD_PAM_DO_BAD:
		take_bad(state, code);
		return index + 1;
	case WARD_PAM_DO_DIE:
		take_bad(state, code);
		return h->end;
	default:
		if (frozen && !stack->debian) {
			take_good(state, code, cached);
		}
		return jump(stack, index, (uint32_t)action, state);
	}
}

int
ward_pam_result(struct ward_pam_state state)
{
	return state.status == WARD_PAM_SUCCESS && state.impression <= 0 ?
	    WARD_PAM_PERM_DENIED :
	    state.status;
}

int
ward_pam_own_code(const struct ward_pam_handler *handler)
{
	switch (handler->kind) {
	case WARD_PAM_MISSING:
		return WARD_PAM_MODULE_UNKNOWN;
	case WARD_PAM_BROKEN:
		return WARD_PAM_PERM_DENIED;
	case WARD_PAM_MODULE:
	case WARD_PAM_SUBSTACK:
		break;
	}
	return -1;
}

/* The code by which a module is judged. In a frozen run, one that the run
 * before passed by is judged by its own. */
static int
cache(struct ward_pam_run *run, uint32_t index, int code)
{
	if (run->cached == NULL) {
		return code;
	}
	if (!run->frozen) {
		run->cached[index] = code;
		return code;
	}
	return run->cached[index] == -1 ? code : run->cached[index];
}

int
ward_pam_run(struct ward_pam_run *run)
{
	const struct ward_pam_stack *stack = run->stack;
	uint32_t i = run->resumed ? run->at : 0;

	if (!run->resumed) {
		run->state = run->saved[0] = WARD_PAM_START;
	}
	run->resumed = false;
	while (i < stack->count) {
		const struct ward_pam_handler *h = &stack->handlers[i];
		int code = ward_pam_own_code(h);

		if (h->kind == WARD_PAM_SUBSTACK) {
			run->saved[h->level + 1] = run->state;
			i++;
			continue;
		}
		if (h->kind == WARD_PAM_MODULE) {
			code = run->call(run->arg, i);
		}
		if (code == WARD_PAM_INCOMPLETE) {
			run->resumed = true;
			run->at = i;
			return code;
		}
		i = ward_pam_step(stack, i, code, cache(run, i, code),
		    run->frozen, run->saved[h->level], &run->state);
	}
	return ward_pam_result(run->state);
}
