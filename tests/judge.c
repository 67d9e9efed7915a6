/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

const struct ward_host ward_judge_host = {
	.name = "test",
	.now = { .seconds = WARD_JUDGE_NOW, .zone = 480 },
	.uid_min = 1000,
	.uid_max = 60000,
};

struct ward_plan *
ward_judge_plan(const char *lines)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };
	char *text = NULL;
	int r;

	assert_true(asprintf(&text, WARD_JUDGE_HEAD "%s", lines) > 0);
	r = ward_plan_parse("test.conf", text, strlen(text), &plan, &err);
	if (r != 0) {
		fail_msg("%s", err.text);
	}
	free(text);
	return plan;
}

struct ward_optional
ward_known(int64_t number)
{
	return (struct ward_optional)WARD_KNOWN(number);
}

struct ward_account
ward_judge_account(void)
{
	return (struct ward_account){
		.name = "wang01",
		.uid = WARD_KNOWN(1001),
		.gid = WARD_KNOWN(1001),
		.home = "/home/wang01",
		.shell = "/bin/bash",
		.login_shell = true,
		.listed_shell = true,
		.entry = { "/etc/passwd", 31 },
		.has_shadow = true,
		.shadow = { "/etc/shadow", 12 },
		.password = { .state = WARD_PASSWORD_USABLE,
		    .scheme = WARD_HASH_YESCRYPT,
		    .cost = WARD_KNOWN(5) },
		.changed = WARD_KNOWN(WARD_JUDGE_DAY - 10),
		.min_age = WARD_KNOWN(1),
		.max_age = WARD_KNOWN(90),
		.warning = WARD_KNOWN(14),
		.use = WARD_USE_SEEN,
		.last_use = WARD_JUDGE_NOW - 3600,
		.use_source = { "/var/log/lastlog", 0 },
		.keys_known = true,
		.home_state = WARD_HOME_THERE,
		.home_owner = WARD_KNOWN(1001),
		.home_mode = 0755,
		.trust_known = true,
		.failures = WARD_KNOWN(0),
	};
}

static const struct ward_binding *
strongest(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	return ward_plan_binding(plan, ward_plan_strength(plan, rule, class));
}

bool
ward_plan_number(const struct ward_plan *plan, enum ward_setting_id setting,
    enum ward_class class, uint32_t *ret_number)
{
	return ward_binding_number(strongest(plan, ward_settings[setting].rule,
				       class),
	    setting, class, ret_number);
}

const char *
ward_plan_text(const struct ward_plan *plan, enum ward_setting_id setting,
    enum ward_class class)
{
	return ward_binding_text(strongest(plan, ward_settings[setting].rule,
				     class),
	    setting, class);
}

bool
ward_plan_is_agency(const struct ward_plan *plan, enum ward_setting_id setting,
    enum ward_class class)
{
	return ward_binding_is_agency(strongest(plan,
					  ward_settings[setting].rule, class),
	    setting, class);
}

bool
ward_plan_has_word(const struct ward_plan *plan, enum ward_setting_id setting,
    enum ward_class class, const char *word)
{
	const char *words = ward_plan_text(plan, setting, class);

	return words != NULL && ward_words_have(words, word, strlen(word));
}

const char *
ward_plan_clauses(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	struct ward_citations citations = ward_binding_citations(strongest(plan,
								     rule,
								     class),
	    rule, class);

	return citations.count == 0 ? NULL : citations.list[0].clauses;
}

static void
copy(char *to, size_t size, const char *from)
{
	(void)snprintf(to, size, "%s", from == NULL ? "" : from);
}

int
ward_judge_sink(void *arg, const struct ward_finding *f)
{
	struct ward_judged *judged = arg;
	struct ward_said *said = &judged->list[judged->count];

	assert_true(judged->count < LENGTH(judged->list));
	*said = (struct ward_said){ .rule = f->rule,
		.strength = f->strength,
		.verdict = f->verdict,
		.class = f->subject.class,
		.type = f->subject.type,
		.reason = f->reason,
		.line = f->source.line,
		.agency = f->agency,
		.built_in = f->built_in,
		.days_left = f->days_left,
		.has_unit = f->unit != NULL };
	copy(said->name, sizeof(said->name), f->subject.name);
	copy(said->observed, sizeof(said->observed), f->observed);
	copy(said->required, sizeof(said->required), f->required);
	copy(said->unit, sizeof(said->unit), f->unit);
	copy(said->detail, sizeof(said->detail), f->detail);
	for (size_t i = 0; i < f->citations.count; i++) {
		const char *before = i == 0 ? "" : "; ";
		size_t used = strlen(said->clauses);

		assert_non_null(f->citations.list[i].plan);
		(void)snprintf(said->clauses + used,
		    sizeof(said->clauses) - used, "%s%s", before,
		    f->citations.list[i].clauses);
	}
	copy(said->file, sizeof(said->file), f->source.file);
	judged->count++;
	return judged->stop_at != 0 && judged->count == judged->stop_at ? 7 : 0;
}

void
ward_judge(const struct ward_plan *plan, const struct ward_account *account,
    struct ward_judged *ret_judged)
{
	struct ward_evaluation *evaluation = NULL;

	*ret_judged = (struct ward_judged){ .count = 0 };
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, ret_judged, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	ward_evaluation_summary(evaluation, &ret_judged->summary);
	ward_evaluation_free(evaluation);
}

void
ward_judge_by(const char *lines, const struct ward_account *account,
    struct ward_judged *ret_judged)
{
	struct ward_plan *plan = ward_judge_plan(lines);

	ward_judge(plan, account, ret_judged);
	ward_plan_free(plan);
}

const struct ward_said *
ward_judged_rule(const struct ward_judged *judged, enum ward_rule_id rule)
{
	const struct ward_said *said = NULL;

	for (size_t i = 0; i < judged->count; i++) {
		if (judged->list[i].rule != rule) {
			continue;
		}
		if (said != NULL) {
			fail_msg("two findings of %s", ward_rules[rule].id);
		}
		said = &judged->list[i];
	}
	if (said == NULL) {
		fail_msg("no finding of %s", ward_rules[rule].id);
	}
	return said;
}

struct ward_said
ward_expect(const char *lines, const struct ward_account *account,
    enum ward_rule_id rule, enum ward_verdict verdict,
    enum ward_reason_id reason)
{
	struct ward_judged judged;
	const struct ward_said *said;

	ward_judge_by(lines, account, &judged);
	said = ward_judged_rule(&judged, rule);
	if (said->verdict != verdict || said->reason != reason) {
		fail_msg("%s, %s: %s (%s), not %s (%s); observed '%s', "
			 "required '%s', detail '%s'",
		    ward_rules[rule].id, account->name,
		    ward_verdict_name(said->verdict),
		    said->reason == 0 ? "-" : ward_reasons[said->reason].id,
		    ward_verdict_name(verdict),
		    reason == 0 ? "-" : ward_reasons[reason].id, said->observed,
		    said->required, said->detail);
	}
	return *said;
}

/* ---- by a plan, and by its image ------------------------------------------ */

struct ward_pair
ward_pair_new(struct ward_plan *plan)
{
	struct ward_pair pair = { .loaded = plan };
	struct ward_error err = { .text = "" };
	void *bytes;
	size_t size;

	if (ward_plan_write_image(plan, &bytes, &size, &err) != 0 ||
	    ward_plan_read_image(bytes, size, &pair.read, &err) != 0) {
		fail_msg("%s: %s", ward_plan_id(plan), err.text);
	}
	memset(bytes, 0xff, size);
	free(bytes);
	return pair;
}

void
ward_pair_free(struct ward_pair *pair)
{
	ward_plan_free(pair->loaded);
	ward_plan_free(pair->read);
}

size_t
ward_pairs_shipped(struct ward_pair pairs[WARD_PAIRS_MAX])
{
	static const char *const ids[] = { "K-SOC", "T-DBAS", "K-CIV", "EPA",
		"P-ZX", "tw-baseline-110-basic", "tw-baseline-110-medium",
		"tw-baseline-110-high", "tw-baseline-115-basic",
		"tw-baseline-115-medium", "tw-baseline-115-high" };
	static const char *const settings[] = { "",
		"[acctward]\npacks = tw-baseline-110-high twgcb-rhel9\n",
		"[acctward]\npacks = tw-baseline-115-high\n",
		"[acctward]\npacks = tw-baseline-115-basic twgcb-ubuntu2204\n"
		"[password.max_age]\ndays = 30\n"
		"[password.min_age privileged]\ndays = 5\n"
		"[login.lockout]\nattempts = 3\nbreak_glass = chen01\n"
		"[account.dormant]\ndays = 20\nstrength = shall\n"
		"[account.not_shared]\nwords = team\n" };
	char *tree = ward_tree_new(NULL);
	char *config = ward_tree_path(tree, "acctward.conf");
	const struct ward_plan_places places = { .shipped = "policy/plans",
		.config = config };
	size_t count = 0;

	for (size_t i = 0; i < LENGTH(ids) * LENGTH(settings); i++) {
		const char *text = settings[i % LENGTH(settings)];
		struct ward_plan *plan = NULL;
		struct ward_error err = { .text = "" };

		ward_tree_put(tree, "acctward.conf", text, strlen(text));
		if (ward_plan_load(&places, ids[i / LENGTH(settings)], &plan,
			&err) != 0) {
			fail_msg("%s", err.text);
		}
		assert_true(count < WARD_PAIRS_MAX);
		pairs[count++] = ward_pair_new(plan);
	}
	free(config);
	ward_tree_remove(tree);
	return count;
}

static const char *
shown(const char *text)
{
	return text == NULL ? "(none)" : text;
}

static int
write_finding(void *arg, const struct ward_finding *f)
{
	FILE *stream = arg;

	if (f->strength == WARD_REFERENCE) {
		return 0;
	}
	(void)fprintf(stream,
	    "%s %s %s %u %s %s class %d: ", ward_rules[f->rule].id,
	    ward_strength_name(f->strength), ward_verdict_name(f->verdict),
	    f->reason, ward_subject_type_name(f->subject.type),
	    shown(f->subject.name), f->subject.class);
	(void)fprintf(stream, "%s of %s %s, %s; %d %d; %d %lld; %s:%u",
	    shown(f->observed), shown(f->required), shown(f->unit),
	    shown(f->detail), f->agency, f->built_in, f->days_left.known,
	    (long long)f->days_left.value, shown(f->source.file),
	    f->source.line);
	for (size_t i = 0; i < f->citations.count; i++) {
		(void)fprintf(stream, "; %s %s", f->citations.list[i].plan,
		    f->citations.list[i].clauses);
	}
	(void)fputs("\n", stream);
	return 0;
}

static void
write_summary(FILE *stream, const struct ward_summary *s)
{
	(void)fprintf(stream, "%s: %llu %llu %llu %llu\n",
	    ward_verdict_name(s->verdict), (unsigned long long)s->fail,
	    (unsigned long long)s->warn, (unsigned long long)s->unknown,
	    (unsigned long long)s->waived);
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		const struct ward_rule_count *rule = &s->rules[i];

		(void)fprintf(stream, "%s %d %d %d %d %llu", ward_rules[i].id,
		    rule->enabled, rule->built_in, rule->unset, rule->untried,
		    (unsigned long long)rule->warnings);
		for (size_t v = 0; v < WARD_VERDICT_COUNT; v++) {
			(void)fprintf(stream, " %llu",
			    (unsigned long long)rule->verdicts[v]);
		}
		(void)fputs("\n", stream);
	}
}

static char *
judge_as_text(const struct ward_plan *plan, const struct ward_host *host,
    const struct ward_account *account, const struct ward_defect *defect)
{
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	assert_non_null(stream);
	assert_int_equal(ward_evaluation_new(plan, host, write_finding, stream,
			     &evaluation),
	    0);
	if (account != NULL) {
		assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	}
	if (defect != NULL) {
		assert_int_equal(ward_evaluate_defect(evaluation, defect), 0);
	}
	ward_evaluation_summary(evaluation, &summary);
	write_summary(stream, &summary);
	ward_evaluation_free(evaluation);
	assert_int_equal(fclose(stream), 0);
	return text;
}

void
ward_pair_judge(const struct ward_pair *pair, const struct ward_host *host,
    const struct ward_account *account, const struct ward_defect *defect)
{
	char *loaded = judge_as_text(pair->loaded, host, account, defect);
	char *read = judge_as_text(pair->read, host, account, defect);

	assert_string_equal(loaded, read);
	free(loaded);
	free(read);
}
