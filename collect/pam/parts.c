/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that are no service, but a part of those that include them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/pam/service.h"

/* What distributions, and authselect, name such parts. */
static const char *const known[] = { "system-auth", "system-auth-ac",
	"password-auth", "password-auth-ac", "postlogin", "postlogin-ac",
	"smartcard-auth", "smartcard-auth-ac", "fingerprint-auth",
	"fingerprint-auth-ac", "common-auth", "common-account",
	"common-password", "common-session", "common-session-noninteractive",
	"common-session-nonlogin", "system-login", "system-local-login",
	"system-remote-login", "system-services" };

static bool
is_known(const char *name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(name, known[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* The service that a file name stands for, if it is one, and not the one that
 * includes it. */
static int
keep_included(struct ward_pam *pam, const char *by, const char *name)
{
	const char *slash = strrchr(name, '/');
	uint32_t index;

	name = slash == NULL ? name : slash + 1;
	return strcmp(name, by) == 0 ||
		ward_strings_keep(pam->included, name, strlen(name), &index) ==
		    0 ?
	    0 :
	    WARD_ERR_NOMEM;
}

/* "@include FILE", "auth include FILE" */
static int
take_line(struct ward_pam *pam, const char *by, char *line)
{
	char *rest = line, *word = ward_pam_word(&rest);

	if (word != NULL && strcasecmp(word, "@include") != 0) {
		word = ward_pam_word(&rest);
		if (word != NULL && strcasecmp(word, "include") != 0 &&
		    strcasecmp(word, "substack") != 0) {
			return 0;
		}
	}
	word = word == NULL ? NULL : ward_pam_word(&rest);
	return word == NULL ? 0 : keep_included(pam, by, word);
}

static int
scan_file(struct ward_pam *pam, const char *by, const char *path)
{
	char line[WARD_PAM_LINE_SIZE], *bytes = NULL;
	struct ward_pam_text text = { .line = 0 };
	const char *what;
	uint32_t number;
	size_t size = 0;
	int r = ward_pam_load(pam->root, path, &bytes, &size, &what);

	if (r != 0) {
		return r == WARD_ERR_NOMEM ? r : 0;
	}
	text.at = bytes;
	text.end = bytes + size;
	while (r == 0 &&
	    ward_pam_line_next(&text, line, &number, &what) == WARD_PAM_LINE) {
		r = take_line(pam, by, line);
	}
	free(bytes);
	return r;
}

/* Once, and each service's file, whichever directory it lies in. */
static int
scan(struct ward_pam *pam)
{
	int r = ward_strings_new(&pam->included) == 0 ? 0 : WARD_ERR_NOMEM;

	for (uint32_t i = 0; i < pam->name_count && r == 0; i++) {
		for (size_t at = 0; pam->dirs[at] != NULL && r == 0; at++) {
			char *path = NULL;

			if (asprintf(&path, "%s/%s", pam->dirs[at],
				pam->names[i]) < 0) {
				return WARD_ERR_NOMEM;
			}
			r = scan_file(pam, pam->names[i], path);
			free(path);
		}
	}
	return r;
}

int
ward_pam_is_fragment(struct ward_pam *pam,
    const struct ward_pam_service *service, bool *ret_fragment)
{
	size_t own = 0;
	int r = 0;

	if (is_known(service->name)) {
		*ret_fragment = true;
		return 0;
	}
	if (pam->included == NULL) {
		r = scan(pam);
	}
	for (size_t t = 0; t < WARD_PAM_TYPES; t++) {
		own += !service->stacks[t].other;
	}
	if (r == 0) {
		*ret_fragment = own == 1 &&
		    ward_strings_find(pam->included, service->name) !=
			WARD_TABLE_NONE;
	}
	return r;
}
