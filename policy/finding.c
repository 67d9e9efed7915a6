/* SPDX-License-Identifier: BSD-2-Clause */
/* A finding in words: its reason's sentence with the values filled in. */
#include "policy.h"

#include <string.h>

#define VALUE_SIZE 600

static const char *
placeholder(const struct ward_finding *finding, const char *name, size_t size)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ "name", finding->subject.name },
		{ "observed", finding->observed },
		{ "required", finding->required },
		{ "detail", finding->detail },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (strlen(values[i].name) == size &&
		    strncmp(values[i].name, name, size) == 0) {
			return values[i].value == NULL ? "" : values[i].value;
		}
	}
	return "";
}

static void
fill(const struct ward_finding *finding, const char *format,
    ward_clean_fn *clean, char *text, size_t size)
{
	char value[VALUE_SIZE];
	size_t used = 0;

	text[0] = '\0';
	while (*format != '\0' && used + 1 < size) {
		size_t plain = strcspn(format, "{");
		size_t name;
		int put;

		put = snprintf(text + used, size - used, "%.*s", (int)plain,
		    format);
		used += (size_t)put < size - used ? (size_t)put :
						    size - used - 1;
		format += plain;
		if (*format == '\0') {
			break;
		}
		name = strcspn(format, "}") - 1;
		if (clean != NULL) {
			clean(placeholder(finding, format + 1, name), value,
			    sizeof(value));
		} else {
			(void)snprintf(value, sizeof(value), "%s",
			    placeholder(finding, format + 1, name));
		}
		put = snprintf(text + used, size - used, "%s", value);
		used += (size_t)put < size - used ? (size_t)put :
						    size - used - 1;
		format += name + 2;
	}
}

void
ward_finding_message(const struct ward_finding *finding, ward_clean_fn *clean,
    char *text, size_t size)
{
	fill(finding,
	    finding->reason == WARD_REASON_NONE ?
		ward_rules[finding->rule].title :
		ward_reasons[finding->reason].message,
	    clean, text, size);
}

void
ward_finding_remedy(const struct ward_finding *finding, ward_clean_fn *clean,
    char *text, size_t size)
{
	fill(finding,
	    finding->reason == WARD_REASON_NONE ?
		"" :
		ward_reasons[finding->reason].remedy,
	    clean, text, size);
}
