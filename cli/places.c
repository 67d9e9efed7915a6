/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SHIPPED "share/acctward/plans"
#define AGENCY "/etc/acctward"

/* PREFIX/share/acctward/plans by where the program itself lies, so that a
 * build tree, a DESTDIR and an installed host all find their own. */
static int
find_shipped(char **ret_path)
{
	char exe[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash, *path = NULL;

	if (size > 0) {
		exe[size] = '\0';
		for (int up = 0; up < 2; up++) { /* acctward, bin */
			slash = strrchr(exe, '/');
			if (slash != NULL) {
				*slash = '\0';
			}
		}
		if (asprintf(&path, "%s/" SHIPPED, exe) < 0) {
			return WARD_ERR_NOMEM;
		}
		if (access(path, R_OK) == 0) {
			*ret_path = path;
			return 0;
		}
		free(path);
	}
	*ret_path = strdup(WARD_PREFIX "/" SHIPPED);
	return *ret_path == NULL ? WARD_ERR_NOMEM : 0;
}

/* The agency's directory on the host looked at. Below another root it must
 * not be a way out of it. */
static int
find_agency(const char *root, char **ret_path, struct ward_error *err)
{
	char *path = NULL, *inside = NULL, *real = NULL;
	size_t size;
	int r = 0;

	if (asprintf(&path, "%s" AGENCY, root) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	inside = realpath(root, NULL);
	real = realpath(path, NULL);
	if (inside != NULL && real != NULL) {
		size = strcmp(inside, "/") == 0 ? 0 : strlen(inside);
		if (strncmp(real, inside, size) != 0 || real[size] != '/') {
			r = ward_error_set(err, WARD_ERR_UNSAFE,
			    "%s: leads out of %s", path, root);
		}
	}
	if (r == 0) {
		*ret_path = path;
		path = NULL;
	}
	free(path);
	free(inside);
	free(real);
	return r;
}

int
ward_places_find(const struct ward_options *options,
    struct ward_places *ret_places, struct ward_error *err)
{
	struct ward_places places = { .shipped = NULL };
	char *agency = NULL;
	int r;

	r = find_agency(options->root == NULL ? "" : options->root, &agency,
	    err);
	if (r != 0) {
		return r;
	}
	if (options->plans != NULL) {
		places.shipped = strdup(options->plans);
	} else {
		(void)find_shipped(&places.shipped);
	}
	if (options->config != NULL) {
		places.config = strdup(options->config);
	} else if (asprintf(&places.config, "%s/acctward.conf", agency) < 0 ||
	    asprintf(&places.config_dir, "%s/acctward.conf.d", agency) < 0) {
		places.config = NULL;
	}
	if (asprintf(&places.local, "%s/plans", agency) < 0) {
		places.local = NULL;
	}
	free(agency);
	if (places.shipped == NULL || places.config == NULL ||
	    places.local == NULL) {
		ward_places_free(&places);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (options->config != NULL && access(options->config, F_OK) != 0) {
		r = ward_error_set(err, WARD_ERR_MISSING, "%s: %s",
		    options->config, strerror(errno));
		ward_places_free(&places);
		return r;
	}
	places.places = (struct ward_plan_places){ .shipped = places.shipped,
		.local = places.local,
		.config = places.config,
		.config_dir = places.config_dir };
	*ret_places = places;
	return 0;
}

void
ward_places_free(struct ward_places *places)
{
	free(places->shipped);
	free(places->local);
	free(places->config);
	free(places->config_dir);
	*places = (struct ward_places){ .shipped = NULL };
}

int
ward_now(const struct ward_options *options, struct ward_moment *ret_moment,
    struct ward_error *err)
{
	time_t now = time(NULL);
	struct tm local;
	int zone;

	if (localtime_r(&now, &local) == NULL) {
		return ward_error_set(err, WARD_ERR_IO, "the clock: %s",
		    strerror(errno));
	}
	zone = (int)(local.tm_gmtoff / 60);
	if (options->as_of == NULL) {
		*ret_moment = (struct ward_moment){ .seconds = now,
			.zone = zone };
		return 0;
	}
	if (ward_moment_parse(options->as_of, zone, ret_moment) != 0) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "--as-of: '%s' is "
		    "not a time as 2026-11-20 or 2026-11-20T10:00:00+08:00",
		    options->as_of);
	}
	return 0;
}
