/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <fcntl.h>
#include <pthread.h>
#include <pwquality.h>
#include <string.h>
#include <unistd.h>

#include "borrow.h"

/* So many characters have to differ from the old password's. */
#define DIFFERENT 3
/* The least that libpwquality takes; length is another rule's. */
#define LEAST_LENGTH 6
#define DICTIONARY_FILES 3
/* The least letters of a word with more around it: where cracklib finds one
 * too, and where it does not. */
#define SHORT_CORE 4
#define LONG_CORE 5

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

/* cracklib works in static memory. */
static pthread_mutex_t alone = PTHREAD_MUTEX_INITIALIZER;

static void
lock(void)
{
	(void)pthread_mutex_lock(&alone);
}

static void
unlock(void)
{
	(void)pthread_mutex_unlock(&alone);
}

/* A child has only the thread that made it: nobody there would give back what
 * another one holds. */
static void
mind_forks(void)
{
	(void)pthread_atfork(lock, unlock, unlock);
}

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

/*
 * Open each file of the dictionary, and give the places back just before it is
 * asked: cracklib talks to standard error of somebody else's program where it
 * finds none free, and then finds no word.
 */
static bool
reserve(const char *dictionary, int room[DICTIONARY_FILES])
{
	static const char *const suffixes[DICTIONARY_FILES] = { ".pwi", ".pwd",
		".hwm" };
	char path[1024];

	for (size_t i = 0; dictionary != NULL && i < DICTIONARY_FILES; i++) {
		const int length = snprintf(path, sizeof(path), "%s%s",
		    dictionary, suffixes[i]);

		if (length < 0 || (size_t)length >= sizeof(path)) {
			return false;
		}
		room[i] = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (room[i] < 0) {
			return false;
		}
	}
	return true;
}

static void
give_back(int room[DICTIONARY_FILES])
{
	for (size_t i = 0; i < DICTIONARY_FILES; i++) {
		if (room[i] >= 0) {
			(void)close(room[i]);
		}
		room[i] = -1;
	}
}

static int
ask(const struct library *library, const char *dictionary,
    const struct ward_candidate_of *of, const char *password)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pwquality_settings_t *settings = library->new ();
	struct ward_residue residue;
	int error = PWQ_ERROR_FATAL_FAILURE;
	int room[DICTIONARY_FILES] = { -1, -1, -1 };

	if (settings == NULL) {
		return PWQ_ERROR_MEM_ALLOC;
	}
	if (configure(library, settings, dictionary) == 0 &&
	    reserve(dictionary, room)) {
		(void)pthread_once(&once, mind_forks);
		lock();
		ward_residue_keep(&residue);
		ward_residue_reserve(strlen(password));
		ward_residue_reserve(of->old == NULL ? 0 : strlen(of->old));
		give_back(room);
		error = library->check(settings, password, of->old, of->name,
		    NULL);
		ward_residue_wipe_heap(strlen(password));
		ward_residue_wipe_heap(of->old == NULL ? 0 : strlen(of->old));
		ward_residue_wipe(&residue);
		unlock();
		wipe_stack();
	}
	give_back(room);
	library->free(settings);
	return error;
}

static bool
is_ascii(const char *password, size_t size)
{
	size_t i = 0;

	while (i < size && (unsigned char)password[i] < 0x80) {
		i++;
	}
	return i == size;
}

/* Signs that hardly anybody puts around a word: with them a short one is
 * chance. */
static bool
has_rare_signs(const char *password, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!is_letter(password[i]) &&
		    strchr("0123456789!@#$%&*.?-_+ ", password[i]) == NULL) {
			return true;
		}
	}
	return false;
}

/* What cracklib found, where it is no coincidence. */
static int
confirm(const char *dictionary, const char *password, size_t size,
    enum ward_weakness *weakness)
{
	const size_t least = has_rare_signs(password, size) ? LONG_CORE :
							      SHORT_CORE;
	bool word = true;
	int r = 0;

	if (is_systematic(password, size) || !is_ascii(password, size)) {
		return 0;
	}
	r = is_like_word(password, size) ?
	    ward_dictionary_within(dictionary, password, size, least, &word) :
	    ward_dictionary_core(dictionary, password, size, least, &word);
	if (r == 0 && !word) {
		*weakness = WARD_WEAK_NOT;
	}
	return r;
}

static int
look(const struct library *library, const char *dictionary,
    const struct ward_candidate_of *of, const char *password, size_t size,
    enum ward_weakness *ret_weakness)
{
	char copy[WARD_PASSWORD_MAX + 1];
	bool word = false;
	int error;

	if (dictionary != NULL &&
	    ward_dictionary_core(dictionary, password, size, LONG_CORE,
		&word) != 0) {
		*ret_weakness = WARD_WEAK_UNKNOWN;
		return 0;
	}
	if (word) {
		*ret_weakness = WARD_WEAK_DICTIONARY;
		return 0;
	}
	memcpy(copy, password, size);
	copy[size] = '\0';
	error = ask(library, dictionary, of, copy);
	explicit_bzero(copy, sizeof(copy));
	*ret_weakness = meaning(error);
	if (error == PWQ_ERROR_CRACKLIB_CHECK &&
	    confirm(dictionary, password, size, ret_weakness) != 0) {
		*ret_weakness = WARD_WEAK_UNKNOWN;
	}
	return error == PWQ_ERROR_MEM_ALLOC ? WARD_ERR_NOMEM : 0;
}

int
ward_quality_find(const char *dictionary, const struct ward_candidate_of *of,
    const char *password, size_t size, enum ward_weakness *ret_weakness,
    const char **ret_why, struct ward_error *err)
{
	struct library library = { 0 };

	if (size > WARD_PASSWORD_MAX) {
		return ward_error_set(err, WARD_ERR_RANGE, "no such password");
	}
	if (load(&library) != 0) {
		*ret_weakness = WARD_WEAK_UNKNOWN;
		*ret_why = N_("libpwquality could not be loaded");
		return 0;
	}
	if (look(&library, dictionary, of, password, size, ret_weakness) != 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	*ret_why = *ret_weakness == WARD_WEAK_UNKNOWN ?
	    N_("libpwquality could not look at it") :
	    NULL;
	return 0;
}
