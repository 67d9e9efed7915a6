/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/fields.h"

#include <stdlib.h>
#include <string.h>

/* isspace(3) of the C locale, whatever the locale is. */
#define BLANKS " \t\n\v\f\r"

char *
ward_line_entry(const struct ward_line *line)
{
	char *entry = line->text;

	/* Only what is below '!' can be a blank, and hardly any line has one. */
	if (*entry <= ' ') {
		entry += strspn(entry, BLANKS);
	}
	return *entry == '\0' || *entry == '#' ? NULL : entry;
}

void
ward_fields_split(char *entry, size_t most, struct ward_fields *ret_fields)
{
	struct ward_fields fields = { .count = 1, .list = { entry } };
	char *colon = entry;

	while ((colon = strchr(colon, ':')) != NULL) {
		if (fields.count < most) {
			*colon = '\0';
			fields.list[fields.count] = colon + 1;
		}
		fields.count++;
		colon++;
	}
	for (size_t i = fields.count; i < WARD_FIELDS_MAX; i++) {
		fields.list[i] = entry + strlen(entry);
	}
	*ret_fields = fields;
}

/* Up to nine digits without a needless zero, as nearly all numbers are. */
static bool
is_usual(const char *field, uint32_t *ret_number)
{
	uint32_t number = 0;
	size_t size = 0;

	while (size < 10 && field[size] >= '0' && field[size] <= '9') {
		number = number * 10 + (uint32_t)(field[size] - '0');
		size++;
	}
	if (size == 0 || size == 10 || field[size] != '\0' ||
	    (*field == '0' && size > 1)) {
		return false;
	}
	*ret_number = number;
	return true;
}

enum ward_number
ward_field_number(const char *field, uint32_t *ret_number)
{
	size_t digits;
	unsigned long number;
	bool plain;
	char *end;

	if (*field == '\0') {
		return WARD_NUMBER_EMPTY;
	}
	if (is_usual(field, ret_number)) {
		return WARD_NUMBER_PLAIN;
	}
	digits = strspn(field, "0123456789");
	number = strtoul(field, &end, 10);
	if (end == field || *end != '\0') {
		return WARD_NUMBER_DEAD;
	}
	/* Since glibc 2.36 or so; before, it was taken as 4294967295. */
	if (number > UINT32_MAX) {
		return WARD_NUMBER_DEAD;
	}
	plain = field[digits] == '\0' && (*field != '0' || digits == 1);
	*ret_number = (uint32_t)number;
	return plain ? WARD_NUMBER_PLAIN : WARD_NUMBER_ODD;
}

char *
ward_field_member(char **list)
{
	char *name = *list, *end;

	for (;;) {
		name += strspn(name, BLANKS);
		end = name + strcspn(name, ",");
		if (end > name) {
			break;
		}
		if (*end == '\0') {
			*list = end;
			return NULL;
		}
		name = end + 1;
	}
	*list = end;
	if (*end != '\0') {
		*end = '\0';
		*list = end + 1;
	}
	return name;
}
