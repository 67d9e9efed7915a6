/* SPDX-License-Identifier: BSD-2-Clause */
/* Passwords made by chance, by libpwquality's generator. */
#include <stdlib.h>
#include <string.h>

#include "borrow.h"

#define LIBRARY "libpwquality.so.1"
#define DICT_CHECK 15 /* as pwquality.h has it: PWQ_SETTING_DICT_CHECK */

/* The generator is asked for no more at once, and has no less to give. */
#define PART_MAX 128
#define PART_MIN 56

static void *(*settings_new)(void);
static void (*settings_free)(void *settings);
static int (*settings_set)(void *settings, int setting, int value);
static int (*generate)(void *settings, int bits, char **password);
static const struct ward_borrowed names[] = {
	{ "pwquality_default_settings", &settings_new },
	{ "pwquality_free_settings", &settings_free },
	{ "pwquality_set_int_value", &settings_set },
	{ "pwquality_generate", &generate },
};

/* Put one more part behind the `used` bytes, and a hyphen between the two. */
static int
append(void *settings, unsigned int bits, char *password, size_t *used,
    struct ward_error *err)
{
	char *part = NULL;
	size_t size;
	int code = generate(settings, (int)bits, &part), r = 0;

	if (code < 0 || part == NULL) {
		return ward_error_set(err, WARD_ERR_TOOL,
		    "libpwquality makes no password: error %d", code);
	}
	size = strlen(part);
	if (*used + 1 + size > WARD_PASSWORD_MAX) {
		r = ward_error_set(err, WARD_ERR_RANGE,
		    "no password is that long");
	} else {
		if (*used > 0) {
			password[(*used)++] = '-';
		}
		memcpy(password + *used, part, size + 1);
		*used += size;
	}
	explicit_bzero(part, size);
	free(part);
	return r;
}

int
ward_password_generate(unsigned int bits, char password[WARD_PASSWORD_MAX + 1],
    struct ward_error *err)
{
	const unsigned int parts = bits <= PART_MAX ?
	    1 :
	    (bits + PART_MAX - 1) / PART_MAX;
	unsigned int each = (bits + parts - 1) / parts;
	void *settings;
	size_t used = 0;
	int r = ward_borrow(LIBRARY, names, sizeof(names) / sizeof(names[0]),
	    err);

	if (r != 0) {
		return r;
	}
	settings = settings_new();
	if (settings == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	/* Whether it stands in a dictionary is the plan's to ask, and a host
	 * need not have one. */
	(void)settings_set(settings, DICT_CHECK, 0);
	each = each < PART_MIN ? PART_MIN : each;
	for (unsigned int i = 0; i < parts && r == 0; i++) {
		r = append(settings, each, password, &used, err);
	}
	settings_free(settings);
	if (r != 0) {
		explicit_bzero(password, WARD_PASSWORD_MAX + 1);
	}
	return r;
}
