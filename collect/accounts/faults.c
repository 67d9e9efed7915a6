/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "collect/accounts/fields.h"

#define NAME_MOST 32 /* useradd(8), utmp(5) */

void
ward_faults_add(struct ward_faults *faults, enum ward_reason_id reason,
    const char *format, ...)
{
	struct ward_fault *fault;
	va_list args;

	if (faults->count == WARD_FAULTS_MAX) {
		return;
	}
	fault = &faults->list[faults->count++];
	fault->reason = reason;
	va_start(args, format);
	(void)vsnprintf(fault->detail, sizeof(fault->detail), format, args);
	va_end(args);
	if (ward_field_is_hash(fault->detail)) {
		(void)snprintf(fault->detail, sizeof(fault->detail), "%s",
		    N_("(a hash)"));
	}
}

static bool
is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* Are all bytes printable ASCII? Eight at a time: every line comes by here. */
static bool
is_plain(const char *text, size_t size)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t odd = 0, word;

	for (; size >= sizeof(word);
	     text += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		/* A top bit is set where a byte has it, is below 0x20, or is
		 * 0x7f; the borrow of one such byte may show at the next. */
		odd |= word | (word - ones * 0x20) | (word + ones);
	}
	odd &= tops;
	for (; size > 0; text++, size--) {
		odd |= (unsigned char)*text >= 0x80 ||
		    is_control((unsigned char)*text);
	}
	return odd == 0;
}

static void
add_control(struct ward_faults *faults, const struct ward_line *line, size_t at)
{
	unsigned char c = (unsigned char)line->text[at];

	if (c == '\0') {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_CONTROL, "NUL");
	} else if (c == '\r' && at + 1 == line->size) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_CONTROL,
		    N_("CR at the end of the line"));
	} else {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_CONTROL,
		    "0x%02X", c);
	}
}

void
ward_faults_bytes(struct ward_faults *faults, const struct ward_line *line,
    size_t most)
{
	const bool plain = is_plain(line->text, line->size);
	size_t control = line->size;
	unsigned char high = 0;

	for (size_t i = 0; i < line->size && !plain; i++) {
		unsigned char c = (unsigned char)line->text[i];

		high |= c;
		if (is_control(c) && control == line->size) {
			control = i;
		}
	}
	if (control < line->size) {
		add_control(faults, line, control);
	}
	if (high >= 0x80 && !ward_utf8_valid(line->text, line->size)) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_ENCODING, "%s",
		    "");
	}
	if (line->cut) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_LONG,
		    NC_("detail", "more than %u"), WARD_LINE_MAX);
	} else if (most > 0 && line->size > most) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_LONG, "%zu",
		    line->size);
	}
}

void
ward_faults_fields(struct ward_faults *faults, size_t count, size_t right)
{
	if (count != right) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_FIELDS,
		    count == 1 ? NC_("detail", "%zu field where %zu belong") :
				 NC_("detail", "%zu fields where %zu belong"),
		    count, right);
	}
}

/* Nearly all are like this one: "wang01". */
static bool
is_usual(const char *name)
{
	size_t size = 0;

	while ((name[size] >= 'a' && name[size] <= 'z') ||
	    (size > 0 && name[size] >= '0' && name[size] <= '9')) {
		size++;
	}
	return size > 0 && size <= NAME_MOST && name[size] == '\0';
}

/* What is wrong with the name, or NULL. */
static const char *
name_fault(const char *name)
{
	bool ascii = true, control = false;

	if (is_usual(name)) {
		return NULL;
	}
	for (const char *c = name; *c != '\0'; c++) {
		ascii = ascii && (unsigned char)*c < 0x80;
		control = control || is_control((unsigned char)*c);
	}
	if (*name == '\0') {
		return N_("is empty");
	}
	if (ward_field_is_hash(name)) {
		return N_("holds a hash");
	}
	if (control) {
		return N_("holds a control character");
	}
	if (!ascii) {
		return N_("is not ASCII");
	}
	if (*name == '-' || *name == '+') {
		return *name == '-' ? N_("begins with '-'") :
				      N_("begins with '+'");
	}
	if (strpbrk(name, " /,") != NULL) {
		return strchr(name, ' ') != NULL ? N_("holds a blank") :
		    strchr(name, '/') != NULL    ? N_("holds '/'") :
						   N_("holds ','");
	}
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		return N_("is the name of a directory");
	}
	if (name[strspn(name, "0123456789")] == '\0') {
		return N_("is all digits");
	}
	return strlen(name) > NAME_MOST ? N_("is longer than 32 bytes") : NULL;
}

void
ward_faults_name(struct ward_faults *faults, const char *name, bool group)
{
	const char *fault = name_fault(name);

	if (fault != NULL) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_NAME,
		    group ? NC_("detail", "the group name %s") :
			    NC_("detail", "it %s"),
		    fault);
	}
}

void
ward_faults_number(struct ward_faults *faults, enum ward_reason_id reason,
    const char *field)
{
	const char *digits;
	uint32_t number;
	enum ward_number form = ward_field_number(field, &number);
	bool minus;

	if (form == WARD_NUMBER_PLAIN) {
		return;
	}
	digits = field + strspn(field, " \t\v\f\r");
	minus = *digits == '-';
	digits += minus || *digits == '+';
	switch (form) {
	case WARD_NUMBER_PLAIN:
	case WARD_NUMBER_ODD:
		ward_faults_add(faults, reason, "'%.32s'", field);
		return;
	case WARD_NUMBER_EMPTY:
	case WARD_NUMBER_DEAD:
		break;
	}
	field = ward_field_is_hash(field) ? N_("(a hash)") : field;
	ward_faults_add(faults, reason,
	    *digits == '\0' || digits[strspn(digits, "0123456789")] != '\0' ?
		NC_("detail", "'%.32s', which is no number") :
		minus ? NC_("detail", "'%.32s', which is negative") :
			NC_("detail", "'%.32s', which is too large"),
	    field);
}

int
ward_faults_to_host(const struct ward_faults *faults,
    struct ward_defects *defects, const char *name, struct ward_source source)
{
	int r = 0;

	if (name != NULL && (*name == '\0' || ward_field_is_hash(name))) {
		name = NULL;
	}
	for (size_t i = 0; i < faults->count && r == 0; i++) {
		const struct ward_fault *f = &faults->list[i];

		r = ward_defects_add(defects, f->reason, name, source,
		    *f->detail == '\0' ? NULL : f->detail);
	}
	return r;
}
