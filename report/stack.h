/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports of PAM stacks have in common. */
#ifndef WARD_STACK_H
#define WARD_STACK_H

#include "report/formats.h"

extern const struct ward_stack_format ward_stack_json, ward_stack_text;

/* What is claimed of one thing, by claims that stand together. */
struct ward_stack_group {
	const char *about; /* "A new password" */
	const char *none;  /* where there is no case of any of them */
	enum ward_claim_id first, last;
};

#define WARD_STACK_GROUPS 3

extern const struct ward_stack_group ward_stack_groups[WARD_STACK_GROUPS];

/* "lock": at most four columns of a terminal, in either language. */
const char *ward_stack_column(enum ward_claim_id claim);
/* "failures": what the claim's number counts; NULL: it has none. */
const char *ward_stack_unit(enum ward_claim_id claim);
/* Behind what the group is about: what is claimed, whether or not it holds. */
const char *ward_stack_plain(enum ward_claim_id claim);
/* The same of one that holds, with its numbers. */
void ward_stack_held_text(const struct ward_report *report,
    enum ward_claim_id id, const struct ward_claim *claim, char *text,
    size_t size);
/* "held", and its colour. */
const char *ward_stack_proof_word(enum ward_proof proof);
const char *ward_stack_proof_color(const struct ward_report *report,
    enum ward_proof proof);
/* In the reader's language, cleaned; "" for NULL. */
void ward_stack_why_text(const struct ward_report *report, const char *why,
    char *text, size_t size);
/* "/etc/pam.d/sshd:4", cleaned. */
void ward_stack_place_text(const struct ward_source *source,
    char text[WARD_CLEAN_SIZE]);

/* Are they of the same proof, for the same reason, at the same place? */
bool ward_stack_is_alike(const struct ward_claim *a,
    const struct ward_claim *b);
/* Is there something to tell of root that was not told of users? */
bool ward_stack_differs(const struct ward_service *claims,
    enum ward_claim_id id);
/* The worst of the service's claims, for users and root. */
enum ward_proof ward_stack_worst(const struct ward_service *claims);

/* What was proved of one service, for people. */
int ward_stack_put_proof(const struct ward_report *report,
    const struct ward_service *claims);

/* Of all services: what stands in the report's state is theirs. */
int ward_stack_table_begin(struct ward_report *report);
int ward_stack_table_row(struct ward_report *report,
    const struct ward_stack *stack);
int ward_stack_table_end(struct ward_report *report,
    const struct ward_stack_summary *summary);
void ward_stack_table_free(struct ward_report *report);

#endif
