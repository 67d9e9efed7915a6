/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside of a plan: its sections as written, and what follows from them. */
#ifndef WARD_PLAN_H
#define WARD_PLAN_H

#include "policy.h"

/* Every section has these two keys; its rule's settings come behind them. */
enum ward_common_key {
	WARD_KEY_CLAUSE = 0,
	WARD_KEY_STRENGTH,
	WARD_KEY_FIRST_SETTING
};

#define WARD_KEYS_MAX 8

struct ward_value {
	char *text;      /* NULL: not set. Else its one written form */
	uint32_t number; /* WARD_NUMBER; the choice of a WARD_CHOICE */
	struct ward_origin origin;
};

struct ward_section {
	enum ward_rule_id rule;
	enum ward_class class;
	char *instance; /* NAME of [obligation.NAME], [out_of_scope.NAME] */
	struct ward_origin origin;
	struct ward_value values[WARD_KEYS_MAX];
};

enum ward_head_key {
	WARD_HEAD_ID, /* these three are needed */
	WARD_HEAD_TITLE,
	WARD_HEAD_AGENCY,
	WARD_HEAD_LEVEL,
	WARD_HEAD_VERSION,
	WARD_HEAD_DATE,
	WARD_HEAD_KIND,    /* of enum ward_plan_kind, as a word */
	WARD_HEAD_EXTENDS, /* the pack that this one goes on from */
	WARD_HEAD_CLAUSES, /* every clause of the document, in its order */
	WARD_HEAD_COUNT
};

#define WARD_PACKS_MAX 24
/* What is asked of accounts of one class. */
struct ward_demand {
	enum ward_asker asker[WARD_RULE_COUNT];
	struct ward_value value[WARD_SETTING_COUNT];
	/* The documents' clauses, in the order of the documents. */
	struct ward_citation *citations[WARD_RULE_COUNT];
	size_t citation_count[WARD_RULE_COUNT];
};

struct ward_binding {
	enum ward_strength strength;
	const struct ward_plan *reference; /* the one that it is of, or NULL */
	const struct ward_demand *demand[WARD_CLASS_COUNT];
	/* Those of ward_binding_new(), one a class, with all that they hold;
	 * else NULL. */
	struct ward_demand *own;
};

/* Two that bind, and one for each reference. */
#define WARD_BINDINGS_MAX (WARD_REFERENCE + WARD_PACKS_MAX + 1)

/* Also what is read from acctward.conf: there only `chosen` and sections. */
struct ward_plan {
	struct ward_value head[WARD_HEAD_COUNT];
	struct ward_value chosen; /* [acctward] plan = ID */
	struct ward_value named;  /* [acctward] packs = ID ID */
	struct ward_section *sections;
	size_t count, room;
	/* What holds for each class, from its own section or the general one:
	 * made by ward_plan_compile(). */
	const struct ward_section *rule[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	const struct ward_value *value[WARD_CLASS_COUNT][WARD_SETTING_COUNT];
	const struct ward_value *clause[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	enum ward_strength strength[WARD_CLASS_COUNT][WARD_RULE_COUNT];

	struct ward_plan **packs; /* beside it; these have none of their own */
	size_t pack_count;
	/* What all of them ask for together: made by ward_plan_bind(). */
	struct ward_binding *bindings[WARD_BINDINGS_MAX];
	/* Of ward_plan_read_image(): one block holds it and all of its own. */
	bool one_block;
};

/* plan_value.c: the keys of a rule, and their values */

/* The key's index among the section's values, or WARD_KEYS_MAX. */
size_t ward_key_find(enum ward_rule_id rule, const char *key);
/* The i-th key's name, or NULL behind the last. */
const char *ward_key_name(enum ward_rule_id rule, size_t i);
/* The setting behind a key that is not one of the common ones. */
const struct ward_setting *ward_key_setting(enum ward_rule_id rule, size_t i);
/* Judge the text strictly; *ret_value gets text and number, no origin. `err`
 * gets the reason and what would be right. */
int ward_value_parse(enum ward_rule_id rule, size_t key, const char *text,
    struct ward_value *ret_value, struct ward_error *err);
/* "plan FILE:LINE", "agency FILE:LINE" or "built-in" (whose line is 1, so that
 * it can be told from none), as a dump writes them. The caller frees file. */
int ward_origin_parse(const char *text, struct ward_origin *ret_origin);
void ward_value_clear(struct ward_value *value);
int ward_value_copy(const struct ward_value *from, struct ward_value *to);
/* Tighten *value by the agency's: WARD_ERR_LOOSER where that would loosen. */
int ward_value_tighten(enum ward_rule_id rule, size_t key,
    struct ward_value *value, const struct ward_value *agency);

/* The stricter of the two, or both their words; what can't be compared stays
 * as it is. WARD_ERR_RANGE: too many words, or none that both allow. */
int ward_value_merge(enum ward_rule_id rule, size_t key,
    struct ward_value *value, const struct ward_value *other);

/* binding.c */

/* `reference`: the one that it is of, with WARD_REFERENCE; else NULL. */
int ward_binding_new(const struct ward_plan *plan, enum ward_strength strength,
    const struct ward_plan *reference, struct ward_binding **ret_binding,
    struct ward_error *err);
void ward_binding_free(struct ward_binding *binding);

/* plan_read.c: one file */

enum ward_layer {
	WARD_LAYER_PLAN,   /* a plan: [plan] and rules with their clauses */
	WARD_LAYER_AGENCY, /* acctward.conf: [acctward] and rules */
};

int ward_plan_read(const char *name, const char *text, size_t size,
    enum ward_layer layer, struct ward_plan *plan, struct ward_error *err);

/* plan_head.c */

extern const char *const ward_head_keys[WARD_HEAD_COUNT];
bool ward_plan_is_id(const char *id);
/* `named`: the file must be named by the id. */
int ward_plan_check_head(const struct ward_plan *plan, const char *path,
    bool named, struct ward_error *err);

/* plan_agency.c */

/* Tighten the plan, which has its packs, by the agency's settings, of which
 * there is a file each. */
int ward_plan_tighten(struct ward_plan *plan, struct ward_plan *const *agency,
    size_t count, struct ward_error *err);

/* clauses.c */

/* Are the clauses that the sections cite those that the head lists, if it
 * lists any? `name` stands in the message. */
int ward_plan_check_clauses(const struct ward_plan *plan, const char *name,
    struct ward_error *err);

/* plan.c */

struct ward_section *ward_plan_find(const struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class, const char *instance);
/* The value of one of its keys, from the class's own section or, where that
 * does not say it, the general one; either may be NULL. NULL: not set. */
const struct ward_value *ward_section_value(const struct ward_section *own,
    const struct ward_section *general, size_t key);
enum ward_strength ward_section_strength(const struct ward_section *own,
    const struct ward_section *general);
/* Append a section with these names and no values; NULL: no memory. */
struct ward_section *ward_plan_append(struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class, const char *instance);
/* Fill in what is built in, and work out what holds for whom; again after each
 * change. */
int ward_plan_finish(struct ward_plan *plan, struct ward_error *err);
/* Once all is finished: what the plan and its packs ask for together. */
int ward_plan_bind(struct ward_plan *plan, struct ward_error *err);
/* A section that the program itself puts into every plan, with no clause. */
bool ward_rule_is_builtin(enum ward_rule_id rule);

#endif
