/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <pthread.h>
#include <pwquality.h>
#include <string.h>

#include "borrow.h"

/* So many characters have to differ from the old password's. */
#define DIFFERENT 3
/* The least that libpwquality takes; length is another rule's. */
#define LEAST_LENGTH 6

struct library {
	pwquality_settings_t *(*new)(void);
	void (*free)(pwquality_settings_t *);
	int (*set_number)(pwquality_settings_t *, int, int);
	int (*set_text)(pwquality_settings_t *, int, const char *);
	int (*check)(pwquality_settings_t *, const char *, const char *,
	    const char *, void **);
};

static int
load(struct library *library)
{
	const struct ward_borrowed names[] = {
		{ "pwquality_default_settings", &library->new },
		{ "pwquality_free_settings", &library->free },
		{ "pwquality_set_int_value", &library->set_number },
		{ "pwquality_set_str_value", &library->set_text },
		{ "pwquality_check", &library->check },
	};

	return ward_borrow("libpwquality.so.1", names,
	    sizeof(names) / sizeof(*names), NULL);
}

/* What its errors mean here; names, length and classes are other rules'. */
static const struct {
	int error;
	enum ward_weakness weakness;
} meanings[] = {
	{ PWQ_ERROR_CRACKLIB_CHECK, WARD_WEAK_DICTIONARY },
	{ PWQ_ERROR_SAME_PASSWORD, WARD_WEAK_SIMILAR },
	{ PWQ_ERROR_TOO_SIMILAR, WARD_WEAK_SIMILAR },
	{ PWQ_ERROR_CASE_CHANGES_ONLY, WARD_WEAK_SIMILAR },
	{ PWQ_ERROR_ROTATED, WARD_WEAK_SIMILAR },
	{ PWQ_ERROR_PALINDROME, WARD_WEAK_PATTERN },
	{ PWQ_ERROR_EMPTY_PASSWORD, WARD_WEAK_NOT },
	{ PWQ_ERROR_MIN_LENGTH, WARD_WEAK_NOT },
	{ PWQ_ERROR_USER_CHECK, WARD_WEAK_NOT },
	{ PWQ_ERROR_GECOS_CHECK, WARD_WEAK_NOT },
	{ PWQ_ERROR_MIN_DIGITS, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MIN_UPPERS, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MIN_LOWERS, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MIN_OTHERS, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MIN_CLASSES, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MAX_CONSECUTIVE, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MAX_CLASS_REPEAT, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_MAX_SEQUENCE, WARD_WEAK_SIMPLE },
	{ PWQ_ERROR_BAD_WORDS, WARD_WEAK_SIMPLE },
};

static enum ward_weakness
meaning(int error)
{
	if (error >= 0) {
		return WARD_WEAK_NOT; /* how good it finds it */
	}
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (meanings[i].error == error) {
			return meanings[i].weakness;
		}
	}
	return WARD_WEAK_UNKNOWN;
}

/* ---- cracklib's coincidences ----------------------------------------------- */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

/* Few different characters, or most of them one behind another in the
 * alphabet: what cracklib refuses besides words, less what is chance. */
static bool
is_systematic(const char *password, size_t size)
{
	bool seen[256] = { false };
	size_t different = 0, steps = 0;

	for (size_t i = 0; i < size; i++) {
		const unsigned char c = (unsigned char)password[i];
		const int step = i == 0 ? 0 : password[i] - password[i - 1];

		different += !seen[c];
		seen[c] = true;
		steps += step == 1 || step == -1;
	}
	return different < 4 || steps > size / 2;
}

/*
 * Could it be a word, as people change and adorn it? cracklib also leaves out
 * what signs there are, or three characters at one end, and looks up the rest:
 * one random password in some hundreds hits some short word so.
 */
static bool
is_like_word(const char *password, size_t size)
{
	size_t begin = 0, end = size, letters = 0, uppers = 0;

	while (begin < end && !is_letter(password[begin])) {
		begin++;
	}
	while (end > begin && !is_letter(password[end - 1])) {
		end--;
	}
	for (size_t i = begin; i < end; i++) {
		const char c = password[i];

		if (!is_letter(c) && strchr("013457@$!", c) == NULL) {
			return false;
		}
		letters += is_letter(c);
		uppers += c >= 'A' && c <= 'Z';
	}
	return letters >= 4 &&
	    (uppers == 0 || uppers == letters ||
		(uppers == 1 && password[begin] >= 'A' &&
		    password[begin] <= 'Z'));
}

/* ---- asking ---------------------------------------------------------------- */

/* Neither of the two wipes what it leaves there. */
static void __attribute__((noinline)) wipe_stack(void)
{
	char left[48 * 1024];

	explicit_bzero(left, sizeof(left));
}

/* By no configuration file of the host. */
static int
configure(const struct library *library, pwquality_settings_t *settings,
    const char *dictionary)
{
	const struct {
		int setting, value;
	} numbers[] = {
		{ PWQ_SETTING_MIN_LENGTH, LEAST_LENGTH },
		{ PWQ_SETTING_DIFF_OK, DIFFERENT },
		{ PWQ_SETTING_USER_CHECK, 0 },
		{ PWQ_SETTING_GECOS_CHECK, 0 },
		{ PWQ_SETTING_DICT_CHECK, dictionary != NULL },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (library->set_number(settings, numbers[i].setting,
			numbers[i].value) != 0) {
			return -1;
		}
	}
	return dictionary == NULL ?
	    0 :
	    library->set_text(settings, PWQ_SETTING_DICT_PATH, dictionary);
}

static int
ask(const struct library *library, const char *dictionary,
    const struct ward_candidate_of *of, const char *password)
{
	/* cracklib works in static memory. */
	static pthread_mutex_t alone = PTHREAD_MUTEX_INITIALIZER;
	pwquality_settings_t *settings = library->new ();
	struct ward_residue residue;
	int error = PWQ_ERROR_FATAL_FAILURE;

	if (settings == NULL) {
		return PWQ_ERROR_MEM_ALLOC;
	}
	if (configure(library, settings, dictionary) == 0) {
		(void)pthread_mutex_lock(&alone);
		ward_residue_keep(&residue);
		error = library->check(settings, password, of->old, of->name,
		    NULL);
		ward_residue_wipe(&residue);
		(void)pthread_mutex_unlock(&alone);
		wipe_stack();
	}
	library->free(settings);
	return error;
}

int
ward_quality_find(const char *dictionary, const struct ward_candidate_of *of,
    const char *password, size_t size, enum ward_weakness *ret_weakness,
    const char **ret_why, struct ward_error *err)
{
	struct library library = { 0 };
	char copy[WARD_PASSWORD_MAX + 1];
	int error;

	if (size >= sizeof(copy)) {
		return ward_error_set(err, WARD_ERR_RANGE, "no such password");
	}
	if (load(&library) != 0) {
		*ret_weakness = WARD_WEAK_UNKNOWN;
		*ret_why = N_("libpwquality is not installed");
		return 0;
	}
	memcpy(copy, password, size);
	copy[size] = '\0';
	error = ask(&library, dictionary, of, copy);
	explicit_bzero(copy, sizeof(copy));
	if (error == PWQ_ERROR_CRACKLIB_CHECK &&
	    !is_systematic(password, size) && !is_like_word(password, size)) {
		error = 0;
	}
	if (error == PWQ_ERROR_MEM_ALLOC) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	*ret_weakness = meaning(error);
	*ret_why = *ret_weakness == WARD_WEAK_UNKNOWN ?
	    N_("libpwquality could not look at it") :
	    NULL;
	return 0;
}
