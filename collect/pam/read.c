/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/base/grow.h"

#define ANY WARD_PAM_TYPES /* every type is asked for */
#define ABORTED 1          /* libpam gives this file up */

/* A file that is being read. */
struct frame {
	struct ward_pam *pam;
	struct ward_pam_made *made;
	const char *file;
	const char *service; /* NULL: its lines begin with it */
	uint32_t type;       /* the one that is asked for, or ANY */
	uint32_t depth;      /* of files in files */
	uint32_t level;      /* of substacks */
};

/* A line that is being read. */
struct line {
	struct ward_pam_handler handler;
	uint32_t type;
	bool other;
	const char *service;
	char *rest;
};

static int read_file(struct frame *frame);

static const char *const pam_dirs[] = { "/etc/pam.d", "/usr/lib/pam.d", NULL };

static const char *const types[WARD_PAM_TYPES] = { "auth", "account",
	"password", "session" };

const char *
ward_pam_type_name(enum ward_pam_type type)
{
	return types[type];
}

static int
add_fault(struct frame *f, uint32_t line, const char *what)
{
	struct ward_pam_made *m = f->made;
	struct ward_pam_fault *more = ward_grow(m->faults,
	    m->service.fault_count, &m->fault_room, sizeof(*more));

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	m->faults = more;
	m->faults[m->service.fault_count++] = (struct ward_pam_fault){
		.source = { f->file, line },
		.what = what,
	};
	return 0;
}

/* From here on nobody can tell what libpam does. */
static int
lose(struct frame *f, uint32_t line, const char *what)
{
	int r = add_fault(f, line, what);

	f->made->service.fate = WARD_PAM_UNSURE;
	return r != 0 ? r : ABORTED;
}

/* The line stands, and fails when its turn comes. */
static int
break_line(struct frame *f, struct line *l, const char *what)
{
	if (l->handler.kind == WARD_PAM_BROKEN) {
		return 0; /* and one reason is enough */
	}
	l->handler.kind = WARD_PAM_BROKEN;
	return add_fault(f, l->handler.source.line, what);
}

static int
add_handler(struct frame *f, const struct line *l)
{
	struct ward_pam_made *m = f->made;
	struct ward_pam_list *list = l->other ? &m->others[l->type] :
						&m->own[l->type];
	struct ward_pam_handler *more = ward_grow(list->handlers, list->count,
	    &list->room, sizeof(*more));

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	list->handlers = more;
	list->handlers[list->count++] = l->handler;
	return 0;
}

static int
take_type(struct frame *f, struct line *l, bool *ret_include)
{
	char *word = ward_pam_word(&l->rest);
	const char *what = N_("it has no type");

	*ret_include = false;
	if (word != NULL) {
		what = N_("it has a type that PAM does not have");
		l->handler.silent = word[0] == '-';
		word += l->handler.silent;
		for (l->type = 0; l->type < WARD_PAM_TYPES; l->type++) {
			if (strcasecmp(word, types[l->type]) == 0) {
				return 0;
			}
		}
		if (f->pam->debian && strcasecmp(word, "@include") == 0) {
			l->type = f->type;
			*ret_include = true;
			return 0;
		}
	}
	/* For auth, which is the most sensitive. */
	l->type = f->type == ANY ? WARD_PAM_AUTH : f->type;
	return break_line(f, l, what);
}

/* The control, or which kind of inclusion it is. */
static int
take_control(struct frame *f, struct line *l, bool *ret_include,
    bool *ret_substack)
{
	char *word = ward_pam_word(&l->rest);
	uint32_t number = l->handler.source.line;
	const char *what;
	bool unclear;

	*ret_include = *ret_substack = false;
	if (word == NULL) {
		ward_pam_control_fill(l->handler.actions, WARD_PAM_DO_BAD);
		return break_line(f, l, N_("it has no control"));
	}
	l->handler.control = ward_pool_copy(f->made->pool, word, strlen(word));
	if (l->handler.control == NULL) {
		return WARD_ERR_NOMEM;
	}
	*ret_substack = strcasecmp(word, "substack") == 0;
	*ret_include = *ret_substack || strcasecmp(word, "include") == 0;
	if (*ret_include) {
		ward_pam_control_fill(l->handler.actions, WARD_PAM_DO_BAD);
		return 0;
	}
	ward_pam_control_parse(word, l->handler.actions, &what, &unclear);
	if (what == NULL) {
		return 0;
	}
	return unclear ? lose(f, number, what) : add_fault(f, number, what);
}

/* libpam forms a module's name of its path, and what it does where nothing is
 * left leaves its lists in ruins. */
static bool
is_nameless(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	const char *dot = strrchr(name, '.');
	size_t size = dot == NULL ? strlen(name) : (size_t)(dot - name);

	return size == 0 || (size == 1 && name[0] == '?');
}

static int
keep_module(struct frame *f, struct line *l, const char *word)
{
	if (is_nameless(word)) {
		return lose(f, l->handler.source.line,
		    N_("its module has a path without a name"));
	}
	l->handler.module = ward_pool_copy(f->made->pool, word, strlen(word));
	return l->handler.module == NULL ? WARD_ERR_NOMEM : 0;
}

static int
take_args(struct frame *f, struct line *l)
{
	struct ward_pool *pool = f->made->pool;
	size_t most = l->rest == NULL ? 0 : strlen(l->rest);
	const char **args;
	char *word;

	if (most == 0) {
		return 0;
	}
	args = ward_pool_take(pool, (most / 2 + 1) * sizeof(*args));
	if (args == NULL) {
		return WARD_ERR_NOMEM;
	}
	while ((word = ward_pam_word(&l->rest)) != NULL) {
		const char *arg = ward_pool_copy(pool, word, strlen(word));

		if (arg == NULL) {
			return WARD_ERR_NOMEM;
		}
		args[l->handler.arg_count++] = arg;
	}
	l->handler.args = args;
	return 0;
}

static int
take_module(struct frame *f, struct line *l)
{
	char *word = ward_pam_word(&l->rest);
	int r;

	if (word == NULL) {
		r = break_line(f, l, N_("it names no module"));
		return r != 0 ? r : add_handler(f, l);
	}
	r = keep_module(f, l, word);
	if (r == 0) {
		r = take_args(f, l);
	}
	if (r == 0 && l->handler.kind == WARD_PAM_MODULE) {
		r = ward_pam_find_module(f->pam, word, &l->handler.kind);
	}
	return r != 0 ? r : add_handler(f, l);
}

/* Where the at-th file of that name would lie. False behind the last, and where
 * no file can have such a name. Debian's looks for a relative one that is
 * included in one place only. */
static bool
place(const struct frame *f, const char *name, bool included, size_t at,
    char path[PATH_MAX])
{
	const struct ward_pam *pam = f->pam;
	bool debian = included && pam->debian;
	const char *dir = debian ? pam_dirs[0] : pam->dirs[at];
	int size;

	if (dir == NULL && pam->dirs[0] == NULL) {
		dir = pam_dirs[at];
	}
	if (name[0] == '/' || debian) {
		dir = at > 0 ? NULL : name[0] == '/' ? "" : dir;
	}
	if (dir == NULL) {
		return false;
	}
	size = snprintf(path, PATH_MAX, "%s%s%s", dir, *dir == '\0' ? "" : "/",
	    name);
	return size > 0 && size < PATH_MAX;
}

/* Read the first file that there is of that name: 0, ABORTED, or
 * WARD_ERR_MISSING. */
static int
read_named(struct frame *f, const char *name, bool included)
{
	char path[PATH_MAX];
	int r = WARD_ERR_MISSING;

	for (size_t at = 0;
	     r == WARD_ERR_MISSING && place(f, name, included, at, path);
	     at++) {
		f->file = ward_pool_copy(f->made->pool, path, strlen(path));
		r = f->file == NULL ? WARD_ERR_NOMEM : read_file(f);
	}
	return r;
}

/* An include, a substack or an @include that fails is a line that does. */
static int
include_failed(struct frame *f, struct line *l, bool at_include,
    const char *what)
{
	uint32_t number = l->handler.source.line;

	if (what != NULL && add_fault(f, number, what) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (at_include) {
		/* With a type it takes the former line's actions. */
		if (l->type != ANY) {
			f->made->service.fate = WARD_PAM_UNSURE;
		}
		return ABORTED;
	}
	l->handler.kind = WARD_PAM_BROKEN;
	l->handler.level = (uint8_t)f->level;
	l->handler.module = NULL;
	return add_handler(f, l);
}

static int
begin_substack(struct frame *f, struct line *l, const char *name)
{
	struct line begin = *l;
	int r = 0;

	begin.handler.kind = WARD_PAM_SUBSTACK;
	if (name != NULL) {
		r = keep_module(f, &begin, name);
	}
	return r != 0 ? r : add_handler(f, &begin);
}

static int
take_include(struct frame *f, struct line *l, bool at_include, bool substack)
{
	struct frame into = *f;
	char *name = ward_pam_word(&l->rest);
	uint32_t number = l->handler.source.line;
	int r = substack ? begin_substack(f, l, name) : 0;

	if (r != 0) {
		return r;
	}
	if (name == NULL && f->pam->debian) {
		return lose(f, number, N_("it includes a file without a name"));
	}
	into.service = l->service;
	into.type = l->type;
	into.depth++;
	into.level += substack;
	if (into.level >= WARD_PAM_DEPTH) {
		return include_failed(f, l, at_include,
		    N_("more than 15 substacks within one another"));
	}
	if (into.depth >= WARD_PAM_DEPTH) {
		return lose(f, number,
		    N_("more than 15 files that include one another"));
	}
	r = name == NULL ? WARD_ERR_MISSING : read_named(&into, name, true);
	if (r == WARD_ERR_MISSING) {
		return include_failed(f, l, at_include,
		    N_("the file that it includes is not there"));
	}
	if (r == ABORTED && f->made->service.fate != WARD_PAM_UNSURE) {
		return include_failed(f, l, at_include, NULL);
	}
	return r;
}

static int
take_entry(struct frame *f, struct line *l)
{
	bool include, substack = false, at_include;
	int r = take_type(f, l, &at_include);

	if (r != 0) {
		return r;
	}
	if (at_include) {
		return take_include(f, l, true, false);
	}
	if (f->type != ANY && l->type != f->type) {
		return 0;
	}
	r = take_control(f, l, &include, &substack);
	if (r != 0) {
		return r;
	}
	return include ? take_include(f, l, false, substack) :
			 take_module(f, l);
}

static int
take_line(struct frame *f, char *text, uint32_t number)
{
	struct line l = { .type = ANY, .service = f->service, .rest = text };

	if (++f->made->lines > WARD_PAM_LINES_MAX) {
		return lose(f, number, N_("it has too many lines"));
	}
	if (f->service == NULL) {
		const char *word = ward_pam_word(&l.rest);

		l.service = ward_pool_copy(f->made->pool, word, strlen(word));
		if (l.service == NULL) {
			return WARD_ERR_NOMEM;
		}
	}
	l.other = strcasecmp(l.service, "other") == 0;
	if (!l.other && strcasecmp(l.service, f->made->service.name) != 0) {
		return 0;
	}
	l.handler.source = (struct ward_source){ f->file, number };
	l.handler.level = (uint8_t)f->level;
	return take_entry(f, &l);
}

static int
read_text(struct frame *f, struct ward_pam_text *text)
{
	char line[WARD_PAM_LINE_SIZE];
	const char *what = NULL;
	uint32_t number;
	int r;

	for (;;) {
		switch (ward_pam_line_next(text, line, &number, &what)) {
		case WARD_PAM_END:
			return 0;
		case WARD_PAM_TORN:
			r = add_fault(f, number, what);
			return r != 0 ? r : ABORTED;
		case WARD_PAM_UNCLEAR:
			return lose(f, number, what);
		case WARD_PAM_LINE:
			r = take_line(f, line, number);
			if (r != 0) {
				return r;
			}
		}
	}
}

/* 0, ABORTED, WARD_ERR_MISSING or WARD_ERR_NOMEM. */
static int
read_file(struct frame *f)
{
	struct ward_pam_text text = { .line = 0 };
	const char *what = NULL;
	char *bytes = NULL;
	size_t size = 0;
	int r = ward_pam_load(f->pam->root, f->file, &bytes, &size, &what);

	if (r == WARD_ERR_IO) {
		return lose(f, 0, what);
	}
	if (r != 0) {
		return r;
	}
	if (++f->made->lines > WARD_PAM_LINES_MAX) {
		r = lose(f, 0, N_("it has too many lines"));
	} else {
		text.at = bytes;
		text.end = bytes + size;
		r = read_text(f, &text);
	}
	free(bytes);
	return r;
}

/* pam.conf is read once, and a service's own file before other's. */
int
ward_pam_read_files(struct ward_pam *pam, struct ward_pam_made *made)
{
	const char *const names[] = { made->service.name, "other" };
	struct frame f = { .pam = pam, .made = made, .type = ANY };
	bool some = false;
	int r;

	if (pam->dirs[0] == NULL) {
		f.file = "/etc/pam.conf";
		made->service.source.file = f.file;
		r = read_file(&f);
		some = r == 0;
	} else {
		r = 0;
		for (size_t i = 0; i < 2 && r != ABORTED; i++) {
			f.service = names[i];
			r = read_named(&f, names[i], false);
			some = some || r == 0;
			if (r != WARD_ERR_MISSING &&
			    made->service.source.file == NULL) {
				made->service.source.file = f.file;
			}
			if (r != 0 && r != WARD_ERR_MISSING && r != ABORTED) {
				return r;
			}
		}
	}
	if (r == WARD_ERR_NOMEM) {
		return r;
	}
	if (made->service.fate == WARD_PAM_READ && (r == ABORTED || !some)) {
		made->service.fate = WARD_PAM_REFUSED;
	}
	return 0;
}
