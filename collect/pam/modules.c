/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/modules.h"

#include <stdlib.h>
#include <string.h>

#include "collect/pam/step.h"

#define CODE(code) ((uint64_t)1 << (code))
#define OK CODE(WARD_PAM_SUCCESS)
/* What says no in one way or another. */
#define FAILS \
	(WARD_PAM_ANY & \
	    ~(OK | CODE(WARD_PAM_NEW_AUTHTOK_REQD) | CODE(WARD_PAM_IGNORE) | \
		CODE(WARD_PAM_MODULE_UNKNOWN) | CODE(WARD_PAM_CODES)))

enum {
	SETS = 1,
	TESTS = 2
};
enum {
	AUTH = 1 << WARD_PAM_AUTH,
	ACCOUNT = 1 << WARD_PAM_ACCOUNT,
	PASSWORD = 1 << WARD_PAM_PASSWORD,
	SESSION = 1 << WARD_PAM_SESSION,
	LOGIN = AUTH | ACCOUNT,
	EACH = LOGIN | PASSWORD | SESSION,
};
enum {
	ONE = 1,
	FIRST = 1,
	SECOND = 2,
	BOTH = 3
};

#define SORT(sort, codes, bits, traits) { { codes, bits }, traits },
#define MODULE(name, sort, read)
#define MAY(sort, type, pass, has, lacks, codes, bits)
static const struct sort {
	struct ward_pam_may broken; /* of a line that always fails */
	uint32_t traits;
} sorts[] = {
#include "collect/pam/modules.def"
};
#undef SORT
#undef MODULE
#undef MAY

#define SORT(sort, codes, bits, traits)
#define MODULE(name, sort, read) \
	{ name, WARD_PAM_SORT_##sort, ward_pam_read_##read },
#define MAY(sort, type, pass, has, lacks, codes, bits)
static const struct ward_pam_module modules[] = {
#include "collect/pam/modules.def"
};
#undef SORT
#undef MODULE
#undef MAY

#define SORT(sort, codes, bits, traits)
#define MODULE(name, sort, read)
#define MAY(sort, type, pass, has, lacks, codes, bits) \
	{ WARD_PAM_SORT_##sort, type, pass, has, lacks, { codes, bits } },
static const struct row {
	enum ward_pam_sort sort;
	uint32_t types, passes, has, lacks;
	struct ward_pam_may may;
} rows[] = {
#include "collect/pam/modules.def"
};
#undef SORT
#undef MODULE
#undef MAY

/* ---- which module it is -------------------------------------------------- */

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

static const struct ward_pam_module *
find(const struct ward_pam_handler *handler)
{
	if (handler->kind != WARD_PAM_MODULE || handler->module == NULL ||
	    !is_system(handler->module)) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		if (is_named(handler->module, modules[i].name)) {
			return &modules[i];
		}
	}
	return NULL;
}

int
ward_pam_line_read(struct ward_pam_modules *all,
    const struct ward_pam_handler *handler, enum ward_pam_type type,
    struct ward_pam_line *ret_line, struct ward_error *err)
{
	struct ward_pam_line line = { .handler = handler,
		.module = find(handler),
		.flag_source = handler->source };
	struct ward_pam_reading r = { .modules = all,
		.handler = handler,
		.type = type,
		.line = &line };

	if (line.module != NULL && line.module->read(&r) != 0) {
		return ward_error_set(err, WARD_ERR_NOMEM,
		    "no memory for what the modules of PAM do");
	}
	*ret_line = line;
	return 0;
}

int
ward_pam_read_nothing(struct ward_pam_reading *r)
{
	(void)r;
	return 0;
}

/* ---- what it may do ------------------------------------------------------ */

static bool
is_less(const struct ward_pam_line *line, enum ward_pam_number number,
    int64_t value)
{
	const struct ward_optional *least = &line->numbers[number].value;

	return least->known && value < least->value;
}

static bool
judges(const struct ward_pam_line *line, const struct ward_pam_world *world)
{
	switch (world->candidate) {
	case WARD_NEW_SHORT:
		return is_less(line, WARD_PAM_LENGTH, world->number);
	case WARD_NEW_FEW_CLASSES:
		return is_less(line, WARD_PAM_CLASSES, world->number);
	case WARD_NEW_NAME:
		return (line->flags & T_NAME) != 0;
	case WARD_NEW_WEAK:
		return (line->flags & T_WEAK) != 0;
	case WARD_NEW_OLD:
		/* Nobody has told root's programs the current one. */
		if (world->by == WARD_BY_ROOT &&
		    line->module->sort != WARD_PAM_SORT_HISTORY) {
			return false;
		}
		return is_less(line, WARD_PAM_OLDER, world->number);
	default:
		return false;
	}
}

static bool
refuses(const struct ward_pam_line *line, const struct ward_pam_world *world)
{
	if (line->module->sort == WARD_PAM_SORT_OURS) {
		return !world->without_ours &&
		    world->candidate != WARD_NEW_FINE;
	}
	if (world->by == WARD_BY_ROOT && (line->flags & T_ROOT) == 0) {
		return false;
	}
	return (line->flags & T_ALL) != 0 || judges(line, world);
}

static bool
counts(const struct ward_pam_line *line, const struct ward_pam_world *world)
{
	return world->lockout == 0 || world->lockout == line->lockout;
}

static bool
locks(const struct ward_pam_line *line, const struct ward_pam_world *world)
{
	const struct ward_optional *attempts = &line->numbers[WARD_PAM_ATTEMPTS]
						    .value;

	if (world->account != WARD_ACCOUNT_LOCKED || !counts(line, world)) {
		return false;
	}
	return line->module->sort == WARD_PAM_SORT_OURS ||
	    (attempts->known && attempts->value > 0 &&
		world->number >= attempts->value);
}

static uint32_t
traits_of(const struct ward_pam_line *line, const struct ward_pam_world *world)
{
	static const uint32_t accounts[] = {
		[WARD_ACCOUNT_ENDED] = W_ENDED,
		[WARD_ACCOUNT_MUST_CHANGE] = W_CHANGE,
	};
	static const uint32_t typed[] = {
		[WARD_TYPED_RIGHT] = W_RIGHT,
		[WARD_TYPED_WRONG] = W_WRONG,
		[WARD_TYPED_NOTHING] = W_EMPTY,
	};
	bool root = world->by == WARD_BY_ROOT;

	return line->flags | accounts[world->account] | typed[world->typed] |
	    (root ? W_ROOT : 0) |
	    (root && (line->flags & T_ROOT) == 0 ? W_EXEMPT : 0) |
	    (locks(line, world) ? W_LOCKED : 0) |
	    (refuses(line, world) ? W_REFUSED : 0) |
	    (world->without_ours ? 0 : W_OURS);
}

static bool
fits(const struct row *row, const struct ward_pam_line *line,
    enum ward_pam_type type, uint32_t pass, uint32_t traits)
{
	return row->sort == line->module->sort &&
	    (row->types & 1u << type) != 0 && (row->passes & 1u << pass) != 0 &&
	    (traits & row->has) == row->has && (traits & row->lacks) == 0;
}

static size_t
find_rows(const struct ward_pam_line *line, enum ward_pam_type type,
    uint32_t pass, const struct ward_pam_world *world,
    struct ward_pam_may may[WARD_PAM_MAYS])
{
	uint32_t traits = traits_of(line, world);
	size_t count = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (count < WARD_PAM_MAYS &&
		    fits(&rows[i], line, type, pass, traits)) {
			may[count] = rows[i].may;
			if (!counts(line, world)) {
				may[count].bits &= (uint8_t) ~(
				    WARD_BIT_COUNTED | WARD_BIT_RESET);
			}
			count++;
		}
	}
	return count;
}

size_t
ward_pam_line_may(const struct ward_pam_line *line, enum ward_pam_type type,
    uint32_t pass, const struct ward_pam_world *world,
    struct ward_pam_may may[WARD_PAM_MAYS])
{
	int own = ward_pam_own_code(line->handler);
	size_t count = 0;

	may[0] = (struct ward_pam_may){ WARD_PAM_ANY, WARD_BIT_UNSURE };
	if (own >= 0) {
		may[0] = (struct ward_pam_may){ CODE(own), 0 };
	} else if (line->module != NULL && (line->flags & T_BROKEN) != 0) {
		may[0] = sorts[line->module->sort].broken;
	} else if (line->module != NULL) {
		count = find_rows(line, type, pass, world, may);
		if (count == 0) {
			may[0] = (struct ward_pam_may){
				CODE(WARD_PAM_MODULE_UNKNOWN), 0
			};
		}
	}
	return count == 0 ? 1 : count;
}

static bool
is_stranger(const struct ward_pam_line *line)
{
	return line->module == NULL && line->handler->kind == WARD_PAM_MODULE;
}

bool
ward_pam_line_sets(const struct ward_pam_line *line)
{
	return is_stranger(line) ||
	    (line->module != NULL &&
		(sorts[line->module->sort].traits & SETS) != 0);
}

/* Root changes a password without the current one, so that nothing can be
 * compared with it, whatever enforce_for_root says. */
const char *
ward_pam_line_spares_root(const struct ward_pam_line *line,
    struct ward_source *ret_source)
{
	const enum ward_pam_sort sort = line->module == NULL ?
	    WARD_PAM_SORTS :
	    line->module->sort;

	if (sort == WARD_PAM_SORT_QUALITY && (line->flags & T_ROOT) != 0) {
		return NC_("detail",
		    "it compares with the current password, which root is not "
		    "asked for");
	}
	if (line->flag_source.file != NULL) {
		*ret_source = line->flag_source;
	}
	return sort == WARD_PAM_SORT_QUALITY || sort == WARD_PAM_SORT_HISTORY ?
	    NC_("detail", "root is not held to it: no enforce_for_root") :
	    NC_("detail", "root is not held to it");
}

bool
ward_pam_line_tests(const struct ward_pam_line *line)
{
	return is_stranger(line) ||
	    (line->module != NULL &&
		(sorts[line->module->sort].traits & TESTS) != 0);
}

bool
ward_pam_line_uses_authtok(const struct ward_pam_line *line)
{
	return line->module != NULL && (line->flags & T_TOKEN) != 0;
}

bool
ward_pam_line_asks(const struct ward_pam_line *line)
{
	return is_stranger(line) || (line->flags & T_ASKS) != 0;
}

bool
ward_pam_line_asks_again(const struct ward_pam_line *line)
{
	return is_stranger(line) || (line->flags & T_AGAIN) != 0;
}
