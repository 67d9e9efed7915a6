/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 64
#define WORD_SIZE 64

/* The keys that every rule has, as settings of no rule. */
static const struct ward_setting common_keys[WARD_KEY_FIRST_SETTING] = {
	[WARD_KEY_CLAUSE] = { .rule = WARD_RULE_COUNT,
	    .key = "clause",
	    .type = WARD_TEXT,
	    .stricter = WARD_FIXED,
	    .help = N_("the places in the document, separated by |") },
	[WARD_KEY_STRENGTH] = { .rule = WARD_RULE_COUNT,
	    .key = "strength",
	    .type = WARD_CHOICE,
	    .stricter = WARD_LATER,
	    .choices = "should shall",
	    .builtin = "shall",
	    .help = N_("shall (a failure when broken) or should (a warning)") },
};

const struct ward_setting *
ward_key_setting(enum ward_rule_id rule, size_t i)
{
	if (i < WARD_KEY_FIRST_SETTING) {
		return &common_keys[i];
	}
	i -= WARD_KEY_FIRST_SETTING;
	for (size_t s = 0; s < WARD_SETTING_COUNT; s++) {
		if (ward_settings[s].rule == rule && i-- == 0) {
			return &ward_settings[s];
		}
	}
	return NULL;
}

const char *
ward_key_name(enum ward_rule_id rule, size_t i)
{
	const struct ward_setting *setting = ward_key_setting(rule, i);

	return setting == NULL ? NULL : setting->key;
}

size_t
ward_key_find(enum ward_rule_id rule, const char *key)
{
	const char *name;

	for (size_t i = 0; (name = ward_key_name(rule, i)) != NULL; i++) {
		if (strcmp(name, key) == 0) {
			return i;
		}
	}
	return WARD_KEYS_MAX;
}

/* The index of a word in a blank-separated list, or -1. */
static int
word_index(const char *list, const char *word, size_t size)
{
	int i = 0;

	for (;; i++) {
		size_t length;

		list += strspn(list, " ");
		length = strcspn(list, " ");
		if (length == 0) {
			return -1;
		}
		if (length == size && strncmp(list, word, size) == 0) {
			return i;
		}
		list += length;
	}
}

bool
ward_words_have(const char *words, const char *word, size_t size)
{
	return word_index(words, word, size) >= 0;
}

static int
compare_words(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;

	return strcmp(*left, *right);
}

/* `words` has its blanks overwritten; the result is sorted, each word once. */
static int
join_words(char *words, size_t limit, char **ret_text)
{
	char *list[WORDS_MAX * 2];
	char *text, *end;
	size_t count = 0, size = strlen(words) + 1;

	for (;;) {
		words += strspn(words, " \t");
		if (*words == '\0') {
			break;
		}
		if (count == limit) {
			return WARD_ERR_RANGE;
		}
		list[count++] = words;
		words += strcspn(words, " \t");
		if (*words != '\0') {
			*words++ = '\0';
		}
	}
	qsort(list, count, sizeof(list[0]), compare_words);
	text = calloc(1, size);
	if (text == NULL) {
		return WARD_ERR_NOMEM;
	}
	end = text;
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || strcmp(list[i], list[i - 1]) != 0) {
			end = stpcpy(stpcpy(end, i == 0 ? "" : " "), list[i]);
		}
	}
	*ret_text = text;
	return 0;
}

static int
parse_words(const struct ward_setting *setting, const char *text,
    struct ward_value *ret_value, struct ward_error *err)
{
	char *copy = strdup(text), *words = NULL;
	int r;

	if (copy == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = join_words(copy, setting->hi, &words);
	free(copy);
	if (r != 0) {
		return ward_error_set(err, r, "more than %u words",
		    setting->hi);
	}
	for (const char *word = words;
	     *word != '\0' && setting->choices != NULL;) {
		size_t size = strcspn(word, " ");

		if (word_index(setting->choices, word, size) < 0) {
			r = ward_error_set(err, WARD_ERR_SYNTAX,
			    "'%.*s' is none of: %s", (int)size, word,
			    setting->choices);
			free(words);
			return r;
		}
		word += size;
		word += strspn(word, " ");
	}
	ret_value->text = words;
	return 0;
}

static int
parse_number(const struct ward_setting *setting, const char *text,
    struct ward_value *ret_value, struct ward_error *err)
{
	char plain[12];
	uint64_t number;
	int r = ward_parse_uint(text, setting->lo, setting->hi, &number);

	if (r != 0) {
		return ward_error_set(err, r,
		    "'%s' is not a whole number from %u to %u%s%s", text,
		    setting->lo, setting->hi, *setting->unit ? " " : "",
		    ward_error_text(err, setting->unit));
	}
	(void)snprintf(plain, sizeof(plain), "%u", (uint32_t)number);
	ret_value->text = strdup(plain);
	ret_value->number = (uint32_t)number;
	return ret_value->text == NULL ? WARD_ERR_NOMEM : 0;
}

static int
parse_choice(const struct ward_setting *setting, const char *text,
    struct ward_value *ret_value, struct ward_error *err)
{
	int choice = strchr(text, ' ') != NULL ?
	    -1 :
	    word_index(setting->choices, text, strlen(text));

	if (choice < 0) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "'%s' is none of: %s", text, setting->choices);
	}
	ret_value->number = (uint32_t)choice;
	ret_value->text = strdup(text);
	return ret_value->text == NULL ? WARD_ERR_NOMEM : 0;
}

static int
parse_yearday(const char *text, struct ward_value *ret_value,
    struct ward_error *err)
{
	struct ward_moment moment;
	char day[32];

	/* Any leap year will do, so that 02-29 is a day. */
	(void)snprintf(day, sizeof(day), "2024-%s", text);
	if (strlen(text) != 5 || ward_moment_parse(day, 0, &moment) != 0) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "'%s' is not a day of the year, as MM-DD", text);
	}
	ret_value->number = (uint32_t)ward_day_of(
	    moment.seconds); /* in order */
	ret_value->text = strdup(text);
	return ret_value->text == NULL ? WARD_ERR_NOMEM : 0;
}

/* Clauses are separated by '|', and none of them may be empty. */
static bool
is_list(const char *text)
{
	for (;;) {
		text += strspn(text, " ");
		if (*text == '\0' || *text == '|') {
			return false;
		}
		text += strcspn(text, "|");
		if (*text++ == '\0') {
			return true;
		}
	}
}

int
ward_value_parse(enum ward_rule_id rule, size_t key, const char *text,
    struct ward_value *ret_value, struct ward_error *err)
{
	const struct ward_setting *setting = ward_key_setting(rule, key);
	struct ward_value value = { .text = NULL };
	int r = 0;

	(void)ward_error_set(err, 0, "no memory");
	if (*text == '\0') {
		return ward_error_set(err, WARD_ERR_SYNTAX, "no value");
	}
	switch (setting->type) {
	case WARD_NUMBER:
		r = parse_number(setting, text, &value, err);
		break;
	case WARD_WORDS:
		r = parse_words(setting, text, &value, err);
		break;
	case WARD_CHOICE:
		r = parse_choice(setting, text, &value, err);
		break;
	case WARD_YEARDAY:
		r = parse_yearday(text, &value, err);
		break;
	case WARD_TEXT:
		if (key == WARD_KEY_CLAUSE && !is_list(text)) {
			return ward_error_set(err, WARD_ERR_SYNTAX,
			    "an empty clause in '%s'", text);
		}
		value.text = strdup(text);
		r = value.text == NULL ? WARD_ERR_NOMEM : 0;
		break;
	}
	if (r == 0) {
		ret_value->text = value.text;
		ret_value->number = value.number;
	}
	return r;
}

void
ward_value_clear(struct ward_value *value)
{
	free(value->text);
	free(value->origin.file);
	*value = (struct ward_value){ .text = NULL };
}

int
ward_value_copy(const struct ward_value *from, struct ward_value *to)
{
	struct ward_value copy = *from;

	copy.text = from->text == NULL ? NULL : strdup(from->text);
	copy.origin.file = from->origin.file == NULL ?
	    NULL :
	    strdup(from->origin.file);
	if ((from->text != NULL && copy.text == NULL) ||
	    (from->origin.file != NULL && copy.origin.file == NULL)) {
		ward_value_clear(&copy);
		return WARD_ERR_NOMEM;
	}
	ward_value_clear(to);
	*to = copy;
	return 0;
}

/* Does every word of `some` stand in `all`? */
static bool
has_all_words(const char *all, const char *some)
{
	while (*some != '\0') {
		size_t size = strcspn(some, " ");

		if (word_index(all, some, size) < 0) {
			return false;
		}
		some += size;
		some += strspn(some, " ");
	}
	return true;
}

static int
add_words(struct ward_value *value, const struct ward_value *agency)
{
	struct ward_value sum = *agency;
	char *both = NULL;
	int r;

	if (asprintf(&both, "%s %s", value->text, agency->text) < 0) {
		return WARD_ERR_NOMEM;
	}
	sum.text = NULL;
	r = join_words(both, WORDS_MAX, &sum.text);
	free(both);
	if (r != 0) {
		return r;
	}
	r = ward_value_copy(&sum, value);
	free(sum.text);
	return r;
}

int
ward_value_tighten(enum ward_rule_id rule, size_t key, struct ward_value *value,
    const struct ward_value *agency)
{
	bool tighter = false;

	if (value->text == NULL) {
		return ward_value_copy(agency, value);
	}
	switch (ward_key_setting(rule, key)->stricter) {
	case WARD_FIXED:
		tighter = strcmp(agency->text, value->text) == 0;
		break;
	case WARD_LOWER:
		tighter = agency->number <= value->number;
		break;
	case WARD_HIGHER:
	case WARD_LATER:
		tighter = agency->number >= value->number;
		break;
	case WARD_MORE:
		return add_words(value, agency);
	case WARD_FEWER:
		tighter = has_all_words(value->text, agency->text);
		break;
	}
	return tighter ? ward_value_copy(agency, value) : WARD_ERR_LOOSER;
}

/* The words that both allow. */
static int
common_words(struct ward_value *value, const struct ward_value *other)
{
	struct ward_value some = *value;
	const char *rest = value->text;
	char *end;
	int r;

	some.text = calloc(1, strlen(value->text) + 1);
	if (some.text == NULL) {
		return WARD_ERR_NOMEM;
	}
	end = some.text;
	while (*rest != '\0') {
		size_t size = strcspn(rest, " ");

		if (word_index(other->text, rest, size) >= 0) {
			end = stpcpy(end, end == some.text ? "" : " ");
			end = mempcpy(end, rest, size);
		}
		rest += size;
		rest += strspn(rest, " ");
	}
	r = end == some.text ? WARD_ERR_RANGE : ward_value_copy(&some, value);
	free(some.text);
	return r;
}

int
ward_value_merge(enum ward_rule_id rule, size_t key, struct ward_value *value,
    const struct ward_value *other)
{
	int r;

	if (value->text != NULL && strcmp(value->text, other->text) == 0) {
		return 0;
	}
	r = ward_value_tighten(rule, key, value, other);
	if (r != WARD_ERR_LOOSER) {
		return r;
	}
	return ward_key_setting(rule, key)->stricter == WARD_FEWER ?
	    common_words(value, other) :
	    0;
}

int
ward_origin_parse(const char *text, struct ward_origin *ret_origin)
{
	static const struct {
		const char *word;
		enum ward_origin_kind kind;
	} kinds[] = {
		{ "plan ", WARD_ORIGIN_PLAN },
		{ "agency ", WARD_ORIGIN_AGENCY },
	};
	const char *colon = strrchr(text, ':');
	uint64_t line;

	if (strcmp(text, "built-in") == 0) {
		*ret_origin = (struct ward_origin){ .kind = WARD_ORIGIN_BUILTIN,
			.line = 1 };
		return 0;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *file = text + strlen(kinds[i].word);
		char *copy;

		if (strncmp(text, kinds[i].word, strlen(kinds[i].word)) != 0 ||
		    colon == NULL || colon <= file ||
		    ward_parse_uint(colon + 1, 1, UINT32_MAX, &line) != 0) {
			continue;
		}
		copy = strndup(file, (size_t)(colon - file));
		if (copy == NULL) {
			return WARD_ERR_NOMEM;
		}
		*ret_origin = (struct ward_origin){ .kind = kinds[i].kind,
			.file = copy,
			.line = (uint32_t)line };
		return 0;
	}
	return WARD_ERR_SYNTAX;
}
