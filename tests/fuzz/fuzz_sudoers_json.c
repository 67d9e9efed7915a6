/* SPDX-License-Identifier: BSD-2-Clause */
/* What cvtsudoers could write: JSON, rules, and who gets root by them. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "collect/sudoers/json.h"
#include "collect/sudoers/ready.h"

static bool
in_group(void *arg, const char *name, uint32_t id)
{
	(void)arg;
	return name != NULL ? strlen(name) % 2 == 0 : id % 2 == 0;
}

static bool
is_member(void *arg, const struct ward_sudo_user *user, const char *name,
    uint32_t id)
{
	return user->uid % 2 == 0 && in_group(arg, name, id);
}

static bool
account(void *arg, size_t i, struct ward_sudo_user *ret_user, bool *ret_root)
{
	static const struct ward_sudo_user users[] = { { "root", 0, 0 },
		{ "toor", 0, 0 }, { "wang", 1001, 1001 }, { "x", 1002, 1002 },
		{ "a", 1003, 1003 } };

	(void)arg;
	if (i >= sizeof(users) / sizeof(users[0])) {
		return false;
	}
	*ret_user = users[i];
	*ret_root = i < 2;
	return true;
}

static void
ask(struct ward_sudoers *sudoers, const char *name)
{
	struct ward_sudo_user user = { name, 1001, 1001 };
	struct ward_sudo_world world = { in_group, is_member, in_group,
		in_group, account, NULL };
	struct ward_path *paths = NULL;
	size_t count = 0, room = 0;

	(void)ward_sudoers_paths(sudoers, &user, &world, &paths, &count, &room);
	free(paths);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char line_text[] = "Defaults>x";
	static const struct ward_sudo_line lines[2] = {
		{ .text = line_text, .source = { "/etc/a", 3 } },
		{ .text = line_text, .source = { "/etc/b", 7 } }
	};
	static struct ward_root *root;
	struct ward_sudo_marks marks = { "mark", lines, 2 };
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_sudo_host host = { 0 };
	struct ward_sudo_setting setting = { NULL, &host, { 0, 0 }, &defects };
	struct ward_sudoers *sudoers = calloc(1, sizeof(*sudoers));
	char *text = malloc(size + 1);

	if (root == NULL && ward_root_new("/proc", &root, NULL) != 0) {
		abort();
	}
	setting.root = root;
	if (text == NULL || sudoers == NULL || defects.pool == NULL ||
	    ward_sudo_model_init(&sudoers->model) != 0) {
		abort();
	}
	memcpy(text, data, size);
	text[size] = '\0';
	sudoers->strings = defects.pool;
	if (ward_sudo_json_read(&sudoers->model, text, size, &marks, NULL) ==
		0 &&
	    ward_sudo_compile(sudoers, &setting) == 0) {
		ask(sudoers, "wang");
		ask(sudoers, "x");
	}
	ward_sudoers_free(sudoers);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	free(text);
	return 0;
}
