/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "collect/collect.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SHARE "share/acctward"
#define AGENCY "/etc/acctward"

/* By where the program itself lies, so that a build tree, a DESTDIR and an
 * installed host all find their own. */
int
ward_share_find(const char *name, char **ret_path)
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
		if (asprintf(&path, "%s/" SHARE "/%s", exe, name) < 0) {
			return WARD_ERR_NOMEM;
		}
		if (access(path, R_OK) == 0) {
			*ret_path = path;
			return 0;
		}
		free(path);
	}
	if (asprintf(&path, WARD_PREFIX "/" SHARE "/%s", name) < 0) {
		return WARD_ERR_NOMEM;
	}
	*ret_path = path;
	return 0;
}

/*
 * One of the agency's directories on the host looked at. Below another root it
 * is resolved inside that root; where there is none, *ret_path stays NULL, so
 * that nothing is looked for along a link that leads out.
 */
static int
find_agency(const char *root, const char *name, char **ret_path,
    struct ward_error *err)
{
	char *path = NULL;
	int r;

	if (asprintf(&path, AGENCY "%s", name) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (root == NULL) {
		*ret_path = path;
		return 0;
	}
	r = ward_root_directory(root, path, ret_path, err);
	free(path);
	return r == WARD_ERR_MISSING ? 0 : r;
}

int
ward_places_find(const struct ward_options *options,
    struct ward_places *ret_places, struct ward_error *err)
{
	struct ward_places places = { .shipped = NULL };
	char *agency = NULL;
	int r;

	r = options->plans == NULL ? ward_share_find("plans", &places.shipped) :
				     0;
	if (options->plans != NULL) {
		places.shipped = strdup(options->plans);
	}
	if (r == 0) {
		r = find_agency(options->root, "/plans", &places.local, err);
	}
	if (r == 0 && options->config == NULL) {
		r = find_agency(options->root, "/acctward.conf.d",
		    &places.config_dir, err);
	}
	if (r == 0 && options->config == NULL) {
		r = find_agency(options->root, "", &agency, err);
	}
	if (agency != NULL &&
	    asprintf(&places.config, "%s/acctward.conf", agency) < 0) {
		places.config = NULL;
	}
	if (options->config != NULL) {
		places.config = strdup(options->config);
	}
	if (r == 0 && options->config != NULL &&
	    access(options->config, F_OK) != 0) {
		r = ward_error_set(err, WARD_ERR_MISSING, "%s: %s",
		    options->config, strerror(errno));
	}
	if (r == 0 &&
	    (places.shipped == NULL ||
		(agency != NULL && places.config == NULL))) {
		r = ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	free(agency);
	if (r != 0) {
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
ward_clock(struct ward_moment *ret_moment, struct ward_error *err)
{
	time_t now = time(NULL);
	struct tm local;

	if (localtime_r(&now, &local) == NULL) {
		return ward_error_set(err, WARD_ERR_IO, "the clock: %s",
		    strerror(errno));
	}
	*ret_moment = (struct ward_moment){ .seconds = now,
		.zone = (int)(local.tm_gmtoff / 60) };
	return 0;
}

int
ward_now(const struct ward_options *options, struct ward_moment *ret_moment,
    struct ward_error *err)
{
	struct ward_moment now;
	int r = ward_clock(&now, err);

	if (r != 0) {
		return r;
	}
	if (options->as_of == NULL) {
		*ret_moment = now;
		return 0;
	}
	return ward_moment_parse(options->as_of, now.zone, ret_moment);
}
