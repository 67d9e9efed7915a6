/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/doas/doas.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/accounts/home.h"
#include "collect/base/names.h"
#include "collect/doas/rules.h"

#define STOP 1 /* one is enough */

static const char conf[] = "/etc/doas.conf", more[] = "/etc/doas.d";

/* What can't be looked at may be there. */
static bool
is_installed(const struct ward_root *root)
{
	static const char *const programs[] = { "/usr/bin/doas",
		"/usr/local/bin/doas", "/bin/doas", "/usr/sbin/doas",
		"/usr/local/sbin/doas", "/sbin/doas" };
	struct stat st;

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		int r = ward_root_stat(root, programs[i], &st, NULL);

		if (r != 0 ? r != WARD_ERR_MISSING :
			     S_ISREG(st.st_mode) && (st.st_mode & S_ISUID) &&
			    (st.st_uid == 0 ||
				st.st_uid == ward_root_owner(root))) {
			return true;
		}
	}
	return false;
}

/* Why doas would not take the file, or NULL. */
static const char *
insecure(const struct ward_root *root, const struct stat *st)
{
	if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		return N_("somebody other than its owner may write to it");
	}
	if (st->st_uid != 0 && st->st_uid != ward_root_owner(root)) {
		return N_("it belongs to somebody other than root");
	}
	return NULL;
}

static int
tell(struct ward_defects *defects, enum ward_reason_id reason, uint32_t line,
    const char *detail)
{
	return ward_defects_add(defects, reason, NULL,
	    (struct ward_source){ conf, line }, detail);
}

/* The whole file; free() it. 0, WARD_ERR_NOMEM, WARD_ERR_IO, or
 * WARD_ERR_RANGE: it is too large. */
static int
read_text(int fd, char **ret_text, size_t *ret_size)
{
	char *text = malloc(WARD_DOAS_FILE_MAX + 1);
	size_t size = 0;
	ssize_t n;

	if (text == NULL) {
		return WARD_ERR_NOMEM;
	}
	do {
		n = read(fd, text + size, WARD_DOAS_FILE_MAX + 1 - size);
		size += n > 0 ? (size_t)n : 0;
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n < 0 || size > WARD_DOAS_FILE_MAX) {
		free(text);
		return n < 0 ? WARD_ERR_IO : WARD_ERR_RANGE;
	}
	*ret_text = text;
	*ret_size = size;
	return 0;
}

static int
take_text(struct ward_doas *doas, const struct ward_root *root,
    struct ward_defects *defects, const char *text, size_t size)
{
	struct ward_doas_fault fault;
	int r = ward_doas_parse(text, size, &doas->rules, &fault);

	if (r == WARD_ERR_SYNTAX) {
		ward_doas_rules_free(&doas->rules);
		return tell(defects, WARD_REASON_WELLFORMED_DOAS, fault.line,
		    fault.what);
	}
	if (r == 0 && doas->rules.count > WARD_DOAS_RULES_MAX) {
		ward_doas_rules_free(&doas->rules);
		return tell(defects, WARD_REASON_WELLFORMED_DOAS_OPEN, 0,
		    N_("more than 4096 rules"));
	}
	return r != 0 ? r : ward_doas_show(&doas->rules, root, defects->pool);
}

static int
read_file(struct ward_doas *doas, const struct ward_root *root,
    struct ward_defects *defects, int fd)
{
	const char *why;
	char *text = NULL;
	struct stat st;
	size_t size;
	int r;

	if (fstat(fd, &st) != 0) {
		return WARD_ERR_IO;
	}
	why = insecure(root, &st);
	if (why != NULL) {
		return tell(defects, WARD_REASON_WELLFORMED_DOAS_FILE, 0, why);
	}
	r = read_text(fd, &text, &size);
	if (r == WARD_ERR_RANGE) {
		return tell(defects, WARD_REASON_WELLFORMED_DOAS_OPEN, 0,
		    N_("the file is larger than 1 MiB"));
	}
	if (r == 0) {
		r = take_text(doas, root, defects, text, size);
	}
	free(text);
	return r;
}

static int
tell_other(void *arg, const char *path)
{
	struct ward_defects *defects = arg;

	return ward_defects_add(defects, WARD_REASON_WELLFORMED_DOAS_OPEN, NULL,
		   (struct ward_source){ more, 0 },
		   strcmp(path, more) == 0 ?
		       N_("the directory can't be read") :
		       N_("some builds of doas, Alpine's among them, read the .conf "
			  "files in it too")) == 0 ?
	    STOP :
	    WARD_ERR_NOMEM;
}

/* A patch of Alpine's has doas read a directory of files, each with rules of
 * its own. The program does not show whether it is so made. */
static int
tell_others(const struct ward_root *root, struct ward_defects *defects)
{
	int r = ward_names_each(root, more, ".conf", tell_other, defects);

	if (r == WARD_ERR_IO) {
		r = tell_other(defects, more);
	}
	return r == WARD_ERR_NOMEM ? r : 0;
}

static int
load(struct ward_doas *doas, const struct ward_root *root,
    struct ward_defects *defects)
{
	char why[WARD_HOME_WHY_SIZE];
	int fd = -1, r;

	if (!is_installed(root)) {
		return 0;
	}
	r = tell_others(root, defects);
	if (r != 0) {
		return r;
	}
	r = ward_root_open(root, conf, &fd, NULL);
	if (r == WARD_ERR_MISSING) {
		return 0;
	}
	if (r == WARD_ERR_UNSAFE) {
		return tell(defects, WARD_REASON_WELLFORMED_DOAS_OPEN, 0,
		    N_("not a regular file"));
	}
	if (r == 0) {
		r = read_file(doas, root, defects, fd);
	}
	if (r == WARD_ERR_IO) {
		ward_home_why(why);
		r = tell(defects, WARD_REASON_WELLFORMED_DOAS_OPEN, 0, why);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

int
ward_doas_load(const struct ward_root *root, struct ward_defects *defects,
    struct ward_doas **ret_doas)
{
	struct ward_doas *doas = calloc(1, sizeof(*doas));
	int r;

	if (doas == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = load(doas, root, defects);
	if (r == 0) {
		r = ward_doas_room(doas);
	}
	if (r != 0) {
		ward_doas_free(doas);
		return r;
	}
	*ret_doas = doas;
	return 0;
}

void
ward_doas_free(struct ward_doas *doas)
{
	if (doas != NULL) {
		ward_doas_rules_free(&doas->rules);
		ward_doas_room_free(doas);
		free(doas);
	}
}
