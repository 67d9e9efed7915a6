/* SPDX-License-Identifier: BSD-2-Clause */
/* Logical lines: each case is checked against cvtsudoers' own count too, by
 * test_sudoers_files.c. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/text.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char kinds[] = { 'b', 'D', 'A', 'R', 'I', 'd', 'g' };

static void
say(FILE *out, struct ward_pool *pool, const char *bytes, size_t size)
{
	struct ward_sudo_text text = { 0 };
	struct ward_lines *lines = NULL;

	assert_int_equal(ward_lines_new(ward_memory_fd(bytes, size), &lines),
	    0);
	assert_int_equal(ward_sudo_text_read(lines, "/f", pool, &text), 0);
	ward_lines_free(lines);
	for (size_t i = 0; i < text.count; i++) {
		const struct ward_sudo_line *l = &text.lines[i];

		assert_int_equal(strlen(l->text), l->size);
		fprintf(out, "%u%c", l->source.line, kinds[l->kind]);
		if (l->path != NULL) {
			fprintf(out, " %s", l->path);
		}
		if (l->wrong != NULL) {
			fprintf(out, " (%s)", l->wrong);
		}
		fputc(';', out);
	}
	ward_sudo_text_free(&text);
}

#define ROW(text, said) \
	{ \
		text, sizeof(text) - 1, said \
	}

static const struct {
	const char *text;
	size_t size;
	const char *said;
} cases[] = {
	ROW("", ""),
	ROW("\n# x\n  # y\n\t\n", ""),
	ROW("a ALL=ALL\n\nb ALL=ALL", "1R;3R;"),
	ROW("a \\\nb \\\nc\nd", "1R;4R;"),
	ROW("a \\ \t\nb\nc", "1R;3R;"),
	ROW("a\\ \nb", "1R;2R;"), /* an escaped blank in a word */
	ROW("a\\\\\nb", "1R;2R;"),
	ROW("a # \\\nb", "1R;2R;"),
	ROW("# \\\nb", "2R;"),
	ROW("a #1 \\\nb\nc", "1R;3R;"),
	ROW("a #-1 \\\nb\nc", "1R;3R;"),
	ROW("a #-x \\\nb", "1R;2R;"),
	ROW("#1 ALL=ALL\n#-1 ALL=ALL\n#x ALL", "1R;2R;"),
	ROW("\"a # \\\nb\"\nc", "1R;3R;"),
	ROW("a ALL=/b \" # \\\nc", "1R;2R;"), /* no strings in arguments */
	ROW("a ALL=/b/ \" # \\\nc\"\nd", "1R;3R;"),
	ROW("a ALL=/b x, \" # \\\nc\"\nd", "1R;3R;"),
	ROW("a ALL=/b \\# \\\nc\nd", "1R;3R;"),
	ROW("a ALL=/b ^x\\# \\\ny$ # \\\nd", "1R;3R;"),
	ROW("a ALL=^/b \" $ \" # \\\nd", "1R;2R;"),
	ROW("a ALL=sudoedit \" # \\\nd", "1R;2R;"),
	ROW("Defaults x=\"a # \\\nb\" # \\\nc", "1D;3R;"),
	ROW("Defaults x=/a,y=\"# \\\n\"\nc", "1D;3R;"),
	ROW("User_Alias A=a:\\\nB=b\n Cmnd_Alias C=/c\nHost_Alias",
	    "1A;3A;4A;"),
	ROW("@include /x\n  @include /y\n@includedir /z", "1I /x;2I /y;3d /z;"),
	ROW("#include /x\n#include\t/y\n#includedir /z", "1I /x;2I /y;3d /z;"),
	ROW(" #include /x\n#include\n#include\"/x\"\n#includex /x", ""),
	ROW("@include\"/x\"", "1I /x;"),
	ROW("@include/x\n@includes /x", "1R;2R;"),
	ROW("@include\n@include \"\"\n@include  # x",
	    "1I (syntax error);2I (syntax error);3I #;"),
	ROW("@include \"/a b\\\"c\\d\"", "1I /a b\"c\\d;"),
	ROW("@include /a\\ b\\x41\\x4\\\\", "1I /a bAx4\\;"),
	ROW("@include /a\\\nb", "1I /a\\;2R;"),
	ROW("@include \\\n /a\nb", "1I /a;3R;"),
	ROW("@include \"/a\\\n  b\"\nc", "1I /ab;3R;"),
	ROW("a \\\n@include /x\nb", "1R (invalid line continuation);3R;"),
	ROW("a \\\n#include /x\nb", "1R (invalid line continuation);3R;"),
	ROW("a @include /x", "1R (syntax error);"),
	ROW("a ALL=/b @include", "1R;"),
	ROW("a\0b\nc", "1R (NUL byte in the line);2R;"),
	ROW("a ALL=ALL\r\nb \\\r\nc\r\n", "1R;2R;"),
	ROW("a\\\r\nb", "1R;2R;"), /* it belongs to the word */
	ROW("a \\", "1R;"),
};

static void
test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_pool *pool = ward_pool_new();
		char *said = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&said, &size);

		assert_non_null(pool);
		say(out, pool, cases[i].text, cases[i].size);
		fclose(out);
		if (strcmp(said, cases[i].said) != 0) {
			print_error("text: %s\n", cases[i].text);
		}
		assert_string_equal(said, cases[i].said);
		free(said);
		ward_pool_free(pool);
	}
}

static const struct {
	enum ward_sudo_line_kind kind;
	const char *text;
	size_t at;
	const char *message, *left; /* NULL: nothing */
} mends[] = {
	{ WARD_SUDO_RULE, "a A=/a : B=b : C=/c", 12, "syntax error", NULL },
	{ WARD_SUDO_RULE, "a A=/a : B=b : C=/c", 12,
	    "expected a fully-qualified path name", "a A=/a       : C=/c" },
	{ WARD_SUDO_RULE, "a A=b : C=/c", 4,
	    "expected a fully-qualified path name", NULL },
	{ WARD_SUDO_RULE, "a A=NOPASSWD: b", 14,
	    "expected a fully-qualified path name", NULL },
	{ WARD_SUDO_RULE, "a A=(b : c) /a, b", 16,
	    "expected a fully-qualified path name", NULL },
	{ WARD_SUDO_RULE, "a A=/a b\\: c : \\\nB=b", 20,
	    "expected a fully-qualified path name", "a A=/a b\\: c   \\\n   " },
	{ WARD_SUDO_ALIAS, "User_Alias A=a : A=b : C=c", 21, "x",
	    "User_Alias A=a           "
	    " " },
	{ WARD_SUDO_ALIAS, "User_Alias A=a : B=b", 12, "x", NULL },
	{ WARD_SUDO_DEFAULTS, "Defaults:a b : c", 13, "x", NULL },
};

static void
test_mend(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(mends); i++) {
		struct ward_sudo_line line = { .kind = mends[i].kind,
			.text = strdup(mends[i].text),
			.size = strlen(mends[i].text) };

		ward_sudo_line_mend(&line, mends[i].at, mends[i].message);
		if (mends[i].left == NULL) {
			assert_int_equal(line.kind, WARD_SUDO_GONE);
		} else {
			assert_int_equal(line.kind, mends[i].kind);
			assert_string_equal(line.text, mends[i].left);
		}
		free(line.text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_mend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
