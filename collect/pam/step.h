/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside collect/pam: what one module's answer does. Both the dispatcher and
 * the proof go by it. */
#ifndef WARD_PAM_STEP_H
#define WARD_PAM_STEP_H

#include "collect/pam/stack.h"

/* Before anything was called; what a reset on level 0 goes back to. */
#define WARD_PAM_START ((struct ward_pam_state){ 0, WARD_PAM_PERM_DENIED })

/*
 * The handler's module returned `code`; in a frozen run `cached` decides what is
 * done about it, else it is the same. Changes the state (`saved`: the one where
 * its substack was entered), and gives the index of the next handler.
 */
uint32_t ward_pam_step(const struct ward_pam_stack *stack, uint32_t index,
    int code, int cached, bool frozen, struct ward_pam_state saved,
    struct ward_pam_state *state);

/* What the application gets in the end. */
int ward_pam_result(struct ward_pam_state state);

/* What the line returns without a module, or -1: it has one. */
int ward_pam_own_code(const struct ward_pam_handler *handler);

#endif
