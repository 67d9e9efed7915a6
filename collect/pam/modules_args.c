/* SPDX-License-Identifier: BSD-2-Clause */
/* What the readers of modules' lines have in common. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "collect/pam/modules.h"

const char *
ward_pam_behind(const char *arg, const char *prefix)
{
	size_t size = strlen(prefix);

	return strncmp(arg, prefix, size) == 0 ? arg + size : NULL;
}

bool
ward_pam_has_option(const struct ward_pam_handler *handler, const char *option)
{
	for (uint32_t i = 0; i < handler->arg_count; i++) {
		const char *rest = ward_pam_behind(handler->args[i], option);

		if (rest != NULL && (*rest == '\0' || *rest == '=')) {
			return true;
		}
	}
	return false;
}

int64_t
ward_pam_leading_number(const char *text)
{
	return strtol(text, NULL, 10);
}

bool
ward_pam_scanned_number(const char *text, bool half, int64_t *ret_number)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (end == text) {
		return false;
	}
	*ret_number = half ? (unsigned short)value : (unsigned int)value;
	return true;
}

void
ward_pam_set_number(struct ward_pam_line *line, enum ward_pam_number number,
    int64_t value, struct ward_source source)
{
	line->numbers[number].value = (struct ward_optional){ true, value };
	line->numbers[number].source = source;
}

int
ward_pam_give_up(struct ward_pam_reading *r, const char *why,
    struct ward_source source)
{
	r->line->module = NULL;
	r->line->why = why;
	r->line->why_source = source;
	return 0;
}

/* "/var/run" is "/run", and more slashes than one are one. */
static bool
is_same_place(const char *a, const char *b)
{
	a = strncmp(a, "/var/run/", 9) == 0 ? a + 4 : a;
	b = strncmp(b, "/var/run/", 9) == 0 ? b + 4 : b;
	for (; *a == *b && *a != '\0'; a++, b++) {
		while (*a == '/' && a[1] == '/') {
			a++;
		}
		while (*b == '/' && b[1] == '/') {
			b++;
		}
	}
	a += *a == '/';
	b += *b == '/';
	return *a == '\0' && *b == '\0';
}

int
ward_pam_lockout_of(struct ward_pam_reading *r, const char *kind,
    const char *place)
{
	struct ward_pam_modules *m = r->modules;
	struct ward_pam_place *p = m->places;

	while (p != NULL &&
	    (strcmp(p->kind, kind) != 0 || !is_same_place(p->place, place))) {
		p = p->next;
	}
	if (p == NULL) {
		p = ward_pool_take(m->pool, sizeof(*p));
		if (p == NULL) {
			return WARD_ERR_NOMEM;
		}
		p->kind = kind;
		p->place = ward_pool_copy(m->pool, place, strlen(place));
		p->id = m->places == NULL ? 1 : m->places->id + 1;
		p->next = m->places;
		if (p->place == NULL) {
			return WARD_ERR_NOMEM;
		}
		m->places = p;
	}
	r->line->lockout = p->id;
	return 0;
}
