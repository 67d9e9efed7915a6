/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "collect/pam/stack.h"

#define CODE(code) ((uint64_t)1 << (code))
#define ANY_BUT(codes) (WARD_PAM_ANY & ~(uint64_t)(codes))

struct row {
	const char *module, *arg;
	enum ward_pam_type type;
	uint32_t pass;
};

#define MAY(m, a, t, p, c, b) { m, a, WARD_PAM_##t, p },
static const struct row rows[] = {
#include "collect/pam/modules.def"
};
#undef MAY

#define MAY(m, a, t, p, c, b) { c, b },
static const struct ward_pam_may mays[] = {
#include "collect/pam/modules.def"
};
#undef MAY

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct ward_pam_may anything = { WARD_PAM_ANY, 0 };

/* The system's own of that name? One that lies elsewhere may be anything. */
static bool
is_system(const char *module)
{
	static const char *const dirs[] = { "/lib/", "/lib64/", "/usr/lib/",
		"/usr/lib64/" };
	static const char end[] = "/security/";
	const char *slash = strrchr(module, '/');

	if (slash == NULL) {
		return true;
	}
	if (strstr(module, "..") != NULL ||
	    (size_t)(slash - module) < sizeof(end) - 2 ||
	    strncmp(slash + 2 - sizeof(end), end, sizeof(end) - 1) != 0) {
		return false;
	}
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		if (strncmp(module, dirs[i], strlen(dirs[i])) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_named(const char *module, const char *name)
{
	const char *slash = strrchr(module, '/');
	size_t size = strlen(name);

	module = slash == NULL ? module : slash + 1;
	return strncmp(module, name, size) == 0 &&
	    strcmp(module + size, ".so") == 0;
}

static bool
has_arg(const struct ward_pam_handler *handler, const char *arg)
{
	for (uint32_t i = 0; i < handler->arg_count; i++) {
		if (strcmp(handler->args[i], arg) == 0) {
			return true;
		}
	}
	return *arg == '\0';
}

static bool
is_same(const struct row *a, const struct row *b)
{
	return strcmp(a->module, b->module) == 0 &&
	    strcmp(a->arg, b->arg) == 0 && a->type == b->type &&
	    a->pass == b->pass;
}

/* The first row that is about it, or ROWS. */
static size_t
find(const struct ward_pam_handler *handler, enum ward_pam_type type,
    uint32_t pass)
{
	size_t i = 0;

	while (i < ROWS &&
	    (rows[i].type != type || rows[i].pass != pass ||
		!is_named(handler->module, rows[i].module) ||
		!has_arg(handler, rows[i].arg))) {
		i++;
	}
	return i;
}

const struct ward_pam_may *
ward_pam_module_may(const struct ward_pam_handler *handler,
    enum ward_pam_type type, uint32_t pass, size_t *ret_count)
{
	size_t first = ROWS, count = 0;

	if (handler->module != NULL && is_system(handler->module)) {
		first = find(handler, type, pass);
	}
	if (first == ROWS) {
		*ret_count = 1;
		return &anything;
	}
	while (first + count < ROWS &&
	    is_same(&rows[first], &rows[first + count])) {
		count++;
	}
	*ret_count = count;
	return &mays[first];
}
