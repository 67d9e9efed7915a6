/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a plan: what is taken is written as a plan that is taken again,
 * and written the same. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "policy/policy.h"

static char *
dump(const struct ward_plan *plan, size_t *ret_size)
{
	char *text = NULL;
	FILE *stream = open_memstream(&text, ret_size);

	if (stream == NULL || ward_plan_dump(plan, stream) != 0 ||
	    fclose(stream) != 0) {
		abort();
	}
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_plan *plan = NULL, *again = NULL;
	struct ward_error err = { .text = "" };
	char *first, *second;
	size_t first_size, second_size;

	if (ward_plan_parse("fuzz.conf", (const char *)bytes, size, &plan,
		&err) != 0) {
		/* Every refusal says where. */
		if (plan != NULL || strncmp(err.text, "fuzz.conf:", 10) != 0) {
			abort();
		}
		return 0;
	}
	first = dump(plan, &first_size);
	if (ward_plan_parse("dumped.conf", first, first_size, &again, &err) !=
	    0) {
		(void)fprintf(stderr, "%s\n%s", err.text, first);
		abort();
	}
	second = dump(again, &second_size);
	if (first_size != second_size ||
	    memcmp(first, second, first_size) != 0) {
		(void)fprintf(stderr, "%s---\n%s", first, second);
		abort();
	}
	free(first);
	free(second);
	ward_plan_free(plan);
	ward_plan_free(again);
	return 0;
}
