/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a name, a GECOS field and a password, each behind a NUL: what is
 * counted is never more than there is, and what holds the name is found out. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "policy/policy.h"

#define HIDDEN "\xe2\x80\x8b" /* zero width space */

static struct ward_candidate
look(const struct ward_candidate_of *of, const char *password, size_t size)
{
	struct ward_candidate candidate;
	/* Of just its size, so that a byte too many is seen. */
	char *exact = malloc(size == 0 ? 1 : size);

	if (exact == NULL) {
		abort();
	}
	memcpy(exact, password, size);
	if (ward_candidate_look(NULL, of, exact, size, &candidate, NULL) != 0 ||
	    !candidate.characters.known || !candidate.classes.known ||
	    candidate.characters.value < 0 ||
	    candidate.characters.value > (int64_t)size ||
	    candidate.classes.value < 0 || candidate.classes.value > 4 ||
	    candidate.weakness != WARD_WEAK_UNKNOWN ||
	    candidate.names_known != (of->name != NULL)) {
		abort();
	}
	free(exact);
	return candidate;
}

/* What can't be seen changes nothing; bytes that are no text all count. */
static void
check_hidden(const struct ward_candidate_of *of, const char *password,
    size_t size)
{
	const struct ward_candidate plain = look(of, password, size);
	char longer[WARD_PASSWORD_MAX];
	struct ward_candidate hidden;

	if (!ward_utf8_valid(password, size)) {
		if (plain.characters.value != (int64_t)size) {
			abort();
		}
		return;
	}
	if (size + strlen(HIDDEN) > sizeof(longer)) {
		return;
	}
	memcpy(longer, HIDDEN, strlen(HIDDEN));
	memcpy(longer + strlen(HIDDEN), password, size);
	hidden = look(of, longer, size + strlen(HIDDEN));
	if (hidden.characters.value != plain.characters.value ||
	    hidden.classes.value != plain.classes.value ||
	    hidden.has_name != plain.has_name) {
		abort();
	}
}

/* The name, as a line of passwd has one, behind whatever else. */
static void
check_name(const struct ward_candidate_of *of, const char *password,
    size_t size)
{
	const size_t length = strlen(of->name);
	char longer[WARD_PASSWORD_MAX];

	if (length < 3 || size + length > sizeof(longer) ||
	    of->name[strspn(of->name,
		"abcdefghijklmnopqrstuvwxyz0123456789")] != '\0') {
		return;
	}
	memcpy(longer, password, size);
	memcpy(longer + size, of->name, length);
	/* An unfinished character takes no letter with it. */
	if (!look(of, longer, size + length).has_name) {
		abort();
	}
	for (size_t i = 0; i < length; i++) {
		longer[size + i] = of->name[length - 1 - i];
	}
	if (!look(of, longer, size + length).has_name) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);
	const char *parts[3] = { text, "", "" };
	struct ward_candidate_of of;
	struct ward_candidate candidate;
	size_t left, part = 1;
	int r;

	if (text == NULL) {
		abort();
	}
	memcpy(text, bytes, size);
	text[size] = '\0';
	for (size_t i = 0; i < size && part < 3; i++) {
		if (text[i] == '\0') {
			parts[part++] = text + i + 1;
		}
	}
	of = (struct ward_candidate_of){ .name = parts[0], .gecos = parts[1] };
	left = part < 3 ? 0 : size - (size_t)(parts[2] - text);
	r = ward_candidate_look(NULL, &of, parts[2], left, &candidate, NULL);
	if (r == 0) {
		check_hidden(&of, parts[2], left);
		check_name(&of, parts[2], left);
	} else if (r !=
	    (left > WARD_PASSWORD_MAX ? WARD_ERR_RANGE : WARD_ERR_SYNTAX)) {
		abort();
	}
	free(text);
	return 0;
}
