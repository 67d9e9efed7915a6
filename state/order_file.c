/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/order_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "state/host_lines.h"

#define KEPT "plan"
#define SEEN_MAX 256

/* ---- reading it ----------------------------------------------------------- */

void
ward_order_kept_read(struct ward_state *state,
    const struct ward_plan_places *places, struct ward_order_kept *ret_kept)
{
	struct ward_unpack in;
	char *bytes = ward_kept_read(state, KEPT, &in);

	*ret_kept = (struct ward_order_kept){ .bytes = NULL };
	if (bytes == NULL) {
		return;
	}
	if (ward_unpack_is(&in, places->shipped) &&
	    ward_unpack_is(&in, places->local) &&
	    ward_unpack_is(&in, places->config) &&
	    ward_unpack_is(&in, places->config_dir)) {
		ret_kept->current = ward_unpack_origins(&in);
		ret_kept->in = in;
		ret_kept->bytes = bytes;
	} else {
		free(bytes);
	}
}

void
ward_order_kept_free(struct ward_order_kept *kept)
{
	free(kept->bytes);
	kept->bytes = NULL;
}

int
ward_order_kept_take(const struct ward_order_kept *kept,
    struct ward_order **ret_order)
{
	struct ward_unpack in = kept->in;
	struct ward_order *order;
	const char *shells;
	const void *image;
	size_t size;
	int r;

	if (kept->bytes == NULL) {
		return WARD_ERR_SYNTAX;
	}
	order = calloc(1, sizeof(*order));
	if (order == NULL) {
		return WARD_ERR_NOMEM;
	}
	order->host.uid_min = (uint32_t)ward_unpack_number(&in);
	order->host.uid_max = (uint32_t)ward_unpack_number(&in);
	shells = ward_unpack_text(&in);
	image = ward_unpack_bytes(&in, &size);
	r = in.torn ? WARD_ERR_SYNTAX :
		      ward_plan_read_image(image, size, &order->plan, NULL);
	if (r == 0 && shells != NULL) {
		order->shells = strdup(shells);
		r = order->shells == NULL ? WARD_ERR_NOMEM : 0;
	}
	if (r != 0) {
		ward_order_free(order);
		return r;
	}
	*ret_order = order;
	return 0;
}

/* ---- writing it ----------------------------------------------------------- */

static bool
is_conf(const char *name)
{
	const size_t size = strlen(name);

	return size > 5 && strcmp(name + size - 5, ".conf") == 0;
}

/* The directory, for what comes and goes in it, and what is in it. */
static void
add_dir(struct ward_origins *origins, const char *path)
{
	const struct dirent *entry;
	DIR *dir;

	if (path == NULL) {
		return;
	}
	ward_origins_add(origins, path);
	dir = opendir(path);
	if (dir == NULL) {
		origins->unsure = origins->unsure || errno != ENOENT;
		return;
	}
	while ((errno = 0, entry = readdir(dir)) != NULL) {
		char *whole = NULL;

		if (!is_conf(entry->d_name)) {
			continue;
		}
		if (asprintf(&whole, "%s/%s", path, entry->d_name) < 0) {
			origins->unsure = true;
			break;
		}
		ward_origins_add(origins, whole);
		free(whole);
	}
	origins->unsure = origins->unsure || errno != 0;
	(void)closedir(dir);
}

static void
add_host_file(const struct ward_state *state, struct ward_origins *origins,
    const char *path)
{
	char *whole = NULL;

	if (asprintf(&whole, "%s%s", state->root, path) < 0) {
		origins->unsure = true;
		return;
	}
	ward_origins_add(origins, whole);
	free(whole);
}

/* The files of a plan are named by each of its sections. */
struct seen {
	struct ward_origins *origins;
	const char *files[SEEN_MAX];
	size_t count;
};

static int
add_file(void *arg, const char *file)
{
	struct seen *seen = arg;

	for (size_t i = 0; i < seen->count; i++) {
		if (strcmp(seen->files[i], file) == 0) {
			return 0;
		}
	}
	if (seen->count == SEEN_MAX) {
		seen->origins->unsure = true;
		return WARD_ERR_RANGE;
	}
	seen->files[seen->count++] = file;
	ward_origins_add(seen->origins, file);
	return 0;
}

void
ward_order_origins(const struct ward_state *state,
    const struct ward_plan_places *places, const struct ward_plan *plan,
    struct ward_origins *origins)
{
	/* A file that comes or goes changes its directory, and one that the
	 * plan is not from changes nothing. */
	const char *const paths[] = { places->config, places->local,
		places->shipped };
	struct seen seen = { .origins = origins };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (paths[i] != NULL) {
			(void)add_file(&seen, paths[i]);
		}
	}
	add_dir(origins, places->config_dir);
	(void)ward_plan_each_file(plan, add_file, &seen);
	add_host_file(state, origins, WARD_LOGINDEFS_FILE);
	add_host_file(state, origins, WARD_SHELLS_FILE);
}

void
ward_order_keep(struct ward_state *state, const struct ward_plan_places *places,
    const struct ward_order *order, const struct ward_origins *origins)
{
	struct ward_pack pack = { .size = 0 };
	void *image = NULL;
	size_t size;

	if (origins->unsure || state->use != WARD_STATE_KEEP ||
	    ward_plan_write_image(order->plan, &image, &size, NULL) != 0) {
		return;
	}
	ward_pack_text(&pack, places->shipped);
	ward_pack_text(&pack, places->local);
	ward_pack_text(&pack, places->config);
	ward_pack_text(&pack, places->config_dir);
	ward_pack_origins(&pack, origins);
	ward_pack_number(&pack, order->host.uid_min);
	ward_pack_number(&pack, order->host.uid_max);
	ward_pack_text(&pack, order->shells);
	ward_pack_bytes(&pack, image, size);
	ward_kept_write(state, KEPT, &pack);
	free(pack.bytes);
	free(image);
}
