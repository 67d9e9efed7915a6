/* SPDX-License-Identifier: BSD-2-Clause */
/* A finding in words: its reason's sentence with the values filled in. */
#include "policy.h"

#include <string.h>

#define VALUE_SIZE 600
#define PLAIN_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/"

/* NULL: there is no such value. */
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
		{ "group", finding->detail },
		{ "file", finding->source.file },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (strlen(values[i].name) == size &&
		    strncmp(values[i].name, name, size) == 0) {
			return values[i].value;
		}
	}
	return NULL;
}

/*
 * A remedy is a shell command: a name that the shell would take apart is
 * quoted, and one that a program would take for an option is kept from it.
 */
static void
quote(const char *name, char *text, size_t size)
{
	size_t used;

	if (*name != '\0' && *name != '-' &&
	    name[strspn(name, PLAIN_CHARS)] == '\0') {
		(void)snprintf(text, size, "%s", name);
		return;
	}
	used = (size_t)snprintf(text, size, "%s'", *name == '-' ? "-- " : "");
	for (; *name != '\0' && used + 6 < size; name++) {
		used += (size_t)snprintf(text + used, size - used, "%s",
		    *name == '\'' ? "'\\''" : (char[]){ *name, '\0' });
	}
	(void)snprintf(text + used, size - used, "'");
}

void
ward_value_text(enum ward_language language, const char *value, char *text,
    size_t size)
{
	if (strchr(value, ' ') == NULL) {
		(void)snprintf(text, size, "%s", ward_text(language, value));
	} else {
		ward_phrase(language, value, text, size);
	}
}

/* The value of a placeholder, of which `size` bytes name it. In a message the
 * program's own words are looked up; in a remedy what is the host's is quoted,
 * but for a time, which is for no shell. */
static void
put_value(const struct ward_finding *finding, enum ward_language language,
    const char *name, size_t size, bool shell, char text[VALUE_SIZE])
{
	const char *from = placeholder(finding, name, size);
	char group[VALUE_SIZE];

	text[0] = '\0';
	if (from == NULL) {
		return;
	}
	if (*name == 'g') { /* "docker: wang, lee", "ops (named …)" */
		(void)snprintf(group, sizeof(group), "%.*s",
		    (int)strcspn(from, ": "), from);
		from = group;
	}
	if (from == finding->observed) {
		ward_value_text(language, from, text, VALUE_SIZE);
	} else if (shell && from != finding->required &&
	    finding->reason != WARD_REASON_NEW_TOO_SOON) {
		quote(from, text, VALUE_SIZE);
	} else if (from == finding->detail) {
		ward_phrase(language, from, text, VALUE_SIZE);
	} else {
		(void)snprintf(text, VALUE_SIZE, "%s", from);
	}
}

static void
fill(const struct ward_finding *finding, enum ward_language language,
    const char *english, ward_clean_fn *clean, bool shell, char *text,
    size_t size)
{
	const char *format = ward_text(language, english);
	char other[VALUE_SIZE], value[VALUE_SIZE];
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
		put_value(finding, language, format + 1, name, shell, other);
		if (clean != NULL) {
			clean(other, value, sizeof(value));
		} else {
			(void)snprintf(value, sizeof(value), "%s", other);
		}
		put = snprintf(text + used, size - used, "%s", value);
		used += (size_t)put < size - used ? (size_t)put :
						    size - used - 1;
		format += name + 2;
	}
}

void
ward_finding_message(const struct ward_finding *finding,
    enum ward_language language, ward_clean_fn *clean, char *text, size_t size)
{
	fill(finding, language,
	    finding->reason == WARD_REASON_NONE ?
		ward_rules[finding->rule].title :
		ward_reasons[finding->reason].message,
	    clean, false, text, size);
}

void
ward_finding_remedy(const struct ward_finding *finding,
    enum ward_language language, ward_clean_fn *clean, char *text, size_t size)
{
	fill(finding, language,
	    finding->reason == WARD_REASON_NONE ?
		"" :
		ward_reasons[finding->reason].remedy,
	    clean, true, text, size);
}
