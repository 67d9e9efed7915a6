/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of PAM's files, and what their modules may do. Meant for the test
 * programs that include it, once each. */
#ifndef WARD_TESTS_MODULE_CASE_H
#define WARD_TESTS_MODULE_CASE_H

#include <stdio.h>
#include <string.h>

#include "collect/pam/world.h"
#include "tests/support.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define HERE "/etc/pam.d/svc"

/* ---- one line ---------------------------------------------------------------- */

struct reading {
	struct ward_root *root;
	struct ward_pam_modules *modules;
	struct ward_pam_handler handler;
	struct ward_pam_line line;
	char text[1100];
	const char *args[16];
};

static void
split(struct reading *r, const char *text)
{
	char *saved, *word;

	(void)snprintf(r->text, sizeof(r->text), "%s", text);
	r->handler = (struct ward_pam_handler){ .source = { HERE, 7 },
		.kind = WARD_PAM_MODULE,
		.args = r->args };
	r->handler.module = strtok_r(r->text, " ", &saved);
	while ((word = strtok_r(NULL, " ", &saved)) != NULL) {
		r->args[r->handler.arg_count++] = word;
	}
}

static void
read_more(struct reading *r, enum ward_pam_type type, const char *text)
{
	split(r, text);
	assert_int_equal(ward_pam_line_read(r->modules, &r->handler, type,
			     &r->line, NULL),
	    0);
}

static void
read_line(struct reading *r, const char *tree, enum ward_pam_type type,
    const char *text)
{
	assert_int_equal(ward_root_new(tree, &r->root, NULL), 0);
	assert_int_equal(ward_pam_modules_open(r->root, &r->modules, NULL), 0);
	read_more(r, type, text);
}

static void
done(struct reading *r)
{
	ward_pam_modules_close(r->modules);
	ward_root_free(r->root);
}

/* May it return this, with just these bits? */
static bool
can(const struct ward_pam_line *line, enum ward_pam_type type, uint32_t pass,
    const struct ward_pam_world *world, int code, uint8_t bits)
{
	struct ward_pam_may may[WARD_PAM_MAYS];
	size_t count = ward_pam_line_may(line, type, pass, world, may);

	assert_in_range(count, 1, WARD_PAM_MAYS);
	for (size_t i = 0; i < count; i++) {
		if ((may[i].codes & (uint64_t)1 << code) != 0 &&
		    may[i].bits == bits) {
			return true;
		}
	}
	return false;
}

struct fact {
	enum ward_pam_type type;
	const char *text;
	uint32_t pass;
	struct ward_pam_world world;
	int code;
	uint8_t bits;
	bool can;
};

#define AUTH WARD_PAM_AUTH
#define ACCOUNT WARD_PAM_ACCOUNT
#define PASSWORD WARD_PAM_PASSWORD
#define SESSION WARD_PAM_SESSION

#define USER \
	{ \
		.by = WARD_BY_USER \
	}
#define BY_ROOT \
	{ \
		.by = WARD_BY_ROOT \
	}
#define LOCKED(n) \
	{ \
		.account = WARD_ACCOUNT_LOCKED, .number = (n) \
	}
#define ROOT_LOCKED(n) \
	{ \
		.by = WARD_BY_ROOT, .account = WARD_ACCOUNT_LOCKED, \
		.number = (n) \
	}
#define TYPED(what) \
	{ \
		.typed = WARD_TYPED_##what \
	}
#define IS(what) \
	{ \
		.account = WARD_ACCOUNT_##what \
	}
#define CANDIDATE(what, n) \
	{ \
		.candidate = WARD_NEW_##what, .number = (n) \
	}
#define ROOTS(what, n) \
	{ \
		.by = WARD_BY_ROOT, .candidate = WARD_NEW_##what, \
		.number = (n) \
	}

static inline void
check(const char *tree, const struct fact *facts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct fact *f = &facts[i];
		struct reading r;

		read_line(&r, tree, f->type, f->text);
		if (r.line.why != NULL ||
		    can(&r.line, f->type, f->pass, &f->world, f->code,
			f->bits) != f->can) {
			fail_msg("fact %zu: %s: %d is%s possible with %u", i,
			    f->text, f->code, f->can ? " not" : "", f->bits);
		}
		done(&r);
	}
}

#endif
