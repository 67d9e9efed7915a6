/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A plan from a few lines, facts about one account, and what the evaluation
 * says of them. Everything here fails the test by itself when it can't do
 * what it is asked for.
 */
#ifndef WARD_TESTS_JUDGE_H
#define WARD_TESTS_JUDGE_H

#include "tests/support.h"

#include "policy/policy.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* What every plan of ward_judge_plan() begins with: four lines. */
#define WARD_JUDGE_HEAD "[plan]\nid = TEST\ntitle = Test\nagency = Tests\n"
/* 2026-11-20T12:00:00+08:00, and its day as shadow(5) counts it. */
#define WARD_JUDGE_NOW 1795147200
#define WARD_JUDGE_DAY 20777

/* One finding, its strings copied. */
struct ward_said {
	enum ward_rule_id rule;
	enum ward_strength strength;
	enum ward_verdict verdict;
	enum ward_class class;
	enum ward_subject_type type;
	enum ward_reason_id reason;
	char name[64], observed[128], required[512], unit[32], detail[512];
	char clauses[128], file[64];
	bool has_unit;
	uint32_t line;
	bool agency, built_in;
	struct ward_optional days_left;
};

struct ward_judged {
	struct ward_said list[64];
	size_t count;
	size_t stop_at; /* the sink returns 7 at this one; 0: never */
	struct ward_summary summary;
};

/* The plan of these lines behind the head. Free it with ward_plan_free(). */
struct ward_plan *ward_judge_plan(const char *lines);

/* What the plan and its packs say of a rule with the strongest of its
 * strengths; the clauses are those of the first document that cites any. */
bool ward_plan_number(const struct ward_plan *plan,
    enum ward_setting_id setting, enum ward_class class, uint32_t *ret_number);
const char *ward_plan_text(const struct ward_plan *plan,
    enum ward_setting_id setting, enum ward_class class);
bool ward_plan_is_agency(const struct ward_plan *plan,
    enum ward_setting_id setting, enum ward_class class);
bool ward_plan_has_word(const struct ward_plan *plan,
    enum ward_setting_id setting, enum ward_class class, const char *word);
const char *ward_plan_clauses(const struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class);

/* The fields of an optional number. */
#define WARD_KNOWN(number) \
	{ \
		.known = true, .value = (number) \
	}
struct ward_optional ward_known(int64_t number);

/* The host: UIDs from 1000 to 60000, at WARD_JUDGE_NOW. */
extern const struct ward_host ward_judge_host;
/* wang01, uid 1001, with shell and yescrypt password, all facts known, and
 * nothing wrong with it. */
struct ward_account ward_judge_account(void);

/* Judge it by the plan, or, second, by a plan of these lines. The sink that
 * fills *ret_judged is the third. */
void ward_judge(const struct ward_plan *plan,
    const struct ward_account *account, struct ward_judged *ret_judged);
void ward_judge_by(const char *lines, const struct ward_account *account,
    struct ward_judged *ret_judged);
int ward_judge_sink(void *arg, const struct ward_finding *finding);

/* The one finding of the rule. */
const struct ward_said *ward_judged_rule(const struct ward_judged *judged,
    enum ward_rule_id rule);
/* Judge by these lines, and expect just this of the rule. */
struct ward_said ward_expect(const char *lines,
    const struct ward_account *account, enum ward_rule_id rule,
    enum ward_verdict verdict, enum ward_reason_id reason);

/* A plan, and the same as it is read from its image. */
struct ward_pair {
	struct ward_plan *loaded, *read;
};

/* The pair has the plan from now on. */
struct ward_pair ward_pair_new(struct ward_plan *plan);
void ward_pair_free(struct ward_pair *pair);
#define WARD_PAIRS_MAX 64
/* Every plan and pack that is shipped: by itself, beside packs and references,
 * and tightened by an agency. How many there are. */
size_t ward_pairs_shipped(struct ward_pair pairs[WARD_PAIRS_MAX]);
/* Both say the same of an account, or of a defect; NULL: nothing of that. What
 * references ask is passed over. */
void ward_pair_judge(const struct ward_pair *pair, const struct ward_host *host,
    const struct ward_account *account, const struct ward_defect *defect);

#endif
