/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON that isn't what we know is refused, not guessed at. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/json.h"
#include "collect/sudoers/repair.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SPEC(x) \
	"{\"User_Specs\":[{\"User_List\":[{\"username\":\"a\"}]," \
	"\"Host_List\":[{\"hostname\":\"ALL\"}],\"Cmnd_Specs\":[" x "]}]}"

static int
read_json(struct ward_sudo_model *model, const char *text,
    struct ward_error *err)
{
	static char line_text[] = "Defaults>x";
	static const struct ward_sudo_line lines[] = {
		{ .text = line_text, .source = { "/etc/a", 3 } },
		{ .text = line_text, .source = { "/etc/b", 7 } }
	};
	struct ward_sudo_marks marks = { "mark", lines, LENGTH(lines) };
	char *copy = strdup(text);
	int rc;

	assert_non_null(copy);
	assert_int_equal(ward_sudo_model_init(model), 0);
	rc = ward_sudo_json_read(model, copy, strlen(copy), &marks, err);
	free(copy);
	return rc;
}

static const char *const strange[] = {
	"",
	"[]",
	"{",
	"null",
	"{\"User_Specs\":{}}",
	"{\"User_Specs\":[1]}",
	"{\"Defaults\":[{}]}",
	"{\"Defaults\":[{\"Options\":{}}]}",
	"{\"User_Aliases\":[]}",
	"{\"User_Aliases\":{\"A\":[]}}",
	"{\"User_Aliases\":{\"A\":[{\"newkind\":\"x\"}]}}",
	"{\"User_Aliases\":{\"A\":[{\"negated\":true}]}}",
	"{\"User_Aliases\":{\"A\":[{\"username\":1}]}}",
	"{\"User_Aliases\":{\"A\":[{\"username\":\"a\",\"userid\":1}]}}",
	"{\"User_Aliases\":{\"A\":[{\"userid\":\"1\"}]}}",
	"{\"User_Aliases\":{\"A\":[{\"userid\":-1}]}}",
	"{\"User_Aliases\":{\"A\":[{\"userid\":4294967296}]}}",
	"{\"User_Aliases\":{\"A\":[{\"username\":\"a\",\"negated\":1}]}}",
	SPEC(""),
	SPEC("{}"),
	SPEC("1"),
	SPEC("{\"Commands\":[]}"),
	SPEC("{\"Commands\":[{\"command\":\"/a\"}],\"Options\":1}"),
	SPEC("{\"Commands\":[{\"command\":\"/a\"}],\"runasusers\":[]}"),
	SPEC("{\"Commands\":[{\"command\":\"/a\"}],\"Options\":"
	     "[{\"notafter\":1}]}"),
	SPEC("{\"Commands\":[{\"command\":\"/a\"}],\"Options\":"
	     "[{\"notafter\":\"2026010100000Z\"}]}"),
	SPEC("{\"Commands\":[{\"command\":\"/a\"}],\"Options\":"
	     "[{\"notbefore\":\"2026010100000xZ\"}]}"),
	"{\"User_Specs\":[{\"User_List\":[{\"username\":\"mark.2\"}]}]}",
	"{\"User_Specs\":[{\"User_List\":[{\"username\":\"mark.1\"}]},"
	"{\"User_List\":[{\"username\":\"mark.0\"}]}]}",
};

static void
test_strange(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(strange); i++) {
		struct ward_sudo_model model;
		struct ward_error err = { .text = "" };
		int rc = read_json(&model, strange[i], &err);

		if (rc != WARD_ERR_TOOL) {
			print_error("%s\n", strange[i]);
		}
		assert_int_equal(rc, WARD_ERR_TOOL);
		assert_non_null(strstr(err.text, "cvtsudoers: "));
		ward_sudo_model_free(&model);
	}
}

static void
test_lines_and_scopes(void **state)
{
	struct ward_sudo_model model;
	int rc = read_json(&model,
	    "{\"Defaults\":[{\"Binding\":[{\"hostname\":\"mark.1\"}],"
	    "\"Options\":[{\"noexec\":true}]},"
	    "{\"Binding\":[{\"username\":\"x\"}],"
	    "\"Options\":[{\"noexec\":false}]}],"
	    "\"User_Specs\":[{\"User_List\":[{\"username\":\"mark.0\"}]},"
	    "{\"User_List\":[{\"username\":\"a\"}],\"Host_List\":"
	    "[{\"hostname\":\"ALL\"}],\"Cmnd_Specs\":[{\"Commands\":"
	    "[{\"command\":\"/a b\",\"negated\":true}],\"Options\":"
	    "[\"runcwd\":\"/\",{\"notafter\":\"19700102000001Z\"}]}]}]}",
	    NULL);

	(void)state;
	assert_int_equal(rc, 0);
	assert_int_equal(model.defaults->scope, WARD_SUDO_FOR_RUNAS);
	assert_int_equal(model.defaults->flags.of[WARD_SUDO_NOEXEC],
	    WARD_SUDO_OFF);
	assert_int_equal(model.rules->specs->flags.of[WARD_SUDO_RUNCWD],
	    WARD_SUDO_ON);
	assert_null(model.defaults->next);
	assert_string_equal(model.rules->source.file, "/etc/a");
	assert_int_equal(model.rules->source.line, 3);
	assert_null(model.rules->next);
	assert_int_equal(model.rules->specs->notafter.value, 86401);
	assert_true(model.rules->specs->commands.members[0].negated);
	assert_string_equal(model.rules->specs->commands.members[0]
				.command->program,
	    "/a");
	assert_string_equal(model.rules->specs->commands.members[0]
				.command->arguments,
	    "b");
	ward_sudo_model_free(&model);
}

static void
test_repair(void **state)
{
	char text[] = "{\"a\":[\"b\": \"c:[\\\"\", {\"d\":[]}, \"e\":1]}";
	char *wide = ward_sudo_widen("a\xff\x80", 3);

	(void)state;
	ward_sudo_repair(text, strlen(text));
	assert_string_equal(text,
	    "{\"a\":[\"b\", \"c:[\\\"\", {\"d\":[]}, \"e\",1]}");
	assert_string_equal(wide, "a\xc3\xbf\xc2\x80");
	ward_sudo_bytes(wide);
	assert_string_equal(wide, "a\xff\x80");
	free(wide);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strange),
		cmocka_unit_test(test_lines_and_scopes),
		cmocka_unit_test(test_repair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
