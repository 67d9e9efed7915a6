/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a time: what is taken is written as the same time. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "policy/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1), shown[WARD_MOMENT_SIZE];
	char day[WARD_DAY_SIZE];
	struct ward_moment moment, again;

	if (text == NULL) {
		abort();
	}
	memcpy(text, bytes, size);
	text[size] = '\0';
	if (ward_moment_parse(text, 480, &moment) == 0) {
		int64_t of = ward_day_of(moment.seconds);

		ward_moment_format(moment, shown);
		/* A zone may bring it out of the years that are read. */
		if (strlen(shown) == 25 && shown[0] != '-' &&
		    strncmp(shown, "0000", 4) != 0 &&
		    (ward_moment_parse(shown, 0, &again) != 0 ||
			again.seconds != moment.seconds ||
			again.zone != moment.zone)) {
			(void)fprintf(stderr, "%s: %s\n", text, shown);
			abort();
		}
		ward_day_format(of, day);
		if (ward_day_add_months(of, 0) != of ||
		    ward_day_add_months(of, 6) - of < 181 ||
		    ward_day_add_months(of, 6) - of > 184) {
			abort();
		}
	}
	free(text);
	return 0;
}
