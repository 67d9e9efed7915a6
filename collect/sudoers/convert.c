/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/convert.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "collect/base/hash.h"
#include "collect/base/spawn.h"
#include "collect/sudoers/json.h"

#define CHUNK_BYTES ((size_t)256 << 10) /* JSON is thirty times as long */
#define CHUNK_LINES 4096
#define ROUNDS_MAX 64 /* of the same lines */
#define RUNS_MAX 4096 /* of cvtsudoers, in all */
#define OUTPUT_MAX ((size_t)64 << 20)
#define SECONDS_MAX 30

static const char include_word[] = "include";
#define WORD_SIZE (sizeof(include_word) - 1)

struct convert {
	struct ward_sudo_text *text;
	struct ward_sudo_model *model;
	struct ward_defects *defects;
	struct ward_error *err;
	char prefix[40];          /* of the markers */
	char word[WORD_SIZE + 1]; /* stands for "include" */
	char *feed;               /* what cvtsudoers gets */
	size_t size, room;
	uint32_t *rows; /* of the feed: where each line begins */
	uint32_t row;
	unsigned int runs;
};

/* ---- the feed ----------------------------------------------------------- */

/* Names that nobody who wrote the files could foresee, so that none of theirs
 * is taken for one of ours, whichever way it is quoted or escaped. */
static int
choose_names(struct convert *c)
{
	struct ward_hash_key key;

	if (ward_hash_key_new(&key) != 0) {
		return ward_error_set(c->err, WARD_ERR_IO, "no randomness: %s",
		    strerror(errno));
	}
	snprintf(c->prefix, sizeof(c->prefix), "mark%016" PRIx64 "%016" PRIx64,
	    key.k0, key.k1);
	if (ward_hash_key_new(&key) != 0) {
		return ward_error_set(c->err, WARD_ERR_IO, "no randomness: %s",
		    strerror(errno));
	}
	for (size_t i = 0; i < WORD_SIZE; i++) {
		c->word[i] = (char)('g' + key.k0 % 20);
		key.k0 /= 20;
	}
	return 0;
}

/* What follows the sign of an include is `from`: make it `to`. */
static void
replace(char *text, size_t size, const char *from, const char *to)
{
	char *end = text + size;

	if (size == 0) {
		return;
	}
	while ((text = memmem(text, (size_t)(end - text), from, WORD_SIZE)) !=
	    NULL) {
		memcpy(text, to, WORD_SIZE);
		text += WORD_SIZE;
	}
}

static int
put(struct convert *c, const char *bytes, size_t size)
{
	size_t want = c->size + size + 1;

	if (want > c->room) {
		char *feed = realloc(c->feed, want * 2);

		if (feed == NULL) {
			return ward_error_set(c->err, WARD_ERR_NOMEM,
			    "no memory");
		}
		c->feed = feed;
		c->room = want * 2;
	}
	memcpy(c->feed + c->size, bytes, size);
	c->size += size;
	for (size_t i = 0; i < size; i++) {
		c->row += bytes[i] == '\n' ? 1 : 0;
	}
	return 0;
}

/*
 * cvtsudoers opens what it takes for an include itself. No line that is fed
 * has one, but names may look like one (svc@include), and its scanner and ours
 * might disagree: so the word goes in disguise, and is itself again in what
 * cvtsudoers writes. Nothing outside the root is read.
 */
static int
put_text(struct convert *c, const struct ward_sudo_line *line)
{
	size_t at = c->size;
	int rc = put(c, line->text, line->size);

	if (rc != 0) {
		return rc;
	}
	replace(c->feed + at, line->size, include_word, c->word);
	return put(c, "\n", 1);
}

static bool
is_marked(const struct ward_sudo_line *line)
{
	return line->kind == WARD_SUDO_RULE || line->kind == WARD_SUDO_DEFAULTS;
}

static int
put_line(struct convert *c, size_t index)
{
	const struct ward_sudo_line *line = &c->text->lines[index];
	char mark[128];
	int rc = 0;

	c->rows[index] = c->row;
	if (line->kind == WARD_SUDO_RULE) {
		snprintf(mark, sizeof(mark), "%s.%zu ALL = /mark\n", c->prefix,
		    index);
		rc = put(c, mark, strlen(mark));
	} else if (line->kind == WARD_SUDO_DEFAULTS) {
		snprintf(mark, sizeof(mark), "Defaults@%s.%zu noexec\n",
		    c->prefix, index);
		rc = put(c, mark, strlen(mark));
	}
	if (rc == 0 && line->kind != WARD_SUDO_GONE) {
		rc = put_text(c, line);
	}
	return rc;
}

static int
run(struct convert *c, size_t first, size_t end, struct ward_spawned *out)
{
	static const char *const argv[] = { "cvtsudoers", "-c", "/dev/null",
		"-f", "json", NULL };
	struct ward_spawn spawn = { .argv = argv,
		.output_max = OUTPUT_MAX,
		.seconds = SECONDS_MAX };
	int rc = 0;

	c->size = 0;
	c->row = 1;
	for (size_t i = first; i < end && rc == 0; i++) {
		rc = put_line(c, i);
	}
	if (rc != 0) {
		return rc;
	}
	spawn.input = c->feed;
	spawn.input_size = c->size;
	c->runs++;
	rc = ward_spawn(&spawn, out, c->err);
	if (rc == 0) {
		replace(out->output, out->output_size, c->word, include_word);
		replace(out->errors, out->errors_size, c->word, include_word);
	}
	return rc != WARD_ERR_MISSING ?
	    rc :
	    ward_error_set(c->err, WARD_ERR_TOOL,
		"the sudoers file can't be read without "
		"cvtsudoers(1): install the sudo package that has it");
}

/* ---- faults ------------------------------------------------------------- */

/* "stdin:12:7: syntax error", with or without a program's name before it. */
struct fault {
	uint64_t row, column;
	char text[160];
};

static bool
take_number(const char **at, uint64_t *number)
{
	size_t size = strspn(*at, "0123456789");
	char digits[12];

	if (size == 0 || size >= sizeof(digits) || (*at)[size] != ':') {
		return false;
	}
	memcpy(digits, *at, size);
	digits[size] = '\0';
	*at += size + 1;
	return ward_parse_uint(digits, 0, UINT32_MAX, number) == 0;
}

static bool
parse_fault(const char *line, size_t size, struct fault *fault)
{
	static const char start[] = "stdin:", name[] = "cvtsudoers: ";
	size_t length;

	if (size > strlen(name) && memcmp(line, name, strlen(name)) == 0) {
		line += strlen(name);
		size -= strlen(name);
	}
	if (size <= strlen(start) || memcmp(line, start, strlen(start)) != 0) {
		return false;
	}
	length = size;
	line += strlen(start);
	length -= strlen(start);
	for (int i = 0; i < 2; i++) {
		const char *at = line;

		if (!take_number(&at, i == 0 ? &fault->row : &fault->column)) {
			return false;
		}
		length -= (size_t)(at - line);
		line = at;
	}
	length -= length > 0 && *line == ' ' ? (line++, 1) : 0;
	snprintf(fault->text, sizeof(fault->text), "%.*s",
	    (int)(length < 159 ? length : 159), line);
	return true;
}

/* The line to which a row of the feed belongs, its marker's included. */
static size_t
line_of(const struct convert *c, size_t first, size_t end, uint64_t row)
{
	size_t found = first;

	for (size_t i = first; i < end && c->rows[i] <= row; i++) {
		found = i;
	}
	return found;
}

static size_t
offset_of(const struct ward_sudo_line *line, uint64_t row, uint64_t column)
{
	size_t at = 0;

	for (; row > 0 && at < line->size; row--) {
		at += strcspn(line->text + at, "\n") + 1;
	}
	at += column > 0 ? (size_t)column - 1 : 0;
	return at < line->size ? at : line->size;
}

static int
tell(struct convert *c, const struct ward_sudo_line *line, const char *text)
{
	if (ward_defects_add(c->defects, WARD_REASON_WELLFORMED_SUDOERS, NULL,
		line->source, text) != 0) {
		return ward_error_set(c->err, WARD_ERR_NOMEM, "no memory");
	}
	return 0;
}

/* Tell of each fault; with `mend`, leave out what sudo leaves out. The last
 * line that was told of is in *told: sudo may name one twice. */
static int
take_fault(struct convert *c, size_t first, size_t end,
    const struct fault *fault, bool mend, size_t *told)
{
	size_t index = line_of(c, first, end, fault->row);
	struct ward_sudo_line *line = &c->text->lines[index];
	uint64_t begin = c->rows[index] + (is_marked(line) ? 1 : 0);
	uint64_t row = fault->row > begin ? fault->row - begin : 0;
	int rc = 0;

	if (line->kind == WARD_SUDO_GONE || (mend && *told == index)) {
		return 0;
	}
	if (!line->mended) {
		rc = tell(c, line, fault->text);
	}
	if (mend) {
		ward_sudo_line_mend(line, offset_of(line, row, fault->column),
		    fault->text);
	}
	*told = index;
	return rc;
}

static int
take_faults(struct convert *c, size_t first, size_t end, const char *errors,
    bool mend, bool *ret_any)
{
	size_t told = SIZE_MAX;
	int rc = 0;

	*ret_any = false;
	while (errors != NULL && *errors != '\0' && rc == 0) {
		size_t size = strcspn(errors, "\n");
		struct fault fault;

		if (parse_fault(errors, size, &fault)) {
			*ret_any = true;
			rc = take_fault(c, first, end, &fault, mend, &told);
		}
		errors += size + (errors[size] == '\n' ? 1 : 0);
	}
	return rc;
}

/* ---- rounds ------------------------------------------------------------- */

static int
take_output(struct convert *c, struct ward_spawned *out, size_t first,
    size_t end)
{
	struct ward_sudo_marks marks = { c->prefix, c->text->lines,
		c->text->count };
	bool any;
	int rc = take_faults(c, first, end, out->errors, false, &any);

	if (rc != 0 || out->output_size == 0) {
		return rc; /* nothing but comments */
	}
	return ward_sudo_json_read(c->model, out->output, out->output_size,
	    &marks, c->err);
}

/* Nothing helps: tell of each file, and leave its lines out. */
static int
give_up(struct convert *c, size_t first, size_t end)
{
	const char *file = NULL;
	int rc = 0;

	for (size_t i = first; i < end && rc == 0; i++) {
		struct ward_sudo_line *line = &c->text->lines[i];

		if (line->source.file != file) {
			file = line->source.file;
			rc = tell(c, line,
			    N_("cvtsudoers fails on it, and the "
			       "rules after it were left out"));
		}
		line->kind = WARD_SUDO_GONE;
	}
	return rc;
}

static int convert_lines(struct convert *c, size_t first, size_t end);

/* It fails without a word: on which line? */
static int
halve(struct convert *c, size_t first, size_t end)
{
	size_t middle = first + (end - first) / 2;
	int rc;

	if (end - first == 1 || c->runs >= RUNS_MAX) {
		return give_up(c, first, end);
	}
	rc = convert_lines(c, first, middle);
	return rc != 0 ? rc : convert_lines(c, middle, end);
}

static int
convert_lines(struct convert *c, size_t first, size_t end)
{
	for (unsigned int round = 0; round < ROUNDS_MAX; round++) {
		struct ward_spawned out = { 0 };
		bool any = false;
		int rc;

		if (c->runs >= RUNS_MAX) {
			return give_up(c, first, end);
		}
		rc = run(c, first, end, &out);
		if (rc == 0 && out.status == 0) {
			rc = take_output(c, &out, first, end);
			ward_spawned_free(&out);
			return rc;
		}
		if (rc == 0) {
			rc = take_faults(c, first, end, out.errors, true, &any);
		}
		ward_spawned_free(&out);
		if (rc != 0) {
			return rc;
		}
		if (!any) {
			return halve(c, first, end);
		}
	}
	return halve(c, first, end);
}

static size_t
chunk_end(const struct ward_sudo_text *text, size_t first)
{
	size_t bytes = 0, i = first;

	while (i < text->count && i - first < CHUNK_LINES &&
	    (bytes < CHUNK_BYTES || i == first)) {
		bytes += text->lines[i++].size;
	}
	return i;
}

int
ward_sudo_convert(struct ward_sudo_text *text, struct ward_sudo_model *model,
    struct ward_defects *defects, struct ward_error *err)
{
	struct convert c = { .text = text,
		.model = model,
		.defects = defects,
		.err = err };
	int rc = 0;

	c.rows = calloc(text->count + 1, sizeof(c.rows[0]));
	if (c.rows == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	rc = choose_names(&c);
	for (size_t i = 0; i < text->count && rc == 0;) {
		size_t end = chunk_end(text, i);

		rc = convert_lines(&c, i, end);
		i = end;
	}
	free(c.feed);
	free(c.rows);
	return rc;
}
