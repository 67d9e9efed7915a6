/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_passwdqc: lengths by kinds of passwords. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "collect/base/lines.h"
#include "collect/pam/modules.h"

#define KINDS 5      /* 1 class, 2, a phrase, 3, 4 */
#define PHRASE 2     /* of words: two classes at least */
#define FILES_MAX 16 /* of one line, as they may name each other */
#define BUFFER 8190  /* what fits into its own */

struct passwdqc {
	struct {
		int value;
		struct ward_source source;
	} min[KINDS];
	int words;
	bool users, root, token;
	struct ward_source root_source;
	unsigned int files;
};

static int take_file(struct ward_pam_reading *r, struct passwdqc *p,
    const char *path, bool *ret_good);

static bool
take_min(struct passwdqc *p, const char *text, struct ward_source source)
{
	for (int i = 0; i < KINDS; i++) {
		unsigned long value = INT_MAX;
		char *end;

		if (strncmp(text, "disabled", 8) == 0) {
			text += 8;
		} else {
			value = strtoul(text, &end, 10);
			text = end;
		}
		if ((i < KINDS - 1 && *text++ != ',') || value > INT_MAX ||
		    (i > 0 && (int)value > p->min[i - 1].value)) {
			return false;
		}
		p->min[i].value = (int)value;
		p->min[i].source = source;
	}
	return *text == '\0';
}

static bool
take_enforce(struct passwdqc *p, const char *text, struct ward_source source)
{
	p->users = strcmp(text, "users") == 0 || strcmp(text, "everyone") == 0;
	p->root = strcmp(text, "everyone") == 0;
	p->root_source = source;
	return p->users || strcmp(text, "none") == 0;
}

static bool
take_words(struct passwdqc *p, const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end != '\0' || value > INT_MAX) {
		return false;
	}
	p->words = (int)value;
	return true;
}

/* Those that change nothing of what is asked here. */
static bool
is_other(const char *option)
{
	static const char *const others[] = { "max=", "match=", "similar=",
		"random=", "retry=", "wordlist=", "denylist=", "filter=",
		"non-unix", "ask_oldauthtok", "check_oldauthtok" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (ward_pam_behind(option, others[i]) != NULL) {
			return true;
		}
	}
	return false;
}

/* One that it does not understand makes it fail in every call. */
static int
take_option(struct ward_pam_reading *r, struct passwdqc *p, const char *option,
    struct ward_source source, bool *ret_good)
{
	const char *rest;

	*ret_good = true;
	if ((rest = ward_pam_behind(option, "min=")) != NULL) {
		*ret_good = take_min(p, rest, source);
	} else if ((rest = ward_pam_behind(option, "enforce=")) != NULL) {
		*ret_good = take_enforce(p, rest, source);
	} else if ((rest = ward_pam_behind(option, "passphrase=")) != NULL) {
		*ret_good = take_words(p, rest);
	} else if ((rest = ward_pam_behind(option, "config=")) != NULL) {
		return take_file(r, p, rest, ret_good);
	} else if (strcmp(option, "use_first_pass") == 0 ||
	    strcmp(option, "use_authtok") == 0) {
		p->token = true;
	} else {
		*ret_good = is_other(option);
	}
	return 0;
}

static int
take_line(struct ward_pam_reading *r, struct passwdqc *p, char *text,
    struct ward_source source, bool *ret_good)
{
	char *saved, *word = strtok_r(text, " \t\r\n", &saved);
	int error = 0;

	if (word != NULL && *word == '#') {
		return 0;
	}
	for (; word != NULL && *ret_good && error == 0;
	     word = strtok_r(NULL, " \t\r\n", &saved)) {
		error = take_option(r, p, word, source, ret_good);
	}
	return error;
}

static int
take_lines(struct ward_pam_reading *r, struct passwdqc *p, const char *path,
    struct ward_lines *lines, bool *ret_good)
{
	struct ward_line line;
	int got = 0;

	while (*ret_good && (got = ward_lines_next(lines, &line)) > 0) {
		struct ward_source source = { path, line.number };

		if (line.cut || strlen(line.text) > BUFFER) {
			*ret_good = false;
		} else if (take_line(r, p, line.text, source, ret_good) != 0) {
			return WARD_ERR_NOMEM;
		}
		if (!*ret_good) {
			r->line->flag_source = source;
		}
	}
	return got < 0 ? got : 0;
}

static int
cant_read(struct ward_pam_reading *r, const char *path)
{
	return ward_pam_give_up(r,
	    N_("a file that its module goes by can't be read"),
	    (struct ward_source){ path, 0 });
}

static int
take_file(struct ward_pam_reading *r, struct passwdqc *p, const char *path,
    bool *ret_good)
{
	struct ward_lines *lines = NULL;
	int fd = -1, error;

	path = ward_pool_copy(r->modules->pool, path, strlen(path));
	if (path == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (*path != '/') {
		return cant_read(r, path);
	}
	if (p->files++ == FILES_MAX) {
		*ret_good = false;
		return ward_pam_give_up(r,
		    N_("too many files say what its module does"),
		    (struct ward_source){ path, 0 });
	}
	error = ward_root_open(r->modules->root, path, &fd, NULL);
	if (error == WARD_ERR_MISSING) {
		r->line->flag_source = (struct ward_source){ path, 0 };
		*ret_good = false;
		return 0;
	}
	error = error != 0 ? error : ward_lines_new(fd, &lines);
	if (error == 0) {
		error = take_lines(r, p, path, lines, ret_good);
		ward_lines_free(lines);
	}
	return error == 0 || error == WARD_ERR_NOMEM ? error :
						       cant_read(r, path);
}

/* How many classes a password of each kind has. */
static void
keep(struct ward_pam_line *line, const struct passwdqc *p)
{
	static const int classes[KINDS] = { 1, 2, 2, 3, 4 };
	int shortest = -1, fewest = -1;

	for (int i = 0; i < KINDS; i++) {
		if (p->min[i].value == INT_MAX ||
		    (i == PHRASE && p->words == 0)) {
			continue;
		}
		fewest = fewest < 0 || classes[i] < classes[fewest] ? i :
								      fewest;
		shortest = shortest < 0 ||
			p->min[i].value < p->min[shortest].value ?
		    i :
		    shortest;
	}
	if (shortest < 0) {
		line->flags |= T_ALL;
		return;
	}
	ward_pam_set_number(line, WARD_PAM_LENGTH,
	    p->min[shortest].value < 1 ? 1 : p->min[shortest].value,
	    p->min[shortest].source);
	ward_pam_set_number(line, WARD_PAM_CLASSES, classes[fewest],
	    p->min[fewest].source);
	ward_pam_set_number(line, WARD_PAM_OLDER, 1, line->handler->source);
	/* With the account's name taken out it may still be strong enough. */
	line->flags |= T_WEAK;
}

int
ward_pam_read_passwdqc(struct ward_pam_reading *r)
{
	static const int defaults[KINDS] = { INT_MAX, 24, 11, 8, 7 };
	struct passwdqc p = { .words = 3,
		.users = true,
		.root = true,
		.root_source = r->handler->source };
	bool good = true;

	for (int i = 0; i < KINDS; i++) {
		p.min[i].value = defaults[i];
		p.min[i].source = r->handler->source;
	}
	for (uint32_t i = 0; i < r->handler->arg_count && good; i++) {
		if (take_option(r, &p, r->handler->args[i], r->handler->source,
			&good) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	if (!good) {
		r->line->flags |= T_BROKEN;
		return 0;
	}
	if (r->line->module == NULL || r->type != WARD_PAM_PASSWORD) {
		return 0;
	}
	r->line->flags |= (p.token ? T_TOKEN : T_ASKS | T_AGAIN) |
	    (p.root ? T_ROOT : 0);
	r->line->flag_source = p.root_source;
	if (p.users) {
		keep(r->line, &p);
	}
	return 0;
}
