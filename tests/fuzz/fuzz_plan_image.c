/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a plan's image, with magic, shape, size and sum made right, so
 * that all behind them is looked at. What is taken answers every question,
 * judges, and is written as an image that is taken again. The seeds are what
 * ward_plan_write_image() wrote of P-ZX, and of EPA beside a pack. */
#include <string.h>

#include "fuzz.h"
#include "policy/plan_image.h"

static void
make_right(uint8_t *bytes, size_t size)
{
	struct ward_image_head head;

	if (size < sizeof(head)) {
		return;
	}
	memcpy(&head, bytes, sizeof(head));
	memcpy(head.magic, ward_image_magic, sizeof(head.magic));
	head.shape = ward_image_shape();
	head.size = (uint32_t)size;
	memcpy(bytes, &head, sizeof(head));
	head.sum = ward_image_sum_of(bytes, size);
	memcpy(bytes, &head, sizeof(head));
}

static size_t
size_of(const char *text)
{
	return text == NULL ? 0 : strlen(text);
}

static size_t
ask_binding(const struct ward_binding *binding)
{
	size_t sum = 0;
	uint32_t number;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		for (enum ward_rule_id r = 0; r < WARD_RULE_COUNT; r++) {
			const struct ward_citations
			    citations = ward_binding_citations(binding, r, c);

			sum += ward_binding_asker(binding, r, c);
			for (size_t i = 0; i < citations.count; i++) {
				sum += size_of(citations.list[i].plan);
				sum += size_of(citations.list[i].clauses);
			}
		}
		for (enum ward_setting_id s = 0; s < WARD_SETTING_COUNT; s++) {
			sum += size_of(ward_binding_text(binding, s, c));
			sum += ward_binding_is_agency(binding, s, c);
			if (ward_binding_number(binding, s, c, &number) &&
			    ward_settings[s].type == WARD_NUMBER &&
			    (number < ward_settings[s].lo ||
				number > ward_settings[s].hi)) {
				abort();
			}
		}
	}
	return sum;
}

static size_t
ask(const struct ward_plan *plan)
{
	size_t sum = size_of(ward_plan_id(plan)) +
	    size_of(ward_plan_title(plan)) + size_of(ward_plan_agency(plan)) +
	    strlen(ward_plan_root_groups(plan)) +
	    ward_plan_breaks_glass(plan, "wang");
	uint32_t attempts, seconds;

	for (size_t i = 0; i <= WARD_REFERENCE; i++) {
		sum += ask_binding(ward_plan_binding(plan, i));
	}
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		sum += ward_plan_lockout(plan, c, &attempts, &seconds);
	}
	return sum;
}

static int
sink(void *arg, const struct ward_finding *finding)
{
	char text[1024];

	(void)arg;
	(void)ward_finding_act(finding);
	ward_finding_message(finding, WARD_CHINESE_TAIWAN, NULL, text,
	    sizeof(text));
	return 0;
}

static void
judge(const struct ward_plan *plan)
{
	static const struct ward_host host = { .name = "fuzz",
		.now = { 1795147200, 0 },
		.uid_min = 1000,
		.uid_max = 60000 };
	static const struct ward_account account = { .name = "guest-adm",
		.uid = { true, 1001 },
		.shell = "/bin/sh",
		.login_shell = true,
		.listed_shell = true,
		.has_shadow = true,
		.password = { .state = WARD_PASSWORD_USABLE,
		    .scheme = WARD_HASH_YESCRYPT,
		    .cost = { true, 5 } },
		.changed = { true, 20700 },
		.keys_known = true,
		.use = WARD_USE_SEEN,
		.last_use = 1700000000,
		.failures = { true, 3 } };
	struct ward_evaluation *evaluation;

	if (ward_evaluation_new(plan, &host, sink, NULL, &evaluation) == 0) {
		(void)ward_evaluate_account(evaluation, &account);
		ward_evaluation_free(evaluation);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_plan *plan = NULL, *again = NULL;
	uint8_t *copy = malloc(size + 1);
	void *written;
	size_t written_size;

	if (copy == NULL) {
		abort();
	}
	memcpy(copy, bytes, size);
	make_right(copy, size);
	if (ward_plan_read_image(copy, size, &plan, NULL) != 0) {
		free(copy);
		return 0;
	}
	free(copy);
	judge(plan);
	if (ward_plan_write_image(plan, &written, &written_size, NULL) != 0 ||
	    ward_plan_read_image(written, written_size, &again, NULL) != 0 ||
	    ask(plan) != ask(again)) {
		abort();
	}
	free(written);
	ward_plan_free(plan);
	ward_plan_free(again);
	return 0;
}
