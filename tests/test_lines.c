/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/lines.h"

static struct ward_lines *
lines_of(const char *bytes, size_t size)
{
	struct ward_lines *lines = NULL;

	assert_int_equal(ward_lines_new(ward_memory_fd(bytes, size), &lines),
	    0);
	return lines;
}

static void
test_lines_next__kinds(void **state)
{
	static const struct {
		const char *text;
		size_t size;
	} lines[] = { { "one", 3 }, { "", 0 }, { "t\0wo", 4 }, { "\r", 1 },
		{ "no newline", 10 } };
	static const char text[] = "one\n\nt\0wo\n\r\nno newline";
	struct ward_lines *in = lines_of(text, sizeof(text) - 1);
	struct ward_line line;

	(void)state;
	for (uint32_t i = 0; i < 5; i++) {
		assert_int_equal(ward_lines_next(in, &line), 1);
		assert_int_equal(line.size, lines[i].size);
		assert_memory_equal(line.text, lines[i].text, line.size + 1);
		assert_int_equal(line.number, i + 1);
		assert_false(line.cut);
		assert_int_equal(line.whole, i < 4);
	}
	assert_int_equal(ward_lines_next(in, &line), 0);
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
	ward_lines_free(NULL);
}

static void
test_lines_next__empty(void **state)
{
	struct ward_lines *in = lines_of("", 0);
	struct ward_line line;

	(void)state;
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
}

/* Lines about as long as the buffer, before and behind its edges. */
static void
test_lines_next__long(void **state)
{
	static const size_t sizes[] = { 65535, 65536, 65537, 1, 300000, 0,
		131071, 131072 };
	char *text = malloc(1 << 20), *end = text;
	struct ward_lines *in;
	struct ward_line line;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(end, 'a' + (int)i, sizes[i]);
		end += sizes[i];
		*end++ = '\n';
	}
	in = lines_of(text, (size_t)(end - text));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(ward_lines_next(in, &line), 1);
		assert_int_equal(line.size, sizes[i]);
		assert_int_equal(strlen(line.text), sizes[i]);
		for (size_t at = 0; at < sizes[i]; at += 4096) {
			assert_int_equal(line.text[at], 'a' + (int)i);
		}
	}
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
	free(text);
}

static void
expect(struct ward_lines *in, size_t size, bool cut)
{
	struct ward_line line;

	assert_int_equal(ward_lines_next(in, &line), 1);
	assert_int_equal(line.size, size);
	assert_int_equal(line.cut, cut);
	assert_int_equal(line.text[size], '\0');
}

static void
test_lines_next__cut(void **state)
{
	const size_t most = WARD_LINE_MAX;
	char *text = malloc(3 * most);
	struct ward_lines *in;
	struct ward_line line;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 3 * most);
	text[most] = '\n';         /* just fits */
	text[2 * most + 2] = '\n'; /* one too long */
	text[2 * most + 6] = '\n';
	in = lines_of(text, 2 * most + 6);
	expect(in, most, false);
	expect(in, most, true);
	expect(in, 3, false);
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
	in = lines_of(text, most + 1);
	expect(in, most, false);
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
	text[most] = 'x';
	in = lines_of(text, 2 * most); /* too long, and no end */
	expect(in, most, true);
	assert_int_equal(ward_lines_next(in, &line), 0);
	ward_lines_free(in);
	free(text);
}

static void
test_lines_next__error(void **state)
{
	struct ward_lines *in = NULL;
	struct ward_line line;

	(void)state;
	assert_int_equal(ward_lines_new(open("/", O_RDONLY | O_CLOEXEC), &in),
	    0);
	assert_int_equal(ward_lines_next(in, &line), WARD_ERR_IO);
	ward_lines_free(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_next__kinds),
		cmocka_unit_test(test_lines_next__empty),
		cmocka_unit_test(test_lines_next__long),
		cmocka_unit_test(test_lines_next__cut),
		cmocka_unit_test(test_lines_next__error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
