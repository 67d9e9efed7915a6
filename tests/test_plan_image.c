/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A plan as bytes: read again it answers and judges as before; bytes that are
 * cut, damaged, of another program or made up are refused, or do no harm.
 */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include "policy/plan_image.h"

#define TODAY WARD_JUDGE_DAY

static struct ward_pair pairs[WARD_PAIRS_MAX];
static size_t pair_count;

static int
load_pairs(void **state)
{
	(void)state;
	pair_count = ward_pairs_shipped(pairs);
	return 0;
}

static int
free_pairs(void **state)
{
	(void)state;
	while (pair_count > 0) {
		ward_pair_free(&pairs[--pair_count]);
	}
	return 0;
}

static void *
image_of(const struct ward_plan *plan, size_t *ret_size)
{
	struct ward_error err = { .text = "" };
	void *bytes = NULL;

	if (ward_plan_write_image(plan, &bytes, ret_size, &err) != 0) {
		fail_msg("%s", err.text);
	}
	return bytes;
}

/* EPA beside the highest pack: the largest of what is likely. */
static const struct ward_plan *
large(void)
{
	const struct ward_plan *plan = pairs[3 * 4 + 1].loaded;

	assert_string_equal(ward_plan_id(plan), "EPA");
	assert_string_equal(ward_plan_id(ward_plan_pack(plan, 0)),
	    "tw-baseline-110-high");
	return plan;
}

/* ---- the same answers ----------------------------------------------------- */

static void
same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL) {
		assert_string_equal(a, b);
	}
}

static void
same_rule(const struct ward_binding *a, const struct ward_binding *b,
    enum ward_rule_id rule, enum ward_class class)
{
	struct ward_citations x = ward_binding_citations(a, rule, class);
	struct ward_citations y = ward_binding_citations(b, rule, class);

	assert_int_equal(ward_binding_asker(a, rule, class),
	    ward_binding_asker(b, rule, class));
	assert_int_equal(ward_binding_enables(a, rule, class),
	    ward_binding_enables(b, rule, class));
	assert_int_equal(x.count, y.count);
	for (size_t i = 0; i < x.count; i++) {
		assert_string_equal(x.list[i].plan, y.list[i].plan);
		assert_string_equal(x.list[i].clauses, y.list[i].clauses);
	}
}

static void
same_setting(const struct ward_binding *a, const struct ward_binding *b,
    enum ward_setting_id setting, enum ward_class class)
{
	uint32_t x = 0, y = 0;

	same_text(ward_binding_text(a, setting, class),
	    ward_binding_text(b, setting, class));
	assert_int_equal(ward_binding_number(a, setting, class, &x),
	    ward_binding_number(b, setting, class, &y));
	assert_int_equal(x, y);
	assert_int_equal(ward_binding_is_agency(a, setting, class),
	    ward_binding_is_agency(b, setting, class));
}

static void
same_answers(const struct ward_plan *a, const struct ward_plan *b)
{
	assert_int_equal(ward_plan_kind(a), ward_plan_kind(b));
	same_text(ward_plan_id(a), ward_plan_id(b));
	same_text(ward_plan_title(a), ward_plan_title(b));
	same_text(ward_plan_agency(a), ward_plan_agency(b));
	same_text(ward_plan_root_groups(a), ward_plan_root_groups(b));
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		for (enum ward_rule_id r = 0; r < WARD_RULE_COUNT; r++) {
			assert_int_equal(ward_plan_strength(a, r, c),
			    ward_plan_strength(b, r, c));
			for (size_t i = 0; i < WARD_REFERENCE; i++) {
				same_rule(ward_plan_binding(a, i),
				    ward_plan_binding(b, i), r, c);
			}
			assert_false(ward_binding_enables(ward_plan_binding(b,
							      WARD_REFERENCE),
			    r, c));
		}
		for (enum ward_setting_id s = 0; s < WARD_SETTING_COUNT; s++) {
			for (size_t i = 0; i < WARD_REFERENCE; i++) {
				same_setting(ward_plan_binding(a, i),
				    ward_plan_binding(b, i), s, c);
			}
		}
	}
	assert_null(ward_plan_binding(b, WARD_REFERENCE + 1));
}

static void
test_plan_image__answers_the_same(void **state)
{
	(void)state;
	assert_true(pair_count > 40);
	for (size_t i = 0; i < pair_count; i++) {
		same_answers(pairs[i].loaded, pairs[i].read);
		assert_null(ward_plan_pack(pairs[i].read, 0));
		assert_null(ward_plan_obligation(pairs[i].read, 0));
	}
}

/* Each class with settings of its own, both strengths, an agency's value. */
static void
test_plan_image__classes_and_strengths(void **state)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(
	    "[password.max_age]\ndays = 180\nclause = 一 | 二\n"
	    "[password.max_age privileged]\ndays = 90\nclause = 三\n"
	    "[password.max_age service]\nmonths = 6\nstrength = should\n"
	    "clause = 4\n"
	    "[account.dormant]\nclause = 5\n"
	    "[password.min_age]\ndays = 3\nstrength = should\nclause = 6\n"
	    "[obligation.review]\ntitle = x\nevery = year\nclause = 7\n"));
	const struct ward_binding *shall = ward_plan_binding(pair.read,
	    WARD_SHALL);
	uint32_t days = 0;

	(void)state;
	same_answers(pair.loaded, pair.read);
	assert_true(ward_binding_number(shall, WARD_SET_PASSWORD_MAX_AGE_DAYS,
	    WARD_CLASS_PRIVILEGED, &days));
	assert_int_equal(days, 90);
	assert_true(ward_binding_number(shall, WARD_SET_PASSWORD_MAX_AGE_DAYS,
	    WARD_CLASS_PERSON, &days));
	assert_int_equal(days, 180);
	assert_int_equal(ward_plan_strength(pair.read,
			     WARD_RULE_PASSWORD_MAX_AGE, WARD_CLASS_SERVICE),
	    WARD_SHOULD);
	assert_string_equal(ward_binding_citations(shall,
				WARD_RULE_PASSWORD_MAX_AGE, WARD_CLASS_PERSON)
				.list[0]
				.clauses,
	    "一 | 二");
	ward_pair_free(&pair);
}

static void
test_plan_image__written_again_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < pair_count; i++) {
		size_t size, again_size;
		void *bytes = image_of(pairs[i].loaded, &size);
		void *again = image_of(pairs[i].read, &again_size);

		assert_int_equal(size, again_size);
		assert_memory_equal(bytes, again, size);
		free(bytes);
		free(again);
	}
}

static void
test_plan_image__is_small(void **state)
{
	size_t size;

	(void)state;
	free(image_of(large(), &size));
	assert_in_range(size, 1000, 8192);
}

static void
test_plan_image__not_of_a_reference(void **state)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };
	void *bytes = NULL;
	size_t size = 0;

	(void)state;
	assert_int_equal(ward_plan_check("policy/plans/twgcb-rhel9.conf", &plan,
			     &err),
	    0);
	assert_int_equal(ward_plan_write_image(plan, &bytes, &size, &err),
	    WARD_ERR_MISSING);
	assert_non_null(strstr(err.text, "twgcb-rhel9"));
	assert_null(bytes);
	assert_int_equal(size, 0);
	ward_plan_free(plan);
}

/* ---- the same findings ---------------------------------------------------- */

#define ACCOUNTS 16

/* One of each kind of account, and of each thing that can be wrong. */
static size_t
accounts(struct ward_account list[ACCOUNTS])
{
	static const struct ward_path way = { .kind = WARD_PATH_SUDO,
		.detail = "(root) /usr/bin/vi",
		.source = { "/etc/sudoers", 3 },
		.excess = WARD_REASON_MINIMUM_ESCAPE,
		.excess_detail = "/usr/bin/vi" };
	static const struct ward_defect defect = {
		.reason = WARD_REASON_WELLFORMED_NO_SHADOW,
		.name = "chen02",
		.source = { "/etc/passwd", 9 },
	};
	struct ward_account *a = list;

	for (size_t i = 0; i < ACCOUNTS; i++) {
		list[i] = ward_judge_account();
	}
	a++;
	a++->changed = ward_known(TODAY - 400);
	a++->changed = ward_known(TODAY - 182);
	a++->changed = ward_known(0);
	a->use = WARD_USE_NEVER;
	a++->changed = ward_known(TODAY - 1);
	a++->last_use = WARD_JUDGE_NOW - INT64_C(86400) * 500;
	a->expires = ward_known(TODAY - 5);
	a++->changed = ward_known(TODAY - 5);
	a->uid = ward_known(0);
	a++->name = "root";
	a->uid = ward_known(33);
	a->login_shell = false;
	a++->password = (struct ward_password_fact){
		.state = WARD_PASSWORD_NONE
	};
	a->listed_shell = false;
	a++->changed = ward_known(TODAY - 300);
	a->paths = &way;
	a++->path_count = 1;
	a->has_shadow = false;
	a->defects = &defect;
	a->defect_count = 1;
	a++->password = (struct ward_password_fact){
		.state = WARD_PASSWORD_UNKNOWN
	};
	a->name = "guest";
	a->min_age.known = false;
	a->warning = ward_known(0);
	a++->password.scheme = WARD_HASH_MD5CRYPT;
	a->name = "team";
	a->failures = ward_known(900);
	a++->password.state = WARD_PASSWORD_EMPTY;
	a->password.state = WARD_PASSWORD_LOCKED;
	a->key_count = 2;
	a++->home_mode = 0777;
	return (size_t)(a - list);
}

static void
test_plan_image__judges_the_same(void **state)
{
	static const struct ward_defect defects[] = {
		{ .reason = WARD_REASON_WELLFORMED_SUDOERS,
		    .detail = "?",
		    .source = { "/etc/sudoers", 1 } },
		{ .reason = WARD_REASON_TRUSTED_HOST,
		    .detail = "+",
		    .source = { "/etc/hosts.equiv", 1 } },
		{ .reason = WARD_REASON_UNIQUE_GID,
		    .detail = "a",
		    .source = { "/etc/group", 2 } },
	};
	struct ward_account list[ACCOUNTS];
	const size_t count = accounts(list);
	struct ward_host tried = ward_judge_host;

	(void)state;
	tried.words_tried = true;
	for (size_t i = 0; i < pair_count; i++) {
		for (size_t a = 0; a < count; a++) {
			list[a].guess = WARD_GUESS_NOT_TRIED;
			ward_pair_judge(&pairs[i], &ward_judge_host, &list[a],
			    NULL);
			list[a].guess = WARD_GUESS_FOUND;
			ward_pair_judge(&pairs[i], &tried, &list[a], NULL);
		}
		for (size_t d = 0; d < LENGTH(defects); d++) {
			ward_pair_judge(&pairs[i], &ward_judge_host, NULL,
			    &defects[d]);
		}
	}
}

/* What a door tells of a password that ends soon. */
static void
test_plan_image__days_left(void **state)
{
	static const struct {
		const char *lines;
		int64_t age, left; /* -1: none */
	} cases[] = {
		{ "days = 90\n", 0, 90 },
		{ "days = 90\n", 83, 7 },
		{ "days = 90\n", 90, 0 },
		{ "days = 90\n", 91, -1 },
		{ "months = 6\n", 183, 1 },
		{ "months = 6\n", 184, 0 },
		{ "months = 6\n", 185, -1 },
		{ "months = 6\ndays = 30\n", 10, 20 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		const struct ward_said *said;
		struct ward_judged judged;
		struct ward_pair pair;
		char lines[128];

		(void)snprintf(lines, sizeof(lines),
		    "[password.max_age]\n%sclause = 1\n", cases[i].lines);
		pair = ward_pair_new(ward_judge_plan(lines));
		account.changed = ward_known(TODAY - cases[i].age);
		account.max_age.known = false;
		ward_judge(pair.read, &account, &judged);
		said = ward_judged_rule(&judged, WARD_RULE_PASSWORD_MAX_AGE);
		assert_int_equal(said->days_left.known, cases[i].left >= 0);
		if (cases[i].left >= 0) {
			assert_int_equal(said->days_left.value, cases[i].left);
		}
		ward_pair_free(&pair);
	}
}

/* ---- bytes that are none -------------------------------------------------- */

static void
refuse(const void *bytes, size_t size)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };
	/* Where a sanitizer sees a byte too many. */
	char *copy = malloc(size == 0 ? 1 : size);

	assert_non_null(copy);
	memcpy(copy, bytes, size);
	assert_int_equal(ward_plan_read_image(copy, size, &plan, &err),
	    WARD_ERR_SYNTAX);
	assert_null(plan);
	assert_true(err.text[0] != '\0');
	free(copy);
}

static void
test_plan_image__cut_or_longer(void **state)
{
	size_t size;
	char *bytes = image_of(large(), &size);
	char *longer = calloc(1, size + 1);

	(void)state;
	assert_non_null(longer);
	memcpy(longer, bytes, size);
	for (size_t i = 0; i < size; i++) {
		refuse(bytes, i);
	}
	refuse(longer, size + 1);
	free(longer);
	free(bytes);
}

static void
test_plan_image__every_bit_counts(void **state)
{
	size_t size;
	unsigned char *bytes = image_of(large(), &size);

	(void)state;
	for (size_t i = 0; i < 8 * size; i++) {
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		refuse(bytes, size);
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	free(bytes);
}

static void
make_right(void *bytes, size_t size)
{
	struct ward_image_head head;

	memcpy(&head, bytes, sizeof(head));
	head.sum = ward_image_sum_of(bytes, size);
	memcpy(bytes, &head, sizeof(head));
}

static void
test_plan_image__of_another_program(void **state)
{
	struct ward_image_head head;
	size_t size;
	char *bytes = image_of(large(), &size);

	(void)state;
	memcpy(&head, bytes, sizeof(head));
	head.shape ^= 1;
	memcpy(bytes, &head, sizeof(head));
	make_right(bytes, size);
	refuse(bytes, size);
	head.shape ^= 1;
	memcpy(bytes, &head, sizeof(head));
	make_right(bytes, size);
	bytes[7]++;
	refuse(bytes, size);
	free(bytes);
}

static void
test_plan_image__anywhere_in_memory(void **state)
{
	size_t size;
	char *bytes = image_of(large(), &size);
	char *room = malloc(size + 8);

	(void)state;
	assert_non_null(room);
	for (size_t i = 0; i < 8; i++) {
		struct ward_plan *plan = NULL;

		memcpy(room + i, bytes, size);
		assert_int_equal(ward_plan_read_image(room + i, size, &plan,
				     NULL),
		    0);
		same_answers(large(), plan);
		ward_plan_free(plan);
	}
	free(room);
	free(bytes);
}

/* Somebody made the sum right: what is taken is asked all that can be. */
static bool
is_harmless(const void *bytes, size_t size)
{
	struct ward_account account = ward_judge_account();
	struct ward_plan *plan = NULL;
	struct ward_judged judged;
	size_t again;

	if (ward_plan_read_image(bytes, size, &plan, NULL) != 0) {
		assert_null(plan);
		return false;
	}
	same_answers(plan, plan);
	ward_judge(plan, &account, &judged);
	assert_non_null(ward_plan_root_groups(plan));
	(void)ward_plan_breaks_glass(plan, "chen01");
	free(image_of(plan, &again));
	ward_plan_free(plan);
	return true;
}

static void
test_plan_image__made_up(void **state)
{
	static const uint32_t words[] = { 0, 1, 7, 0x100, 0x7fffffff,
		0x80000000, 0xfffffffe, UINT32_MAX };
	size_t size, taken = 0, refused = 0;
	char *bytes = image_of(large(), &size);
	char *copy = malloc(size);

	(void)state;
	assert_non_null(copy);
	for (size_t at = 0; at + 4 <= size; at += 2) {
		for (size_t i = 0; i < LENGTH(words); i++) {
			memcpy(copy, bytes, size);
			memcpy(copy + at, &words[i], sizeof(words[i]));
			make_right(copy, size);
			if (is_harmless(copy, size)) {
				taken++;
			} else {
				refused++;
			}
		}
	}
	assert_true(taken > 1000);
	assert_true(refused > 1000);
	free(copy);
	free(bytes);
}

/* The text's last NUL, and who is privileged, have to be there. */
static void
test_plan_image__what_every_plan_has(void **state)
{
	struct ward_image_head head;
	size_t size;
	char *bytes = image_of(large(), &size);

	(void)state;
	bytes[size - 1] = 'x';
	make_right(bytes, size);
	refuse(bytes, size);
	bytes[size - 1] = '\0';
	memcpy(&head, bytes, sizeof(head));
	/* Nothing asked of anybody: the first part gone, with what it holds. */
	memset(bytes + sizeof(head), 0,
	    head.count[WARD_IMAGE_DEMANDS] * sizeof(struct ward_image_demand));
	make_right(bytes, size);
	refuse(bytes, size);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_image__answers_the_same),
		cmocka_unit_test(test_plan_image__classes_and_strengths),
		cmocka_unit_test(test_plan_image__written_again_is_the_same),
		cmocka_unit_test(test_plan_image__is_small),
		cmocka_unit_test(test_plan_image__not_of_a_reference),
		cmocka_unit_test(test_plan_image__judges_the_same),
		cmocka_unit_test(test_plan_image__days_left),
		cmocka_unit_test(test_plan_image__cut_or_longer),
		cmocka_unit_test(test_plan_image__every_bit_counts),
		cmocka_unit_test(test_plan_image__of_another_program),
		cmocka_unit_test(test_plan_image__anywhere_in_memory),
		cmocka_unit_test(test_plan_image__made_up),
		cmocka_unit_test(test_plan_image__what_every_plan_has),
	};

	return cmocka_run_group_tests(tests, load_pairs, free_pairs);
}
